"""Two people who are one: all of both is there, once; where they differ it is decided."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.errors import ConnectError, NoSuchPerson, NotUnderstood
from connect_cli.journal import archive, away, cadence, log, memory, merge, undo
from connect_cli.journal import card as journal_card
from connect_cli.journal import people as people_verbs
from connect_cli.journal.answers import Choice, Silent
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.model import Named, Owed
from connect_cli.views import Card
from tests.journal.commands import PEOPLE, Step, check_index, do, opened, steps, tables


class Choosing(Silent):
    """Takes the first or the second value each time, and remembers what was asked."""

    def __init__(self, *second: bool) -> None:
        super().__init__()
        self._second = second
        self.asked: list[Choice] = []

    def choose(self, choices: Sequence[Choice], whose: tuple[Named, Named]) -> Sequence[bool]:
        """As the test says."""
        assert [one.name for one in whose] == ["Ada Lovelace", "Augusta King"]
        self.asked += choices
        return self._second


NOBODY = Silent()


@pytest.fixture
def two(journal: Journal) -> Journal:
    """Ada Lovelace and Augusta King, who differ in nothing yet."""
    people_verbs.add(
        journal, Profile("Ada Lovelace", aliases=("Addie",), emails=("ada@example.org",))
    )
    people_verbs.add(
        journal, Profile("Augusta King", emails=("ada@example.org",), phones=("+44 1",))
    )
    people_verbs.add(journal, Profile("Bo"))
    return journal


def card(journal: Journal, name: str = "ada lovelace") -> Card:
    """Everything about one person."""
    return journal_card.card(journal, name, everything=True)


def test_everything_of_both_is_there_once(two: Journal) -> None:
    """Interactions, promises, details, tags, contact points, yearly days and pauses."""
    log.log(two, "walk with ada lovelace yesterday: the canal", LogOptions(promises=("a book",)))
    log.log(two, "coffee with augusta king and bo: the river", LogOptions(asks=("the boat?",)))
    log.log(two, "call with ada lovelace and augusta king on 2026-11-01")
    memory.remember(two, "ada lovelace", "tea: no milk")
    memory.remember(two, "augusta", "cat: Puff")
    away.pause(two, "augusta", "fri")
    merged = merge.merge(two, "ada lovelace", "augusta", NOBODY)
    assert (merged.kept.name, merged.gone.name, merged.interactions) == (
        *("Ada Lovelace", "Augusta King", 3),
    )
    found = card(two)
    assert found.aliases == ("Addie", "Augusta King")
    assert [point.value for point in found.contact_points] == ["ada@example.org", "+44 1"]
    assert {one.label for one in found.details} == {"tea", "cat"}
    assert {(one.owed, one.text) for one in found.promises} == {
        *((Owed.ME, "a book"), (Owed.ASK, "the boat?")),
    }
    assert [[one.name for one in interaction.people] for interaction in found.timeline] == [
        *(["Ada Lovelace", "Bo"], ["Ada Lovelace"], ["Ada Lovelace"]),
    ]
    assert found.person.last_full_on == date(2026, 11, 23)
    assert len(found.person.pauses) == 1
    assert two.named("augusta king") == merged.kept
    check_index(two.connection)


def test_an_interaction_with_both_keeps_one_of_them(two: Journal) -> None:
    """In the place of the first."""
    log.log(two, "call with augusta king, bo and ada lovelace")
    merge.merge(two, "ada lovelace", "augusta", NOBODY)
    assert [one.name for one in log.interaction(two).people] == ["Bo", "Ada Lovelace"]


def test_one_undo_takes_the_two_apart_again(two: Journal) -> None:
    """As every command, with all that was moved."""
    log.log(two, "call with augusta king, bo and ada lovelace")
    cadence.every(two, "augusta", "2w")
    before = tables(two.connection)
    merge.merge(two, "ada lovelace", "augusta", NOBODY)
    after = tables(two.connection)
    undo.undo(two, undo.undoable(two))
    assert tables(two.connection) == before
    undo.redo(two, undo.redoable(two))
    assert tables(two.connection) == after


def _differ(journal: Journal) -> None:
    """Make the two differ in everything that can stand only once."""
    ada, augusta = (journal.named(name) for name in ("ada lovelace", "augusta king"))
    old = people_verbs.profile(journal, ada)
    people_verbs.edit(
        journal, ada, old._replace(birthday="1815-12-10", details=("tea: milk",), circle="inner")
    )
    old = people_verbs.profile(journal, augusta)
    people_verbs.edit(
        journal, augusta, old._replace(birthday="12-11", details=("Tea: none",), every="3w")
    )


def kept(journal: Journal) -> dict[str, Any]:
    """What stands only once."""
    found = card(journal)
    (occasion,) = found.occasions
    return {
        "birthday": (occasion.occasion.year, occasion.occasion.month, occasion.occasion.day),
        "details": [(one.label, one.value) for one in found.details],
        "often": (found.person.circle, str(found.person.cadence), found.person.own_cadence),
    }


OURS = {"birthday": (1815, 12, 10), "details": [("tea", "milk")], "often": ("inner", "1w", False)}
THEIRS = {"birthday": (None, 12, 11), "details": [("Tea", "none")], "often": (None, "3w", True)}


@pytest.mark.parametrize(
    ("prefer", "wanted"),
    [
        pytest.param("ada lovelace", OURS, id="the first"),
        pytest.param("augusta", THEIRS, id="the second"),
        pytest.param("Augusta King", THEIRS, id="by name"),
        pytest.param("addie", OURS, id="by alias"),
    ],
)
def test_where_they_differ_the_preferred_one_counts(
    two: Journal, prefer: str, wanted: dict[str, Any]
) -> None:
    """How often, a birthday, a detail of the same label."""
    _differ(two)
    merge.merge(two, "ada lovelace", "augusta", NOBODY, prefer)
    assert kept(two) == wanted


def test_where_they_differ_it_is_asked_one_by_one(two: Journal) -> None:
    """With both values, those of the first one first."""
    _differ(two)
    answers = Choosing(False, True, False)
    merge.merge(two, "ada lovelace", "augusta", answers)
    assert answers.asked == [
        Choice("how often", "inner, every week", "every 3 weeks"),
        Choice("the birthday", "1815-12-10", "12-11"),
        Choice("a detail", "tea: milk", "Tea: none", private=True),
    ]
    assert kept(two) == {**OURS, "birthday": (None, 12, 11)}


def test_where_nobody_decides_nothing_is_written(two: Journal) -> None:
    """It says in what they differ, and quotes no detail."""
    _differ(two)
    before = tables(two.connection)
    with pytest.raises(NotUnderstood) as caught:
        merge.merge(two, "ada lovelace", "augusta", NOBODY)
    assert caught.value.message == "they differ in how often, the birthday, a detail"
    assert caught.value.hint == "say whose to keep: --prefer NAME"
    assert tables(two.connection) == before


def test_what_is_the_same_is_not_asked(two: Journal) -> None:
    """Nor is a year that only one of them knows."""
    for name, born in (("ada lovelace", "12-10"), ("augusta king", "1815-12-10")):
        person = two.named(name)
        old = people_verbs.profile(two, person)
        people_verbs.edit(
            two, person, old._replace(birthday=born, circle="inner", details=("tea: milk",))
        )
    merge.merge(two, "ada lovelace", "augusta", NOBODY)
    assert kept(two) == OURS


def test_what_only_the_second_one_has_is_taken(two: Journal) -> None:
    """A cadence with its first day, and the later of two snoozes; archived only if both were."""
    cadence.every(two, "augusta", "first friday")
    first_on = two.person(two.named("augusta")).first_on
    away.snooze(two, "augusta", "fri")
    archive.archive(two, "ada lovelace", away=True)
    merge.merge(two, "ada lovelace", "augusta", NOBODY)
    found = two.person(two.named("ada lovelace"))
    assert (found.cadence and found.cadence.words, found.first_on) == ("first friday", first_on)
    assert found.snoozed_on == date(2026, 11, 27)
    assert not found.archived


def test_never_is_a_decision_too(two: Journal) -> None:
    """Nobody's silence is taken for it."""
    cadence.every(two, "ada lovelace", "never")
    cadence.every(two, "augusta", "2w")
    answers = Choosing(False)
    merge.merge(two, "ada lovelace", "augusta", answers)
    assert answers.asked == [Choice("how often", "never", "every 2 weeks")]
    assert two.person(two.named("ada lovelace")).cadence is None


@pytest.mark.parametrize(
    ("first", "second", "prefer", "error", "told"),
    [
        pytest.param("ada lovelace", "addie", "", NotUnderstood, "one person already", id="same"),
        pytest.param("ada lovelace", "nobody", "", NoSuchPerson, "nobody", id="unknown"),
        pytest.param("ada lovelace", "augusta", "bo", NotUnderstood, "neither", id="neither"),
    ],
)
def test_what_cannot_be_joined_is_refused(
    two: Journal, first: str, second: str, prefer: str, error: type[ConnectError], told: str
) -> None:
    """And nothing is written."""
    before = tables(two.connection)
    with pytest.raises(error, match=told):
        merge.merge(two, first, second, NOBODY, prefer)
    assert tables(two.connection) == before


@settings(max_examples=10)
@given(steps(), st.integers(0, 3), st.integers(0, 3))
def test_after_any_commands_nothing_is_lost_by_a_merge(
    sequence: list[Step], one: int, other: int
) -> None:
    """Each interaction and promise is there; the newest contact is the later of the two."""
    with TemporaryDirectory() as folder:
        journal = opened(Path(folder) / "journal.db")
        for step in sequence:
            do(journal, step)
        try:
            first, second = (journal.named(PEOPLE[which]) for which in (one, other))
            people = [journal.person(each) for each in (first, second)]
            before = tables(journal.connection)
            merge.merge(journal, first.name, second.name, NOBODY, first.name)
        except ConnectError:
            journal.close()
            return
        after = tables(journal.connection)
        for table in ("interaction", "promise"):
            assert len(after[table]) == len(before[table])
        now = journal.person(first)
        days = [each.last_full_on for each in people if each.last_full_on]
        assert now.last_full_on == max(days, default=None)
        check_index(journal.connection)
        journal.close()
