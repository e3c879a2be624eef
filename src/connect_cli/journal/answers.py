"""How the journal asks when it is unsure: at a terminal a person answers, in a pipe nobody does."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from connect_cli.errors import NoSuchPerson, NotConfirmed, NotUnderstood, SeveralPeople, as_typed
from connect_cli.model import Named


class Choice(NamedTuple):
    """Two values of which one can stay.

    what: a word for them that may be shown on any screen. private: the values may not be.
    """

    what: str
    first: str
    second: str
    private: bool = False


class Answers(Protocol):
    """The questions that the journal may have to ask."""

    def which(self, typed: str, candidates: Sequence[Named]) -> Named:
        """Which of several people is meant. Raises SeveralPeople when nobody says."""

    def unknown(self, typed: str, near: Sequence[str]) -> str:
        """For a name that nobody has: one that looks like it, or the same again to add them.

        Raises NoSuchPerson when nobody says.
        """

    def who(self) -> str:
        """Whom an entry is about, when it names nobody. Raises NotUnderstood when nobody says."""

    def happened(self, words: str) -> None:
        """Go on with what sounds as if it did not happen, or raise NotUnderstood."""

    def choose(self, choices: Sequence[Choice], whose: tuple[Named, Named]) -> Sequence[bool]:
        """Of each, whether the second value counts. Raises NotUnderstood when nobody says.

        whose: whom the first and the second values are of.
        """

    def confirm(self, question: str) -> None:
        """Go on with something that takes things away, or raise NotConfirmed."""


class Silent:
    """Nobody is there to ask: what is not certain is refused.

    yes: what takes things away goes on, because that was said beforehand.
    """

    def __init__(self, *, yes: bool = False) -> None:
        self._yes = yes

    def which(self, typed: str, candidates: Sequence[Named]) -> Named:
        """Refuse, and name the candidates."""
        raise SeveralPeople(typed, tuple(person.name for person in candidates))

    def unknown(self, typed: str, near: Sequence[str]) -> str:
        """Refuse, and name those that look alike, or how to add somebody."""
        hint = None if near else f"to add them: {as_typed('add', typed)}, or log with --new"
        raise NoSuchPerson(typed, tuple(near), hint)

    def who(self) -> str:
        """Refuse, and show how to say it."""
        raise NotUnderstood(
            "this names nobody",
            f'say who it was with: {as_typed("log")} "Coffee with Ada: …", or --with',
        )

    def happened(self, words: str) -> None:
        """Refuse, and show how to say that it did."""
        raise NotUnderstood(
            f"'{words}' sounds as if it did not happen",
            "if it did: --counts yes; an attempt: --tried; what was talked of goes behind ': '",
        )

    def choose(self, choices: Sequence[Choice], whose: tuple[Named, Named]) -> Sequence[bool]:  # noqa: ARG002  # who asked knows them
        """Refuse, and say what there is to decide."""
        listed = ", ".join(dict.fromkeys(choice.what for choice in choices))
        raise NotUnderstood(f"they differ in {listed}", "say whose counts: --prefer NAME")

    def confirm(self, question: str) -> None:
        """Refuse, unless it was confirmed beforehand."""
        if not self._yes:
            raise NotConfirmed(f"not done: {question}", "to do it without being asked: --yes")
