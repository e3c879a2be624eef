"""The settings file: what is set in it, and changing one key while its comments stay."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from connect_cli.errors import SettingsWrong
from connect_cli.settings import WEEKDAYS, Settings, from_table, known_keys, table_of

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

CIRCLES = "circles."
DEFAULT = "capacity.default"
TEMPLATE = """\
# Settings of connect. Every key is optional; 'connect config' shows what is in force.

# The hour, local time, at which a new day begins.
# day_starts_at = 4

# How many people a day there is room for; 0 is a rest day.
[capacity]
# default = 3
# sat = 0

[today]
# How many days before a birthday it is shown.
# lead_days = 3
# The weekday whose last place goes to somebody dormant, or never.
# reconnect = "fri"
# Where a birthday on 29 February falls in other years: "28 feb" or "1 mar".
# leap_birthdays = "28 feb"

# The cadence of each circle. You may name circles of your own.
[circles]
# inner = "1w"
# close = "1m"
# friends = "3m"
# wide = "1y"
"""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its key as `connect config set` takes it, its value, and where that is from."""

    key: str
    value: str | int
    origin: Literal["default", "file"]


def listed(path: Path) -> list[Setting]:
    """Every setting as it is in force. Raises SettingsWrong as `from_file` does."""
    return _listed(table_of(path))


def change(path: Path, key: str, text: str) -> tuple[str | int | None, Setting]:
    """Set one key in the file; returns the value it had, if it had one, and what it is now.

    Comments and order stay. The file is made if need be, private to its owner, and replaced whole.
    Raises SettingsWrong, and writes nothing, unless all of it is understood afterwards.
    """
    import tomlkit  # only changing a setting pays for it

    full = _full(key)
    document = tomlkit.parse(_text(path) or TEMPLATE)
    before = {each.key: each.value for each in _listed(document.unwrap(), lenient=True)}
    _set(document, full, _value(full, text))
    after = {each.key: each for each in _listed(document.unwrap())}
    _replace(path, tomlkit.dumps(document))
    return before.get(full), after[full]


def _text(path: Path) -> str:
    """The file as it is. Raises SettingsWrong when it cannot be read, or is not TOML."""
    table_of(path)
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _listed(table: Mapping[str, Any], *, lenient: bool = False) -> list[Setting]:
    """The settings of a parsed file. lenient: one that is wrong sets nothing."""
    try:
        settings = from_table(table)
    except SettingsWrong:
        if not lenient:
            raise
        settings, table = Settings(), {}
    said = set(_said(table))
    return [
        Setting(key, value, "file" if said & {key, _behind(key)} else "default")
        for key, value in _values(settings, table).items()
    ]


def _values(settings: Settings, table: Mapping[str, Any]) -> dict[str, str | int]:
    reconnect = settings.reconnect_weekday
    return {
        DEFAULT: _default_capacity(table),
        **{f"capacity.{day}": n for day, n in zip(WEEKDAYS, settings.capacity, strict=True)},
        "day_starts_at": settings.day_starts_at,
        "today.lead_days": settings.occasion_lead_days,
        "today.reconnect": "never" if reconnect is None else WEEKDAYS[reconnect],
        "today.leap_birthdays": settings.leap_birthdays,
        **{f"{CIRCLES}{name}": str(cadence) for name, cadence in settings.circles.items()},
    }


def _default_capacity(table: Mapping[str, Any]) -> int:
    capacity = table.get("capacity", {})
    if isinstance(capacity, int):
        return capacity
    return int(capacity.get("default", Settings().capacity[0]))


def _said(table: Mapping[str, Any]) -> list[str]:
    """The full key of everything that a file sets; one number for every weekday is the default."""
    return [
        f"{_full(key)}.{name.casefold()}" if name else _full(key)
        for key, value in table.items()
        for name in (value if isinstance(value, Mapping) else [""])
    ]


def _behind(key: str) -> str:
    """What a weekday without a capacity of its own falls back to."""
    return DEFAULT if key.startswith("capacity.") else key


def _full(key: str) -> str:
    """The key as it is listed. Raises SettingsWrong naming the nearest one."""
    folded = key.strip().casefold()
    if folded == "capacity":
        return DEFAULT
    if folded.startswith(CIRCLES) and folded != CIRCLES:
        return folded
    known_keys({folded: None}, _values(Settings(), {}), "")
    return folded


def _value(key: str, text: str) -> str | int:
    """What was typed, as TOML holds it."""
    typed = text.strip()
    number = re.fullmatch(r"[0-9]{1,9}", typed) and not key.startswith(CIRCLES)
    return int(typed) if number else typed.casefold()


def _set(document: "TOMLDocument", key: str, value: str | int) -> None:
    import tomlkit

    section, _, name = key.partition(".")
    if not name:
        document[key] = value
        return
    held: Any = document.get(section)
    if isinstance(held, int):
        if key == DEFAULT:
            document[section] = value
            return
        default, held = held, tomlkit.inline_table()
        held["default"] = default
        document[section] = held
        held = document[section]
    elif held is None:
        document[section] = tomlkit.table()
        held = document[section]
    held[next((own for own in held if own.casefold() == name), name)] = value


def _replace(path: Path, text: str) -> None:
    """Put a new file in the place of the old one: it is there whole, or as it was.

    A link, as those have who keep such files elsewhere, goes on leading to the file.
    """
    target = path.resolve()
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o600
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = target.with_name(f".{target.name}.{secrets.token_hex(6)}.new")
        try:
            with os.fdopen(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as file:
                file.write(text.encode("utf-8"))
                os.fsync(file.fileno())
            new.replace(target)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsWrong(f"cannot write the settings in {path}: {error.strerror}") from error
