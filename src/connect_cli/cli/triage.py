"""`connect triage`: choose a cadence for people who have none, one person a screen."""

import typer

from connect_cli.cli.app import PLANNING, app
from connect_cli.cli.cadence import placed_said
from connect_cli.cli.forget import forget_if_wanted
from connect_cli.cli.options import Json
from connect_cli.cli.planning import over_said
from connect_cli.errors import as_typed
from connect_cli.journal import archive, cadence, planning, today
from connect_cli.language.cadences import read_cadence
from connect_cli.model import Named
from connect_cli.session import Session
from connect_cli.terminal.prompts import asked

AT_ONCE = 5
MOST_CIRCLES = 9
LINES_AROUND = 7  # the last decision, the keys, and the empty lines between
GO_ON = ("y", "\n")
TYPED, SKIPPED, ARCHIVED, FORGOTTEN, QUIT = "csafq"
LETTERS = TYPED + SKIPPED + ARCHIVED + FORGOTTEN + QUIT
KEYS = (
    f"{TYPED} another cadence   {SKIPPED} skip   {ARCHIVED} archive   {FORGOTTEN} forget"
    f"   {QUIT} quit"
)


@app.command(rich_help_panel=PLANNING)
def triage(context: typer.Context, as_json: Json = False) -> None:
    """Choose a cadence for people who have none yet.

    One key for each person; every decision is saved at once. In a pipe it lists them.
    """
    session: Session = context.obj
    rows = planning.unplaced(session.journal)
    if as_json or not (session.can_ask and session.on_terminal):
        session.show(lambda renderer: renderer.people(rows), as_json=as_json, empty=not rows)
    elif rows:
        _go_through(session, [Named(row.person.id, row.person.name) for row in rows])
    else:
        session.say("Nobody is left without a cadence.", empty=True)


def _go_through(session: Session, people: list[Named]) -> None:
    """Go through people one by one, and offer to stop after every five."""
    said = ""
    for number, person in enumerate(people):
        if number and number % AT_ONCE == 0:
            session.say(said)
            session.say("Go on with the next? [Y/n]")
            if session.key("y\nnq") not in GO_ON:
                session.say(f"To go on later: {as_typed('triage')}")
                return
            said = ""
        answer = _decide(session, person, said)
        if answer is None:
            session.say(f"To go on later: {as_typed('triage')}")
            return
        said = answer
    session.say(said)
    session.say(f"That was everybody. To see those you skipped again: {as_typed('triage')}")


def _decide(session: Session, person: Named, before: str) -> str | None:
    """Show somebody and do what the key says. Returns what was done, or None to quit."""
    _show(session, person, before)
    circles = dict(enumerate(list(session.settings.circles)[:MOST_CIRCLES], 1))
    while True:
        key = session.key("".join(map(str, circles)) + LETTERS)
        if key in ("", QUIT):
            return None
        if key == SKIPPED:
            return f"Skipped {person.name}."
        if key == ARCHIVED:
            archive.archive(session.journal, person, away=True)
            return f"Archived {person.name}: nothing is due, everything is kept."
        if key == FORGOTTEN:
            if done := forget_if_wanted(session, person):
                return done
            continue
        if key != TYPED:
            return _placed(session, person, circles[int(key)])
        if often := asked("How often (2w, monthly, first friday, never)? ", read_cadence):
            return _given(session, person, often)


def _show(session: Session, person: Named, before: str) -> None:
    session.clear()
    if before:
        session.say(before)
        session.say("")
    card = today.card(session.journal, person)
    session.show(lambda renderer: renderer.card(card, height=session.height - LINES_AROUND))
    circles = list(session.settings.circles.items())[:MOST_CIRCLES]
    numbered = (f"{number} {name} {every}" for number, (name, every) in enumerate(circles, 1))
    session.say("")
    session.say("   ".join(numbered))
    session.say(KEYS)


def _placed(session: Session, person: Named, circle: str) -> str:
    load = planning.load(session.journal)
    (placed,) = cadence.place(session.journal, person, circle)
    return placed_said(session, placed) + over_said(session, load)


def _given(session: Session, person: Named, often: str) -> str:
    load = planning.load(session.journal)
    (placed,) = cadence.every(session.journal, person, often)
    return placed_said(session, placed) + over_said(session, load)
