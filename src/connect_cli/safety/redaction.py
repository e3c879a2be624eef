"""A name taken out of texts, and out of what is recorded."""

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
from connect_cli.store.row_checks import side_of
from connect_cli.store.schema import ADDED, OWNED, TABLES, Row

SOMEONE = "someone"
LEAST_WORD = 3
"""Letters of a single word of a name that is taken out of an entry in any spelling."""


class Unnaming:
    """Takes names out of texts, however their case and accents were written.

    names: all the names to take out. others: names of other people, which stay whole even where
    they hold one of those.
    """

    def __init__(self, names: Iterable[str], others: Iterable[str] = ()) -> None:
        self._names = sorted({fold(name) for name in names}, key=len, reverse=True)
        self._others = {fold(other) for other in others} - set(self._names)
        self._kept = [one for one in self._others if any(name in one for name in self._names)]

    @cached_property
    def needles(self) -> tuple[str, ...]:
        """Folded runs of letters, at least one of which stands in every text to look at."""
        longest = (max(re.findall(r"\w+", name) or [name], key=len) for name in self._names)
        return tuple(dict.fromkeys(longest))

    def text(self, text: str) -> str:
        """A text without the names. One that is a single word must begin as a name does."""
        return self._without(text, self._pattern)

    def entry(self, text: str, company: Iterable[str]) -> str:
        """A text about something that they took part in, with the people `company`.

        The first and the last word of a name go too, unless they are a word of the others' names.
        """
        theirs = {word for name in company for word in re.findall(r"\w+", fold(name))}
        words = {word for name in self._names for word in _outer(name)} - theirs
        pattern = _matching(words, [fold(name) for name in company])
        return self._without(self.text(text), pattern, small=True)

    def mentions(self, text: str) -> bool:
        """Whether a first name of theirs stands alone in a text."""
        words = self.first_names
        kept = [one for one in self._others if any(word in one for word in words)]
        return self._without(text, _matching(words, kept)) != text

    @cached_property
    def first_names(self) -> tuple[str, ...]:
        """The first word of each of the names, folded."""
        return tuple({_outer(name)[0] for name in self._names if _outer(name)})

    @cached_property
    def _pattern(self) -> "re.Pattern[str]":
        return _matching(self._names, self._kept)

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
    """Finds the names; what is kept is found first and has no group."""
    longest = sorted(names, key=len, reverse=True)
    staying = "|".join(map(_as_words, sorted(kept, key=len, reverse=True))) or r"(?!)"
    going = "|".join(map(_as_words, longest)) or r"(?!)"
    return re.compile(f"(?:{staying})|(?P<gone>{going})")


def _as_words(name: str) -> str:
    """A name however its words are parted; whole words only, in scripts that part words."""
    inner = r"[\s\-_]+".join(re.escape(word) for word in re.split(r"[\s\-_]+", name.strip()))
    before = r"(?<!\w)" if _has_case(name[:1]) else ""
    return f"{before}{inner}" + (r"(?!\w)" if _has_case(name[-1:]) else "")


def _has_case(letter: str) -> bool:
    return letter.upper() != letter.lower() or letter.isdigit()


def _is_name(written: str, *, small: bool) -> bool:
    """A single word in small letters is a name only where `small` says so, and if it is long."""
    if re.search(r"[\s\-_]", written) or written[:1] == written[:1].upper():
        return True
    return small and len(written) >= LEAST_WORD


def _outer(name: str) -> list[str]:
    """The first and the last word of a name."""
    words = re.findall(r"\w+", name)
    return [word for word in dict.fromkeys(words[:1] + words[-1:]) if len(word) > 1]


def _placed(text: str) -> tuple[str, list[int]]:
    """A text folded, and for each of its letters the place in the text that it comes from."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for one in fold(letter):
            letters.append(one)
            places.append(place)
    return "".join(letters), [*places, len(text)]


def _end(text: str, last: int) -> int:
    """Where a match ends in the text, marks that fold away included."""
    while last < len(text) and not fold(text[last]):
        last += 1
    return last


_LINE = re.compile(r"[^\r\n]+(?:(?:\r\n|\n|\r)[ \t][^\r\n]*|(?<==)(?:\r\n|\n|\r)[^\r\n]+)*")
_FOLD = re.compile(r"(?:\r\n|\n|\r)[ \t]")
_CODED = re.compile(r"(?P<head>[^:]*?);?ENCODING=QUOTED-PRINTABLE(?P<rest>[^:]*):", re.IGNORECASE)


def without(text: str, unnamed: Callable[[str], str]) -> str:
    """A card without the names that `unnamed` takes out; its other lines stay as they are."""
    return _LINE.sub(lambda line: _line(line[0], unnamed), text)


def _line(line: str, unnamed: Callable[[str], str]) -> str:
    said = _plain(line)
    changed = unnamed(said)
    return line if changed == said else changed


def _plain(line: str) -> str:
    """A line without its folds, and without what vCard 2.1 wraps it in."""
    said = _FOLD.sub("", line)
    if (coded := _CODED.match(said)) is None:
        return said
    value = quopri.decodestring(said[coded.end() :].encode()).decode("utf-8", "replace")
    value = re.sub(r"\r\n|\r|\n", r"\\n", value)
    return f"{coded['head']}{coded['rest']}:{value}"


Unnamed = Callable[[str, Row], Row]
"""The columns of a table's row that change when the names go from it."""


class Forgotten(NamedTuple):
    """Who is forgotten: by every id, with the entries that go and those that were shared."""

    ids: frozenset[str]
    alone: set[str]
    shared: set[str]
    unnaming: Unnaming


class Unrecording:
    """Rows of the record that are theirs, and the names in the rows of others."""

    def __init__(
        self, connection: sqlite3.Connection, forgotten: Forgotten, unnamed: Unnamed
    ) -> None:
        self._connection = connection
        self._ids, self._alone, self._shared, self._unnaming = forgotten
        self._unnamed = unnamed

    def run(self) -> None:
        """Do it, inside the transaction of the command `forget`."""
        self._take_out()
        self._shorten_commands()

    def _take_out(self) -> None:
        """Take their rows out of the record, and their names out of the rows of others."""
        gone = self._gone_rows()
        entries = self._shared | {row_id for table, row_id in gone if table == "interaction"}
        last = 0
        while rows := self._connection.execute(
            """SELECT h.seq, h.table_name, h.row_id, h.before, h.after FROM change h
            JOIN command c ON c.seq = h.command_seq
            WHERE h.seq > ? AND c.open IS NULL ORDER BY h.seq LIMIT 1000""",
            (last,),
        ).fetchall():
            last = rows[-1][0]
            for seq, table, row_id, *sides in rows:
                values = self._values(seq, table, row_id, sides)
                if (table, row_id) in gone or self._names_them(table, values, gone):
                    self._shorten(seq)
                elif sides != [None, ADDED] and (
                    row_id in entries or self._may_name_them(table, values)
                ):
                    self._unname(seq, table, values)
        self._run("DELETE FROM change WHERE command_seq = (SELECT seq FROM command WHERE open = 1)")

    @reading()  # an added row stands in its own table
    def _values(
        self, seq: int, table: str, row_id: str, sides: Sequence[str | None]
    ) -> list[Row | None]:
        """A row before and after a change, with at least what it is found by."""
        before, after = sides
        if before is None and after == ADDED and table in OWNED:  # whose it was, it does not say
            sql = "SELECT after FROM record WHERE seq = ?"
            (after,) = self._connection.execute(sql, (seq,)).fetchone()
        key = dict(zip(TABLES[table].identity, row_id.split(" "), strict=True))
        became = side_of(table, after, added=before is None)
        return [side_of(table, before), became if became is None else key | became]

    def _may_name_them(self, table: str, values: Sequence[Row | None]) -> bool:
        """Whether a name of theirs may stand in what a row says; of some, its words are folded."""
        if not TABLES[table].searched:
            return True
        needles = self._unnaming.needles
        texts = [text for side in values if side for text in schema.folded(table, side).values()]
        return any(needle in text for text in texts for needle in needles)

    def _shorten(self, seq: int) -> None:
        """Take a change out of the record; what a private command says of it goes with it."""
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
        """Whether a change is about a row of theirs, or a part of an entry that goes."""
        sides = [side for side in values if side is not None]
        if table == "person":
            return any(side["id"] in self._ids for side in sides)
        return any(
            side.get("person_id") in self._ids
            or ("interaction", side.get("interaction_id")) in gone
            for side in sides
        )

    def _gone_rows(self) -> set[tuple[str, str]]:
        """Rows of theirs, as the record names them: those just removed, and those removed before.

        A row that another person has now, and that was theirs for a while, is not among them.
        """
        gone = {("interaction", entry_id) for entry_id in self._alone}
        gone |= set(
            self._connection.execute(
                """SELECT table_name, row_id FROM change
                WHERE command_seq = (SELECT seq FROM command WHERE open = 1) AND after IS NULL"""
            )
        )
        ids = sorted(self._ids)
        for table in OWNED:
            sides = " OR ".join(
                f"{side} ->> 'person_id' IN ({people.marks(ids)})" for side in ("before", "after")
            )
            rows = self._connection.execute(
                f"""SELECT DISTINCT table_name, row_id FROM change WHERE table_name = ?
                AND ({sides}) AND row_id NOT IN (SELECT id FROM {table})""",
                (table, *ids, *ids),
            )
            gone |= set(rows)
        return gone | set(self._entries_that_were_theirs())

    def _entries_that_were_theirs(self) -> Iterator[tuple[str, str]]:
        """Deleted entries in which nobody else ever took part."""
        rows = self._connection.execute(
            """SELECT substr(row_id, 1, instr(row_id, ' ') - 1) AS entry,
              json_group_array(coalesce(before ->> 'person_id', after ->> 'person_id')),
              json_group_array(coalesce(after ->> 'person_id', before ->> 'person_id'))
            FROM record WHERE table_name = 'participant' GROUP BY entry
            HAVING entry NOT IN (SELECT id FROM interaction)"""
        )
        for entry_id, before, after in rows:
            if {*json.loads(before), *json.loads(after)} <= self._ids:
                yield "interaction", entry_id

    def _unname(self, seq: int, table: str, values: Sequence[Row | None]) -> None:
        changed = [side and self._without_names(table, side) for side in values]
        if changed != list(values):
            texts = [side and _json(side) for side in changed]
            self._run("UPDATE change SET before = ?, after = ? WHERE seq = ?", *texts, seq)

    def _without_names(self, table: str, side: Row) -> Row:
        changed = self._unnamed(table, side)
        return side | {name: text for name, text in changed.items() if name in side}

    def _shorten_commands(self) -> None:
        """Commands of which nothing is left go; the others keep their words without the names."""
        self._run(
            """DELETE FROM command WHERE open IS NULL AND verb <> ?
            AND seq NOT IN (SELECT command_seq FROM change)""",
            FORGET,
        )
        for seq, words in self._connection.execute("SELECT seq, words FROM command").fetchall():
            if (without := self._unnaming.text(words)) != words:
                self._run("UPDATE command SET words = ? WHERE seq = ?", without, seq)

    def _run(self, sql: str, *values: Any) -> None:
        self._connection.execute(sql, values)


def same_people(connection: sqlite3.Connection, person_id: str) -> frozenset[str]:
    """A person, all who were made one with them, and all of the same name whom only the record has.

    Of those none is there any more: a merge that was taken back made nobody one.
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
            FROM record WHERE command_seq = ? AND after IS NOT NULL""",
            (seq,),
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
    """A row as SQLite writes it into the record."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
