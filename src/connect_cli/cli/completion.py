"""What Tab offers: names of people. It reads the journal if there is one and never makes one."""

import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import typer

from connect_cli.errors import ConnectError
from connect_cli.language.folding import fold
from connect_cli.language.names import Known
from connect_cli.session import Session


def complete_name(context: typer.Context, incomplete: str) -> list[str]:
    """Handles such as `ada-lovelace` of those whose name or alias has a word that begins so.

    What was typed stays as it was typed: the shell only takes what begins with it.
    """
    session = Session(_journal_path(context))
    if not session.path.is_file():
        return []
    wanted = fold(incomplete)
    try:
        handles = {handle for each in session.journal.known() for handle in _handles(each, wanted)}
    except (ConnectError, sqlite3.Error):
        return []
    finally:
        session.close()
    return [incomplete + handle[len(wanted) :] for handle in sorted(handles)]


def _handles(known: Known, wanted: str) -> Iterator[str]:
    """Each name as one word, from the word on that begins with what is wanted."""
    for name in (known.name, *known.aliases):
        words = fold(name).split()
        handles = ("-".join(words[start:]) for start in range(len(words)))
        yield from islice((handle for handle in handles if handle.startswith(wanted)), 1)


def _journal_path(context: typer.Context) -> Path | None:
    """What `--journal` says on the line being completed: the callback has not run yet."""
    chosen = context.find_root().params.get("journal")
    return Path(chosen) if chosen else None
