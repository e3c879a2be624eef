"""Many at once: no interaction is lost or doubled, and nobody is turned away."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from connect_cli.safety import doctor
from tests.conftest import Connect
from tests.faults.working import NOW, at_once

WRITERS = ("Ann", "Bo", "Cy", "Di", "Eve", "Flo", "Gus", "Hal")
READS: tuple[Sequence[str], ...] = (("today",), ("history",), ("show", "ada"), ("search", "note"))


def interactions(writer: int, each: int) -> list[Sequence[str]]:
    """Interactions with somebody known, somebody new to all of them, and somebody new to one."""
    return [
        (
            "log",
            f"coffee with Ada, Tom and {WRITERS[writer]}: note {writer}/{number} #w{writer}",
            "--new",
        )
        for number in range(each)
    ]


def all_at_once(
    connect: Connect,
    journal: Path,
    writers: int,
    each: int,
    meanwhile: Sequence[Sequence[str]] = (),
) -> None:
    """Let them log and read at the same time, and look at what is there.

    meanwhile: commands of one more process, which succeed.
    """
    assert connect("add", "Ada").code == 0
    logging = [interactions(writer, each) for writer in range(writers)]
    reading = [READS * (each // 2)] * 2
    *all_said, others = at_once([*logging, *reading, meanwhile])
    assert {(one.code, one.err) for said in all_said for one in said} == {(0, "")}
    assert not [one for one in others if one.code]
    notes = [line.split("\t")[-2] for line in connect("history").out.splitlines()]
    wanted = [f"note {writer}/{number}" for writer in range(writers) for number in range(each)]
    assert sorted(note.split(" #")[0] for note in notes) == sorted(wanted)
    assert len(connect("people").out.splitlines()) == writers + 2
    assert doctor.diagnose(journal, NOW.astimezone(), NOW.date()).findings == ()


def test_three_at_once_lose_nothing(connect: Connect, journal_file: Path) -> None:
    """Each with a few interactions, and two who read."""
    all_at_once(connect, journal_file, 3, 3)


@pytest.mark.slow
def test_eight_at_once_with_fifty_interactions_each_lose_nothing(
    connect: Connect, journal_file: Path
) -> None:
    """400 interactions; nobody waits until the lock is given up."""
    all_at_once(connect, journal_file, 8, 50)


KEY = f"x'{'5e' * 32}'"


@pytest.mark.slow
def test_nobody_loses_anything_while_the_journal_is_encrypted(
    connect: Connect, journal_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a key, by another, and made readable again, while others log and read."""
    monkeypatch.setenv("CONNECT_KEY", KEY)
    monkeypatch.setenv("CONNECT_NEW_KEY", KEY)
    commands = [("encrypt", "--yes"), ("encrypt", "--yes"), ("decrypt", "--yes")]
    all_at_once(connect, journal_file, 2, 6, commands * 2)
