"""People as they are mentioned, and who is meant by each mention."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from connect_cli.language.names import Names
from connect_cli.language.words import fold
from connect_cli.model import Named

MOST_SUGGESTIONS = 5  # a search for similar names is slow: not for every word of an essay


class Mention(NamedTuple):
    """A name as typed and who it is, or the several it could be, or the names that look alike."""

    text: str
    found: Named | None = None
    candidates: tuple[Named, ...] = ()
    near: tuple[str, ...] = ()


def find_people(texts: Iterable[str], names: Names) -> tuple[Mention, ...]:
    """Who is meant by names given outright; one text may hold several, as in `Ada and Grace`."""
    return resolve([name for text in texts for name in _each(text, names)], names)


def _each(text: str, names: Names) -> Iterator[str]:
    parts = [part.strip() for part in re.split(r"[,&;]| and ", text)]
    if len(parts) == 1 or names.fit(text):
        yield text.strip()
    else:
        yield from filter(None, parts)


def resolve(texts: Sequence[str], names: Names) -> tuple[Mention, ...]:
    """Who is meant by each of these, said together: those who are sure help with the others."""
    fits = [names.fit(text) for text in texts]
    sure = {fit.people[0].id for fit in fits if fit is not None and len(fit.people) == 1}
    mentions: dict[str, Mention] = {}
    for text, fit in zip(texts, fits, strict=True):
        if fit is None and fold(text) not in mentions:
            near = names.near(text) if len(mentions) < MOST_SUGGESTIONS else ()
            mentions[fold(text)] = Mention(text, near=near)
        elif fit is not None:
            found = names.choose(fit, sure)
            mention = Mention(text, found.person, found.candidates)
            mentions.setdefault(found.person.id if found.person else fold(text), mention)
    return tuple(mentions.values())
