"""The records of the lists in a YAML file, every value as the text that was written; by PyYAML.

The file is read event by event. Nothing becomes a day, a number or an object; what refers to
another place or has a type of its own is no text here, so that a small file stays small.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import yaml  # noqa: TID253  # this file is loaded late

from connect_cli.errors import NotThisFormat
from connect_cli.exchange.normalise import LONGEST_LINE, one_line

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
