"""The doctor's checks of an open journal and of its copies, each of which yields findings."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

from connect_cli.errors import JournalDamaged, as_typed
from connect_cli.journal import duplicates
from connect_cli.language.plurals import counted
from connect_cli.language.words import name_key
from connect_cli.model import Named
from connect_cli.reports import READ_ONLY, STRUCTURE, UNREADABLE, Copy, Finding, by_fix
from connect_cli.safety import backup
from connect_cli.safety import damage as safety_damage
from connect_cli.settings import BACKUPS_MOST, say_most, say_size
from connect_cli.store import (
    compression,
    database,
    migrations,
    recognition,
    signature,
    sqlite,
)
from connect_cli.store.schema import INDEXES, NEWEST_FULL, NEWEST_HALF, TABLES, folded

_FULL, _HALF = NEWEST_FULL, NEWEST_HALF
_UNSEEN = """SELECT 1 FROM participant t JOIN interaction i ON i.id = t.interaction_id
  WHERE NOT EXISTS (SELECT 1 FROM seen s
    WHERE s.person_id = t.person_id AND s.day = i.day AND s.entry_seq = i.seq)"""
_ALONE = """SELECT 1 FROM seen s WHERE NOT EXISTS (
    SELECT 1 FROM interaction i JOIN participant t ON t.interaction_id = i.id
    WHERE i.seq = s.entry_seq AND i.day = s.day AND t.person_id = s.person_id)"""
_INDEX_FAULT = re.compile(r"(missing from index|wrong # of entries in index|non-unique entry in)")
_SHOWN = 3

_RULE = "Copies of 7 days, 4 weeks and 12 months are kept, as far as there is room for them."

_TOO_MUCH = "The next copy replaces older ones."

_ALWAYS = "The newest are always kept, and those you asked for stay until you remove them."


def damage(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """SQLite's own check of the file's structure."""
    rows = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    if rows == ["ok"]:
        return
    said = [line for row in rows for line in row.splitlines() if not line.startswith("***")]
    only_indexes = all(_INDEX_FAULT.search(line) for line in said)
    yield Finding(
        "damaged",
        f"SQLite finds {len(said)} faults in the file, the first: {said[0]}",
        "Everything you wrote is there, but some of it may not be found."
        if only_indexes
        else "Some of what you wrote may be lost or wrong.",
        by_fix("rebuilds the indexes")
        if only_indexes
        else f"{sqlite.way_back(path)}; the file as it is stays in backups/.",
        mend=partial(_run, sql="REINDEX") if only_indexes else None,
    )


def lost_references(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """Rows that refer to a person or an interaction that does not exist."""
    tables = [str(row[0]) for row in connection.execute("PRAGMA foreign_key_check")]
    if tables:
        yield Finding(
            "lost references",
            f"{len(tables)} rows belong to something that does not exist"
            f" ({', '.join(sorted(set(tables)))})",
            "They are kept, but nothing shows them.",
            f"To get back what they belong to, {sqlite.way_back(path)}.",
        )


def schema(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """A journal of an older version. Raises JournalTrouble for a newer one."""
    if migrations.check(connection, path):
        yield Finding(
            "older schema",
            "the journal was written by an older connect",
            "The next command keeps a copy of it and brings it up to date.",
            by_fix("does it now"),
            mend=partial(migrations.migrate, path=path),
        )


def structure(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """Compare the tables, indexes and triggers with those that the steps make."""
    if not database.in_shape(connection):
        yield Finding(
            STRUCTURE,
            "a table, an index or a trigger is not as connect made it",
            "Commands may fail, or not record what they change.",
            f"{sqlite.way_back(path)}; the file as it is stays in backups/.",
        )


def search_index(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """Compare the three search indexes with the texts that they index."""
    if cannot_write(connection):
        return
    for table in INDEXES:
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.OperationalError as error:
            if "readonly" not in str(error):
                raise
            yield Finding(
                READ_ONLY,
                f"{path} cannot be written",
                "The journal can be read, but nothing new can be saved.",
                "Make the file and its directory writable.",
            )
            return
        except sqlite3.DatabaseError:
            yield Finding(
                "search index",
                f"the search index {table} does not agree with what it indexes",
                "A search may miss something; everything you wrote is there.",
                by_fix("rebuilds it from the texts"),
                mend=partial(_run, sql=f"INSERT INTO {table} ({table}) VALUES ('rebuild')"),
            )
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


_FOLDED = [name for name, each in TABLES.items() if each.folded and not each.names]


def searched_texts(connection: sqlite3.Connection, _path: Path) -> Iterator[Finding]:
    """Compare the folded texts, which a search reads, with the texts that they are made of."""
    if wrong := sum(1 for _ in _misfolded(connection)):
        yield Finding(
            "searched text",
            f"{counted(wrong, 'note or detail', 'notes or details')} cannot be searched as written",
            "A search may miss something; everything you wrote is there.",
            by_fix("folds them again"),
            mend=_fold_again,
        )


def _misfolded(connection: sqlite3.Connection) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Table, id and right texts of rows with a wrong folded text; damage.py compares names."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    for table in filter(there.__contains__, _FOLDED):  # an older journal has fewer
        columns = ("id", *TABLES[table].texts, *TABLES[table].folded)
        for values in connection.execute(f"SELECT {', '.join(columns)} FROM {table}"):
            row = dict(zip(columns, values, strict=True))
            if all(isinstance(value, str) for value in values):
                right = folded(table, row)
                if any(row[name] != text for name, text in right.items()):
                    yield table, row["id"], right


def _fold_again(connection: sqlite3.Connection) -> None:
    for table, row_id, right in [*_misfolded(connection)]:
        columns = ", ".join(f"{name} = ?" for name in right)
        connection.execute(f"UPDATE {table} SET {columns} WHERE id = ?", (*right.values(), row_id))


def cannot_write(connection: sqlite3.Connection) -> bool:
    """Whether a connection is read-only."""
    return bool(connection.execute("PRAGMA query_only").fetchone()[0])


def derived(connection: sqlite3.Connection, _path: Path) -> Iterator[Finding]:
    """Compare the newest contact of each person with the interactions."""
    names = connection.execute(f"SELECT name FROM person WHERE {_WRONG} ORDER BY seq").fetchall()
    if names:
        yield Finding(
            "newest contact",
            f"the day of the newest contact is not that of the interactions for {_some(names)}",
            "They may be on today's list too early or too late.",
            by_fix("computes it again"),
            mend=_reckon_contacts,
        )


def days_seen(connection: sqlite3.Connection, _path: Path) -> Iterator[Finding]:
    """Compare the index of who was seen on which day with the interactions."""
    (wrong,) = connection.execute(f"SELECT EXISTS ({_UNSEEN}) OR EXISTS ({_ALONE})").fetchone()
    if wrong:
        yield Finding(
            "days seen",
            "the index of who was seen on which day does not agree with the interactions",
            "A card may show too few of the newest interactions; everything you wrote is there.",
            by_fix("rebuilds it from the interactions"),
            mend=_see_again,
        )


def _see_again(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("DELETE FROM seen")
        connection.execute(
            "INSERT INTO seen (person_id, day, entry_seq) SELECT t.person_id, i.day, i.seq"
            " FROM participant t JOIN interaction i ON i.id = t.interaction_id"
        )
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def open_command(connection: sqlite3.Connection, _path: Path) -> Iterator[Finding]:
    """A command that was never closed in the record."""
    rows = connection.execute("SELECT words FROM command WHERE open = 1").fetchall()
    if rows:
        yield Finding(
            "open command",
            f"the record holds a command that is still open: {rows[0][0]}",
            "Until it is closed, no other command can be recorded.",
            by_fix("closes it"),
            mend=partial(_run, sql="UPDATE command SET open = NULL WHERE open = 1"),
        )


def write_ahead(connection: sqlite3.Connection, _path: Path) -> Iterator[Finding]:
    """Whether the journal is in write-ahead mode, so that reads and writes do not block."""
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if mode != "wal" and not cannot_write(connection):
        yield Finding(
            "journal mode",
            "the journal is not in write-ahead mode; a copy that was put here by hand is not",
            "Nothing is at risk, but commands that run at the same time wait for each other.",
            by_fix("sets it"),
            mend=partial(_run, sql="PRAGMA journal_mode = WAL"),
        )


def unreadable(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """Values that no command can have written."""
    found = [*safety_damage.damaged(connection)]
    others = [each for each in found if (each.table, each.column) not in safety_damage.DERIVED]
    back = (
        sqlite.way_back(path, safety_damage.sound_copy(connection, path, found)) if others else ""
    )
    for each in found:
        if others:
            yield Finding(
                UNREADABLE,
                each.sentence,
                "Commands that read it stop.",
                f"{back}; the file as it is stays in backups/.",
            )
        else:
            yield Finding(
                UNREADABLE,
                each.sentence,
                "Commands that read it stop. It can be computed again; nothing is lost.",
                by_fix("computes it again"),
                mend=None if others else _RECKON[each.table],
            )


def ahead_of_today(connection: sqlite3.Connection, today: date) -> Iterator[Finding]:
    """Interactions dated after today, and a clock that once went back."""
    rows = connection.execute(
        "SELECT id, day FROM interaction WHERE day > ? ORDER BY day, seq", (today.isoformat(),)
    ).fetchall()
    if rows:
        yield Finding(
            "ahead of today",
            f"interactions after today: {len(rows)}, the first on {rows[0][1]} ({rows[0][0]})",
            "None is lost or hidden; they count as contact from their day on.",
            f"If the day is wrong: {as_typed('amend', rows[0][0], options=('--on', 'DAY'))}.",
        )
    (times, at) = connection.execute(
        """SELECT count(*), max(at) FROM (
          SELECT at, lag(at) OVER (ORDER BY seq) AS earlier FROM command)
        WHERE julianday(earlier) - julianday(at) > 1"""
    ).fetchone()
    if times:
        yield Finding(
            "clock went back",
            f"the clock was set back by more than a day, last at {at[:10]}",
            "Nothing is lost or hidden by it: interactions are sorted by the day they are about.",
            note=True,
        )


def twice(connection: sqlite3.Connection, _path: Path) -> Iterator[Finding]:
    """People of one name, of whom no command can tell which is meant."""
    for one, other in _sharing(_same_names(connection)):
        yield Finding(
            "same name",
            f"{one} and {other} are two people with the same name",
            "What you log about one of them is missing from the other.",
            f"If they are the same person: {as_typed('merge')}. If not: {as_typed('rename')}.",
        )


def back_again(connection: sqlite3.Connection, _path: Path) -> Iterator[Finding]:
    """People who were forgotten and are in the journal all the same."""
    sql = "SELECT name FROM person WHERE id IN (SELECT id FROM forgotten) ORDER BY seq"
    if names := connection.execute(sql).fetchall():
        yield Finding(
            "forgotten",
            f"{_some(names)} {'was' if len(names) == 1 else 'were'} forgotten, but"
            f" {'is' if len(names) == 1 else 'are'} in the journal again",
            "An older copy or another program brought them; no other machine takes them.",
            f"To remove them for good: {as_typed('forget', names[0][0])}.",
        )


def same_person(connection: sqlite3.Connection, _path: Path) -> Iterator[Finding]:
    """How many pairs of people may be one person."""
    everybody, apart = list(recognition.signs(connection)), duplicates.known_apart(connection)
    if pairs := len(duplicates.find(everybody, apart)):
        yield Finding(
            "same person",
            f"{counted(pairs, 'pair')} of people may be one person each",
            "What you log about one of the two is missing from the other.",
            "To see each pair, with the reason:",
            as_typed("merge"),
            note=True,
        )


Held = tuple[str, Named]
"""A key that all spellings of a name share, and who has it."""


def _same_names(connection: sqlite3.Connection) -> Iterator[Held]:
    rows = connection.execute(
        """SELECT p.id, p.name, n.name FROM person p JOIN (
          SELECT id AS person_id, name FROM person UNION ALL SELECT person_id, name FROM alias) n
          ON n.person_id = p.id
        WHERE typeof(p.name) = 'text' AND typeof(n.name) = 'text' ORDER BY p.seq"""
    )
    for person_id, name, called in rows:
        yield name_key(called), Named(person_id, name)


def _sharing(held: Iterable[Held]) -> Iterator[tuple[str, str]]:
    """Every two people who have a name in common, once."""
    holders: dict[str, dict[str, str]] = {}
    told: set[frozenset[str]] = set()
    for key, (person_id, name) in held:
        others = holders.setdefault(key, {})
        for other_id, other in others.items():
            pair = frozenset((other_id, person_id))
            if len(pair) == 2 and pair not in told:
                told.add(pair)
                yield other, name
        others[person_id] = name


def _reckon_contacts(connection: sqlite3.Connection) -> None:
    connection.execute(
        f"UPDATE person SET last_full_on = {_FULL}, last_half_on = {_HALF} WHERE {_WRONG}"
    )


_WRONG = f"(last_full_on IS NOT {_FULL} OR last_half_on IS NOT {_HALF})"
_RECKON = {"person": _reckon_contacts, "seen": _see_again}


def _some(names: list[tuple[str]]) -> str:
    shown = ", ".join(name for (name,) in names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN} more"


def _run(connection: sqlite3.Connection, sql: str) -> None:
    connection.execute(sql)


def space_of_copies(
    newest_first: Sequence[Copy], today: date, most: int | None
) -> Iterator[Finding]:
    """How many copies there are, and how much of their allowed room they take."""
    if not newest_first:
        return
    count = len(newest_first)
    taken = backup.total(newest_first)
    said = f"{counted(count, 'copy', 'copies')} of the journal, {say_size(taken)}"
    means, remedy = _RULE, ""
    if most is not None and taken <= most:
        said += f" of at most {say_most(most)}"
    elif most is not None:
        said += f", more than the {say_most(most)} they may take"
        too_many = any(backup.removable(newest_first, today))
        means = _TOO_MUCH if too_many else _ALWAYS
        remedy = "" if too_many else _allow(taken)
    yield Finding("copies", said, means, remedy, note=True)


def _allow(taken: int) -> str:
    """How to allow twice the room that they take, in steps of 100 MB."""
    megabytes = 100 * -(-2 * taken // 10**8)
    most = say_most(megabytes * 10**6)
    return f"To allow more: {as_typed('config', 'set', BACKUPS_MOST, most)}."


def damaged_copies(newest_first: Sequence[Copy]) -> Iterator[Finding]:
    """Copies that cannot be restored, except those kept of a damaged journal."""
    for copy in newest_first:
        if not copy.damaged and (said := _damage(copy.path)):
            yield Finding(
                "damaged copy",
                said,
                "It cannot be restored.",
                f"Remove it; '{as_typed('backup')}' makes another.",
            )


def _damage(copy: Path) -> str:
    """What is wrong with a copy; empty if it unpacks whole and begins like a journal."""
    with suppress(OSError):
        head = b""
        try:
            for part in compression.parts(copy):
                head = head or part[: signature.HEAD_BYTES]
        except JournalDamaged as error:
            return error.message
        if not head.startswith(signature.PLAIN) and not signature.looks_encrypted(head):
            return f"the copy {copy} is {'not a journal' if head else 'empty'}"
    return ""
