"""First due days, chosen once, so that not too many people come due on the same day.

How it works. Somebody who gets a cadence comes due one cadence after their last contact, if that is
not past. Otherwise they are spread over a period: the multiples of the golden ratio, modulo one,
lie evenly however many there are, so people who come one by one are spread as well as all at once.

Then crowds are avoided: where as many others come due on that day as there is usually room for, it
is the nearest later day within a quarter of the cadence on which fewer do; if there is none, the
day stays. The same holds for people met together in one interaction of five or more, who would all
come due on one day. Whoever calls this stores the day as the person's first day (`clock.clock`), so
later changes of other people do not move it; `moved_from` tells later that a crowd was avoided.
Nothing is raised.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import takewhile

from connect_cli.language.calendar import day_of
from connect_cli.model import Cadence, Pause, Person, Rule
from connect_cli.reports import FirstDay
from connect_cli.scheduler.clock import Clock, clock
from connect_cli.scheduler.recurrence import following, next_of, usual_days
from connect_cli.scheduler.rest import Stops, merged, stops_of
from connect_cli.settings import Settings

GOLDEN = 0.6180339887498949
MANY = 5
"""People given cadences at once, or met in one interaction, are many from this number on."""
PART_OF_CADENCE = 4


def first_days(
    newcomers: Sequence[Person],
    people: Iterable[Person],
    today: date,
    settings: Settings,
    away: Sequence[Pause] = (),
    *,
    at_once: int = 0,
) -> list[FirstDay]:
    """The first days of people who have just been given the cadence that they have, in order.

    people: everyone; newcomers among them are left out. away: everyone's pauses. Five or more at
    once start half a period later; at_once: how many there are, if these are only some of them.
    With a calendar rule it is one of the days of the rule.
    """
    crowd = _Crowd(newcomers, people, today, settings, away)
    many, days = max(at_once, len(newcomers)) >= MANY, []
    for person in newcomers:
        if (cadence := person.cadence) is None:
            continue
        later = usual_days(cadence) // 2 if many else 0
        place = crowd.cadences[cadence]
        usual = _from_last(cadence, today, person.last_on)
        first_on = usual or _spread(cadence, today, place, later)
        crowd.cadences[cadence] += 1
        days.append(crowd.place(person._replace(first_on=first_on, first_said_on=today), cadence))
    return days


def spread_out(
    met: Sequence[Person],
    on: date,
    people: Iterable[Person],
    today: date,
    settings: Settings,
    away: Sequence[Pause] = (),
) -> list[FirstDay]:
    """New first days for those of the people met together on a day who would come due in a crowd.

    met: as they are since then. Only those are moved whose last contact this was, and whose due day
    comes from it and is not past.
    """
    if len(met) < MANY:
        return []
    crowd, movable = _Crowd(met, people, today, settings, away), []
    for person in sorted(met):
        if (cadence := person.cadence) is None or person.archived:
            continue
        now = crowd.clock(person, cadence)
        if person.last_on == on and now.rests_on == "contact" and now.due >= today.toordinal():
            movable.append((person, cadence))
        else:
            crowd.count(person, cadence)
    placed = [crowd.place(person, cadence) for person, cadence in movable]
    return [first for first in placed if first.moved_from is not None]


def moved_from(person: Person, stops: Stops) -> date | None:
    """The due day that the last contact gave, if the first day was moved from it for a crowd.

    Only the first day is stored. It was moved if it is later by no more than a quarter of the
    cadence, and that due day was not past when it was set: who was past due is spread instead.
    A newly given cadence counts from the last contact in full, even from one that counts half.
    """
    cadence, said = person.cadence, person.first_said_on
    if not isinstance(cadence, Cadence) or said is None:
        return None
    alone, then = person._replace(snoozed_on=None), said.toordinal()
    first = clock(alone, cadence, then, stops)
    usual = clock(alone._replace(first_on=None), cadence, then, stops)
    contacts = {"full": person.last_full_on, "half": person.last_half_on, "": None}
    last = contacts[usual.by]
    if last is None or person.last_on is None or said < last:
        return None
    given = alone._replace(first_on=day_of(following(person.last_on.toordinal(), cadence)))
    whole = clock(given, cadence, then, stops).due
    most = usual.period // PART_OF_CADENCE
    near = [due for due in (whole, usual.due) if 0 < first.due - due <= most and due >= then]
    return day_of(near[0]) if near and first.due != whole else None


class _Crowd:
    """How many people come due on each day, and how many there are with each cadence.

    but: people who are left out, because they get their days now.
    """

    def __init__(
        self,
        but: Iterable[Person],
        people: Iterable[Person],
        today: date,
        settings: Settings,
        away: Sequence[Pause],
    ) -> None:
        self._today, self._room, self._away = today, settings.usual_capacity, tuple(away)
        self._everyones = merged(away)
        self._due: Counter[int] = Counter()
        self.cadences: Counter[Cadence | Rule] = Counter()
        left_out = {person.id for person in but}
        for person in people:
            if person.cadence is None or person.archived or person.id in left_out:
                continue
            self.count(person, person.cadence)
            self.cadences[person.cadence] += 1

    def count(self, person: Person, cadence: Cadence | Rule) -> None:
        """One more comes due on that person's due day."""
        self._due[self.clock(person, cadence).due] += 1

    def clock(self, person: Person, cadence: Cadence | Rule) -> Clock:
        """What their due day comes from."""
        stops = stops_of(person, self._away, self._everyones)
        return clock(person, cadence, self._today.toordinal(), stops)

    def place(self, person: Person, cadence: Cadence | Rule) -> FirstDay:
        """Give somebody their due day, or a later one if that is full, and count them there."""
        now = self.clock(person, cadence)
        on, due = now.plain, now.due
        if self._is_full(due) and isinstance(cadence, Cadence):
            on, due = self._later(person, cadence, now) or (on, due)
        self._due[due] += 1
        moved_from = day_of(now.due) if due != now.due else None
        return FirstDay(person, day_of(on), day_of(due), moved_from)

    def _later(self, person: Person, cadence: Cadence, now: Clock) -> tuple[int, int] | None:
        """The first day to store, and the due day that follows: the next one that has room.

        A due day moves with the first day, so it is found by bisection where a pause lies between.
        """

        def due_from(on: int) -> int:
            first = person._replace(first_on=day_of(on), first_said_on=self._today)
            return self.clock(first, cadence).due

        last = now.due + now.period // PART_OF_CADENCE
        days = range(now.plain + 1, last + 1)
        later = days[bisect_right(days, now.due, key=due_from) :]
        near = takewhile(lambda found: found[1] <= last, ((on, due_from(on)) for on in later))
        return next(((on, due) for on, due in near if not self._is_full(due)), None)

    def _is_full(self, day: int) -> bool:
        return self._due[day] >= self._room


def _from_last(cadence: Cadence | Rule, today: date, last: date | None) -> date | None:
    if last is None:
        return None
    day = following(last.toordinal(), cadence)
    return day_of(day) if day >= today.toordinal() else None


def _spread(cadence: Cadence | Rule, today: date, place: int, later: int) -> date:
    start, rule = today.toordinal(), isinstance(cadence, Rule)
    period = usual_days(cadence) if rule else following(start, cadence) - start
    day = start + later + int(place * GOLDEN % 1 * period)
    return day_of(next_of(cadence, day) if isinstance(cadence, Rule) else day)
