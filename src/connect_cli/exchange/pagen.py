"""pagen: what `pagen export contacts` writes, people in YAML with the day of their last contact."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import yaml

from connect_cli.errors import NeedsExtra
from connect_cli.exchange.normalise import (
    LONGEST_LINE,
    day_of,
    decoded,
    kept_name,
    kept_text,
    one_line,
)
from connect_cli.exchange.values import TOO_MANY, Contact, Found, NotThisFormat
from connect_cli.language.contact import is_email, is_phone
from connect_cli.views import Happening, Unread

NOT_PEOPLE = frozenset({"domain", "industry", "stage"})
"""What only companies and deals have."""

_TOOL = re.compile(r"^tool: *[\"']?pagen[\"']? *$", re.MULTILINE)
_PAGE = re.compile(r"# Pagen Export - ")
_EARLIEST = date(1900, 1, 1)
"""A moment that was never set is written as the first of all."""


def begins(first: bytes) -> bool:
    """Whether a file begins as an export of pagen does."""
    text = decoded(first).lstrip("\ufeff")
    return _PAGE.match(text) is not None or _TOOL.search(text) is not None


def read(content: bytes, file: str = "") -> Found:
    """People, and when they were last contacted; companies and deals have no place here.

    Raises NotThisFormat for what is no YAML, NeedsExtra when PyYAML is not installed.
    """
    found = Found()
    where = file or "the file"
    text = decoded(content).lstrip("\ufeff")
    if not _TOOL.search(text):
        reason = "it is a page to read; take in what 'pagen export contacts --format yaml' writes"
        found.unread.append(Unread(where, reason if _PAGE.match(text) else "it is no export"))
        return found
    left = 0
    for record in _records(text, where):
        place = f"{where}, line {record.line}"
        if found.is_full:
            found.unread.append(Unread(place, TOO_MANY))
            break
        if record.wrong:
            found.unread.append(Unread(place, record.wrong))
        elif NOT_PEOPLE & record.values.keys():
            left += 1
        else:
            _take(found, record.values, place)
    if left:
        found.unread.append(Unread(where, f"companies and deals are left out: {left}"))
    return found


def _take(found: Found, values: Mapping[str, str], place: str) -> None:
    said = {name.replace("_", ""): value for name, value in values.items()}
    name = kept_name(said.get("name", ""))
    if not name:
        found.unread.append(Unread(place, "it names nobody"))
        return
    email, phone = one_line(said.get("email", "")), one_line(said.get("phone", ""))
    contact = Contact(
        name=name,
        place=place,
        uid=one_line(said.get("id", "")),
        emails=(email,) if is_email(email) else (),
        phones=(phone,) if is_phone(phone) else (),
        details=tuple(_details(said)),
    )
    found.contacts.append(contact)
    day = day_of(said.get("lastcontactedat", ""))
    if day is not None and day >= _EARLIEST:
        key = f"{contact.uid or name}\0{day}"
        found.happenings.append(Happening(key, day, (name,), place))


def _details(said: Mapping[str, str]) -> list[tuple[str, str]]:
    details = (
        ("company", one_line(said.get("companyname", ""))),
        ("note", kept_text(said.get("notes", ""))),
    )
    return [(label, value) for label, value in details if value]


def _records(text: str, where: str) -> "Iterator[Record]":
    try:
        pass  # noqa: PLC0415  # an extra, rarely needed
    except ImportError:
        raise NeedsExtra("reading the files of pagen needs", "yaml") from None
    return records(text, where)


DEEPEST = 20
"""How many lists and records may stand within each other: of more, PyYAML takes for ever."""

SHOWN = 40
"""Letters of a name that are shown."""

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The one written in C is ten times as fast, where it is."""

_NOTHING = ("null", "Null", "NULL", "~", "")
_TEXT = (None, "!", "tag:yaml.org,2002:str")
"""The types of a text: none, or one that says that it is a text."""

Events = Iterator[yaml.Event]


class Record(NamedTuple):
    """One record of a list. line: where it begins. wrong: why it cannot be read, or nothing."""

    line: int
    values: Mapping[str, str]
    wrong: str = ""


def records(text: str, where: str) -> Iterator[Record]:
    """The records of every list that stands in the document itself.

    Raises NotThisFormat, naming the line, for what is no YAML or is nested beyond reason.
    """
    if strange := yaml.reader.Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, strange.start()) + 1
        raise NotThisFormat(f"{where}, line {line}: a control character stands there")
    line = 1
    try:
        for record in _lists(yaml.parse(text, Loader=_LOADER)):
            line = record.line
            yield record
    except _TooDeep as error:
        raise NotThisFormat(f"{where}, line {error}: it is nested beyond reason") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else line
        raise NotThisFormat(f"{where}, line {line}: this is no YAML: {error.problem}") from None
    except (ValueError, OverflowError):  # `\UFFFFFFFF`, without the loader in C
        raise NotThisFormat(f"{where}, after line {line}: there is no such letter") from None


class _TooDeep(Exception):
    """Raised with the number of a line."""


def _lists(events: Events) -> Iterator[Record]:
    depth = 0
    for event in events:
        if depth == 1 and isinstance(event, yaml.SequenceStartEvent):
            yield from _list(events)
        elif depth == 1 and isinstance(event, yaml.MappingStartEvent):
            _pass_over(event, events)
        else:
            depth += _step(event)


def _list(events: Events) -> Iterator[Record]:
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            return
        line = _line(event)
        if isinstance(event, yaml.MappingStartEvent):
            yield _record(line, events)
        else:
            _pass_over(event, events)
            yield Record(line, {}, "it is no record")


def _record(line: int, events: Events) -> Record:
    values: dict[str, str] = {}
    wrong = ""
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        name, value = _text(event, events), _text(next(events), events)
        if name is None or value is None:
            wrong = wrong or f"'{one_line(name or '')[:SHOWN]}' is no text"
        elif name in values:
            wrong = wrong or f"'{one_line(name)[:SHOWN]}' stands twice"
        else:
            values[name] = value
    return Record(line, values, wrong)


def _text(event: yaml.Event, events: Events) -> str | None:
    """What stands there as text; None for anything else, which is passed over."""
    if not isinstance(event, yaml.ScalarEvent):
        _pass_over(event, events)
        return None
    if event.tag not in _TEXT or len(event.value) > LONGEST_LINE:
        return None
    is_nothing = event.implicit[0] and event.value in _NOTHING
    return "" if is_nothing else str(event.value)


def _pass_over(event: yaml.Event, events: Events) -> None:
    """Go on behind what begins with this event."""
    depth = _step(event)
    while depth:
        inner = next(events)
        depth += _step(inner)
        if depth > DEEPEST:
            raise _TooDeep(_line(inner))


def _step(event: yaml.Event) -> int:
    """Whether a list or record begins, 1, or ends, -1."""
    begins = isinstance(event, yaml.CollectionStartEvent)
    return begins - isinstance(event, yaml.CollectionEndEvent)


def _line(event: yaml.Event) -> int:
    """Where an event stands; PyYAML counts from zero."""
    return event.start_mark.line + 1 if event.start_mark else 1
