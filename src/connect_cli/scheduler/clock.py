"""A person's clock: the day on which they come due, and what that day comes from.

What comes in is a person, their cadence, today, and the paused days (their own and everyone's,
merged). A due day may come from three things: the newest contact plus one cadence, the first day
that was set when they got the cadence, and a snooze. Each is moved later by the paused days that
count for it (`rest.moved_by_pauses`), and the latest of the three is the due day. With none of
them, somebody with a cadence is due today.

A contact that counts in full starts a whole period. One that counts by half sets the clock back by
half a period: it never brings a due day forward, because the later of the two results is taken. A
contact during a pause counts from the eve of the pause; where pauses lie close to it, several
starts are tried and the latest due day wins, so that one more contact never makes somebody due
earlier. Nothing here is stored or raised, except NotUnderstood for a calendar rule without days.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from connect_cli.language.calendar import plus_days
from connect_cli.model import Cadence, Person, Rule
from connect_cli.scheduler.recurrence import following, half_days, usual_days
from connect_cli.scheduler.rest import OPEN, Stops, moved_by_pauses, rest_days

Counted = Literal["full", "half"]

# Two periods of a cadence in months or years differ in length by no more than this.
SPREAD_DAYS = 3


class Clock(NamedTuple):
    """What a due day comes from; days are ordinals, 0 means none.

    plain: the due day before pauses moved it. since: pauses after this day count.
    anchor: the day that the clock runs from. by: whether that contact counts in full or by half.
    """

    due: int
    period: int
    plain: int
    since: int
    rests_on: Literal["contact", "snooze", "first", ""]
    anchor: int = 0
    by: Literal[Counted, ""] = ""


NO_CLOCK = Clock(0, 0, 0, 0, "")


def clock(person: Person, cadence: Cadence | Rule, today: int, stops: Stops) -> Clock:
    """The person's clock on the day `today`: the latest due day that anything gives.

    Without a contact, first day or snooze, somebody with a cadence is due today.
    """
    best = _contact(person, cadence, today, stops)
    if best and person.first_on is None and person.snoozed_on is None:
        return best
    for rests_on, day, since in _named_days(person, cadence):
        due = moved_by_pauses(day, since, today, stops)
        if best is None:
            best = Clock(due, usual_days(cadence), day, since, rests_on)
        elif due > best.due:
            best = best._replace(due=due, plain=day, since=since, rests_on=rests_on)
    return best or Clock(today, usual_days(cadence), today, today, "")


def snoozed_until(person: Person, today: int, stops: Stops) -> int:
    """The day on which a snooze ends and the person may be listed again; 0 without a snooze."""
    if person.snoozed_on is None:
        return 0
    day = person.snoozed_on.toordinal()
    return moved_by_pauses(day, _eve(person.snooze_said_on, day), today, stops)


def snooze_day(person: Person, day: date) -> date:
    """The day on which a snooze without a day ends: after one rest of b days.

    For somebody without a cadence it is a week.
    """
    if person.cadence is None:
        return plus_days(day, 7)
    period = clock(person, person.cadence, day.toordinal(), ()).period
    return plus_days(day, rest_days(period))


def _named_days(
    person: Person, cadence: Cadence | Rule
) -> Iterator[tuple[Literal["first", "snooze"], int, int]]:
    """The first day and the snooze day, each with the eve of the day on which it was set.

    If it is not known when a first day was set, it was one and a half periods before, the most
    there can be; a snooze of unknown age is moved only by a pause on the day itself.
    """
    if (first := person.first_on) is not None:
        earliest = first.toordinal() - 3 * usual_days(cadence) // 2
        yield "first", first.toordinal(), _eve(person.first_said_on, earliest)
    if (snooze := person.snoozed_on) is not None:
        yield "snooze", snooze.toordinal(), _eve(person.snooze_said_on, snooze.toordinal())


def _eve(said: date | None, otherwise: int) -> int:
    return (said.toordinal() if said else otherwise) - 1


def _contact(person: Person, cadence: Cadence | Rule, today: int, stops: Stops) -> Clock | None:
    """The later clock of those that the newest full and the newest half contact start.

    Without pauses, a half contact before the full one gives an earlier day and is skipped.
    """
    full = half = None
    full_on, half_on = person.last_full_on, person.last_half_on
    if full_on is not None:
        full = _since(full_on, "full", cadence, today, stops)
    if half_on is not None and (stops or full_on is None or half_on > full_on):
        half = _since(half_on, "half", cadence, today, stops)
    return half if full is None or (half is not None and half.due > full.due) else full


def _since(contact: date, by: Counted, cadence: Cadence | Rule, today: int, stops: Stops) -> Clock:
    """The clock that a contact starts.

    If a pause is close, the latest due day of several starts wins: otherwise one more contact could
    make somebody due earlier, because February is short.
    """
    if not stops:  # as it is for nearly everybody
        return _from(contact.toordinal(), by, cadence, today, stops)
    starts = _starts(contact.toordinal(), cadence, stops)
    return max(_from(start, by, cadence, today, stops) for start in starts)


def _from(start: int, by: Counted, cadence: Cadence | Rule, today: int, stops: Stops) -> Clock:
    """The clock from one start; a half contact sets it back by half of a usual period."""
    anchor = start if by == "full" else start - half_days(cadence)
    plain = following(anchor, cadence)
    period = usual_days(cadence) if isinstance(cadence, Rule) else max(1, plain - anchor)
    due = moved_by_pauses(plain, start, today, stops)
    return Clock(due, period, plain, start, "contact", anchor, by)


def _starts(contact: int, cadence: Cadence | Rule, stops: Stops) -> list[int]:
    """The day of the contact or the eve of the pause it is in, and eves of pauses just before."""
    reach = OPEN if isinstance(cadence, Rule) else SPREAD_DAYS
    if contact - stops[-1][1] >= reach:
        return [contact]
    begun = [stop for stop in stops if stop[0] <= contact]
    paused = bool(begun) and contact <= begun[-1][1]
    starts = [] if paused else [contact]
    awake, later = 0, contact
    for first, last in reversed(begun):
        awake += max(0, later - last)
        if awake >= reach:
            break
        later = first - 1
        starts.append(later)
    return starts
