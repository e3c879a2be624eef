"""Whom a command is about: the people that its first words name, and the value that follows."""

from collections.abc import Sequence

from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal.journal import Journal
from connect_cli.language.person_first import divide
from connect_cli.model import Named


def several(journal: Journal, words: Sequence[str]) -> tuple[list[Named], str]:
    """The people whom the first words name, each once, and the value, which may be empty.

    It asks when a name fits several people. Raises NoSuchPerson, and SeveralPeople if nobody can
    be asked.
    """
    found = divide(words, journal.names(), by_quotes=True)
    people = [journal.named(typed) for typed, _ in found.people]
    return list(dict.fromkeys(people)), found.value


def one(journal: Journal, verb: str, words: Sequence[str]) -> tuple[Named, str]:
    """The person whom the first words name, and the value, which may be empty.

    Raises NotUnderstood if they name several people, besides what `several` raises.
    """
    found = divide(words, journal.names())
    if len(found.people) > 1 and found.is_known:
        listed = ", ".join(typed for typed, _ in found.people)
        raise NotUnderstood(
            f"'{verb}' takes one person at a time, and these are several: {listed}",
            f"name one of them: {as_typed(verb, found.people[0][0], '…')}",
        )
    people = [journal.named(typed) for typed, _ in found.people]
    return people[0], found.value


def value_given(value: str, what: str, example: str) -> str:
    """A value that must not be empty. Raises NotUnderstood, naming what is missing."""
    if not value.strip():
        raise NotUnderstood(f"no {what} was given after the name", f"for example: {example}")
    return value
