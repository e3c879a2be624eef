"""Whatever a library says about a file is said in our words, or not at all."""

import csv
import json
import logging
import sqlite3
import warnings
from contextlib import closing

import pytest

from connect_cli.errors import ConnectError, NotThisFormat, NotUnderstood
from connect_cli.library_errors import csv_reason, in_our_words, json_reason, quiet, row_reason
from tests.foreign_words import foreign


@pytest.mark.parametrize(
    "fault", [ValueError("bad"), KeyError("x"), RecursionError(), csv.Error("x"), UserWarning("x")]
)
def test_what_a_library_raises_becomes_our_reason(fault: Exception) -> None:
    """The cause is kept for whoever looks for it."""
    with pytest.raises(NotThisFormat, match="it is broken") as told, in_our_words("it is broken"):
        raise fault
    assert told.value.__cause__ is fault


@pytest.mark.parametrize("ours", [NotUnderstood("ours"), ConnectError("ours"), OSError("disk")])
def test_our_own_errors_and_those_of_the_disk_pass(ours: Exception) -> None:
    """They say already what is wrong, and a disk is not the fault of a file."""
    with pytest.raises(type(ours), match=str(ours)), in_our_words("it is broken"):
        raise ours


def test_warnings_and_log_lines_are_not_seen(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither inside nor afterwards; what logs otherwise goes on doing so."""
    with quiet():
        warnings.warn("a library warns", stacklevel=1)
        logging.getLogger("library").critical("a library logs")
    assert capsys.readouterr() == ("", "")
    assert logging.root.manager.disable == 0
    with pytest.warns(UserWarning, match="seen"):
        warnings.warn("seen", stacklevel=1)


@pytest.mark.parametrize(
    "text", ['"a', '"a"b\n', "a" * 2**21, "a\rb"], ids=["open", "within", "long", "line end"]
)
def test_a_table_is_broken_in_plain_words(text: str) -> None:
    """One reason for each mistake that the csv module knows."""
    with pytest.raises(csv.Error) as fault:
        list(csv.reader([text], strict=True))
    reason = csv_reason(fault.value)
    assert reason != csv_reason(csv.Error("something else"))
    assert not foreign(reason)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1, 1, 1", "there is another one like it"),
        ("2, 9, 1", "it belongs to something that is not there"),
        ("2, 1, 0", "a value in it is not allowed"),
        ("2, 1, NULL", "a value in it is missing"),
    ],
)
def test_a_row_breaks_a_rule_in_plain_words(row: str, reason: str) -> None:
    """One reason for each kind of rule."""
    with closing(sqlite3.connect(":memory:")) as database:  # noqa: TID251  # no journal
        database.executescript(
            "PRAGMA foreign_keys=ON; CREATE TABLE t (id INTEGER PRIMARY KEY,"
            " of INTEGER REFERENCES t, n INTEGER NOT NULL CHECK (n > 0));"
            "INSERT INTO t VALUES (1, 1, 1)"
        )
        with pytest.raises(sqlite3.IntegrityError) as fault:
            database.execute(f"INSERT INTO t VALUES ({row})")
    assert row_reason(fault.value) == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": 1', "it is not valid JSON: it is cut off"),
        ('{\n"a": 1,\n"b" 2\n}', "it is not valid JSON in line 3"),
        ("{a}", "it is not valid JSON"),
        ("", "it is not valid JSON"),
        ("[" * 100_000, "it is nested too deeply"),
        ("1" * 5000, "it is not valid JSON"),
    ],
    ids=["cut off", "a line", "one line", "empty", "deep", "a long number"],
)
def test_json_is_broken_in_plain_words(text: str, reason: str) -> None:
    """With the line, if there are several."""
    assert json_reason(fault_of(text)) == reason


def fault_of(text: str) -> ValueError | RecursionError:
    """What the json module says of a text."""
    try:
        json.loads(text)
    except (ValueError, RecursionError) as fault:
        return fault
    pytest.fail("this is JSON")
