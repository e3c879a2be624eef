"""Copies of an encrypted journal, and putting them back."""

import shutil
import stat
import subprocess
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from connect_cli.safety import daily_copy
from connect_cli.store import copies as store_copies
from connect_cli.store import signature
from tests.cli.encrypting import TUESDAY, lines_of, one_line, people, set_command
from tests.cli.terminals import Terminal, finished
from tests.conftest import Connect
from tests.safety.test_encryption import KEY, OTHER, dumped

pyrage: Any = import_module("pyrage")  # it has no types


def test_what_is_not_put_back_is_not_left_readable(
    encrypted: Path, connect: Connect, tmp_path: Path
) -> None:
    """A plain copy that was looked at for an encrypted journal, and then not wanted."""
    connect("decrypt", "--yes")
    copy = tmp_path / "plain.db"
    connect("backup", str(copy))
    connect("encrypt", "--yes")
    assert connect("restore", str(copy)).code == 1
    assert not list(encrypted.parent.glob(".*"))


def test_copies_are_encrypted_as_the_journal_is(
    encrypted: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of a day, by hand, before a restore, before a repair, and elsewhere; and private."""
    connect("log", "coffee with ada", now=TUESDAY)
    connect("backup")
    elsewhere = tmp_path / "mine.db"
    answer = connect("backup", str(elsewhere))
    assert answer.out.startswith(f"Copied to {elsewhere}, encrypted with the key of the journal.")
    connect("restore", "journal-2026-11-24.db", "--yes")
    copies = [copy.path for copy in store_copies.listed(encrypted)]
    assert {copy.name.removeprefix("journal-2026-11-2") for copy in copies} == {
        *("3.db", "4.db", "3-by-hand.db", "3-before-restore.db"),
    }
    for copy in (*copies, elsewhere):
        assert signature.is_encrypted(copy)
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert dumped(copy, KEY)


def test_a_copy_made_aside_gets_the_key_by_a_pipe(
    encrypted: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never as an argument, which every user of the machine may see."""
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(command: Sequence[str], **how: Any) -> Any:
        assert not [word for word in command if "5e5e" in word]
        started.append(popen(command, **how))
        return started[-1]

    monkeypatch.setattr(daily_copy, "SMALL_BYTES", 1)
    monkeypatch.setattr(subprocess, "Popen", start)
    connect("log", "coffee with ada", now=TUESDAY)
    (process,) = started
    assert process.wait(60) == 0
    newest = store_copies.listed(encrypted)[0]
    assert (f"{newest.day}", signature.is_encrypted(newest.path)) == ("2026-11-24", True)


def test_age_goes_on_top(encrypted: Path, connect: Connect, tmp_path: Path) -> None:
    """Such a copy needs both, and is put back by both."""
    identity, keyfile = pyrage.x25519.Identity.generate(), tmp_path / "age.key"
    keyfile.write_text(f"{identity}\n", encoding="utf-8")
    copy = tmp_path / "mine.age"
    answer = connect("backup", str(copy), str(identity.to_public()), "--encrypt")
    assert "encrypted with the key of the journal and with age" in answer.out
    inner = tmp_path / "inner.db"
    inner.write_bytes(pyrage.decrypt(copy.read_bytes(), [identity]))
    assert dumped(inner, KEY)
    connect("add", "Late")
    assert connect("restore", str(copy), "--identity", str(keyfile), "--yes").code == 0
    assert people(connect) == ["Ada Lovelace"]


def test_a_plain_copy_put_into_an_encrypted_journal_is_encrypted(
    connect: Connect, key: str, journal_file: Path, tmp_path: Path
) -> None:
    """As what was in it before; the copy itself stays as it is."""
    connect("add", "Ada Lovelace")
    copy = tmp_path / "plain.db"
    connect("backup", str(copy))
    connect("add", "Grace")
    connect("encrypt", "--yes")
    assert connect("restore", str(copy), "--yes").code == 0
    assert (people(connect), signature.is_encrypted(journal_file)) == (["Ada Lovelace"], True)
    assert not signature.is_encrypted(copy)
    for path in journal_file.parent.rglob("*"):
        assert path.is_dir() or b"Lovelace" not in path.read_bytes(), path
    assert [copy for copy in store_copies.listed(journal_file) if "restore" in copy.label]


@pytest.mark.parametrize("there", [True, False], ids=["a plain journal", "no journal"])
def test_an_encrypted_copy_encrypts_the_journal_that_it_is_put_into(
    encrypted: Path, connect: Connect, tmp_path: Path, there: bool
) -> None:
    """What was encrypted does not become readable by a restore; that is said before."""
    copy = tmp_path / "sealed.db"
    connect("backup", str(copy))
    shutil.rmtree(encrypted.parent)
    if there:
        connect("add", "Somebody")
    answer = connect("restore", str(copy), "--yes")
    assert answer.code == 0
    said = "The journal and the copies beside it would be encrypted, with the key of this copy."
    assert (said in answer.err) is there
    assert (people(connect), signature.is_encrypted(encrypted)) == (["Ada Lovelace"], True)
    assert all(signature.is_encrypted(each.path) for each in store_copies.listed(encrypted))
    assert not lines_of(connect("doctor"), "readable")


@pytest.fixture
def by_another_key(
    encrypted: Path, connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """A copy that was made before the key was changed, and Grace added since."""
    copy = tmp_path / "sealed.db"
    connect("backup", str(copy))
    connect("add", "Grace")
    monkeypatch.setenv("CONNECT_NEW_KEY", OTHER)
    connect("encrypt", "--yes")
    monkeypatch.setenv("CONNECT_KEY", OTHER)
    return str(copy)


def test_a_copy_by_another_key_takes_the_key_of_the_journal(
    by_another_key: str, connect: Connect, terminal: Terminal
) -> None:
    """At a terminal its own key is asked for, once that of the journal does not open it."""
    answer = one_line(connect("restore", by_another_key, "--yes"))
    assert f"{by_another_key} has another key, or is damaged" in answer
    assert "set CONNECT_COPY_KEY to its key" in answer
    child = terminal("restore", by_another_key, "--yes")
    child.expect("Key of sealed.db: ")
    child.sendline(KEY)
    assert finished(child) == 0
    assert people(connect) == ["Ada Lovelace"]


def test_a_script_says_the_key_of_a_copy_apart(
    by_another_key: str, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal stays encrypted by its own."""
    monkeypatch.setenv("CONNECT_COPY_KEY", KEY)
    assert connect("restore", by_another_key, "--yes").code == 0
    assert people(connect) == ["Ada Lovelace"]


@pytest.mark.parametrize("said", [OTHER, "", None], ids=["another key", "an empty one", "none"])
def test_without_its_key_no_plain_copy_gets_in_the_place_of_an_encrypted_journal(
    encrypted: Path, connect: Connect, tmp_path: Path, monkeypatch: Any, said: str | None
) -> None:
    """Nobody meant to have it readable."""
    connect("decrypt", "--yes")
    copy = tmp_path / "plain.db"
    connect("backup", str(copy))
    connect("encrypt", "--yes")
    before = encrypted.read_bytes()
    monkeypatch.delenv("CONNECT_KEY")
    if said is not None:
        monkeypatch.setenv("CONNECT_KEY", said)
    assert "the copy is not encrypted" in one_line(connect("restore", str(copy), "--yes"))
    assert encrypted.read_bytes() == before


def test_a_command_that_fails_does_not_put_a_plain_copy_in_its_place_either(
    encrypted: Path, connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password manager that is locked says nothing of the journal."""
    connect("decrypt", "--yes")
    copy = tmp_path / "plain.db"
    connect("backup", str(copy))
    connect("encrypt", "--yes")
    monkeypatch.delenv("CONNECT_KEY")
    set_command(connect, "false")
    answer = one_line(connect("restore", str(copy), "--yes"))
    assert "failed with exit code 1" in answer
    assert "the copy is not encrypted" in answer
    assert signature.is_encrypted(encrypted)


@pytest.mark.parametrize(
    ("first", "last"), [(20, 2000), (10_000, 200_000)], ids=["its beginning", "its middle"]
)
def test_a_damaged_encrypted_journal_is_brought_back_by_a_copy(
    encrypted: Path, connect: Connect, first: int, last: int
) -> None:
    """The copy opens by the key, so the journal is what is wrong; it is kept as it is."""
    content = bytearray(encrypted.read_bytes())
    content[first:last] = bytes(last - first)
    encrypted.write_bytes(content)
    assert one_line(connect("today"))
    answer = connect("restore", "journal-2026-11-23.db", "--yes")
    assert answer.code == 0, answer
    assert people(connect) == ["Ada Lovelace"]
    assert signature.is_encrypted(encrypted)
    assert any(each.path.read_bytes() == content for each in store_copies.listed(encrypted))


def test_copies_that_have_no_room_once_they_are_encrypted_are_removed(
    encrypted: Path, connect: Connect
) -> None:
    """The oldest; how many is said. Those that stay are encrypted."""
    connect("decrypt", "--yes")
    (copy,) = (copy.path for copy in store_copies.listed(encrypted))
    for day in range(14, 22):
        shutil.copy2(copy, copy.with_name(f"journal-2026-11-{day}.db.gz"))
    connect("config", "set", "backups.most", "1 MB")
    answer = connect("encrypt", "--yes")
    assert answer.code == 0
    listed = store_copies.listed(encrypted)
    assert sum(copy.size for copy in listed) <= 10**6
    assert 1 < len(listed) < 9
    assert answer.out == f"The journal and {len(listed)} copies of it are encrypted.\n"
    gone = 9 - len(listed)
    which = "The oldest copy was" if gone == 1 else f"The {gone} oldest copies were"
    assert (
        f"{which} removed: encrypted copies are larger, and together they may take 1 MB"
        in answer.err
    )
    assert all(signature.is_encrypted(copy.path) for copy in listed)


def test_a_copy_elsewhere_may_be_compressed_too(
    encrypted: Path, connect: Connect, tmp_path: Path
) -> None:
    """It stays encrypted, grows no smaller, and is put back by the same key."""
    copy = tmp_path / "mine.db.gz"
    assert connect("backup", str(copy)).code == 0
    connect("add", "Late")
    assert connect("restore", str(copy), "--yes").code == 0
    assert people(connect) == ["Ada Lovelace"]
    assert signature.is_encrypted(encrypted)
