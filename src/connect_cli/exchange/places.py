"""Where people live, as other programs write it: whole addresses, or only a place."""

from collections.abc import Iterable
from typing import NamedTuple

from connect_cli.exchange.normalise import one_line
from connect_cli.store.places import LIVES_IN


class Address(NamedTuple):
    """An address in its parts. box: what stands beside the street. at_work: not a home."""

    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    box: str = ""
    at_work: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether it names a place and nothing in it."""
        return not (self.street or self.box)

    @property
    def text(self) -> str:
        """The whole address in one line."""
        street = ", ".join(self.street.splitlines())
        parts = (self.box, street, self.city, self.region, self.postcode, self.country)
        return one_line(", ".join(filter(None, map(str.strip, parts))))

    @property
    def place(self) -> str:
        """The city; without one, the region or the country."""
        return one_line(self.city) or one_line(self.region) or one_line(self.country)


def placed(addresses: Iterable[Address]) -> tuple[tuple[str, ...], str]:
    """The whole addresses, and the place where somebody lives if no more is known of a home."""
    whole, lives_in = dict[str, None](), ""
    for one in addresses:
        if one.is_bare and not one.at_work and not lives_in:
            lives_in = one.place
        elif one.text:
            whole[one.text] = None
    return tuple(whole), lives_in


def with_home(details: dict[str, str], lives_in: str) -> None:
    """Add the place where somebody lives to their details, unless they say it."""
    if lives_in:
        details.setdefault(LIVES_IN, lives_in)
