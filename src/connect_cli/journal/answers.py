"""What the journal has to ask, and the answers where nobody can be asked: refusals."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from connect_cli.errors import (
    AlreadyThere,
    NoSuchPerson,
    NotConfirmed,
    NotUnderstood,
    SeveralPeople,
    as_typed,
)
from connect_cli.language.doubts import About, Answer, Doubt
from connect_cli.language.plurals import listed
from connect_cli.model import Named

NOBODY_NAMED = "who was it with?"
"""What is said of an interaction without a name."""


class Choice(NamedTuple):
    """Two values of which only one can stay.

    what: a word for them that any screen may show. private: the values are for no other screen.
    """

    what: str
    first: str
    second: str
    private: bool = False


class Answers(Protocol):
    """The questions that the journal may have to ask."""

    def which(self, typed: str, candidates: Sequence[Named]) -> Named:
        """Which of several people is meant. Raises SeveralPeople without an answer."""

    def unknown(self, typed: str, near: Sequence[str], *, doubtful: bool = False) -> str | None:
        """For a name that nobody has: another name, the same one to add it, or None: no name.

        doubtful: `--new` does not add it. Raises NoSuchPerson without an answer.
        """

    def another(self, name: str, like: Sequence[str]) -> None:
        """Go on if a new name is that of somebody else than those of a like name; else raise."""

    def who(self) -> str:
        """Who it was with, if no name was given. Raises NotUnderstood without an answer."""

    def settle(self, doubt: Doubt) -> Answer:
        """What the doubtful words of a line mean. Raises NotUnderstood without an answer."""

    def choose(self, choices: Sequence[Choice], whose: tuple[Named, Named]) -> Sequence[bool]:
        """For each choice, whether the second value stays. Raises NotUnderstood without an answer.

        whose: the people whom the first and the second values belong to.
        """

    def confirm(self, question: str) -> None:
        """Go on with something that deletes or replaces, or raise NotConfirmed."""


class Silent:
    """The answers when nobody can be asked: whatever is not certain is refused.

    yes: commands that ask for confirmation go on, because `--yes` was given.
    """

    def __init__(self, *, yes: bool = False) -> None:
        self._yes = yes

    def which(self, typed: str, candidates: Sequence[Named]) -> Named:
        """Refuse, and name the candidates."""
        raise SeveralPeople(typed, tuple(person.name for person in candidates))

    def unknown(self, typed: str, near: Sequence[str], *, doubtful: bool = False) -> str | None:
        """Refuse, name people who look alike, and show how to add somebody."""
        add = as_typed("add", typed, options=("--new",) if near or doubtful else ())
        if near:
            hint = f"did you mean {' or '.join(near)}? If it is somebody else: {add}"
        else:
            hint = f"to add them: {add}{'' if doubtful else ', or this command with --new'}"
        raise NoSuchPerson(typed, tuple(near), hint)

    def another(self, name: str, like: Sequence[str]) -> None:
        """Refuse, and show how to say that it is somebody else."""
        raise AlreadyThere(
            f"'{name}' is much like {listed(like)}, who {'is' if len(like) == 1 else 'are'} here"
            " already",
            f"if it is somebody else: {as_typed('add', name, options=('--new',))}",
        )

    def who(self) -> str:
        """Refuse, and show how to say it."""
        raise NotUnderstood(
            NOBODY_NAMED,
            f'name them: {as_typed("log")} "Coffee with Ada: …", or --with NAME',
        )

    def settle(self, doubt: Doubt) -> Answer:
        """Refuse, and show how to say it surely; a misspelt kind stays a word like any other."""
        if doubt.about is About.KIND:
            return None
        raise NotUnderstood(doubt.message, doubt.hint)

    def choose(self, choices: Sequence[Choice], whose: tuple[Named, Named]) -> Sequence[bool]:  # noqa: ARG002  # the caller knows them
        """Refuse, and say what has to be decided."""
        listed = ", ".join(dict.fromkeys(choice.what for choice in choices))
        raise NotUnderstood(f"they differ in {listed}", "say whose to keep: --prefer NAME")

    def confirm(self, question: str) -> None:
        """Refuse, unless it was confirmed beforehand."""
        if not self._yes:
            raise NotConfirmed(f"not done: {question}", "to do it without being asked: --yes")
