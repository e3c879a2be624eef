"""Adding people, naming them, giving them circles and cadences."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.editors import editor
from tests.cli.terminals import Terminal, finished
from tests.conftest import Begin, Connect, Ran
from tests.store.damage import change_unrecorded


def person(connect: Connect, name: str) -> dict[str, Any]:
    """A person's card, as JSON tells it."""
    found: dict[str, Any] = json.loads(connect("show", name, "--json").out)
    return found


def names(connect: Connect, *words: str) -> list[str]:
    """The names that `people` lists."""
    return [line.split("\t")[1] for line in connect("people", *words).out.splitlines()]


def test_everything_about_somebody_can_be_said_at_once(connect: Connect) -> None:
    """Options become cadence, circle, names, birthday, ways to reach them, and tags."""
    ran = connect(
        *("add", "Ada", "Lovelace", "--every", "2w", "--alias", "Countess", "--alias", "AL"),
        *("--birthday", "1815-12-10", "--email", "ada@example.org", "--phone", "+44 20 7946"),
        *("--tag", "math", "--tag", "Work", "--circle", "close"),
    )
    assert ran.out == "Added Ada Lovelace, every 2 weeks, first due today.\n"
    card = person(connect, "countess")
    assert card["person"]["name"] == "Ada Lovelace"
    assert card["person"]["circle"] == "close"
    assert card["person"]["cadence"] == "2w"
    assert card["person"]["aliases"] == ["Countess", "AL"]
    assert card["person"]["tags"] == ["math", "work"]
    assert [point["value"] for point in card["contact_points"]] == [
        "ada@example.org",
        "+44 20 7946",
    ]
    assert [one["label"] for one in card["occasions"]] == ["birthday"]


def test_a_circle_brings_its_cadence_until_there_is_one_of_their_own(connect: Connect) -> None:
    """Circle, then own cadence, then never: the nearest word wins."""
    connect("add", "Ada", "--circle", "inner")
    assert person(connect, "ada")["person"]["cadence"] == "1w"
    connect("every", "ada", "3", "months")
    assert person(connect, "ada")["person"]["cadence"] == "3m"
    ran = connect("every", "ada", "never")
    assert ran.out == "Ada: no cadence, so nothing is due.\n"
    assert person(connect, "ada")["person"]["state"] == "no cadence"


def test_first_days_of_one_cadence_are_spread(connect: Connect) -> None:
    """Thirty people added on one morning do not all come due on one day."""
    for number in range(30):
        connect("add", f"Person {number:02}", "--every", "1m")
    due = [line.split("\t")[6] for line in connect("people").out.splitlines()]
    assert max(due.count(day) for day in due) <= 3


REFUSED = [
    (("add", ""), 2, "cannot be empty"),
    (("add", "A\x1bda"), 2, "control character U+001B"),
    (("add", "Ada", "--every", "sometimes"), 2, "sometimes"),
    (("add", "Ada", "--circle", "best"), 2, "inner, close, friends, wide"),
    (("add", "Ada", "--birthday", "30 feb"), 2, "30 February"),
    (("add", "Ada", "--email", "ada"), 2, "not an email"),
    (("add", "Ada", "--phone", "ada"), 2, "not a phone"),
    (("add", "Ada", "--tag", "two words"), 2, "not a tag"),
    (("add", "Bo Diddley"), 4, "already the name of Bo Diddley"),
    (("add", "bo diddley"), 4, "like 'bo diddley (Boston)'"),
    (("add", "BÓ  diddley"), 4, "already the name of Bo Diddley"),
    (("add", "Ada", "--alias", "Bo Diddley"), 4, "already the name of Bo Diddley"),
    (("every", "bo", "sometimes"), 2, "sometimes"),
    (("every", "nobody", "2w"), 3, "nobody here is called 'nobody'"),
    (("alias", "bo", " "), 2, "cannot be empty"),
    (("rename", "bo", "\n"), 2, "control character"),
    (("people", "--circle", "best"), 2, "inner, close"),
    (("people", "--state", "late"), 2, "late"),
    (("people", "--tag", "?"), 2, "not a tag"),
    (("show", "nobody"), 3, "nobody here"),
    (("archive", "nobody"), 3, "nobody here"),
    (("edit", "nobody"), 3, "nobody here"),
]


@pytest.mark.parametrize(("words", "code", "told"), REFUSED, ids=lambda value: repr(value)[:50])
def test_what_cannot_be_is_refused_in_one_line(
    connect: Connect, journal_file: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    """The right exit code, what was wrong, and a journal exactly as it was."""
    connect("add", "Bo Diddley")
    before = journal_file.read_bytes()
    ran = connect(*words)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err
    assert ran.err.startswith("connect: ")
    assert 1 <= ran.err.count("\n") <= 2
    assert journal_file.read_bytes() == before


def test_a_failed_first_command_makes_no_journal(connect: Connect, journal_file: Path) -> None:
    """Nothing is created by a command that does nothing."""
    connect("add", "Ada", "--every", "sometimes")
    connect("show", "ada")
    assert not journal_file.parent.exists()


def test_people_are_found_by_beginnings_circle_tag_and_state(connect: Connect) -> None:
    """Words fit any word of a name or alias; accents and case do not matter."""
    connect("add", "José Álvarez", "--tag", "work", "--circle", "close")
    connect("add", "Łukasz Żak", "--alias", "Luke", "--every", "1w")
    connect("add", "王小明")
    assert names(connect) == ["José Álvarez", "Łukasz Żak", "王小明"]
    assert names(connect, "alv") == names(connect, "--tag", "work") == ["José Álvarez"]
    assert names(connect, "jose", "alvarez") == names(connect, "--circle", "close")
    assert names(connect, "LUKE") == names(connect, "luk", "zak") == ["Łukasz Żak"]
    assert names(connect, "--state", "no cadence") == ["王小明"]
    assert names(connect, "王") == ["王小明"]
    assert connect("people", "...").out == ""


def test_an_archived_person_has_no_due_day_and_keeps_every_memory(connect: Connect) -> None:
    """The tie rests: not listed, not due, still shown; and it can be taken up again."""
    connect("add", "Ada Lovelace", "--every", "1d")
    connect("log", "coffee with ada: sun", "--on", "10 days ago")
    assert "Ada Lovelace" in connect("today").out
    assert connect("archive", "ada").out.startswith(
        "Archived Ada Lovelace: nothing is due, everything is kept."
    )
    assert "Ada Lovelace" not in connect("today").out
    assert names(connect) == []
    assert names(connect, "--state", "archived") == ["Ada Lovelace"]
    assert "sun" in connect("show", "ada").out
    assert "was already archived" in connect("archive", "ada").out
    assert connect("unarchive", "ada").out == "Ada Lovelace is back.\n"
    assert connect("unarchive", "ada").out == "Ada Lovelace was not archived.\n"
    assert "Ada Lovelace" in connect("today").out


def test_renaming_and_another_name(connect: Connect) -> None:
    """The new names find them; the old full name no longer does."""
    connect("add", "Ada Byron")
    assert connect("rename", "ada", "Ada Lovelace").out == "Ada Byron is now Ada Lovelace.\n"
    assert connect("alias", "ada", "Countess").out == "Ada Lovelace is also Countess.\n"
    assert connect("show", "countess").code == 0
    assert connect("show", "byron").code == 3
    assert "already the name" in connect("alias", "ada", "countess").err


LAST_DAY = "FREQ=MONTHLY;BYMONTHDAY=31"
SKIPS = "Note: some months have no 31st: this falls in 7 of 12 months."


def test_a_rule_says_what_it_skips(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The 31st is not in every month; that is said wherever it is given, and obeyed."""
    connect("add", "Ada")
    assert SKIPS in connect("every", "ada", LAST_DAY).out
    assert SKIPS in connect("add", "Di", "--every", LAST_DAY).out
    assert "Note" not in connect("add", "Kay", "--every", "first friday").out
    monkeypatch.setenv("EDITOR", editor(tmp_path, f"sed -i 's/^every:.*/every: {LAST_DAY}/' $1"))
    assert connect("edit", "kay").out == f"Changed Kay. {SKIPS}\n"


def test_a_rule_that_stays_is_not_remarked_upon_again(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was, when it was given; somebody's new circle is no reason to repeat it."""
    connect("add", "Ada", "--every", LAST_DAY)
    monkeypatch.setenv("EDITOR", editor(tmp_path, "sed -i 's/^circle:.*/circle: close/' $1"))
    assert connect("edit", "ada").out == "Changed Ada.\n"


def test_edit_holds_everything_and_changes_everything(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form is complete: what is emptied goes, what is written comes, the rest stays."""
    connect("add", "Ada", "--email", "a@b.org", "--tag", "work", "--birthday", "12-10")
    connect("remember", "ada", "tea: no milk")
    kept = tmp_path / "form.txt"
    script = (
        f"cp $1 {kept}; sed -i 's/^name: .*/name: Ada King/; s/^alias:.*/alias: Countess/;"
        " s/^circle:.*/circle: close/; s/^email: .*/email:/; s/^tag: .*/tag: math/;"
        " s/^birthday: .*/birthday:/; s/^detail: .*/detail: coffee: black/' $1"
    )
    monkeypatch.setenv("EDITOR", editor(tmp_path, script))
    assert connect("edit", "ada").out == "Changed Ada King.\n"
    for line in ("name: Ada", "birthday: 12-10", "email: a@b.org", "detail: tea: no milk"):
        assert f"{line}\n" in kept.read_text()
    card = person(connect, "countess")
    assert card["person"]["circle"] == "close"
    assert card["person"]["tags"] == ["math"]
    assert (card["contact_points"], card["occasions"]) == ([], [])
    assert [(one["label"], one["value"]) for one in card["details"]] == [("coffee", "black")]


def test_edit_holds_every_yearly_day(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not changed stays, whatever its label; one is changed, one dropped, one added."""
    connect("add", "Ada", "--birthday", "12-10")
    for day in ("Anniversary: 2004-06-12", "Saint's day: 6 dec", "boat day: 1 may"):
        connect("remember", "ada", day, "--yearly")
    kept = tmp_path / "form.txt"
    script = (
        f"cp $1 {kept}; sed -i 's/2004-06-12/2005-06-12/; /boat/d' $1;"
        " echo 'day: moving day: 1 july 1999' >> $1"
    )
    monkeypatch.setenv("EDITOR", editor(tmp_path, script))
    assert connect("edit", "ada").out == "Changed Ada.\n"
    assert "day: anniversary: 2004-06-12\n" in kept.read_text()
    days = {
        one["label"]: (one["year"], one["month"], one["day"])
        for one in person(connect, "ada")["occasions"]
    }
    assert days == {
        "birthday": (None, 12, 10),
        "anniversary": (2005, 6, 12),
        "moving day": (1999, 7, 1),
        "Saint's day": (None, 12, 6),
    }
    connect("undo", "--yes")
    assert "boat day" in {one["label"] for one in person(connect, "ada")["occasions"]}


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("birthday: 1 may", "the day 'birthday' is there twice"),
        ("6 dec", "'6 dec' does not say which day it is"),
        ("name day: soon", "name day: 'soon' is not a day of the year"),
    ],
)
def test_a_wrong_day_in_the_form_is_named(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: str, told: str
) -> None:
    """And nothing is changed."""
    connect("add", "Ada", "--birthday", "12-10")
    monkeypatch.setenv("EDITOR", editor(tmp_path, f"echo 'day: {day}' >> $1"))
    ran = connect("edit", "ada")
    assert (ran.code, told in ran.err) == (2, True), ran
    assert len(person(connect, "ada")["occasions"]) == 1


def test_edit_lets_stand_what_was_not_changed(
    connect: Connect, journal_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However wrong it is, and whatever let it in: another copy, or a circle that is gone."""
    connect("add", "Ada", "--email", "a@b.org", "--phone", "112", "--birthday", "1815-12-10")
    connect("add", "Bob", "--circle", "close")
    for sql in (
        "UPDATE contact_point SET value = '@tom' WHERE kind = 'email'",
        "UPDATE contact_point SET value = 'xx' WHERE kind = 'phone'",
        "UPDATE occasion SET year = 2031, month = 2, day = 29",
        "UPDATE person SET circle = 'gone' WHERE name = 'Bob'",
    ):
        change_unrecorded(journal_file, sql)
    monkeypatch.setenv("EDITOR", editor(tmp_path, "sed -i 's/^tag:.*/tag: math/' $1"))
    assert connect("edit", "ada").out == "Changed Ada.\n"
    assert connect("edit", "bob").out == "Changed Bob.\n"
    card = person(connect, "ada")
    assert [one["value"] for one in card["contact_points"]] == ["@tom", "xx"]
    assert person(connect, "bob")["person"]["circle"] == "gone"
    monkeypatch.setenv("EDITOR", editor(tmp_path, "sed -i 's/^email:.*/email: @jim/' $1"))
    assert "'@jim' is not an email address" in connect("edit", "ada").err


def test_edit_says_when_nothing_changed(
    connect: Connect, journal_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing the editor at once writes nothing."""
    connect("add", "Ada", "--circle", "close", "--birthday", "1815-12-10", "--alias", "AL")
    before = journal_file.read_bytes()
    monkeypatch.setenv("EDITOR", "true")
    assert connect("edit", "ada").out == "Nothing changed.\n"
    monkeypatch.setenv("EDITOR", "touch")
    assert connect("edit", "ada").out == "Nothing changed.\n"
    assert journal_file.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("s/^name: .*/name:/", "cannot be empty"),
        ("s/^name: .*/nmae: Ada/", "cannot read line 3"),
        ("s/^circle:.*/circle: best/", "no circle 'best'"),
        ("s/^every:.*/every: sometimes/", "sometimes"),
        ("s/^every:.*/every: 2w\\nevery: 3w/", "'every' is there twice"),
        ("s/^alias:.*/alias: Bo Diddley/", "already the name of Bo Diddley"),
        ("s/^detail:.*/detail: : tea/", "needs a label"),
    ],
)
def test_a_mistake_in_the_form_writes_nothing(
    connect: Connect,
    tmp_path: Path,
    journal_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: str,
    told: str,
) -> None:
    """Left as it is, the mistake is the error, and the journal stays as it was."""
    connect("add", "Ada")
    connect("add", "Bo Diddley")
    before = journal_file.read_bytes()
    monkeypatch.setenv("EDITOR", editor(tmp_path, f"sed -i '{change}' $1"))
    ran = connect("edit", "ada")
    assert ran.code in (2, 4)
    assert told in ran.err
    assert journal_file.read_bytes() == before


def edited_while(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> Ran:
    """Edit Ada, while another command is at work."""
    connect("add", "Ada")
    meanwhile = f"{sys.executable} -m connect_cli {words} >&2"
    script = f"{meanwhile}; sed -i 's/^circle:.*/circle: close/' $1"
    monkeypatch.setenv("EDITOR", editor(tmp_path, script))
    return connect("edit", "ada")


def test_what_is_remembered_while_the_editor_is_open_stays(
    connect: Connect, tmp_path: Path, journal_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form was made before: it is refused, and kept beside the journal."""
    ran = edited_while(connect, tmp_path, monkeypatch, "remember ada 'tea: no milk'")
    assert ran.code == 1
    assert "Ada has just been changed: nothing was written" in ran.err
    assert "open it again: connect edit Ada" in ran.err
    assert [one["value"] for one in person(connect, "ada")["details"]] == ["no milk"]
    assert "circle: close\n" in journal_file.with_name("journal-unsaved.txt").read_text()


def test_whoever_is_gone_when_the_editor_closes_is_said_to_be_gone(
    connect: Connect, tmp_path: Path, journal_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written is kept beside the journal."""
    ran = edited_while(connect, tmp_path, monkeypatch, "undo --yes")
    assert (ran.code, "Ada is gone: another command has removed it" in ran.err) == (1, True)
    assert "circle: close\n" in journal_file.with_name("journal-unsaved.txt").read_text()


def test_a_note_of_several_lines_goes_through_the_editor_unharmed(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its lines look like; what stands beside it is changed."""
    note = "Met in Rome\n# allergic to nuts\n\nphone: 999 1234\nname: Evil\nWorld"
    connect("add", "Nora Note")
    connect("remember", "nora", f"note: {note}")
    monkeypatch.setenv("EDITOR", editor(tmp_path, "sed -i 's/^every:.*/every: 2w/' $1"))
    assert connect("edit", "nora").code == 0
    person = json.loads(connect("show", "nora", "--json").out)
    assert [one["value"] for one in person["details"]] == [note]
    assert "2w" in connect("show", "nora").out


LIKE = (("add", "Marta Rossi"), ("add", "Sam O'Brien"))


@pytest.mark.parametrize(
    ("name", "here"),
    [("Marta", "Marta Rossi"), ("Martha Rossi", "Marta Rossi"), ("Sam Obrien", "Sam O'Brien")],
)
def test_somebody_of_a_like_name_is_not_added_unasked(
    begin: Begin, connect: Connect, journal_file: Path, name: str, here: str
) -> None:
    """In a pipe it is refused, with the command that adds them all the same."""
    begin(*LIKE)
    before = journal_file.read_bytes()
    ran = connect("add", name)
    assert (ran.code, ran.out) == (4, "")
    assert f"'{name}' is much like {here}, who is here already" in ran.err
    assert journal_file.read_bytes() == before
    assert connect("add", name, "--new").out == f"Added {name}.\n"


def test_who_is_like_several_is_asked_about_once(connect: Connect) -> None:
    """All of them are named."""
    connect("add", "Ada King", "Ada Lovelace")
    assert "much like Ada King and Ada Lovelace, who are here" in connect("add", "ada").err


def test_several_quoted_names_are_several_people(connect: Connect) -> None:
    """Each gets the circle and the tags; one undo takes all of them back."""
    ran = connect("add", "Ada King", "Tom Baker", "--every", "2w", "--tag", "choir")
    assert ran.out == (
        "Added Ada King, every 2 weeks, first due today.\n"
        "Added Tom Baker, every 2 weeks, first due in 8 days, Tue 1 Dec.\n"
    )
    assert names(connect, "--tag", "choir") == ["Ada King", "Tom Baker"]
    connect("undo")
    assert names(connect) == []
    assert connect("add", "ada", "lovelace").out == "Added ada lovelace.\n"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("Ada King", "ada  king"), 4, "'ada king' is there twice"),
        (("Sam Obrien", "Sam O'Brien"), 4, "much like Sam Obrien"),
        (("Ada King", "Tom"), 2, "not clear which of these words are one name"),
        (("Ada King", "Tom Baker", "--email", "a@x.org"), 2, "these are 2 people"),
        (("Ada King", ""), 2, "not clear which of these words are one name"),
        (("had", "coffee", "with", "ada"), 2, "to log it: connect log 'had coffee with ada'"),
        (("Called Ada",), 2, "reads like a sentence"),
    ],
)
def test_what_is_not_clear_adds_nobody(
    connect: Connect, journal_file: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    """All of them are added, or none."""
    ran = connect("add", *words)
    assert (ran.code, ran.out, told in ran.err) == (code, "", True), ran.err
    assert not journal_file.exists()


def test_a_name_like_a_sentence_can_be_added(connect: Connect) -> None:
    """Whoever says --new means it."""
    assert connect("add", "Saw Ba U", "--new").out == "Added Saw Ba U.\n"


@pytest.mark.parametrize(
    ("answer", "code"), [("y\r", 0), ("n\r", 1), ("\r", 1), ("\x04", 1), ("\x03", 130)]
)
def test_at_a_terminal_a_like_name_is_asked_about(
    connect: Connect, terminal: Terminal, answer: str, code: int
) -> None:
    """Only `y` adds somebody."""
    connect("add", "Marta Rossi")
    child = terminal("add", "Martha Rossi")
    child.expect_exact("Marta Rossi is here already. Somebody else? [y/N]")
    child.send(answer)
    assert finished(child) == code
    assert len(names(connect)) == (2 if code == 0 else 1)
