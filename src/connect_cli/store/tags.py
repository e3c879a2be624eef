"""Read the tags of people."""

import sqlite3
from collections.abc import Mapping, Sequence

from connect_cli.language.sorting import by_name
from connect_cli.store.people import grouped, words_of
from connect_cli.store.read_values import reading, text


def tags_of_people(
    connection: sqlite3.Connection, person_ids: Sequence[str]
) -> dict[str, list[str]]:
    """The tags of these people, in order."""
    return _in_order(words_of(connection, "tag", person_ids))


def people_tags(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The tags of everyone who has any, in order."""
    sql = "SELECT person_id, name FROM tag WHERE person_id IS NOT NULL"
    return _in_order(grouped(connection, sql))


@reading("tag")
def tags_of(connection: sqlite3.Connection, person_id: str) -> list[str]:
    """The tags of one person, in order."""
    rows = connection.execute("SELECT name FROM tag WHERE person_id = ?", (person_id,))
    return sorted((text(name) for (name,) in rows), key=by_name)


def is_tag(connection: sqlite3.Connection, name: str) -> bool:
    """Whether anybody or anything has this tag."""
    found = connection.execute("SELECT 1 FROM tag WHERE name = ? LIMIT 1", (name,))
    return found.fetchone() is not None


def _in_order(tags: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {person_id: sorted(words, key=by_name) for person_id, words in tags.items()}
