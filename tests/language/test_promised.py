"""Promises in the words of a log line: what is asked about, and what is not."""

import pytest

from connect_cli.language.promised import LONGEST, promises

NAMES = ("Ada Lovelace", "Tom Baker")

MINE = [
    ("Coffee with Ada: I promised to send her the paper by Friday", "send her the paper by Friday"),
    ("coffee with Ada: promised to send her the paper", "send her the paper"),
    ("Coffee with Ada. I promised to send her the paper.", "send her the paper"),
    ("Coffee with Ada, promised to lend her the drill", "lend her the drill"),
    ("call with Tom: he is well, I'll send him the book", "send him the book"),
    ("call with Tom: I’ll send him the book. He moved.", "send him the book"),
    ("call with Tom: I will call him back on Monday", "call him back on Monday"),
    ("call with Tom: need to send him the invoice", "send him the invoice"),
    ("call with Tom: I have to ask Tom about the keys", "ask Tom about the keys"),
    ("call with Tom: I should introduce him to Grace", "introduce him to Grace"),
    ("drinks with Tom: I owe him a beer", "him a beer"),
    ("drinks with Tom: owe Tom a beer #pub", "Tom a beer"),
    ("Lunch with Ada: she got the job and I promised to cook", "cook"),
    ("Lunch with Ada: promised her to bring the drill, she was glad", "bring the drill"),
    ("Lunch with Ada: promised her the drill", "her the drill"),
    ("Lunch with Ada: I also promised that I'd write", "write"),
    ("Lunch with Ada: I'm going to send her the photos", "send her the photos"),
    ("Lunch with Ada\nI'll send her the photos\nshe looked well", "send her the photos"),
    ("Lunch with Ada: we agreed to disagree; offered to help her move", "help her move"),
    ("Lunch with Ada: todo send the slides", "send the slides"),
]
MINE += [
    ("Coffee with Ada: I said I would lend her my bike", "lend her my bike"),
    ("Coffee with Ada: told her I'd send the photos", "send the photos"),
]
THEIRS = [
    ("call with Tom: he'll send me the book", "send me the book"),
    ("call with Tom: He will call me back", "call me back"),
    ("Coffee with Ada: she promised to bring the photos", "bring the photos"),
    ("Coffee with Ada, she promised to bring the photos", "bring the photos"),
    ("Coffee with Ada: Ada promised to send me the slides", "send me the slides"),
    ("Coffee with Ada: she said she'd lend me her tent", "lend me her tent"),
    ("Coffee with Ada: she promised me the recipe", "me the recipe"),
    ("Coffee with Ada: she owes me a lunch", "me a lunch"),
    ("Coffee with Ada: she's going to send us the dates", "send us the dates"),
]
NONE = [
    "Coffee with Ada",
    "Coffee with Ada: she is moving to Boston",
    "Coffee with Ada: we'll see",
    "Coffee with Ada: I'll be in Boston in May",
    "Coffee with Ada: I'll miss her",
    "Coffee with Ada: I'll have the cake next time",
    "Coffee with Ada: I will never go there again",
    "Coffee with Ada: I need to sleep more",
    "Coffee with Ada: need to buy milk",
    "Coffee with Ada: she needs to call her mother",
    "Coffee with Ada: they have to send the papers to court",
    "Coffee with Ada: she'll send her son to Berlin",
    "Coffee with Ada: he'll write a book",
    "Coffee with Ada: her brother promised to send her money",
    "Coffee with Ada: Grace promised to call her",
    "Coffee with Ada: she never promised anything",
    "Coffee with Ada: I didn't promise to come",
    "Coffee with Ada: a promising start",
    "Coffee with Ada: promised land, a good film",
    "Coffee with Ada: breaking promises, as always",
    "Coffee with Ada: should I send her the paper?",
    "Coffee with Ada: she said I'll send it when it is done",
    "Coffee with Ada: owed her nothing in the end",
    "Coffee with Ada: I sent her the paper as promised",
    "Coffee with Ada: she owes the bank a fortune",
    "Coffee with Ada: I promised to be brave",
    "Coffee with Ada: what I owe to Keynes",
    "Coffee with Ada: she will call her doctor",
    "Coffee with Ada: if I'll send anything it will be late",
    "Coffee with Ada: I had promised to call her and did",
    "Coffee with Ada: let her talk",
    "Coffee with Ada: gave her the book",
    "Coffee with Ada: we have a book club now",
    "",
]


@pytest.mark.parametrize(("line", "text"), MINE, ids=[line for line, _ in MINE])
def test_a_promise_of_mine_is_found(line: str, text: str) -> None:
    """In the words after it, up to the end of the clause."""
    assert [(one.text, one.theirs) for one in promises(line, NAMES)] == [(text, False)]


@pytest.mark.parametrize(("line", "text"), THEIRS, ids=[line for line, _ in THEIRS])
def test_a_promise_of_theirs_is_found(line: str, text: str) -> None:
    """What they will do for me."""
    assert [(one.text, one.theirs) for one in promises(line, NAMES)] == [(text, True)]


@pytest.mark.parametrize("line", NONE)
def test_what_is_no_promise_is_not_asked_about(line: str) -> None:
    """A needless question is a fault too."""
    assert promises(line, NAMES) == []


def test_several_are_found_in_their_order_and_each_once() -> None:
    """With who is named in each."""
    line = "I promised to call Tom. I'll send Ada the book, and she'll send me hers. I'll call Tom"
    assert [(one.text, one.theirs, one.names) for one in promises(line, NAMES)] == [
        ("call Tom", False, ("Tom Baker",)),
        ("send Ada the book", False, ("Ada Lovelace",)),
        ("send me hers", True, ()),
    ]


def test_a_story_is_no_promise() -> None:
    """However it begins."""
    assert promises(f"I promised to {'go on and on ' * LONGEST}", NAMES) == []


@pytest.mark.parametrize(
    "text", ["Ǆ" * 40 + ": I'll call her", "ß: I'll call her", "İ. I'll call her"]
)
def test_letters_that_fold_to_more_or_fewer_cut_nothing_off(text: str) -> None:
    """The text is what was typed."""
    assert [one.text for one in promises(text, NAMES)] == ["call her"]
