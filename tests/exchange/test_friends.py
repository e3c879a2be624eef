"""What friends keeps: its friends become people, and its activities interactions."""

from datetime import date

from connect_cli.exchange import friends
from connect_cli.model import Kind

FRIENDS = """### Activities:
- 2018-11-01: **Grace Hopper** and I had lunch at _Marie's Diner_. @food
- 2018-01-04: Called **Ada Lovelace** and **Grace Hopper**.
- not a line

### Notes:
- 2018-06-12: **Ada Lovelace** is moving to _Boston_.

### Friends:
- Ada Lovelace (a.k.a. The Countess a.k.a. Enchantress) [London] @math
- Grace Hopper

### Locations:
- London
"""


def test_friends_become_people_with_what_was_noted_of_them() -> None:
    """Nicknames are aliases, the location is a city, notes are details with their day."""
    found = friends.read(FRIENDS.encode(), "friends.md")
    ada, grace = found.contacts
    assert (ada.name, ada.aliases, ada.tags) == (
        "Ada Lovelace",
        ("The Countess", "Enchantress"),
        ("math",),
    )
    assert ada.details == (
        ("lives in", "London"),
        ("note 2018-06-12", "Ada Lovelace is moving to Boston."),
    )
    assert grace.name == "Grace Hopper"
    assert [one.place for one in found.unread] == ["friends.md, line 4"]


def test_activities_of_friends_become_interactions() -> None:
    """With whom, when, what it was and the words, without their marks."""
    lunch, call = friends.read(FRIENDS.encode()).happenings
    assert (lunch.day, lunch.people, lunch.kind) == (date(2018, 11, 1), ("Grace Hopper",), "meal")
    assert lunch.note == "Grace Hopper and I had lunch at Marie's Diner. @food"
    assert lunch.tags == ("food",)
    assert (call.people, call.kind) == (("Ada Lovelace", "Grace Hopper"), Kind.CALL)


def test_a_note_of_friends_that_nobody_gets_is_told() -> None:
    """Whom it names is no friend, or it names nobody."""
    text = (
        "### Notes:\n- 2018-06-12: **Ada** moves with **Bob**.\n- 2018-06-13: **Cyd** left.\n"
        "- 2018-06-14: Rain.\n### Friends:\n- Ada\n"
    )
    found = friends.read(text.encode(), "friends.md")
    assert [one.details for one in found.contacts] == [
        (("note 2018-06-12", "Ada moves with Bob."),)
    ]
    assert [one.place for one in found.unread] == ["friends.md, line 3", "friends.md, line 4"]
