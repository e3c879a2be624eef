"""The record: what each command did, which commands are in force, and what was said before.

How it works. Each command that changes a row leaves one row in `command`, and one in `change` for
each row it changed (triggers.py). Nothing in the record is edited when a command is undone: the
undo is a command too, and its `undoes` names the one that it took back; a redo undoes the undo. So
the commands that hang on one another form a chain, and a command is in force when an even number of
others hangs on it. `Record` reads these chains once, and answers with a `Step`: the command, the
end of its chain (whose changes an undo has to reverse) and what becomes of how many things.

The second half reads the same changes for other questions: what the journal said of somebody
earlier, and which two people became one. An export and an import of cards ask this.

What can go wrong: an id that fits no command or several, a command that was taken back already, and
`forget`, which cannot be taken back, are refused with a ConnectError. A row of the record that
cannot be read is damage (DamageMet).
"""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from connect_cli.errors import ConnectError, NoSuchThing, as_typed
from connect_cli.model import PRIVATE_VERBS, Interaction, Recorded
from connect_cli.reports import Step, Way
from connect_cli.store import people
from connect_cli.store.read_values import day, maybe, reading, text
from connect_cli.store.schema import OF_TWO, TABLES

FORGET = "forget"
"""The one verb that cannot be taken back."""


class _End(NamedTuple):
    """The end of the chain of undos and redos that hangs on a command."""

    id: str
    seq: int
    undone: bool


class Record:
    """The record, with its chains of undos as they were when this object was made."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._undone_by: dict[str, tuple[str, int]] = {
            undoes: (command_id, seq)
            for undoes, command_id, seq in connection.execute(
                "SELECT undoes, id, seq FROM command WHERE undoes IS NOT NULL"
            )
        }

    def commands(self, limit: int | None = None) -> list[Recorded]:
        """All commands, newest first."""
        rows = self._connection.execute(
            f"{_COMMAND} ORDER BY seq DESC LIMIT ?", (-1 if limit is None else limit,)
        )
        return [self._recorded(*row) for row in rows]

    def last(self, number: int) -> list[Step]:
        """The last `number` commands in force, newest first; fewer if there are fewer.

        Commands that were taken back are skipped, and so are `forget` and those that only took
        lines of the inbox: undo leaves these taken.
        """
        found: list[Step] = []
        rows = self._connection.execute(
            f"{_COMMAND} WHERE undoes IS NULL AND verb <> ? ORDER BY seq DESC", (FORGET,)
        )
        for row in rows:
            if len(found) == number:
                break
            if (end := self._end(row[0], row[1])).undone:
                continue
            if (step := self._step(self._recorded(*row), end)).rows:
                found.append(step)
        return found

    def last_taken_back(self) -> Step | None:
        """What `redo` repeats: the last command taken back, unless another has written since."""
        (newest,) = self._connection.execute(
            "SELECT coalesce(max(seq), 0) FROM command WHERE undoes IS NULL"
        ).fetchone()
        ends = {
            command_id: end
            for command_id, seq in self._connection.execute(
                """SELECT id, seq FROM command WHERE undoes IS NULL
                AND id IN (SELECT undoes FROM command WHERE undoes IS NOT NULL)"""
            )
            if (end := self._end(command_id, seq)).undone and end.seq > newest
        }
        if not ends:
            return None
        last = max(ends, key=lambda command_id: ends[command_id].seq)
        return self._step(self._one(last), ends[last])

    def find(self, prefix: str) -> Step:
        """The command in force whose id begins with `prefix`.

        Raises NoSuchThing for none or several, ConnectError for one that cannot be taken back.
        """
        found = self._one(people.full_id(self._connection, "command", "command", prefix))
        if found.undoes is not None:
            raise ConnectError(
                f"'{prefix}' is itself an undo or a redo",
                f"to redo the last command taken back: {as_typed('redo')}",
            )
        if found.verb == FORGET:
            raise ConnectError("somebody who was forgotten cannot be brought back")
        (seq,) = self._connection.execute(
            "SELECT seq FROM command WHERE id = ?", (found.id,)
        ).fetchone()
        end = self._end(found.id, seq)
        if end.undone:
            raise NoSuchThing(
                f"'{prefix}' has been taken back already", f"see: {as_typed('changes')}"
            )
        step = self._step(found, end)
        if not step.rows:
            raise ConnectError(f"'{prefix}' has nothing to undo: a line of the inbox stays taken")
        return step

    def _end(self, command_id: str, seq: int) -> _End:
        undone = False
        while command_id in self._undone_by:
            command_id, seq = self._undone_by[command_id]
            undone = not undone
        return _End(command_id, seq, undone)

    def _one(self, command_id: str) -> Recorded:
        return self._recorded(
            *self._connection.execute(f"{_COMMAND} WHERE id = ?", (command_id,)).fetchone()
        )

    @reading("command")
    def _recorded(
        self, command_id: str, seq: int, at: str, verb: str, words: str, undoes: str | None
    ) -> Recorded:
        moment = datetime.fromisoformat(at).astimezone()
        undone = self._end(command_id, seq).undone
        return Recorded(text(command_id), moment, text(verb), text(words), maybe(undoes), undone)

    @reading()  # an added row stands in its own table
    def _step(self, command: Recorded, end: _End) -> Step:
        rows, things = 0, dict[tuple[str, str], list[bool]]()
        for table, thing, before, after in self._connection.execute(_THINGS, (end.seq,)):
            rows += 1
            text(thing)
            if table not in TABLES:
                raise LookupError(table)
            things.setdefault((table, thing), [before])[1:] = [after]
        counts: dict[tuple[Way, str], int] = {}
        for table, way in _ways(things):
            counts[way, table] = counts.get((way, table), 0) + 1
        effects = [(way, table, number) for (way, table), number in counts.items()]
        told = [effect for effect in effects if effect[1] not in _UNSAID]
        return Step(command, end.id, rows, tuple(told or effects))


def said(verb: str, words: str) -> str:
    """A command as an error message names it: without its words if they may be private."""
    return verb if verb in PRIVATE_VERBS else f"{verb} ({words})"


def _ways(things: dict[tuple[str, str], list[bool]]) -> Iterator[tuple[str, Way]]:
    """What taking the changes back does to each thing that they touched."""
    for (table, thing), (before, after) in things.items():
        if table == "interaction" and thing.startswith("+"):
            if ("interaction", thing[1:]) not in things:
                yield table, "changed back"
        elif before and after:
            yield table, "changed back"
        elif before:
            yield table, "brought back"
        elif after:
            yield table, "taken away"


_UNSAID = ("offered", "gone")
"""Tables of which nothing is said if the command did anything else."""
_COMMAND = "SELECT id, seq, at, verb, words, undoes FROM command"
# Participants and tags count as part of their interaction: `+` marks a change of these alone.
# That a line of the inbox was taken stays.
_THINGS = """SELECT
  CASE WHEN table_name = 'participant' OR tagged IS NOT NULL THEN 'interaction' ELSE table_name END,
  CASE WHEN table_name = 'participant' THEN '+' || substr(row_id, 1, instr(row_id, ' ') - 1)
    WHEN tagged IS NOT NULL THEN '+' || tagged ELSE row_id END,
  was, is_
  FROM (SELECT seq, table_name, row_id, before IS NOT NULL AS was, after IS NOT NULL AS is_,
    CASE table_name WHEN 'tag' THEN coalesce(
      (SELECT r.after FROM record r WHERE r.seq = change.seq), before) ->> 'interaction_id'
    END AS tagged
    FROM change WHERE command_seq = ? AND NOT (table_name = 'inbox_line'
      AND row_id IN (SELECT id FROM inbox_line WHERE dropped = 0)))
  ORDER BY seq"""


class Told(NamedTuple):
    """Something the journal said of a person until a change.

    until: the row number of that change. sort: `name`, `alias`, `tag`, the kind of a contact point,
    `died`, or `day:` and the label of an occasion, whose value is a text like `1815 12 10`, or
    `- 12 10`.
    """

    person_id: str
    until: int
    sort: str
    value: str


def told(connection: sqlite3.Connection) -> Iterator[Told]:
    """Everything the journal once said of people, oldest change first."""
    with reading():  # an added row stands in its own table
        for person_id, until, sort, value in connection.execute(_TOLD):
            yield Told(text(person_id), until, text(sort), text(value))


class Related(NamedTuple):
    """A relation that the journal had until a change. until: the row number of that change."""

    until: int
    person_id: str
    other_id: str
    word: str


def related(connection: sqlite3.Connection) -> Iterator[Related]:
    """Every relation that the journal once had in another form or place, oldest change first."""
    with reading():  # an added row stands in its own table
        for until, *said in connection.execute(_RELATED):
            yield Related(until, *map(text, said))


def kept_since(connection: sqlite3.Connection) -> dict[str, int]:
    """The row number of the change that gave each card its present text, by the card's id."""
    return dict(connection.execute(_KEPT_SINCE))


class Joined(NamedTuple):
    """Two people who were merged by the change with row number `since`, undone later or not."""

    gone: str
    kept: str
    since: int


def joined(connection: sqlite3.Connection) -> Iterator[Joined]:
    """Every merge of two people, oldest first."""
    with reading():  # an added row stands in its own table
        for gone, kept, since in connection.execute(_JOINED):
            yield Joined(text(gone), text(kept), since)


def given_away(connection: sqlite3.Connection) -> set[str]:
    """The ids of the cards that once belonged to somebody else."""
    return {card_id for (card_id,) in connection.execute(_GIVEN_AWAY)}


@reading("person")
def first_days_before(
    connection: sqlite3.Connection, logged: Interaction
) -> list[tuple[str, date | None, date | None]]:
    """Whose first day was moved by the command that logged an interaction, without cause by now.

    They have no contact of its weight on its day any more. With the first day that each had before,
    and the day on which that was said. People whose first day was changed since are left out.
    """
    values = (logged.id, logged.day.isoformat(), logged.counts.value)
    found = connection.execute(_FIRST_DAYS_BEFORE, values)
    return [(person_id, day(first), day(said)) for person_id, first, said in found]


# Other commands that bring interactions, such as a sync, may change first days for other reasons.
_FIRST_DAYS_BEFORE = """SELECT p.id, h.before ->> 'first_on', h.before ->> 'first_said_on'
  FROM change i JOIN command c ON c.seq = i.command_seq
  JOIN change h ON h.command_seq = i.command_seq AND h.table_name = 'person'
  JOIN person p ON p.id = h.row_id
  WHERE i.row_id = ? AND i.table_name = 'interaction' AND i.before IS NULL
  AND c.verb IN ('log', 'sweep', 'inbox')
  AND h.before IS NOT NULL AND h.after ->> 'first_on' IS NOT h.before ->> 'first_on'
  AND p.first_on = h.after ->> 'first_on' AND p.first_said_on = h.after ->> 'first_said_on'
  AND NOT EXISTS (SELECT 1 FROM participant t JOIN interaction e ON e.id = t.interaction_id
    WHERE t.person_id = p.id AND e.day = ? AND e.counts = ?)
  ORDER BY h.seq"""
_TOLD = """SELECT * FROM (
  SELECT row_id AS person_id, seq, 'name', before ->> 'name' FROM change
    WHERE table_name = 'person' AND before IS NOT NULL AND before ->> 'name' IS NOT after ->> 'name'
  UNION ALL SELECT row_id AS person_id, seq, 'died', before ->> 'died_on' FROM change
    WHERE table_name = 'person' AND before ->> 'died_on' IS NOT after ->> 'died_on'
    AND before ->> 'died_on' IS NOT NULL
  UNION ALL SELECT before ->> 'person_id' AS person_id, seq,
    CASE table_name WHEN 'contact_point' THEN before ->> 'kind' WHEN 'occasion'
      THEN 'day:' || (before ->> 'label') ELSE table_name END,
    CASE table_name WHEN 'contact_point' THEN before ->> 'value' WHEN 'occasion'
      THEN coalesce(before ->> 'year', '-') || ' ' || (before ->> 'month') || ' '
        || (before ->> 'day')
      ELSE before ->> 'name' END FROM change
    WHERE table_name IN ('alias', 'contact_point', 'occasion', 'tag') AND before IS NOT NULL)
  WHERE person_id IS NOT NULL ORDER BY seq"""
_RELATED = """SELECT seq, before ->> 'person_id', before ->> 'other_id', before ->> 'word'
  FROM change WHERE table_name = 'relation' AND before IS NOT NULL ORDER BY seq"""
# A row of two people may say of a third one who they are.
_OF_TWO = ", ".join(f"'{table}'" for table in OF_TWO)
# Merges, and their undos and redos: what these write into a card does not count as its arrival.
_MERGES = """WITH RECURSIVE merges (id, seq) AS (
  SELECT id, seq FROM command WHERE verb = 'merge'
  UNION SELECT c.id, c.seq FROM command c JOIN merges m ON c.undoes = m.id)"""
_KEPT_SINCE = f"""{_MERGES} SELECT row_id, max(seq) FROM change
  WHERE table_name = 'card' AND after IS NOT NULL AND (before IS NULL
    OR before ->> 'text' <> after ->> 'text' OR before ->> 'instead' IS NOT after ->> 'instead')
  AND command_seq NOT IN (SELECT seq FROM merges)
  GROUP BY row_id"""
_JOINED = f"""{_MERGES} SELECT gone.row_id, (
    SELECT one.after ->> 'person_id' FROM record one WHERE one.command_seq = gone.command_seq
    AND one.after ->> 'person_id' <> gone.row_id AND one.table_name NOT IN ({_OF_TWO}) LIMIT 1
  ) AS kept, gone.seq
  FROM change gone WHERE gone.table_name = 'person' AND gone.after IS NULL
  AND gone.command_seq IN (SELECT seq FROM merges) AND kept IS NOT NULL ORDER BY gone.seq"""
_GIVEN_AWAY = """SELECT row_id FROM change WHERE table_name = 'card'
  AND before ->> 'person_id' <> after ->> 'person_id'"""
