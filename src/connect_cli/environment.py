"""The clock, the environment and the usual places: read here, and nowhere else.

A prompt reads it too, so that names are put together without pathlib.
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
KEY = "CONNECT_KEY"
NEW_KEY = "CONNECT_NEW_KEY"
COPY_KEY = "CONNECT_COPY_KEY"
PASSPHRASE = "CONNECT_PASSPHRASE"  # noqa: S105  # the name of a variable
_SECRETS = (KEY, NEW_KEY, COPY_KEY, PASSPHRASE)


def now() -> datetime:
    """The moment, with its zone; `CONNECT_NOW` sets another. Raises SettingsWrong."""
    text = os.environ.get(NOW)
    if not text:
        return datetime.now().astimezone()  # noqa: TID251  # the clock is read here
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError) as error:
        raise SettingsWrong(
            f"{NOW} holds '{text}', which is not a moment", "write it like 2026-01-05T08:00"
        ) from error


def journal_path(named: "Path | None" = None) -> "Path":
    """The journal's file: as named, as `CONNECT_JOURNAL` says, or in its usual place.

    Raises JournalTrouble when that is in the home of somebody who is not there.
    """
    from pathlib import Path  # noqa: PLC0415  # a prompt has no use for it

    return Path(journal_name(None if named is None else str(named)))


def journal_name(named: str | None = None) -> str:
    """The same as text."""
    chosen = named or os.environ.get(JOURNAL)
    if not chosen:
        return _usual("XDG_DATA_HOME", ".local/share", "user_data_path", "journal.db")
    return _at_home(chosen)


def key() -> str | None:
    """The key of an encrypted journal, if `CONNECT_KEY` holds one: nobody is asked for it."""
    return os.environ.get(KEY) or None


def for_others() -> dict[str, str]:
    """The environment for a program of somebody else's, without what opens the journal."""
    return {name: value for name, value in os.environ.items() if name not in _SECRETS}


def settings_path() -> "Path":
    """The settings' file, whether it is there or not."""
    from pathlib import Path  # noqa: PLC0415  # as above

    return Path(settings_name())


def settings_name() -> str:
    """The same as text."""
    return _usual("XDG_CONFIG_HOME", ".config", "user_config_path", "config.toml")


def _usual(variable: str, below_home: str, elsewhere: str, file: str) -> str:
    """The place of one of our files.

    On Linux by the XDG rule itself: platformdirs, which knows it too, takes longer to import than
    all that a prompt does.
    """
    if sys.platform == "linux" and "ANDROID_DATA" not in os.environ:
        chosen = os.environ.get(variable, "").strip()
        return os.path.join(chosen or _at_home(f"~/{below_home}"), APP, file)  # noqa: PTH118  # see above
    import platformdirs  # only where no place is named

    return str(getattr(platformdirs, elsewhere)(APP, appauthor=False) / file)


def _at_home(name: str) -> str:
    """A name whose `~` is somebody's home."""
    if (found := os.path.expanduser(name)).startswith("~"):  # noqa: PTH111  # see above
        raise JournalTrouble(f"cannot use the journal {name}: nobody is called so")
    return found
