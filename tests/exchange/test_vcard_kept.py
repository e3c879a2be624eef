"""Where the journal says something else than the card that it keeps."""

import json
from dataclasses import replace

import pytest

from connect_cli.exchange.vcard_kept import Overrides, overrides_for
from connect_cli.model import DEATH
from tests.exchange.edited_cards import BIRTHDAY, CAME, out, read


def test_an_address_book_keeps_what_the_journal_did_not_take_over() -> None:
    """Until that is changed in the journal after the card came in."""
    card = read(CAME)
    now = replace(card, name="Ada Lovelace", aliases=("Ada King",), occasions=(BIRTHDAY,))
    instead = overrides_for(card, now.name, dict(now.occasions), ("Countess",), None)
    assert Overrides.read(instead.written()) == instead
    assert out(CAME, now, instead) == CAME
    renamed = replace(now, name="Ada Byron", occasions=(("birthday", (1990, 1, 3)),))
    changed = CAME.replace("Ada King", "Ada Byron").replace("1991-02-02", "1990-01-03")
    assert out(CAME, renamed, instead) == changed


def test_a_change_that_has_not_gone_out_yet_outlives_another_import() -> None:
    """Where the card says what it said before, the journal has changed since; else the card has."""
    before, now = read(CAME), replace(read(CAME), name="Ada Byron")
    kept = overrides_for(before, now.name, dict(now.occasions), (), (before, Overrides()))
    assert kept == Overrides()
    other = replace(before, name="Ada Lovelace", occasions=(BIRTHDAY,))
    kept = overrides_for(other, now.name, {"birthday": (1991, 2, 2)}, (), (before, Overrides()))
    assert kept == Overrides("Ada Byron", (("birthday", (1991, 2, 2)),))
    told = Overrides("Ada", (("birthday", (1990, 1, 2)),), ("Countess",))
    assert overrides_for(before, "Ada Byron", {}, ("Countess",), (before, told)) == told


def test_days_of_any_label_and_a_death_are_kept_too() -> None:
    """Beside those that earlier versions wrote."""
    days = (("anniversary", (2001, 2, 3)), (DEATH, "2024-03"), ("first met", (None, 6, 5)))
    told = Overrides("Ada", days)
    assert Overrides.read(told.written()) == told
    assert json.loads(told.written()) == {
        "anniversary": "2001-02-03",
        "days": {"first met": "--06-05"},
        "died": "2024-03",
        "name": "Ada",
    }


@pytest.mark.parametrize(
    "said",
    [
        "",
        "nonsense",
        "[]",
        '{"name": 3, "aliases": "x", "birthday": [], "anniversary": "?"}',
        '{"days": 3, "died": 4}',
    ],
)
def test_what_cannot_be_read_of_it_is_nothing(said: str) -> None:
    """Another copy of the journal may bring anything."""
    assert Overrides.read(said) == Overrides()
