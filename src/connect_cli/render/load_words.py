"""The load and its offers in English words.

Names of circles are as they were typed: the caller cleans them (`safe`).
"""

from collections.abc import Sequence

from connect_cli.errors import as_typed
from connect_cli.language.plurals import counted
from connect_cli.model import Cadence, Pause
from connect_cli.scheduler.load import CircleLoad, Load, Longer, Offer, exceeds

SMALLEST, FINE, NEAR_SHARE, SMALLEST_SHARE = 1.01, 1.1, 0.02, 0.005
YEAR = 365.2425
WEEK_DAYS = 7
UNITS = (("day", 1.0, 50), ("week", 7.0, 12), ("month", YEAR / 12, 6), ("year", YEAR, 20))
"""Each with its days, and the number up to which it is used."""
NEAR = 0.05  # a number is as good as exact: then the shorter unit is used
HALVES = {"day": range(2, 5), "week": range(1, 2)}  # 2.5 a day, 1.5 a week: no whole number is near


def say_nobody() -> str:
    """The answer while nobody has a cadence."""
    return f"Nobody has a cadence yet. To choose some: {as_typed('triage')}"


def _no_places() -> str:
    some = as_typed("config", "set", "capacity", "3")
    return f"You have no room on any day. To make some: {some}"


def say_load(load: Load) -> str:
    """What the load means."""
    if not load.people:
        return say_nobody()
    if load.ratio == float("inf"):
        return _no_places()
    match load.verdict:
        case "comfortable":
            return "Comfortable: your cadences fit into your time."
        case "tight":
            return "Tight: your cadences fit into your time, with little to spare."
        case "stretched":
            return f"Stretched: expect about {_times(load.ratio)} your cadences."
        case _:
            met = _share_met(load)
            return f"More promised than there is: you have room for about {met} of this."


def _share_met(load: Load) -> str:
    """The part of the load that there is time for: `half`, `a third`, `12 %`."""
    share = 1 / load.ratio
    nearest = min(_FRACTIONS, key=lambda fraction: abs(fraction - share))
    return _FRACTIONS[nearest] if abs(nearest - share) < NEAR_SHARE else f"{100 * share:.0f} %"


_FRACTIONS = {1 / 2: "half", 1 / 3: "a third", 1 / 4: "a quarter"}


def say_time(load: Load) -> str:
    """What your time is, and what it was worked out from."""
    time, half = say_often(load.time), f"days at half of {_places(load)}"
    if not load.window_days:
        return f"Your time: {time}. There is no past to go by yet, only 14 {half}:"
    contacts, days = counted(load.contacts, "contact"), counted(load.window_days, "day")
    return f"Your time: {time}. That is {contacts} in the last {days}, and 14 more {half}:"


def _places(load: Load) -> str:
    if load.capacity % 1:
        return f"the places you set, {load.capacity:.3g} a day on average"
    return f"the {load.capacity:.0f} places a day you set"


def say_sum(load: Load) -> str:
    """The same as a sum to check by hand: T = (C + 7k) / (W + 14)."""
    terms = f"({load.contacts} + 7 * {load.capacity:.3g}) / ({load.window_days} + 14)"
    return f"{terms} = {load.time:.2f} a day"


def say_often(a_day: float) -> str:
    """So many contacts a day: `about one a month`, `about 9 a week`, `about one in 2 years`.

    The unit is the one whose whole number is nearest; of two, the shorter.
    """
    if a_day <= 0:
        return "none"
    found = []
    for unit, days, most in UNITS:
        exact = a_day * days
        number = _whole(exact, halves=int(exact) in HALVES.get(unit, ()))
        if 1 <= number <= most:
            off = max(NEAR, round(abs(number - exact) / exact, 6))
            found.append((off, f"about {_one(number)} a {unit}"))
    if found:
        return min(found, key=lambda each: each[0])[1]
    if a_day >= 1:
        return f"about {round(a_day)} a day"
    return f"about one in {max(2, round(1 / (a_day * YEAR)))} years"


def _whole(exact: float, *, halves: bool) -> float:
    """The nearest whole number, or a half where those would be far off."""
    return round(2 * exact) / 2 if halves else round(exact)


def _one(number: float) -> str:
    return "one" if number == 1 else f"{number:g}"


def say_circle(row: CircleLoad) -> str:
    """The name of the circle, or `no circle`."""
    return row.circle or "no circle"


def say_share(ratio: float) -> str:
    """A share of your time in per cent, never 0 or 100 if it is more; nothing without any time."""
    if ratio == float("inf"):
        return ""
    if 0 < ratio < SMALLEST_SHARE:
        return "under 1 %"
    return f"{round(100 * (max(ratio, SMALLEST) if exceeds(ratio) else ratio))} %"


def say_offer(offer: Offer, load: Load, arrow: str = "→") -> list[str]:
    """What an offer would change, step by step."""
    if offer.capacity is None:
        return [say_step(step, arrow) for step in offer.steps]
    room = _room(offer.capacity, offer.open_days, load)
    return [f"{room}, used as it is now: {say_often(offer.time)}"]


def _room(capacity: int, open_days: int, load: Load) -> str:
    """The places of an offer against those of now; with rest days, as the mean of a week too."""
    now = f"instead of {load.capacity:.3g}"
    if open_days == WEEK_DAYS:
        return f"room for {capacity} a day {now}"
    mean = f"{capacity * open_days / WEEK_DAYS:.3g} a day on average"
    return f"room for {capacity} on {counted(open_days, 'day')} a week, {mean} {now}"


def number_of(offer: Offer, load: Load) -> float:
    """The capacity of an offer, or how many times as long the cadences are with it, on average."""
    return offer.capacity or load.demand / offer.demand


def say_step(step: Longer, arrow: str = "→") -> str:
    """`inner 1w → 10d, 9 people`."""
    before = str(step.before) if isinstance(step.before, Cadence) else step.before.words
    people = counted(step.people, "person", "people")
    return f"{step.circle or 'no circle'} {before} {arrow} {step.after}, {people}"


def say_ways(load: Load) -> str:
    """The line before the offers."""
    return (
        f"Ways to make room, and what they bring the {say_share(load.ratio)} down to."
        " Nothing changes unless you ask:"
    )


def say_no_step(load: Load) -> str:
    """A note that no longer cadence would be enough, where that is so; else nothing."""
    able = load.fits or load.time <= 0 or any(offer.steps for offer in load.offers)
    return "" if able else "Longer cadences alone would not make room."


def gap_before_offers(load: Load, rhythms: Sequence[object]) -> Pause | None:
    """Days without an entry, wherever something is offered or would be."""
    return load.gap if rhythms or not load.fits else None


def say_over(load: Load) -> str:
    """A warning that the cadence just set asks for more time than there is."""
    if load.ratio == float("inf"):
        return _no_places()
    return (
        f"All cadences together now ask for {_times(load.ratio)} the time you have;"
        f" '{as_typed('plan')}' shows what would fit."
    )


def _times(number: float) -> str:
    """`1.2 times`. Just above 1 it has two places, so that it never reads `1.0 times`."""
    return f"{max(number, SMALLEST):.2f} times" if number < FINE else f"{number:.1f} times"
