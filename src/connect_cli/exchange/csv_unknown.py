"""A table in which no known heading names people: its columns, and the `--map` that reads it."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.exchange.csv_headings import (
    FURTHEST,
    NAMING,
    cells_of,
    field_of,
    heading_line,
    mapped,
    separator,
)
from connect_cli.exchange.normalise import one_line
from connect_cli.language.words import fold
from connect_cli.text_encodings import decoded

STDIN = Path("-")
SUFFIXES = (".csv", ".tsv")
MOST_SHOWN = 300
"""The most letters of the headings to show."""

_NAMES = re.compile(r"\b(?:names?|nom|nombre|nome|naam|navn|namn|wer|who|person|contact|kontakt)\b")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NUMBER = re.compile(r"\+?[0-9()][0-9 ()./-]{5,}")
_DAY = re.compile(r"[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{1,4}")
_NOT_A_NAME = re.compile(r"[^A-Za-z\u00c0-\uffff]+|.*[@/:].*|.{60,}")


def check(content: bytes, called: str, path: Path, wanted: Mapping[str, str] | None = None) -> None:
    """Raise NotUnderstood if a table has no column that names people. wanted: as for `mapped`.

    path: the file as it is typed, for the hint.
    """
    rows = _rows(content, wanted or {})
    if not rows or (len(rows[0]) < 2 and not wanted):
        return  # it is no table
    if not {*mapped(rows[0], wanted or {}).values()} & {*NAMING, "nickname", "company", "email"}:
        raise _unknown(rows, called, path)


def refuse(first: bytes, called: str, path: Path) -> None:
    """Raise NotUnderstood if a file begins as a table does, in which no heading is known."""
    if b"\0" in first and not first.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    rows = _rows(first, {})
    if not rows or len(rows[0]) < 2 or rows[0][0].lstrip().startswith(("{", "[", "<")):
        return
    body = rows[1:-1] or rows[1:]  # the last one may be cut
    alike = bool(body) and all(len(row) == len(rows[0]) for row in body)
    if alike or path.suffix.casefold() in SUFFIXES:
        raise _unknown(rows, called, path)


def _rows(content: bytes, wanted: Mapping[str, str]) -> list[list[str]]:
    """The headings and the first rows."""
    lines = list(islice(io.StringIO(decoded(content).lstrip("\ufeff"), newline=""), 2 * FURTHEST))
    start = heading_line(lines, wanted)
    if not start:
        start = next((place for place, line in enumerate(lines) if len(cells_of(line)) > 1), 0)
    if not lines:
        return []
    try:
        rows = list(csv.reader(lines[start:], delimiter=separator(lines[start])))
    except csv.Error:
        rows = [cells_of(lines[start])]
    return [row for row in rows if any(cell.strip() for cell in row)]


def _unknown(rows: Sequence[Sequence[str]], called: str, path: Path) -> NotUnderstood:
    headings = [one_line(heading) for heading in rows[0]]
    if any(_EMAIL.fullmatch(one) or _NUMBER.fullmatch(one) for one in headings):
        return NotUnderstood(
            f"{called}: the first line of this table has no headings",
            f"write a line above it that says what each column is, such as: {_heading(headings)}",
        )
    shown = ", ".join(filter(None, headings))
    if len(shown) > MOST_SHOWN:
        shown = f"{shown[:MOST_SHOWN]}…"
    return NotUnderstood(
        f"{called}: no column of this table is known to hold names; its columns are: {shown}",
        f"name the columns to read: {_command(path, _map(rows, headings))}",
    )


def _command(path: Path, options: tuple[str, str]) -> str:
    if path == STDIN:
        return f"{as_typed('import', options=options)} {path}"
    return as_typed("import", str(path), options=options)


def _heading(cells: Sequence[str]) -> str:
    """A line of headings for cells that have none: `name,email`."""
    sorts = ("email" if _EMAIL.fullmatch(cell) else _sort_of_number(cell) for cell in cells)
    words = [sort or "" for sort in sorts]
    free = next((place for place, word in enumerate(words) if not word and cells[place]), 0)
    words[free] = words[free] or "name"
    return ",".join(words)


def _sort_of_number(cell: str) -> str:
    if _DAY.fullmatch(cell):
        return "birthday"
    return "phone" if _NUMBER.fullmatch(cell) else ""


def _map(rows: Sequence[Sequence[str]], headings: Sequence[str]) -> tuple[str, str]:
    """The option that reads a table, as well as its headings and cells can tell."""
    columns = {
        place: [row[place].strip() for row in rows[1:] if place < len(row) and row[place].strip()]
        for place, heading in enumerate(headings)
        if heading
    }
    sorts = {place: _sort(cells) for place, cells in columns.items()}
    of_names = [place for place in columns if _NAMES.search(fold(headings[place]))]
    may_be = [place for place in columns if not sorts[place]]
    name = next((place for place in (*of_names, *may_be, *columns) if place in columns), 0)
    found = {"name": headings[name]}
    for place, sort in sorts.items():
        if sort in ("email", "phone") and field_of(headings[place]) is None:
            found.setdefault(sort, headings[place])
    line = io.StringIO()
    parts = [f"{field}={heading}" for field, heading in found.items()]
    csv.writer(line, lineterminator="").writerow(parts)
    return "--map", line.getvalue()


def _sort(cells: Sequence[str]) -> str:
    """What the cells of a column mostly are: `email`, `phone`, `other`; empty for words."""
    if _most(_EMAIL, cells):
        return "email"
    if _most(_DAY, cells):
        return "other"
    if _most(_NUMBER, cells):
        return "phone"
    return "other" if not cells or _most(_NOT_A_NAME, cells) else ""


def _most(shape: re.Pattern[str], cells: Sequence[str]) -> bool:
    return sum(shape.fullmatch(cell) is not None for cell in cells) * 2 > len(cells)
