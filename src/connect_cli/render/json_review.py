"""A review, and its map, as objects for `--json`: every figure with what it was counted from."""

from collections.abc import Callable
from typing import Any, NamedTuple

from connect_cli.model import Energy, Interaction, Named, Promise
from connect_cli.render.review_words import energy_sums
from connect_cli.render.year_map import limits, number_in
from connect_cli.reviews import EnergyDay, KindTime, Met, Review, RhythmChange, Span, YearMap
from connect_cli.views import OccasionDay

Object = dict[str, Any]


class Objects(NamedTuple):
    """The objects of what stands in other answers too."""

    interaction: Callable[[Interaction], Object]
    promise: Callable[[Promise], Object]
    occasion: Callable[[OccasionDay], Object]


def document(view: Review, objects: Objects) -> Object:
    """The fields of a review, without those of every document. Of its lists nothing is left out."""
    return {
        **days_of(view.span),
        "words": [objects.interaction(each) for each in view.words],
        "on_this_day": [objects.interaction(each) for each in view.on_this_day],
        "first": [_met(met) for met in view.first],
        "again": [_met(met) for met in view.again],
        "kept": [objects.promise(promise) for promise in view.kept],
        "kinds": [kind_time(row) for row in view.kinds],
        "total": _total(view),
        "tried": view.tried,
        "rhythms": [_rhythm(change) for change in view.rhythms],
        "energy": [_energy(day) for day in view.energy],
        **_energy_sums(view),
        "occasions": [objects.occasion(near) for near in view.occasions],
        "open": [objects.promise(promise) for promise in view.open_loops],
    }


def year_map(view: YearMap) -> Object:
    """The fields of a map, without those of every document, and without the days away."""
    week = view.fullest
    fullest = None if week is None else {**days_of(week), "number": number_in(view, week)}
    return {
        **days_of(view.span),
        "person": None if view.person is None else _named(view.person),
        "tag": view.tag or None,
        "days": [{"day": day.on.isoformat(), "number": day.number} for day in view.days],
        "shades": list(limits(view.days)),
        "fullest": fullest,
    }


def days_of(span: Span) -> Object:
    """The first and the last day of a span."""
    first, last = span.iso
    return {"first_on": first, "last_on": last}


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
