"""Real commands, many in one process, under what a test takes away from it.

`python -m tests.faults.working` reads orders from its standard input, those that are to be done at
once as a line of JSON, and does each in a fork of its own: starting Python and loading the commands
takes longer than they do. For each line it writes one: code, output and errors of every command.
"""

import atexit
import gc
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import connect_cli.store.writes  # noqa: F401  # loaded once, here, and not by each fork
from connect_cli.cli.app import app
from tests.once import command_of
from tests.ran import MORNING, Ran

WITHOUT_ROOTS_RIGHTS = (
    *("setpriv", "--bounding-set=-dac_override,-dac_read_search,-chown,-fowner"),
)
READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0"'
"""For a shell that sees the file systems in its own way: the folder `$0` cannot be written."""
NOW = datetime.fromisoformat(MORNING)


def run(words: Sequence[str], now: datetime = NOW) -> Ran:
    """One real command in this process."""
    os.environ["CONNECT_NOW"] = now.isoformat()
    out = io.TextIOWrapper(written := io.BytesIO(), encoding="utf-8", newline="")
    code = 0
    with redirect_stdout(out), redirect_stderr(io.StringIO()) as err:
        try:
            command_of(app)(list(words), prog_name="connect")
        except SystemExit as ended:
            code = int(ended.code or 0)
    out.flush()
    return Ran(code, written.getvalue().decode(), err.getvalue())


class Workers:
    """A process that does orders, each in a fork of its own, for as long as the tests last."""

    def __init__(self, under: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            [*under, sys.executable, "-m", "tests.faults.working"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self._close)

    def answers(self, orders: Sequence[dict[str, Any]]) -> list[list[Ran]]:
        """What the commands of each order answered. A fork that failed itself fails the test."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(orders)}\n")
        self._process.stdin.flush()
        done = json.loads(self._process.stdout.readline())
        assert [(one["status"], one["said"]) for one in done] == [(0, "")] * len(orders), done
        return [[Ran(**answer) for answer in one["answers"]] for one in done]

    def _close(self) -> None:
        self._process.communicate()


workers = cache(Workers)


def order(commands: Iterable[Sequence[str]], **more: Any) -> dict[str, Any]:
    """Commands to be done one after the other, and under what."""
    return {"commands": list(commands), "env": dict(os.environ), **more}


def ran(
    commands: Iterable[Sequence[str]],
    *,
    without_rights: bool = False,
    read_only: Path | None = None,
    largest_file: int | None = None,
    env: dict[str, str] | None = None,
) -> list[Ran]:
    """What these commands answer, one after the other in one process.

    without_rights: root, too, may do only what the mode of a file says. read_only: a folder that
    lies on a read-only file system for it. largest_file: bytes that a file may grow to.
    """
    under: tuple[str, ...] = ("unshare", "-rm") if read_only is not None else ()
    if without_rights and os.getuid() == 0:
        under = (*under, *WITHOUT_ROOTS_RIGHTS)
    one = order(
        commands,
        env={**os.environ, **(env or {})},
        read_only=None if read_only is None else str(read_only),
        largest_file=largest_file,
    )
    return workers(under).answers([one])[0]


def at_once(all_commands: Iterable[Iterable[Sequence[str]]]) -> list[list[Ran]]:
    """What they answer, each in a process of its own, while the others run."""
    return workers(()).answers([order(commands) for commands in all_commands])


BEGINS = """
import os
from connect_cli.__main__ import main
os.write(1, b"!")
main()
"""


def begun(*words: str, **more: Any) -> "subprocess.Popen[str]":
    """A command in a process of its own, once it has begun: before, a signal only meets Python."""
    process = subprocess.Popen(
        [sys.executable, "-c", BEGINS, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )
    assert process.stdout is not None
    assert os.read(process.stdout.fileno(), 1) == b"!"
    return process


@cache
def can_be_without_rights() -> bool:
    """Whether root's rights can be given up, or there are none to give up."""
    if os.getuid() != 0:
        return True
    true = [*WITHOUT_ROOTS_RIGHTS, "true"]
    return shutil.which(true[0]) is not None and subprocess.run(true, check=False).returncode == 0


@cache
def can_mount_read_only() -> bool:
    """Whether the system lets its users see file systems in their own way."""
    if shutil.which("unshare") is None:
        return False
    with TemporaryDirectory() as folder:
        words = ["unshare", "-rm", "sh", "-c", READ_ONLY, folder]
        return subprocess.run(words, capture_output=True, check=False).returncode == 0


class Fork:
    """An order that is done in a process of its own."""

    def __init__(self, order: dict[str, Any]) -> None:
        self._answered, self._said = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115  # closed at its end
        if not (number := os.fork()):
            gc.freeze()  # to look for waste would copy all that is shared
            os.dup2(self._said.fileno(), 2)
            os._exit(_do(order, self._answered.fileno()))
        self._number = number

    def end(self) -> dict[str, Any]:
        """How it ended, what it answered, and what it wrote to its standard error besides."""
        _, status = os.waitpid(self._number, 0)
        with self._answered as answered, self._said as said:
            answered.seek(0)
            said.seek(0)
            answers = [json.loads(line) for line in answered]
            return {"status": status, "said": said.read().decode(), "answers": answers}


def _do(order: dict[str, Any], answered: int) -> int:
    """Do an order in this process, and write the answers; returns its exit code."""
    try:
        os.environ.clear()
        os.environ.update(order["env"])
        time.tzset()
        if most := order.get("largest_file"):
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
        answers = [run(words) for words in order["commands"]]
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        with open(answered, "w", encoding="utf-8") as file:  # a number
            file.writelines(f"{json.dumps(asdict(one))}\n" for one in answers)
    except BaseException:  # noqa: BLE001  # nothing may go on as a second worker
        traceback.print_exc()
        return 1
    return 0


def main() -> None:
    """Do what is ordered, until nothing more is."""
    for line in sys.stdin:
        orders = json.loads(line)
        folders = [one["read_only"] for one in orders if one.get("read_only")]
        for folder in folders:
            subprocess.run(["sh", "-c", READ_ONLY, folder], check=True)
        forks = [Fork(one) for one in orders]
        done = [fork.end() for fork in forks]
        for folder in folders:
            subprocess.run(["umount", folder], check=True)
        print(json.dumps(done), flush=True)  # noqa: T201  # its answer


if __name__ == "__main__":
    main()
