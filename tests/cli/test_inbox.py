"""`connect inbox` at a terminal, in a pipe and in a shell's first prompt."""

import json
import os
import shlex
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.terminals import Terminal, finished, interrupted
from tests.conftest import MORNING, Begin, Connect

HINT = "hint: answer on a terminal: connect inbox\n"
Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def _people(begin: Begin) -> None:
    """Ada, Bo, and two people who share a first name."""
    begin(*[("add", name) for name in ("Ada Lovelace", "Bo Chen", "Tom Baker", "Tom Waits")])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for text files, of which the settings do not know yet."""
    inbox = tmp_path / "in box"
    inbox.mkdir()
    return inbox


@pytest.fixture
def write(folder: Path) -> Write:
    """Let the phone write lines, this morning."""

    def lines(*said: str, name: str = "phone.txt") -> Path:
        file, moment = folder / name, datetime.fromisoformat(MORNING).timestamp()
        file.write_text("".join(f"{line}\n" for line in said), encoding="utf-8")
        os.utime(file, (moment, moment))
        return file

    return lines


@pytest.fixture
def inbox(folder: Path, connect: Connect) -> Path:
    """The folder, once it is set up."""
    assert connect("inbox", "--setup", str(folder)).code == 0
    return folder


def logged(connect: Connect) -> list[str]:
    """What was typed of each interaction, the oldest first."""
    document = json.loads(connect("history", "--json").out)
    return [one["entered"] for one in reversed(document["interactions"])]


def test_it_is_set_up_once(
    connect: Connect, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what stands in the folder; a relative path is kept in full."""
    monkeypatch.chdir(folder.parent)
    ran = connect("inbox", "--setup", "in box")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"The inbox is {folder}; no text file is there yet."
        " 'connect inbox' logs what is written there.\n"
    )
    write("coffee with Ada", "# not yet", "call with Bo")
    ran = connect("inbox", "--setup", f"{folder}/../in box/")
    assert ran.out.startswith(f"The inbox is {folder}; in it: 1 text file with 2 lines.")
    assert f"inbox.folder\t{folder}\t" in connect("config").out
    assert logged(connect) == []
    assert connect("inbox").out.count("\n") == 2


def test_the_home_of_somebody_may_be_short(
    connect: Connect, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A `~` that the shell left."""
    monkeypatch.setenv("HOME", str(folder.parent))
    assert f"The inbox is {folder};" in connect("inbox", "--setup", "~/in box").out


@pytest.mark.parametrize(
    ("which", "why"),
    [
        ("in box/gone", "there is no folder {}"),
        ("in box/phone.txt", "there is no folder {}"),
        ("data/connect", "the journal lies in {}"),
        ("data", "the journal lies in {}"),
    ],
)
def test_a_folder_that_is_none_is_refused(
    connect: Connect, write: Write, tmp_path: Path, which: str, why: str
) -> None:
    """In one line, and the setting stays as it was."""
    write("coffee with Ada")
    before = connect("config").out
    ran = connect("inbox", "--setup", str(tmp_path / which))
    assert (ran.code, ran.out) == (1, "")
    assert why.format(tmp_path / which) in ran.err
    assert connect("config").out == before


def test_without_an_inbox_it_says_how_to_have_one(connect: Connect) -> None:
    """In one line with a hint."""
    ran = connect("inbox")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "connect: no inbox is set up\nhint: name its folder: connect inbox --setup FOLDER\n"
    )


def test_a_folder_that_is_gone_is_said(connect: Connect, inbox: Path) -> None:
    """Also as JSON."""
    inbox.rmdir()
    for words in (("inbox",), ("inbox", "--json")):
        ran = connect(*words)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith(f"connect: there is no folder {inbox}\nhint: ")


def test_in_a_pipe_what_is_certain_is_taken(connect: Connect, inbox: Path, write: Write) -> None:
    """A record each, with its place; the next run says that nothing is new."""
    assert connect("inbox").out == f"The inbox is empty: there is no text file in {inbox}.\n"
    write("# a comment")
    assert connect("inbox").out == "Nothing new in the inbox.\n"
    write("coffee with Ada: sun", "- 2026-11-20 18:05 call with Bo")
    ran = connect("inbox")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Coffee with Ada Lovelace, today: “sun”. Dated by the last change of phone.txt."
        "\tphone.txt\t1\n"
        "Call with Bo Chen, 3 days ago (Fri 20 Nov) at 18:05.\tphone.txt\t2\n"
    )
    ran = connect("inbox")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "Nothing new in the inbox: 2 lines, all taken before.\n"


def test_in_a_pipe_what_is_not_certain_is_told(connect: Connect, inbox: Path, write: Write) -> None:
    """Each with its place and why, and a code of its own, as often as it is asked for."""
    write("lunch with Tom", "call with Bo", "coffee with Zed")
    first, again = connect("inbox"), connect("inbox")
    assert first.out.count("\n") == 1
    assert again.out == ""
    assert first.code == again.code == 3
    assert first.err == again.err
    assert again.err == (
        "phone.txt, line 1: 'Tom' could be any of: Tom Baker, Tom Waits\n"
        "  write more of the name, or an alias\n"
        "phone.txt, line 3: nobody here is called 'Zed'\n"
        "  to add them: connect add Zed\n"
        f"connect: 2 lines of the inbox wait for an answer\n{HINT}"
    )
    assert "inbox\t2\n" in connect("today").out
    connect("add", "Zed")
    write("call with Bo", "coffee with Zed")
    assert connect("inbox").code == 0
    assert logged(connect) == ["call with Bo", "coffee with Zed"]
    assert "inbox" not in connect("today").out


def test_what_was_not_read_is_told_beside_it(connect: Connect, inbox: Path, write: Write) -> None:
    """On stderr, and it is no failure."""
    write("coffee with Ada")
    write("nothing", name="cat.jpg")
    ran = connect("inbox")
    assert (ran.code, ran.out.count("\n")) == (0, 1)
    assert ran.err == "not read: cat.jpg; text files end in .txt or .md\n"


def test_as_json_it_is_one_document(connect: Connect, inbox: Path, write: Write) -> None:
    """With what waits in it; the code is the same."""
    write("coffee with Ada: sun", "lunch with Tom")
    ran = connect("inbox", "--json")
    assert ran.code == 3
    assert ran.err == f"connect: 1 line of the inbox waits for an answer\n{HINT}"
    document = json.loads(ran.out)
    (taken,), (waits,) = document["taken"], document["waiting"]
    assert (taken["file"], taken["line"], taken["by_file"]) == ("phone.txt", 1, True)
    assert taken["interaction"]["note"] == "sun"
    assert (waits["line"], waits["text"]) == (2, "lunch with Tom")
    write("coffee with Ada: sun")
    ran = connect("inbox", "--json")
    assert (ran.code, ran.err) == (0, "")
    document = json.loads(ran.out)
    assert (document["taken"], document["waiting"], document["known"]) == ([], [], 1)


def test_as_json_it_is_one_document_beside_other_options(
    connect: Connect, folder: Path, write: Write
) -> None:
    """No answer for eyes goes to a program."""
    write("coffee with Ada")
    ran = connect("inbox", "--setup", str(folder), "--json")
    assert json.loads(ran.out)["said"].startswith(f"The inbox is {folder}")
    (taken,) = json.loads(connect("inbox", "--quiet", "--json").out)["taken"]
    assert taken["line"] == 1


def test_quietly_it_says_one_line_or_none(connect: Connect, inbox: Path, write: Write) -> None:
    """What was taken, and that something waits."""
    assert connect("inbox", "--quiet") == connect("inbox", "--quiet")
    assert connect("inbox", "--quiet").out == ""
    write("coffee with Ada", "call with Ada and Bo")
    ran = connect("inbox", "--quiet")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "Logged 2 lines of the inbox: Ada Lovelace and Bo Chen.\n"
    assert connect("inbox", "--quiet").out == ""
    write("lunch with Tom")
    ran = connect("inbox", "--quiet")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "1 line of the inbox waits for an answer: connect inbox\n"
    assert len(logged(connect)) == 2


def test_where_nobody_is_asked_it_tells_how_to_keep_promises(
    connect: Connect, inbox: Path, write: Write
) -> None:
    """No line comes twice, so this is the only time; a day that is over is left out."""
    write("2026-11-23 coffee with Ada: I promised to send the map by friday")
    ran = connect("inbox", "--quiet")
    keeping = "connect promise 'Ada Lovelace' 'send the map' --by=2026-11-27"
    assert ran.out.splitlines()[1:] == [f"To keep a promise: {keeping}"]
    write("2026-11-10 call with Bo: he promised to call me tomorrow", name="tablet.txt")
    ran = connect("inbox")
    assert ran.err == "To keep a promise: connect promise 'Bo Chen' 'call me' --theirs\n"
    assert connect(*shlex.split(keeping)[1:]).code == 0
    write("2026-11-10 call with Bo: I promised to write", name="watch.txt")
    assert connect("--discreet", "inbox", "--quiet").out.endswith("Not kept as a promise: ...\n")


def test_an_introduction_from_the_phone_tells_how_to_ask_about_it_later(
    connect: Connect, inbox: Path, write: Write
) -> None:
    """What to ask is a question, not a promise; both are related."""
    write("2026-11-23: introduced Ada to Bo: both restore boats")
    ran = connect("inbox")
    assert "“both restore boats”. Ada Lovelace and Bo Chen met through you." in (
        ran.out.replace("Bo Chen and Ada Lovelace met", "Ada Lovelace and Bo Chen met")
    )
    asking = ran.err.removeprefix("To ask it later: ")
    assert asking == "connect ask 'Ada Lovelace' 'did Ada and Bo meet?' --on=2026-12-07\n"
    assert connect(*shlex.split(asking)[1:]).code == 0
    assert connect("promises").out.split("\t")[1] == "ask"
    write("introduced Bo to Ada", name="watch.txt")
    ran = connect("--discreet", "inbox", "--quiet")
    assert ran.out.endswith("Not kept as a question: ...\n")


def test_a_command_to_copy_stays_on_one_line(
    connect: Connect, inbox: Path, write: Write, terminal: Terminal
) -> None:
    """A line break of ours within it would change what it says, or run half of it."""
    write("2026-11-23 coffee with Ada: I promised to send the map by friday")
    child = terminal("inbox", "--quiet", width=40)
    child.expect_exact("connect promise 'Ada Lovelace' 'send the map' --by=2026-11-27")
    assert finished(child) == 0


def test_quietly_nothing_is_said_of_an_inbox_that_is_not_there(
    connect: Connect, folder: Path
) -> None:
    """Neither of none, nor of a disk that is away: this runs with every first prompt of a day."""
    silent = connect("inbox", "--quiet")
    assert (silent.code, silent.out, silent.err) == (0, "", "")
    connect("inbox", "--setup", str(folder))
    folder.rmdir()
    assert connect("inbox", "--quiet") == silent


def test_on_a_shared_screen_no_words_are_shown(
    connect: Connect, inbox: Path, write: Write, terminal: Terminal
) -> None:
    """Neither of what was taken nor of what is asked about."""
    write("coffee with Ada: xylophone")
    assert "xylophone" not in connect("--discreet", "inbox").out
    write("call with Ada: xylophone", "lunch with Tom: xylophone")
    ran = connect("--discreet", "inbox", "--json")
    assert "xylophone" not in ran.out
    assert json.loads(ran.out)["discreet"] is True
    child = terminal("--discreet", "inbox")
    child.expect(r"phone\.txt, line 2: \.\.\.")
    child.expect("Tom Waits")
    child.sendline("2")
    child.expect("Lunch with Tom Waits, today: ...|Meal with Tom Waits, today: ...")
    assert finished(child) == 0
    assert "xylophone" not in str(child.before)
    assert len(logged(connect)) == 3


def test_each_line_that_waits_is_asked_about(
    connect: Connect, inbox: Path, write: Write, terminal: Terminal
) -> None:
    """As `log` does; one undo takes all of the run back, and nothing comes again."""
    write("coffee with Ada", "lunch with Tom", "call with Zed", "walk with Ad")
    child = terminal("inbox")
    child.expect("Coffee with Ada Lovelace")
    child.expect("line 2: “lunch with Tom”")
    child.expect("'Tom' could be:")
    child.sendline("1")
    child.expect("Tom (Baker|Waits)")
    child.expect("line 3: “call with Zed”")
    child.expect("Nobody is called 'Zed'")
    child.sendline("y")
    child.expect("Added Zed")
    child.expect("'connect undo' takes all 4 back")
    assert finished(child) == 0
    assert len(logged(connect)) == 4
    assert "'connect inbox' does not take this in again" in connect("undo").err
    assert logged(connect) == []
    assert connect("people").out.count("Zed") == 0
    assert connect("inbox").out == "Nothing new in the inbox: 4 lines, all taken before.\n"
    connect("redo")
    assert len(logged(connect)) == 4


def test_a_line_can_be_said_in_other_words(
    connect: Connect, inbox: Path, write: Write, terminal: Terminal
) -> None:
    """Until they are understood; its stamp stays."""
    write("2026-11-20 18:05 lunch with Zed")
    child = terminal("inbox")
    child.expect("Nobody is called 'Zed'")
    child.sendline("q")
    child.expect("Enter lets it wait")
    child.sendline("lunch with Ada tomorrow at noon")
    child.expect("still to come")
    child.expect("or the right words: ")
    child.sendline("q")
    child.expect("Enter lets it wait")
    child.sendline("lunch with Ada")
    child.expect("at 18:05")
    child.expect("'connect undo' takes it back")
    assert finished(child) == 0
    assert logged(connect) == ["lunch with Ada"]


@pytest.mark.parametrize("key", ["d", "drop", "D"])
def test_a_line_can_be_dropped(
    connect: Connect, inbox: Path, write: Write, terminal: Terminal, key: str
) -> None:
    """It is asked about no more, unless that is undone."""
    write("lunch with Zed")
    child = terminal("inbox")
    child.expect("Nobody is called 'Zed'")
    child.sendline("q")
    child.expect("Enter lets it wait")
    child.sendline(key)
    child.expect("Dropped.")
    child.expect("'connect undo' lets 1 dropped line wait again.")
    assert finished(child) == 0
    assert connect("inbox").out == "Nothing new in the inbox: 1 line, taken before.\n"
    assert "does not take" not in connect("undo").err
    assert connect("inbox").code == 3


def test_a_key_of_another_question_is_no_other_words(
    connect: Connect, inbox: Path, write: Write, terminal: Terminal
) -> None:
    """`n` and `1` are asked again, not read as a line; the up arrow brings the line to edit."""
    write("lunch with Zed")
    child = terminal("inbox")
    child.expect("Nobody is called 'Zed'")
    child.sendline("q")
    for key in ("n", "1"):
        child.expect("↑ edits it · or other words: ")
        child.sendline(key)
        child.expect(f"'{key}' is none of these.")
    child.expect("↑ edits it · or other words: ")
    child.sendline("\x1b[A\x7f\x7f\x7fAda")
    child.expect("Lunch with Ada Lovelace")
    assert finished(child) == 0
    assert logged(connect) == ["lunch with Ada"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["coffee with Ada", "call with Bo"], "Both are dated by the last change of phone.txt."),
        (["tea with Ada"] * 3, "All 3 are dated by the last change of phone.txt."),
        (["2026-11-20 tea with Ada", "call with Bo"], "Dated by the last change of phone.txt."),
    ],
)
def test_what_the_file_dates_is_said_once_if_it_dates_all(
    connect: Connect, inbox: Path, write: Write, terminal: Terminal, lines: list[str], said: str
) -> None:
    """Behind all lines; if only some of them have their day from the file, behind each of these."""
    write(*lines)
    child = terminal("inbox")
    child.expect(said)
    assert finished(child) == 0
    assert "Dated" not in str(child.before)


def test_undo_of_a_run_is_told_whole(
    connect: Connect, inbox: Path, write: Write, terminal: Terminal
) -> None:
    """Somebody who wants a dropped line back learns that the others of the run go with it."""
    write("coffee with Ada", "lunch with Zed", "call with Bo")
    child = terminal("inbox")
    child.expect("Nobody is called 'Zed'")
    child.sendline("q")
    child.expect("Enter lets it wait")
    child.sendline("d")
    child.expect("'connect undo' takes both back, and lets 1 dropped line wait again.")
    assert finished(child) == 0
    connect("undo")
    assert logged(connect) == []


@pytest.mark.parametrize(
    ("keys", "asked"), [([""], True), (["q"], False), (["quit"], False), (["\x04"], False)]
)
def test_what_is_left_waits(
    connect: Connect, inbox: Path, write: Write, terminal: Terminal, keys: list[str], asked: bool
) -> None:
    """Enter goes on to the next line; q and the end of input stop."""
    write("coffee with Ada", "lunch with Zed", "call with Zoe")
    child = terminal("inbox")
    child.expect("Nobody is called 'Zed'")
    child.sendline("q")
    child.expect("or other words: ")
    for key in keys:
        child.send(key if key == "\x04" else f"{key}\n")
    if asked:
        child.expect("Nobody is called 'Zoe'")
        child.sendline("q")
        child.expect("Enter lets it wait")
        child.sendline("q")
    child.expect("2 lines of the inbox wait for an answer")
    assert finished(child) == 0
    assert logged(connect) == ["coffee with Ada"]
    assert "inbox\t2\n" in connect("today").out


@pytest.mark.parametrize("question", ["Nobody is called 'Zoe'", "Enter lets it wait"])
def test_ctrl_c_leaves_what_was_answered_before(
    connect: Connect, inbox: Path, write: Write, terminal: Terminal, question: str
) -> None:
    """And the rest waits; one undo takes back what was taken."""
    write("coffee with Ada", "lunch with Zed", "call with Zoe", "call with Zack")
    child = terminal("inbox")
    child.expect("Nobody is called 'Zed'")
    child.sendline("y")
    child.expect("Nobody is called 'Zoe'")
    if "Zoe" not in question:
        child.sendline("q")
        child.expect(question)
    assert interrupted(child) == 130
    assert logged(connect) == ["coffee with Ada", "lunch with Zed"]
    assert "inbox\t2\n" in connect("today").out
    connect("undo")
    assert logged(connect) == []


def test_the_end_of_input_at_a_question_of_a_line(
    connect: Connect, inbox: Path, write: Write, terminal: Terminal
) -> None:
    """Leaves that question; at the next one it ends the run."""
    write("coffee with Ada", "lunch with Zed")
    child = terminal("inbox")
    child.expect("or the name: ")
    child.sendeof()
    child.expect("or other words: ")
    child.sendeof()
    child.expect("1 line of the inbox waits for an answer")
    assert finished(child) == 0
    assert logged(connect) == ["coffee with Ada"]


def test_promises_are_offered_and_closed_in_the_same_command(
    connect: Connect, inbox: Path, write: Write, terminal: Terminal
) -> None:
    """A day in the words counts from the day of the line; one undo takes all of it back."""
    connect("promise", "Ada", "bring the drill")
    write("2026-11-10 coffee with Ada: I promised to send the book by Friday")
    child = terminal("inbox")
    child.expect("Coffee with Ada Lovelace")
    child.expect(r"send the book.*13 Nov.*\[y/N\]")
    child.sendline("y")
    child.expect("You promised Ada Lovelace")
    child.expect("Still open:")
    child.expect("Numbers, or Enter for none")
    child.sendline("1")
    child.expect("Done: ")
    child.expect("'connect undo' takes it back")
    assert finished(child) == 0
    assert "send the book" in connect("promises").out
    assert "drill" not in connect("promises").out
    connect("undo")
    assert logged(connect) == []
    assert "send the book" not in connect("promises").out
    assert "drill" in connect("promises").out


@pytest.mark.parametrize("question", [r"\[y/N\]", "Numbers, or Enter for none"])
def test_ctrl_c_at_an_offer_leaves_what_was_taken(
    connect: Connect, inbox: Path, write: Write, terminal: Terminal, question: str
) -> None:
    """The line is taken, and what was offered is not kept."""
    connect("promise", "Ada", "bring the drill")
    write("coffee with Ada: I promised to send the book by Friday")
    child = terminal("inbox")
    child.expect(r"\[y/N\]")
    if question != r"\[y/N\]":
        child.sendline("")
        child.expect(question)
    assert interrupted(child) == 130
    assert len(logged(connect)) == 1
    assert "send the book" not in connect("promises").out
    assert "drill" in connect("promises").out


def test_the_folder_is_only_read(connect: Connect, inbox: Path, write: Write) -> None:
    """No file of it is changed, and none is made."""
    write("coffee with Ada", "lunch with Tom")
    inbox.chmod(0o500)
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in inbox.iterdir()}
    connect("inbox")
    connect("inbox", "--quiet")
    assert before == {
        file: (file.read_bytes(), file.stat().st_mtime_ns) for file in inbox.iterdir()
    }
    inbox.chmod(0o700)


def test_a_run_of_which_only_the_taking_is_left_is_not_undone_again_and_again(
    connect: Connect, inbox: Path, write: Write
) -> None:
    """Undo goes on to the command before it, and says why it cannot take this one back."""
    connect("promise", "bo", "a map")
    write("coffee with Ada")
    connect("inbox")
    connect("forget", "ada", "--yes")
    (command,) = (one for one in connect("changes").out.splitlines() if "\tinbox\t" in one)
    ran = connect("undo", command.split("\t")[0])
    assert (ran.code, "stays taken" in ran.err) == (1, True)
    assert "a map" in connect("undo").err
    assert "a map" not in connect("promises").out
