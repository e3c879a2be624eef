"""Ctrl-C at every question and in the long commands, a closed pipe, a clock that jumps."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlmodel

from connect_cli.safety import doctor, encryption, restore
from connect_cli.store import checked_copy
from connect_cli.sync.folder import Folder
from tests.cli.editors import editor
from tests.cli.terminals import Terminal, interrupted, terminals
from tests.conftest import Connect
from tests.faults.every_command import WRITING, said
from tests.faults.test_files import held
from tests.faults.working import NOW, begun


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    """Run a command at a terminal of its own."""
    with terminals() as run:
        yield run


def contents(journal: Path) -> list[str]:
    """Every row there is, as SQL."""
    with closing(sqlite3.Connection(str(journal))) as connection:
        return list(connection.iterdump())


ID = "the id of the interaction"
WIZARD = (
    *(("With whom", "ada"), ("What was it", "tea"), ("Which day", "yesterday")),
    *(
        ("How long", "20m"),
        ("What do you want to remember", "a note"),
        ("Did you promise", "a book"),
    ),
    *(("Anything to ask", ""),),
)
ASKED: dict[str, tuple[Sequence[str], Sequence[tuple[str, str]]]] = {
    "which": (("log", "coffee with tom"), (("or more of the name", ""),)),
    "add": (("log", "coffee with Ida Known"), (("y add", ""),)),
    "who": (("log", "Coffee: sun"), (("With whom", ""),)),
    "done": (("log", "coffee with Tom Baker"), (("Done with any of these", ""),)),
    "delete": (("delete", ID), (("Delete this interaction", ""),)),
    "merge": (("merge", "Tom Baker", "Tom Waits"), (("Which one stays", ""),)),
    "forget": (("forget", "ada"), (("Forget Ada Lovelace", ""),)),
    "undo": (("undo", "2"), (("Undo these 2", ""),)),
    "import": (("import", "new.vcf"), (("Import this", ""),)),
    "plan": (("plan", "--apply", "stretch"), (("Change", ""),)),
    "restore": (("restore", "journal-2026-11-23.db"), (("Replace the journal", ""),)),
    "replace": (("backup", "copy.db"), (("Replace it", ""),)),
    "passphrase": (("backup", "other.age", "--encrypt"), (("Passphrase", ""),)),
    "again": (("backup", "other.age", "--encrypt"), (("Passphrase", "x"), ("The same again", ""))),
    "triage": (("triage",), (("Ada Lovelace", ""),)),
    "editor": (("amend",), (("Open the editor again", ""),)),
    **{f"step {n + 1}": (("log",), WIZARD[: n + 1]) for n in range(len(WIZARD))},
}


QUICK = ("who", "add", "which", "done", "merge", "forget", "restore", "import")
"""The others are asked among the slow trials."""


@pytest.mark.parametrize(
    "question",
    [each if each in QUICK else pytest.param(each, marks=pytest.mark.slow) for each in ASKED],
)
def test_ctrl_c_at_a_question_changes_nothing(
    question: str,
    connect: Connect,
    terminal: Terminal,
    journal_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """130, and the journal is what it was; what was kept before the question stays."""
    for name in ("Ada Lovelace", "Tom Baker", "Tom Waits"):
        connect("add", name)
    connect("log", "coffee with ada yesterday: sun")
    connect("promise", "Tom Baker", "send the book")
    connect("remember", "tom b", "tea: no milk")
    connect("remember", "tom w", "tea: milk")
    for name in ("Tom Baker", "Tom Waits"):
        connect("every", name, "1d")
    (tmp_path / "copy.db").write_text("something else")
    (tmp_path / "new.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Zoë\nEND:VCARD\n")
    before = contents(journal_file)
    words, answers = ASKED[question]
    monkeypatch.chdir(tmp_path)
    interaction_id = connect("history").out.split("\t")[0]
    words = [interaction_id if word == ID else word for word in words]
    child = terminal(*words, EDITOR=editor(tmp_path, "sed -i s/coffee/cofe/ $1"))
    for asked, answer in answers[:-1]:
        child.expect(asked)
        child.sendline(answer)
    child.expect(answers[-1][0])
    assert interrupted(child) == 130
    assert "Traceback" not in str(child.before)
    if question == "done":
        assert len(connect("history").out.splitlines()) == 2
    else:
        assert contents(journal_file) == before
    assert (tmp_path / "copy.db").read_text() == "something else"
    assert not (tmp_path / "other.age").exists()
    assert not list(tmp_path.glob(".*.new"))


LONG: dict[str, Sequence[str]] = {
    "log": ("log", "-", "--new"),
    "backup": ("backup", "other.db", "--yes"),
    "restore": ("restore", "copy.db", "--yes"),
    "doctor": ("doctor", "--fix"),
    "export": ("export", "jsonl", "all.jsonl"),
    "history": ("history", "--json"),
    "import": ("import", "many.vcf", "--yes"),
    "undo": ("undo", "2", "--yes"),
    "forget": ("forget", "ada", "--yes"),
    "merge": ("merge", "Grace", "Ada"),
}


ONCE = ("undo", "forget", "merge")
"""What cannot be done a second time."""


@pytest.fixture
def large(connect: Connect, journal_file: Path, tmp_path: Path) -> list[str]:
    """A journal that takes a while, a copy of it, and one interaction that the copy lacks."""
    lines = "".join(f"coffee with Ada: line {n} {'words ' * 50}\n" for n in range(600))
    assert connect("log", "-", "--new", stdin=lines).code == 0
    assert connect("backup", str(tmp_path / "copy.db")).code == 0
    assert connect("log", "coffee with ada: later").code == 0
    assert connect("add", "Grace").code == 0
    cards = (f"BEGIN:VCARD\nVERSION:3.0\nFN:Person {n} Name{n}\nEND:VCARD\n" for n in range(900))
    (tmp_path / "many.vcf").write_text("".join(cards))
    return lines.splitlines(keepends=True)


MOMENTS = (150, 300, 450, 600, 900)
"""Milliseconds after the command began."""


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_ctrl_c_in_a_long_command_leaves_all_of_it_or_nothing(
    name: str, large: list[str], journal_file: Path, tmp_path: Path
) -> None:
    """At any moment: 130 and nothing done, or done; never half, and nothing left behind."""
    states = {"before": contents(journal_file)}
    lines = "".join(large) if name == "log" else ""
    for milliseconds in MOMENTS:
        child = begun(*LONG[name], stdin=subprocess.PIPE, cwd=tmp_path)
        assert child.stdin is not None
        child.stdin.write(lines)
        child.stdin.close()
        child.stdin = None
        time.sleep(milliseconds / 1000)
        child.send_signal(signal.SIGINT)
        _, err = child.communicate()
        assert child.returncode in (0, 130, -signal.SIGINT), err  # the last: while Python ends
        assert "Traceback" not in err
        now = contents(journal_file)
        if name == "forget" and now != states["before"]:
            assert not any("Ada" in row for row in now)  # stopped after the last of her was gone
            return
        if child.returncode and name != "restore":
            assert now == states["before"]
        states["before"] = now
        report = doctor.diagnose(journal_file, NOW.astimezone(), NOW.date())
        assert not report.left, report
        assert not list(tmp_path.glob(".*.new*"))
        if child.returncode == 0 and name in ONCE:
            return
    assert sum("line 599 " in row for row in states["before"]) >= 1


def press_after(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, *, times: int = 1
) -> list[str]:
    """Press Ctrl-C right after a function has ended; returns the list of its calls."""
    real, called = getattr(module, name), []

    def then_press(*words: Any, **named: Any) -> Any:
        done = real(*words, **named)
        called.append(name)
        for _ in range(times):
            signal.raise_signal(signal.SIGINT)
        return done

    monkeypatch.setattr(module, name, then_press)
    return called


COMMITS: dict[str, tuple[object, str]] = {
    "backup": (checked_copy, "put"),
    "restore": (restore, "put_back"),
    "encrypt": (encryption, "rewrite"),
    "decrypt": (encryption, "rewrite"),
    "sync": (Folder, "say"),
}
"""The last step of commands that replace or make a file; the others commit a transaction."""


@pytest.mark.usefixtures("changing")
@pytest.mark.parametrize("name", WRITING)
def test_ctrl_c_right_after_the_commit_gives_the_answer(
    name: str,
    connect: Connect,
    kept: Path,
    elsewhere: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is done, says so, and ends with 0."""
    (words, *_) = said({name: WRITING[name]}, kept, elsewhere)
    if name == "decrypt":
        assert connect("encrypt", "--yes").code == 0
    before = held(kept)
    pressed = press_after(monkeypatch, *COMMITS.get(name, (sqlmodel.Session, "commit")))
    ran = connect(*words)
    assert (ran.code, bool(ran.out), bool(pressed)) == (0, True, True), ran
    assert held(kept) != before
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.usefixtures("kept")
def test_ctrl_c_twice_is_not_held_back(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever keeps the answer back, the program can be ended."""
    press_after(monkeypatch, sqlmodel.Session, "commit", times=2)
    assert connect("add", "Linus").code == 130
    assert "Linus" in connect("people").out


def test_ctrl_c_in_the_copy_of_the_day_ends_only_that(connect: Connect, kept: Path) -> None:
    """The answer has been given; the next command of the day makes the copy."""
    tomorrow = "2026-11-24T08:00"
    copies = {path.name for path in (kept.parent / "backups").iterdir()}
    with pytest.MonkeyPatch.context() as patch:
        pressed = press_after(patch, checked_copy, "check")
        ran = connect("add", "Linus", now=tomorrow)
    assert (ran.code, pressed) == (0, ["check"])
    assert ran.out.startswith("Added Linus")
    assert {path.name for path in (kept.parent / "backups").iterdir()} == copies
    connect("add", "Donald", now=tomorrow)
    assert len([*(kept.parent / "backups").iterdir()]) == len(copies) + 1


ENDS_LATE = """
import atexit, os, signal, sys, sqlmodel
from connect_cli.__main__ import main
def press(): os.kill(os.getpid(), signal.SIGINT)
real = sqlmodel.Session.commit
def commit(self):
    real(self)
    press()
sqlmodel.Session.commit = commit
atexit.register(press)
main()
"""


@pytest.mark.usefixtures("kept")
def test_ctrl_c_while_the_program_ends_changes_nothing() -> None:
    """In a process of its own: after the commit, and again when its exit code is decided."""
    done = subprocess.run(
        [sys.executable, "-c", ENDS_LATE, "add", "Linus"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Added Linus")


READING: list[Sequence[str]] = [
    *[("history",), ("history", "--json"), ("people",), ("search", "words"), ("show", "ada")],
    *[("today",), ("restore",), ("doctor",), ("log", "coffee with ada")],
]


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_a_closed_pipe_is_quiet(words: Sequence[str], connect: Connect) -> None:
    """Whoever reads a line and goes hears nothing more; nor is it a failure."""
    lines = "".join(f"coffee with Ada: line {n} {'words ' * 9}\n" for n in range(50))
    connect("log", "-", "--new", stdin=lines)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "connect_cli", *words],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_clock_that_jumps_back_hides_and_loses_nothing(connect: Connect) -> None:
    """What is of a day that has not come again is listed, found, counted and can be changed."""
    connect("add", "Ada", "--every", "1w")
    connect("log", "coffee with ada: from tomorrow", now="2026-11-24T09:00")
    back = "2026-11-23T09:00"
    assert connect("log", "coffee with ada: from today", now=back).code == 0
    for words in (("history",), ("show", "ada"), ("search", "from"), ("history", "--json")):
        answer = connect(*words, now=back)
        assert answer.code == 0
        assert "from tomorrow" in answer.out
        assert "from today" in answer.out
    assert connect("today", now=back).code == 0
    for words in (("why", "ada"), ("plan",), ("ahead",), ("people",)):
        assert connect(*words, now=back).code == 0
    newest = connect("history", now=back).out.splitlines()[0].split("\t")
    assert newest[1] == "2026-11-24"
    assert connect("amend", newest[0], "--note", "changed", now=back).code == 0
    connect("log", "tea with ada: later", now="2026-11-25T09:00")
    assert len(connect("history", now="2026-11-25T09:00").out.splitlines()) == 3


def test_a_clock_that_jumps_back_takes_no_copy_away(connect: Connect) -> None:
    """Copies that bear a day to come stay, and push none out."""
    for day in range(10, 20):
        connect("add", f"Person {day}", now=f"2026-11-{day}T08:00")
    connect("add", "Ada", now="2036-01-01T08:00")
    connect("add", "Grace", now="2026-11-20T08:00")
    days = [line.split("\t")[0] for line in connect("restore").out.splitlines()]
    assert days[:3] == ["2036-01-01", "2026-11-20", "2026-11-19"]
    assert len(days) >= 8
