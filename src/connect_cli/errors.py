"""The errors a user sees, each with message, hint and exit code; and commands shown in hints."""

from collections.abc import Sequence
from contextvars import ContextVar
from enum import IntEnum

PLAIN = frozenset("_-./+,:@=")
"""Characters besides letters and digits that no shell treats specially within a word."""


def shell_word(text: str) -> str:
    r"""A word quoted for bash, zsh and fish alike: `O'Brien` becomes `'O'\''Brien'`.

    A backslash is put outside the quotes too, because inside them only fish treats it specially.
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
    """From now on let `as_typed` add `--journal PATH`; None: the usual journal, without it."""
    _journal.set(path)


def as_typed(verb: str, *words: str, options: Sequence[str] = ()) -> str:
    """A command as the user can type it, with the user's own words quoted for the shell.

    It names the journal of this run if that is not the usual one. Words come before the options,
    unless a word begins with a dash.
    """
    dashed = any(word.startswith("-") for word in words)
    given = (*options, "--", *words) if dashed else (*words, *options)
    path = _journal.get()
    named = () if path is None else ("--journal", shell_word(path))
    return " ".join(("connect", *named, verb, *map(shell_word, given)))


FIRST_LINE = "Coffee with Ada: she moves to Boston"
"""A conversation that anybody may log first."""


def first_command() -> str:
    """A command that works in an empty journal."""
    return f"{as_typed('log')} 'coffee with NAME' --new"


def first_steps() -> tuple[str, ...]:
    """What there is to do where nobody is in the journal yet: a sentence, then three commands."""
    return (
        "Nobody is in your journal yet. To begin:",
        "  try the demo: connect demo",
        f"  import contacts: {as_typed('import', 'contacts.vcf')}",
        f"  log a conversation: {as_typed('log', FIRST_LINE, options=('--new',))}",
    )


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
    """An error that the user can understand and do something about.

    message: one sentence that says what was wrong, in the user's words.
    hint: what to do next, if there is anything. steps: lines below the hint.
    """

    exit_code = ExitCode.COULD_NOT
    steps: Sequence[str] = ()

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def in_an_empty_journal(error: ConnectError) -> ConnectError:
    """The error, with the first steps as its hint."""
    first, *error.steps = first_steps()
    error.hint = f"{first[:1].lower()}{first[1:]}"
    return error


class NotUnderstood(ConnectError):
    """Words that make no sense where they were typed: a day, a duration, a cadence, an option."""

    exit_code = ExitCode.USAGE


class NoSuchPerson(ConnectError):
    """A name that fits nobody. near: similar names, best first."""

    exit_code = ExitCode.NO_SUCH_PERSON

    def __init__(self, typed: str, near: tuple[str, ...] = (), hint: str | None = None) -> None:
        if hint is None and near:
            hint = f"did you mean {' or '.join(near)}?"
        super().__init__(f"nobody here is called '{typed}'", hint)
        self.typed = typed
        self.near = near


class SeveralPeople(ConnectError):
    """A name that fits several people. candidates: their names."""

    exit_code = ExitCode.NO_SUCH_PERSON

    def __init__(self, typed: str, candidates: tuple[str, ...]) -> None:
        listed = ", ".join(candidates[:8]) + (", …" if len(candidates) > 8 else "")
        hint = "write more of the name, or an alias"
        if len({name.casefold() for name in candidates}) < len(candidates):
            hint += f"; if somebody is there twice: {as_typed('merge')}"
        super().__init__(f"'{typed}' could be any of: {listed}", hint)
        self.typed = typed
        self.candidates = candidates


class NoInbox(ConnectError):
    """The folder of the inbox is not there, or cannot be read."""


class LinesWait(ConnectError):
    """Lines of the inbox that need an answer, where nobody can be asked."""

    exit_code = ExitCode.NO_SUCH_PERSON


class CarrierFailed(ConnectError):
    """The program that carries the sync folder could not do it: no network, no permission."""


class NoSuchThing(ConnectError):
    """An interaction, promise or detail that does not exist, or an id that fits several."""


class AlreadyThere(ConnectError):
    """A person, alias or file that already exists."""

    exit_code = ExitCode.ALREADY_THERE


class NotConfirmed(ConnectError):
    """A destructive verb that was not confirmed."""


class Left(ConnectError):
    """Somebody left a question, so that the command did nothing."""

    def __init__(self) -> None:
        super().__init__("nothing was changed")


class SettingsWrong(ConnectError):
    """An invalid value in config.toml or in an environment variable."""

    exit_code = ExitCode.USAGE


class NeedsExtra(ConnectError):
    """Something that needs an extra which is not installed.

    needed: the beginning of the message, such as `encryption with age needs`.
    """

    def __init__(self, needed: str, extra: str) -> None:
        super().__init__(f"{needed} the extra '{extra}'", f"pip install 'connect-cli[{extra}]'")


class JournalTrouble(ConnectError):
    """A problem with the journal's file: unreadable, newer, locked, or the disk is full."""

    exit_code = ExitCode.JOURNAL


class NotWiped(JournalTrouble):
    """A person is forgotten, but some of their data may stay beside the journal for a while."""


class JournalDamaged(JournalTrouble):
    """The file can no longer be read as a journal; a copy can be restored."""


class DamageMet(JournalDamaged):
    """Damage that a command met; before it is shown, the damaged value is searched for.

    tables: the tables that were being read; empty if that is not known.
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
    """The journal is encrypted, and there is no key."""


class WrongKey(NoKey):
    """The given key does not open the journal, or cannot be a key."""


class NotThisFormat(ConnectError):
    """A file that is not in the expected format, or is cut off; nothing of it is imported."""
