"""Files of an export: whole or not at all, and private."""

import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connect_cli import files
from connect_cli.exchange import export_files
from tests.conftest import Connect


def test_an_export_replaces_a_file_whole_and_private(connect: Connect, tmp_path: Path) -> None:
    """So that a calendar can subscribe to it; nothing is left beside it."""
    connect("add", "Ada Lovelace")
    file = tmp_path / "out" / "connect.ics"
    file.parent.mkdir()
    file.write_text("old", encoding="utf-8")
    file.chmod(0o644)
    assert connect("export", "ics", str(file)).code == 0
    assert file.read_text(encoding="utf-8").endswith("END:VCALENDAR\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["connect.ics"]


LEFT = {
    "export jsonl": ".to.0123456789ab.new",
    "export csv people": ".to.0123456789ab.new",
    "export ics": ".to.0123456789ab.new",
    "export page": ".to.0123456789ab.new",
    "export vcard": "to/.gone.vcf.0123456789ab.new",
    "export markdown": "to/.gone.md.0123456789ab.new",
    "backup": ".to.abc_def0.new/to",
}
"""What each of them leaves that is killed while it writes to `to`."""


@pytest.mark.parametrize(("words", "name"), LEFT.items(), ids=LEFT)
def test_what_a_killed_command_left_is_cleared_by_the_next_that_writes_there(
    connect: Connect, tmp_path: Path, words: str, name: str
) -> None:
    """What another program has there, or is being written, stays."""
    connect("add", "Ada Lovelace")
    left = tmp_path / "out" / name
    others = [left.with_name(each) for each in (".to.new", "0123456789ab.new", ".to.old.0.new")]
    left.parent.mkdir(parents=True)
    for file in (left, *others):
        file.write_text("half", encoding="utf-8")
    assert connect(*words.split(), str(tmp_path / "out" / "to")).code == 0
    assert not left.exists()
    assert [file.exists() for file in others] == [left.parent.exists()] * len(others)


def test_what_is_being_written_is_not_cleared(tmp_path: Path) -> None:
    """Two commands may write to the same file: the last one wins."""

    def parts() -> Iterator[bytes]:
        export_files.write_alone(tmp_path / "to", [b"the other"])
        assert len(list(tmp_path.iterdir())) == 2
        yield b"this one"

    export_files.write_alone(tmp_path / "to", parts())
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"this one"]


@pytest.mark.parametrize("at", ["make_private", "locked"])
def test_a_file_that_is_cleared_before_it_is_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """Another command may find it in between."""
    real, times = getattr(files, at), 0

    def cleared_once(*given: Any, **more: Any) -> Any:
        nonlocal times
        times += 1
        done = real(*given, **more) if at == "make_private" else True
        if times == 1:
            for each in tmp_path.iterdir():
                each.unlink()
        return done

    monkeypatch.setattr(files, at, cleared_once)
    files.write(tmp_path / "to", [b"whole"])
    assert ([one.read_bytes() for one in tmp_path.iterdir()], times) == ([b"whole"], 2)


def test_a_card_that_was_left_in_a_folder_within_is_cleared_too(
    connect: Connect, tmp_path: Path
) -> None:
    """Where the owner keeps cards in folders."""
    connect("add", "Ada Lovelace")
    inner = tmp_path / "cards" / "friends"
    inner.mkdir(parents=True)
    (inner / "bob.vcf").write_text("BEGIN:VCARD\nVERSION:4.0\nFN:Bob\nEND:VCARD\n")
    (inner / ".bob.vcf.0123456789ab.new").write_text("BEGIN")
    assert connect("export", "vcard", str(tmp_path / "cards")).code == 0
    assert [one.name for one in inner.iterdir()] == ["bob.vcf"]


def test_an_export_never_replaces_the_journal(connect: Connect, journal_file: Path) -> None:
    """Even when it is named."""
    connect("add", "Ada Lovelace")
    ran = connect("export", "jsonl", str(journal_file))
    assert ran.code == 2
    assert "Ada Lovelace" in connect("people").out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize(
    "words", ["jsonl", "jsonl -", "csv people", "vcard", "ics", "markdown"], ids=lambda text: text
)
def test_an_export_that_finds_no_room_says_so_in_one_line(connect: Connect, words: str) -> None:
    """Exit 1; what was being read is let go of without a word, however much there was."""
    connect("add", "Ada Lovelace", "--birthday", "10 dec")
    connect("log", "call with ada", "--note", "once " * 20_000)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "connect_cli", "export", *words.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 1
    line, hint = done.stderr.splitlines()
    assert line == "connect: the answer could not be written: No space left on device"
    assert hint.startswith("hint:")
