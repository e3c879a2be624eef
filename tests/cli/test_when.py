"""One grammar of when: every command that takes a day reads it alike, whatever is before it."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from connect_cli.cli.app import app
from connect_cli.cli.commands import MODULE_OF, LazyCommands
from tests.conftest import Begin, Connect

BEGUN = (
    ("add", "Ada Lovelace", "--every", "1w"),
    ("log", "coffee with ada on 2026-11-02"),
    ("log", "coffee with ada on 2026-06-20"),
)
NAMES = {"when", "until", "by", "on", "since"}
METAVARS = {"DAY", "WHEN", "DATE"}
TO_COME: dict[tuple[str, str], tuple[Sequence[str], str]] = {
    ("snooze", "when"): (("snooze", "ada", "*"), "SELECT snoozed_on FROM person"),
    ("snooze", "until"): (("snooze", "ada", "--until", "WHEN"), "SELECT snoozed_on FROM person"),
    ("away", "until"): (("away", "--until", "WHEN"), "SELECT end_on FROM pause"),
    ("pause", "when"): (("pause", "ada", "*"), "SELECT end_on FROM pause"),
    ("pause", "until"): (("pause", "ada", "--until", "WHEN"), "SELECT end_on FROM pause"),
    ("promise", "by"): (("promise", "ada", "tea", "--by", "WHEN"), "SELECT due_on FROM promise"),
    ("ask", "on"): (("ask", "ada", "tea", "--on", "WHEN"), "SELECT due_on FROM promise"),
}
"""A day to come: the command, and what reads the day that it kept. `*`: also as single words."""
IN_A_TEXT = {
    "--promise": ("log", "tea with ada", "--promise", "send the book WHEN"),
    "--ask": ("log", "tea with ada", "--ask", "send the book WHEN"),
}
INTERVAL = {("away", "when")}
AHEAD = {("ahead", "when")}
"""Days from today on; a day to come is the last of them."""
PAST: dict[tuple[str, str], Sequence[str]] = {
    ("log", "on"): ("log", "tea with ada", "--on", "WHEN"),
    ("amend", "on"): ("amend", "--on", "WHEN"),
    ("sweep", "when"): ("sweep", "WHEN"),
    ("saved", "on"): ("saved", "40m", "--on", "WHEN"),
}
SINCE = {("history", "since"), ("review", "since")}
SPAN = {("balance", "when"), ("review", "when")}
"""Days that are over or last until today, in words."""
UNTIL = {("history", "until"), ("review", "until")}
"""The last day of what has begun; today at the latest."""
OTHERWISE = {("add", "birthday")}
"""A day of every year, which has no `until` or `next`."""

DAYS = {
    "june": "2027-06-01",
    "Jun": "2027-06-01",
    "next june": "2027-06-01",
    "june 2028": "2028-06-01",
    "november": "2027-11-01",
    "2 weeks": "2026-12-07",
    "2w": "2026-12-07",
    "a month": "2026-12-23",
    "in 3 weeks": "2026-12-14",
    "friday": "2026-11-27",
    "next week": "2026-11-30",
    "3 dec": "2026-12-03",
    "the 3rd": "2026-12-03",
    "2026-12-03": "2026-12-03",
    "end of june": "2027-06-30",
    "tomorrow": "2026-11-24",
}
BEFORE = ("", "until ", "by ", "on ", "for ", "till ")
ALL_OF_IT = {"june": "2027-06-01 2027-06-30", "3 weeks": "2026-11-23 2026-12-13"}
UNREADABLE = ("smith", "soon", "last june", "yesterday", "next december", "ada")


def whens() -> Iterator[tuple[str, str]]:
    """Every option and argument of a command that is a day or an interval."""
    for command in MODULE_OF:
        for one in getattr(LazyCommands(app)[command], "params", []):
            if one.name in NAMES or getattr(one, "metavar", None) in METAVARS:
                yield command, one.name


def test_the_table_knows_every_when() -> None:
    """A new option or argument for a day says here which sort of day it is."""
    known = {*TO_COME, *INTERVAL, *AHEAD, *PAST, *SINCE, *SPAN, *UNTIL, *OTHERWISE}
    assert known == set(whens())


def kept(path: Path, sql: str) -> list[str]:
    """The days that a command kept."""
    with closing(sqlite3.connect(path)) as connection:  # noqa: TID251  # only to look
        return [day for (day,) in connection.execute(sql) if day is not None]


def filled(words: Sequence[str], when: str, *, apart: bool = False) -> list[str]:
    """The words of a command with a day in them. apart: each word of it by itself."""
    found: list[str] = []
    for word in words:
        if word == "*":
            found += when.split() if apart else [when]
        else:
            found.append(word.replace("WHEN", when))
    return found


@pytest.fixture
def again(begin: Begin, connect: Connect, journal_file: Path) -> Callable[..., list[str]]:
    """Run a command in the journal as it was at first, and read what it kept."""
    begin(*BEGUN)
    before = journal_file.read_bytes()

    def run(words: Sequence[str], sql: str) -> list[str]:
        journal_file.write_bytes(before)
        ran = connect(*words)
        assert ran.code == 0, (words, ran)
        return kept(journal_file, sql)

    return run


@pytest.mark.parametrize("which", TO_COME, ids=" ".join)
def test_a_day_to_come_is_read_alike_everywhere(
    which: tuple[str, str], again: Callable[..., list[str]]
) -> None:
    """With and without until, by, on and for, and in quotes or not."""
    words, sql = TO_COME[which]
    for said, day in DAYS.items():
        for before in BEFORE:
            when = f"{before}{said}"
            ways = {tuple(filled(words, when, apart=apart)) for apart in (True, False)}
            assert {tuple(again(way, sql)) for way in ways} == {(day,)}, when


@pytest.mark.parametrize("which", IN_A_TEXT)
def test_a_day_at_the_end_of_a_promise_is_the_same(
    which: str, again: Callable[..., list[str]]
) -> None:
    """After `by` or `until`; alone, a month may be a name, and after `for` it is no day."""
    sql = "SELECT due_on || text FROM promise"
    for said, day in DAYS.items():
        for before in ("by ", "until "):
            words = filled(IN_A_TEXT[which], f"{before}{said}")
            assert again(words, sql) == [f"{day}send the book"], words
    for said in ("for june", "june", "for 2 weeks"):
        words = filled(IN_A_TEXT[which], said)
        assert again(words, "SELECT due_on FROM promise") == []


@pytest.mark.parametrize("when", UNREADABLE)
@pytest.mark.parametrize("which", TO_COME, ids=" ".join)
def test_what_is_no_day_to_come_is_refused_in_one_line(
    which: tuple[str, str], when: str, begin: Begin, connect: Connect, journal_file: Path
) -> None:
    """It is never taken for something else."""
    begin(*BEGUN)
    before = journal_file.read_bytes()
    words, _ = TO_COME[which]
    ran = connect(*filled(words, when, apart=True))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"connect: '{when}'")
    assert journal_file.read_bytes() == before


def test_days_away_are_the_whole_of_a_month_or_a_span(again: Callable[..., list[str]]) -> None:
    """With and without `for` or `in`, and in quotes or not; until a month is its first day."""
    sql = "SELECT start_on || ' ' || end_on FROM pause"
    for said, days in ALL_OF_IT.items():
        for when in (said, f"for {said}"):
            for words in (("away", when), ("away", *when.split())):
                assert again(words, sql) == [days]
    assert again(("away", "in", "june"), sql) == [ALL_OF_IT["june"]]
    for said, day in DAYS.items():
        if said not in ("2 weeks", "2w", "a month"):
            assert again(("away", "until", said), sql) == [f"2026-11-23 {day}"]


def test_until_a_span_is_its_last_day_when_away_too(again: Callable[..., list[str]]) -> None:
    """As for a pause."""
    sql = "SELECT start_on || ' ' || end_on FROM pause"
    for said in ("2 weeks", "2w", "in 2 weeks"):
        assert again(("away", "until", *said.split()), sql) == ["2026-11-23 2026-12-07"]


def test_the_days_ahead_end_with_a_day_to_come(begin: Begin, connect: Connect) -> None:
    """A span is as many days as it says, today among them, as it is for days away."""
    begin(*BEGUN)

    def shown(*words: str) -> list[str]:
        days = json.loads(connect("ahead", *words, "--json").out)["days"]
        return [day["day"] for day in days]

    for said in ("2 weeks", "2w", "14", "14 days"):
        for before in ("", "for ", "until "):
            ways = {tuple(shown(f"{before}{said}")), tuple(shown(*f"{before}{said}".split()))}
            assert ways == {tuple(shown())}, (before, said)
    for said in ("friday", "3 dec", "next week", "in 3 weeks", "2026-12-03"):
        for before in BEFORE:
            days = shown(*f"{before}{said}".split())
            assert (days[0], days[-1]) == ("2026-11-23", DAYS[said]), (before, said)


PAST_DAYS = ("monday", "on monday", "last monday", "3 nov", "yesterday", "a week ago", "2026-11-02")
NO_PAST_DAYS = ("june", "last june", "next monday", "tomorrow", "in 2 weeks")


@pytest.mark.parametrize("which", PAST, ids=" ".join)
def test_a_past_day_is_read_alike_everywhere(
    which: tuple[str, str], begin: Begin, connect: Connect, journal_file: Path
) -> None:
    """A month is no day, and what is to come is refused, by every command alike."""
    begin(*BEGUN)
    before = journal_file.read_bytes()
    for when in PAST_DAYS:
        assert connect(*filled(PAST[which], when)).code == 0, when
        journal_file.write_bytes(before)
    told = [connect(*filled(PAST[which], when)) for when in NO_PAST_DAYS]
    assert [ran.code for ran in told] == [2] * len(NO_PAST_DAYS)
    assert ["is a month, not a day" in ran.err for ran in told] == [True, True, False, False, False]


def test_since_a_month_is_its_first_day(begin: Begin, connect: Connect) -> None:
    """With and without `in` or `last`; other days are as for `log --on`."""
    begin(*BEGUN)
    for when in ("june", "last june", "in june", "since june", "june 2026", "2026-06"):
        assert connect("history", "--since", when).out.count("\n") == 2, when
    for when in (*PAST_DAYS, "november"):
        assert connect("history", "--since", when).code == 0, when


def test_until_a_month_is_its_last_day(begin: Begin, connect: Connect) -> None:
    """With and without `until` or `the end of`; what is to come is refused as for --since."""
    begin(*BEGUN)
    for when in ("june", "last june", "until june", "end of june", "june 2026", "2026-06", "q2"):
        assert connect("history", "--until", when).out.count("\n") == 1, when
    for when in (*PAST_DAYS, "november", "2026", "2w"):
        assert connect("history", "--until", when).code == 0, when
    for option in ("--since", "--until"):
        for when in ("next june", "tomorrow", "2027", "soon", "last summer"):
            ran = connect("history", option, when)
            assert (ran.code, ran.out) == (2, ""), (option, when)


def test_days_in_words_are_the_same_as_since_and_until(begin: Begin, connect: Connect) -> None:
    """In quotes or not, alone or after a person."""
    begin(*BEGUN)
    for said, since, until in (
        ("june", "june", "june"),
        ("june to october", "june", "october"),
        ("last week", "last week", "last week"),
        ("since june", "june", "today"),
        ("until june", "2000", "june"),
        ("2 nov", "2 nov", "2 nov"),
    ):
        wanted = connect("history", "--since", since, "--until", until).out
        for words in ((said,), said.split(), ("ada", said), ("ada", "lovelace", *said.split())):
            assert connect("history", *words).out == wanted, words
