"""Details, promises both ways, and questions from the command line."""

import json
import re

import pytest

from tests.conftest import Begin, Connect


@pytest.fixture(autouse=True)
def _people(begin: Begin) -> None:
    """Ada and Grace."""
    begin(("add", "Ada Lovelace"), ("add", "Grace Hopper"))


def test_a_detail_is_kept_and_the_same_label_replaces_it(connect: Connect) -> None:
    """Whatever the case and accents of the label; and what it replaced is said."""
    assert connect("remember", "ada", "usual order: flat white").out == (
        "Remembered for Ada Lovelace: usual order: flat white.\n"
    )
    assert connect("remember", "ada", "Usual", "Order:", "tea").out == (
        "Remembered for Ada Lovelace: Usual Order: tea. It replaces: flat white.\n"
    )
    assert connect("remember", "ada", "usual order: tea").out.count("replaces") == 0
    assert connect("remember", "ada", "usual order: tea").out == (
        "Already there for Ada Lovelace, nothing changed: usual order: tea.\n"
    )
    details = json.loads(connect("show", "ada", "--json").out)["details"]
    assert [(one["label"], one["value"]) for one in details] == [("usual order", "tea")]


def test_a_detail_can_be_dropped_by_its_label(connect: Connect) -> None:
    """A label that is not there is an error that says where to look."""
    connect("remember", "ada", "tea: no milk")
    ran = connect("remember", "ada", "--drop", "coffee")
    assert (ran.code, "connect show 'Ada Lovelace'" in ran.err) == (1, True)
    assert connect("remember", "ada", "--drop", "TEA").out == (
        "Dropped a detail of Ada Lovelace: tea: no milk.\n"
    )
    assert connect("remember", "ada", "--drop", "tea").code == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("remember", "ada"), 2),
        (("remember", "ada", ": flat white"), 2),
        (("remember", "nobody", "tea: no milk"), 3),
        (("promise", "ada", " "), 2),
        (("promise", "ada", "tea", "--by", "yesterday"), 2),
        (("ask", "ada", "tea", "--on", "32 jan"), 2),
        (("promise", "nobody", "tea"), 3),
        (("promises", "nobody"), 3),
        (("done", "tea"), 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_kept_is_refused(
    connect: Connect, words: tuple[str, ...], code: int
) -> None:
    """One clear line and the right exit code."""
    ran = connect(*words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("connect: ")


def test_promises_go_both_ways_and_questions_wait(connect: Connect) -> None:
    """Each sort is kept with its day, listed, and closed by id or by words."""
    assert connect("promise", "ada", "send", "the", "paper", "--by", "fri").out == (
        "You promised Ada Lovelace: send the paper (in 4 days, Fri 27 Nov).\n"
    )
    connect("promise", "ada", "lend me a book", "--theirs")
    connect("ask", "grace", "about the ship")
    found = json.loads(connect("promises", "--json").out)["promises"]
    assert [(one["owed"], one["due_on"]) for one in found] == [
        ("me", "2026-11-27"),
        ("them", None),
        ("ask", None),
    ]
    assert connect("promises", "grace").out.count("\n") == 1
    assert connect("done", "paper").out == "Done: Ada Lovelace: send the paper.\n"
    assert connect("done", found[1]["id"][:5]).out == "Done: Ada Lovelace: lend me a book.\n"
    assert connect("done", "grace", "ship").code == 0
    assert connect("promises").out == ""
    assert connect("promises", "--all").out.count("\n") == 3


def test_words_that_fit_several_promises_close_none(connect: Connect) -> None:
    """Their ids, people and first words are named; what they say is private where others look."""
    connect("promise", "ada", "send the paper on engines and what it left out")
    connect("promise", "ada", "send the photo")
    ran = connect("done", "send")
    assert ran.code == 1
    one, other = r"[0-9a-z]{6} Ada Lovelace", r"; [0-9a-z]{6} Ada Lovelace"
    said = rf"{one} \(send the paper on engines …\){other} \(send the photo\)\n"
    assert re.search(said, ran.err)
    assert "see: connect promises\n" in ran.err
    ran = connect("--discreet", "done", "send")
    assert re.search(rf"several: {one}{other}\n", ran.err)
    assert connect("promises").out.count("\n") == 2


def test_many_that_fit_are_not_all_told(connect: Connect) -> None:
    """Five are enough to see that more words are needed."""
    for number in range(7):
        connect("promise", "ada", f"book {number}")
    ran = connect("done", "book")
    assert ran.err.count("Ada Lovelace") == 5
    assert "; …\n" in ran.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("send book by friday", "friday"),
        ("send book by fri.", "fri"),
        ("send book friday", "friday"),
        ("the keys on 3 dec", "'3 dec'"),
        ("the keys in 2 weeks", "'in 2 weeks'"),
        ("call back tomorrow", "tomorrow"),
        ("call back next week", "'next week'"),
    ],
)
def test_a_promise_that_ends_in_a_day_has_none_unless_it_is_set(
    connect: Connect, text: str, said: str
) -> None:
    """It is kept as it was typed; how to set the day is said beside, and what is said works."""
    ran = connect("promise", "ada", text)
    assert ran.err == f"No day was set. To set one: --by {said}\n"
    (kept,) = json.loads(connect("promises", "--json").out)["promises"]
    assert (kept["text"], kept["due_on"]) == (text, None)
    assert connect("promise", "ada", text, "--by", said.strip("'")).err == ""


@pytest.mark.parametrize(
    "words",
    [
        ("send the book",),
        ("friday",),
        ("lend it for 2 weeks",),
        ("sit with me in the sun",),
        ("walk every friday",),
        ("write by 32 jan",),
        ("what she asked for by",),
        ("send book by friday", "--theirs"),
    ],
    ids=" ".join,
)
def test_other_words_are_taken_for_no_day(connect: Connect, words: tuple[str, ...]) -> None:
    """Nor is anything said of what somebody else owes: it comes back on no day."""
    ran = connect("promise", "ada", *words)
    assert (ran.code, ran.err) == (0, "")


def test_on_a_shared_screen_not_even_the_day_is_said(connect: Connect) -> None:
    """It is part of the promise."""
    ran = connect("--discreet", "promise", "ada", "send book by friday")
    assert ran.err == "No day was set. To set one: --by DAY\n"


def test_discreet_hides_what_is_private(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notes, details and promises never reach a shared screen; names and days do."""
    connect("log", "coffee with ada: a secret", "--promise", "a secret", "--remember", "x: secret")
    connect("log", "called ada")
    listings = [("today",), ("show", "ada"), ("history",), ("promises",), ("search", "secret")]
    for words in listings:
        assert "secret" not in connect("--discreet", *words).out
        assert "secret" not in connect("--discreet", *words, "--json").out
    monkeypatch.setenv("CONNECT_DISCREET", "1")
    for words in (*listings, ("done", "a secret")):
        ran = connect(*words)
        assert "secret" not in ran.out + ran.err


def test_a_promise_is_meant_by_the_beginning_of_its_id(connect: Connect) -> None:
    """However short, if no words fit; from four letters on it goes before words."""
    connect("log", "--new", "coffee with Ada")
    connect("promise", "ada", "the book")
    (promise,) = json.loads(connect("promises", "--json").out)["promises"]
    assert "the book" in connect("done", promise["id"][:1]).out
    connect("undo")
    connect("promise", "ada", f"tell Bob about {promise['id'][:4]}")
    assert "the book" in connect("done", promise["id"][:4]).out
