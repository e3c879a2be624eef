"""What a run of `connect sync` did, and how far the machines are, in English."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from connect_cli.language.plurals import counted, listed, listed_briefly
from connect_cli.meetings import FromMachine, MachineSeen, MachineWaits, SyncAnswer, SyncChecked
from connect_cli.render.change_words import say_amount
from connect_cli.render.words import say_when

SHOWN_LEFT_OUT = 5
"""Rows that have no place, at most, that are named one by one."""
NO_WORDS = frozenset({"offered", "inbox_line"})
"""Tables whose rows nobody typed; they are not worth a word."""
PLAIN = (
    "Everything that the journal holds will lie there in plain text: names, addresses, every"
    " conversation with its note, details, promises. Whoever can read the folder can read it."
)


def say_sync(view: SyncAnswer, *, discreet: bool = False) -> Iterator[str]:
    """What one run took, a sentence for each machine, and what waits."""
    yield from view.notes
    for one in view.taken:
        yield from say_taken(one, discreet=discreet)
    yield from (say_wait(one) for one in view.waits)


def say_given(view: SyncAnswer, *, check: bool = False) -> Iterator[str]:
    """What one run gave; or, unless a check follows, that there was nothing to do at all."""
    if view.given is not None:
        things = "" if view.whole else _ways((view.rows, ""), (view.removed, " removed"))
        what = "the whole journal" if view.whole else "what is new here"
        yield f"Given: {things}." if things else f"Gave {what}."
    elif not (check or any(say_sync(view)) or any(view.inbox or ())):
        yield "Nothing new."


def say_taken(one: FromMachine, *, discreet: bool = False) -> Iterator[str]:
    """`From desktop: 1 detail and 2 interactions with Ada and Tom; 1 promise changed.`"""
    met = "" if discreet or not one.people else f" with {listed_briefly(one.people)}"
    if said := _ways((one.new, met), (one.changed, " changed"), (one.taken_away, " removed")):
        yield f"From {one.machine}: {said}."
    for place, why in one.left_out[:SHOWN_LEFT_OUT]:
        yield f"From {one.machine}, not taken: {place}: {why}."
    if (more := len(one.left_out) - SHOWN_LEFT_OUT) > 0:
        yield f"From {one.machine}, not taken: {more} more."


def _ways(*ways: tuple[Mapping[str, int], str]) -> str:
    """`1 detail and 2 interactions; 1 tag removed`: how many rows of each table, and what of them.

    Empty for what nobody typed.
    """
    return "; ".join(f"{things}{way}" for counts, way in ways if (things := _things(counts)))


def _things(counts: Mapping[str, int]) -> str:
    shown = [table for table, number in counts.items() if number and table not in NO_WORDS]
    shown.sort(key="interaction".__eq__)  # with whom they were comes behind
    return listed([say_amount(counts[table], table) for table in shown])


def say_wait(one: MachineWaits) -> str:
    """`What desktop gave waits: its file 12 is not here yet.`"""
    hint = f"; {one.hint}" if one.hint else ""
    return f"What {one.machine} gave waits: {one.why}{hint}."


def say_machine(one: MachineSeen, today: date) -> str:
    """How far one machine is: `has taken everything given here; newest change today`."""
    if one.is_this:
        return "this machine, retired by another one" if one.retired else "this machine"
    if one.retired:
        return "retired"
    if not one.is_there:
        return "nothing of it is in the folder now"
    if one.confirmed is None:
        return "how far it is cannot be read now"
    parts = [_confirmed(one.confirmed, one.of_mine)]
    if one.taken < one.given:
        parts.append(f"{counted(one.given - one.taken, 'file')} from there not taken here yet")
    if one.to_forget:
        parts.append(f"has yet to forget {counted(one.to_forget, 'person', 'people')}")
    if one.newest_on is not None:
        parts.append(f"newest change {say_when(one.newest_on, today)}")
    return "; ".join(parts)


def _confirmed(number: int, of_mine: int) -> str:
    if number >= of_mine:
        return "has taken everything given here"
    return f"has taken {number} of {counted(of_mine, 'file')} from here"


def say_machines(found: Sequence[MachineSeen], today: date) -> Iterator[tuple[str, str, str]]:
    """The name, the standing and the id of each machine."""
    return ((one.name, say_machine(one, today), one.id) for one in found)


def say_plain(server: str | None) -> Iterator[str]:
    """What it means that files are not encrypted. server: where Git sends them."""
    yield PLAIN
    if server is not None:
        yield f"Git sends it to {server} as it is: everybody with access to it can read it."


def say_checked(one: SyncChecked, said: Sequence[MachineWaits] = ()) -> Iterator[str]:
    """Whether this journal is what all machines gave, or where they differ first.

    said: what waits and was named before.
    """
    lines = counted(one.lines, "line")
    if one.is_same:
        yield f"This journal is what all machines gave, to the byte: {lines}."
    elif not (one.here or one.there):
        yield f"This journal is what can be taken of all machines, to the byte: {lines}."
    else:
        yield f"This journal differs from what all machines gave, after {lines}."
        yield f"Here: {one.here}. Given: {one.there}."
    yield from (say_wait(wait) for wait in one.waits if wait not in said)
