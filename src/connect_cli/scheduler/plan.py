"""Today's plan: who is on the list, with which promises and occasions, and the days ahead.

`make_plan` takes everybody, their open promises and occasions, the day and the settings. It reads
how each person stands (standing.py) and shares out the places of the day (`DayPlaces`):

1. each promise or question of mine whose day has come takes a place, and each person contacted
   today takes one;
2. once a week, from the weekday of the settings on, the last place is that of a dormant person: of
   the one who had it longest ago, until somebody has been offered in this way;
3. the places left go to people who are due or waiting, by their score s, the highest first;
4. if the list is shorter than half the capacity, people who rest after offers fill it up to that,
   drawn by chance, and after them people who are soon due, by s.

The one met most recently comes first, an easy one to start with; the others follow by s. Ties and
draws go by a checksum of the id and the day (`shuffled`), so the same journal gives the same list
on every machine, in whatever order people are passed, and all day: an offer of today changes
nothing until tomorrow. With no places left, or with nobody ready, the list is empty.
"""

import heapq
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from connect_cli.language.sorting import by_name
from connect_cli.model import Occasion, Owed, Pause, Person, Promise
from connect_cli.scheduler.occasions import occasions_shown
from connect_cli.scheduler.rest import OPEN
from connect_cli.scheduler.standing import Reading, readings, score, state, to_due
from connect_cli.settings import Settings
from connect_cli.views import Plan, State, Suggestion

PROMISE_SHOWN_DAYS = 14
DAYS_BETWEEN_RECONNECTIONS = 63

DAYS = 14

READY = (State.DUE, State.WAITING)

KNUTH = 2654435761


def make_plan(
    people: Iterable[Person],
    promises: Iterable[Promise],
    occasions: Iterable[Occasion],
    day: date,
    settings: Settings,
    *,
    contacted: Collection[str] = frozenset(),
    away: Sequence[Pause] = (),
    more: int = 0,
) -> Plan:
    """The list for `day`. The order of people, promises and occasions does not matter.

    contacted: ids of people with contact on `day`. away: everyone's pauses.
    more: how many times the places of the day are added again.
    """
    found = readings(people, day, settings, away)
    return plan_of(found, promises, occasions, day, settings, contacted=contacted, more=more)


def plan_of(
    found: Sequence[Reading],
    promises: Iterable[Promise],
    occasions: Iterable[Occasion],
    day: date,
    settings: Settings,
    *,
    contacted: Collection[str],
    more: int,
) -> Plan:
    """The same for those who are known to be all that can be on the list."""
    day_places = DayPlaces(found, promises, day, settings, contacted)
    return Plan(
        day=day,
        capacity=day_places.capacity,
        occasions=occasions_shown(occasions, (one.person for one in found), day, settings),
        promises=day_places.promises,
        done=day_places.done,
        suggestions=day_places.suggestions(more),
    )


def count_proposed(
    people: Iterable[Person],
    promises: Sequence[Promise],
    day: date,
    settings: Settings,
    *,
    contacted: Collection[Person] = (),
    away: Sequence[Pause] = (),
) -> int:
    """How many people `make_plan` would propose.

    contacted: people with contact on `day`. Once as many people are ready as there are places,
    the number is known, and `people` is read no further.
    """
    done = {person.id for person in contacted}
    day_places = DayPlaces(
        [Reading(person, State.NONE) for person in contacted], promises, day, settings, done
    )
    taken = done | {promise.person.id for promise in day_places.promises}
    room, ready, seen = day_places.room(), 0, []
    for person in people if room else ():
        seen.append(person)
        if person.id not in taken and state(person, day, settings, away) in READY:
            ready += 1
        if ready == room:
            return room
    return len(make_plan(seen, promises, (), day, settings, contacted=done, away=away).suggestions)


def forecast(
    people: Iterable[Person],
    promises: Iterable[Promise],
    occasions: Iterable[Occasion],
    day: date,
    settings: Settings,
    days: int = DAYS,
    *,
    contacted: Collection[str] = frozenset(),
    away: Sequence[Pause] = (),
) -> list[Plan]:
    """The plans of `days` days from `day` on, if everybody listed is met.

    contacted: ids of people with contact on `day`.
    """
    everyone, loops, yearly = list(people), list(promises), list(occasions)
    plans: list[Plan] = []
    first = day.toordinal()
    for ordinal in range(first, min(first + days, date.max.toordinal() + 1)):
        on = date.fromordinal(ordinal)
        seen = make_plan(everyone, loops, yearly, on, settings, contacted=contacted, away=away)
        plans.append(seen)
        met, again = set(_met(seen)), set(reconnected(seen))
        everyone = [
            _after(person, on, again=person.id in again) if person.id in met else person
            for person in everyone
        ]
        loops = [promise for promise in loops if promise not in seen.promises]
        contacted = frozenset()
    return plans


class DayPlaces:
    """The places of one day: which are taken, and who may have the others."""

    def __init__(
        self,
        readings: Iterable[Reading],
        promises: Iterable[Promise],
        day: date,
        settings: Settings,
        contacted: Collection[str],
    ) -> None:
        self.day, self._today = day, day.toordinal()
        self.capacity = settings.capacity[day.weekday()]
        self.promises = _shown(promises, day)
        self._usual = settings.usual_capacity
        self._week = week_start(day, settings)
        self._promised = {promise.person.id for promise in self.promises}
        self._share_out(readings, contacted)

    @property
    def taken(self) -> int:
        """Places used: one for each promise shown, and for each person contacted without one."""
        others = sum(person.id not in self._promised for person in self.done)
        return len(self.promises) + others

    def room(self, more: int = 0) -> int:
        """Places left. On a day without capacity, `more` adds those of a usual day."""
        return max(0, self.capacity - self.taken) + more * (self.capacity or self._usual)

    def reconnection(self, more: int = 0) -> Reading | None:
        """The dormant person who gets a place today, if it is their week."""
        if not self._reconnects or not self.room(more):
            return None
        able = [
            one
            for one in self.dormant
            if place_again(one.person) <= self._today or one.person.reconnected_on == self.day
        ]
        return min(able, key=self._longest_ago, default=None)

    def suggestions(self, more: int = 0) -> tuple[Suggestion, ...]:
        """Who gets the places left: first the one met most recently, then by s."""
        again = self.reconnection(more)
        chosen = [Suggestion(to_due(again, self.day), "reconnect")] if again else []
        chosen += self._best(self.ready, self.room(more) - len(chosen), "due")
        chosen += self._drawn(self.room_for_others(len(chosen), more))
        chosen += self._best(self.soon, self.room_for_others(len(chosen), more), "soon")
        chosen.sort(key=self._listing)
        if chosen:
            easiest = max(chosen, key=_newest_contact)
            chosen.remove(easiest)
            chosen.insert(0, easiest)
        return tuple(chosen)

    def offered(self) -> list[tuple[Person, bool]]:
        """Who is offered, if something is recorded today, and if as dormant.

        Those are due, also if it is a promise that puts them on the list, or have the place for
        somebody dormant. The others on the list are not: they would rest for it.
        """
        listed = [(person, False) for person in self._due_by_promise]
        return [*listed, *offered(self.suggestions())]

    def room_for_others(self, chosen: int, more: int = 0) -> int:
        """Places for people who rest or are soon due: they fill the list up to half the capacity.

        chosen: how many are on the list already.
        """
        least = -(-self.capacity // 2) + more * (self.capacity or self._usual)
        return max(0, min(self.room(more), least - self.taken) - chosen)

    def rank(self, reading: Reading) -> int:
        """The position among those who are ready in the same way; 1 is next."""
        rivals = self.soon if reading.state is State.SOON else self.ready
        mine = self._order(reading)
        return 1 + sum(self._order(rival) < mine for rival in rivals)

    def _share_out(self, readings: Iterable[Reading], contacted: Collection[str]) -> None:
        self.ready: list[Reading] = []
        self.soon: list[Reading] = []
        self.dormant: list[Reading] = []
        self.resting: list[Reading] = []
        self._due_by_promise: list[Person] = []
        self._reconnects = self._week > 0
        done = []
        lists = {
            State.DUE: self.ready,
            State.WAITING: self.ready,
            State.SOON: self.soon,
            State.DORMANT: self.dormant,
        }
        today = self._today
        for reading in readings:
            person, on = reading.person, reading.person.reconnected_on
            if on is not None and self._week <= on.toordinal() <= today:
                keeps_it = reading.state is State.DORMANT and person.id not in self._promised
                self._reconnects &= on == self.day and keeps_it
            if person.id in contacted:
                done.append(person)
            elif person.id in self._promised:
                self._due_by_promise += [person] if reading.state in READY else []
            elif reading.state in lists:
                lists[reading.state].append(reading)
            elif reading.rests_after == "offers":
                self.resting.append(reading)
        self.done = tuple(sorted(done, key=lambda person: by_name(person.name, person.id)))

    def _best(
        self, rivals: list[Reading], places: int, because: Literal["due", "soon"]
    ) -> list[Suggestion]:
        """The first of them by s; ties are broken by chance, which is the same all day."""
        if places <= 0 or not rivals:
            return []
        scores = [self._score(rival) for rival in rivals]
        last = heapq.nlargest(places, scores)[-1]
        contenders = [rival for rival, score in zip(rivals, scores, strict=True) if score >= last]
        first = sorted(contenders, key=self._order)[:places]
        return [Suggestion(to_due(reading, self.day), because) for reading in first]

    def _drawn(self, places: int) -> list[Suggestion]:
        """So many people who rest after offers; the draw is the same all day."""
        order = sorted(
            self.resting, key=lambda one: (shuffled(one.person.id, self.day), one.person.id)
        )
        return [Suggestion(to_due(one, self.day), "resting") for one in order[: max(0, places)]]

    def _longest_ago(self, reading: Reading) -> tuple[bool, int, int, str]:
        """Whose turn it is: who has it today already, else who had it longest ago, or never."""
        return reading.person.reconnected_on != self.day, *turn_order(reading.person)

    def _order(self, reading: Reading) -> tuple[float, int, str]:
        person_id = reading.person.id
        return -self._score(reading), shuffled(person_id, self.day), person_id

    def _score(self, reading: Reading) -> float:
        return score(reading.clock, self._today)

    def _listing(self, one: Suggestion) -> tuple[float, int, str]:
        return -one.due.score, shuffled(one.person.id, self.day), one.person.id


def offered(listed: Iterable[Suggestion]) -> list[tuple[Person, bool]]:
    """Who of those proposed is offered, and if as dormant; see `DayPlaces.offered`."""
    return [
        (one.person, one.because == "reconnect")
        for one in listed
        if one.because in {"due", "reconnect"}
    ]


def has_its_day(promise: Promise) -> bool:
    """Whether it is open, has a day, and is mine to keep or to ask."""
    open_ = promise.due_on is not None and promise.done_on is None
    return open_ and promise.owed is not Owed.THEM


def turn_order(person: Person) -> tuple[int, int, str]:
    """To sort by whose turn it is: whoever never had the dormant place, then the longest ago."""
    on = person.reconnected_on
    return on.toordinal() if on else 0, shuffled(person.id), person.id


def place_again(person: Person) -> int:
    """The first day, as an ordinal, on which they may have the dormant place; 0 for any day."""
    on = person.reconnected_on
    return on.toordinal() + DAYS_BETWEEN_RECONNECTIONS if on else 0


def with_room(on: int, settings: Settings) -> int:
    """The first day from `on` whose weekday has places, as an ordinal; OPEN if none has."""
    days = range(on, on + len(settings.capacity))
    return next((day for day in days if settings.capacity[(day - 1) % 7]), OPEN)


def _newest_contact(one: Suggestion) -> date:
    return one.person.last_on or date.min


def week_start(day: date, settings: Settings) -> int:
    """The latest day, as an ordinal, on which the place for somebody dormant became free."""
    if settings.reconnect_weekday is None:
        return 0
    return max(1, day.toordinal() - (day.weekday() - settings.reconnect_weekday) % 7)


def _shown(promises: Iterable[Promise], day: date) -> tuple[Promise, ...]:
    """Promises and questions of mine whose day has come, for two weeks from that day."""
    come = [
        promise
        for promise in promises
        if has_its_day(promise)
        and promise.due_on is not None
        and 0 <= (day - promise.due_on).days <= PROMISE_SHOWN_DAYS
    ]
    return tuple(
        sorted(
            come, key=lambda p: (str(p.due_on), by_name(p.person.name, p.person.id), p.text, p.id)
        )
    )


def shuffled(person_id: str, day: date | None = None) -> int:
    """A number to sort by, the same on every machine; each day has its own order.

    The product breaks the linearity of the checksum, which would make two days' orders alike.
    """
    start = day.toordinal() if day else 0
    return zlib.crc32(person_id.encode(), start) * KNUTH % 2**32


def _met(seen: Plan) -> Iterator[str]:
    yield from (one.person.id for one in seen.suggestions)
    yield from (promise.person.id for promise in seen.promises)


def reconnected(plan: Plan) -> Iterator[str]:
    """The id of whoever has the place for somebody dormant."""
    return (one.person.id for one in plan.suggestions if one.because == "reconnect")


def _after(person: Person, on: date, *, again: bool) -> Person:
    """The person as they will be once they are met; again: in the place for somebody dormant."""
    met = person._replace(last_full_on=max(on, person.last_full_on or on), offered=())
    return met._replace(reconnected_on=on) if again else met
