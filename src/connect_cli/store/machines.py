"""How far the machines that keep this journal are: what each has given and taken, and what is due.

These tables are no part of the record: no command undoes that a file was taken. Their rows change
in the transaction of whatever they tell of.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from sys import maxsize
from typing import Any, NamedTuple

from connect_cli.store.read_values import reading, row_id, text, whole

VERB = "sync"
"""The verb of commands that take what other machines have given."""

Ids = Mapping[str, set[str]]
"""The ids of rows, by table."""


class Mine(NamedTuple):
    """This machine. number, hash: the newest file that it gave. base: the newest whole one.

    given: the newest change that was given. key: of an encrypted folder, or empty.
    """

    journal_id: str
    machine_id: str
    number: int = 0
    hash: str = ""
    base: int = 0
    given: int = 0
    key: str = ""


class Other(NamedTuple):
    """Another machine. taken, hash: the newest of its files taken here."""

    id: str
    name: str
    taken: int = 0
    hash: str = ""
    retired: bool = False


def mine(connection: sqlite3.Connection) -> Mine | None:
    """This machine; None if no sync folder was set up."""
    with reading("sync"):
        found = connection.execute(f"SELECT {', '.join(Mine._fields)} FROM sync").fetchone()
        if found is None:
            return None
        journal_id, machine_id, number, hashed, base, given, key = found
        counts = (whole(number, maxsize, 0), whole(base, maxsize, 0), whole(given, maxsize, 0))
        ids = row_id(journal_id), row_id(machine_id)
        return Mine(*ids, counts[0], text(hashed), counts[1], counts[2], text(key))


def others(connection: sqlite3.Connection) -> dict[str, Other]:
    """Every other machine, by its id."""
    with reading("machine"):
        found = connection.execute(f"SELECT {', '.join(Other._fields)} FROM machine ORDER BY id")
        return {one[0]: _other(*one) for one in found}


def _other(machine_id: Any, name: Any, taken: Any, hashed: Any, retired: Any) -> Other:
    number, gone = whole(taken, maxsize, 0), whole(retired, 1, 0)
    return Other(row_id(machine_id), text(name), number, text(hashed), bool(gone))


def taken(connection: sqlite3.Connection) -> dict[str, int]:
    """How much of each other machine was taken."""
    return {one.id: one.taken for one in others(connection).values() if one.taken}


def forgotten(connection: sqlite3.Connection) -> frozenset[str]:
    """The ids of the people who were forgotten, on whichever machine."""
    with reading("forgotten"):
        return frozenset(row_id(one) for (one,) in connection.execute("SELECT id FROM forgotten"))


def keep_mine(connection: sqlite3.Connection, now: Mine) -> None:
    """Write what this machine is, in the open transaction."""
    marks = ", ".join("?" * len(now))
    connection.execute("DELETE FROM sync")
    connection.execute(
        f"INSERT INTO sync (seq, {', '.join(Mine._fields)}) VALUES (1, {marks})", now
    )


def keep_other(connection: sqlite3.Connection, other: Other) -> None:
    """Write what is known of another machine, in the open transaction."""
    connection.execute("DELETE FROM machine WHERE id = ?", (other.id,))
    connection.execute("INSERT INTO machine VALUES (?, ?, ?, ?, ?)", other)


def forget_others(connection: sqlite3.Connection) -> None:
    """Forget how far other machines are: they kept another journal."""
    connection.execute("DELETE FROM machine")


def newest_change(connection: sqlite3.Connection) -> int:
    """The number of the newest change in the record."""
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0])


def give_from_newest(connection: sqlite3.Connection) -> None:
    """Note, in the open transaction, that changes were taken out of the record.

    The next changes have the numbers of those, and were not given.
    """
    connection.execute("UPDATE sync SET given = min(given, ?)", (newest_change(connection),))


def is_anything_to_give(connection: sqlite3.Connection, given: int) -> bool:
    """Whether any row changed here since a change, or is due."""
    found = connection.execute(f"SELECT EXISTS ({_CHANGED}) OR EXISTS ({_DUE})", _since(given))
    return bool(found.fetchone()[0])


def to_give(connection: sqlite3.Connection, given: int) -> dict[str, set[str]]:
    """The rows that changed here since a change, or are due, by table.

    What changed by taking from another machine came from there, unless it is due.
    """
    found = due(connection)
    for table, one in connection.execute(_CHANGED, _since(given)):
        if table == "participant":
            found.setdefault("interaction", set()).add(one.partition(" ")[0])
        else:
            found.setdefault(table, set()).add(one)
    return found


def due(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """The rows to give that no command of this machine changed, by table."""
    found: dict[str, set[str]] = {}
    for table, one in connection.execute(_DUE):
        found.setdefault(table, set()).add(one)
    return found


def _since(given: int) -> dict[str, int | str]:
    return {"given": given, "verb": VERB}


def met_in_newest(connection: sqlite3.Connection) -> list[str]:
    """The names of the people in the interactions that the newest command added."""
    with reading("participant"):
        return [str(name) for (name,) in connection.execute(_MET)]


def note_due(connection: sqlite3.Connection, rows: Iterable[tuple[str, str]]) -> None:
    """Keep that rows are to be given, in the open transaction."""
    connection.executemany("INSERT INTO due VALUES (?, ?) ON CONFLICT DO NOTHING", sorted(rows))


def clear_due(connection: sqlite3.Connection, rows: Ids) -> None:
    """Forget that rows are to be given, in the open transaction."""
    pairs = [(table, row_id) for table, ids in rows.items() for row_id in ids]
    connection.executemany("DELETE FROM due WHERE table_name = ? AND row_id = ?", pairs)


_MET = """SELECT p.name FROM change c
  JOIN participant w ON w.interaction_id = c.row_id JOIN person p ON p.id = w.person_id
  WHERE c.command_seq = (SELECT max(seq) FROM command)
    AND c.table_name = 'interaction' AND c.before IS NULL
  GROUP BY p.id ORDER BY min(c.seq), min(w.place)"""
# A deletion in another copy that was imported by hand is news of the row that it names.
_CHANGED = """SELECT DISTINCT coalesce(g.table_name, c.table_name), c.row_id FROM change AS c
  JOIN command AS k ON k.seq = c.command_seq
  LEFT JOIN gone AS g ON c.table_name = 'gone' AND g.id = c.row_id
  WHERE c.seq > :given AND k.verb <> :verb AND (c.table_name <> 'gone' OR g.id IS NOT NULL)"""
_DUE = "SELECT table_name, row_id FROM due"
