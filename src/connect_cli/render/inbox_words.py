"""What was taken from the inbox, and what waits there, in English."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from connect_cli.errors import as_typed
from connect_cli.language.plurals import counted
from connect_cli.model import Owed, Promise
from connect_cli.render.log_words import say_moved, say_related
from connect_cli.render.safe import HIDDEN
from connect_cli.render.words import say_interaction, say_names
from connect_cli.reports import FromInbox, InboxAnswer, InboxLineWaits

LONGEST_LINE = 200
"""Characters of a line that a question repeats."""


def say_taken(one: FromInbox, today: date, *, discreet: bool) -> str:
    """`Coffee with Ada Lovelace, today: “…” Dated by the last change of phone.txt.`"""
    dated = f"Dated by the last change of {one.file}." if one.by_file else ""
    said = (_say_logged(one, today, discreet=discreet), dated, *say_moved(one.moved, today))
    return " ".join(filter(None, said))


def _say_logged(one: FromInbox, today: date, *, discreet: bool) -> str:
    added = f"Added {say_names(one.added)}." if one.added else ""
    said = say_interaction(one.interaction, today, discreet=discreet)
    return " ".join(filter(None, (added, said, *say_related(one.related, discreet=discreet))))


def say_line(line: InboxLineWaits, *, discreet: bool) -> str:
    """`phone.txt, line 3: “lunch with Tom”`, before it is asked about."""
    text = line.text if len(line.text) <= LONGEST_LINE else f"{line.text[:LONGEST_LINE]}…"
    return f"{line.file}, line {line.number}: {HIDDEN if discreet else f'“{text}”'}"


def say_why(line: InboxLineWaits) -> str:
    """`phone.txt, line 3: nobody here is called 'Tom'`, where nobody can be asked."""
    return f"{line.file}, line {line.number}: {line.message}"


def say_not_kept(promise: Promise, today: date, *, discreet: bool) -> str:
    """`To keep a promise: connect promise 'Ada Lovelace' 'send the map' --by=2026-12-04`.

    What to ask later is a question: `To ask it later: connect ask …`.
    """
    asks = promise.owed is Owed.ASK
    if discreet:
        return f"Not kept as a {'question' if asks else 'promise'}: {HIDDEN}"
    options = ["--theirs"] if promise.owed is Owed.THEM else []
    if promise.due_on is not None and promise.due_on >= today:
        options.append(f"--{'on' if asks else 'by'}={promise.due_on}")
    verb = "ask" if asks else "promise"
    keeping = as_typed(verb, promise.person.name, promise.text, options=options)
    return f"To {'ask it later' if asks else 'keep a promise'}: {keeping}"


def say_undo(logged: int, dropped: int) -> str:
    """What undo does to a run: `takes all 3 back, and lets 1 dropped line wait again`."""
    every = "it" if logged == 1 else "both" if logged == 2 else f"all {logged}"
    back = f"takes {every} back" if logged else ""
    again = f"lets {counted(dropped, 'dropped line')} wait again" if dropped else ""
    return ", and ".join(filter(None, (back, again)))


def say_nothing(view: InboxAnswer) -> str:
    """Why nothing was taken."""
    if not view.files:
        return f"The inbox is empty: there is no text file in {view.folder}."
    if not view.known:
        return "Nothing new in the inbox."
    lines = counted(view.known, "line")
    return f"Nothing new in the inbox: {lines}, {'all ' if view.known > 1 else ''}taken before."


def say_all(view: InboxAnswer, today: date, *, discreet: bool) -> Sequence[str]:
    """A sentence for each line that was taken, or why none was.

    If a file gave several lines their day, and all of those that were taken, that is said once.
    """
    if not (view.taken or view.waiting):
        return [say_nothing(view)]
    taken = Counter(one.file for one in view.taken)
    by_file = Counter(one.file for one in view.taken if one.by_file)
    alike = {file: number for file, number in by_file.items() if taken[file] == number > 1}
    lines = [
        (_say_logged if one.file in alike else say_taken)(one, today, discreet=discreet)
        for one in view.taken
    ]
    return [*lines, *(_say_dated(file, number) for file, number in alike.items())]


def _say_dated(file: str, number: int) -> str:
    every = "Both" if number == 2 else f"All {number}"
    return f"{every} are dated by the last change of {file}."
