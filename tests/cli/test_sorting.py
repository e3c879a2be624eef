"""Every list of names or tags has one order, in which case and accents do not matter."""

import json

import pytest

from connect_cli.language.sorting import by_name
from tests.cli.test_completion import words as offered
from tests.conftest import Begin, Connect

NAMES = ["ada Zed", "Álvaro Ruiz", "Bo Chen", "çelik Ay", "Émile Zola", "zoe Young", "Zoë Zimmer"]
TAGS = ["apple", "école", "fox", "über", "zebra"]
IN_DISORDER = [5, 2, 6, 0, 4, 3, 1]
DAY = "2026-11-23"


@pytest.fixture(autouse=True)
def _people(begin: Begin) -> None:
    """Seven people, added in disorder, each with all the tags, a birthday and a promise today."""
    added = [NAMES[at] for at in IN_DISORDER]
    tags = [
        word for tag in (TAGS[3], TAGS[4], TAGS[0], TAGS[2], TAGS[1]) for word in ("--tag", tag)
    ]
    begin(
        *(("add", name, "--new", "--birthday", "11-24", *tags) for name in added),
        *(("promise", name, "tea", "--by", DAY) for name in added),
        *(("log", f"met {name}") for name in added[:4]),
    )


def field(text: str, number: int, kind: str = "") -> list[str]:
    """A field of each record, or of those of a kind."""
    rows = [line.split("\t") for line in text.splitlines()]
    return [row[number] for row in rows if not kind or row[0] == kind]


def test_the_order_is_that_of_the_names() -> None:
    """The list above is in it, and so are the tags."""
    assert sorted((NAMES[at] for at in IN_DISORDER), key=by_name) == NAMES
    assert sorted(set(TAGS), key=by_name) == TAGS


def test_every_list_of_people_has_it(connect: Connect) -> None:
    """People, occasions, what is done, matches, candidates and exports."""
    assert field(connect("people").out, 1) == NAMES
    today = connect("today").out
    assert field(today, 1, "occasion") == NAMES
    done = field(today, 1, "done")
    assert done == [name for name in NAMES if name in done]
    assert len(done) == 4
    found = [line.split("\t") for line in connect("search", "z").out.splitlines()]
    named = [row[4] for row in found if row[1] == "name"]
    assert named == [name for name in NAMES if "z" in name.lower().replace("ruiz", "")]
    assert "Álvaro Ruiz" in connect("show", "a").err
    assert connect("show", "z").err.index("zoe Young") < connect("show", "z").err.index(
        "Zoë Zimmer"
    )
    csv = connect("export", "csv", "people").out
    assert [line.split(",")[0] for line in csv.splitlines()[1:]] == NAMES


def test_every_list_of_tags_has_it(connect: Connect) -> None:
    """On a card, in the list of people, in an export, and on Tab."""
    for words in (("show", "bo", "--json"), ("people", "bo", "--json")):
        told = json.loads(connect(*words).out)
        person = told["person"] if "person" in told else told["people"][0]
        assert person["tags"] == TAGS
    assert "; ".join(TAGS) in connect("export", "csv", "people").out
    assert offered("connect people --tag ") == TAGS


@pytest.mark.parametrize(
    ("by", "first"),
    [("name", "ada Zed"), ("added", "Álvaro Ruiz"), ("last", "ada Zed"), ("due", "Bo Chen")],
)
def test_people_can_be_listed_in_another_order(connect: Connect, by: str, first: str) -> None:
    """Where that says nothing it is by name."""
    connect("every", "bo", "3d")
    connect("log", "coffee with bo", "--on", "10 days ago")
    listed = field(connect("people", "--sort", by).out, 1)
    assert listed[0] == first
    assert sorted(listed, key=by_name) == NAMES
