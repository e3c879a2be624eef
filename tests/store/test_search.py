"""Words are found wherever they are kept, and Tab offers what fits."""

import json

from connect_cli.model import Named
from tests.cli.test_completion import offered, words
from tests.conftest import Connect
from tests.store.journals import NOW
from tests.store.writing import Store, interaction


def test_an_open_promise_is_offered_by_its_id(connect: Connect) -> None:
    """With whom and what beside it, where the shell shows that; no markup is read there."""
    connect("add", "Ada Lovelace")
    connect("promise", "ada", "send [/] the photos")
    (short,) = words("connect done ")
    assert len(short) == 6
    assert offered("connect done ") == [f"{short}\tAda Lovelace: send [/] the photos"]
    assert offered("connect done ", CONNECT_DISCREET="1") == [f"{short}\tAda Lovelace"]
    assert connect("done", short).code == 0
    assert offered("connect done ") == []


def test_the_newest_interactions_are_offered_by_their_ids(connect: Connect) -> None:
    """To amend one, its beginning is enough."""
    connect("log", "--new", "coffee with Ada")
    (short,) = words("connect amend ")
    assert connect("amend", short, "--note", "told of Boston").code == 0
    assert words(f"connect amend {short[:2]}") == [short]


def test_search_finds_words_wherever_they_are_kept(connect: Connect) -> None:
    """Notes, details, promises and names; beginnings of words; accents and case ignored."""
    connect("add", "Zoë Łukasz", "--alias", "Café Zoë")
    connect("log", "met Zoë: the café in Łódź, C++ and naïve plans")
    connect("remember", "zoe", "usual order: café au lait")
    connect("promise", "zoe", "café visit")
    found = json.loads(connect("search", "CAFE", "--json").out)["hits"]
    assert [hit["where"] for hit in found] == ["name", "detail", "promise", "note"]
    assert [hit["text"][slice(*hit["marks"][0])] for hit in found] == [
        "Café",
        "café",
        "café",
        "café",
    ]
    assert connect("search", "lodz", "naiv").out.count("\n") == 1
    assert connect("search", "lodz", "elsewhere").out == ""
    assert connect("search", 'cafe" OR "x').code == 0
    assert connect("search", "NEAR(").code == 0


def test_a_word_outside_the_note_is_found_too(connect: Connect) -> None:
    """What was typed before the colon is remembered as well."""
    connect("log", "coffee with Ada at the harbour: she is moving", "--new")
    (hit,) = json.loads(connect("search", "coffee", "--json").out)["hits"]
    assert hit["text"] == "coffee with Ada at the harbour: she is moving"


def test_search_follows_every_change(store: Store) -> None:
    """The index holds the words of a note after a change, and none after its deletion."""
    connection, writer = store

    def found(word: str) -> int:
        sql = "SELECT count(*) FROM interaction_words WHERE interaction_words MATCH ?"
        return int(connection.execute(sql, (f'"{word}"',)).fetchone()[0])

    with writer.command("log", "…", NOW) as changes:
        ada = Named(changes.add_person("Ada"), "Ada")
        first = changes.add_interaction(interaction((ada,), note="Boston", entered="Boston"))
    assert (found("boston"), found("paris")) == (1, 0)
    with writer.command("amend", "…", NOW) as changes:
        changes.change_interaction(interaction((ada,), id=first, note="Paris", entered="Paris"))
    assert (found("boston"), found("paris")) == (0, 1)
    with writer.command("delete", "…", NOW) as changes:
        changes.delete_interaction(first)
    assert (found("boston"), found("paris")) == (0, 0)
    connection.execute(
        "INSERT INTO interaction_words (interaction_words) VALUES ('integrity-check')"
    )
