"""Looking back, as a command."""

import json

from connect_cli.errors import ExitCode
from tests.conftest import Connect


def test_a_pipe_gets_the_days_of_the_map(connect: Connect) -> None:
    """One record for each day with a conversation, then the days away."""
    connect("log", "coffee with Ada: one #work", "--new", "--on", "2026-11-01")
    connect("log", "called Ada", "--on", "2026-11-01")
    connect("log", "walk with Bo", "--new", "--on", "2026-11-03")
    connect("away", "10 nov to 12 nov")
    away = "away\t2026-11-10\t2026-11-12\n"
    assert connect("review", "year", "--map").out == (
        f"day\t2026-11-01\t2\nday\t2026-11-03\t1\n{away}"
    )
    assert connect("review", "year", "--map", "--with", "bo").out == f"day\t2026-11-03\t1\n{away}"
    assert connect("review", "year", "--map", "--tag", "work").out == (
        f"day\t2026-11-01\t1\n{away}"
    )


def test_a_program_gets_the_fullest_week(connect: Connect) -> None:
    """With its number, and whose conversations are counted."""
    connect("log", "coffee with Ada: one #work", "--new", "--on", "2026-11-01")
    found = json.loads(connect("review", "year", "--map", "--with", "ada", "--json").out)
    assert found["fullest"] == {"first_on": "2026-10-26", "last_on": "2026-11-01", "number": 1}
    assert found["person"]["name"] == "Ada"
    assert found["tag"] is None


def test_a_map_of_several_people_is_refused(connect: Connect) -> None:
    """With the names, one at a time."""
    connect("log", "coffee with Ada and Bo", "--new")
    ran = connect("review", "year", "--map", "--with", "ada and bo")
    assert ran.code == ExitCode.NO_SUCH_PERSON
    assert "name one at a time: ada, bo" in ran.err
