"""Questions at the terminal, answered by a line or a key. Enter alone never does harm."""

import contextlib
import getpass
import os
import select
import sys
import termios
import tty
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from connect_cli import interrupts
from connect_cli.errors import ConnectError, NotConfirmed
from connect_cli.journal.journal import Choice, Silent
from connect_cli.language.doubts import Answer, Doubt
from connect_cli.language.plurals import listed
from connect_cli.model import Named, Promise
from connect_cli.render.safe import HIDDEN, clean, encodable
from connect_cli.terminal.output import tell

YES = ("y", "yes")
NONE = ("", "n", "no", "none", "q")


class AtTerminal:
    """The person at the keyboard. A question without an answer is refused, as in a pipe.

    yes: confirm without asking. discreet: others can see the screen.
    """

    def __init__(self, *, yes: bool = False, discreet: bool = False) -> None:
        self._silent = Silent(yes=yes)
        self._yes = yes
        self._discreet = discreet

    def which(self, typed: str, candidates: Sequence[Named]) -> Named:
        """Ask which person was meant, by number."""
        tell(f"'{typed}' could be:")
        for number, person in enumerate(candidates, 1):
            tell(f"  {number}  {person.name}")
        chosen = _number(len(candidates))
        return candidates[chosen - 1] if chosen else self._silent.which(typed, candidates)

    def unknown(self, typed: str, near: Sequence[str]) -> str | None:
        """Ask whether to add somebody, or whether somebody with a similar name was meant."""
        if not near:
            if ask(f"Add {typed}? [y/N] ").casefold() in YES:
                return typed
            return self._silent.unknown(typed, near)
        tell(f"Nobody is called '{typed}'. Whom do you mean?")
        for number, name in enumerate((*near, f"somebody new: add {typed}"), 1):
            tell(f"  {number}  {name}")
        chosen = _number(len(near) + 1)
        return (*near, typed)[chosen - 1] if chosen else self._silent.unknown(typed, near)

    def another(self, name: str, like: Sequence[str]) -> None:
        """Ask whether a new name is that of somebody else than those of a like name."""
        here = f"{listed(like)} {'is' if len(like) == 1 else 'are'} here already."
        if ask(f"{here} Somebody else? [y/N] ").casefold() not in YES:
            raise NotConfirmed(f"nobody was added: {name} may be here already")

    def settle(self, doubt: Doubt) -> Answer:
        """Ask what the doubtful words mean, by number."""
        tell(doubt.message)
        for number, choice in enumerate(doubt.choices, 1):
            tell(f"  {number}  {choice.shown}")
        chosen = _number(len(doubt.choices)) if doubt.choices else 0
        return doubt.choices[chosen - 1].answer if chosen else self._silent.settle(doubt)

    def who(self) -> str:
        """Ask who took part."""
        return ask("With whom? ") or self._silent.who()

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


def _number(most: int) -> int:
    """Ask until the answer is one of the numbers shown; 0 for none."""
    while (said := ask("Which one? Enter for none: ")).casefold() not in NONE:
        if _is_shown(said, most):
            return int(said)
    return 0


def _is_shown(said: str, most: int) -> bool:
    """Whether an answer is one of the numbers shown. If not, say so."""
    shown = said.isascii() and said.isdigit() and 0 < int(said) <= most
    if not shown:
        tell(f"'{said}' is not a number from 1 to {most}")
    return shown


def asked(question: str, read: Callable[[str], object]) -> str:
    """Ask until `read` understands the answer, or it is empty."""
    while said := ask(question):
        try:
            read(said)
        except ConnectError as error:
            tell(error.message if error.hint is None else f"{error.message}; {error.hint}")
        else:
            break
    return said


def wants_to_mend(mistake: ConnectError) -> bool:
    """Show a mistake in a form, and ask whether to open the editor again. Enter means yes."""
    tell(mistake.message if mistake.hint is None else f"{mistake.message}; {mistake.hint}")
    return ask("Open the editor again? [Y/n] ").casefold() not in ("n", "no")


def to_close(promises: Sequence[Promise]) -> Sequence[Promise]:
    """Ask which open loops are done, by numbers; Enter for none."""
    question = "Done with any of these? Numbers, or Enter for none: "
    while (said := ask(question)).casefold() not in NONE:
        words = said.replace(",", " ").split()
        if all(_is_shown(word, len(promises)) for word in words):
            return [promises[number - 1] for number in dict.fromkeys(map(int, words))]
    return []


def ask(question: str) -> str:
    """Ask one question and read one line. The end of input is an empty answer."""
    with interrupts.heard():
        return _line(question)


def _line(question: str) -> str:
    try:
        if sys.stdout.isatty():
            with contextlib.suppress(ImportError):
                import readline  # noqa: PLC0415, F401  # arrow keys while somebody types
            return input(encodable(clean(question), sys.stdout.encoding)).strip()
        print(clean(question), end="", file=sys.stderr, flush=True)  # noqa: T201  # stdout is data
        return input().strip()
    except EOFError:
        print(file=sys.stderr)  # noqa: T201  # the cursor is still on the line of the question
        return ""
    except KeyboardInterrupt:
        print(file=sys.stderr)  # noqa: T201  # as above
        raise


def ask_unseen(question: str) -> str:
    """Ask one question and hide the answer. The end of input is an empty answer."""
    with interrupts.heard():
        try:
            return getpass.getpass(clean(question))
        except EOFError:
            return ""
        except KeyboardInterrupt:
            print(file=sys.stderr)  # noqa: T201  # the cursor is still on the line of the question
            raise


ESCAPE = b"\x1b"
END = b"\x04"
LONGEST_SEQUENCE = 64
SEQUENCE_SECONDS = 0.05


def read_key() -> str:
    """Wait for a key and return it in lower case; an empty text at the end of input.

    Ctrl-C interrupts as usual. Keys typed ahead are kept. Enter is a newline, though Python
    3.12.0 and 3.12.1 pass it on as a carriage return. Arrow and function keys are ignored.
    """
    descriptor = sys.stdin.fileno()
    with interrupts.heard(), _at_once(descriptor):
        byte = os.read(descriptor, 1)
        while byte == ESCAPE:
            _swallow(descriptor)
            byte = os.read(descriptor, 1)
    if byte == END:
        return ""
    return byte.decode("ascii", "replace").lower().replace("\r", "\n")


@contextmanager
def _at_once(descriptor: int) -> Iterator[None]:
    """Read keys as they are pressed, without showing them."""
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _swallow(descriptor: int) -> None:
    """Drop the rest of the sequence that an arrow or function key sends."""
    if select.select([descriptor], [], [], SEQUENCE_SECONDS)[0]:
        os.read(descriptor, LONGEST_SEQUENCE)
