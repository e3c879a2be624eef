"""A card as the journal stores it: its text, and where the journal said something else."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from connect_cli.exchange import vcard_read
from connect_cli.exchange.normalise import day_of_year
from connect_cli.exchange.values import Contact, Day, days_of
from connect_cli.exchange.vcard_days import day_text
from connect_cli.exchange.vcard_lines import Line, in_text
from connect_cli.exchange.vcard_syntax import Property, taken_apart
from connect_cli.exchange.vcard_values import ANNIVERSARY, BIRTHDAY, OF_ANOTHER, labels
from connect_cli.language.words import fold
from connect_cli.model import DEATH

LABELS = (BIRTHDAY, ANNIVERSARY)
"""The yearly days that every version of connect has imported."""

_DAYS, _DIED = "days", "died"
_ANEW = ("REV", "PRODID", "BEGIN:VCARD", "END:VCARD")
"""Lines that change whenever a program writes a card; they say nothing about the person."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """Values of the journal that differed from a card when it came in.

    aliases: those of the card that the journal has for somebody else.
    """

    name: str = ""
    days: tuple[tuple[str, Day], ...] = ()
    aliases: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> "Overrides":
        """The stored overrides; none for a text that cannot be read."""
        try:
            said = json.loads(text or "{}")
        except (ValueError, RecursionError):
            said = {}
        said = said if isinstance(said, dict) else {}
        name, aliases = said.get("name"), said.get("aliases")
        return cls(
            name=name if isinstance(name, str) else "",
            days=tuple(sorted(_days_in(said), key=_label)),
            aliases=tuple(map(str, aliases)) if isinstance(aliases, list) else (),
        )

    def written(self) -> str:
        """The text to store; empty if the card agrees with the journal."""
        days = {label: day for label, day in self.days if isinstance(day, tuple)}
        said: dict[str, object] = {
            label: day_text(day) for label, day in days.items() if label in LABELS
        }
        others = {label: day_text(day) for label, day in days.items() if label not in LABELS}
        said |= {_DAYS: others} if others else {}
        died = dict(self.days).get(DEATH)
        said |= {_DIED: died} if died else {}
        said |= {"name": self.name} if self.name else {}
        said |= {"aliases": list(self.aliases)} if self.aliases else {}
        return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else ""


def _days_in(said: Mapping[str, object]) -> Iterator[tuple[str, Day]]:
    """The days of stored overrides; those that cannot be read are left out."""
    others = said.get(_DAYS)
    known = {label: said.get(label) for label in LABELS}
    for label, text in {**(others if isinstance(others, dict) else {}), **known}.items():
        if (day := day_of_year(str(text))) is not None:
            yield label, day
    if isinstance(died := said.get(_DIED), str) and died:
        yield DEATH, died


def _label(day: tuple[str, Day]) -> str:
    return day[0]


def overrides_for(
    card: Contact,
    name: str,
    days: Mapping[str, Day],
    untaken: Sequence[str],
    before: tuple[Contact, Overrides] | None,
) -> Overrides:
    """The values of the journal that differ from a card that comes in, perhaps again.

    name, days: what the journal says, the days by folded labels. untaken: aliases of the card that
    the journal has for somebody else. before: the same card as it came last. A value that the card
    still has keeps its override from then: a change in the journal since then has yet to be
    exported.
    """
    old, said = before or (Contact(""), Overrides())
    known, was = days_of(old), dict(said.days)
    kept: dict[str, Day] = {}
    for label, day in days_of(card).items():
        if known.get(label) == day:
            kept |= {label: was[label]} if label in was else {}
        elif days.get(label, day) != day:
            kept[label] = days[label]
    called = {fold(alias) for alias in old.aliases} - {fold(alias) for alias in said.aliases}
    return Overrides(
        name=said.name if old.name == card.name else name if name != card.name else "",
        days=tuple(sorted(kept.items(), key=_label)),
        aliases=tuple(sorted(alias for alias in untaken if fold(alias) not in called)),
    )


def substance(text: str) -> tuple[str, ...]:
    """The lines of a card without folds, sorted: equal for two cards that say the same."""
    found, loose = in_text(text)
    lines = [line.text.strip() for card in found for line in card.lines] + loose
    return tuple(sorted(line for line in lines if line and not _is_anew(line)))


def _is_anew(line: str) -> bool:
    return line.upper() in _ANEW or line.partition(":")[0].partition(";")[0].upper() in _ANEW


class OriginalCard:
    """The lines of a card as it came in; empty for a card that connect wrote."""

    def __init__(self, text: str) -> None:
        self._card = next(iter(in_text(text)[0]), None)
        self._lines = [] if self._card is None else self._card.lines

    @property
    def labels(self) -> dict[str, str]:
        """Apple's label for each group."""
        return labels(one for _, one in self._own())

    def names(self, name: str) -> dict[str, str] | None:
        """Its lines for a name and its parts, by FN and N; None if it has another name."""
        said = None if self._card is None else vcard_read.contact_if_any(self._card)
        if said is None or said.name != name:
            return None
        own = [(one.name, line.text) for line, one in self._own() if one.name in ("FN", "N")]
        full = [(sort, text) for sort, text in own if not text.endswith(":")]
        return dict(reversed([*full, *own]))  # the first of each, preferring one with a value

    def saying(self, says: Callable[[Property], bool]) -> list[Line]:
        """The lines that fit, in order."""
        return [line for line, one in self._own() if says(one)]

    def called(self, name: str) -> list[Line]:
        """The lines with this property name, in order."""
        return self.saying(lambda one: one.name == name)

    def with_labels(self, found: Sequence[Line]) -> list[Line]:
        """These lines, with Apple's labels for them (`item1.X-ABLabel`)."""
        ones = (taken_apart(line.text) for line in found)
        groups = {one.group for one in ones if one is not None and one.group}
        return [
            line
            for line, one in self._own()
            if line in found or (one.group in groups and one.name in OF_ANOTHER)
        ]

    def place(self, line: Line, among: Sequence[Line]) -> int:
        """Where a line belongs among others: after the nearest line that preceded it."""
        places = {other.text: place for place, other in enumerate(among[:-1])}
        before = takewhile(lambda other: other is not line, self._lines)
        known = [places[other.text] for other in before if other.text in places]
        return known[-1] + 1 if known else 1

    def _own(self) -> Iterator[tuple[Line, Property]]:
        for line in self._lines[1:-1]:
            if line.is_own and (one := taken_apart(line.text)) is not None:
                yield line, one
