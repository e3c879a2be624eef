"""Whom a command for several people is about: names, a selection, or names on standard input.

The person comes first, as in every command; with a selection all words are the value, and with `-`
in the place of the person the names come from standard input, one a line. All of them are known, or
nothing is done.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal.journal import Journal
from connect_cli.journal.persons import several
from connect_cli.journal.selection import Selection, selected
from connect_cli.language.names import By
from connect_cli.language.person_first import divide
from connect_cli.model import Named

STDIN = "-"
"""In the place of the person: names come from standard input."""

NOBODY_FITS = "Nobody fits that."
NOBODY_NAMED = "Standard input names nobody."


class Request(NamedTuple):
    """The words of a command for several people.

    verb: its name. words: what was typed after it. selection: whom, if not by name. lines: reads
    the lines of standard input.
    """

    verb: str
    words: Sequence[str]
    selection: Selection
    lines: Callable[[], Sequence[str]]


class Chosen(NamedTuple):
    """The people, each once, and the value, which may be empty. nobody: why there is nobody."""

    people: Sequence[Named]
    value: str = ""
    nobody: str = ""


def with_value(journal: Journal, asked: Request, reads: Callable[[str], object]) -> Chosen:
    """The people of a command that has a value after them.

    reads: raises NotUnderstood for a text that is no such value.
    """
    if asked.words[:1] == (STDIN,):
        return _on_stdin(journal, asked)._replace(value=" ".join(asked.words[1:]))
    if asked.selection.is_given:
        value = _value_alone(journal, asked, reads)
        return Chosen(selected(journal, asked.selection), value, NOBODY_FITS)
    _refuse_nobody(asked)
    return Chosen(*several(journal, asked.words))


def alone(journal: Journal, asked: Request) -> Chosen:
    """The people of a command whose words are all names."""
    if asked.words[:1] == (STDIN,):
        if len(asked.words) > 1:
            raise _either(asked.verb)
        return _on_stdin(journal, asked)
    if asked.selection.is_given:
        if asked.words:
            raise _either(asked.verb)
        return Chosen(selected(journal, asked.selection), nobody=NOBODY_FITS)
    _refuse_nobody(asked)
    return Chosen(_all_named(journal, asked.words))


def _all_named(journal: Journal, words: Sequence[str]) -> Sequence[Named]:
    """The people whom all of these words name; `ada king` is one, if there is one."""
    typed = " ".join(words)
    if journal.names().fit(typed) is not None:
        return [journal.named(typed)]
    found = divide(words, journal.names(), by_quotes=True)
    *said, last = [name for name, _ in found.people]
    whole = f"{last} {found.value}".strip()
    return list(dict.fromkeys(journal.named(name) for name in (*said, whole)))


def _on_stdin(journal: Journal, asked: Request) -> Chosen:
    """The people whose names are the lines of standard input; empty lines are left out."""
    if asked.selection.is_given:
        raise _either(asked.verb)
    names = [line.strip() for line in asked.lines()]
    people = [journal.named(name) for name in dict.fromkeys(names) if name]
    return Chosen(list(dict.fromkeys(people)), nobody=NOBODY_NAMED)


def _value_alone(journal: Journal, asked: Request, reads: Callable[[str], object]) -> str:
    """The value beside a selection. Raises NotUnderstood if it begins with somebody's name."""
    value = " ".join(asked.words)
    try:
        if value:
            reads(value)
    except NotUnderstood as error:
        (_, fit), *_ = divide(asked.words, journal.names()).people
        if fit is not None and fit.by is not By.PREFIX:
            raise _either(asked.verb) from error
        raise
    return value


def _refuse_nobody(asked: Request) -> None:
    if not asked.words:
        raise NotUnderstood(
            f"'{asked.verb}' needs a name",
            f"for example: {as_typed(asked.verb, 'ada')}, or --tag, --circle, --state, --in",
        )


def _either(verb: str) -> NotUnderstood:
    return NotUnderstood(
        f"'{verb}' takes names or a selection, not both",
        "leave out the names, or --tag, --circle, --state and --in",
    )
