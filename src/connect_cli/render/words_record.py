"""What was done, and what taking it back changes, in English."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from connect_cli.errors import as_typed
from connect_cli.language.counting import counted, listed
from connect_cli.render.words import ended, say_when
from connect_cli.store.record import Step, Way

if TYPE_CHECKING:
    from connect_cli.store.forgetting import Traces

_WAYS: dict[Way, str] = {
    "taken away": "takes away",
    "brought back": "brings back",
    "changed back": "changes back",
}
_THINGS = {
    "interaction": ("entry", "entries"),
    "person": ("person", "people"),
    "alias": ("other name", "other names"),
    "contact_point": ("contact point", "contact points"),
    "detail": ("detail", "details"),
    "occasion": ("yearly day", "yearly days"),
    "card": ("card of an address book", "cards of an address book"),
    "tag": ("tag", "tags"),
    "promise": ("promise or question", "promises and questions"),
    "pause": ("pause", "pauses"),
    "saving": ("saving", "savings"),
    "gone": ("note of what is gone", "notes of what is gone"),
}


def say_moment(at: datetime, today: date) -> str:
    """`today at 09:12`, `5 weeks ago, Mon 19 Oct at 09:12`."""
    return f"{say_when(at.date(), today)} at {at:%H:%M}"


def say_step(step: Step, today: date, *, discreet: bool = False) -> str:
    """A command and what taking it back, or bringing it again, changes.

    discreet: without the words of those that may quote a detail or a promise.
    """
    command = step.command
    words = "" if discreet and command.private else f": {command.words}"
    told = f"{command.verb}, {say_moment(command.at, today)}{words}"
    return f"{ended(told)} {_effects(step)}"


def say_traces(name: str, traces: "Traces") -> Iterator[str]:
    """What goes when somebody is forgotten, and what stays: a sentence each."""
    counts = (("interaction", traces.alone), ("detail", traces.details))
    things = [_number(table, n) for table, n in (*counts, ("promise", traces.promises)) if n]
    with_them = f", with {listed(things)}" if things else ""
    yield f"{name} goes for good{with_them}; '{as_typed('undo')}' cannot bring anybody back."
    if traces.shared:
        entries = counted(traces.shared, "entry", "entries")
        yield f"{entries} with others will stay, with 'someone' where the name was."
    if traces.texts:
        yield f"{_places(traces.texts, 'names')} them, and will say 'someone' instead."
    if traces.first_names:
        yield f"{_places(traces.first_names, 'holds')} the first name alone, and will stay so."
    if traces.named_after:
        yield f"The name stands in that of {listed(traces.named_after)}, which stays."


def _places(number: int, does: str) -> str:
    """`1 other text names`, `2 other texts name`."""
    return f"{counted(number, 'other text')} {does if number == 1 else does[:-1]}"


def _effects(step: Step) -> str:
    """`It takes away 1 entry and 2 people and brings back 1 detail.`"""
    counts = {(way, table): number for way, table, number in step.effects}
    parts = []
    for way, does in _WAYS.items():
        things = [_number(each, counts[way, each]) for each in _THINGS if (way, each) in counts]
        if things:
            parts.append(f"{does} {listed(things)}")
    return f"It {listed(parts)}." if parts else "It changes nothing that is still there."


def _number(table: str, number: int) -> str:
    return counted(number, *_THINGS[table])
