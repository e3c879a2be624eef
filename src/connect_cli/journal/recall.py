"""One interaction to be read again, found by its id; `show` loads this and not all of history."""

from collections.abc import Sequence

from connect_cli.errors import NoSuchThing
from connect_cli.journal.journal import Journal
from connect_cli.language.plurals import listed
from connect_cli.model import Interaction
from connect_cli.store import interactions
from connect_cli.views import Recall

LEAST_OF_ID = 4
MOST_CANDIDATES = 8


def recalled(journal: Journal, typed: str) -> Recall | None:
    """The interaction whose id begins with what was typed; None if that is no id, or names people.

    Raises NoSuchThing if several begin so.
    """
    letters = typed.strip().casefold()
    if len(letters) < LEAST_OF_ID or not (letters.isascii() and letters.isalnum()):
        return None
    if journal.names().fit(typed) is not None:
        return None
    found = interactions.beginning(journal.connection, letters, MOST_CANDIDATES + 1)
    if len(found) > 1:
        raise NoSuchThing(_several(typed, found), "write more of the id")
    if not found:
        return None
    return Recall(found[0], interactions.recorded_at(journal.connection, found[0].id))


def _several(typed: str, found: Sequence[Interaction]) -> str:
    said = [f"{one.id} ({_in_words(one)})" for one in found[:MOST_CANDIDATES]]
    more = ", …" if len(found) > MOST_CANDIDATES else ""
    return f"'{typed}' begins several ids: {', '.join(said)}{more}"


def _in_words(interaction: Interaction) -> str:
    names = listed([person.name for person in interaction.people])
    return f"{interaction.kind} with {names}, {interaction.day}"
