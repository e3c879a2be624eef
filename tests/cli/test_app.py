"""What is said when a command is called without its words, or with wrong ones."""

import json
import os
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from connect_cli.cli.app import app
from connect_cli.errors import ExitCode
from tests.cli.many import answers
from tests.cli.terminals import on_terminal
from tests.conftest import Connect

Words = tuple[str, ...]
WRONG = "no-such-word"


def tree(command: Any, *path: str) -> Iterator[tuple[Words, Any]]:
    """A command and those below it, each with its words."""
    yield path, command
    for name in command.commands if isinstance(command, TyperGroup) else ():
        yield from tree(command.commands[name], *path, name)


COMMANDS = dict(tree(get_command(app)))
PARAMETERS = [(path, one) for path, command in COMMANDS.items() for one in command.params]
READ_AS = ("TyperChoice", "IntRange", "IntParamType")
"""What Typer itself takes a word for, and refuses others."""

BARE = list(COMMANDS)
WRONG_OPTION = [(*path, f"--{WRONG}") for path in COMMANDS]
NO_VALUE = [
    (*path, one.opts[0])
    for path, one in PARAMETERS
    if one.param_type_name == "option" and not (one.is_flag or one.count)
]
WRONG_VALUE = [
    (*path, *([one.opts[0]] if one.param_type_name == "option" else []), WRONG)
    for path, one in PARAMETERS
    if type(one.type).__name__ in READ_AS and not getattr(one, "count", False)
]
MISUSED = [*WRONG_OPTION, *NO_VALUE, *WRONG_VALUE]
LAYOUT = ("\\n", "\\t", "\\r")
"""Line breaks of Typer's own messages, had they been shown as a text's are."""


def flat(text: str) -> str:
    """A message without the breaks that the width of a terminal makes."""
    return " ".join(text.replace("python -m tests.cli.connect", "connect").split())


@pytest.mark.parametrize("words", MISUSED, ids=" ".join)
def test_a_wrong_word_is_one_line_and_a_hint(words: Words, connect: Connect) -> None:
    """Exit 2, whichever command and whichever option it is."""
    ran = connect(*words)
    assert ran.code == ExitCode.USAGE
    said, *hints = ran.err.splitlines()
    assert said.startswith("connect: ")
    assert len(hints) <= 1
    assert all(hint.startswith("hint: ") for hint in hints)
    assert ran.out == ""
    assert not [each for each in LAYOUT if each in ran.err]


@pytest.mark.parametrize("words", BARE, ids=" ".join)
def test_a_command_alone_works_or_says_what_it_needs(words: Words, connect: Connect) -> None:
    """With an exit code that is documented, and its own lines as lines."""
    ran = connect(*words)
    assert ran.code in set(ExitCode) - {ExitCode.INTERRUPTED}
    assert (ran.code == ExitCode.DONE) == ("connect: " not in ran.err)
    assert not [each for each in LAYOUT if each in ran.out + ran.err]


def test_a_terminal_is_told_the_same(connect: Connect) -> None:
    """Broken between words, where it is too long."""
    calls = [*BARE, *MISUSED]
    written = answers(on_terminal("tests.cli.many", json.dumps(calls), env={**os.environ}))
    assert [words for words, _ in written] == calls
    assert not [each for each in written for one in LAYOUT if one in each[1]]
    misused = written[len(BARE) :]
    assert [flat(said) for _, said in misused] == [flat(connect(*each).err) for each in MISUSED]


@pytest.mark.parametrize(
    ("words", "said", "hint"),
    [
        (
            ("export",),
            "'connect export' needs one of: jsonl, csv, vcard, ics, markdown, page",
            "export",
        ),
        (("init",), "missing argument 'SHELL'. Choose from: bash, zsh, fish", "init"),
        (("init", WRONG), f"invalid value for 'SHELL': '{WRONG}' is not one of 'bash',", "init"),
        (("init", "--log", "\n"), "missing argument 'SHELL'. Choose from: bash, zsh, fish", "init"),
        (("a\nhint: b",), r"no such command 'a\nhint: b'", ""),
        (("history", "--limit", "1\n2"), r"invalid value for '--limit': '1\n2' is not", "history"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_was_wrong_is_said_with_what_there_is(
    connect: Connect, words: Words, said: str, hint: str
) -> None:
    """A line break that was typed is shown as one, and makes no line of its own."""
    told, hinted = connect(*words).err.splitlines()
    assert told.startswith(f"connect: {said}")
    assert hinted == f"hint: see: {' '.join(filter(None, ('connect', hint)))} --help"


@pytest.mark.parametrize(
    "option", [("--discreet",), ("--journal", "a b.db"), ("--journal=b.db",)], ids=" ".join
)
def test_an_option_of_connect_itself_stands_first(connect: Connect, option: Words) -> None:
    """The help of the command that got it does not know it."""
    ran = connect("log", *option, "coffee with Ada", "--new")
    assert (ran.code, ran.out) == (2, "")
    _, hint = ran.err.splitlines()
    said = shlex.split(hint.removeprefix("hint: write it before the command: "))
    assert said == ["connect", *option, "log", "coffee with Ada", "--new"]


def test_a_command_of_commands_offers_their_names_to_tab(connect: Connect) -> None:
    """It does not refuse a word that is still to come."""
    group = COMMANDS["export",]
    context = group.make_context("export", [], resilient_parsing=True)
    assert list(group.list_commands(context)) == [
        "jsonl",
        "csv",
        "vcard",
        "ics",
        "markdown",
        "page",
    ]
