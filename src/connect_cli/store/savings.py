"""Read the minutes that were noted as saved, and what a person's conversations usually take."""

import sqlite3
from datetime import date

from connect_cli.reviews import Saving, Span
from connect_cli.store.interactions import DAY_MINUTES
from connect_cli.store.read_values import reading, text, whole

MOST_MINUTES = 2**31
"""The most of one saving, wherever it was noted."""
NEWEST = 20
"""So many of somebody's newest conversations say how long one usually is."""

_LENGTHS = f"""SELECT minutes FROM (
    SELECT i.minutes FROM seen s JOIN interaction i ON i.seq = s.entry_seq
    WHERE s.person_id = ? AND s.day <= ? AND i.tried = 0
    ORDER BY s.day DESC, s.entry_seq DESC LIMIT {NEWEST})
  WHERE minutes IS NOT NULL"""


@reading("saving")
def savings(connection: sqlite3.Connection, span: Span) -> list[Saving]:
    """What was noted in a span, newest first."""
    rows = connection.execute(
        """SELECT id, day, minutes, text FROM saving WHERE day BETWEEN ? AND ?
        ORDER BY day DESC, seq DESC""",
        span.iso,
    )
    return [
        Saving(text(one), date.fromisoformat(day), whole(minutes, MOST_MINUTES), text(said))
        for one, day, minutes, said in rows
    ]


@reading("interaction", "seen")
def usual_with(connection: sqlite3.Connection, person_id: str, today: date) -> int | None:
    """The median length of somebody's newest conversations; None if none of them has a length.

    Of an even number it is the shorter of the two in the middle.
    """
    rows = connection.execute(_LENGTHS, (person_id, today.isoformat()))
    lengths = [whole(minutes, DAY_MINUTES) for (minutes,) in rows]
    return sorted(lengths)[(len(lengths) - 1) // 2] if lengths else None
