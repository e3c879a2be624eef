"""What SQLite runs for a query, instruction by instruction.

SQLite before 3.43 does not say in its plan that an index is all it reads, but its program does.
"""

import sqlite3
from collections.abc import Callable


def read_from(connection: sqlite3.Connection, sql: str) -> set[str]:
    """The tables and indexes that a query takes values from, row numbers aside."""
    names = {
        root: name for name, root in connection.execute("SELECT name, rootpage FROM sqlite_schema")
    }
    program = connection.execute(f"EXPLAIN {sql}").fetchall()
    opened = {row[2]: names[row[3]] for row in program if row[1] == "OpenRead"}
    return {opened[row[2]] for row in program if row[1] == "Column" and row[2] in opened}


def queries(connection: sqlite3.Connection, read: Callable[[], object]) -> list[str]:
    """The queries that something runs."""
    ran: list[str] = []
    connection.set_trace_callback(ran.append)
    read()
    connection.set_trace_callback(None)
    return ran
