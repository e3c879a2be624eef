"""`connect inbox`: take in what was written on the phone, and ask about what is not certain."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from connect_cli import files
from connect_cli.cli.app import EACH_DAY, app
from connect_cli.cli.log_answers import offer_promises, offer_to_close
from connect_cli.cli.options import Json
from connect_cli.errors import ConnectError, JournalTrouble, Left, LinesWait, NoInbox, as_typed
from connect_cli.journal import loops
from connect_cli.language.plurals import counted
from connect_cli.model import Promise
from connect_cli.render.inbox_words import say_line, say_not_kept, say_undo, say_why
from connect_cli.render.words import say_inbox, say_names
from connect_cli.reports import FromInbox, InboxAnswer, InboxLineWaits
from connect_cli.session import Session
from connect_cli.settings import INBOX_FOLDER
from connect_cli.settings_file import change
from connect_cli.sync.inbox import New, Run, Taken, Waiting
from connect_cli.sync.inbox_files import InboxLine, folder_of, read_inbox
from connect_cli.terminal.output import bar, tell, tell_error
from connect_cli.terminal.prompts import LEAVE, ask_or_end, brings_back

VERB = "inbox"
DROP = ("d", "drop")
MOST_PROMISES = 10
"""So many promises, at most, are asked about after one run."""
TAKEN_ELSEWHERE = "Another command has just taken this line."
MANY_LINES = 300
"""So many take long enough for a progress bar."""
NOT_NOW = "Enter lets it wait · d drops it · q stops · "
EDITS = "↑ edits it · "


@app.command(rich_help_panel=EACH_DAY)
def inbox(
    context: typer.Context,
    setup: Annotated[
        Path | None,
        typer.Option("--setup", metavar="FOLDER", help="Use this folder of text files."),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Ask nothing, and say in a line what was taken.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Take in what you wrote on the phone.

    It reads text files in a folder that another program brings, one conversation a line as for
    'connect log', and takes each line once. It never writes there. What is not certain it asks.
    """
    session: Session = context.obj
    if setup is not None:
        _set_up(session, setup, as_json=as_json)
    elif quiet and not as_json:
        quietly(session)
    else:
        _take_in(session, as_json=as_json)


def _set_up(session: Session, typed: Path, *, as_json: bool) -> None:
    """Set the folder, and say what stands in it."""
    folder = files.real(folder_of(str(typed)))
    if files.real(session.path).is_relative_to(folder):
        raise ConnectError(f"the journal lies in {folder}", "let the inbox be a folder of its own")
    found = read_inbox(folder, session.now)
    change(session.settings_path, INBOX_FOLDER, str(folder))
    there = f"{counted(len(found.files), 'text file')} with {counted(len(found.lines), 'line')}"
    said = f"in it: {there}" if found.files else "no text file is there yet"
    session.say(
        f"The inbox is {folder}; {said}. '{as_typed(VERB)}' logs what is written there.",
        as_json=as_json,
    )


def quietly(
    session: Session, *, silent: bool = False, waits: bool = True
) -> tuple[int, int] | None:
    """Take in what is certain, and say so in a line; nothing if there is no inbox.

    silent: say nothing. waits: say also what waits for an answer. Returns how many lines were
    taken, and how many wait; None without one.
    """
    if not session.settings.inbox_folder:
        return None
    taking = Taking(session)
    try:
        waiting = taking.take(taking.look())
    except NoInbox:
        return None
    if not silent:
        _say_briefly(session, taking, waiting if waits else ())
    return len(taking.taken), len(waiting)


def _say_briefly(session: Session, taking: "Taking", waiting: Sequence[Waiting]) -> None:
    if taken := _shown(taking.taken):
        people = dict.fromkeys(person for one in taken for person in one.interaction.people)
        lines = counted(len(taking.taken), "line")
        session.say(f"Logged {lines} of the inbox: {say_names(tuple(people))}.")
        for said in taking.not_kept():
            session.say(said, whole=True)
    if waiting:
        session.say(f"{say_inbox(len(waiting))}: {as_typed(VERB)}")


def _take_in(session: Session, *, as_json: bool) -> None:
    """Take in what is certain; ask about the rest on a terminal, and tell it elsewhere."""
    if not session.settings.inbox_folder:
        raise NoInbox("no inbox is set up", f"name its folder: {as_typed(VERB)} --setup FOLDER")
    asks = session.can_ask and not as_json
    taking = Taking(session)
    new = taking.look()
    waiting = taking.take(new, asks=asks)
    view = InboxAnswer(
        str(new.folder),
        new.files,
        _shown(taking.taken),
        list(map(_waits, waiting)),
        new.known,
        new.unread,
    )
    for said in new.unread:
        tell(said)
    session.show(lambda renderer: renderer.inbox(view), as_json=as_json)
    if not (asks or as_json):
        for said in taking.not_kept():
            tell(said)
    if asks:
        taking.ask(waiting)
        if does := say_undo(taking.offer(), taking.dropped):
            tell(f"'{as_typed('undo')}' {does}.")
    elif waiting:
        if not as_json:
            _tell(waiting)
        raise LinesWait(say_inbox(len(waiting)), f"answer on a terminal: {as_typed(VERB)}")


def first_of_all(session: Session, verb: str) -> int:
    """Take in the inbox, if there is one, at the beginning of a command that asks.

    verb: that command, to which it belongs. Returns how many interactions were logged.
    """
    if not session.settings.inbox_folder:
        return 0
    taking = Taking(session, verb)
    try:
        new = taking.look()
    except NoInbox as error:
        tell_error(error)
        return 0
    waiting = taking.take(new, asks=True)
    for said in new.unread:
        tell(said)
    taking.show()
    taking.ask(waiting)
    if does := say_undo(0, taking.dropped):
        tell(f"'{as_typed('undo')}' {does}.")
    return taking.offer()


def remarks(session: Session) -> list[str]:
    """What is new in the inbox, for a command that only lists its questions."""
    if not session.settings.inbox_folder:
        return []
    run = Run(session.journal)
    try:
        new = run.look()
    except NoInbox as error:
        return [f"the inbox: {error.message}"]
    waiting = run.waiting(new.lines)
    certain = len(new.lines) - len(waiting)
    said = [say_why(_waits(one)) for one in waiting]
    if certain:
        said.append(f"{counted(certain, 'line')} of the inbox can be taken in: {as_typed(VERB)}")
    return said


def _tell(waiting: Sequence[Waiting]) -> None:
    for one in map(_waits, waiting):
        tell(say_why(one))
        if one.hint:
            tell(f"  {one.hint}")


class Taking:
    """One run: what is taken, and the questions. verb: the command that all of it belongs to."""

    def __init__(self, session: Session, verb: str = VERB) -> None:
        self.taken: list[Taken] = []
        self.dropped = 0
        self._session, self._verb = session, verb
        self._run = Run(session.journal, verb)

    def look(self) -> New:
        """What is new in the folder. Raises NoInbox if it is not there."""
        return self._run.look()

    def take(self, new: New, *, asks: bool = False) -> list[Waiting]:
        """Take what is certain, and return what waits; `today` knows of it from now on.

        asks: whether `ask` follows.
        """
        if len(new.lines) < MANY_LINES:
            self.taken, waiting = self._run.take(new, asks=asks)
        else:
            with bar(2 * len(new.lines), "Taking in the inbox") as progress:
                self.taken, waiting = self._run.take(new, progress, asks=asks)
        self._run.note_waiting(len(waiting))
        return waiting

    def show(self) -> None:
        """What was taken so far."""
        if self.taken:
            view = InboxAnswer("", (), _shown(self.taken))
            self._session.show(lambda renderer: renderer.inbox(view))

    def ask(self, waiting: Sequence[Waiting]) -> None:
        """Ask about each line that waits, as `log` does."""
        left = len(waiting)
        try:
            for at, one in enumerate(waiting):
                if at or self.taken:
                    tell("")
                tell(say_line(_waits(one), discreet=self._session.hides))
                settled = self._ask(one.line)
                left -= settled is True
                if settled is None:
                    break
        finally:
            self._run.note_waiting(left)
        if left:
            tell(f"{say_inbox(left)}.")

    def _ask(self, line: InboxLine) -> bool | None:
        """Whether a line is settled; None if no more is to be asked."""
        words = line.text
        while not self._answer(line, words):
            said = self._other_words(line)
            if said is None or said.casefold() in LEAVE:
                return None
            if not said:
                return False
            if said.casefold() in DROP:
                self._drop(line)
                return True
            words = said
        return True

    def _other_words(self, line: InboxLine) -> str | None:
        """What is typed below the line; a lone letter or digit was meant for another question."""
        while True:
            edits = not self._session.hides and brings_back(line.text)
            said = ask_or_end(f"{NOT_NOW}{EDITS if edits else ''}or other words: ")
            if not (said and _is_another_key(said)):
                return said
            tell(f"'{said}' is none of these.")

    def _drop(self, line: InboxLine) -> None:
        dropped = self._run.drop(line)
        self.dropped += dropped
        tell("Dropped." if dropped else TAKEN_ELSEWHERE)

    def _answer(self, line: InboxLine, words: str) -> bool:
        """Whether the line is taken now, after its questions were answered."""
        try:
            taken = self._run.answer(line, words, self._session.answers())
        except JournalTrouble:
            raise
        except Left:
            return False
        except ConnectError as error:
            tell(error.message if error.hint is None else f"{error.message}; {error.hint}")
            return False
        if taken is None:
            tell(TAKEN_ELSEWHERE)
        else:
            self.taken.append(taken)
            view = InboxAnswer("", (line.file,), _shown([taken]))
            self._session.show(lambda renderer: renderer.inbox(view))
        return True

    def offer(self) -> int:
        """Offer what `log` offers; returns how many interactions were logged."""
        logged = [each for one in self.taken for each in one.logged]
        interactions = [one.interaction for one in logged]
        offer_promises(self._session, self._heard(), interactions, self._verb)
        offer_to_close(self._session, logged, self._verb)
        return len(logged)

    def not_kept(self) -> Iterator[str]:
        """How to keep the promises in what was taken, where nobody is asked."""
        for promise in self._heard():
            yield say_not_kept(promise, self._session.today, discreet=self._session.hides)

    def _heard(self) -> list[Promise]:
        """The first promises that the words of this run may hold."""
        found = [
            promise
            for one in self.taken
            for promise in loops.heard([each.interaction for each in one.logged], one.written_on)
        ]
        return found[:MOST_PROMISES]


def _is_another_key(said: str) -> bool:
    return len(said) == 1 and said.isascii() and said.casefold() not in (*DROP, *LEAVE)


def _shown(taken: Sequence[Taken]) -> list[FromInbox]:
    return [
        FromInbox(
            one.line.file,
            one.line.number,
            each.interaction,
            one.by_file,
            each.added,
            each.moved,
            each.related,
        )
        for one in taken
        for each in one.logged
    ]


def _waits(one: Waiting) -> InboxLineWaits:
    line, why = one
    return InboxLineWaits(line.file, line.number, line.text, why.message, why.hint)
