"""An order that favours nobody: by chance to the eye, yet the same whenever it is asked for."""

import zlib
from datetime import date

KNUTH = 2654435761


def shuffled(person_id: str, day: date | None = None) -> int:
    """A number to sort by, the same on every machine; each day has an order of its own.

    The product breaks the checksum's linearity, by which two days' orders would be alike.
    """
    start = day.toordinal() if day else 0
    return zlib.crc32(person_id.encode(), start) * KNUTH % 2**32
