"""A card as it came in: how it said what the journal says again, and where.

What was changed in the journal, written into a card, and then changed back stands in the card as
it stood there at first: with its types, its label and in its place.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from connect_cli.exchange import vcard
from connect_cli.exchange.vcard_lines import Line, Property, in_text, taken_apart
from connect_cli.exchange.vcard_values import OF_ANOTHER, labels


class Came:
    """The lines of a card as it came in; none of one that is written here."""

    def __init__(self, text: str) -> None:
        self._card = next(iter(in_text(text)[0]), None)
        self._lines = [] if self._card is None else self._card.lines

    @property
    def labels(self) -> dict[str, str]:
        """What Apple calls the lines of each group."""
        return labels(one for _, one in self._own())

    def names(self, name: str) -> dict[str, str] | None:
        """How it writes a name and its parts, by FN and N; None if it calls them otherwise."""
        said = None if self._card is None else vcard.contact_if_any(self._card)
        if said is None or said.name != name:
            return None
        own = [(one.name, line.text) for line, one in self._own() if one.name in ("FN", "N")]
        full = [(sort, text) for sort, text in own if not text.endswith(":")]
        return dict(reversed([*full, *own]))  # the first of each, that says something if one does

    def saying(self, says: Callable[[Property], bool]) -> list[Line]:
        """The lines that say something, in their order."""
        return [line for line, one in self._own() if says(one)]

    def called(self, name: str) -> list[Line]:
        """The lines with a name, in their order."""
        return self.saying(lambda one: one.name == name)

    def with_labels(self, found: Sequence[Line]) -> list[Line]:
        """These lines, and what only Apple says of them (`item1.X-ABLabel`)."""
        ones = (taken_apart(line.text) for line in found)
        groups = {one.group for one in ones if one is not None and one.group}
        return [
            line
            for line, one in self._own()
            if line in found or (one.group in groups and one.name in OF_ANOTHER)
        ]

    def place(self, line: Line, among: Sequence[Line]) -> int:
        """Where a line belongs among others: behind the nearest of those that stood before it."""
        places = {other.text: place for place, other in enumerate(among[:-1])}
        before = takewhile(lambda other: other is not line, self._lines)
        known = [places[other.text] for other in before if other.text in places]
        return known[-1] + 1 if known else 1

    def _own(self) -> Iterator[tuple[Line, Property]]:
        for line in self._lines[1:-1]:
            if line.is_own and (one := taken_apart(line.text)) is not None:
                yield line, one
