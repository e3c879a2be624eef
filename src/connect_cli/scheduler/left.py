"""How many places of today's list are still to be taken, without looking at everybody."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from connect_cli.model import Pause, Person, Promise
from connect_cli.scheduler.standing import Reading, state
from connect_cli.scheduler.today import Table, plan
from connect_cli.settings import Settings
from connect_cli.views import State

READY = (State.DUE, State.WAITING)


def left(
    people: Iterable[Person],
    promises: Sequence[Promise],
    day: date,
    settings: Settings,
    *,
    contacted: Collection[Person] = (),
    away: Sequence[Pause] = (),
) -> int:
    """The number of people that `plan` would propose.

    contacted: those with contact on `day`. As soon as as many are ready as there are places,
    nobody else can change the number, and `people` is read no further.
    """
    done = {person.id for person in contacted}
    table = Table(
        [Reading(person, State.NONE) for person in contacted], promises, day, settings, done
    )
    taken = done | {promise.person.id for promise in table.promises}
    room, ready, seen = table.room(), 0, []
    for person in people if room else ():
        seen.append(person)
        if person.id not in taken and state(person, day, settings, away) in READY:
            ready += 1
        if ready == room:
            return room
    return len(plan(seen, promises, (), day, settings, contacted=done, away=away).suggestions)
