"""What can happen to the file: one clear line, exit 5, nothing made worse, the way out named."""

import os
import random
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from connect_cli.store import copies
from tests.conftest import Begin, Connect, Ran
from tests.faults.working import can_be_without_rights, ran

EVERY_SORT: tuple[Sequence[str], ...] = (
    ("add", "Ada Lovelace", "--every", "1w", "--birthday", "12-10", "--tag", "work"),
    ("log", "coffee with ada 9 days ago 45m: she is moving to Boston #work"),
    ("promise", "ada", "send the book", "--by", "today"),
    ("remember", "ada", "usual order: flat white"),
)
READS: tuple[Sequence[str], ...] = (
    *[("today",), ("people",), ("history",), ("show", "ada"), ("search", "boston"), ("promises",)],
    *[("plan",), ("ahead",), ("why", "ada"), ("history", "--json")],
)
WRITES: tuple[Sequence[str], ...] = (
    *[("log", "coffee with ada: one more"), ("add", "Linus"), ("remember", "ada", "tea: green")],
    *[("backup",), ("every", "ada", "2w")],
)


@pytest.fixture
def kept(begin: Begin, journal_file: Path) -> Path:
    """A journal with something of every sort, and the copy of the day."""
    begin(*EVERY_SORT)
    with closing(sqlite3.Connection(str(journal_file))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return journal_file


def held(journal: Path) -> dict[str, bytes | str]:
    """The bytes of everything beside the journal, copies included."""
    return {
        str(path): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in sorted(journal.parent.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def refused(answer: Ran) -> bool:
    """Exit 5, and on stderr one line that says what is wrong and one that says what to do."""
    lines = answer.err.splitlines()
    return (
        (answer.code, answer.out, len(lines)) == (5, "", 2)
        and lines[0].startswith("connect: ")
        and lines[1].startswith("hint: ")
    )


def as_directory(journal: Path) -> None:
    journal.unlink()
    journal.mkdir()


def as_dangling_link(journal: Path) -> None:
    journal.unlink()
    journal.symlink_to("nowhere/journal.db")


def as_link_to_itself(journal: Path) -> None:
    journal.unlink()
    journal.symlink_to(journal.name)


def as_empty_file(journal: Path) -> None:
    journal.write_bytes(b"")


def as_noise(journal: Path) -> None:
    journal.write_bytes(random.Random(1).randbytes(20_000))  # noqa: S311  # any noise


def as_zeros(journal: Path) -> None:
    journal.write_bytes(bytes(len(journal.read_bytes())))


def cut(length: int) -> Callable[[Path], None]:
    def as_cut(journal: Path) -> None:
        os.truncate(journal, length if length > 0 else len(journal.read_bytes()) + length)

    return as_cut


def as_newer(journal: Path) -> None:
    with closing(sqlite3.Connection(str(journal))) as connection:
        connection.execute("PRAGMA user_version = 99")


def as_anothers(journal: Path) -> None:
    with closing(sqlite3.Connection(str(journal))) as connection:
        connection.execute("PRAGMA application_id = 7")


def as_wal_alone(journal: Path) -> None:
    journal.rename(journal.with_name(f"{journal.name}-wal"))


SPOILT: dict[str, tuple[Callable[[Path], None], str]] = {
    "a directory": (as_directory, "--journal"),
    "a dangling link": (as_dangling_link, "connect restore "),
    "a link to itself": (as_link_to_itself, "connect restore "),
    "an empty file": (as_empty_file, "connect restore "),
    "noise": (as_noise, "connect restore "),
    "zeros": (as_zeros, "connect restore "),
    "one byte": (cut(1), "connect restore "),
    "half a header": (cut(50), "connect restore "),
    "one page": (cut(4096), "connect restore "),
    "ten pages": (cut(4096 * 10), "connect restore "),
    "half a page less": (cut(-2048), "connect restore "),
    "a page less": (cut(-4096), "connect restore "),
    "of a newer version": (as_newer, "install a newer connect"),
    "another program's": (as_anothers, "--journal"),
    "a write-ahead file alone": (as_wal_alone, "connect restore "),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_journal_that_is_none_is_refused_and_left_as_it_is(
    kept: Path, connect: Connect, how: str
) -> None:
    """By every command that reads, and every one that writes; the way out is named."""
    spoil, way_out = SPOILT[how]
    spoil(kept)
    before = held(kept)
    for words in (*READS, *WRITES):
        answer = connect(*words)
        assert refused(answer), (words, answer)
        assert way_out in answer.err, (words, answer)
    assert connect("doctor").code == 5
    assert held(kept) == before


@pytest.mark.parametrize(
    "how", [one for one in SPOILT if "restore" in SPOILT[one][1] and one != "a dangling link"]
)
def test_the_way_out_that_is_named_leads_out(kept: Path, connect: Connect, how: str) -> None:
    """What the hint says, typed as it stands, brings the journal back; nothing is thrown away."""
    SPOILT[how][0](kept)
    spoilt = {content for path, content in held(kept).items() if "backups" not in path}
    hint = connect("today").err.split("connect restore ")[1].split(";")[0].strip()
    answer = connect("restore", hint, "--yes")
    assert answer.code == 0, answer
    assert "Ada Lovelace" in connect("people").out
    assert connect("doctor").code == 0
    if "link" not in how:
        assert spoilt - {b""} <= set(held(kept).values())


def test_flipped_bytes_never_end_in_a_traceback(kept: Path, connect: Connect) -> None:
    """Twenty places."""
    flipped(kept, connect, range(20))


@pytest.mark.slow
def test_five_hundred_flipped_bytes_never_end_in_a_traceback(kept: Path, connect: Connect) -> None:
    """The journal is read, or refused with the way out; and whatever fails changes nothing."""
    flipped(kept, connect, range(20, 520))


def without_damaged(journal: Path) -> dict[str, bytes | str]:
    """What lies there, without the copies that `backup` made of a damaged journal as it was."""
    return {path: what for path, what in held(journal).items() if "-damaged" not in path}


def flipped(journal: Path, connect: Connect, places: range) -> None:
    """For each place, flip a byte there and run every command."""
    content = journal.read_bytes()
    saved = journal.parent.parent / "saved"
    shutil.copytree(journal.parent, saved)
    for number in places:
        chance = random.Random(number)  # noqa: S311  # repeatable
        place = chance.randrange(len(content))
        byte = content[place] ^ (1 << chance.randrange(8))
        journal.write_bytes(content[:place] + bytes([byte]) + content[place + 1 :])
        for words in (*chance.sample(READS, 3), chance.choice(WRITES)):
            before = without_damaged(journal)
            answer = connect(*words)
            assert answer.code in (0, 3, 5), (number, place, words, answer)
            if answer.code == 5:
                assert refused(answer), (number, place, words, answer)
                assert "connect restore" in answer.err or "--journal" in answer.err
                assert without_damaged(journal) == before, (number, place, words)
        assert connect("doctor").code in (0, 1, 5), (number, place)
        shutil.rmtree(journal.parent)
        shutil.copytree(saved, journal.parent)


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Path]:
    """A journal with a person in it, whose files will be taken away."""
    path = tmp_path / "connect" / "journal.db"
    (first,) = without_rights([("add", "Ada")], path)
    assert first.code == 0, first
    yield path
    for each in (path.parent, path):
        each.chmod(0o700)


def without_rights(commands: Sequence[Sequence[str]], journal: Path) -> list[Ran]:
    """Without root's rights, which know no read-only file."""
    home = str(journal.parents[1])
    env = {"CONNECT_JOURNAL": str(journal), "HOME": home, "XDG_CONFIG_HOME": f"{home}/config"}
    return ran(commands, without_rights=True, env=env)


no_rights = pytest.mark.skipif(
    not can_be_without_rights(), reason="root's rights cannot be given up here"
)


@no_rights
def test_a_read_only_file_is_read_and_not_written(theirs: Path) -> None:
    """Each command that writes says so; nothing is lost, and the doctor says it too."""
    theirs.chmod(0o400)
    before = theirs.read_bytes()
    read, logged, added, looked = without_rights(
        [("people",), ("log", "coffee with ada"), ("add", "Bo"), ("doctor",)], theirs
    )
    assert (read.code, "Ada" in read.out) == (0, True)
    for answer in (logged, added):
        assert refused(answer), answer
        assert "cannot be written: the mode of its file is 0400" in answer.err
        assert "connect doctor --fix" in answer.err
    assert (looked.code, "cannot be written" in looked.out) == (1, True)
    assert theirs.read_bytes() == before


@no_rights
def test_a_read_only_directory_is_read_and_not_written(theirs: Path) -> None:
    """Though SQLite can make no file beside the journal there."""
    theirs.parent.chmod(0o500)
    before = theirs.read_bytes()
    read, logged, looked = without_rights(
        [("people",), ("log", "coffee with ada"), ("doctor",)], theirs
    )
    assert (read.code, "Ada" in read.out) == (0, True)
    assert refused(logged), logged
    assert looked.code == 1, looked
    assert theirs.read_bytes() == before


@no_rights
def test_a_file_that_may_not_be_read_is_refused(theirs: Path) -> None:
    """As is a directory that may not be entered."""
    for path in (theirs, theirs.parent):
        path.chmod(0)
        for answer in without_rights([("people",), ("log", "coffee with ada")], theirs):
            assert refused(answer), answer
        path.chmod(0o700)


@no_rights
def test_a_journal_cannot_be_made_where_nothing_may_be_written(tmp_path: Path) -> None:
    """It is said, and nothing is made."""
    tmp_path.chmod(0o500)
    read, logged = without_rights(
        [("people",), ("log", "coffee with Ada", "--new")], tmp_path / "connect" / "journal.db"
    )
    assert (read.code, read.out) == (0, "")
    assert refused(logged), logged
    assert list(tmp_path.iterdir()) == []
    tmp_path.chmod(0o700)


def test_forgetting_on_a_full_disk_names_what_still_holds_them(kept: Path) -> None:
    """Whoever is gone is said to be gone, with the copies, before the fault."""
    (answer,) = ran([("forget", "ada", "--yes")], largest_file=kept.stat().st_size - 4096)
    (people,) = ran([("people",)])
    if "Forgot " in answer.out:
        assert (answer.code, people.out) == (5, "")
        assert "they are forgotten, but" in answer.err
        assert "backups" in answer.err
    else:
        assert "Ada" in people.out
        assert refused(answer)


def rows(journal: Path) -> dict[str, int]:
    """How many rows there are of each sort."""
    with closing(sqlite3.Connection(str(journal))) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("person", "interaction", "command", "change")
        }


LONG_NOTE = "word " * 60_000


def test_a_file_that_may_grow_no_more_keeps_what_it_holds(kept: Path, connect: Connect) -> None:
    """As on a full disk: nothing of it is there, and the next one is taken when there is room."""
    before = rows(kept)
    size = kept.stat().st_size
    (answer,) = ran([("log", "coffee with ada", "--note", LONG_NOTE)], largest_file=size)
    assert refused(answer), answer
    assert "nothing was written" in answer.err
    assert rows(kept) == before
    assert connect("doctor").code == 0
    assert connect("log", "coffee with ada", "--note", LONG_NOTE).code == 0


def test_a_first_command_without_room_leaves_nothing(journal_file: Path) -> None:
    """Not a file, not half of one; only the directory."""
    (answer,) = ran([("add", "Ada")], largest_file=50_000)
    assert refused(answer), answer
    assert list(journal_file.parent.iterdir()) == []


def test_a_copy_without_room_takes_nothing_from_the_interaction(
    kept: Path, connect: Connect
) -> None:
    """What is logged fits, its copy does not: it is kept, and the copy is said to be missing."""
    for copy in copies.listed(kept):
        copy.path.unlink()
    (answer,) = ran([("log", "coffee with ada: short")], largest_file=kept.stat().st_size - 4096)
    assert answer.code == 0
    assert "today's copy of the journal could not be made" in answer.err
    assert "short" in connect("history").out
    assert list(copies.folder_of(kept).iterdir()) == []


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of that size, where one may be mounted."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_loses_nothing(connect: Connect, tmp_path: Path) -> None:
    """Until it is full: each one that was said is there, and the refusal is one line."""
    with small_disk(tmp_path / "disk", "1m") as disk:
        journal, ballast = disk / "journal.db", disk / "ballast"
        ballast.write_bytes(bytes(2**18))
        said = 0
        for number in range(200):
            note = f"{number} {'word ' * 4000}"
            log = ("--journal", str(journal), "log", "coffee with Ada", "--note", note)
            answer = connect(*log, "--new")
            if answer.code:
                break
            said += 1
        assert refused(answer), answer
        assert "full" in answer.err
        assert stat.S_IMODE(journal.stat().st_mode) == 0o600
        listed = connect("--journal", str(journal), "history").out.splitlines()
        assert len(listed) == said > 0
        ballast.unlink()
        again = connect("--journal", str(journal), "log", "coffee with Ada: room again")
        assert again.code == 0, again
