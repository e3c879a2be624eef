"""Days away, when every clock stops, and a snooze or a pause for some people."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from connect_cli.errors import NoSuchThing, NotUnderstood, as_typed
from connect_cli.journal.journal import Journal
from connect_cli.journal.persons import Whom, people_of
from connect_cli.language.calendar import day_of, plus_days
from connect_cli.language.day_options import read_coming_day, read_interval
from connect_cli.language.plurals import listed_briefly
from connect_cli.model import Pause, Person
from connect_cli.scheduler.clock import snooze_day, snoozed_until
from connect_cli.scheduler.rest import OPEN, merged, ordinals
from connect_cli.scheduler.standing import standings
from connect_cli.store import people
from connect_cli.views import Due, State


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


def snooze(journal: Journal, whom: Whom, when: str = "") -> list[Snoozed]:
    """Keep people off the list until a day; without one, for a rest by their cadences."""
    people = journal.people(people_of(journal, whom))
    days = _snooze_days(journal, people, when)
    names = listed_briefly([person.name for person in people])
    until = listed_briefly([str(day) for day in dict.fromkeys(days)])
    with journal.write("snooze", f"{names} until {until}") as rows:
        for person, day in zip(people, days, strict=True):
            rows.change_person(person.id, snoozed_on=day, snooze_said_on=journal.today_is)
    away = away_periods(journal)
    ends = [_off_until(journal, *one, away) for one in zip(people, days, strict=True)]
    anyway = _listed_on(journal, people, ends, away)
    return [Snoozed(*one) for one in zip(people, ends, anyway, strict=True)]


def _snooze_days(journal: Journal, people: Sequence[Person], when: str) -> list[date]:
    if when:
        return [read_coming_day(when, journal.today_is)] * len(people)
    without = [person.name for person in people if person.cadence is None]
    if without:
        have = "has" if len(without) == 1 else "have"
        raise NotUnderstood(
            f"{listed_briefly(without)} {have} no cadence, so nothing is due",
            f"give one first: {as_typed('every', without[0], '2w')}",
        )
    return [snooze_day(person, journal.today_is) for person in people]


def _off_until(journal: Journal, person: Person, day: date, away: Sequence[Pause]) -> date:
    snoozed = person._replace(snoozed_on=day, snooze_said_on=journal.today_is)
    stops = merged((*person.pauses, *away))
    return day_of(snoozed_until(snoozed, journal.today_is.toordinal(), stops))


def _listed_on(
    journal: Journal, people: Sequence[Person], ends: Sequence[date], away: Sequence[Pause]
) -> list[date | None]:
    """The first day on which each could be listed without a snooze, if not before its end."""
    unsnoozed = [person._replace(snoozed_on=None, snooze_said_on=None) for person in people]
    dues = standings(
        unsnoozed, journal.today_is, journal.settings, away=away, demand=journal.demand()
    )
    return [_not_before(due, until) for due, until in zip(dues, ends, strict=True)]


def _not_before(due: Due, until: date) -> date | None:
    if due.state is not State.FRESH or due.due_on is None:
        return None
    soon = plus_days(due.due_on, -due.early_days)
    return soon if soon >= until else None


class Stopped(NamedTuple):
    """What `pause` or `resume` did for one person. changed: whether it was not so before."""

    person: Person
    changed: bool


def pause(journal: Journal, whom: Whom, until: str = "") -> tuple[list[Stopped], date | None]:
    """Stop people's clocks from today through a day, or until `resume`. Returns that day, too."""
    people = journal.people(people_of(journal, whom))
    last_day = read_coming_day(until, journal.today_is) if until else None
    new = [person for person in people if not _is_paused_until(journal, person, last_day)]
    if new:
        names = listed_briefly([person.name for person in new])
        with journal.write("pause", f"{names} until {last_day or 'resumed'}") as rows:
            for person in new:
                rows.end_pauses(person.id, _day_before(journal.today_is))
                rows.add_pause(person.id, journal.today_is, last_day)
    return _stopped(people, new), last_day


def _is_paused_until(journal: Journal, person: Person, last_day: date | None) -> bool:
    """Whether somebody is paused today, and through that day."""
    today = journal.today_is
    return any(one.start_on <= today and one.end_on == last_day for one in person.pauses)


def resume(journal: Journal, whom: Whom) -> list[Stopped]:
    """Let people's clocks run again, from today."""
    today, people = journal.today_is, journal.people(people_of(journal, whom))
    paused = [
        one for one in people if any(p.end_on is None or p.end_on >= today for p in one.pauses)
    ]
    if paused:
        with journal.write("resume", listed_briefly([person.name for person in paused])) as rows:
            for person in paused:
                rows.end_pauses(person.id, _day_before(today))
    return _stopped(people, paused)


def _stopped(people: Sequence[Person], changed: Sequence[Person]) -> list[Stopped]:
    ids = {person.id for person in changed}
    return [Stopped(person, person.id in ids) for person in people]


def _day_before(day: date) -> date:
    return plus_days(day, -1)
