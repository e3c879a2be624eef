"""What is remembered of people, as it is read."""

from collections.abc import Callable
from datetime import date

import pytest

from connect_cli.errors import DamageMet
from connect_cli.model import Named, Occasion
from connect_cli.store import memory
from tests.store.journals import NOW
from tests.store.writing import Store

READS: dict[str, Callable[..., list[Occasion]]] = {
    "of everyone": memory.occasions,
    "archived people too": memory.every_occasion,
    "near a day": lambda connection: memory.occasions_near(connection, date(2026, 12, 10), 1, 1),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_a_damaged_occasion_is_damage_however_it_is_read(
    store: Store, read: Callable[..., list[Occasion]]
) -> None:
    """So that the command says where to look for it."""
    connection, writer = store
    connection.execute("PRAGMA ignore_check_constraints = ON")
    with writer.command("add", "…", NOW) as rows:
        ada = Named(rows.add_person("Ada"), "Ada")
        rows.set_occasion(Occasion("", ada, "birthday", 12, 10, year=20_000))
    with pytest.raises(DamageMet) as met:
        read(connection)
    assert met.value.tables == ("occasion", "person")
