"""The records in a YAML file, with every value as the text that was written.

PyYAML reads the file event by event. No value becomes a day, a number or an object; aliases and
values with a tag are refused, so that a small file cannot grow in memory.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import yaml  # noqa: TID253  # this file is loaded late

from connect_cli.errors import NotThisFormat
from connect_cli.exchange.normalise import LONGEST_LINE, one_line

DEEPEST = 20
"""How deeply lists and records may be nested: beyond that, PyYAML takes for ever."""

SHOWN = 40
"""The most letters of a name to show."""

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The loader in C, if it is installed, is ten times as fast."""

_NOTHING = ("null", "Null", "NULL", "~", "")
_TEXT = (None, "!", "tag:yaml.org,2002:str")
"""The tags of a text: none, or that of a string."""

Events = Iterator[yaml.Event]


class Record(NamedTuple):
    """One record of a list. line: where it begins. wrong: why it cannot be read, or empty."""

    line: int
    values: Mapping[str, str]
    wrong: str = ""


def records(text: str, where: str) -> Iterator[Record]:
    """The records of every list at the top of the document.

    Raises NotThisFormat, naming the line, if it is not YAML or nested too deeply.
    """
    if strange := yaml.reader.Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, strange.start()) + 1
        raise NotThisFormat(f"{where}, line {line}: it has a control character")
    line = 1
    try:
        for record in _lists(yaml.parse(text, Loader=_LOADER)):
            line = record.line
            yield record
    except _TooDeep as error:
        raise NotThisFormat(f"{where}, line {error}: it is nested too deeply") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else line
        too_deep = "exceeded" in str(error.problem)  # what the loader in C says of depth
        reason = "it is nested too deeply" if too_deep else "this is not YAML"
        raise NotThisFormat(f"{where}, line {line}: {reason}") from None
    except (ValueError, OverflowError):  # `\UFFFFFFFF`, without the loader in C
        raise NotThisFormat(
            f"{where}, after line {line}: it has a character that does not exist"
        ) from None


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
            yield Record(line, {}, "this is not a record")


def _record(line: int, events: Events) -> Record:
    values: dict[str, str] = {}
    wrong = ""
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        name, value = _text(event, events), _text(next(events), events)
        if name is None or value is None:
            wrong = wrong or f"'{one_line(name or '')[:SHOWN]}' is not text"
        elif name in values:
            wrong = wrong or f"'{one_line(name)[:SHOWN]}' is there twice"
        else:
            values[name] = value
    return Record(line, values, wrong)


def _text(event: yaml.Event, events: Events) -> str | None:
    """The text at this event; None for anything else, which is skipped."""
    if not isinstance(event, yaml.ScalarEvent):
        _pass_over(event, events)
        return None
    if event.tag not in _TEXT or len(event.value) > LONGEST_LINE:
        return None
    is_nothing = event.implicit[0] and event.value in _NOTHING
    return "" if is_nothing else str(event.value)


def _pass_over(event: yaml.Event, events: Events) -> None:
    """Skip everything that begins with this event."""
    depth = _step(event)
    while depth:
        inner = next(events)
        depth += _step(inner)
        if depth > DEEPEST:
            raise _TooDeep(_line(inner))


def _step(event: yaml.Event) -> int:
    """1 if a list or record begins, -1 if one ends, else 0."""
    begins = isinstance(event, yaml.CollectionStartEvent)
    return begins - isinstance(event, yaml.CollectionEndEvent)


def _line(event: yaml.Event) -> int:
    """The line of an event; PyYAML counts from zero."""
    return event.start_mark.line + 1 if event.start_mark else 1
