"""Whom a command for several people is about: names, a selection, or names on standard input.

The person comes first, as in every command; with a selection all words are the value, and with `-`
in the place of the person the names come from standard input, one a line. All of them are known, or
nothing is done.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from connect_cli.control_characters import shown
from connect_cli.errors import NoSuchPerson, NotUnderstood, as_typed
from connect_cli.journal.journal import Journal
from connect_cli.journal.persons import several, value_of
from connect_cli.journal.selection import Selection, selected
from connect_cli.language.names import By
from connect_cli.language.person_first import COMMA, JOINING, divide, people_in
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
    typed, names = " ".join(words), journal.names()
    fit = names.fit(typed)
    if fit is not None and fit.by is not By.PREFIX:
        return [journal.named(typed)]
    said = words if len(words) > 1 else typed.replace(COMMA, f"{COMMA} ").split() or words
    with suppress(NotUnderstood):  # the first word after a name is no value here
        found = divide(said, names, by_quotes=True)
        if found.is_known and not found.value:
            return list(dict.fromkeys(journal.named(name) for name, _ in found.people))
    return list(dict.fromkeys(_alone(journal, part) for part in _parts(typed)))


def _alone(journal: Journal, typed: str) -> Named:
    """The one person whom a name between commas means.

    Raises NoSuchPerson if it is several names.
    """
    several = people_in(typed, journal.names())
    if several and journal.names().fit(typed) is None:
        raise NoSuchPerson(typed, hint=f"put a comma between two people: {', '.join(several)}")
    return journal.named(typed)


def _parts(typed: str) -> list[str]:
    """What stands between commas and `and`; each may be beginnings of words of a name."""
    parts: list[list[str]] = [[]]
    for word in typed.replace(COMMA, f" {COMMA} ").split():
        if word == COMMA or word.casefold() in JOINING:
            parts.append([])
        else:
            parts[-1].append(word)
    return [" ".join(part) for part in parts if part] or [typed]


def _on_stdin(journal: Journal, asked: Request) -> Chosen:
    """The people whose names are the lines of standard input; empty lines are left out."""
    if asked.selection.is_given:
        raise _either(asked.verb)
    names = [name for name in dict.fromkeys(map(str.strip, asked.lines())) if name]
    if fields := next((name for name in names if "\t" in name), None):
        listed = as_typed("people")
        hint = f"write one name a line; of what '{listed}' lists it is the second field: cut -f2"
        raise NoSuchPerson(fields, hint=hint)
    people = [_named_so(journal, name) for name in names]
    return Chosen(list(dict.fromkeys(people)), nobody=NOBODY_NAMED)


def _named_so(journal: Journal, name: str) -> Named:
    """Who is named, also as `people` shows a name with unseen signs: as escapes."""
    if "\\" in name:
        escaped = (one for one in journal.known() if shown(one.name) == name)
        if (one := next(escaped, None)) is not None:
            return Named(one.id, one.name)
    return journal.named(name)


def needed_value(verb: str, found: Chosen, what: str, example: str) -> str:
    """The value of a command. Raises NotUnderstood if there is none, naming what is missing."""
    first, *others = found.people
    if found.value or not others:
        return value_of(verb, first.name, found.value, what, example)
    how = as_typed(verb, f"{first.name}, {others[0].name}", example)
    raise NotUnderstood(f"no {what} was given", f"for example: {how}")


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
