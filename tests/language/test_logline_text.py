"""Log lines: head and tail, tags, punctuation, and what people type."""

import pytest

from connect_cli.language.logline import read_line
from tests.language.journal import NAMES, TODAY, means

DESIGN = (
    (
        "Coffee with Ada and Grace yesterday 45m: she is moving to Boston #work",
        (
            "coffee | Ada Lovelace, Grace Hopper | 2026-11-22 | 45 min | #work"
            " | note: she is moving to Boston #work"
        ),
    ),
    ("log ada", "log ada?"),
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
    ("Sat with Tom: good talk", "Tom Baker | unread: Sat | note: good talk"),
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
    ("hello world", "unread: hello world"),
    ("good talk", "unread: good"),
)

PUNCTUATION = (
    ("coffee\twith\tAda", "coffee | Ada Lovelace"),
    ("☕ with Ada 🎉", "Ada Lovelace | unread: ☕ 🎉"),
    ("Coffee with Ada 🎉: fun", "coffee | Ada Lovelace | unread: 🎉 | note: fun"),
    (
        'Coffee with Ada: see https://x.org/a:b/#frag and "quotes", it\'s #work',
        (
            "coffee | Ada Lovelace | #work"
            ' | note: see https://x.org/a:b/#frag and "quotes", it\'s #work'
        ),
    ),
    ("read https://x.org/#frag with Ada", "Ada Lovelace | unread: read https://x.org/#frag"),
    ("wrote ada@example.org and Tom", "letter | Tom Baker | unread: ada@example.org"),
    ("Coffee with Ada #work #Work #a/b (#c)", "coffee | Ada Lovelace | #work #a/b #c"),
    (
        "Coffee with Ada #café: #1 fan of issue #12",
        "coffee | Ada Lovelace | #café | note: #1 fan of issue #12",
    ),
    ("lunch with Ada:she left", "meal | Ada Lovelace | unread: she left"),
    ("Coffee with Ada - great talk", "coffee | Ada Lovelace | unread: great"),
    ("Lunch with Tom (great place) 2h", "meal | Tom Baker | 120 min | unread: great place"),
    ('"lunch with Tom"', "meal | Tom Baker"),
    ("  lunch with Tom \t", "meal | Tom Baker"),
    ("Mr. Baker", "Mr. Baker? (Tom Baker?)"),
    ("coffee with Ada... and Tom", "coffee | Ada Lovelace, Tom Baker"),
    ("Coffee with Ada：很好", "coffee | Ada Lovelace | note: 很好"),
    ("Coffee with Ada\n", "coffee | Ada Lovelace"),
    ("\"Quick\" coffee with 'Ada'", "coffee | Ada Lovelace | unread: Quick"),
    ("coffee – Ada", "coffee | Ada Lovelace"),
    ("Ada — lunch", "meal | Ada Lovelace"),
    ("coffee with Ada (45m)", "coffee | Ada Lovelace | 45 min"),
    ("coffee with Ada [yesterday]", "coffee | Ada Lovelace | 2026-11-22"),
    ("Ada?! lunch", "meal | Ada Lovelace"),
    ("coffee… with Ada", "coffee | Ada Lovelace"),
    ("1. coffee with Ada", "coffee | Ada Lovelace | unread: 1"),
    ("* coffee with Ada", "coffee | Ada Lovelace"),
    ("coffee with ‘Tom’", "coffee | Tom Baker"),
    ("coffee with *Ada*", "coffee | Ada Lovelace"),
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
    ("lunch with ada hope and tom", "meal | Ada Lovelace, Tom Baker | unread: hope"),
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
    ("Met up with Ada, then coffee with Tom", "coffee | Ada Lovelace, Tom Baker | unread: then"),
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


@pytest.mark.parametrize(("line", "meaning"), PUNCTUATION, ids=range(len(PUNCTUATION)))
def test_a_line_means_punctuation(line: str, meaning: str) -> None:
    """Marks, tags, addresses, emoji: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), MORE, ids=range(len(MORE)))
def test_a_line_means_more(line: str, meaning: str) -> None:
    """Whatever else is typed after a conversation: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning
