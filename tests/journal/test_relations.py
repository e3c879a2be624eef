"""Ties between people, and what a merge, an undo and a forgetting make of them."""

import pytest

from connect_cli.errors import ConnectError, NoSuchThing, NotUnderstood
from connect_cli.journal import card as journal_card
from connect_cli.journal import log, merge, relations, undo
from connect_cli.journal import people as people_verbs
from connect_cli.journal.answers import Silent
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.model import Tied
from connect_cli.safety import forget
from connect_cli.store.relations import all_relations, distinct_pairs
from tests.journal.commands import tables


@pytest.fixture
def four(journal: Journal) -> Journal:
    """Ada, Grace, Tom, and Augusta, who will turn out to be Ada."""
    names = ("Ada Lovelace", "Grace Hopper", "Tom Baker", "Augusta King")
    people_verbs.add(journal, *(Profile(name) for name in names))
    return journal


def card(journal: Journal, name: str) -> list[str]:
    """The relations on somebody's card."""
    ties = journal_card.card(journal, name).ties
    return [f"{tie.said} {tie.other.name}" for tie in ties]


def test_both_cards_show_it_until_it_is_dropped(four: Journal) -> None:
    """Said once, from either side; the same again changes nothing."""
    tie, new = relations.relate(four, "ada", "grace", "Sister")
    assert (tie.person.name, tie.word, new) == ("Ada Lovelace", "Sister", True)
    assert relations.relate(four, "ada", "grace", "sister") == (tie, False)
    relations.relate(four, "tom", "ada", "parent")
    assert relations.relate(four, "ada", "tom", "child")[1] is False
    assert card(four, "ada") == ["Sister of Grace Hopper", "parent Tom Baker"]
    assert card(four, "grace") == ["Sister Ada Lovelace"]
    assert card(four, "tom") == ["child Ada Lovelace"]
    relations.drop(four, "grace", "ada")
    assert card(four, "grace") == []
    relations.drop(four, "tom", "ada", "child")
    assert all_relations(four.connection) == []


def test_which_one_is_dropped_must_be_clear(four: Journal) -> None:
    """One that is not there, and one of two, is an error and changes nothing."""
    with pytest.raises(NoSuchThing, match="are not related"):
        relations.drop(four, "ada", "grace")
    relations.relate(four, "ada", "grace", "friend")
    relations.relate(four, "ada", "grace", "boss")
    with pytest.raises(NoSuchThing, match="as 'cousin'"):
        relations.drop(four, "ada", "grace", "cousin")
    with pytest.raises(NoSuchThing, match="friend and boss"):
        relations.drop(four, "ada", "grace")
    assert relations.drop(four, "grace", "ada", "boss").word == "boss"
    with pytest.raises(NotUnderstood, match="one person"):
        relations.relate(four, "ada", "lovelace", "friend")


def test_of_a_word_that_holds_both_ways_the_one_that_is_said_is_dropped(four: Journal) -> None:
    """Each is the other's boss: whoever is named first is the one."""
    relations.relate(four, "ada", "grace", "boss")
    relations.relate(four, "grace", "ada", "boss")
    with pytest.raises(NoSuchThing, match=r"are related as boss$"):
        relations.drop(four, "ada", "grace")
    relations.drop(four, "grace", "ada", "boss")
    assert card(four, "ada") == ["boss of Grace Hopper"]
    relations.drop(four, "grace", "ada", "boss")
    assert card(four, "ada") == []


def test_a_word_kept_in_an_older_spelling_is_the_same_word(four: Journal) -> None:
    """It was kept as it was typed before the spellings were one: it is there, and is dropped."""
    ada, grace = four.named("ada"), four.named("grace")
    with four.write("test", "made") as rows:
        rows.relate(Tied(ada, grace, "stepparent"))
    assert relations.relate(four, "grace", "ada", "step child")[1] is False
    relations.drop(four, "ada", "grace", "step-parent")
    assert card(four, "ada") == []


def test_a_merge_joins_them_and_drops_one_to_oneself(four: Journal) -> None:
    """What both had is there once, and undo parts them again, exactly."""
    for first, second, word in (
        *(("ada", "grace", "sister"), ("augusta", "grace", "sister"), ("augusta", "ada", "friend")),
        *(("augusta", "tom", "friend"), ("tom", "augusta", "boss"), ("ada", "tom", "friend")),
    ):
        relations.relate(four, first, second, word)
    ids = {name: four.named(name).id for name in ("ada", "grace", "tom", "augusta")}
    with four.write("test", "apart") as rows:
        rows.keep_apart(ids["ada"], ids["grace"])
        rows.keep_apart(ids["grace"], ids["augusta"])
        rows.keep_apart(ids["augusta"], ids["ada"])
        rows.keep_apart(ids["augusta"], ids["tom"])
        rows.keep_apart(ids["tom"], ids["augusta"])
    before = tables(four.connection)
    assert len(distinct_pairs(four.connection)) == 4
    merge.merge(four, "ada", "augusta", Silent())
    assert card(four, "ada") == ["sister of Grace Hopper", "boss Tom Baker", "friend Tom Baker"]
    assert card(four, "tom") == ["boss of Ada Lovelace", "friend Ada Lovelace"]
    wanted = {tuple(sorted((ids["ada"], ids[name]))) for name in ("grace", "tom")}
    assert distinct_pairs(four.connection) == wanted
    undo.undo(four, undo.undoable(four, "1"))
    assert tables(four.connection) == before


def test_a_third_person_of_a_merge_is_nobody_else(four: Journal) -> None:
    """Whoever was tied to both is forgotten alone."""
    relations.relate(four, "augusta", "grace", "sister")
    relations.relate(four, "grace", "augusta", "boss")
    merge.merge(four, "ada", "augusta", Silent())
    forget.forget(four, four.named("grace"))
    assert card(four, "ada") == []
    assert [known.name for known in four.known()] == ["Ada Lovelace", "Tom Baker"]
    undo.undo(four, undo.undoable(four, "1"))
    assert "Augusta King" in [known.name for known in four.known()]


def test_an_introduction_relates_the_two(four: Journal) -> None:
    """In the same command, so that one undo takes back both; what is there stays as it is."""
    line = "introduced Ada to Grace: both restore boats"
    before = tables(four.connection)
    (logged,) = log.log_lines(four, [line])
    assert [tie.word for tie in logged.related] == ["met through you"]
    assert card(four, "grace") == ["met through you Ada Lovelace"]
    (again,) = log.log_lines(four, [line])
    assert again.related == ()
    for number in ("1", "1"):
        undo.undo(four, undo.undoable(four, number))
    assert tables(four.connection) == before


def test_an_attempt_and_another_kind_relate_nobody(four: Journal) -> None:
    """Only what was an introduction."""
    for said in (LogOptions(tried=True), LogOptions(kind="coffee")):
        assert log.log(four, "introduced Ada to Grace", said).related == ()


def test_somebody_gone_is_said(four: Journal) -> None:
    """A relation with whoever was just forgotten is not written."""
    ada = four.named("ada")
    forget.forget(four, ada)
    with pytest.raises(ConnectError):
        relations.relate(four, ada, "grace", "sister")
    assert all_relations(four.connection) == []
