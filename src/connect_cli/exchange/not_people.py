"""Cards that are of no person: of a firm, or with only the address of a machine.

An import offers to leave them out, those that are new and one sort at a time. At the keyboard it
asks; `--leave-out` says it beforehand. Where nobody can be asked they are imported like everybody:
an address book that goes through the journal comes back whole.
"""

from collections.abc import Callable, Sequence

from connect_cli.errors import NotUnderstood
from connect_cli.exchange.matching import KnownPeople
from connect_cli.exchange.values import Contact, Found
from connect_cli.language.contact import is_machine_address
from connect_cli.reports import Arriving, Sort

SORTS: dict[str, Sort] = {"firms": "firm", "machines": "machine"}
NONE = "none"

Leaves = Callable[[Sort, Sequence[Contact]], bool]
"""Whether to leave out these contacts, which are all of one sort."""


def read_leave_out(text: str | None) -> frozenset[Sort] | None:
    """What `--leave-out` says; None if nothing. Raises NotUnderstood."""
    if text is None:
        return None
    words = [word.strip().casefold() for word in text.split(",")]
    if words == [NONE]:
        return frozenset()
    if unknown := [word for word in words if word not in SORTS]:
        raise NotUnderstood(
            f"--leave-out does not know '{unknown[0]}'",
            f"use one of: {', '.join(SORTS)}, {','.join(SORTS)}, {NONE}",
        )
    return frozenset(SORTS[word] for word in words)


def sort_of(contact: Contact) -> Sort:
    """What a contact is. One who can be called, visited or congratulated is no machine."""
    if contact.is_firm:
        return "firm"
    reached = (contact.phones, contact.addresses, contact.occasions)
    machine = contact.emails and all(map(is_machine_address, contact.emails))
    return "machine" if machine and not any(reached) else "person"


def leave_out(
    found: Found, known_people: Callable[[], KnownPeople], leaves: Leaves
) -> list[Arriving]:
    """Take out of `found` what is to be left out. Who is in the journal already stays.

    known_people: reads everybody in the journal; not called if there are only people.
    """
    others = [one for one in found.contacts if sort_of(one) != "person"]
    known = known_people() if others else KnownPeople()
    new = [one for one in others if known.match(one).person is None]
    left: list[Contact] = []
    for sort in SORTS.values():
        offered = [one for one in new if sort_of(one) == sort]
        if offered and leaves(sort, offered):
            left += offered
    gone = set(map(id, left))
    found.contacts = [one for one in found.contacts if id(one) not in gone]
    return list(map(_arriving, left))


def _arriving(one: Contact) -> Arriving:
    reached = [*(("email", email) for email in one.emails), *(("phone", n) for n in one.phones)]
    return Arriving(one.name, "left out", gains=tuple(reached[:1]), sort=sort_of(one))
