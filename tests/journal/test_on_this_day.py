"""The notes of this day in earlier years, held against a straightforward recount."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from connect_cli.journal import archive, card, history, log
from connect_cli.journal import people as people_verbs
from connect_cli.journal import today as journal_today
from connect_cli.journal.answers import Silent
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Context, Journal
from connect_cli.journal.on_this_day import on_this_day
from connect_cli.journal.people import Profile
from connect_cli.language.calendar import is_yearly_day
from connect_cli.model import Interaction
from connect_cli.settings import Settings

Leap = Literal["28 feb", "1 mar"]
Open = Callable[..., Journal]

DAYS = ((2, 27), (2, 28), (2, 29), (3, 1), (11, 23))
YEARS = range(2017, 2027)
NOTES = ("she moved to Boston", "", "a long walk by the river")
PEOPLE = ("Ada", "Bo", "Ada and Bo")


def at(path: Path, today: date, leap: Leap = "28 feb") -> Journal:
    """The journal on a morning."""
    moment = datetime(today.year, today.month, today.day, 9).astimezone()
    return Journal(Context(path, moment, Settings(leap_birthdays=leap), Silent()))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with conversations on these days of ten years.

    Some are without a note, and some are attempts; those of 29 February are neither.
    """
    path = tmp_path_factory.mktemp("years") / "journal.db"
    with closing(at(path, date(2026, 12, 31))) as journal:
        people_verbs.add(journal, Profile("Ada"), Profile("Bo"))
        days = [(year, *day) for year, day in product(YEARS, DAYS) if is_yearly_day(*day, year)]
        for number, (year, month, day) in enumerate(days):
            for more in range(1 + number % 2):
                place = number + more
                said = LogOptions(
                    people=tuple(PEOPLE[place % 3].split(" and ")),
                    on=str(date(year, month, day)),
                    note=NOTES[(place // 3) % 3] if day != 29 else NOTES[0],
                    tried=place % 7 == 0 and day != 29,
                )
                log.log(journal, "", said)
    return path


@pytest.fixture(scope="module")
def everything(path: Path) -> Iterator[list[Interaction]]:
    """All of it, newest first."""
    with closing(at(path, date(2026, 12, 31))) as journal:
        yield history.history(journal)


def recounted(
    everything: Sequence[Interaction], today: date, leap: Leap, name: str | None
) -> list[Interaction]:
    """The same by looking at every conversation there is."""
    days = {(today.month, today.day)}
    if not is_yearly_day(2, 29, today.year) and f"{today.day} {today:%b}".lower() == leap:
        days.add((2, 29))
    return [
        one
        for one in everything
        if one.day.year < today.year
        and (one.day.month, one.day.day) in days
        and one.note
        and not one.tried
        and (name is None or any(person.name == name for person in one.people))
    ]


@given(
    day=st.sampled_from(DAYS),
    year=st.integers(2016, 2030),
    leap=st.sampled_from(["28 feb", "1 mar"]),
    name=st.sampled_from([None, "Ada", "Bo"]),
    limit=st.integers(1, 9),
)
@example(day=(2, 28), year=2026, leap="28 feb", name=None, limit=9)
@example(day=(3, 1), year=2026, leap="1 mar", name="Ada", limit=9)
@example(day=(2, 29), year=2024, leap="28 feb", name=None, limit=9)
def test_they_are_those_that_a_recount_finds(
    path: Path,
    everything: list[Interaction],
    day: tuple[int, int],
    year: int,
    leap: Leap,
    name: str | None,
    limit: int,
) -> None:
    """Of everybody or of one person, newest first; 29 February where the settings put it."""
    if not is_yearly_day(*day, year):
        day = (2, 28)
    today = date(year, *day)
    with closing(at(path, today, leap)) as journal:
        person_id = None if name is None else journal.named(name).id
        found = on_this_day(journal, person_id, limit)
        assert found == recounted(everything, today, leap, name)[:limit]
        again = journal_today.today(journal).on_this_day
        assert again == next(iter(recounted(everything, today, leap, None)), None)


def test_a_recount_finds_some(everything: list[Interaction]) -> None:
    """Else the property above would say nothing."""
    assert len(recounted(everything, date(2026, 2, 28), "28 feb", None)) > 4
    assert any(one.day.day == 29 for one in recounted(everything, date(2026, 3, 1), "1 mar", None))


def wrote(journal: Journal, name: str, on: str, note: str) -> None:
    """A coffee with a note."""
    log.log(journal, "", LogOptions(people=tuple(name.split(", ")), on=on, note=note, new=True))


def noted(journal: Journal) -> str | None:
    """The note that the morning ends with."""
    again = journal_today.today(journal).on_this_day
    return None if again is None else again.note


def test_an_empty_journal_has_none(journal: Journal) -> None:
    """There is no first day to look back to."""
    assert (on_this_day(journal), noted(journal)) == ([], None)


def test_the_first_year_of_the_calendar_has_none_before_it(path: Path) -> None:
    """Nor does the search end outside it."""
    with closing(at(path, date(1, 2, 28))) as journal:
        assert on_this_day(journal) == []


def test_a_morning_shows_nobody_who_is_archived_or_died(journal: Journal) -> None:
    """Unless somebody else was there who is not; a card shows what was said all the same."""
    wrote(journal, "Ada, Bo", "2023-11-23", "with both")
    wrote(journal, "Ada", "2024-11-23", "with Ada alone")
    assert noted(journal) == "with Ada alone"
    archive.archive(journal, "Ada", away=True)
    assert noted(journal) == "with both"
    archive.archive(journal, "Bo", away=True)
    assert noted(journal) is None
    assert [one.note for one in card.card(journal, "Ada").on_this_day] == [
        "with Ada alone",
        "with both",
    ]


def test_of_one_day_it_is_the_one_that_was_entered_last(journal: Journal) -> None:
    """And of several years that of the newest."""
    for note in ("first", "second"):
        wrote(journal, "Ada", "2024-11-23", note)
    wrote(journal, "Ada", "2020-11-23", "long ago")
    assert noted(journal) == "second"


def test_the_morning_is_without_it_if_you_do_not_want_it(open_journal: Open) -> None:
    """The card shows it still."""
    journal = open_journal(settings=Settings(on_this_day=False))
    wrote(journal, "Ada", "2024-11-23", "she is moving")
    assert noted(journal) is None
    assert [one.note for one in card.card(journal, "Ada").on_this_day] == ["she is moving"]
