"""Looking back: what happened, and the search."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, NoReturn

from connect_cli.errors import NoSuchPerson, NotUnderstood, as_typed
from connect_cli.journal.journal import Journal
from connect_cli.language.names import By
from connect_cli.language.person_first import Divided, divide
from connect_cli.language.spans import NoSpan, read_days, read_ends
from connect_cli.language.tags import read_tag
from connect_cli.language.vocabulary import read_kind
from connect_cli.model import Interaction, Named
from connect_cli.store import interactions
from connect_cli.store.search import find
from connect_cli.views import Hit

_MOST_TRIED = 8  # words of a misspelt name with days after it


class Asked(NamedTuple):
    """Whose conversations, and from which day to which; None for everybody, and for no end."""

    person: Named | None = None
    first: date | None = None
    last: date | None = None


EVERYTHING = Asked()


def asked(journal: Journal, words: Sequence[str], *, since: str = "", until: str = "") -> Asked:
    """Whom and which days some words mean: a person, then days, either of which may be missing.

    Raises NoSuchPerson, SeveralPeople or NotUnderstood.
    """
    typed, days = _divided(journal, words) if words else ("", "")
    if days and (since or until):
        raise NotUnderstood(
            f"'{days}' already says which days, and so does --{'since' if since else 'until'}",
            "leave one of them out",
        )
    person = journal.named(typed) if typed else None
    today = journal.today_is
    return Asked(person, *(read_days(days, today) if days else read_ends(since, until, today)))


def _divided(journal: Journal, words: Sequence[str]) -> tuple[str, str]:
    """What was typed for a person, and what for days.

    Words that are days are a person only if that is a whole word of a name: `may`, not `mar`.
    """
    whole = " ".join(words)
    why = _why_no_days(journal, whole)
    try:
        found = divide(words, journal.names(), by_quotes=True)
    except NotUnderstood:
        if why is None:
            return "", whole
        raise
    if why is None and not _names_somebody(journal, found):
        return "", whole
    if not found.is_known:
        _refuse(journal, words, why)
    if found.value and isinstance(_why_no_days(journal, found.value), NoSpan):
        _refuse_misspelt(journal, whole)
    return ", ".join(typed for typed, _ in found.people), found.value


def _names_somebody(journal: Journal, found: Divided) -> bool:
    """Whether words that are days are a person all the same, perhaps with other days."""
    fits = [fit for _, fit in found.people]
    if any(fit is None or fit.by is By.PREFIX for fit in fits):
        return False
    return not found.value or _why_no_days(journal, found.value) is None


def _why_no_days(journal: Journal, text: str) -> NotUnderstood | None:
    try:
        read_days(text, journal.today_is)
    except NotUnderstood as error:
        return error
    return None


def _refuse(journal: Journal, words: Sequence[str], why: NotUnderstood | None) -> NoReturn:
    """Raise for words that name nobody: why they are no such days, or a name like theirs."""
    whole = " ".join(words)
    if why is not None and not isinstance(why, NoSpan):
        raise why
    _refuse_misspelt(journal, whole)
    before_days = [
        " ".join(words[:end])
        for end in range(1, min(len(words), _MOST_TRIED))
        if not isinstance(_why_no_days(journal, " ".join(words[end:])), NoSpan)
    ]
    for typed in before_days:
        _refuse_misspelt(journal, typed)
    if before_days:
        raise NoSuchPerson(before_days[0])
    example = as_typed("history", "NAME", "last month")
    hint = f"write a person, days, or both, like: {example}" if len(words) > 1 else None
    raise NoSuchPerson(whole, (), hint)


def _refuse_misspelt(journal: Journal, typed: str) -> None:
    """Raise NoSuchPerson if somebody has a name like this one."""
    if near := journal.names().near(typed):
        raise NoSuchPerson(typed, near)


def history(
    journal: Journal,
    wanted: Asked = EVERYTHING,
    *,
    kind: str = "",
    tag: str = "",
    limit: int | None = None,
) -> list[Interaction]:
    """Interactions, newest first: with one person, of some days, of a kind, or with a tag."""
    return interactions.interactions(
        journal.connection,
        interactions.Wanted(
            person_id=wanted.person and wanted.person.id,
            since=wanted.first,
            until=wanted.last,
            kind=read_kind(kind) if kind else None,
            tag=read_tag(tag) if tag else None,
        ),
        limit,
    )


def search(journal: Journal, words: str, limit: int) -> list[Hit]:
    """Notes, details, promises and names with all of these words. Accents and case are ignored."""
    return find(journal.connection, words, limit)
