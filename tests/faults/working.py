"""Real commands, many in one process, under what a test takes away from it.

`python -m tests.faults.working` reads what to do as JSON from its standard input, begins when that
is closed, and writes a line of JSON for each command: exit code, output, errors.
"""

import io
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from connect_cli.cli.app import app
from tests.conftest import MORNING, Ran

WITHOUT_ROOTS_RIGHTS = (
    *("setpriv", "--bounding-set=-dac_override,-dac_read_search,-chown,-fowner"),
)
READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
"""For a shell that sees the file systems in its own way: the folder `$0` cannot be written."""
NOW = datetime.fromisoformat(MORNING)


def run(words: Sequence[str], now: datetime = NOW) -> Ran:
    """One real command in this process."""
    os.environ["CONNECT_NOW"] = now.isoformat()
    out = io.TextIOWrapper(written := io.BytesIO(), encoding="utf-8", newline="")
    code = 0
    with redirect_stdout(out), redirect_stderr(io.StringIO()) as err:
        try:
            app(list(words), prog_name="connect")
        except SystemExit as ended:
            code = int(ended.code or 0)
    out.flush()
    return Ran(code, written.getvalue().decode(), err.getvalue())


def ordered(
    commands: Iterable[Sequence[str]],
    *,
    without_rights: bool = False,
    read_only: Path | None = None,
    largest_file: int | None = None,
    env: dict[str, str] | None = None,
) -> "subprocess.Popen[str]":
    """A process that will run these commands, once its standard input is closed.

    without_rights: root, too, may do only what the mode of a file says. read_only: a folder that
    lies on a read-only file system for it. largest_file: bytes that a file may grow to.
    """
    order = {"commands": list(commands), "largest_file": largest_file}
    under = WITHOUT_ROOTS_RIGHTS if without_rights and os.getuid() == 0 else ()
    if read_only is not None:
        under = (*mounted(read_only), *under)
    process = subprocess.Popen(
        [*under, sys.executable, "-m", "tests.faults.working"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(env or {})},
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(order))
    process.stdin.flush()
    return process


def answers(process: "subprocess.Popen[str]") -> list[Ran]:
    """What its commands answered. A process that failed itself fails the test."""
    out, err = process.communicate(timeout=300)
    assert (process.returncode, err) == (0, ""), err
    return [Ran(**json.loads(line)) for line in out.splitlines()]


def ran(commands: Iterable[Sequence[str]], **under: Any) -> list[Ran]:
    """What these commands answer under those conditions."""
    return answers(ordered(commands, **under))


def can_be_without_rights() -> bool:
    """Whether root's rights can be given up, or there are none to give up."""
    if os.getuid() != 0:
        return True
    true = [*WITHOUT_ROOTS_RIGHTS, "true"]
    return shutil.which(true[0]) is not None and subprocess.run(true, check=False).returncode == 0


def mounted(read_only: Path) -> Sequence[str]:
    """What stands before a program for which a folder lies on a read-only file system."""
    return ("unshare", "-rm", "sh", "-c", READ_ONLY, str(read_only))


def can_mount_read_only() -> bool:
    """Whether the system lets its users see file systems in their own way."""
    if shutil.which("unshare") is None:
        return False
    with TemporaryDirectory() as folder:
        words = [*mounted(Path(folder)), "true"]
        return subprocess.run(words, capture_output=True, check=False).returncode == 0


def main() -> None:
    """Do what was ordered."""
    order = json.loads(sys.stdin.read())
    if order["largest_file"] is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["largest_file"], resource.RLIM_INFINITY))
    for words in order["commands"]:
        done = run(words)
        print(json.dumps({"code": done.code, "out": done.out, "err": done.err}), flush=True)  # noqa: T201  # its answer


if __name__ == "__main__":
    main()
