"""Read by words: the search, and the completions that Tab offers."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.language.sorting import by_name
from connect_cli.language.words import begin_in, fold, name_words
from connect_cli.store import interactions
from connect_cli.store.read_values import named, reading, text
from connect_cli.views import Hit

MOST_WORDS = 50
"""How many words may be searched for at once; the index refuses some hundreds."""
MOST = 200
"""The most completions offered at once; the shell asks again after the next letter."""


def find(connection: sqlite3.Connection, words: str, limit: int) -> list[Hit]:
    """Search for words, each of which may be the beginning of one; accents and case are ignored.

    Names first, then details, promises and notes, each newest first, at most `limit` of each.
    Raises NotUnderstood when there is no letter or digit to search for, or more than MOST_WORDS.
    """
    wanted = [fold(words)[start:end] for start, end in _words(fold(words))]
    if not wanted:
        raise NotUnderstood(
            "there is nothing to search for", f"give a word: {as_typed('search')} boston"
        )
    if len(wanted) > MOST_WORDS:
        raise NotUnderstood(
            f"these are {len(wanted):,} words; a search can have up to {MOST_WORDS}",
            "give those that matter",
        )
    names = _names(connection, name_words(words), limit)
    finders = (_details, _promises, _notes)
    return [*names, *(hit for finder in finders for hit in finder(connection, wanted, limit))]


def _words(text: str) -> Iterator[tuple[int, int]]:
    """The words of a text as the index splits it: runs of letters and digits."""
    return (found.span() for found in re.finditer(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*", text))


def spans(text: str, wanted: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """The [start, end) of each word in `text` that begins with one of the folded words `wanted`."""
    found = []
    for start, end in _words(text):
        folded = fold(text[start:end])
        if any(folded.startswith(word) for word in wanted):
            found.append((start, end))
    return tuple(found)


def _query(wanted: Sequence[str]) -> str:
    """The words as an FTS5 query, each quoted so that none is an operator."""
    return " ".join(f'"{word}"*' for word in wanted)


def _names(connection: sqlite3.Connection, asked: Sequence[str], limit: int) -> Iterator[Hit]:
    """People whose name or alias has every word, by the rule that all commands use."""
    rows = connection.execute(
        """SELECT p.id, p.name, n.name FROM (
          SELECT id AS person_id, name, folded FROM person
          UNION ALL SELECT person_id, name, folded FROM alias) n
        JOIN person p ON p.id = n.person_id WHERE instr(n.folded, ?) ORDER BY p.folded""",
        (max(asked, key=len, default=""),),
    )
    with reading("person", "alias"):
        read = ((named(person_id, name), text(said)) for person_id, name, said in rows)
        found = (each for each in read if asked and begin_in(asked, name_words(each[1])))
        for person, said in islice(found, limit):
            yield Hit("name", person.id, (person,), said, None, spans(said, asked))


def _details(connection: sqlite3.Connection, wanted: Sequence[str], limit: int) -> Iterator[Hit]:
    rows = connection.execute(
        """SELECT d.id, p.id, p.name,
          CASE d.label WHEN '' THEN '' ELSE d.label || ': ' END || d.value
        FROM detail_words w JOIN detail d ON d.seq = w.rowid JOIN person p ON p.id = d.person_id
        WHERE detail_words MATCH ? ORDER BY w.rowid DESC LIMIT ?""",
        (_query(wanted), limit),
    )
    with reading("detail", "person"):
        for detail_id, person_id, name, said in rows:
            people = (named(person_id, name),)
            yield Hit("detail", text(detail_id), people, text(said), None, spans(said, wanted))


def _promises(connection: sqlite3.Connection, wanted: Sequence[str], limit: int) -> Iterator[Hit]:
    rows = connection.execute(
        """SELECT r.id, p.id, p.name, r.text, r.made_on FROM promise_words w
        JOIN promise r ON r.seq = w.rowid JOIN person p ON p.id = r.person_id
        WHERE promise_words MATCH ? ORDER BY w.rowid DESC LIMIT ?""",
        (_query(wanted), limit),
    )
    with reading("promise", "person"):
        for promise_id, person_id, name, said, made_on in rows:
            day, people = date.fromisoformat(made_on), (named(person_id, name),)
            yield Hit("promise", text(promise_id), people, text(said), day, spans(said, wanted))


def _notes(connection: sqlite3.Connection, wanted: Sequence[str], limit: int) -> Iterator[Hit]:
    rows = connection.execute(
        """SELECT i.id FROM interaction_words w JOIN interaction i ON i.seq = w.rowid
        WHERE interaction_words MATCH ? ORDER BY w.rowid DESC LIMIT ?""",
        (_query(wanted), limit),
    )
    found = interactions.by_id(connection, [interaction_id for (interaction_id,) in rows])
    for one in sorted(found, key=lambda one: one.day, reverse=True):
        said = one.note if spans(one.note, wanted) else one.entered
        yield Hit("note", one.id, one.people, said, one.day, spans(said, wanted))


class Spelling(NamedTuple):
    """A name or an alias as it is written, with its owner's id and name."""

    person_id: str
    name: str
    written: str


def spellings(connection: sqlite3.Connection, folded: str) -> Iterator[Spelling]:
    """Names and aliases with a word that begins with `folded`, people seen last first.

    Archived people are included.
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
    """The tags that begin with `beginning`, in order; the query jumps from each tag to the next."""
    rows = connection.execute(
        """WITH RECURSIVE each(name) AS (
          SELECT min(name) FROM tag WHERE name >= :beginning
          UNION ALL SELECT (SELECT min(name) FROM tag WHERE name > each.name) FROM each
          WHERE each.name < :end)
        SELECT name FROM each WHERE name < :end LIMIT :most""",
        {"beginning": beginning, "end": beginning + "\U0010ffff", "most": MOST},
    )
    return ((name,) for name in sorted((text(name) for (name,) in rows), key=by_name))


def open_promises(connection: sqlite3.Connection, beginning: str) -> Iterator[tuple[str, str, str]]:
    """Id, person and text of open promises whose id begins with `beginning`, earliest first."""
    rows = connection.execute(
        """SELECT r.id, p.name, r.text FROM promise r JOIN person p ON p.id = r.person_id
        WHERE r.done_on IS NULL AND substr(r.id, 1, :letters) = :beginning
        ORDER BY r.due_on IS NULL, r.due_on, r.seq LIMIT :most""",
        {"letters": len(beginning), "beginning": beginning, "most": MOST},
    )
    return ((text(one), text(name), text(said)) for one, name, said in rows)


def newest_interactions(
    connection: sqlite3.Connection, beginning: str
) -> Iterator[tuple[str, str, str]]:
    """Id, day and kind of the newest interactions whose id begins with `beginning`."""
    rows = connection.execute(
        """SELECT id, day, kind FROM (SELECT id, day, kind, seq FROM interaction
          ORDER BY day DESC, seq DESC LIMIT :most)
        WHERE substr(id, 1, :letters) = :beginning""",
        {"letters": len(beginning), "beginning": beginning, "most": MOST},
    )
    return ((text(one), text(day), text(kind)) for one, day, kind in rows)
