"""One matrix: every table of store/schema.py against everything that must know every table.

A cell makes a row in the table and does the verb. Where a verb has nothing to do with a table, the
reason stands in `WHY_NOT`. A new table fails until it says how a row of it is made, and then until
each verb knows it or a reason is given; a reason for what works all the same fails too.
"""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from connect_cli.journal import merge as journal_merge
from connect_cli.journal import undo as journal_undo
from connect_cli.journal.answers import Silent
from connect_cli.language.relations import tied
from connect_cli.model import Interaction, Kind, Named, Occasion, Owed
from connect_cli.store import schema
from connect_cli.store.rows import Rows
from connect_cli.store.tables import CardRow, CircleRow, Gone
from tests.conftest import Connect
from tests.exchange.copies import exported, journal_at, meet
from tests.journal.commands import Rows as Tables
from tests.journal.commands import tables
from tests.store.garbage import columns, write

DAY = date(2026, 11, 20)
AT = "2026-11-20T08:00:00.000+00:00"
SECRET = "xylophone"  # noqa: S105  # a word that stands nowhere else
ZOE = f"Zoe {SECRET.title()}"


def _log(rows: Rows, who: Named) -> None:
    happened = Interaction("", DAY, Kind.CALL, (who,), note=SECRET, entered=f"Call {SECRET}")
    rows.add_interaction(happened)


def _remember(rows: Rows, who: Named) -> None:
    """One detail with a label, and two without."""
    for label, value in (("tea", SECRET), ("", f"allergic to {SECRET}"), ("", "likes jazz")):
        rows.remember(who.id, label, value)


def _relate(rows: Rows, who: Named) -> None:
    """A relation of them, and one of another to them."""
    uma = Named(rows.add_person("Uma Reed"), "Uma Reed")
    rows.flush()
    rows.relate(tied(who, uma, SECRET))
    rows.relate(tied(uma, who, "boss"))


def _keep_apart(rows: Rows, who: Named) -> None:
    other = rows.add_person("Uma Reed")
    rows.flush()
    rows.keep_apart(who.id, other)


MAKES: Mapping[str, Callable[[Rows, Named], object]] = {
    "person": lambda rows, who: rows.change_person(who.id, circle=f"{ZOE}'s"),
    "alias": lambda rows, who: rows.set_aliases(who.id, [f"{SECRET} Zed"]),
    "contact_point": lambda rows, who: rows.set_contact_points(
        who.id, "email", [f"a@{SECRET}.org"]
    ),
    "detail": _remember,
    "occasion": lambda rows, who: rows.set_occasion(Occasion("", who, SECRET, 2, 3, None)),
    "card": lambda rows, who: rows._session.add(CardRow(person_id=who.id, uid="u", text=SECRET)),
    "interaction": _log,
    "participant": _log,
    "tag": lambda rows, who: rows.set_tags([SECRET], person_id=who.id),
    "promise": lambda rows, who: rows.add_promise(
        who.id, SECRET, owed=Owed.ME, made_on=DAY, due_on=None
    ),
    "relation": _relate,
    "distinct_pair": _keep_apart,
    "pause": lambda rows, who: rows.add_pause(who.id, DAY, None),
    "saving": lambda rows, _: rows.save(5, DAY, f"for {ZOE}"),
    "gone": lambda rows, _: rows._session.add(Gone(id="0" * 12, table_name="tag", at=AT)),
    "offered": lambda rows, who: rows.offer(who.id, DAY, dormant=False),
    "inbox_line": lambda rows, _: rows.take_line("5e" * 16, "a7" * 16, dropped=True),
    "circle": lambda rows, _: rows._session.add(CircleRow(name="choir", cadence="2w")),
}
"""How a row of each table is made: about somebody, and where it has a text, with the secret."""

OF_NOBODY = "it belongs to nobody"
NO_TEXT = "it has no text"
WHY_NOT: Mapping[tuple[str, str], str] = {
    ("copies", "gone"): "what was taken away elsewhere is not told anew when that is undone",
    ("merge", "gone"): OF_NOBODY,
    ("merge", "saving"): OF_NOBODY,
    ("merge", "inbox_line"): OF_NOBODY,
    ("merge", "circle"): OF_NOBODY,
    ("discreet", "circle"): "the name of a circle is no text about anybody",
    ("discreet", "card"): "no command shows it; an export, which does, is never discreet",
    ("discreet", "distinct_pair"): NO_TEXT,
    ("discreet", "pause"): NO_TEXT,
    ("discreet", "gone"): NO_TEXT,
    ("discreet", "offered"): NO_TEXT,
    ("discreet", "inbox_line"): NO_TEXT,
}


def somebody(path: Path, name: str) -> Named:
    """A new person."""
    with journal_at(path) as journal, journal.write("add", name) as rows:
        return Named(rows.add_person(name), name)


def make(path: Path, table: str, who: Named) -> None:
    """A row of a table about somebody."""
    with journal_at(path) as journal, journal.write("test", table) as rows:
        MAKES[table](rows, who)


def made(path: Path, table: str, name: str = ZOE) -> str:
    """Somebody, and a row of a table about them; the id of that person."""
    who = somebody(path, name)
    make(path, table, who)
    return who.id


def rows_of(path: Path) -> Tables:
    """Every row, but for the record."""
    with journal_at(path) as journal:
        return tables(journal.connection)


def said(path: Path, table: str) -> list[Any]:
    """The rows of a table without SQLite's own numbers."""
    names = ", ".join(name for name in schema.TABLES[table].columns if name != "seq")
    with journal_at(path) as journal:
        return sorted(journal.connection.execute(f"SELECT {names} FROM {table}"), key=repr)


def undo(path: Path, table: str, connect: Connect) -> None:
    """The row goes and comes back, and every other table is as it was."""
    who = somebody(path, ZOE)
    before = rows_of(path)
    make(path, table, who)
    there = rows_of(path)
    with journal_at(path, 1) as journal:
        journal_undo.undo(journal, journal_undo.undoable(journal, "1"))
    assert rows_of(path) == before
    assert before[table] != there[table]
    with journal_at(path, 2) as journal:
        journal_undo.redo(journal, journal_undo.redoable(journal))
    assert rows_of(path) == there


def export(path: Path, table: str, connect: Connect) -> None:
    """What is exported makes the same row in an empty journal."""
    made(path, table)
    other = path.with_name("other.db")
    meet(other, exported(path))
    assert said(other, table) == said(path, table) != []


def copies(path: Path, table: str, connect: Connect) -> None:
    """Another copy learns of the row, and that it was taken away again."""
    made(path, table, ZOE)
    other = path.with_name("other.db")
    meet(other, exported(path), 10)
    learnt = said(other, table)
    assert learnt == said(path, table) != []
    with journal_at(path, 20) as journal:
        journal_undo.undo(journal, journal_undo.undoable(journal, "1"))
    meet(other, exported(path), 30)
    assert said(other, table) == said(path, table) != learnt


def forget(path: Path, table: str, connect: Connect) -> None:
    """Nothing of it is left in the file, and none of what the record said of it, but for one id."""
    connect("add", "Bo Chen")
    person_id = made(path, table)
    assert SECRET in held(path)
    assert connect("forget", ZOE, "--yes").code == 0
    assert held(path).count(person_id) == 1, "only as an order, so that no copy brings them again"
    assert SECRET not in held(path)
    assert person_id not in repr(said(path, table))


def held(path: Path) -> str:
    """All that the file holds, in small letters."""
    with closing(sqlite3.Connection(str(path))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes().decode("latin-1").lower()


def merge(path: Path, table: str, connect: Connect) -> None:
    """The row is of the one who stays, says what it said, and is parted from them by undo."""
    gone = made(path, table)
    with journal_at(path, 1) as journal:
        with journal.write("add", "Ida") as rows:
            stays = rows.add_person("Ida")
        there = tables(journal.connection)
    with journal_at(path, 2) as journal:
        journal_merge.merge(journal, "Ida", ZOE, Silent(), "Ida")
        after = tables(journal.connection)
    assert gone in repr(there)
    assert gone not in repr(after)
    if table != "person":
        assert _ids(table, there) <= _ids(table, after)
        assert stays in repr(after["participant" if table == "interaction" else table])
    with journal_at(path, 3) as journal:
        journal_undo.undo(journal, journal_undo.undoable(journal, "1"))
        assert tables(journal.connection) == there


def _ids(table: str, rows: Tables) -> set[object]:
    """The ids of a table's rows; of a participant's that of the interaction."""
    described = schema.TABLES[table]
    place = described.columns.index(described.identity[0])
    return {row[place] for row in rows[table]}


def doctor(path: Path, table: str, connect: Connect) -> None:
    """A value that no command can have written is named, in every column but row numbers."""
    made(path, table)
    content = path.read_bytes()
    for column in columns():
        if column.table == table and not column.key:
            path.write_bytes(content)
            write(path, column, b"\xff\x00")
            assert f"{column.said} of " in connect("doctor").out, column


SHOWING = (
    *(
        ("balance",),
        ("balance", "--json"),
        *(("review", "year", *form) for form in ((), ("--json",), ("--markdown",), ("--html",))),
        ("review", "year", "--map"),
        ("today",),
        ("show", ZOE),
        ("people",),
        ("history",),
        ("promises",),
        ("changes",),
    ),
    ("export", "page"),
    *(("search", SECRET), ("search", "zoe"), ("why", ZOE), ("ahead",), ("undo",), ("plan",)),
)


def discreet(path: Path, table: str, connect: Connect) -> None:
    """What a command shows of it otherwise, it does not show on a shared screen."""
    made(path, table, "Bo Chen")
    words = [tuple("Bo Chen" if word == ZOE else word for word in words) for words in SHOWING]
    assert [each for each in words if SECRET in connect(*each).out.lower()]
    told = [(each, ran.out + ran.err) for each in words for ran in [connect("--discreet", *each)]]
    shown = [(each, text) for each, text in told if SECRET in text.lower()]
    assert [each for each, _ in shown if each[0] != "search"] == []
    assert [text for _, text in shown if SECRET in text.lower().replace(f"'{SECRET}'", "")] == []


VERBS: Mapping[str, Callable[[Path, str, Connect], None]] = {
    each.__name__: each for each in (undo, export, copies, forget, merge, doctor, discreet)
}
CELLS = [*product(VERBS, schema.TABLES)]


def test_every_table_says_how_a_row_of_it_is_made() -> None:
    """A new table begins here; a reason is of a cell that there is."""
    assert set(MAKES) == set(schema.TABLES)
    assert set(WHY_NOT) <= set(CELLS)


@pytest.mark.parametrize(("verb", "table"), [cell for cell in CELLS if cell not in WHY_NOT])
def test_a_verb_knows_a_table(verb: str, table: str, journal_file: Path, connect: Connect) -> None:
    """A row of the table, and what the verb makes of it."""
    VERBS[verb](journal_file, table, connect)


@pytest.mark.parametrize(("verb", "table"), WHY_NOT)
def test_a_reason_is_given_only_where_it_is_needed(
    verb: str, table: str, journal_file: Path, connect: Connect
) -> None:
    """The verb does not do with this table what it does with the others."""
    with pytest.raises(AssertionError):
        VERBS[verb](journal_file, table, connect)
