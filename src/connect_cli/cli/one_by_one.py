"""Deciding about many things one by one: a screen and a key for each, and a way back.

Every decision is a command of its own, so whoever leaves keeps what was decided. The way back is
the journal's own undo of that command.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import NamedTuple

from connect_cli.errors import ConnectError
from connect_cli.journal import undo
from connect_cli.session import Session

BACK, HELP, QUIT = "u?q"


class Way(Enum):
    """Where to go instead of deciding."""

    BACK = "back"
    QUIT = "quit"


class Done(NamedTuple):
    """What was decided, as a sentence.

    stays: the same one is shown again, if it is still open. for_good: nothing before this can be
    taken back on the screens. back: what going back has to do beside undoing the command.
    """

    said: str
    stays: bool = False
    for_good: bool = False
    back: Callable[[], object] | None = None


class _Step(NamedTuple):
    """A decision that was made: where, and the command that it was."""

    at: int
    done: Done
    command_id: str | None


def go_through(
    session: Session,
    number: int,
    is_open: Callable[[int], bool],
    decide: Callable[[int, str], Done | Way],
) -> bool:
    """Decide about so many things, from the first to the last; False if somebody left before.

    is_open: whether the one at a place is still to be decided. decide: shows it below what was
    said before, and does what is wanted.
    """
    made: list[_Step] = []
    at, said = 0, ""
    while at < number:
        if not is_open(at):
            at += 1
            continue
        before = session.journal.last_command
        answer = decide(at, said)
        if answer is Way.QUIT:
            return False
        if answer is Way.BACK:
            at, said = _back(session, made, at)
        elif isinstance(answer, Done):
            last = session.journal.last_command
            made.append(_Step(at, answer, None if last == before else last))
            if answer.for_good:
                made.clear()
            at, said = at + (not answer.stays), answer.said
    session.say(said)
    return True


def _back(session: Session, made: list[_Step], at: int) -> tuple[int, str]:
    """Take the last decision back; returns where it was made, and what to say."""
    if not made:
        return at, "There is nothing to go back to."
    step = made.pop()
    if step.done.back is not None:
        step.done.back()
    if step.command_id is None:
        return step.at, ""
    try:
        undo.undo(session.journal, undo.undoable(session.journal, step.command_id))
    except ConnectError as error:
        return at, f"Not taken back: {error.message}."
    return step.at, f"Taken back: {step.done.said}"


def show_keys(session: Session, lines: Sequence[str]) -> None:
    """Show what the keys mean, each line for itself."""
    session.say("")
    for line in lines:
        session.say(line)
