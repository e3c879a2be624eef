"""The documents of `connect sync`."""

from typing import Any

from connect_cli.reports import MachineSeen, SyncAnswer


def answer(view: SyncAnswer) -> dict[str, Any]:
    """The fields of a run."""
    return {
        "taken": [
            {
                "machine": one.machine,
                "new": dict(one.new),
                "changed": dict(one.changed),
                "removed": dict(one.taken_away),
                "left_out": [{"line": place, "why": why} for place, why in one.left_out],
            }
            for one in view.taken
        ],
        "waits": [
            {"machine": one.machine, "why": one.why, "hint": one.hint or None} for one in view.waits
        ],
        "notes": list(view.notes),
        "given": view.given,
        "whole": view.whole,
    }


def machine(one: MachineSeen) -> dict[str, Any]:
    """One machine."""
    return {
        "id": one.id,
        "name": one.name,
        "this": one.is_this,
        "retired": one.retired,
        "given": one.given,
        "taken": None if one.is_this else one.taken,
        "confirmed": None if one.is_this else one.confirmed,
        "of": None if one.is_this else one.of_mine,
        "to_forget": one.to_forget,
        "newest": one.newest.isoformat(timespec="milliseconds") if one.newest else None,
    }
