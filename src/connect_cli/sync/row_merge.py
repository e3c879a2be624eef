"""What becomes of one row of which two copies tell: field by field, and without missing people."""

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from connect_cli.safety.redaction import SOMEONE
from connect_cli.store import schema
from connect_cli.store.moments import Times
from connect_cli.store.schema import PEOPLE, TRAVELS, Row, value

PERSON_COLUMNS = tuple(dict.fromkeys(column for _, column in schema.referring("person")))
"""Columns that name the people whom a row is about."""

FieldTimes = Mapping[str, str]
"""When each field of a row was said; many rows may share one mapping."""


class Merged(NamedTuple):
    """A row as it stands after a statement, with the moments that are news here.

    mixed: whether a value of what was here stays.
    """

    row: Row
    times: FieldTimes
    mixed: bool = False


def merged(
    table: str, old: Row | None, said: Mapping[str, Times], row: Row, times: FieldTimes
) -> Merged:
    """A row with the later value of each field, and the moments that are news here.

    Of two values said at the same moment both copies choose alike (`_later`).
    """
    if old is None:
        return Merged(row, times)
    known, row_now, news, mixed = said[old["id"]], dict(old), Times(), False
    for name, group in TRAVELS[table].items():
        mine, theirs = value(old, group), value(row, group)
        if times[name] > known[name] or (
            times[name] == known[name] and mine != theirs and _later(theirs, mine)
        ):
            row_now.update(zip(group, theirs, strict=True))
            news[name] = times[name]
        else:
            mixed |= times[name] < known[name] or mine != theirs
    return Merged(row_now, news, mixed)


def _later(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether the first of two values of one moment stays: it names fewer people, or sorts last.

    A text in which somebody was forgotten keeps its moment; their name must not win against it.
    """
    return _rank(one) > _rank(other)


def _rank(one: tuple[Any, ...]) -> tuple[int, str]:
    text = json.dumps(one)
    return text.count(SOMEONE), text


def people_of(row: Row) -> list[str]:
    """The ids of the people whom a row is about."""
    return [*row.get(PEOPLE, ()), *filter(None, map(row.get, PERSON_COLUMNS))]


def without_people(row: Row, forgotten: AbstractSet[str]) -> Row | None:
    """A row without these people; None when it is about one of them, or nobody is left."""
    if forgotten.isdisjoint(people_of(row)):
        return row
    people = [one for one in row.get(PEOPLE, ()) if one not in forgotten]
    return {**row, PEOPLE: people} if people else None


def is_of_missing_interaction(row: Row, there: AbstractSet[str]) -> bool:
    """Whether a row belongs to an interaction that does not exist here."""
    about = row.get("interaction_id")
    return about is not None and about not in there


def without_missing_people(row: Row, there: AbstractSet[str]) -> Row | None:
    """A row without those of its people who do not exist here; None when nobody is left."""
    if PEOPLE in row:
        if there >= set(row[PEOPLE]):
            return row
        people = [one for one in row[PEOPLE] if one in there]
        return {**row, PEOPLE: people} if people else None
    return row if there >= set(people_of(row)) else None


def keyed(table: str, row: Row, name: str) -> Any:
    """The value of one column of a row's natural key."""
    return row[name] if name in row else schema.folded(table, row)[name]
