"""Find damaged values: values that no command can have written, and whose they are.

Each table is read once, with SQL that skips the rows that are certainly right; the others are
checked value by value. Bytes that are not UTF-8 are read as lone surrogates, which no text has.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from connect_cli import scratch
from connect_cli.errors import ConnectError, JournalDamaged, NotUnderstood, as_typed
from connect_cli.language.words import fold
from connect_cli.safety import daily_copy
from connect_cli.store import compression, sqlite
from connect_cli.store.column_checks import TOGETHER, check_together
from connect_cli.store.row_checks import SIDES, STORED, check_side
from connect_cli.store.schema import ADDED, TABLES, Row

_SAYS_WHICH = ("end_on", "day", "died_on", "name", "other_id")
"""The columns by which a fault of a row as a whole is named."""
DERIVED = frozenset(
    {(table, column) for table, each in TABLES.items() for column in each.derived}
    | {("seen", column) for column in STORED["seen"]}
)
"""Columns computed from others: the doctor computes them again, and nothing is lost."""

_LONGEST_SHOWN = 24
_NAMED = tuple(table for table, each in TABLES.items() if each.names)
_FREE = frozenset(column for each in TABLES.values() for column in (*each.texts, *each.folded)) | {
    "circle",
    "cadence_words",
    "words",
    "uid",
    "before",
    "after",
    "times",
    "key",
}
"""Columns of the user's own words, and of a secret, which no error quotes."""


Wrong = tuple[Row, str, str]
"""A row, the column that cannot be read, and why."""


class Damage(NamedTuple):
    """A column with values that cannot be read. said: the first of them. times: how many."""

    table: str
    column: str
    said: str
    times: int

    @property
    def sentence(self) -> str:
        """The damage in one sentence, for a report."""
        more = f", and {self.times - 1} more in this column" if self.times > 1 else ""
        return f"{self.said}{more}"


def damaged(
    connection: sqlite3.Connection, tables: Iterable[str] = tuple(STORED)
) -> Iterator[Damage]:
    """The columns of these tables that hold a damaged value."""
    for table in tables:
        with _as_it_is(connection):
            found = [*_in_table(connection, table)]
        yield from found


@contextmanager
def _as_it_is(connection: sqlite3.Connection) -> Iterator[None]:
    """Read bytes that are not UTF-8 as lone surrogates."""
    before = connection.text_factory
    connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = before


def _in_table(connection: sqlite3.Connection, table: str) -> Iterator[Damage]:
    if not (names := _columns(connection, table)):
        return
    found: dict[str, tuple[Row, str]] = {}
    times: dict[str, int] = {}
    sides = _wrong_sides(connection) if table == "change" else ()
    folds = _wrong_folds(connection, table, names) if table in _NAMED else ()
    for row, name, why in chain(_wrong_rows(connection, table, names), sides, folds):
        found.setdefault(name, (row, why))
        times[name] = times.get(name, 0) + 1
    for name, (row, why) in found.items():
        whose = _whose(connection, table, row)
        said = f"{table}.{name} of {whose} cannot be read: {why}"
        yield Damage(table, name, said, times[name])


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns that exist: a journal of an older version has fewer."""
    rows = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
    return [name for (name,) in rows if name in STORED[table]]


def _suspects(table: str, names: Iterable[str]) -> str:
    """SQL for the rows that are not certainly right."""
    sure = [f"({STORED[table][name].sure.format(name)})" for name in names]
    whole = {*names} >= {*TABLES[table].columns} if table in TOGETHER else False
    both = [f"({TOGETHER[table]})"] if whole else []  # an older journal has fewer columns
    where = f"({' AND '.join([*sure, *both])}) IS NOT TRUE"
    return f"SELECT {', '.join(names)} FROM {table} WHERE {where}"


def _wrong_rows(
    connection: sqlite3.Connection, table: str, names: Sequence[str]
) -> Iterator[Wrong]:
    for values in connection.execute(_suspects(table, names)):
        row = dict(zip(names, values, strict=True))
        for name, why in _wrong(table, row):
            yield row, name, why


def _wrong_folds(
    connection: sqlite3.Connection, table: str, names: Sequence[str]
) -> Iterator[Wrong]:
    """Names whose folded text is that of another name, so that nobody finds them."""
    for values in connection.execute(f"SELECT {', '.join(names)} FROM {table}"):
        row = dict(zip(names, values, strict=True))
        name, folded = row["name"], row["folded"]
        if isinstance(name, str) and isinstance(folded, str) and fold(name) != folded:
            yield row, "folded", "it does not match the name"


def _wrong(table: str, row: Row) -> Iterator[tuple[str, str]]:
    """The damaged columns of a row, and why."""
    wrong = False
    for name, value in row.items():
        if (why := _refused(STORED[table][name].take, value)) is not None:
            wrong = True
            yield name, f"{why}{_quoted(name, value, why)}"
    if wrong or table not in TOGETHER:
        return
    if (why := _refused(partial(check_together, table), row)) is not None:
        yield next(name for name in _SAYS_WHICH if name in row), why


def _wrong_sides(connection: sqlite3.Connection) -> Iterator[Wrong]:
    """Damaged rows of the record, which are JSON; SQL skips the plain case of an added row."""
    for seq, table, *sides in connection.execute(_SIDES):
        if sides == [None, None]:
            yield {"seq": seq}, "after", "no row before the change and none after it"
        for name, side in zip(SIDES, sides, strict=True):
            if isinstance(side, str):
                added = name == "after" and sides[0] is None
                why = _refused(partial(check_side, table, added=added), side)
                if why is not None:
                    yield {"seq": seq}, name, why


def _refused(check: Callable[[Any], object], value: Any) -> str | None:
    """Why a check refuses a value; None if it does not."""
    try:
        check(value)
    except NotUnderstood as error:
        return error.message
    return None


def _quoted(name: str, value: Any, why: str) -> str:
    said = str(value)
    shown = isinstance(value, str | int) and name not in _FREE and len(said) <= _LONGEST_SHOWN
    return f" ('{said}')" if shown and said.isprintable() and said not in why else ""


def _whose(connection: sqlite3.Connection, table: str, row: Row) -> str:
    """Whom or what a row is about, in words that help to find it."""
    person = row if table == "person" else _person(connection, row.get("person_id"))
    if table == "change":
        return f"change {row['seq']} of the record"
    if table == "command":
        return f"command {row['seq']} of the record"
    interaction = row["id"] if table == "interaction" else row.get("interaction_id")
    ways = (
        ("", person and person["name"]),
        ("the person ", person and person["id"]),
        ("the interaction ", interaction),
        ("the row ", row.get("id") or row.get("row_id")),
        ("row ", str(row.get("seq") or row.get("entry_seq") or row.get("place") or "")),
    )
    return next((f"{what}{which}" for what, which in ways if _is_shown(which)), "a row")


def _person(connection: sqlite3.Connection, person_id: Any) -> Mapping[str, Any] | None:
    if not _is_shown(person_id):
        return None
    found = connection.execute("SELECT name FROM person WHERE id = ?", (person_id,)).fetchone()
    return None if found is None else {"id": person_id, "name": found[0]}


def _is_shown(name: Any) -> bool:
    return isinstance(name, str) and name.isprintable() and name.strip() != ""


def trouble(
    connection: sqlite3.Connection, path: Path, tables: Iterable[str]
) -> JournalDamaged | None:
    """The first damage in these tables as an error with a hint; None if there is none."""
    first = next(damaged(connection, tables), None)
    if first is None:
        return None
    if (first.table, first.column) in DERIVED:
        way = f"mend it: {as_typed('doctor')} --fix"
    else:
        back = sqlite.way_back(path, sound_copy(connection, path, [first]))
        way = f"see how much: {as_typed('doctor')}; {back}"
    return JournalDamaged(f"the journal {path} is damaged: {first.said}", way)


def sound_copy(
    connection: sqlite3.Connection, journal: Path, found: Iterable[Damage]
) -> Callable[[Path], bool]:
    """A test whether a copy is free of this damage; a copy made after it happened is not.

    A small copy is checked in every table. A copy that does not open counts as sound: `restore`
    checks it again.
    """
    concerned = {each.table for each in found}
    secret = sqlite.secret_of(connection)

    def is_sound(copy: Path) -> bool:
        try:
            with _unpacked(copy, journal) as file:
                tables = STORED if file.stat().st_size <= daily_copy.SMALL_BYTES else concerned
                with closing(sqlite.connect(str(file), secret)) as opened:
                    return next(damaged(opened, tables), None) is None
        except JournalDamaged:
            return False
        except (sqlite3.Error, OSError, ConnectError):
            return True

    return is_sound


@contextmanager
def _unpacked(copy: Path, journal: Path) -> Iterator[Path]:
    """A copy as a database file. Raises JournalDamaged if it cannot be unpacked."""
    if not compression.is_compressed(copy):
        yield copy
        return
    with scratch.workroom(journal) as room:
        compression.expand(copy, room / copy.stem)
        yield room / copy.stem


_ADDED = f"""before IS NULL AND after IS NOT NULL AND length(after) = length(CAST(after AS BLOB))
  AND (after = '{ADDED}' OR table_name = 'participant' AND after GLOB '{{"place":[0-9]}}')"""
_SIDES = f"""SELECT seq, table_name, before, after FROM change
  WHERE NOT ({_ADDED} AND table_name IN ({", ".join(f"'{table}'" for table in TABLES)}))"""
