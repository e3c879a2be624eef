"""The JSON export of jrnl, in which tags that begin with @ are people or topics."""

import re
from collections import Counter
from typing import Any

from connect_cli.exchange.json_values import record_of
from connect_cli.exchange.normalise import (
    day_of,
    kept_tag,
    kept_text,
    kind_of,
    no_day,
    one_line,
    unique,
)
from connect_cli.exchange.values import TOO_MANY, Found
from connect_cli.reports import Happening, Unread

_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


def begins(first: bytes) -> bool:
    """Whether a file begins as jrnl's export does."""
    return re.match(rb'\s*\{\s*"tags"\s*:\s*\{', first.removeprefix(b"\xef\xbb\xbf")) is not None


def read(content: bytes, file: str = "") -> Found:
    """Entries as interactions; nobody is in them before it is decided which @words are people."""
    found = Found()
    said = record_of(content, file or "the file", found, "an export of jrnl")
    if said is None:
        return found
    entries = said.get("entries")
    if not isinstance(entries, list):
        found.unread.append(Unread(file or "the file", "this is not an export of jrnl"))
        return found
    seen: Counter[str] = Counter()
    for number, entry in enumerate(entries, 1):
        place = f"{file}, entry {number}" if file else f"entry {number}"
        if found.is_full:
            found.unread.append(Unread(place, TOO_MANY))
            break
        happening = _happening(entry, place, seen)
        if isinstance(happening, str):
            found.unread.append(Unread(place, happening))
        else:
            found.happenings.append(happening)
    return found


def _happening(entry: Any, place: str, seen: Counter[str]) -> Happening | str:
    """An interaction, or why the entry cannot be read."""
    if not isinstance(entry, dict):
        return "this is not an entry"
    texts = {name: entry.get(name) or "" for name in ("title", "body", "date", "time")}
    if not all(isinstance(text, str) for text in texts.values()):
        return "this is not an entry"
    if (day := day_of(texts["date"])) is None:
        return no_day(texts["date"][:20])
    tags = [tag for tag in entry.get("tags") or () if isinstance(tag, str)]
    note = kept_text(f"{texts['title']}\n{texts['body']}")
    key = f"{texts['date']} {texts['time']}\0{note}"
    seen[key] += 1
    return Happening(
        key=f"{key}\0{seen[key]}",
        day=day,
        people=(),
        place=place,
        kind=kind_of(note),
        time=texts["time"] if _TIME.fullmatch(texts["time"]) else None,
        note=note,
        tags=unique(kept_tag(tag) for tag in tags if not tag.startswith("@")),
        words=unique(
            one_line(tag) for tag in tags if tag.startswith("@") and any(map(str.isalnum, tag))
        ),
    )
