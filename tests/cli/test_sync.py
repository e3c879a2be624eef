"""`connect sync` as somebody meets it: several machines, at a terminal and in a pipe."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from connect_cli.cli.app import app
from connect_cli.cli.completion import Answer
from tests.cli.terminals import Terminal, finished, interrupted
from tests.cli.test_completion import words as offers
from tests.conftest import Connect, Ran
from tests.hinted import hinted
from tests.store.damage import change_unrecorded
from tests.sync.git_machines import Remote, program

On = Callable[..., Ran]
READABLE = "Everything that the journal holds will lie there in plain text"
MINUTES = iter(range(1, 100_000))


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Be another machine from now on."""

    def become(name: str) -> None:
        monkeypatch.setenv("CONNECT_MACHINE", name)
        monkeypatch.setenv("CONNECT_JOURNAL", str(tmp_path / name / "journal.db"))
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / name / "config"))

    return become


@pytest.fixture
def on(use: Callable[[str], None], connect: Connect) -> On:
    """Run a command on a machine: `on("laptop", "sync")`. Each is a minute later."""

    def run(name: str, *words: str, stdin: str = "") -> Ran:
        use(name)
        minute = next(MINUTES)
        now = f"2026-11-23T{8 + minute // 3600 % 12:02}:{minute // 60 % 60:02}:{minute % 60:02}"
        return connect(*words, stdin=stdin, now=now)

    return run


@pytest.fixture
def meet(tmp_path: Path) -> Path:
    """A folder that does not exist yet."""
    return tmp_path / "meet"


@pytest.fixture
def two(on: On, meet: Path) -> Path:
    """A laptop with a conversation, and a desktop that has taken it; returns their folder."""
    on("laptop", "log", "coffee with Ada Lovelace and Tom Reed", "--new")
    for name in ("laptop", "desktop"):
        assert on(name, "sync", "--setup", str(meet), "--yes").code == 0
    on("laptop", "sync")
    return meet


def document(answer: Ran) -> dict[str, object]:
    """What `--json` wrote, which must be one document."""
    read = json.loads(answer.out)
    assert isinstance(read, dict)
    return read


def held(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(each): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def refused(answer: Ran, code: int) -> str:
    """What a command said that could not: a line of what is wrong, one of what to do."""
    lines = answer.err.splitlines()
    assert (answer.code, answer.out, len(lines)) == (code, "", 2), answer
    assert lines[0].startswith("connect: ")
    assert lines[1].startswith("hint: ")
    return answer.err


@pytest.mark.parametrize(
    "words",
    [
        ("--join",),
        ("--encrypt",),
        ("--plain", "--quiet"),
        ("--machines", "--check"),
        ("--setup", "x", "--machines"),
        ("--setup", "x", "--quiet"),
        ("--retire", "x", "--check"),
        ("--machines", "--quiet"),
        ("--setup", ""),
        ("--setup", " ", "--yes"),
        ("--setup", "a\x1b[31mb", "--yes"),
        ("--setup", "x", "--plain", "--encrypt"),
    ],
    ids=" ".join,
)
def test_options_that_do_not_go_together_are_refused(
    on: On, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """In one line; nothing is written anywhere."""
    monkeypatch.chdir(tmp_path)
    before = held(tmp_path)
    refused(on("laptop", "sync", *words), 2)
    assert held(tmp_path) == before
    assert not (tmp_path / "x").exists()


def test_a_first_set_up_of_two_machines(on: On, meet: Path) -> None:
    """What lies there is said before it does, and what came from where is said by name."""
    on("laptop", "log", "coffee with Ada Lovelace and Tom Reed", "--new")
    first = on("laptop", "sync", "--setup", str(meet), "--yes")
    assert first.out == "Gave the whole journal.\n"
    assert first.err.startswith(READABLE)
    met = f"This journal meets its other machines in {meet}, in plain text.\n"
    assert first.err.endswith(met)
    second = on("desktop", "sync", "--setup", str(meet))
    assert second == Ran(
        0, "From laptop: 2 people and 1 interaction with Ada Lovelace and Tom Reed.\n", met
    )
    on("desktop", "log", "call with Ada")
    on("desktop", "remember", "ada", "tea: green")
    assert on("desktop", "sync").out == "Given: 1 detail and 1 interaction.\n"
    came = "From desktop: 1 detail and 1 interaction with Ada Lovelace.\n"
    assert on("laptop", "sync") == Ran(0, came, "")
    assert on("laptop", "sync") == Ran(0, "Nothing new.\n", "")


def test_a_discreet_answer_names_nobody(on: On, two: Path) -> None:
    """What came is counted."""
    on("desktop", "log", "call with Ada")
    on("desktop", "sync")
    assert on("laptop", "--discreet", "sync").out == "From desktop: 1 interaction.\n"
    assert two.is_dir()


def leave_empty(folder: Path) -> None:
    folder.mkdir()


def leave_carriers(folder: Path) -> None:
    folder.mkdir()
    for name in (".DS_Store", ".stignore", "desktop.ini"):
        (folder / name).touch()
    (folder / ".stfolder").mkdir()


def leave_nothing(folder: Path) -> None:
    assert not folder.exists()


@pytest.mark.parametrize("prepare", [leave_nothing, leave_empty, leave_carriers])
@pytest.mark.parametrize("typed", ["my meet", "~/../my meet", "sub/../my meet/", "ABSOLUTE"])
def test_it_is_set_up_in_a_folder_of_its_own(
    on: On,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    prepare: Callable[[Path], None],
    typed: str,
) -> None:
    """A relative path and a home are kept in full; what carriers leave there does not matter."""
    folder = tmp_path / "my meet"
    for name in ("home", "sub"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    prepare(folder)
    words = str(folder) if typed == "ABSOLUTE" else typed
    assert on("laptop", "sync", "--setup", words, "--yes").code == 0
    assert (folder / "connect-sync.json").is_file()
    assert f"sync.folder\t{folder}\t" in on("laptop", "config").out


def test_what_is_no_folder_of_its_own_is_refused(on: On, tmp_path: Path) -> None:
    """A file, strangers, and a folder that holds the journal; nothing is changed."""
    on("laptop", "add", "Ada")
    file, strangers = tmp_path / "file", tmp_path / "strangers"
    file.write_text("x")
    strangers.mkdir()
    for name in ("holiday.jpg", "plan.txt"):
        (strangers / name).write_text("x")
    before = held(tmp_path)
    for folder, why in (
        (file, "is no folder"),
        (strangers, "holds something else: holiday.jpg and 1 more"),
        (tmp_path / "laptop", "the journal lies in"),
        (tmp_path, "the journal lies in"),
    ):
        assert why in refused(on("laptop", "sync", "--setup", str(folder), "--yes"), 1)
    assert held(tmp_path) == before


def test_it_may_lie_beside_the_journal(on: On, tmp_path: Path) -> None:
    """In a folder of its own below the journal's."""
    folder = tmp_path / "laptop" / "meet"
    assert on("laptop", "sync", "--setup", str(folder), "--yes").code == 0


def test_a_cloud_drive_is_refused_unless_somebody_decides(on: On, tmp_path: Path) -> None:
    """Both ways are in the hint; nothing is written before."""
    folder = tmp_path / "Dropbox" / "connect"
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "Dropbox" / ".dropbox.cache").mkdir()
    (tmp_path / "Dropbox" / ".dropbox").touch()
    said = refused(on("laptop", "sync", "--setup", str(folder), "--yes"), 2)
    assert "Dropbox keeps what lies in" in said
    assert "--encrypt; or let it be readable: --plain" in said
    assert not folder.exists()
    assert on("laptop", "sync", "--setup", str(folder), "--plain", "--yes").code == 0


def test_a_folder_is_what_it_was_set_up_to_be(on: On, two: Path) -> None:
    """Nobody is told that a plain folder is encrypted now; setting up again changes nothing."""
    before = held(two)
    assert "in plain text already" in refused(
        on("desktop", "sync", "--setup", str(two), "--encrypt"), 2
    )
    assert on("desktop", "sync", "--setup", str(two)).out == "Nothing new.\n"
    assert held(two) == before


def test_journals_that_never_met_become_one_only_if_somebody_says_so(on: On, two: Path) -> None:
    """What is to be typed for that is in the hint; that it will be readable is said first."""
    on("tablet", "add", "Grace Hopper")
    said = refused(on("tablet", "sync", "--setup", str(two), "--yes"), 1)
    assert "have never met" in said
    ((verb, *options),) = hinted(said)
    assert (verb, options[:2]) == ("sync", ["--setup", str(two)])
    assert options[2:] == ["--join"]
    before = held(two)
    asked = on("tablet", verb, *options)
    assert (asked.code, asked.err.startswith(READABLE), held(two)) == (1, True, before)
    became_one = on("tablet", verb, *options, "--yes")
    assert "From laptop" in became_one.out
    assert "may be here twice: 'connect merge' goes through them." in became_one.err
    assert "From tablet: 1 person.\n" in on("laptop", "sync").out


def test_twins_that_become_one_are_not_said_to_be_removed(on: On, two: Path) -> None:
    """Nobody removed anything: both say the same of Ada, and go on saying it."""
    for _ in range(4):  # whichever of the two ids is smaller, which stays
        on("desktop", "sync")
        for name in ("laptop", "desktop"):
            on(name, "tag", "Ada", "engines")
        said = [on(name, "sync").out for name in ("laptop", "desktop", "laptop", "desktop")]
        assert not [one for one in said if "removed" in one]
        assert said[3] == "Nothing new.\n"
        assert "engines" in on("laptop", "show", "ada").out
        on("laptop", "tag", "Ada", "engines", "--drop")
        assert on("laptop", "sync").out == "Given: 1 tag removed.\n"
        assert on("desktop", "sync").out == "From laptop: 1 tag removed.\n"


def test_two_of_one_name_are_led_to_merge(on: On, two: Path) -> None:
    """As after two journals became one: no more of the name could be written."""
    on("tablet", "add", "Ada Lovelace")
    on("tablet", "sync", "--setup", str(two), "--join", "--yes")
    said = refused(on("tablet", "show", "ada lovelace"), 3)
    assert "could be any of: Ada Lovelace, Ada Lovelace" in said
    assert said.endswith("if somebody is there twice: connect merge\n")
    assert "a like name" in on("tablet", "merge").out


def test_a_journal_can_move_to_another_folder(on: On, two: Path, tmp_path: Path) -> None:
    """It stays the same journal: its machines meet there again without another word."""
    other = tmp_path / "other"
    on("desktop", "log", "call with Ada")
    for name in ("desktop", "laptop"):
        on(name, "sync")
    moved = on("laptop", "sync", "--setup", str(other), "--yes")
    assert f"What lies in {two} stays there. Remove it once" in moved.err
    assert "stays there" not in on("laptop", "sync", "--setup", str(other)).err
    assert "nothing of it is in the folder now" in on("laptop", "sync", "--machines").out
    assert on("desktop", "sync", "--setup", str(other)).code == 0
    on("desktop", "log", "tea with Tom")
    on("desktop", "sync")
    assert on("laptop", "sync").out == "From desktop: 1 interaction with Tom Reed.\n"
    assert on("laptop", "sync", "--check").code == 0
    assert two.is_dir()


def test_who_only_took_gives_everything_in_another_folder(
    on: On, two: Path, tmp_path: Path
) -> None:
    """What came from the others may be nowhere else, as when the other machine is lost."""
    other = tmp_path / "other"
    assert "Gave the whole journal." in on("desktop", "sync", "--setup", str(other), "--yes").out
    assert on("desktop", "sync").out == "Nothing new.\n"
    assert on("desktop", "sync", "--check").code == 0
    assert on("attic", "sync", "--setup", str(other)).code == 0
    assert "Ada Lovelace" in on("attic", "people").out
    assert two.is_dir()


def test_who_took_what_a_whole_file_holds_gives_it_not_again(on: On, two: Path) -> None:
    """As a new machine where another one was retired before: what it has stands in that file."""
    on("desktop", "log", "called Ada")
    on("desktop", "sync")
    on("laptop", "sync", "--retire", "desktop", "--yes")
    ran = on("attic", "sync", "--setup", str(two))
    assert "From laptop: 2 people and 2 interactions" in ran.out
    assert "Gave" not in ran.out
    assert on("attic", "sync", "--check").code == 0


def test_circles_of_the_settings_reach_every_machine(on: On, meet: Path) -> None:
    """Those of a further machine too; what the journal says of a circle already, stays."""
    for name, circle, cadence in (
        ("laptop", "choir", "2w"),
        ("desktop", "choir", "3w"),
        ("desktop", "golf", "1w"),
    ):
        on(name, "config", "set", f"circles.{circle}", cadence)
    assert "from now on: choir." in on("laptop", "sync", "--setup", str(meet), "--yes").err
    assert "from now on: golf." in on("desktop", "sync", "--setup", str(meet), "--yes").err
    on("laptop", "sync")
    for name in ("laptop", "desktop"):
        listed = on(name, "config").out
        assert "circles.choir\t2w\tjournal" in listed
        assert "circles.golf\t1w\tjournal" in listed
        assert on(name, "sync", "--check").code == 0


def test_a_circle_that_one_machine_alone_has_is_named(on: On, two: Path, tmp_path: Path) -> None:
    """Written into its file after the set-up, or dropped on another one: by config and sync."""
    file = tmp_path / "desktop" / "config" / "connect" / "config.toml"
    file.write_text(file.read_text().replace("[circles]", "[circles]\nchoir = '2w'", 1))
    to_share = "connect config set circles.choir 2w"
    alone = f"On this machine alone: choir. To keep it in the journal: {to_share}\n"
    assert on("desktop", "config").err == alone
    assert on("laptop", "config").err == ""
    on("desktop", *to_share.split()[1:])
    on("desktop", "sync")
    assert on("laptop", "sync").err == ""
    on("laptop", "config", "set", "circles.choir", "none")
    on("laptop", "sync")
    assert on("desktop", "sync", "--quiet").err == alone
    assert on("desktop", "sync", "--quiet").err == ""


def test_a_circle_that_was_deleted_does_not_come_back_when_its_machine_moves(
    on: On, meet: Path, tmp_path: Path
) -> None:
    """The circles of the settings are taken over once, not at each `--setup`."""
    on("laptop", "config", "set", "circles.choir", "2w")
    for name in ("laptop", "desktop"):
        on(name, "sync", "--setup", str(meet), "--yes")
    on("desktop", "config", "set", "circles.choir", "none")
    for name in ("desktop", "laptop"):
        on(name, "sync")
    moved = on("laptop", "sync", "--setup", str(tmp_path / "other"), "--yes")
    assert "circles" not in moved.err
    assert "circles.choir\t2w\tfile" in on("laptop", "config").out


def test_nobody_who_can_be_asked_means_no(on: On, meet: Path, tmp_path: Path) -> None:
    """Without --yes a pipe sets nothing up in plain text."""
    on("laptop", "add", "Ada")
    before = held(tmp_path)
    answer = on("laptop", "sync", "--setup", str(meet))
    assert (answer.code, answer.out) == (1, "")
    assert "connect: not done: Let the machines meet in" in answer.err
    assert (held(tmp_path), meet.exists()) == (before, False)


@pytest.mark.parametrize("key", ["n\r", "\r", "INTERRUPT"])
def test_a_no_at_the_question_writes_nothing(
    on: On, meet: Path, tmp_path: Path, terminal: Terminal, key: str
) -> None:
    """Neither the folder, nor the settings, nor the journal."""
    on("laptop", "add", "Ada")
    before = held(tmp_path)
    child = terminal("sync", "--setup", str(meet))
    child.expect_exact("Let the machines meet in")
    child.expect_exact("[y/N]")
    if key == "INTERRUPT":
        assert interrupted(child) == 130
    else:
        child.send(key)
        assert finished(child) == 1
    assert (held(tmp_path), meet.exists()) == (before, False)


def test_a_yes_at_the_question_sets_it_up(on: On, meet: Path, terminal: Terminal) -> None:
    """And gives at once."""
    on("laptop", "add", "Ada")
    child = terminal("sync", "--setup", str(meet))
    child.expect_exact("[y/N]")
    child.send("y\r")
    child.expect_exact("Gave the whole journal.")
    assert finished(child) == 0


@pytest.mark.parametrize("at", [1, 2])
def test_ctrl_c_at_a_passphrase_writes_nothing(
    on: On, meet: Path, tmp_path: Path, terminal: Terminal, at: int
) -> None:
    """At the first time and at the second."""
    on("laptop", "add", "Ada")
    before = held(tmp_path)
    child = terminal("sync", "--setup", str(meet), "--encrypt")
    child.expect("(?i)passphrase.*: ?")
    if at == 2:
        child.send("correct horse\r")
        child.expect("(?i)again.*: ?")
    assert interrupted(child) == 130
    assert (held(tmp_path), meet.exists()) == (before, False)


def test_an_encrypted_folder_opens_with_its_passphrase(
    on: On, meet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once for each machine; nothing readable lies there."""
    monkeypatch.setenv("CONNECT_PASSPHRASE", "correct horse")
    on("laptop", "log", "coffee with Ada Lovelace", "--new")
    first = on("laptop", "sync", "--setup", str(meet), "--encrypt")
    assert (first.code, READABLE in first.err) == (0, False)
    assert "asks once for the passphrase" in first.err
    assert first.err.endswith(f"in {meet}, encrypted.\n")
    assert on("desktop", "sync", "--setup", str(meet)).out.startswith("From laptop: 1 person")
    monkeypatch.delenv("CONNECT_PASSPHRASE")
    on("desktop", "log", "tea with Ada")
    assert on("desktop", "sync").code == 0
    assert on("laptop", "sync").out == "From desktop: 1 interaction with Ada Lovelace.\n"
    assert not any(b"Lovelace" in content for content in held(meet).values())
    assert "leave out --plain" in refused(on("laptop", "sync", "--setup", str(meet), "--plain"), 2)


def test_machines_of_an_encrypted_folder_meet_in_another(
    on: On, meet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key stays the same; a machine that has made another one takes that of the folder."""
    monkeypatch.setenv("CONNECT_PASSPHRASE", "correct horse")
    on("laptop", "add", "Ada Lovelace")
    on("laptop", "sync", "--setup", str(meet), "--yes")
    on("desktop", "sync", "--setup", str(meet))
    places = [str(tmp_path / name) for name in ("one", "two", "three")]
    on("laptop", "sync", "--setup", places[0], "--encrypt")
    on("desktop", "sync", "--setup", places[1], "--encrypt")
    for place in (places[0], places[2]):
        on("laptop", "sync", "--setup", place, "--encrypt")
        assert on("desktop", "sync", "--setup", place).code == 0
        on("desktop", "log", "tea with Ada")
        on("desktop", "sync")
        assert on("laptop", "sync").out == "From desktop: 1 interaction with Ada Lovelace.\n"
        assert on("laptop", "sync", "--check").code == 0
        monkeypatch.delenv("CONNECT_PASSPHRASE", raising=False)
        again = on("desktop", "sync", "--setup", place)
        assert (again.code, again.out) == (0, "Nothing new.\n")
        monkeypatch.setenv("CONNECT_PASSPHRASE", "correct horse")


def test_machines_of_an_encrypted_folder_meet_in_plain_text_only_if_each_says_so(
    on: On, meet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is asked as the first one was, and back again needs the passphrase alone."""
    monkeypatch.setenv("CONNECT_PASSPHRASE", "correct horse")
    plain = str(tmp_path / "plain")
    on("laptop", "add", "Ada Lovelace")
    on("laptop", "sync", "--setup", str(meet), "--encrypt")
    on("desktop", "sync", "--setup", str(meet))
    said = refused(on("laptop", "sync", "--setup", plain, "--yes"), 2)
    assert "met the others encrypted" in said
    assert not Path(plain).exists()
    on("laptop", "sync", "--setup", plain, "--plain", "--yes")
    before = held(tmp_path / "plain")
    assert f"--setup {plain} --plain" in refused(
        on("desktop", "sync", "--setup", plain, "--yes"), 1
    )
    asked = on("desktop", "sync", "--setup", plain, "--plain")
    assert READABLE in asked.err
    assert asked.code != 0
    assert held(tmp_path / "plain") == before
    assert on("desktop", "sync", "--setup", plain, "--plain", "--yes").code == 0
    assert READABLE not in on("desktop", "sync", "--setup", plain).err
    for place in (plain, str(meet)):
        on("laptop", "sync", "--setup", place)
        assert on("desktop", "sync", "--setup", place).code == 0
        on("desktop", "log", "tea with Ada")
        on("desktop", "sync")
        assert on("laptop", "sync").out == "From desktop: 1 interaction with Ada Lovelace.\n"
        assert on("laptop", "sync", "--check").code == 0


def test_a_check_without_all_files_does_not_say_all(on: On, two: Path) -> None:
    """It says what waits, once, and exit 1."""
    on("desktop", "log", "call with Ada")
    on("desktop", "sync")
    for state in two.glob("machines/*/machine.json"):
        state.write_bytes(b"")
    answer = on("laptop", "sync", "--check")
    assert (answer.code, answer.out.count("waits")) == (1, 1)
    assert "This journal is what can be taken of all machines, to the byte:" in answer.out


def test_an_encrypted_journal_gives_nothing_readable(
    on: On, meet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folder is encrypted without a word; --plain is refused."""
    monkeypatch.setenv("CONNECT_NEW_KEY", "key of a journal")
    monkeypatch.setenv("CONNECT_KEY", "key of a journal")
    monkeypatch.setenv("CONNECT_PASSPHRASE", "correct horse")
    on("laptop", "add", "Ada Lovelace")
    assert on("laptop", "encrypt", "--yes").code == 0
    assert "leave out --plain" in refused(on("laptop", "sync", "--setup", str(meet), "--plain"), 2)
    assert on("laptop", "sync", "--setup", str(meet)).code == 0
    assert not any(b"Lovelace" in content for content in held(meet).values())
    assert on("laptop", "sync").out == "Nothing new.\n"


def test_a_journal_that_is_encrypted_later_gives_nothing_readable_either(
    on: On, two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where its machines met in plain text, nothing is given any more; another folder is named."""
    monkeypatch.setenv("CONNECT_NEW_KEY", "key of a journal")
    monkeypatch.setenv("CONNECT_KEY", "key of a journal")
    monkeypatch.setenv("CONNECT_PASSPHRASE", "correct horse")
    told = on("laptop", "encrypt", "--yes")
    assert f"What lies in {two} stays readable." in told.err
    on("laptop", "remember", "Ada Lovelace", "a secret of hers")
    before = held(two)
    for mode in ((), ("--quiet",), ("--machines",), ("--check",)):
        assert "let all machines meet in another folder" in refused(on("laptop", "sync", *mode), 1)
    assert held(two) == before
    again = on("laptop", "sync", "--setup", str(two), "--plain")
    assert "let all machines meet in another folder" in refused(again, 1)
    assert on("laptop", "sync", "--setup", str(tmp_path / "sealed")).code == 0
    assert on("desktop", "sync", "--setup", str(tmp_path / "sealed")).code == 0
    assert "a secret" in on("desktop", "show", "ada").out
    assert not any(b"secret" in content for content in held(tmp_path / "sealed").values())
    again = on("laptop", "encrypt", "--yes")
    assert "stays readable" not in again.err


def test_nothing_set_up_is_an_error_unless_quiet(on: On) -> None:
    """A shell's first prompt is left alone."""
    for words in ((), ("--machines",), ("--check",), ("--retire", "x"), ("--json",)):
        said = refused(on("laptop", "sync", *words), 1)
        assert "no sync folder is set up" in said
    assert on("laptop", "sync", "--quiet") == Ran(0, "", "")


def test_a_folder_in_the_settings_that_was_never_set_up(on: On, two: Path, tmp_path: Path) -> None:
    """One line says what to type; a journal of another file does not meet anybody yet."""
    other = tmp_path / "other"
    on("tablet", "config", "set", "sync.folder", str(other))
    assert "does not meet others in" in refused(on("tablet", "sync"), 1)
    on("laptop", "config", "set", "sync.folder", str(other))
    assert "is not there" in refused(on("laptop", "sync"), 1)
    other.mkdir()
    assert "is no sync folder" in refused(on("laptop", "sync"), 1)
    on("laptop", "config", "set", "sync.folder", str(two))
    journal = str(tmp_path / "y.db")
    assert "does not meet others" in refused(on("laptop", "--journal", journal, "sync"), 1)


def test_a_folder_that_is_not_there_is_one_line(on: On, two: Path) -> None:
    """Quiet or not: machines that no longer meet are not found out otherwise."""
    two.rename(two.with_name("unplugged"))
    for words in ((), ("--quiet",), ("--machines",)):
        assert f"{two} is not there" in refused(on("laptop", "sync", *words), 1)


def test_an_empty_journal_gives_and_takes(on: On, meet: Path) -> None:
    """Whoever comes later finds nothing, and says so."""
    assert on("laptop", "sync", "--setup", str(meet), "--yes").code == 0
    assert on("desktop", "sync", "--setup", str(meet)).code == 0
    assert on("laptop", "sync").out == "Nothing new.\n"
    assert on("laptop", "sync", "--check").out.endswith("to the byte: 2 lines.\n")


def test_quiet_says_only_what_came(on: On, two: Path) -> None:
    """Neither what was given, nor that there was nothing."""
    assert on("laptop", "sync", "--quiet") == Ran(0, "", "")
    on("desktop", "log", "tea with Tom")
    assert on("desktop", "sync", "--quiet") == Ran(0, "", "")
    assert on("laptop", "sync", "--quiet", "--check").out == (
        "From desktop: 1 interaction with Tom Reed.\n"
    )
    assert two.is_dir()


def test_what_waits_is_said_with_whose_it_is(on: On, two: Path) -> None:
    """A file that has not been carried yet."""
    (folder,) = [each for each in (two / "machines").iterdir() if not _is_of(each, "laptop")]
    for line in ("tea with Tom", "tea with Ada"):
        on("desktop", "log", line)
        on("desktop", "sync")
    newest = sorted(folder.glob("*.jsonl"))
    newest[-2].rename(two / ".not yet")
    answer = on("laptop", "sync")
    assert (answer.code, answer.out) == (
        0,
        f"What desktop gave waits: its file {int(newest[-2].stem)} is not here yet.\n",
    )
    assert document(on("laptop", "sync", "--json"))["waits"] == [
        {
            "machine": "desktop",
            "why": f"its file {int(newest[-2].stem)} is not here yet",
            "hint": None,
        }
    ]
    (two / ".not yet").rename(newest[-2])
    came = on("laptop", "sync").out
    assert came == "From desktop: 2 interactions with Tom Reed and Ada Lovelace.\n"


def _is_of(folder: Path, name: str) -> bool:
    state = json.loads((folder / "machine.json").read_text())
    return bool(state["name"] == name)


def test_each_form_writes_one_document(on: On, two: Path) -> None:
    """A run, a run that compares, the machines, and one that is retired."""
    on("desktop", "log", "tea with Tom")
    on("desktop", "sync")
    came = document(on("laptop", "sync", "--json", "--check"))
    assert came["taken"] == [
        {
            "machine": "desktop",
            "new": {"interaction": 1},
            "changed": {},
            "removed": {},
            "people": ["Tom Reed"],
            "left_out": [],
        }
    ]
    assert came["check"] == {"same": True, "lines": 6, "here": None, "given": None, "waits": []}
    assert came["inbox"] is None
    machines = document(on("laptop", "sync", "--machines", "--json"))["machines"]
    assert isinstance(machines, list)
    assert [one["name"] for one in machines] == ["laptop", "desktop"]
    desktop = machines[1]["id"]
    said = document(on("laptop", "sync", "--retire", "desktop", "--yes", "--json"))["said"]
    assert said == f"Retired desktop ({desktop}). Should it come back, it goes on as a new machine."
    assert two.is_dir()


def test_the_inbox_is_part_of_a_run(on: On, two: Path, tmp_path: Path) -> None:
    """In a document as numbers; each line is taken once; no folder is no trouble."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "phone.txt").write_text("tea with Ada\ncall with Nobody Known\n")
    on("laptop", "inbox", "--setup", str(inbox))
    assert document(on("laptop", "sync", "--json"))["inbox"] == {"taken": 1, "waiting": 1}
    assert document(on("laptop", "sync", "--json"))["inbox"] == {"taken": 0, "waiting": 1}
    waits = "1 line of the inbox waits for an answer: connect inbox\n"
    assert on("laptop", "sync").out == waits
    assert on("laptop", "sync", "--quiet").out == ""  # cron would send it by mail every hour
    (inbox / "phone.txt").write_text("tea with Tom\n")
    assert on("laptop", "sync").out == (
        "Logged 1 line of the inbox: Tom Reed.\nGiven: 1 interaction.\n"
    )
    inbox.rename(tmp_path / "unplugged")
    assert document(on("laptop", "sync", "--json"))["inbox"] is None
    assert on("laptop", "sync").out == "Nothing new.\n"
    assert on("desktop", "sync").out == (
        "From laptop: 2 interactions with Ada Lovelace and Tom Reed.\n"
    )
    assert two.is_dir()


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_machines_on_a_terminal(
    on: On, two: Path, use: Callable[[str], None], terminal: Terminal, width: int
) -> None:
    """Every word fits; the id, which is rarely typed, is there if there is room."""
    use("laptop")
    child = terminal("sync", "--machines", width=width)
    assert finished(child) == 0
    said = str(child.before)
    for words in ("laptop", "this machine", "desktop", "has taken everything"):
        assert words in said
    assert "…" not in said
    assert on("laptop", "sync", "--machines").out.count("\t") == 4
    assert two.is_dir()


def test_a_wrong_repository_is_not_taken_for_the_right_one(on: On, tmp_path: Path) -> None:
    """Whoever named one where another journal meets names the right one next, and it is empty."""
    wrong, right = Remote(tmp_path / "wrong.git"), Remote(tmp_path / "right.git")
    on("laptop", "add", "Ada Lovelace")
    on("desktop", "add", "Tom Reed")
    assert on("laptop", "sync", "--setup", str(wrong.path), "--plain", "--yes").code == 0
    said = refused(on("desktop", "sync", "--setup", str(wrong.path), "--plain", "--yes"), 1)
    assert f"the journal in {wrong.path} and this one have never met" in said
    assert not (tmp_path / "desktop" / "journal.sync").exists()
    answer = on("desktop", "sync", "--setup", str(right.path), "--plain", "--yes")
    assert (answer.code, answer.out) == (0, "Gave the whole journal.\n")
    assert "Lovelace" not in on("desktop", "people").out


def test_who_moves_away_from_a_repository_leaves_nothing_of_it_here(
    on: On, meet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To an encrypted one, which is new and not plain already, or to a folder; then one forgets."""
    monkeypatch.setenv("CONNECT_PASSPHRASE", "correct horse")
    one, two = Remote(tmp_path / "one.git"), Remote(tmp_path / "two.git")
    on("laptop", "add", "Ada Lovelace")
    assert on("laptop", "sync", "--setup", str(one.path), "--plain", "--yes").code == 0
    assert on("laptop", "sync", "--setup", str(two.path), "--encrypt").code == 0
    kept = held(tmp_path / "laptop" / "journal.sync")
    assert not any(b"Lovelace" in content for content in kept.values())
    refused(on("laptop", "sync", "--setup", str(one.path), "--encrypt"), 2)
    assert held(tmp_path / "laptop" / "journal.sync") == kept
    assert on("laptop", "sync", "--setup", str(meet), "--encrypt").code == 0
    assert not (tmp_path / "laptop" / "journal.sync").exists()
    assert "to the byte" in on("laptop", "sync", "--check").out


def test_a_folder_where_homes_would_lie_is_left_as_it_is(on: On, tmp_path: Path) -> None:
    """Beside the journal, and called as the folder of connect's own repositories."""
    on("laptop", "add", "Ada Lovelace")
    there = tmp_path / "laptop" / "journal.sync"
    for _ in range(2):
        assert on("laptop", "sync", "--setup", str(there), "--yes").code == 0
    assert "to the byte" in on("laptop", "sync", "--check").out


def test_a_repository_is_kept_with_its_whole_path(
    on: On, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a folder is: the next run may be in another place."""
    Remote(tmp_path / "remote.git")
    on("laptop", "add", "Ada Lovelace")
    monkeypatch.chdir(tmp_path)
    assert on("laptop", "sync", "--setup", "remote.git", "--plain", "--yes").code == 0
    monkeypatch.chdir("/")
    assert on("laptop", "sync").out == "Nothing new.\n"


@pytest.mark.parametrize("content", [b"", None], ids=["half copied", "not here"])
def test_a_machine_that_does_not_say_how_far_it_is_is_listed(
    on: On, two: Path, tmp_path: Path, content: bytes | None
) -> None:
    """Whether or not anything of it was taken before."""
    on("desktop", "log", "call with Ada")
    on("desktop", "sync")
    on("tablet", "sync", "--setup", str(two))
    on("tablet", "log", "tea with Tom")
    on("tablet", "sync")
    for state in two.glob("machines/*/machine.json"):
        state.unlink() if content is None else state.write_bytes(content)
    lines = on("laptop", "sync", "--machines").out.splitlines()
    assert [line.split("\t")[1] for line in lines[1:]] == ["how far it is cannot be read now"] * 2
    listed = document(on("laptop", "sync", "--machines", "--json"))["machines"]
    assert isinstance(listed, list)
    assert [(one["there"], one["confirmed"]) for one in listed[1:]] == [(True, None)] * 2


def test_what_could_not_be_pushed_is_pushed_by_the_next_run(on: On, tmp_path: Path) -> None:
    """Also if nothing else is new: a file, and that a machine was retired."""
    remote = Remote(tmp_path / "remote.git")
    refuses = remote.path / "hooks" / "pre-receive"
    setup = ("sync", "--setup", str(remote.path), "--plain", "--yes")
    on("laptop", "add", "Ada Lovelace")
    for name in ("laptop", "desktop"):
        assert on(name, *setup).code == 0
    on("desktop", "add", "Tom Reed")
    for name in ("desktop", "laptop"):
        on(name, "sync")
    on("laptop", "log", "call with Ada")
    program(refuses, "exit 1")
    assert "git push failed" in refused(on("laptop", "sync", "--quiet"), 1)
    assert "git push failed" in refused(on("laptop", "sync"), 1)
    refuses.unlink()
    assert on("laptop", "sync").out == "Nothing new.\n"
    assert on("desktop", "sync").out == "From laptop: 1 interaction with Ada Lovelace.\n"
    on("laptop", "sync")
    program(refuses, "exit 1")
    assert on("laptop", "sync", "--retire", "desktop", "--yes").code == 1
    refuses.unlink()
    on("laptop", "sync")
    assert len(remote.branches()) == 1


def test_what_came_before_a_machine_was_retired_is_said(on: On, two: Path) -> None:
    """It is in the journal, also after a no."""
    on("desktop", "log", "tea with Ada Lovelace")
    on("desktop", "sync")
    answer = on("laptop", "sync", "--retire", "desktop")
    assert (answer.code, answer.out) == (1, "From desktop: 1 interaction with Ada Lovelace.\n")


def test_a_git_repository_is_named_as_it_was_typed(on: On, tmp_path: Path) -> None:
    """Not as the folder of connect's own in which its files lie."""
    setup = ("sync", "--setup", str(Remote(tmp_path / "remote.git").path), "--plain", "--yes")
    on("laptop", "add", "Ada Lovelace")
    assert on("laptop", *setup).code == 0
    on("desktop", "add", "Tom Reed")
    assert f"the journal in {setup[2]} and this one" in refused(on("desktop", *setup), 1)


def test_a_machine_is_retired_by_its_name(on: On, two: Path) -> None:
    """Not this one, nobody unknown, and of two with one name only by the id."""
    assert "there are: desktop" in refused(on("laptop", "sync", "--retire", "nobody"), 1)
    assert "cannot retire itself" in refused(on("laptop", "sync", "--retire", "laptop"), 1)
    answer = on("laptop", "sync", "--retire", "Desktop")
    assert (answer.code, "connect: not done: Retire Desktop (" in answer.err) == (1, True)
    assert on("laptop", "sync", "--retire", "Desktop", "--yes").code == 0
    assert len(list((two / "machines").iterdir())) == 1
    assert on("laptop", "sync", "--machines").out.split("\n")[1].split("\t")[1] == "retired"
    back = on("desktop", "sync")
    assert back.out.startswith("This machine was retired: it goes on as a new one")


def test_of_two_machines_with_one_name_the_id_is_asked_for(
    on: On, two: Path, use: Callable[[str], None], connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ids are in the hint, and one of them does it."""
    use("tablet")
    monkeypatch.setenv("CONNECT_MACHINE", "desktop")
    assert connect("sync", "--setup", str(two)).code == 0
    said = refused(on("laptop", "sync", "--retire", "desktop", "--yes"), 1)
    assert "several machines are called 'desktop'" in said
    one = said.rpartition(": ")[2].split(",")[0].strip()
    assert on("laptop", "sync", "--retire", one, "--yes").code == 0


def test_who_was_forgotten_elsewhere_is_removed_here_and_said_only_then(on: On, two: Path) -> None:
    """With where they may still be; a new machine, which never knew them, is told nothing."""
    on("laptop", "forget", "ada", "--yes")
    on("laptop", "sync")
    removed = "Removed 1 person for good, as 'connect forget' did on another machine."
    copies = " Copies of the journal may still hold them; see: connect restore"
    assert on("desktop", "sync").out.splitlines()[0] == removed + copies
    assert "Removed" not in on("third", "sync", "--setup", str(two)).out


def test_a_retired_machine_says_so_of_itself(on: On, two: Path) -> None:
    """Before it goes on as a new one."""
    assert on("laptop", "sync", "--retire", "desktop", "--yes").code == 0
    listed = on("desktop", "sync", "--machines").out
    assert listed.startswith("desktop\tthis machine, retired by another one\t")
    assert two.is_dir()


def test_a_check_says_nothing_else(on: On, two: Path) -> None:
    """That nothing is new is no news beside that nothing differs."""
    answer = on("laptop", "sync", "--check")
    assert answer.out.startswith("This journal is what all machines gave")
    assert two.is_dir()


def test_a_check_names_the_first_difference(on: On, two: Path, tmp_path: Path) -> None:
    """Without what it says; exit 1, in a document too."""
    change_unrecorded(
        tmp_path / "laptop" / "journal.db", "UPDATE person SET name = 'X' WHERE name LIKE 'Ada%'"
    )
    answer = on("laptop", "sync", "--check")
    assert answer.code == 1
    assert re.search(
        r"^This journal differs from what all machines gave, after \d lines?\.\n"
        r"Here: person (\w{12})\. Given: person \1\.$",
        answer.out,
        re.MULTILINE,
    )
    assert "X" not in answer.out
    as_document = on("laptop", "sync", "--check", "--json")
    check = document(as_document)["check"]
    assert isinstance(check, dict)
    assert (as_document.code, check["same"], check["here"]) == (1, False, check["given"])
    assert on("laptop", "sync", "--check", "--quiet").out.startswith("This journal differs")
    assert on("desktop", "sync", "--check").code == 0
    assert two.is_dir()


HOSTILE = {
    "control": ("a\x1b[31mb\nc", r"a\x1b[31mb\nc"),
    "turned": ("a\u202eb", r"a\u202eb"),
    "markup": ("[bold]x[/bold]", "[bold]x[/bold]"),
    "long": ("x" * 200, "x" * 40),
    "spaces": ("  desk   top ", "desk top"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_of_a_machine_is_cleaned(
    on: On,
    meet: Path,
    name: str,
    use: Callable[[str], None],
    connect: Connect,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its own, and one that another machine wrote into the folder."""
    typed, shown = HOSTILE[name]
    use("desktop")
    monkeypatch.setenv("CONNECT_MACHINE", typed)
    connect("add", "Ada")
    connect("sync", "--setup", str(meet), "--yes")
    (state,) = meet.rglob("machine.json")
    state.write_text(json.dumps(json.loads(state.read_text()) | {"name": typed}))
    assert on("laptop", "sync", "--setup", str(meet)).out == f"From {shown}: 1 person.\n"
    assert shown in on("laptop", "sync", "--machines").out
    assert shown in on("laptop", "changes").out
    assert on("laptop", "sync", "--retire", shown, "--yes").code == 0


@pytest.mark.parametrize("newest", ["yesterday", "2026-11-23", "2026-11-23T08:00:00"])
def test_a_moment_that_is_none_waits(on: On, two: Path, newest: str) -> None:
    """Of another machine's file nothing is believed; the run goes on."""
    on("desktop", "log", "tea with Tom")
    on("desktop", "sync")
    (folder,) = [each for each in (two / "machines").iterdir() if _is_of(each, "desktop")]
    state = folder / "machine.json"
    state.write_text(json.dumps(json.loads(state.read_text()) | {"newest": newest}))
    answer = on("laptop", "sync")
    assert (answer.code, answer.out.startswith("What ")) == (0, True)
    assert " gave waits: " in answer.out


@pytest.mark.parametrize("empty", ["", "  "])
def test_a_machine_without_a_name_has_that_of_the_computer(
    meet: Path,
    use: Callable[[str], None],
    connect: Connect,
    monkeypatch: pytest.MonkeyPatch,
    empty: str,
) -> None:
    """So that the others can call it something."""
    use("laptop")
    monkeypatch.setenv("CONNECT_MACHINE", empty)
    connect("sync", "--setup", str(meet), "--yes")
    assert connect("sync", "--machines").out.split("\t")[0] == os.uname().nodename[:40]


def test_what_came_is_undone_on_every_machine(
    on: On, two: Path, use: Callable[[str], None], terminal: Terminal
) -> None:
    """The question says so; a no, and a pipe without --yes, leave it."""
    on("desktop", "log", "tea with Tom")
    on("desktop", "sync")
    on("laptop", "sync")
    assert "sync\twhat desktop gave" in on("laptop", "changes").out
    piped = on("laptop", "undo")
    assert (piped.code, "not done: Undo this on every machine?" in piped.err) == (1, True)
    use("laptop")
    child = terminal("undo")
    child.expect_exact("Undo this on every machine? [y/N]")
    child.send("n\r")
    assert finished(child) == 1
    assert on("laptop", "history").out.count("\n") == 2
    assert on("laptop", "undo", "--yes").code == 0
    assert on("laptop", "sync").out == "Given: 1 interaction removed.\n"
    assert on("desktop", "sync").out == "From laptop: 1 interaction removed.\n"
    assert on("desktop", "history").out.count("\n") == 1
    assert on("laptop", "redo").code == 0
    on("laptop", "sync")
    on("desktop", "sync")
    assert on("desktop", "history").out.count("\n") == 2
    assert two.is_dir()


def test_of_several_commands_one_that_came_is_enough_to_say_so(on: On, two: Path) -> None:
    """Undoing what was done here alone asks as ever."""
    on("desktop", "log", "tea with Tom")
    on("desktop", "sync")
    on("laptop", "sync")
    on("laptop", "log", "tea with Ada")
    assert "not done: Undo these 2 commands on every machine?" in on("laptop", "undo", "2").err
    assert on("laptop", "undo").code == 0
    assert two.is_dir()


@pytest.mark.usefixtures("two")
def test_tab_completes_what_sync_takes(on: On, tmp_path: Path) -> None:
    """Its options, folders by the shell, and the machines that may be retired."""
    on("computer at work", "sync", "--setup", str(tmp_path / "meet"))
    on("computer at work", "log", "tea with Tom")
    on("computer at work", "sync")
    on("desktop", "log", "tea with Ada")
    on("desktop", "sync")
    on("laptop", "sync")
    assert offers("connect sync --retire ") == ["computer at work", "desktop"]
    listed = on("laptop", "sync", "--machines").out.splitlines()
    assert [line.split("\t")[0] for line in listed] == ["laptop", "computer at work", "desktop"]
    assert offers("connect sync --retire d") == ["desktop"]
    assert offers("connect sync --retire=De") == ["--retire=Desktop"]
    assert offers("connect sync --ma") == ["--machines"]
    asked = CliRunner().invoke(app, ["connect sync --setup x"], env={"_CONNECT_COMPLETE": "bash"})
    assert (asked.exit_code, asked.stdout) == (Answer.FILES, "")
    on("laptop", "sync", "--retire", "desktop", "--yes")
    assert offers("connect sync --retire ") == ["computer at work"]


@pytest.mark.parametrize("name", ["a\nb", "a\x1b[2Jb", "\u202eabc"])
def test_a_folder_that_the_settings_cannot_name_is_not_made(
    on: On, tmp_path: Path, name: str
) -> None:
    """It is refused before anything is written."""
    folder = tmp_path / name
    said = refused(on("laptop", "sync", "--setup", str(folder), "--plain", "--yes"), 2)
    assert "name a folder without such characters" in said
    assert not folder.exists()


def test_the_id_tells_two_machines_of_one_name_apart(
    on: On, two: Path, terminal: Terminal, use: Callable[[str], None]
) -> None:
    """As after a copy was restored, on a narrow terminal too."""
    on("desktop", "sync")
    on("laptop", "sync", "--retire", "desktop", "--yes")
    on("desktop", "sync")
    on("laptop", "sync")
    listed = json.loads(on("laptop", "sync", "--machines", "--json").out)["machines"]
    ids = [one["id"] for one in listed if one["name"] == "desktop"]
    assert len(ids) == 2
    use("laptop")
    child = terminal("sync", "--machines", width=50)
    assert finished(child) == 0
    shown = child.before or ""
    assert all(f"desktop ({one})" in shown for one in ids)
