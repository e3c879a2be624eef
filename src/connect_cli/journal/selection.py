"""A selection of people: by words of their names, by circle, tag, state and place.

`people` lists it, and every command that takes several people takes the same one.
"""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from connect_cli.journal.journal import Journal
from connect_cli.language.sorting import by_name
from connect_cli.language.tags import read_tag
from connect_cli.language.words import begin_in, name_words
from connect_cli.model import Named, Person
from connect_cli.scheduler import standing
from connect_cli.store import names as store_names
from connect_cli.store import people as store_people
from connect_cli.store import places, tags
from connect_cli.views import Standing, State


class Selection(NamedTuple):
    """Whom a command is about, if not by name. states: any of these; place: words of where."""

    circle: str | None = None
    tag: str | None = None
    states: tuple[State, ...] = ()
    place: str | None = None

    @property
    def is_given(self) -> bool:
        """Whether anything was asked for."""
        return any(part is not None and part != () for part in self)


EVERYBODY = Selection()


class Sort(StrEnum):
    """The order of a list of people."""

    NAME = "name"
    LAST = "last"
    DUE = "due"
    ADDED = "added"


def standings(
    journal: Journal,
    words: Sequence[str] = (),
    wanted: Selection = EVERYBODY,
    by: Sort = Sort.NAME,
) -> list[Standing]:
    """People and how they stand. words: beginnings of words of their names.

    Archived people are left out unless that state is asked for.
    """
    asked = name_words(" ".join(words))
    if words and not asked:
        return []
    people = _in_place(journal, _called(journal, asked, wanted), wanted.place)
    ids = [person.id for person in people]
    aliases = store_people.aliases_of_people(journal.connection, ids)
    tagged = tags.tags_of_people(journal.connection, ids)
    fits = _filter(journal, asked, wanted)
    dues = standing.standings(
        people,
        journal.today_is,
        journal.settings,
        away=store_people.away(journal.connection),
        demand=journal.demand(),
    )
    rows = (
        Standing(due, tuple(tagged.get(due.person.id, ())), tuple(aliases.get(due.person.id, ())))
        for due in dues
    )
    return _sorted(journal, [row for row in rows if fits(row)], by)


def selected(journal: Journal, wanted: Selection) -> list[Named]:
    """The people of a selection, by name."""
    people = (row.person for row in standings(journal, (), wanted))
    return [Named(person.id, person.name) for person in people]


def _filter(
    journal: Journal, asked: Sequence[str], wanted: Selection
) -> Callable[[Standing], bool]:
    circle = None if wanted.circle is None else journal.settings.circle(wanted.circle)
    tag = None if wanted.tag is None else read_tag(wanted.tag)

    def fits(row: Standing) -> bool:
        return (
            (not wanted.states or row.due.state in wanted.states)
            and (circle is None or row.person.circle == circle)
            and (tag is None or tag in row.tags)
            and begin_in(asked, name_words(" ".join((row.person.name, *row.aliases))))
        )

    return fits


def _called(journal: Journal, asked: Sequence[str], wanted: Selection) -> list[Person]:
    """People whose names contain the longest of these words; everybody without words."""
    archived = State.ARCHIVED in wanted.states
    circles, today = journal.settings.circles, journal.today_is
    if not asked:
        return store_people.people(journal.connection, circles, today, archived=archived)
    known = store_names.holding(journal.connection, max(asked, key=len))
    ids = [one.id for one in known]
    found = store_people.people_by_id(journal.connection, circles, today, ids)
    return [person for person in found if archived or not person.archived]


def _in_place(journal: Journal, people: list[Person], place: str | None) -> list[Person]:
    if place is None:
        return people
    there = places.people_in(journal.connection, place)
    return [person for person in people if person.id in there]


def _sorted(journal: Journal, rows: list[Standing], by: Sort) -> list[Standing]:
    """In this order, and by name where that says nothing.

    Whoever was seen last comes first, whoever is due first, and whoever was added last.
    """
    rows = sorted(rows, key=lambda row: by_name(row.person.name, row.person.id))
    if by is Sort.LAST:
        return sorted(rows, key=lambda row: row.person.last_on or date.min, reverse=True)
    if by is Sort.DUE:
        return sorted(rows, key=lambda row: row.due.due_on or date.max)
    if by is Sort.ADDED:
        newest = store_people.newest_added(journal.connection)
        return sorted(rows, key=lambda row: newest[row.person.id])
    return rows
