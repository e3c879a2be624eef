"""Journals of every older version, brought up to date: nothing is lost, and all can be undone."""

import hashlib
import json
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings

from connect_cli.exchange import export_near
from connect_cli.exchange.import_cards import CardImport
from connect_cli.journal import log, offered, undo
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Journal
from connect_cli.language.words import fold
from connect_cli.safety import doctor
from connect_cli.store import (
    circles,
    copies,
    database,
    inbox_lines,
    interactions,
    migrations,
    offers,
    people,
    schema,
    sqlite,
    triggers,
)
from connect_cli.store.changes import Record
from connect_cli.store.rows import Rows
from connect_cli.store.writes import Writer
from tests.journal.commands import VERBS, Step, check_index, do, opened, steps, tables
from tests.store.journals import NOW, TODAY
from tests.store.test_undo import reverse
from tests.store.unpacking import gunzip

BY_HAND = migrations.GENERATED - 1
"""The last version whose triggers stand in its steps."""

LATER = ("circle", "distinct_pair", "relation", "inbox_line", "offered")
"""Tables of later versions, in the order in which they can be left out and put back."""

VERSIONS = range(1, len(migrations.STEP_FILES))
AT = NOW.isoformat(timespec="milliseconds")
NOTE = 'a "quote", a \\, a\x00NUL, \u2028, 😀, Łódź'
FIRST = (
    f"INSERT INTO person (id, name, folded, created_at) VALUES ('{1:012}', 'Zoë', 'zoe', '{AT}')",
    f"INSERT INTO person (id, name, folded, created_at) VALUES ('{2:012}', 'Bo', 'bo', '{AT}')",
    f"INSERT INTO alias (id, person_id, name, folded) VALUES ('{3:012}', '{1:012}', 'Zé', 'ze')",
    (
        "INSERT INTO detail (id, person_id, label, label_folded, value, folded)"
        f" VALUES ('{4:012}', '{1:012}', 'Tea', 'tea', 'Mint', 'tea mint')"
    ),
    (
        "INSERT INTO occasion (id, person_id, label, month, day)"
        f" VALUES ('{5:012}', '{1:012}', 'x', 2, 3)"
    ),
    (
        "INSERT INTO contact_point (id, person_id, kind, value)"
        f" VALUES ('{6:012}', '{1:012}', 'email', 'z@example.org')"
    ),
    (
        "INSERT INTO interaction (id, day, kind, counts, tried, note, entered, folded, recorded_at)"
        f" VALUES ('{7:012}', '2026-01-05', 'call', 'yes', 0, '', 'Tea', 'tea', '{AT}')"
    ),
    f"INSERT INTO participant VALUES ('{7:012}', '{1:012}', 0), ('{7:012}', '{2:012}', 1)",
    f"INSERT INTO tag (id, name, interaction_id) VALUES ('{8:012}', 'work', '{7:012}')",
    (
        "INSERT INTO promise (id, person_id, text, folded, owed, made_on)"
        f" VALUES ('{9:012}', '{1:012}', 'Book', 'book', 'me', '2026-01-05')"
    ),
    f"INSERT INTO pause (id, person_id, start_on) VALUES ('{10:012}', '{2:012}', '2026-01-05')",
    f"INSERT INTO saving (id, day, minutes, text) VALUES ('{11:012}', '2026-01-05', 5, 'x')",
)
SECOND = (
    "UPDATE interaction SET note = :note, folded = 'tea' || char(10) || :folded",
    "UPDATE detail SET value = 'Black', folded = 'tea black'",
    "DELETE FROM participant WHERE place = 1",
    f"UPDATE participant SET person_id = '{2:012}' WHERE place = 0",
    "DELETE FROM alias",
    "UPDATE person SET circle = 'inner' WHERE name = 'Zoë'",
)
THIRD = ("DELETE FROM detail", "DELETE FROM tag", "UPDATE promise SET done_on = '2026-02-01'")


def old(path: Path, version: int) -> None:
    """A journal as that version left it: three commands, by the triggers of its steps."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with closing(sqlite.connect(str(path))) as connection:
        migrations.migrate(connection, steps=migrations.step_texts()[:version])
        connection.execute("PRAGMA journal_mode = WAL")
        said = {"note": NOTE, "folded": fold(NOTE)}
        for number, statements in enumerate((FIRST, SECOND, THIRD)):
            connection.execute("BEGIN")
            connection.execute(
                "INSERT INTO command (id, at, verb, words, open)"
                f" VALUES ('{number:012}', '{AT}', 'test', 'command {number}', 1)"
            )
            for statement in statements:
                wanted = said if ":" in statement and "note = :" in statement else {}
                connection.execute(statement, wanted)
            connection.execute("UPDATE command SET open = NULL")
            connection.execute("COMMIT")
    path.chmod(0o600)


def sides(connection: sqlite3.Connection, source: str) -> list[tuple[Any, ...]]:
    """What the record says, without what follows from the rest of a row."""
    rows = connection.execute(
        f"SELECT seq, command_seq, table_name, row_id, before, after FROM {source} ORDER BY seq"
    )
    return [
        (*row, *(_kept(table, side) for side in (before, after)))
        for *row, before, after in rows.fetchall()
        for table in (row[2],)
    ]


def _kept(table: str, side: str | None) -> dict[str, Any] | None:
    """A side of a change by its columns; an older version did not know all that are empty now."""
    if side is None:
        return None
    row = json.loads(side)
    wanted = schema.TABLES[table].recorded
    return {name: row[name] for name in wanted if row.get(name) not in (None, "")}


def take_back_all(connection: sqlite3.Connection, path: Path, times: int) -> None:
    """Undo commands one by one, the newest first."""
    writer = Writer(connection, path)
    for _ in range(times):
        (step,) = Record(connection).last(1)
        with writer.transaction(NOW) as transaction:
            reverse(transaction, connection, step.undoes)
    writer._engine.dispose(close=False)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_record_of_an_older_version_says_the_same(tmp_path: Path, version: int) -> None:
    """Every row before and after every command, though each is kept once."""
    path = tmp_path / "old" / "journal.db"
    old(path, version)
    with closing(sqlite.connect(str(path))) as connection:
        before = sides(connection, "change" if version <= BY_HAND else "record")
    with closing(database.open_to_write(path)) as connection:
        assert sides(connection, "record") == before
        added = "SELECT DISTINCT after FROM change WHERE before IS NULL ORDER BY after"
        marks = [row[0] for row in connection.execute(added)]
        assert marks == ['{"place":0}', '{"place":1}', schema.ADDED]
        folds = "SELECT count(*) FROM change WHERE coalesce(before, '') || after LIKE '%folded%'"
        assert connection.execute(folds).fetchone() == (0,)
    report = doctor.diagnose(path, NOW, TODAY)
    assert [one for one in report.findings if not one.note] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_what_an_older_version_did_is_taken_back_and_brought_again(
    tmp_path: Path, version: int
) -> None:
    """Table by table, folded texts and the newest contacts included."""
    path = tmp_path / "old" / "journal.db"
    old(path, version)
    with closing(database.open_to_write(path)) as connection:
        whole = tables(connection)
        take_back_all(connection, path, 3)
        assert not any(tables(connection).values())
        check_index(connection)
        writer = Writer(connection, path)
        for _ in range(3):
            step = Record(connection).last_taken_back()
            assert step is not None
            with writer.transaction(NOW) as transaction:
                reverse(transaction, connection, step.undoes)
        assert tables(connection) == whole
        check_index(connection)
        writer._engine.dispose(close=False)


@contextmanager
def last_by_hand() -> Iterator[None]:
    """Let connect be one whose newest version is the last with triggers by hand."""
    texts = list(migrations.step_texts()[:BY_HAND])
    with pytest.MonkeyPatch.context() as patched:
        for name in LATER:
            for tables_by_name in (schema.TABLES, schema.TRAVELS):
                patched.delitem(tables_by_name, name)
            patched.delitem(schema.OWNERS, name, raising=False)
        owned = tuple(name for name in schema.OWNED if name not in LATER)
        patched.setattr(schema, "OWNED", owned)
        patched.setattr(Rows, "_join_pairs", lambda *_: None)
        patched.setattr(circles, "kept", lambda _: {})
        patched.setattr(interactions, "begun_at", lambda _: None)
        patched.setattr(CardImport, "id_of", lambda *_: None)
        patched.setattr(people, "_PERSON", people._PERSON_ALONE)
        patched.setattr(offers, "of_everybody", lambda *_: None)
        patched.setattr(offered, "keep_offered", lambda *_: None)
        patched.setattr(offers, "all_of", lambda *_: None)
        patched.setattr(export_near, "all_relations", lambda _: [])
        for verb in ("inbox", "relate", "apart", "tell", "died", "meet"):
            patched.setitem(VERBS, verb, VERBS["log"])
        patched.setattr(inbox_lines, "keys", lambda _: [])
        there = {
            table: [name for name in each.columns if name != "died_on"]
            for table, each in schema.TABLES.items()
        }
        texts[-1] += f"{list(triggers.statements(there))[-1]};\n"  # the view, for its undo
        texts[-1] += "ALTER TABLE person ADD COLUMN died_on TEXT;\n"  # which the models write
        patched.setattr(migrations, "STEP_FILES", migrations.STEP_FILES[:BY_HAND])
        patched.setattr(migrations, "step_texts", lambda: tuple(texts))
        yield


def without_later_columns(path: Path) -> None:
    """Leave a journal as its version by hand did: without what the models of today write."""
    with closing(sqlite.connect(str(path))) as connection:
        connection.execute("ALTER TABLE person DROP COLUMN died_on")


def rows_of(connection: sqlite3.Connection) -> dict[str, Any]:
    """The rows of each table that has some: a later version has more tables, and more columns."""
    return {
        table: [_without_end(row) for row in rows]
        for table, rows in tables(connection).items()
        if rows
    }


def _without_end(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row without empty values at its end."""
    while row and row[-1] is None:
        row = row[:-1]
    return row


def play(path: Path, sequence: list[Step]) -> list[dict[str, Any]]:
    """Run commands; the rows before and after each that wrote, undo among them."""
    journal = opened(path)
    states = [rows_of(journal.connection)]
    for step in sequence:
        before = len(undo.changes(journal))
        do(journal, step)
        if len(undo.changes(journal)) > before:
            states.append(rows_of(journal.connection))
    journal.close()
    return states


def undone_to(journal: Journal, states: list[dict[str, Any]]) -> None:
    """Take back command by command: the journal is as it was before each."""
    assert rows_of(journal.connection) == states[-1]
    for state in reversed(states[:-1]):
        undo.undo(journal, undo.undoable(journal, "1"))
        assert rows_of(journal.connection) == state
        check_index(journal.connection)


@settings(max_examples=10)
@given(steps(), steps(most=4))
def test_undo_leads_across_the_step_table_by_table(before: list[Step], after: list[Step]) -> None:
    """Commands of the version before and of this one, taken back and brought again in order."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        with last_by_hand():
            states = play(path, before)
        if path.exists():
            without_later_columns(path)
        states += play(path, after)[1:]
        journal = opened(path)
        undone_to(journal, states)
        for state in states[1:]:
            undo.redo(journal, undo.redoable(journal))
            assert rows_of(journal.connection) == state
        journal.close()
        assert not [one for one in doctor.diagnose(path, NOW, TODAY).findings if one.what in WRONG]


WRONG = ("unreadable", "structure", "search index", "damaged", "newest contact", "days seen")


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A journal of the last version by hand, with long notes."""
    path = tmp_path / "old" / "journal.db"
    with last_by_hand():
        journal = opened(path)
        for number in range(100):
            log.log_lines(
                journal, [f"call with Ada Lovelace: {number} {'word ' * 200}"], LogOptions(new=True)
            )
        journal.close()
    without_later_columns(path)
    return path


def test_the_file_shrinks(large: Path) -> None:
    """Only what is kept takes room, and nothing is left free."""
    before = large.stat().st_size
    with closing(database.open_to_write(large)) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert large.stat().st_size < 0.85 * before


class Stopped(Exception):
    """Raised where a migration is cut off."""


def cut_off(path: Path, number: int) -> bool:
    """Bring a journal up to date, unless it takes so many statements: whether it did not."""
    left = number

    class Cut(sqlite3.Connection):
        def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:
            nonlocal left
            left -= sql != "ROLLBACK"
            if left == 0:
                raise Stopped
            return super().execute(sql, *given)

    connection = sqlite3.connect(path, isolation_level=None, factory=Cut)  # noqa: TID251  # one that is cut off
    with closing(connection), suppress(Stopped):
        migrations.migrate(connection, path)
        return left > 0
    return False


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.slow)])
def test_cut_off_at_any_statement_it_goes_on_with_the_next_command(large: Path, step: int) -> None:
    """The journal is of one version or of a later one, whole, and has the triggers of that one."""
    content = large.read_bytes()
    with closing(sqlite.connect(str(large))) as connection:
        wanted = rows_of(connection)
    for number in range(1, 1600, step):
        large.write_bytes(content)
        done = cut_off(large, number)
        with closing(sqlite.connect(str(large))) as connection:
            version = migrations._version(connection)
            assert rows_of(connection) == wanted
            there = "SELECT count(*) FROM sqlite_master WHERE name IN ('tag_inserted', 'record')"
            assert connection.execute(there).fetchone() == (2,)
        assert version in range(BY_HAND, len(migrations.STEP_FILES) + 1)
        journal = opened(large)
        assert rows_of(journal.connection) == wanted
        undo.undo(journal, undo.undoable(journal, "1"))
        journal.close()
        for copy in copies.listed(large):
            copy.path.unlink()
        if done:
            break
    else:
        pytest.fail("it never came to its end")


def test_a_disk_without_room_for_a_second_file_leaves_a_whole_journal(large: Path) -> None:
    """It is up to date; what is written next fills the room that the step freed."""

    class Full(sqlite3.Connection):
        def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:
            if sql == "VACUUM":
                raise sqlite3.OperationalError("database or disk is full")
            return super().execute(sql, *given)

    full = sqlite3.connect(large, isolation_level=None, factory=Full)  # noqa: TID251  # one without room
    with closing(full) as connection:
        migrations.migrate(connection, large)
        assert migrations._version(connection) == len(migrations.STEP_FILES)
    assert [one for one in doctor.diagnose(large, NOW, TODAY).findings if one.what in WRONG] == []


@pytest.mark.parametrize(
    ("damage", "kept"),
    [
        ("UPDATE change SET after = 'no row' WHERE seq = 1", "no row"),
        ("UPDATE change SET after = 'no row', before = NULL", "no row"),
        ("UPDATE change SET after = json_set(after, '$.name', 'Eve') WHERE seq = 1", None),
    ],
)
def test_what_does_not_agree_with_its_row_stays_as_it_is(
    tmp_path: Path, damage: str, kept: str | None
) -> None:
    """Damage is not made to look like a row that was added: the doctor and undo still see it."""
    path = tmp_path / "old" / "journal.db"
    old(path, BY_HAND)
    with closing(sqlite.connect(str(path))) as connection:
        connection.execute(damage)
    with closing(database.open_to_write(path)) as connection:
        (after,) = connection.execute("SELECT after FROM change WHERE seq = 1").fetchone()
        assert after == kept or json.loads(after)["name"] == "Eve"


FROZEN = {
    "0001_journal.sql": "3eae6fd9da88587b16671388fe65bdcd1313fdb3769098569ce95e764b096b45",
    "0002_said_on.sql": "4e20c9c74a486b3bbcdb3ec5c372db266ad7e9b55140460e4e05be9219922877",
    "0003_undo.sql": "b34074c3e9fb2fbf23c838a8ed0a6b0241c7ff807e1b76c73a38e0b2295501f4",
    "0004_exchange.sql": "7030ab06bf7747c55f560579322ff032ff31876282577a03bf60ea154f98ad0b",
    "0005_seen.sql": "e7991296c3cce5dccb30ac49a65fd5a8c3b7c1b304b8a3251ff669dea5afbfeb",
    "0006_cards.sql": "7baf90adf69fc936539c7ea345ab6b3a467341877e7937acf36520665217bfdc",
    "0007_record.sql": "296e57fe936c8b7e6cd840fcce42e9acd43590b57a4d1580813349120e7a695f",
    "0008_inbox.sql": "1e69deee7829c9c93e4a43f5ce222f7622fffdb9d1259631329c00f25acca12c",
    "0009_offered.sql": "9c4fbba19fac4cb600db7b27e96a7e76c85e5dad47528c5f9d0ead1be50167d2",
    "0010_relations.sql": "26c4f83a04a50150fbe07234d1789881e6dd816c0513125b99d685f541e4532a",
    "0011_looking_back.sql": "9ab4677e1c79b2e2fcbe1f514e7a0597f16f6798d5db5254376b8e87bd546ef4",
    "0012_machines.sql": "5c803b2e8e05522e88419b5d7c9b52dd67545c5a486bf1fbce24225b48dd896b",
}


@pytest.mark.parametrize("name", migrations.STEP_FILES)
def test_the_text_of_a_step_never_changes(name: str) -> None:
    """What ran on somebody's journal stays as it was: new wishes are new steps."""
    text = migrations.step_texts()[migrations.STEP_FILES.index(name)]
    assert hashlib.sha256(text.encode()).hexdigest() == FROZEN[name]


ONE_MORE = "ALTER TABLE saving ADD COLUMN why TEXT;\n"


def test_a_step_after_the_first_copies_the_journal_first(tmp_path: Path) -> None:
    """The copy holds the journal as it was, private, and the step is done once."""
    path = tmp_path / "journal.db"
    connection = database.open_to_write(path)
    steps = (*migrations.step_texts(), ONE_MORE)
    migrations.migrate(connection, path, steps)
    migrations.migrate(connection, path, steps)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(steps),)
    connection.close()
    (kept,) = (copy.path for copy in copies.listed(path))
    assert kept.name == f"journal-0001-01-01-before-schema-{len(steps)}.db.gz"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    copy = database.open_to_read(gunzip(kept))
    assert copy.execute("PRAGMA user_version").fetchone() == (len(steps) - 1,)
    copy.close()


def test_a_step_that_fails_leaves_the_schema_as_it_was(tmp_path: Path) -> None:
    """Half a step is never kept: its first statement is gone with its second."""
    path = tmp_path / "journal.db"
    connection = database.open_to_write(path)
    broken = (*migrations.step_texts(), ONE_MORE + "CREATE TABLE person (a);\n")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrations.migrate(connection, path, broken)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(saving)")]
    assert "why" not in columns
    assert connection.execute("PRAGMA user_version").fetchone() == (len(broken) - 1,)
    connection.close()


def test_half_a_statement_at_the_end_of_a_step_is_an_error() -> None:
    """A step that was cut off is not run as if it were whole."""
    with pytest.raises(ValueError, match="half a statement"):
        list(migrations.statements("CREATE TABLE a (b);\nCREATE TABLE"))
