"""Ties between people from the command line."""

import json

import pytest

from tests.conftest import Begin, Connect


@pytest.fixture(autouse=True)
def _people(begin: Begin) -> None:
    """Three people."""
    begin(("add", "Ada Lovelace"), ("add", "Grace Hopper"), ("add", "Tom Baker"))


def test_a_tie_is_said_in_a_sentence(connect: Connect) -> None:
    """Whoever is named first is what the word says; said again it is there already."""
    said = "Ada Lovelace is Grace Hopper's sister.\n"
    assert connect("relate", "ada", "grace", "--as", "sister").out == said
    assert connect("relate", "ada,", "grace", "--as", "Sister").out == f"Already there: {said}"
    for two in (("ada and grace",), ("ada, grace",), ("ada", "and", "grace")):
        assert connect("relate", *two, "--as", "sister").out == f"Already there: {said}"
    assert connect("relate", "grace", "tom", "--as", "met through").out == (
        "Grace Hopper was introduced by Tom Baker.\n"
    )
    assert connect("relate", "grace", "ada", "--drop").out == f"Removed: {said}"
    assert connect("relate", "grace", "ada", "--drop").code == 1


def test_on_a_shared_screen_the_word_is_hidden(connect: Connect) -> None:
    """Neither the answer nor what can be undone says it."""
    ran = connect("--discreet", "relate", "ada", "grace", "--as", "secret love")
    assert (ran.code, "secret" in ran.out) == (0, False)
    assert "secret" not in connect("--discreet", "changes").out
    assert "secret" in connect("changes").out
    connect("relate", "ada", "grace", "--as", "boss")
    ran = connect("--discreet", "relate", "ada", "grace", "--drop")
    assert (ran.code, "in several ways" in ran.err, "secret" in ran.err) == (1, True, False)


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("ada", "grace"), 2, "no word was given"),
        (("ada", "grace", "--as", " "), 2, "no word was given"),
        (("ada", "grace", "sister"), 2, "connect relate ada grace --as sister"),
        (("ada", "grace hopper", "best", "friend"), 2, "'grace hopper' --as 'best friend'"),
        (("ada", "gracehopp", "hoper"), 2, "connect relate ada 'gracehopp hoper' --as sister"),
        (("ada", "grace", "--as", "works for"), 2, "on one of the two cards alone"),
        (("ada", "--as", "friend"), 2, "connect relate 'Ada Lovelace' 'Ada King' --as sister"),
        (("ada", "ada", "--as", "friend"), 2, "one person"),
        (("ada,", "grace,", "tom", "--as", "friend"), 2, "not two people, but 3"),
        (("ada", "zoe", "--as", "friend"), 3, "nobody here is called 'zoe'"),
    ],
)
def test_what_is_no_tie_is_refused(
    connect: Connect, words: tuple[str, ...], code: int, why: str
) -> None:
    """In one line, and nothing is written."""
    ran = connect("relate", *words)
    assert (ran.code, why in ran.err) == (code, True), ran.err
    assert connect("changes").out.count("relate") == 0


def test_an_introduction_is_kept_and_said(connect: Connect) -> None:
    """In the answer, in a rehearsal, and on both cards."""
    line = "introduced Ada to Grace: both restore boats"
    assert "Would keep: Ada Lovelace and Grace Hopper met through you." in (
        connect("log", line, "--dry-run").out.replace("Grace Hopper and Ada Lovelace", TWO)
    )
    asks = "Would ask: Ask Ada Lovelace on Mon 7 Dec: did Ada and Grace meet?\n"
    assert asks in connect("log", line, "--dry-run").out
    rehearsed = json.loads(connect("log", line, "--dry-run", "--json").out)
    assert [tie["word"] for tie in rehearsed["relations"]] == ["met through you"]
    assert "met through you" not in connect("--discreet", "log", line, "--dry-run").out
    said = connect("log", line).out.replace("Grace Hopper and Ada Lovelace", TWO)
    assert f"{TWO} met through you." in said


TWO = "Ada Lovelace and Grace Hopper"


def test_tell_is_kept_until_it_is_told(connect: Connect) -> None:
    """It stands with them, takes no place, is offered to be closed after a log, and is done."""
    assert connect("tell", "ada, tom", "got the allotment").out == (
        "To tell Ada Lovelace and Tom Baker: got the allotment.\n"
    )
    assert [line.split("\t")[1:4] for line in connect("promises").out.splitlines()] == [
        ["tell", name, "got the allotment"] for name in ("Ada Lovelace", "Tom Baker")
    ]
    assert connect("today").out == ""
    assert "to tell Ada Lovelace: got the allotment" in connect("log", "tea with ada").err
    assert connect("done", "ada allotment").out == "Done: Ada Lovelace: got the allotment.\n"
    assert connect("promises").out.count("tell") == 1
