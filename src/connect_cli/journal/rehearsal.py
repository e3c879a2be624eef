"""What `log` would do: read as usual, but nothing is asked and nothing is written."""

from collections.abc import Sequence

from connect_cli.journal import loops
from connect_cli.journal.answers import Silent
from connect_cli.journal.candidates import last_seen_first
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Journal
from connect_cli.journal.log import draft_lines
from connect_cli.language.doubts import Answer, Doubt
from connect_cli.model import Named
from connect_cli.reports import Rehearsal, WouldAsk


class Noting(Silent):
    """Answers nothing, and notes what would be asked. What is open stays as it was typed."""

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.asked: list[WouldAsk] = []
        self._journal = journal

    def which(self, typed: str, candidates: Sequence[Named]) -> Named:
        """The name as it was typed."""
        names = tuple(person.name for person, _ in last_seen_first(self._journal, candidates))
        self.asked.append(WouldAsk(typed, f"Who is meant by '{typed}'?", names))
        return Named("", typed)

    def unknown(self, typed: str, near: Sequence[str], *, doubtful: bool = False) -> str | None:  # noqa: ARG002  # it is asked alike
        """The name as it was typed."""
        question = "Who is meant?" if near else "Add them?"
        self.asked.append(WouldAsk(typed, f"Nobody is called '{typed}'. {question}", tuple(near)))
        return typed

    def settle(self, doubt: Doubt) -> Answer:
        """The words stay words."""
        shown = tuple(choice.shown for choice in doubt.choices)
        self.asked.append(WouldAsk(doubt.words, doubt.message, shown))
        return None

    def who(self) -> str:
        """Nobody."""
        self.asked.append(WouldAsk("", "With whom?"))
        return ""


def rehearse(journal: Journal, lines: Sequence[str], said: LogOptions) -> Rehearsal:
    """What these lines would log, whom they would add, and what would be asked."""
    answers = Noting(journal)
    logged, new = draft_lines(journal, lines, said, answers)
    open_names = {one.words for one in answers.asked}
    return Rehearsal(
        interactions=tuple(one.interaction for one in logged),
        added=tuple(person for person in new if person.name not in open_names),
        promises=tuple(promise for one in logged for promise in one.carried.promises),
        questions=tuple(answers.asked),
        related=tuple(tie for one in logged for tie in one.related),
        heard=tuple(loops.heard([one.interaction for one in logged], journal.today_is)),
        open_loops=tuple(dict.fromkeys(loop for one in logged for loop in one.open_loops)),
    )
