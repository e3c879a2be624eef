"""How far apart two spellings are: letters left out, added, swapped or put in another's place."""


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
