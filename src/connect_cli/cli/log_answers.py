"""What `log` answers, and what it offers afterwards: to keep promises, and to close open ones."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from connect_cli import interrupts
from connect_cli.errors import ConnectError, Left, as_typed
from connect_cli.journal import log as verbs
from connect_cli.journal import loops
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.log import Logged
from connect_cli.model import Interaction, Promise
from connect_cli.render import Renderer
from connect_cli.render.log_words import (
    say_days,
    say_details,
    say_done,
    say_kept,
    say_loop,
    say_moved,
    say_offer,
    say_related,
)
from connect_cli.render.words import say_names
from connect_cli.session import Session
from connect_cli.terminal.output import tell
from connect_cli.terminal.prompts import YES, ask, to_close


def answer(session: Session, logged: Sequence[Logged], *, as_json: bool) -> None:
    """Say what was understood and how to undo it; then offer to keep and to close promises."""
    for place, one in enumerate(logged, 1):
        hint = _undo_hint(session, logged) if place == len(logged) else ""
        show(session, one, as_json=as_json, hint=hint)
    if as_json:
        return
    if session.can_ask:
        interactions = [one.interaction for one in logged]
        offer_promises(session, loops.heard(interactions, session.today), interactions)
    offer_to_close(session, logged)


def show(
    session: Session, one: Logged, *, as_json: bool = False, before: str = "", hint: str = ""
) -> None:
    """One interaction as it was understood, who was added for it, and what was kept with it."""
    added = f"Added {say_names(one.added)}." if one.added else ""
    after = " ".join((*_carried(session, one), hint)).strip()
    said = f"{added} {before}".strip()
    session.show(_saying(one.interaction, said, after), as_json=as_json)


@contextmanager
def said_again(
    session: Session, command: Callable[[], str], asked: Callable[[], bool]
) -> Iterator[None]:
    """If somebody leaves a question, say that nothing was logged, and the command to say it again.

    So do Ctrl-C and an error after something was `asked`: nothing has to be typed twice.
    """
    try:
        yield
    except Left as error:
        error.message, error.hint = "nothing was logged", f"to say it again: {command()}"
        raise
    except (KeyboardInterrupt, ConnectError):
        if session.can_ask and asked():
            interrupts.hold()  # a second Ctrl-C would cut the command off
            tell("Nothing was logged. To say it again:")
            tell(command(), whole=True)
        raise


def as_command(line: str, said: LogOptions, *, as_json: bool = False) -> str:
    """A line and its options as one command, quoted for the shell."""
    tried = None if said.tried is None else "--tried" if said.tried else "--no-tried"
    valued = (
        *(("with", name) for name in said.people),
        *(("kind", said.kind), ("on", said.on), ("for", said.minutes), ("note", said.note)),
        *(("energy", said.energy), ("counts", said.counts)),
        *(("promise", text) for text in said.promises),
        *(("ask", text) for text in said.asks),
        *(("remember", text) for text in said.details),
    )
    given = [f"--{option}={text}" for option, text in valued if text]
    flags = (tried, said.theirs and "--theirs", said.new and "--new", as_json and "--json")
    given += [flag for flag in flags if flag]
    return as_typed("log", *([line] if line else ()), options=given)


def _undo_hint(session: Session, logged: Sequence[Logged]) -> str:
    """How to take it back: in the first week, and later if something was unusual."""
    if len(logged) > 1:
        return f"'{as_typed('undo')}' takes all {len(logged)} back."
    unusual = any(one.added or one.asked for one in logged)
    return (
        f"'{as_typed('undo')}' takes it back." if unusual or verbs.is_new(session.journal) else ""
    )


def _carried(session: Session, one: Logged) -> Iterator[str]:
    yield from say_related(one.related, discreet=session.hides)
    yield from say_moved(one.moved, session.today)
    yield from say_kept(one.carried.promises, session.today, discreet=session.hides)
    people = one.interaction.people
    yield from say_days(one.carried.days)
    yield from say_details(one.carried.details, people, discreet=session.hides)


def _saying(interaction: Interaction, before: str, after: str) -> Callable[[Renderer], None]:
    return lambda renderer: renderer.answer(interaction, before=before, after=after)


def offer_promises(
    session: Session, heard: Sequence[Promise], of: Sequence[Interaction], to: str = "log"
) -> None:
    """Ask about each promise that the words may hold; Enter keeps none.

    of: the interactions with these words. to: the command that logged them.
    """
    several = any(len(one.people) > 1 for one in of)
    for promise in heard:
        question = say_offer(promise, session.today, of=several, discreet=session.hides)
        if ask(question).casefold() in YES:
            kept = loops.keep_heard(session.journal, promise, to)
            for said in say_kept([kept], session.today, discreet=session.hides):
                tell(said)


def offer_to_close(session: Session, logged: Sequence[Logged], to: str = "log") -> None:
    """Show what is open with these people; on a terminal, offer to close it."""
    open_loops = list(dict.fromkeys(loop for one in logged for loop in one.open_loops))
    if not open_loops:
        return
    tell("Still open:")
    for number, loop in enumerate(open_loops, 1):
        tell(f"  {number}  {say_loop(loop, session.today, discreet=session.hides)}")
    if session.can_ask and (closed := to_close(open_loops)):
        loops.close(session.journal, closed, to)
        for loop in closed:
            tell(say_done(loop, discreet=session.hides))
