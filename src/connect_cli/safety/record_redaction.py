"""Remove a person from the record of changes, and say which ids are theirs.

How it works. `RecordRedactor` goes through `change` from the oldest row on: a row about them is
deleted, and in every other row their names are replaced on both sides. Then commands without any
change left are deleted, and the names are replaced in the words of the others. What the record said
of others must stay: the moments at which their fields were said, and that a row of theirs was
deleted (kept_moments.py keeps both). `same_people` finds the ids that are, or were, this person: a
merge, or a deleted person of the same name.

What can go wrong. A row of the record that cannot be read stops it (DamageMet), and everything
rolls back.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from connect_cli.language.words import fold
from connect_cli.model import PRIVATE_VERBS
from connect_cli.safety.kept_moments import KeptMoments
from connect_cli.safety.redaction import SOMEONE, NameRedactor
from connect_cli.store import people, schema
from connect_cli.store.changes import FORGET
from connect_cli.store.read_values import reading
from connect_cli.store.row_checks import SIDES, side_of
from connect_cli.store.schema import ADDED, OF_TWO, OWNED, OWNERS, TABLES, Row

Redacting = Callable[[str, Row], Row]
"""Takes a table and a row; returns the columns that change when the names are replaced."""


class Forgotten(NamedTuple):
    """Who is forgotten: all their ids, the interactions that go, and those shared with others."""

    ids: frozenset[str]
    alone: set[str]
    shared: set[str]
    redactor: NameRedactor


class _Step(NamedTuple):
    """A change of the record to touch. sides: what it says from now on; None: it is deleted."""

    seq: int
    command: int
    table: str
    row_id: str
    sides: Sequence[Row | None] | None


class RecordRedactor:
    """Removes a person's rows from the record, and replaces their names in the other rows."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        forgotten: Forgotten,
        redact: Redacting,
        moments: KeptMoments,
    ) -> None:
        self._connection = connection
        self._moments = moments
        self._ids, self._alone, self._shared, self._redactor = forgotten
        self._redacted = redact

    def run(self) -> None:
        """Redact the record, inside the transaction of the command `forget`."""
        self._take_out()
        self._shorten_commands()
        self._moments.say_again()

    def _take_out(self) -> None:
        """Delete their rows from the record, and replace their names in the other rows."""
        gone = self._gone_rows()
        last, shortened = 0, set()
        while rows := self._connection.execute(
            """SELECT h.seq, h.command_seq, h.table_name, h.row_id, h.before, h.after,
              coalesce(h.times ->> 'at', c.at)
            FROM change h JOIN command c ON c.seq = h.command_seq
            WHERE h.seq > ? AND c.open IS NULL ORDER BY h.seq LIMIT 1000""",
            (last,),
        ).fetchall():
            last = rows[-1][0]
            steps = [*self._steps(rows, gone)]
            self._moments.keep((step.table, step.row_id) for step in steps)
            for step in steps:
                if step.sides is None:
                    self._shorten(step.seq)
                    shortened.add(step.command)
                else:
                    texts = [side and _json(side) for side in step.sides]
                    self._run(_SIDES_ARE, *texts, step.seq)
        self._drop_offers(shortened)
        self._run("DELETE FROM change WHERE command_seq = (SELECT seq FROM command WHERE open = 1)")

    def _steps(self, rows: Iterable[Sequence[Any]], gone: set[tuple[str, str]]) -> Iterator[_Step]:
        """What to do with these changes; those that stay as they are are left out."""
        interactions = self._shared | {row_id for table, row_id in gone if table == "interaction"}
        for seq, command, table, row_id, before, after, at in rows:
            values = self._values(seq, table, row_id, (before, after))
            if (table, row_id) in gone or self._names_them(table, values, gone):
                if after is None and self._is_of_others(table, values[0] or {}):
                    self._moments.keep_deletion(table, row_id, command, at)
                yield _Step(seq, command, table, row_id, None)
            elif (before, after) != (None, ADDED) and (
                row_id in interactions or self._may_name_them(table, values)
            ):
                sides = [side and self._without_names(table, side) for side in values]
                if sides != values:
                    yield _Step(seq, command, table, row_id, sides)

    def _is_of_others(self, table: str, row: Row) -> bool:
        """Whether a row that was once theirs belonged to people who stay, in the end."""
        owners = {row.get(column) for column in OWNERS.get(table, ())} - {None}
        return bool(owners) and owners.isdisjoint(self._ids)

    def _drop_offers(self, shortened: set[int]) -> None:
        """Delete who else was offered by commands that were about these people alone.

        What later commands did to these offers goes with them, such as a merge.
        """
        commands = json.dumps(sorted(shortened))
        self._run(
            f"{_ONLY_OFFERS} DELETE FROM offered WHERE id IN (SELECT row_id FROM only)", commands
        )
        self._run(
            f"""{_ONLY_OFFERS} DELETE FROM change
            WHERE table_name = 'offered' AND row_id IN (SELECT row_id FROM only)""",
            commands,
        )

    @reading()  # an added row stands in its own table
    def _values(
        self, seq: int, table: str, row_id: str, sides: Sequence[str | None]
    ) -> list[Row | None]:
        """A row before and after a change, with at least its identity."""
        before, after = sides
        if before is None and after == ADDED and table in OWNED:  # look up whose it was
            sql = "SELECT after FROM record WHERE seq = ?"
            (after,) = self._connection.execute(sql, (seq,)).fetchone()
        key = dict(zip(TABLES[table].identity, row_id.split(" "), strict=True))
        became = side_of(table, after, added=before is None)
        return [side_of(table, before), became if became is None else key | became]

    def _may_name_them(self, table: str, values: Sequence[Row | None]) -> bool:
        """Whether a row may hold one of their names; searched tables are tested by folded text."""
        if not TABLES[table].searched:
            return True
        needles = self._redactor.needles
        texts = [text for side in values if side for text in schema.folded(table, side).values()]
        return any(needle in text for text in texts for needle in needles)

    def _shorten(self, seq: int) -> None:
        """Delete a change from the record, and the words of its command if they are private."""
        verbs = sorted(PRIVATE_VERBS)
        self._run(
            f"""UPDATE command SET words = ? WHERE verb IN ({people.marks(verbs)})
            AND seq = (SELECT command_seq FROM change WHERE seq = ?)""",
            *(f"{SOMEONE} and others", *verbs, seq),
        )
        self._run("DELETE FROM change WHERE seq = ?", seq)

    def _names_them(
        self, table: str, values: Sequence[Row | None], gone: set[tuple[str, str]]
    ) -> bool:
        """Whether a change is about one of their rows, or a part of a deleted interaction."""
        sides = [side for side in values if side is not None]
        if table == "person":
            return any(side["id"] in self._ids for side in sides)
        return any(
            any(side.get(column) in self._ids for column in OWNERS.get(table, ("person_id",)))
            or ("interaction", side.get("interaction_id")) in gone
            for side in sides
        )

    def _gone_rows(self) -> set[tuple[str, str]]:
        """Table and id of their rows: those just deleted, and those deleted earlier.

        A row that was theirs for a while and belongs to somebody else now is not among them.
        """
        gone = {("interaction", interaction_id) for interaction_id in self._alone}
        gone |= set(
            self._connection.execute(
                """SELECT table_name, row_id FROM change
                WHERE command_seq = (SELECT seq FROM command WHERE open = 1) AND after IS NULL"""
            )
        )
        ids = sorted(self._ids)
        for table, columns in OWNERS.items():
            owners = [f"{side} ->> '{column}'" for column in columns for side in SIDES]
            sides = " OR ".join(f"{owner} IN ({people.marks(ids)})" for owner in owners)
            rows = self._connection.execute(
                f"""SELECT DISTINCT table_name, row_id FROM change WHERE table_name = ?
                AND ({sides}) AND row_id NOT IN (SELECT id FROM {table})""",
                (table, *ids * len(owners)),
            )
            gone |= set(rows)
        return gone | set(self._interactions_that_were_theirs())

    def _interactions_that_were_theirs(self) -> Iterator[tuple[str, str]]:
        """Deleted interactions in which nobody else ever took part."""
        rows = self._connection.execute(
            """SELECT substr(row_id, 1, instr(row_id, ' ') - 1) AS interaction,
              json_group_array(coalesce(before ->> 'person_id', after ->> 'person_id')),
              json_group_array(coalesce(after ->> 'person_id', before ->> 'person_id'))
            FROM record WHERE table_name = 'participant' GROUP BY interaction
            HAVING interaction NOT IN (SELECT id FROM interaction)"""
        )
        for interaction_id, before, after in rows:
            if {*json.loads(before), *json.loads(after)} <= self._ids:
                yield "interaction", interaction_id

    def _without_names(self, table: str, side: Row) -> Row:
        changed = self._redacted(table, side)
        return side | {name: text for name, text in changed.items() if name in side}

    def _shorten_commands(self) -> None:
        """Delete commands that have no change left, and replace the names in the others' words."""
        self._run(
            """DELETE FROM command WHERE open IS NULL AND verb <> ?
            AND seq NOT IN (SELECT command_seq FROM change)""",
            FORGET,
        )
        for seq, words in self._connection.execute("SELECT seq, words FROM command").fetchall():
            if (without := self._redactor.text(words)) != words:
                self._run("UPDATE command SET words = ? WHERE seq = ?", without, seq)

    def _run(self, sql: str, *values: Any) -> None:
        self._connection.execute(sql, values)


_SIDES_ARE = "UPDATE change SET before = ?, after = ? WHERE seq = ?"
_ONLY_OFFERS = """WITH only AS (SELECT row_id FROM change
  WHERE command_seq IN (SELECT value FROM json_each(?))
  AND command_seq NOT IN (SELECT command_seq FROM change WHERE table_name <> 'offered'))"""


def same_people(connection: sqlite3.Connection, person_ids: Iterable[str]) -> frozenset[str]:
    """The ids that are or were these people: their own, people merged into them, and namesakes.

    The others exist only in the record: a merge that was undone does not count, and a namesake
    counts only after they were deleted. Nobody into whom one of them was merged is among them.
    """
    ids, before = {*person_ids}, 0
    while len(ids) > before:
        before = len(ids)
        ids |= set(_merged_into(connection, ids)) | set(_namesakes_gone(connection, ids))
    return frozenset(ids)


def _merged_into(connection: sqlite3.Connection, ids: set[str]) -> Iterator[str]:
    merges = connection.execute(
        f"""SELECT DISTINCT h.command_seq, h.row_id FROM change h
        JOIN command c ON c.seq = h.command_seq
        WHERE c.verb = 'merge' AND h.table_name = 'person' AND h.after IS NULL AND {_GONE}"""
    ).fetchall()
    for seq, gone_id in merges:
        owners = connection.execute(
            """SELECT DISTINCT CASE table_name WHEN 'person' THEN row_id
              ELSE after ->> 'person_id' END
            FROM record WHERE command_seq = ? AND after IS NOT NULL
            AND table_name NOT IN (SELECT value FROM json_each(?))""",
            (seq, json.dumps(OF_TWO)),  # one of their two owners may be a third person
        )
        if ids & {owner for (owner,) in owners}:
            yield gone_id


def _namesakes_gone(connection: sqlite3.Connection, ids: set[str]) -> Iterator[str]:
    names = {
        folded
        for each in ids
        for (folded,) in connection.execute(
            """SELECT folded FROM person WHERE id = :id
            UNION SELECT folded FROM alias WHERE person_id = :id""",
            {"id": each},
        )
    }
    rows = connection.execute(
        f"""SELECT DISTINCT row_id, coalesce(after, before) ->> 'name' AS name FROM record h
        WHERE table_name = 'person' AND {_GONE} AND name IS NOT NULL"""
    )
    return (gone_id for gone_id, name in rows.fetchall() if fold(name) in names)


_GONE = "h.row_id NOT IN (SELECT id FROM person)"


def _json(values: Mapping[str, Any]) -> str:
    """A row as JSON in the form in which SQLite writes it into the record."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
