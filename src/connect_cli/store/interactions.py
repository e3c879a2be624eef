"""Read interactions, and the days on which people were met."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from connect_cli.model import Counts, Direction, Energy, Interaction, Kind, Named
from connect_cli.store.people import chunks, grouped, marks
from connect_cli.store.read_values import check_place, named, reading, text, whole
from connect_cli.store.read_values import day as day_in
from connect_cli.views import CountedDay

DAY_MINUTES = 24 * 60
_INTERACTION = """SELECT i.id, i.day, i.kind, i.time, i.minutes, i.direction, i.energy, i.counts,
  i.tried, i.note, i.entered FROM interaction i"""
_NEWEST_FIRST = " ORDER BY i.day DESC, i.seq DESC"
_SEEN = " JOIN seen s ON s.entry_seq = i.seq"
_NEWEST_SEEN = " ORDER BY s.day DESC, s.entry_seq DESC"
_LAST_RECORDED = "i.recorded_at DESC, i.time DESC, i.id DESC"
"""Of one day the newest first, on every machine; `seq` says only in which order they came here."""
_LAST, _LAST_SEEN = (f" ORDER BY {day} DESC, {_LAST_RECORDED}" for day in ("i.day", "s.day"))


class Wanted(NamedTuple):
    """Which interactions to list: of one person, from a day to another, of a kind, with a tag."""

    person_id: str | None = None
    since: date | None = None
    until: date | None = None
    kind: Kind | None = None
    tag: str | None = None


def interactions(
    connection: sqlite3.Connection, wanted: Wanted, limit: int | None = None
) -> list[Interaction]:
    """The newest `limit` interactions that match, or all of them; newest first."""
    source, order = _INTERACTION, _NEWEST_FIRST
    if wanted.person_id is not None:
        source, order = f"{_INTERACTION}{_SEEN}", _NEWEST_SEEN
    where, values = _conditions(wanted)
    sql = f"{source}{where}{order} LIMIT ?"
    return _filled(connection, connection.execute(sql, (*values, -1 if limit is None else limit)))


def _conditions(wanted: Wanted) -> tuple[str, list[Any]]:
    terms: list[str] = []
    values: list[Any] = []
    if wanted.person_id is not None:
        terms.append("s.person_id = ?")
        values.append(wanted.person_id)
    day = "i.day" if wanted.person_id is None else "s.day"
    if wanted.since is not None:
        terms.append(f"{day} >= ?")
        values.append(wanted.since.isoformat())
    if wanted.until is not None:
        terms.append(f"{day} <= ?")
        values.append(wanted.until.isoformat())
    if wanted.kind is not None:
        terms.append("i.kind = ?")
        values.append(wanted.kind.value)
    if wanted.tag is not None:
        terms.append("i.id IN (SELECT interaction_id FROM tag WHERE name = ?)")
        values.append(wanted.tag)
    return (" WHERE " + " AND ".join(terms) if terms else "", values)


def by_id(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Interaction]:
    """These interactions, in the order of their ids as given."""
    found = {
        interaction.id: interaction
        for chunk in chunks(ids)
        for interaction in _filled(
            connection,
            connection.execute(f"{_INTERACTION} WHERE i.id IN ({marks(chunk)})", tuple(chunk)),
        )
    }
    return [found[one] for one in ids if one in found]


def beginning(connection: sqlite3.Connection, letters: str, limit: int) -> list[Interaction]:
    """Interactions whose id begins with these letters, in the order of their ids."""
    sql = f"{_INTERACTION} WHERE i.id >= ? AND i.id < ? ORDER BY i.id LIMIT ?"
    return _filled(connection, connection.execute(sql, (letters, f"{letters}~", limit)))


@reading("interaction")
def recorded_at(connection: sqlite3.Connection, interaction_id: str) -> datetime:
    """The moment at which an interaction was recorded, in local time."""
    (moment,) = connection.execute(
        "SELECT recorded_at FROM interaction WHERE id = ?", (interaction_id,)
    ).fetchone()
    return datetime.fromisoformat(moment).astimezone()


def last_entered(connection: sqlite3.Connection) -> str | None:
    """The id of the interaction that was added last, whatever its day."""
    row = connection.execute("SELECT id FROM interaction ORDER BY seq DESC LIMIT 1").fetchone()
    return None if row is None else str(row[0])


def newest_ids(
    connection: sqlite3.Connection, today: date, person_ids: Sequence[str]
) -> dict[str, str]:
    """The newest interaction of each of these people up to today, attempts left out: its id."""
    rows = connection.execute(
        f"""SELECT p.id, ({_NEWEST_OF.format(column="i.id")}) FROM person p
        WHERE p.id IN ({marks(person_ids)})""",
        (today.isoformat(), 1, *person_ids),
    )
    return {
        person_id: interaction_id
        for person_id, interaction_id in rows
        if interaction_id is not None
    }


def newest_of_each(
    connection: sqlite3.Connection, today: date, person_ids: Sequence[str], most: int
) -> dict[str, list[Interaction]]:
    """The `most` newest interactions of each of these people up to today, newest first.

    Attempts are left out.
    """
    ids: dict[str, list[str]] = {}
    for chunk in chunks(person_ids):
        sql = f"""SELECT p.id, i.id FROM person p CROSS JOIN interaction i
          WHERE p.id IN ({marks(chunk)}) AND i.seq IN ({_NEWEST_OF.format(column="i.seq")})
          {_LAST}"""
        ids |= grouped(connection, sql, (*chunk, today.isoformat(), most))
    every = dict.fromkeys(one for each in ids.values() for one in each)
    found = {one.id: one for one in by_id(connection, list(every))}
    return {person_id: [found[one] for one in each] for person_id, each in ids.items()}


_NEWEST_OF = f"""SELECT {{column}} FROM seen s JOIN interaction i ON i.seq = s.entry_seq
  WHERE s.person_id = p.id AND s.day <= ? AND i.tried = 0
  {_LAST_SEEN} LIMIT ?"""


def of_day(connection: sqlite3.Connection, day: date) -> list[Interaction]:
    """The interactions of one day, the one that was recorded last first."""
    sql = f"{_INTERACTION} WHERE i.day = ? ORDER BY {_LAST_RECORDED}"
    return _filled(connection, connection.execute(sql, (day.isoformat(),)))


class ThisDay(NamedTuple):
    """The day of a year whose notes are read again, in the years before `year`.

    ending: its month and day, such as `11-30`. other: a second one, or None.
    """

    year: int
    ending: str
    other: str | None = None


def of_this_day(
    connection: sqlite3.Connection, day: ThisDay, limit: int, person_id: str | None = None
) -> list[Interaction]:
    """The newest interactions with a note of that day, attempts left out; of one person, if given.

    The days are looked up one by one in an index, from the newest to the first that is there, so
    that a long journal costs no more than its number of years.
    """
    values = {**day._asdict(), "limit": limit, "person": person_id}
    if person_id is None:
        where = f"i.day {_THIS_DAY.format(first='SELECT min(day) FROM interaction')}"
        sql = f"{_INTERACTION} WHERE {where}{_NOTED}{_LAST} LIMIT :limit"
    else:
        first = "SELECT min(day) FROM seen WHERE person_id = :person"
        where = f"s.person_id = :person AND s.day {_THIS_DAY.format(first=first)}"
        sql = f"{_INTERACTION}{_SEEN} WHERE {where}{_NOTED}{_LAST_SEEN} LIMIT :limit"
    return _filled(connection, connection.execute(sql, values))


_THIS_DAY = """IN (
  WITH RECURSIVE years (before) AS (SELECT :year - 1 UNION ALL
      SELECT before - 1 FROM years WHERE before > max(1, CAST(({first}) AS INTEGER))),
    endings (month_day) AS (VALUES (:ending), (:other))
  SELECT printf('%04d-%s', before, month_day) FROM years, endings)"""
_NOTED = " AND i.tried = 0 AND i.note <> ''"


class Earlier(NamedTuple):
    """What the days before a morning say.

    last_on: the newest one with an interaction. took: how many interactions of the last days took
    energy. again: the id of the newest one with a note of this day, not only with archived people.
    """

    last_on: date | None
    took: int
    again: str | None


@reading("interaction")
def earlier(connection: sqlite3.Connection, today: date, since: date, this_day: ThisDay) -> Earlier:
    """What the days before today say, in one query. since: the first of the last days."""
    days = {"today": today.isoformat(), "since": since.isoformat()}
    last_on, took, again = connection.execute(_EARLIER, {**days, **this_day._asdict()}).fetchone()
    return Earlier(day_in(last_on), took, again)


_EARLIER = f"""SELECT
  (SELECT max(day) FROM interaction WHERE day < :today),
  (SELECT count(*) FROM interaction
    WHERE day >= :since AND day < :today AND energy = 'took' AND tried = 0),
  (SELECT i.id FROM interaction i
    WHERE i.day {_THIS_DAY.format(first="SELECT min(day) FROM interaction")}{_NOTED}
      AND EXISTS (SELECT 1 FROM participant t JOIN person p ON p.id = t.person_id
        WHERE t.interaction_id = i.id AND p.archived_on IS NULL)
    {_LAST} LIMIT 1)"""


def count_of(connection: sqlite3.Connection, person_id: str) -> int:
    """How many interactions a person has been part of."""
    rows = connection.execute("SELECT count(*) FROM participant WHERE person_id = ?", (person_id,))
    return int(rows.fetchone()[0])


@reading("command", "person")
def begun_at(connection: sqlite3.Connection) -> datetime | None:
    """The moment at which the journal was started, in local time.

    The first command, or the creation of the first person if that is earlier: a person keeps that
    moment when a journal moves to another machine. Of machines that keep one journal each has a
    first command of its own, so only the people count: the list is to be alike on all.
    """
    (moment,) = connection.execute(
        """SELECT min(at) FROM (
          SELECT at FROM (SELECT at FROM command WHERE open IS NULL ORDER BY seq LIMIT 1)
            WHERE NOT EXISTS (SELECT 1 FROM sync)
          UNION ALL SELECT min(created_at) FROM person)"""
    ).fetchone()
    return None if moment is None else datetime.fromisoformat(moment).astimezone()


def days_with_interactions(connection: sqlite3.Connection, first: date, before: date) -> list[date]:
    """The days with an interaction, from `first` to the day before `before`, in order."""
    rows = connection.execute(
        "SELECT DISTINCT day FROM interaction WHERE day >= ? AND day < ? ORDER BY day",
        (first.isoformat(), before.isoformat()),
    )
    return _dates(day for (day,) in rows)


@reading("interaction")
def last_day(connection: sqlite3.Connection, before: date) -> date | None:
    """The last day before `before` that has an interaction."""
    sql = "SELECT max(day) FROM interaction WHERE day < ?"
    (day,) = connection.execute(sql, (before.isoformat(),)).fetchone()
    return None if day is None else date.fromisoformat(day)


def days_met(connection: sqlite3.Connection, first: date, last: date) -> dict[str, int]:
    """How many days there were with contact, from `first` to `last`, by person id."""
    rows = connection.execute(
        """SELECT t.person_id, count(DISTINCT i.day) FROM interaction i
        JOIN participant t ON t.interaction_id = i.id
        WHERE i.day BETWEEN ? AND ? AND i.counts <> 'no' GROUP BY t.person_id""",
        (first.isoformat(), last.isoformat()),
    )
    return dict(rows)


def contact_days(
    connection: sqlite3.Connection, first: date, last: date, most_people: int | None = None
) -> dict[str, list[date]]:
    """The days of contact with each person from `first` to `last`, in order.

    most_people: leave out interactions with more people than that.
    """
    small, most = ("", ()) if most_people is None else (_SMALL, (most_people,))
    rows = grouped(
        connection,
        f"""SELECT DISTINCT t.person_id, i.day FROM interaction i
        JOIN participant t ON t.interaction_id = i.id
        WHERE i.day BETWEEN ? AND ? AND i.counts <> 'no'{small} ORDER BY i.day""",
        (first.isoformat(), last.isoformat(), *most),
    )
    return {person_id: _dates(days) for person_id, days in rows.items()}


def contact_days_of(
    connection: sqlite3.Connection,
    person_id: str,
    first: date,
    last: date,
    *,
    most_people: int,
    most_days: int,
) -> list[date]:
    """The newest days of contact with one person from `first` to `last`, newest first.

    most_people: leave out interactions with more people than that.
    """
    rows = connection.execute(
        f"""SELECT DISTINCT s.day FROM seen s JOIN interaction i ON i.seq = s.entry_seq
        WHERE s.person_id = ? AND s.day BETWEEN ? AND ? AND i.counts <> 'no'{_SMALL}
        ORDER BY s.day DESC LIMIT ?""",
        (person_id, first.isoformat(), last.isoformat(), most_people, most_days),
    )
    return _dates(day for (day,) in rows)


@reading("interaction", "seen")
def counted_days(
    connection: sqlite3.Connection, person_id: str, first: date, last: date
) -> list[CountedDay]:
    """The days from `first` to `last` with an interaction of one person, oldest first."""
    most: dict[str, str] = {}
    for day, counts in connection.execute(
        """SELECT s.day, i.counts FROM seen s JOIN interaction i ON i.seq = s.entry_seq
        WHERE s.person_id = ? AND s.day BETWEEN ? AND ? ORDER BY s.day""",
        (person_id, first.isoformat(), last.isoformat()),
    ):
        most[day] = max(most.get(day, counts), counts, key=_RISING.index)
    return [CountedDay(date.fromisoformat(day), Counts(most[day])) for day in most]


_RISING = (Counts.NO, Counts.HALF, Counts.YES)
_SMALL = " AND (SELECT count(*) FROM participant o WHERE o.interaction_id = i.id) <= ?"


@reading("interaction", "seen")
def _dates(days: Iterable[str]) -> list[date]:
    return [date.fromisoformat(day) for day in days]


@reading("interaction")
def _filled(connection: sqlite3.Connection, rows: sqlite3.Cursor) -> list[Interaction]:
    """Rows as values; the people and tags of all rows are read at once."""
    kept = rows.fetchall()
    ids = [row[0] for row in kept]
    people = _people_of(connection, ids)
    tags = _tags_of(connection, ids)
    return [
        Interaction(
            id=text(row[0]),
            day=date.fromisoformat(row[1]),
            kind=Kind(row[2]),
            people=tuple(people.get(row[0], ())),
            time=None if row[3] is None else _time(row[3]),
            minutes=None if row[4] is None else whole(row[4], DAY_MINUTES),
            direction=None if row[5] is None else Direction(row[5]),
            energy=None if row[6] is None else Energy(row[6]),
            counts=Counts(row[7]),
            tried=bool(whole(row[8], 1, 0)),
            note=text(row[9]),
            entered=text(row[10]),
            tags=tuple(tags.get(row[0], ())),
        )
        for row in kept
    ]


def _time(value: Any) -> str:
    if value != f"{time.fromisoformat(value):%H:%M}":  # Python reads other forms as well
        raise ValueError
    return text(value)


@reading("participant", "person")
def _people_of(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = {}
    for chunk in chunks(ids):
        rows = connection.execute(
            f"""SELECT t.interaction_id, t.place, p.id, p.name FROM participant t
            JOIN person p ON p.id = t.person_id WHERE t.interaction_id IN ({marks(chunk)})
            ORDER BY t.interaction_id, t.place""",
            tuple(chunk),
        )
        for interaction_id, place, person_id, name in rows:
            check_place(place)
            found.setdefault(interaction_id, []).append(named(person_id, name))
    return found


def _tags_of(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for chunk in chunks(ids):
        where = f"interaction_id IN ({marks(chunk)})"
        sql = f"SELECT interaction_id, name FROM tag WHERE {where} ORDER BY name"
        found |= grouped(connection, sql, chunk)
    return found


COMPANY_INTERACTIONS = 100  # the newest; company of years ago says little about today


def together(connection: sqlite3.Connection, person_ids: Iterable[str]) -> dict[str, int]:
    """How many of these people's newest interactions each other person took part in, by id."""
    ids = sorted(person_ids)
    shared: dict[str, set[str]] = {}
    for person_id in ids:
        for other_id, interaction_id in connection.execute(
            _SHARED, (person_id, COMPANY_INTERACTIONS)
        ):
            shared.setdefault(other_id, set()).add(interaction_id)
    return {other_id: len(found) for other_id, found in shared.items() if other_id not in ids}


_SHARED = """SELECT t.person_id, t.interaction_id FROM (
    SELECT entry_seq FROM seen WHERE person_id = ? ORDER BY day DESC, entry_seq DESC LIMIT ?) newest
  JOIN interaction i ON i.seq = newest.entry_seq JOIN participant t ON t.interaction_id = i.id"""
