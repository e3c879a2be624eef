"""Where the answer goes: a disk that is full, and streams that were closed."""

import os
import subprocess
import sys

import pytest

from tests.conftest import Connect

FULL = "/dev/full"
needs_full = pytest.mark.skipif(
    not os.path.exists(FULL),  # noqa: PTH110  # a device, not a file of ours
    reason="this system has no /dev/full",
)


def shell(line: str) -> "subprocess.CompletedProcess[str]":
    """Run a line in which `connect` stands for the program."""
    program = f'connect() {{ {sys.executable} -m connect_cli "$@"; }}'
    return subprocess.run(
        ["/bin/sh", "-c", f"{program}\n{line}"], capture_output=True, text=True, check=False
    )


@needs_full
@pytest.mark.parametrize("words", ["today", "export jsonl", "--help", "people --json"])
def test_an_answer_that_finds_no_room_is_said_in_one_line(connect: Connect, words: str) -> None:
    """Exit 1, and nothing but the line and its hint."""
    connect("add", "Ada", "--every", "1w")
    ran = shell(f"connect {words} >{FULL}")
    assert ran.returncode == 1
    assert ran.stderr.splitlines() == [
        "connect: the answer could not be written: No space left on device",
        "hint: to see what was done: connect changes",
    ]


@needs_full
def test_what_was_logged_is_kept_though_the_answer_found_no_room(connect: Connect) -> None:
    """The journal was written before the answer was tried."""
    connect("add", "Ada")
    assert shell(f"connect log 'coffee with ada' >{FULL}").returncode == 1
    assert connect("history").out.count("coffee") == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("connect history >&-", 0),
        ("connect prompt >&-", 0),
        ("connect history 2>&-", 0),
        ("connect log - <&-", 2),
        ("connect forget ada <&-", 1),
    ],
)
def test_a_closed_stream_is_no_stumbling_block(connect: Connect, line: str, code: int) -> None:
    """No traceback, and no file of the journal in its place."""
    connect("add", "Ada")
    ran = shell(line)
    assert ran.returncode == code
    assert "Traceback" not in ran.stderr
    assert connect("people").out.split("\t")[1] == "Ada"
