"""A selection of people: by place, circle, tag and state, and in which order."""

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.journal import archive, log, memory, people
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.journal.selection import Selection, Sort, selected, standings
from connect_cli.views import State
from tests.store.damage import change_unrecorded

PLACES = {
    "Ada": "lives in: Boston, MA",
    "Bo": "LIVES IN: São Paulo",
    "Cy": "lives  in: New York, Boston Road",
    "Di": "moved to: Boston",
    "Ed": "likes Boston",
}


@pytest.fixture
def placed(journal: Journal) -> Journal:
    """Six people; Flo has an address, and Gus is archived."""
    for name in ("Flo", "Gus", *PLACES):
        people.add(journal, Profile(name, tags=("choir",) if name < "D" else ()))
    for name, text in {**PLACES, "Gus": "lives in: Boston"}.items():
        memory.remember(journal, name, text)
    archive.archive(journal, "Gus", away=True)
    path = journal.context.path
    journal.close()
    change_unrecorded(
        path,
        "INSERT INTO contact_point (id, person_id, kind, value)"
        " SELECT 'aaaaaaaaaaaa', id, 'address', '1 High St, Boston PE21, UK' FROM person"
        " WHERE name = 'Flo'",
    )
    return journal


@pytest.mark.parametrize(
    ("place", "there"),
    [
        ("boston", ["Ada", "Cy", "Flo"]),
        ("BOS", ["Ada", "Cy", "Flo"]),
        ("boston ma", ["Ada"]),
        ("ma boston", ["Ada"]),
        ("sao", ["Bo"]),
        ("São Paulo", ["Bo"]),
        ("york new", ["Cy"]),
        ("pe21", ["Flo"]),
        ("oston", []),
        ("rome", []),
        ("...", []),
        ("", []),
    ],
)
def test_whoever_lives_at_a_place_or_has_an_address_there_is_found(
    placed: Journal, place: str, there: list[str]
) -> None:
    """By beginnings of its words, in any order; other details say nothing of where they are."""
    assert [one.name for one in selected(placed, Selection(place=place))] == there


def test_archived_people_are_found_only_by_that_state(placed: Journal) -> None:
    """At a place, too."""
    gone = Selection(place="boston", states=(State.ARCHIVED,))
    assert [one.name for one in selected(placed, gone)] == ["Gus"]
    both = gone._replace(states=(State.ARCHIVED, State.NONE))
    assert [one.name for one in selected(placed, both)] == ["Ada", "Cy", "Flo", "Gus"]


def test_all_parts_of_a_selection_hold_together(placed: Journal) -> None:
    """With words of a name, too."""
    wanted = Selection(tag="choir", place="boston")
    assert [row.person.name for row in standings(placed, (), wanted)] == ["Ada", "Cy"]
    assert [row.person.name for row in standings(placed, ("cy",), wanted)] == ["Cy"]
    assert standings(placed, ("gus",), wanted) == []
    assert standings(placed, ("...",), wanted) == []
    assert selected(placed, Selection(circle="close")) == []
    with pytest.raises(NotUnderstood, match="no circle"):
        selected(placed, Selection(circle="best"))


def test_whether_anything_was_asked_for() -> None:
    """An empty text is something, too: it fits nobody."""
    assert not Selection().is_given
    for one in (Selection(circle=""), Selection(states=(State.DUE,)), Selection(place="x")):
        assert one.is_given


def test_each_order_is_by_name_where_it_says_nothing(placed: Journal) -> None:
    """Seen last first, due first, added last first."""
    log.log(placed, "coffee with Di", LogOptions(on="yesterday"))
    log.log(placed, "coffee with Bo", LogOptions(on="3 days ago"))
    people.edit(placed, placed.named("Ed"), Profile("Ed", every="1w"))
    names = {by: [row.person.name for row in standings(placed, by=by)] for by in Sort}
    assert names[Sort.NAME] == ["Ada", "Bo", "Cy", "Di", "Ed", "Flo"]
    assert names[Sort.LAST] == ["Di", "Bo", "Ada", "Cy", "Ed", "Flo"]
    assert names[Sort.DUE] == ["Ed", "Ada", "Bo", "Cy", "Di", "Flo"]
    assert names[Sort.ADDED] == ["Ed", "Di", "Cy", "Bo", "Ada", "Flo"]
