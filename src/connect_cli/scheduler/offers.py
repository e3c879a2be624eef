"""Offers that would make a load comfortable (scheduler.md §7); none is applied unless asked."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from connect_cli.model import Cadence, Person, Rule
from connect_cli.scheduler.cadences import at_least, mean_days
from connect_cli.scheduler.loads import COMFORTABLE, Load, Promised, demand_of, share
from connect_cli.scheduler.standing import active

ALMOST = 1e-9


@dataclass(frozen=True, slots=True)
class Offer:
    """One way out of a load that is too much.

    number: by how much cadences stretch, or the capacity that would be needed.
    kept: the circle whose cadences stay. changes: the new cadences, by person id.
    demand, ratio: D and U once the offer is taken.
    """

    kind: Literal["stretch", "keep", "capacity"]
    number: float
    demand: float
    ratio: float
    kept: str | None = None
    changes: Mapping[str, Cadence] = MappingProxyType({})

    @property
    def name(self) -> str:
        """What to ask for it by: `stretch`, `keep-inner`, `capacity`."""
        return f"keep-{self.kept}" if self.kept else self.kind


def offers(people: Iterable[Person], load: Load) -> tuple[Offer, ...]:
    """What would make this load of these people comfortable; nothing if it is."""
    if load.ratio <= COMFORTABLE:
        return ()
    promised = active(people, load.day)
    keeping = [_keep(promised, load, row.circle) for row in load.circles if row.circle]
    found = [_stretch(promised, load), *keeping, _more_capacity(load)]
    return tuple(offer for offer in found if offer)
