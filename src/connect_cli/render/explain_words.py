"""Why somebody is on today's list or not, term by term, so that the sum can be checked by hand.

Names are as they were typed: the caller cleans them (`safe`).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from connect_cli.language.calendar import weekday_name
from connect_cli.language.plurals import counted, listed
from connect_cli.model import NEVER, UNIT_WORDS, Cadence, Interaction, Person, Rule
from connect_cli.render.planning_words import say_away
from connect_cli.render.words import date_words, last_words, say_day, say_names, say_state, say_when
from connect_cli.scheduler.explain import Offers, Reason, Rest, Terms, Why
from connect_cli.scheduler.plan import DAYS_BETWEEN_RECONNECTIONS
from connect_cli.scheduler.standing import DORMANT_DAYS
from connect_cli.views import Due, State

Line = tuple[str, str]
"""A term and its text."""

MOST_RESTS = 2
"""Rests that are told one by one; of those before, only how many there were."""
MOST_NAMES = 3

_OFFER = "a day counts if they are listed and you note something"

_PAST_DUE = frozenset({State.DUE, State.WAITING, State.DORMANT})


def say_reason(view: Why, today: date) -> str:
    """Why somebody is on today's list, or why not and from when they can be."""
    return " ".join(
        filter(None, (_reason(view, today), _next(view, today), _promised(view, today)))
    )


def _reason(view: Why, today: date) -> str:
    match view.reason:
        case Reason.NO_ROOM | Reason.SOON:
            return f"Not listed today: {_state(view, today)}; {_no_room(view, today)}."
        case Reason.DUE:
            return f"On today's list: {_state(view, today)}, and you have room."
        case Reason.RESTING:
            return f"Not listed today: {_resting(view, today)}."
        case Reason.TRIED:
            return f"Not listed today: {_tried(view, today)}."
        case Reason.DORMANT:
            return f"Not listed today: dormant. {_dormant(view)}."
        case _:
            return _REASONS[view.reason].format(
                due=_day(view.due.due_on, today), back=_day(view.due.back_on, today)
            )


_REASONS = {
    Reason.DONE: "On today's list, and done: you were in touch today.",
    Reason.PROMISED: "On today's list: the day of a promise or a question has come.",
    Reason.DRAWN: "On today's list: resting until {back}, but drawn to fill a short list.",
    Reason.EARLY: "On today's list: due soon, on {due}, and the list is short.",
    Reason.RECONNECT: "On today's list: dormant, and this week's place for that is theirs.",
    Reason.ARCHIVED: "Not listed: archived, so nothing is due.",
    Reason.NO_CADENCE: "Not listed: without a cadence nothing is due.",
    Reason.AWAY: "Not listed today: you are away, and every clock is stopped until {back}.",
    Reason.PAUSED: "Not listed today: paused until {back}.",
    Reason.SNOOZED: "Not listed today: snoozed until {back}.",
    Reason.FRESH: "Not listed today: fresh, due on {due}.",
}


def _state(view: Why, today: date) -> str:
    """`due since Sat 21 Nov`, `due soon, on Wed 25 Nov`."""
    if view.due.state is State.SOON:
        return f"due soon, on {_day(view.due.due_on, today)}"
    return say_state(view.due, today)


def _no_room(view: Why, today: date) -> str:
    if view.capacity == 0:
        no_day = view.next is None and view.promise_on is None
        return f"you have no room on {'any day' if no_day else _weekdays(today)}"
    if view.last is not None:
        return f"today's last place went to {_rival(view, view.last)}"
    if view.reason is Reason.SOON:
        return "people who are only soon due fill a short list, and today's is long enough"
    if view.reconnects is not None:
        return f"today's place is this week's for somebody dormant, {view.reconnects.name}"
    return "promises and people you met today take all of today's places"


def _weekdays(today: date) -> str:
    return f"{weekday_name(today.weekday())}s"


def _rival(view: Why, rival: Due) -> str:
    """Whoever has the last place, and how far along both will be in two days."""
    name, theirs, mine = rival.person.name, f"{rival.score:.2f}", f"{view.due.score:.2f}"
    if theirs == mine:
        return f"{name}, who is as far along ({theirs} of the cadence in two days)"
    return (
        f"{name}, who is further along in their cadence"
        f" ({theirs} of it in two days; {view.due.person.name} {mine})"
    )


def _resting(view: Why, today: date) -> str:
    rests = view.terms.offers.rests if view.terms else ()
    days = _on_days(rests[-1].offered, today) if rests else ""
    return f"offered on {days} without contact, so they rest"


def _tried(view: Why, today: date) -> str:
    on = view.due.person.tried_on
    tried = "" if on is None else f" {say_day(on, today)}"
    return f"you tried to reach them{tried}, so they are left alone for a while"


def _dormant(view: Why) -> str:
    if view.reconnect_weekday is None:
        return "You have set no weekday with a place for somebody dormant"
    first = "nobody comes before them"
    if view.before:
        few = view.before[:MOST_NAMES]
        names = say_names(few) if few == view.before else f"{few[0].name} and others"
        first = f"{names} {'comes' if len(view.before) == 1 else 'come'} first"
    return f"One dormant person a week has a place, and {first}"


def _next(view: Why, today: date) -> str:
    """The next day on which they can be listed."""
    if view.next is None:
        return ""
    on, state = view.next
    if state is State.DORMANT:
        return f"They can be listed {_on_day(on, today)} at the earliest."
    day = "from then on" if on == _said_day(view) else _from_day(on, today)
    if view.reason is Reason.RESTING:
        return f"They can be listed again {day}, and before that only to fill a short list."
    room = "if the list is short" if state is State.SOON else "if there is room"
    return f"They can be listed {day}, {room}."


def _said_day(view: Why) -> date | None:
    """The day that the reason has named already."""
    if view.reason is Reason.FRESH:
        return view.due.due_on
    stopped = {Reason.SNOOZED, Reason.PAUSED, Reason.AWAY}
    return view.due.back_on if view.reason in stopped else None


def _promised(view: Why, today: date) -> str:
    if view.promise_on is None or view.listed:
        return ""
    return f"A promise or a question puts them on the list {_on_day(view.promise_on, today)}."


def _on_day(day: date, today: date) -> str:
    """`tomorrow (Tue 24 Nov)`, `on Fri 27 Nov`."""
    return say_day(day, today) if (day - today).days == 1 else f"on {date_words(day, today)}"


def _from_day(day: date, today: date) -> str:
    """`tomorrow (Tue 24 Nov)`, `from Fri 27 Nov`."""
    return say_day(day, today) if (day - today).days == 1 else f"from {date_words(day, today)}"


def say_terms(view: Why, contact: Interaction | None, today: date) -> list[Line]:
    """Every term behind the reason, in the order of the calculation.

    contact: the interaction that the clock runs from, if there is one.
    """
    return [
        ("cadence", _cadence(view.due.person)),
        *_contacts(view, contact, today),
        *_due(view, today),
        *_standing(view, today),
        *_offers(view, today),
        *_place(view, today),
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
        yield "tried", f"{say_when(person.tried_on, today)}{_rest_after_attempt(terms, today)}"


def _rest_after_attempt(terms: Terms | None, today: date) -> str:
    if terms is None or terms.tried_until is None:
        return ""
    rest = f"left alone for {_days(terms.rest_days)}, until {_day(terms.tried_until, today)}"
    return f"; {rest}; offers are counted anew"


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
            return f"{plain}, the first day, {_first_day(due.person, terms, today)}"
        case "snooze":
            return f"{plain}, the day of the snooze"
        case "contact" if isinstance(cadence, Rule):
            least = _days(terms.least_days)
            return f"{plain}, the first such day {least} or more after {anchor}"
        case "contact" if isinstance(cadence, Cadence):
            return f"{anchor} + {_length(cadence)} = {plain}"
        case _:
            return "today: there is no contact yet to count from"


def _first_day(person: Person, terms: Terms, today: date) -> str:
    """When a first day was set, and from which day it was moved because of a crowd."""
    said = person.first_said_on
    on = "" if said is None else f" on {date_words(said, today)}"
    if terms.moved_from is None:
        apart = "" if person.last_on else ", so that days are not crowded"
        return f"set{on} with the cadence{apart}"
    return f"moved{on} from {date_words(terms.moved_from, today)}, when many others come due"


def _standing(view: Why, today: date) -> Iterator[Line]:
    due, terms = view.due, view.terms
    yield "state", "; ".join((say_state(due, today), *_next_state(view, today)))
    if terms is None or due.due_on is None or due.state not in {State.SOON, *_PAST_DUE}:
        return
    passed, period = (today - due.due_on).days + due.period_days, due.period_days
    yield "so far", f"{_days(passed)} of {period}: {due.ratio:.2f}, and 1 is the due day"
    if due.state is not State.DORMANT:
        rank = f"in two days {passed + 2} of {period}: {due.score:.2f}"
        yield "order", f"{rank}; whoever has the highest number comes first"


def _next_state(view: Why, today: date) -> Iterator[str]:
    """When the next state begins, and what that follows from."""
    due, terms = view.due, view.terms
    if terms is None:
        return
    match due.state:
        case State.FRESH if due.early_days:
            soon = f"soon from {_day(terms.soon_on, today)}"
            yield f"{soon}, {_days(due.early_days)} before"
        case State.DUE:
            waiting = f"waiting from {_day(terms.waiting_on, today)}"
            yield f"{waiting}, after {_days(due.grace_days)} of grace"
        case State.WAITING if terms.dormant_on is not None and due.ratio > 2:
            yield f"dormant from {_day(terms.dormant_on, today)}, {_when_dormant(view)}"
        case State.DORMANT:
            yield f"that is {_when_dormant(view)}"


def _when_dormant(view: Why) -> str:
    bound = f"{view.dormant_ratio:.2f}".rstrip("0").rstrip(".")
    return f"at least {DORMANT_DAYS} days past due, and more than {bound} times the cadence"


def _offers(view: Why, today: date) -> Iterator[Line]:
    """The days on which they were offered, the rests that followed, and the next one."""
    if view.terms is None:
        return
    offers = view.terms.offers
    if not offers.days and view.due.state not in {State.DUE, State.WAITING}:
        return
    labels = ("offered", *[""] * len(offers.rests))
    yield from zip(labels, _cycles(offers, today), strict=False)


def _cycles(offers: Offers, today: date) -> Iterator[str]:
    """Each rest with its offers; of many, the newest."""
    earlier, shown = offers.rests[:-MOST_RESTS], offers.rests[-MOST_RESTS:]
    if earlier:
        days = sum(len(rest.offered) for rest in earlier)
        yield f"on {_days(days)} before {_day(shown[0].offered[0], today)}, with {_rests(earlier)}"
    for rest in shown:
        yield f"{_on_days(rest.offered, today)}; {_rest(rest, today)}"
    yield _next_rest(offers, today)


def _rests(rests: Sequence[Rest]) -> str:
    return counted(len(rests), "rest")


def _rest(rest: Rest, today: date) -> str:
    """`then a rest of 4 days, back on Wed 11 Mar`; paused days are told apart."""
    paused = (rest.back_on - rest.offered[-1]).days - 1 - rest.days
    longer = f" and {paused} paused" if paused else ""
    return f"then a rest of {_days(rest.days)}{longer}, back on {_day(rest.back_on, today)}"


def _next_rest(offers: Offers, today: date) -> str:
    rest = f"without contact they rest {_days(offers.next_days)}"
    if not offers.rests and not offers.since:
        return f"not yet; {_OFFER}. After {counted(offers.left, 'such day')} {rest}"
    since = _on_days(offers.since, today) or "not since"
    return f"{since}; after {counted(offers.left, 'more such day')} {rest}"


def _place(view: Why, today: date) -> Iterator[Line]:
    """What decides whose turn the place for somebody dormant is."""
    if view.due.state is not State.DORMANT or view.reconnect_weekday is None:
        return
    week = f"one a week, from {weekday_name(view.reconnect_weekday)} on"
    on = view.due.person.reconnected_on
    had = "they never had it" if on is None else f"they had it last on {date_words(on, today)}"
    weeks = counted(DAYS_BETWEEN_RECONNECTIONS // 7, "week")
    yield (
        "place",
        f"{week}, longest ago first; {had}{f', and nobody has it twice in {weeks}' if on else ''}",
    )


def _today(view: Why, today: date) -> Iterator[Line]:
    places = "no places" if view.capacity == 0 else counted(view.capacity, "place")
    left = f"; {view.room} for those who are {_ready(view)}" if view.terms and view.capacity else ""
    yield "today", f"{places} on a {weekday_name(today.weekday())}{left}"


def _ready(view: Why) -> str:
    return "due soon" if view.due.state is State.SOON else "due"


def _length(cadence: Cadence) -> str:
    return counted(cadence.count, UNIT_WORDS[cadence.unit])


def _days(number: int) -> str:
    return counted(number, "day")


def _day(day: date | None, today: date) -> str:
    return "you change that" if day is None else date_words(day, today)


def _on_days(days: Sequence[date], today: date) -> str:
    """`Mon 2, Wed 4 and Fri 6 Mar`: the month is said once, with the last of its days."""
    said = [date_words(day, today) for day in days]
    for place, (day, later) in enumerate(pairwise(days)):
        if later != today and (day.year, day.month) == (later.year, later.month):
            said[place] = " ".join(said[place].split()[:2])
    return listed(["today" if day == today else word for day, word in zip(days, said, strict=True)])
