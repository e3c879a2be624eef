"""The documents of `connect sync`."""

from typing import Any

from connect_cli.meetings import MachineSeen, MachineWaits, SyncAnswer, SyncChecked


def answer(view: SyncAnswer, *, discreet: bool = False) -> dict[str, Any]:
    """The fields of a run."""
    return {
        "taken": [
            {
                "machine": one.machine,
                "new": dict(one.new),
                "changed": dict(one.changed),
                "removed": dict(one.taken_away),
                "people": None if discreet else list(one.people),
                "left_out": [{"line": place, "why": why} for place, why in one.left_out],
            }
            for one in view.taken
        ],
        "waits": list(map(_wait, view.waits)),
        "notes": list(view.notes),
        "given": view.given,
        "whole": view.whole,
        "inbox": _inbox(view.inbox),
        "check": None if view.checked is None else _checked(view.checked),
    }


def _wait(one: MachineWaits) -> dict[str, Any]:
    return {"machine": one.machine, "why": one.why, "hint": one.hint or None}


def _inbox(found: tuple[int, int] | None) -> dict[str, int] | None:
    return None if found is None else {"taken": found[0], "waiting": found[1]}


def _checked(one: SyncChecked) -> dict[str, Any]:
    return {
        "same": one.is_same,
        "lines": one.lines,
        "here": one.here or None,
        "given": one.there or None,
        "waits": list(map(_wait, one.waits)),
    }


def machine(one: MachineSeen) -> dict[str, Any]:
    """One machine."""
    return {
        "id": one.id,
        "name": one.name,
        "this": one.is_this,
        "retired": one.retired,
        "there": one.is_there,
        "given": one.given,
        "taken": None if one.is_this else one.taken,
        "confirmed": None if one.is_this else one.confirmed,
        "of": None if one.is_this else one.of_mine,
        "to_forget": one.to_forget,
        "newest": one.newest.isoformat(timespec="milliseconds") if one.newest else None,
    }
