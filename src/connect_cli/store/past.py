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
_KEPT_SINCE = """SELECT row_id, max(seq) FROM change
  WHERE table_name = 'card' AND after IS NOT NULL AND (before IS NULL
    OR before ->> 'text' <> after ->> 'text' OR before ->> 'instead' IS NOT after ->> 'instead')
  GROUP BY row_id"""
