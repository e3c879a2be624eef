"""What follows from the rest of a row or of a journal: folded texts, and the newest contacts."""

from collections.abc import Callable, Mapping
from typing import Any

from connect_cli.language.words import fold

Row = Mapping[str, Any]


def _searched(row: Row) -> str:
    """Every word of the note of an interaction and of what was typed, each text once."""
    entered, note = str(row["entered"]), str(row["note"])
    return entered if note in entered else f"{entered}\n{note}"


FOLDED: Mapping[str, Mapping[str, Callable[[Row], str]]] = {
    "person": {"folded": lambda row: str(row["name"])},
    "alias": {"folded": lambda row: str(row["name"])},
    "detail": {
        "label_folded": lambda row: str(row["label"]),
        "folded": lambda row: f"{row['label']} {row['value']}",
    },
    "interaction": {"folded": _searched},
    "promise": {"folded": lambda row: str(row["text"])},
}
"""The columns of each table that follow from others, and the text that is folded for them."""


def folded(table: str, row: Row) -> dict[str, str]:
    """These columns of a row, by the rule of language/words.py."""
    return {name: fold(said(row)) for name, said in FOLDED.get(table, {}).items()}


_NEWEST = """(SELECT max(i.day) FROM participant t JOIN interaction i ON i.id = t.interaction_id
  WHERE t.person_id = person.id AND i.counts = '{}')"""
NEWEST_FULL, NEWEST_HALF = _NEWEST.format("yes"), _NEWEST.format("half")
"""The newest contact that counts in full, and by half, of the person whose row is read."""
