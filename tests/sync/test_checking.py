"""A journal is compared with what all machines gave."""

from pathlib import Path

import pytest

from connect_cli.journal import people
from connect_cli.journal.answers import Silent
from connect_cli.journal.journal import Context, Journal
from connect_cli.journal.people import Profile
from connect_cli.settings import Settings
from connect_cli.store import database
from connect_cli.sync.checking import compare
from tests.sync.fleet import START, Machine, together


def test_what_is_compared_with_an_encrypted_journal_is_in_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made in memory, and is the same to the byte."""
    machines = [Machine(tmp_path / name, name, tmp_path / "meet") for name in ("a", "b")]
    machines[0].log("tea with Ada: at the door")
    for machine in machines:
        machine.set_up()
    together(machines)
    with machines[1].meeting() as run:
        monkeypatch.setattr(Journal, "is_encrypted", True)
        found = compare(run.journal, run.folder, run.mine)
    assert (found.is_same, found.lines) == (True, 4)


def test_a_journal_in_memory_leaves_no_file(tmp_path: Path) -> None:
    """Whatever is written into it."""
    journal = Journal(Context(tmp_path / "none.db", START, Settings(), Silent()))
    journal.begin_with(database.empty())
    people.add(journal, Profile("Ada Lovelace"))
    assert [known.name for known in journal.known()] == ["Ada Lovelace"]
    journal.close()
    assert list(tmp_path.iterdir()) == []
