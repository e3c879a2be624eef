"""A folder of the owner's own cards, to which the changes in the journal are written.

`write` reads every card in the folder and the folders in it, and finds out which of them each
outgoing card is: by its UID, and if several cards have that UID or none, by the same content, then
an earlier name, then the current name. In a file with changes only the changed lines are written
anew; everything else stays to the byte, pictures too. A file without changes is not touched. A card
that is not there yet gets a file of its own.

If the folder or a file cannot be read, ConnectError is raised and nothing is written, because it is
not known whose cards it holds. A file that cannot be written (read-only, too large, changed in the
meantime) stays as it is and is listed in `Written.refused`.
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
from connect_cli.exchange import export_files, vcard_read
from connect_cli.exchange.normalise import as_utf8, lines_of
from connect_cli.exchange.sources import CARD, LARGEST_CARDS, TOO_LARGE, card_files, whole
from connect_cli.exchange.vcard_edits import Edits
from connect_cli.exchange.vcard_kept import substance
from connect_cli.exchange.vcard_lines import cards, whole_lines
from connect_cli.exchange.vcard_sheet import edited
from connect_cli.exchange.vcard_values import is_picture
from connect_cli.exchange.vcard_write import OutgoingCard, file_name
from connect_cli.files import clear_unfinished, opened_to_read
from connect_cli.language.words import fold

WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@dataclass(slots=True)
class Written:
    """How many cards were written. refused: files that stayed as they were, and why."""

    changed: int = 0
    new: int = 0
    as_they_were: int = 0
    refused: list[tuple[Path, str]] = field(default_factory=list)


class FolderCard(NamedTuple):
    """A card in the folder. number: the line where it begins. says: its substance."""

    file: Path
    number: int
    uid: str
    name: str
    says: tuple[str, ...]


def write(folder: Path, going: Sequence[OutgoingCard]) -> Written:
    """Write the changes of these cards to a folder.

    Raises ConnectError and writes nothing if the folder cannot be made or a file cannot be read.
    """
    export_files.make_folder(folder, CARD)
    written = Written()
    there = card_files(folder)
    for inner in {file.parent for file in there} - {folder}:
        clear_unfinished(inner, CARD)
    found = _found(going, [card for file in there for card in _cards_in(file)])
    wanted: dict[Path, dict[int, Edits]] = defaultdict(dict)
    for place, card in found.items():
        wanted[card.file][card.number] = going[place].wanted
    for file, edits in wanted.items():
        _bring_up_to_date(file, edits, written)
    _add([one for place, one in enumerate(going) if place not in found], folder, written)
    return written


def _cards_in(file: Path) -> Iterator[FolderCard]:
    """The cards of a file that name a person."""
    with opened_to_read(file) as stream:
        if os.fstat(stream.fileno()).st_size > LARGEST_CARDS:
            return
        lines = (line for line in whole_lines(lines_of(stream)) if not is_picture(line.text))
        for card in cards(lines):
            if (said := vcard_read.contact_if_any(card)) is not None:
                yield FolderCard(file, card.number, said.uid, said.name, substance(said.card))


def _found(going: Sequence[OutgoingCard], existing: Sequence[FolderCard]) -> dict[int, FolderCard]:
    """The card in the folder for each outgoing card, by the position of the latter.

    Cards with the same uid, or without one, are compared by content and by name. Of several that
    are alike, the one in the same place among them is meant.
    """
    by_uid: dict[str, list[FolderCard]] = defaultdict(list)
    for card in existing:
        by_uid[card.uid].append(card)
    in_order = {uid: iter([*cards]) for uid, cards in by_uid.items()}
    likely = [next(in_order.get(one.uid, iter(())), None) for one in going]
    found: dict[int, FolderCard] = {}
    for is_it in (_says_the_same, _has_the_name, _is_called_so_now, _has_the_uid):
        for place, one in enumerate(going):
            if place in found or one.uid not in by_uid:
                continue
            if here := [card for card in by_uid[one.uid] if is_it(one, card)]:
                meant = likely[place]
                found[place] = meant if meant in here else here[0]
                by_uid[one.uid].remove(found[place])
    return found


def _says_the_same(one: OutgoingCard, card: FolderCard) -> bool:
    return card.says in one.substances


def _has_the_name(one: OutgoingCard, card: FolderCard) -> bool:
    return fold(card.name) in one.names


def _is_called_so_now(one: OutgoingCard, card: FolderCard) -> bool:
    return card.name == one.called


def _has_the_uid(one: OutgoingCard, card: FolderCard) -> bool:
    return bool(one.uid) and card.uid == one.uid


def _bring_up_to_date(file: Path, edits: Mapping[int, Edits], written: Written) -> None:
    """Write the edits of a file and count them, or record why the file stays as it is."""
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
    """Write a file again if cards in it change; returns how many do. Raises ConnectError."""
    there = file.stat()
    if (content := whole(file)) is None:
        raise ConnectError(TOO_LARGE)
    text, back = as_utf8(content)
    parts, changed = _edited(text, edits)
    if changed:
        if not there.st_mode & WRITABLE or not os.access(file, os.W_OK):
            raise ConnectError("it is read-only")
        export_files.write(file, [back(b"".join(parts))], like=there)
    return changed


def _edited(text: bytes, edits: Mapping[int, Edits]) -> tuple[list[bytes], int]:
    """The text of a file after the edits, and how many of its cards changed."""
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


def _add(going: Sequence[OutgoingCard], folder: Path, written: Written) -> None:
    """Write cards that are not in the folder yet into files of their own."""
    names = Names(folder)
    for one in going:
        file = folder / names.of(one.file_uid)
        try:
            export_files.write(file, [one.text.encode()])
            written.new += 1
        except ConnectError as error:
            written.refused.append((file, error.message))


class Names:
    """Names for new files in a folder: each is free and is given once."""

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
