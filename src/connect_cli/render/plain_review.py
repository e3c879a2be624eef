"""A review as records for a pipe: a word for the part, then exact fields."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from connect_cli.model import Interaction, Promise
from connect_cli.reviews import Met, Review
from connect_cli.views import OccasionDay

Field = str | int | float | date | None
Record = Iterable[Field]


class Fields(NamedTuple):
    """The fields of what stands in other answers too."""

    interaction: Callable[[Interaction], Record]
    promise: Callable[[Promise], Record]
    occasion: Callable[[OccasionDay], Record]


def records(view: Review, fields: Fields) -> Iterator[Record]:
    """Every record of a review, in the order of its parts; none if it is empty."""
    if not view.empty:
        yield ("span", view.span.first, view.span.last)
    yield from _spoken(view, fields)
    yield from _loops(view, fields)
    yield from _figures(view)
    for near in view.occasions:
        yield ("occasion", *fields.occasion(near), near.on, near.turns)
    yield from _more("occasion", view.more_occasions)


def _spoken(view: Review, fields: Fields) -> Iterator[Record]:
    """Notes, and whom you met for the first time and again."""
    for interaction in view.words:
        yield ("word", *fields.interaction(interaction))
    for interaction in view.on_this_day:
        yield ("onthisday", *fields.interaction(interaction))
    yield from (("first", *_met(met)) for met in view.first)
    yield from _more("first", view.more_first)
    yield from (("again", *_met(met), met.before_on) for met in view.again)
    yield from [("more", "again", None)] * view.more_again


def _loops(view: Review, fields: Fields) -> Iterator[Record]:
    yield from (("kept", *fields.promise(promise)) for promise in view.kept)
    yield from _more("kept", view.more_kept)
    yield from (("open", *fields.promise(promise)) for promise in view.open_loops)
    yield from _more("open", view.more_open)


def _figures(view: Review) -> Iterator[Record]:
    for one in view.kinds:
        yield ("kind", one.kind, one.number, one.timed, one.minutes, one.usual, one.reckoned)
    if view.tried:
        yield ("tried", view.tried)
    for change in view.rhythms:
        asked = None if change.asked is None else str(change.asked)
        person = change.person
        yield ("rhythm", person.id, person.name, str(change.before), str(change.now), asked)
    yield from _more("rhythm", view.more_rhythms)
    yield from (("energy", day.on, day.gave, day.even, day.took) for day in view.energy)


def _met(met: Met) -> Record:
    return (met.person.id, met.person.name, met.on)


def _more(part: str, number: int) -> Iterator[Record]:
    """How many more there are than those before it."""
    if number:
        yield ("more", part, number)
