"""The settings of config.toml as one value; every key is optional."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from connect_cli.errors import NotUnderstood, SettingsWrong, as_typed
from connect_cli.model import WEEKDAY_NAMES, Cadence

if TYPE_CHECKING:
    from pathlib import Path


SECTIONS = (
    *("capacity", "day_starts_at", "today", "circles", "calendar", "inbox", "key_command"),
    *("backups", "balance", "sync"),
)
WEEKDAYS = tuple(name[:3] for name in WEEKDAY_NAMES)
PRESET_CIRCLES: Mapping[str, Cadence] = MappingProxyType(
    {
        "inner": Cadence(1, "w"),
        "close": Cadence(1, "m"),
        "friends": Cadence(3, "m"),
        "wide": Cadence(1, "y"),
    }
)
NO_CIRCLES: Mapping[str, Cadence] = MappingProxyType({})
CAPACITY = 3
LARGEST_CAPACITY = 50
BACKUPS_MOST = "backups.most"
INBOX_FOLDER = "inbox.folder"
SYNC_FOLDER = "sync.folder"
SAVED = "balance.saved"
REINVEST = "balance.reinvest"
WEEK_MINUTES = 7 * 24 * 60
ON_THIS_DAY = "today.on_this_day"
ENERGY = "today.energy"

_UNITS = (("GB", 10**9), ("MB", 10**6), ("kB", 10**3))

NONE = "none"


class Settings(NamedTuple):
    """Every setting.

    capacity: how many people a day you have room for, Monday first; 0 is a rest day.
    day_starts_at: the hour, local time, at which a new day begins.
    occasion_lead_days: how many days before an occasion it is shown.
    reconnect_weekday: the weekday (0 is Monday) from which the week's last place goes to a dormant
    person, or None.
    leap_birthdays: where 29 February falls in other years.
    on_this_day: whether today's list ends with a note of this day in an earlier year.
    energy: whether today's list says that several conversations of the last days took energy.
    circles: the cadence of each circle in force, by name; the journal's are in it only if it was
    read (store/circles.py). file_circles: those that config.toml names.
    calendar_file: a calendar whose meetings `connect sweep` asks about, or empty.
    own_addresses: your email addresses, separated by commas; no other person has them.
    inbox_folder: a folder of text files that `connect inbox` takes in, or empty.
    sync_folder: the folder, or the Git repository, through which machines meet, or empty.
    key_command: a command that prints the key of an encrypted journal, or empty.
    backups_most: the bytes that the copies beside the journal may take; None for no limit.
    saved_weekly: the minutes a week that machines usually save you; 0 for no estimate.
    reinvest: the part of the time given back that is meant for people, in percent, or None.
    """

    capacity: tuple[int, ...] = (CAPACITY,) * 7
    day_starts_at: int = 4
    occasion_lead_days: int = 3
    reconnect_weekday: int | None = 4
    leap_birthdays: Literal["28 feb", "1 mar"] = "28 feb"
    on_this_day: bool = True
    energy: bool = True
    circles: Mapping[str, Cadence] = PRESET_CIRCLES
    file_circles: Mapping[str, Cadence] = NO_CIRCLES
    calendar_file: str = ""
    own_addresses: str = ""
    inbox_folder: str = ""
    sync_folder: str = ""
    key_command: str = ""
    backups_most: int | None = 200_000_000
    saved_weekly: int = 0
    reinvest: int | None = None

    @property
    def mean_capacity(self) -> float:
        """k: the capacity of a mean day."""
        return sum(self.capacity) / len(self.capacity)

    @property
    def usual_capacity(self) -> int:
        """The capacity of a mean day, rounded up."""
        return -(-sum(self.capacity) // len(self.capacity))

    def circle(self, text: str) -> str:
        """A circle by its name. Raises NotUnderstood, naming those that there are."""
        name = text.strip().casefold()
        if name not in self.circles:
            raise NotUnderstood(
                f"there is no circle '{text}'",
                f"the circles are {', '.join(self.circles)}; to name another:"
                f" {as_typed('config', 'set', 'circles.choir', '2w')}",
            )
        return name

    def with_circles(self, kept: Mapping[str, Cadence]) -> "Settings":
        """These settings with the circles that the journal keeps, which decide."""
        if not kept:
            return self
        return self._replace(circles=MappingProxyType({**self.circles, **kept}))

    def unused_circles(self, kept: Mapping[str, Cadence]) -> dict[str, Cadence]:
        """The circles of config.toml whose cadence is another in the journal, which decides."""
        named = self.file_circles.items()
        return {name: own for name, own in named if kept.get(name, own) != own}


def from_file(path: "Path | str") -> Settings:
    """Read the settings file; without one, every setting has its default.

    Raises SettingsWrong with the file and the key for anything that is not understood.
    """
    table = table_of(path)
    try:
        return from_table(table)
    except SettingsWrong as error:
        raise SettingsWrong(f"{path}: {error.message}", error.hint) from error


def table_of(path: "Path | str") -> Mapping[str, Any]:
    """The settings file, parsed; an empty table without one. Raises SettingsWrong."""
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123  # a prompt has only its name
            text = file.read()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsWrong(f"cannot read the settings in {path}: {error}") from error
    import tomllib  # noqa: PLC0415  # only a person with a settings file pays for the parser

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsWrong(f"{path} is not valid TOML: {error}") from error


def from_table(table: Mapping[str, Any]) -> Settings:
    """Read settings from the parsed TOML table. Raises SettingsWrong naming the key."""
    _refuse_control(table)
    check_known(table, SECTIONS)
    settings = Settings()
    if "capacity" in table:
        settings = settings._replace(capacity=_capacity(table["capacity"]))
    if "day_starts_at" in table:
        hour = _whole(table["day_starts_at"], "day_starts_at", 0, 12)
        settings = settings._replace(day_starts_at=hour)
    if "today" in table:
        settings = _today(settings, _section(table["today"], "today"))
    if "circles" in table:
        circles = _section(table["circles"], "circles")
        own = {name.casefold(): _cadence(name, text) for name, text in circles.items()}
        circles_in_force = MappingProxyType({**PRESET_CIRCLES, **own})
        settings = settings._replace(circles=circles_in_force, file_circles=MappingProxyType(own))
    if "calendar" in table:
        settings = _calendar(settings, _section(table["calendar"], "calendar"))
    settings = settings._replace(
        inbox_folder=_folder(table, "inbox"), sync_folder=_folder(table, "sync")
    )
    if "key_command" in table:
        settings = settings._replace(key_command=_text(table["key_command"], "key_command"))
    if "backups" in table:
        settings = settings._replace(backups_most=_most(_section(table["backups"], "backups")))
    if "balance" in table:
        settings = _balance(settings, _section(table["balance"], "balance"))
    return settings


def _folder(table: Mapping[str, Any], name: str) -> str:
    """The folder of a section that has nothing else; none if it says so."""
    section = _section(table.get(name, {}), name)
    check_known(section, ("folder",), f"{name}.")
    folder = _text(section.get("folder", ""), f"{name}.folder")
    return "" if folder.casefold() == NONE else folder


def _balance(settings: Settings, table: Mapping[str, Any]) -> Settings:
    check_known(table, ("saved", "reinvest"), "balance.")
    return settings._replace(
        saved_weekly=read_weekly(table.get("saved", NONE), SAVED),
        reinvest=_share(table.get("reinvest", NONE), REINVEST),
    )


def _most(table: Mapping[str, Any]) -> int | None:
    check_known(table, ("most",), "backups.")
    return read_most(table["most"], BACKUPS_MOST) if "most" in table else Settings().backups_most


def _calendar(settings: Settings, table: Mapping[str, Any]) -> Settings:
    check_known(table, ("file", "addresses"), "calendar.")
    file = _text(table.get("file", ""), "calendar.file")
    addresses = _text(table.get("addresses", ""), "calendar.addresses")
    return settings._replace(calendar_file=file, own_addresses=addresses)


def _capacity(value: Any) -> tuple[int, ...]:
    if isinstance(value, int):
        return (_whole(value, "capacity", 0, LARGEST_CAPACITY),) * 7
    table = _section(value, "capacity")
    check_known(table, ("default", *WEEKDAYS), "capacity.")
    default = _whole(table.get("default", CAPACITY), "capacity.default", 0, LARGEST_CAPACITY)
    return tuple(
        _whole(table.get(day, default), f"capacity.{day}", 0, LARGEST_CAPACITY) for day in WEEKDAYS
    )


def _today(settings: Settings, table: Mapping[str, Any]) -> Settings:
    known = ("lead_days", "reconnect", "leap_birthdays", "on_this_day", "energy")
    check_known(table, known, "today.")
    lead = _whole(table.get("lead_days", settings.occasion_lead_days), "today.lead_days", 0, 60)
    reconnect = _one_of(table.get("reconnect", "fri"), "today.reconnect", (*WEEKDAYS, "never"))
    leap = _one_of(
        table.get("leap_birthdays", "28 feb"), "today.leap_birthdays", ("28 feb", "1 mar")
    )
    return settings._replace(
        occasion_lead_days=lead,
        reconnect_weekday=None if reconnect == "never" else WEEKDAYS.index(reconnect),
        leap_birthdays="1 mar" if leap == "1 mar" else "28 feb",
        on_this_day=_yes_or_no(table.get("on_this_day", True), ON_THIS_DAY),
        energy=_yes_or_no(table.get("energy", True), ENERGY),
    )


def _cadence(name: str, text: Any) -> Cadence:
    try:
        return Cadence.parse(str(text))
    except NotUnderstood as error:
        raise SettingsWrong(f"circles.{name}: {error.message}", error.hint) from error


def check_known(table: Mapping[str, Any], keys: Iterable[str], prefix: str = "") -> None:
    """Raise SettingsWrong for an unknown key of the table; the hint names the nearest key."""
    allowed = list(keys)
    for key in table:
        if key not in allowed:
            import difflib  # noqa: PLC0415  # only a mistake needs it

            near = difflib.get_close_matches(key, allowed, 1, 0.0)
            hint = f"did you mean {prefix}{near[0]}?" if near else None
            raise SettingsWrong(f"there is no setting '{prefix}{key}'", hint)


def _refuse_control(table: Mapping[str, Any], prefix: str = "") -> None:
    """Raise SettingsWrong for a key or a text with a control character."""
    for key, value in table.items():
        for text, where in ((key, "name"), (value, "text")):
            if isinstance(text, str) and not text.isprintable():
                _refuse_odd(text, f"the {where} of the setting {prefix}{key}")
        if isinstance(value, Mapping):
            _refuse_control(value, f"{prefix}{key}.")


def _refuse_odd(text: str, what: str) -> None:
    from connect_cli.control_characters import first_control  # noqa: PLC0415  # text is seldom odd

    if control := first_control(text):
        raise SettingsWrong(f"{what} holds the control character {control}", "leave that out")


def _section(value: Any, key: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise SettingsWrong(f"'{key}' should be a table", f"write [{key}] and its keys below")
    return value


def _whole(value: Any, key: str, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise SettingsWrong(f"{key} should be a whole number from {least} to {most}")
    return value


def _yes_or_no(value: Any, key: str) -> bool:
    if not isinstance(value, bool):
        raise SettingsWrong(f"{key} should be true or false")
    return value


def _text(value: Any, key: str) -> str:
    if not isinstance(value, str):
        raise SettingsWrong(f"{key} should be a text")
    return value


def _one_of(value: Any, key: str, allowed: Iterable[str]) -> str:
    words = list(allowed)
    if value not in words:
        raise SettingsWrong(f"{key} should be one of: {', '.join(words)}")
    return str(value)


def read_most(value: object, key: str) -> int | None:
    """Read a size limit in bytes; None for `none`. Raises SettingsWrong."""
    text = value.strip().casefold() if isinstance(value, str) else ""
    if text == NONE:
        return None
    if found := re.fullmatch(r"([1-9][0-9]{0,5}) ?([mg]b)", text):
        return int(found[1]) * (10**9 if found[2] == "gb" else 10**6)
    raise SettingsWrong(f"{key} should be a size such as '200 MB' or '1 GB', or none")


def say_most(most: int | None) -> str:
    """A size limit in the exact form that `read_most` reads."""
    if most is None:
        return NONE
    return f"{most // 10**9} GB" if most % 10**9 == 0 else f"{most // 10**6} MB"


def read_weekly(value: object, key: str) -> int:
    """Read a standing estimate, `3h a week` or `30m a day`, as minutes a week; 0 for none.

    A day is each of the seven. Raises SettingsWrong.
    """
    text = value.strip().casefold() if isinstance(value, str) else "?"
    if text in ("", NONE):
        return 0
    found = re.fullmatch(_WEEKLY, text)
    minutes = 0
    if found:
        minutes = 60 * int(found["hours"] or 0) + int(found["minutes"] or 0)
        minutes *= 7 if found["unit"] == "day" else 1
    if not 1 <= minutes <= WEEK_MINUTES:
        raise SettingsWrong(f"{key} should be a time such as '3h a week' or '30m a day', or none")
    return minutes


_WEEKLY = (
    r"(?=[0-9])(?:(?P<hours>[0-9]{1,3}) ?(?:h|hours?))? ?"
    r"(?:(?P<minutes>[0-9]{1,5})(?: ?(?:m|min|minutes?)|(?<=h[0-9]{2})))?"
    r" ?(?:a|per|/) ?(?P<unit>week|day)"
)


def say_weekly(minutes: int) -> str:
    """A standing estimate in a form that `read_weekly` reads."""
    hours, rest = divmod(minutes, 60)
    said = " ".join([f"{hours}h"] * (hours > 0) + [f"{rest}m"] * (rest > 0))
    return f"{said} a week" if said else NONE


def _share(value: object, key: str) -> int | None:
    text = value.strip().casefold() if isinstance(value, str) else str(value)
    if text in ("", NONE):
        return None
    found = re.fullmatch(r"([1-9][0-9]?|100) ?%?", text)
    if found is None:
        raise SettingsWrong(f"{key} should be a part such as 50%, from 1% to 100%, or none")
    return int(found[1])


def say_share(share: int | None) -> str:
    """A part as it is read."""
    return NONE if share is None else f"{share}%"


def say_size(size: int) -> str:
    """A number of bytes, rounded for reading."""
    for unit, each in _UNITS:
        if size >= each - each // 2000:  # including sizes that round up to the unit
            amount = f"{size / each:.0f}" if size >= 9.95 * each else f"{size / each:.1f}"
            return f"{amount.removesuffix('.0')} {unit}"
    return "1 byte" if size == 1 else f"{size} bytes"


Origin = Literal["default", "file", "journal"]


class Setting(NamedTuple):
    """One setting: its key for `connect config set`, its value, and where the value comes from."""

    key: str
    value: str | int
    origin: Origin

    @property
    def said(self) -> str:
        """The value as it is typed: `3`, `28 feb`, `false`."""
        return say_value(self.value)


def say_value(value: str | int) -> str:
    """A value as it is typed."""
    return str(value).lower() if isinstance(value, bool) else str(value)
