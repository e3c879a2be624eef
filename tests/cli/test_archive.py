"""Somebody died: from the command line."""

import pytest

from tests.conftest import Begin, Connect


@pytest.fixture(autouse=True)
def _people(begin: Begin) -> None:
    """Somebody with a cadence and a birthday, and another."""
    begin(
        ("add", "Ada Lovelace", "--every", "1w"),
        ("remember", "ada", "birthday: 24 november"),
        ("add", "Grace Hopper"),
    )


def test_a_death_is_said_with_the_way_back(connect: Connect) -> None:
    """The wrong name is a slip that one must see and can take back at once."""
    ran = connect("archive", "ada", "--died", "2 november")
    assert ran.out == (
        "Ada Lovelace died 2 November 2026. Nothing is due, and no day of theirs comes up;"
        " everything is kept. 'connect undo' takes it back.\n"
    )
    assert "Ada" not in connect("today").out + connect("ahead").out
    assert "died" in connect("show", "ada").out
    connect("undo")
    assert "died" not in connect("show", "ada").out
    assert "Ada" in connect("today").out


def test_a_day_of_death_comes_up_only_if_it_is_wished(connect: Connect) -> None:
    """Said again, nothing changes."""
    words = ("archive", "ada", "--died", "2 november", "--remember")
    assert "and only the day they died comes up;" in connect(*words).out
    assert connect(*words).out == "Already there: Ada Lovelace died 2 November 2026.\n"


@pytest.mark.parametrize(
    "words",
    [("--died",), ("ada", "--remember"), ("ada", "--died", "--tag", "work")],
)
def test_a_death_is_about_one_person_by_name(connect: Connect, words: tuple[str, ...]) -> None:
    """Nobody dies with a tag."""
    ran = connect("archive", *words)
    assert ran.code == 2
    assert "--died and --remember are about one person, by name" in ran.err
