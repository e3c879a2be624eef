"""Each table is described as it is in the file, and its references are checked at the commit."""

import sqlite3

from connect_cli.store import migrations, schema


def test_the_description_of_each_table_is_that_of_the_file(empty: sqlite3.Connection) -> None:
    """Columns in their order, what only one row may have, and what a row names."""
    ours = inspect_tables(empty) | {"seen"}
    assert ours == {*schema.TABLES, *schema.ELSEWHERE}
    for table in ours:
        columns = [row[1] for row in empty.execute(f"PRAGMA table_info({table})")]
        described = schema.TABLES.get(table)
        assert columns == list(described.columns if described else schema.ELSEWHERE[table])
        if described is not None:
            found = empty.execute(f"PRAGMA foreign_key_list({table})").fetchall()
            assert dict(described.refers) == {row[3]: row[2] for row in found}
            assert _unique(empty, table) == _once(table)


def _unique(connection: sqlite3.Connection, table: str) -> set[frozenset[str]]:
    """What only one row may have, its id left out."""
    indexes = [row[1] for row in connection.execute(f"PRAGMA index_list({table})") if row[2]]
    found = {
        frozenset(row[2] for row in connection.execute(f"PRAGMA index_info({name})"))
        for name in indexes
    }
    return found - {frozenset({"id"})}


def _once(table: str) -> set[frozenset[str]]:
    """The same as it is described; a tag belongs to a person or to an interaction."""
    key = {*schema.TABLES[table].key}
    if table == "tag":
        return {frozenset(key - {"interaction_id"}), frozenset(key - {"person_id"})}
    return {frozenset(key)} if key else set()


def test_foreign_keys_are_checked_at_the_commit() -> None:
    """Every reference is deferred, so that a command may write its rows in any order."""
    text = "".join(migrations.step_texts())
    assert text.count("REFERENCES") == text.count("DEFERRABLE INITIALLY DEFERRED") > 0


def inspect_tables(connection: sqlite3.Connection) -> set[str]:
    """The journal's own tables, those that only index others left out."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows if "_words" not in name and name != "seen"}
