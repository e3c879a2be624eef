"""How often you want to be in touch: circles, own cadences, and the first days of new ones."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from connect_cli.journal.journal import Journal
from connect_cli.journal.persons import Whom, people_of
from connect_cli.language.cadences import read_cadence
from connect_cli.language.plurals import listed_briefly
from connect_cli.model import NEVER, Cadence, Named, OwnCadence, Person, Rule, cadence_columns
from connect_cli.reports import FirstDay
from connect_cli.scheduler.first_days import first_days
from connect_cli.store import people as store_people

if TYPE_CHECKING:
    from connect_cli.store.rows import Rows


class Placed(NamedTuple):
    """Somebody who was given a cadence, or none.

    moved_from: the day on which they would have come due first, had it not been full.
    """

    person: Person
    moved_from: date | None = None


class Wanted(NamedTuple):
    """The circle and the own cadence that somebody gets; own is None for that of the circle."""

    person: Person
    circle: str | None
    own: OwnCadence | None


def every(journal: Journal, whom: Whom, text: str) -> list[Placed]:
    """Give people a cadence of their own, or none; their first days are spread."""
    own: OwnCadence = read_cadence(text) or NEVER
    people = people_of(journal, whom)
    return _given(journal, "every", text, people, lambda one: Wanted(one, one.circle, own))


def place(journal: Journal, whom: Whom, circle: str) -> list[Placed]:
    """Put people into a circle; they get its cadence unless they have their own."""
    people, name = people_of(journal, whom), journal.settings.circle(circle)
    return _given(journal, "edit", f"circle {name}", people, lambda one: Wanted(one, name, one.own))


def set_cadences(
    journal: Journal, rows: "Rows", wanted: Sequence[Wanted], at_once: int = 0
) -> list[date | None]:
    """Set circles and own cadences; a new cadence begins with a first day.

    at_once: how many people the command writes, if these are not all of them. Returns the day of
    `Placed.moved_from` for each.
    """
    given = [(one, _in_force(journal, one)) for one in wanted]
    new = [
        one.person._replace(cadence=cadence)
        for one, cadence in given
        if cadence is not None and cadence != one.person.cadence
    ]
    first = {found.person.id: found for found in first_days_of(journal, new, at_once)}
    for one, cadence in given:
        columns: dict[str, str | date | None] = {"circle": one.circle, **cadence_columns(one.own)}
        if cadence != one.person.cadence:
            day = first.get(one.person.id)
            columns["first_on"] = day and day.on
            columns["first_said_on"] = day and journal.today_is
        rows.change_person(one.person.id, **columns)
    return [first[one.person.id].moved_from if one.person.id in first else None for one in wanted]


def _given(
    journal: Journal,
    verb: str,
    text: str,
    people: Sequence[Named],
    wanted: Callable[[Person], Wanted],
) -> list[Placed]:
    names = listed_briefly([person.name for person in people])
    with journal.write(verb, f"{names}: {text}") as rows:
        moved = set_cadences(journal, rows, [wanted(one) for one in journal.people(people)])
    return [
        Placed(person, moved_from)
        for person, moved_from in zip(journal.people(people), moved, strict=True)
    ]


def _in_force(journal: Journal, wanted: Wanted) -> Cadence | Rule | None:
    in_circle = journal.settings.circles.get(wanted.circle or "")
    found = in_circle if wanted.own is None else wanted.own
    return None if found == NEVER else found


def first_days_of(
    journal: Journal, newcomers: Sequence[Person], at_once: int = 0
) -> list[FirstDay]:
    """The first days of people, as if their cadence were new; see scheduler/first_days.py."""
    if not newcomers:
        return []
    new = [one._replace(first_on=None, first_said_on=None) for one in newcomers]
    everyone = store_people.people(journal.connection, journal.settings.circles, journal.today_is)
    away = store_people.away(journal.connection)
    return first_days(new, everyone, journal.today_is, journal.settings, away, at_once=at_once)
