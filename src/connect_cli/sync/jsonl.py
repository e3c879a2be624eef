"""The journal's own format: JSON Lines, described in docs/export.md."""

import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from connect_cli.errors import NotThisFormat, NotUnderstood
from connect_cli.files import LONGEST_LINE
from connect_cli.library_errors import json_reason
from connect_cli.reports import Unread
from connect_cli.store.column_checks import CHECKS, check_together, moment, row_id
from connect_cli.store.schema import GONE, PEOPLE, TRAVELS, Row, columns

FORMAT = "connect journal"

VERSION = 1

END = "end"

FORGOTTEN = "forgotten"


class IncomingRow(NamedTuple):
    """A row of another copy. times: when each field was said. place: its line in the file."""

    table: str
    row: Row
    times: Mapping[str, str]
    place: str = ""


class Deletion(NamedTuple):
    """A row that was deleted in another copy. at: when."""

    table: str
    id: str
    at: str


class Order(NamedTuple):
    """The order to forget somebody: whatever another copy says of them is passed over."""

    id: str


def written(
    rows: Iterable[tuple[str, Row, Mapping[str, str]]],
    gone: Iterable[tuple[str, str, str]],
    orders: Iterable[str] = (),
    header: Mapping[str, Any] = MappingProxyType({}),
) -> Iterator[str]:
    """The lines of a whole file: header, orders of forgetting, rows, deletions, end.

    orders: the ids of those who were forgotten. header: what the first line says besides.
    """
    count = 0
    yield _text({"type": FORMAT, "version": VERSION, **header})
    for person_id in orders:
        count += 1
        yield _text({"type": FORGOTTEN, "id": person_id})
    for table, row, times in rows:
        count += 1
        yield _text({"type": table, **row, **_packed(times)})
    for table, taken, at in gone:
        count += 1
        yield _text({"type": GONE, "of": table, "id": taken, "at": at})
    yield _text({"type": END, "lines": count})


def begins(first: bytes) -> bool:
    """Whether a file that begins with these bytes is a journal in this format."""
    return first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"type": "connect journal"')


def header(first_line: bytes) -> Mapping[str, Any]:
    """What the first line of a file says. Raises NotThisFormat, and NotUnderstood for no JSON."""
    found = _object(first_line)
    _check_header(found)
    return dict(found)


def read(lines: Iterable[bytes]) -> Iterator[Order | IncomingRow | Deletion | Unread]:
    """What a file says, one line at a time; Unread for a line that makes no sense.

    Raises NotThisFormat for another format, a newer version, or a file that was cut off.
    """
    numbered = enumerate(lines, 1)
    header(next(numbered, (1, b""))[1])
    count, ended = 0, False
    for number, line in numbered:
        if not line.strip():
            continue
        if ended:
            raise NotThisFormat(f"line {number} comes after the end of the journal")
        found = _read(line, number)
        if isinstance(found, int):
            ended = True
            if found != count:
                raise NotThisFormat(f"the file has {count} lines, but its last line says {found}")
        else:
            count += 1
            yield found
    if not ended:
        raise NotThisFormat("the file is cut off: its last line is missing", "export it again")


def _check_header(header: Any) -> None:
    if not isinstance(header, dict) or header.get("type") != FORMAT:
        raise NotThisFormat("this is not a journal in JSON Lines")
    version = header.get("version")
    if version != VERSION:
        raise NotThisFormat(
            f"this journal is written in version {version!r}; this connect reads {VERSION}",
            "install a newer connect",
        )


def _read(line: bytes, number: int) -> Order | IncomingRow | Deletion | Unread | int:
    place = f"line {number}"
    try:
        return _value(_object(line), place)
    except NotUnderstood as error:
        return Unread(place, error.message)


def _value(said: Any, place: str) -> Order | IncomingRow | Deletion | int:
    """One line as a value. Raises NotUnderstood."""
    if not isinstance(said, dict) or not isinstance(sort := said.get("type"), str):
        raise NotUnderstood("not a record with a type")
    if sort == END and type(said.get("lines")) is int:
        return int(said["lines"])
    if sort == GONE and said.get("of") in TRAVELS:
        return Deletion(said["of"], row_id(said.get("id")), moment(said.get("at")))
    if sort == FORGOTTEN:
        return Order(row_id(said.get("id")))
    if sort not in TRAVELS:
        raise NotUnderstood(f"'{sort}' is not a type of line")
    row = {"id": row_id(said.get("id"))}
    name = ""
    try:
        for name, check in _FIELDS[sort]:
            row[name] = check(said.get(name))
    except NotUnderstood as error:
        raise NotUnderstood(f"{name}: {error.message}") from None
    check_together(sort, row)
    return IncomingRow(sort, row, _unpacked(sort, said), place)


def _object(line: bytes) -> Any:
    if len(line) > LONGEST_LINE:
        raise NotUnderstood(f"longer than {LONGEST_LINE // 2**20} MB")
    try:
        return json.loads(line.removeprefix(BOM_UTF8).decode())
    except (ValueError, RecursionError) as fault:
        raise NotUnderstood(json_reason(fault)) from None


def _packed(times: Mapping[str, str]) -> dict[str, Any]:
    """The earliest moment, and that of each field that was said later."""
    at = min(times.values())
    later = {name: said for name, said in times.items() if said != at}
    return {"at": at, "times": later} if later else {"at": at}


def _unpacked(sort: str, said: Mapping[str, Any]) -> Mapping[str, str]:
    usual = _all_at(sort, moment(said.get("at")))
    if "times" not in said:
        return usual
    if not isinstance(later := said["times"], dict):
        raise NotUnderstood("times: not a record")
    return {name: moment(later[name]) if name in later else at for name, at in usual.items()}


@lru_cache(maxsize=4096)
def _all_at(sort: str, at: str) -> Mapping[str, str]:
    """Every field at one moment; the many rows of that moment share the mapping."""
    return MappingProxyType(dict.fromkeys(TRAVELS[sort], at))


def _text(said: Mapping[str, Any]) -> str:
    """One line of JSON. Control characters are escaped, all other text stays readable."""
    text = json.dumps(said, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(said)


_FIELDS = {
    table: tuple(
        (name, CHECKS[table][name].take) for name in (*columns(table), *fields.keys() & {PEOPLE})
    )
    for table, fields in TRAVELS.items()
}
