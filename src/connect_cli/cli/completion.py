"""What Tab offers. It reads the journal if there is one, and never makes one or waits for one."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import typer

from connect_cli.errors import ConnectError
from connect_cli.language.folding import fold
from connect_cli.model import Kind
from connect_cli.render.safe import clean
from connect_cli.settings import from_file
from connect_cli.store import completing, database
from connect_cli.store.stored import reading, text
from connect_cli.surroundings import journal_name, key, settings_path

Row = TypeVar("Row", bound=tuple[str, ...])
Offer = tuple[str, str]
"""A word, and what stands beside it where a shell shows that."""

CADENCES = ("3d", "1w", "2w", "1m", "2m", "3m", "6m", "1y", "never")
ID_LETTERS = 6
DISCREET = "CONNECT_DISCREET"


def complete_name(context: typer.Context, incomplete: str) -> list[str]:
    """Handles such as `ada-lovelace` of those whose name or alias has a word that begins so.

    Those seen last come first. What was typed stays as it was typed: the shell only takes what
    begins with it. Nothing stands beside a name, because Typer would load Rich to write it.
    """
    wanted = fold(incomplete)
    first_word = wanted.split("-")[0]
    found = _read(context, lambda journal: completing.spellings(journal, first_word))
    handles = (_handle(folded, wanted) for (folded,) in found)
    return list(dict.fromkeys(incomplete + each[len(wanted) :] for each in handles if each))


def complete_tag(context: typer.Context, incomplete: str) -> list[str]:
    """Tags of people and entries."""
    mark = "#" if incomplete.startswith("#") else ""
    wanted = incomplete.removeprefix("#").casefold()
    found = _read(context, lambda journal: completing.tags(journal, wanted))
    return [mark + tag for (tag,) in found]


def complete_kind(incomplete: str) -> list[str]:
    """Kinds of interaction."""
    return _beginning(Kind, incomplete)


def complete_cadence(incomplete: str) -> list[str]:
    """The usual cadences; others may be typed."""
    return _beginning(CADENCES, incomplete)


def complete_circle(incomplete: str) -> list[Offer]:
    """Circles with their cadences, as they are set."""
    try:
        circles = from_file(settings_path()).circles
    except ConnectError:
        return []
    return [(name, each.words) for name, each in circles.items() if name.startswith(incomplete)]


def complete_promise(context: typer.Context, incomplete: str) -> list[Offer]:
    """Ids of open promises and questions, with what they are."""
    found = _read(context, lambda journal: completing.open_promises(journal, incomplete.casefold()))
    hidden = os.environ.get(DISCREET, "") not in ("", "0")
    return [
        (
            each_id[: max(ID_LETTERS, len(incomplete))],
            _beside(name if hidden else f"{name}: {said}"),
        )
        for each_id, name, said in found
    ]


def complete_entry(context: typer.Context, incomplete: str) -> list[Offer]:
    """Ids of the newest entries, with their days and kinds."""
    found = _read(context, lambda journal: completing.entries(journal, incomplete.casefold()))
    letters = max(ID_LETTERS, len(incomplete))
    return [(each_id[:letters], f"{day} {kind}") for each_id, day, kind in found]


def _beside(text: str) -> str:
    """What Typer can write beside a word: it would take square brackets for markup."""
    return clean(text).replace("[", "(").replace("]", ")")


def _handle(folded: str, wanted: str) -> str | None:
    """A name as one word, from the word on that begins with what is wanted."""
    words = folded.replace("-", " ").split()
    handles = ("-".join(words[start:]) for start in range(len(words)))
    return next((handle for handle in handles if handle.startswith(wanted)), None)


def _beginning(words: Iterable[str], incomplete: str) -> list[str]:
    return [str(word) for word in words if word.startswith(incomplete)]


def _read(context: typer.Context, rows: Callable[[sqlite3.Connection], Iterator[Row]]) -> list[Row]:
    """Rows of the journal, or none: whatever is wrong with it, Tab is not the place to say so."""
    chosen = context.find_root().params.get("journal")
    try:
        with database.glimpse(journal_name(chosen), key()) as journal, reading():
            return [] if journal is None else [_texts(row) for row in rows(journal)]
    except (ConnectError, sqlite3.Error, OSError):
        return []


def _texts(row: Row) -> Row:
    """A row of texts, which damage may have made something else."""
    for each in row:
        text(each)
    return row
