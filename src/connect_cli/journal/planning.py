"""The load and its offers, why somebody is listed, rhythms, and the days ahead."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from connect_cli.errors import NoSuchThing, NotUnderstood, as_typed
from connect_cli.journal.journal import Journal, already_removed, changed_since_read
from connect_cli.journal.load import load_of, tracking_start
from connect_cli.journal.today import gaps_between, next_listed
from connect_cli.language.calendar import plus_days
from connect_cli.language.sorting import by_name
from connect_cli.model import Cadence, Counts, Interaction, Pause, Person, cadence_columns
from connect_cli.scheduler import standing
from connect_cli.scheduler.explain import explain
from connect_cli.scheduler.load import LONGEST_WINDOW
from connect_cli.scheduler.plan import forecast
from connect_cli.scheduler.rhythm import RHYTHM_DAYS, SMALL_COMPANY, rhythm_of
from connect_cli.store import interactions, memory
from connect_cli.store import people as store_people
from connect_cli.store.tags import people_tags
from connect_cli.views import Plan, Standing

if TYPE_CHECKING:
    from connect_cli.scheduler.explain import Why
    from connect_cli.scheduler.load import Load, Offer

Changes = Sequence[tuple[Person, Cadence]]
"""People as they are now, each with the cadence that they would get."""


def why(journal: Journal, typed: str) -> "tuple[Why, Interaction | None]":
    """Everything that decides about one person today, and the contact their clock runs from."""
    person = journal.person(journal.named(typed))
    found = explain(
        person,
        journal.today_is,
        store_people.people(journal.connection, journal.settings.circles, journal.today_is),
        memory.open_promises(journal.connection),
        journal.settings,
        contacted=journal.contacted_today(),
        away=store_people.away(journal.connection),
    )
    return found, _contact(journal, found)


def load(journal: Journal) -> "Load":
    """What all cadences ask for, against the time there was in the last weeks."""
    return load_of(
        journal, store_people.people(journal.connection, journal.settings.circles, journal.today_is)
    )


def offers(journal: Journal) -> "tuple[Load, dict[str, Changes]]":
    """The load with its gap, and what each of its offers would change, by the offer's name."""
    people = store_people.people(journal.connection, journal.settings.circles, journal.today_is)
    load = load_of(journal, people)._replace(gap=_gap(journal))
    return load, {offer.name: _changes(offer, people) for offer in load.offers}


def offer(journal: Journal, name: str) -> Changes:
    """What an offer would change. Raises NotUnderstood, naming the offers."""
    load, offered = offers(journal)
    able = [each for each, changes in offered.items() if changes]
    if load.fits:
        raise NoSuchThing(
            "there are no offers: your cadences fit into your time",
            f"see: {as_typed('plan')}",
        )
    if name == "capacity":
        raise NotUnderstood(
            "the capacity is a setting, not a cadence",
            f"change it with: {as_typed('config')} set capacity NUMBER",
        )
    if not able:
        raise NoSuchThing(
            "there are no offers: longer cadences alone would not make room",
            f"see: {as_typed('plan')}",
        )
    if name not in able:
        raise NotUnderstood(f"there is no offer '{name}'", f"the offers are {', '.join(able)}")
    return offered[name]


def take(journal: Journal, name: str, changes: Changes) -> None:
    """Give these people these cadences as their own, in one command.

    Raises ConnectError if the cadence of one of them was changed since.
    """
    with journal.write("plan", f"took the offer {name}: {len(changes)} cadences") as rows:
        _refuse_changed(journal, [person for person, _ in changes])
        for person, cadence in changes:
            rows.change_person(person.id, **cadence_columns(cadence))


def _refuse_changed(journal: Journal, people: Sequence[Person]) -> None:
    ids = [person.id for person in people]
    found = store_people.people_by_id(
        journal.connection, journal.settings.circles, journal.today_is, ids
    )
    there = {person.id: person.cadence for person in found}
    for person in people:
        if person.id not in there:
            raise already_removed(person.name)
        if there[person.id] != person.cadence:
            raise changed_since_read(person.name, f"see: {as_typed('plan')}")


def rhythms(journal: Journal, load: "Load") -> Changes:
    """People whom you clearly meet more or less often than planned, and how often that is.

    Those whom you meet more often are left out while the load leaves no room for it.
    """
    people = store_people.people(journal.connection, journal.settings.circles, journal.today_is)
    since = plus_days(journal.today_is, -RHYTHM_DAYS)
    days = interactions.contact_days(journal.connection, since, journal.today_is, SMALL_COMPANY)
    found = [
        (person, rhythm.cadence)
        for person in people
        if person.cadence is not None
        and (rhythm := rhythm_of(days.get(person.id, ()), person.cadence)) is not None
        and (load.fits or not rhythm.raises(person.cadence))
    ]
    return sorted(found, key=lambda pair: by_name(pair[0].name, pair[0].id))


def ahead(journal: Journal, days: int) -> list[Plan]:
    """The lists of so many days from today on, as if everybody listed were met."""
    return forecast(
        store_people.people(journal.connection, journal.settings.circles, journal.today_is),
        memory.open_promises(journal.connection),
        memory.occasions(journal.connection),
        journal.today_is,
        journal.settings,
        days,
        contacted=journal.contacted_today(),
        away=store_people.away(journal.connection),
    )


def after(journal: Journal, plans: Sequence[Plan]) -> Plan | None:
    """The plan of the next day with somebody on it, if nobody is on any of these."""
    return next_listed(journal, plans[-1].day) if all(plan.empty for plan in plans) else None


def unplaced(journal: Journal) -> list[Standing]:
    """People without a decision about their cadence, the newest contact first.

    `never` is a decision.
    """
    people = store_people.people(journal.connection, journal.settings.circles, journal.today_is)
    open_ = [one for one in people if one.cadence is None and not one.own_cadence]
    tags = people_tags(journal.connection)
    aliases = store_people.aliases(journal.connection)
    return [
        Standing(due, tuple(tags.get(due.person.id, ())), tuple(aliases.get(due.person.id, ())))
        for due in standing.standings(
            sorted(open_, key=_newest_first), journal.today_is, journal.settings
        )
    ]


def _gap(journal: Journal) -> Pause | None:
    """The longest interval of a week or more without an entry or days away; the latest of several.

    It may begin before the window of the load, but not before the records.
    """
    today, begun = journal.today_is, tracking_start(journal)
    first = max(begun, plus_days(today, -LONGEST_WINDOW))
    before = interactions.last_day(journal.connection, first) or begun
    days = interactions.days_with_interactions(journal.connection, first, today)
    away = store_people.away(journal.connection)
    gaps = [
        gap
        for earlier, later in pairwise((max(before, begun), *days, today))
        for gap in gaps_between(earlier, later, away)
        if _end(gap) >= first
    ]
    return max(gaps, key=lambda gap: (_end(gap) - gap.start_on, gap.start_on), default=None)


def _end(gap: Pause) -> date:
    return gap.end_on or gap.start_on


def _contact(journal: Journal, why: "Why") -> Interaction | None:
    """The interaction that the clock runs from; None for a day imported without one."""
    if why.terms is None or why.terms.contact_on is None:
        return None
    counts = Counts.YES if why.due.anchor_by == "full" else Counts.HALF
    wanted = interactions.Wanted(person_id=why.due.person.id, since=why.terms.contact_on)
    found = interactions.interactions(journal.connection, wanted)
    return next(
        (
            interaction
            for interaction in found
            if interaction.day == why.terms.contact_on and interaction.counts is counts
        ),
        None,
    )


def _changes(offer: "Offer", people: Sequence[Person]) -> Changes:
    """The changes by circle, then by name; people without a circle last."""
    found = [(person, offer.changes[person.id]) for person in people if person.id in offer.changes]
    return sorted(found, key=lambda pair: _by_circle(pair[0]))


def _by_circle(person: Person) -> tuple[bool, tuple[str, str], tuple[str, str]]:
    circle = by_name(person.circle or "")
    return person.circle is None, circle, by_name(person.name, person.id)


def _newest_first(person: Person) -> tuple[int, tuple[str, str]]:
    last = person.last_on
    return -last.toordinal() if last else 0, by_name(person.name, person.id)
