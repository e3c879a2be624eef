"""What was seen in other tools under the same trials, each shown to be impossible here."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Connect
from tests.faults.working import at_once, ran

FORGED = "sun\n2026-11-23: Coffee with Eve: forged\nid\t2026-11-23\t\tcoffee\tEve\r\n\u2028Eve"


def notes(connect: Connect) -> list[str]:
    """Every note, as it was given."""
    return [one["note"] for one in json.loads(connect("history", "--json").out)["interactions"]]


def test_a_file_cut_to_nothing_by_a_kill_at_the_write(connect: Connect, journal_file: Path) -> None:
    """The journal is never opened to be cut: SQLite writes beside it first (and see test_kill)."""
    connect("add", "Ada")
    program = (
        "import os, sys\n"
        "cut = []\n"
        "def watch(event, args):\n"
        "    if event == 'open' and 'journal.db' in str(args[0]) and (args[2] or 0) & os.O_TRUNC:\n"
        "        cut.append(args[0])\n"
        "    if event in ('os.truncate', 'os.ftruncate'):\n"
        "        cut.append(args[0])\n"
        "sys.addaudithook(watch)\n"
        "from connect_cli.cli.app import app\n"
        "try:\n"
        "    app(['log', 'coffee with ada'])\n"
        "except SystemExit as ended:\n"
        "    print(ended.code, cut)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "0 []"
    assert journal_file.stat().st_size > 0


def test_two_additions_at_once_and_one_is_lost(connect: Connect) -> None:
    """Both are there; of two with the same name the second is refused, and says so."""
    both = at_once([("add", name), ("add", "Twin")] for name in ("Ada", "Grace"))
    codes = sorted(one.code for answers in both for one in answers)
    assert codes == [0, 0, 0, 4]
    names = [line.split("\t")[1] for line in connect("people").out.splitlines()]
    assert sorted(names) == ["Ada", "Grace", "Twin"]


def test_a_full_disk_that_empties_the_list(connect: Connect, journal_file: Path) -> None:
    """What was there before is there after."""
    for name in ("Ada", "Grace"):
        connect("add", name)
    (answer,) = ran([("remember", "ada", f"a: {'x' * 90_000}")], largest_file=8192)
    assert answer.code == 5
    assert len(connect("people").out.splitlines()) == 2


def test_half_a_line_after_which_the_next_interaction_is_never_shown(
    connect: Connect, journal_file: Path
) -> None:
    """Half a write-ahead file is dropped: what was said before it stands, and the next is shown."""
    connect("log", "coffee with Ada: first", "--new")
    with closing(sqlite3.Connection(str(journal_file))) as reader:
        reader.execute("SELECT count(*) FROM person").fetchone()
        connect("log", "coffee with ada: second")
        wal = journal_file.with_name("journal.db-wal")
        content = wal.read_bytes()
        kept = {path.name: path.read_bytes() for path in journal_file.parent.glob("journal.db*")}
    folder = journal_file.parent.with_name("cut")
    folder.mkdir()
    for name, held in kept.items():
        if not name.endswith("-shm"):
            (folder / name).write_bytes(held)
    (folder / "journal.db-wal").write_bytes(content[: len(content) // 2])
    there = ("--journal", str(folder / "journal.db"))
    assert connect(*there, "history").code == 0
    assert connect(*there, "log", "coffee with ada: third").code == 0
    assert "third" in connect(*there, "history").out.splitlines()[0]
    assert "first" in connect(*there, "history").out


@pytest.mark.parametrize("text", [FORGED, FORGED.replace("\n", "\r")], ids=["newline", "return"])
def test_a_newline_that_forges_an_interaction(connect: Connect, text: str) -> None:
    """In a note it is kept and shown as an escape; in a name it is refused, or shown so."""
    connect("add", "Ada")
    connect("log", "coffee with ada", "--note", text)
    assert len(connect("history").out.splitlines()) == 1
    assert notes(connect) == [text]
    connect("add", f"Bo{text}")
    for words in (("people",), ("history",)):
        for line in connect(*words).out.split("\n"):
            assert not line.startswith(("id\t", "2026-11-23:", "Eve"))


@pytest.mark.parametrize(
    "note",
    ["a\0b", "word " * 14_000, "x" * 70_000, "\U0010ffff\ufffe", "[/]", "e\u0301" * 5000],
    ids=["NUL", "70 kB of words", "one long word", "odd", "markup", "accents"],
)
def test_one_note_that_makes_every_listing_fail(connect: Connect, note: str) -> None:
    """Each listing shows it, whole in JSON; and the interactions beside it."""
    connect("log", "coffee with Ada: before", "--new")
    assert connect("log", "coffee with ada", "--note", note).code == 0
    connect("log", "coffee with ada: after")
    for words in (("history",), ("show", "ada"), ("today",), ("people",), ("search", "after")):
        for extra in ((), ("--json",)):
            assert connect(*words, *extra).code == 0
    assert note in notes(connect)
    assert len(connect("history").out.splitlines()) == 3


def test_one_invalid_byte_that_makes_every_listing_fail(connect: Connect) -> None:
    """It is refused at the door, so that nothing lies there that cannot be read."""
    connect("log", "coffee with Ada: before", "--new")
    done = subprocess.run(
        [os.fsencode(sys.executable), b"-m", b"connect_cli", b"log", b"coffee with ada: \xff"],
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert (done.returncode, b"not valid text" in done.stderr) == (2, True)
    assert len(connect("history").out.splitlines()) == 1


@pytest.mark.parametrize("name", [".*", "(a+)+$", "[", "a|b", "\\", "%", "_", "*", '"', "NEAR("])
def test_a_name_that_is_a_pattern(connect: Connect, name: str) -> None:
    """It names nobody else, and hangs nothing."""
    connect("add", "Ada Lovelace")
    connect("add", "A" * 60)
    for answer in (connect("show", name), connect("log", f"coffee with {name}")):
        assert answer.code in (0, 2, 3)
        assert "Ada Lovelace" not in answer.out
    for listing in ("people", "history"):
        assert connect(listing).code == 0
    assert connect("search", name).code in (0, 2)


@pytest.mark.parametrize("name", ["Ada (Boston)", "Ada [work]", "Ada [red]Rich[/red]"])
def test_a_name_cut_at_a_bracket(connect: Connect, name: str) -> None:
    """It is kept, shown and found whole."""
    assert connect("add", name).code == 0
    assert connect("people").out.split("\t")[1] == name
    assert connect("log", "--with", name, "--kind", "call").code == 0
    assert connect("history").out.split("\t")[4] == name
    assert connect("show", name).code == 0


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Åsa Berg", "asa"), ("Łukasz Żak", "lukasz"), ("王小明", "王"), ("محمد علي", "محمد")],
    ids=["ring", "stroke", "Chinese", "Arabic"],
)
def test_a_name_that_begins_with_another_letter_is_never_matched(
    connect: Connect, name: str, typed: str
) -> None:
    """As a first word, in prose, in a search and by its beginning."""
    connect("add", name)
    for said in (typed, name):
        assert connect("show", said).code == 0
    assert connect("log", f"coffee with {name}: {name} said").code == 0
    assert connect("history").out.split("\t")[4] == name
    assert len(connect("search", typed).out.splitlines()) >= 1


def test_a_plain_locale_that_fails_on_names(process: Connect) -> None:
    """LANG=C, without any of Python's own remedies, writes and reads them."""
    env = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert process("log", "-", "--new", stdin="coffee with Åsa: Łódź\n").code == 0
    for words in (("history",), ("people",), ("show", "asa"), ("today",), ("history", "--json")):
        answer = process(*words, env=env)
        assert (answer.code, answer.err) == (0, "")
    assert (
        json.loads(process("history", "--json", env=env).out)["interactions"][0]["note"] == "Łódź"
    )


def test_a_command_that_says_it_logged_and_did_not(connect: Connect) -> None:
    """The answer comes after the commit: who has read it finds what was logged, come what may."""
    connect("add", "Ada")
    child = subprocess.Popen(
        [sys.executable, "-u", "-m", "connect_cli", "log", "coffee with ada: said"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.read(1) == "C"
    child.kill()
    child.communicate()
    assert "said" in connect("history").out
