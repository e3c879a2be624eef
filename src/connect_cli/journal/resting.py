"""Letting somebody be for a while: off the list, or with a clock that stands still."""

from datetime import date

from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal.core import Journal
from connect_cli.language.day_options import read_coming_day
from connect_cli.model import Person
from connect_cli.scheduler.clock import snooze_day


def snooze(journal: Journal, typed: str, when: str = "") -> tuple[Person, date]:
    """Leave somebody off the list until a day; without one, for a rest of their own length."""
    person = journal.person(journal.named(typed))
    if person.cadence is None and not when:
        raise NotUnderstood(
            f"{person.name} has no cadence, so nothing is due",
            f"give one first: {as_typed('every', person.name, '2w')}",
        )
    day = (
        read_coming_day(when, journal.today_is)
        if when
        else snooze_day(person, journal.today_is, journal.settings)
    )
    with journal.write("snooze", f"{person.name} until {day}") as rows:
        rows.change_person(person.id, snoozed_on=day, snooze_said_on=journal.today_is)
    return person, day


def pause(journal: Journal, typed: str, until: str = "") -> tuple[Person, date | None]:
    """Stop somebody's clock from today, until a day (included) or until `resume`."""
    person = journal.person(journal.named(typed))
    last_day = read_coming_day(until, journal.today_is) if until else None
    with journal.write("pause", f"{person.name} until {last_day or 'resumed'}") as rows:
        rows.end_pauses(person.id, _day_before(journal.today_is))
        rows.add_pause(person.id, journal.today_is, last_day)
    return person, last_day


def resume(journal: Journal, typed: str) -> tuple[Person, bool]:
    """Let somebody's clock run again, from today. False when it was running."""
    person = journal.person(journal.named(typed))
    paused = any(one.end_on is None or one.end_on >= journal.today_is for one in person.pauses)
    if paused:
        with journal.write("resume", person.name) as rows:
            rows.end_pauses(person.id, _day_before(journal.today_is))
    return person, paused


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
