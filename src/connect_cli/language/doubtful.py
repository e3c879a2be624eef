"""What a head leaves open, once it was read: nothing that looks like data is passed over.

Each function looks at one kind of words: those that tell of no contact, days that have not come or
could be two, a second day or conversation, and words that were not read though they look like a
misspelt day, kind or name, or like a number that says how long. The order of `doubts` is the order
in which they are asked about.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from connect_cli.language.calendar import weekday_name
from connect_cli.language.doubts import About, Choice, Doubt
from connect_cli.language.happened import untrue
from connect_cli.language.head import Head
from connect_cli.language.names import Names
from connect_cli.language.near_day import near_day
from connect_cli.language.reader import Day, HeadReader, Span
from connect_cli.language.vocabulary import near_kind
from connect_cli.language.words import shortened

_AFTER_COLON = "what you talked about goes after ': '"
_HAPPENED = f"if it did: --counts yes; if you tried: --tried; {_AFTER_COLON}"


class Asked(NamedTuple):
    """What the doubts are about: a head as words and as read, and everybody's names.

    clock: the time now, `HH:MM`, or empty.
    """

    head: Head
    reader: HeadReader
    names: Names
    clock: str


def doubts(of: Asked) -> tuple[Doubt, ...]:
    """Everything about the head that has to be asked about."""
    return (
        *_no_contact(of),
        *_several(of),
        *_days(of),
        *_times(of),
        *_owners(of),
        *_misspelt(of),
        *_numbers(of),
    )


def _no_contact(of: Asked) -> Iterator[Doubt]:
    reader = of.reader
    if reader.tried:
        return
    read = of.head.slice(0, reader.end) if reader.end else ""
    words = of.head.slice(*reader.plan) if reader.plan else ""
    if words := untrue(read, kind_said=reader.kind_said) or words:
        yield Doubt(About.CONTACT, words, f"'{words}' sounds as if it did not happen", _HAPPENED)


def _several(of: Asked) -> Iterator[Doubt]:
    """A second conversation in the line, or a second day."""
    head, reader = of.head, of.reader
    if reader.second:
        at = head.tokens[reader.second].start
        words = head.line[at:]
        yield Doubt(
            About.SEVERAL,
            words,
            f"'{shortened(words)}' is a second conversation",
            "log it as a line of its own",
            (Choice("log both", (head.line[:at].rstrip(" ,;.&+-"), words)),),
        )
        return
    dated = [one for one in reader.days if one.day is not None]
    if len({one.day for one in dated}) > 1:
        words = " and ".join(one.phrase.text for one in dated)
        yield Doubt(
            About.SEVERAL,
            words,
            f"'{words}' are two days" if len(dated) == 2 else f"'{words}' are several days",
            "log each day as a line of its own",
            (
                Choice("log each of them", tuple(_on(of, one, dated) for one in dated)),
                *(Choice(_said(one.day), (_on(of, one, dated),)) for one in dated if one.day),
            ),
        )


def _on(of: Asked, kept: Day, every: list[Day]) -> str:
    """The line with one of its days, as a date; the others are left out."""
    line, tokens = of.head.line, of.head.tokens
    for one in reversed(every):
        start, end = tokens[one.span.start].start, tokens[one.span.end - 1].end
        line = f"{line[:start]}{kept.day if one is kept else ''}{line[end:]}"
    return line


def _said(day: date) -> str:
    return f"{weekday_name(day.weekday())[:3]} {day}"


def _days(of: Asked) -> Iterator[Doubt]:
    """Days that are none, have not come, or could be several."""
    for one in of.reader.days:
        if one.why is not None:
            words = of.head.slice(*one.span)
            choices = tuple(
                Choice(_said(day), str(day)) for day in getattr(one.phrase.said, "choices", ())
            )
            yield Doubt(About.DAY, words, one.why.message, one.why.hint or "", choices)


def _times(of: Asked) -> Iterator[Doubt]:
    reader, head = of.reader, of.head
    if reader.too_long is not None:
        words = head.slice(*reader.too_long)
        yield Doubt(
            About.DURATION,
            words,
            f"'{shortened(words)}' is more than one day",
            "write a shorter time; if it is not how long you met, put it after ': '",
        )
    today = reader.day is None or reader.day == head.today
    if of.clock and reader.time and today and reader.time > of.clock:
        yield Doubt(
            About.TIME,
            reader.time,
            f"{reader.time} is later than now",
            "write the day it happened, like yesterday; plans are not logged",
        )


def _owners(of: Asked) -> Iterator[Doubt]:
    """`Hope's new book`, if the line names nobody: was Hope there?"""
    reader, head = of.reader, of.head
    if reader.named or not reader.owners:
        return
    words = head.slice(*reader.owners[0])
    yield Doubt(
        About.PERSON,
        words,
        f"'{words}' is only mentioned, and nobody else is named",
        f"if you met: --with {words}",
    )


def _misspelt(of: Asked) -> Iterator[Doubt]:
    """Words that were not read, and are one letter from a day, a kind or a name."""
    for span in of.reader.left:
        at = span.start
        while at < span.end:
            found = _misspelt_at(of, at)
            if found is not None:
                yield found[0]
            at += found[1] if found else 1


def _misspelt_at(of: Asked, at: int) -> tuple[Doubt, int] | None:
    head, reader = of.head, of.reader
    words = head.window(at)
    if near := near_day(words, head.today):
        typed = head.slice(at, at + near.words)
        doubt = Doubt(
            About.DAY,
            typed,
            f"'{typed}' is not a day; did you mean {near.suggestions[0]}?",
            "write the day; if it is not a day, put it after ': '",
            tuple(Choice(one, one) for one in near.suggestions),
        )
        return doubt, near.words
    if not reader.kind_said and words and (kind := near_kind(words[0])):
        typed = head.slice(at, at + 1)
        hint = f"write {kind}, or --kind {kind}"
        doubt = Doubt(
            About.KIND,
            typed,
            f"'{typed}' is not a kind; did you mean {kind}?",
            hint,
            (Choice(kind, kind),),
        )
        return doubt, 1
    return None


def _numbers(of: Asked) -> Iterator[Doubt]:
    """A bare number that stands where a duration would: `call Ada 90`."""
    head, reader = of.head, of.reader
    for span in reader.left:
        for at in range(*span):
            if _is_bare(head, at, span) and not (at == 0 and _marks_an_item(head)):
                typed = head.slice(at, at + 1)
                yield Doubt(
                    About.DURATION,
                    typed,
                    f"'{typed}' could be a time, a day or how long it was",
                    f"write it like {typed}m; if it is none of these, put it after ': '",
                    (Choice(f"{typed} minutes", f"{typed}m"),),
                )


def _is_bare(head: Head, at: int, span: Span) -> bool:
    """Whether a number stands alone, behind what was read: nothing is counted by it."""
    ends = at + 1 >= len(head) or bool(head.tokens[at + 1].before) or at + 1 == span.end
    return head.word(at).isdecimal() and ends and at == span.start


def _marks_an_item(head: Head) -> bool:
    """`1. coffee with Ada`."""
    return len(head) > 1 and head.tokens[1].before == "."
