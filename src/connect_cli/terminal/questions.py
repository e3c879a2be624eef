"""What the journal has to ask the person at the keyboard.

All questions have the same keys: a number takes one of those listed, `y` adds, `n` keeps the words
as words, `q` leaves, and the right name or words may be typed instead. Enter alone decides nothing:
it is asked again. The end of input leaves. Whoever leaves has changed nothing (`Left`).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from connect_cli.errors import Left, NotConfirmed
from connect_cli.journal.answers import Choice, Silent
from connect_cli.journal.candidates import last_seen_first
from connect_cli.journal.journal import Journal
from connect_cli.language.doubts import About, Answer, Doubt
from connect_cli.language.plurals import listed
from connect_cli.model import Named
from connect_cli.render.safe import HIDDEN
from connect_cli.render.words import ended, relative_day
from connect_cli.terminal.output import tell
from connect_cli.terminal.prompts import LEAVE, NO, YES, ask, ask_or_end, is_shown, understood

AS_WORDS = "keep as words"


class AtTerminal:
    """The person at the keyboard.

    journal: the journal they are asked about. yes: confirm without asking. discreet: others can see
    the screen.
    """

    def __init__(
        self, journal: Callable[[], Journal], *, yes: bool = False, discreet: bool = False
    ) -> None:
        self._journal = journal
        self._silent = Silent(yes=yes)
        self._yes = yes
        self._discreet = discreet

    def which(self, typed: str, candidates: Sequence[Named]) -> Named:
        """Ask which of several people is meant, by number or by more of the name."""
        while True:
            ranked = last_seen_first(self._journal(), candidates)
            _list(f"'{typed}' could be:", [self._seen(*one) for one in ranked])
            said = _answer(_keys(number=ranked, type_="more of the name"))
            if said.isdigit():
                if is_shown(said, len(ranked)):
                    return ranked[int(said) - 1][0]
                continue
            found = self._journal().names().find(said)
            if found.person is not None:
                return found.person
            if found.candidates:
                typed, candidates = said, found.candidates
            else:
                tell(_nobody(said, found.near))

    def unknown(self, typed: str, near: Sequence[str], *, doubtful: bool = False) -> str | None:  # noqa: ARG002  # it is asked alike
        """Ask what to do about a name that nobody has."""
        _list(f"Nobody is called '{typed}'.", near)
        keys = _keys(number=near, yes="add", no=AS_WORDS, type_="the name")
        while True:
            said = _answer(keys)
            if said.casefold() in YES:
                return typed
            if said.casefold() in NO:
                return None
            if not said.isdigit() and said != typed:
                return said
            if said.isdigit() and is_shown(said, len(near)):
                return near[int(said) - 1]

    def another(self, name: str, like: Sequence[str]) -> None:
        """Ask whether a new name is that of somebody else than those of a like name."""
        here = f"{listed(like)} {'is' if len(like) == 1 else 'are'} here already."
        if ask(f"{here} Somebody else? [y/N] ").casefold() not in YES:
            raise NotConfirmed(f"nobody was added: {name} may be here already")

    def settle(self, doubt: Doubt) -> Answer:
        """Ask what the doubtful words of a line mean."""
        if doubt.about is About.CONTACT:
            return self._did_it_happen(doubt)
        _list(ended(doubt.message), [choice.shown for choice in doubt.choices])
        read = self._reader(doubt.about)
        type_ = "the right words" if read else ""
        keys = _keys(number=doubt.choices, no=AS_WORDS, type_=type_)
        while True:
            said = _answer(keys)
            if said.casefold() in NO:
                return None
            if said.isdigit() and (read is None or is_choice(said, doubt)):
                if is_shown(said, len(doubt.choices)):
                    return doubt.choices[int(said) - 1].answer
            elif read is not None and understood(said, read):
                return said

    def _did_it_happen(self, doubt: Doubt) -> Answer:
        said = ask_or_end(f"{doubt.message}. Did it? [y/N/q] ")
        if said is not None and said.casefold() in YES:
            return doubt.words
        raise Left

    def _reader(self, about: About) -> Callable[[str], object] | None:
        """What understands an answer that was typed; None if only a number is one."""
        # Every command at a terminal loads this module; hardly any asks these questions.
        from connect_cli.language import day_options, times, vocabulary  # noqa: PLC0415  # as said

        today = self._journal().today_is
        readers: Mapping[About, Callable[[str], object]] = {
            About.DAY: lambda text: day_options.read_past_day(text, today),
            About.TIME: times.read_time,
            About.DURATION: times.read_minutes,
            About.KIND: vocabulary.read_kind,
            About.PERSON: str,
        }
        return readers.get(about)

    def who(self) -> str:
        """Ask who took part, until the answer names somebody."""
        from connect_cli.language.logline import read_line  # noqa: PLC0415  # as in `_reader`

        today, names = self._journal().today_is, self._journal().names()
        while not read_line(said := _answer("With whom? (q leaves) "), today, names).mentions:
            tell(f"'{said}' names nobody")
        return said

    def choose(self, choices: Sequence[Choice], whose: tuple[Named, Named]) -> Sequence[bool]:
        """Ask about each difference, by number. Any other answer leaves all undecided."""
        chosen = []
        for choice in choices:
            tell(f"They differ in {choice.what}:")
            for number, value in enumerate((choice.first, choice.second)):
                shown = HIDDEN if choice.private and self._discreet else value
                tell(f"  {number + 1}  {shown} ({whose[number].name})")
            if (said := ask("Which one stays? ")) not in ("1", "2"):
                return self._silent.choose(choices, whose)
            chosen.append(said == "2")
        return chosen

    def confirm(self, question: str) -> None:
        """Ask before a change that does harm. Raises NotConfirmed."""
        if not self._yes and ask(f"{question} [y/N] ").casefold() not in YES:
            raise NotConfirmed("nothing was changed")

    def _seen(self, person: Named, last_on: date | None) -> str:
        """`Tom Baker, last seen 3 weeks ago`."""
        if last_on is None:
            return f"{person.name}, not seen yet"
        return f"{person.name}, last seen {relative_day(last_on, self._journal().today_is)}"


def is_choice(said: str, doubt: Doubt) -> bool:
    """Whether a number is that of a choice; where words may be typed, it may be `2026` too."""
    return said.isascii() and 0 < int(said) <= len(doubt.choices)


def _nobody(said: str, near: Sequence[str]) -> str:
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"nobody is called '{said}'{meant}"


def _list(heading: str, lines: Sequence[str]) -> None:
    tell(heading)
    for number, line in enumerate(lines, 1):
        tell(f"  {number}  {line}")


def _keys(*, number: Sequence[object] = (), yes: str = "", no: str = "", type_: str = "") -> str:
    """The keys in one line: `1-2 · y add · n keep as words · q leave · or the name: `."""
    last = len(number)
    parts = [
        f"1-{last}" if last > 1 else "1" if last else "",
        f"y {yes}" if yes else "",
        f"n {no}" if no else "",
        "q leave",
        f"or {type_}" if type_ else "",
    ]
    return f"{' · '.join(filter(None, parts))}: "


def _answer(question: str) -> str:
    """Ask until there is an answer. Raises Left if somebody leaves."""
    while (said := ask_or_end(question)) is not None:
        if said.casefold() in LEAVE:
            break
        if said:
            return said
    raise Left
