"""Copies of a journal, and what a look at it found."""

from datetime import date
from pathlib import Path

from connect_cli.model import Named
from connect_cli.reports import Copy, Finding, Pair, Reason

FOLDER = Path("/home/ada/.local/share/connect/backups")
COPIES = (
    Copy(FOLDER / "journal-2026-11-23.db.gz", date(2026, 11, 23), size=6_607_949),
    Copy(FOLDER / "journal-2026-11-22-by-hand.db.gz", date(2026, 11, 22), "by-hand", 6_590_112),
    Copy(
        FOLDER / "journal-2026-10-19-before-restore-2.db",
        *(date(2026, 10, 19), "before-restore-2", 25_512_000),
    ),
)
PAIRS = (
    Pair(
        Named("aaaaaaaaaaaa", "Ada Lovelace"),
        Named("bbbbbbbbbbbb", "Lovelace, Ada (2)"),
        (Reason("email", "ada@example.org"), Reason("phone", "+44 20 7946 0018"), Reason("name")),
    ),
    Pair(
        Named("cccccccccccc", "Hannah Weiss"),
        Named("dddddddddddd", "Hannah Blum"),
        (Reason("birthday"),),
    ),
)
LEFT = Finding(
    "search index",
    "the search index detail_words does not agree with what it indexes",
    "A search may miss something; everything you wrote is there.",
    "'connect doctor --fix' rebuilds it from the texts.",
)
NOTE = Finding(
    "clock went back",
    "the clock was set back by more than a day, last at 2026-10-19",
    "Nothing is lost or hidden by it: interactions are sorted by the day they are about.",
    note=True,
)
FINDINGS = (LEFT._replace(mended=True), LEFT, NOTE)


def hostile_findings(text: str) -> tuple[Finding, ...]:
    """Findings that quote hostile names."""
    one = Finding(text, text, text, text)
    return one, one._replace(note=True), one._replace(mended=True)


def hostile_copies(text: str) -> tuple[Copy, ...]:
    """Copies below a folder of that name."""
    return tuple(copy._replace(path=Path(text) / copy.path.name) for copy in COPIES)
