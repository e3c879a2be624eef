"""Every command that takes a person finds them by whatever they may be called."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import pytest

from connect_cli.cli.commands import MODULE_OF
from tests.conftest import Begin, Connect

NAME = "Ana-Maria Óskarsdóttir Silva"
SPELLINGS = {
    "the first name": "ana",
    "within a first name of two": "maria",
    "a middle name without accents": "oskarsdottir",
    "the last name": "silva",
    "the beginning of a word": "oskar",
    "a handle": "maria-oskarsdottir-silva",
    "an alias": "countess",
    "a later word of an alias": "zoe",
    "in capitals": "SILVA",
    "an alias of another program": "@amsilva",
    "a quoted word of an alias": "minnie",
    "in quotes": "“silva”",
    "pasted with unseen signs": "\u202asilva\u202c",
    "whole": NAME,
}
BEGINNING: tuple[Sequence[str], ...] = (
    ("add", NAME),
    ("add", "Bob Brown"),
    ("add", "Cy Cole"),
    ("alias", "ana", "Countess Zoë"),
    ("alias", "ana", "@amsilva"),
    ("alias", "ana", "Miss “Minnie”"),
    ("log", "tea with ana-maria"),
    ("promise", "ana", "the book"),
    ("archive", "cy"),
)
MAIL = (
    "From x@y.z Mon Nov 23 08:00:00 2026\nFrom: me@example.org\nTo: bob@example.org\n"
    "Date: Mon, 23 Nov 2026 08:00:00 +0000\nMessage-ID: <1@x>\nSubject: hello\n\nhello\n"
)
TAKING: dict[str, Sequence[Sequence[str]]] = {
    "show": [("show", "WHO")],
    "history": [("history", "WHO")],
    "search": [("search", "WHO")],
    "people": [("people", "WHO")],
    "why": [("why", "WHO")],
    "log": [("log", "coffee with WHO"), ("log", "a fine day", "--with", "WHO")],
    "amend": [("amend", "--with", "WHO")],
    "remember": [("remember", "WHO", "tea: green")],
    "promise": [("promise", "WHO", "a postcard")],
    "ask": [("ask", "WHO", "how is Boston")],
    "tell": [("tell", "WHO", "got the allotment")],
    "relate": [
        ("relate", "WHO", "bob", "--as", "friend"),
        ("relate", "bob", "WHO", "--as", "boss"),
    ],
    "done": [("done", "WHO")],
    "snooze": [("snooze", "WHO", "3d")],
    "pause": [("pause", "WHO")],
    "resume": [("resume", "WHO")],
    "edit": [("edit", "WHO")],
    "every": [("every", "WHO", "2w")],
    "alias": [("alias", "WHO", "Anni")],
    "tag": [("tag", "WHO", "climbing")],
    "rename": [("rename", "WHO", "Ana-Maria Silva King")],
    "archive": [("archive", "WHO")],
    "unarchive": [("unarchive", "WHO")],
    "import": [("import", "MAILBOX", "--only", "WHO", "--dry-run")],
    "merge": [("merge", "WHO", "bob"), ("merge", "bob", "WHO")],
    "forget": [("forget", "WHO", "--yes")],
}
SILENT = {"edit", "import"}
"""What says nothing of them where there is nothing to say."""
LOOKING = {"show", "history", "search", "people", "why", *SILENT}
TAKING_NONE = {
    *("today", "demo", "delete", "backup", "restore", "doctor", "encrypt", "decrypt", "promises"),
    *("add", "plan", "ahead", "away", "triage", "changes", "undo", "redo", "export", "sweep"),
    *("inbox", "sync", "init", "prompt", "config", "help", "saved", "balance", "review"),
}


def test_the_table_knows_every_command() -> None:
    """A new one says whether it takes a person."""
    assert {*TAKING, *TAKING_NONE} == set(MODULE_OF)
    assert not TAKING_NONE & TAKING.keys()


CALLS = [*chain.from_iterable(TAKING.values())]
SHARES = [pytest.param(how, CALLS[at % 3 :: 3], id=how) for at, how in enumerate(SPELLINGS)] + [
    pytest.param(how, CALLS, id=f"{how}, all", marks=pytest.mark.slow) for how in SPELLINGS
]
"""Each spelling with a third of the commands, so each command with some; with all it is slow."""


@pytest.mark.parametrize(("how", "calls"), SHARES)
def test_every_command_finds_them(
    begin: Begin,
    connect: Connect,
    how: str,
    calls: Sequence[Sequence[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By every word of the name, by alias and by handle, without accents and in any case."""
    monkeypatch.setenv("EDITOR", "true")
    mailbox = tmp_path / "mail.mbox"
    mailbox.write_text(MAIL)
    lost = []
    begin(*BEGINNING)
    for words in calls:
        given = [
            word.replace("WHO", SPELLINGS[how]).replace("MAILBOX", str(mailbox)) for word in words
        ]
        answer = connect(*given)
        named = words[0] in SILENT or NAME in answer.out + answer.err
        if answer.code or not named:
            lost.append((given, answer))
        elif words[0] not in LOOKING:
            connect("undo", "--yes")
    assert not lost
