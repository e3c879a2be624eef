"""Who stood on the list of a day on which something was recorded at the keyboard.

The scheduler lets people rest who were offered several times without contact (scheduler/rest.py).
The first command of a day that records something keeps who stood on the list before it, in its own
transaction, so a look at the list changes nothing, and undo takes the offers back.
"""

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from connect_cli.errors import DamageMet
from connect_cli.journal.journal import Journal
from connect_cli.model import Person
from connect_cli.scheduler.plan import DayPlaces
from connect_cli.scheduler.standing import readings
from connect_cli.store import memory, offers, people

if TYPE_CHECKING:
    from connect_cli.store.rows import Rows


def keep_offered(journal: Journal, rows: "Rows") -> None:
    """Keep who stands on today's list, unless a command of today has done so.

    A damaged part of the journal keeps nobody from writing: then nobody is kept.
    """
    with suppress(DamageMet, sqlite3.DatabaseError):
        for person, dormant in _listed(journal):
            rows.offer(person.id, journal.today_is, dormant=dormant)


def _listed(journal: Journal) -> list[tuple[Person, bool]]:
    connection, today = journal.connection, journal.today_is
    if offers.is_kept(connection, today):
        return []
    settings, circles = journal.settings, journal.settings.circles
    found = readings(
        people.people_maybe_due(connection, circles, today),
        today,
        settings,
        people.away(connection),
        journal.demand(),
    )
    promises = memory.promises_due(connection, today)
    return DayPlaces(found, promises, today, settings, journal.contacted_today()).offered()
