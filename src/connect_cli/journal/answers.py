"""How the journal asks when it is unsure: at a terminal a person answers, in a pipe nobody does."""

from collections.abc import Sequence
from typing import Protocol

from connect_cli.errors import NoSuchPerson, NotConfirmed, NotUnderstood, SeveralPeople
from connect_cli.model import Named


class Answers(Protocol):
    """The questions that the journal may have to ask."""

    def which(self, typed: str, candidates: Sequence[Named]) -> Named:
        """Which of several people is meant. Raises SeveralPeople when nobody says."""

    def may_add(self, typed: str, near: Sequence[str]) -> bool:
        """Whether to add somebody unknown. Raises NoSuchPerson when nobody says."""

    def who(self) -> str:
        """Whom an entry is about, when it names nobody. Raises NotUnderstood when nobody says."""

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

    def may_add(self, typed: str, near: Sequence[str]) -> bool:
        """Refuse, and name those that look alike, or how to add somebody."""
        hint = None if near else f"to add them: connect add '{typed}', or log with --new"
        raise NoSuchPerson(typed, tuple(near), hint)

    def who(self) -> str:
        """Refuse, and show how to say it."""
        raise NotUnderstood(
            "this names nobody", 'say who it was with: connect log "Coffee with Ada: …", or --with'
        )

    def confirm(self, question: str) -> None:
        """Refuse, unless it was confirmed beforehand."""
        if not self._yes:
            raise NotConfirmed(f"not done: {question}", "to do it without being asked: --yes")
