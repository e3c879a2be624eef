"""What each column of each table may hold in the file, including the record's rows as JSON."""

import json
from collections.abc import Mapping
from typing import Any

from connect_cli.errors import NotUnderstood
from connect_cli.store.column_checks import (
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
from connect_cli.store.schema import TABLES, TRAVELS, Row

LARGEST = 2**63 - 1
_seq = whole(1, LARGEST)
_OTHERWISE: Mapping[str, Mapping[str, Check]] = {
    "interaction": {"tried": whole(0, 1)},
    "card": {"instead": text},
    "participant": {"interaction_id": row_id, "person_id": row_id, "place": whole(0, LARGEST)},
    "gone": {"table_name": one_of(TRAVELS), "at": moment},
    "offered": {"dormant": whole(0, 1)},
    "inbox_line": {"dropped": whole(0, 1)},
}
"""Columns that exist only in the file, or differ there from an export."""


def _in_file(table: str) -> Mapping[str, Check]:
    """What each column of a table may hold in the file, in column order."""
    each = TABLES[table]
    known = {
        "seq": _seq,
        "id": row_id,
        **CHECKS.get(table, {}),
        **dict.fromkeys(each.folded, text),
        **dict.fromkeys(each.derived, maybe(day)),
        **_OTHERWISE.get(table, {}),
    }
    return {name: known[name] for name in each.columns}


ROWS: Mapping[str, Mapping[str, Check]] = {table: _in_file(table) for table in TABLES}
"""What a row of each table may hold."""


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
        "table_name": one_of(TABLES),
        "row_id": row_ids,
        "before": maybe(text),
        "after": maybe(text),
        "times": maybe(Check(_take_moments)),
    },
    "seen": {"person_id": row_id, "day": day, "entry_seq": _seq},
    "inbox": {"seq": whole(1, 1), "waiting": whole(0, LARGEST)},
    "forgotten": {"id": row_id},
    "sync": {
        "seq": whole(1, 1),
        "journal_id": row_id,
        "machine_id": row_id,
        "number": whole(0, LARGEST),
        "hash": text,
        "base": whole(0, LARGEST),
        "given": whole(0, LARGEST),
        "key": text,
    },
    "machine": {
        "id": row_id,
        "name": text,
        "taken": whole(0, LARGEST),
        "hash": text,
        "retired": whole(0, 1),
    },
    "due": {"table_name": one_of(TRAVELS), "row_id": row_id},
}
STORED: Mapping[str, Mapping[str, Check]] = {**ROWS, **ELSEWHERE}
"""What each column of each table may hold."""

SIDES = ("before", "after")
"""The columns of `change` that hold a row as JSON."""


def check_side(table: Any, side: str, *, added: bool = False) -> Row:
    """A row from the record's JSON. Raises NotUnderstood.

    added: it is the `after` of an added row, which may be incomplete (see triggers.py).
    """
    if table not in ROWS:
        raise NotUnderstood("of no table")
    row, takes = _object(side), _TAKES[table]
    name = ""
    try:
        for name, value in row.items():  # the errors below name the column
            takes[name](value)
    except KeyError:
        raise NotUnderstood(f"'{name}' is not a column") from None
    except NotUnderstood as error:
        raise NotUnderstood(f"{name}: {error.message}") from None
    if not added and not row.keys() >= _KEYS[table]:
        raise NotUnderstood("a row without its id")
    return row


_TAKES = {table: {name: check.take for name, check in held.items()} for table, held in ROWS.items()}
_KEYS = {table: frozenset(each.identity) for table, each in TABLES.items()}


def side_of(table: str, side: str | None, *, added: bool = False) -> Row | None:
    """A row before or after a change, if there was one. Raises NotUnderstood."""
    return None if side is None else check_side(table, side, added=added)


def moments(times: str | None) -> Mapping[str, str]:
    """When each field was said in another copy; empty if here. Raises NotUnderstood."""
    return {} if times is None else _object(_take_moments(times))
