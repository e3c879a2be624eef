"""What commands for several people share: whom they are about, the question, and the answer."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from connect_cli.journal import chosen
from connect_cli.journal.chosen import Chosen, Request
from connect_cli.journal.selection import Selection
from connect_cli.language.plurals import MOST_NAMED, counted, listed_briefly
from connect_cli.model import Named, Person
from connect_cli.session import Session

MOST_UNASKED = 20
"""So many people a command at a terminal changes without asking."""


class Outcome(NamedTuple):
    """What became of one person, as it follows the name of one, and the names of several."""

    person: Named | Person
    of_one: str
    of_several: str


def with_value(
    session: Session,
    verb: str,
    words: Sequence[str],
    selection: Selection,
    reads: Callable[[str], object],
) -> Chosen:
    """The people and the value of a command; it says so if there is nobody.

    reads: raises NotUnderstood for a text that is no such value.
    """
    asked = Request(verb, tuple(words), selection, session.lines_of_stdin)
    return _told(session, chosen.with_value(session.journal, asked, reads))


def alone(session: Session, verb: str, words: Sequence[str], selection: Selection) -> Chosen:
    """The people of a command whose words are all names; it says so if there is nobody."""
    asked = Request(verb, tuple(words), selection, session.lines_of_stdin)
    return _told(session, chosen.alone(session.journal, asked))


def _told(session: Session, found: Chosen) -> Chosen:
    if not found.people:
        session.say(found.nobody)
    return found


def confirm(session: Session, does: str, people: Sequence[Named | Person], *, yes: bool) -> None:
    """Ask before a command changes a crowd at a terminal. does: `Snooze`."""
    if len(people) > MOST_UNASKED and session.can_ask:
        confirm_always(session, does, people, yes=yes)


def confirm_always(
    session: Session, does: str, people: Sequence[Named | Person], *, yes: bool
) -> None:
    """Ask before a command changes these people, and refuse where nobody can be asked."""
    names = listed_briefly([person.name for person in people])
    number = counted(len(people), "person", "people")
    session.answers(yes=yes).confirm(f"{does} {number}: {names}?")


def outcome_lines(outcomes: Sequence[Outcome], otherwise: Callable[[str], str] = str) -> list[str]:
    """What became of people: a line for all with the same outcome.

    otherwise: makes one line of the names if the outcomes are more than a few.
    """
    by_outcome: dict[tuple[str, str], list[str]] = {}
    for one in outcomes:
        by_outcome.setdefault((one.of_one, one.of_several), []).append(one.person.name)
    if len(by_outcome) > MOST_NAMED:
        return [otherwise(listed_briefly([one.person.name for one in outcomes]))]
    return [
        f"{listed_briefly(names)}{of_one if len(names) == 1 else of_several}"
        for (of_one, of_several), names in by_outcome.items()
    ]


def say_lines(session: Session, lines: Sequence[str], after: str = "") -> None:
    """Answer in these lines, if there are any. after: the end of the last one."""
    for line in lines[:-1]:
        session.say(line)
    for line in lines[-1:]:
        session.say(f"{line}{after}")
