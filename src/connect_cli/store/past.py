"""What the record tells that people were called and had, before that was changed."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from connect_cli.store.stored import reading, text


class Told(NamedTuple):
    """Something that the journal said of somebody, until the change with this row number.

    sort: `name`, `alias`, `tag`, the kind of a contact point, or the label of a yearly day, which
    is a text like `1815 12 10`, or `- 12 10`.
    """

    person_id: str
    until: int
    sort: str
    value: str


def told(connection: sqlite3.Connection) -> Iterator[Told]:
    """All of that, the oldest change first."""
    with reading("change"):
        for person_id, until, sort, value in connection.execute(_TOLD):
            yield Told(text(person_id), until, text(sort), text(value))


def kept_since(connection: sqlite3.Connection) -> dict[str, int]:
    """The row number of the change in which each card came in as it is, by the card's id."""
    return dict(connection.execute(_KEPT_SINCE))


def owners(connection: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """Whose each card was that once was another's, as while two people were one, by its id.

    With each of them stands the row number of the change since which it was first theirs.
    """
    found: dict[str, dict[str, int]] = {}
    with reading("change"):
        for card_id, seq, before, after in connection.execute(_OWNERS):
            since = found.setdefault(text(card_id), {text(before): 0})
            since.setdefault(text(after), seq)
    return found


_TOLD = """SELECT * FROM (
  SELECT row_id AS person_id, seq, 'name', before ->> 'name' FROM change
    WHERE table_name = 'person' AND before IS NOT NULL AND before ->> 'name' <> after ->> 'name'
  UNION ALL SELECT before ->> 'person_id' AS person_id, seq,
    CASE table_name WHEN 'contact_point' THEN before ->> 'kind' WHEN 'occasion'
      THEN before ->> 'label' ELSE table_name END,
    CASE table_name WHEN 'contact_point' THEN before ->> 'value' WHEN 'occasion'
      THEN coalesce(before ->> 'year', '-') || ' ' || (before ->> 'month') || ' '
        || (before ->> 'day')
      ELSE before ->> 'name' END FROM change
    WHERE table_name IN ('alias', 'contact_point', 'occasion', 'tag') AND before IS NOT NULL)
  WHERE person_id IS NOT NULL ORDER BY seq"""
_GIVEN_AWAY = (
    """one.table_name = 'card' AND one.before ->> 'person_id' <> one.after ->> 'person_id'"""
)
_KEPT_SINCE = f"""SELECT row_id, max(seq) FROM change
  WHERE table_name = 'card' AND after IS NOT NULL AND (before IS NULL
    OR before ->> 'text' <> after ->> 'text'
    OR before ->> 'instead' IS NOT after ->> 'instead' AND NOT EXISTS (
      SELECT 1 FROM change one WHERE one.row_id = change.row_id
      AND one.command_seq = change.command_seq AND {_GIVEN_AWAY}))
  GROUP BY row_id"""
_OWNERS = f"""SELECT row_id, seq, before ->> 'person_id', after ->> 'person_id'
  FROM change one WHERE {_GIVEN_AWAY} ORDER BY seq"""
