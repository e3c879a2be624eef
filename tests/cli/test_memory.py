"""Details, promises both ways, and questions from the command line."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.editors import editor
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


def details(connect: Connect, name: str) -> list[tuple[str, str]]:
    """The labels and values on a card."""
    found = json.loads(connect("show", name, "--json").out)["details"]
    return [(one["label"], one["value"]) for one in found]


def test_details_without_a_label_stand_side_by_side(connect: Connect) -> None:
    """The same text again changes nothing and says so; one is dropped by its words or its id."""
    assert connect("remember", "ada", "allergic", "to", "nuts").out == (
        "Remembered for Ada Lovelace: allergic to nuts.\n"
    )
    connect("remember", "ada", "likes jazz")
    kept = [("", "allergic to nuts"), ("", "likes jazz")]
    assert details(connect, "ada") == kept
    changes = connect("changes").out
    assert connect("remember", "ada", "Allergic to nuts").out == (
        "Already there for Ada Lovelace, nothing changed: allergic to nuts.\n"
    )
    assert (details(connect, "ada"), connect("changes").out) == (kept, changes)
    shown = connect("show", "ada").out
    assert "detail\t\tallergic to nuts\n" in shown
    assert "Ada Lovelace\tallergic to nuts" in connect("search", "nuts").out
    _, jazz = json.loads(connect("show", "ada", "--json").out)["details"]
    assert connect("remember", "ada", "--drop", "nuts").out == (
        "Dropped a detail of Ada Lovelace: allergic to nuts.\n"
    )
    assert connect("remember", "ada", "--drop", jazz["id"][:5]).code == 0
    assert details(connect, "ada") == []
    connect("undo")
    assert details(connect, "ada") == [("", "likes jazz")]


def test_words_that_fit_several_details_drop_none(connect: Connect) -> None:
    """They are named with their ids, without their texts where others look."""
    connect("remember", "ada", "likes jazz")
    connect("remember", "ada", "likes tea: with milk")
    ran = connect("remember", "ada", "--drop", "likes")
    assert ran.code == 1
    assert re.search(r"several: \w{6} likes jazz; \w{6} likes tea: with milk\n", ran.err)
    ran = connect("--discreet", "remember", "ada", "--drop", "likes")
    assert re.search(r"several: \w{6}; \w{6}\n", ran.err)
    assert connect("remember", "ada", "--drop", "likes", "jazz").code == 0
    assert details(connect, "ada") == [("likes tea", "with milk")]


def test_details_without_a_label_are_edited_merged_and_exported(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A merge keeps those of both, each text once; the form shows them as they were typed."""
    connect("remember", "ada and grace", "allergic to nuts")
    connect("remember", "grace", "likes jazz")
    monkeypatch.setenv(
        "EDITOR", editor(tmp_path, "sed -i 's/^detail: likes jazz/detail: sings/' $1")
    )
    assert connect("edit", "grace").out == "Changed Grace Hopper.\n"
    assert connect("merge", "ada", "grace").code == 0
    assert details(connect, "ada") == [("", "allergic to nuts"), ("", "sings")]
    assert "allergic to nuts" in connect("export", "csv", "people").out
    connect("export", "markdown", str(tmp_path / "pages"))
    (page,) = (tmp_path / "pages").iterdir()
    assert "- allergic to nuts\n- sings\n" in page.read_text()
    assert "All is well" in connect("doctor").out


def test_a_birthday_and_an_anniversary_are_kept_as_days(connect: Connect) -> None:
    """So is any other label that is said to be yearly; it says which day, and when it comes."""
    assert connect("remember", "ada", "birthday: 16 march").out == (
        "Remembered for Ada Lovelace: birthday 16 Mar, in 3 months.\n"
    )
    assert connect("remember", "ada", "Birthday: 10 dec 1815").out == (
        "Remembered for Ada Lovelace: birthday 10 Dec 1815, turns 211 in 2 weeks."
        " It replaces: 03-16.\n"
    )
    assert connect("remember", "ada", "birthday: 12-10").out == (
        "Already there for Ada Lovelace, nothing changed: birthday 10 Dec 1815, turns 211 in 2"
        " weeks.\n"
    )
    connect("remember", "ada", "anniversary:", "8", "july", "1835")
    connect("remember", "ada", "Name day: 6 dec", "--yearly")
    card = json.loads(connect("show", "ada", "--json").out)
    assert {(one["label"], one["month"], one["day"]) for one in card["occasions"]} == {
        ("birthday", 12, 10),
        ("anniversary", 7, 8),
        ("Name day", 12, 6),
    }
    assert card["details"] == []
    assert connect("remember", "ada", "--drop", "name day").out == (
        "Dropped a detail of Ada Lovelace: Name day: 12-06.\n"
    )


@pytest.mark.parametrize("words", [("birthday 16 march",), ("Birthday", "16", "march")])
def test_a_birthday_needs_no_colon(connect: Connect, words: tuple[str, ...]) -> None:
    """If a day follows it; any other words are a detail as they stand."""
    assert connect("remember", "ada", *words).out == (
        "Remembered for Ada Lovelace: birthday 16 Mar, in 3 months.\n"
    )
    assert connect("remember", "ada", "birthday party in March").out == (
        "Remembered for Ada Lovelace: birthday party in March.\n"
    )


def test_a_day_can_be_remembered_with_a_conversation(connect: Connect) -> None:
    """For everybody named, beside a detail; one undo takes all of it back."""
    ran = connect(
        *("log", "tea with ada and grace: well", "--remember", "anniversary: 12 june 2004"),
        *("--remember", "cat: Tib"),
    )
    both = "Remembered for Ada Lovelace and Grace Hopper"
    assert f"{both}: anniversary 12 Jun 2004. {both}: cat: Tib." in ran.out
    for name in ("ada", "grace"):
        (day,) = json.loads(connect("show", name, "--json").out)["occasions"]
        assert (day["label"], day["year"], day["month"], day["day"]) == ("anniversary", 2004, 6, 12)
        assert details(connect, name) == [("cat", "Tib")]
    connect("undo", "--yes")
    assert json.loads(connect("show", "ada", "--json").out)["occasions"] == []
    assert connect("log", "tea with ada", "--remember", "birthday: soon").code == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("birthday: 30 feb",), "30 February"),
        (("birthday: soon",), "birthday: 'soon' is not a day of the year"),
        (("birthday: 2027-01-01",), "still to come"),
        (("birthday: 10/3",), "hint: write 10 March or 3 October\n"),
        (("anniversary: 13-13",), "anniversary: there is no month 13"),
        (("6 dec", "--yearly"), "'6 dec' does not say which day it is"),
        (("name day: maybe", "--yearly"), "is not a day of the year"),
    ],
)
def test_a_wrong_day_is_refused(connect: Connect, words: tuple[str, ...], told: str) -> None:
    """The error names the label and the day."""
    ran = connect("remember", "ada", *words)
    assert (ran.code, ran.out, told in ran.err) == (2, "", True), ran.err


def test_what_was_kept_is_said_with_whom_and_in_whose_debt(connect: Connect) -> None:
    """Of one person, and of several at once."""
    assert connect("promise", "grace", "the drill", "--theirs").out == (
        "Grace Hopper promised you: the drill.\n"
    )
    assert connect("ask", "grace", "how is Boston?").out == (
        "To ask Grace Hopper next time: how is Boston?\n"
    )
    assert connect("ask", "grace", "the keys", "--on", "fri").out == (
        "To ask Grace Hopper: the keys (in 4 days, Fri 27 Nov).\n"
    )
    assert connect("promise", "ada", "and", "grace", "bring the photos").out == (
        "You promised Ada Lovelace and Grace Hopper: bring the photos.\n"
    )
    assert connect("remember", "ada, grace", "likes: jazz").out == (
        "Remembered for Ada Lovelace: likes: jazz.\nRemembered for Grace Hopper: likes: jazz.\n"
    )


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


NO_DAY = "No day was set. To set one: connect undo, then the same with --by {}\n"


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
    assert ran.err == NO_DAY.format(said)
    (kept,) = json.loads(connect("promises", "--json").out)["promises"]
    assert (kept["text"], kept["due_on"]) == (text, None)
    connect("undo")
    assert connect("promise", "ada", text, "--by", said.strip("'")).err == ""
    assert connect("promises").out.count("\n") == 1


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
    assert ran.err == NO_DAY.format("DAY")


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
