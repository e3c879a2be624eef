"""People among whom somebody has to choose, in the order in which they are likely."""

from collections.abc import Sequence
from datetime import date

from connect_cli.journal.journal import Journal
from connect_cli.model import Named, Person
from connect_cli.store import people


def last_seen_first(
    journal: Journal, candidates: Sequence[Named]
) -> list[tuple[Named, date | None]]:
    """The candidates with the day of the last contact, the newest first.

    Whoever was never met comes after them, and last of all strangers: people of an import whom
    nobody has given a circle or a cadence.
    """
    ids = [person.id for person in candidates]
    known = people.people_by_id(journal.connection, journal.settings.circles, journal.today_is, ids)
    by_id = {person.id: person for person in known}
    ranked = sorted(candidates, key=lambda person: _place(by_id.get(person.id)))
    return [(person, _last_on(by_id.get(person.id))) for person in ranked]


def _place(person: Person | None) -> tuple[int, bool]:
    """Those who were met by their last day, then those with a cadence, then the others."""
    last_on = _last_on(person)
    days = 0 if last_on is None else last_on.toordinal()
    is_friend = person is not None and (person.cadence is not None or person.circle is not None)
    return -days, not is_friend


def _last_on(person: Person | None) -> date | None:
    return None if person is None else person.last_on
