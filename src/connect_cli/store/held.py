"""What each column of each table holds in the file, the record's rows of JSON among them."""

import json
from collections.abc import Mapping
from typing import Any

from connect_cli.errors import NotUnderstood
from connect_cli.store.checks import (
    CHECKS,
    Check,
    day,
    filled,
    maybe,
    moment,
    one_of,
    row_id,
    row_ids,
    text,
    whole,
)
from connect_cli.store.columns import PEOPLE, TABLES, Row

LARGEST = 2**63 - 1
RECORDED = (*TABLES, "participant", "gone")
"""The tables whose rows the record keeps."""

_seq = whole(1, LARGEST)
_FOLDED = {
    "person": ("folded",),
    "alias": ("folded",),
    "detail": ("label_folded", "folded"),
    "interaction": ("folded",),
    "promise": ("folded",),
}
_DERIVED = {"person": {"last_full_on": maybe(day), "last_half_on": maybe(day)}}
_OTHERWISE = {"interaction": {"tried": whole(0, 1)}, "card": {"instead": text}}


def _in_file(table: str) -> Mapping[str, Check]:
    """The columns of a table that travels, and those that stay at home."""
    said = {name: check for name, check in CHECKS[table].items() if name != PEOPLE}
    folded = dict.fromkeys(_FOLDED.get(table, ()), text)
    return {"seq": _seq, "id": row_id, **said, **folded, **_OTHERWISE.get(table, {})}


ROWS: Mapping[str, Mapping[str, Check]] = {
    **{table: _in_file(table) for table in TABLES},
    "participant": {"interaction_id": row_id, "person_id": row_id, "place": whole(0, LARGEST)},
    "gone": {"seq": _seq, "id": row_id, "table_name": one_of(TABLES), "at": moment},
}
"""What the record keeps of a row of each table."""


def _take_moments(value: Any) -> str:
    """Moments by field, as JSON."""
    for said in _object(text(value)).values():
        moment(said)
    return str(value)


def _object(value: str) -> dict[str, Any]:
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        raise NotUnderstood("not valid JSON") from None
    if not isinstance(found, dict):
        raise NotUnderstood("not a row")
    return found


ELSEWHERE: Mapping[str, Mapping[str, Check]] = {
    "command": {
        "seq": _seq,
        "id": row_id,
        "at": moment,
        "verb": filled,
        "words": text,
        "open": maybe(whole(1, 1)),
        "undoes": maybe(row_id),
    },
    "change": {
        "seq": _seq,
        "command_seq": _seq,
        "table_name": one_of(RECORDED),
        "row_id": row_ids,
        "before": maybe(text),
        "after": maybe(text),
        "times": maybe(Check(_take_moments)),
    },
    "seen": {"person_id": row_id, "day": day, "entry_seq": _seq},
}
STORED: Mapping[str, Mapping[str, Check]] = {
    **ROWS,
    **{name: {**ROWS[name], **more} for name, more in _DERIVED.items()},
    **ELSEWHERE,
}
"""What each column of each table may hold."""

SIDES = ("before", "after")
"""The columns of `change` that hold a row as JSON."""


def check_side(table: Any, side: str) -> Row:
    """A row as the record keeps it, as JSON. Raises NotUnderstood."""
    if table not in ROWS:
        raise NotUnderstood("of no table")
    row, takes = _object(side), _TAKES[table]
    name = ""
    try:
        for name, value in row.items():  # it is said below
            takes[name](value)
    except KeyError:
        raise NotUnderstood(f"'{name}' is not a column") from None
    except NotUnderstood as error:
        raise NotUnderstood(f"{name}: {error.message}") from None
    if not row.keys() >= _KEYS.get(table, _ID):
        raise NotUnderstood("a row without its id")
    return row


_TAKES = {table: {name: check.take for name, check in held.items()} for table, held in ROWS.items()}
_ID = frozenset({"id"})
_KEYS = {"participant": frozenset({"interaction_id", "person_id"})}


def side_of(table: str, side: str | None) -> Row | None:
    """A row before or after a change, if there was one. Raises NotUnderstood."""
    return None if side is None else check_side(table, side)


def moments(times: str | None) -> Mapping[str, str]:
    """When each field was said, if that was elsewhere. Raises NotUnderstood."""
    return {} if times is None else _object(_take_moments(times))
