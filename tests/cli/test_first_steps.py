"""Where nobody is in the journal, every command that looks says the same three ways to begin."""

import json
import os
from collections.abc import Sequence

import pytest

from connect_cli.cli.commands import MODULE_OF
from connect_cli.errors import first_steps
from tests.cli.many import answers
from tests.cli.terminals import on_terminal
from tests.conftest import Begin, Connect
from tests.faults.test_shown import OURS

Words = Sequence[str]
SAYING: Sequence[Words] = (
    *[(), ("today",), ("people",), ("people", "--tag", "x"), ("history",), ("search", "x")],
    *[("promises",), ("plan",), ("ahead",), ("triage",), ("sweep",), ("merge",)],
    *[("balance",), ("review",), ("review", "year", "--map")],
)
"""What would show nothing."""

REFUSING: Sequence[Words] = (
    *[("show", "x"), ("why", "x"), ("history", "x"), ("promises", "x"), ("every", "x", "2w")],
    *[("remember", "x", "tea: green"), ("promise", "x", "a book"), ("ask", "x", "how it was")],
    *[
        ("tell", "x", "the allotment"),
        ("relate", "x", "y", "--as", "sister"),
        ("tag", "x", "choir"),
    ],
    *[("snooze", "x", "2w"), ("pause", "x"), ("resume", "x"), ("alias", "x", "y"), ("edit", "x")],
    *[("rename", "x", "y"), ("archive", "x"), ("unarchive", "x"), ("merge", "x", "y")],
    *[("forget", "x", "--yes"), ("amend", "--note", "x"), ("backup",)],
)
"""What needs somebody."""

NOT_EMPTY = {
    *(
        "demo",
        "add",
        "log",
        "import",
        "help",
        "init",
        "config",
        "prompt",
        "inbox",
        "sync",
        "export",
    ),
    *("doctor", "restore", "encrypt", "decrypt", "away", "changes", "undo", "redo"),
    *("delete", "done", "saved"),
}
"""What works as well with nobody there, or needs something else than a person."""


def test_the_tables_know_every_command() -> None:
    """A new one says what it does where nobody is."""
    assert {words[0] for words in (*SAYING, *REFUSING) if words} | NOT_EMPTY >= set(MODULE_OF)


def test_every_command_says_the_same_three_ways_to_begin() -> None:
    """On a terminal, whole lines: what is empty says them as its answer, what fails as its hint."""
    calls = [*SAYING, *REFUSING]
    written = on_terminal("tests.cli.many", json.dumps(calls), env={**os.environ}, width=100)
    said = dict(answers(OURS.sub("\n", written)))
    steps = "\n".join(first_steps())
    for words in SAYING:
        assert steps in said[tuple(words)], words
        assert said[tuple(words)].count("connect demo") == 1, words
    for words in REFUSING:
        assert f"\nhint: n{steps[1:]}\n" in said[tuple(words)], words


@pytest.mark.parametrize("words", SAYING, ids=" ".join)
def test_a_pipe_of_an_empty_journal_gets_data_alone(connect: Connect, words: Words) -> None:
    """No sentence stands among records."""
    ran = connect(*words)
    assert (ran.code, ran.err) == (0, "")
    assert "connect demo" not in ran.out


def test_the_ways_to_begin_are_commands_that_work(connect: Connect) -> None:
    """Two of them at once, the other with a file."""
    assert connect("demo").code == 0
    assert connect("people").out == ""
    log = first_steps()[-1].partition(": connect ")[2]
    assert log == "log 'Coffee with Ada: she moves to Boston' --new"
    assert connect("log", "Coffee with Ada: she moves to Boston", "--new").code == 0


def test_where_somebody_is_a_name_that_nobody_has_leads_on(connect: Connect, begin: Begin) -> None:
    """To everybody, and to adding them; a near name is suggested instead."""
    begin(("add", "Ada Lovelace"))
    for words in (("show", "zzz"), ("promise", "zzz", "a book"), ("forget", "zzz", "--yes")):
        ran = connect(*words)
        assert ran.code == 3
        assert ran.err == (
            "connect: nobody here is called 'zzz'\n"
            "hint: to see everybody: connect people; to add them: connect add zzz\n"
        )
    assert connect("show", "it's", "nobody").err.endswith(
        "hint: to see everybody: connect people\n"
    )
    assert connect("show", "Ada Lovelance").err.endswith("hint: did you mean Ada Lovelace?\n")


def test_a_journal_of_archived_people_is_not_empty(begin: Begin) -> None:
    """`today` says where they are."""
    begin(("add", "Ada Lovelace"), ("archive", "ada"))
    written = on_terminal("tests.cli.many", json.dumps([("today",)]), env={**os.environ})
    assert "Everybody here is archived. To see them: connect people" in written
    assert "connect demo" not in written


@pytest.mark.parametrize(
    "first",
    [("log", "coffee with ada"), ("promise", "ada", "a book", "--by", "today")],
    ids=["done", "promised"],
)
def test_a_day_that_lists_somebody_does_not_say_that_everybody_is_archived(
    first: Words, begin: Begin
) -> None:
    """It is said of nobody who is here, whatever the rest of the list holds."""
    begin(("add", "Ada Lovelace", "--every", "1y"), first)
    written = on_terminal("tests.cli.many", json.dumps([("today",)]), env={**os.environ})
    assert "Ada Lovelace" in written
    assert "archived" not in written
    assert "cadence" not in written
