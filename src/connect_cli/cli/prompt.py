"""`connect prompt`: a few words for a shell's prompt or a status bar.

It is fast because __main__ starts it without the command line, `database.glimpse` opens the
journal without waiting, and `plan.count_proposed` stops once the places are full.
"""

import os
import sqlite3
import sys
from contextlib import suppress
from datetime import date

from connect_cli.environment import journal_name, key, now, settings_name
from connect_cli.errors import ConnectError
from connect_cli.language.calendar import logical_day
from connect_cli.model import BIRTHDAY, Person
from connect_cli.scheduler.occasions import occasion_days
from connect_cli.scheduler.plan import count_proposed
from connect_cli.settings import Settings, from_file
from connect_cli.store import circles, database, interactions, memory, people
from connect_cli.store.read_values import MISREAD
from connect_cli.views import OccasionDay

FEW = 2


def show() -> None:
    """Print the line, if there is one."""
    with suppress(OSError):
        os.write(sys.stdout.fileno(), said().encode())


def said(named: str | None = None) -> str:
    """A line, or an empty text when there is nothing to say or anything goes wrong."""
    try:
        with database.glimpse(journal_name(named), key()) as connection:
            return "" if connection is None else _told(connection)
    except (ConnectError, sqlite3.Error, OSError, *MISREAD):
        return ""


def _told(connection: sqlite3.Connection) -> str:
    settings = circles.in_force(connection, from_file(settings_name()))
    today = logical_day(now(), settings.day_starts_at)
    told = [*_left(connection, today, settings), *_birthdays(connection, today, settings)]
    if settings.inbox_folder:
        from connect_cli.store import inbox  # noqa: PLC0415  # only who has one pays for it

        waiting = inbox.waiting(connection)
        told += [f"{waiting} in the inbox"] if waiting else []
    return f"{', '.join(told)}\n" if told else ""


def _left(connection: sqlite3.Connection, today: date, settings: Settings) -> list[str]:
    number = count_proposed(
        people.each_person(connection, settings.circles, today),
        memory.promises_due(connection, today),
        today,
        settings,
        contacted=_contacted(connection, today, settings),
        away=people.away(connection),
    )
    return [f"{number} left"] if number else []


def _contacted(connection: sqlite3.Connection, today: date, settings: Settings) -> list[Person]:
    met = interactions.contact_days(connection, today, today)
    found = people.people_by_id(connection, settings.circles, today, sorted(met))
    return [person for person in found if not person.archived]


def _birthdays(connection: sqlite3.Connection, today: date, settings: Settings) -> list[str]:
    found = occasion_days(memory.occasions_near(connection, today, 0, 0), today, settings)
    names = [each.occasion.person.name for each in found if _is_birthday_today(each)]
    if len(names) > FEW:
        return [f"{len(names)} birthdays"]
    return [f"{_clean(name)}'s birthday" for name in names]


def _clean(name: str) -> str:
    if name.isprintable():  # as nearly every name is
        return name
    from connect_cli.control_characters import shown  # noqa: PLC0415  # for the others alone

    return shown(name)


def _is_birthday_today(seen: OccasionDay) -> bool:
    return seen.in_days == 0 and seen.occasion.label == BIRTHDAY
