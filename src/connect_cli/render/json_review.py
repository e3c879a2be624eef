"""A review as an object for `--json`: every figure with what it was counted from."""

from collections.abc import Callable
from typing import Any, NamedTuple

from connect_cli.model import Energy, Interaction, Named, Promise
from connect_cli.render.review_words import energy_sums
from connect_cli.reviews import EnergyDay, KindTime, Met, Review, RhythmChange
from connect_cli.views import OccasionDay

Object = dict[str, Any]


class Objects(NamedTuple):
    """The objects of what stands in other answers too."""

    interaction: Callable[[Interaction], Object]
    promise: Callable[[Promise], Object]
    occasion: Callable[[OccasionDay], Object]


def document(view: Review, objects: Objects) -> Object:
    """The fields of a review, without those of every document."""
    return {
        "first_on": view.span.first.isoformat(),
        "last_on": view.span.last.isoformat(),
        "words": [objects.interaction(each) for each in view.words],
        "on_this_day": [objects.interaction(each) for each in view.on_this_day],
        "first": [_met(met) for met in view.first],
        "more_first": view.more_first,
        "again": [_met(met) for met in view.again],
        "more_again": view.more_again,
        "kept": [objects.promise(promise) for promise in view.kept],
        "more_kept": view.more_kept,
        "kinds": [kind_time(row) for row in view.kinds],
        "total": _total(view),
        "tried": view.tried,
        "rhythms": [_rhythm(change) for change in view.rhythms],
        "energy": [_energy(day) for day in view.energy],
        **_energy_sums(view),
        "occasions": [objects.occasion(near) for near in view.occasions],
        "more_occasions": view.more_occasions,
        "open": [objects.promise(promise) for promise in view.open_loops],
        "more_open": view.more_open,
    }


def _named(person: Named) -> Object:
    return {"id": person.id, "name": person.name}


def _met(met: Met) -> Object:
    before = None if met.before_on is None else met.before_on.isoformat()
    return {"person": _named(met.person), "on": met.on.isoformat(), "before_on": before}


def kind_time(row: KindTime) -> Object:
    """The conversations of one kind, and the minutes reckoned for those without a length."""
    return {**row._asdict(), "reckoned": row.reckoned}


def _total(view: Review) -> Object:
    """The sums of all kinds."""
    return {
        field: sum(getattr(row, field) for row in view.kinds)
        for field in ("number", "timed", "minutes", "reckoned")
    }


def _rhythm(change: RhythmChange) -> Object:
    return {
        "person": _named(change.person),
        "before": str(change.before),
        "now": str(change.now),
        "asked": None if change.asked is None else str(change.asked),
    }


def _energy(day: EnergyDay) -> Object:
    return {"day": day.on.isoformat(), "gave": day.gave, "even": day.even, "took": day.took}


def _energy_sums(view: Review) -> Object:
    sums = energy_sums(view.energy)
    return {energy.value: sums[energy] for energy in Energy}
