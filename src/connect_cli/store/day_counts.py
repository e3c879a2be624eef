"""Count the conversations of each day, by indexes alone: no interaction is read.

Indexes are named where SQLite would choose to look at each interaction instead, which takes five
times as long in a large journal.
"""

import sqlite3
from datetime import date
from sys import maxsize

from connect_cli.reviews import DayCount, Span
from connect_cli.store.read_values import reading, whole

_BY_DAY = "day BETWEEN ? AND ? {} GROUP BY day ORDER BY day"
_ALL = f"""SELECT day, count(*) FROM interaction INDEXED BY interaction_spent
  WHERE tried = 0 AND {_BY_DAY}"""
_WITH = f"""SELECT day, count(*) FROM seen s WHERE person_id = ? AND NOT EXISTS (
    SELECT 1 FROM interaction i INDEXED BY interaction_tried
    WHERE i.tried = 1 AND i.day = s.day AND i.seq = s.entry_seq)
  AND {_BY_DAY}"""
_TAGGED = """AND {} IN (
    SELECT i.seq FROM tag t JOIN interaction i ON i.id = t.interaction_id WHERE t.name = ?)"""


@reading("interaction", "seen")
def day_counts(
    connection: sqlite3.Connection, span: Span, person_id: str | None = None, tag: str = ""
) -> list[DayCount]:
    """The days of a span with a conversation, oldest first; attempts are left out.

    person_id: only those with this person. tag: only those with this tag.
    """
    sql, seq, values = _ALL, "seq", [*span.iso]
    if person_id is not None:
        sql, seq, values = _WITH, "entry_seq", [person_id, *values]
    if tag:
        values.append(tag)
    rows = connection.execute(sql.format(_TAGGED.format(seq) if tag else ""), values)
    return [DayCount(date.fromisoformat(day), whole(number, maxsize)) for day, number in rows]
