"""The whole command set over a journal full of hostile text, in one process: for test_shown.

`python -m tests.faults.shown` runs them on whatever terminal or pipe its output is.
"""

import contextlib
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from connect_cli.errors import NotUnderstood
from connect_cli.store.row_checks import STORED
from tests.cli.many import run
from tests.faults.watched import (
    BEGINNING,
    COMMANDS,
    HOME,
    INTERACTION,
    Words,
    filled,
    machine_of,
    write_inbox,
)

COLOUR = "\x1b[9;53m"
"""A colour in which nothing of ours is written."""

LINE = f"{COLOUR}Z\x9b2J\x9d0;t\x9c\u202eevil\u2066 \x1b]0;t\x07[red]\x08\x7f\ufeff"
HOSTILE = f"{LINE}\u2028\r\n\tend"
MILD = "Z\u202eevil\u2066 [red]\ufeff"
"""What a name may hold, which is refused control characters."""

FILES = {
    f"{LINE}.vcf": f"""BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo {LINE}\r\nORG:{LINE}\r
NOTE:{LINE}\r\nEMAIL:{LINE}\r\nCATEGORIES:{LINE}\r\nX-{LINE}:{LINE}\r\nEND:VCARD\r\n""",
    f"{LINE}.csv": f"Name,E-mail 1 - Value,Notes,{LINE}\r\nCy {LINE},{LINE},{LINE},{LINE}\r\n",
    f"{LINE}.ics": f"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:{LINE}\r
DTSTART:20261122T100000Z\r\nDTEND:20261122T110000Z\r\nSUMMARY:Tea {LINE}\r
ATTENDEE;CN=Cy:mailto:cy@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n""",
}
"""Files from elsewhere, by their names."""

ASKING: tuple[Words, ...] = (
    ("show", "ada"),
    ("log", "coffee with hoper"),
    ("log", "coffee with Bo\u202evil"),
    ("log", "i dreamt of coffee with grace \u202e"),
    ("delete", INTERACTION),
    ("merge", "ada b", "ada l"),
    ("forget", "grace"),
    ("encrypt",),
    ("import", f"{HOME}/calendar.ics"),
    ("sweep",),
    ("triage",),
)

COLUMNS = {
    "person": "name circle cadence_words",
    "alias": "name",
    "contact_point": "value",
    "detail": "label value",
    "occasion": "label",
    "card": "uid text",
    "interaction": "note entered",
    "tag": "name",
    "promise": "text",
    "relation": "word",
    "circle": "name",
    "saving": "text",
    "command": "words",
}
"""Every column that holds what somebody typed, or what came in from elsewhere."""


def poison(journal: Path) -> None:
    """Put the most hostile text behind every text that a journal may hold there.

    Anything worse is damage, which no command shows: see test_values.
    """
    connection = sqlite3.connect(journal)  # noqa: TID251  # what commands refuse is written past them
    newest = "WHERE seq = (SELECT max(seq) FROM command)"
    with contextlib.closing(connection), connection:
        connection.execute(f"UPDATE command SET open = 1 {newest}")
        connection.create_function("poisoned", 3, poisoned)
        for table, columns in COLUMNS.items():
            for column in columns.split():
                connection.execute(
                    f"UPDATE {table} SET {column} = poisoned(?, ?, {column}) WHERE {column} <> ''",
                    (table, column),
                )
        connection.execute(f"UPDATE command SET open = NULL {newest}")


def poisoned(table: str, column: str, value: str) -> str:
    """The value with hostile text behind it, if it may stand there."""
    for text in (HOSTILE, LINE, MILD):
        with contextlib.suppress(NotUnderstood):
            return str(STORED[table][column](f"{value} {text}"))
    return value


def told(text: str, home: Path) -> list[Words]:
    """Commands that keep a hostile text in every field, show it, and fail on it."""
    return [
        *[("add", text), ("add", "Ada", "--alias", text, "--every", "1d", "--tag", text)],
        *[("add", "Grace", "--circle", text, "--email", text), ("add", "Ada", "--every", "1w")],
        *[("log", f"coffee with Ada: {text}"), ("log", text), ("log", "--with", text, "--new")],
        *[("log", "tea with ada", "--note", text, "--promise", text, "--ask", text)],
        *[("remember", "ada", f"{text}: {text}"), ("remember", "ada", f"tea: {text}")],
        ("promise", "ada", text, "--by", text),
        *[("saved", f"40m {text}"), ("saved", text), ("saved", "5m", "--on", text), ("balance",)],
        *[("review",), ("review", text), ("review", "year", "--map", "--tag", text)],
        *[("review", "--markdown"), ("review", "year", "--html"), ("review", "--output", text)],
        *[("tell", "ada", text), ("relate", "ada", "grace", "--as", text)],
        *[("relate", "ada", text, "--as", "friend"), ("relate", "ada", "grace", "--drop")],
        *[("promise", "ada", text), ("amend", "--note", text), ("amend", text)],
        *[("rename", "ada", text), ("today",), ("show", "ada"), ("people",), ("history",)],
        *[("history", "--kind", text), ("search", text), ("show", text), ("done", text)],
        *[("promises",), ("why", text), ("plan",), ("ahead",), ("config", "set", text, text)],
        *[("restore", text), ("backup", f"/nowhere/else/{text}"), ("undo", text), ("changes",)],
        *[("merge", "ada", text), ("forget", text), (text,), ("doctor",), ("import", text)],
        *[("--journal", f"/nowhere/else/{text}", "people"), ("today", text)],
        *[("sync", "--retire", text), ("sync", "--setup", f"{home}/{text}", "--yes")],
    ]


def commands() -> Iterator[Words]:
    """Each, with the journal as it then is."""
    yield from BEGINNING
    poison(HOME / "data" / "connect" / "journal.db")
    write_inbox(f"tea with ada: {LINE}")
    for words in COMMANDS[len(BEGINNING) :]:
        with machine_of(words):
            yield tuple(filled([one.replace("eda", "ada") for one in words]))  # no editor renamed
    for name, content in FILES.items():
        (HOME / name).write_bytes(content.encode())
        yield "import", f"{HOME}/{name}", "--dry-run"
        yield "import", f"{HOME}/{name}", "--on-match", "new", "--yes"
    yield from told(HOSTILE, HOME)
    yield from [("export", "csv", "people", path) for path in ("/dev/stdout", "/dev/tty")]


def questions() -> Iterator[Words]:
    """Commands that ask, and show texts in what they ask."""
    yield from BEGINNING
    yield "add", "Ada Byron", "--every", "2w"
    poison(HOME / "data" / "connect" / "journal.db")
    (calendar,) = (name for name in FILES if name.endswith(".ics"))
    (HOME / "calendar.ics").write_bytes(FILES[calendar].encode())
    yield "config", "set", "calendar.file", f"{HOME}/calendar.ics"
    yield "add", "Cy", "--email", "cy@example.org"
    yield from (tuple(filled(words)) for words in ASKING)


if __name__ == "__main__":
    run(questions() if "questions" in sys.argv else commands())
