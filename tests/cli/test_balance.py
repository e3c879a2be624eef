"""Saved and balance, as they are typed."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.terminals import Terminal, finished
from tests.conftest import Begin, Connect

BEGUN = (
    ("add", "Ada Lovelace", "--every", "1w"),
    ("log", "coffee with ada on 2026-11-02 45m"),
    ("log", "coffee with ada on 2026-11-09"),
)


def shown(terminal: Terminal, *words: str) -> str:
    """What a command wrote to a terminal of its own."""
    child = terminal(*words)
    assert finished(child) == 0
    return str(child.before)


def test_saved_says_what_was_noted_and_undo_takes_it_back(connect: Connect) -> None:
    """The week goes on from Monday, which is today."""
    assert connect("saved", "40m", "the", "report").out == "Saved 40 min, today: the report.\n"
    assert connect("saved", "1h 10m mails", "--on", "yesterday").out == (
        "Saved 1 h 10 min, yesterday (Sun 22 Nov): mails.\n"
    )
    assert connect("saved", "20m").out == "Saved 20 min, today. This week 1 h so far.\n"
    assert "\tsaved\t40 min on 2026-11-23: the report\t" in connect("changes").out
    connect("undo", "--yes")
    view = json.loads(connect("balance", "--json").out)
    assert [(one["minutes"], one["text"]) for one in view["savings"]] == [
        (40, "the report"),
        (70, "mails"),
    ]


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (("40m", "yesterday"), "'yesterday' is a day, not what saved the time", "--on yesterday"),
        (("40m", "last", "tuesday"), "'last tuesday' is a day", "--on 'last tuesday'"),
        (("0m",), "'0m' is not between one minute and one day", "45m, 1h30"),
        (("25h", "x"), "'25h' is not between one minute and one day", "45m, 1h30"),
        (("the", "report"), "'the report' begins with no duration", "45m, 1h30"),
        (("40m", "x", "--on", "tomorrow"), "which is still to come", "today or a past day"),
        ((), "missing argument 'TIME'", "saved --help"),
    ],
    ids=range(7),
)
def test_what_is_not_understood_is_refused_in_one_line(
    connect: Connect, journal_file: Path, words: tuple[str, ...], message: str, hint: str
) -> None:
    """With a way to say it, and no journal begun."""
    ran = connect("saved", *words)
    assert (ran.code, ran.out) == (2, "")
    first, second = ran.err.splitlines()
    assert message in first
    assert hint in second
    assert not journal_file.exists()


def test_a_pipe_gets_no_name_and_a_terminal_gets_one(
    begin: Begin, connect: Connect, terminal: Terminal
) -> None:
    """Somebody of today's list whose usual conversation fits; for today's minutes alone."""
    begin(*BEGUN)
    assert "Ada" not in connect("saved", "45m", "the report").out
    said = "There is time for Ada Lovelace, on today's list: usually 45 min."
    assert said in shown(terminal, "saved", "45m", "the report")
    assert "Ada" not in shown(terminal, "saved", "44m")
    assert "Ada" not in shown(terminal, "saved", "45m", "--on", "yesterday")


def test_a_terminal_shows_no_text_to_others(
    begin: Begin, connect: Connect, terminal: Terminal
) -> None:
    """Neither what saved the time nor what is open; names stay."""
    begin(("add", "Ada"), ("promise", "ada", "send the book"))
    said = shown(terminal, "--discreet", "saved", "5m", "the report")
    assert "report" not in said
    assert "you promised Ada: ..." in said
    connect("saved", "5m", "the report")
    for words in (("changes",), ("balance",), ("balance", "--json")):
        assert "report" not in connect("--discreet", *words).out


def test_the_balance_is_of_twelve_weeks_or_of_the_days_that_are_said(
    begin: Begin, connect: Connect
) -> None:
    """From a Monday on; a longer span has longer stretches."""
    begin(*BEGUN)
    view = json.loads(connect("balance", "--json").out)
    assert (view["first_on"], view["last_on"], view["unit"]) == ("2026-09-07", "2026-11-23", "week")
    assert view["total"]["noted_with"] == view["total"]["reckoned_with"] == 45
    november = json.loads(connect("balance", "november", "--json").out)
    assert (november["first_on"], november["last_on"]) == ("2026-11-01", "2026-11-23")
    assert json.loads(connect("balance", "2", "years", "--json").out)["unit"] == "month"
    refused = connect("balance", "last", "summer")
    assert (refused.code, refused.out) == (2, "")
    week = json.loads(connect("balance", "week", "--json").out)
    assert week["last_on"] == "2026-11-23"
    assert week["total"]["noted_with"] == 0


def test_the_estimate_and_the_target_are_settings(begin: Begin, connect: Connect) -> None:
    """The target is a figure and no judgment; saved adds to the estimate."""
    begin(*BEGUN)
    assert connect("config", "set", "balance.saved", "30m a day").code == 0
    assert connect("config", "set", "balance.reinvest", "50%").code == 0
    assert connect("saved", "10m").out.endswith(
        "This week 10 min so far, beside the 3 h 30 min a week of balance.saved.\n"
    )
    view = json.loads(connect("balance", "--json").out)
    assert (view["weekly"], view["share"]) == (210, 50)
    assert view["stretches"][-1]["reckoned_saved"] == 30
    saved = view["total"]["noted_saved"] + view["total"]["reckoned_saved"]
    assert view["target"] == saved // 2


def test_a_terminal_says_how_to_begin_where_nothing_is_noted(
    begin: Begin, terminal: Terminal
) -> None:
    """Both ways, each on a line to copy."""
    begin(*BEGUN)
    lines = shown(terminal, "balance").split("\r\n")
    assert any(re.search(r": connect saved 40m 'the report'$", line) for line in lines)
    assert any(
        re.search(r": connect config set balance.saved '3h a week'$", line) for line in lines
    )


def test_today_knows_nothing_of_time_saved(begin: Begin, connect: Connect) -> None:
    """Its list is the same, word for word."""
    begin(*BEGUN)
    before = connect("today").out
    connect("saved", "3h", "the report")
    connect("config", "set", "balance.saved", "3h a week")
    assert connect("today").out == before
