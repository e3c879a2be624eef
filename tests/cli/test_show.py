"""`show`: somebody's card, or one conversation by its id."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.terminals import on_terminal
from tests.conftest import Begin, Connect

NOTE = "she moves to Boston\n\n- the van\n- the boxes"


@pytest.fixture
def met(connect: Connect, begin: Begin) -> dict[str, str]:
    """The newest conversation of a journal with three, as `history --json` has it."""
    begin(
        ("add", "Ada Lovelace"),
        ("add", "Beau Cabot"),
        ("log", "tea with ada on 2026-11-01: about the engine"),
        ("log", "walk with beau on 2026-11-02"),
    )
    connect("log", "Coffee with Ada yesterday 45m #work", "--note", NOTE, "--energy", "gave")
    newest: dict[str, str] = json.loads(connect("history", "--json").out)["interactions"][0]
    return newest


@pytest.mark.parametrize("letters", [4, 5, 12])
def test_the_beginning_of_an_id_shows_that_conversation(
    connect: Connect, met: dict[str, str], letters: int
) -> None:
    """As an element of `history --json`, and as a record of `history` with two fields more."""
    typed = met["id"][:letters]
    shown = json.loads(connect("show", typed, "--json").out)
    assert shown["interaction"] == met
    assert shown["recorded_at"].startswith("2026-11-23T08:00:00")
    record = connect("history", "--limit", "1").out.rstrip("\n")
    assert connect("show", typed.upper()).out == (
        f"{record}\t{met['entered']}\t{shown['recorded_at']}\n"
    )


def test_a_conversation_hides_its_words_on_a_shared_screen(
    connect: Connect, met: dict[str, str]
) -> None:
    """Its note and what was typed."""
    shown = json.loads(connect("--discreet", "show", met["id"], "--json").out)["interaction"]
    assert shown["note"] is shown["entered"] is None
    assert "Boston" not in connect("--discreet", "show", met["id"]).out


@pytest.mark.parametrize("typed", ["beau", "cab0", "zzzz", "abc", "a b c d", "é12345"])
def test_what_is_no_id_is_a_name(connect: Connect, met: dict[str, str], typed: str) -> None:
    """Somebody's name wins; an id has four letters or more."""
    assert met["id"]
    ran = connect("show", typed, "--json")
    if typed == "beau":
        assert json.loads(ran.out)["person"]["name"] == "Beau Cabot"
    else:
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.startswith(f"connect: nobody here is called '{typed}'\n")


def _with_ids(journal_file: Path, ids: dict[str, str]) -> None:
    with closing(sqlite3.connect(journal_file)) as connection, connection:  # noqa: TID251  # ids are chance
        for name in ("interaction", "participant"):
            for (sql,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                connection.execute(f"DROP TRIGGER {sql}")
            column = "id" if name == "interaction" else "interaction_id"
            for old, new in ids.items():
                connection.execute(f"UPDATE {name} SET {column} = ? WHERE {column} = ?", (new, old))


def test_an_id_that_fits_several_is_refused_with_those(
    connect: Connect, met: dict[str, str], journal_file: Path
) -> None:
    """Each with its whole id, and what it was."""
    rows = json.loads(connect("history", "--json").out)["interactions"]
    made = {row["id"]: f"beav{number}rq610000"[:12] for number, row in enumerate(rows)}
    _with_ids(journal_file, made)
    ran = connect("show", "beav")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "connect: 'beav' begins several ids: beav0rq61000 (coffee with Ada Lovelace, 2026-11-22),"
        " beav1rq61000 (walk with Beau Cabot, 2026-11-02), beav2rq61000 (coffee with Ada Lovelace,"
        " 2026-11-01)\nhint: write more of the id\n"
    )
    assert json.loads(connect("show", "beav1", "--json").out)["interaction"]["kind"] == "walk"
    assert met["id"] in made


DAYS_SHOWN = (
    ("show", "ada"),
    ("today",),
    ("ahead",),
    ("export", "ics"),
    ("remember", "ada", "sobriety: 2020-11-24", "--yearly"),
)


@pytest.mark.parametrize("words", DAYS_SHOWN, ids=" ".join)
def test_a_yearly_day_in_your_own_words_is_as_private_as_a_detail(
    begin: Begin, connect: Connect, words: tuple[str, ...]
) -> None:
    """Where others see the screen its label is hidden; a birthday is shown as ever."""
    begin(
        ("add", "Ada Lovelace", "--every", "1w", "--birthday", "11-24"),
        ("remember", "ada", "sobriety: 2020-11-24", "--yearly"),
    )
    forms = [words] if words[0] in {"export", "remember"} else [words, (*words, "--json")]
    for form in forms:
        assert "sobriety" in connect(*form).out
        shown = connect("--discreet", *form).out
        assert ("sobriety" in shown, "Ada" in shown) == (False, True)
    if words[0] not in {"export", "remember"}:
        script = json.dumps([("--discreet", *words)])
        written = on_terminal("tests.cli.many", script, env={**os.environ})
        assert ("sobriety" in written, "Ada" in written) == (False, True)


def test_days_that_fell_in_a_time_away_are_as_private(begin: Begin, connect: Connect) -> None:
    """The welcome names them, without a label in your own words."""
    begin(
        ("add", "Ada Lovelace"),
        ("remember", "ada", "sobriety: 2020-11-18", "--yearly"),
        ("away", "2026-11-10 to 2026-11-22"),
    )
    for form in (("today",), ("today", "--json")):
        assert "sobriety" in connect(*form).out
        assert "sobriety" not in connect("--discreet", *form).out
    script = json.dumps([("--discreet", "today")])
    written = on_terminal("tests.cli.many", script, env={**os.environ})
    assert ("sobriety" in written, "While you were away" in written) == (False, True)
