"""What `log` did or would do, in English: what was kept with a conversation, and what is open."""

from collections.abc import Iterator, Sequence
from datetime import date

from connect_cli.language.plurals import listed
from connect_cli.language.relations import say_relation
from connect_cli.model import Detail, Named, Occasion, Owed, Promise, Tied
from connect_cli.render.safe import HIDDEN
from connect_cli.render.words import (
    date_words,
    ended,
    month_day,
    say_interaction,
    say_names,
    say_promise_day,
    short_date,
)
from connect_cli.reports import FirstDay, Rehearsal, WouldAsk

MOST_MOVED = 3

_OWED = {
    Owed.ME: "you promised {}",
    Owed.THEM: "{} promised you",
    Owed.ASK: "to ask {}",
    Owed.TELL: "to tell {}",
}


def say_moved(moved: Sequence[FirstDay], today: date) -> Iterator[str]:
    """Who of many comes due on a later day: by name if they are few."""
    if not moved:
        return
    if len(moved) <= MOST_MOVED:
        days = [f"{one.person.name} on {date_words(one.due_on, today)}" for one in moved]
        yield f"So that not all come due on one day: {listed(days)}."
    else:
        last = date_words(max(one.due_on for one in moved), today)
        later = f"{len(moved)} of them come due later, up to {last}"
        yield f"So that not all come due on one day, {later}."


def say_loop(loop: Promise, today: date, *, discreet: bool) -> str:
    """`you promised Ada Lovelace: send the paper (by Fri 27 Nov)`."""
    day = say_promise_day(loop, today)
    said = f"{_OWED[loop.owed].format(loop.person.name)}: {HIDDEN if discreet else loop.text}"
    return f"{said} ({day})" if day else said


def say_done(loop: Promise, *, discreet: bool) -> str:
    """`Done: Ada Lovelace: send the paper.`"""
    return ended(f"Done: {loop.person.name}: {HIDDEN if discreet else loop.text}")


def say_offer(promise: Promise, today: date, *, of: bool, discreet: bool) -> str:
    """The question about a promise in the words: `Keep as a promise? send her the paper, Fri …`.

    of: say whose it is, because several took part. What to ask later is offered as a question:
    `Ask Ada on Mon 14 Dec: did Ada and Grace meet?`
    """
    text = HIDDEN if discreet else _offered(promise, today)
    return f"{_offer(promise, today, of=of)} {text} [y/N] "


def _offer(promise: Promise, today: date, *, of: bool) -> str:
    name = promise.person.name
    if promise.owed is Owed.ASK:
        return f"Ask {name} {say_promise_day(promise, today)}:"
    whose = f" of {name}" if promise.owed is Owed.THEM else f" to {name}" if of else ""
    return f"Keep as a promise{whose}?"


def _offered(promise: Promise, today: date) -> str:
    if promise.due_on is None or promise.owed is Owed.ASK:
        return promise.text
    return f"{promise.text}, {short_date(promise.due_on, today)}"


def say_kept(promises: Sequence[Promise], today: date, *, discreet: bool) -> Iterator[str]:
    """What was kept with a conversation, each text once: `You promised Ada and Tom: a book.`"""
    by_text: dict[tuple[Owed, str, date | None], list[Promise]] = {}
    for one in promises:
        by_text.setdefault((one.owed, one.text, one.due_on), []).append(one)
    for those in by_text.values():
        names = listed([one.person.name for one in those])
        if those[0].owed is Owed.ASK and those[0].due_on is None:
            names += " next time"
        everybody = those[0]._replace(person=Named("", names))
        said = say_loop(everybody, today, discreet=discreet)
        yield ended(f"{said[:1].upper()}{said[1:]}")


def say_details(
    details: Sequence[Detail], people: Sequence[Named], *, discreet: bool
) -> Iterator[str]:
    """`Remembered for Ada Lovelace: tea: no milk.`"""
    for one in details:
        told = HIDDEN if discreet else f"{one.label}: {one.value}"
        yield ended(f"Remembered for {say_names(people)}: {told}")


def say_days(days: Sequence[Occasion]) -> Iterator[str]:
    """`Remembered for Ada and Tom: anniversary 12 Jun 2004.`, each day once."""
    by_day: dict[str, list[Named]] = {}
    for one in days:
        said = f"{one.label} {month_day(one.month, one.day, one.year)}"
        by_day.setdefault(said, []).append(one.person)
    for said, people in by_day.items():
        yield ended(f"Remembered for {say_names(people)}: {said}")


def say_related(ties: Sequence[Tied], *, discreet: bool) -> Iterator[str]:
    """`Ada Lovelace and Grace Hopper met through you.`"""
    for tie in () if discreet else ties:
        yield ended(say_relation(tie))


def say_rehearsal(view: Rehearsal, today: date, *, discreet: bool) -> Iterator[str]:
    """A line for each thing that would be asked, added, logged and kept."""
    for one in questions(view, today):
        yield _would_ask(one, discreet=discreet)
    if view.added:
        yield f"Would add: {say_names(view.added)}."
    for interaction in view.interactions:
        yield f"Would log: {say_interaction(interaction, today, discreet=discreet)}"
    for said in say_kept(view.promises, today, discreet=discreet):
        yield f"Would keep: {said}"
    for said in say_related(view.related, discreet=discreet):
        yield f"Would keep: {said}"


def questions(view: Rehearsal, today: date) -> list[WouldAsk]:
    """All that would be asked, in its order."""
    several = any(len(one.people) > 1 for one in view.interactions)
    heard = (
        WouldAsk("", _offer(one, today, of=several), (_offered(one, today),), private=True)
        for one in view.heard
    )
    still = tuple(say_loop(one, today, discreet=False) for one in view.open_loops)
    closing = [WouldAsk("", "Done with any of these?", still, private=True)] if still else []
    return [*view.questions, *heard, *closing]


def _would_ask(one: WouldAsk, *, discreet: bool) -> str:
    choices = (HIDDEN,) if discreet and one.private else one.choices
    question = one.question if one.question.endswith(":") else ended(one.question)
    said = f"Would ask: {question}"
    return f"{said} {', '.join(choices)}" if choices else said
