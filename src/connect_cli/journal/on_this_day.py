"""What was noted on this day in earlier years, to be read again."""

from connect_cli.journal.journal import Journal
from connect_cli.language.calendar import yearly
from connect_cli.model import Interaction
from connect_cli.store import interactions
from connect_cli.store.interactions import ThisDay

LEAP_DAY = (2, 29)


def on_this_day(
    journal: Journal, person_id: str | None = None, limit: int = 3
) -> list[Interaction]:
    """The newest conversations with a note of this day in earlier years, newest first.

    Attempts are left out. person_id: only those of one person.
    """
    return interactions.of_this_day(journal.connection, this_day(journal), limit, person_id)


def this_day(journal: Journal) -> ThisDay:
    """The day whose notes are read again today.

    In a year without 29 February, its notes come where the settings put a birthday of that day.
    """
    today = journal.today_is
    ending = f"{today:%m-%d}"
    leaps = yearly(*LEAP_DAY, today.year, journal.settings.leap_birthdays) == today
    return ThisDay(today.year, ending, "02-29" if leaps and ending != "02-29" else None)
