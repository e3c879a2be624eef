"""Circles that the journal keeps, so that they travel between the machines that keep it.

A journal of one machine needs none: its circles stand in config.toml. Once it keeps some, what it
says decides, and `connect config set circles.NAME` writes into it.
"""

from collections.abc import Mapping

from connect_cli.journal.journal import Journal
from connect_cli.language.names import check_name
from connect_cli.model import Cadence
from connect_cli.store import circles

VERB = "config"


def take_over(journal: Journal) -> list[str]:
    """Write the circles of config.toml that the journal does not keep yet into it, as one command.

    Returns their names. Raises NotUnderstood, and writes nothing, for a name that is too long.
    """
    kept = circles.kept(journal.connection)
    named = journal.context.settings.file_circles.items()
    own = {check_name(name).casefold(): cadence for name, cadence in named}
    new = {name: cadence for name, cadence in own.items() if name not in kept}
    if new:
        keep(journal, new)
    return list(new)


def keep(journal: Journal, given: Mapping[str, Cadence]) -> None:
    """Write circles into the journal, as one command. Raises NotUnderstood for a name."""
    with journal.write(VERB, ", ".join(f"circles.{name} {given[name]}" for name in given)) as rows:
        for name, cadence in given.items():
            rows.set_circle(check_name(name), cadence)


def drop(journal: Journal, name: str) -> None:
    """Take a circle out of the journal, if it keeps it.

    Whoever is in it keeps its name, and has no cadence from it.
    """
    if name in kept(journal):
        with journal.write(VERB, f"circles.{name} none") as rows:
            rows.drop_circle(name)


def are_kept(journal: Journal) -> bool:
    """Whether this journal keeps circles."""
    return circles.are_kept(journal.connection)


def kept(journal: Journal) -> dict[str, Cadence]:
    """The circles that the journal keeps."""
    return circles.kept(journal.connection)
