"""Under strace: `connect sync` opens no connection, and starts nothing but git."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import Ran

STRACE = shutil.which("strace")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(STRACE is None, reason="strace is not installed here"),
]
LINE = re.compile(r"\d+<(?P<program>[^>]+)> (?P<call>\w+)\((?P<given>.*)")
STARTS = ("execve", "execveat")


class Calls(NamedTuple):
    """What programs asked of the system. network: who called what. started: by connect itself."""

    network: list[tuple[str, str]]
    started: list[str]


Traced = Callable[..., Ran]


@pytest.fixture
def log_of_calls(tmp_path: Path) -> Path:
    """What strace writes."""
    return tmp_path / "calls"


@pytest.fixture
def on(tmp_path: Path, log_of_calls: Path) -> Traced:
    """Run a command on a machine under strace: `on("laptop", "sync")`."""
    minutes = iter(range(60))

    def run(name: str, *words: str) -> Ran:
        env = {
            "CONNECT_MACHINE": name,
            "CONNECT_JOURNAL": str(tmp_path / name / "journal.db"),
            "XDG_CONFIG_HOME": str(tmp_path / name / "config"),
            "CONNECT_NOW": f"2026-11-23T09:{next(minutes):02}",
        }
        return traced(log_of_calls, [sys.executable, "-m", "connect_cli", *words], env)

    return run


def traced(log: Path, command: list[str], env: dict[str, str]) -> Ran:
    """Run a program and all that it starts, and append their calls to a file."""
    calls = f"trace=%network,{','.join(STARTS)}"
    done = subprocess.run(
        [str(STRACE), "-f", "-Y", "-A", "-s", "4096", "-e", calls, "-o", str(log), *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **env},
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def read(log: Path, own: str) -> Calls:
    """The calls of a file. own: the program that stands for connect, by its name."""
    found = Calls([], [])
    for line in log.read_text("utf-8").splitlines():
        if (match := LINE.match(line)) is None or "resumed" in match["call"]:
            continue
        if match["call"] not in STARTS:
            found.network.append((match["program"], match["call"]))
        elif match["program"] == own and (path := re.search(r'"([^"]+)"', match["given"])):
            found.started.append(Path(path[1]).name)
    return found


CONNECT = Path(sys.executable).name
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("laptop", "log", "coffee with Ada Lovelace and Tom Reed", "--new"),
    ("laptop", "sync", "--setup", "PLACE", "--plain", "--yes"),
    ("desktop", "sync", "--setup", "PLACE", "--plain", "--yes"),
    ("tablet", "sync", "--setup", "PLACE", "--plain", "--yes"),
    ("desktop", "log", "walk with Ada: by the river"),
    ("desktop", "sync"),
    ("laptop", "sync", "--json"),
    ("laptop", "forget", "tom", "--yes"),
    ("laptop", "sync"),
    ("desktop", "sync", "--quiet"),
    ("laptop", "sync", "--machines"),
    ("laptop", "sync", "--retire", "tablet", "--yes"),
    ("desktop", "sync"),
    ("laptop", "sync"),
    ("laptop", "sync", "--check"),
    ("laptop", "sync"),
)
"""A set-up on three machines, giving, taking, forgetting, retiring and checking."""


def all_done(on: Traced, place: Path) -> list[Ran]:
    """Run them all; each succeeds."""
    ran = [on(*(str(place) if word == "PLACE" else word for word in words)) for words in COMMANDS]
    assert [each for each in ran if each.code] == []
    return ran


def all_calls(on: Traced, log: Path, place: Path) -> Calls:
    """What all of them called, once it is sure that they did their work."""
    ran = all_done(on, place)
    assert "to the byte" in ran[-2].out
    return read(log, CONNECT)


def test_strace_sees_a_socket_and_a_program_that_is_started(log_of_calls: Path) -> None:
    """The proof of the proofs: a program that does both is found out, and so is its child."""
    child = "import socket; socket.socket()"
    program = f"{child}; import subprocess; subprocess.run(['true']); import os; os.system('true')"
    assert traced(log_of_calls, [sys.executable, "-c", program], {}).code == 0
    calls = read(log_of_calls, CONNECT)
    assert (CONNECT, "socket") in calls.network
    assert {"true", "sh"} <= set(calls.started)


def test_with_a_folder_nothing_is_connected_and_nothing_is_started(
    on: Traced, log_of_calls: Path, tmp_path: Path
) -> None:
    """No program calls anything of the network, and connect starts no other program."""
    assert all_calls(on, log_of_calls, tmp_path / "meet") == Calls([], [])


def test_with_a_repository_git_alone_is_started_and_may_connect(
    on: Traced, log_of_calls: Path, tmp_path: Path
) -> None:
    """connect itself calls nothing of the network; whatever is called, git calls it."""
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "meet.git"], check=True)
    calls = all_calls(on, log_of_calls, tmp_path / "meet.git")
    assert set(calls.started) == {"git"}
    assert [each for each in calls.network if not each[0].startswith("git")] == []
