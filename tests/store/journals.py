"""A journal with a few people and interactions, made without the command line."""

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from connect_cli.model import Interaction, Kind, Named
from connect_cli.safety import daily_copy
from connect_cli.store import database, sqlite
from connect_cli.store.writes import Writer
from tests.store.unpacking import readable

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def log(
    path: Path,
    name: str,
    note: str = "",
    day: date = TODAY,
    now: datetime = NOW,
    keys: sqlite.Keys = sqlite.no_keys,
) -> None:
    """One more person and an interaction with them."""
    with closing(database.open_to_write(path, keys)) as connection:
        writer = Writer(connection, path)
        with writer.command("log", f"Coffee with {name}.", now) as rows:
            person_id = rows.add_person(name)
            rows.remember(person_id, "usual order", "flat white")
            people = (Named(person_id, name),)
            rows.add_interaction(Interaction("", day, Kind.COFFEE, people, note=note, entered=note))
        writer.close()


FIRST = ("0" * 12, "2026-11-20T08:00:00.000+00:00", "add", "added Ada")


def begun(folder: Path) -> Path:
    """A journal with one command."""
    path = folder / "connect" / "journal.db"
    with closing(database.open_to_write(path)) as connection:
        connection.execute(
            "INSERT INTO command (id, at, verb, words, open) VALUES (?, ?, ?, ?, 1)", FIRST
        )
        connection.execute("UPDATE command SET open = NULL")
    return path


def well(folder: Path) -> Path:
    """A journal of two people that is well, with the copy of the day."""
    path = folder / "connect" / "journal.db"
    log(path, "Ada Lovelace", "she is moving to Boston")
    log(path, "Grace Hopper", "compilers")
    with closing(database.open_to_read(path)) as connection:
        daily_copy.make_daily(connection, path, TODAY)
    return path


def people(path: Path, keys: sqlite.Keys = sqlite.no_keys) -> list[str]:
    """The names in a journal, or in a copy of one."""
    with readable(path) as file, closing(database.open_to_read(file, keys)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM person ORDER BY seq")]
