"""Sizes of files in words: `200 MB`, `1 GB`; a megabyte is a million bytes, as disks are sold."""

import re

from connect_cli.errors import SettingsWrong

_UNITS = (("GB", 10**9), ("MB", 10**6), ("kB", 10**3))
NONE = "none"


def read_most(value: object, key: str) -> int | None:
    """A bound as it is set: its bytes, or None for `none`. Raises SettingsWrong."""
    text = value.strip().casefold() if isinstance(value, str) else ""
    if text == NONE:
        return None
    if found := re.fullmatch(r"([1-9][0-9]{0,5}) ?([mg]b)", text):
        return int(found[1]) * (10**9 if found[2] == "gb" else 10**6)
    raise SettingsWrong(f"{key} should be a size such as '200 MB' or '1 GB', or none")


def say_most(most: int | None) -> str:
    """A bound as `read_most` reads it, exactly."""
    if most is None:
        return NONE
    return f"{most // 10**9} GB" if most % 10**9 == 0 else f"{most // 10**6} MB"


def say_size(size: int) -> str:
    """So many bytes, rounded for eyes."""
    for unit, each in _UNITS:
        if size >= each - each // 2000:  # what rounds up to one of them
            amount = f"{size / each:.0f}" if size >= 9.95 * each else f"{size / each:.1f}"
            return f"{amount.removesuffix('.0')} {unit}"
    return "1 byte" if size == 1 else f"{size} bytes"
