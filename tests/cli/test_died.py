"""Somebody died: what the command line says of them."""

import pytest

from tests.conftest import Begin, Connect


@pytest.fixture(autouse=True)
def _people(begin: Begin) -> None:
    """Ada, who died, and Tom, who is archived; both climb."""
    begin(
        ("add", "Ada Lovelace", "--birthday", "1815-11-25", "--tag", "climbing"),
        ("add", "Tom Baker", "--tag", "climbing"),
        ("archive", "tom"),
        ("archive", "ada", "10 march 2024", "--died"),
    )


def test_whoever_died_comes_back_only_if_they_are_named_alone(connect: Connect) -> None:
    """With others they stay archived, and it is said what is no longer kept."""
    stays = "Ada Lovelace died, and stays archived."
    assert connect("unarchive", "--tag", "climbing").out.splitlines() == [
        stays,
        "Tom Baker is back.",
    ]
    assert connect("unarchive", "ada, tom").out.splitlines() == [
        stays,
        "Tom Baker was not archived.",
    ]
    assert connect("unarchive", "--state", "archived").out.splitlines() == [stays]
    assert "died_on\t2024-03-10" in connect("show", "ada").out
    said = "Ada Lovelace is back; that they died is no longer kept.\n"
    assert connect("unarchive", "ada").out == said
    assert "died_on" not in connect("show", "ada").out


def test_nobody_who_died_turns_an_age_when_a_day_is_remembered(connect: Connect) -> None:
    """The answer has the day alone, as the card does."""
    for before, day in (("Already there for ", "25 nov 1815"), ("Remembered for ", "1815-11-26")):
        said = connect("remember", "ada", f"birthday: {day}").out
        assert said.startswith(f"{before}Ada Lovelace")
        assert "turns" not in said
    assert "Remembered for Ada Lovelace: anniversary 2 Jun." in (
        connect("remember", "ada", "anniversary: 2 june").out
    )


def test_a_death_is_said_with_the_way_back(connect: Connect) -> None:
    """The wrong name is a slip that one must see and can take back at once."""
    connect("add", "Grace Hopper", "--every", "1w", "--birthday", "1906-11-24")
    ran = connect("archive", "grace", "--died", "2 november")
    assert ran.out == (
        "Grace Hopper died 2 November 2026. Nothing is due, and no day of theirs comes up;"
        " everything is kept. 'connect undo' takes it back.\n"
    )
    assert "Grace" not in connect("today").out + connect("ahead").out
    connect("undo")
    assert "died_on" not in connect("show", "grace").out
    assert "Grace" in connect("today").out


def test_a_day_of_death_comes_up_only_if_it_is_wished(connect: Connect) -> None:
    """Said again, nothing changes."""
    words = ("archive", "ada", "--died", "--remember")
    assert "and only the day they died comes up;" in connect(*words).out
    assert connect(*words).out == "Already there: Ada Lovelace died 10 March 2024.\n"


@pytest.mark.parametrize(
    "words", [("--died",), ("--died", "--remember"), ("ada", "--died", "--tag", "climbing")]
)
def test_a_death_is_about_one_person_by_name(connect: Connect, words: tuple[str, ...]) -> None:
    """Nobody dies with a tag."""
    ran = connect("archive", *words)
    assert ran.code == 2
    assert "--died is about one person, by name" in ran.err


def test_the_day_of_death_is_remembered_only_with_a_death(connect: Connect) -> None:
    """The error names what is not there."""
    ran = connect("archive", "grace", "--remember")
    assert ran.code == 2
    assert ran.err.startswith(
        "connect: --remember is about the day somebody died, so it needs --died\n"
    )


def test_a_merge_with_somebody_who_died_says_that_nothing_is_due_any_more(connect: Connect) -> None:
    """In either order; not of somebody who was archived anyway."""
    said = " One of the two died, so nothing is due any more. "
    connect("add", "Grace Hopper", "--every", "2w", "--new")
    connect("add", "Mary Shelley", "--new")
    for two in (("ada", "grace"), ("grace", "ada")):
        assert said in connect("merge", *two, "--prefer", two[0]).out
        connect("undo")
    connect("archive", "grace")
    assert "died" not in connect("merge", "ada", "grace", "--prefer", "ada").out


def test_a_cadence_of_somebody_archived_is_said_to_change_nothing(connect: Connect) -> None:
    """As for a snooze: the answer promises no day on which nothing would come up."""
    connect("add", "Dana Oz")
    connect("archive", "dana", "--died")
    assert connect("every", "dana", "2w").out == (
        "Dana Oz, every 2 weeks; nothing is due while they are archived.\n"
    )
