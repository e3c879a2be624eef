"""First days, rhythms, days away, the next list, a welcome and settings in English words.

Names are as they were typed: the caller cleans them (`safe`).
"""

from collections.abc import Sequence
from datetime import date

from connect_cli.errors import as_typed
from connect_cli.language.calendar import NUMBERS
from connect_cli.language.plurals import counted, listed, listed_briefly
from connect_cli.model import BIRTHDAY, Cadence, Interaction, Kind, Named, Pause, Person
from connect_cli.render.words import (
    date_words,
    day_label,
    how_words,
    kind_noun,
    link_word,
    month_day,
    said_kind,
    say_when,
)
from connect_cli.views import Due, OccasionDay, Plan, State, Welcome

NEAR_DAYS = 150
MOST_NAMES = 3
MOST_IN_WORDS = 12
WHILE_AWAY = "Welcome back. While you were away:"


def say_cadence(due: Due) -> str:
    """`every week (inner)`, `first friday`: a cadence, with the circle that it comes from."""
    person = due.person
    words = "" if person.cadence is None else person.cadence.words
    of_circle = person.circle and not person.own_cadence
    return f"{words} ({person.circle})" if of_circle else words


def say_first_due(due: Due, moved_from: date | None) -> str:
    """`, first due in 3 days, Thu 26 Nov`, and why it is a later day than usual, if it is.

    Somebody who is paused or left alone cannot come up before that ends, and nobody archived does.
    """
    if due.due_on is None:
        return "; nothing is due while they are archived" if due.person.archived else ""
    day = due.due_on
    said = f", first due {say_when(day, due.day)}"
    if moved_from is not None:
        said += f", not {date_words(moved_from, due.day)}, when enough others are due"
    if due.state in (State.PAUSED, State.RESTING):
        back = "" if due.back_on is None else f" until {date_words(due.back_on, due.day)}"
        said += f"; {due.state.value}{back}"
    return said


def say_rhythm(cadence: Cadence, person: Person) -> str:
    """`you meet about every 6 weeks; you asked for every 2 weeks`."""
    met = f"you meet about {cadence.words}"
    return met if person.cadence is None else f"{met}; you asked for {person.cadence.words}"


def every_command(person: Person, cadence: Cadence) -> str:
    """The command that sets this cadence."""
    return as_typed("every", person.name, str(cadence))


def say_away(pause: Pause, today: date) -> str:
    """`Mon 3 Aug to Mon 17 Aug`, `from Mon 3 Aug on`."""
    if pause.end_on is None:
        return f"from {date_words(pause.start_on, today)} on"
    if pause.end_on == pause.start_on:
        return date_words(pause.start_on, today)
    return f"{date_words(pause.start_on, today)} to {date_words(pause.end_on, today)}"


def is_away(day: date, away: Sequence[Pause]) -> bool:
    """Whether every clock is stopped on a day."""
    return any(one.start_on <= day <= (one.end_on or day) for one in away)


def say_when_away(pause: Pause, today: date) -> str:
    """`over`, `now` or `coming`."""
    if pause.start_on > today:
        return "coming"
    return "over" if pause.end_on is not None and pause.end_on < today else "now"


def say_gap(gap: Pause, today: date) -> str:
    """The question whether days without an interaction were days away, before its command."""
    first, last = (_day_of(day, today) for day in (gap.start_on, gap.end_on or gap.start_on))
    return f"Nothing was logged from {first} to {last}. If you were away:"


def say_missing(gap: Pause, today: date) -> str:
    """The same before offers, which such days may make needless."""
    end = gap.end_on or gap.start_on
    first, last = _day_of(gap.start_on, today), _day_of(end, today)
    days = counted((end - gap.start_on).days + 1, "day")
    return (
        f"Nothing was logged for {days}, {first} to {last}: were you away?"
        " Days away are left out of the sum:"
    )


def say_next(plan: Plan, today: date) -> str:
    """`Next: Ada Lovelace and Tom Baker, Tue 24 Mar.`; of more than three people the first two."""
    names = [one.name for one in coming_people(plan)]
    if len(names) > MOST_NAMES:
        names = [*names[: MOST_NAMES - 1], counted(len(names) - MOST_NAMES + 1, "other")]
    return f"Next: {listed(names)}, {date_words(plan.day, today)}."


def coming_people(plan: Plan) -> Sequence[Named | Person]:
    """Everybody on a list: those with a promise first, and each once."""
    named: list[Named | Person] = [one.person for one in plan.promises]
    named += [one.person for one in plan.suggestions]
    return list({one.id: one for one in named}.values())


def say_welcome(welcome: Welcome, today: date, *, discreet: bool = False) -> str:
    """On the first days after a time away, with the occasions that fell in it."""
    if not welcome.occasions:
        return "Welcome back."
    said = (
        f"{say_past_occasion(near, discreet=discreet)} ({date_words(near.on, today)})"
        for near in welcome.occasions
    )
    return f"{WHILE_AWAY} {', '.join(said)}."


def say_past_occasion(near: OccasionDay, *, discreet: bool = False) -> str:
    """`Tom Baker's birthday`, `Ada and Grace, anniversary`."""
    name, label = near.occasion.person.name, day_label(near.occasion, discreet=discreet)
    return f"{name}'s birthday" if label == BIRTHDAY else f"{name}, {label}"


def say_away_now(pause: Pause, today: date) -> str:
    """A note that you are away today, and how to end that."""
    until = "" if pause.end_on is None else f" until {date_words(pause.end_on, today)}"
    return f"Away{until}: '{as_typed('away')} --cancel' ends it."


def say_took(number: int) -> str:
    """`Three conversations took energy lately. A free day:`, before the command for one."""
    words = (word for word, value in NUMBERS.items() if value == number)
    said = next(words, "").capitalize() if number <= MOST_IN_WORDS else str(number)
    return f"{said} conversations took energy lately. A free day:"


def free_day_command() -> str:
    """The command that makes tomorrow a day away."""
    return as_typed("away", "tomorrow")


def say_on_this_day(interaction: Interaction, today: date, *, brief: bool = False) -> str:
    """`On this day in 2024, tea with Ada Lovelace`, before the note.

    brief: name only the first of several people.
    """
    day, people = interaction.day, [one.name for one in interaction.people]
    if brief and len(people) > 1:
        people[1:] = [counted(len(people) - 1, "other")]
    names = listed_briefly(people)
    when = f"On this day in {day.year}" if _is_same(day, today) else f"On {_whole_day(day)}"
    who = f"{link_word(interaction)} {names}" if names else ""
    return f"{when}, {' '.join(filter(None, (_kind_said(interaction), who)))}"


def say_in_year(interaction: Interaction, today: date) -> str:
    """On a card, before the note: `tea in 2024`, `they called in 2024`, `tea on 29 Feb 2024`."""
    day = interaction.day
    when = f"in {day.year}" if _is_same(day, today) else f"on {_whole_day(day)}"
    return f"{how_words(interaction)} {when}"


def _is_same(day: date, today: date) -> bool:
    """Whether it is today's month and day; of 29 February the notes may come on another."""
    return (day.month, day.day) == (today.month, today.day)


def _whole_day(day: date) -> str:
    return month_day(day.month, day.day, day.year)


def _kind_said(interaction: Interaction) -> str:
    """What it was, unless that says nothing."""
    said = said_kind(interaction)
    return "" if interaction.people and said == kind_noun(Kind.OTHER) else said


def _day_of(day: date, today: date) -> str:
    """A day, with its year if it is far enough away to be mistaken for another year's."""
    near = abs((today - day).days) <= NEAR_DAYS
    return month_day(day.month, day.day, None if near else day.year)


def away_command(gap: Pause, today: date) -> str:
    """The command that makes them days away, with years where `away` would read another year."""
    end = gap.end_on or today
    if (today - gap.start_on).days > NEAR_DAYS or (today - end).days > 30:
        return as_typed("away", str(gap.start_on), "to", str(end))
    return as_typed("away", *_short(gap.start_on).split(), "to", *_short(end).split())


def say_ahead_occasion(near: OccasionDay, *, discreet: bool = False) -> str:
    """On its own day: `Ada Lovelace turns 40`, `Ada and Tom, anniversary`."""
    occasion = near.occasion
    if occasion.label == BIRTHDAY and near.turns is not None:
        return f"{occasion.person.name} turns {near.turns}"
    return f"{occasion.person.name}, {day_label(occasion, discreet=discreet)}"


def say_setting(key: str) -> str:
    """What a setting is for."""
    section, _, name = key.partition(".")
    if section == "circles":
        return "the cadence of this circle"
    if section == "capacity" and name != "default":
        return "room on that weekday; 0 is a rest day"
    return _SETTINGS.get(key, "")


_SETTINGS = {
    "capacity.default": "how many people a day you have room for",
    "day_starts_at": "the hour when a new day begins",
    "today.lead_days": "how many days before it a birthday is shown",
    "today.reconnect": "the weekday from which someone dormant has a place",
    "calendar.file": "the calendar file that sweep asks about",
    "inbox.folder": "the folder of text files that inbox takes in",
    "sync.folder": "the folder through which your machines meet",
    "calendar.addresses": "your own email addresses",
    "key_command": "the command that prints the journal's key",
    "balance.saved": "how much time machines usually save you; or none",
    "balance.reinvest": "the part of that time meant for people; or none",
    "backups.most": "how much space copies may take; or none",
    "today.on_this_day": "whether today ends with a note of this day",
    "today.energy": "whether today says that much took energy",
    "today.leap_birthdays": "when a 29 February birthday is in other years",
}


def _short(day: date) -> str:
    return month_day(day.month, day.day).lower()
