"""Days, durations, states, promises and interactions in English words.

The texts may hold names and notes as they were typed: the caller cleans them (`safe`).
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from connect_cli.language.calendar import month_name, months_between, weekday_name
from connect_cli.language.plurals import counted, listed
from connect_cli.model import (
    BIRTHDAY,
    DEATH,
    Counts,
    Direction,
    Energy,
    Interaction,
    Kind,
    Named,
    Occasion,
    Owed,
    Person,
    Promise,
    usual_counts,
)
from connect_cli.render.safe import HIDDEN, one_line
from connect_cli.views import Due, OccasionDay, State, Suggestion, Tie

if TYPE_CHECKING:  # today's list needs none of these
    from connect_cli.reports import Reason

OWED_WORDS = {Owed.ME: "you owe", Owed.THEM: "they owe", Owed.ASK: "ask", Owed.TELL: "tell"}

_KIND_NOUNS = {Kind.VIDEO: "video call", Kind.OTHER: "contact"}
_SENT = {  # kinds that go one way, and what the one who began did
    Kind.CALL: "called",
    Kind.VIDEO: "called by video",
    Kind.VISIT: "visited",
    Kind.MESSAGE: "wrote",
    Kind.EMAIL: "emailed",
    Kind.LETTER: "sent a letter",
    Kind.GIFT: "gave a gift",
}
_TRIED = {
    Kind.CALL: "call",
    Kind.VIDEO: "video-call",
    Kind.MEETING: "meet",
    Kind.VISIT: "visit",
    Kind.MESSAGE: "message",
    Kind.EMAIL: "email",
    Kind.LETTER: "write to",
}
_COUNTS_WORDS = {
    Counts.YES: "It counts in full as contact.",
    Counts.HALF: "It counts half as contact.",
    Counts.NO: "It does not count as contact.",
}
_ENERGY_WORDS = {
    Energy.GAVE: "it gave energy",
    Energy.EVEN: "it left you even",
    Energy.TOOK: "it took energy",
}
_REASONS = {
    "email": "one email address",
    "phone": "one number",
    "birthday": "one birthday",
    "name": "a like name",
}
LONGEST_NOTE = 500
"""Characters of a note that an answer repeats: enough to see what was understood."""

_ENDED = (".”", "!”", "?”", "…”", HIDDEN)
_WEEKS_FROM, _MONTHS_FROM = 14, 63  # days from which weeks, and months, are used
_YEARS_FROM = 24  # months


def date_words(day: date, today: date) -> str:
    """`Mon 19 Oct`, with the year when it is not this year's."""
    words = f"{weekday_name(day.weekday())[:3]} {month_day(day.month, day.day)}"
    return words if day.year == today.year else f"{words} {day.year}"


def short_date(day: date, today: date) -> str:
    """At most eleven characters: `today`, `Mon 19 Oct` this year, `19 Oct 2024` otherwise."""
    if day == today:
        return "today"
    words = date_words(day, today)
    return words if day.year == today.year else words[4:]


def long_date(day: date) -> str:
    """`Monday 23 November`, as a heading."""
    return f"{weekday_name(day.weekday())} {day.day} {month_name(day.month)}"


def month_day(month: int, day: int, year: int | None = None) -> str:
    """A yearly day: `10 Dec`, or `10 Dec 1815`."""
    words = f"{day} {month_name(month)[:3]}"
    return words if year is None else f"{words} {year}"


def relative_day(day: date, today: date) -> str:
    """`today`, `5 weeks ago`, `in 3 days`: in whole units."""
    days = (day - today).days
    if abs(days) <= 1:
        return ("yesterday", "today", "tomorrow")[days + 1]
    span = say_length(min(day, today), max(day, today))
    return f"in {span}" if days > 0 else f"{span} ago"


def say_day(day: date, today: date) -> str:
    """In an answer: `yesterday (Sun 22 Nov)`. Today needs no date."""
    relative = relative_day(day, today)
    return relative if day == today else f"{relative} ({date_words(day, today)})"


def say_when(day: date, today: date) -> str:
    """In a list: `5 weeks ago, Mon 19 Oct`. Today needs no date."""
    relative = relative_day(day, today)
    return relative if day == today else f"{relative}, {date_words(day, today)}"


def say_end(day: date, today: date) -> str:
    """After `until`: `Fri 27 Nov, in 4 days`. Today needs no date."""
    relative = relative_day(day, today)
    return relative if day == today else f"{date_words(day, today)}, {relative}"


def say_minutes(minutes: int) -> str:
    """`45 min`, `1 h 30 min`."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] * (hours > 0) + [f"{rest} min"] * (rest > 0 or hours == 0)
    return " ".join(parts)


def short_minutes(minutes: int) -> str:
    """In a narrow column, and as `log` reads it: `45m`, `1h30`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}m"
    return f"{hours}h{rest:02}" if rest else f"{hours}h"


def minutes_in_list(interaction: Interaction) -> str:
    """In a column: `45m`, or nothing if the duration is unknown."""
    return "" if interaction.minutes is None else short_minutes(interaction.minutes)


def say_inbox(waiting: int) -> str:
    """`2 lines of the inbox wait for an answer`."""
    verb = "waits" if waiting == 1 else "wait"
    return f"{counted(waiting, 'line')} of the inbox {verb} for an answer"


def say_names(people: Sequence[Named | Person]) -> str:
    """`Ada, Grace and Tom`."""
    return listed([person.name for person in people])


def say_tie(tie: Tie) -> str:
    """A relation on a card: `sister Grace Hopper`, `Grace Hopper, met through you`."""
    from connect_cli.language.relations import MET_THROUGH_YOU  # noqa: PLC0415  # only a card

    if tie.said == MET_THROUGH_YOU:
        return f"{tie.other.name}, {tie.said}"
    return f"{tie.said} {tie.other.name}"


def ended(text: str) -> str:
    """A text of the person as the end of a sentence, with a full stop unless it has one."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def said_kind(interaction: Interaction, *, discreet: bool = False) -> str:
    """What the interaction was, in the word that was typed: `tea`; else as `kind_noun` has it.

    discreet: the words that were typed are private.
    """
    from connect_cli.language.kind_words import typed_kind  # noqa: PLC0415  # the prompt shows no interaction

    typed = "" if discreet else typed_kind(interaction.entered, interaction.kind)
    return _small(typed) or kind_noun(interaction.kind)


def _small(word: str) -> str:
    """A word in the middle of a sentence: `Tea` as `tea`, `WhatsApp` and `BBQ` as they are."""
    return word if word[1:] != word[1:].lower() else word.lower()


def kind_noun(kind: Kind) -> str:
    """In the middle of a sentence: `coffee`, `video call`, `contact`."""
    return _KIND_NOUNS.get(kind, kind.value)


def tried_words(kind: Kind) -> str:
    """An attempt: `tried to call`."""
    return f"tried to {_TRIED.get(kind, 'reach')}"


def kind_in_list(interaction: Interaction, *, discreet: bool = False) -> str:
    """In a column: `coffee`, or `tried call`."""
    if interaction.tried:
        return f"tried {interaction.kind.value}"
    return said_kind(interaction, discreet=discreet)


def sent_word(interaction: Interaction) -> str:
    """The direction of a letter, a call and the like: `from`, `to`, or nothing."""
    if interaction.direction is None or interaction.kind not in _SENT:
        return ""
    return "from" if interaction.direction is Direction.THEIRS else "to"


def linked_names(interaction: Interaction) -> str:
    """The people of an interaction after a preposition: `with Ada`, `from Ada`."""
    if not interaction.people:
        return ""
    return f"{link_word(interaction)} {say_names(interaction.people)}"


def tags_beside(interaction: Interaction, note: str) -> list[str]:
    """`#work`, for each tag that is not in the note as it is shown."""
    shown = note.casefold()
    return [f"#{tag}" for tag in interaction.tags if f"#{tag.casefold()}" not in shown]


def say_interaction(interaction: Interaction, today: date, *, discreet: bool = False) -> str:
    """An interaction as it was understood, with its note, and how it counts if that is unusual."""
    head = [_subject(interaction, discreet=discreet), _moment(interaction, today)]
    if interaction.minutes is not None:
        head.append(say_minutes(interaction.minutes))
    head += _manner(interaction)
    note = HIDDEN if discreet and interaction.note else quoted(interaction.note)
    head += tags_beside(interaction, note)
    said = ", ".join(head)
    said = f"{said}: {note}" if note else said
    return " ".join([said if said.endswith(_ENDED) else f"{said}.", *_weight(interaction)])


def quoted(note: str, most: int = LONGEST_NOTE) -> str:
    """A note in quotation marks; of one with more than `most` characters, the beginning."""
    said = one_line(note)
    if len(said) > most:
        said = f"{said[:most].rpartition(' ')[0] or said[:most]} …"
    return f"“{said}”" if said else ""


def last_words(interaction: Interaction, today: date, *, discreet: bool = False) -> str:
    """How and when you spoke: `coffee, 5 weeks ago, Mon 19 Oct`, `they called, yesterday, …`."""
    return f"{how_words(interaction, discreet=discreet)}, {say_when(interaction.day, today)}"


def say_state(due: Due, today: date) -> str:
    """The state with its day: `due today`, `resting until Thu 26 Nov`."""
    match due.state:
        case State.FRESH | State.SOON:
            return _until("due", due.due_on, today, due.state.value)
        case State.DUE if due.due_on == today:
            return "due today"
        case State.DUE:
            return _since("due", due.due_on, today)
        case State.WAITING | State.DORMANT:
            return f"{due.state}, {_since('due', due.due_on, today)}"
        case State.RESTING | State.PAUSED:
            return _back(due, today)
        case _:
            return due.state.value


def say_because(suggestion: Suggestion) -> str:
    """Why a person is on the list, in a calm word or two."""
    match suggestion.because:
        case "reconnect":
            return "to reconnect"
        case "soon":
            return "soon"
        case "resting":
            return "resting, but there is room"
        case _:
            return suggestion.due.state.value


def say_promise_day(promise: Promise, today: date) -> str:
    """Its day: `today`, `since Fri 20 Nov`, `by Fri 27 Nov`, `done Sat 21 Nov`, or nothing.

    A question has `on Fri 27 Nov` instead of `by`.
    """
    if promise.done_on is not None:
        return f"done {short_date(promise.done_on, today)}"
    if promise.due_on is None:
        return ""
    if promise.due_on == today:
        return "today"
    if promise.due_on < today:
        return f"since {date_words(promise.due_on, today)}"
    word = "on" if promise.owed is Owed.ASK else "by"
    return f"{word} {date_words(promise.due_on, today)}"


def say_occasion(near: OccasionDay, today: date) -> str:
    """`Ada Lovelace turns 40 on Wednesday`, `Ada and Tom, 10 years, tomorrow`."""
    name, when = near.occasion.person.name, _near_day(near, today)
    if near.turns is not None and near.occasion.label == BIRTHDAY:
        return f"{name} {_turning(near)}{when}"
    return ", ".join(filter(None, (name, _turning(near).rstrip(), f"{_was(near)}{when}")))


def day_label(occasion: Occasion, *, discreet: bool) -> str:
    """The label of a yearly day. discreet: one in your own words is hidden, as a detail is."""
    return HIDDEN if discreet and occasion.has_own_label else occasion.label


def say_own_occasion(near: OccasionDay, today: date, *, discreet: bool = False) -> str:
    """In the person's own row: `birthday tomorrow, turns 40`."""
    said = f"{day_label(near.occasion, discreet=discreet)} {_was(near)}{_near_day(near, today)}"
    turning = _turning(near).rstrip()
    return f"{said}, {turning}" if turning else said


def say_yearly(
    near: OccasionDay, today: date, *, died: bool = False, discreet: bool = False
) -> str:
    """On a card: `birthday 10 Dec 1815, turns 41 in 2 weeks`; nobody who died turns any age."""
    occasion = near.occasion
    date_ = month_day(occasion.month, occasion.day, occasion.year)
    label = day_label(occasion, discreet=discreet)
    if died and occasion.label != DEATH:
        return f"{label} {date_}"
    return f"{label} {date_}, {_turning(near)}{relative_day(near.on, today)}"


def say_dated_occasion(near: OccasionDay, today: date, *, discreet: bool = False) -> str:
    """Where it may be read on another day: `birthday Fri 4 Dec, turns 40`."""
    said = f"{day_label(near.occasion, discreet=discreet)} {date_words(near.on, today)}"
    return ", ".join(filter(None, (said, _turning(near).rstrip())))


def _turning(near: OccasionDay) -> str:
    if near.turns is None:
        return ""
    if near.occasion.label != BIRTHDAY:
        return f"{counted(near.turns, 'year')} "
    return f"{'turned' if near.in_days < 0 else 'turns'} {near.turns} "


def say_length(first: date, last: date) -> str:
    """The time between two days in whole units: `12 days`, `5 weeks`, `11 months`."""
    days = (last - first).days
    if days < _WEEKS_FROM:
        return counted(days, "day")
    if days < _MONTHS_FROM:
        return counted(days // 7, "week")
    months = months_between(first, last)
    return counted(months, "month") if months < _YEARS_FROM else counted(months // 12, "year")


def _subject(interaction: Interaction, *, discreet: bool) -> str:
    if not interaction.tried:
        kind = said_kind(interaction, discreet=discreet)
        return f"{kind[:1].upper()}{kind[1:]} {linked_names(interaction)}".rstrip()
    tried, names = tried_words(interaction.kind), say_names(interaction.people)
    if interaction.direction is Direction.THEIRS:
        return f"{names} {tried} you".lstrip()
    return f"{tried.capitalize()} {names}".rstrip()


def how_words(interaction: Interaction, *, discreet: bool = False) -> str:
    """How you spoke: `coffee`, `they called`, `you tried to call`."""
    who = "they" if interaction.direction is Direction.THEIRS else "you"
    if interaction.tried:
        return f"{who} {tried_words(interaction.kind)}"
    if sent_word(interaction):
        return f"{who} {_SENT[interaction.kind]}"
    return said_kind(interaction, discreet=discreet)


def link_word(interaction: Interaction) -> str:
    """The preposition before its people: `with`, `from`, `to` or `for`."""
    return sent_word(interaction) or ("for" if interaction.kind is Kind.GIFT else "with")


def _moment(interaction: Interaction, today: date) -> str:
    day = say_day(interaction.day, today)
    return day if interaction.time is None else f"{day} at {interaction.time}"


def _manner(interaction: Interaction) -> list[str]:
    """Who reached out, and what energy it gave or took."""
    manner = []
    if (
        interaction.direction is not None
        and not interaction.tried
        and interaction.kind not in _SENT
    ):
        who = "they" if interaction.direction is Direction.THEIRS else "you"
        manner.append(f"{who} reached out")
    if interaction.energy is not None:
        manner.append(_ENERGY_WORDS[interaction.energy])
    return manner


def _weight(interaction: Interaction) -> list[str]:
    unusual = interaction.counts is not usual_counts(interaction.kind, tried=interaction.tried)
    return [_COUNTS_WORDS[interaction.counts]] if interaction.tried or unusual else []


def _until(word: str, day: date | None, today: date, state: str) -> str:
    return state if day is None else f"{state}, {word} {say_when(day, today)}"


def _since(state: str, day: date | None, today: date) -> str:
    return state if day is None else f"{state} since {date_words(day, today)}"


def _back(due: Due, today: date) -> str:
    if due.back_on is None:
        return due.state.value
    return f"{due.state.value} until {date_words(due.back_on, today)}"


def _near_day(near: OccasionDay, today: date) -> str:
    """The day of an occasion. Within a week the weekday is enough."""
    if abs(near.in_days) <= 1:
        return relative_day(near.on, today)
    if abs(near.in_days) < 7:
        return f"on {weekday_name(near.on.weekday())}"
    return say_when(near.on, today)


def _was(near: OccasionDay) -> str:
    """`was` before `on Friday` that is over; `yesterday` needs none."""
    return "was " if near.in_days < -1 else ""


def say_reasons(reasons: "Sequence[Reason]", *, discreet: bool = False) -> str:
    """Why two people may be one: `one number (+44 20 7946 0018) and a like name`."""
    return listed([_say_reason(reason, discreet=discreet) for reason in reasons])


def _say_reason(reason: "Reason", *, discreet: bool) -> str:
    shown = f" ({reason.value})" if reason.value and not discreet else ""
    return f"{_REASONS[reason.by]}{shown}"
