"""What `import` shows and asks: the preview, standard input, JSON."""

import json
from pathlib import Path

import pytest

from connect_cli.cli.import_ import SHOWN
from tests.cli.terminals import Terminal, finished, interrupted
from tests.cli.test_export import ADA
from tests.cli.test_sweep import CALENDAR
from tests.conftest import Connect
from tests.exchange.test_friends import FRIENDS
from tests.exchange.test_monica import MONICA

ALIKE = """BEGIN:VCARD
FN:Ada Lovelace
EMAIL:ada@example.org
END:VCARD
"""


@pytest.fixture
def alike(tmp_path: Path) -> Path:
    """A card of somebody who may be one of two."""
    file = tmp_path / "alike.vcf"
    file.write_text(ALIKE, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "text", [ADA, FRIENDS, json.dumps(MONICA)], ids=["vcard", "friends", "monica"]
)
def test_standard_input_is_taken_in(connect: Connect, text: str) -> None:
    """Recognised by what stands in it; twice is the same as once, and it has a name."""
    assert "Imported" in connect("import", "-", "--yes", stdin=text).out
    assert "Ada Lovelace" in connect("people").out
    assert "Nothing new" in connect("import", "-", "--yes", stdin=text).out
    assert "from standard input" in connect("changes").out


def test_a_copy_of_the_journal_comes_by_standard_input(connect: Connect, tmp_path: Path) -> None:
    """It is read twice, so it is kept for as long as that takes."""
    connect("add", "Ada Lovelace")
    everything = connect("export", "jsonl").out
    other = ("--journal", str(tmp_path / "other.db"))
    connect(*other, "import", "-", "--yes", stdin=everything)
    assert connect(*other, "export", "jsonl").out == everything


def test_without_yes_standard_input_is_shown_and_left(connect: Connect, journal_file: Path) -> None:
    """Nobody can be asked there: one line says what to say instead."""
    ran = connect("import", "-", stdin=ADA)
    assert ran.code == 1
    assert ran.out.startswith("1 person new.\n")
    assert ran.err.splitlines() == [
        "connect: not done: Import this?",
        "hint: to do it without being asked: --yes",
    ]
    assert not journal_file.exists()
    assert connect("import", "-", "--dry-run", stdin=ADA).code == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [("", " is empty"), (" \n", " is empty"), ("Dear Ada\n", ": unknown file format")],
    ids=["nothing", "blank", "a letter"],
)
def test_standard_input_that_is_nothing_is_told(connect: Connect, text: str, told: str) -> None:
    """By its name."""
    ran = connect("import", "-", stdin=text)
    assert (ran.code, ran.out) == (2, "")
    assert f"standard input{told}" in ran.err


def test_standard_input_without_an_end_is_refused_at_its_beginning(process: Connect) -> None:
    """What is in no format is not read on."""
    ran = process("import", "-", stdin="\0" * 10_000_000)
    assert ran.code == 2
    assert "unknown file format" in ran.err


def test_a_preview_in_json_is_all_of_it_and_nothing_else(connect: Connect, tmp_path: Path) -> None:
    """A dry run writes nothing; --yes says the same, and that it was taken in."""
    file = tmp_path / "cards.vcf"
    file.write_text(f"{ADA}BEGIN:VCARD\nEND:VCARD\n", encoding="utf-8")
    connect("add", "Ada King", "--email", "ada@example.org")
    shown = json.loads(connect("import", str(file), "--dry-run", "--json").out)
    assert (shown["format"], shown["taken"]) == ("vcard", False)
    assert [(one["name"], one["status"], one["by"]) for one in shown["people"]] == [
        ("Ada King", "matched", "email")
    ]
    assert {one["field"]: one["said"] for one in shown["people"][0]["gains"]} == {
        "alias": "Ada Lovelace",
        "birthday": "1815-12-10",
        "tag": "work",
    }
    assert shown["unread"] == [
        {
            "place": "cards.vcf, line 10",
            "reason": "the card has no name",
            "said": None,
            "title": None,
            "day": None,
        }
    ]
    done = json.loads(connect("import", str(file), "--yes", "--json").out)
    assert done == {**shown, "taken": True}
    again = json.loads(connect("import", str(file), "--yes", "--json").out)
    assert (again["taken"], again["new"], again["changed"]) == (False, {}, {})


def test_a_copy_of_the_journal_is_counted_in_json(connect: Connect, tmp_path: Path) -> None:
    """By the types of its lines."""
    connect("log", "coffee with Ada Lovelace: she is moving", "--new")
    other = ("--journal", str(tmp_path / "other.db"))
    words = (*other, "import", "-", "--json", "--yes")
    done = json.loads(connect(*words, stdin=connect("export", "jsonl").out).out)
    assert (done["format"], done["taken"], done["people"]) == ("jsonl", True, [])
    assert done["new"] == {"person": 1, "interaction": 1}


def test_json_asks_nothing(connect: Connect, alike: Path) -> None:
    """So it is said beforehand whether to take it in."""
    ran = connect("import", str(alike), "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "--dry-run" in ran.err


def test_questions_in_json(connect: Connect, tmp_path: Path) -> None:
    """Of a calendar that is taken in, and of a day."""
    pytest.importorskip("icalendar", reason="the extra `calendar` is not installed")
    connect("add", "Ada Lovelace", "--email", "ada@example.org", "--every", "1w")
    words = ("import", "-", "--dry-run", "--json")
    asked = json.loads(connect(*words, stdin=CALENDAR).out)["questions"]
    assert {one["because"] for one in asked} == {"calendar"}
    assert {one["people"][0]["name"] for one in asked} == {"Ada Lovelace"}
    (of_today,) = json.loads(connect("sweep", "--json").out)["questions"]
    assert (of_today["because"], of_today["kind"]) == ("today", None)
    assert json.loads(connect("sweep", "yesterday", "--json").out)["questions"] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "--on-match update matches them, --on-match new adds them"),
        (
            ("--on-match", "update"),
            "Each of them may be several people; to add them: --on-match new",
        ),
    ],
    ids=["nobody to ask", "update"],
)
def test_who_is_left_out_is_told_with_what_would_help(
    connect: Connect, alike: Path, words: tuple[str, ...], told: str
) -> None:
    """What was tried already is not offered again; who was left out on purpose needs no word."""
    connect("add", "Ada Byron Lovelace")
    connect("add", "Ada King Lovelace")
    ran = connect("import", str(alike), "--dry-run", *words).out
    assert "may be here: Ada Lovelace: Ada Byron Lovelace or Ada King Lovelace\n" in ran
    assert told in ran
    assert "To decide" not in connect("import", str(alike), "--dry-run", "--on-match", "skip").out


def test_nothing_new_is_one_line(connect: Connect, tmp_path: Path) -> None:
    """What contradicts the journal is told at first, and by a dry run."""
    file = tmp_path / "cards.vcf"
    file.write_text(ADA, encoding="utf-8")
    connect("add", "Ada Lovelace", "--birthday", "1816-01-01")
    assert "kept 1816-01-01" in connect("import", str(file), "--yes").out
    assert (
        connect("import", str(file)).out == "Nothing new: everything is in the journal already.\n"
    )
    assert "kept 1816-01-01" in connect("import", str(file), "--dry-run").out


def test_new_people_are_a_count_and_the_first_ten(connect: Connect, tmp_path: Path) -> None:
    """In a dry run too; --all and JSON show all."""
    file = tmp_path / "cards.vcf"
    cards = (f"BEGIN:VCARD\nFN:Person {n}\nEND:VCARD\n" for n in range(SHOWN + 5))
    file.write_text("".join(cards), encoding="utf-8")
    for words in ((), ("--dry-run",)):
        shown = connect("import", str(file), *words).out
        assert shown.count("new: ") == SHOWN
        assert "New: 15 people.\n" in shown
        assert "… and 5 more; --all shows all" in shown
        assert connect("import", str(file), *words, "--all").out.count("new: ") == SHOWN + 5
    document = json.loads(connect("import", str(file), "--dry-run", "--json").out)
    assert len(document["people"]) == SHOWN + 5
    assert "… and 5 more" in connect("import", str(file), "--yes").out


def test_what_could_not_be_read_is_whole_before_the_matches(
    connect: Connect, tmp_path: Path
) -> None:
    """However much there is; nothing of it is left out unseen."""
    connect("add", "Ada Lovelace")
    file = tmp_path / "cards.vcf"
    file.write_text(ADA + "BEGIN:VCARD\nEND:VCARD\n" * (SHOWN + 5), encoding="utf-8")
    lines = connect("import", str(file), "--yes").out.splitlines()
    assert sum(line.startswith("not read: ") for line in lines) == SHOWN + 5
    assert [line.partition(" ")[0] for line in (lines[1], lines[-2])] == ["Not", "matched"]


def test_no_more_questions_are_asked_after_q(
    connect: Connect, terminal: Terminal, tmp_path: Path
) -> None:
    """Whoever is left is left out; what is certain is taken in."""
    for name in ("Ada", "Grace"):
        connect("add", name)
    file = tmp_path / "cards.vcf"
    names = ("Ada Lovelace", "Grace Hopper", "Alan Turing")
    file.write_text("".join(f"BEGIN:VCARD\nFN:{name}\nEND:VCARD\n" for name in names))
    child = terminal("import", str(file))
    child.expect("stops asking: ")
    child.sendline("q")
    child.expect("2 people left out who may be here already")
    child.expect("Import this")
    child.sendline("y")
    child.expect("Imported")
    assert finished(child) == 0
    assert sorted(line.split("\t")[1] for line in connect("people").out.splitlines()) == [
        *("Ada", "Alan Turing", "Grace"),
    ]


def test_who_may_be_meant_is_told_from_a_namesake(
    connect: Connect, alike: Path, terminal: Terminal
) -> None:
    """By an address and a number, of both; and how to go on is said once it is done."""
    connect("add", "Ada Lovelace", "--email", "king@example.org", "--phone", "+44 20 7946 0018")
    child = terminal("import", str(alike))
    child.expect(r"Ada Lovelace \(ada@example.org\) may be here already")
    child.expect(r"1  Ada Lovelace \(king@example.org, \+44 20 7946 0018\)")
    child.sendline("n")
    child.expect("Import this")
    child.sendline("y")
    child.expect("connect triage")
    assert finished(child) == 0


def test_yes_asks_nothing_at_a_terminal(connect: Connect, alike: Path, terminal: Terminal) -> None:
    """Whoever may be here is left out, and told."""
    connect("add", "Ada")
    child = terminal("import", str(alike), "--yes")
    child.expect("1 person left out who may be here already")
    child.expect("To decide: --on-match update")
    assert finished(child) == 0
    assert "example.org" not in connect("export", "jsonl").out


def test_ctrl_c_while_cards_are_read_leaves_nothing(
    connect: Connect, journal_file: Path, tmp_path: Path, terminal: Terminal
) -> None:
    """Neither a journal nor a word too many."""
    file = tmp_path / "cards.vcf"
    file.write_text("BEGIN:VCARD\nFN:Ada\nNOTE:tea\nEND:VCARD\n" * 200_000, encoding="utf-8")
    child = terminal("import", str(file), "--yes")
    child.expect("Reading")
    child.expect(r" [1-9]\d*%")  # the file is open by then, and some of it read
    assert interrupted(child) == 130
    assert "Traceback" not in str(child.before)
    assert not journal_file.exists()


@pytest.mark.parametrize(
    ("words", "said"), [((), True), (("--cadences",), False)], ids=["usual", "with cadences"]
)
def test_newcomers_have_no_cadence_and_how_to_give_them_one_is_said(
    connect: Connect, tmp_path: Path, words: tuple[str, ...], said: bool
) -> None:
    """Not when cadences came along, nor when nobody new came."""
    file = tmp_path / "monica.json"
    file.write_text(json.dumps(MONICA), encoding="utf-8")
    assert ("connect triage" in connect("import", str(file), "--yes", *words).out) == said
    connect("add", "Grace Hopper")
    ran = connect("import", "-", "--yes", stdin="BEGIN:VCARD\nFN:Grace Hopper\nEND:VCARD\n")
    assert "connect triage" not in ran.out
