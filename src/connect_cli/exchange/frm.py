"""The contact log of frm: one JSON object a line."""

import json
from collections import Counter
from datetime import date, datetime

from connect_cli.exchange.normalise import LONGEST_LINE, day_of, kept_name, kept_text, kind_of
from connect_cli.exchange.values import TOO_MANY, Found
from connect_cli.reports import Happening, Unread


def begins(first: bytes) -> bool:
    """Whether a file begins with an interaction of frm."""
    return _interaction(first.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0]) is not None


def read(content: bytes, file: str = "") -> Found:
    """Each interaction as an interaction."""
    found = Found()
    seen: Counter[str] = Counter()
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        place = f"{file}, line {number}" if file else f"line {number}"
        if not line.strip():
            continue
        if found.is_full:
            found.unread.append(Unread(place, TOO_MANY))
            break
        interaction = _interaction(line)
        name = kept_name(interaction["contact"]) if interaction else ""
        day, time = _when(interaction["time"]) if interaction else (None, None)
        if interaction is None or day is None or not name:
            found.unread.append(Unread(place, "this is not an interaction of frm"))
            continue
        note = kept_text(interaction["note"])
        key = f"{interaction['time']}\0{name}\0{note}"
        seen[key] += 1
        found.happenings.append(
            Happening(f"{key}\0{seen[key]}", day, (name,), place, kind_of(note), time, note=note)
        )
    return found


def _when(text: str) -> tuple[date | None, str | None]:
    """The day of a moment and its time on this machine; midnight in its own zone is a day alone."""
    try:
        at = datetime.fromisoformat(text)
        local = at.astimezone()
    except (ValueError, OverflowError, OSError):
        return day_of(text), None
    if (at.hour, at.minute, at.second) == (0, 0, 0):
        return at.date(), None
    return local.date(), f"{local:%H:%M}"


def _interaction(line: bytes) -> dict[str, str] | None:
    if len(line) > LONGEST_LINE:
        return None
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    texts = {name: said.get(name, "") for name in ("contact", "time", "note")}
    right = all(isinstance(text, str) for text in texts.values())
    return texts if right and texts["contact"] and texts["time"] else None
