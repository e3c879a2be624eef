"""When a person comes due (scheduler.md §3, §4): contact, first day and snooze, and pauses."""

from datetime import date
from typing import Literal, NamedTuple

from connect_cli.model import Cadence, Person, Rule
from connect_cli.scheduler.cadences import following, usual_days
from connect_cli.scheduler.pauses import OPEN, Stops, moved

Counted = Literal["full", "half"]

# Two instances of a cadence in months or years differ by no more than this.
SPREAD_DAYS = 3


class Clock(NamedTuple):
    """What a due day rests on; days are ordinals, 0 means none.

    plain: the due day before pauses moved it. anchor: the day that the clock runs from.
    """

    due: int
    period: int
    plain: int
    rests_on: Literal["contact", "snooze", "first", ""]
    anchor: int = 0
    by: Literal[Counted, ""] = ""


NO_CLOCK = Clock(0, 0, 0, "")


def clock(person: Person, cadence: Cadence | Rule, today: int, stops: Stops) -> Clock:
    """The person's clock as it reads on the day `today`: the latest of what they come due by.

    Without any contact, first day or snooze, someone with a cadence is due today.
    """
    best = _contact(person, cadence, today, stops)
    if person.first_on is not None:
        due = _first(person, person.first_on.toordinal(), cadence, today, stops)
        best = _later(best, Clock(due, 0, person.first_on.toordinal(), "first"), cadence)
    if person.snoozed_on is not None:
        due = snoozed_until(person, today, stops)
        best = _later(best, Clock(due, 0, person.snoozed_on.toordinal(), "snooze"), cadence)
    return best or Clock(today, usual_days(cadence), today, "")


def snoozed_until(person: Person, today: int, stops: Stops) -> int:
    """The first day on which a snooze lets them be listed again; 0 without one.

    A pause moves it if it came after the snooze was said, or lies on the day itself.
    """
    if person.snoozed_on is None:
        return 0
    day = person.snoozed_on.toordinal()
    said = person.snooze_said_on.toordinal() if person.snooze_said_on else day - 1
    return moved(day, said, today, stops)


def _later(best: Clock | None, named: Clock, cadence: Cadence | Rule) -> Clock:
    """The later of two, the period and the anchor staying those of the contact."""
    if best is None:
        return named._replace(period=usual_days(cadence))
    if named.due <= best.due:
        return best
    return best._replace(due=named.due, plain=named.plain, rests_on=named.rests_on)


def _first(person: Person, day: int, cadence: Cadence | Rule, today: int, stops: Stops) -> int:
    """A first day is said at most one and a half periods ahead: since then, if not known better."""
    if not stops:
        return day
    said = person.first_said_on
    since = said.toordinal() if said else day - 3 * usual_days(cadence) // 2
    return moved(day, since, today, stops)


def _contact(person: Person, cadence: Cadence | Rule, today: int, stops: Stops) -> Clock | None:
    """The later of what the newest full contact gives and what the newest half one gives."""
    full = half = None
    if person.last_full_on is not None:
        full = _since(person.last_full_on, "full", cadence, today, stops)
    if person.last_half_on is not None:
        half = _since(person.last_half_on, "half", cadence, today, stops)
    return half if full is None or (half is not None and half.due > full.due) else full


def _since(contact: date, by: Counted, cadence: Cadence | Rule, today: int, stops: Stops) -> Clock:
    """The clock that a contact starts.

    Where a pause lies close the later of several starts wins: otherwise a further contact could
    bring someone forward, because February is short.
    """
    starts = _starts(contact.toordinal(), cadence, stops)
    if len(starts) == 1:
        return _from(starts[0], by, cadence, today, stops)
    return max(_from(start, by, cadence, today, stops) for start in starts)


def _from(start: int, by: Counted, cadence: Cadence | Rule, today: int, stops: Stops) -> Clock:
    """Half a contact sets the clock back by half a usual period (not this one: see `_since`)."""
    anchor = start if by == "full" else start - usual_days(cadence) // 2
    plain = following(anchor, cadence)
    period = usual_days(cadence) if isinstance(cadence, Rule) else max(1, plain - anchor)
    return Clock(moved(plain, start, today, stops), period, plain, "contact", anchor, by)


def _starts(contact: int, cadence: Cadence | Rule, stops: Stops) -> list[int]:
    """The contact's own day, or the eve of the pause it lies in, and eves of pauses just before."""
    begun = [stop for stop in stops if stop[0] <= contact]
    paused = bool(begun) and contact <= begun[-1][1]
    starts = [] if paused else [contact]
    reach = OPEN if isinstance(cadence, Rule) else SPREAD_DAYS
    awake, later = 0, contact
    for first, last in reversed(begun):
        awake += max(0, later - last)
        if awake >= reach:
            break
        later = first - 1
        starts.append(later)
    return starts
