"""The person who runs an import: sees its progress, and is asked who and what the cards are."""

from collections.abc import Collection, Sequence

from connect_cli.cli.sweep import ask_all
from connect_cli.errors import NotConfirmed
from connect_cli.exchange import at_words, imports
from connect_cli.exchange.import_values import OnMatch
from connect_cli.exchange.imports import Bar
from connect_cli.exchange.values import Contact
from connect_cli.language.plurals import counted
from connect_cli.model import Named
from connect_cli.render.change_words import say_becomes, say_example
from connect_cli.reports import AtWord, Question, Sort
from connect_cli.session import Session
from connect_cli.terminal.output import bar, tell
from connect_cli.terminal.prompts import YES, ask

WHO = "Which one? n adds somebody new, Enter leaves them out, q stops asking: "
TOO = "Import them too? [y/N] "
WORDS = "Which of these are people? The others become tags."
ONES = "Numbers, all, {none}or Enter for {usual}; q stops: "
SHOWN = 10
"""The most cards of firms and machines that are listed before the question."""

WIDEST = 20
"""The width of the column of words, if they are not shorter."""

_OF = {
    "firm": ("card is of a firm", "cards are of firms"),
    "machine": ("card has only the address of a machine", "cards have only addresses of machines"),
}


class AtHand:
    """Progress bars, questions and messages for the person who runs an import.

    could_ask: somebody is at the keyboard and wants to be asked; a dry run still asks nothing.
    """

    def __init__(
        self, session: Session, on_match: str, *, at_keyboard: bool, dry_run: bool
    ) -> None:
        self._session, self._on_match = session, on_match
        self._at_keyboard, self._dry_run = at_keyboard, dry_run
        self.asks = at_keyboard and on_match == "ask" and not dry_run

    def bar(self, total: int, text: str) -> Bar:
        """A progress bar on a terminal."""
        return bar(total, text)

    def go_through(self, questions: Sequence[Question]) -> None:
        """Ask about meetings, one by one."""
        ask_all(self._session, questions)

    def tell(self, text: str) -> None:
        """A line on stderr."""
        tell(text)

    def who(self, contact: Contact, maybe: Sequence[Named]) -> OnMatch | Named:
        """What to do with somebody who may be in the journal already."""
        if self._on_match == "update":
            return maybe[0] if len(maybe) == 1 else "skip"
        if self._on_match == "new":
            return "new"
        if not self.asks:
            return "skip"
        return self._asked(contact, maybe)

    def leaves_out(self, sort: Sort, contacts: Sequence[Contact]) -> bool:
        """Whether to leave out cards that are of no person; Enter leaves them out."""
        if not self._at_keyboard:
            return False
        if self._dry_run:
            return True
        tell(f"{counted(len(contacts), *_OF[sort])}:")
        for one in contacts[:SHOWN]:
            tell(f"  {_beside(one.name, self._reached(one))}")
        if rest := len(contacts[SHOWN:]):
            tell(f"  … and {rest} more")
        return ask(TOO).casefold() not in YES

    def people_among(self, words: Sequence[AtWord]) -> Collection[str] | None:
        """Which words with @ are people; Enter takes those in the journal. None: not asked."""
        if not self._at_keyboard or self._dry_run:
            return None
        tell(WORDS)
        figures, widest = len(str(len(words))), min(WIDEST, max(len(one.word) for one in words))
        for number, one in enumerate(words, 1):
            tell(f"  {number:>{figures}}  {one.word:<{widest}}  {say_becomes(one)}")
            if example := say_example(one, discreet=self._session.hides):
                tell(f"  {'':{figures}}  {'':{widest}}  {example}")
        known = [one.word for one in words if at_words.is_known(one)]
        question = ONES.format(
            none="none, " if known else "", usual=", ".join(known) if known else "none"
        )
        while said := ask(question).casefold():
            if (chosen := _numbered(said, words)) is not None:
                return chosen
        return known

    def _reached(self, contact: Contact) -> str:
        return self._hidden(", ".join((*contact.emails[:1], *contact.phones[:1])))

    def _hidden(self, reached: str) -> str:
        """A way to reach somebody, or dots if others can see the screen."""
        return self._session.hide(reached) if reached else ""

    def _asked(self, contact: Contact, maybe: Sequence[Named]) -> OnMatch | Named:
        """Ask until it is answered. Enter leaves this one out, `q` all that are unsure."""
        tell(f"{_beside(contact.name, self._reached(contact))} may be here already:")
        for number, person in enumerate(maybe, 1):
            reached = self._hidden(imports.reached(self._session.journal, person))
            tell(f"  {number}  {_beside(person.name, reached)}")
        while said := ask(WHO).casefold():
            if said.isascii() and said.isdigit() and 0 < int(said) <= len(maybe):
                return maybe[int(said) - 1]
            if said in ("n", "new"):
                return "new"
            if said in ("q", "quit"):
                self.asks = False
                break
            tell(f"'{said}' is not one of the choices")
        return "skip"


def _numbered(said: str, words: Sequence[AtWord]) -> list[str] | None:
    """The words with these numbers; None, and a line that says so, if they are not numbers.

    Raises NotConfirmed if nothing is to be imported.
    """
    if said in ("q", "quit"):
        raise NotConfirmed("nothing was changed")
    if said in ("none", "no", "n"):
        return []
    if said == "all":
        return [one.word for one in words]
    numbers = said.replace(",", " ").split()
    for one in numbers:
        if not (one.isascii() and one.isdigit() and 0 < int(one) <= len(words)):
            tell(f"'{one}' is not a number from 1 to {len(words)}")
            return None
    return [words[int(one) - 1].word for one in numbers]


def _beside(name: str, reached: str) -> str:
    """A name, with an address that tells two people of the same name apart."""
    return f"{name} ({reached})" if reached else name
