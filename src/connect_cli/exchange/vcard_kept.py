"""A card as the journal keeps it: its text, and what the journal said instead of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from connect_cli.exchange.tidy import day_of_year
from connect_cli.exchange.values import Contact, Yearly
from connect_cli.exchange.vcard_lines import in_text
from connect_cli.exchange.vcard_values import ANNIVERSARY, BIRTHDAY
from connect_cli.language.calendar import yearly_text
from connect_cli.language.words import fold

LABELS = (BIRTHDAY, ANNIVERSARY)
_ANEW = ("REV", "PRODID", "BEGIN:VCARD", "END:VCARD")
"""What a program writes anew whenever it writes a card: it tells nothing of the person."""


@dataclass(frozen=True, slots=True)
class Instead:
    """What the journal said of somebody when their card came in, and the card said otherwise.

    aliases: what the card calls them, and the journal somebody else.
    """

    name: str = ""
    days: tuple[tuple[str, Yearly], ...] = ()
    aliases: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> "Instead":
        """What was written; nothing of a text that is none."""
        try:
            said = json.loads(text or "{}")
        except (ValueError, RecursionError):
            said = {}
        said = said if isinstance(said, dict) else {}
        name, aliases = said.get("name"), said.get("aliases")
        days = ((label, day_of_year(str(said.get(label)))) for label in LABELS)
        return cls(
            name=name if isinstance(name, str) else "",
            days=tuple((label, day) for label, day in days if day is not None),
            aliases=tuple(map(str, aliases)) if isinstance(aliases, list) else (),
        )

    def written(self) -> str:
        """As the journal keeps it; nothing where the card says the same."""
        said: dict[str, object] = {label: day_text(day) for label, day in self.days}
        said |= {"name": self.name} if self.name else {}
        said |= {"aliases": list(self.aliases)} if self.aliases else {}
        return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else ""


def day_text(day: Yearly) -> str:
    """A yearly day as vCards 3.0 write it."""
    return yearly_text(*day, unknown="--")


def instead_of(
    card: Contact,
    name: str,
    days: Mapping[str, Yearly],
    untaken: Sequence[str],
    before: tuple[Contact, Instead] | None,
) -> Instead:
    """What the journal says instead of a card that comes in, or comes in again.

    name, days: what the journal says. untaken: what the card calls them, and the journal somebody
    else. before: the same card as it came last. Where it says what it said then, so does this: a
    change in the journal since then has still to go out.
    """
    old, said = before or (Contact(""), Instead())
    known, was = dict(old.occasions), dict(said.days)
    kept: dict[str, Yearly] = {}
    for label, day in card.occasions:
        if known.get(label) == day:
            kept |= {label: was[label]} if label in was else {}
        elif label in LABELS and days.get(label, day) != day:
            kept[label] = days[label]
    called = {fold(alias) for alias in old.aliases} - {fold(alias) for alias in said.aliases}
    return Instead(
        name=said.name if old.name == card.name else name if name != card.name else "",
        days=tuple(sorted(kept.items())),
        aliases=tuple(sorted(alias for alias in untaken if fold(alias) not in called)),
    )


def substance(text: str) -> tuple[str, ...]:
    """What the lines of a card say, however they are folded and in whatever order they stand."""
    found, loose = in_text(text)
    lines = [line.text.strip() for card in found for line in card.lines] + loose
    return tuple(sorted(line for line in lines if line and not _is_anew(line)))


def _is_anew(line: str) -> bool:
    return line.upper() in _ANEW or line.partition(":")[0].partition(";")[0].upper() in _ANEW
