"""Read the relations of people, and the pairs who look like one person and are two."""

import sqlite3
from collections.abc import Sequence

from connect_cli.language.death import check_death
from connect_cli.model import Relation
from connect_cli.store.read_values import named as named_in
from connect_cli.store.read_values import reading, text

_RELATION = """SELECT r.id, r.person_id, p.name, r.other_id, o.name, r.word FROM relation r
  JOIN person p ON p.id = r.person_id JOIN person o ON o.id = r.other_id"""


def relations_of(connection: sqlite3.Connection, person_id: str) -> list[Relation]:
    """The relations in which somebody is one of the two, in the order in which they were added."""
    where = " WHERE r.person_id = ? OR r.other_id = ? ORDER BY r.seq"
    return _relations(connection, where, (person_id, person_id))


def all_relations(connection: sqlite3.Connection) -> list[Relation]:
    """Every relation, in the order in which they were added."""
    return _relations(connection, " ORDER BY r.seq", ())


@reading("relation", "person")
def _relations(connection: sqlite3.Connection, where: str, values: Sequence[str]) -> list[Relation]:
    return [
        Relation(text(row_id), named_in(person_id, name), named_in(other_id, other), text(word))
        for row_id, person_id, name, other_id, other, word in connection.execute(
            _RELATION + where, tuple(values)
        )
    ]


@reading("relation")
def related_pairs(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Each two people with a tie between them, by their ids, the smaller one first."""
    rows = connection.execute("SELECT person_id, other_id FROM relation")
    return {(min(pair), max(pair)) for pair in rows}


@reading("distinct_pair")
def distinct_pairs(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """The ids of people who look like one person and are two, the smaller one first."""
    rows = connection.execute("SELECT person_id, other_id FROM distinct_pair")
    return {(text(first), text(second)) for first, second in rows}


@reading("person")
def died_on(connection: sqlite3.Connection, person_id: str) -> str | None:
    """As much of the day on which somebody died as is known; None if they did not."""
    found = connection.execute("SELECT died_on FROM person WHERE id = ?", (person_id,)).fetchone()
    return None if found is None or found[0] is None else check_death(text(found[0]))


@reading("person")
def who_died(connection: sqlite3.Connection) -> frozenset[str]:
    """The ids of everybody who died."""
    rows = connection.execute("SELECT id FROM person WHERE died_on IS NOT NULL")
    return frozenset(text(person_id) for (person_id,) in rows)
