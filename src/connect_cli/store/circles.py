"""The circles that the journal keeps, so that every machine has the same."""

import sqlite3

from connect_cli.model import Cadence
from connect_cli.settings import Settings
from connect_cli.store.read_values import reading, text


def in_force(connection: sqlite3.Connection, settings: Settings) -> Settings:
    """These settings, read from a file, with the circles of the journal: it decides."""
    return settings.with_circles(kept(connection))


@reading("circle")
def kept(connection: sqlite3.Connection) -> dict[str, Cadence]:
    """The cadence of each circle in the journal, in the order of the names, as on every machine."""
    rows = connection.execute("SELECT name, cadence FROM circle ORDER BY name")
    return {text(name): Cadence.parse(text(cadence)) for name, cadence in rows}


def are_kept(connection: sqlite3.Connection) -> bool:
    """Whether circles are rows of this journal: it has some, or several machines keep it."""
    sql = "SELECT EXISTS (SELECT 1 FROM circle) OR EXISTS (SELECT 1 FROM sync)"
    return bool(connection.execute(sql).fetchone()[0])
