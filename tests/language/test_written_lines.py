"""Log lines as people write them, with the reading that was fixed before any was read.

Each line: what was typed; the people, or `refuse` if nobody can be asked and it must be refused;
the day, or several that are right; the minutes; the kind; words that are shown afterwards; more.
None, and `*` for minutes: not looked at. more.ok `refuse`: asking is right as well. more.okread:
being kept is right too, if true, or on one of these days.
"""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from connect_cli.errors import ConnectError
from connect_cli.language.doubts import About
from connect_cli.language.logline import Now, Reading, read_line
from connect_cli.language.names import Known, Names

FOLDER = Path(__file__).parent / "written"
# At most this part of the lines may be kept wrongly, and refused though they are plain; at least
# this part is to be read in full. The lines of `given` were known to whoever wrote the reader.
BOUNDS = {"given": (0.01, 0.02, 0.90), "own": (0.03, 0.03, 0.85)}


class Line(NamedTuple):
    """One line and its right reading."""

    typed: str
    people: list[str] | str
    day: Any
    minutes: int | str | None
    kind: Any
    words: str | None
    more: dict[str, Any]


def _outcome(line: str, now: datetime, names: Names) -> Reading | None:
    """What is kept of a line when nobody can be asked; None if it is refused."""
    try:
        reading = read_line(line, now.date(), names, now=Now(now, 4))
    except ConnectError:
        return None
    asked = any(doubt.about is not About.KIND for doubt in reading.doubts)
    named = reading.mentions and all(mention.found for mention in reading.mentions)
    return reading if named and not asked else None


def _verdict(line: Line, reading: Reading | None) -> str:
    if reading is None:
        if line.people == "refuse":
            return "exact"
        return "asked" if line.more.get("ok") == "refuse" else "needless"
    if line.people == "refuse":
        days = line.more.get("okread")
        kept = days is True or (isinstance(days, list) and str(reading.day) in days)
        return "exact" if kept else "wrong"
    if _is_wrong(line, reading):
        return "wrong"
    return "lacking" if _lacks(line, reading) else "exact"


def _is_wrong(line: Line, reading: Reading) -> bool:
    people = sorted(mention.found.name for mention in reading.mentions if mention.found)
    return (
        people != sorted(line.people)
        or not _is_one_of(str(reading.day), line.day)
        or line.minutes not in ("*", reading.minutes)
        or line.more.get("tried", reading.tried) != reading.tried
    )


def _lacks(line: Line, reading: Reading) -> bool:
    shown = f"{reading.kind_word} | {reading.note}".casefold()
    direction = reading.direction.value if reading.direction else None
    return (
        not _is_one_of(reading.kind.value, line.kind)
        or (line.words or "").casefold() not in shown
        or line.more.get("direction", direction) != direction
    )


def _is_one_of(value: str, right: Any) -> bool:
    return right is None or value in ([right] if isinstance(right, str) else right)


@pytest.mark.parametrize("written", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_lines_as_people_write_them_are_read(written: Path) -> None:
    """Hardly any is kept wrongly or refused though it is plain, and most are read in full."""
    said = json.loads(written.read_text(encoding="utf-8"))
    now = datetime.fromisoformat(said["now"])
    names = Names(
        Known(str(number), name, tuple(aliases))
        for number, (name, *aliases) in enumerate(said["people"])
    )
    lines = [Line(*line) for line in said["lines"]]
    found: dict[str, list[str]] = {}
    for line in lines:
        verdict = _verdict(line, _outcome(line.typed, now, names))
        found.setdefault(verdict, []).append(line.typed)
    share = Counter({verdict: len(typed) / len(lines) for verdict, typed in found.items()})
    wrong, needless, exact = BOUNDS.get(written.stem, BOUNDS["own"])
    assert share["wrong"] <= wrong, found["wrong"]
    assert share["needless"] <= needless, found["needless"]
    assert share["exact"] >= exact, {one: share[one] for one in found}
