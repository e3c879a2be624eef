"""Circles that the journal keeps: every command sees them, and `connect config` says which hold."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from connect_cli.journal import circles
from connect_cli.language.words import fold
from connect_cli.model import Cadence
from connect_cli.settings import from_file
from tests.cli.terminals import Terminal, finished
from tests.cli.test_completion import offered
from tests.conftest import Connect, Ran
from tests.exchange.copies import journal_at
from tests.store.damage import change_unrecorded
from tests.test_settings import write

Words = tuple[str, ...]

MINE = "[circles]\nchoir = '1w'\ninner = '3d'\n"
BEGUN: tuple[Words, ...] = (
    *[("add", "Ada Lovelace", "--circle", "choir"), ("add", "Grace Hopper", "--circle", "inner")],
    *[("add", "Tom Baker"), ("log", "coffee with ada, grace and tom 20 days ago")],
    *[("log", "coffee with ada, grace and tom 30 days ago"), ("add", "Ada Lovelase", "--new")],
)
READERS: tuple[Words, ...] = (
    *[("today",), ("today", "--json"), ("show", "ada lovelace"), ("show", "grace", "--json")],
    *[("people",), ("people", "--json"), ("people", "--circle", "choir"), ("people", "grace")],
    *[("people", "--state", "due"), ("people", "--sort", "due")],
    *[("why", "ada lovelace"), ("why", "grace", "--json"), ("plan",), ("plan", "--json")],
    *[("ahead",), ("ahead", "--json"), ("triage",), ("triage", "--json"), ("prompt",)],
    *[("merge",), ("people", "--circle", "best")],
)
WRITERS: tuple[Words, ...] = (
    *[("add", "Linus", "--circle", "choir"), ("edit", "tom", "--circle", "choir")],
    *[("pause", "--circle", "choir", "until", "june"), ("edit", "tom", "--circle", "best")],
    *[("log", "coffee with ada lovelace"), ("snooze", "grace", "3d"), ("plan", "--apply", "x")],
    *[("resume", "grace"), ("unarchive", "grace"), ("every", "tom", "2w")],
)
SAME = {
    ("log", "coffee with ada lovelace"): "it says what was noted",
    ("snooze", "grace", "3d"): "it says until when",
    ("merge",): "a pair that looks like one, whatever their cadences",
    ("every", "tom", "2w"): "a cadence of his own",
    ("plan", "--apply", "x"): "it is no offer",
    ("resume", "grace"): "she is not paused",
    ("unarchive", "grace"): "she is not archived",
}
"""Commands whose answer no circle changes here, each with the reason."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the settings of this test lie, once there are any."""
    return tmp_path / "config" / "connect" / "config.toml"


@pytest.fixture
def keep(journal_file: Path, path: Path) -> Callable[..., None]:
    """Let the journal keep the circles of the settings file."""

    def taken_over() -> None:
        with journal_at(journal_file) as journal:
            journal.context = journal.context._replace(settings=from_file(path))
            circles.take_over(journal)

    return taken_over


@pytest.fixture
def answers(
    connect: Connect, keep: Callable[[], None], journal_file: Path, path: Path, tmp_path: Path
) -> Callable[[Words], Mapping[str, Ran]]:
    """What a command answers to circles of the file, of the journal, and of neither."""
    write(path, MINE)
    for words in BEGUN:
        assert connect(*words).code == 0
    home = journal_file.parent
    shutil.copytree(home, tmp_path / "of the file")
    shutil.copytree(home, tmp_path / "of neither")
    keep()
    shutil.copytree(home, tmp_path / "of the journal")

    def of_each(words: Words) -> Mapping[str, Ran]:
        found = {}
        for sort in ("of the file", "of the journal", "of neither"):
            write(path, MINE if sort == "of the file" else "")
            shutil.rmtree(home)
            shutil.copytree(tmp_path / sort, home)
            ran = connect(*words)
            found[sort] = replace(ran, out=without_ids(ran.out))
        return found

    return of_each


def without_ids(out: str) -> str:
    """An answer without the id of somebody new."""
    return "\n".join(line for line in out.splitlines() if "Linus" not in line or "every" in line)


@pytest.mark.parametrize("words", [*READERS, *WRITERS], ids=" ".join)
def test_a_command_sees_the_circles_of_the_journal(
    answers: Callable[[Words], Mapping[str, Ran]], words: Words
) -> None:
    """It answers as if they stood in config.toml; and where they decide, not as without them."""
    ran = answers(words)
    assert ran["of the journal"] == ran["of the file"]
    assert (ran["of the journal"] == ran["of neither"]) is (words in SAME)


def test_tab_offers_them(connect: Connect, keep: Callable[[], None], path: Path) -> None:
    """In the journal, in the file, or in both; a journal that cannot be read leaves the file's."""
    write(path, MINE)
    connect("add", "Ada", "--circle", "choir")
    keep()
    write(path, "[circles]\nband = '1m'\n")
    wanted = ["inner", "close", "friends", "wide", "band", "choir"]
    found = [one.partition("\t") for one in offered("connect people --circle ")]
    assert [name for name, _, _ in found] == wanted
    assert offered("connect edit ada --circle ch") == ["choir\tevery week"]


def test_a_prompt_counts_whom_they_make_due(
    connect: Connect, process: Connect, keep: Callable[[], None], path: Path
) -> None:
    """Also in a process of its own, without the command line."""
    write(path, MINE)
    for words in BEGUN:
        connect(*words)
    keep()
    path.unlink()
    assert process("prompt").out == "2 left\n"
    connect("undo", "--yes")
    assert process("prompt").out == "1 left\n"


def test_triage_numbers_them(
    connect: Connect, terminal: Terminal, keep: Callable[[], None], path: Path
) -> None:
    """Behind the presets."""
    write(path, MINE)
    connect("add", "Ada")
    keep()
    path.unlink()
    child = terminal("triage", TERM="dumb")
    child.expect_exact("1 inner 3d   2 close 1m   3 friends 3m   4 wide 1y   5 choir 1w")
    child.send("5")
    child.expect(r"Ada, every week \(choir\)")
    child.expect("That was everybody")
    assert finished(child) == 0


def test_config_says_where_each_comes_from_and_which_holds(
    connect: Connect, keep: Callable[[], None], path: Path
) -> None:
    """One line names what the file says in vain, and one what only this machine has."""
    write(path, MINE)
    connect("add", "Ada")
    assert connect("config").err == ""
    keep()
    ran = connect("config")
    assert {"circles.choir\t1w\tjournal", "circles.inner\t3d\tjournal"} < set(ran.out.splitlines())
    assert "circles.close\t1m\tdefault" in ran.out
    assert ran.err == ""
    write(path, "[circles]\nchoir = '5w'\ninner = '3d'\nband = '1m'\n")
    ran = connect("config", "--json")
    unused, alone = ran.err.splitlines()
    assert unused.startswith("Circles are kept in the journal, so that they are the same on every")
    assert unused.endswith("Under [circles] in config.toml this decides nothing: choir = 5w.")
    to_share = "connect config set circles.band 1m"
    assert alone == f"On this machine alone: band. To keep it in the journal: {to_share}"
    said = {one["key"]: (one["value"], one["origin"]) for one in json.loads(ran.out)["settings"]}
    assert said["circles.choir"] == ("1w", "journal")
    assert said["circles.band"] == ("1m", "file")


def test_a_circle_is_set_where_circles_are_kept(
    connect: Connect, keep: Callable[[], None], path: Path, journal_file: Path
) -> None:
    """In the file while the journal keeps none, and then in the journal, where undo leads back."""
    said = connect("config", "set", "circles.Choir", "2W")
    assert said.out == "circles.choir is 2w, in config.toml.\n"
    assert not journal_file.exists()
    connect("add", "Ada", "--circle", "choir")
    keep()
    before = path.read_text()
    ran = connect("config", "set", "circles.choir", "3W")
    assert ran.out == "circles.choir is 3w, in the journal. It was 2w.\n"
    assert "this decides nothing: choir = 2w." in ran.err
    assert connect("config", "set", "circles.Book Club", "1m").out == (
        "circles.book club is 1m, in the journal.\n"
    )
    assert path.read_text() == before
    assert "circles.book club\t1m\tjournal" in connect("config").out
    for _ in range(2):
        connect("undo", "--yes")
    assert "circles.choir\t2w\tjournal" in connect("config").out
    assert "book club" not in connect("config").out
    assert [line.split("\t")[2:4] for line in connect("changes").out.splitlines()][2:4] == [
        ["config", "circles.book club 1m"],
        ["config", "circles.choir 3w"],
    ]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("circles.choir", "soon", "circles.choir: 'soon' is not a cadence"),
        ("circles.choir", "never", "circles.choir: 'never' is not a cadence"),
        ("circles.cho\x07ir", "1w", "the name of the setting circles.cho"),
        ("circles.ch\u202eoir", "1w", "the name of the setting circles.ch"),
        (f"circles.{'x' * 201}", "1w", "a name can have up to 200 letters"),
        ("circles.nobody", "none", "there is no circle 'nobody'"),
        ("circles.", "1w", "there is no setting 'circles.'"),
    ],
)
def test_what_no_circle_can_be_is_refused_in_the_journal_as_in_the_file(
    connect: Connect, keep: Callable[[], None], path: Path, key: str, value: str, said: str
) -> None:
    """Nothing is written."""
    write(path, MINE)
    connect("add", "Ada")
    keep()
    before = connect("changes").out
    ran = connect("config", "set", key, value)
    assert ran.code == 2
    assert ran.err.startswith(f"connect: {said}")
    assert connect("changes").out == before


@pytest.mark.parametrize("kept", [True, False])
def test_none_takes_a_circle_away(
    connect: Connect, keep: Callable[[], None], path: Path, journal_file: Path, *, kept: bool
) -> None:
    """Out of the journal and of the file; a preset is as it was."""
    write(path, f"# mine\n{MINE}wide = '2y' # rarely\n")
    if kept:
        connect("add", "Ada")
        keep()
    ran = connect("config", "set", "circles.choir", "None")
    assert ran.out == "There is no circle choir now. Whoever is in it has no cadence from it.\n"
    ran = connect("config", "set", "circles.INNER", "none")
    assert ran.out == "circles.inner is 1w, as it is without a setting.\n"
    assert path.read_text() == "# mine\n[circles]\nwide = '2y' # rarely\n"
    shown = connect("config")
    assert shown.err == ""
    assert "choir" not in shown.out
    assert "circles.inner\t1w\tdefault" in shown.out
    assert journal_file.exists() is kept
    assert connect("config", "set", "circles.close", "none").out.startswith("circles.close is 1m")


def test_a_wrong_file_is_mended_by_the_same_command(
    connect: Connect, keep: Callable[[], None], path: Path
) -> None:
    """Though the journal keeps circles: the fault is in the file."""
    write(path, MINE)
    connect("add", "Ada")
    keep()
    write(path, "[circles]\nchoir = 'soon'\n")
    assert connect("config").code == 2
    ran = connect("config", "set", "circles.choir", "2w")
    assert ran.out == "circles.choir is 2w, in config.toml.\n"
    assert "this decides nothing: choir = 2w." in connect("config").err


def test_without_the_key_the_settings_are_shown_all_the_same(
    connect: Connect, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a command for the key that is wrong can be seen; what is missing is said."""
    monkeypatch.setenv("CONNECT_KEY", "a key")
    connect("add", "Ada")
    assert connect("encrypt", "--yes").code == 0
    monkeypatch.delenv("CONNECT_KEY")
    ran = connect("config")
    assert ran.code == 0
    assert "circles.inner\t1w\tdefault" in ran.out
    assert ran.err.startswith("The circles that the journal keeps are not among these: ")


def test_a_damaged_circle_stops_whoever_reads_it(
    connect: Connect, keep: Callable[[], None], path: Path, journal_file: Path
) -> None:
    """With the exit code of damage, and the doctor names it; a prompt and Tab stay calm."""
    write(path, MINE)
    for words in BEGUN:
        connect(*words)
    keep()
    change_unrecorded(journal_file, "UPDATE circle SET cadence = 'x' WHERE name = 'choir'")
    for words in (("today",), ("show", "grace"), ("config",), ("log", "tea with tom"), ("plan",)):
        ran = connect(*words)
        assert ran.code == 5
        assert "is damaged: circle.cadence of " in ran.err, ran
    assert connect("prompt").out == ""
    assert offered("connect people --circle ch") == ["choir\tevery week"]
    assert "circle.cadence of " in connect("doctor").out
    assert connect("config", "set", "capacity", "4").code == 0


def test_a_journal_of_an_older_version_has_none(connect: Connect, journal_file: Path) -> None:
    """Tab and the prompt migrate nothing, and fail at no table that is not there."""
    connect("add", "Ada", "--circle", "inner")
    with closing(sqlite3.Connection(str(journal_file))) as connection:
        connection.execute("DROP TABLE circle")
        connection.execute("PRAGMA user_version = 11")
        connection.commit()
    assert offered("connect people --circle in") == ["inner\tevery week"]
    assert connect("prompt").out == ""


def test_a_name_from_elsewhere_cannot_turn_a_line(
    connect: Connect, terminal: Terminal, journal_file: Path
) -> None:
    """A sign that turns text is shown as such, and markup is none."""
    name = fold("[bold]ch\u202eoir")
    connect("add", "Ada")
    with journal_at(journal_file) as journal:
        circles.keep(journal, {name: Cadence(1, "w")})
    connect("edit", "ada", "--circle", name)
    for words in (("config",), ("people",), ("show", "ada"), ("why", "ada"), ("edit", "ada")):
        for said in (connect(*words).out, connect("people", "--circle", "x").err):
            assert "\u202e" not in said
    child = terminal("config")
    assert finished(child) == 0
    assert r"circles.[bold]ch\u202eoir" in (child.before or "")
