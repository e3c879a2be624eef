"""How large the worlds are: nothing else, so that who measures stays smaller than what is measured.

The memory of a process counts what the one that started it had (getrusage(2), ru_maxrss).
"""

from dataclasses import dataclass

SEED = 1815


@dataclass(frozen=True)
class Size:
    """How much a journal holds: people, interactions, and the years they are spread over."""

    people: int
    interactions: int
    years: int


SIZES = {
    "S": Size(50, 1_000, 2),
    "M": Size(500, 20_000, 8),
    "L": Size(2_000, 200_000, 20),
    "XL": Size(10_000, 1_000_000, 30),
    "one": Size(1, 0, 1),
    "2k": Size(500, 2_000, 10),
    "10k": Size(500, 10_000, 10),
    "100k": Size(500, 100_000, 10),
}
