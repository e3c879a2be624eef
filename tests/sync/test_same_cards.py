"""The same address book, imported on several machines: who comes from one card is one person."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from connect_cli.exchange.values import Contact
from connect_cli.journal.undo import undo, undoable
from connect_cli.store.schema import TABLES
from tests.exchange.cards import carded
from tests.exchange.taking import taken
from tests.sync.carried import Carried, at_last, fleet
from tests.sync.fleet import Machine, carry
from tests.sync.test_situations import forget_one

SAID = ["alias", "card", "contact_point", "detail", "detail", "occasion", "person", "tag"]
UID = "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"
ADA = Contact(
    "Ada Lovelace",
    uid=UID,
    aliases=("Countess",),
    emails=("ada@example.org",),
    occasions=(("birthday", (1815, 12, 10)),),
    details=(("lives in", "London"), ("", "likes engines")),
    tags=("work",),
)
WITHOUT = replace(ADA, uid="")
FROM_MAIL = replace(ADA, uid="ada@example.org")


def imported(machine: Machine, contact: Contact = ADA) -> None:
    """Import the card of somebody."""
    with machine.journal() as journal:
        taken(journal, carded(contact, "X-SHOE-SIZE:38"))


def undone(machine: Machine) -> None:
    """Take the last command back."""
    with machine.journal() as journal:
        undo(journal, undoable(journal))


def people(exported: list[str]) -> dict[str, str]:
    """The name of everybody, by id."""
    said = map(json.loads, exported)
    return {one["id"]: one["name"] for one in said if one["type"] == "person"}


def once(exported: list[str]) -> None:
    """Everything that the card says is there once."""
    said = [json.loads(line) for line in exported]
    kinds = sorted(one["type"] for one in said if one["type"] in {*TABLES} - {"gone"})
    assert kinds == SAID


def both(one: Carried, two: Carried) -> None:
    """Each imports it."""
    imported(one)
    imported(two)


def one_twice(one: Carried, two: Carried) -> None:
    """One changes its mind, twice."""
    both(one, two)
    undone(one)
    imported(one)


def taken_back_and_met(one: Carried, two: Carried) -> None:
    """One took it back, and the other has heard of both."""
    imported(one)
    at_last([one, two])
    undone(one)
    at_last([one, two])
    both(one, two)


def late(one: Carried, two: Carried) -> None:
    """One takes it back while the other imports it."""
    imported(one)
    at_last([one, two])
    undone(one)
    undone(two)
    imported(two)


@pytest.mark.parametrize("happens", [both, one_twice, taken_back_and_met, late])
def test_who_comes_from_one_card_is_one_person(
    happens: Callable[[Carried, Carried], None], tmp_path: Path
) -> None:
    """Whatever each machine did with it before they met again."""
    one, two = fleet(tmp_path, "ab", apart=7)
    happens(one, two)
    exported = at_last([one, two])
    assert list(people(exported).values()) == [ADA.name]
    once(exported)


def test_it_holds_for_two_journals_that_had_never_met(tmp_path: Path) -> None:
    """Each machine began with the address book."""
    one, two = (Carried(tmp_path, name) for name in "ab")
    both(one, two)
    one.set_up()
    one.sync()
    carry(one.folder, two.folder)
    two.set_up(join=True)
    once(at_last([one, two]))


def test_whoever_was_forgotten_and_comes_again_is_somebody_new(tmp_path: Path) -> None:
    """The order to forget never expires, so their id is not given again."""
    one, two = fleet(tmp_path, "ab")
    imported(one)
    (before,) = people(at_last([one, two]))
    forget_one(one, ADA.name)
    at_last([one, two])
    imported(two)
    (after,) = people(at_last([one, two]))
    assert after != before


@pytest.mark.parametrize("contact", [WITHOUT, FROM_MAIL], ids=["no uid", "no UUID"])
def test_an_id_says_nothing_that_can_be_guessed(contact: Contact, tmp_path: Path) -> None:
    """It outlives whoever is forgotten: only a UUID, which nobody can guess, makes one."""
    ids = set()
    for name in "ab":
        machine = Machine(tmp_path / name, name, tmp_path / "folder")
        imported(machine, contact)
        ids |= set(people(machine.export()))
    assert len(ids) == 2
