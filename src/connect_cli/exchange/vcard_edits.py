"""What was changed in the journal since a card came in, written into that card and nothing else.

`edits` compares the card as it came with what the journal says now. It also takes what the journal
said at that time where it differed from the card (`Overrides`), and everything the journal has said
since (`PastValues`, from the record of changes). The result, `Edits`, has only what was changed in
the journal. vcard_sheet.py applies it to a card as it is now: it removes values, renames, sets days
and adds values, in this order.

A line is changed only if it says what the card said when it came in, or what the journal once said:
what another program has changed stays. Every other line stays as it is, byte for byte, and a value
that returns is written in the form it had in the card. NotUnderstood is raised for a card without a
name.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from connect_cli.exchange.values import STARRED, Contact, Day, days_of, point_key
from connect_cli.exchange.vcard_kept import LABELS, Overrides
from connect_cli.exchange.vcard_related import Near
from connect_cli.exchange.vcard_values import ANNIVERSARY, BIRTHDAY
from connect_cli.language.contact import phone_key
from connect_cli.language.words import fold
from connect_cli.model import DEATH

Value = tuple[str, str]
"""The sort and the value of something that a person may have several of."""


@dataclass(frozen=True, slots=True)
class PastValues:
    """Values that the journal has had for a person since a card came in, until they changed.

    names: folded. days: with their folded labels. keys: of addresses, numbers, aliases and tags,
    with their sort. near: who was near them.
    """

    names: frozenset[str] = frozenset()
    days: frozenset[tuple[str, Day]] = frozenset()
    keys: frozenset[Value] = frozenset()
    near: tuple[Near, ...] = ()


@dataclass(frozen=True, slots=True)
class Edits:
    """What to change in a card, where it still has an old value.

    name: the new name, if it has one of the folded `names`. days: the new days, or None, if it has
    one of `old_days`, which have folded labels. gone: keys of values to remove. new: values to add.
    came: the card as it came in, for values that return. lines: lines of older cards, to add as
    they are. near_gone, near_new: people who are not near any more, and who are by now.
    """

    name: str = ""
    names: frozenset[str] = frozenset()
    days: tuple[tuple[str, Day | None], ...] = ()
    old_days: frozenset[tuple[str, Day]] = frozenset()
    gone: frozenset[Value] = frozenset()
    new: tuple[Value, ...] = ()
    came: str = ""
    lines: tuple[str, ...] = ()
    near_gone: tuple[Near, ...] = ()
    near_new: tuple[Near, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the card stays as it is."""
        near = self.near_gone or self.near_new
        return not (self.name or self.days or self.gone or self.new or self.lines or near)


def values_of(contact: Contact) -> list[Value]:
    """Everything that a person may have several of and a card has a place for."""
    return [
        *(("email", value) for value in contact.emails),
        *(("phone", value) for value in contact.phones),
        *(("url", value) for value in contact.urls),
        *(("alias", value) for value in contact.aliases),
        *(("tag", value) for value in contact.tags),
    ]


def keys_of(contact: Contact) -> set[Value]:
    """The same as keys, which are equal for two spellings of one value."""
    return {(sort, point_key(sort, value)) for sort, value in values_of(contact)}


def edits(
    card: Contact, instead: Overrides, past: PastValues, now: Contact, missing: Contact
) -> Edits:
    """What was changed since a card came in.

    now: what the journal says. missing: the part of it that no card has, to be added to this one.
    """
    is_renamed = now.name != (instead.name or card.name)
    was, is_now = days_of(card), days_of(now)
    agreed = was | dict(instead.days)
    new_days = days_of(missing)
    past_labels = {label for label, _ in past.days}
    # Earlier versions imported no other days: that the journal lacks one does not say it was
    # deleted here.
    ours = past_labels | {*LABELS, *(label for label, _ in instead.days)}
    changed = {label for label in agreed.keys() & ours if agreed[label] != is_now.get(label)}
    said = is_now | {label: day for label, day in was.items() if label not in changed}
    spelt = {fold(label): label for label, _ in now.occasions}
    about = sorted(changed | past_labels | new_days.keys(), key=_days_in_order)
    own = was.keys() | changed | new_days.keys()
    here = keys_of(now) | _in_other_words(card, now, past)
    their_name = {("alias", fold(now.name))}
    others = {("alias", fold(alias)) for alias in instead.aliases}
    own_words = keys_of(card)
    mark = {("tag", STARRED)}  # a card may have it, and the journal need not
    no_more = (own_words - others - their_name - mark) | (past.keys - (their_name & own_words))
    again = own_words & past.keys
    back = [(sort, one) for sort, one in values_of(now) if (sort, point_key(sort, one)) in again]
    still = {near.key for near in now.near}
    once = {near.key for near in past.near}
    said_near = [near for near in now.near if any(map(near.is_said_by, card.related))]
    return Edits(
        name=now.name if is_renamed else card.name if past.names else "",
        names=past.names | ({fold(card.name)} if is_renamed else frozenset()),
        days=tuple(
            (spelt.get(label, label), said.get(label) if label in own else None) for label in about
        ),
        old_days=past.days | {(label, was[label]) for label in changed if label in was},
        gone=frozenset(no_more - here),
        new=(*back, *values_of(missing)),
        came=card.card,
        near_gone=tuple(near for near in past.near if near.key not in still),
        near_new=(*(near for near in said_near if near.key in once), *missing.near),
    )


def _days_in_order(label: str) -> tuple[bool, bool, str]:
    """Birthdays first, then anniversaries, then the rest."""
    return label != BIRTHDAY, label != ANNIVERSARY, label


def _in_other_words(card: Contact, now: Contact, past: PastValues) -> set[Value]:
    """Numbers of a card that the journal has in another spelling."""
    same = {phone_key(value) for value in now.phones}
    return {key for number, key in _numbers(card, past) if number in same}


def _numbers(card: Contact, past: PastValues) -> Iterator[tuple[str, Value]]:
    """The number keys of a card, without numbers that were changed in the journal."""
    for value in card.phones:
        if (key := ("phone", point_key("phone", value))) not in past.keys:
            yield phone_key(value), key


def not_on_cards(now: Contact, cards: Sequence[tuple[Contact, PastValues]]) -> Contact:
    """What the journal says and none of these cards has."""
    known = {key for card, _ in cards for key in (*keys_of(card), ("alias", fold(card.name)))}
    told = {label for card, _ in cards for label in days_of(card)}
    numbers = {number for card, past in cards for number, _ in _numbers(card, past)}

    def left(sort: str, values: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in values if (sort, point_key(sort, one)) not in known)

    return Contact(
        name=now.name,
        emails=left("email", now.emails),
        phones=left("phone", [one for one in now.phones if phone_key(one) not in numbers]),
        urls=left("url", now.urls),
        aliases=left("alias", now.aliases),
        tags=left("tag", now.tags),
        occasions=tuple((label, day) for label, day in now.occasions if fold(label) not in told),
        died="" if DEATH in told else now.died,
        near=tuple(near for near in now.near if not near.is_told),
    )
