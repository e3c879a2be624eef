"""Journals of four sizes, made up from a fixed seed: `python -m tests.benchmarks.world M FILE`.

They are written by plain SQL with every trigger on, so the record, the search index and the newest
contacts are as the program itself would have kept them.
"""

import argparse
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import accumulate, chain, islice
from pathlib import Path
from random import Random
from typing import Any

from connect_cli.language.words import fold
from connect_cli.store import database
from tests.benchmarks import words
from tests.benchmarks.sizes import SEED, SIZES, Size

TODAY = date(2026, 11, 23)
A_COMMAND = 500
"""So many interactions stand in one command of the record."""
CIRCLES = (("inner", 5), ("close", 10), ("friends", 35), ("wide", 100), (None, 50))
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
TRIPLES = [a + b + c for a in ALPHABET for b in ALPHABET for c in ALPHABET]
Row = tuple[Any, ...]


def write(path: Path, size: Size) -> None:
    """Write a new journal of this size."""
    with closing(database.open_to_write(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        _World(connection, size).write()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class _World:
    """A world on its way into a journal."""

    def __init__(self, connection: sqlite3.Connection, size: Size) -> None:
        self._connection, self._size = connection, size
        self._chance = Random(SEED)  # noqa: S311  # nothing here is secret
        self._people = [(self._id(), name) for name in self._names()]
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(size.people)))

    def write(self) -> None:
        with _Command(self._connection, self._id()):
            self._insert("person", _PERSON, self._person_rows())
            self._insert("alias", "id, person_id, name, folded", self._aliases())
            self._insert("occasion", "id, person_id, label, month, day, year", self._birthdays())
            self._insert("detail", _DETAIL, self._details())
            self._insert("tag", "id, person_id, name", self._tags())
            self._insert("contact_point", "id, person_id, kind, value", self._emails())
            self._insert("promise", _PROMISE, self._promises())
        with _Command(self._connection, self._id()):
            self._insert("offered", "id, person_id, day, dormant", self._offered())
        interactions = self._interactions()
        for number in range(-(-self._size.interactions // A_COMMAND)):
            chunk = list(islice(interactions, A_COMMAND))
            with _Command(self._connection, f"{number:012}"):
                self._insert(
                    "interaction", _INTERACTION, (interaction for interaction, _, _ in chunk)
                )
                taking_part = (row for _, rows, _ in chunk for row in rows)
                self._insert("participant", "interaction_id, person_id, place", taking_part)
                tags = (row for _, _, rows in chunk for row in rows)
                self._insert("tag", "id, interaction_id, name", tags)

        with _Command(self._connection, self._id()):
            self._insert("relation", "id, person_id, other_id, word, word_folded", self._ties())

    def _insert(self, table: str, columns: str, rows: Iterator[Row]) -> None:
        """Many rows with one statement, after which the search index writes down what it holds."""
        one = f"({', '.join('?' * len(columns.split(',')))})"
        while some := list(islice(rows, A_COMMAND)):
            marks = ", ".join([one] * len(some))
            values = list(chain.from_iterable(some))
            self._connection.execute(f"INSERT INTO {table} ({columns}) VALUES {marks}", values)

    def _id(self) -> str:
        bits = self._chance.getrandbits(60)
        return "".join(TRIPLES[bits >> shift & 0x7FFF] for shift in (45, 30, 15, 0))

    def _names(self) -> list[str]:
        """Ada Lovelace is the sixth: often met, and not the most."""
        pairs = [f"{first} {last}" for first in words.FIRST for last in words.LAST]
        others = self._chance.sample(pairs[1:], self._size.people - 1)
        return [*others[:5], pairs[0], *others[5:]]

    def _person_rows(self) -> Iterator[Row]:
        circles = [name for name, _ in CIRCLES]
        shares = [share for _, share in CIRCLES]
        for person_id, name in self._people:
            circle = self._chance.choices(circles, shares)[0]
            yield person_id, name, fold(name), circle, "1996-01-01T00:00:00.000+00:00"

    def _some(self, share: float) -> Iterator[tuple[str, str]]:
        return (person for person in self._people if self._chance.random() < share)

    def _aliases(self) -> Iterator[Row]:
        for number, (person_id, name) in enumerate(self._some(0.15)):
            alias = f"{name[:3]} {number}"
            yield self._id(), person_id, alias, fold(alias)

    def _birthdays(self) -> Iterator[Row]:
        for person_id, _ in self._some(0.5):
            month, day = self._chance.randint(1, 12), self._chance.randint(1, 28)
            yield self._id(), person_id, "birthday", month, day, self._chance.randint(1940, 2010)

    def _details(self) -> Iterator[Row]:
        for person_id, _ in self._some(0.4):
            for label, value in self._chance.sample(words.DETAILS, 2):
                yield self._id(), person_id, label, fold(label), value, fold(f"{label} {value}")

    def _tags(self) -> Iterator[Row]:
        return ((self._id(), one, self._chance.choice(words.TAGS)) for one, _ in self._some(0.3))

    def _emails(self) -> Iterator[Row]:
        for number, (person_id, _) in enumerate(self._some(0.4)):
            yield self._id(), person_id, "email", f"someone{number}@example.org"

    def _promises(self) -> Iterator[Row]:
        """One person in twenty has an open one, and nearly everybody one that was kept."""
        for share, days_ahead, done in ((0.05, 30, None), (0.9, -30, "2026-01-31")):
            for person_id, _ in self._some(share):
                text = self._chance.choice(words.PROMISES)
                due = TODAY + timedelta(days_ahead + self._chance.randint(-30, 30))
                yield self._id(), person_id, text, fold(text), "me", str(due), "2025-12-24", done

    def _offered(self) -> Iterator[Row]:
        """Three people on each day up to yesterday, and every week one of them as dormant."""
        for ago in range(365 * self._size.years, 0, -1):
            few = self._chance.sample(self._people, min(3, len(self._people)))
            for place, (person_id, _) in enumerate(few):
                dormant = place == 0 and ago % 7 == 0
                yield self._id(), person_id, str(TODAY - timedelta(ago)), int(dormant)

    def _ties(self) -> Iterator[Row]:
        """Every second person is a sister of the next one."""
        for (one, _), (other, _) in zip(self._people[::2], self._people[1::2], strict=False):
            yield self._id(), one, other, "sister", "sister"

    def _interactions(self) -> Iterator[tuple[Row, list[Row], list[Row]]]:
        """Interactions in the order of their days, with who took part and the tags."""
        size = self._size
        first = TODAY - timedelta(365 * size.years)
        rare = {size.interactions * share // 100 for share in (20, 50, 80)}
        for number in range(size.interactions):
            day = first + timedelta(number * 365 * size.years // size.interactions)
            yield self._interaction(number, str(day), rare=number in rare)

    def _interaction(
        self, number: int, day: str, *, rare: bool
    ) -> tuple[Row, list[Row], list[Row]]:
        chance, interaction_id = self._chance, self._id()
        people = dict(
            chance.choices(self._people, cum_weights=self._weights, k=1 + number % 4 // 3)
        )
        kind = chance.choice(words.KINDS)
        note = self._note(number, rare=rare) if number % 10 else ""
        who = " and ".join(people.values())
        entered = f"{words.LINES[kind]} {who}{': ' if note else ''}{note}"
        minutes = chance.choice((None, 15, 30, 45, 90))
        tried = number % 97 == 0
        counts = "no" if tried else "half" if kind == "event" else "yes"
        interaction = (interaction_id, day, kind, minutes, counts, int(tried), note, entered)
        rows = [(interaction_id, person_id, place) for place, person_id in enumerate(people)]
        tags = [(self._id(), interaction_id, chance.choice(words.TAGS))] if number % 25 == 0 else []
        return (*interaction, fold(entered), f"{day}T12:00:00.000+00:00"), rows, tags

    def _note(self, number: int, *, rare: bool) -> str:
        chance = self._chance
        said = chance.choice(words.NOTES).format(
            place=chance.choice(words.PLACES),
            month=chance.choice(words.MONTHS),
            topic=chance.choice(words.TOPICS),
            relative=chance.choice(words.RELATIVES),
        )
        if number % 10 == 1:
            said += f"; spoke of the {words.COMMON}"
        return f"{said}, and the {words.RARE}" if rare else said


class _Command:
    """One command of the record, open for as long as its rows are written."""

    def __init__(self, connection: sqlite3.Connection, command_id: str) -> None:
        self._connection, self._id = connection, command_id

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(
            "INSERT INTO command (id, at, verb, words, open) VALUES (?, ?, 'log', 'made up', 1)",
            (self._id, "2026-11-22T12:00:00.000+00:00"),
        )

    def __exit__(self, *_: object) -> None:
        self._connection.execute("UPDATE command SET open = NULL WHERE open = 1")
        self._connection.execute("COMMIT")


_PERSON = "id, name, folded, circle, created_at"
_DETAIL = "id, person_id, label, label_folded, value, folded"
_PROMISE = "id, person_id, text, folded, owed, due_on, made_on, done_on"
_INTERACTION = "id, day, kind, minutes, counts, tried, note, entered, folded, recorded_at"


def main() -> None:
    """Write one world."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("file", type=Path)
    chosen = parser.parse_args()
    write(chosen.file, SIZES[chosen.size])


if __name__ == "__main__":
    main()
