"""One line of prose about a conversation, as values: what happened, when, and with whom.

`read_line` parts the line at the first colon or line break. What stands before is the head: a stamp
of a machine is read first (stamps.py), then word by word (reader.py) up to the first news. The rest
is the note, with the words of the head that say more than was read. If the head says only when it
was (`yesterday: lunch with Tom`), the tail is parted and read the same way, for that day. Then
`resolve` finds out who each name means; people who are certain are found first, because they help
to choose between namesakes.

What stays open is part of the answer, for the caller to ask about: a `Mention` with several
candidates, or with none; `doubts`, words that may say more than was read, such as a day that is
impossible or still to come. NotUnderstood is raised for an empty line, for one over LONGEST_LINE,
and for bytes that are not text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.language.attempts import nobody_answered
from connect_cli.language.doubtful import Asked, doubts
from connect_cli.language.doubts import Doubt, Settled
from connect_cli.language.head import Head
from connect_cli.language.names import By, Names
from connect_cli.language.near_names import MOST_NEAR
from connect_cli.language.reader import HeadReader
from connect_cli.language.stamps import read_stamp
from connect_cli.language.tags import find_tags
from connect_cli.language.vocabulary import match_kind
from connect_cli.language.when import NEVER, STILL_TO_COME, Day, When
from connect_cli.language.words import find_words, fold, name_words
from connect_cli.model import Counts, Direction, Kind, Named

LONGEST_LINE = 20_000  # characters
MOST_SUGGESTIONS = 5  # a search for similar names is slow: not for every word of an essay

_COLONS = ":： \t\r\n"
_MAY_BE_A_STAMP = r"(?<![^\s\[(\"'])(?=[0-9]{4}|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b)"
_BEHIND = r"(?:['’][sS](?!\w))?[\"'”’»)\]!?]*"
_OPENING_MARKS = "\"'“‘«([#@"


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
    day_said: whether the words say the day; otherwise it is the day of reading.
    kind_said: whether the words say the kind; otherwise it is the default.
    counts: less than usual, if the words say that it was a greeting or less.
    kind_word: the word for the kind, as typed; empty if there was none.
    unread: the words of the head that were not read. note: these, and what follows the head.
    doubts: what has to be asked about before it is logged, the first of all first.
    """

    entered: str
    day: date
    day_said: bool = False
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


class Now(NamedTuple):
    """The moment of reading. day_starts_at: the hour up to which it is still the day before."""

    moment: datetime
    day_starts_at: int = 0


def read_line(
    text: str, today: date, names: Names, *, now: Now | None = None, settled: Settled | None = None
) -> Reading:
    """What the line says happened, and with whom. Nothing is guessed.

    today: the logical day. now: if it is known, no time later than it is taken. settled: the
    answers to doubts of an earlier reading. Raises NotUnderstood.
    """
    _check(text)
    line = _with_answers(text, settled or {})
    kept = frozenset(words for words, answer in (settled or {}).items() if answer is None)
    stop = _end_of_head(line, 0)
    when = _stamp(line[:stop], today, now)
    stamp = next(((day.start, day.end) for day in when.days), (0, 0))
    head = Head(line, today, (0, stop), kept, without=stamp)
    reader = HeadReader(head, names, when)
    if reader.only_when and line[stop:].strip(_COLONS):
        head = Head(line, today, (stop + 1, _end_of_head(line, stop + 1)), kept)
        reader = HeadReader(head, names, reader.when.known)
    return Reading(
        entered=text,
        day=reader.when.day or today,
        day_said=reader.when.day is not None,
        time=reader.when.time,
        kind=reader.kind,
        kind_said=reader.kind_said,
        minutes=reader.when.minutes,
        direction=reader.direction,
        tried=reader.tried or any(map(nobody_answered, _news(head, reader))),
        counts=reader.counts,
        mentions=resolve(reader.named, names),
        note=_note(head, reader),
        tags=find_tags(text),
        unread=reader.unread,
        kind_word=reader.kind_word,
        doubts=doubts(
            Asked(
                head,
                reader,
                names,
                clock=f"{now.moment:%H:%M}" if now else "",
                day_starts=f"{now.day_starts_at if now else 0:02}:00",
            )
        ),
    )


def _stamp(head: str, today: date, now: Now | None) -> When:
    """What the first stamp of a machine in a head says."""
    known = now or Now(datetime.combine(today, time(12)))
    for place in re.finditer(_MAY_BE_A_STAMP, head):
        start = place.start()
        try:
            stamp = read_stamp(head[start:], known.moment, known.day_starts_at)
        except NotUnderstood as why:
            return When((Day(start, start + len(head[start:].split(maxsplit=1)[0]), None, why),))
        if stamp is None:
            continue
        end = start + stamp.length
        if stamp.day <= today:
            return When((Day(start, end, stamp.day),), stamp.time)
        later = NotUnderstood(f"{stamp.day} is still to come", STILL_TO_COME)
        return When((Day(start, end, None, later),))
    return NEVER


def _with_answers(text: str, settled: Settled) -> str:
    """The line with the words of the answers in place of the doubtful ones."""
    for words, answer in settled.items():
        at = find_words(text, words) if answer else -1
        if answer and at >= 0:
            text = f"{text[:at]}{answer}{text[at + len(words) :]}"
    return text


def _news(head: Head, reader: HeadReader) -> Iterator[str]:
    """What stands behind the head: the news that ends it, and what follows the colon."""
    if reader.end < len(head):
        yield head.slice(reader.end, len(head))
    yield head.line[head.stop + 1 :].strip()


def _note(head: Head, reader: HeadReader) -> str:
    """The words of the head that were not read, from the first to the last, and what follows it.

    What was read in between stays, so that it is a phrase; a day or a length behind it is left out.
    """
    colon = head.line[head.stop : head.stop + 1]
    follows, gap = head.line[head.stop + 1 :].strip(), ": " if colon == ":" else colon
    if reader.end < len(head):
        begin = _marked(head, reader.end)
        gap = head.line[_behind(head, reader.end) : begin]
        follows = head.line[begin:].strip()
    spans = reader.left
    if not spans:
        return follows
    begin, end = _marked(head, spans[0].start), _behind(head, reader.with_kind(spans[-1].end))
    words = head.line[begin:end]
    if reader.end < len(head) and _behind(head, reader.end) != end and not re.search(r"\s", gap):
        gap = f" {gap}"  # what was read in between is left out, and parted two words
    return f"{words}{gap}{follows}".strip() if follows else words


def _marked(head: Head, at: int) -> int:
    """Where a word of the head begins, with the marks before it: `“`, `(`, `#`."""
    begin = head.tokens[at].start
    while begin and head.line[begin - 1] in _OPENING_MARKS:
        begin -= 1
    return begin


def _behind(head: Head, end: int) -> int:
    """Where the words before this place end, with a possessive and the marks behind them."""
    stop = head.tokens[end - 1].end
    return stop + len(re.compile(_BEHIND).match(head.line, stop)[0])  # type: ignore[index]  # it matches anywhere


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
            mentions[fold(text)] = _unknown(
                text, names, suggesting=len(mentions) < MOST_SUGGESTIONS
            )
        elif fit is not None:
            found = names.choose(fit, sure)
            mention = Mention(text, found.person, found.candidates)
            mentions.setdefault(found.person.id if found.person else fold(text), mention)
    return tuple(mentions.values())


def _unknown(text: str, names: Names, *, suggesting: bool) -> Mention:
    """A name that nobody has: doubtful if it holds somebody's name or a kind, or is misspelt."""
    words = name_words(text)
    fits = [names.fit(word) for word in words] if len(words) > 1 else []
    held = [one for fit in fits if fit is not None and fit.by <= By.FIRST for one in fit.people]
    meant = [person.name for person in (*names.misspelt(text), *held)]
    near = (*names.near(text), *meant) if suggesting else meant
    doubtful = bool(meant) or any(match_kind([word]) for word in words)
    return Mention(text, near=tuple(dict.fromkeys(near))[:MOST_NEAR], doubtful=doubtful)


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


def _end_of_head(line: str, start: int) -> int:
    """Where the first line break or colon before a blank stands, or the end of the line."""
    start += len(line[start:]) - len(line[start:].lstrip())
    for at in range(start, len(line)):
        if line[at] in "\r\n：" or (line[at] == ":" and not line[at + 1 : at + 2].strip()):
            return at
    return len(line)
