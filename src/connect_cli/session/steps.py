"""An entry asked for step by step, of somebody who typed nothing but `connect log`."""

from datetime import date

from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal.entries import Said
from connect_cli.language.day_options import read_past_day
from connect_cli.language.times import read_minutes
from connect_cli.language.vocabulary import read_kind
from connect_cli.session.asking import ask, asked


def ask_entry(today: date) -> tuple[str, Said]:
    """Ask for an entry step by step; an answer that is not understood is asked for again."""
    people = ask("With whom? ")
    if not people:
        raise NotUnderstood("nobody was named, so nothing was logged")
    kind = asked("What was it (coffee, call, walk …)? ", read_kind)
    on = asked("Which day [today]? ", lambda text: read_past_day(text, today))
    minutes = asked("How long [not said]? ", read_minutes)
    note = ask("What do you want to keep of it? ")
    promise = ask("Did you promise anything? ")
    question = ask("Anything to ask next time? ")
    return people, Said(
        kind=kind,
        on=on,
        minutes=minutes,
        note=note or None,
        promises=(promise,) if promise else (),
        asks=(question,) if question else (),
    )


def as_command(line: str, said: Said) -> str:
    """The command that says what was answered, so that nothing has to be typed twice."""
    options = (
        *(("kind", said.kind), ("on", said.on), ("for", said.minutes), ("note", said.note)),
        *(("promise", text) for text in said.promises),
        *(("ask", text) for text in said.asks),
    )
    given = [f"--{option}={text}" for option, text in options if text]
    return as_typed("log", line, options=given)
