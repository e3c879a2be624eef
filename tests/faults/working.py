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
from typing import Any

from connect_cli.cli import app
from tests.conftest import MORNING, Ran

WITHOUT_ROOTS_RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
NOW = datetime.fromisoformat(MORNING)


def run(words: Sequence[str], now: datetime = NOW) -> Ran:
    """One real command in this process."""
    os.environ["CONNECT_NOW"] = now.isoformat()
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        try:
            app(list(words), prog_name="connect")
        except SystemExit as ended:
            return Ran(int(ended.code or 0), out.getvalue(), err.getvalue())
    return Ran(0, out.getvalue(), err.getvalue())


def ordered(
    commands: Iterable[Sequence[str]],
    *,
    without_rights: bool = False,
    largest_file: int | None = None,
    env: dict[str, str] | None = None,
) -> "subprocess.Popen[str]":
    """A process that will run these commands, once its standard input is closed.

    without_rights: root, too, may do only what the mode of a file says. largest_file: bytes that a
    file may grow to.
    """
    order = {"commands": list(commands), "largest_file": largest_file}
    under = WITHOUT_ROOTS_RIGHTS if without_rights and os.getuid() == 0 else ()
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
    assert (process.returncode, err) == (0, "")
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
