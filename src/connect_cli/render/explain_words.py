"""Why somebody is on today's list or not, term by term, so that the sum can be checked by hand.

Names are as they were typed: the caller cleans them (`safe`).
"""

from collections.abc import Iterator
from datetime import date

from connect_cli.language.calendar import weekday_name
from connect_cli.language.plurals import counted
from connect_cli.model import NEVER, UNIT_WORDS, Cadence, Interaction, Person, Rule
from connect_cli.render.planning_words import say_away
from connect_cli.render.words import date_words, last_words, say_state, say_when
from connect_cli.scheduler.explain import Reason, Terms, Why
from connect_cli.views import Due, State

Line = tuple[str, str]
"""A term and its text."""

_LISTED = frozenset(
    {Reason.DUE, Reason.DRAWN, Reason.EARLY, Reason.RECONNECT, Reason.PROMISED, Reason.DONE}
)


def is_listed(view: Why) -> bool:
    """Whether somebody is on today's list, done or not."""
    return view.reason in _LISTED


def say_reason(view: Why, today: date) -> str:
    """The reason why somebody is on today's list, or not."""
    if view.reason is Reason.NO_ROOM:
        return _no_room(view, today)
    if view.reason is Reason.SOON:
        return _not_yet(view)
    return _REASONS[view.reason].format(
        soon=_day(view.terms.soon_on if view.terms else None, today),
        back=_day(view.due.back_on, today),
        person=view.due.person.name,
    )


_REASONS = {
    Reason.DONE: "On today's list, and done: you were in touch today.",
    Reason.PROMISED: "On today's list: the day of a promise or a question has come.",
    Reason.DUE: "On today's list: due, and you have room.",
    Reason.DRAWN: "On today's list: resting, and you have room to spare.",
    Reason.EARLY: "On today's list: due soon, and you have room to spare.",
    Reason.RECONNECT: "On today's list: this week's place for someone dormant.",
    Reason.ARCHIVED: "Not listed: archived, so nothing is due.",
    Reason.NO_CADENCE: "Not listed: without a cadence nothing is due.",
    Reason.AWAY: "Not listed: you are away, and every clock is stopped until {back}.",
    Reason.PAUSED: "Not listed: paused until {back}.",
    Reason.SNOOZED: "Not listed: snoozed until {back}.",
    Reason.TRIED: "Not listed: you tried lately, so they are left alone until {back}.",
    Reason.RESTING: "Not listed: offered without contact, then left alone until {back}.",
    Reason.DORMANT: "Not listed: dormant. Each week one dormant person has a place.",
    Reason.FRESH: "Not listed: fresh. Due soon from {soon}.",
}


def _no_room(view: Why, today: date) -> str:
    if view.capacity == 0:
        return f"Not listed: you have no room on {weekday_name(today.weekday())}s."
    if view.last_place is None:
        return "Not listed: promises and people you met today take all of today's places."
    return f"Not listed: today's last place went to somebody with s = {view.last_place:.2f}."


def _not_yet(view: Why) -> str:
    if view.last_place is None:
        return "Not listed: due soon, but people who are due come first."
    return (
        f"Not listed: due soon, but the last place went to somebody with s = {view.last_place:.2f}."
    )


def say_terms(view: Why, contact: Interaction | None, today: date) -> list[Line]:
    """Every term behind the reason, in the order of the calculation.

    contact: the interaction that the clock runs from, if there is one.
    """
    return [
        ("cadence", _cadence(view.due.person)),
        *_contacts(view, contact, today),
        *_due(view, today),
        *_standing(view, today),
        *_today(view, today),
    ]


def _cadence(person: Person) -> str:
    if person.cadence is None:
        return NEVER if person.own == NEVER else "none yet"
    origin = "their own" if person.own_cadence else f"from the circle {person.circle}"
    return f"{person.cadence.words}, {origin}"


def _spoken(contact: Interaction, today: date) -> str:
    """The kind and the day: what counts is the kind, whatever word was typed for it."""
    return last_words(contact, today, discreet=True)


def _contacts(view: Why, contact: Interaction | None, today: date) -> Iterator[Line]:
    person, terms = view.due.person, view.terms
    if terms is not None and terms.contact_on is not None:
        said = say_when(terms.contact_on, today)
        yield (
            "contact",
            f"{_spoken(contact, today) if contact else said}; {_weight(view.due, terms, today)}",
        )
    elif person.last_on is not None:
        yield "contact", say_when(person.last_on, today)
    else:
        yield "contact", "none yet"
    yield from _other_contact(view, today)
    if person.tried_on is not None and (person.last_on is None or person.tried_on > person.last_on):
        rest = f"; then a rest of {_days(terms.rest_days)}" if terms else ""
        yield "tried", f"{say_when(person.tried_on, today)}{rest}"


def _other_contact(view: Why, today: date) -> Iterator[Line]:
    """The newest contact of the other weight, if it does not lead to a later due day."""
    person, due = view.due.person, view.due
    full, half = person.last_full_on, person.last_half_on
    if due.anchor_by == "full" and half is not None and full is not None and half > full:
        yield "half", f"{say_when(half, today)}; it counts half and changes nothing"
    if due.anchor_by == "half" and full is not None:
        yield "full", f"{say_when(full, today)}; on its own it would make them due sooner"


def _weight(due: Due, terms: Terms, today: date) -> str:
    """How much the contact counts, and where the clock starts if that is another day."""
    start = _day(due.anchor_on, today)
    if terms.half_days:
        return f"it counts half, like a full one {_days(terms.half_days)} earlier: {start}"
    if due.anchor_on != terms.contact_on:
        return f"the clock was stopped, so the day before the stop counts: {start}"
    return "it counts in full"


def _due(view: Why, today: date) -> Iterator[Line]:
    due, terms = view.due, view.terms
    if terms is None or due.due_on is None or due.person.cadence is None:
        return
    yield "due", _reckoned(due, due.person.cadence, terms, today)
    if terms.pauses:
        spans = ", ".join(say_away(pause, today) for pause in terms.pauses)
        moved = f"later by {_days(due.pause_days)}: {_day(due.due_on, today)}"
        yield "pauses", f"the clock is stopped {spans}; {moved}"


def _reckoned(due: Due, cadence: Cadence | Rule, terms: Terms, today: date) -> str:
    """How the due day is worked out, before pauses."""
    plain, anchor = _day(terms.plain_on, today), _day(due.anchor_on, today)
    match due.rests_on:
        case "first":
            return f"{plain}, the first day, set with the cadence"
        case "snooze":
            return f"{plain}, the day of the snooze"
        case "contact" if isinstance(cadence, Rule):
            least = _days(terms.least_days)
            return f"{plain}, the first such day {least} or more after {anchor}"
        case "contact" if isinstance(cadence, Cadence):
            return f"{anchor} + {_length(cadence)} = {plain}"
        case _:
            return "today: there is no contact yet to count from"


def _standing(view: Why, today: date) -> Iterator[Line]:
    due, terms = view.due, view.terms
    yield "state", say_state(due, today)
    if terms is None or due.due_on is None:
        return
    soon, waiting = _day(terms.soon_on, today), _day(terms.waiting_on, today)
    yield "", f"soon from {soon}, {_days(due.early_days)} before"
    yield "", f"waiting from {waiting}, after {_days(due.grace_days)} of grace"
    past = (today - due.due_on).days
    yield "r", f"1 {_signed(past)} / {due.period_days} = {due.ratio:.2f}; it is 1 on the due day"
    yield (
        "s",
        f"1 {_signed(past, 2)} / {due.period_days} = {due.score:.2f}; r in two days, the rank",
    )
    if due.ratio > 2:
        yield "dormant", f"when r is above {view.dormant_ratio:.1f}, at least 60 days past due"


def _today(view: Why, today: date) -> Iterator[Line]:
    places = "no places" if view.capacity == 0 else counted(view.capacity, "place")
    left = f"; {view.room} for those who are {_ready(view)}" if view.terms and view.capacity else ""
    yield "today", f"{places} on a {weekday_name(today.weekday())}{left}"


def _ready(view: Why) -> str:
    return "due soon" if view.due.state is State.SOON else "due"


def _signed(past: int, ahead: int = 0) -> str:
    """`+ 4`, `- 3`, `+ (4 + 2)`: days past due, and days to look ahead."""
    if ahead:
        return f"+ ({past} + {ahead})"
    return f"+ {past}" if past >= 0 else f"- {-past}"


def _length(cadence: Cadence) -> str:
    return counted(cadence.count, UNIT_WORDS[cadence.unit])


def _days(number: int) -> str:
    return counted(number, "day")


def _day(day: date | None, today: date) -> str:
    return "you change that" if day is None else date_words(day, today)
