"""Looking back: what happened, and the search."""

from connect_cli.journal.journal import Journal
from connect_cli.language.spans import read_since
from connect_cli.language.tags import read_tag
from connect_cli.language.vocabulary import read_kind
from connect_cli.model import Interaction
from connect_cli.store import interactions
from connect_cli.store.search import find
from connect_cli.views import Hit


def history(
    journal: Journal,
    typed: str | None = None,
    *,
    since: str = "",
    kind: str = "",
    tag: str = "",
    limit: int | None = None,
) -> list[Interaction]:
    """Interactions, newest first: with one person, since a day, of a kind, or with a tag."""
    wanted = interactions.Wanted(
        person_id=None if typed is None else journal.named(typed).id,
        since=read_since(since, journal.today_is) if since else None,
        kind=read_kind(kind) if kind else None,
        tag=read_tag(tag) if tag else None,
    )
    return interactions.interactions(journal.connection, wanted, limit)


def search(journal: Journal, words: str, limit: int) -> list[Hit]:
    """Notes, details, promises and names with all of these words. Accents and case are ignored."""
    return find(journal.connection, words, limit)
