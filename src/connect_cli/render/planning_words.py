"""How a load, its offers, a rhythm and days away are said in English.

As in `words`, names come back as they were typed: the caller cleans them.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from connect_cli.errors import as_typed
from connect_cli.language.counting import counted
from connect_cli.model import Cadence, Pause, Person
from connect_cli.render.words import date_words, month_day
from connect_cli.views import OccasionDay

if TYPE_CHECKING:
    from connect_cli.scheduler.load import CircleLoad, Load, Offer

NEAR_DAYS = 150
SMALLEST, FINE = 1.01, 1.1


def say_nobody() -> str:
    """What is said while nobody has a cadence."""
    return f"Nobody has a cadence yet, so nothing is promised. To give some: {as_typed('triage')}"


def _no_places() -> str:
    some = as_typed("config", "set", "capacity", "3")
    return f"No day has any places, so there is no time for anybody: {some}"


def say_load(load: "Load") -> str:
    """What the load means."""
    if not load.people:
        return say_nobody()
    if load.ratio == float("inf"):
        return _no_places()
    match load.verdict:
        case "comfortable":
            return "Comfortable: what you promised fits into your time."
        case "tight":
            return "Tight: what you promised fits into your time, with little to spare."
        case "stretched":
            return f"Stretched: expect about {_times(load.ratio)} your cadences."
        case _:
            return "More is promised than there is time for; no order of names changes that."


def say_time(load: "Load") -> str:
    """How the time that there is was reckoned: T = (C + 7k) / (W + 14)."""
    contacts, days = counted(load.contacts, "contact"), counted(load.window_days, "day")
    return (
        f"Your time: {load.time:.2f} contacts a day. That is {contacts} in the last {days},"
        f" and 14 days more at half of the {load.capacity:.3g} places a day you set:"
        f" ({load.contacts} + 7 * {load.capacity:.3g}) / ({load.window_days} + 14)."
    )


def say_circle(row: "CircleLoad") -> str:
    """The circle, or that there is none."""
    return row.circle or "no circle"


def say_share(ratio: float) -> str:
    """A part of your time in per cent; nothing where there is no time at all."""
    return "" if ratio == float("inf") else f"{round(100 * ratio)} %"


def say_offer(offer: "Offer") -> str:
    """What an offer would do, with its number."""
    match offer.kind:
        case "stretch":
            return f"every cadence {_times(offer.number)} as long"
        case "keep":
            return f"{offer.kept} stays, the rest {_times(offer.number)} as long"
        case _:
            return f"room for {offer.number:.0f} a day, and the time for it"


def say_after(offer: "Offer") -> str:
    """What the load would be with it."""
    return f"{say_share(offer.ratio)} of your time"


def say_over(load: "Load") -> str:
    """That a cadence just given made it more than there is time for."""
    if load.ratio == float("inf"):
        return _no_places()
    return (
        f"All cadences together now ask for {_times(load.ratio)} the time you have;"
        f" '{as_typed('plan')}' shows what would fit."
    )


def _times(number: float) -> str:
    """`1.2 times`; what is hardly more than once is more than `1.0 times` all the same."""
    return f"{max(number, SMALLEST):.2f} times" if number < FINE else f"{number:.1f} times"


def say_rhythm(cadence: Cadence, person: Person) -> str:
    """`you meet about every 6 weeks; you asked for every 2 weeks`."""
    met = f"you meet about {cadence.words}"
    return met if person.cadence is None else f"{met}; you asked for {person.cadence.words}"


def every_command(person: Person, cadence: Cadence) -> str:
    """What gives them that cadence."""
    return as_typed("every", person.name, str(cadence))


def say_away(pause: Pause, today: date) -> str:
    """`Mon 3 Aug to Mon 17 Aug`, `from Mon 3 Aug on`."""
    if pause.end_on is None:
        return f"from {date_words(pause.start_on, today)} on"
    if pause.end_on == pause.start_on:
        return date_words(pause.start_on, today)
    return f"{date_words(pause.start_on, today)} to {date_words(pause.end_on, today)}"


def is_away(day: date, away: Sequence[Pause]) -> bool:
    """Whether everyone's clocks stand still on a day."""
    return any(one.start_on <= day <= (one.end_on or day) for one in away)


def say_when_away(pause: Pause, today: date) -> str:
    """Whether it is over, present or coming."""
    if pause.start_on > today:
        return "coming"
    return "over" if pause.end_on is not None and pause.end_on < today else "now"


def say_gap(gap: Pause, today: date) -> str:
    """What offers to call days without an entry days away, before the command that does."""
    first, last = (_day_of(day, today) for day in (gap.start_on, gap.end_on or gap.start_on))
    return f"No entry from {first} to {last}. If you were away:"


def say_away_now(pause: Pause, today: date) -> str:
    """That every clock stands still today, and how to change that."""
    until = "" if pause.end_on is None else f" until {date_words(pause.end_on, today)}"
    return f"Away{until}: '{as_typed('away')} --cancel' ends it."


def _day_of(day: date, today: date) -> str:
    """A day with its year where the bare month would be read as the nearer one."""
    near = abs((today - day).days) <= NEAR_DAYS
    return month_day(day.month, day.day, None if near else day.year)


def away_command(gap: Pause, today: date) -> str:
    """What sets them as days away; with the year where days without one would be read otherwise."""
    end = gap.end_on or today
    if (today - gap.start_on).days > NEAR_DAYS or (today - end).days > 30:
        return as_typed("away", str(gap.start_on), "to", str(end))
    return as_typed("away", *_short(gap.start_on).split(), "to", *_short(end).split())


def say_ahead_occasion(near: OccasionDay) -> str:
    """On its own day: `Ada Lovelace turns 40`, `Ada and Tom, anniversary`."""
    occasion = near.occasion
    if occasion.label == "birthday" and near.turns is not None:
        return f"{occasion.person.name} turns {near.turns}"
    return f"{occasion.person.name}, {occasion.label}"


def say_setting(key: str) -> str:
    """What a setting decides."""
    section, _, name = key.partition(".")
    if section == "circles":
        return "the cadence of this circle"
    if section == "capacity" and name != "default":
        return "places on that weekday; 0 is a rest day"
    return _SETTINGS.get(key, "")


_SETTINGS = {
    "capacity.default": "how many people a day there is room for",
    "day_starts_at": "the hour at which a new day begins",
    "today.lead_days": "how many days before a birthday it is shown",
    "today.reconnect": "weekday with a place for someone dormant",
    "calendar.file": "a calendar file that sweep asks about",
    "calendar.addresses": "your own email addresses",
    "key_command": "a command that prints the journal's key",
    "backups.most": "how much room the copies may take; or none",
    "today.leap_birthdays": "where 29 February falls in other years",
}


def _short(day: date) -> str:
    return month_day(day.month, day.day).lower()
