"""Where nothing may be written every command that reads answers as ever, and the others say why."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from connect_cli.cli.commands import MODULE_OF
from connect_cli.store import copies, database, migrations, signature, sqlite
from tests.conftest import Begin, Connect, Ran
from tests.faults.every_command import READING, WRITING, Commands
from tests.faults.test_files import EVERY_SORT, held, no_rights
from tests.faults.working import can_be_without_rights, can_mount_read_only, ran
from tests.safety.test_encryption import KEY

SOMEBODY = 12_345
"""A user who is neither root nor the one who runs the tests."""

BEGINNING: tuple[Sequence[str], ...] = (
    *EVERY_SORT,
    *[("add", "Grace Hopper", "--every", "1m"), ("pause", "grace"), ("add", "Mary")],
    *[("archive", "mary"), ("log", "tea with grace yesterday")],
    *[("add", name, "--every", "1d") for name in ("Bo", "Cy", "Di", "Flo")],
    *[("alias", "grace", "Amazing"), ("undo", "--yes")],
)
EVERY_COMMAND = set(MODULE_OF)
CARD = "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:z\r\nFN:Zoe Zander\r\nEND:VCARD\r\n"


only_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")


@pytest.fixture
def elsewhere(tmp_path: Path, connect: Connect) -> Path:
    """A folder that may be written, with what an import and a restore need."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "card.vcf").write_text(CARD)
    other = ("--journal", str(folder / "other.db"))
    assert connect(*other, "add", "Somebody Else").code == 0
    assert connect(*other, "export", "jsonl", str(folder / "all.jsonl")).code == 0
    return folder


@pytest.fixture
def kept(begin: Begin, journal_file: Path) -> Path:
    """A journal on which every command has something to do."""
    begin(*BEGINNING)
    return journal_file


def said(table: Commands, journal: Path, elsewhere: Path) -> list[Sequence[str]]:
    """The commands of a table, with the names that they need."""
    with closing(sqlite3.Connection(f"file:{journal}?immutable=1", uri=True)) as connection:
        found = connection.execute("SELECT id FROM interaction ORDER BY seq").fetchone()
    known = {"ELSEWHERE": str(elsewhere), "ENTRY": found[0] if found else "none"}

    def put(word: str) -> str:
        for name, value in known.items():
            word = word.replace(name, value)
        return word

    return [[put(word) for word in words] for all_words in table.values() for words in all_words]


def test_the_tables_know_every_command() -> None:
    """A new command stands in one of them, or in both."""
    assert {*READING, *WRITING} == EVERY_COMMAND


@pytest.fixture(autouse=True)
def _changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor that changes something, and a key to encrypt by."""
    monkeypatch.setenv("EDITOR", "sed -i 's/^every: .*/every: 3m/'")
    monkeypatch.setenv("CONNECT_KEY", KEY)


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


@dataclass(frozen=True)
class Situation:
    """How a journal lies where nothing can be written.

    prepare: brings it there. reason: what every command that writes says. under: how a process is
    started for which it is so. with_changes: the -wal holds what was written last.
    """

    prepare: Callable[[Path], None]
    reason: str
    under: dict[str, bool]
    with_changes: bool = False


def change_nothing(_: Path) -> None:
    pass


def without_index(journal: Path) -> None:
    beside(journal, "-shm").unlink()


def beside(journal: Path, ending: str) -> Path:
    return journal.with_name(f"{journal.name}{ending}")


def close_folder(journal: Path) -> None:
    journal.parent.chmod(0o500)


def close_folder_with_changes(journal: Path) -> None:
    without_index(journal)
    close_folder(journal)


def close_file(journal: Path) -> None:
    journal.chmod(0o400)


def close_both(journal: Path) -> None:
    close_folder(journal)
    close_file(journal)


def give_away(journal: Path) -> None:
    for path in (journal.parent, *journal.parent.rglob("*")):
        os.chown(path, SOMEBODY, SOMEBODY)
        path.chmod(0o755 if path.is_dir() else 0o644)


def give_away_with_changes(journal: Path) -> None:
    give_away(journal)
    without_index(journal)


def leave_others_index(journal: Path) -> None:
    """As an older version, or another program, left it that ran as somebody else."""
    for ending in ("-wal", "-shm"):
        path = beside(journal, ending)
        path.touch()
        os.chown(path, SOMEBODY, SOMEBODY)
        path.chmod(0o600)


def leave_others_changes(journal: Path) -> None:
    for ending in ("-wal", "-shm"):
        os.chown(beside(journal, ending), SOMEBODY, SOMEBODY)
        beside(journal, ending).chmod(0o644)


def close_index(journal: Path) -> None:
    beside(journal, "-shm").chmod(0o400)


ON_DISK, NO_RIGHTS = {"read_only": True}, {"without_rights": True}
DISK = "it lies on a read-only file system"
SITUATIONS = {
    "a read-only disk": Situation(change_nothing, DISK, ON_DISK),
    "changes on a read-only disk": Situation(without_index, DISK, ON_DISK, with_changes=True),
    "an index on a read-only disk": Situation(change_nothing, DISK, ON_DISK, with_changes=True),
    "a closed folder": Situation(close_folder, "the mode of its folder", NO_RIGHTS),
    "changes in a closed folder": Situation(
        close_folder_with_changes, "the mode of its folder", NO_RIGHTS, with_changes=True
    ),
    "a closed file": Situation(close_file, "the mode of its file is 0400", NO_RIGHTS),
    "a closed file and folder": Situation(close_both, "the mode of its file is 0400", NO_RIGHTS),
    "somebody else's": Situation(give_away, "its file belongs to user 12345", NO_RIGHTS),
    "somebody else's with changes": Situation(
        give_away_with_changes, "its file belongs to user 12345", NO_RIGHTS, with_changes=True
    ),
    "somebody else's, in use": Situation(
        give_away, "its file belongs to user 12345", NO_RIGHTS, with_changes=True
    ),
    "somebody else's empty -wal": Situation(
        leave_others_index, "journal.db-wal beside it belongs to user 12345", NO_RIGHTS
    ),
    "somebody else's changes": Situation(
        leave_others_changes,
        *("journal.db-wal beside it belongs to user 12345", NO_RIGHTS),
        with_changes=True,
    ),
    "a closed index": Situation(
        close_index, "the mode of journal.db-shm beside it is 0400", NO_RIGHTS, with_changes=True
    ),
}


def by_key(_: Path) -> tuple[str, ...]:
    """The key, if the journal is encrypted."""
    return (KEY,)


@pytest.fixture
def with_changes(kept: Path, connect: Connect, tmp_path: Path) -> Path:
    """The same journal with an entry that stands in the -wal alone."""
    saved = tmp_path / "saved"
    with closing(database.open_current(kept, by_key)) as reader:
        reader.execute("SELECT count(*) FROM person").fetchone()
        for words in (("log", "coffee with ada: only in the wal"), ("add", "Zed"), ("undo", "-y")):
            assert connect(*words).code == 0
        shutil.copytree(kept.parent, saved)
    shutil.rmtree(kept.parent)
    shutil.copytree(saved, kept.parent)
    return kept


@pytest.fixture
def brought(request: pytest.FixtureRequest, how: str) -> Iterator[Path]:
    """The journal, whose folder can be removed again afterwards."""
    name = "with_changes" if SITUATIONS[how].with_changes else "kept"
    journal: Path = request.getfixturevalue(name)
    yield journal
    for path in (journal.parent, *journal.parent.iterdir()):
        path.chmod(0o700)


def answers_there(
    commands: Sequence[Sequence[str]], how: str, journal: Path, env: dict[str, str] | None = None
) -> list[Ran]:
    """What commands answer in a situation."""
    under: dict[str, Any] = dict(SITUATIONS[how].under)
    if under.pop("read_only", False):
        if not can_mount_read_only():
            pytest.skip("the system lets nobody mount a folder read-only")
        under["read_only"] = journal.parent
    elif not can_be_without_rights():
        pytest.skip("root's rights cannot be given up here")
    elif SITUATIONS[how].prepare not in BY_ANYBODY and os.getuid() != 0:
        pytest.skip("only root can give a file away")
    return ran(commands, env={"CONNECT_JOURNAL": str(journal), **(env or {})}, **under)


BY_ANYBODY = (
    *(change_nothing, close_folder, close_folder_with_changes, close_file, close_both),
    close_index,
)


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


def is_refused(answer: Ran, reason: str, words: Sequence[str]) -> bool:
    """Exit 5 and the reason in one line, behind what some commands say before they begin."""
    *_, said_last, hint = ["", "", *answer.err.splitlines()]
    if words[0] == "decrypt":
        return answer.code == 2
    return (
        answer.code == 5
        and said_last.startswith("connect: the journal ")
        and f"cannot be written: {reason}" in said_last
        and hint.startswith("hint: ")
    )


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


MENDED = [
    *("a closed folder", "changes in a closed folder", "a closed file", "a closed file and folder"),
    *("somebody else's empty -wal", "somebody else's changes", "a closed index"),
]


@pytest.mark.parametrize("how", MENDED)
def test_the_doctor_gives_the_rights_back(brought: Path, how: str) -> None:
    """It names what is at fault; once it is mended everything is there and can be written."""
    SITUATIONS[how].prepare(brought)
    looked, fixed, logged, shown, well = answers_there(
        [
            *[("doctor",), ("doctor", "--fix"), ("log", "coffee with ada: after all")],
            *[("history",), ("doctor",)],
        ],
        *(how, brought),
    )
    assert looked.code == 1
    assert SITUATIONS[how].reason in looked.out
    assert "'connect doctor --fix' mends it." in looked.out
    assert (fixed.code, logged.code, well.code) == (0, 0, 0), (fixed, logged, well)
    assert "mended\tread only\t" in fixed.out
    assert "after all" in shown.out
    assert ("only in the wal" in shown.out) is SITUATIONS[how].with_changes


@pytest.mark.parametrize("how", [one for one in SITUATIONS if one not in MENDED])
def test_the_doctor_leaves_what_is_meant_so(brought: Path, how: str) -> None:
    """A read-only disk and somebody else's file ask for nothing, and nothing is changed."""
    SITUATIONS[how].prepare(brought)
    before = held(brought)
    for answer in answers_there([("doctor",), ("doctor", "--fix")], how, brought):
        assert answer.code == 0, answer
        assert f"note\tread only\tthe journal cannot be written: {SITUATIONS[how].reason}" in (
            answer.out
        )
    assert held(brought) == before


@pytest.mark.parametrize("how", [one for one in SITUATIONS if one not in MENDED])
def test_the_doctor_promises_nothing_of_what_it_cannot_write(brought: Path, how: str) -> None:
    """That there is no copy is said, but not that `--fix` would make one here."""
    shutil.rmtree(copies.folder_of(brought))
    SITUATIONS[how].prepare(brought)
    for answer in answers_there([("doctor",), ("doctor", "--fix")], how, brought):
        assert "left\tno copy\t" in answer.out
        assert "--fix" not in answer.out
        assert "It can be mended where the journal can be written." in answer.out


@no_rights
@only_root
def test_changes_that_nobody_here_may_read_are_never_passed_over(with_changes: Path) -> None:
    """Nothing older is shown instead, nothing thrown away, and the command that helps is said."""
    leave_others_index(with_changes)
    before = held(with_changes)
    answers = ran(
        [("history",), ("log", "tea with ada"), ("doctor",), ("doctor", "--fix"), ("prompt",)],
        without_rights=True,
        env={"CONNECT_JOURNAL": str(with_changes)},
    )
    wal = beside(with_changes, "-wal")
    for answer in answers[:4]:
        assert answer.code == 5, answer
        assert "cannot be read: journal.db-wal, which holds what was written last" in answer.err
        assert f"sudo chown 0:0 {wal}" in answer.err
    assert (answers[4].code, answers[4].out) == (0, "")
    assert held(with_changes) == before


@contextmanager
def in_use(journal: Path) -> Iterator[None]:
    """Another process that has the journal open.

    One of its own, for whoever reads the file gives up the locks of his own process.
    """
    program = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1])\n"
        "connection.execute('SELECT count(*) FROM person').fetchone()\n"
        "print('open', flush=True)\n"
        "sys.stdin.read()\n"
        "connection.close()\n"
    )
    words = [sys.executable, "-c", program, str(journal)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == b"open\n"
        yield
        process.stdin.close()


@no_rights
@only_root
def test_nothing_is_taken_over_while_somebody_has_the_journal_open(with_changes: Path) -> None:
    """What lies beside it is in use then."""
    with in_use(with_changes):
        leave_others_changes(with_changes)
        before = held(with_changes)
        (answer,) = ran(
            [("doctor", "--fix")], without_rights=True, env={"CONNECT_JOURNAL": str(with_changes)}
        )
        assert (answer.code, "left\tread only" in answer.out) == (1, True), answer
        assert held(with_changes) == before


@no_rights
@only_root
def test_reading_what_somebody_writes_leaves_nothing_in_their_way(
    kept: Path, connect: Connect
) -> None:
    """While they write, and after: every entry is seen, and no file of the reader is left."""
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


def nothing_readable(journal: Path) -> None:
    journal.chmod(0)


def nothing_to_be_seen(journal: Path) -> None:
    journal.chmod(0)
    journal.parent.chmod(0)


@no_rights
@pytest.mark.parametrize(
    ("close", "reason"),
    [
        (nothing_readable, "the mode of its file is 0000, and you may not read it"),
        (nothing_to_be_seen, "and you may not look into it"),
    ],
)
def test_what_may_not_be_read_is_said_and_given_back(
    kept: Path, close: Callable[[Path], None], reason: str
) -> None:
    """Reading says whose rights are missing, and the doctor gives an owner their own back."""
    close(kept)
    env = {"CONNECT_JOURNAL": str(kept)}
    try:
        read, looked, prompt, fixed, after = ran(
            [("people",), ("doctor",), ("prompt",), ("doctor", "--fix"), ("people",)],
            without_rights=True,
            env=env,
        )
    finally:
        kept.parent.chmod(0o700)
    for answer in (read, looked):
        assert answer.code == 5
        assert "cannot be read: " in answer.err
        assert reason in answer.err
        assert answer.err.splitlines()[1] == "hint: make it usable again: connect doctor --fix"
    assert (prompt.code, prompt.out) == (0, "")
    assert (fixed.code, after.code) == (0, 0), (fixed, after)
    assert "Ada Lovelace" in after.out


def test_no_journal_can_be_begun_on_a_read_only_disk(tmp_path: Path) -> None:
    """It reads as an empty one, as ever; the first entry is refused with the reason."""
    if not can_mount_read_only():
        pytest.skip("the system lets nobody mount a folder read-only")
    env = {"CONNECT_JOURNAL": str(tmp_path / "new" / "journal.db")}
    looked, read, logged = ran(
        [("doctor",), ("people",), ("add", "Ada")], read_only=tmp_path, env=env
    )
    assert (looked.code, read.code, read.out) == (0, 0, "")
    assert is_refused(logged, f"{tmp_path} lies on a read-only file system", ("add",)), logged
