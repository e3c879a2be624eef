"""How far apart two spellings are: letters left out, added, swapped or put in another's place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

SHORT = 6  # letters: up to this length, two letters at an end tell spellings apart


class Spellings:
    """Spellings of four letters or more, among which those one letter off are found at once.

    One letter, or two that are swapped, leave the beginning or the end of a spelling as it is. So
    each is kept by its first and last letters: two of a short one, three of a longer one. Of four
    letters the two in the middle may be swapped, which leaves the first and the last.
    """

    def __init__(self) -> None:
        self._by_ends: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, spelling: str) -> None:
        """Keep one more spelling."""
        for ends in _ends(spelling, (2, 3)):
            self._by_ends[ends].add(spelling)

    def near(self, spelling: str) -> list[str]:
        """The spellings that are one letter off, in order."""
        lengths = (2,) if len(spelling) <= SHORT else (3,)
        some: set[str] = set()
        for ends in _ends(spelling, lengths):
            some |= self._by_ends.get(ends, set())
        return sorted(one for one in some if one_letter_off(one, spelling))


def _ends(spelling: str, lengths: Iterable[int]) -> Iterator[str]:
    """What a spelling is kept by; those near the limit both as short and as longer ones."""
    if len(spelling) <= SHORT + 1 and 2 in lengths:
        yield from (f"{spelling[:2]}…", f"…{spelling[-2:]}", f"{spelling[:1]}…{spelling[-1:]}")
    if len(spelling) >= SHORT and 3 in lengths:
        yield from (f"{spelling[:3]}…", f"…{spelling[-3:]}")


def one_letter_off(one: str, other: str) -> bool:
    """Whether one added, missing, other or transposed letter makes the difference."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    rest, others = one[at:], other[at:]
    if rest[1:] == others or rest == others[1:] or rest[1:] == others[1:]:
        return True
    return rest[:2] == others[1::-1] and rest[2:] == others[2:]


def letters_off(one: str, other: str, most: int) -> int:
    """How many such letters make the difference; `most + 1` for any number above `most`."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > most:
        return most + 1
    if one_letter_off(one, other):
        return 1
    return min(_distance(one, other), most + 1) if most > 1 else 2


def _distance(one: str, other: str) -> int:
    """The restricted Damerau-Levenshtein distance: no letter is changed twice."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, beside in enumerate(other, 1):
            cost = min(row[-1] + 1, rows[-1][j] + 1, rows[-1][j - 1] + (letter != beside))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == beside:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
