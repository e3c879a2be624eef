"""Tags of people: putting them on, and taking them away."""

from collections.abc import Sequence
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.journal.journal import Journal
from connect_cli.language.names import By
from connect_cli.language.person_first import COMMA, JOINING
from connect_cli.language.plurals import listed_briefly
from connect_cli.language.tags import read_tag
from connect_cli.model import Named
from connect_cli.store import tags as store_tags


class Tagged(NamedTuple):
    """What `tag` did. changed: whose tags changed. same: who had, or lacked, all of them before."""

    tags: tuple[str, ...]
    changed: tuple[Named, ...]
    same: tuple[Named, ...]


def tag(journal: Journal, people: Sequence[Named], words: str, *, drop: bool = False) -> Tagged:
    """Put these tags on people, or take them away. Raises NotUnderstood for what is no tag."""
    tags = read_tags(journal, words)
    held = store_tags.tags_of_people(journal.connection, [person.id for person in people])
    before = {person: held.get(person.id, []) for person in people}
    after = {person: _changed(own, tags, drop=drop) for person, own in before.items()}
    changed = tuple(person for person in people if after[person] != before[person])
    same = tuple(person for person in people if after[person] == before[person])
    if changed:
        names = listed_briefly([person.name for person in changed])
        said = " ".join(f"#{one}" for one in tags)
        with journal.write("tag", f"{names}: {'dropped ' if drop else ''}{said}") as rows:
            for person in journal.people(changed):
                rows.set_tags(after[Named(person.id, person.name)], person_id=person.id)
    return Tagged(tags, changed, same)


def read_tags(journal: Journal, words: str) -> tuple[str, ...]:
    """The tags in some words. Raises NotUnderstood for what is no tag, or somebody's name.

    With `#` before it, or if it is a tag already, a name is a tag, too.
    """
    said = [word for word in words.replace(COMMA, " ").split() if word.casefold() not in JOINING]
    tags = tuple(dict.fromkeys(map(read_tag, said)))
    for word, name in zip(said, map(read_tag, said), strict=True):
        if _may_be_somebody(journal, word, name):
            raise NotUnderstood(
                f"'{word}' is the name of somebody here",
                f"put a comma between two people; to make it a tag, write '#{name}'",
            )
    return tags


def _may_be_somebody(journal: Journal, word: str, name: str) -> bool:
    if word.startswith("#") or store_tags.is_tag(journal.connection, name):
        return False
    fit = journal.names().fit(word)
    return fit is not None and fit.by is not By.PREFIX


def _changed(own: Sequence[str], tags: Sequence[str], *, drop: bool) -> list[str]:
    if drop:
        return [one for one in own if one not in tags]
    return list(dict.fromkeys((*own, *tags)))
