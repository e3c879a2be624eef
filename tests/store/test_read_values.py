"""A value that no command can have written is damage; a fault of our own is not."""

from collections.abc import Callable
from datetime import date

import pytest

from connect_cli.errors import DamageMet
from connect_cli.model import Named
from connect_cli.store.read_values import check_place, day, maybe, named, reading, text, whole
from tests.conftest import Connect


def test_a_fault_of_our_own_while_rows_are_read_is_not_called_damage(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it was is raised as it is, so that it can be mended."""
    connect("add", "Ada")

    def fail(*_: object) -> None:
        with reading("person"):
            raise ValueError("a fault of ours")

    monkeypatch.setattr("connect_cli.store.memory.promises_due", fail)
    with pytest.raises(ValueError, match="a fault of ours"):
        connect("today")


WRONG: dict[str, Callable[[], object]] = {
    "a number for a text": lambda: text(1),
    "bytes for a text": lambda: text(b"Ada"),
    "a number for a text or none": lambda: maybe(1),
    "a text for a number": lambda: whole("1", 9),
    "a truth for a number": lambda: whole(True, 9),
    "too little": lambda: whole(0, 9),
    "too much": lambda: whole(10, 9),
    "no place": lambda: check_place(-1),
    "no day": lambda: day("2026-02-30"),
    "nobody's name": lambda: named("a" * 12, None),
}


@pytest.mark.parametrize("read", WRONG.values(), ids=WRONG)
def test_what_cannot_be_read_is_damage_of_the_tables_that_were_read(
    read: Callable[[], object],
) -> None:
    """So that it is looked for there."""
    with pytest.raises(DamageMet) as met, reading("person", "alias"):
        read()
    assert met.value.tables == ("person", "alias")


def test_what_commands_write_is_read_as_it_is() -> None:
    """Nothing may be missing where there need not be anything."""
    assert (text(""), maybe(None), maybe("x"), whole(9, 9)) == ("", None, "x", 9)
    assert (day(None), day("2026-11-23")) == (None, date(2026, 11, 23))
    assert named("a" * 12, "Ada") == Named("a" * 12, "Ada")
    check_place(0)
