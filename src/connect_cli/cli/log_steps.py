"""`connect log` alone: a conversation asked for step by step."""

from collections.abc import Callable
from typing import Any

from connect_cli.cli.log_answers import as_command, said_again
from connect_cli.errors import Left, NoSuchPerson, NotUnderstood
from connect_cli.journal import log as verbs
from connect_cli.journal.drafts import Drafting, LogOptions
from connect_cli.journal.log import Logged
from connect_cli.language.day_options import read_past_day
from connect_cli.language.doubts import About
from connect_cli.language.like_names import is_sentence
from connect_cli.language.logline import Reading, find_people, read_line
from connect_cli.language.names import Names
from connect_cli.language.times import read_minutes
from connect_cli.language.vocabulary import read_kind
from connect_cli.session import Session
from connect_cli.terminal.output import tell
from connect_cli.terminal.prompts import LEAVE, NO, YES, ask_or_end, understood

MOST_WORDS = 4
"""Of a name in a list of names."""


def step_by_step(session: Session) -> list[Logged]:
    """Ask for each part and log it. If that fails, the answers are printed as one command."""
    steps = _Steps(session)
    with said_again(session, steps.command, lambda: bool(steps.line)):
        steps.ask()
        return verbs.log_lines(session.journal, [steps.line], steps.said, steps.drafting)


class _Steps:
    """The answers so far: line is the first one, said the others."""

    def __init__(self, session: Session) -> None:
        self.line = ""
        self.said = LogOptions()
        self.drafting = Drafting(session.journal, self.said)
        self._session = session

    def command(self) -> str:
        """What was answered so far, as one command."""
        return as_command(self.line, self.said)

    def ask(self) -> None:
        """All questions, each until its answer is understood."""
        if self._whom():
            return
        today = self._session.today
        self._add(kind=_next("What was it (coffee, call, walk …)? ", read_kind))
        if self.said.kind:  # so that the word for the kind is among what was typed
            self.line = f"{self.said.kind} with {', '.join(self.said.people)}"
        self._add(on=_next("Which day [today]? ", lambda text: read_past_day(text, today)))
        self._add(minutes=_next("How long [not said]? ", read_minutes))
        self._add(note=_text("What do you want to remember of it? "))
        promise = _text("Did you promise anything? ")
        self._add(promises=(promise,) if promise else ())
        question = _text("Anything to ask next time? ")
        self._add(asks=(question,) if question else ())

    def _add(self, **answer: Any) -> None:
        self.said = self.said._replace(**answer)
        self.drafting.said = self.said

    def _whom(self) -> bool:
        """Ask who took part; True if the answer was a sentence that says everything."""
        while line := _next("With whom? (q leaves) "):
            try:
                reading = self._read(line)
                self.line = line
                names = self._session.journal.names()
                listed = _is_list(line, names)
                if _says_more_than_names(reading, self._session, listed=listed):
                    return True
                people = self.drafting.people_named((line,))
            except NoSuchPerson as error:
                tell(error.message)
                self.line = ""
            except NotUnderstood as error:
                tell(error.message if error.hint is None else f"{error.message}; {error.hint}")
            else:
                self._add(people=tuple(person.name for person in people))
                return False
        raise NotUnderstood("you named nobody, so nothing was logged")

    def _read(self, line: str) -> Reading:
        return read_line(line, self._session.today, self._session.journal.names())


def _is_list(line: str, names: Names) -> bool:
    """Whether an answer is several names, though nobody may have the first: `Adda and Tom`."""
    said = [mention.text for mention in find_people((line,), names)]
    return (
        len(said) > 1
        and ": " not in line
        and not any(len(text.split()) > MOST_WORDS or is_sentence(text, names) for text in said)
    )


def _says_more_than_names(reading: Reading, session: Session, *, listed: bool) -> bool:
    """Whether an answer is a sentence, and not only the people who took part."""
    return any(
        (
            reading.kind_said,
            reading.minutes,
            reading.time,
            reading.note and not listed,
            reading.tags,
            reading.tried,
            any(one.about is not About.PERSON or not listed for one in reading.doubts),
            reading.day != session.today,
        )
    )


def _next(question: str, read: Callable[[str], object] = str) -> str:
    """Ask until the answer is understood or empty. Raises Left if somebody leaves."""
    while (said := ask_or_end(question)) is not None and said.casefold() not in LEAVE:
        if not said or understood(said, read):
            return said
    raise Left


def _text(question: str) -> str:
    """Ask for a text. `No` is none, and after `yes` it is asked again."""
    while (said := _next(question)).casefold() in YES:
        tell("write what it was, or press Enter")
    return "" if said.casefold() in NO else said
