"""The rows of what happened according to another program, the same each time it tells of it."""

import hashlib
from datetime import date
from typing import Any

from connect_cli.exchange.values import Happening
from connect_cli.model import usual_counts

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def stable_id(*words: str) -> str:
    """An id that the same words always give, so that nothing is taken in twice."""
    number = int.from_bytes(hashlib.sha256("\0".join(words).encode()).digest()[:8], "big")
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in range(12))


def entry_columns(happening: Happening, now: str) -> list[tuple[str, Any]]:
    """The columns of an interaction."""
    day: date = happening.day
    return [
        ("day", day.isoformat()),
        ("time", happening.time),
        ("kind", happening.kind.value),
        ("minutes", happening.minutes),
        ("direction", happening.direction and happening.direction.value),
        ("energy", None),
        ("counts", usual_counts(happening.kind, tried=False).value),
        ("tried", False),
        ("note", happening.note),
        ("entered", ""),
        ("recorded_at", now),
    ]
