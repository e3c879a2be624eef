"""Times of day and durations as they are written: `15:00`, `3pm to 4pm`, `45m`, `1h30`."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import MOST, NUMBERS, WEEKDAYS, choice, word_set
from connect_cli.language.words import fold

Reader = Callable[[re.Match[str]], float]

LONGEST_TIME = 8  # words: "at a quarter past six in the evening"
DAY = 24 * 60
NOON = 12 * 60
# Minutes. Nobody meets before dawn: `at 3:30` is in the afternoon, unless written 03:30 or 3:30am.
# `1:30` alone is a duration, `12:30` alone a time.
DAWN = 6 * 60

LONGEST = 24 * 60
LONGEST_DURATION = 7  # words: "for about three quarters of an hour"
_HOW_TIME = "write it like 15:00 or 3pm"
_TIME = (
    r"(?P<{0}hour>[01]?[0-9]|2[0-3])(?:[:.h](?P<{0}minute>[0-5][0-9]))?"
    r" ?(?P<{0}half>am|pm|a\.m|p\.m)?"
)
_AT = r"(?:at (?:about |around )?|around |about |by )"
_ONE = rf"(?P<at>{_AT})?(?:{_TIME.format('')}|(?P<word>noon|midday|midnight))(?!\S)"
_RANGE = rf"(?:from |at )?{_TIME.format('')} ?(?:-|to|until|till) ?{_TIME.format('to_')}(?!\S)"
_NO_HOURS = word_set("a an couple") | {"couple of", "a couple of", "a couple"}
_NAMED_TIMES = {"noon": NOON, "midday": NOON, "midnight": 0}
_HOURS = {word: NUMBERS[word] for word in NUMBERS if word not in _NO_HOURS and NUMBERS[word] <= 12}
_HOUR_WORD = choice(_HOURS)
_SAID_HOUR = rf"(?P<hour>{_HOUR_WORD}|1[0-2]|[1-9])"
_MINUTES_PAST = {
    "half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20,
    "twenty five": 25, "twenty-five": 25, "5": 5, "10": 10, "20": 20, "25": 25,
}  # fmt: skip
_PAST = choice(_MINUTES_PAST)
_PART_OF_DAY = r"in the (?:morning|afternoon|evening)|at night"
_HALF = rf"(?: ?(?P<half>am|pm|a\.m|p\.m|{_PART_OF_DAY}))?(?!\S)"
_SURELY_AT = r"(?:(?<=at )|(?<=around )|(?<=about ))"
# `at 8` is a time where nothing follows that could be counted or be a house: `at 8 Elm Street`.
_ALONE = (
    r"(?=$| (?:with|for|and|on|in|today|yesterday|tonight|this|last|sharp"
    rf"|{choice(WEEKDAYS)})(?!\S))"
)
# Each with what the text must hold, so that few of them are tried.
_SPOKEN = (
    ("past ", rf"{_AT}?(?P<past>{_PAST})(?: minutes)? past {_SAID_HOUR}{_HALF}"),
    (
        " ",
        (
            rf"{_AT}?(?P<to>a quarter|quarter|{_SURELY_AT}(?:{_PAST})|(?:{_PAST}) minutes)"
            rf" to {_SAID_HOUR}{_HALF}"
        ),
    ),
    ("at half", rf"at (?P<past>half) {_SAID_HOUR}{_HALF}"),
    ("ish", rf"{_AT}?{_SAID_HOUR}(?::(?P<minute>[0-5][0-9]))?[ -]?ish{_HALF}"),
    ("clock", rf"{_AT}?{_SAID_HOUR} o'?clock{_HALF}"),
    ("m", rf"{_AT}?(?P<hour>{_HOUR_WORD}) ?(?P<half>am|pm)(?!\S)"),
    ("t", rf"{_AT}?(?P<hour>{_HOUR_WORD}|1[0-2]|[1-9]) (?P<half>{_PART_OF_DAY})(?!\S)"),
    ("at ", rf"at (?:about |around )?{_SAID_HOUR}{_ALONE}"),
    ("at ", r"at (?P<long>1[3-9]|2[0-3])(?:h|hrs)?(?=$| (?:with|for|and|on|today|yesterday)\b)"),
)
_OPENS_TIME = (
    word_set("at from noon midday midnight around about by half quarter a")
    | _HOURS.keys()
    | {word.split()[0] for word in _MINUTES_PAST}
)
_HOW_LONG = "write it like 45m, 1h30 or 1:30"
_FRACTIONS = str.maketrans({"½": ".5", "¼": ".25", "¾": ".75"})

_PARTS = {"half": 30, "a half": 30, "quarter": 15, "a quarter": 15, "three quarters": 45}
_PART = rf"(?P<part>{choice(_PARTS)})"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
# After a word a unit is a word of its own: `am` is no minute and `ah` no hour.
_WORDS = rf"(?:(?:{_TENS})[ -](?:{_ONES})|{choice(NUMBERS)})(?=[ -][a-z]{{2}})"
_FRACTION = r"(?:[0-9]{1,2} )?[1-3]/[2-4]"
_FIGURES = rf"(?:{_FRACTION}|[0-9]{{0,4}}[.,][0-9]{{1,2}}|[0-9]+)"
_HOUR = r"(?:h|hrs?|hours?)(?:-long)?"
_MINUTE = r"(?:m|mins?|minutes?)(?:-long)?"
_UP_TO_59 = r"(?P<minutes>[0-5]?[0-9])"
_ABOUT = (
    r"(?:for )?(?:(?:about|around|roughly|almost|nearly|over|under|approximately|approx|ca"
    r"|just over|just under|at least) |~)?"
)
_OPENS_LENGTH = {word.split()[0] for word in (*NUMBERS, *_PARTS)}
_UNIT = rf"[ -]?(?:(?P<hour>{_HOUR})|{_MINUTE})(?!\S)"
_NUMBER_WORD = choice(NUMBERS)
_RANGES_IN_FIGURES = (rf"(?P<least>{_FIGURES}) ?(?:-|to|or) ?(?P<most>{_FIGURES}){_UNIT}",)
_RANGES_IN_WORDS = (
    rf"(?P<least>{_NUMBER_WORD}) (?:to|or) (?P<most>{_NUMBER_WORD}){_UNIT}",
    rf"(?P<least>an?|one) (?P<hour>{_HOUR}) or (?P<most>two)(?!\S)",
)


class Clock(NamedTuple):
    """A time of day `HH:MM` at the beginning of some words. minutes: its length, if it is said.

    other: the time twelve hours later, if `at 8` or `8:30` may mean that too; empty if not.
    """

    time: str
    words: int
    minutes: int | None = None
    other: str = ""


def read_time(text: str) -> str:
    """The time of day as `HH:MM`; an hour before dawn without am is pm. Raises NotUnderstood."""
    words = " ".join(fold(text).split())
    match = re.fullmatch(_ONE, words)
    minute = None if match is None else _minute_of_day(match)
    if minute is not None:
        return _written(minute)
    if (spoken := _spoken(words)) is None or spoken.words != words.count(" ") + 1:
        raise NotUnderstood(f"'{text}' is not a time of day", _HOW_TIME)
    return spoken.time


def match_clock(words: Sequence[str]) -> Clock | None:
    """The time of day that these folded words begin with, unless they may mean something else."""
    if not words or not (words[0][0].isdecimal() or words[0] in _OPENS_TIME):
        return None
    text = " ".join(words[:LONGEST_TIME])
    return _range(text) or _single(text) or _spoken(text)


def _range(text: str) -> Clock | None:
    match = re.match(_RANGE, text)
    if match is None or not any(match.group("minute", "half", "to_minute", "to_half")):
        return None
    start = _minute_of_day(match, half=match["half"] or match["to_half"])
    end = _minute_of_day(match, "to_")
    if start is None or end is None or start == end:
        return None
    if start > end and not match["half"]:
        start = (start + NOON) % DAY  # the start of 11-1pm is in the morning
    other = _other(match, start) if int(match["to_hour"]) <= 12 and not match["to_half"] else ""
    return Clock(_written(start), match[0].count(" ") + 1, (end - start) % DAY, other)


def _single(text: str) -> Clock | None:
    match = re.match(_ONE, text)
    minute = None if match is None else _minute_of_day(match)
    if match is None or minute is None or not _surely_a_time(match):
        return None
    return Clock(_written(minute), match[0].count(" ") + 1, other=_other(match, minute))


def _other(match: re.Match[str], minute: int) -> str:
    """The time twelve hours later, unless am or a leading zero says that it is not meant."""
    said = match.groupdict()
    open_ = not said.get("word") and not said["half"] and not said["hour"].startswith("0")
    return _written(minute + NOON) if open_ and DAWN <= minute < NOON else ""


def _surely_a_time(match: re.Match[str]) -> bool:
    if match["word"] or match["half"]:
        return match["at"] != "by "
    if "." in match[0] and not match["at"]:
        return False  # 20.11. is a day, somewhere
    return bool(match["minute"]) and (bool(match["at"]) or int(match["hour"]) * 60 >= DAWN)


def _spoken(text: str) -> Clock | None:
    """`half past six`, `quarter to 3`, `10ish`, `6 o'clock`, `at 8`."""
    match = next(
        (found for sign, form in _SPOKEN if sign in text and (found := re.match(form, text))), None
    )
    if match is None:
        return None
    said = match.groupdict()
    words = match[0].count(" ") + 1
    if said.get("long"):
        return Clock(_written(int(said["long"]) * 60), words)
    hour = _HOURS.get(said["hour"]) or int(said["hour"])
    minute = hour % 12 * 60 + int(said.get("minute") or 0)
    minute += _MINUTES_PAST.get(said.get("past") or "", 0)
    minute = (minute - _MINUTES_PAST.get(said.get("to") or "", 0)) % NOON
    if half := said.get("half"):
        return Clock(_written(minute + (NOON if _is_late(half, minute) else 0)), words)
    if minute < 60 or minute >= NOON:
        return Clock(_written(minute % NOON + NOON), words)  # twelve is noon
    if minute < DAWN:
        return Clock(_written(minute + NOON), words)
    return Clock(_written(minute), words, other=_written(minute + NOON))


def _is_late(half: str, minute: int) -> bool:
    """Whether `pm` or `in the evening` puts a time after noon; `2 at night` is before dawn."""
    if half == "at night":
        return minute >= DAWN
    return half[0] == "p" or half.endswith(("noon", "evening"))


def _minute_of_day(match: re.Match[str], which: str = "", half: str | None = None) -> int | None:
    """Minutes since midnight; None for an hour that no clock shows, such as 15pm."""
    said = match.groupdict()
    if said.get("word"):
        return _NAMED_TIMES[said["word"]]
    hour, minute = said[f"{which}hour"], int(said[f"{which}minute"] or 0)
    half = half or said[f"{which}half"]
    if half and not 1 <= int(hour) <= 12:
        return None
    if half:
        return int(hour) % 12 * 60 + minute + (NOON if half[0] == "p" else 0)
    early = len(hour) == 1 and 60 <= int(hour) * 60 < DAWN
    return int(hour) * 60 + minute + (NOON if early else 0)


def _written(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


class Duration(NamedTuple):
    """A duration at the beginning of some words. words: how many of them it takes."""

    minutes: int
    words: int


def with_decimals(text: str) -> str:
    """The text with `1½` written as `1.5`, because folding would make it `11/2`."""
    return text.translate(_FRACTIONS)


def read_minutes(text: str) -> int:
    """Minutes, from 1 to 1440; a bare number is minutes. Raises NotUnderstood."""
    words = fold(with_decimals(text)).split()
    if not words:
        raise NotUnderstood("no duration was given", _HOW_LONG)
    joined = " ".join(words)
    found = _longest(joined)
    if joined.isdecimal() and len(joined) <= 9:
        minutes = int(joined)
    elif found is not None and found[1] == len(joined):
        minutes = found[0]
    else:
        raise NotUnderstood(f"'{text}' is not a duration", _HOW_LONG)
    if not 1 <= minutes <= LONGEST:
        raise NotUnderstood(f"'{text}' is not between one minute and one day", _HOW_LONG)
    return minutes


def match_duration(words: Sequence[str]) -> Duration | None:
    """The duration that these folded words begin with; over one day, only if it can be no length.

    `5000 m` is how far somebody walked.
    """
    text = " ".join(words[:LONGEST_DURATION])
    found = _longest(text)
    if found is None or found[0] < 1 or match_unclear_duration(words):
        return None
    if found[0] > LONGEST and re.fullmatch(r".*[0-9] ?m", text[: found[1]]):
        return None
    return Duration(found[0], text[: found[1]].count(" ") + 1)


def read_leading_minutes(words: Sequence[str]) -> Duration:
    """The duration that begins these words, from 1 to 1440 minutes, as `read_minutes` reads it.

    A number without its unit is one only if nothing follows: `2 reports` is no length. Raises
    NotUnderstood.
    """
    folded = [fold(with_decimals(word).rstrip(":;,")).replace(" ", "") for word in words]
    text = " ".join(folded)
    if (unclear := match_unclear_duration(folded)) is not None:
        raise NotUnderstood(f"'{unclear.text}' is not one duration", _HOW_LONG)
    found = _longest(" ".join(folded[:LONGEST_DURATION]))
    number = 1 if found is None else text[: found[1]].count(" ") + 1
    if found is None and len(words) > 1:
        raise NotUnderstood(f"'{' '.join(words)}' begins with no duration", _HOW_LONG)
    return Duration(read_minutes(" ".join(folded[:number])), number)


class UnclearDuration(NamedTuple):
    """A length of which only the bounds are said: `30-45 min`, `an hour or two`; in minutes."""

    least: int
    most: int
    text: str
    words: int


def match_unclear_duration(words: Sequence[str]) -> UnclearDuration | None:
    """The least and the most that these folded words begin with; `match_duration` reads neither."""
    text = " ".join(words[:LONGEST_DURATION])
    said = text[len(_about(text)) :]
    if not (_forms_for(said) and re.search(r"[0-9] ?-|to |or ", said)):
        return None
    forms = _RANGES_IN_FIGURES if said[0].isdecimal() else _RANGES_IN_WORDS
    if match := next((found for form in forms if (found := re.match(form, said))), None):
        unit = 60 if match["hour"] else 1
        least, most = (round(unit * _value(match[end])) for end in ("least", "most"))
        if 0 < least < most:
            whole = text[: len(text) - len(said) + match.end()]
            return UnclearDuration(least, most, whole, whole.count(" ") + 1)
    return None


def _longest(text: str) -> tuple[int, int] | None:
    said = text[(begins := len(_about(text))) :]
    matches = [(match, read) for form, read in _forms_for(said) if (match := re.match(form, said))]
    if not matches:
        return None
    match, read = max(matches, key=lambda one: one[0].end())
    return round(read(match)), begins + match.end()


def _about(text: str) -> str:
    match = re.match(_ABOUT, text)
    return match[0] if match else ""


def _forms_for(said: str) -> Sequence[tuple[str, Reader]]:
    """The forms that begin with a figure, or those that begin with a word."""
    if said[:1].isdecimal() or said[:1] in (".", ","):
        return _IN_FIGURES
    first = re.split("[ -]", said, maxsplit=1)[0]
    return _IN_WORDS if first in _OPENS_LENGTH or first[:2] == "pt" else ()


def _value(word: str | None) -> float:
    if not word:
        return 0
    if word[-2:-1] == "/":
        return int(word[:-3] or 0) + int(word[-3]) / int(word[-1])
    if word[0].isalpha():
        whole = NUMBERS.get(word)
        tens, _, ones = word.replace("-", " ").partition(" ")
        return NUMBERS[tens] + NUMBERS[ones] if whole is None else whole
    return min(float(word.replace(",", ".")), MOST)


def _hours(match: re.Match[str]) -> float:
    return 60 * _value(match["hours"]) + _value(match["minutes"])


def _minutes(match: re.Match[str]) -> float:
    return _value(match["minutes"])


def _hours_and_part(match: re.Match[str]) -> float:
    return 60 * _value(match["hours"]) + _PARTS[match["part"].replace("-", " ")]


def _part(match: re.Match[str]) -> float:
    return _PARTS[match["part"]]


def _forms(*forms: tuple[str, Reader]) -> tuple[tuple[str, Reader], ...]:
    return tuple((rf"{form}(?: or so)?(?!\S)", read) for form, read in forms)


def _counted(count: str) -> tuple[tuple[str, Reader], ...]:
    return (
        (rf"(?P<hours>{count})(?P<minutes>)[ -]?{_HOUR}", _hours),
        (rf"(?P<minutes>{count})[ -]?{_MINUTE}", _minutes),
        (rf"(?P<hours>{count})[ -]?{_HOUR} (?:and|n) {_PART}(?: of an {_HOUR})?", _hours_and_part),
        (rf"(?P<hours>{count})[ -]and[ -](?P<part>a[ -]half) {_HOUR}", _hours_and_part),
    )


_IN_FIGURES = _forms(
    (rf"(?P<hours>[0-9]{{1,2}}):(?P<minutes>[0-5][0-9])(?: ?{_HOUR})?", _hours),
    (rf"(?P<hours>[0-9]+) ?{_HOUR} ?(?:and )?{_UP_TO_59} ?(?:{_MINUTE}|['′])?", _hours),
    (rf"(?P<hours>{_FRACTION})(?P<minutes>) (?:of )?an? {_HOUR}", _hours),
    (r"(?P<minutes>[0-9]{1,3})['′]", _minutes),
    *_counted(_FIGURES),
)
_IN_WORDS = _forms(
    (r"pt(?:(?P<hours>[0-9]+)h)?(?:(?P<minutes>[0-9]+)m)?", _hours),
    (rf"(?P<hours>an?|one) (?:good|full|whole|solid)(?P<minutes>) {_HOUR}", _hours),
    (
        rf"(?P<hours>{_WORDS}) {_HOUR} (?:and )?(?P<minutes>[0-5]?[0-9]|{_WORDS}) {_MINUTE}",
        _hours,
    ),
    (rf"{_PART}[ -]?(?:of[ -])?(?:an?[ -])?{_HOUR}", _part),
    *_counted(_WORDS),
)
