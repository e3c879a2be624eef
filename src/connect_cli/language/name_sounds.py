"""Words of names in Latin letters, and as they sound: Дмитрий, Dmitriy and Dmitry are one.

`romanised` writes Cyrillic and Greek letters in Latin ones. `sound` also makes the usual spellings
of one sound the same, such as `Sara` and `Sarah`, `Müller` and `Mueller`. It is for comparing whole
names; nothing is ever shown or stored in that form.
"""

import re

from connect_cli.language.words import fold

_LETTERS = str.maketrans(
    dict(zip("абвгґдезиіклмнопрстуфыэїљњ", "abvggdeziiklmnoprstufyeiln", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
    | {"є": "ye", "ђ": "dj", "ћ": "c", "џ": "dz", "ј": "j", "ъ": "", "ь": ""}
    | dict(zip("αβγδεζηικλμνοπρστυω", "avgdeziiklmnoprstyo", strict=True))
    | {"θ": "th", "ξ": "x", "φ": "f", "χ": "ch", "ψ": "ps"}
)
_GREEK_PAIRS = (("ου", "ou"), ("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("γγ", "ng"))

_UMLAUT = re.compile(r"(?<=[aou])e(?=[^aeiouy])")

_SOUNDS = tuple(
    (re.compile(spelt), sound)
    for spelt, sound in (
        (r"[^a-z0-9]", ""),
        (r"tch|tsch", "ch"),
        (r"sch", "sh"),
        (r"ph", "f"),
        (r"ck|kh|c(?=[aourlkt])|ch(?=[rl])|c$", "k"),
        (r"qu", "kv"),
        (r"x", "ks"),
        (_UMLAUT, ""),
        (r"w", "v"),
        (r"^(?:y|i(?=[uo]))(?=[aeiou])", "j"),
        (r"y|(?<!^)j", "i"),
        (r"z", "s"),
        (r"(?<=[tkrgdb])h|h$", ""),
        (r"dt", "t"),
        (r"([a-z])\1+", r"\1"),
    )
)
"""Spellings that differ where the sound does not, in the order in which they are made the same."""


def romanised(word: str) -> str:
    """A word, folded, in Latin letters. Other scripts stay as they are.

    >>> romanised("Жуков")
    'zhukov'
    """
    folded = fold(word)
    if folded.isascii():
        return folded
    for pair, letters in _GREEK_PAIRS:
        folded = folded.replace(pair, letters)
    return folded.translate(_LETTERS)


def without_umlauts(word: str) -> str:
    """A folded word without the e by which keyboards write two dots: `muller` for `mueller`."""
    return _UMLAUT.sub("", word)


def sound(word: str) -> str:
    """The same value for the usual spellings of one name. A word without Latin letters stays."""
    heard = written = romanised(word)
    for spelt, one in _SOUNDS:
        heard = spelt.sub(one, heard)
    return heard or written
