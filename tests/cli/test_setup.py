"""The settings: seen with their origin, changed one at a time, the rest of the file left alone."""

import json
import re
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli import settings_file
from connect_cli.control_characters import CONTROL, shown
from connect_cli.errors import ConnectError, SettingsWrong
from connect_cli.settings import Settings, from_file, from_table, read_most, say_most, say_size
from tests.cli.shells import SHELLS, closed, program
from tests.cli.shells import begin as begin_shell
from tests.conftest import Begin, Connect


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the settings of this test lie, once there are any."""
    return tmp_path / "config" / "connect" / "config.toml"


def write(path: Path, text: str) -> None:
    """Put a settings file there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_every_setting_is_shown_with_its_origin(connect: Connect, path: Path) -> None:
    """A weekday that only the default of the file decides is decided by the file."""
    assert {line.split("\t")[2] for line in connect("config").out.splitlines()} == {"default"}
    write(path, "[capacity]\ndefault = 2\nsat = 0\n[circles]\nChoir = '2w'\n")
    seen = dict(line.split("\t", 1) for line in connect("config").out.splitlines())
    assert seen["capacity.default"] == "2\tfile"
    assert seen["capacity.mon"] == "2\tfile"
    assert seen["capacity.sat"] == "0\tfile"
    assert seen["circles.choir"] == "2w\tfile"
    assert seen["circles.close"] == "1m\tdefault"
    assert seen["day_starts_at"] == "4\tdefault"
    assert seen["today.reconnect"] == "fri\tdefault"


def test_the_document_says_where_they_are_kept(connect: Connect, path: Path) -> None:
    """Whether the file is there or not; looking does not make it."""
    document = json.loads(connect("config", "--json").out)
    assert document["path"] == str(path)
    assert {"key": "day_starts_at", "value": 4, "origin": "default"} in document["settings"]
    assert connect("config", "path").out == f"{path}\n"
    assert not path.parent.exists()


def test_a_text_that_was_empty_is_not_said_to_have_been(connect: Connect) -> None:
    """There was nothing."""
    assert connect("config", "set", "calendar.file", "a.ics").out == "calendar.file is a.ics.\n"
    ran = connect("config", "set", "calendar.file", "b.ics")
    assert ran.out == "calendar.file is b.ics. It was a.ics.\n"


def test_the_first_change_makes_a_private_file_that_explains_itself(
    connect: Connect, path: Path
) -> None:
    """Every other key is there as a comment, with its default."""
    assert connect("config", "set", "capacity.sat", "0").out == "capacity.sat is 0. It was 3.\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.read_text() == settings_file.TEMPLATE.replace("# sat = 0", "sat = 0")
    assert [each.name for each in path.parent.iterdir()] == ["config.toml"]
    assert from_file(path).capacity == (3, 3, 3, 3, 3, 0, 3)


def test_the_template_says_the_defaults(path: Path) -> None:
    """With every comment sign in front of a key taken away, nothing changes but the example."""
    lines = [
        line.removeprefix("# ") if "=" in line else line
        for line in settings_file.TEMPLATE.split("\n")
    ]
    write(path, "\n".join(lines))
    assert from_file(path) == Settings(capacity=(3, 3, 3, 3, 3, 0, 3))
    keys = {each.key for each in settings_file.listed(path) if each.origin == "default"}
    assert keys == set()


MINE = """\
# mine, do not touch

[capacity] # for the week
default = 2   # two are enough
# sat = 1 # after training

[circles]
choir = "2w" # rehearsals
"""
CHANGES = [
    ("capacity.default", "4", MINE.replace("default = 2 ", "default = 4 ")),
    ("capacity", "4", MINE.replace("default = 2 ", "default = 4 ")),
    ("CAPACITY.Sat", "0", MINE.replace("# sat = 1 # after", "sat = 0 # after")),
    ("capacity.sun", "1", MINE.replace("the week\n", "the week\nsun = 1\n")),
    ("circles.Choir", "3W", MINE.replace('"2w"', '"3w"')),
    ("circles.book club", "1m", MINE.replace("[circles]\n", '[circles]\n"book club" = "1m"\n')),
    ("day_starts_at", "5", f"day_starts_at = 5\n{MINE}"),
    ("today.reconnect", "Never", f'{MINE}\n[today]\nreconnect = "never"\n'),
]


@pytest.mark.parametrize(("key", "value", "text"), CHANGES, ids=[key for key, _, _ in CHANGES])
def test_a_change_leaves_every_other_byte_alone(
    connect: Connect, path: Path, key: str, value: str, text: str
) -> None:
    """Where a comment shows the key, it takes the comment's place."""
    write(path, MINE)
    assert connect("config", "set", key, value).code == 0
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("text", "key", "after"),
    [
        ("capacity = 2 # room\n", "capacity.sat", "capacity = {default = 2, sat = 1} # room\n"),
        ("capacity = 2 # room\n", "capacity", "capacity = 1 # room\n"),
        ("capacity = {default = 2}\n", "capacity.sat", "capacity = {default = 2, sat = 1}\n"),
        ("capacity.fri = 0\n", "capacity.sat", "capacity.fri = 0\ncapacity.sat = 1\n"),
        ("[ capacity ]\n", "capacity.sat", "[ capacity ]\nsat = 1\n"),
        ("capacity.fri = 0\n", "day_starts_at", "day_starts_at = 1\ncapacity.fri = 0\n"),
    ],
    ids=range(6),
)
def test_the_file_may_be_written_in_any_way_that_toml_knows(
    path: Path, text: str, key: str, after: str
) -> None:
    """One number, an inline table, dotted keys: all mean the same."""
    write(path, text)
    settings_file.change(path, key, "1")
    assert path.read_text() == after


@pytest.mark.parametrize(
    ("words", "said", "hint"),
    [
        (("capcity", "3"), "there is no setting 'capcity'", "did you mean capacity?"),
        (("capacity.sta", "3"), "there is no setting 'capacity.sta'", "capacity.sat?"),
        (("today", "3"), "there is no setting 'today'", "today."),
        (("circles.", "3"), "there is no setting 'circles.'", "circles."),
        (("capacity.sat", "51"), "capacity.sat should be a whole number from 0 to 50", ""),
        (("capacity.sat", "many"), "capacity.sat should be a whole number", ""),
        (("capacity.sat", "-1"), "capacity.sat should be a whole number from 0 to 50", ""),
        (("day_starts_at", "-3"), "day_starts_at should be a whole number from 0 to 12", ""),
        (("circles.choir", "-1w"), "circles.choir: '-1w' is not a cadence", "write it like 3d"),
        (("circles.choir", "soon"), "circles.choir: 'soon' is not a cadence", "write it like 3d"),
        (("circles.choir", "7"), "circles.choir: '7' is not a cadence", "write it like 3d"),
        *(
            (("backups.most", text), "backups.most should be a size such as '200 MB' or", "")
            for text in (
                "200",
                "lots",
                "0 MB",
                "-1 GB",
                "1.5 GB",
                "10 kB",
                "1 TB",
                "",
                "9999999 MB",
            )
        ),
        (("backups.least", "1 GB"), "there is no setting 'backups.least'", "backups.most?"),
        (("today.reconnect", "someday"), "today.reconnect should be one of: mon, tue", ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_not_understood_is_refused_and_writes_nothing(
    connect: Connect, path: Path, words: tuple[str, str], said: str, hint: str
) -> None:
    """The error names the key, and the nearest one that there is."""
    ran = connect("config", "set", *words)
    assert ran.code == 2
    assert ran.err.startswith(f"connect: {said}")
    assert hint in ran.err
    assert not path.parent.exists()


KEYS = [one.key for one in settings_file.listed(Path("/nowhere"))]
CONTROLS = [
    "\x1b",
    "\x9b",
    "\x07",
    "\n",
    "\t",
    "\u202e",
    "\u2066",
    "\u2028",
    "\ufeff",
    "\U000e0041",
]


def is_refused(connect: Connect, key: str, *words: str) -> None:
    """A command that names the setting, and shows what is wrong with it."""
    ran = connect(*words)
    said, hint = ran.err.splitlines()
    assert (ran.code, ran.out, hint) == (2, "", "hint: leave that out")
    assert shown(key) in said
    assert "the control character \\" in said
    assert not CONTROL.search(said)


@pytest.mark.parametrize("control", CONTROLS, ids=ascii)
def test_no_setting_takes_a_control_character(connect: Connect, path: Path, control: str) -> None:
    """Neither as it is set, in its text or in the name of a circle, nor from a written file."""
    for key in (*KEYS, "circles.choir", f"circles.cho{control}ir"):
        is_refused(connect, key, "config", "set", key, f"a{control}b")
        assert not path.exists()
        section, _, name = key.rpartition(".")
        heading = f"[{section}]\n" if section else ""
        said = [json.dumps(text, ensure_ascii=False) for text in (name, f"a{control}b")]
        write(path, f"{heading}{' = '.join(said)}\n")
        is_refused(connect, key, "today")
        is_refused(connect, key, "config")
        assert connect("config", "path").code == 0
        path.unlink()


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_circle_may_be_called_whatever_a_terminal_can_show(name: str) -> None:
    """Emoji of several signs too, and scripts that need joiners."""
    if CONTROL.search(name):
        with pytest.raises(SettingsWrong, match="control character"):
            from_table({"circles": {name: "2w"}})
    else:
        assert str(from_table({"circles": {name: "2w"}}).circles[name.casefold()]) == "2w"


def test_a_file_that_is_wrong_can_be_mended_by_the_same_command(
    connect: Connect, path: Path
) -> None:
    """Another change to it is refused until then, and the path is still said."""
    write(path, "day_starts_at = 99 # late\n")
    assert connect("config").code == 2
    assert "day_starts_at" in connect("config", "set", "capacity", "2").err
    assert connect("config", "path").code == 0
    assert connect("config", "set", "day_starts_at", "3").out == "day_starts_at is 3.\n"
    assert path.read_text() == "day_starts_at = 3 # late\n"


def test_what_is_no_toml_is_refused_with_its_path(connect: Connect, path: Path) -> None:
    """It is not overwritten."""
    write(path, "capacity = [\n")
    ran = connect("config", "set", "capacity", "2")
    assert ran.code == 2
    assert f"{path} is not valid TOML" in ran.err
    assert path.read_text() == "capacity = [\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\xff\xfe", "cannot read the settings"),
        (b"today = 3\n", "'today' should be a table"),
        (b"capacity = true\n", "capacity should be a whole number"),
    ],
    ids=["bytes", "no table", "no number"],
)
def test_a_file_that_makes_no_sense_is_one_line_on_stderr(
    connect: Connect, path: Path, text: bytes, said: str
) -> None:
    """It names the file, and nothing is guessed."""
    write(path, "")
    path.write_bytes(text)
    ran = connect("config")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert str(path) in ran.err


def test_a_link_goes_on_leading_to_the_file(connect: Connect, path: Path, tmp_path: Path) -> None:
    """Whoever keeps such files elsewhere finds the change there, with the file's own mode."""
    own = tmp_path / "dotfiles" / "connect.toml"
    write(own, "day_starts_at = 3\n")
    own.chmod(0o640)
    path.parent.mkdir(parents=True)
    path.symlink_to(own)
    assert connect("config", "set", "day_starts_at", "5").code == 0
    assert path.is_symlink()
    assert own.read_text() == "day_starts_at = 5\n"
    assert stat.S_IMODE(own.stat().st_mode) == 0o640


def test_a_change_that_cannot_be_written_leaves_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is there as it was, and nothing lies beside it."""
    write(path, "day_starts_at = 3\n")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ConnectError, match="No space left"):
        settings_file.change(path, "day_starts_at", "5")
    assert path.read_text() == "day_starts_at = 3\n"
    assert [each.name for each in path.parent.iterdir()] == ["config.toml"]


def test_a_change_decides_at_once(connect: Connect) -> None:
    """A day without places has no list."""
    connect("add", "Ada Lovelace", "--every", "1w")
    connect("log", "--with", "ada", "--on", "2026-10-01")
    assert "Ada" in connect("today", now="2026-11-28T08:00").out
    connect("config", "set", "capacity.sat", "0")
    assert "Ada" not in connect("today", now="2026-11-28T08:00").out


def test_the_same_value_again_is_no_surprise(connect: Connect) -> None:
    """It says what it is, and not what it was."""
    connect("config", "set", "circles.choir", "2w")
    assert connect("config", "set", "circles.choir", "2w").out == "circles.choir is 2w.\n"


def test_errors_of_settings_are_errors_of_connect() -> None:
    """So one place turns them into output."""
    assert issubclass(SettingsWrong, ConnectError)


@pytest.mark.parametrize(
    ("typed", "said", "size"),
    [
        ("500 MB", "500 MB", 500 * 10**6),
        (" 2gb ", "2 GB", 2 * 10**9),
        ("1000 Mb", "1 GB", 10**9),
        ("1234 MB", "1234 MB", 1_234_000_000),
        ("None", "none", None),
    ],
)
def test_a_size_is_read_in_megabytes_and_gigabytes(
    connect: Connect, path: Path, typed: str, said: str, size: int | None
) -> None:
    """It is said exactly as large as it was set, and read again from the file."""
    ran = connect("config", "set", "backups.most", typed)
    assert ran.out == f"backups.most is {said}. It was 200 MB.\n"
    assert from_file(path).backups_most == size
    assert f"backups.most\t{said}\tfile" in connect("config").out


@pytest.mark.parametrize("text", ["[backups]\nmost = 200\n", "[backups]\nmost = true\n"])
def test_a_size_without_its_unit_is_refused(connect: Connect, path: Path, text: str) -> None:
    """Nobody knows of what."""
    write(path, text)
    ran = connect("config")
    assert (ran.code, "'200 MB' or '1 GB', or none" in ran.err) == (2, True)


def test_a_section_without_its_key_says_nothing(path: Path) -> None:
    """As if it were not there."""
    write(path, "[backups]\n")
    assert from_file(path) == Settings()


@pytest.mark.parametrize(
    ("size", "said"),
    [
        *[(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1 kB"), (1499, "1.5 kB")],
        *[(9_949, "9.9 kB"), (9_950, "10 kB"), (999_499, "999 kB"), (999_500, "1 MB")],
        *[(6_607_949, "6.6 MB"), (38_400_000, "38 MB"), (999_499_999, "999 MB")],
        *[(999_500_000, "1 GB"), (1_250_000_000, "1.2 GB"), (57_000_000_000, "57 GB")],
    ],
)
def test_a_size_is_rounded_for_eyes(size: int, said: str) -> None:
    """To two or three figures, in the unit that makes it short."""
    assert say_size(size) == said


def test_a_bound_is_said_as_it_is_read() -> None:
    """Of every size that can be set."""
    for amount in (1, 7, 200, 999, 1000, 1001, 999_999):
        for unit in ("MB", "GB"):
            most = read_most(f"{amount} {unit}", "x")
            assert read_most(say_most(most), "x") == most
    assert say_most(read_most("none", "x")) == "none"


Shell = Callable[..., "pexpect.spawn[str]"]


@pytest.fixture(params=list(SHELLS))
def name(request: pytest.FixtureRequest) -> str:
    """Each shell that is installed."""
    shell = str(request.param)
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    return shell


@pytest.fixture
def shell(name: str, tmp_path: Path, begin: Begin) -> Iterator[Shell]:
    """Start a shell that has taken in `connect init`, with Ada in the journal."""
    begin(("add", "Ada Lovelace", "--every", "1w", "--tag", "choir"), ("add", "José Adão"))
    program(tmp_path / "bin")
    started: list[pexpect.spawn[str]] = []
    env = {"XDG_STATE_HOME": str(tmp_path / "state")}

    def start(*words: str) -> "pexpect.spawn[str]":
        started.append(begin_shell(name, words, env, tmp_path / "bin", tmp_path))
        return started[-1]

    with closed(started):
        yield start


def test_tab_completes_a_name(shell: Shell) -> None:
    """Any word of a name, with or without its accents, is enough."""
    child = shell()
    child.send("connect show lov\t")
    child.expect("lovelace")
    child.sendline("")
    child.expect("every week")


def test_tab_completes_a_command(shell: Shell) -> None:
    """The commands themselves are offered."""
    child = shell()
    child.send("connect hist\t")
    child.expect("history")


def test_the_aliases_are_there_and_complete_names(shell: Shell) -> None:
    """`cl` logs and `ct` shows today."""
    child = shell()
    child.sendline("ct")
    child.expect("Ada Lovelace")
    child.send("cl lov\t")
    child.expect("lovelace")
    child.sendline("")
    child.expect("Contact with Ada Lovelace")


def test_the_aliases_can_have_other_names(shell: Shell) -> None:
    """A name that is taken already can be left alone."""
    child = shell("--log", "jot", "--today", "''")
    child.sendline("jot lovelace")
    child.expect("Contact with Ada Lovelace")
    child.sendline("ct")
    child.expect("(?i)not found|unknown command")


def test_today_is_shown_in_the_first_shell_of_a_day_alone(
    shell: Shell, tmp_path: Path, connect: Connect
) -> None:
    """With --daily the list comes once."""
    connect("config", "set", "day_starts_at", "0")  # so that the hour of the trial is no matter
    child = shell("--daily")
    assert "Ada Lovelace" in (child.before or "")
    assert (tmp_path / "state" / "connect" / "shown-on").stat().st_mode & 0o777 == 0o600
    child = shell("--daily")
    assert "Ada Lovelace" not in (child.before or "")


def test_the_segment_stands_before_the_prompt(shell: Shell) -> None:
    """With --prompt the number of people left is always in sight."""
    child = shell("--prompt")
    child.sendline("")
    child.expect_exact("[1 left]")


@pytest.mark.parametrize("words", [(), ("--prompt", "--daily")], ids=["usual", "everything"])
def test_the_script_for_bash_has_no_faults(connect: Connect, words: tuple[str, ...]) -> None:
    """ShellCheck finds nothing."""
    if shutil.which("shellcheck") is None:
        pytest.skip("shellcheck is not installed here")
    script = connect("init", "bash", *words).out
    done = subprocess.run(
        ["shellcheck", "--shell=bash", "-"],
        input=script,
        text=True,
        check=False,
        capture_output=True,
    )
    assert done.stdout == ""


def test_an_alias_cannot_smuggle_in_a_command(connect: Connect) -> None:
    """What becomes part of a script is a name and nothing else."""
    ran = connect("init", "bash", "--log", "x;reboot")
    assert ran.code == 2
    assert "cannot be an alias" in ran.err


@pytest.mark.parametrize("name", list(SHELLS))
def test_every_name_in_capitals_is_replaced(connect: Connect, name: str) -> None:
    """No place of the aliases is left open, and no heading of a part comes out."""
    script = connect("init", name, "--prompt", "--daily").out
    assert not re.search(r"ALIAS|# ==", script)


def test_the_list_of_the_day_waits_for_the_day_to_begin(name: str, connect: Connect) -> None:
    """A shell opened before that hour leaves the list to the morning."""
    connect("config", "set", "day_starts_at", "6")
    script = connect("init", name, "--daily").out
    assert "-ge 6" in script
    assert "HOUR" not in script
