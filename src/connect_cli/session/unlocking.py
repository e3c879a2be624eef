"""The key of an encrypted journal: said beforehand, printed by a command, or asked for unseen."""

import os
import select
import shlex
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from connect_cli.errors import NoKey, NotConfirmed, WrongKey
from connect_cli.session.passphrases import typed
from connect_cli.store import database
from connect_cli.surroundings import KEY

NEW_KEY = "CONNECT_NEW_KEY"
TRIES = 3
SECONDS = 60
"""How long a command may take: a password manager may ask for a password of its own."""

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

    def __call__(self, path: Path) -> Iterator[str]:
        """The keys to try on a file, the last one said first; then somebody is asked.

        Raises NoKey when nobody says one, and WrongKey when all were tried.
        """
        yield from list(self._said)
        if self._beforehand and not self._said:
            yield self._keep(self._given())
        if self._beforehand and (path == self._journal or not self._can_ask):
            raise database.wrong_key(path, f"the key {self._whence}")
        if not self._can_ask:
            raise self._nobody(path)
        yield from self._typed(path)

    def new(self, *, again: bool) -> str:
        """A key to encrypt by. again: the journal has one, which is not asked for here.

        Raises NoKey and NotConfirmed.
        """
        if again and NEW_KEY in self._environment:
            return self._keep(self._environment[NEW_KEY])
        if self._beforehand and not again:
            return self._keep(self._given())
        if not self._can_ask:
            hint = f"set {NEW_KEY if again else KEY}"
            raise NoKey("there is nobody to ask for the new key", hint)
        key = typed("New key: ")
        if typed("The same again: ") != key:
            raise NotConfirmed("the two keys differ, so nothing was written")
        return self._keep(key)

    @property
    def _beforehand(self) -> bool:
        return KEY in self._environment or bool(self._command)

    @property
    def _whence(self) -> str:
        return f"in {KEY}" if KEY in self._environment else "that key_command prints"

    def _given(self) -> str:
        if KEY in self._environment:
            return self._environment[KEY]
        return printed_by(self._command, can_ask=self._can_ask)

    def _typed(self, path: Path) -> Iterator[str]:
        question = f"Key of {path.name}: "
        for _ in range(TRIES):
            if not (key := typed(question)):
                raise NoKey(f"no key was said, so {path} stays closed")
            yield self._keep(key)
            question = f"It does not open {path.name}. Key: "
        raise database.wrong_key(path)

    def _nobody(self, path: Path) -> NoKey:
        if self._said:
            return database.wrong_key(path)
        return database.no_key(path)

    def _keep(self, key: str) -> str:
        self._said.insert(0, key)
        return key


def printed_by(command: str, *, can_ask: bool, seconds: float = SECONDS) -> str:
    """The one line that a command prints. seconds: how long it may take. Raises WrongKey."""
    process = _started(command, can_ask=can_ask)
    try:
        said = _read(process, time.monotonic() + seconds)
        code = process.wait(max(0.0, seconds))
    except subprocess.TimeoutExpired as error:
        raise _useless(f"gave no key within {seconds:g} seconds") from error
    finally:
        _end(process)
    if code:
        raise _useless(
            f"failed with exit code {code}" if code > 0 else f"was ended by signal {-code}"
        )
    return _line(said)


def _started(command: str, *, can_ask: bool) -> "subprocess.Popen[bytes]":
    """The command at work, without a shell; it may ask for something itself if we may."""
    stdin = None if can_ask else subprocess.DEVNULL
    try:
        words = shlex.split(command)
        return subprocess.Popen(words, stdin=stdin, stdout=subprocess.PIPE)  # noqa: S603  # the person's own command
    except (ValueError, IndexError) as error:
        raise _useless(f"is not a command: {error}") from error
    except OSError as error:
        raise _useless(f"could not be started: {error.strerror or error}") from error


def _read(process: "subprocess.Popen[bytes]", until: float) -> bytes:
    """What it prints, up to its end or a little more than a key has."""
    assert process.stdout is not None  # noqa: S101  # it is a pipe
    descriptor, said = process.stdout.fileno(), b""
    while len(said) <= LONGEST:
        left = until - time.monotonic()
        if not select.select([descriptor], [], [], max(0.0, left))[0]:
            raise subprocess.TimeoutExpired(process.args, left)
        if not (some := os.read(descriptor, LONGEST)):
            return said
        said += some
    raise _useless(f"printed more than {LONGEST} bytes, which is no key")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Leave neither it nor the pipe to it behind."""
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


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
    return WrongKey(f"the key_command of the settings {why}", "look at it: connect config")
