"""What Tab offers: names of people. It reads the journal if there is one and never makes one."""

from collections.abc import Iterator
from pathlib import Path

import typer

from connect_cli.errors import ConnectError
from connect_cli.language.folding import fold
from connect_cli.session import Session


def complete_name(context: typer.Context, incomplete: str) -> list[str]:
    """Handles (`ada-lovelace`) of the people whose name or alias has a word that begins so."""
    session = Session(_journal_path(context))
    if not session.path.is_file():
        return []
    try:
        return sorted(_fitting(session, fold(incomplete)))
    except ConnectError:
        return []
    finally:
        session.close()


def _fitting(session: Session, wanted: str) -> Iterator[str]:
    for known in session.journal.known():
        for name in (known.name, *known.aliases):
            handle = "-".join(name.split())
            folded = fold(handle)
            if folded.startswith(wanted) or f"-{wanted}" in folded:
                yield handle
                break


def _journal_path(context: typer.Context) -> Path | None:
    """What `--journal` says on the line being completed: the callback has not run yet."""
    chosen = context.find_root().params.get("journal")
    return Path(chosen) if chosen else None
