"""Keys and passphrases: given in the environment, printed by a command, or asked for.

A `Keyring` lives for one run. A key opens the journal and its copies; a passphrase opens a copy
that was encrypted with age. Keys are tried in this order: those used before in this run,
CONNECT_COPY_KEY for a copy, then CONNECT_KEY or else the output of `key_command`, and last what
somebody types. The session passes the function that asks, or None if nobody is at the terminal.
"""

import os
import shlex
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from connect_cli.environment import COPY_KEY, KEY, NEW_KEY, PASSPHRASE, for_others
from connect_cli.errors import ConnectError, NoKey, NotConfirmed, WrongKey, as_typed
from connect_cli.store import sqlite

TRIES = 3
SECONDS: float = 60
"""How long `key_command` may take: a password manager may ask for its own password."""

LONGEST = 4096
"""The bytes of the longest key."""

Ask = Callable[[str], str]
"""Asks for something that is typed without echo; an empty answer at the end of input."""


class Keyring:
    """The keys of one run: each is asked for once, and tried on every file opened later.

    journal: the file that CONNECT_KEY is for. command: prints the key; may be empty. ask: asks at
    the terminal; None if nobody is there.
    """

    def __init__(
        self, journal: Path, environment: Mapping[str, str], command: str, ask: Ask | None
    ) -> None:
        self._journal = journal
        self._environment = environment
        self._command = command
        self._ask = ask
        self._in_environment = environment.get(KEY, "")
        self._is_given = bool(self._in_environment or command)
        self._has_given = False
        self._known: list[str] = []

    def __call__(self, path: Path) -> Iterator[str]:
        """The keys to try on a file: those at hand first, then what somebody types.

        Raises NoKey when nobody gives one, and WrongKey when all were tried.
        """
        yield from self.at_hand(path)
        if self._ask is not None:
            yield from self._typed(path, self._ask)
        raise self._closed(path)

    def at_hand(self, path: Path) -> Iterator[str]:
        """The keys to try on a file without asking, last used first. Raises NoKey."""
        yield from list(self._known)
        if path != self._journal and (own := self._environment.get(COPY_KEY)):
            yield own
        if self._is_given and not self._has_given:
            yield self._keep(self._given())

    def new(self, *, again: bool) -> str:
        """A key to encrypt with. again: the journal is encrypted already, and gets a new key.

        Raises NoKey and NotConfirmed.
        """
        if again and (new := self._environment.get(NEW_KEY)):
            return self._keep(_checked(new))
        if self._is_given and not again:
            return self._keep(_checked(self._given()))
        if self._ask is None:
            hint = f"set {NEW_KEY if again else KEY}"
            raise NoKey("there is nobody to ask for the new key", hint)
        key = _checked(self._ask("New key: "))
        _confirm(key, self._ask, "keys")
        return self._keep(key)

    def passphrase(self) -> str:
        """The passphrase of a copy. Raises ConnectError when nobody gives one."""
        passphrase = self._environment.get(PASSPHRASE)
        if passphrase is None:
            if self._ask is None:
                raise ConnectError("there is nobody to ask for the passphrase", f"set {PASSPHRASE}")
            passphrase = self._ask("Passphrase: ")
        if not passphrase:
            raise ConnectError("the passphrase is empty")
        return passphrase

    def new_passphrase(self) -> str:
        """A passphrase to encrypt with, typed twice. Raises ConnectError and NotConfirmed."""
        passphrase = self.passphrase()
        if PASSPHRASE not in self._environment and self._ask is not None:
            _confirm(passphrase, self._ask, "passphrases")
        return passphrase

    def _given(self) -> str:
        self._has_given = True
        return self._in_environment or printed_by(self._command, can_ask=self._ask is not None)

    def _typed(self, path: Path, ask: Ask) -> Iterator[str]:
        question = f"Key of {path.name}: "
        if self._has_given and path == self._journal:
            question = f"The key {self._source[0]} does not open {path.name}. Key: "
        for _ in range(TRIES):
            if not (key := ask(question)):
                raise NoKey(f"no key was given, so {path} stays closed")
            yield self._keep(key)
            question = f"It does not open {path.name}. Key: "

    @property
    def _source(self) -> tuple[str, str]:
        """Where the given key comes from, and where to check it."""
        if self._in_environment:
            return f"in {KEY}", f"what is in {KEY}"
        return "that key_command prints", f"key_command: {as_typed('config')}"

    def _closed(self, path: Path) -> NoKey:
        """The error for a file that no key opened."""
        if path != self._journal:
            return self._copy_closed(path)
        if self._has_given:
            source, place = self._source
            return sqlite.wrong_key(path, f"the key {source}", f"look at {place}; ")
        return sqlite.wrong_key(path) if self._known else sqlite.no_key(path)

    def _copy_closed(self, path: Path) -> NoKey:
        hint = f"set {COPY_KEY} to its key"
        if self._known or self._environment.get(COPY_KEY):
            return WrongKey(f"{path} has another key, or is damaged", hint)
        return NoKey(f"{path} is encrypted, and no key is at hand", hint)

    def _keep(self, key: str) -> str:
        self._known.insert(0, key)
        return key


def _checked(key: str) -> str:
    """A new key, checked before it is typed again. Raises NoKey."""
    sqlite.cipher().fit(key)
    if not key.strip():
        raise WrongKey("the key is blank")
    return key


def _confirm(typed: str, ask: Ask, what: str) -> None:
    """Have it typed again, because what was typed is not shown. Raises NotConfirmed."""
    if ask("The same again: ") != typed:
        raise NotConfirmed(f"the two {what} differ, so nothing was written")


def printed_by(command: str, *, can_ask: bool) -> str:
    """The one line that a command prints. Raises WrongKey.

    The command writes into a pipe, which is read after the command has ended: an agent that it left
    running may keep the pipe open, and a command that prints without end only fills the pipe.
    """
    reading, writing = os.pipe()
    try:
        _run(command, writing, can_ask=can_ask)
        os.set_blocking(reading, False)
        return _line(os.read(reading, LONGEST + 1))
    except BlockingIOError:  # the pipe is still open, and empty
        raise _useless("printed nothing") from None
    finally:
        os.close(reading)
        os.close(writing)


def _run(command: str, output: int, *, can_ask: bool) -> None:
    """Run a command without a shell. can_ask: the command may ask at the terminal too."""
    stdin = None if can_ask else subprocess.DEVNULL
    try:
        words = shlex.split(command)
        with _terminal_as_it_was(can_ask=can_ask):
            done = subprocess.run(  # noqa: S603  # the person's own command
                words, stdin=stdin, stdout=output, env=for_others(), timeout=SECONDS, check=False
            )
    except subprocess.TimeoutExpired as error:
        raise _useless(f"gave no key within {SECONDS:g} seconds") from error
    except (ValueError, IndexError) as error:
        raise _useless(f"is not a command: {error}") from error
    except OSError as error:
        raise _useless(f"could not be started: {error.strerror or error}") from error
    if code := done.returncode:
        raise _useless(
            f"failed with exit code {code}" if code > 0 else f"was ended by signal {-code}"
        )


@contextmanager
def _terminal_as_it_was(*, can_ask: bool) -> Iterator[None]:
    """Restore the terminal: a command that is stopped may leave it without echo."""
    if not (can_ask and sys.stdin.isatty()):
        yield
        return
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _line(printed: bytes) -> str:
    """The command's output without its trailing newline. Raises WrongKey."""
    if len(printed) > LONGEST:
        raise _useless(f"printed more than {LONGEST} bytes, which is no key")
    try:
        text = printed.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise _useless("printed text that is not valid UTF-8") from error
    if not text:
        raise _useless("printed nothing")
    if "\n" in text:
        lines = text.count("\n") + 1
        raise _useless(f"printed {lines} lines instead of the key alone")
    return text


def _useless(why: str) -> WrongKey:
    """The error for a command that gave no key; it shows neither its output nor the command."""
    return WrongKey(f"the key_command of the settings {why}", f"look at it: {as_typed('config')}")
