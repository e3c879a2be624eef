"""Replace a person's names in texts, in address cards and in the record of changes.

How it works. `NameRedactor` replaces names in a text by `someone`. It compares folded text, so case
and accents never matter, and keeps for each folded letter its place in the original (`_placed`), so
that the rest of the text stays as it was. Other people's names that contain one of these are
matched first and kept. In a text about others only full names go; in an interaction that they took
part in, the first and the last word of a name go too. `redact_card` works line by line through a
vCard.

`RecordRedactor` goes through `change` from the oldest row on: a row about them is deleted, and in
every other row their names are replaced on both sides. Then commands without any change left are
deleted, and the names are replaced in the words of the others. `same_people` finds the ids that
are, or were, this person: a merge, or a deleted person of the same name.

What can go wrong. A first name alone in a text about others stays, because nobody knows who is
meant; `NameRedactor.mentions` counts such texts, and the question before `forget` says how many.
A row of the record that cannot be read stops it (DamageMet), and everything rolls back.
"""

import json
import quopri
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from connect_cli.language.words import fold
from connect_cli.model import PRIVATE_VERBS
from connect_cli.store import people, schema
from connect_cli.store.changes import FORGET
from connect_cli.store.read_values import reading
from connect_cli.store.row_checks import SIDES, side_of
from connect_cli.store.schema import ADDED, OF_TWO, OWNED, OWNERS, TABLES, Row

SOMEONE = "someone"
LEAST_WORD = 3
"""Letters that one word of a name must have to be replaced even when written in lower case."""

_LINE = re.compile(r"[^\r\n]+(?:(?:\r\n|\n|\r)[ \t][^\r\n]*|(?<==)(?:\r\n|\n|\r)[^\r\n]+)*")

_FOLD = re.compile(r"(?:\r\n|\n|\r)[ \t]")

_CODED = re.compile(r"(?P<head>[^:]*?);?ENCODING=QUOTED-PRINTABLE(?P<rest>[^:]*):", re.IGNORECASE)


class NameRedactor:
    """Replaces names in texts, whatever their case and accents.

    names: all the names to replace. others: names of other people, which stay whole even where they
    contain one of those.
    """

    def __init__(self, names: Iterable[str], others: Iterable[str] = ()) -> None:
        self._names = sorted({fold(name) for name in names}, key=len, reverse=True)
        self._others = {fold(other) for other in others} - set(self._names)
        self._kept = [one for one in self._others if any(name in one for name in self._names)]

    @cached_property
    def needles(self) -> tuple[str, ...]:
        """Folded words, at least one of which is in every text that holds a name."""
        longest = (max(re.findall(r"\w+", name) or [name], key=len) for name in self._names)
        return tuple(dict.fromkeys(longest))

    def text(self, text: str) -> str:
        """A text with the names replaced. A name of one word counts only with a capital letter."""
        return self._without(text, self._pattern)

    def interaction(self, text: str, company: Iterable[str]) -> str:
        """The text of an interaction that they took part in, with the names replaced.

        company: the names of the others in it. The first and the last word of a name are replaced
        too, unless they are a word of those.
        """
        theirs = {word for name in company for word in re.findall(r"\w+", fold(name))}
        words = {word for name in self._names for word in _outer(name)} - theirs
        pattern = _matching(words, [fold(name) for name in company])
        return self._without(self.text(text), pattern, small=True)

    def mentions(self, text: str) -> bool:
        """Whether a text holds one of their first names alone."""
        return self._without(text, self._first_pattern) != text

    @cached_property
    def first_names(self) -> tuple[str, ...]:
        """The first word of each of the names, folded."""
        return tuple({_outer(name)[0] for name in self._names if _outer(name)})

    @cached_property
    def _pattern(self) -> "re.Pattern[str]":
        return _matching(self._names, self._kept)

    @cached_property
    def _first_pattern(self) -> "re.Pattern[str]":
        words = self.first_names
        kept = [one for one in self._others if any(word in one for word in words)]
        return _matching(words, kept)

    def _without(self, text: str, pattern: "re.Pattern[str]", *, small: bool = False) -> str:
        folded, places = _placed(text)
        parts, last = [], 0
        for found in pattern.finditer(folded):
            start, end = places[found.start()], _end(text, places[found.end() - 1] + 1)
            if found["gone"] is None or not _is_name(text[start:end], small=small):
                continue
            parts += [text[last:start], SOMEONE]
            last = end
        return "".join([*parts, text[last:]])


def _matching(names: Iterable[str], kept: Iterable[str]) -> "re.Pattern[str]":
    """A pattern whose group `gone` matches a name; what is kept matches first, without a group."""
    longest = sorted(names, key=len, reverse=True)
    staying = "|".join(map(_as_words, sorted(kept, key=len, reverse=True))) or r"(?!)"
    going = "|".join(map(_as_words, longest)) or r"(?!)"
    return re.compile(f"(?:{staying})|(?P<gone>{going})")


def _as_words(name: str) -> str:
    """A pattern for a name with any separators; whole words only, in scripts that have case."""
    words = list(filter(None, re.split(r"[\s\-_]+", name))) or [name]
    inner = r"[\s\-_]+".join(map(re.escape, words))
    before = r"(?<![^\W_])" if _has_case(words[0][:1]) else ""
    return f"{before}{inner}" + (r"(?![^\W_])" if _has_case(words[-1][-1:]) else "")


def _has_case(letter: str) -> bool:
    return letter.upper() != letter.lower() or letter.isdigit()


def _is_name(written: str, *, small: bool) -> bool:
    """Whether a match is a name; a single lower-case word only if `small` is set and it is long."""
    if re.search(r"[\s\-_]", written) or written[:1] == written[:1].upper():
        return True
    return small and len(written) >= LEAST_WORD


def _outer(name: str) -> list[str]:
    """The first and the last word of a name."""
    words = re.findall(r"\w+", name)
    return [word for word in dict.fromkeys(words[:1] + words[-1:]) if len(word) > 1]


def _placed(text: str) -> tuple[str, list[int]]:
    """A text folded, and the place in the original of each folded letter."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for one in fold(letter):
            letters.append(one)
            places.append(place)
    return "".join(letters), [*places, len(text)]


def _end(text: str, last: int) -> int:
    """Where a match ends in the original, including marks that fold away."""
    while last < len(text) and not fold(text[last]):
        last += 1
    return last


def redact_card(text: str, redact: Callable[[str], str]) -> str:
    """A vCard with the names in it replaced; lines without a name stay as they are."""
    return _LINE.sub(lambda line: _line(line[0], redact), text)


def _line(line: str, redact: Callable[[str], str]) -> str:
    said = _plain(line)
    changed = redact(said)
    return line if changed == said else changed


def _plain(line: str) -> str:
    """A line unfolded, and decoded from the quoted-printable of vCard 2.1."""
    said = _FOLD.sub("", line)
    if (coded := _CODED.match(said)) is None:
        return said
    value = quopri.decodestring(said[coded.end() :].encode()).decode("utf-8", "replace")
    value = re.sub(r"\r\n|\r|\n", r"\\n", value)
    return f"{coded['head']}{coded['rest']}:{value}"


Redacting = Callable[[str, Row], Row]
"""Takes a table and a row; returns the columns that change when the names are replaced."""


class Forgotten(NamedTuple):
    """Who is forgotten: all their ids, the interactions that go, and those shared with others."""

    ids: frozenset[str]
    alone: set[str]
    shared: set[str]
    redactor: NameRedactor


class RecordRedactor:
    """Removes a person's rows from the record, and replaces their names in the other rows."""

    def __init__(
        self, connection: sqlite3.Connection, forgotten: Forgotten, redact: Redacting
    ) -> None:
        self._connection = connection
        self._ids, self._alone, self._shared, self._redactor = forgotten
        self._redacted = redact

    def run(self) -> None:
        """Redact the record, inside the transaction of the command `forget`."""
        self._take_out()
        self._shorten_commands()

    def _take_out(self) -> None:
        """Delete their rows from the record, and replace their names in the other rows."""
        gone = self._gone_rows()
        interactions = self._shared | {row_id for table, row_id in gone if table == "interaction"}
        last, shortened = 0, set()
        while rows := self._connection.execute(
            """SELECT h.seq, h.command_seq, h.table_name, h.row_id, h.before, h.after FROM change h
            JOIN command c ON c.seq = h.command_seq
            WHERE h.seq > ? AND c.open IS NULL ORDER BY h.seq LIMIT 1000""",
            (last,),
        ).fetchall():
            last = rows[-1][0]
            for seq, command, table, row_id, *sides in rows:
                values = self._values(seq, table, row_id, sides)
                if (table, row_id) in gone or self._names_them(table, values, gone):
                    self._shorten(seq)
                    shortened.add(command)
                elif sides != [None, ADDED] and (
                    row_id in interactions or self._may_name_them(table, values)
                ):
                    self._redact(seq, table, values)
        self._drop_offers(shortened)
        self._run("DELETE FROM change WHERE command_seq = (SELECT seq FROM command WHERE open = 1)")

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

    def _redact(self, seq: int, table: str, values: Sequence[Row | None]) -> None:
        changed = [side and self._without_names(table, side) for side in values]
        if changed != list(values):
            texts = [side and _json(side) for side in changed]
            self._run("UPDATE change SET before = ?, after = ? WHERE seq = ?", *texts, seq)

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


_ONLY_OFFERS = """WITH only AS (SELECT row_id FROM change
  WHERE command_seq IN (SELECT value FROM json_each(?))
  AND command_seq NOT IN (SELECT command_seq FROM change WHERE table_name <> 'offered'))"""


def same_people(connection: sqlite3.Connection, person_id: str) -> frozenset[str]:
    """The ids that are or were this person: their own, people merged into them, and namesakes.

    The others exist only in the record: a merge that was undone does not count, and a namesake
    counts only after they were deleted.
    """
    ids, before = {person_id}, 0
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
