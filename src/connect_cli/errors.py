"""What can go wrong, each with its message, its hint and its exit code."""

from collections.abc import Sequence
from contextvars import ContextVar
from enum import IntEnum

PLAIN = frozenset("_-./+,:@=")
"""Besides letters and digits, what means only itself wherever it stands in a word."""


def shell_word(text: str) -> str:
    r"""A word as bash, zsh and fish all read it: `O\'Brien` becomes `'O'\''Brien'`.

    A backslash stands outside the quotes too, because within them it is special in fish alone.
    """
    if (
        text
        and text[0] != "="
        and all((one.isascii() and one.isalnum()) or one in PLAIN for one in text)
    ):
        return text
    outside = ("'\\" + one + "'" if one in "'\\" else one for one in text)
    return f"'{''.join(outside)}'"


_journal: ContextVar[str | None] = ContextVar("journal", default=None)


def name_journal(path: str | None) -> None:
    """From now on commands that are shown name this journal; None: they mean the usual one."""
    _journal.set(path)


def as_typed(verb: str, *words: str, options: Sequence[str] = ()) -> str:
    """A command to be shown, with what is the user's own quoted, so that it can be typed as it is.

    It is about the journal that this run is about. Words stand before the options, unless one
    would be taken for an option itself.
    """
    dashed = any(word.startswith("-") for word in words)
    given = (*options, "--", *words) if dashed else (*words, *options)
    path = _journal.get()
    named = () if path is None else ("--journal", shell_word(path))
    return " ".join(("connect", *named, verb, *map(shell_word, given)))


class ExitCode(IntEnum):
    """Exit codes of every command; scripts may rely on them."""

    DONE = 0
    COULD_NOT = 1
    USAGE = 2
    NO_SUCH_PERSON = 3
    ALREADY_THERE = 4
    JOURNAL = 5
    INTERRUPTED = 130


class ConnectError(Exception):
    """Something the person at the keyboard can understand and mend.

    message: one sentence that says what was wrong, in their words.
    hint: what to do next, or nothing.
    """

    exit_code = ExitCode.COULD_NOT

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class NotUnderstood(ConnectError):
    """Words that have no meaning here: a day, a duration, a cadence, an option."""

    exit_code = ExitCode.USAGE


class NoSuchPerson(ConnectError):
    """A name that fits nobody. `near` holds names that look alike, best first."""

    exit_code = ExitCode.NO_SUCH_PERSON

    def __init__(self, typed: str, near: tuple[str, ...] = (), hint: str | None = None) -> None:
        if hint is None and near:
            hint = f"did you mean {' or '.join(near)}?"
        super().__init__(f"nobody here is called '{typed}'", hint)
        self.typed = typed
        self.near = near


class SeveralPeople(ConnectError):
    """A name that fits several people. `candidates` holds their names."""

    exit_code = ExitCode.NO_SUCH_PERSON

    def __init__(self, typed: str, candidates: tuple[str, ...]) -> None:
        listed = ", ".join(candidates[:8]) + (", …" if len(candidates) > 8 else "")
        super().__init__(
            f"'{typed}' could be any of: {listed}", "write more of the name, or an alias"
        )
        self.typed = typed
        self.candidates = candidates


class NoSuchThing(ConnectError):
    """An entry, promise or detail that is not there, or an id that fits several."""


class AlreadyThere(ConnectError):
    """A person, alias or file that exists already."""

    exit_code = ExitCode.ALREADY_THERE


class NotConfirmed(ConnectError):
    """A destructive verb that was not confirmed."""


class SettingsWrong(ConnectError):
    """config.toml or an environment variable holds something unusable."""

    exit_code = ExitCode.USAGE


class NeedsExtra(ConnectError):
    """Something that only works with an extra, which is not installed.

    needed: what needs it, with its verb.
    """

    def __init__(self, needed: str, extra: str) -> None:
        super().__init__(f"{needed} the extra '{extra}'", f"pip install 'connect-cli[{extra}]'")


class JournalTrouble(ConnectError):
    """The journal file itself: unreadable, newer, locked, or the disk is full."""

    exit_code = ExitCode.JOURNAL


class NotWiped(JournalTrouble):
    """Somebody is forgotten, but bytes of theirs may stay in the file for a while."""


class JournalDamaged(JournalTrouble):
    """What lies in the journal's place can no longer be read as one: a copy can be put there."""


class DamageMet(JournalDamaged):
    """Damage that a command met; what and whose it is, is looked for before it is told.

    tables: those that were being read; none when that is not known.
    """

    def __init__(
        self,
        tables: tuple[str, ...] = (),
        message: str = "the journal is damaged: it holds a value that cannot be read",
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint or f"see which: {as_typed('doctor')}")
        self.tables = tables


class NoKey(JournalTrouble):
    """The journal is encrypted, and its key is not at hand."""


class WrongKey(NoKey):
    """What was said, or set, to be the key does not open the journal, or cannot be a key."""


class NotThisFormat(ConnectError):
    """A file that is not what it is said to be, or that is cut off: nothing of it is taken."""
