"""One numbered file of a machine: what changed since the one before, or the whole journal.

It is in the lines of `export jsonl`. Its first line also says whose it is, and what has to be taken
before it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from connect_cli import files
from connect_cli.errors import ConnectError, NotThisFormat
from connect_cli.reports import Unread
from connect_cli.sync import jsonl
from connect_cli.sync.folder import Unreadable, is_number, is_seen
from connect_cli.sync.jsonl import Deletion, IncomingRow, Order
from connect_cli.sync.seal import Seal

Found = IncomingRow | Deletion | Order


class Header(NamedTuple):
    """What a file says of itself.

    before: the hash of the file before, or empty. seen: how much of each other machine its owner
    had taken. whole: it holds the whole journal. news: a whole one that says what no file before it
    did. schema: the version of the tables of its journal.
    """

    machine: str
    number: int
    before: str
    seen: Mapping[str, int]
    whole: bool
    news: bool
    schema: int


def first_fields(header: Header) -> dict[str, Any]:
    """The fields that the first line of the file has besides its own."""
    return header._asdict() | {"seen": dict(sorted(header.seen.items()))}


def header(file: Path, seal: Seal) -> Header:
    """What a file says of itself. Raises Unreadable."""
    with _opened(file, seal) as lines:
        return _header(next(lines, b""), file)


def rows(file: Path, seal: Seal) -> Iterator[Found]:
    """Everything in a file. Raises Unreadable at the first line that is not as it should be."""
    with _opened(file, seal) as lines:
        for found in jsonl.read(lines):
            if isinstance(found, Unread):
                raise Unreadable(f"{file}, {found.place}: {found.reason}")
            yield found


@contextmanager
def _opened(file: Path, seal: Seal) -> Iterator[Iterator[bytes]]:
    """The lines of a file. What is wrong with it is raised as Unreadable."""
    try:
        with files.opened_to_read(file) as stream:
            yield seal.lines(stream)
    except Unreadable:
        raise
    except NotThisFormat as error:
        raise Unreadable(f"{file}: {error.message}") from error
    except ConnectError as error:
        raise Unreadable(error.message) from error


def _header(line: bytes, file: Path) -> Header:
    try:
        said = jsonl.header(line)
        found = Header(**{name: said[name] for name in Header._fields})
        flags = {type(found.whole), type(found.news)} == {bool}
        numbers = is_number(found.number) and is_number(found.schema) and is_seen(found.seen)
        if numbers and flags and type(found.before) is str:
            return found
    except LookupError:
        pass
    except ConnectError as error:
        raise Unreadable(f"{file}: {error.message}") from error
    raise Unreadable(f"{file} does not begin as a file of a machine does")


def encoded(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines as they are written."""
    return (f"{line}\n".encode() for line in lines)
