"""Files of an export: whole or not at all, and private."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

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
