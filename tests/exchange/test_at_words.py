"""Which @words are people: said, known or asked, and never guessed."""

from datetime import date
from pathlib import Path

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.exchange import at_words
from connect_cli.exchange.values import Found
from connect_cli.language.names import Known, Names
from connect_cli.reports import Happening
from tests.cli.terminals import Terminal, finished
from tests.conftest import Connect

ENTRIES = """{"tags": {"@idea": 2}, "entries": [
{"title": "An @idea for a tool.", "body": "", "date": "2026-11-01", "time": "09:00",
 "tags": ["@idea"]},
{"title": "I met with @dan.", "body": "He has an @idea.", "date": "2026-11-02", "time": "09:00",
 "tags": ["@dan", "@idea"]},
{"title": "Tea with @ada.", "body": "", "date": "2026-11-03", "time": "02:30", "tags": ["@ada"]}
]}"""
JOURNAL = Names(
    [
        Known("1", "Ada Lovelace"),
        Known("2", "Dan Smith"),
        Known("3", "Dan Brown"),
        Known("4", "Arthur Dent", ("Boss",)),
    ]
)


def entries(*words: tuple[str, ...]) -> list[Happening]:
    """An entry for each group of words."""
    return [
        Happening(f"{n}", date(2026, 11, 1), (), note=" ".join(group), words=group)
        for n, group in enumerate(words)
    ]


def becomes(happenings: list[Happening], *people: str) -> dict[str, str]:
    """What each word becomes: a name, `#tag` or `?`."""
    words = at_words.decided(at_words.words_in(happenings, JOURNAL), at_words.read_people(people))
    return {one.word: one.name or ("#tag" if one.becomes == "tag" else "?") for one in words}


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ((), {"@ada": "Ada Lovelace", "@dan": "?", "@art": "?", "@boss": "Arthur Dent"}),
        (("@dan",), {"@ada": "#tag", "@dan": "Dan", "@art": "#tag", "@boss": "#tag"}),
        (("DAN, @art",), {"@ada": "#tag", "@dan": "Dan", "@art": "Art", "@boss": "#tag"}),
        (("dan", "ada"), {"@ada": "Ada Lovelace", "@dan": "Dan", "@art": "#tag", "@boss": "#tag"}),
        (
            ("known,@dan",),
            {"@ada": "Ada Lovelace", "@dan": "Dan", "@art": "#tag", "@boss": "Arthur Dent"},
        ),
        (("none",), {"@ada": "#tag", "@dan": "#tag", "@art": "#tag", "@boss": "#tag"}),
        (
            ("all",),
            {"@ada": "Ada Lovelace", "@dan": "Dan", "@art": "Art", "@boss": "Arthur Dent"},
        ),
    ],
    ids=["nothing", "one", "two", "repeated", "known too", "none", "all"],
)
def test_a_word_is_a_person_only_if_that_is_said_or_known(
    people: tuple[str, ...], said: dict[str, str]
) -> None:
    """A beginning of a name is not enough, and two who are called that are nobody yet."""
    assert becomes(entries(("@ada", "@dan"), ("@art", "@boss")), *people) == said


def test_each_word_is_listed_once_with_how_often_and_an_example() -> None:
    """The most frequent first, however it is written."""
    happenings = entries(("@dan",), ("@Dan", "@idea"))
    assert [
        (one.word, one.times, one.example, one.known)
        for one in at_words.words_in(happenings, JOURNAL)
    ] == [
        ("@dan", 2, "@dan", ("Dan Brown", "Dan Smith")),
        ("@idea", 1, "@Dan @idea", ()),
    ]


@pytest.mark.parametrize(
    ("note", "example"),
    [
        ("I met\nwith @dan here\nand there", "with @dan here"),
        ("@danger\n@dan", "@dan"),
        ("nothing", "nothing"),
        (
            f"{'word ' * 20}@dan {'more ' * 20}",
            "…word word word @dan more more more more more more…",
        ),
    ],
)
def test_the_example_is_a_short_line_with_the_word(note: str, example: str) -> None:
    """Not with a longer word that begins alike."""
    happening = Happening("1", date(2026, 11, 1), (), note=note, words=("@dan",))
    (word,) = at_words.words_in([happening], JOURNAL)
    assert word.example == example
    assert "@dan" in word.example or note == "nothing"


def test_an_entry_with_an_undecided_word_waits() -> None:
    """The others get people and tags, each once."""
    found = Found(happenings=entries(("@ada", "@Ada"), ("@ada", "@dan")))
    words = at_words.decided(at_words.words_in(found.happenings, JOURNAL), None)
    assert at_words.settle(found, words) == 1
    assert [(one.people, one.tags) for one in found.happenings] == [(("Ada Lovelace",), ())]
    found = Found(happenings=entries(("@ada", "@dan")))
    words = at_words.answered(at_words.words_in(found.happenings, JOURNAL), ["@ada"])
    assert at_words.settle(found, words) == 0
    assert [(one.people, one.tags) for one in found.happenings] == [(("Ada Lovelace",), ("dan",))]


@pytest.mark.parametrize("text", ["", " , ", "none,@dan", "none all"])
def test_what_says_nothing_or_two_things_is_refused(text: str) -> None:
    """Before anything is read."""
    with pytest.raises(NotUnderstood, match="--people cannot be"):
        at_words.read_people([text])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An export of jrnl with an idea, and with two people."""
    file = tmp_path / "jrnl.json"
    file.write_text(ENTRIES, encoding="utf-8")
    return file


def test_nobody_is_imported_unseen(connect: Connect, file: Path) -> None:
    """A dry run says what to type; without it the import is refused and nothing is written."""
    connect("add", "Ada Lovelace")
    shown = connect("import", str(file), "--dry-run")
    assert shown.code == 0
    assert "2 interactions to decide" in shown.out
    assert "@idea: a person or a tag, 2 times: “An @idea for a tool.”\n" in shown.out
    assert "@ada: Ada Lovelace, in the journal, 1 time: “Tea with @ada.”\n" in shown.out
    assert "--people known,@WORD" in shown.out
    ran = connect("import", str(file), "--yes")
    assert ran.code == 2
    assert ran.err.splitlines() == [
        "connect: @idea and @dan may be people or topics",
        (
            "hint: name those who are people: --people known,@WORD,@WORD;"
            " if nobody else is: --people known"
        ),
    ]
    assert connect("history").out == ""
    assert connect("import", str(file), "--yes", "--people", "@bob").code == 2


def test_words_that_are_not_people_become_tags(connect: Connect, file: Path) -> None:
    """The same file again brings nothing, and needs no word about who is in it."""
    connect("add", "Ada Lovelace")
    ran = connect("import", str(file), "--yes", "--people", "known", "--people", "@dan")
    assert "Imported 1 person and 2 interactions." in ran.out
    assert "entry 1: it names nobody" in ran.out
    tea, met = (line.split("\t") for line in connect("history").out.splitlines())
    assert (tea[1], tea[4]) == ("2026-11-02", "Ada Lovelace")
    assert (met[1], met[4], met[10]) == ("2026-11-02", "Dan", "idea")
    again = connect("import", str(file), "--yes", "--people", "known,@dan")
    assert again.code == 0
    assert again.out.splitlines()[0] == "Nothing new: everything is in the journal already."


def test_a_journal_with_known_people_alone_needs_no_decision(
    connect: Connect, tmp_path: Path
) -> None:
    """Each of its words names somebody who is here."""
    connect("add", "Ada Lovelace")
    file = tmp_path / "jrnl.json"
    file.write_text(
        '{"tags": {}, "entries": [{"title": "Tea with @ada.", "body": "", "date": "2026-11-03",'
        ' "time": "12:30", "tags": ["@ada"]}]}',
        encoding="utf-8",
    )
    assert "Imported 1 interaction." in connect("import", str(file), "--yes").out
    assert "Nothing new" in connect("import", str(file), "--yes").out


@pytest.mark.parametrize(
    ("answers", "people", "tags"),
    [
        (["3"], ["Dan"], ["idea"]),
        (["7", "all"], ["Dan, Idea", "Idea", "Ada Lovelace"], []),
        ([""], ["Ada Lovelace"], []),
    ],
    ids=["a number", "all", "those who are known"],
)
def test_at_the_keyboard_it_is_asked(
    connect: Connect,
    terminal: Terminal,
    file: Path,
    answers: list[str],
    people: list[str],
    tags: list[str],
) -> None:
    """By numbers; Enter takes those who are in the journal."""
    connect("add", "Ada Lovelace")
    child = terminal("import", str(file))
    child.expect("Which of these are people")
    for answer in answers:
        child.expect("Enter for @ada; q stops: ")
        child.sendline(answer)
    child.expect("Import this")
    child.sendline("y")
    child.expect("Imported")
    assert finished(child) == 0
    rows = [line.split("\t") for line in connect("history").out.splitlines()]
    assert sorted(row[4] for row in rows) == sorted(people)
    assert [row[10] for row in rows if row[10]] == tags


def test_q_imports_nothing(connect: Connect, terminal: Terminal, file: Path) -> None:
    """And says so."""
    child = terminal("import", str(file))
    child.expect("q stops: ")
    child.sendline("q")
    child.expect("nothing was changed")
    assert finished(child) == 1
    assert connect("people").out == ""
