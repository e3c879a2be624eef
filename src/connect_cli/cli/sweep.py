"""`connect sweep`: ask in the evening about people you may have met, one key each."""

from collections.abc import Sequence
from typing import Annotated

import typer

from connect_cli.cli.app import EACH_DAY, app
from connect_cli.cli.inbox import first_of_all
from connect_cli.cli.inbox import remarks as inbox_remarks
from connect_cli.cli.log_answers import show
from connect_cli.cli.options import Json
from connect_cli.errors import as_typed
from connect_cli.exchange import sweep as exchange_sweep
from connect_cli.exchange.formats import CALENDAR
from connect_cli.journal import planning
from connect_cli.journal.log import Logged
from connect_cli.language.day_options import read_past_day
from connect_cli.model import Kind, Named
from connect_cli.render.change_words import say_question
from connect_cli.reports import Preview, Question
from connect_cli.session import Session
from connect_cli.terminal.output import tell_error
from connect_cli.terminal.prompts import ask

KINDS = {
    "c": Kind.CALL,
    "m": Kind.MESSAGE,
    "o": Kind.COFFEE,
    "e": Kind.MEAL,
    "v": Kind.VISIT,
    "w": Kind.WALK,
}
NO = ("n", "\n")


@app.command(rich_help_panel=EACH_DAY)
def sweep(
    context: typer.Context,
    when: Annotated[
        list[str] | None, typer.Argument(metavar="[WHEN]", help="Which day; without it, today.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Go through a day, and log whom you met.

    First it takes in the inbox. Then it asks about meetings of the calendar that config.toml names,
    about today's list, and about people you usually see on that weekday. In a pipe it lists the
    questions.
    """
    session: Session = context.obj
    day = read_past_day(" ".join(when), session.today) if when else session.today
    is_today, logged, remarks = day == session.today, 0, list[str]()
    if is_today and asks(session) and not as_json:
        logged = first_of_all(session, "sweep")
    elif is_today:
        remarks = inbox_remarks(session)
    proposed: list[Named] = []
    if is_today:
        suggested = (
            one.person for plan in planning.ahead(session.journal, 1) for one in plan.suggestions
        )
        proposed = [Named(person.id, person.name) for person in suggested]
    questions = exchange_sweep.questions_about(session.journal, day, proposed, tell_error)
    if as_json:
        list_questions(session, _preview(questions, remarks), as_json=True)
    else:
        ask_all(session, questions, logged, remarks)


def ask_all(
    session: Session, questions: Sequence[Question], logged: int = 0, remarks: Sequence[str] = ()
) -> None:
    """Ask about each on a terminal; list them in a pipe. logged: what this command has logged."""
    if not asks(session):
        list_questions(session, _preview(questions, remarks))
        return
    for question in questions:
        kind = _ask_one(session, question)
        if kind == "quit":
            break
        if isinstance(kind, Kind):
            _log(session, question, kind)
            logged += 1
    if logged:
        every = "it" if logged == 1 else "all of them"
        session.say(f"Logged {logged}. '{as_typed('undo')}' takes {every} back.")
    elif not questions:
        session.say("Nothing to ask.", empty=True)


def _log(session: Session, question: Question, kind: Kind) -> None:
    """Log an answer with a word on it, if there is one. Ctrl-C there is no word."""
    note = ""
    try:
        note = ask("A word on it? Enter for none: ")
    finally:
        logged, moved = exchange_sweep.answer(session.journal, question, kind, note)
        show(session, Logged(logged, moved=tuple(moved)))


def asks(session: Session) -> bool:
    """Whether somebody is at the keyboard and can answer with a key."""
    return session.can_ask and session.on_terminal


def list_questions(session: Session, view: Preview, *, as_json: bool = False) -> None:
    """List the questions. In a pipe, no questions and no remark print nothing."""
    if view.questions or view.unread or view.remarks or as_json or session.on_terminal:
        empty = not (view.questions or view.unread or view.remarks)
        session.show(lambda to: to.preview(view), as_json=as_json, empty=empty)


def _preview(questions: Sequence[Question], remarks: Sequence[str] = ()) -> Preview:
    return Preview(CALENDAR, questions=questions, asks=True, remarks=remarks)


def _ask_one(session: Session, question: Question) -> Kind | str | None:
    """Ask one question: the kind to log, `quit`, or None for no."""
    said = say_question(question, session.today, discreet=session.hides)
    session.say(f"{said}: log it?")
    if question.kind is not None:
        session.say("  y yes   n no   q quit")
        key = session.key("yn\nq")
        return question.kind if key == "y" else None if key in NO else "quit"
    listed = "   ".join(f"{key} {kind}" for key, kind in KINDS.items())
    session.say(f"  {listed}   n no   q quit")
    key = session.key("".join(KINDS) + "n\nq")
    return KINDS.get(key, None if key in NO else "quit")
