"""What was noted on this day in earlier years, to be read again."""

from connect_cli.journal.journal import Journal
from connect_cli.language.calendar import yearly
from connect_cli.model import Interaction
from connect_cli.store import interactions

LEAP_DAY = (2, 29)


def on_this_day(
    journal: Journal, person_id: str | None = None, limit: int = 3, *, known_only: bool = False
) -> list[Interaction]:
    """The newest conversations with a note on this day of earlier years, newest first.

    Attempts are left out. person_id: only those of one person. known_only: only those with at
    least one person who is not archived: somebody who died should not surprise you.
    """
    return interactions.of_yearly_days(
        journal.connection,
        _endings(journal),
        journal.today_is.year,
        limit,
        person_id=person_id,
        known_only=known_only,
    )


def of_the_morning(journal: Journal) -> Interaction | None:
    """The one of them that today's list ends with: the newest, and of one day that entered last.

    Nothing that is logged today is of an earlier year, so that it stays the same all day.
    """
    if not journal.settings.on_this_day:
        return None
    return next(iter(on_this_day(journal, limit=1, known_only=True)), None)


def _endings(journal: Journal) -> list[str]:
    """The days of earlier years that are read again today, as month and day.

    In a year without 29 February, its notes come where the settings put a birthday of that day.
    """
    today = journal.today_is
    days = {(today.month, today.day)}
    if yearly(*LEAP_DAY, today.year, journal.settings.leap_birthdays) == today:
        days.add(LEAP_DAY)
    return [f"{month:02}-{day:02}" for month, day in sorted(days)]
