"""CSV: the lists of Google, Outlook and others in, people and interactions out."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from connect_cli.errors import NotUnderstood
from connect_cli.exchange.csv_headings import (
    FIELDS,
    OWN_FIELDS,
    PAIRED,
    cells_of,
    heading_line,
    is_ignored,
    is_outlook,
    mapped,
    names_people,
    separator,
)
from connect_cli.exchange.death_days import death_text, is_death
from connect_cli.exchange.normalise import (
    LONGEST_LINE,
    day_of_year,
    kept_group,
    kept_label,
    kept_name,
    kept_point,
    kept_text,
    one_line,
    unclear_day,
    unique,
)
from connect_cli.exchange.places import Address, placed, with_home
from connect_cli.exchange.values import TOO_MANY, Contact, Found, Related, Yearly
from connect_cli.language.calendar import yearly_text
from connect_cli.language.dates import read_birthday, two_days
from connect_cli.language.words import fold, name_words
from connect_cli.library_errors import csv_reason
from connect_cli.reports import Unread
from connect_cli.text_encodings import decoded

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these at the beginning, a spreadsheet takes a cell for a formula."""

_WITHIN = re.compile(r"([;\r\n]\s*)('*[=+\-@])")
_MARKED = re.compile(r"([;\r\n]\s*)'('*[=+\-@])")

MOST_WASTED = 64 * LONGEST_LINE
"""The most letters to read again after broken records, before the rest is given up."""

_YEARLY_DAYS = ("birthday", "anniversary")
_DETAILS = ("company", "title", "note", "connected")
_PARTS = ("street", "city", "region", "postcode", "country")
_SEVERAL = ("email", "phone", "url", "tags", "nickname")
_NO_DATE = re.compile(r"0+([/.-]0+)+|0?1/0?1/4501")
"""What Outlook writes for no day."""

_PICTURES = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff][\u200d\ufe0f]*")
_GENERATIONS = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv"})


def begins(first: bytes) -> bool:
    """Whether a file begins with the headings of a list of people, perhaps after a preamble."""
    lines = _lines(first)
    return bool(lines) and names_people(cells_of(lines[heading_line(lines, {})]))


def read(content: bytes, file: str = "", wanted: Mapping[str, str] | None = None) -> Found:
    """The people of a table. wanted: the heading of each field that `--map` names."""
    found = Found()
    where = f"{file}, " if file else ""
    lines = _lines(content)
    start = heading_line(lines, wanted or {})
    records = _records(lines, start)
    first, headings = next(records, (1, []))
    if isinstance(headings, str):
        found.unread.append(Unread(f"{where}line {first}", headings))
        return found
    table = _Table(found, mapped(headings, wanted or {}), outlook=is_outlook(headings))
    used: set[int] = set()
    for line, row in records:
        place = f"{where}line {line}"
        if isinstance(row, str):
            found.unread.append(Unread(place, row))
            continue
        if found.is_full:
            found.unread.append(Unread(place, TOO_MANY))
            break
        used.update(number for number, cell in enumerate(row[: len(headings)]) if cell.strip())
        if any(cell.strip() for cell in row[len(headings) :]):
            reason = f"it has {len(row)} cells, and the table {len(headings)} columns"
            found.unread.append(Unread(place, reason))
        if any(cell.strip() for cell in row):
            table.take(row, place)
    if any(line.strip() for line in lines[:start]):
        found.remarks.append(f"{where}line {first}: the table begins here")
    found.remarks += (f"{where}{remark}" for remark in table.settle_days())
    told = (one_line(headings[number]) for number in sorted(used - table.columns.keys()))
    if others := [heading for heading in told if not is_ignored(heading)]:
        found.remarks.append(f"{where}columns not imported: {', '.join(others)}")
    return found


def _lines(content: bytes) -> list[str]:
    return list(io.StringIO(decoded(content).lstrip("\ufeff"), newline=""))


def _records(lines: Sequence[str], start: int) -> Iterator[tuple[int, list[str] | str]]:
    """Each record from a line on, with the line where it begins, or why it cannot be read.

    After a broken record the next line is tried, so that a quote that is never closed does not
    swallow the rest.
    """
    csv.field_size_limit(LONGEST_LINE)
    between = separator(lines[start]) if lines else ","
    wasted = 0
    while start < len(lines):
        reader = csv.reader(_from(lines, start), delimiter=between, strict=True)
        base = start
        try:
            for row in reader:
                yield start + 1, row
                start = base + reader.line_num
        except csv.Error as error:
            yield start + 1, csv_reason(error)
            wasted += sum(map(len, lines[start : base + reader.line_num]))
        else:
            return
        if wasted > MOST_WASTED:
            yield start + 2, "everything from here on: too much before it could not be read"
            return
        start += 1


def _from(lines: Sequence[str], start: int) -> Iterator[str]:
    return (lines[number] for number in range(start, len(lines)))


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


class _Table:
    """A table that is read row by row; contacts and what cannot be read go to `found`.

    Outlook writes the days of a whole table in one order, but not which. A day that could be two
    waits until the table ends: if another one can only be read in one order, that is the order.
    """

    def __init__(self, found: Found, columns: Mapping[int, str], *, outlook: bool) -> None:
        self._found, self.columns, self._outlook = found, columns, outlook
        self._proofs: dict[int, str] = {}
        self._unclear: list[tuple[int, str, str]] = []

    def take(self, row: Sequence[str], place: str) -> None:
        """Add the contact of a row."""
        cells = self._by_field(row)
        name, aliases = _names(cells)
        addresses, lives_in = _placed(cells)
        if not name:
            self._unread(place, "it names nobody")
            return
        for label in ("name", "first", "last", *_YEARLY_DAYS, "city", *_DETAILS):
            for said in () if label == "note" else cells[label][1:]:
                if said != cells[label][0]:
                    self._unread(place, f"a second {label} is not imported", said)
        self._found.contacts.append(
            Contact(
                name=name,
                place=place,
                uid=one_line(next(iter(cells["uid"]), "")),
                aliases=aliases,
                emails=unique(self._right(place, "email", cells["email"])),
                phones=unique(self._right(place, "phone", cells["phone"])),
                urls=unique(map(one_line, cells["url"])),
                addresses=addresses,
                occasions=tuple(self._days(cells, place).items()),
                died=self._died(cells, place),
                related=tuple(_related(cells)),
                details=tuple(_details(cells, name, lives_in).items()),
                tags=unique(map(kept_group, cells["tags"])),
                every=one_line(next(iter(cells["every"]), "")),
                is_firm=_is_of_firm(cells, name),
            )
        )

    def _by_field(self, row: Sequence[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {name: [] for name in (*FIELDS, *OWN_FIELDS, *PAIRED)}
        for place, cell in enumerate(row):
            name = self.columns.get(place)
            value = plain(cell).strip()
            if name is None or (not value and name not in PAIRED):
                continue
            between = r" ::: |[;\n]" if name != "url" else r" ::: "
            found[name] += re.split(between, value) if name in _SEVERAL else [value]
        return found

    def _days(self, cells: Mapping[str, list[str]], place: str) -> dict[str, Yearly]:
        """The yearly days of a row, without those that could be two."""
        found: dict[str, Yearly] = {}
        for label, text in _occasions(cells):
            if _NO_DATE.fullmatch(text):
                continue
            if is_death(label):
                continue
            if not label:
                self._unread(place, "an event has no label", one_line(text))
            elif (day := _day(text)) is not None:
                found.setdefault(label, day)
                self._prove(text)
            elif self._outlook and two_days(text):
                self._unclear.append((len(self._found.contacts), label, text))
            else:
                self._tell_day(place, label, text)
        return found

    def _died(self, cells: Mapping[str, list[str]], place: str) -> str:
        """The day of a death, which stands among Google's events."""
        said = [text.strip() for label, text in _pairs(cells, "event") if is_death(label)]
        for text in said[:1]:
            if days := two_days(text):
                self._tell_day(place, "day of death", text)
                return f"{days[0].year:04}"
            day = _day(text)
            return death_text(text) if day is None else yearly_text(*day, unknown="--")
        return ""

    def _tell_day(self, place: str, label: str, text: str) -> None:
        reason = "not clear" if two_days(text) else "not a day"
        self._unread(place, f"the {label} is {reason}", unclear_day(text))

    def _prove(self, text: str) -> None:
        """Remember a day that is possible in one order only. 0: day first, 1: month first."""
        if match := re.fullmatch(r"([0-9]{1,2})([/-])([0-9]{1,2})\2[0-9]{4}", text):
            day_first, month_first = int(match[1]) > 12, int(match[3]) > 12
            if day_first or month_first:
                self._proofs.setdefault(int(month_first), text)

    def settle_days(self) -> Iterator[str]:
        """Read the days that could be two, if the table proves how; gives a remark about it."""
        order = next(iter(self._proofs)) if len(self._proofs) == 1 else None
        for number, label, text in self._unclear:
            contact = self._found.contacts[number]
            if order is None or (days := two_days(text)) is None:
                self._tell_day(contact.place, label, text)
                continue
            day = days[order]
            known = {label: (day.year, day.month, day.day), **dict(contact.occasions)}
            self._found.contacts[number] = replace(contact, occasions=tuple(known.items()))
        if self._unclear and order is not None:
            first = ("day", "month")[order]
            one, proof = self._unclear[0][2], self._proofs[order]
            yield f"days are read with the {first} first, such as {one}, because of {proof}"

    def _right(self, place: str, sort: str, values: Iterable[str]) -> Iterator[str]:
        """Valid addresses or numbers; others are reported as unread."""
        for said in filter(None, map(one_line, values)):
            if value := kept_point(sort, said):
                yield value
            else:
                self._unread(place, f"the {sort} is not valid", said)

    def _unread(self, place: str, reason: str, said: str = "") -> None:
        self._found.unread.append(Unread(place, reason, said))


def _names(cells: Mapping[str, list[str]]) -> tuple[str, tuple[str, ...]]:
    """The name of a row and its aliases; an empty name if it names nobody.

    What people put behind their name on the web (`Lovelace, PhD 🚀`) only stays in an alias.
    """
    parts = [cells[label][0] if cells[label] else "" for label in ("first", "middle", "last")]
    whole, shown = (" ".join(cells[label][:1]) for label in ("name", "shown"))
    if whole and parts[0] and not parts[2] and fold(parts[0]) not in fold(whole):
        parts[2], whole = whole, ""  # `Name` beside `Vorname` is the family name
    together, as_written = " ".join(map(_unadorned, parts)), " ".join(parts)
    emails = (kept_point("email", said) for said in cells["email"])
    others = (*cells["nickname"], *cells["company"], *emails)
    name = next(filter(None, map(kept_name, (whole, together, shown, *others))), "")
    written = () if whole else (as_written,)
    apart = [one for one in (*written, shown) if "@" not in one and _is_other(one, name)]
    aliases = map(kept_name, (*cells["nickname"], *apart))
    return name, unique(alias for alias in aliases if alias != name)


def _is_other(alias: str, name: str) -> bool:
    """Whether an alias is more than the words of a name in another order."""
    return sorted(name_words(alias)) != sorted(name_words(name))


def _unadorned(name: str) -> str:
    """A part of a name without pictures, and without degrees after a comma."""
    first, *after = name.split(",")
    kept = [part for part in after if fold(part).strip(" .") in _GENERATIONS]
    text = ",".join([first, *kept])
    bare = _PICTURES.sub(" ", text)
    return " ".join(bare.split()) if bare.strip() else name


def _is_of_firm(cells: Mapping[str, list[str]], name: str) -> bool:
    """Whether a row is of a firm: nobody has a first or last name there."""
    company = next(iter(cells["company"]), "")
    return kept_name(company) == name and not any(cells[part] for part in ("first", "last"))


def _occasions(cells: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yearly days: those with their own column or three of them, and Google's events."""
    for label in _YEARLY_DAYS:
        yield from ((label, text) for text in cells[label][:1])
    year, month, day = ("".join(cells[f"birth {part}"][:1]) for part in ("year", "month", "day"))
    if all(re.fullmatch(r"[0-9]{1,2}", part) for part in (month, day)):
        yield "birthday", f"{year.zfill(4) if year else '--'}-{month:0>2}-{day:0>2}"
    elif year or month or day:
        yield "birthday", "-".join(filter(None, (year, month, day)))
    yield from _pairs(cells, "event")


def _placed(cells: Mapping[str, list[str]]) -> tuple[tuple[str, ...], str]:
    """The address of a row, or the place alone."""

    def first(name: str) -> str:
        return next(iter(cells[name]), "")

    if written := first("address"):
        return placed([Address(written)])
    street, city, region, postcode, country = map(first, _PARTS)
    return placed([Address(street, city, region, postcode, country)])


def _details(cells: Mapping[str, list[str]], name: str, lives_in: str) -> dict[str, str]:
    """The details of a contact; a company is not listed as its own company."""
    found: dict[str, str] = {}
    with_home(found, lives_in)
    for label in _DETAILS:
        text = "\n".join(cells[label] if label == "note" else cells[label][:1])
        value = kept_text(text) if label == "note" else one_line(text)
        if label != "company" or value != name:
            found[label] = value
    for label, text in _pairs(cells, "custom"):
        found.setdefault(kept_name(label) or "related", one_line(text))
    return {label: value for label, value in found.items() if value}


def _related(cells: Mapping[str, list[str]]) -> Iterator[Related]:
    """Who is near somebody: `Spouse`, `Grace Hopper`."""
    for label, text in _pairs(cells, "relation"):
        if name := one_line(text):
            yield Related(kept_label(label), name)


def _pairs(cells: Mapping[str, list[str]], sort: str) -> Iterator[tuple[str, str]]:
    """Google's label for something, and its value: `Anniversary`, `Spouse`, a custom word."""
    for said, text in zip(cells[f"{sort} label"], cells[sort], strict=False):
        if text:
            yield one_line(said.removeprefix("*"))[:40].strip().lower(), text


def _day(text: str) -> Yearly | None:
    """A yearly day, as other programs write it or as `connect edit` reads it."""
    if (day := day_of_year(text.strip())) is not None:
        return day
    try:
        return read_birthday(text, date.max) if re.search(r"\d", text) else None
    except NotUnderstood:
        return None
