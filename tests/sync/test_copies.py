"""Another copy taken in: by few statements, after a copy of this one, and whole or not at all."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from connect_cli.errors import ConnectError
from connect_cli.journal import memory, people, selection
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.safety import backup, forget
from connect_cli.store import memory as store_memory
from connect_cli.sync import copies
from tests.conftest import Connect
from tests.exchange.copies import exported, journal_at, meet
from tests.exchange.test_killed import PEOPLE, big_file
from tests.store.unpacking import readable

Open = Callable[[], Journal]
INTERACTIONS = 600


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Another copy, with more interactions than are written at once."""
    file = tmp_path / "copy.jsonl"
    big_file(file, INTERACTIONS)
    return file


def nothing(_: int) -> None:
    """No progress."""


def test_a_copy_made_at_first_holds_nothing_of_the_import(
    open_journal: Open, journal_file: Path, copy: Path
) -> None:
    """It is made in the middle of the command, once, of what was there before."""
    people.add(open_journal(), Profile("Tom"))
    journal, kept = open_journal(), list[Path | None]()
    copies.merge_copy(
        journal, copy, nothing, lambda: kept.append(backup.keep_before(journal, "import"))
    )
    (path,) = kept
    assert path is not None
    with readable(path) as plain, closing(sqlite3.Connection(plain)) as found:
        assert found.execute("SELECT name FROM person").fetchall() == [("Tom",)]
        assert found.execute("SELECT count(*) FROM command WHERE open = 1").fetchone() == (0,)


def test_what_brings_nothing_is_not_copied_for(open_journal: Open, copy: Path) -> None:
    """The same file again writes nothing, so nothing needs keeping."""
    copies.merge_copy(open_journal(), copy, nothing)
    journal, called = open_journal(), list[bool]()
    outcome = copies.merge_copy(journal, copy, nothing, lambda: called.append(True))
    assert not outcome.new
    assert called == []


def test_a_first_import_that_fails_begins_no_journal(
    connect: Connect, journal_file: Path, copy: Path
) -> None:
    """Nothing is created by a command that failed, not even where the journal would lie."""
    lines = copy.read_text("utf-8").splitlines(keepends=True)
    copy.write_text("".join(lines[:-1]), "utf-8")
    ran = connect("import", str(copy), "--yes")
    assert ran.code == 1
    assert "cut off" in ran.err
    assert not journal_file.exists()


def test_a_first_import_gets_to_its_place_whole(
    connect: Connect, journal_file: Path, copy: Path
) -> None:
    """Private to the owner, in the mode of every journal, and one undo takes it back."""
    assert connect("import", str(copy), "--yes").code == 0
    assert journal_file.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.Connection(journal_file)) as found:
        assert found.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert found.execute("SELECT count(*) FROM interaction").fetchone() == (INTERACTIONS,)
        assert found.execute("SELECT count(*) FROM person").fetchone() == (PEOPLE,)
    assert [one.name for one in journal_file.parent.iterdir() if one.name.startswith(".")] == []
    connect("undo", "--yes")
    with closing(sqlite3.Connection(journal_file)) as found:
        assert found.execute("SELECT count(*) FROM interaction").fetchone() == (0,)


def test_a_journal_begun_meanwhile_is_not_written_over(tmp_path: Path, copy: Path) -> None:
    """Whoever was first stays; the import says so and can be tried again."""
    path = tmp_path / "journal.db"

    def begin(_: int) -> None:
        if not path.exists():
            with journal_at(path) as other:
                people.add(other, Profile("Tom"))

    with (
        journal_at(path) as journal,
        pytest.raises(ConnectError, match="has just started the journal"),
    ):
        copies.merge_copy(journal, copy, begin)
    with journal_at(path) as journal:
        assert [one.name for one in journal.known()] == ["Tom"]


def test_the_same_words_in_two_copies_are_one_detail(tmp_path: Path) -> None:
    """Details without a label are the same by their text, and others stand beside them."""
    one, other = tmp_path / "one.db", tmp_path / "other.db"
    with journal_at(one) as journal:
        people.add(journal, Profile("Ben"))
    meet(other, exported(one))
    for path, words in ((one, "sings"), (other, "plays chess")):
        with journal_at(path, 1) as journal:
            memory.remember(journal, "ben", "allergic to nuts")
            memory.remember(journal, "ben", words)
    meet(other, exported(one), 2)
    meet(one, exported(other), 3)
    for path in (one, other):
        with journal_at(path) as journal:
            (ben,) = selection.standings(journal)
            kept = store_memory.details(journal.connection, [ben.person.id])[ben.person.id]
            assert sorted(each.said for each in kept) == [
                "allergic to nuts",
                "plays chess",
                "sings",
            ]


def test_whoever_was_forgotten_in_a_copy_is_forgotten_here(tmp_path: Path) -> None:
    """The preview says so, the import does it before anything else, and only with a whole file."""
    one, other, file = tmp_path / "one.db", tmp_path / "other.db", tmp_path / "copy.jsonl"
    with journal_at(one) as journal:
        people.add(journal, Profile("Ada Lovelace"))
        people.add(journal, Profile("Tom"))
    meet(other, exported(one))
    with journal_at(one, 1) as journal:
        forget.forget(journal, journal.named("Ada Lovelace"))
    lines = exported(one).splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), "utf-8")
    with journal_at(other, 2) as journal:
        with pytest.raises(ConnectError, match="cut off"):
            copies.merge_copy(journal, file, nothing)
        assert {known.name for known in journal.known()} == {"Ada Lovelace", "Tom"}
        file.write_text("".join(lines), "utf-8")
        said = copies.merge_copy(journal, file, nothing, rehearse=True)
        assert (said.to_forget, said.taken_away) == (1, {"person": 1})
        assert len(list(journal.known())) == 2
        done = copies.merge_copy(journal, file, nothing)
        assert (done.to_forget, done.taken_away) == (1, {"person": 1})
        assert [known.name for known in journal.known()] == ["Tom"]
    assert exported(other) == "".join(lines)
