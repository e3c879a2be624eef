"""Log lines: head, tail and note, what people type, and what is doubted."""

import pytest

from connect_cli.errors import ConnectError
from connect_cli.language.logline import LONGEST_LINE, find_people, read_line
from connect_cli.language.names import Known, Names
from tests.language.journal import NAMES, TODAY, means

DESIGN = (
    (
        "Coffee with Ada and Grace yesterday 45m: she is moving to Boston #work",
        (
            "coffee | Ada Lovelace, Grace Hopper | 2026-11-22 | 45 min | #work"
            " | note: she is moving to Boston #work"
        ),
    ),
    ("log ada", "Ada Lovelace | unread: log"),
    ("ada", "Ada Lovelace"),
    ("ada and grace", "Ada Lovelace, Grace Hopper"),
    ("王小明", "王小明"),
    ("Ada", "Ada Lovelace"),
    ("Ada Lovelace", "Ada Lovelace"),
    ("ada-lovelace", "Ada Lovelace"),
    (
        "ada, grace & tom yesterday 45m",
        "Ada Lovelace, Grace Hopper, Tom Baker | 2026-11-22 | 45 min",
    ),
    ("We will see in may", "doubt: we will see | unread: We will see in may"),
    ("Sat with Tom: good talk", "Tom Baker | unread: Sat | note: Sat: good talk"),
    ("yesterday: lunch with Tom", "meal | Tom Baker | 2026-11-22"),
    ("the day before yesterday: call with Tom", "call | Tom Baker | 2026-11-21"),
    (
        "coffee with ada at the harbour yesterday 45m",
        "coffee | Ada Lovelace | 2026-11-22 | 45 min | unread: at the harbour",
    ),
    (
        "Coffee with Ada: 3:30 was the time: yes",
        "coffee | Ada Lovelace | note: 3:30 was the time: yes",
    ),
    ("Coffee with Ada:", "coffee | Ada Lovelace"),
    (": hello", "note: hello"),
    ("Coffee with Ada\nShe said: hi", "coffee | Ada Lovelace | note: She said: hi"),
    ("18:05 - 19:30 call with Ada", "call | Ada Lovelace | at 18:05 | 85 min"),
    ("call with Ada, 18:05—19:30", "call | Ada Lovelace | at 18:05 | 85 min"),
    ("call with Ada 6:05 pm – 7 pm", "call | Ada Lovelace | at 18:05 | 55 min"),
    ("call with Ada - 19:30 was late", "call | Ada Lovelace | note: 19:30 was late"),
    ("hello world", "unread: hello world"),
    ("good talk", "unread: good"),
)

MORE = (
    ("Ada lunch yesterday 1h", "meal | Ada Lovelace | 2026-11-22 | 60 min"),
    ("lunch yesterday with Ada for 1h", "meal | Ada Lovelace | 2026-11-22 | 60 min"),
    ("yesterday ada and tom came over", "visit | Ada Lovelace, Tom Baker | 2026-11-22"),
    ("just called ada", "call | Ada Lovelace | mine"),
    ("had a quick call with Ada", "call | Ada Lovelace | unread: had a quick"),
    ("I called Ada", "call | Ada Lovelace | mine"),
    ("Ada: she is moving", "Ada Lovelace | note: she is moving"),
    ("ada: she is moving", "Ada Lovelace | note: she is moving"),
    ("Grace: new job", "Grace Hopper | note: new job"),
    ("Ada, Tom: planning the trip", "Ada Lovelace, Tom Baker | note: planning the trip"),
    ("Sunny: new job", "Sunny Day | note: new job"),
    (
        "long walk with Tom along the river, 2h",
        "walk | Tom Baker | 120 min | unread: long along the river",
    ),
    ("Wrote to Grace & Tom", "letter | Grace Hopper, Tom Baker | mine"),
    ("call: Ada", "call | note: Ada"),
    ("lunch with ada hope and tom", "meal | Ada Lovelace, Hope Jones, Tom Baker"),
    ("2 coffees with Ada", "coffee | Ada Lovelace | unread: 2"),
    ("Ada introduced me to Dorothy", "introduction | Ada Lovelace, Dorothy?"),
    ("text to ada, 5 min", "message | Ada Lovelace | 5 min | mine"),
    ("thanks to Ada", "Ada Lovelace | unread: thanks"),
    ("birthday present for Rose", "gift | Rose Tyler"),
    ("zoom w/ Ana-Maria + José", "video | Ana-Maria Silva, José Muñoz"),
    (
        "lunch with Ada, see https://example.org",
        "meal | Ada Lovelace | unread: see https://example.org",
    ),
    ("FaceTime with Zoë last night, 1h", "video | Zoë Kravitz | 2026-11-22 | 60 min"),
    ("Dinner at Tom's with Ada and Grace", "meal | Tom Baker, Ada Lovelace, Grace Hopper"),
    ("phone call from the bank", "call | unread: from the bank"),
    (
        "coffee with Ada and Grace: they told me: go",
        "coffee | Ada Lovelace, Grace Hopper | note: they told me: go",
    ),
    ("Will you call Ada", "call | Ada Lovelace | unread: Will you"),
    ("may be late for Ada", "Ada Lovelace | unread: may be late"),
    ("coffee at May's", "coffee | May Lee"),
    ("Ran with Łukasz 5k", "Łukasz Żal | unread: Ran 5k"),
    ("gym with José 90 min", "José Muñoz | 90 min | unread: gym"),
    ("lunch with 'Ada' and \"Grace\"", "meal | Ada Lovelace, Grace Hopper"),
    (
        "Met up with Ada, then coffee with Tom",
        "coffee | Ada Lovelace, Tom Baker | doubt: coffee with Tom | unread: then",
    ),
    ("walked from Ada's to Tom's", "walk | Ada Lovelace, Tom Baker"),
    ("Ada’s: dinner", "Ada Lovelace | note: dinner"),
    ("lunch at 1pm with ada, 1h", "meal | Ada Lovelace | at 13:00 | 60 min"),
    ("from yesterday: email from Ada", "email | Ada Lovelace | 2026-11-22 | theirs"),
    ("call with ada re contract", "call | Ada Lovelace | unread: re contract"),
    ("Ada & Tom's wedding on sat", "event | Ada Lovelace, Tom Baker | 2026-11-21"),
    ("today", ""),
    ("45m", "45 min"),
    ("#work", "#work"),
    ("coffee", "coffee"),
    ("coffee #work", "coffee | #work"),
)


@pytest.mark.parametrize(("line", "meaning"), DESIGN, ids=range(len(DESIGN)))
def test_a_line_means_design(line: str, meaning: str) -> None:
    """The head, the tail and the note: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), MORE, ids=range(len(MORE)))
def test_a_line_means_more(line: str, meaning: str) -> None:
    """Whatever else is typed after a conversation: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(
    "line",
    [
        "Coffee with Ada: " + "she said so " * 1000,
        "Coffee with Ada " + "she said so " * 1000,
        "Ada and Grace, " * 800,
        "a" * 10_000,
        "3 nov " * 2000,
        "(" * 10_000,
        "with x " * 1500,
    ],
    ids=["tail", "head", "list", "one word", "days", "marks", "unknown"],
)
def test_an_essay_is_a_line_too(line: str) -> None:
    """Ten thousand characters are read like ten."""
    assert read_line(line, TODAY, NAMES).entered == line


def test_a_line_has_an_end() -> None:
    """Nobody types so much; a file that was meant for something else is one such line."""
    longest = "coffee with Ada: ".ljust(LONGEST_LINE, "x")
    assert read_line(longest, TODAY, NAMES).entered == longest
    with pytest.raises(ConnectError, match="20,001 characters; a line can have up to 20,000"):
        read_line(longest + "x", TODAY, NAMES)


MEANT = {
    "99999999999h": "is more than one day",
    "30 hours": "is more than one day",
    "for 2000 minutes": "is more than one day",
    "PT48H": "is more than one day",
    "99999999999 days ago": "outside the years 1 to 9999",
    "tuesday 99999999999 weeks ago": "outside the years 1 to 9999",
    f"{'9' * 5000} months ago": "outside the years 1 to 9999",
}


@pytest.mark.parametrize(("said", "reason"), MEANT.items(), ids=[said[:20] for said in MEANT])
def test_a_number_that_cannot_be_is_refused(said: str, reason: str) -> None:
    """It was meant as a length or a day, and is not passed over as mere words."""
    for line in (f"coffee with Ada {said}", f"{said} coffee with Ada"):
        assert reason in read_line(line, TODAY, NAMES).doubts[0].message
    kept = read_line(f"coffee with Ada: {said}", TODAY, NAMES)
    assert (kept.minutes, kept.day) == (None, TODAY)


@pytest.mark.parametrize(
    "line",
    [
        "walked 5000m with Ada",
        "coffee with Ada about her 30 hour flight",
        "flew 30 hours to see Ada",
        "Ada works 80 hours a week",
        "coffee with Ada, 26 hours no sleep",
        "coffee with Ada. She had slept 30 hours",
        "call with Ada - she flew 30 hours",
        "Ada called back 72 hours later",
        "36 hours in Rome with Ada",
        "talked with Ada about 48h fasting",
        "read with Ada about 5000 years ago in Ur",
        "museum with Ada, bones from 66000000 years ago",
    ],
)
def test_a_number_of_something_else_is_left_alone(line: str) -> None:
    """How far they went, how long something took, and what they talked about."""
    reading = read_line(line, TODAY, NAMES)
    assert (reading.minutes, reading.day) == (None, TODAY)


@pytest.mark.parametrize("line", ["", "  \n\t "], ids=["empty", "blank"])
def test_an_empty_line_is_refused(line: str) -> None:
    """There is nothing to log."""
    with pytest.raises(ConnectError, match="nothing to log"):
        read_line(line, TODAY, NAMES)


def test_bytes_that_are_not_text_are_refused() -> None:
    """As they arrive from a terminal in another encoding: they could not be kept."""
    with pytest.raises(ConnectError, match="not text"):
        read_line("Coffee with Ad\udce9le", TODAY, NAMES)


def test_names_given_outright_may_be_lists() -> None:
    """`--with` takes one name or several, in any case."""
    mentions = find_people(["ada, Grace & tom", "will and may", "Amazing Grace", " bob "], NAMES)
    assert [mention.text for mention in mentions] == ["ada", "Grace", "tom", "will", "may", "bob"]
    assert [len(mention.candidates) for mention in mentions] == [0, 0, 0, 0, 0, 2]


def test_a_name_given_outright_that_holds_and_is_one_name() -> None:
    """A person whose name has a comma or `and` in it is found in full."""
    names = Names([Known("1", "Salt and Pepper")])
    (mention,) = find_people(["salt and pepper"], names)
    assert mention.found is not None


# What was typed, the doubtful words, the answer, and the reading then.
SETTLED = (
    (
        "yesterday with Ada and on sat",
        "yesterday and on sat",
        None,
        "Ada Lovelace | unread: yesterday and on sat",
    ),
    (
        "Tom will visit",
        "tom will visit",
        "tom will visit",
        "visit | Tom Baker | doubt: tom will visit | unread: will",
    ),
    ("call Ada 15 Oct 5", "5", "5m", "call | Ada Lovelace | 2026-10-15 | 5 min"),
    ("call Ada 15 Oct 5", "5", None, "call | Ada Lovelace | 2026-10-15 | unread: 5"),
    ("call Ada 1.5.2026 5", "5", "5m", "call | Ada Lovelace | 2026-05-01 | 5 min"),
)


@pytest.mark.parametrize(("line", "words", "answer", "meaning"), SETTLED)
def test_an_answer_replaces_whole_words(
    line: str, words: str, answer: str | None, meaning: str
) -> None:
    """The doubtful words themselves, rather than a part of another word before them."""
    assert means(read_line(line, TODAY, NAMES, settled={words: answer})) == meaning


NOT_DONE = {
    "forgot to call Ada": "forgot to call",
    "I forgot to call Ada": "I forgot to call",
    "need to text Tom": "need to text",
    "should write to grace": "should write",
    "didn't see Ada": "didn't see",
    "didnt call Ada": "didnt call",
    "remind me to ping Tom": "remind me to ping",
    "wanted to meet Ada": "wanted to meet",
    "never called Tom back": "never called",
    "I couldn’t meet Ada": "couldn't meet",
    "I should really call Grace": "I should really call",
    "TODO call Grace": "TODO",
    "almost called Grace": "almost called",
    "arranged lunch with Tom": "arranged",
    "I will call Tom": "I will call",
    "Will will call Rose": "Will will call",
    "I'll call Tom": "I'll call",
    "Tom will visit": "Tom will visit",
    "no call with Tom this week": "no call",
    "skipped lunch with Tom": "skipped",
    "can't meet Tom today": "can't meet",
    "Tom didn't call": "didn't call",
    "lunch with Tom was cancelled": "cancelled",
    "Coffee with Tom postponed": "postponed",
    "coffee with Tom fell through": "fell through",
    "Tom no-show": "no-show",
    "lunch w/ Tom didnt happen": "didnt happen",
    "missed Tom": "missed",
    "Tom not at home": "tom not at home",
    "Tom busy": "tom busy",
    "googled Ada": "googled",
    "invited Tom for dinner on sat": "invited Tom for dinner on",
    "lunch with Tom moved to Friday": "moved to friday",
    "haven't talked to Grace since March": "haven't talked",
}
HAPPENED = (
    *(
        "Will called",
        "tried to call Tom, didn't see him",
        "lunch with Tom about the cancelled trip",
    ),
    *("called tom will call again", "lunch with Tom: Grace didn't come", "Tom had to call"),
    *("haven't seen Tom in 2 years, lunch", "lunch with Ada, Tom couldn't make it"),
    *("Tom rang to ask about work", "Ada moved to Boston", "lunch out with Tom"),
    *("almost 2 hours with Tom", "nearly an hour with Tom", "had to see Tom about the keys"),
)


@pytest.mark.parametrize(("line", "doubt"), NOT_DONE.items())
def test_what_sounds_as_if_it_did_not_happen_is_doubted(line: str, doubt: str) -> None:
    """A wish, a regret, or what was called off: the words that say so are told."""
    assert read_line(line, TODAY, NAMES).doubts[0].words == doubt.casefold()


@pytest.mark.parametrize("name", ["Miss Brown", "Will Call", "Missing Link"])
def test_a_name_says_nothing_of_what_happened(name: str) -> None:
    """Though its words would: `miss`, `will call`."""
    assert read_line(f"{name} phoned", TODAY, Names([Known("1", name)])).doubts == ()


@pytest.mark.parametrize("line", HAPPENED)
def test_what_happened_is_not_doubted(line: str) -> None:
    """Nor is an attempt, what was talked of, or who else was not there."""
    assert read_line(line, TODAY, NAMES).doubts == ()
