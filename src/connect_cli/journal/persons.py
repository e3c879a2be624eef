"""Whom a command is about: the people that its first words name, and the value that follows."""

from collections.abc import Sequence

from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal.journal import Journal
from connect_cli.language.person_first import divide
from connect_cli.language.plurals import listed
from connect_cli.model import Named

Whom = str | Named | Sequence[Named]
"""Whom a command is about: a name as typed, a person, or several."""


def people_of(journal: Journal, whom: Whom) -> Sequence[Named]:
    """The people meant; a name is looked up."""
    return [journal.named(whom)] if isinstance(whom, str | Named) else whom


def several(journal: Journal, words: Sequence[str]) -> tuple[Sequence[Named], str]:
    """The people whom the first words name, each once, and the value, which may be empty.

    It asks when a name fits several people. Raises NoSuchPerson, and SeveralPeople if nobody can
    be asked.
    """
    found = divide(words, journal.names(), by_quotes=True)
    people = [journal.named(typed) for typed, _ in found.people]
    return list(dict.fromkeys(people)), found.value


def one(journal: Journal, verb: str, words: Sequence[str], option: str = "") -> tuple[str, str]:
    """What was typed for the one person whom the first words name, and the value.

    option: what makes the command one for one person, whose value may be missing. Raises
    NotUnderstood if the words name several people.
    """
    found = divide(words, journal.names())
    typed = [said for said, _ in found.people]
    if len(typed) > 1:
        people = [journal.named(said).name for said in typed]
        value = found.value or ("" if option else "…")
        how = as_typed(verb, *filter(None, (people[0], value)), options=[option] if option else ())
        raise NotUnderstood(
            f"'{' '.join(filter(None, (verb, option)))}' takes one person at a time,"
            f" not {listed(people)}",
            f"name one of them, for example: {how}",
        )
    return typed[0], found.value


def two(
    journal: Journal, verb: str, words: Sequence[str], options: Sequence[str] = ()
) -> tuple[str, str]:
    """What was typed for the two people whom the words name. Raises NotUnderstood.

    options: those without which an example of the command would be refused.
    """
    found = divide(words, journal.names(), by_quotes=True)
    typed = [said for said, _ in found.people] + ([found.value] if found.value else [])
    if len(typed) != 2:
        how = f"for example: {as_typed(verb, 'Ada Lovelace', 'Ada King', options=options)}"
        raise NotUnderstood(f"that is not two people, but {len(typed)}", f"name both, {how}")
    return typed[0], typed[1]


def value_of(verb: str, typed: str, value: str, what: str, example: str) -> str:
    """The value after a name. Raises NotUnderstood if there is none, naming what is missing."""
    if not value:
        shown = as_typed(verb, typed, example)
        raise NotUnderstood(f"no {what} was given after '{typed}'", f"for example: {shown}")
    return value
