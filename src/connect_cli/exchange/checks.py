"""What each column of the journal may hold when it comes from a file."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from connect_cli.errors import NotUnderstood
from connect_cli.language.names import check_name
from connect_cli.language.rules import check_rule
from connect_cli.model import Cadence, Counts, Direction, Energy, Kind, Owed

Check = Callable[[Any], Any]

_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{12}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_MOMENT = re.compile(rf"{_DAY.pattern}T{_TIME.pattern}:[0-5][0-9]\.[0-9]{{3}}\+00:00")
_SURROGATE = re.compile("[\ud800-\udfff]")
NEVER = "never"


def text(value: Any) -> str:
    """Any text that can be kept. Raises NotUnderstood, as every check here does."""
    if not isinstance(value, str):
        raise NotUnderstood("not a text")
    if _SURROGATE.search(value):
        raise NotUnderstood("holds half a character")
    return value


def _text_or_nothing(value: Any) -> str:
    """A text that older files do not have."""
    return "" if value is None else text(value)


def row_id(value: Any) -> str:
    """The id of a row: twelve characters of Crockford's base 32."""
    return _shaped(value, _ID, "an id")


@lru_cache(maxsize=4096)
def _day(value: str) -> str:
    if not _DAY.fullmatch(value):
        raise NotUnderstood("not a day")
    try:
        date.fromisoformat(value)
    except ValueError:
        raise NotUnderstood("not a day that there is") from None
    return value


def day(value: Any) -> str:
    """A day as ISO text."""
    return _day(text(value))


def moment(value: Any) -> str:
    """A moment in UTC, to the millisecond, as the journal stores it."""
    return _moment(text(value))


@lru_cache(maxsize=4096)
def _moment(value: str) -> str:
    _shaped(value, _MOMENT, "a moment")
    try:
        datetime.fromisoformat(value)
    except ValueError:
        raise NotUnderstood("not a moment that there is") from None
    return value


def _shaped(value: Any, shape: re.Pattern[str], what: str) -> str:
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise NotUnderstood(f"not {what}")
    return value


def _name(value: Any) -> str:
    given = text(value)
    if check_name(given) != given:
        raise NotUnderstood("a name has no blanks around it")
    return given


def _filled(value: Any) -> str:
    if not text(value).strip():
        raise NotUnderstood("empty")
    return str(value)


def _word(value: Any) -> str:
    if len(text(value).split()) != 1 or value != value.strip():
        raise NotUnderstood("not one word")
    return str(value)


@lru_cache(maxsize=256)
def _cadence_text(value: str) -> str:
    if value != NEVER:
        if "=" in value:
            return check_rule(value).text
        Cadence.parse(value)
    return value


def _cadence(value: Any) -> str:
    return _cadence_text(text(value))


def _time(value: Any) -> str:
    return _shaped(value, _TIME, "a time of day")


def _whole(least: int, most: int) -> Check:
    def check(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise NotUnderstood(f"not a whole number from {least} to {most}")
        return value

    return check


def _one_of(words: Iterable[str]) -> Check:
    allowed = frozenset(str(word) for word in words)

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise NotUnderstood(f"not one of: {', '.join(sorted(allowed))}")
        return value

    return check


def _maybe(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise NotUnderstood("neither true nor false")
    return value


def _people(value: Any) -> list[str]:
    if not isinstance(value, list) or not value:
        raise NotUnderstood("not a list of ids")
    return list(dict.fromkeys(map(row_id, value)))


CHECKS: Mapping[str, Mapping[str, Check]] = {
    "person": {
        "name": _name,
        "circle": _maybe(_filled),
        "cadence": _maybe(_cadence),
        "cadence_words": _maybe(text),
        "first_on": _maybe(day),
        "first_said_on": _maybe(day),
        "snoozed_on": _maybe(day),
        "snooze_said_on": _maybe(day),
        "archived_on": _maybe(day),
        "created_at": moment,
    },
    "alias": {"person_id": row_id, "name": _name},
    "contact_point": {
        "person_id": row_id,
        "kind": _one_of(("email", "phone", "url", "address")),
        "value": _filled,
    },
    "detail": {"person_id": row_id, "label": _name, "value": _filled},
    "occasion": {
        "person_id": row_id,
        "label": _name,
        "month": _whole(1, 12),
        "day": _whole(1, 31),
        "year": _maybe(_whole(1, 9999)),
    },
    "card": {"person_id": row_id, "uid": text, "text": text, "instead": _text_or_nothing},
    "interaction": {
        "day": day,
        "time": _maybe(_time),
        "kind": _one_of(Kind),
        "minutes": _maybe(_whole(1, 1440)),
        "direction": _maybe(_one_of(Direction)),
        "energy": _maybe(_one_of(Energy)),
        "counts": _one_of(Counts),
        "tried": _flag,
        "note": text,
        "entered": text,
        "recorded_at": moment,
        "people": _people,
    },
    "tag": {"name": _word, "person_id": _maybe(row_id), "interaction_id": _maybe(row_id)},
    "promise": {
        "person_id": row_id,
        "text": _filled,
        "owed": _one_of(Owed),
        "due_on": _maybe(day),
        "made_on": day,
        "done_on": _maybe(day),
    },
    "pause": {"person_id": _maybe(row_id), "start_on": day, "end_on": _maybe(day)},
    "saving": {"day": day, "minutes": _whole(1, 2**31), "text": text},
}
