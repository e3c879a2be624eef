"""What shells take in: the scripts of `connect init`, in the real shells at a terminal."""

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
