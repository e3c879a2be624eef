"""The rows of what happened according to another program, the same each time it tells of it."""

from datetime import date
from typing import Any

from connect_cli.model import usual_counts
from connect_cli.views import Happening


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
