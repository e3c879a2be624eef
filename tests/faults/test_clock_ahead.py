"""What was logged while the clock was ahead: it counts for nothing until its day, and is named."""

from collections.abc import Sequence

import pytest

from tests.conftest import Connect, Ran

AHEAD, LATER = "2030-02-03T09:00+00:00", "2030-02-04T09:00+00:00"

HERE: tuple[Sequence[str], ...] = (
    ("add", "Ada Lovelace", "--every", "1w", "--birthday", "11-24"),
    ("add", "Grace Hopper", "--every", "2w"),
    ("add", "Mary Shelley", "--every", "every other sunday"),
    ("log", "coffee with ada and grace 20 days ago: Boston"),
    ("log", "said hi to mary 30 days ago"),
    ("log", "tried to call mary yesterday"),
)
WRONG: tuple[Sequence[str], ...] = (
    ("log", "lunch with ada, grace and mary: much later"),
    ("log", "said hi to ada"),
    ("log", "tried to call grace"),
    ("log", "tried to call mary"),
)
ASKED: tuple[Sequence[str], ...] = (
    *[("today",), ("today", "--json"), ("people",), ("people", "--json"), ("prompt",)],
    *[("why", "ada"), ("why", "grace"), ("why", "mary"), ("why", "ada", "--json")],
    *[("plan",), ("plan", "--json"), ("ahead",), ("ahead", "--json")],
    ("export", "csv", "people"),
)


def ran(connect: Connect, commands: Sequence[Sequence[str]], now: str | None = None) -> list[Ran]:
    """All answers; each command succeeds."""
    said = [connect(*words) if now is None else connect(*words, now=now) for words in commands]
    assert not [one for one in said if one.code]
    return said


def answers(connect: Connect) -> list[str]:
    return [one.out for one in ran(connect, ASKED)]


def test_contact_after_today_counts_for_nothing(connect: Connect) -> None:
    """Every list, explanation and load is as if it had not been logged."""
    ran(connect, HERE)
    before = answers(connect)
    ran(connect, WRONG, AHEAD)
    assert answers(connect) == before
    assert "much later" in connect("show", "ada").out + connect("history").out
    assert "2030-02-03" in connect("doctor").out


def test_from_its_day_on_it_counts(connect: Connect) -> None:
    """The day was right after all."""
    ran(connect, HERE)
    ran(connect, WRONG[:1], AHEAD)
    assert "2030-02-03" in connect("people", now=LATER).out
    assert "much later" not in connect("today").out


@pytest.mark.parametrize("words", [("undo", "--yes"), ("amend", "--on", "2030-01-01")])
def test_it_can_be_put_right(connect: Connect, words: Sequence[str]) -> None:
    """Then what counted before counts again, and nothing is left of it in the lists."""
    ran(connect, HERE)
    before = answers(connect)
    ran(connect, WRONG[:1], AHEAD)
    ran(connect, [words], LATER)
    assert answers(connect) == before
