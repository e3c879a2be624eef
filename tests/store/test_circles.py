"""The circles that the journal keeps: read in one order, checked, and deciding over the file."""

from collections.abc import Iterator
from contextlib import closing
from sqlite3 import Connection
from typing import Any

import pytest

from connect_cli.errors import DamageMet
from connect_cli.model import Cadence
from connect_cli.settings import PRESET_CIRCLES, Settings
from connect_cli.store import circles, database

MINE = Settings(circles={**PRESET_CIRCLES, "choir": Cadence(1, "w"), "band": Cadence(1, "m")})


@pytest.fixture
def connection() -> Iterator[Connection]:
    """An empty journal."""
    with closing(database.empty()) as opened:
        yield opened


def keep(connection: Connection, number: int, name: Any, cadence: Any) -> None:
    """A row, as a command writes it."""
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE tbl_name = 'circle'")
    for (trigger,) in triggers.fetchall():
        connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    sql = "INSERT INTO circle (id, name, cadence) VALUES (?, ?, ?)"
    connection.execute(sql, (f"{number:012}", name, cadence))


def test_without_rows_the_settings_are_the_very_same(connection: Connection) -> None:
    """A journal that keeps no circles costs nothing but the question."""
    assert circles.in_force(connection, MINE) is MINE
    assert not circles.are_kept(connection)


def test_the_journal_decides_over_the_file_and_the_file_over_the_presets(
    connection: Connection,
) -> None:
    """The later wins: presets, config.toml, rows."""
    keep(connection, 1, "choir", "2w")
    keep(connection, 2, "inner", "3d")
    keep(connection, 3, "abbey", "1y")
    found = circles.in_force(connection, MINE).circles
    assert {name: str(cadence) for name, cadence in found.items()} == {
        "inner": "3d",
        "close": "1m",
        "friends": "3m",
        "wide": "1y",
        "choir": "2w",
        "band": "1m",
        "abbey": "1y",
    }
    assert circles.are_kept(connection)


def test_the_order_is_that_of_the_names(connection: Connection) -> None:
    """Not that in which they came, which is another on each machine."""
    for number, name in enumerate(("choir", "abbey", "band")):
        keep(connection, number, name, "2w")
    assert list(circles.kept(connection)) == ["abbey", "band", "choir"]


def test_a_journal_of_several_machines_keeps_circles_before_it_has_any(
    connection: Connection,
) -> None:
    """So the first circle is written where the others find it."""
    connection.execute(
        "INSERT INTO sync VALUES (1, '000000000001', '000000000002', 0, '', 0, 0, '')"
    )
    assert circles.are_kept(connection)


@pytest.mark.parametrize(
    ("name", "cadence"),
    [
        *[("choir", text) for text in ("x", "", "never", "FREQ=MONTHLY;BYDAY=1FR", "0w", b"2w")],
        (b"choir", "2w"),
    ],
)
def test_a_damaged_row_is_told(connection: Connection, name: Any, cadence: Any) -> None:
    """Whatever no command can have written stops who reads it."""
    connection.execute("DROP TABLE circle")
    connection.execute("CREATE TABLE circle (seq INTEGER PRIMARY KEY, id, name, cadence)")
    keep(connection, 1, name, cadence)
    with pytest.raises(DamageMet):
        circles.kept(connection)
