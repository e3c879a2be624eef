"""The settings as commands show and change them, and what `connect init` gives a shell."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pexpect
import pytest

from connect_cli.language.spans import read_span
from tests.cli.shells import CONNECT, SHELLS, closed, program
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
    assert connect("today", now="2026-11-28T08:00").out == "next\t2026-11-29\tAda Lovelace\n"


def test_the_same_value_again_is_no_surprise(connect: Connect) -> None:
    """It says what it is, and not what it was."""
    connect("config", "set", "circles.choir", "2w")
    ran = connect("config", "set", "circles.choir", "2w")
    assert ran.out == "circles.choir is 2w, in config.toml.\n"


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


INBOX_AND_TODAY = f"""case $1 in
  sync | inbox | today | review) echo "$@" >>"$0.calls" ;;
  *) exec {CONNECT} ;;
esac
case $1 in sync | inbox) cat ;; esac
echo "answer of $1"
echo "complaint of $1" >&2
exit 5"""
STATUS = {"bash": "$?", "zsh": "$?", "fish": "$status"}


@pytest.fixture
def calls(shell: Shell, tmp_path: Path, connect: Connect) -> Path:
    """Where a `connect` that the shells find notes each of four commands, which all fail."""
    connect("config", "set", "day_starts_at", "0")  # so that the hour of the trial is no matter
    shutil.rmtree(tmp_path / "bin")
    program(tmp_path / "bin", INBOX_AND_TODAY)
    return tmp_path / "bin" / "connect.calls"


def test_the_machines_and_the_inbox_come_before_the_list_is_shown(
    shell: Shell, calls: Path, tmp_path: Path
) -> None:
    """So that the list knows whom they brought; the second shell of a day does none of it."""
    for _ in range(2):
        shell("--daily", "--inbox", "--sync")
    assert calls.read_text(encoding="utf-8") == "sync --quiet\ninbox --quiet\ntoday\n"
    for mark in ("synced-on", "inbox-read-on", "shown-on"):
        assert (tmp_path / "state" / "connect" / mark).stat().st_mode & 0o777 == 0o600


def test_the_inbox_and_the_list_are_each_done_once_a_day(shell: Shell, calls: Path) -> None:
    """One that was shown already does not keep the other from being taken in."""
    shell("--daily")
    shell("--inbox")
    assert calls.read_text(encoding="utf-8") == "today\ninbox --quiet\n"


DATE = """case "$*" in
  +%H) echo 12 ;;
  +%F) echo {day} ;;
  +%G-%V) echo {week} ;;
  *) echo "date: illegal option" >&2; exit 1 ;;
esac"""
"""A `date` that knows what every system's knows, and no more."""


REVIEW = "review since last week"


def _set_date(folder: Path, day: str, week: str) -> None:
    file = folder / "date"
    file.write_text(f"#!/bin/sh\n{DATE.format(day=day, week=week)}\n", encoding="utf-8")
    file.chmod(0o755)


def test_the_week_is_reviewed_in_its_first_shell_after_the_list_of_the_day(
    shell: Shell, calls: Path, tmp_path: Path
) -> None:
    """A new day of the week has its list alone; a week is one by ISO, also at the turn of years."""
    days = (
        ("2026-12-27", "2026-52"),
        ("2026-12-28", "2026-53"),
        ("2027-01-01", "2026-53"),
        ("2027-01-01", "2026-53"),
        ("2027-01-04", "2027-01"),
    )
    for day, week in days:
        _set_date(tmp_path / "bin", day, week)
        shell("--weekly", "--daily")
    done = ["today", REVIEW, "today", REVIEW, "today", "today", REVIEW]
    assert calls.read_text(encoding="utf-8").splitlines() == done
    mark = tmp_path / "state" / "connect" / "reviewed-in"
    assert mark.read_text(encoding="utf-8") == "2027-01\n"
    assert mark.stat().st_mode & 0o777 == 0o600


def test_the_date_of_this_system_knows_the_week(shell: Shell, calls: Path) -> None:
    """The second shell of a week is silent."""
    for _ in range(2):
        shell("--weekly")
    assert calls.read_text(encoding="utf-8") == f"{REVIEW}\n"


def test_no_day_is_between_two_reviews_of_weeks(name: str, connect: Connect) -> None:
    """What is logged after the first shell of a week is in the review of the next one."""
    (words,) = re.findall("connect review(.*)", connect("init", name, "--weekly").out)
    monday = date(2026, 11, 30)
    for after in range(7):  # the first shell of the week before may have been on its Monday
        today = monday + timedelta(days=after)
        assert read_span(words or "week", today).first <= monday - timedelta(days=7)


@pytest.mark.parametrize("word", ["inbox", "weekly", "sync"])
def test_what_fails_leaves_the_shell_alone(
    name: str, word: str, shell: Shell, calls: Path, connect: Connect, tmp_path: Path
) -> None:
    """Its exit code is not seen, nor its error but that of machines that do not meet any more.

    Nothing is read from the keyboard.
    """
    (tmp_path / "taken").write_text(connect("init", name, f"--{word}").out, encoding="utf-8")
    child = shell()
    child.sendline(f"source taken; echo ended-{STATUS[name]}")
    child.expect("ended-0")
    assert f"answer of {'review' if word == 'weekly' else word}" in (child.before or "")
    assert ("complaint" in (child.before or "")) is (word == "sync")
    assert calls.exists()


@pytest.mark.parametrize("word", ["--inbox", "--weekly", "--sync"])
def test_a_program_that_is_gone_is_not_missed(
    name: str, word: str, shell: Shell, connect: Connect, tmp_path: Path
) -> None:
    """A script that somebody kept in a file says nothing, and tries again when it is back."""
    connect("config", "set", "day_starts_at", "0")
    (tmp_path / "taken").write_text(connect("init", name, word).out, encoding="utf-8")
    child = shell()
    child.sendline("set PATH /usr/bin /bin" if name == "fish" else "PATH=/usr/bin:/bin")
    child.sendline(f"source taken; echo ended-{STATUS[name]}")
    child.expect("ended-0")
    assert not re.search("not found|(?i:unknown command)", child.before or "")
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize("word", ["--inbox", "--weekly", "--sync"])
def test_a_script_does_not_take_in_the_inbox(
    name: str, word: str, calls: Path, connect: Connect, tmp_path: Path
) -> None:
    """Only somebody at a prompt is told what came, or what the week was."""
    (tmp_path / "taken").write_text(connect("init", name, word).out, encoding="utf-8")
    words = [*(one for one in SHELLS[name] if one != "-i"), "-c", "source ./taken"]
    path = f"{tmp_path / 'bin'}:/usr/bin:/bin"
    env = {"PATH": path, "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")}
    done = subprocess.run(
        [name, *words], cwd=tmp_path, env=env, check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert not calls.exists()


def test_the_segment_stands_before_the_prompt(shell: Shell) -> None:
    """With --prompt the number of people left is always in sight."""
    child = shell("--prompt")
    child.sendline("")
    child.expect_exact("[1 left]")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--prompt", "--inbox"),
        ("--prompt", "--inbox", "--daily"),
        ("--prompt", "--inbox", "--daily", "--weekly", "--sync"),
    ],
)
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
    script = connect("init", name, "--prompt", "--inbox", "--daily", "--weekly", "--sync").out
    assert not re.search(r"ALIAS|# ==", script)


@pytest.mark.parametrize("word", ["--daily", "--inbox", "--weekly", "--sync"])
def test_the_list_of_the_day_waits_for_the_day_to_begin(
    name: str, word: str, connect: Connect
) -> None:
    """A shell opened before that hour leaves the list, the inbox and the week to the morning."""
    connect("config", "set", "day_starts_at", "6")
    script = connect("init", name, word).out
    assert "-ge 6" in script
    assert "HOUR" not in script
