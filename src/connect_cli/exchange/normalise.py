"""Text and values of other programs in the form of the journal; unusable ones become empty."""

import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

from connect_cli.errors import NotThisFormat, NotUnderstood
from connect_cli.exchange.values import Yearly
from connect_cli.language.calendar import is_yearly_day, month_name
from connect_cli.language.contact import read_email, read_phone
from connect_cli.language.dates import two_days
from connect_cli.language.names import check_name
from connect_cli.language.tags import LONGEST_LABEL, read_tag
from connect_cli.language.vocabulary import match_kind
from connect_cli.language.words import fold
from connect_cli.library_errors import json_reason
from connect_cli.model import YEARLY_LABELS, Kind
from connect_cli.text_encodings import CUT, MARKS, decoded, mended

LONGEST_LINE = 2**20
LARGEST_FILE = 64 * 2**20

LONGEST_VALUE = 1000

_YEARLY = re.compile(r"(?P<year>[0-9]{4}|--?)-?(?P<month>[0-9]{2})-?(?P<day>[0-9]{2})(?:[T ].*)?")
_SEPARATORS = ("Zl", "Zp")
_GROUP_MARK = re.compile(r"(?:\*|system group:)\s*", re.IGNORECASE)

EVERYBODY = frozenset(
    {"mycontacts", "allcontacts", "meinekontakte", "allekontakte", "mescontacts", "touslescontacts"}
)
"""Groups that an address book puts everybody into, without the marks between their words."""


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a file with their ends, one at a time in memory; UTF-16 becomes UTF-8.

    A longer line is cut a little after LONGEST_LINE, so that it can be reported.
    """
    first = stream.read(3)
    mark, encoding = next((one for one in MARKS if first.startswith(one[0])), (b"", ""))
    stream.seek(len(mark))
    is_wide = encoding.startswith("utf-16")
    # Latin-1 keeps every byte as it is: it is only used to find the three kinds of line ends.
    text = io.TextIOWrapper(stream, encoding if is_wide else "latin-1", "replace", newline="")
    try:
        while line := text.readline(LONGEST_LINE + 2):
            yield line.encode("utf-8" if is_wide else "latin-1", "surrogatepass")
            while line and not line.endswith(("\n", "\r")):
                line = text.readline(LONGEST_LINE)
    finally:
        with suppress(ValueError):  # Ctrl-C has closed the file
            text.detach()


def as_utf8(content: bytes) -> tuple[bytes, Callable[[bytes], bytes]]:
    """A file as UTF-8 without its mark, and a function that turns it back.

    Raises NotUnderstood if it is in another encoding that it does not declare.
    """
    mark, encoding = next((one for one in MARKS if content.startswith(one[0])), (b"", "utf-8"))
    text = content[len(mark) :]
    try:
        if encoding == "utf-8":
            CUT.sub(mended, text).decode()
            return text, lambda new: mark + new
        wide = text.decode(encoding)
        return wide.encode(), lambda new: mark + new.decode().encode(encoding)
    except UnicodeError:
        raise NotUnderstood("it is not in UTF-8") from None


def json_in(content: bytes) -> Any:
    """The JSON of a file. Raises NotThisFormat, naming the line, if it is none."""
    try:
        return json.loads(decoded(content))
    except (ValueError, RecursionError) as fault:
        raise NotThisFormat(json_reason(fault)) from None


def one_line(text: str) -> str:
    """A text without line breaks and control characters, cut at LONGEST_VALUE."""
    return whole_line(text[: 2 * LONGEST_VALUE])[:LONGEST_VALUE]


def whole_line(text: str) -> str:
    """A text without line breaks and control characters, however long."""
    if not text.isprintable():
        seen = (" " if letter in "\t\n\r" else letter for letter in text)
        text = "".join(letter for letter in seen if not _is_control(letter))
    return " ".join(text.split())


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs", *_SEPARATORS)


def kept_name(text: str) -> str:
    """A name as the journal stores it, or empty."""
    try:
        return check_name(one_line(text))
    except NotUnderstood:
        return ""


def kept_label(text: str) -> str:
    """The label of a detail or a yearly day as the journal stores it, or empty."""
    label = kept_name(text.replace(":", " "))[:LONGEST_LABEL].strip()
    return fold(label) if fold(label) in YEARLY_LABELS else label


def kept_point(sort: str, text: str) -> str:
    """An email address or a phone number as the journal stores it, or empty."""
    try:
        return (read_email if sort == "email" else read_phone)(one_line(text))
    except NotUnderstood:
        return ""


def kept_tag(text: str) -> str:
    """A tag as the journal stores it, with hyphens for blanks, or empty."""
    word = re.sub(r"[^\w/-]+", "-", text.strip()).strip("-_/")
    try:
        return read_tag(word)
    except NotUnderstood:
        return ""


def group_tag(text: str) -> str:
    """A group of an address book as a tag, without Google's mark, as in `* Friends`."""
    return kept_tag(_GROUP_MARK.sub("", text.strip()))


def kept_group(text: str) -> str:
    """The same as the journal stores it; empty for a group that everybody is in."""
    tag = group_tag(text)
    return "" if re.sub(r"[\W_]+", "", fold(tag)) in EVERYBODY else tag


def kept_text(text: str) -> str:
    """A note as the journal stores it: without lone surrogates."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in clean if unicodedata.category(letter) != "Cs").strip()


def day_of_year(text: str) -> Yearly | None:
    """A yearly day as vCards and spreadsheets write it, with or without its year."""
    if (match := _YEARLY.fullmatch(text.strip())) is None:
        return None
    said, month, day = match["year"], int(match["month"]), int(match["day"])
    year = None if said.startswith("-") else int(said) or None
    return (year, month, day) if is_yearly_day(month, day, year) else None


def unclear_day(text: str) -> str:
    """What to say of a day that was not understood: which days it could be, or what it lacks."""
    said = one_line(text)
    if days := two_days(said):
        first, second = (f"{day.day} {month_name(day.month)}" for day in days)
        return f"'{said}' could be two days: {first} or {second}"
    return f"{said} (only a year)" if re.fullmatch(r"[0-9]{4}", said) else said


def no_day(text: str) -> str:
    """Why a text is not a day."""
    return unclear_day(text) if two_days(one_line(text)) else f"'{one_line(text)}' is not a day"


def day_of(text: str) -> date | None:
    """The day that an ISO text begins with."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def moment_in(seconds: float) -> tuple[date, str] | None:
    """The day and the time on this machine, by seconds since 1970; None outside the calendar."""
    try:
        local = datetime.fromtimestamp(seconds, UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
    return local.date(), f"{local:%H:%M}"


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Each value once, in order; empty ones are dropped."""
    return tuple(dict.fromkeys(value for value in values if value))


def kind_of(text: str) -> Kind:
    """The kind of the most telling kind word in a text; `other` if there is none."""
    words = [word.strip(".,;:!?\"'()*_") for word in fold(text).split()[:60]]
    best = None
    for place in range(len(words)):
        found = match_kind(words[place:])
        if found is not None and (best is None or found.says_more_than(best)):
            best = found
    return best.kind if best else Kind.OTHER
