"""Who stood on the list of a day on which something was recorded at the keyboard.

The scheduler lets people rest who were offered several times without contact (scheduler/rest.py).
The first command of a day that records something keeps who stood on the list before it, in its own
transaction, so a look at the list changes nothing, and undo takes the offers back.
"""

import sqlite3
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from connect_cli.errors import DamageMet
from connect_cli.model import Person
from connect_cli.scheduler.plan import DayPlaces, offered
from connect_cli.scheduler.standing import demand_of_cadences, readings
from connect_cli.settings import Settings
from connect_cli.store import interactions, memory, people

if TYPE_CHECKING:
    from connect_cli.store.rows import Rows


def keep_offered(
    connection: sqlite3.Connection, settings: Settings, today: date, rows: "Rows"
) -> None:
    """Keep who stands on today's list, unless a command of today has done so.

    A damaged part of the journal keeps nobody from writing: then nobody is kept.
    """
    with suppress(DamageMet, sqlite3.DatabaseError):
        for person, dormant in _listed(connection, settings, today):
            rows.offer(person.id, today, dormant=dormant)


def _listed(
    connection: sqlite3.Connection, settings: Settings, today: date
) -> list[tuple[Person, bool]]:
    if people.has_offers(connection, today):
        return []
    circles = settings.circles
    found = readings(
        people.people_maybe_due(connection, circles, today),
        today,
        settings,
        people.away(connection),
        demand_of_cadences(people.cadences(connection, circles, today)),
    )
    promises = memory.promises_due(connection, today)
    contacted = interactions.contact_days(connection, today, today).keys()
    return offered(DayPlaces(found, promises, today, settings, contacted).suggestions())
