"""The settings as commands show and change them, and what `connect init` gives a shell."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from tests.cli.shells import SHELLS, closed, program
from tests.cli.shells import begin as begin_shell
from tests.conftest import Begin, Connect
from tests.test_settings import write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the settings of this test lie, once there are any."""
    return tmp_path / "config" / "connect" / "config.toml"


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
