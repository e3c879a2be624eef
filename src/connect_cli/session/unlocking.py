"""The key of an encrypted journal: said beforehand, printed by a command, or asked for unseen."""

import os
import select
import shlex
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from connect_cli.errors import NoKey, NotConfirmed, WrongKey, as_typed
from connect_cli.session.passphrases import typed
from connect_cli.store import database
from connect_cli.surroundings import COPY_KEY, KEY, NEW_KEY, for_others

TRIES = 3
SECONDS = 60
"""How long a command may take: a password manager may ask for a password of its own."""

END_SECONDS = 1
"""How long it may take to end in order, before it is killed."""

GLANCE_SECONDS = 0.1
LONGEST = 4096
"""The bytes of the longest key."""


class Keyring:
    """The keys of one run: each is asked for once, and tried on whatever is opened later.

    journal: the file that a key said beforehand is for. command: prints the key; may be empty.
    """

    def __init__(
        self, journal: Path, environment: Mapping[str, str], command: str, *, can_ask: bool
    ) -> None:
        self._journal = journal
        self._environment = environment
        self._command = command
        self._can_ask = can_ask
        self._said: list[str] = []
        self._has_given = False

    def __call__(self, path: Path) -> Iterator[str]:
        """The keys to try on a file, those at hand first; then somebody is asked.

        Raises NoKey when nobody says one, and WrongKey when all were tried.
        """
        yield from self.at_hand(path)
        if not self._can_ask:
            raise self._closed(path)
        yield from self._typed(path)

    def at_hand(self, path: Path) -> Iterator[str]:
        """The keys to try on a file without asking, the last one said first. Raises NoKey."""
        yield from list(self._said)
        if path != self._journal and (own := self._environment.get(COPY_KEY)):
            yield own
        if self._beforehand and not self._has_given:
            yield self._keep(self._given())

    def new(self, *, again: bool) -> str:
        """A key to encrypt by. again: the journal has one, which is not asked for here.

        Raises NoKey and NotConfirmed.
        """
        if again and (said := self._environment.get(NEW_KEY)):
            return self._keep(_fit(said))
        if self._beforehand and not again:
            return self._keep(_fit(self._given()))
        if not self._can_ask:
            hint = f"set {NEW_KEY if again else KEY}"
            raise NoKey("there is nobody to ask for the new key", hint)
        key = _fit(typed("New key: "))
        if typed("The same again: ") != key:
            raise NotConfirmed("the two keys differ, so nothing was written")
        return self._keep(key)

    @property
    def _in_environment(self) -> str:
        """The key that is said there; an empty one is none."""
        return self._environment.get(KEY, "")

    @property
    def _beforehand(self) -> bool:
        return bool(self._in_environment or self._command)

    @property
    def _whence(self) -> str:
        return f"the key {f'in {KEY}' if self._in_environment else 'that key_command prints'}"

    def _given(self) -> str:
        self._has_given = True
        return self._in_environment or printed_by(self._command, can_ask=self._can_ask)

    def _typed(self, path: Path) -> Iterator[str]:
        question = f"Key of {path.name}: "
        if self._has_given and path == self._journal:
            question = f"T{self._whence[1:]} does not open {path.name}. Key: "
        for _ in range(TRIES):
            if not (key := typed(question)):
                raise NoKey(f"no key was said, so {path} stays closed")
            yield self._keep(key)
            question = f"It does not open {path.name}. Key: "
        raise self._closed(path)

    def _closed(self, path: Path) -> NoKey:
        """Why a file is not opened, and what to look at."""
        if path != self._journal:
            if self._said or self._environment.get(COPY_KEY):
                said = f"{path} was made by another key, or is damaged"
                return WrongKey(said, f"say its key in {COPY_KEY}")
            said = f"{path} is encrypted, and no key is at hand"
            return NoKey(said, f"say its key in {COPY_KEY}")
        if self._has_given:
            at = (
                f"what is in {KEY}"
                if self._in_environment
                else f"key_command: {as_typed('config')}"
            )
            return database.wrong_key(path, self._whence, f"look at {at}; ")
        return database.wrong_key(path) if self._said else database.no_key(path)

    def _keep(self, key: str) -> str:
        self._said.insert(0, key)
        return key


def _fit(key: str) -> str:
    """A new key, looked at before it is typed once more. Raises NoKey."""
    database.cipher("encrypting a journal needs an extra").fit(key)
    if not key.strip():
        raise WrongKey("a blank key keeps nothing secret")
    return key


def printed_by(command: str, *, can_ask: bool, seconds: float = SECONDS) -> str:
    """The one line that a command prints. seconds: how long it may take. Raises WrongKey."""
    with _terminal_as_it_was(can_ask=can_ask):
        process, until = _started(command, can_ask=can_ask), time.monotonic() + seconds
        try:
            said = _read(process, until)
            code = process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired as error:
            raise _useless(f"gave no key within {seconds:g} seconds") from error
        finally:
            _end(process, alone=not can_ask)
    if code:
        raise _useless(
            f"failed with exit code {code}" if code > 0 else f"was ended by signal {-code}"
        )
    return _line(said)


@contextmanager
def _terminal_as_it_was(*, can_ask: bool) -> Iterator[None]:
    """Put the terminal back, which a command that is stopped may leave without an echo."""
    if not (can_ask and sys.stdin.isatty()):
        yield
        return
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _started(command: str, *, can_ask: bool) -> "subprocess.Popen[bytes]":
    """The command at work, without a shell; it may ask for something itself if we may.

    In a group of its own it could not: the terminal listens to one group.
    """
    stdin, group = (None, None) if can_ask else (subprocess.DEVNULL, 0)
    try:
        words = shlex.split(command)
        return subprocess.Popen(  # noqa: S603  # the person's own command
            words, stdin=stdin, stdout=subprocess.PIPE, env=for_others(), process_group=group
        )
    except (ValueError, IndexError) as error:
        raise _useless(f"is not a command: {error}") from error
    except OSError as error:
        raise _useless(f"could not be started: {error.strerror or error}") from error


def _read(process: "subprocess.Popen[bytes]", until: float) -> bytes:
    """What it prints, up to its end or a little more than a key has.

    What it started may keep the pipe open when it has ended: that is not waited for.
    """
    assert process.stdout is not None  # noqa: S101  # it is a pipe
    descriptor, said = process.stdout.fileno(), b""
    while len(said) <= LONGEST:
        if (left := until - time.monotonic()) <= 0:
            raise subprocess.TimeoutExpired(process.args, left)
        ended = process.poll() is not None
        if select.select([descriptor], [], [], 0 if ended else min(left, GLANCE_SECONDS))[0]:
            if not (some := os.read(descriptor, LONGEST)):
                return said
            said += some
        elif ended:
            return said
    raise _useless(f"printed more than {LONGEST} bytes, which is no key")


def _end(process: "subprocess.Popen[bytes]", *, alone: bool) -> None:
    """Leave neither it nor the pipe to it behind. alone: it has a group of its own."""
    if process.poll() is None:
        _signal(process, signal.SIGTERM, alone=alone)
        with suppress(subprocess.TimeoutExpired):
            process.wait(END_SECONDS)
        _signal(process, signal.SIGKILL, alone=alone)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _signal(process: "subprocess.Popen[bytes]", number: int, *, alone: bool) -> None:
    """Tell it, and what it started if that is in its group, to end."""
    with suppress(ProcessLookupError):
        if alone:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)


def _line(said: bytes) -> str:
    """The key of what was printed: the end of its line is none of it."""
    try:
        text = said.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise _useless("printed what is no text in UTF-8") from error
    if not text:
        raise _useless("printed nothing")
    if "\n" in text:
        lines = text.count("\n") + 1
        raise _useless(f"printed {lines} lines, where the key alone should be")
    return text


def _useless(why: str) -> WrongKey:
    """Why the command gave no key. What it printed, and how it is called, is not for the screen."""
    return WrongKey(f"the key_command of the settings {why}", f"look at it: {as_typed('config')}")
