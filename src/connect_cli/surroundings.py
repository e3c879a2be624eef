"""The clock, the environment and the usual places: read here, and nowhere else."""

import os
import sys
from datetime import datetime
from pathlib import Path

from connect_cli.errors import JournalTrouble, SettingsWrong

APP = "connect"
JOURNAL = "CONNECT_JOURNAL"
NOW = "CONNECT_NOW"
KEY = "CONNECT_KEY"


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


def journal_path(named: Path | None = None) -> Path:
    """The journal's file: as named, as `CONNECT_JOURNAL` says, or in its usual place."""
    chosen = named or os.environ.get(JOURNAL)
    if chosen:
        try:
            return Path(chosen).expanduser()
        except RuntimeError as error:
            raise JournalTrouble(f"cannot use the journal {chosen}: nobody is called so") from error
    return _usual("XDG_DATA_HOME", ".local/share", "user_data_path") / "journal.db"


def key() -> str | None:
    """The key of an encrypted journal, if `CONNECT_KEY` holds one: nobody is asked for it."""
    return os.environ.get(KEY)


def settings_path() -> Path:
    """The settings' file, whether it is there or not."""
    return _usual("XDG_CONFIG_HOME", ".config", "user_config_path") / "config.toml"


def _usual(variable: str, below_home: str, elsewhere: str) -> Path:
    """Our directory for files of one sort.

    On Linux by the XDG rule itself: platformdirs, which knows it too, takes longer to import than
    all that a prompt does.
    """
    if sys.platform == "linux" and "ANDROID_DATA" not in os.environ:
        chosen = os.environ.get(variable, "").strip()
        return (Path(chosen) if chosen else Path("~", below_home).expanduser()) / APP
    import platformdirs

    found: Path = getattr(platformdirs, elsewhere)(APP, appauthor=False)
    return found
