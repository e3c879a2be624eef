"""Every command with words that do something in the journal of `EVERY_SORT` and Grace."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

Commands = Mapping[str, Sequence[Sequence[str]]]

READING: Commands = {
    "today": [("today",), ("today", "--json"), ()],
    "show": [("show", "ada"), ("show", "ada", "--json"), ("show", "INTERACTION")],
    "history": [
        ("history",),
        ("history", "--json"),
        ("history", "ada"),
        ("history", "ada", "today"),
    ],
    "search": [("search", "boston"), ("search", "boston", "--json")],
    "promises": [("promises",), ("promises", "--json")],
    "people": [("people",), ("people", "--json")],
    "balance": [("balance",), ("balance", "--json"), ("balance", "year")],
    "review": [
        *[("review",), ("review", "year", "--json"), ("review", "year", "--map")],
        *[("review", "--markdown"), ("review", "year", "--html")],
    ],
    "why": [("why", "ada"), ("why", "ada", "--json")],
    "plan": [("plan",), ("plan", "--json")],
    "ahead": [("ahead",), ("ahead", "--json")],
    "away": [("away",)],
    "triage": [("triage",)],
    "sweep": [("sweep",), ("sweep", "--json")],
    "changes": [("changes",), ("changes", "--json")],
    "export": [
        ("export", "jsonl"),
        ("export", "csv", "people"),
        ("export", "csv", "interactions", "--raw"),
        ("export", "vcard", "ELSEWHERE/cards"),
        ("export", "markdown", "ELSEWHERE/pages"),
        ("export", "ics"),
        ("export", "page", "--yes"),
    ],
    "backup": [("backup", "ELSEWHERE/mine.db", "--yes")],
    "restore": [("restore",), ("restore", "--json")],
    "import": [("import", "ELSEWHERE/card.vcf", "--dry-run")],
    "prompt": [("prompt",)],
    "config": [("config",)],
    "init": [("init", "bash")],
    "help": [("help",), ("help", "people")],
    "demo": [("demo",)],
    "doctor": [("doctor",), ("doctor", "--json")],
}
"""What only looks, or writes elsewhere."""

WRITING: Commands = {
    "log": [("log", "coffee with ada: one more"), ("log", "coffee with Zoe", "--new")],
    "inbox": [("inbox",), ("inbox", "--json")],
    "sync": [("sync", "--setup", "ELSEWHERE/meet", "--yes")],
    "saved": [("saved", "40m", "the report")],
    "amend": [("amend", "--note", "another note")],
    "delete": [("delete", "INTERACTION", "--yes")],
    "backup": [("backup",)],
    "restore": [("restore", "ELSEWHERE/other.db", "--yes")],
    "encrypt": [("encrypt", "--yes")],
    "decrypt": [("decrypt", "--yes")],
    "remember": [("remember", "ada", "tea: green")],
    "promise": [("promise", "ada", "a postcard")],
    "ask": [("ask", "ada", "how is Boston")],
    "tell": [("tell", "ada", "got the allotment")],
    "relate": [("relate", "ada", "grace", "--as", "sister")],
    "done": [("done", "send the book")],
    "snooze": [("snooze", "ada", "3d")],
    "pause": [("pause", "ada")],
    "resume": [("resume", "grace")],
    "add": [("add", "Linus Pauling")],
    "edit": [("edit", "ada")],
    "every": [("every", "ada", "2w")],
    "alias": [("alias", "ada", "Countess")],
    "tag": [("tag", "ada,grace", "climbing"), ("tag", "ada", "work", "--drop")],
    "rename": [("rename", "ada", "Ada King")],
    "archive": [("archive", "ada"), ("archive", "ada", "--died")],
    "unarchive": [("unarchive", "mary")],
    "away": [("away", "3 dec to 5 dec")],
    "plan": [("plan", "--apply", "stretch", "--yes")],
    "undo": [("undo", "--yes")],
    "redo": [("redo", "--yes")],
    "merge": [("merge", "ada", "grace", "--prefer", "ada")],
    "forget": [("forget", "ada", "--yes")],
    "import": [
        ("import", "ELSEWHERE/card.vcf", "--yes"),
        ("import", "ELSEWHERE/all.jsonl", "--yes"),
    ],
}
"""What writes to the journal."""


def said(table: Commands, journal: Path, elsewhere: Path) -> list[Sequence[str]]:
    """The commands of a table, with the names that they need."""
    with closing(sqlite3.Connection(f"file:{journal}?immutable=1", uri=True)) as connection:
        found = connection.execute("SELECT id FROM interaction ORDER BY seq").fetchone()
    known = {"ELSEWHERE": str(elsewhere), "INTERACTION": found[0] if found else "none"}

    def put(word: str) -> str:
        for name, value in known.items():
            word = word.replace(name, value)
        return word

    return [[put(word) for word in words] for all_words in table.values() for words in all_words]
