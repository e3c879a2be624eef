"""What a trial of `tests/faults/kill.py` is: a prepared journal, commands, and what is compared."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from connect_cli.store import sqlite
from tests.faults.working import run

FIRST = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
COMMANDS = 12
"""How many one process runs, unless it is killed before."""

KEYS = tuple(f"x'{digits * 32}'" for digits in ("5e", "a7"))
"""Raw keys, which take no time: the encrypted journals of these trials open by one or the other."""

State = tuple[object, ...]
Command = tuple[str, ...]
Content = Mapping[str, object]
"""What lies where a command writes besides the journal: the content of each file, by its name."""


class Wrong(Exception):
    """A trial that found what must not be."""


def nothing_besides(_: Path) -> Content:
    return {}


def nothing_said(_number: int, _said: str | None, _journal: Path) -> None:
    pass


def nothing_more(_: Path) -> None:
    pass


@dataclass(frozen=True)
class Trial:
    """What is tried.

    prepare: makes the journal that every trial begins with. command: the nth, from 0.
    seen: what is compared, read from the journal's file. commands: how many one process runs.
    verb: the command that is to be killed; any, if it is empty. besides: what lies where they write
    besides the journal; every file there is old or new. done: looks at what the nth command left,
    and said, if it came to that. ailing: at first the doctor finds something. at_last: does what
    was not done, and looks at what there is then.
    """

    prepare: Callable[[Path], None]
    command: Callable[[int, Path], Command]
    seen: Callable[[sqlite3.Connection], State]
    commands: int = COMMANDS
    verb: str = ""
    besides: Callable[[Path], Content] = nothing_besides
    done: Callable[[int, str | None, Path], None] = nothing_said
    ailing: bool = False
    at_last: Callable[[Path], None] = nothing_more


def moment(number: int) -> datetime:
    """Every third command begins a new day, and so makes the copy of a day."""
    return FIRST + timedelta(days=number // 3, minutes=number)


def must(*words: str) -> str:
    """A command that prepares something, and succeeds; what it answered."""
    ran = run(words, FIRST)
    if ran.code:
        raise Wrong(f"{' '.join(words)} ended with {ran.code}: {ran.err}")
    return ran.out


PUT_THERE = (
    """SELECT i.note, i.day, i.kind, i.minutes, p.name FROM interaction i
    JOIN participant t ON t.interaction_id = i.id JOIN person p ON p.id = t.person_id
    ORDER BY 1, 5""",
    """SELECT text, due_on, done_on, p.name FROM promise o JOIN person p ON p.id = o.person_id
    ORDER BY 1""",
    "SELECT label, value, p.name FROM detail d JOIN person p ON p.id = d.person_id ORDER BY 1, 2",
    "SELECT a.folded, p.name FROM alias a JOIN person p ON p.id = a.person_id ORDER BY 1",
    "SELECT name, cadence, circle FROM person ORDER BY name",
)
DERIVED = "SELECT name, last_full_on, last_half_on FROM person ORDER BY name"


def put_there(connection: sqlite3.Connection) -> State:
    """Every row that a person put there."""
    return tuple(tuple(map(tuple, connection.execute(sql))) for sql in PUT_THERE)


def everything(connection: sqlite3.Connection) -> State:
    """The same, and what is derived from it."""
    return (*put_there(connection), tuple(map(tuple, connection.execute(DERIVED))))


def with_record(connection: sqlite3.Connection) -> State:
    """The same, and what the record says was done."""
    commands = connection.execute("SELECT verb, words FROM command ORDER BY seq").fetchall()
    changes = connection.execute("SELECT count(*) FROM change").fetchone()
    return (*everything(connection), tuple(commands), changes)


def with_secret(connection: sqlite3.Connection) -> State:
    """The same, and by what the journal is encrypted."""
    return (*with_record(connection), key_of(connection))


def key_of(connection: sqlite3.Connection) -> str:
    """The key of an open journal without its end; empty if it is not encrypted."""
    return (sqlite.secret_of(connection) or "")[: len(KEYS[0]) - 1]
