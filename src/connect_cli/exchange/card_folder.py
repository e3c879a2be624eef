"""A folder of somebody's own cards: what was changed in the journal is changed there, no more.

A file whose people were not changed is not touched at all. In the others the lines of what was
changed are written anew; everything else stays to the byte, pictures too.
"""

import os
import stat
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from connect_cli.errors import ConnectError
from connect_cli.exchange import output, vcard_read
from connect_cli.exchange.normalise import as_utf8, lines_of
from connect_cli.exchange.sources import CARD, LARGEST_CARDS, TOO_LARGE, card_files, whole
from connect_cli.exchange.vcard_edits import Edits, edited
from connect_cli.exchange.vcard_kept import substance
from connect_cli.exchange.vcard_syntax import cards, whole_lines
from connect_cli.exchange.vcard_values import is_picture
from connect_cli.exchange.vcard_write import Going, file_name
from connect_cli.files import opened_to_read
from connect_cli.language.words import fold

WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@dataclass(slots=True)
class Written:
    """What became of the cards. refused: the files that were left as they were, and why."""

    changed: int = 0
    new: int = 0
    as_they_were: int = 0
    refused: list[tuple[Path, str]] = field(default_factory=list)


class Lying(NamedTuple):
    """A card that lies in a folder. number: the line where it begins. says: its substance."""

    file: Path
    number: int
    uid: str
    name: str
    says: tuple[str, ...]


def write(folder: Path, going: Sequence[Going]) -> Written:
    """Bring the cards of a folder up to date.

    Raises ConnectError, and writes nothing, when there can be no folder or a file cannot be read:
    whose cards it holds is not known.
    """
    output.make_folder(folder)
    written = Written()
    found = _found(going, [card for file in card_files(folder) for card in _lying(file)])
    wanted: dict[Path, dict[int, Edits]] = defaultdict(dict)
    for place, card in found.items():
        wanted[card.file][card.number] = going[place].wanted
    for file, edits in wanted.items():
        _bring_up_to_date(file, edits, written)
    _add([one for place, one in enumerate(going) if place not in found], folder, written)
    return written


def _lying(file: Path) -> Iterator[Lying]:
    """The cards of a file that say whose they are."""
    with opened_to_read(file) as stream:
        if os.fstat(stream.fileno()).st_size > LARGEST_CARDS:
            return
        lines = (line for line in whole_lines(lines_of(stream)) if not is_picture(line.text))
        for card in cards(lines):
            if (said := vcard_read.contact_if_any(card)) is not None:
                yield Lying(file, card.number, said.uid, said.name, substance(said.card))


def _found(going: Sequence[Going], lying: Sequence[Lying]) -> dict[int, Lying]:
    """Where each card that goes out lies already, by its place among them; each lies once.

    By its uid; where several have it, or none, it is the one that says the same, or the same name.
    """
    by_uid: dict[str, list[Lying]] = defaultdict(list)
    for card in lying:
        by_uid[card.uid].append(card)
    found: dict[int, Lying] = {}
    for is_it in (_says_the_same, _has_the_name, _is_called_so_now, _has_the_uid):
        for place, one in enumerate(going):
            if place in found or one.uid not in by_uid:
                continue
            if here := [card for card in by_uid[one.uid] if is_it(one, card)]:
                found[place] = here[0]
                by_uid[one.uid].remove(here[0])
    return found


def _says_the_same(one: Going, card: Lying) -> bool:
    return card.says in one.substances


def _has_the_name(one: Going, card: Lying) -> bool:
    return fold(card.name) in one.names


def _is_called_so_now(one: Going, card: Lying) -> bool:
    return card.name == one.called


def _has_the_uid(one: Going, card: Lying) -> bool:
    return bool(one.uid) and card.uid == one.uid


def _bring_up_to_date(file: Path, edits: Mapping[int, Edits], written: Written) -> None:
    """Change what was changed of the cards of a file; count them, or tell why it stays."""
    changed = 0
    if not all(one.is_empty for one in edits.values()):
        try:
            changed = _rewrite(file, edits)
        except ConnectError as error:
            written.refused.append((file, error.message))
            return
    written.changed += changed
    written.as_they_were += len(edits) - changed


def _rewrite(file: Path, edits: Mapping[int, Edits]) -> int:
    """Write a file anew if a card of it changes; returns how many do. Raises ConnectError."""
    there = file.stat()
    if (content := whole(file)) is None:
        raise ConnectError(TOO_LARGE)
    text, back = as_utf8(content)
    parts, changed = _edited(text, edits)
    if changed:
        if not there.st_mode & WRITABLE or not os.access(file, os.W_OK):
            raise ConnectError("it is read-only")
        output.write(file, [back(b"".join(parts))], like=there)
    return changed


def _edited(text: bytes, edits: Mapping[int, Edits]) -> tuple[list[bytes], int]:
    """The text of a file with what was changed, and how many of its cards were."""
    lines = list(whole_lines(text.splitlines(keepends=True), sys.maxsize))
    places = {line.number: place for place, line in enumerate(lines)}
    parts: list[bytes] = []
    done = changed = 0
    for card in cards(lines, sys.maxsize):
        if not card.is_whole or card.number not in edits:
            continue
        before = [line.raw for line in card.lines]
        after = [line.raw for line in edited(card, edits[card.number])]
        start = places[card.number]
        parts += [*(line.raw for line in lines[done:start]), *after]
        done = start + len(before)
        changed += before != after
    return [*parts, *(line.raw for line in lines[done:])], changed


def _add(going: Sequence[Going], folder: Path, written: Written) -> None:
    """Write those that lie nowhere yet into files of their own."""
    names = Names(folder)
    for one in going:
        file = folder / names.of(one.file_uid)
        try:
            output.write(file, [one.text.encode()])
            written.new += 1
        except ConnectError as error:
            written.refused.append((file, error.message))


class Names:
    """The names of new files in a folder: none that is there, and none twice."""

    def __init__(self, folder: Path) -> None:
        self._taken = {file.name.casefold() for file in folder.iterdir()}

    def of(self, uid: str) -> str:
        """The name of the file of a new card with this uid."""
        name = plain = file_name(uid)
        number = 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{plain.removesuffix(CARD)}-{number}{CARD}"
        self._taken.add(name.casefold())
        return name
