"""The clock, the environment variables and the usual paths; nothing else reads them.

A prompt loads this file, so paths are joined as text, without pathlib.
"""

import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING

from connect_cli.errors import JournalTrouble, SettingsWrong

if TYPE_CHECKING:
    from pathlib import Path

APP = "connect"
JOURNAL = "CONNECT_JOURNAL"
NOW = "CONNECT_NOW"
DISCREET = "CONNECT_DISCREET"
TAB = "_CONNECT_COMPLETE"
KEY = "CONNECT_KEY"
NEW_KEY = "CONNECT_NEW_KEY"
COPY_KEY = "CONNECT_COPY_KEY"
MACHINE = "CONNECT_MACHINE"
PASSPHRASE = "CONNECT_PASSPHRASE"  # noqa: S105  # the name of a variable
_WITHOUT_LINKS = ("linux", "vt", "ansi", "cons", "eterm", "sun")
"""Beginnings of the names of terminals that would show a link (OSC 8) as letters."""
NAME_LETTERS = 40
"""Letters of a machine's name, at most."""
_SECRETS = (KEY, NEW_KEY, COPY_KEY, PASSPHRASE)


def now() -> datetime:
    """The present moment with its zone, or `CONNECT_NOW`. Raises SettingsWrong."""
    text = os.environ.get(NOW)
    if not text:
        return datetime.now().astimezone()  # noqa: TID251  # the clock is read here
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError) as error:
        raise SettingsWrong(
            f"{NOW} holds '{text}', which is not a moment", "write it like 2026-01-05T08:00"
        ) from error


def journal_path(named: "Path | None") -> "Path":
    """The journal's file: as named, from `CONNECT_JOURNAL`, or the usual path.

    Raises JournalTrouble when the path begins with the home of an unknown user.
    """
    from pathlib import Path  # noqa: PLC0415  # a prompt has no use for it

    return Path(journal_name(None if named is None else str(named)))


def journal_name(named: str | None) -> str:
    """The path of the journal's file as text."""
    chosen = named or os.environ.get(JOURNAL)
    if not chosen:
        return _usual("XDG_DATA_HOME", ".local/share", "user_data_path", "journal.db")
    return _at_home(chosen)


def key() -> str | None:
    """The key in `CONNECT_KEY`, if there is one."""
    return os.environ.get(KEY) or None


def secrets() -> dict[str, str]:
    """The keys and passphrases that are given, by the name of their variable."""
    return {name: os.environ[name] for name in _SECRETS if name in os.environ}


def machine_name() -> str:
    """How this machine is called among those that keep a journal."""
    called = (os.environ.get(MACHINE, ""), os.uname().nodename)
    return next(filter(None, map(as_machine_name, called)), "machine")


def as_machine_name(text: str) -> str:
    """A name on one line that fits into a sentence; empty if there is none."""
    from connect_cli.control_characters import shown  # noqa: PLC0415  # only `sync` needs it

    return " ".join(shown(text).split())[:NAME_LETTERS].strip()


def discreet() -> bool:
    """Whether `CONNECT_DISCREET` hides what is private."""
    return os.environ.get(DISCREET, "") not in ("", "0")


def completing_shell() -> str:
    """The shell that asks what Tab may complete; empty for an ordinary command."""
    return os.environ.get(TAB, "")


def editor() -> str:
    """The person's own editor, or empty."""
    return os.environ.get("VISUAL") or os.environ.get("EDITOR", "")


def pager() -> str:
    """The person's own pager, or empty."""
    return os.environ.get("PAGER", "").strip()


def knows_links() -> bool:
    """Whether the terminal makes a link of OSC 8, or at least passes over it."""
    return not os.environ.get("TERM", "").startswith(_WITHOUT_LINKS)


def for_others() -> dict[str, str]:
    """The environment for other programs: without keys and passphrases."""
    return {name: value for name, value in os.environ.items() if name not in _SECRETS}


def settings_path() -> "Path":
    """The settings file, whether or not it exists."""
    from pathlib import Path  # noqa: PLC0415  # a prompt does without it

    return Path(settings_name())


def settings_name() -> str:
    """The path of the settings file as text."""
    return _usual("XDG_CONFIG_HOME", ".config", "user_config_path", "config.toml")


def _usual(variable: str, below_home: str, elsewhere: str, file: str) -> str:
    """The usual path of the journal or of the settings.

    On Linux this follows the XDG rule itself, because importing platformdirs takes longer than all
    of a prompt.
    """
    if sys.platform == "linux" and "ANDROID_DATA" not in os.environ:
        chosen = os.environ.get(variable, "").strip()
        return os.path.join(chosen or _at_home(f"~/{below_home}"), APP, file)  # noqa: PTH118  # see above
    import platformdirs  # only where no path is given

    return str(getattr(platformdirs, elsewhere)(APP, appauthor=False) / file)


def _at_home(name: str) -> str:
    """A path with `~` or `~user` replaced by that user's home. Raises JournalTrouble."""
    if (found := os.path.expanduser(name)).startswith("~"):  # noqa: PTH111  # see above
        raise JournalTrouble(f"cannot use the journal {name}: there is no such user")
    return found
