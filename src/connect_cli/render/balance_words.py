"""Time given back and time with people in English words.

Names and texts are as they were typed: the caller cleans them (`safe`).
"""

from datetime import date

from connect_cli.errors import as_typed
from connect_cli.language.calendar import monday_of, month_name
from connect_cli.language.plurals import listed
from connect_cli.model import Owed
from connect_cli.render.review_words import MOST_MEDIANS
from connect_cli.render.safe import HIDDEN
from connect_cli.render.words import (
    date_words,
    ended,
    kind_noun,
    month_day,
    say_day,
    say_minutes,
)
from connect_cli.reviews import Balance, Saving, Stretch, TimeFor, TimeUnit

SETTING = "balance.saved"


def say_saved(
    saving: Saving, in_week: int, weekly: int, today: date, *, discreet: bool = False
) -> str:
    """What was noted, and how much is noted in its week by now, if that is more.

    weekly: the standing estimate, which the noted minutes add to.
    """
    text = HIDDEN if discreet and saving.text else saving.text
    said = f"Saved {say_minutes(saving.minutes)}, {say_day(saving.day, today)}"
    said = ended(f"{said}: {text}" if text else said)
    if in_week == saving.minutes and not weekly:
        return said
    week = "This week" if monday_of(saving.day) == monday_of(today) else "That week"
    so_far = " so far" if week == "This week" else ""
    beside = f", beside the {say_minutes(weekly)} a week of {SETTING}" if weekly else ""
    return f"{said} {week} {say_minutes(in_week)}{so_far}{beside}."


def say_time_for(one: TimeFor, *, discreet: bool = False) -> str:
    """Whom or what the minutes are enough for. It only names."""
    name = one.person.name
    if one.loop is not None:
        text = HIDDEN if discreet else one.loop.text
        return ended(f"Still open: {_OPEN[one.loop.owed].format(name)}: {text}")
    if one.usual is None:
        return ended(f"On today's list: {name}")
    return f"There is time for {name}, on today's list: usually {say_minutes(one.usual)}."


_OPEN = {
    Owed.ME: "you promised {}",
    Owed.ASK: "to ask {}",
    Owed.TELL: "to tell {}",
}


def say_heading(view: Balance, today: date) -> str:
    """What the picture shows, and of which days."""
    first, last = view.span
    until = "today" if last == today else date_words(last, today)
    return f"Time given back and time with people, {date_words(first, today)} to {until}"


def say_stretch(stretch: Stretch, unit: TimeUnit, last: date) -> str:
    """The label of a row: `7 Sep`, `Sep 2025`, `2025`. last: the last day of all rows."""
    first = stretch.first
    if unit == "year":
        return str(first.year)
    if unit == "month":
        return f"{month_name(first.month)[:3]} {first.year}"
    return month_day(first.month, first.day, None if first.year == last.year else first.year)


def say_how_to_begin(view: Balance) -> list[str]:
    """How to note time, and how to set an estimate, where there is neither."""
    if view.total.saved or view.weekly:
        return []
    return [
        f"No time given back is noted here. To note some: {as_typed('saved', '40m', 'the report')}",
        f"For a standing estimate: {as_typed('config', 'set', SETTING, '3h a week')}",
    ]


def say_reckoned(view: Balance, today: date) -> str:
    """How minutes that nobody noted were reckoned; nothing if there are none."""
    said = list(filter(None, (_say_estimate(view, today), _say_medians(view))))
    return f"{'; '.join(said)}." if said else ""


def _say_estimate(view: Balance, today: date) -> str:
    if view.since is None:
        return ""
    said = f"{say_minutes(view.weekly)} a week by the setting {SETTING}"
    if view.since == view.span.first:
        return said
    return f"{said}, from {date_words(view.since, today)} on"


def _say_medians(view: Balance) -> str:
    medians = [
        f"{kind_noun(one.kind)} {say_minutes(one.usual or 0)}" for one in view.kinds if one.reckoned
    ]
    if not medians:
        return ""
    named = f": {listed(medians)}" if len(medians) <= MOST_MEDIANS else ""
    return f"conversations without a length as the median of their kind{named}"


def say_total(view: Balance) -> str:
    """Both sums; of one without a minute there is nothing to say."""
    total = view.total
    sums = (("given back", total.saved), ("with people", total.spent))
    said = "; ".join(f"{what} {say_minutes(minutes)}" for what, minutes in sums if minutes)
    return f"{said[0].upper()}{said[1:]}." if said else "No time is noted in these days."


def say_target(view: Balance) -> str:
    """What the part you set comes to, beneath both sums; nothing if that is nothing."""
    if not view.target:
        return ""
    return f"{view.share} % of the time given back is {say_minutes(view.target)}."
