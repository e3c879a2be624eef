"""Finding words in notes, details, promises and names, by the search index."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.language.words import begin_in, fold, name_words
from connect_cli.store import timeline
from connect_cli.store.stored import named, reading, text
from connect_cli.views import Hit


def find(connection: sqlite3.Connection, words: str, limit: int) -> list[Hit]:
    """What holds every one of these words, as beginnings of words; accents and case are ignored.

    Names first, then details, promises and notes, each newest first, `limit` of each at most.
    Raises NotUnderstood when there is no letter or digit to look for.
    """
    wanted = [fold(words)[start:end] for start, end in _words(fold(words))]
    if not wanted:
        raise NotUnderstood(
            "there is nothing to search for", f"give a word: {as_typed('search')} boston"
        )
    names = _names(connection, name_words(words), limit)
    finders = (_details, _promises, _notes)
    return [*names, *(hit for finder in finders for hit in finder(connection, wanted, limit))]


def _words(text: str) -> Iterator[tuple[int, int]]:
    """The words of a text as the index splits it: runs of letters and digits."""
    return (found.span() for found in re.finditer(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*", text))


def spans(text: str, wanted: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where words of `text` begin with one of the folded words `wanted`: [start, end) each."""
    found = []
    for start, end in _words(text):
        folded = fold(text[start:end])
        if any(folded.startswith(word) for word in wanted):
            found.append((start, end))
    return tuple(found)


def _query(wanted: Sequence[str]) -> str:
    """The words as an FTS5 query: each quoted, so that none of them is an operator."""
    return " ".join(f'"{word}"*' for word in wanted)


def _names(connection: sqlite3.Connection, asked: Sequence[str], limit: int) -> Iterator[Hit]:
    """People whose name or an alias has every word, as every command finds them."""
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
        """SELECT d.id, p.id, p.name, d.label || ': ' || d.value FROM detail_words w
        JOIN detail d ON d.seq = w.rowid JOIN person p ON p.id = d.person_id
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
    found = timeline.by_id(connection, [entry_id for (entry_id,) in rows])
    for one in sorted(found, key=lambda one: one.day, reverse=True):
        said = one.note if spans(one.note, wanted) else one.entered
        yield Hit("note", one.id, one.people, said, one.day, spans(said, wanted))
