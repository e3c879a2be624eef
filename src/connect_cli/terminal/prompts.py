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
from connect_cli.errors import ConnectError
from connect_cli.model import Promise
from connect_cli.render.safe import clean, encodable
from connect_cli.terminal.output import tell, tell_but_last

YES = ("y", "yes")
NO = ("n", "no", "none")
LEAVE = ("q", "quit")
NONE = ("", "n", "no", "none", "q")


def asked(question: str, read: Callable[[str], object]) -> str:
    """Ask until `read` understands the answer, or it is empty."""
    while (said := ask(question)) and not understood(said, read):
        continue
    return said


def understood(said: str, read: Callable[[str], object]) -> bool:
    """Whether `read` understands an answer. If not, say why."""
    try:
        read(said)
    except ConnectError as error:
        tell(error.message if error.hint is None else f"{error.message}; {error.hint}")
        return False
    return True


def wants_to_mend(mistake: ConnectError) -> bool:
    """Show a mistake in a form, and ask whether to open the editor again. Enter means yes."""
    tell(mistake.message if mistake.hint is None else f"{mistake.message}; {mistake.hint}")
    return ask("Open the editor again? [Y/n] ").casefold() not in ("n", "no")


def is_shown(said: str, most: int) -> bool:
    """Whether an answer is one of the numbers shown. If not, say so."""
    shown = said.isascii() and said.isdigit() and 0 < int(said) <= most
    if not shown:
        numbers = f"a number from 1 to {most}" if most else "an answer"
        tell(f"'{said}' is not {numbers}")
    return shown


def to_close(promises: Sequence[Promise]) -> Sequence[Promise]:
    """Ask which open loops are done, by numbers; Enter for none."""
    question = "Done with any of these? Numbers, or Enter for none: "
    while (said := ask(question)).casefold() not in NONE:
        words = said.replace(",", " ").split()
        if all(is_shown(word, len(promises)) for word in words):
            return [promises[number - 1] for number in dict.fromkeys(map(int, words))]
    return []


def ask(question: str) -> str:
    """Ask one question and read one line. The end of input is an empty answer."""
    return ask_or_end(question) or ""


def ask_or_end(question: str) -> str | None:
    """Ask one question and read one line; None at the end of input."""
    with interrupts.heard():
        return _line(question)


def brings_back(text: str) -> bool:
    """Let the up arrow bring a text back at the next question, to be edited; whether it does."""
    if not (sys.stdout.isatty() and text.isprintable()):
        return False
    try:
        import readline  # noqa: PLC0415  # as below

        readline.add_history(text)
    except (ImportError, UnicodeEncodeError):
        return False
    return True


def _line(question: str) -> str | None:
    question = tell_but_last(clean(question))
    try:
        if sys.stdout.isatty():
            with contextlib.suppress(ImportError):
                import readline  # noqa: PLC0415, F401  # arrow keys while somebody types
            return input(encodable(question, sys.stdout.encoding)).strip()
        print(question, end="", file=sys.stderr, flush=True)  # noqa: T201  # stdout is data
        return input().strip()
    except EOFError:
        print(file=sys.stderr)  # noqa: T201  # the cursor is still on the line of the question
        return None
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
