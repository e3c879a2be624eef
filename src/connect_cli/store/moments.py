"""When each field of a row was said, and when a row was deleted, worked out from the record.

How it works. No moment is stored by field: they follow from the recorded changes of a row, taken in
their order (`_Past`). A change made here says its fields at the moment of its command; one that
came from another copy brought its moments along (`change.times`). An import of another copy that
was undone is passed over, and so is its undo (`brought_and_undone`). A field that the record does
not know counts from when the row was made, if that is known.

Within one journal, what is said later is later, whatever the clock shows: of two changes of a field
that were made here the second is at least a millisecond after the first, a deletion is no earlier
than what it deletes, and a row that is put back is put back after its deletion. So a clock that is
behind loses nothing when the copies meet.

Nearly all rows were added once and never changed; for them nothing is gone through.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from connect_cli.store.column_checks import moment
from connect_cli.store.inbox_lines import taken
from connect_cli.store.read_values import reading
from connect_cli.store.row_checks import moments, side_of
from connect_cli.store.schema import PEOPLE, TRAVELS, UNKNOWN_MOMENT, Row, columns, value

Times = dict[str, str]
"""When each field was said, by field."""


def brought_and_undone(connection: sqlite3.Connection) -> list[int]:
    """The numbers of imports of another copy that were undone, and of the undos.

    For merging it is as if neither had happened: the same rows may be imported again. To take back
    what a sync brought is a change like any other. So is every undo that has `times`, though they
    are empty: other machines had been told of the import by then (undo.py).
    """
    found = connection.execute(_UNDONE)
    return [seq for pair in found for seq in pair]


@reading("change", "command")
def times(
    connection: sqlite3.Connection, table: str, rows: Sequence[Row], ignored: Sequence[int]
) -> dict[str, Times]:
    """When each field of these rows, which exist, was said, by id.

    A field that the record does not know counts from the creation of the row, if that is known.
    """
    since = {row["id"]: _made(row) for row in rows}
    unknown = {row_id: dict.fromkeys(TRAVELS[table], at) for row_id, at in since.items()}
    found = _found(connection, table, since, ignored)
    return unknown | {row_id: each.said for row_id, each in found.items() if each.said}


@reading("change", "command", "gone")
def deleted_at(
    connection: sqlite3.Connection, table: str, ids: Sequence[str], ignored: Sequence[int]
) -> dict[str, str]:
    """When each of these rows was deleted, here or in another copy, by id.

    Only of those that were deleted and are not there.
    """
    said = {"ids": json.dumps(ids)}
    gone = [each for (each,) in connection.execute(_NOT_THERE.format(table=table), said)]
    known = _found(connection, table, dict.fromkeys(gone, ""), ignored)
    found = {row_id: each.deleted_at for row_id, each in known.items() if each.deleted_at}
    elsewhere = connection.execute(_GONE, {"ids": json.dumps(gone), "table": table})
    for row_id, at in elsewhere:
        found[row_id] = max(found.get(row_id, ""), moment(at))
    return found


def after(at: str) -> str:
    """The next moment: a millisecond later."""
    try:
        later = datetime.fromisoformat(at) + timedelta(milliseconds=1)
    except OverflowError:  # the last moment that there is
        return at
    return later.isoformat(timespec="milliseconds")


@reading("change", "command")
def before_deletion(
    connection: sqlite3.Connection, table: str, row_id: str
) -> tuple[Row, Times] | None:
    """A row as it was before it was last deleted, and when its fields were said; None if unknown.

    An import that was undone counts here: what it brought is known.
    """
    said = {"ids": json.dumps([row_id]), "table": table, "ignored": "[]"}
    changes = [_Change._make(each) for each in connection.execute(_CHANGES, said)]
    ends = [n for n, one in enumerate(changes) if one.before is not None and one.after is None]
    if not ends:
        return None
    row = side_of(table, changes[ends[-1]].before) or {}
    past = _Past(table, _made(row), is_heard=False).run(changes[: ends[-1]], ())
    return {name: row.get(name) for name in ("id", *columns(table))}, past.said


class _Change(NamedTuple):
    """A change of a row, or the news that it was deleted in another copy, at the moment `after`.

    at: the moment of its command.
    """

    row_id: str
    before: str | None
    after: str | None
    times: str | None
    at: str
    command: int
    is_news: int


class _PeopleSaid(NamedTuple):
    """That a command changed the people of an interaction. told: when, if that came along."""

    row_id: str
    command: int
    told: str | None
    at: str
    seq: int


class _Found(NamedTuple):
    """What the record says of a row. said: empty if the row was deleted."""

    said: Times
    deleted_at: str = ""


class _Past:
    """What became of one row, change by change.

    since: when it was made; empty of a row that is not there. is_heard: it is an interaction whose
    line of the inbox was taken; that it was taken is no news, whenever that was.
    """

    def __init__(self, table: str, since: str, *, is_heard: bool) -> None:
        at = UNKNOWN_MOMENT if since and is_heard else since
        self.said = dict.fromkeys(TRAVELS[table], at) if at else {}
        self.deleted_at = ""
        self._table = table
        self._is_heard = is_heard

    def run(self, changes: Iterable[_Change], people: Iterable[_PeopleSaid]) -> _Found:
        """Go through all changes."""
        by_command = {each: list(some) for each, some in groupby(changes, lambda one: one.command)}
        by_people = {one.command: one for one in people}
        for command in sorted({*by_command, *by_people}):
            some = by_command.get(command, ())
            for change in some:
                self._change(change)
            if self.said and command in by_people:
                with_it = any(one.before is None and not one.is_news for one in some)
                self._say_people(by_people[command], with_it=with_it)
        return _Found(self.said, self.deleted_at)

    def _change(self, change: _Change) -> None:
        if change.is_news:
            if change.after is not None:  # news that an undo took back is none
                self.deleted_at = max(self.deleted_at, moment(change.after))
            return
        told, at = moments(change.times), moment(change.at)
        if change.before is None:
            self._add(told, at, is_own=change.times is None)
        elif change.after is None:
            self._delete(change.before, told, at)
        else:
            self._set(change, told, at)
        self._is_heard = False

    def _add(self, told: Mapping[str, str], at: str, *, is_own: bool) -> None:
        usual = told.get("at") or self._not_before_deletion(at)
        if self._is_heard and is_own and not self.deleted_at:
            usual = UNKNOWN_MOMENT
        self.said = {name: told.get(name, usual) for name in TRAVELS[self._table]}

    def _not_before_deletion(self, at: str) -> str:
        return max(at, after(self.deleted_at)) if self.deleted_at else at

    def _delete(self, before: str, told: Mapping[str, str], at: str) -> None:
        self._begin(before)
        here = max(at, *self.said.values())
        self.deleted_at = max(self.deleted_at, told.get("at") or here)
        self.said = {}

    def _set(self, change: _Change, told: Mapping[str, str], at: str) -> None:
        was, is_now = side_of(self._table, change.before), side_of(self._table, change.after)
        self._begin(change.before)
        for name, group in TRAVELS[self._table].items():
            if name in told or value(was or {}, group) != value(is_now or {}, group):
                here = at if told else max(at, after(self.said[name]))
                self.said[name] = told.get(name) or told.get("at") or here

    def _begin(self, before: str | None) -> None:
        """Let a row whose addition is not on record count from when it was made."""
        if not self.said:
            self.said = dict.fromkeys(TRAVELS[self._table], _made(json.loads(before or "{}")))

    def _say_people(self, said: _PeopleSaid, *, with_it: bool) -> None:
        """with_it: the same command added the interaction."""
        here = self.said[PEOPLE] if with_it else max(moment(said.at), after(self.said[PEOPLE]))
        self.said[PEOPLE] = here if said.told is None else moment(said.told)


def _made(row: Mapping[str, Any]) -> str:
    return row.get("recorded_at") or row.get("created_at") or UNKNOWN_MOMENT


def _found(
    connection: sqlite3.Connection, table: str, since: Mapping[str, str], ignored: Sequence[int]
) -> dict[str, _Found]:
    """What the record says of these rows, by id. since: when each was made, or empty."""
    ids = json.dumps(list(since))
    heard = taken(connection, since) if table == "interaction" else set()
    said = {"ids": ids, "table": table, "ignored": json.dumps(ignored)}
    people = _people_said(connection, said) if PEOPLE in TRAVELS[table] else {}
    found: dict[str, _Found] = {}
    for row_id, changes in groupby(connection.execute(_CHANGES, said), itemgetter(0)):
        known, together = list(changes), people.pop(row_id, ())
        added = None if row_id in heard else _only_added(table, known, together)
        if added is None:
            past = _Past(table, since[row_id], is_heard=row_id in heard)
            added = past.run(map(_Change._make, known), map(_PeopleSaid._make, together))
        found[row_id] = added
    for row_id in heard.difference(found) | people.keys():
        past = _Past(table, since[row_id], is_heard=row_id in heard)
        found[row_id] = past.run((), map(_PeopleSaid._make, people.get(row_id, ())))
    return found


def _people_said(
    connection: sqlite3.Connection, said: Mapping[str, str]
) -> dict[str, list[tuple[Any, ...]]]:
    """Which commands changed the people of each interaction, by its id: as `_PeopleSaid`."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for each in connection.execute(_PEOPLE_SAID, said):
        found.setdefault(each[0], []).append(each)
    return found


def _only_added(
    table: str, changes: Sequence[Sequence[Any]], people: Sequence[Sequence[Any]]
) -> _Found | None:
    """The same as `_Past.run` of a row that was added and never changed; None of another one."""
    _, before, after, times, at, command, _ = changes[0]
    if len(changes) > 1 or before is not None or after != "":
        return None
    if len(people) > 1 or (people and people[0][1] != command):
        return None
    if times is None and (not people or people[0][2] is None):
        return _Found(dict.fromkeys(TRAVELS[table], moment(at)))
    told = moments(times)
    usual = told.get("at") or moment(at)
    said = {name: told.get(name, usual) for name in TRAVELS[table]}
    if people and people[0][2] is not None:
        said[PEOPLE] = moment(people[0][2])
    return _Found(said)


# `after` is read only for changed rows: most rows were only ever added.
_CHANGES = """SELECT c.row_id, c.before, CASE
      WHEN c.table_name = 'gone' THEN (SELECT r.after ->> 'at' FROM record AS r WHERE r.seq = c.seq)
      WHEN c.before IS NULL THEN '' ELSE c.after END,
    c.times, k.at, c.command_seq, c.table_name = 'gone'
  FROM json_each(:ids) AS w CROSS JOIN change AS c ON c.row_id = w.value
  JOIN command AS k ON k.seq = c.command_seq
  WHERE c.table_name = :table AND c.command_seq NOT IN (SELECT value FROM json_each(:ignored))
    OR c.table_name = 'gone' AND c.row_id IN (SELECT id FROM gone WHERE table_name = :table)
  ORDER BY w.id, c.seq"""
_PEOPLE_SAID = """SELECT w.value, c.command_seq, json_extract(c.times, '$.at'), k.at, max(c.seq)
  FROM json_each(:ids) AS w
  CROSS JOIN change AS c ON c.row_id > w.value || ' ' AND c.row_id < w.value || '!'
  JOIN command AS k ON k.seq = c.command_seq
  WHERE c.table_name = 'participant'
    AND c.command_seq NOT IN (SELECT value FROM json_each(:ignored))
  GROUP BY w.value, c.command_seq"""
_UNDONE = """SELECT i.seq, u.seq FROM command AS i JOIN command AS u ON u.undoes = i.id
  WHERE i.verb = 'import' AND NOT EXISTS (SELECT 1 FROM command AS r WHERE r.undoes = u.id)
    AND EXISTS (SELECT 1 FROM change WHERE command_seq = i.seq AND times IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM change WHERE command_seq = u.seq AND times IS NOT NULL)"""
_NOT_THERE = """SELECT value FROM json_each(:ids)
  WHERE NOT EXISTS (SELECT 1 FROM {table} AS t WHERE t.id = value)"""
_GONE = """SELECT g.id, g.at FROM json_each(:ids) AS w CROSS JOIN gone AS g ON g.id = w.value
  WHERE g.table_name = :table"""
