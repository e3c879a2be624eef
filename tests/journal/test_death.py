"""Somebody died: nothing is due, no day comes up but the one that is wished."""

from datetime import timedelta

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.journal import card as journal_card
from connect_cli.journal import death, memory, merge, planning, today, undo
from connect_cli.journal import people as people_verbs
from connect_cli.journal.answers import Silent
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.model import Owed
from connect_cli.store.relations import died_on
from tests.journal.commands import tables


@pytest.fixture
def two(journal: Journal) -> Journal:
    """Ada, whose birthday is near and who is owed a book, and Augusta."""
    people_verbs.add(journal, Profile("Ada Lovelace", every="1d", birthday="1815-11-25"))
    people_verbs.add(journal, Profile("Augusta King"))
    memory.promise(journal, "ada", "a book", Owed.ME, "fri")
    return journal


def shown(journal: Journal) -> list[str]:
    """The occasions on the list."""
    return [near.occasion.label for near in today.today(journal).plan.occasions]


def test_nothing_is_due_and_no_day_comes_up(two: Journal) -> None:
    """Neither today nor later; the card says it, and one undo takes it back."""
    assert shown(two) == ["birthday"]
    before = tables(two.connection)
    done = death.died(two, "ada", "10 march 2024")
    assert (done.died_on, done.remembered, done.changed) == ("2024-03-10", False, True)
    assert shown(two) == []
    assert journal_card.card(two, "ada").died_on == "2024-03-10"
    assert memory.promises(two) == []
    for plan in planning.ahead(two, 30):
        assert plan.empty
        assert not plan.occasions
    undo.undo(two, undo.undoable(two, "1"))
    assert tables(two.connection) == before
    assert journal_card.card(two, "ada").died_on is None


def test_the_day_itself_comes_up_if_it_is_wished(two: Journal) -> None:
    """Once a year, with nothing else of theirs; the same again changes nothing."""
    done = death.died(two, "ada", "2024-11-24", remember=True)
    assert (done.remembered, shown(two)) == (True, ["day of death"])
    assert death.died(two, "ada").changed is False
    assert death.died(two, "ada", remember=True).changed is False
    assert death.died(two, "ada", "24 nov 2023").changed is True
    assert [one.on.year for one in today.today(two).plan.occasions] == [2026]
    two.context = two.context._replace(now=two.context.now + timedelta(days=365))
    assert shown(two) == ["day of death"]


def test_a_day_that_is_not_known_cannot_come_up(two: Journal) -> None:
    """And nothing is written."""
    before = tables(two.connection)
    for when in ("", "2024", "march 2024"):
        with pytest.raises(NotUnderstood, match="not known"):
            death.died(two, "ada", when, remember=True)
    assert tables(two.connection) == before


def test_what_was_not_known_can_be_said_later(two: Journal) -> None:
    """Of somebody archived too; the day on which they were archived stays."""
    assert death.died(two, "ada").died_on == "unknown"
    assert death.died(two, "ada", "2024").died_on == "2024"
    assert death.died(two, "ada").changed is False


@pytest.mark.parametrize(("first", "second"), [("ada", "augusta"), ("augusta", "ada")])
def test_whoever_died_is_dead_under_either_name(two: Journal, first: str, second: str) -> None:
    """A merge never brings anybody back."""
    death.died(two, "ada", "2024")
    before = tables(two.connection)
    kept = merge.merge(two, first, second, Silent()).kept
    assert died_on(two.connection, kept.id) == "2024"
    assert two.person(kept).archived
    undo.undo(two, undo.undoable(two, "1"))
    assert tables(two.connection) == before
