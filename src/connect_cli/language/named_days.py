"""Days with a name of their own: `Boxing Day` is read, `Easter` could be several days."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from connect_cli.language.calendar import word_set
from connect_cli.language.day_expression import DayExpression, Fixed, Refused, Yearly, dated
from connect_cli.language.foreign_days import match_foreign_day

_FIXED: Mapping[tuple[int, int], str] = {
    (1, 1): "new year's day|new years day",
    (1, 6): "epiphany|twelfth night",
    (1, 25): "burns night",
    (2, 14): "valentine's day|valentine's|st valentine's day|saint valentine's day",
    (3, 1): "st david's day",
    (3, 17): "st patrick's day|saint patrick's day|st paddy's day|paddy's day",
    (4, 1): "april fool's day|april fools day|april fools",
    (4, 23): "st george's day",
    (7, 4): "american independence day|fourth of july",
    (10, 31): "halloween|hallowe'en",
    (11, 1): "all saints day|all saint's day",
    (11, 5): "guy fawkes|guy fawkes night|guy fawkes day|bonfire night",
    (11, 11): "armistice day|remembrance day",
    (11, 30): "st andrew's day",
    (12, 6): "st nicholas day|saint nicholas day",
    (12, 24): "christmas eve|xmas eve|x-mas eve",
    (12, 25): "christmas day|xmas day|x-mas day",
    (12, 26): "boxing day|st stephen's day",
    (12, 31): "new year's eve|new years eve|nye|hogmanay",
}
_UNCLEAR = (
    "easter|easter sunday|easter monday|easter saturday|easter weekend|easter day|good friday"
    "|thanksgiving|thanksgiving day|diwali|deepavali|eid|eid al-fitr|eid al-adha|hanukkah"
    "|chanukah|mother's day|mothering sunday|father's day|pancake day|shrove tuesday"
    "|ash wednesday|palm sunday|labor day|labour day|memorial day|independence day|mlk day"
    "|presidents day|president's day|columbus day|bank holiday|bank holiday monday"
    "|bank holiday weekend|ramadan|lunar new year|chinese new year|passover|pesach"
    "|rosh hashanah|yom kippur|purim|nowruz|holi|navratri|midsummer|mardi gras|black friday"
    "|cyber monday|christmas|christmas time|christmastime|xmas|x-mas|new year|new year's"
    "|the holidays|the christmas holidays|the easter holidays|the summer holidays|my birthday"
    "|the summer|the winter|the autumn|the spring"
    "|whitsun|whit sunday|whit monday|pentecost|michaelmas|candlemas|epiphany|twelfth night"
    "|our anniversary|my anniversary|their anniversary|the school holidays|the school break"
    "|the christmas break|the easter break|payday|pay day|half-term|half term|spring break"
    "|reading week|advent|lent|the bank holiday|his birthday|her birthday|their birthday"
)
SEASONS = word_set("summer winter autumn spring fall")
_BEFORE = word_set("on at over around during in")
_WHICH = word_set("last this")
# Without `on` or `at`, a name of one word is a day only before these: not in `Easter egg`.
_SMALL = word_set("with to at in we i me for and from by was were")
_PARTS = word_set("morning afternoon evening night lunchtime")
_DAY_WORDS = word_set("day eve night sunday monday tuesday wednesday friday saturday weekend")
_WEEKS = word_set("week wk kw")


class _Name(NamedTuple):
    words: tuple[str, ...]
    day: tuple[int, int] | None


def _spellings(name: str) -> Iterator[str]:
    """`mother's day`, `mothers' day`, `mothers day`; and `mother day`, as a possessive is read."""
    yield name
    if "'s" in name:
        for ending in ("s'", "s", ""):
            yield name.replace("'s", ending)


def _by_first_word() -> dict[str, list[_Name]]:
    table: dict[str, list[_Name]] = {}
    days: list[tuple[str, tuple[int, int] | None]] = [
        *((name, day) for day, names in _FIXED.items() for name in names.split("|")),
        *((name, None) for name in _UNCLEAR.split("|")),
    ]
    for name, day in days:
        for spelling in _spellings(name):
            words = tuple(spelling.split())
            table.setdefault(words[0], []).append(_Name(words, day))
    for names in table.values():
        names.sort(key=lambda one: -len(one.words))
    return table


_NAMES = _by_first_word()


def match_named_day(words: Sequence[str], today: date) -> tuple[DayExpression, int] | None:
    """The day with a name that these folded words begin with, and how many words it takes."""
    if not words:
        return None
    at = 1 if words[0] in _BEFORE else 0
    which = words[at] if words[at : at + 1] and words[at] in _WHICH else ""
    start = at + bool(which)
    rest = words[start:]
    if not rest:
        return None
    if unclear := _week_or_season(words, at, which):
        return unclear
    for name in _NAMES.get(rest[0], ()):
        end = len(name.words)
        if tuple(rest[:end]) == name.words and (start or _stands_alone(name, rest[end:])):
            return _read(name, words, start + end, which, today)
    return match_foreign_day(words, today)


def _stands_alone(name: _Name, after: Sequence[str]) -> bool:
    if name.words[-1] in _DAY_WORDS:
        return True
    return not after or after[0] in _SMALL or after[0] in _PARTS or _is_year(after[0])


def _read(
    name: _Name, words: Sequence[str], end: int, which: str, today: date
) -> tuple[DayExpression, int] | None:
    if name.day is None:
        if name.words[-1] not in _DAY_WORDS and words[end : end + 1] and words[end] not in _SMALL:
            return None  # `at Christmas dinner`, `my birthday party`
        return _several(words[:end]), end
    if words[end : end + 1] and words[end] in _PARTS:
        end += 1
    if words[end : end + 1] and _is_year(words[end]):
        return dated(int(words[end]), *name.day), end + 1
    day = Yearly(*name.day)
    return (Fixed(day.latest(today)) if which == "last" else day), end


def _week_or_season(words: Sequence[str], at: int, which: str) -> tuple[DayExpression, int] | None:
    """`week 10`, `last summer`, `in the summer`."""
    if which and words[at + 1 : at + 2] and words[at + 1] in SEASONS:
        return _several(words[: at + 2]), at + 2
    at = 1 if words[0] == "in" else at
    rest = words[at:]
    if words[0] == "in" and rest[:1] and rest[0] in SEASONS:
        return _several(words[:2]), 2
    if words[0] == "in" and rest[:1] == ["the"] and rest[1:2] and rest[1] in SEASONS:
        return _several(words[:3]), 3
    if len(rest) > 1 and rest[0] in _WEEKS and rest[1].isdecimal() and len(rest[1]) < 3:
        week = 1 <= int(rest[1]) <= 53 and rest[2:3] != ["of"]
        return (_several(words[: at + 2]), at + 2) if week else None
    return None


def _several(words: Sequence[str]) -> Refused:
    return Refused(f"'{' '.join(words)}' could be several days", "write the date, like 3 nov")


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal()
