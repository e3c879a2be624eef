"""Somebody who answers the journal's questions as a test says."""

from collections.abc import Sequence
from dataclasses import dataclass

from connect_cli.journal.answers import Choice, Silent
from connect_cli.language.doubts import About, Answer, Doubt
from connect_cli.model import Named


@dataclass(frozen=True)
class Answering:
    """Takes this one of several people, adds who is unknown, and names somebody when asked whom."""

    takes: int = 0
    names: str = ""

    def which(self, typed: str, candidates: Sequence[Named]) -> Named:
        """One of them, by its place."""
        del typed
        return candidates[self.takes]

    def unknown(self, typed: str, near: Sequence[str], *, doubtful: bool = False) -> str | None:
        """The first who looks alike, or the same name to add it."""
        del doubtful
        return near[0] if near else typed

    def another(self, name: str, like: Sequence[str]) -> None:
        """It is somebody else."""

    def settle(self, doubt: Doubt) -> Answer:
        """What is likeliest; that it happened; or none."""
        if doubt.choices:
            return doubt.choices[0].answer
        return doubt.words if doubt.about is About.CONTACT else Silent().settle(doubt)

    def who(self) -> str:
        """The same each time."""
        return self.names

    def choose(self, choices: Sequence[Choice], whose: tuple[Named, Named]) -> Sequence[bool]:
        """The first value each time."""
        del whose
        return [False for _ in choices]

    def confirm(self, question: str) -> None:
        """Yes."""
