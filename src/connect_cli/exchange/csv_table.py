"""CSV: the lists of Google, Outlook and others in, people and interactions out."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from connect_cli.errors import NotUnderstood
from connect_cli.exchange.normalise import (
    LONGEST_LINE,
    day_of_year,
    decoded,
    kept_name,
    kept_point,
    kept_tag,
    kept_text,
    one_line,
    unique,
)
from connect_cli.exchange.values import TOO_MANY, Contact, Found, Yearly
from connect_cli.language.dates import read_birthday
from connect_cli.language.words import fold
from connect_cli.reports import Unread

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these at the beginning, a spreadsheet takes a cell for a formula."""

_WITHIN = re.compile(r"([;\r\n]\s*)('*[=+\-@])")
_MARKED = re.compile(r"([;\r\n]\s*)'('*[=+\-@])")

FIELDS = (
    *("name", "first", "middle", "last", "nickname", "email", "phone", "url", "birthday"),
    *("anniversary", "city", "company", "title", "note", "tags", "every", "uid"),
)
_GOOGLE = {
    "name": "name",
    "first name": "first",
    "given name": "first",
    "middle name": "middle",
    "additional name": "middle",
    "last name": "last",
    "family name": "last",
    "nickname": "nickname",
    "birthday": "birthday",
    "anniversary": "anniversary",
    "notes": "note",
    "labels": "tags",
    "group membership": "tags",
    "categories": "tags",
    "category": "tags",
    "organization name": "company",
    "company": "company",
    "organization title": "title",
    "job title": "title",
    "title": "title",
    "e-mail address": "email",
    "email": "email",
    "email address": "email",
    "phone": "phone",
    "mobile phone": "phone",
    "home phone": "phone",
    "business phone": "phone",
    "primary phone": "phone",
    "home city": "city",
    "city": "city",
    "web page": "url",
    "personal web page": "url",
    "website": "url",
    "note": "note",
    "tags": "tags",
    "aliases": "nickname",
}
_NUMBERED = (
    (r"e-?mail \d+ - value|e-mail \d+ address", "email"),
    (r"phone \d+ - value|(?:home|business) phone \d+", "phone"),
    (r"website \d+ - value", "url"),
    (r"organization 1 - name", "company"),
    (r"organization 1 - title", "title"),
    (r"address 1 - city", "city"),
    (r"event \d+ - (?:label|type)", "event label"),
    (r"event \d+ - value", "event"),
    (r"relation \d+ - (?:label|type)", "relation label"),
    (r"relation \d+ - value", "relation"),
    (r"custom field \d+ - (?:label|type)", "custom label"),
    (r"custom field \d+ - value", "custom"),
)
_PAIRED = tuple(
    name for sort in ("event", "relation", "custom") for name in (f"{sort} label", sort)
)
"""Fields whose cells belong together, even if they are empty."""

_UNTOLD = re.compile(r" - (label|type)$|^(photo|file as|e-mail (2 |3 )?(type|display name))$")
"""Columns to ignore: the label of the next column, or the name again."""

_OUTLOOK = "e-mail address"
MOST_WASTED = 64 * LONGEST_LINE
"""The most letters to read again after broken records, before the rest is given up."""

_NO_TAGS = frozenset({"mycontacts", "starred"})
_YEARLY_DAYS = ("birthday", "anniversary")
_NO_DATE = frozenset({"0/0/00", "00/00/00", ""})


def begins(first: bytes) -> bool:
    """Whether a file begins with the headings of a list of people."""
    line = decoded(first).lstrip("\ufeff").splitlines()[:1]
    fields = set(_mapped(_cells(line[0]), {}).values()) if line else set()
    return bool(fields & {"name", "first", "last"}) and len(fields) > 1


def read(content: bytes, file: str = "", wanted: Mapping[str, str] | None = None) -> Found:
    """The people of a table. wanted: the heading of each field that `--map` names."""
    found = Found()
    where = f"{file}, " if file else ""
    text = decoded(content).lstrip("\ufeff")
    records = _records(text)
    _, headings = next(records, (1, []))
    if isinstance(headings, csv.Error):
        found.unread.append(Unread(f"{where}line 1", str(headings)))
        return found
    columns = _mapped(headings, wanted or {})
    used: set[int] = set()
    for line, row in records:
        place = f"{where}line {line}"
        if isinstance(row, csv.Error):
            found.unread.append(Unread(place, str(row)))
            continue
        if found.is_full:
            found.unread.append(Unread(place, TOO_MANY))
            break
        used.update(number for number, cell in enumerate(row[: len(headings)]) if cell.strip())
        if any(cell.strip() for cell in row):
            _take(found, _by_field(row, columns), place, outlook=_is_outlook(headings))
    told = (one_line(headings[number]) for number in sorted(used - columns.keys()))
    if others := [heading for heading in told if not _UNTOLD.search(fold(heading))]:
        found.remarks.append(f"{where}columns not imported: {', '.join(others)}")
    return found


def _records(text: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Each record with the line where it begins, or the error in it.

    After a broken record the next line is tried, so that a quote that is never closed does not
    swallow the rest.
    """
    csv.field_size_limit(LONGEST_LINE)
    lines, separator = list(io.StringIO(text, newline="")), _separator(text)
    start = wasted = 0
    while start < len(lines):
        reader = csv.reader(_from(lines, start), delimiter=separator, strict=True)
        base = start
        try:
            for row in reader:
                yield start + 1, row
                start = base + reader.line_num
        except csv.Error as error:
            yield start + 1, error
            wasted += sum(map(len, lines[start : base + reader.line_num]))
        else:
            return
        if wasted > MOST_WASTED:
            yield (
                start + 2,
                csv.Error("everything from here on: too much before it could not be read"),
            )
            return
        start += 1


def _from(lines: Sequence[str], start: int) -> Iterator[str]:
    return (lines[number] for number in range(start, len(lines)))


def chosen(words: str) -> dict[str, str]:
    """The heading of each field in `--map name=Full name,every=How often`.

    Raises NotUnderstood.
    """
    wanted = {}
    for part in words.split(","):
        name, equals, heading = part.partition("=")
        name = name.strip().casefold()
        if not equals or name not in FIELDS or not heading.strip():
            raise NotUnderstood(
                f"--map cannot read '{part.strip()}'",
                f"write FIELD=HEADING; the fields are: {', '.join(FIELDS)}",
            )
        wanted[name] = heading.strip()
    return wanted


def written(rows: Iterable[Sequence[str]], *, raw: bool) -> Iterator[str]:
    """Lines of CSV. Unless raw, no cell can be taken for a formula."""
    for row in rows:
        line = io.StringIO()
        cells = row if raw else [safe(cell) for cell in row]
        csv.writer(line, lineterminator="\r\n").writerow(cells)
        yield line.getvalue()


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, marked so that `plain` can undo it.

    Many spreadsheets split cells at a semicolon or a line break, even in quotes.
    """
    marked = f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell
    return _WITHIN.sub(r"\1'\2", marked)


def plain(cell: str) -> str:
    """A cell without the quotes that `safe` adds."""
    inner = _MARKED.sub(r"\1\2", cell)
    return inner[1:] if inner[:1] == "'" and inner.lstrip("'").startswith(FORMULA) else inner


def _cells(line: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=_separator(line)), [])
    except csv.Error:
        return []


def _separator(text: str) -> str:
    """The separator of the headings: the most frequent of comma, semicolon and tab."""
    line = text.split("\n", 1)[0]
    return max(",;\t", key=line.count)


def _mapped(headings: Sequence[str], wanted: Mapping[str, str]) -> dict[int, str]:
    """The field of each column. Raises NotUnderstood for a heading that does not exist."""
    folded = [fold(heading.strip().lstrip("\ufeff")) for heading in headings]
    columns = {}
    for place, heading in enumerate(folded):
        form_of_address = heading == "title" and ("job title" in folded or _is_outlook(headings))
        if (name := _field(heading)) is not None and not form_of_address:
            columns[place] = name
    for name, heading in wanted.items():
        if fold(heading) not in folded:
            raise NotUnderstood(
                f"there is no column '{heading}'", f"the columns are: {', '.join(headings)}"[:300]
            )
        columns[folded.index(fold(heading))] = name
    return columns


def _is_outlook(headings: Sequence[str]) -> bool:
    return any(fold(one.strip()) == _OUTLOOK for one in headings)


def _field(heading: str) -> str | None:
    if heading in _GOOGLE:
        return _GOOGLE[heading]
    return next((name for shape, name in _NUMBERED if re.fullmatch(shape, heading)), None)


def _by_field(row: Sequence[str], columns: Mapping[int, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in (*FIELDS, *_PAIRED)}
    for place, cell in enumerate(row):
        name = columns.get(place)
        value = plain(cell).strip()
        if name is None or (not value and name not in _PAIRED):
            continue
        several = name in ("email", "phone", "url", "tags", "nickname")
        found[name] += (
            re.split(r" ::: |[;\n]" if name != "url" else r" ::: ", value) if several else [value]
        )
    return found


def _take(found: Found, cells: Mapping[str, list[str]], place: str, *, outlook: bool) -> None:
    together = " ".join(part for name in ("first", "middle", "last") for part in cells[name][:1])
    names = (*cells["name"], together, *cells["nickname"], *cells["company"], *cells["email"])
    name = next(filter(None, map(kept_name, names)), "")
    if not name:
        found.unread.append(Unread(place, "it has no name"))
        return
    occasions: dict[str, Yearly] = {}
    for label, text in _occasions(cells):
        if label not in _YEARLY_DAYS:
            found.unread.append(
                Unread(place, f"event: '{label}' is not a birthday or an anniversary")
            )
        elif (day := _day(text, outlook=outlook)) is not None:
            occasions.setdefault(label, day)
        elif text not in _NO_DATE:
            found.unread.append(Unread(place, f"the {label} is not a day", text))
    words = (word.removeprefix("*").strip() for word in cells["tags"])
    found.contacts.append(
        Contact(
            name=name,
            place=place,
            uid=one_line(next(iter(cells["uid"]), "")),
            aliases=tuple(one for one in unique(map(kept_name, cells["nickname"])) if one != name),
            emails=unique(_right(found, place, "email", cells["email"])),
            phones=unique(_right(found, place, "phone", cells["phone"])),
            urls=unique(map(one_line, cells["url"])),
            occasions=tuple(occasions.items()),
            details=tuple(_details(cells, name).items()),
            tags=unique(kept_tag(word) for word in words if fold(word) not in _NO_TAGS),
            every=one_line(next(iter(cells["every"]), "")),
            is_firm=_is_of_firm(cells, name),
        )
    )


def _is_of_firm(cells: Mapping[str, list[str]], name: str) -> bool:
    """Whether a row is of a firm: nobody has a first or last name there."""
    company = next(iter(cells["company"]), "")
    return kept_name(company) == name and not any(cells[part] for part in ("first", "last"))


def _occasions(cells: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yearly days: those with their own column, and Google's events."""
    for label in _YEARLY_DAYS:
        yield from ((label, text) for text in cells[label][:1])
    yield from _pairs(cells, "event")


def _details(cells: Mapping[str, list[str]], name: str) -> dict[str, str]:
    """The details of a contact; a company is not listed as its own company."""
    found: dict[str, str] = {}
    for label in ("city", "company", "title", "note"):
        for text in cells[label][:1]:
            value = kept_text(text) if label == "note" else one_line(text)
            if label != "company" or value != name:
                found[label] = value
    for label, text in (*_pairs(cells, "relation"), *_pairs(cells, "custom")):
        found.setdefault(kept_name(label) or "related", one_line(text))
    return {label: value for label, value in found.items() if value}


def _pairs(cells: Mapping[str, list[str]], sort: str) -> Iterator[tuple[str, str]]:
    """Google's label for something, and its value: `Anniversary`, `Spouse`, a custom word."""
    for said, text in zip(cells[f"{sort} label"], cells[sort], strict=False):
        if text:
            yield one_line(said.removeprefix("*"))[:40].strip().casefold(), text


def _right(found: Found, place: str, sort: str, values: Iterable[str]) -> Iterator[str]:
    """Valid addresses or numbers; others are reported as unread."""
    for said in filter(None, map(one_line, values)):
        if value := kept_point(sort, said):
            yield value
        else:
            found.unread.append(Unread(place, f"the {sort} is not valid", said))


def _day(text: str, *, outlook: bool) -> Yearly | None:
    """A yearly day, as other programs write it or as `connect edit` reads it.

    In Outlook's `12/10/1815` the month comes first if it can.
    """
    if (day := day_of_year(text.strip())) is not None:
        return day
    if match := re.fullmatch(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4})", text.strip()):
        one, other, year = match[1], match[3], match[4]
        day_first = match[2] == "." or int(one) > 12
        if not (outlook or day_first or int(other) > 12 or one == other):
            return None
        month, day_number = (other, one) if day_first else (one, other)
        return day_of_year(f"{year}-{int(month):02}-{int(day_number):02}")
    try:
        return read_birthday(text, date.max) if re.search(r"\d", text) else None
    except NotUnderstood:
        return None
