"""The balance as an object for `--json`: every figure with what it was counted from."""

from typing import Any

from connect_cli.render.json_review import days_of, kind_time
from connect_cli.reviews import Balance, Saving, Span, Stretch

Object = dict[str, Any]


def document(view: Balance, *, discreet: bool) -> Object:
    """The fields of a balance, without those of every document."""
    return {
        **days_of(view.span),
        "unit": view.unit,
        "stretches": [_stretch(stretch) for stretch in view.stretches],
        "total": _stretch(view.total),
        "kinds": [kind_time(one) for one in view.kinds],
        "savings": [_saving(one, discreet=discreet) for one in view.savings],
        "weekly": view.weekly or None,
        "since_on": None if view.since is None else view.since.isoformat(),
        "share": view.share,
        "target": view.target,
        "timeless": view.timeless,
    }


def _stretch(stretch: Stretch) -> Object:
    return {
        **days_of(Span(stretch.first, stretch.last)),
        "noted_saved": stretch.noted_saved,
        "reckoned_saved": stretch.reckoned_saved,
        "noted_with": stretch.noted_with,
        "reckoned_with": stretch.reckoned_with,
    }


def _saving(saving: Saving, *, discreet: bool) -> Object:
    text = None if discreet else saving.text
    return {
        "id": saving.id,
        "day": saving.day.isoformat(),
        "minutes": saving.minutes,
        "text": text,
    }
