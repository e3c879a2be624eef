"""What can happen to the file of an encrypted journal, and to one that is being encrypted."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from connect_cli import files
from connect_cli.safety import encryption
from connect_cli.store import copies as store_copies
from connect_cli.store import migrations, signature, sqlite
from tests.cli.terminals import SECONDS, Terminal, terminals
from tests.conftest import MORNING, Begin, Connect
from tests.faults.test_files import (
    EVERY_SORT,
    READS,
    WRITES,
    as_dangling_link,
    as_directory,
    as_empty_file,
    as_noise,
    as_wal_alone,
    as_zeros,
    cut,
    flipped,
    held,
    no_rights,
    refused,
    without_rights,
)
from tests.faults.trial import KEYS
from tests.faults.trials import of_the_first_schema
from tests.faults.working import begun

KEY = KEYS[0]


@pytest.fixture
def sealed(begin: Begin, journal_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An encrypted journal with something of every sort, and the copy of the day."""
    monkeypatch.setenv("CONNECT_KEY", KEY)
    begin(*EVERY_SORT, ("encrypt", "--yes"))
    return journal_file


SPOILT: dict[str, Callable[[Path], None]] = {
    "a directory": as_directory,
    "a dangling link": as_dangling_link,
    "an empty file": as_empty_file,
    "noise": as_noise,
    "zeros": as_zeros,
    "one byte": cut(1),
    "half a salt": cut(8),
    "one page": cut(4096),
    "ten pages": cut(4096 * 10),
    "half a page less": cut(-2048),
    "a page less": cut(-4096),
    "a write-ahead file alone": as_wal_alone,
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_encrypted_journal_is_refused_and_left_as_it_is(
    sealed: Path, connect: Connect, how: str
) -> None:
    """By every command that reads or writes; the way out is named, and leads out."""
    SPOILT[how](sealed)
    before = held(sealed)
    for words in (*READS, *WRITES, ("encrypt", "--yes"), ("decrypt", "--yes")):
        answer = connect(*words)
        assert refused(answer), (words, answer)
        assert "--journal" in answer.err or "connect restore " in answer.err, (words, answer)
    assert held(sealed) == before
    if how in ("a directory", "a dangling link"):
        return  # whose copies are to be named by where they lie
    assert connect("restore", "journal-2026-11-23.db", "--yes").code == 0
    assert "Ada Lovelace" in connect("people").out
    assert signature.is_encrypted(sealed)


def test_flipped_bytes_never_end_in_a_traceback(sealed: Path, connect: Connect) -> None:
    """Ten places; a page that was changed is never taken for one that was not."""
    flipped(sealed, connect, range(10))


@pytest.mark.slow
def test_two_hundred_flipped_bytes_never_end_in_a_traceback(sealed: Path, connect: Connect) -> None:
    """The same elsewhere."""
    flipped(sealed, connect, range(10, 210))


@pytest.mark.slow
@no_rights
@pytest.mark.parametrize("which", ["the file", "its directory"])
def test_what_may_not_be_written_is_not_encrypted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    """One clear line, and everything stays."""
    journal = tmp_path / "connect" / "journal.db"
    monkeypatch.setenv("CONNECT_KEY", KEY)
    without_rights([("add", "Ada")], journal)
    taken = journal if which == "the file" else journal.parent
    taken.chmod(0o400 if taken == journal else 0o500)
    before = held(journal)
    try:
        (answer,) = without_rights([("encrypt", "--yes")], journal)
        assert (answer.code, answer.out) == (5, ""), answer
        assert answer.err.splitlines()[-2:][0].startswith("connect: ")
        assert before.items() <= held(journal).items()
        assert not list(journal.parent.glob(".*"))
    finally:
        taken.chmod(0o700)


def test_copies_that_cannot_be_written_are_named(sealed: Path, connect: Connect) -> None:
    """The journal is encrypted, or made readable, all the same."""
    folder = store_copies.folder_of(sealed)
    for copy in store_copies.listed(sealed):
        copy.path.unlink()
    folder.rmdir()
    folder.write_text("a file where the folder should be", encoding="utf-8")
    answer = connect("decrypt", "--yes")
    assert answer.code == 1
    assert answer.out.startswith("The journal is readable without a key.")
    assert str(folder) in answer.err


def test_a_journal_of_an_older_schema_is_copied_encrypted(
    journal_file: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step makes a copy before it; none of them is readable."""
    journal_file.parent.parent.mkdir()
    of_the_first_schema(journal_file)
    as_it_was = journal_file.with_name("was.db")
    journal_file.rename(as_it_was)
    secret = encryption.new_secret(KEY)
    files.make_private(journal_file)
    with closing(sqlite.connect(str(as_it_was), "")) as connection:
        encryption.write_anew(connection, journal_file, secret, "WAL")
    as_it_was.unlink()
    monkeypatch.setenv("CONNECT_KEY", KEY)
    assert len(connect("people").out.splitlines()) == 3000
    copies = store_copies.listed(journal_file)
    assert len(copies) == len(migrations.STEP_FILES) - 1
    assert all(signature.is_encrypted(copy.path) for copy in copies)
    assert not [path for path in held(journal_file).values() if b"Person 7" in bytes(path)]  # type: ignore[arg-type]  # no links


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["encrypt", "decrypt"])
def test_ctrl_c_while_it_is_written_anew_leaves_it_whole(
    sealed: Path, connect: Connect, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was, or all of it anew; with nothing left beside it, and 130."""
    if verb == "encrypt":
        connect("decrypt", "--yes")
    connect("log", "coffee with ada: " + "words " * 60_000)
    people, ended = connect("people"), set()
    chance = random.Random(1)  # noqa: S311  # repeatable
    for _ in range(3):
        env = {**os.environ, "CONNECT_NOW": MORNING}
        process = begun(verb, "--yes", stdin=subprocess.DEVNULL, env=env)
        time.sleep(chance.uniform(0.1, 1.0))
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=600)
        ended.add(process.returncode)
        assert "Traceback" not in err
        assert connect("people") == people
        assert not list(sealed.parent.glob(".*"))
        if signature.is_encrypted(sealed) is (verb == "encrypt"):
            connect("decrypt" if verb == "encrypt" else "encrypt", "--yes")
    assert ended <= {0, 130, -signal.SIGINT}  # the last, while Python itself ends


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    """Commands at a terminal of their own."""
    with terminals() as run:
        yield run


ENDS: dict[str, Callable[[Any], object]] = {
    "SIGHUP": lambda child: child.kill(signal.SIGHUP),
    "SIGTERM": lambda child: child.kill(signal.SIGTERM),
    "a closed terminal": lambda child: child.ptyproc.fileobj.close(),
    "SIGKILL": lambda child: child.kill(signal.SIGKILL),
}


@pytest.mark.parametrize("how", ENDS)
def test_a_restore_that_is_ended_at_its_question_leaves_nothing_readable(
    sealed: Path, connect: Connect, terminal: Terminal, tmp_path: Path, how: str
) -> None:
    """What a kill leaves, the first write of a day clears away."""
    connect("decrypt", "--yes")
    copy = tmp_path / "plain.db"
    connect("backup", str(copy))
    connect("encrypt", "--yes")
    child = terminal("restore", str(copy))
    child.expect("Replace the journal by this copy")
    (room,) = sealed.parent.glob(".*.new")
    ENDS[how](child)
    for tenth in range(1, SECONDS * 10):
        if not child.isalive():
            break
        time.sleep(0.1)
        if not tenth % 50:
            ENDS[how](child)  # the first came before the question was listening
    if how == "SIGKILL":
        assert room.exists()
        assert connect("add", "Late", now="2026-11-24T08:00").code == 0
    assert not list(sealed.parent.glob(".*"))
