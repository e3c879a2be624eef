"""One line of prose about a conversation, as values: what happened, when, and with whom.

`read_line` parts the line at the first colon or line break: the head is read word by word
(reader.py), the tail is the note. If the head says only when it was (`yesterday: lunch with Tom`),
the tail is parted and read the same way, for that day. Then `resolve` finds out who each name
means; people who are certain are found first, because they help to choose between namesakes.

What stays open is part of the answer, for the caller to ask about: a `Mention` with several
candidates, or with none; `doubts`, words that may say more than was read. NotUnderstood is raised
for an empty line, for one over LONGEST_LINE, for bytes that are not text, and for a day that is
impossible or still to come.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.language.doubts import About, Doubt, Settled
from connect_cli.language.head import Head
from connect_cli.language.names import Names
from connect_cli.language.reader import HeadReader
from connect_cli.language.tags import find_tags
from connect_cli.language.vocabulary import (
    ATTEMPTS,
    CALLED_OFF,
    NOT_DONE,
    NOT_LATELY,
    TOPICS,
)
from connect_cli.language.words import fold
from connect_cli.model import Counts, Direction, Kind, Named

LONGEST_LINE = 20_000  # characters
MOST_SUGGESTIONS = 5  # a search for similar names is slow: not for every word of an essay

_TALKED_OF = rf"(?<!\w)(?:{'|'.join(sorted(TOPICS - {'planned', 'planning'}))})(?!\w)"

_HALF_A_DATE = (
    r"(?<!\S)([0-3]?[0-9])(?:/|\.(?=[0-9]{1,2}\.))([0-3]?[0-9])"
    r"(?:\.|[/.][0-9]{2})?(?![^\s,;!?])"
)
_NO_DATES = frozenset({"24/7", "1/2", "1/4", "3/4", "1/3", "2/3"})


class Mention(NamedTuple):
    """A name as typed, and who it is, or who it could be, or names that look alike.

    doubtful: nobody new, but somebody known whose name is misspelt: it is asked about always.
    """

    text: str
    found: Named | None = None
    candidates: tuple[Named, ...] = ()
    near: tuple[str, ...] = ()
    doubtful: bool = False


class Reading(NamedTuple):
    """What a line means.

    entered: the line as typed, to the byte.
    kind_said: whether the words say the kind; otherwise it is the default.
    counts: less than usual, if the words say that it was a greeting or less.
    kind_word: the word for the kind, as typed; empty if there was none.
    note: the words after the colon; without one, the whole line if words in it were not read.
    unread: those words. doubts: what has to be asked about before it is logged.
    """

    entered: str
    day: date
    time: str | None = None
    kind: Kind = Kind.OTHER
    kind_said: bool = False
    minutes: int | None = None
    direction: Direction | None = None
    tried: bool = False
    counts: Counts | None = None
    mentions: tuple[Mention, ...] = ()
    note: str = ""
    tags: tuple[str, ...] = ()
    unread: str = ""
    kind_word: str = ""
    doubts: tuple[Doubt, ...] = ()


def read_line(
    text: str,
    today: date,
    names: Names,
    *,
    before_dawn: bool = False,
    clock: str = "",
    settled: Settled | None = None,
) -> Reading:
    """What the line says happened, and with whom. Nothing is guessed.

    before_dawn: it is past midnight, and `today` is still the day before. clock: the time `HH:MM`
    now. settled: the answers to doubts of an earlier reading. Raises NotUnderstood for
    an empty line, and for a day that is impossible, could be two days, or is still to come.
    """
    _check(text)
    head, tail = _parted(text)
    if before_dawn and (night := re.search(r"\blast (?:night|evening)\b", head, re.IGNORECASE)):
        raise NotUnderstood(f"'{night[0]}' could be two days", "write today, yesterday or the date")
    reader = HeadReader(Head(head, today), names)
    if tail and reader.only_when:
        head, tail = _parted(tail)
        reader = HeadReader(Head(head, today), names, reader)
    unread = reader.unread
    if reader.day is None:
        _refuse_half_a_date(head)
    return Reading(
        entered=text,
        day=reader.day or today,
        time=reader.time,
        kind=reader.kind,
        kind_said=reader.kind_said,
        minutes=reader.minutes,
        direction=reader.direction,
        tried=reader.tried or _is_attempt(tail),
        counts=reader.counts,
        mentions=resolve(reader.named, names),
        note=tail or (text.strip() if unread else ""),
        tags=find_tags(text),
        unread=unread,
        doubts=() if reader.tried or reader.absent else _doubts(head, reader),
    )


def find_people(texts: Iterable[str], names: Names) -> tuple[Mention, ...]:
    """Who is meant by names given outright; one text may hold several, as in `Ada and Grace`."""
    return resolve([name for text in texts for name in _each(text, names)], names)


def resolve(texts: Sequence[str], names: Names) -> tuple[Mention, ...]:
    """Who is meant by each of these, said together: those who are sure help with the others."""
    fits = [names.fit(text) for text in texts]
    sure = {fit.people[0].id for fit in fits if fit is not None and len(fit.people) == 1}
    mentions: dict[str, Mention] = {}
    for text, fit in zip(texts, fits, strict=True):
        if fit is None and fold(text) not in mentions:
            near = names.near(text) if len(mentions) < MOST_SUGGESTIONS else ()
            mentions[fold(text)] = Mention(text, near=near)
        elif fit is not None:
            found = names.choose(fit, sure)
            mention = Mention(text, found.person, found.candidates)
            mentions.setdefault(found.person.id if found.person else fold(text), mention)
    return tuple(mentions.values())


def _each(text: str, names: Names) -> Iterator[str]:
    parts = [part.strip() for part in re.split(r"[,&;]| and ", text)]
    if len(parts) == 1 or names.fit(text):
        yield text.strip()
    else:
        yield from filter(None, parts)


def _check(text: str) -> None:
    if not text.strip():
        raise NotUnderstood(
            "there is nothing to log", f'say it: {as_typed("log")} "Coffee with Ada"'
        )
    if len(text) > LONGEST_LINE:
        raise NotUnderstood(
            f"this line has {len(text):,} characters; a line can have up to {LONGEST_LINE:,}",
            "log it as several lines",
        )
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise NotUnderstood("this line has bytes that are not text", "write it again")


def _doubts(head: str, reader: HeadReader) -> tuple[Doubt, ...]:
    words = _doubt(head, reader)
    if not words:
        return ()
    return (
        Doubt(
            About.CONTACT,
            words,
            f"'{words}' sounds as if it did not happen",
            "if it did: --counts yes; if you tried: --tried; what you talked about goes after ': '",
        ),
    )


def _doubt(head: str, reader: HeadReader) -> str:
    """The words that sound as if nothing happened, before the first word like `about`."""
    said = re.split(_TALKED_OF, fold(head).replace("’", "'"), maxsplit=1)[0]
    found = re.match(NOT_DONE, said) or re.search(CALLED_OFF, said)
    if found is None and not reader.kind_said:
        found = re.match(NOT_LATELY, said)
    return found[0].strip() if found else ""


def _refuse_half_a_date(head: str) -> None:
    """Raise NotUnderstood for a date that could be two days. `24/7` is not a date."""
    for match in re.finditer(_HALF_A_DATE, head):
        first, second = sorted(map(int, match.group(1, 2)))
        one_day = match[0].count("/") == 1 and (first == second or 12 < second <= 31)
        if match[0] not in _NO_DATES and 1 <= first <= 12 and not one_day:
            raise NotUnderstood(
                f"'{match[0]}' is not a clear date",
                "write the month in letters, like 3 nov; if it is not a date, put it after ': '",
            )


def _parted(text: str) -> tuple[str, str]:
    """The head and the tail, parted at the first line break or colon before a blank."""
    text = text.strip()
    for at, letter in enumerate(text):
        if letter in "\r\n：" or (letter == ":" and text[at + 1 : at + 2].strip() == ""):
            return text[:at], text[at + 1 :].strip()
    return text, ""


def _is_attempt(tail: str) -> bool:
    return tail.casefold().replace("’", "'").rstrip(".! ") in ATTEMPTS
