"""Import and export from the command line."""

import csv
import io
import json
import stat
from pathlib import Path

import pytest

from tests.cli.terminals import Terminal, finished
from tests.cli.test_lazy_imports import HEAVY, loaded
from tests.conftest import Connect
from tests.exchange.test_friends import FRIENDS
from tests.exchange.test_jrnl import JRNL
from tests.exchange.test_knotter import KNOTTER
from tests.exchange.test_monica import MONICA
from tests.exchange.test_nametag import NAMETAG
from tests.exchange.test_pagen import PAGEN

ADA = """BEGIN:VCARD
VERSION:3.0
UID:u-1
FN:Ada Lovelace
EMAIL;TYPE=HOME:ada@example.org
BDAY:1815-12-10
CATEGORIES:Work
X-SKYPE:ada
END:VCARD
"""


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    """A file with one card."""
    path = tmp_path / "cards.vcf"
    path.write_text(ADA, encoding="utf-8")
    return path


def test_a_dry_run_shows_everything_and_makes_nothing(
    connect: Connect, cards: Path, journal_file: Path
) -> None:
    """What each field becomes is told; there is not even a journal afterwards."""
    ran = connect("import", str(cards), "--dry-run")
    assert ran.code == 0
    assert "1 person new" in ran.out
    assert "new: Ada Lovelace: email ada@example.org; birthday 1815-12-10; tag work" in ran.out
    assert not journal_file.parent.exists()


def test_an_import_is_asked_about(connect: Connect, cards: Path, journal_file: Path) -> None:
    """Off a terminal and without --yes nothing is written."""
    ran = connect("import", str(cards))
    assert ran.code == 1
    assert "--yes" in ran.err
    assert not journal_file.exists()


def test_an_import_is_one_command_that_one_undo_takes_back(connect: Connect, cards: Path) -> None:
    """And that can be done again afterwards."""
    connect("import", str(cards), "--yes")
    assert "Ada Lovelace" in connect("people").out
    connect("undo", "--yes")
    assert connect("people").out == ""
    connect("import", str(cards), "--yes")
    assert "Ada Lovelace" in connect("people").out


def test_the_same_file_twice_changes_nothing(connect: Connect, cards: Path) -> None:
    """The second time says so, and leaves no trace."""
    connect("import", str(cards), "--yes", "--tag", "book")
    before = connect("export", "jsonl").out
    ran = connect("import", str(cards), "--yes", "--tag", "book", now="2026-11-24T08:00")
    assert "Nothing new" in ran.out
    assert connect("export", "jsonl").out == before


def test_an_import_gives_nobody_a_cadence(connect: Connect, cards: Path) -> None:
    """Today's list is as short as it was."""
    connect("import", str(cards), "--yes")
    assert json.loads(connect("people", "--json").out)["people"][0]["cadence"] is None


def test_a_copy_is_made_before(connect: Connect, cards: Path, journal_file: Path) -> None:
    """The journal as it was lies beside it."""
    connect("add", "Grace Hopper")
    connect("import", str(cards), "--yes")
    assert [one.name for one in (journal_file.parent / "backups").glob("*before-import*")]


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (("add", "Ada Lovelace"), "matched (by name): Ada Lovelace"),
        (("add", "ada lovelace"), "matched (by name): ada lovelace"),
        (("add", "Ada King", "--email", "ADA@example.org"), "matched (by email): Ada King"),
        (("add", "Countess", "--email", "ada@example.org"), "may be here: Ada Lovelace: Countess"),
        (("add", "Ada"), "may be here: Ada Lovelace: Ada"),
        (("add", "Grace Hopper"), "new: Ada Lovelace"),
    ],
)
def test_who_is_here_already_is_recognised(
    connect: Connect, cards: Path, known: tuple[str, ...], told: str
) -> None:
    """By what, is told; a mere likeness is asked about, never taken."""
    assert connect(*known).code == 0
    assert told in connect("import", str(cards), "--dry-run").out


@pytest.mark.parametrize(
    ("word", "people"),
    [("skip", ["Ada"]), ("update", ["Ada"]), ("new", ["Ada", "Ada Lovelace"])],
)
def test_possible_duplicates_are_decided_by_an_option(
    connect: Connect, cards: Path, word: str, people: list[str]
) -> None:
    """Left out, taken for the one who is here, or added."""
    connect("add", "Ada")
    connect("import", str(cards), "--yes", "--on-match", word)
    listed = json.loads(connect("people", "--json").out)["people"]
    assert sorted(one["name"] for one in listed) == people


def test_what_is_here_is_never_overwritten(connect: Connect, cards: Path) -> None:
    """A birthday that somebody has stays theirs."""
    connect("add", "Ada Lovelace", "--birthday", "1816-01-01")
    connect("import", str(cards), "--yes")
    assert "1816" in connect("export", "markdown").out
    assert "1815" not in connect("export", "markdown").out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        ("just words", "unknown file format"),
        ('{"type": "connect journal", "version": 1}\n', "cut off"),
        ('{"type": "connect journal", "version": 2}\n', "version 2"),
        ('{"type": "connect journal", "version": 1}\n{"type": "end", "lines": 1}\n', "0 lines"),
    ],
    ids=["empty", "words", "cut off", "newer", "lines lost"],
)
def test_a_file_that_is_not_what_it_says_changes_nothing(
    connect: Connect, tmp_path: Path, journal_file: Path, text: str, told: str
) -> None:
    """One clear line, and no journal."""
    file = tmp_path / "file"
    file.write_text(text, encoding="utf-8")
    ran = connect("import", str(file), "--yes")
    assert ran.code != 0
    assert told in ran.err
    assert not journal_file.exists()


def test_a_bad_line_is_told_and_the_rest_is_read(connect: Connect, tmp_path: Path) -> None:
    """Its place and the reason stand in the preview."""
    connect("add", "Ada Lovelace")
    lines = connect("export", "jsonl").out.splitlines()
    lines[-1:] = ['{"type": "person", "id": "no"}', '{"type": "end", "lines": 2}']
    file = tmp_path / "journal.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    ran = connect("--journal", str(tmp_path / "other.db"), "import", str(file), "--yes")
    assert ran.code == 0
    assert "not read: line 3: not an id" in ran.out
    assert "Ada" in connect("--journal", str(tmp_path / "other.db"), "people").out


def test_a_folder_of_cards_is_taken_in_and_given_out(
    connect: Connect, cards: Path, tmp_path: Path
) -> None:
    """As khard and vdirsyncer keep them: one file each, named by its uid, private."""
    connect("import", str(cards.parent), "--yes")
    out = tmp_path / "out"
    assert connect("export", "vcard", str(out)).code == 0
    (file,) = out.iterdir()
    assert file.name == "u-1.vcf"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text(encoding="utf-8")
    for line in ("UID:u-1", "EMAIL;TYPE=HOME:ada@example.org", "X-SKYPE:ada", "CATEGORIES:Work"):
        assert f"{line}\n" in text
    assert "Nothing new" in connect("import", str(out), "--yes").out


def test_a_table_for_a_spreadsheet_holds_no_formula(connect: Connect) -> None:
    """Unless it is asked for raw; both come back as the same people."""
    connect("add", "=cmd|' /C calc'!A0")
    connect("log", "coffee with =cmd|' /C calc'!A0: +1 for tea")
    for what in ("people", "interactions"):
        rows = list(csv.reader(io.StringIO(connect("export", "csv", what).out)))
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert "\r\n=cmd" in connect("export", "csv", "people", "--raw").out.replace("\n", "\r\n")


def test_the_people_of_a_table_come_back(connect: Connect, tmp_path: Path) -> None:
    """The table that goes out can be taken in."""
    words = ("--email", "ada@example.org", "--tag", "work", "--birthday", "12-10")
    connect("add", "Ada Lovelace", *words, "--every", "1w")
    table = connect("export", "csv", "people").out
    file = tmp_path / "people.csv"
    file.write_text(table, encoding="utf-8")
    other = ("--journal", str(tmp_path / "other.db"))
    connect(*other, "import", str(file), "--yes")
    again = connect(*other, "export", "csv", "people").out
    strip = [row[:1] + row[4:15] for row in csv.reader(io.StringIO(table))]
    assert [row[:1] + row[4:15] for row in csv.reader(io.StringIO(again))] == strip
    assert json.loads(connect(*other, "people", "--json").out)["people"][0]["cadence"] is None


def test_a_calendar_has_birthdays_promises_and_the_days_ahead(connect: Connect) -> None:
    """Each with an id that stays; a birthday without a year comes every year."""
    connect("add", "Ada Lovelace", "--birthday", "02-29", "--every", "1w")
    connect("promise", "ada", "send the photos", "--by", "2026-12-01")
    connect("log", "coffee with ada 3 weeks ago")
    text = connect("export", "ics", "--alarm", "9:00").out
    assert "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1" in text
    assert "SUMMARY:Ada Lovelace: send the photos" in text
    assert "UID:plan-2026-11-23@connect" in text
    assert "TRIGGER:PT9H0M" in text
    assert connect("export", "ics", "--alarm", "9:00").out == text
    assert "photos" not in connect("--discreet", "export", "ics").out


def test_possible_duplicates_are_asked_about_at_a_terminal(
    connect: Connect, cards: Path, terminal: Terminal
) -> None:
    """By number; then comes the preview, and one question before anything is written."""
    connect("add", "Ada")
    child = terminal("import", str(cards))
    child.expect(r"Ada Lovelace \(ada@example.org\) may be here already")
    child.expect("stops asking: ")
    child.sendline("3")
    child.expect("'3' is not one of the choices")
    child.expect("stops asking: ")
    child.sendline("1")
    child.expect("1 person matched")
    child.expect("by choice")
    child.expect("alias")
    child.expect("Import this")
    child.sendline("y")
    child.expect("Matched 1 person")
    assert finished(child) == 0
    assert "Nothing new" in connect("import", str(cards), "--yes").out


def test_a_journal_that_changed_meanwhile_is_left_alone(
    connect: Connect, cards: Path, terminal: Terminal
) -> None:
    """What the preview said no longer holds: it says so, and writes nothing."""
    child = terminal("import", str(cards))
    child.expect("Import this")
    connect("add", "Ada Lovelace")
    child.sendline("y")
    child.expect("the journal has changed since the preview")
    assert finished(child) == 1
    assert "example.org" not in connect("export", "jsonl").out


@pytest.mark.parametrize(
    "name",
    ["friends.md", "log.jsonl", "jrnl.json", "monica.json", "knotter.json", "nametag", "pagen"],
)
def test_journals_of_others_are_taken_in(connect: Connect, tmp_path: Path, name: str) -> None:
    """Recognised by what stands in them; twice is the same as once; one undo takes all back."""
    texts = {
        "friends.md": FRIENDS,
        "log.jsonl": '{"contact":"Ada Lovelace","time":"2026-02-01T12:00:00Z","note":"tea"}\n',
        "jrnl.json": json.dumps(JRNL),
        "monica.json": json.dumps(MONICA),
        "knotter.json": json.dumps(KNOTTER).replace("1767", "1747"),
        "nametag": json.dumps(NAMETAG).replace("2026-07", "2025-07").replace("King", ""),
        "pagen": PAGEN,
    }
    file = tmp_path / name
    file.write_text(texts[name], encoding="utf-8")
    words = ("--people", "@ada_lovelace") if name == "jrnl.json" else ()
    assert connect("import", str(file), "--yes", *words).code == 0
    assert "Ada Lovelace" in connect("people").out
    interactions = connect("history").out
    assert interactions
    assert "Nothing new" in connect("import", str(file), "--yes").out
    assert connect("history").out == interactions
    connect("undo", "--yes")
    assert (connect("people").out, connect("history").out) == ("", "")


@pytest.mark.parametrize(
    ("words", "cadence"), [((), None), (("--cadences",), "30d")], ids=["usual", "asked for"]
)
def test_cadences_are_only_taken_over_when_asked_for(
    connect: Connect, tmp_path: Path, words: tuple[str, ...], cadence: str | None
) -> None:
    """What Monica or frm reminded of is an offer."""
    file = tmp_path / "monica.json"
    file.write_text(json.dumps(MONICA), encoding="utf-8")
    connect("import", str(file), "--yes", *words)
    (ada,) = json.loads(connect("people", "--json").out)["people"]
    assert ada["cadence"] == cadence


def test_a_table_by_its_columns(connect: Connect, tmp_path: Path) -> None:
    """Any headings, and how often where that is named."""
    file = tmp_path / "friends.csv"
    file.write_text("Wer;Wie oft\nAda Lovelace;2w\nGrace Hopper;sometimes\n", encoding="utf-8")
    ran = connect("import", str(file), "--map", "name=Wer,every=Wie oft", "--yes")
    assert "not read: friends.csv, line 3" in ran.out
    people = json.loads(connect("people", "--json").out)["people"]
    assert {one["name"]: one["cadence"] for one in people} == {
        "Ada Lovelace": "2w",
        "Grace Hopper": None,
    }


def test_the_card_of_somebody_keeps_the_name_of_its_file(
    connect: Connect, cards: Path, tmp_path: Path
) -> None:
    """So that a folder that vdirsyncer filled never holds two cards of one person."""
    connect("import", str(cards), "--yes")
    connect("export", "vcard", str(tmp_path))
    assert [one.name for one in tmp_path.glob("*.vcf")] == ["cards.vcf"]
    connect("add", "Grace Hopper")
    connect("export", "vcard", str(tmp_path))
    assert len(list(tmp_path.glob("*.vcf"))) == 2


def test_a_read_of_everything_loads_no_write_path(connect: Connect) -> None:
    """Exports cost neither SQLModel nor Rich; a calendar is written without its extra."""
    connect("add", "Ada Lovelace")
    for words in (("jsonl",), ("vcard",), ("ics",), ("markdown",), ("csv", "people")):
        _, modules = loaded("export", *words)
        assert not modules & (HEAVY | {"rich", "icalendar"})


@pytest.mark.parametrize(
    "words",
    [("import", "x" * 3000), ("export", "markdown", "x" * 3000), ("export", "jsonl", "x" * 3000)],
    ids=["import", "folder", "file"],
)
def test_a_name_that_no_file_can_have_is_said_in_one_line(
    connect: Connect, words: tuple[str, ...]
) -> None:
    """It is the system that refuses it, and the journal stays as it was."""
    connect("add", "Ada")
    ran = connect(*words)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("connect: ")
    assert "File name too long" in ran.err


def test_a_dash_stands_for_standard_output(connect: Connect) -> None:
    """As it does wherever a file is named."""
    connect("add", "Ada")
    for words in (("jsonl",), ("csv", "people"), ("vcard",), ("ics",), ("markdown",)):
        assert connect("export", *words, "-").out == connect("export", *words).out


def test_columns_that_have_no_place_here_are_told(connect: Connect, tmp_path: Path) -> None:
    """In the preview, in one line."""
    file = tmp_path / "people.csv"
    file.write_text("name,email,shoe size\nAda,a@example.org,39\n", encoding="utf-8")
    out = connect("import", str(file), "--dry-run").out
    assert "people.csv, columns not imported: shoe size" in out.splitlines()


def test_a_file_that_is_not_of_the_format_named_is_refused(
    connect: Connect, tmp_path: Path
) -> None:
    """Exit 1, though nothing in it could be read."""
    file = tmp_path / "letter.txt"
    file.write_text("Dear Ada\n", encoding="utf-8")
    for form in (
        *("vcard", "friends", "jrnl", "knotter", "monica", "nametag", "frm", "pagen", "csv"),
    ):
        ran = connect("import", str(file), "--format", form, "--dry-run")
        assert ran.code == 1, form
        assert "letter.txt" in ran.err


def test_an_export_into_a_folder_says_what_became_of_the_cards(
    connect: Connect, cards: Path, tmp_path: Path
) -> None:
    """How many were changed, are new and are as they were; what is right is not touched."""
    book = tmp_path / "book"
    assert connect("export", "vcard", str(book)).out == "There are no cards to write.\n"
    book.rmdir()
    connect("import", str(cards), "--yes")
    assert connect("export", "vcard", str(book)).out == "1 card new.\n"
    assert connect("export", "vcard", str(book)).out == "1 card, as it was.\n"
    connect("add", "Grace Hopper")
    assert connect("export", "vcard", str(book)).out == "1 card new, 1 as they were.\n"
    before = {(file, file.stat().st_ino, file.stat().st_mtime_ns) for file in book.iterdir()}
    assert connect("export", "vcard", str(book)).out == "All 2 cards are as they were.\n"
    after = {(file, file.stat().st_ino, file.stat().st_mtime_ns) for file in book.iterdir()}
    assert after == before
    connect("rename", "ada", "Ada King")
    connect("add", "Zoë")
    assert connect("export", "vcard", str(book)).out == "1 card changed, 1 new, 1 as they were.\n"


def test_a_file_that_is_read_only_is_told_and_the_others_are_written(
    connect: Connect, cards: Path, tmp_path: Path
) -> None:
    """On standard error, with exit 1; what was done is said first."""
    book = tmp_path / "book"
    book.mkdir()
    for name in ("Ada Lovelace", "Grace Hopper"):
        connect("add", name)
    connect("export", "vcard", str(book))
    first, second = sorted(book.iterdir())
    first.chmod(0o400)
    for name in ("ada", "grace"):
        connect("rename", name, f"{name.title()} King")
    ran = connect("export", "vcard", str(book))
    assert (ran.code, ran.out) == (1, "1 card changed.\n")
    told, error, hint = ran.err.splitlines()
    assert told == f"not written: {first}: it is read-only"
    assert error == "connect: 1 file was not written"
    assert hint.startswith("hint: ")
    assert "King" not in first.read_text(encoding="utf-8")
    assert "King" in second.read_text(encoding="utf-8")


def test_lines_of_a_card_that_are_not_understood_are_named(
    connect: Connect, tmp_path: Path
) -> None:
    """Without what stands there where that is asked; the second import says that nothing is new."""
    file = Path(__file__).parent.parent / "exchange" / "cards_of_others"
    file /= "tel-email-not-understood.vcf"
    told = f"not read: {file.name}, line 6: TEL is not understood; the card keeps it"
    shown = connect("import", str(file), "--dry-run").out.splitlines()
    assert f"{told}: ask Jenny for the number" in shown
    assert told in connect("--discreet", "import", str(file), "--dry-run").out.splitlines()
    connect("import", str(file), "--yes")
    out = tmp_path / "out.vcf"
    out.write_text(connect("export", "vcard").out, encoding="utf-8")
    assert out.read_bytes() == file.read_bytes()
    assert "Nothing new" in connect("import", str(out), "--yes").out


@pytest.mark.parametrize("uids", [("u-1", "u-2"), ("", ""), ("u-1", "")], ids=str)
def test_a_merge_of_people_with_cards_is_taken_back_and_brought_again(
    connect: Connect, tmp_path: Path, uids: tuple[str, str]
) -> None:
    """The record of it is sound, and each card is as it was at every step."""
    file = tmp_path / "both.vcf"
    file.write_text(
        "".join(
            f"BEGIN:VCARD\nVERSION:3.0\n{f'UID:{uid}' if uid else 'X-PET:cat'}\n"
            f"FN:{name}\nN:Hall;{name.split()[0]};;;\nEND:VCARD\n"
            for uid, name in zip(uids, ("Tom Hall", "Thomas Hall"), strict=True)
        ),
        encoding="utf-8",
    )
    connect("import", str(file), "--yes")
    apart = connect("export", "vcard").out
    assert connect("merge", "tom hall", "thomas hall").code == 0
    as_one = connect("export", "vcard").out
    for words, cards in (("undo", apart), ("redo", as_one), ("undo", apart)):
        assert connect(words, "--yes").code == 0
        assert connect("export", "vcard").out == cards
        assert connect("doctor").code == 0


@pytest.mark.parametrize(
    "name", ["journal.db", "journal.db-wal", "journal.db-shm", "backups/journal-2026-11-23.db.gz"]
)
def test_an_export_never_takes_the_place_of_the_journals_own_files(
    connect: Connect, journal_file: Path, name: str
) -> None:
    """A write-ahead file or a copy overwritten would be as bad a loss as the journal."""
    connect("add", "Ada")
    ran = connect("export", "jsonl", str(journal_file.parent / name))
    assert ran.code == 2
    assert "belongs to the journal itself" in ran.err
    assert '"Ada"' in connect("export", "jsonl").out


def test_a_page_has_the_coming_days_and_everybody(
    connect: Connect, tmp_path: Path, journal_file: Path
) -> None:
    """In a file of its own, readable by its owner alone; it says where it is."""
    connect("add", "Ada Lovelace", "--every", "1w", "--phone", "+44 20 7946 0018")
    connect("log", "tea with ada 10 days ago: she is moving to Boston")
    connect("promise", "ada", "the book", "--by", "2026-11-25")
    file = tmp_path / "out" / "people.html"
    file.parent.mkdir()
    ran = connect("export", "page", str(file))
    assert (ran.code, ran.out, ran.err) == (0, f"Wrote {file}.\n", "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text(encoding="utf-8")
    assert "<h2>Wednesday 25 November</h2>" in text
    assert text.count("she is moving to Boston") == 2
    assert 'href="tel:+442079460018"' in text
    assert connect("export", "page").out == text


def test_a_page_is_never_written_over_the_journal(connect: Connect, journal_file: Path) -> None:
    """As with every export."""
    connect("add", "Ada Lovelace")
    before = journal_file.read_bytes()
    assert connect("export", "page", str(journal_file)).code != 0
    assert journal_file.read_bytes() == before


def test_a_page_hides_on_a_shared_screen_what_a_card_hides(connect: Connect) -> None:
    """Notes, promises, details, and ways to reach people; the names stay."""
    connect("add", "Ada Lovelace", "--every", "1w", "--email", "ada@example.org")
    connect("log", "tea with ada 10 days ago: she is moving to Boston")
    connect("promise", "ada", "the notebook")
    connect("remember", "ada", "usual order: flat white")
    text = connect("--discreet", "export", "page").out
    assert "Ada Lovelace" in text
    for private in ("Boston", "notebook", "flat white", "ada@", "tea,"):
        assert private not in text


def test_a_page_of_a_lookup_loads_no_write_path(connect: Connect) -> None:
    """Neither SQLModel nor Rich; Jinja, which other exports do not load."""
    connect("add", "Ada Lovelace")
    out, modules = loaded("export", "page")
    assert "Ada Lovelace" in out
    assert "jinja2" in modules
    assert not modules & (HEAVY | {"rich"})
    assert "jinja2" not in loaded("export", "ics")[1]
