"""Days away, when every clock stops, and a snooze or a pause for one person."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from connect_cli.errors import NoSuchThing, NotUnderstood, as_typed
from connect_cli.journal.journal import Journal
from connect_cli.journal.today import standing_of
from connect_cli.language.calendar import day_of, plus_days
from connect_cli.language.day_options import read_coming_day, read_interval
from connect_cli.model import Pause, Person
from connect_cli.scheduler.clock import snooze_day, snoozed_until
from connect_cli.scheduler.rest import OPEN, merged, ordinals
from connect_cli.store import people
from connect_cli.views import State


def away_periods(journal: Journal) -> list[Pause]:
    """All days away that were ever set, the earliest first."""
    return people.away(journal.connection)


def away(journal: Journal, words: str) -> tuple[Pause, bool]:
    """Stop every clock for an interval such as `3 aug to 17 aug`.

    It joins intervals that it overlaps or adjoins. False if those days were away already.
    """
    wanted = Pause(*read_interval(words, journal.today_is))
    before = away_periods(journal)
    apart = [pause for pause in before if not _adjoin(pause, wanted)]
    whole = _joined([wanted, *(pause for pause in before if pause not in apart)])
    if whole in before:
        return whole, False
    with journal.write(
        "away", f"away from {whole.start_on} to {whole.end_on or 'some day'}"
    ) as rows:
        rows.set_pauses(None, [*apart, whole])
    return whole, True


def cancel_away(journal: Journal) -> tuple[Pause, bool]:
    """Cancel the current days away from today on, or else the next ones.

    True if they had begun: the days until yesterday stay. Raises NoSuchThing without any.
    """
    before = away_periods(journal)
    today = journal.today_is
    found = next((pause for pause in before if ordinals(pause)[1] >= today.toordinal()), None)
    if found is None:
        raise NoSuchThing("you are not away, and no days away are planned")
    begun = found.start_on < today
    kept = [pause for pause in before if pause != found]
    if begun:
        kept.append(Pause(found.start_on, day_of(today.toordinal() - 1)))
    with journal.write("away", f"no longer away from {max(found.start_on, today)}") as rows:
        rows.set_pauses(None, kept)
    return found, begun


def _adjoin(one: Pause, other: Pause) -> bool:
    (first, end), (start, last) = ordinals(one), ordinals(other)
    return first <= last + 1 and start <= end + 1


def _joined(pauses: Iterable[Pause]) -> Pause:
    bounds = [ordinals(pause) for pause in pauses]
    end = max(end for _, end in bounds)
    return Pause(day_of(min(first for first, _ in bounds)), None if end == OPEN else day_of(end))


class Snoozed(NamedTuple):
    """A snooze. until: the first day on which the person may be listed again; days away move it.

    listed_on: the day before which they would not be listed anyway, if that is no earlier.
    """

    person: Person
    until: date
    listed_on: date | None


def snooze(journal: Journal, typed: str, when: str = "") -> Snoozed:
    """Keep somebody off the list until a day; without one, for a rest by their cadence."""
    person = journal.person(journal.named(typed))
    if person.cadence is None and not when:
        raise NotUnderstood(
            f"{person.name} has no cadence, so nothing is due",
            f"give one first: {as_typed('every', person.name, '2w')}",
        )
    day = read_coming_day(when, journal.today_is) if when else snooze_day(person, journal.today_is)
    with journal.write("snooze", f"{person.name} until {day}") as rows:
        rows.change_person(person.id, snoozed_on=day, snooze_said_on=journal.today_is)
    snoozed = person._replace(snoozed_on=day, snooze_said_on=journal.today_is)
    stops = merged((*person.pauses, *away_periods(journal)))
    until = day_of(snoozed_until(snoozed, journal.today_is.toordinal(), stops))
    return Snoozed(person, until, _listed_on(journal, person, until))


def _listed_on(journal: Journal, person: Person, until: date) -> date | None:
    """The first day on which somebody could be listed without a snooze, if not before its end."""
    due = standing_of(journal, person._replace(snoozed_on=None, snooze_said_on=None))
    if due.state is not State.FRESH or due.due_on is None:
        return None
    soon = plus_days(due.due_on, -due.early_days)
    return soon if soon >= until else None


def pause(journal: Journal, typed: str, until: str = "") -> tuple[Person, date | None]:
    """Stop somebody's clock from today through a day, or until `resume`."""
    person = journal.person(journal.named(typed))
    last_day = read_coming_day(until, journal.today_is) if until else None
    with journal.write("pause", f"{person.name} until {last_day or 'resumed'}") as rows:
        rows.end_pauses(person.id, _day_before(journal.today_is))
        rows.add_pause(person.id, journal.today_is, last_day)
    return person, last_day


def resume(journal: Journal, typed: str) -> tuple[Person, bool]:
    """Let somebody's clock run again, from today. False if it was not paused."""
    person = journal.person(journal.named(typed))
    paused = any(one.end_on is None or one.end_on >= journal.today_is for one in person.pauses)
    if paused:
        with journal.write("resume", person.name) as rows:
            rows.end_pauses(person.id, _day_before(journal.today_is))
    return person, paused


def _day_before(day: date) -> date:
    return plus_days(day, -1)
