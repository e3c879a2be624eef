"""Forgetting a person for good."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from connect_cli import files
from connect_cli.journal.core import Journal
from connect_cli.model import Named
from connect_cli.store import copies as store_copies
from connect_cli.store.record import FORGET

if TYPE_CHECKING:
    from connect_cli.views import Traces

STEPS = 6
"""The steps of forgetting somebody, for a progress bar."""


def traces(journal: Journal, person: Named) -> "Traces":
    """What the journal holds of a person, and what becomes of it when they are forgotten."""
    from connect_cli.store import forgetting  # only this verb has a use for it

    return forgetting.Forgetting(journal.connection, person.id).traces()


def forget(
    journal: Journal, person: Named, progress: Callable[[int], object] = lambda _: None
) -> None:
    """Remove a person for good: rows, record, search index and the file's freed pages.

    progress: told how many of the `STEPS` are done. Raises NotSwept when they are forgotten,
    but bytes of theirs may stay beside the journal.
    """
    from connect_cli.store import (
        forgetting,  # as above
        sweeping,  # as above
    )

    path = journal.context.path
    with (
        journal.transaction() as transaction,
        transaction.command(FORGET, "removed somebody for good", stays=True),
    ):
        for done in forgetting.Forgetting(journal.connection, person.id).remove():
            progress(done)
    sweeping.sweep(journal.connection, path)
    progress(STEPS)


def still_held(journal: Journal, names: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """The copies of the journal in which one of these names stands, and other files near it.

    Of a copy that is encrypted nobody can say that it does not.
    """
    from connect_cli.store import sweeping  # as above

    path = files.real(journal.context.path)
    own = (path, files.beside(path, "-shm"))
    found = sweeping.holding(path.parent, names, but=own)
    copies = {copy.path for copy in store_copies.listed(path)}
    held = [file for file in copies if file in found or store_copies.is_encrypted(file)]
    return sorted(held, reverse=True), [file for file in found if file not in copies]
