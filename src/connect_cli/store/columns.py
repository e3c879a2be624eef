"""What of each table leaves the journal: its fields, and the columns that are said together."""

from collections.abc import Iterable, Mapping
from typing import Any

Row = dict[str, Any]
"""A row as it travels: its columns by name, and of an entry the ids of its `people`, in order."""

Fields = Mapping[str, tuple[str, ...]]
"""Columns that only make sense together, by the first: of two copies one is taken whole."""

PEOPLE = "people"


def _fields(*groups: str) -> dict[str, tuple[str, ...]]:
    return {group.split()[0]: tuple(group.split()) for group in groups}


TABLES: Mapping[str, Fields] = {
    "person": _fields(
        *("name", "circle", "cadence cadence_words", "first_on first_said_on"),
        *("snoozed_on snooze_said_on", "archived_on", "created_at"),
    ),
    "alias": _fields("person_id", "name"),
    "contact_point": _fields("person_id", "kind value"),
    "detail": _fields("person_id", "label value"),
    "occasion": _fields("person_id", "label", "month day year"),
    "card": _fields("person_id", "uid", "text instead"),
    "interaction": _fields(
        *("day", "time", "kind", "minutes", "direction", "energy", "counts tried", "note"),
        *("entered", "recorded_at", PEOPLE),
    ),
    "tag": _fields("name person_id interaction_id"),
    "promise": _fields("person_id", "text", "owed", "due_on", "made_on", "done_on"),
    "pause": _fields("person_id", "start_on end_on"),
    "saving": _fields("day", "minutes", "text"),
}
"""Every table that travels, what is referred to before what refers to it.

Left out is what follows from the rest: row numbers, folded texts, the newest contacts.
"""

GONE = "gone"
NEVER = "0001-01-01T00:00:00.000+00:00"
"""When something was said whose time is not on record."""


def columns(table: str) -> tuple[str, ...]:
    """The columns of a table that travel, without the people of an entry."""
    return tuple(name for group in TABLES[table].values() for name in group if name != PEOPLE)


def value(row: Mapping[str, Any], group: Iterable[str]) -> tuple[Any, ...]:
    """What a row says in one field."""
    return tuple(row.get(name) for name in group)
