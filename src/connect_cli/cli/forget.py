"""Commands that end a person's own record: merge into another, forget for good."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from connect_cli.cli.app import PEOPLE, app
from connect_cli.cli.completion import complete_name, complete_other
from connect_cli.cli.duplicates import go_through_pairs, merged_said
from connect_cli.cli.options import Json, WholeName, Yes
from connect_cli.errors import NoInbox, NotConfirmed, NotUnderstood, NotWiped, as_typed
from connect_cli.journal import merge as verbs
from connect_cli.journal import persons
from connect_cli.model import Named
from connect_cli.render.change_words import say_forgotten_elsewhere, say_traces
from connect_cli.safety import forget as safety_forget
from connect_cli.safety import held_files
from connect_cli.safety.forget import STEPS
from connect_cli.session import Session
from connect_cli.sync.inbox_files import folder_of, lines_with
from connect_cli.terminal.output import bar, tell, tell_error


def forget_for_good(session: Session, person: Named, *, yes: bool = False) -> None:
    """Say what will be removed, ask, do it, and name the places that still hold the person."""
    copies, others, lines, travels, trouble = _forget(session, person, yes=yes)
    session.say(f"Forgot {person.name}.")
    if travels:
        tell(say_forgotten_elsewhere())
    hold = "are encrypted and may" if session.journal.is_encrypted else "still"
    _list(
        f"These copies of the journal {hold} hold {person.name}; remove them too, if you wish:",
        copies,
    )
    _list("These files beside the journal still hold the name:", others)
    _list(
        "These lines of the inbox hold the name, or a part of it; connect does not write there:",
        lines,
    )
    if trouble is not None:
        raise trouble


def forget_if_wanted(session: Session, person: Named) -> str | None:
    """The same as a step of `triage`. Returns what was done, or None if the answer was no."""
    with suppress(NotConfirmed):
        copies, _, lines, travels, trouble = _forget(session, person, yes=False)
        if trouble is not None:
            tell_error(trouble)
        held = (
            f" Copies of the journal still hold them; see: {as_typed('restore')}" if copies else ""
        )
        inbox = f" The inbox still holds them: {'; '.join(lines)}." if lines else ""
        elsewhere = f" {say_forgotten_elsewhere()}" if travels else ""
        return f"Forgot {person.name}.{held}{inbox}{elsewhere}"
    return None


def _forget(
    session: Session, person: Named, *, yes: bool
) -> tuple[list[Path], list[Path], list[str], bool, NotWiped | None]:
    """Forget, and return the copies, files and lines of the inbox that still hold the person.

    Also whether other machines keep the journal too, and the error, if there was one.
    """
    trouble = None
    journal = session.journal
    traces = safety_forget.traces(journal, person)
    for line in say_traces(person.name, traces):
        tell(line)
    session.answers(yes=yes).confirm(f"Forget {person.name} for good?")
    with bar(STEPS, "Forgetting") as progress:
        try:
            safety_forget.forget(journal, person, progress)
        except NotWiped as error:
            trouble = error
    held = held_files.still_held(journal, traces.names)
    lines = _in_inbox(session.settings.inbox_folder, traces.names)
    return *held, lines, traces.travels, trouble


def _in_inbox(setting: str, names: Sequence[str]) -> list[str]:
    """The lines of the inbox that hold one of the names; what cannot be read is named too."""
    if not setting:
        return []
    try:
        return lines_with(folder_of(setting), names)
    except NoInbox as error:
        return [f"not known: {error.message}"]


def _list(heading: str, places: Sequence[Path | str]) -> None:
    if places:
        tell(heading)
        for place in places:
            tell(f"  {place}")


@app.command(rich_help_panel=PEOPLE)
def merge(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="The person.", autocompletion=complete_name)
    ] = None,
    other: Annotated[
        list[str] | None,
        typer.Argument(help="The same person under another name.", autocompletion=complete_other),
    ] = None,
    prefer: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Whose values stay where they differ.",
            autocompletion=complete_name,
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Merge two people into one, or go through likely pairs.

    The first name stays and the second becomes an alias. Where they differ (cadence, birthday,
    details) it asks, or --prefer decides.

    Without names it goes through pairs of people who may be one, each with the reason, one key for
    each pair. In a pipe it lists them.
    """
    session: Session = context.obj
    if name is None and prefer:
        raise NotUnderstood(
            "--prefer is for two people who are named",
            f"name both: {as_typed('merge')} 'Ada Lovelace' 'Ada King' --prefer 'Ada King'",
        )
    if name is None:
        go_through_pairs(session, as_json=as_json)
        return
    typed, gone = persons.two(session.journal, "merge", (name, *(other or ())))
    merged = verbs.merge(session.journal, typed, gone, session.answers(), prefer)
    said = f"{merged_said(merged)} '{as_typed('undo')}' takes it back."
    session.say(said, as_json=as_json)


@app.command(rich_help_panel=PEOPLE)
def forget(context: typer.Context, name: WholeName, yes: Yes = False) -> None:
    """Remove somebody for good.

    It says what will be removed, and asks. 'connect undo' cannot bring anybody back.
    """
    session: Session = context.obj
    forget_for_good(session, session.journal.named(" ".join(name)), yes=yes)
