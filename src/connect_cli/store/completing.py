"""What Tab may offer, read by plain SQL that stays quick in a large journal."""

import sqlite3
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from connect_cli.language.words import begin_in, name_words
from connect_cli.store.stored import text

MOST = 200
"""More than anybody reads; a shell asks again with the next letter."""


class Spelling(NamedTuple):
    """A name or an alias, as written, and whose it is."""

    person_id: str
    name: str
    written: str


def spellings(connection: sqlite3.Connection, folded: str) -> Iterator[Spelling]:
    """Names and aliases that have a word beginning so, of those seen last first.

    Archived people come too: their memory stays. folded: the beginning of a word, or nothing.
    """
    rows = connection.execute(
        """SELECT p.id, p.name, n.name FROM (
          SELECT id AS person_id, name, folded FROM person WHERE instr(folded, :wanted)
          UNION ALL SELECT person_id, name, folded FROM alias WHERE instr(folded, :wanted)) n
        JOIN person p ON p.id = n.person_id
        ORDER BY max(coalesce(p.last_full_on, ''), coalesce(p.last_half_on, '')) DESC, n.folded""",
        {"wanted": folded},
    )
    read = (Spelling(text(one), text(name), text(written)) for one, name, written in rows)
    return islice((one for one in read if begin_in((folded,), name_words(one.written))), MOST)


def tags(connection: sqlite3.Connection, beginning: str) -> Iterator[tuple[str]]:
    """Tags that begin so, by the alphabet: from each to the next, however often one was given."""
    rows = connection.execute(
        """WITH RECURSIVE each(name) AS (
          SELECT min(name) FROM tag WHERE name >= :beginning
          UNION ALL SELECT (SELECT min(name) FROM tag WHERE name > each.name) FROM each
          WHERE each.name < :end)
        SELECT name FROM each WHERE name < :end LIMIT :most""",
        {"beginning": beginning, "end": beginning + "\U0010ffff", "most": MOST},
    )
    return ((text(name),) for (name,) in rows)


def open_promises(connection: sqlite3.Connection, beginning: str) -> Iterator[tuple[str, str, str]]:
    """The id, the person and the text of open loops whose id begins so, the earliest first."""
    rows = connection.execute(
        """SELECT r.id, p.name, r.text FROM promise r JOIN person p ON p.id = r.person_id
        WHERE r.done_on IS NULL AND substr(r.id, 1, :letters) = :beginning
        ORDER BY r.due_on IS NULL, r.due_on, r.seq LIMIT :most""",
        {"letters": len(beginning), "beginning": beginning, "most": MOST},
    )
    return ((text(one), text(name), text(said)) for one, name, said in rows)


def entries(connection: sqlite3.Connection, beginning: str) -> Iterator[tuple[str, str, str]]:
    """The id, the day and the kind of the newest entries whose id begins so."""
    rows = connection.execute(
        """SELECT id, day, kind FROM (SELECT id, day, kind, seq FROM interaction
          ORDER BY day DESC, seq DESC LIMIT :most)
        WHERE substr(id, 1, :letters) = :beginning""",
        {"letters": len(beginning), "beginning": beginning, "most": MOST},
    )
    return ((text(one), text(day), text(kind)) for one, day, kind in rows)
