"""List the settings in force, and change one key in the file while its comments stay."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connect_cli import files
from connect_cli.errors import SettingsWrong
from connect_cli.model import Cadence
from connect_cli.settings import (
    BACKUPS_MOST,
    ENERGY,
    INBOX_FOLDER,
    NO_CIRCLES,
    NONE,
    ON_THIS_DAY,
    REINVEST,
    SAVED,
    SYNC_FOLDER,
    WEEKDAYS,
    Origin,
    Setting,
    Settings,
    check_known,
    from_file,
    from_table,
    say_most,  # `connect config` alone loads this
    say_share,
    say_weekly,
    table_of,
)

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

CIRCLES = "circles."
DEFAULT = "capacity.default"
KEY_COMMAND = "key_command"
YES_OR_NO = {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}
TEMPLATE = """\
# Settings of connect. Every key is optional; 'connect config' shows what is in force.

# The hour, local time, at which a new day begins.
# day_starts_at = 4
# A command that prints the key of an encrypted journal, such as: pass show connect
# key_command = ""

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
# Whether today's list ends with a note of this day in an earlier year.
# on_this_day = true
# Whether it says that several conversations of the last days took energy.
# energy = true

# The cadence of each circle. You may name circles of your own.
[circles]
# inner = "1w"
# close = "1m"
# friends = "3m"
# wide = "1y"

[calendar]
# A calendar file whose meetings 'connect sweep' asks about.
# file = ""
# Your own email addresses, separated by commas.
# addresses = ""

[inbox]
# A folder of text files, one line a conversation, that 'connect inbox' takes in.
# folder = ""

[sync]
# The folder, or the Git repository, through which machines meet: see 'connect sync --setup'.
# folder = ""

[backups]
# How much room the copies beside the journal may take: a size such as "1 GB", or "none".
# most = "200 MB"

[balance]
# How much time machines usually save you: such as "3h a week" or "30m a day", or "none".
# saved = "none"
# The part of that time you want to spend with people: such as "50%", or "none".
# reinvest = "none"
"""


def listed(path: Path, kept: Mapping[str, Cadence] = NO_CIRCLES) -> list[Setting]:
    """Every setting in force. kept: the circles of the journal, which decides.

    Raises SettingsWrong as `from_file` does.
    """
    return _settings(from_file(path).with_circles(kept), table_of(path), kept)


def change(path: Path, key: str, text: str) -> tuple[str | int | None, Setting]:
    """Set one key in the file; returns its old value, if there was one, and the new setting.

    Comments and order stay. The file is created if need be, private to its owner, and replaced
    whole. Raises SettingsWrong, and writes nothing, if the result would be invalid.
    """
    import tomllib  # noqa: PLC0415  # as in `table_of`

    full = _full(key)
    held = table_of(path)
    text = _changed(_text(path) or TEMPLATE, full, _value(full, text))
    table = tomllib.loads(text)
    (after,) = (each for each in _settings(from_table(table), table) if each.key == full)
    _replace(path, text)
    return _before(held, full), after


def circle_in(key: str, text: str) -> tuple[str, Cadence | None] | None:
    """The circle that a typed key names, and its cadence; None for another key.

    The cadence is None for `none`: there should be no such circle. Raises SettingsWrong.
    """
    full = _full(key)
    if not full.startswith(CIRCLES):
        return None
    name, value = full.removeprefix(CIRCLES), str(_value(full, text))
    unset = value == NONE
    checked = from_table({"circles": {name: "1w" if unset else value}}).file_circles
    return name, None if unset else checked[name]


def remove_circle(path: Path, name: str) -> None:
    """Take a circle out of the file, if it names it; comments and order stay."""
    import tomlkit  # as in `_changed`

    document = tomlkit.parse(_text(path))
    held: Any = document.get("circles", {})
    for own in [each for each in held if each.casefold() == name]:
        del held[own]
        _replace(path, tomlkit.dumps(document))


def _text(path: Path) -> str:
    """The text of the file; empty if it does not exist."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _before(table: Mapping[str, Any], key: str) -> str | int | None:
    """The old value of a key; None for a new circle, or if the file was invalid before."""
    try:
        return _values(from_table(table), table).get(key)
    except SettingsWrong:
        return None


def _settings(
    settings: Settings, table: Mapping[str, Any], kept: Iterable[str] = ()
) -> list[Setting]:
    origins: dict[str, Origin] = dict.fromkeys(_said(table), "file")
    origins |= dict.fromkeys((f"{CIRCLES}{name}" for name in kept), "journal")
    return [
        Setting(key, value, origins.get(key) or origins.get(_behind(key), "default"))
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
        ON_THIS_DAY: settings.on_this_day,
        ENERGY: settings.energy,
        **{f"{CIRCLES}{name}": str(cadence) for name, cadence in settings.circles.items()},
        "calendar.file": settings.calendar_file,
        "calendar.addresses": settings.own_addresses,
        INBOX_FOLDER: settings.inbox_folder,
        SYNC_FOLDER: settings.sync_folder,
        KEY_COMMAND: settings.key_command,
        BACKUPS_MOST: say_most(settings.backups_most),
        SAVED: say_weekly(settings.saved_weekly),
        REINVEST: say_share(settings.reinvest),
    }


def _default_capacity(table: Mapping[str, Any]) -> int:
    capacity = table.get("capacity", {})
    if isinstance(capacity, int):
        return capacity
    return int(capacity.get("default", Settings().capacity[0]))


def _said(table: Mapping[str, Any]) -> list[str]:
    """The full key of every setting in the file; a single capacity is `capacity.default`."""
    said = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            said += [f"{key}.{name.casefold()}" for name in value]
        else:
            said.append(DEFAULT if key == "capacity" else key)
    return said


def _behind(key: str) -> str:
    """The key that a weekday without its own capacity falls back to."""
    return DEFAULT if key.startswith("capacity.") else key


def _full(key: str) -> str:
    """The full form of a typed key. Raises SettingsWrong that names the nearest one."""
    folded = key.strip().casefold()
    if folded == "capacity":
        return DEFAULT
    if folded.startswith(CIRCLES) and folded != CIRCLES:
        return folded
    check_known({folded: None}, ("capacity", *_values(Settings(), {})))
    return folded


def _value(key: str, text: str) -> str | int:
    """A typed value as TOML stores it."""
    typed = text.strip()
    if key in (KEY_COMMAND, BACKUPS_MOST, INBOX_FOLDER, SYNC_FOLDER) or key.startswith("calendar."):
        return typed
    if key in (ON_THIS_DAY, ENERGY):
        return YES_OR_NO.get(typed.casefold(), typed)
    number = re.fullmatch(r"[0-9]{1,9}", typed) and not key.startswith(CIRCLES)
    return int(typed) if number else typed.casefold()


def _changed(text: str, key: str, value: str | int) -> str:
    """The text with a key set: in place, in place of its comment, or in its section."""
    import tomlkit  # only a change of settings needs it

    section, name = key.split(".", 1) if "." in key else ("", key)
    document = tomlkit.parse(text)
    held: Any = document.get(section) if section else document
    if isinstance(held, (int, tomlkit.items.InlineTable)):
        return _on_one_line(document, section, name, value)
    own = next((each for each in held or () if each.casefold() == name), None)
    if own is None:
        line = f"{tomlkit.key(name).as_string()} = {tomlkit.item(value).as_string()}"
        if (placed := _placed(text.splitlines(keepends=True), section, name, line)) is not None:
            return placed
    if held is None:
        document[section] = held = tomlkit.table()
    held[own or name] = value
    return tomlkit.dumps(document)


def _on_one_line(document: "TOMLDocument", section: str, name: str, value: str | int) -> str:
    """The text with a key set in a section on one line, `capacity = 3` or `{default = 3}`."""
    import tomlkit  # only a change needs it

    held: Any = document[section]
    number = isinstance(held, int)
    values = {"default": held.unwrap()} if number else held.unwrap()
    table = tomlkit.inline_table()
    table.update({**values, name: value})
    table.trivia.comment_ws, table.trivia.comment = held.trivia.comment_ws, held.trivia.comment
    document[section] = value if number and name == "default" else table
    return tomlkit.dumps(document)


def _placed(lines: list[str], section: str, name: str, line: str) -> str | None:
    """The text with a line put in place of the key's commented default, or below its heading."""
    within, heading = "", -1 if section else 0
    commented = re.compile(rf"#\s*{re.escape(name)}\s*=[^#]*?(?P<after>\s*#.*)?\n?")
    for number, each in enumerate(lines):
        if found := re.match(r"\[([^\[\]]+)\]", each.strip()):
            within = found[1].strip()
            heading = number + 1 if within == section else heading
        elif within == section and (shown := commented.fullmatch(each)):
            return "".join(
                [*lines[:number], f"{line}{shown['after'] or ''}\n", *lines[number + 1 :]]
            )
    if heading < 0:
        return None
    return "".join([*lines[:heading], f"{line}\n", *lines[heading:]])


def _replace(path: Path, text: str) -> None:
    """Replace the file atomically. A link to a file elsewhere stays a link."""
    target = path.resolve()
    with files.reporting("write", f"the settings in {path}"):
        files.make_folder(target.parent)
        files.clear_unfinished(target.parent, target.name)
        files.write(target, [text.encode("utf-8")], target.stat() if target.exists() else None)
