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


class Joined(NamedTuple):
    """Two people who became one by a change with this row number, and may be two again since."""

    gone: str
    kept: str
    since: int


def joined(connection: sqlite3.Connection) -> Iterator[Joined]:
    """All who ever became one, in the order in which they did."""
    with reading("change"):
        for gone, kept, since in connection.execute(_JOINED):
            yield Joined(text(gone), text(kept), since)


def given_away(connection: sqlite3.Connection) -> set[str]:
    """The ids of the cards that once were another's."""
    return {card_id for (card_id,) in connection.execute(_GIVEN_AWAY)}


_TOLD = """SELECT * FROM (
  SELECT row_id AS person_id, seq, 'name', before ->> 'name' FROM change
    WHERE table_name = 'person' AND before IS NOT NULL AND before ->> 'name' IS NOT after ->> 'name'
  UNION ALL SELECT before ->> 'person_id' AS person_id, seq,
    CASE table_name WHEN 'contact_point' THEN before ->> 'kind' WHEN 'occasion'
      THEN before ->> 'label' ELSE table_name END,
    CASE table_name WHEN 'contact_point' THEN before ->> 'value' WHEN 'occasion'
      THEN coalesce(before ->> 'year', '-') || ' ' || (before ->> 'month') || ' '
        || (before ->> 'day')
      ELSE before ->> 'name' END FROM change
    WHERE table_name IN ('alias', 'contact_point', 'occasion', 'tag') AND before IS NOT NULL)
  WHERE person_id IS NOT NULL ORDER BY seq"""
# A command that makes one person of two, or takes that back or brings it again: what it writes into
# a card is not how the card came in.
_MERGES = """WITH RECURSIVE merges (id, seq) AS (
  SELECT id, seq FROM command WHERE verb = 'merge'
  UNION SELECT c.id, c.seq FROM command c JOIN merges m ON c.undoes = m.id)"""
_KEPT_SINCE = f"""{_MERGES} SELECT row_id, max(seq) FROM change
  WHERE table_name = 'card' AND after IS NOT NULL AND (before IS NULL
    OR before ->> 'text' <> after ->> 'text' OR before ->> 'instead' IS NOT after ->> 'instead')
  AND command_seq NOT IN (SELECT seq FROM merges)
  GROUP BY row_id"""
_JOINED = f"""{_MERGES} SELECT gone.row_id, (
    SELECT one.after ->> 'person_id' FROM record one WHERE one.command_seq = gone.command_seq
    AND one.after ->> 'person_id' <> gone.row_id LIMIT 1) AS kept, gone.seq
  FROM change gone WHERE gone.table_name = 'person' AND gone.after IS NULL
  AND gone.command_seq IN (SELECT seq FROM merges) AND kept IS NOT NULL ORDER BY gone.seq"""
_GIVEN_AWAY = """SELECT row_id FROM change WHERE table_name = 'card'
  AND before ->> 'person_id' <> after ->> 'person_id'"""
