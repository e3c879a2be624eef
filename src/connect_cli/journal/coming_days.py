"""The coming days for the phone: who comes up on each, what to know of them, and everybody."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from connect_cli.journal import planning, selection
from connect_cli.journal.card import ties_of
from connect_cli.journal.journal import Journal
from connect_cli.model import Occasion, Promise, Relation
from connect_cli.scheduler.occasions import next_occasions
from connect_cli.store import interactions, memory
from connect_cli.store.relations import all_relations
from connect_cli.store.snapshot import one_moment
from connect_cli.views import Card, ComingDays, Plan

DAYS = 7
RECENT = 3
"""Conversations on a card."""

OfPerson = TypeVar("OfPerson", Occasion, Promise)


def coming_days(journal: Journal, days: int = DAYS) -> ComingDays:
    """The lists of so many days from today on, and everybody, as they are at one moment."""
    with one_moment(journal.connection):
        return _coming_days(journal, days)


def _coming_days(journal: Journal, days: int) -> ComingDays:
    promises = memory.open_promises(journal.connection)
    today = journal.today_is
    plans = [_of_its_day(plan, promises, today) for plan in planning.ahead(journal, days)]
    people = _everybody(journal)
    known = {card.person.id: card for card in people}
    listed = dict.fromkeys(one for plan in plans for one in _ids(plan) if one in known)
    cards = _with_more(journal, [known[one] for one in listed], promises)
    return ComingDays(tuple(plans), tuple(cards), tuple(people))


def _of_its_day(plan: Plan, promises: Sequence[Promise], today: date) -> Plan:
    """The plan without occasions of other days, and with what others owe you that day.

    Today also has occasions that are just over: belated wishes are still welcome.
    """
    least = date.min if plan.day == today else plan.day
    near = tuple(one for one in plan.occasions if least <= one.on <= plan.day)
    theirs = (one for one in promises if one.due_on == plan.day)
    return plan._replace(occasions=near, promises=tuple(dict.fromkeys((*plan.promises, *theirs))))


def _ids(plan: Plan) -> Iterator[str]:
    yield from (near.occasion.person.id for near in plan.occasions)
    yield from (promise.person.id for promise in plan.promises)
    yield from (one.person.id for one in plan.suggestions)


def _everybody(journal: Journal) -> list[Card]:
    """Everybody who is not archived, by name: how to reach them, and the newest conversation."""
    standings = selection.standings(journal)
    ids = [one.person.id for one in standings]
    points = memory.every_contact_point(journal.connection)
    newest = interactions.newest_of_each(journal.connection, journal.today_is, ids, 1)
    return [
        Card(
            one.due,
            aliases=one.aliases,
            tags=one.tags,
            contact_points=tuple(points.get(one.person.id, ())),
            timeline=tuple(newest.get(one.person.id, ())),
        )
        for one in standings
    ]


def _with_more(
    journal: Journal, cards: Sequence[Card], promises: Iterable[Promise]
) -> Iterator[Card]:
    """The same cards with what to know before you meet."""
    ids = [card.person.id for card in cards]
    details = memory.details(journal.connection, ids)
    newest = interactions.newest_of_each(journal.connection, journal.today_is, ids, RECENT)
    occasions = _by_person(memory.occasions(journal.connection))
    loops = _by_person(promises)
    relations = _by_both(all_relations(journal.connection))
    for card in cards:
        own = card.person.id
        near = next_occasions(occasions.get(own, ()), journal.today_is, journal.settings)
        yield card._replace(
            details=tuple(details.get(own, ())),
            occasions=near,
            promises=tuple(loops.get(own, ())),
            timeline=tuple(newest.get(own, ())),
            ties=ties_of(own, relations.get(own, ())),
        )


def _by_person(found: Iterable[OfPerson]) -> dict[str, list[OfPerson]]:
    by_id: dict[str, list[OfPerson]] = {}
    for one in found:
        by_id.setdefault(one.person.id, []).append(one)
    return by_id


def _by_both(relations: Iterable[Relation]) -> dict[str, list[Relation]]:
    """The relations of each person, whichever of the two they are."""
    found: dict[str, list[Relation]] = {}
    for one in relations:
        for person_id in {one.person.id, one.other.id}:
            found.setdefault(person_id, []).append(one)
    return found
