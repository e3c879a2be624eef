"""Where nothing may be written every command that reads answers as ever, and the others say why."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from connect_cli.cli.commands import MODULE_OF
from connect_cli.store import migrations, signature, sqlite
from tests.conftest import Connect
from tests.faults.every_command import READING, WRITING, said
from tests.faults.situations import (
    DISK,
    SITUATIONS,
    answers_there,
    give_away,
    in_use,
    is_refused,
    only_root,
)
from tests.faults.test_files import held, no_rights
from tests.faults.working import can_mount_read_only, ran

EVERY_COMMAND = set(MODULE_OF)


def test_the_tables_know_every_command() -> None:
    """A new command stands in one of them, or in both."""
    assert {*READING, *WRITING} == EVERY_COMMAND


pytestmark = pytest.mark.usefixtures("changing")


def test_the_tables_say_rightly_who_writes(
    connect: Connect, kept: Path, elsewhere: Path, tmp_path: Path
) -> None:
    """What is said to read leaves every byte of the journal, what is said to write does not."""
    for words in said(READING, kept, elsewhere):
        before = kept.read_bytes()
        assert connect(*words).code == 0, words
        assert kept.read_bytes() == before, words
    saved = tmp_path / "saved"
    shutil.copytree(kept.parent, saved)
    for words in said(WRITING, kept, elsewhere):
        if words[0] == "decrypt":
            assert connect("encrypt", "--yes").code == 0
        before_all = held(kept)
        answer = connect(*words)
        assert answer.code == 0, (words, answer)
        assert held(kept) != before_all, words
        shutil.rmtree(kept.parent)
        shutil.copytree(saved, kept.parent)


FEW = ("a read-only disk", "changes on a read-only disk", "a closed folder", "somebody else's")
ALL = [pytest.param(how, marks=() if how in FEW else pytest.mark.slow) for how in SITUATIONS]
"""What all commands are tried in; a few of them wherever."""


@pytest.mark.parametrize("how", ALL)
def test_every_command_that_reads_answers_as_ever(brought: Path, elsewhere: Path, how: str) -> None:
    """Word for word, changes in the -wal among it; and nothing is made or changed there."""
    commands = said(READING, brought, elsewhere)
    asked = [words for words in commands if words[:1] not in (["doctor"], ["demo"])]
    saved = brought.parent.with_name("as it was")
    shutil.copytree(brought.parent, saved)
    expected = ran(asked, env={"CONNECT_JOURNAL": str(brought)})
    shutil.rmtree(elsewhere / "cards")
    shutil.rmtree(brought.parent)
    saved.rename(brought.parent)
    SITUATIONS[how].prepare(brought)
    before = held(brought)
    for words, answer, other in zip(
        asked, answers_there(asked, how, brought), expected, strict=True
    ):
        assert answer == other, words
    assert held(brought) == before


@pytest.mark.parametrize("how", ALL)
def test_every_command_that_writes_says_the_true_reason(
    brought: Path, elsewhere: Path, how: str
) -> None:
    """In one line with what to do, exit 5; and nothing is made or changed there."""
    commands = said(WRITING, brought, elsewhere)
    SITUATIONS[how].prepare(brought)
    before = held(brought)
    for words, answer in zip(commands, answers_there(commands, how, brought), strict=True):
        assert is_refused(answer, SITUATIONS[how].reason, words), (words, answer)
    assert held(brought) == before


@pytest.mark.parametrize("how", SITUATIONS)
def test_a_few_commands_answer_in_every_situation(brought: Path, how: str, passing: Path) -> None:
    """What was written last is shown, Tab and the prompt know it; nothing stays anywhere."""
    SITUATIONS[how].prepare(brought)
    before, around = held(brought), set(passing.iterdir())
    shown, prompt, *refusals = answers_there(
        [("history",), ("prompt",), ("log", "coffee with ada"), ("doctor", "--json")], how, brought
    )
    assert ("only in the wal" in shown.out) is SITUATIONS[how].with_changes
    assert (shown.code, prompt.out) == (0, "2 left\n")
    assert is_refused(refusals[0], SITUATIONS[how].reason, ("log",)), refusals[0]
    (tab,) = answers_there([("connect show ada",)], how, brought, TAB)
    assert tab.out == "+-lovelace\n"
    assert (held(brought), set(passing.iterdir())) == (before, around)


TAB = {"_CONNECT_COMPLETE": "bash"}


@pytest.mark.parametrize("how", ALL)
def test_an_encrypted_journal_is_read_there_too(
    kept: Path, connect: Connect, request: pytest.FixtureRequest, passing: Path, how: str
) -> None:
    """By its key, and nothing readable is made of it."""
    assert connect("encrypt", "--yes").code == 0
    journal: Path = request.getfixturevalue("brought")
    SITUATIONS[how].prepare(journal)
    before = held(journal)
    shown, copied, logged = answers_there(
        [("history",), ("backup", f"{journal.parents[1]}/mine.db"), ("log", "tea with ada")],
        *(how, journal),
    )
    assert ("only in the wal" in shown.out) is SITUATIONS[how].with_changes
    assert (shown.code, copied.code) == (0, 0), (shown, copied)
    assert signature.is_encrypted(journal.parents[1] / "mine.db")
    assert is_refused(logged, SITUATIONS[how].reason, ("log",)), logged
    assert held(journal) == before
    (closed,) = answers_there([("history",)], how, journal, {"CONNECT_KEY": "another"})
    assert (closed.code, "does not open" in closed.err) == (5, True)
    assert str(passing) not in closed.err


@no_rights
@only_root
def test_reading_what_somebody_writes_leaves_nothing_in_their_way(
    kept: Path, connect: Connect
) -> None:
    """While they write, and after: every interaction is seen, and no file of the reader is left."""
    give_away(kept)
    env = {"CONNECT_JOURNAL": str(kept)}
    with in_use(kept):
        for number in range(3):
            assert connect("log", f"coffee with ada: note {number}").code == 0
            (during,) = ran([("history",)], without_rights=True, env=env)
            assert (during.code, f"note {number}" in during.out) == (0, True), during
    (after,) = ran([("history",)], without_rights=True, env=env)
    assert (after.code, "note 2" in after.out) == (0, True)
    assert not [*kept.parent.glob("journal.db-*")]


def test_an_older_journal_is_read_as_it_lies(tmp_path: Path) -> None:
    """It is brought up to date for the reader alone; the doctor says that it is older."""
    folder = tmp_path / "older"
    folder.mkdir(0o700)
    journal = folder / "journal.db"
    with closing(sqlite.connect(str(journal))) as connection:
        migrations.migrate(connection, steps=migrations.step_texts()[:1])
        connection.execute("PRAGMA journal_mode = WAL")
    journal.chmod(0o600)
    if not can_mount_read_only():
        pytest.skip("the system lets nobody mount a folder read-only")
    before = held(journal)
    env = {"CONNECT_JOURNAL": str(journal)}
    reads = [("today",), ("history",), ("people",), ("plan",), ("export", "jsonl"), ("changes",)]
    *answers, looked, logged = ran([*reads, ("doctor",), ("add", "Ada")], read_only=folder, env=env)
    assert [answer.code for answer in answers] == [0] * len(reads), answers
    assert (looked.code, "older schema" in looked.out) == (1, True)
    assert is_refused(logged, DISK, ("add",)), logged
    assert held(journal) == before


def test_no_journal_can_be_begun_on_a_read_only_disk(tmp_path: Path) -> None:
    """It reads as an empty one, as ever; the first interaction is refused with the reason."""
    if not can_mount_read_only():
        pytest.skip("the system lets nobody mount a folder read-only")
    env = {"CONNECT_JOURNAL": str(tmp_path / "new" / "journal.db")}
    looked, read, logged = ran(
        [("doctor",), ("people",), ("add", "Ada")], read_only=tmp_path, env=env
    )
    assert (looked.code, read.code, read.out) == (0, 0, "")
    assert is_refused(logged, f"{tmp_path} lies on a read-only file system", ("add",)), logged
