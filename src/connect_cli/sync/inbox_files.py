"""The lines of the inbox: text files that a phone writes and another program brings. Only read.

How it works. Each device has a file of its own. A program that synchronises folders may leave
conflicted copies of it beside it (conflict_names.py), which hold some of its lines again. So a file
and its copies are read together: a line counts as often as it stands in that copy of the file which
has it most often, and the first, the second … of the same line are told apart by that number.

What can go wrong. A file may be read while it is being written. Its last line, if it has no end
yet, waits until the file has been left alone for a moment. A file that cannot be read, is too
large, or is no text file, is named; the others are read all the same.
"""

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from connect_cli.conflict_names import original_name
from connect_cli.errors import ConnectError, NoInbox, as_typed
from connect_cli.files import opened_to_read
from connect_cli.language.words import fold
from connect_cli.store.schema import stable_id
from connect_cli.text_encodings import decoded

SUFFIXES = frozenset({"", ".txt", ".text", ".md", ".markdown", ".log"})
LARGEST_FILE = 16 * 2**20
MOMENT = timedelta(minutes=1)
"""So long a last line without an end may still be growing."""

LEAST_WORD = 3
"""Letters that a word of a name must have to be looked for alone."""

_HIDDEN = (".", "~", "#")
_BULLET = "- "
_COMMENT = "#"


class InboxLine(NamedTuple):
    """A line of a file. number: from 1. text: without blanks around it, and without `- ` before.

    family: what its file has in common with its copies. id: that of the interaction that the line
    becomes. changed: when its file was last changed.
    """

    family: str
    file: str
    number: int
    text: str
    id: str
    changed: datetime

    @property
    def place(self) -> str:
        """`phone.txt, line 3`."""
        return f"{self.file}, line {self.number}"


@dataclass(frozen=True)
class Inbox:
    """What stands in the folder. unread: which file, or part of one, was not read, and why."""

    lines: Sequence[InboxLine] = ()
    files: Sequence[str] = ()
    unread: Sequence[str] = ()


@dataclass
class _Text:
    """One file: the numbers of the lines that say the same, by what they say."""

    name: str
    changed: datetime
    numbers: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def folder_of(setting: str) -> Path:
    """The folder that the setting names. Raises NoInbox if it is not there."""
    folder = Path(setting).expanduser()
    if not folder.is_dir():
        another = as_typed("inbox", options=("--setup", "FOLDER"))
        raise NoInbox(
            f"there is no folder {folder}",
            f"start the program that brings it, or choose another: {another}",
        )
    return folder


def read_inbox(folder: Path, now: datetime) -> Inbox:
    """All lines of the text files in a folder. now: an aware moment. Raises NoInbox."""
    texts: dict[str, list[_Text]] = defaultdict(list)
    unread: list[str] = []
    for file in _text_files(folder, unread):
        try:
            texts[_family(_name(file))].append(_text(file, now, unread))
        except ConnectError as error:
            unread.append(error.message)
    lines = [line for family in sorted(texts) for line in _lines(family, texts[family])]
    return Inbox(lines, [text.name for each in texts.values() for text in each], unread)


def lines_with(folder: Path, names: Sequence[str]) -> list[str]:
    """The places of all lines that hold one of these names, comments included; and what is unread.

    The first or the last word of a name counts as well, as a word of its own: that is how people
    write of each other. So does a name of two letters.
    """
    folded = [fold(name) for name in names]
    whole = [name for name in folded if len(name) >= LEAST_WORD or not name.isascii()]
    words = {*folded, *(word for name in folded for word in _outer(name))}
    found: list[str] = []
    for file in _text_files(folder, found):
        try:
            with opened_to_read(file) as stream:
                lines = map(fold, _split(stream.read(LARGEST_FILE)))
        except ConnectError as error:
            found.append(error.message)
            continue
        found += (
            f"{_name(file)}, line {number}"
            for number, said in enumerate(lines, 1)
            if any(name in said for name in whole) or not words.isdisjoint(_words(said))
        )
    return found


def _outer(name: str) -> list[str]:
    words = _words(name)
    return [word for word in (*words[:1], *words[-1:]) if len(word) >= LEAST_WORD]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _text_files(folder: Path, unread: list[str]) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if _is_file(entry))
    except OSError as error:
        raise NoInbox(f"cannot read {folder}: {error.strerror}") from error
    others = [name for name in names if Path(name).suffix.casefold() not in SUFFIXES]
    if others:
        what = others[0] if len(others) == 1 else f"{others[0]} and {len(others) - 1} more"
        unread.append(f"not read: {what}; text files end in .txt or .md")
    yield from (folder / name for name in names if name not in others)


def _is_file(entry: "os.DirEntry[str]") -> bool:
    try:
        return not entry.name.startswith(_HIDDEN) and entry.is_file()
    except OSError:  # a link that leads in a circle
        return False


def _name(file: Path) -> str:
    r"""The name of a file as text: bytes that are not UTF-8 become `\xff`."""
    return os.fsencode(file.name).decode("utf-8", "backslashreplace")


def _family(name: str) -> str:
    """What a file has in common with its conflicted copies."""
    return unicodedata.normalize("NFC", original_name(name)).casefold()


def _text(file: Path, now: datetime, unread: list[str]) -> _Text:
    """The lines of one file. Raises ConnectError if it cannot be read."""
    with opened_to_read(file) as stream:
        content = stream.read(LARGEST_FILE + 1)
        status = os.fstat(stream.fileno())
    if len(content) > LARGEST_FILE:
        raise ConnectError(f"not read: {file.name}; it is larger than {LARGEST_FILE // 2**20} MB")
    changed = changed_at(status.st_mtime, now)
    text = _Text(_name(file), changed)
    lines = _split(content)
    if lines[-1] and abs(now - changed) < MOMENT:
        lines.pop()
        unread.append(f"{file.name}: the last line has no end yet; it is read in a minute")
    for number, line in enumerate(lines, 1):
        if said := _said(line):
            text.numbers[said].append(number)
    return text


def changed_at(seconds: float, now: datetime) -> datetime:
    """The moment of a file's change by the local clock; the epoch, if it is no moment."""
    try:
        changed = datetime.fromtimestamp(seconds, now.tzinfo).astimezone()
    except (OSError, OverflowError, ValueError):
        return datetime.fromtimestamp(0, now.tzinfo)
    return max(changed, datetime.fromtimestamp(0, now.tzinfo))


def _split(content: bytes) -> list[str]:
    """The lines of a file; the last one is empty unless it has no end."""
    return decoded(content).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _said(line: str) -> str:
    """What a line says; empty for a comment, and for one without a letter or a digit."""
    said = unicodedata.normalize("NFC", line).strip().removeprefix("\ufeff")
    said = said.removeprefix(_BULLET).strip()
    return said if not said.startswith(_COMMENT) and any(map(str.isalnum, said)) else ""


def _lines(family: str, texts: Sequence[_Text]) -> Iterator[InboxLine]:
    """The lines of a file and its copies, each as often as in the copy that has it most often."""
    says = dict.fromkeys(said for text in texts for said in text.numbers)
    found = [line for said in says for line in _same(family, said, texts)]
    yield from sorted(found, key=lambda line: (line.file, line.number))


def _same(family: str, said: str, texts: Sequence[_Text]) -> Iterator[InboxLine]:
    holding = [text for text in texts if said in text.numbers]
    fullest = max(holding, key=lambda text: len(text.numbers[said]))
    for place, number in enumerate(fullest.numbers[said]):
        # It was written before any copy that holds it was last changed.
        changed = min(text.changed for text in holding if len(text.numbers[said]) > place)
        line_id = stable_id("inbox", family, said, str(place))
        yield InboxLine(family, fullest.name, number, said, line_id, changed)
