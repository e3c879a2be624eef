"""See at a glance whether a run of `connect sync` would do anything: most do not.

It reads how far each machine says it is and compares that with what the journal knows, without
the rest of the engine. Whatever is unusual is left to a whole run.
"""

import sqlite3
from datetime import datetime, timedelta

from connect_cli.errors import ConnectError
from connect_cli.store import machines
from connect_cli.store.machines import Mine, Other
from connect_cli.store.migrations import SCHEMA
from connect_cli.sync.folder import Folder, State, each_other

CLOCKS_APART = timedelta(days=1)
"""Clocks that differ by less decide nothing that a person would notice."""


def is_quiet(
    connection: sqlite3.Connection, folder: Folder, mine: Mine, name: str, now: datetime
) -> bool:
    """Whether nothing is to be taken, given or said. name: of this machine."""
    if machines.is_anything_to_give(connection, mine.given):
        return False
    others, forgotten = machines.others(connection), machines.forgotten(connection)
    try:
        states = {each: folder.state(each) for each in each_other(folder, mine.machine_id)}
        own = folder.state(mine.machine_id)
        here = folder.numbers(mine.machine_id)
        left = folder.holds_leftovers(mine.machine_id)
        given = {each: folder.numbers(each) for each in states}
    except ConnectError:
        return False
    retired = frozenset(one.id for one in others.values() if one.retired)
    wanted = own and own_state(connection, mine, name, retired, own.newest)
    return (
        own == wanted is not None
        and here == list(range(max(mine.base, 1), mine.number + 1))
        and not left
        and all(
            state is not None
            and _is_known(others.get(each), state, given[each])
            and each not in retired
            and _is_as_usual(state, mine.machine_id, forgotten, retired, now)
            for each, state in states.items()
        )
    )


def own_state(
    connection: sqlite3.Connection, mine: Mine, name: str, retired: frozenset[str], newest: str
) -> State:
    """How far this machine is, as it says itself. newest: when the newest it gave was said."""
    seen, forgotten = machines.taken(connection), machines.forgotten(connection)
    return State(name, SCHEMA, mine.number, mine.hash, mine.base, seen, forgotten, retired, newest)


def _is_known(other: Other | None, state: State, numbers: list[int]) -> bool:
    """Whether all that a machine gave was taken."""
    known = other or Other("", "")
    same = known.hash in ("", state.hash)
    return state.number == known.taken and same and all(each <= known.taken for each in numbers)


def _is_as_usual(
    state: State,
    own: str,
    forgotten: frozenset[str],
    retired: frozenset[str],
    now: datetime,
) -> bool:
    """Whether a machine says nothing that this one has to act on, or that somebody should know."""
    if not (state.forgotten <= forgotten and state.retired <= retired and own not in state.retired):
        return False
    newest = state.newest_at
    return newest is None or newest - now <= CLOCKS_APART
