"""The description of each table, from which the record, undo, export and sync take its columns.

`TABLES` says what is recorded, what is unique, what a row belongs to, what leaves the journal, and
what is computed from the rest of a row. One test compares it with the models in tables.py and with
the result of the steps; another checks that undo, export, two copies, forget, merge, the doctor and
`--discreet` handle every table in it. triggers.py makes the triggers from it.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from connect_cli.language.words import fold
from connect_cli.store.read_values import CROCKFORD, ID_LENGTH

ADDED = "{}"
"""What `change.after` holds for an added row."""

Row = dict[str, Any]
"""A row by column; an exported interaction also has the ids of its `people`, in order."""

Fields = Mapping[str, tuple[str, ...]]
"""Columns that only make sense together, by the first; a merge takes all of them or none."""

PEOPLE = "people"
GONE = "gone"
UNKNOWN_MOMENT = "0001-01-01T00:00:00.000+00:00"
"""The moment of a field whose time is not on record."""


def new_id() -> str:
    """Twelve random characters of lower-case Crockford base32: 60 bits, no lookalikes."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(ID_LENGTH))


def stable_id(*words: str) -> str:
    """An id that is always the same for the same words, so that nothing is imported twice."""
    number = int.from_bytes(hashlib.sha256("\0".join(words).encode()).digest()[:8], "big")
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in range(ID_LENGTH))


class Table(NamedTuple):
    """A table whose rows the record keeps.

    columns: all columns, in the order of the file.
    fields: the columns that are exported, grouped by what is said together; empty for a table that
    is not exported.
    key: the natural key: columns whose values only one row may have.
    once: for a table without a key, what makes two rows the same when two people are merged.
    refers: for each column that refers to a row, the table of that row.
    texts: columns of the user's own words, which may name a person.
    folded: columns computed from the row itself, each with the text that is folded for it.
    derived: columns computed from other rows.
    searched: whether `folded` has a search index.
    stays: whether undo leaves a row that the command added.
    """

    columns: tuple[str, ...]
    fields: Fields
    key: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    refers: Mapping[str, str] = {}
    texts: tuple[str, ...] = ()
    folded: Mapping[str, Callable[[Mapping[str, Any]], str]] = {}
    derived: tuple[str, ...] = ()
    searched: bool = False
    stays: Callable[[Mapping[str, Any]], bool] = lambda _: False

    @property
    def recorded(self) -> tuple[str, ...]:
        """The columns that the record keeps: those that are not computed."""
        return tuple(
            name for name in self.columns if name not in self.folded and name not in self.derived
        )

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns by which the record finds a row."""
        return ("id",) if "id" in self.columns else self.key

    @property
    def names(self) -> bool:
        """Whether a row is a name of a person: the table is `person` or `alias`."""
        return self.texts == ("name",) and "folded" in self.folded

    @property
    def travels(self) -> tuple[str, ...]:
        """The exported columns, without the id and the people of an interaction."""
        return tuple(name for group in self.fields.values() for name in group if name != PEOPLE)


def _fields(*groups: str) -> dict[str, tuple[str, ...]]:
    return {group.split()[0]: tuple(group.split()) for group in groups}


def _columns(names: str) -> tuple[str, ...]:
    return ("seq", "id", *names.split())


def _searched(row: Mapping[str, Any]) -> str:
    """The text of an interaction for the search: its note and what was typed, without repeats."""
    entered, note = str(row["entered"]), str(row["note"])
    return entered if note in entered else f"{entered}\n{note}"


def _name(row: Mapping[str, Any]) -> str:
    return str(row["name"])


def _detail_key(row: Mapping[str, Any]) -> str:
    """What a person has only one of: a label, or a text without one. No label begins so."""
    return str(row["label"] or f": {row['value']}")


_OF_A_PERSON = {"person_id": "person"}
_OF_TWO = {"person_id": "person", "other_id": "person"}

TABLES: Mapping[str, Table] = {
    "person": Table(
        _columns(
            "name folded circle cadence cadence_words first_on snoozed_on archived_on created_at"
            " last_full_on last_half_on first_said_on snooze_said_on died_on"
        ),
        _fields(
            *("name", "circle", "cadence cadence_words", "first_on first_said_on"),
            *("snoozed_on snooze_said_on", "archived_on died_on", "created_at"),
        ),
        texts=("name",),
        folded={"folded": _name},
        derived=("last_full_on", "last_half_on"),
    ),
    "alias": Table(
        _columns("person_id name folded"),
        _fields("person_id", "name"),
        key=("person_id", "folded"),
        refers=_OF_A_PERSON,
        texts=("name",),
        folded={"folded": _name},
    ),
    "contact_point": Table(
        _columns("person_id kind value"),
        _fields("person_id", "kind value"),
        key=("person_id", "kind", "value"),
        refers=_OF_A_PERSON,
        texts=("value",),
    ),
    "detail": Table(
        _columns("person_id label label_folded value folded"),
        _fields("person_id", "label value"),
        key=("person_id", "label_folded"),
        refers=_OF_A_PERSON,
        texts=("label", "value"),
        folded={
            "label_folded": _detail_key,
            "folded": lambda row: " ".join(filter(None, (row["label"], row["value"]))),
        },
        searched=True,
    ),
    "occasion": Table(
        _columns("person_id label month day year"),
        _fields("person_id", "label", "month day year"),
        key=("person_id", "label"),
        refers=_OF_A_PERSON,
        texts=("label",),
    ),
    "card": Table(
        _columns("person_id uid text instead"),
        _fields("person_id", "uid", "text instead"),
        key=("person_id", "uid"),
        refers=_OF_A_PERSON,
        texts=("text", "instead"),
    ),
    "interaction": Table(
        _columns(
            "day time kind minutes direction energy counts tried note entered folded recorded_at"
        ),
        _fields(
            *("day", "time", "kind", "minutes", "direction", "energy", "counts tried", "note"),
            *("entered", "recorded_at", PEOPLE),
        ),
        texts=("note", "entered"),
        folded={"folded": _searched},
        searched=True,
    ),
    "participant": Table(
        ("interaction_id", "person_id", "place"),
        {},
        key=("interaction_id", "person_id"),
        refers={"interaction_id": "interaction", **_OF_A_PERSON},
    ),
    "tag": Table(
        _columns("name person_id interaction_id"),
        _fields("name person_id interaction_id"),
        key=("person_id", "interaction_id", "name"),
        refers={**_OF_A_PERSON, "interaction_id": "interaction"},
        texts=("name",),
    ),
    "promise": Table(
        _columns("person_id text folded owed due_on made_on done_on"),
        _fields("person_id", "text", "owed", "due_on", "made_on", "done_on"),
        refers=_OF_A_PERSON,
        texts=("text",),
        folded={"folded": lambda row: str(row["text"])},
        searched=True,
    ),
    "pause": Table(
        _columns("person_id start_on end_on"),
        _fields("person_id", "start_on end_on"),
        once=("start_on", "end_on"),
        refers=_OF_A_PERSON,
    ),
    "saving": Table(
        _columns("day minutes text"), _fields("day", "minutes", "text"), texts=("text",)
    ),
    "gone": Table(_columns("table_name at"), {}),
    "offered": Table(
        _columns("person_id day dormant"),
        _fields("person_id day", "dormant"),
        key=("person_id", "day"),
        refers=_OF_A_PERSON,
    ),
    "inbox_line": Table(
        _columns("hash_key hash dropped"),
        _fields("hash_key hash", "dropped"),
        key=("hash_key", "hash"),
        stays=lambda row: not row["dropped"],
    ),
    "relation": Table(
        _columns("person_id other_id word word_folded"),
        _fields("person_id other_id", "word"),
        key=("person_id", "other_id", "word_folded"),
        refers=_OF_TWO,
        texts=("word",),
        folded={"word_folded": lambda row: str(row["word"])},
    ),
    "distinct_pair": Table(
        _columns("person_id other_id"),
        _fields("person_id other_id"),
        key=("person_id", "other_id"),
        refers=_OF_TWO,
    ),
    "circle": Table(_columns("name cadence"), _fields("name", "cadence"), key=("name",)),
}
"""Every table whose rows the record keeps; a table comes before those that refer to it."""

ELSEWHERE: Mapping[str, tuple[str, ...]] = {
    "command": ("seq", "id", "at", "verb", "words", "open", "undoes"),
    "change": ("seq", "command_seq", "table_name", "row_id", "before", "after", "times"),
    "seen": ("person_id", "day", "entry_seq"),
    "inbox": ("seq", "waiting"),
    "forgotten": ("id",),
    "sync": ("seq", "journal_id", "machine_id", "number", "hash", "base", "given", "key"),
    "machine": ("id", "name", "taken", "hash", "retired"),
    "due": ("table_name", "row_id"),
}
"""The columns of tables that the record does not keep: the record itself, what is derived from it,
what waits, who was forgotten, and how far the machines are."""

TRAVELS: Mapping[str, Fields] = {name: each.fields for name, each in TABLES.items() if each.fields}
"""Every table that is exported, with its fields.

Computed values are left out: row numbers, folded texts, the newest contacts.
"""

OWNED = tuple(
    name for name, each in TABLES.items() if "person_id" in each.refers and "id" in each.columns
)
"""The tables whose rows belong to a person, or to two."""

OF_TWO = tuple(name for name in OWNED if "other_id" in TABLES[name].refers)
"""The tables whose rows belong to two people."""

OWNERS: Mapping[str, tuple[str, ...]] = {
    name: tuple(column for column, other in TABLES[name].refers.items() if other == "person")
    for name in OWNED
}
"""Of each table whose rows belong to people, the columns that name them."""

INDEXES: Mapping[str, str] = {
    f"{name}_words": name for name, each in TABLES.items() if each.searched
}
"""Each search index, with the table that it indexes."""


def columns(table: str) -> tuple[str, ...]:
    """The exported columns of a table, without the people of an interaction."""
    return TABLES[table].travels


def referring(table: str) -> Iterator[tuple[str, str]]:
    """The tables that refer to this one, each with the column that does."""
    for name, each in TABLES.items():
        yield from ((name, column) for column, other in each.refers.items() if other == table)


def once(table: str) -> tuple[str, ...]:
    """The columns by which rows of two people count as the same when the two are merged."""
    each = TABLES[table]
    return tuple(name for name in each.key or each.once or ("id",) if name != "person_id")


def value(row: Mapping[str, Any], group: Iterable[str]) -> tuple[Any, ...]:
    """The values of one field of a row."""
    return tuple(row.get(name) for name in group)


def folded(table: str, row: Mapping[str, Any]) -> dict[str, str]:
    """The folded columns of a row, by the rule of language/words.py."""
    return {name: fold(said(row)) for name, said in TABLES[table].folded.items()}


def detail_key(label: str, value: str) -> str:
    """The value by which two details of a person are the same."""
    return folded("detail", {"label": label, "value": value})["label_folded"]


_NEWEST = """(SELECT max(i.day) FROM participant t JOIN interaction i ON i.id = t.interaction_id
  WHERE t.person_id = person.id AND i.counts = '{}')"""
NEWEST_FULL, NEWEST_HALF = _NEWEST.format("yes"), _NEWEST.format("half")
"""SQL for the newest contact of the person in the current row that counts in full, and by half."""
