"""What each column may hold, in an imported journal and in the journal itself.

Each check has two forms: a function that returns a value or says what is wrong with it, and SQL
that is true only of values that certainly pass, so that a large journal is checked quickly and only
the other values are checked one by one.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.cadences import check_rule
from connect_cli.language.calendar import is_yearly_day
from connect_cli.language.death import check_death
from connect_cli.language.names import LONGEST_NAME, check_name
from connect_cli.model import NEVER, POINT_KINDS, Cadence, Counts, Direction, Energy, Kind, Owed
from connect_cli.store.read_values import MISREAD, is_id
from connect_cli.store.savings import MOST_MINUTES
from connect_cli.store.schema import PEOPLE, columns


class Check(NamedTuple):
    """What a column may hold.

    take: returns a valid value, or raises NotUnderstood. sure: SQL that is true only of valid
    values, though not of all of them; `{0}` stands for the column.
    """

    take: Callable[[Any], Any]
    sure: str = "0"

    def __call__(self, value: Any) -> Any:
        """The value, if it is valid. Raises NotUnderstood."""
        return self.take(value)


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_MOMENT = re.compile(rf"{_DAY.pattern}T{_TIME.pattern}:[0-5][0-9]\.[0-9]{{3}}\+00:00")
_HASH = re.compile(r"[0-9a-f]{32}")
_SURROGATE = re.compile("[\ud800-\udfff]")

# SQLite's text functions stop at a NUL and accept bytes, so both are excluded first.
# Its date functions pass 30 February unchanged unless something is added to it.
_SHAPED = "typeof({{0}}) = 'text' AND length(CAST({{0}} AS BLOB)) = {length} AND {shape}"
_PLAIN = (
    "typeof({0}) = 'text' AND NOT {0} GLOB '*[^ -~]*' AND length({0}) = length(CAST({0} AS BLOB))"
)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise NotUnderstood("not a text")
    if _SURROGATE.search(value):
        raise NotUnderstood("not valid text")
    return value


def _text_or_nothing(value: Any) -> str:
    """A text that older files lack."""
    return "" if value is None else _text(value)


def _row_id(value: Any) -> str:
    if not is_id(_text(value)):
        raise NotUnderstood("not an id")
    return str(value)


text = Check(_text, _PLAIN)
"""Any text that can be stored."""

ID_SHAPE = "[0-9a-hjkmnp-tv-z]" * 12
row_id = Check(_row_id, _SHAPED.format(length=12, shape=f"{{0}} GLOB '{ID_SHAPE}'"))
"""The id of a row: twelve characters of Crockford's base 32."""

_TWO_IDS = _SHAPED.format(length=25, shape=f"{{0}} GLOB '{ID_SHAPE} {ID_SHAPE}'")


def _take_ids(value: Any) -> str:
    first, blank, second = _text(value).partition(" ")
    _row_id(first)
    if blank:
        _row_id(second)
    return str(value)


row_ids = Check(_take_ids, f"({row_id.sure} OR {_TWO_IDS})")
"""How the record names a row: by its id, or by two ids for a participant."""


@lru_cache(maxsize=4096)
def _day(value: str) -> str:
    if not _DAY.fullmatch(value):
        raise NotUnderstood("not a day")
    try:
        date.fromisoformat(value)
    except ValueError:
        raise NotUnderstood("no such day") from None
    return value


_DAY_SHAPE = _SHAPED.format(length=10, shape="{0} IS date({0}, '+0 days') AND {0} > '0001'")
day = Check(lambda value: _day(text(value)), _DAY_SHAPE)
"""A day as ISO text."""


@lru_cache(maxsize=4096)
def _moment(value: str) -> str:
    _shaped(value, _MOMENT, "a moment")
    try:
        datetime.fromisoformat(value)
    except ValueError:
        raise NotUnderstood("no such moment") from None
    return value


_MOMENT_SHAPE = "strftime('%Y-%m-%dT%H:%M:%f+00:00', {0}, '+0 days') IS {0} AND {0} > '0001'"
moment = Check(lambda value: _moment(text(value)), _SHAPED.format(length=29, shape=_MOMENT_SHAPE))
"""A moment in UTC, to the millisecond, as the journal stores it."""


def _shaped(value: Any, shape: re.Pattern[str], what: str) -> str:
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise NotUnderstood(f"not {what}")
    return value


def _take_name(value: Any) -> str:
    given = _text(value)
    if check_name(given) != given:
        raise NotUnderstood("blanks around the name")
    return given


_name = Check(
    _take_name,
    f"{_PLAIN} AND {{0}} = trim({{0}}) AND length({{0}}) BETWEEN 1 AND {LONGEST_NAME}"
    " AND NOT {0} GLOB '*  *'",
)


_label = Check(
    lambda value: "" if value == "" else _take_name(value), f"({{0}} IS '' OR {_name.sure})"
)


def _take_filled(value: Any) -> str:
    if not text(value).strip():
        raise NotUnderstood("empty")
    return str(value)


filled = Check(_take_filled, f"{_PLAIN} AND trim({{0}}) <> ''")
"""Any text but an empty one."""


def _take_word(value: Any) -> str:
    if len(text(value).split()) != 1 or value != value.strip():
        raise NotUnderstood("not one word")
    return str(value)


_word = Check(_take_word, f"{_PLAIN} AND {{0}} <> '' AND NOT {{0}} GLOB '* *'")


@lru_cache(maxsize=256)
def _cadence_text(value: str) -> str:
    if value != NEVER:
        if "=" in value:
            return check_rule(value).text
        Cadence.parse(value)
    return value


def _take_cadence(value: Any) -> str:
    try:
        return _cadence_text(text(value))
    except MISREAD as error:  # a number with more digits than Python reads, and the like
        said = error.message if isinstance(error, NotUnderstood) else "not a cadence"
        raise NotUnderstood(said) from None


_cadence = Check(
    _take_cadence,
    f"{_PLAIN} AND ({{0}} GLOB '[1-9][dwmy]' OR {{0}} GLOB '[1-9][0-9][dwm]' OR {{0}} = '{NEVER}')",
)


def _take_circle(value: Any) -> str:
    if _take_name(value) != value.casefold():
        raise NotUnderstood("capital letters in the name of a circle")
    return str(value)


_circle = Check(_take_circle, f"{_name.sure} AND NOT {{0}} GLOB '*[^a-z0-9 -]*'")


def _take_circle_cadence(value: Any) -> str:
    if _take_cadence(value) == NEVER or "=" in value:
        raise NotUnderstood("not the cadence of a circle")
    return str(value)


_circle_cadence = Check(_take_circle_cadence, f"{_cadence.sure} AND {{0}} <> '{NEVER}'")
_time = Check(
    lambda value: _shaped(value, _TIME, "a time of day"),
    _SHAPED.format(length=5, shape="{0} GLOB '[0-2][0-9]:[0-5][0-9]' AND {0} < '24'"),
)


_hash = Check(
    lambda value: _shaped(value, _HASH, "a hash"),
    _SHAPED.format(length=32, shape="NOT {0} GLOB '*[^0-9a-f]*'"),
)


def whole(least: int, most: int) -> Check:
    """A whole number from `least` to `most`."""

    def check(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise NotUnderstood(f"not a whole number from {least} to {most}")
        return value

    return Check(check, f"typeof({{0}}) = 'integer' AND {{0}} BETWEEN {least} AND {most}")


def one_of(words: Iterable[str]) -> Check:
    """One of these words."""
    allowed = frozenset(str(word) for word in words)

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise NotUnderstood(f"not one of: {', '.join(sorted(allowed))}")
        return value

    listed = ", ".join(f"'{word}'" for word in sorted(allowed))
    return Check(check, f"typeof({{0}}) = 'text' AND {{0}} IN ({listed})")


def maybe(check: Check) -> Check:
    """A check that also allows NULL."""
    return Check(
        lambda value: None if value is None else check.take(value),
        f"({{0}} IS NULL OR {check.sure})",
    )


def _take_flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise NotUnderstood("neither true nor false")
    return value


_flag = Check(_take_flag)


def _take_people(value: Any) -> list[str]:
    if not isinstance(value, list) or not value:
        raise NotUnderstood("not a list of ids")
    return list(dict.fromkeys(map(row_id.take, value)))


OWN_WORDS = maybe(filled)
"""What a column may hold of which nothing else is said: a text, or nothing."""

_CHECKS: Mapping[str, Mapping[str, Check]] = {
    "person": {
        "name": _name,
        "cadence": maybe(_cadence),
        "cadence_words": maybe(text),
        "first_on": maybe(day),
        "first_said_on": maybe(day),
        "snoozed_on": maybe(day),
        "snooze_said_on": maybe(day),
        "archived_on": maybe(day),
        "died_on": maybe(Check(lambda value: check_death(text(value)), day.sure)),
        "created_at": moment,
    },
    "alias": {"person_id": row_id, "name": _name},
    "contact_point": {
        "person_id": row_id,
        "kind": one_of(POINT_KINDS),
        "value": filled,
    },
    "detail": {"person_id": row_id, "label": _label, "value": filled},
    "occasion": {
        "person_id": row_id,
        "label": _name,
        "month": whole(1, 12),
        "day": whole(1, 31),
        "year": maybe(whole(1, 9999)),
    },
    "card": {"person_id": row_id, "uid": text, "text": text, "instead": Check(_text_or_nothing)},
    "interaction": {
        "day": day,
        "time": maybe(_time),
        "kind": one_of(Kind),
        "minutes": maybe(whole(1, 1440)),
        "direction": maybe(one_of(Direction)),
        "energy": maybe(one_of(Energy)),
        "counts": one_of(Counts),
        "tried": _flag,
        "note": text,
        "entered": text,
        "recorded_at": moment,
        PEOPLE: Check(_take_people),
    },
    "tag": {"name": _word, "person_id": maybe(row_id), "interaction_id": maybe(row_id)},
    "promise": {
        "person_id": row_id,
        "text": filled,
        "owed": one_of(Owed),
        "due_on": maybe(day),
        "made_on": day,
        "done_on": maybe(day),
    },
    "relation": {"person_id": row_id, "other_id": row_id, "word": _name},
    "distinct_pair": {"person_id": row_id, "other_id": row_id},
    "pause": {"person_id": maybe(row_id), "start_on": day, "end_on": maybe(day)},
    "saving": {"day": day, "minutes": whole(1, MOST_MINUTES), "text": text},
    "circle": {"name": _circle, "cadence": _circle_cadence},
    "offered": {"person_id": row_id, "day": day, "dormant": _flag},
    "inbox_line": {"hash_key": _hash, "hash": _hash, "dropped": _flag},
}

CHECKS: Mapping[str, Mapping[str, Check]] = {
    table: {**dict.fromkeys(columns(table), OWN_WORDS), **checks}
    for table, checks in _CHECKS.items()
}
"""What the columns of an exported or imported row may hold."""


def check_together(table: str, row: Mapping[str, Any]) -> None:
    """Check rules that concern several columns of a row. Raises NotUnderstood."""
    if table == "tag" and (row["person_id"] is None) == (row["interaction_id"] is None):
        raise NotUnderstood("a tag is of a person or of an interaction")
    if table == "pause" and row["end_on"] is not None and row["end_on"] < row["start_on"]:
        raise NotUnderstood("end_on: before start_on")
    if table == "occasion" and not is_yearly_day(row["month"], row["day"]):
        raise NotUnderstood("day: the month has no such day")
    if table == "person" and row.get("died_on") and not row["archived_on"]:
        raise NotUnderstood("archived_on: empty, though they died")
    if table == "relation" and row["person_id"] == row["other_id"]:
        raise NotUnderstood("a relation is one of two people")
    if table == "distinct_pair" and row["person_id"] >= row["other_id"]:
        raise NotUnderstood("the smaller id comes first")


TOGETHER: Mapping[str, str] = {
    "person": "died_on IS NULL OR archived_on IS NOT NULL",
    "tag": "(person_id IS NULL) <> (interaction_id IS NULL)",
    "pause": "end_on IS NULL OR end_on >= start_on",
    "occasion": "day <= 29 OR day = 30 AND month <> 2 OR month IN (1, 3, 5, 7, 8, 10, 12)",
    "relation": "person_id <> other_id",
    "distinct_pair": "person_id < other_id",
}
"""The rules of `check_together` as SQL."""
