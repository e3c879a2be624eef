"""Ids as they are shown: the shortest prefix that tells them apart."""

from collections.abc import Iterable, Mapping
from itertools import pairwise, takewhile

LEAST = 4


def shown_ids(ids: Iterable[str]) -> Mapping[str, str]:
    """For each id its shortest prefix, four characters at least, that no other of them begins with.

    Neighbours in sorted order share the longest prefixes, so only they need comparing.
    """
    ordered = sorted(set(ids))
    needed = dict.fromkeys(ordered, LEAST)
    for one, other in pairwise(ordered):
        length = _shared(one, other) + 1
        needed[one], needed[other] = max(needed[one], length), max(needed[other], length)
    return {id_: id_[:length] for id_, length in needed.items()}


def _shared(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
