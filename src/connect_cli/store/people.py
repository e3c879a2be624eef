"""Read people: their names, aliases, tags, cadences and pauses."""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from connect_cli.errors import NoSuchThing
from connect_cli.language.calendar import plus_days
from connect_cli.model import (
    NEVER,
    Cadence,
    Named,
    Pause,
    Person,
    Rule,
)
from connect_cli.scheduler.recurrence import shortest_days
from connect_cli.scheduler.standing import soonest
from connect_cli.store import offers
from connect_cli.store.offers import Offers, days_up_to, last_of
from connect_cli.store.read_values import day as day_in
from connect_cli.store.read_values import maybe, reading, text
from connect_cli.store.read_values import named as named_in

_CHUNK = 500
WEEK_DAYS = 7


_COLUMNS = """SELECT p.id, p.name, p.circle, p.cadence, p.cadence_words, p.first_on, p.snoozed_on,
  p.last_full_on, p.last_half_on, p.archived_on, p.first_said_on, p.snooze_said_on"""
_PERSON = f"""{_COLUMNS},
  (SELECT group_concat(o.day) FROM offered o
    WHERE o.person_id = p.id AND o.dormant = 0 AND {offers.SINCE_CONTACT}),
  (SELECT group_concat(o.day) FROM offered o WHERE o.person_id = p.id AND o.dormant = 1)
  FROM person p"""
_PERSON_ALONE = f"{_COLUMNS}, NULL, NULL FROM person p"
# A person with a damaged day there is read too, so that the damage is reported.
_NOT_ARCHIVED = (
    " WHERE (p.archived_on IS NULL OR p.archived_on IS NOT date(p.archived_on, '+0 days'))"
)


def people(
    connection: sqlite3.Connection,
    circles: Mapping[str, Cadence],
    today: date,
    *,
    archived: bool = False,
) -> list[Person]:
    """Everyone, in no particular order; archived people only when asked for.

    circles: the cadence of each circle, for people who have none of their own.
    today: contact dated after it counts for nothing; a clock was wrong.
    """
    sql = _PERSON_ALONE if archived else _PERSON_ALONE + _NOT_ARCHIVED
    return list(
        _people(connection, circles, today, sql, (), offers.of_everybody(connection, today))
    )


def people_maybe_due(
    connection: sqlite3.Connection, circles: Mapping[str, Cadence], today: date
) -> list[Person]:
    """Everyone who can be due: without those met less than their cadence ago, or without one.

    In a large journal these are most, and to read them is most of what a list costs. Whoever was
    met today or had the place for somebody dormant within a week is read, as today's plan asks.
    """
    return _some(connection, circles, today, shortest_days)


def people_maybe_listed(
    connection: sqlite3.Connection,
    circles: Mapping[str, Cadence],
    today: date,
    also: Collection[str],
) -> list[Person]:
    """The same, and everyone who can be soon due. also: the ids of others to read."""
    return _some(connection, circles, today, soonest, also)


def _some(
    connection: sqlite3.Connection,
    circles: Mapping[str, Cadence],
    today: date,
    since: "Since",
    also: Collection[str] = (),
) -> list[Person]:
    known = offers.of_everybody(connection, today)
    week_ago = plus_days(today, -WEEK_DAYS)
    lately = (person_id for person_id, on in known.again.items() if on >= week_ago)
    left_out = _LeftOut(today, since, frozenset((*lately, *also)))
    sql = _PERSON_ALONE + _NOT_ARCHIVED
    return list(_people(connection, circles, today, sql, (), known, left_out))


def each_person(
    connection: sqlite3.Connection, circles: Mapping[str, Cadence], today: date
) -> Iterator[Person]:
    """Everyone who is not archived, read one by one."""
    return _people(connection, circles, today, _PERSON + _NOT_ARCHIVED, ())


@reading("person")
def cadences(
    connection: sqlite3.Connection, circles: Mapping[str, Cadence], day: date
) -> dict[Cadence | Rule, int]:
    """How many people have each cadence in force, without archived and paused people."""
    found: dict[Cadence | Rule, int] = {}
    rows = connection.execute(
        """SELECT cadence, cadence_words, circle, count(*) FROM person
        WHERE archived_on IS NULL AND id NOT IN (
          SELECT person_id FROM pause WHERE person_id IS NOT NULL
            AND start_on <= :day AND (end_on IS NULL OR end_on >= :day))
        GROUP BY cadence, circle""",
        {"day": day.isoformat()},
    )
    for own, words, circle, number in rows:
        if (cadence := _cadence_in_force(own, words, circle, circles)) is not None:
            found[cadence] = found.get(cadence, 0) + number
    return found


@reading("person")
def counts(connection: sqlite3.Connection, circles: Mapping[str, Cadence]) -> tuple[int, int]:
    """How many people there are without archived ones, and how many of these have a cadence."""
    everybody = with_cadence = 0
    sql = f"""SELECT cadence, cadence_words, circle, count(*) FROM person p{_NOT_ARCHIVED}
        GROUP BY cadence, circle"""
    for own, words, circle, number in connection.execute(sql):
        everybody += number
        if _cadence_in_force(own, words, circle, circles) is not None:
            with_cadence += number
    return everybody, with_cadence


def people_by_id(
    connection: sqlite3.Connection,
    circles: Mapping[str, Cadence],
    today: date,
    ids: Sequence[str],
) -> list[Person]:
    """These people, in the order of their ids as given."""
    found = {
        person.id: person
        for chunk in chunks(ids)
        for person in _people(
            connection, circles, today, f"{_PERSON} WHERE p.id IN ({marks(chunk)})", chunk
        )
    }
    return [found[person_id] for person_id in ids if person_id in found]


@reading("person")
def named(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Named]:
    """These people by name alone, in the order of their ids as given."""
    sql = f"SELECT id, name FROM person WHERE id IN ({marks(ids)})"
    found = dict(connection.execute(sql, tuple(ids)))
    return [named_in(each, found[each]) for each in ids if each in found]


def newest_added(connection: sqlite3.Connection) -> dict[str, int]:
    """Everybody's place in the order in which they were added, the newest first."""
    rows = connection.execute("SELECT id FROM person ORDER BY created_at DESC, seq DESC")
    return {person_id: place for place, (person_id,) in enumerate(rows)}


def _people(
    connection: sqlite3.Connection,
    circles: Mapping[str, Cadence],
    today: date,
    sql: str,
    values: Sequence[str],
    known: Offers | None = None,
    left_out: "_LeftOut | None" = None,
) -> Iterator[Person]:
    """People as rows of `_PERSON`, or of `_PERSON_ALONE`; known: then the offers of everybody."""
    pauses = _pauses_of_people(connection)
    tried = _last_attempts(connection, today)
    in_force: dict[tuple[str | None, ...], Cadence | Rule | None] = {}
    lately: dict[tuple[str | None, ...], str] = {}
    but = left_out.but if left_out else frozenset()
    now, day = today.isoformat(), date.fromisoformat
    with reading("person"):
        for row in connection.execute(sql, tuple(values)):
            (person_id, name, circle, own, words, first, snoozed, full, half, archived) = row[:10]
            first_said, snooze_said, offered, again = row[10:]
            said = (own, words, circle)
            if said not in in_force:
                in_force[said] = _cadence_in_force(own, words, circle, circles)
                lately[said] = left_out.after(in_force[said]) if left_out else now
            met_lately = full is not None and lately[said] < full < now
            if met_lately and (half or "") < now and person_id not in but:
                for each in (full, half, first, snoozed, archived, first_said, snooze_said):
                    if each is not None:
                        day(each)  # raises if it is damaged: it is reported, listed or not
                continue
            if known is not None:
                offered_on, again_on = known.offered.get(person_id, ()), known.again.get(person_id)
            else:
                offered_on = days_up_to(offered, today)
                again_on = last_of(days_up_to(again, today))
            full_on = None if full is None else day(full)
            half_on = None if half is None else day(half)
            if full_on and full_on > today:
                full_on = newest_contact(connection, person_id, today, "yes")
                offered_on = offers.all_of(connection, person_id, today)
            if half_on and half_on > today:
                half_on = newest_contact(connection, person_id, today, "half")
                offered_on = offers.all_of(connection, person_id, today)
            yield Person(  # by position: in a large journal this is most of what a list costs
                person_id if type(person_id) is str else text(person_id),
                name if type(name) is str else text(name),
                circle,
                in_force[said],
                own is not None,
                None if first is None else day(first),
                None if snoozed is None else day(snoozed),
                full_on,
                half_on,
                tried.get(person_id),
                pauses.get(person_id, ()),
                archived is not None and day(archived) is not None,
                None if first_said is None else day(first_said),
                None if snooze_said is None else day(snooze_said),
                offered_on,
                again_on,
            )


Since = Callable[[Cadence | Rule], int]
"""How many days after a contact somebody with this cadence can be on a list at the earliest."""


class _LeftOut(NamedTuple):
    """Who is not read: those met so lately that no list names them. but: the ids of others."""

    today: date
    since: Since
    but: frozenset[str]

    def after(self, cadence: Cadence | Rule | None) -> str:
        """Whoever was met after this day is left out; without a cadence nobody is ever due."""
        return "" if cadence is None else str(plus_days(self.today, -self.since(cadence)))


def _cadence_in_force(
    own: str | None, words: str | None, circle: str | None, circles: Mapping[str, Cadence]
) -> Cadence | Rule | None:
    in_circle, said = maybe(circle), maybe(words)
    if own is None:
        return None if in_circle is None else circles.get(in_circle)
    if own == NEVER:
        return None
    return _rule(own, said or "") if "=" in own else Cadence.parse(own)


def _rule(own: str, words: str) -> Rule:
    from connect_cli.language.cadences import check_rule  # noqa: PLC0415  # few have a rule

    if check_rule(own).text != own:
        raise ValueError
    return Rule(own, words)


@reading("pause")
def _pauses_of_people(connection: sqlite3.Connection) -> dict[str, tuple[Pause, ...]]:
    found: dict[str, tuple[Pause, ...]] = {}
    rows = connection.execute(
        """SELECT person_id, start_on, end_on FROM pause WHERE person_id IS NOT NULL
        ORDER BY start_on, end_on"""
    )
    for person_id, start, end in rows:
        pause = Pause(date.fromisoformat(start), day_in(end))
        found[person_id] = (*found.get(person_id, ()), pause)
    return found


@reading("interaction")
def newest_contact(
    connection: sqlite3.Connection, person_id: str, today: date, *counts: str
) -> date | None:
    """The newest day up to today with contact that counts so; for who has some after today."""
    row = connection.execute(
        f"""SELECT s.day FROM seen s JOIN interaction i ON i.seq = s.entry_seq
        WHERE s.person_id = ? AND s.day <= ? AND i.counts IN ({marks(counts)})
        ORDER BY s.day DESC LIMIT 1""",
        (person_id, today.isoformat(), *counts),
    ).fetchone()
    return None if row is None else date.fromisoformat(row[0])


@reading("interaction")
def _last_attempts(connection: sqlite3.Connection, today: date) -> dict[str, date]:
    """The newest attempt to reach each person; only the last 120 days with any can matter."""
    rows = connection.execute(
        """SELECT t.person_id, max(i.day) FROM interaction i INDEXED BY interaction_tried
        JOIN participant t ON t.interaction_id = i.id
        WHERE i.tried = 1 AND i.day <= :today AND i.day >= (
          SELECT date(max(day), '-120 days') FROM interaction WHERE tried = 1 AND day <= :today)
        GROUP BY t.person_id""",
        {"today": today.isoformat()},
    )
    return {person_id: date.fromisoformat(day) for person_id, day in rows}


@reading("pause")
def away(connection: sqlite3.Connection) -> list[Pause]:
    """The pauses of everyone: intervals in which every clock stops."""
    rows = connection.execute(
        "SELECT start_on, end_on FROM pause WHERE person_id IS NULL ORDER BY start_on, end_on"
    )
    return [Pause(date.fromisoformat(start), day_in(end)) for start, end in rows]


def aliases(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Everyone's other names."""
    return grouped(connection, "SELECT person_id, name FROM alias ORDER BY seq")


def aliases_of_people(
    connection: sqlite3.Connection, person_ids: Sequence[str]
) -> dict[str, list[str]]:
    """The other names of these people."""
    return words_of(connection, "alias", person_ids)


def words_of(
    connection: sqlite3.Connection, table: str, person_ids: Sequence[str]
) -> dict[str, list[str]]:
    """The names in a table of aliases or tags of these people, in the order of their rows."""
    found: dict[str, list[str]] = {}
    for chunk in chunks(person_ids):
        where = f"person_id IN ({marks(chunk)}) ORDER BY seq"
        found |= grouped(connection, f"SELECT person_id, name FROM {table} WHERE {where}", chunk)
    return found


@reading("alias")
def aliases_of(connection: sqlite3.Connection, person_id: str) -> list[str]:
    """The other names of one person."""
    rows = connection.execute(
        "SELECT name FROM alias WHERE person_id = ? ORDER BY seq", (person_id,)
    )
    return [text(name) for (name,) in rows]


def anybody(connection: sqlite3.Connection) -> bool:
    """Whether there is any person."""
    return connection.execute("SELECT 1 FROM person LIMIT 1").fetchone() is not None


def full_id(connection: sqlite3.Connection, table: str, what: str, prefix: str) -> str:
    """The one id in `table` that begins with `prefix`, as git does it.

    what: the word for such a thing, for the message. Raises NoSuchThing for none or several.
    """
    folded = prefix.strip().casefold()
    if not folded.isalnum():
        raise NoSuchThing(f"'{prefix}' is not an id")
    rows = connection.execute(
        f"SELECT id FROM {table} WHERE id >= ? AND id < ? LIMIT 2", (folded, folded + "~")
    ).fetchall()
    if len(rows) != 1:
        amount = "no" if not rows else "more than one"
        hint = None if not rows else "write more of the id"
        raise NoSuchThing(f"there is {amount} {what} '{prefix}'", hint)
    with reading(table):
        return text(rows[0][0])


@reading()
def grouped(
    connection: sqlite3.Connection, sql: str, values: Sequence[Any] = ()
) -> dict[str, list[str]]:
    """Rows of (id, word) as the list of words of each id."""
    found: dict[str, list[str]] = {}
    for key, word in connection.execute(sql, tuple(values)):
        found.setdefault(key, []).append(word if type(word) is str else text(word))
    return found


def marks(values: Sequence[Any]) -> str:
    """As many `?` as there are values, for an IN list."""
    return ", ".join("?" * len(values))


def chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """The values, a few hundred at a time: SQLite limits how many one statement takes."""
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
