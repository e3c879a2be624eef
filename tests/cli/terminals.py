"""Commands at a terminal of their own, and how they end."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import pexpect

from tests.cli.forked import can_fork, program

Terminal = Callable[..., "pexpect.spawn[str]"]
SECONDS = 60  # patience, not a measure: a slow machine only waits
PATIENCE = 10
"""Seconds between two Ctrl-C: a busy machine needs some to end a command after the first."""


@contextmanager
def terminals() -> Iterator[Terminal]:
    """Run commands at terminals of their own, for as long as this lasts."""
    started: list[pexpect.spawn[str]] = []

    def run(
        *words: str, module: str = "connect_cli", width: int = 80, height: int = 24, **env: str
    ) -> "pexpect.spawn[str]":
        seen = {**os.environ, "TERM": "xterm-256color", "PAGER": "cat", **env}
        forked = module == "connect_cli" and can_fork(env)
        child = pexpect.spawn(
            sys.executable,
            ["-m", module, *words],
            env=seen,
            encoding="utf-8",
            dimensions=(height, width),
            timeout=SECONDS,
            preexec_fn=program(words, seen) if forked else None,
        )
        started.append(child)
        return child

    yield run
    for child in started:
        child.close(force=True)


def on_terminal(*module: str, env: Mapping[str, str], width: int = 80) -> str:
    """All that a module of the tests writes to a terminal, with nobody at the keyboard."""
    child = pexpect.spawn(
        "/bin/sh",
        ["-c", 'exec "$0" -m "$@" </dev/null', sys.executable, *module],
        env=dict(env),
        encoding="utf-8",
        dimensions=(24, width),
        timeout=6 * SECONDS,
    )
    assert finished(child) == 0, child.before
    return str(child.before)


def finished(child: "pexpect.spawn[str]") -> int:
    """Its exit code, once it has ended; what it wrote last stands in `before`."""
    child.expect(pexpect.EOF)
    return _closed(child)


def _closed(child: "pexpect.spawn[str]") -> int:
    child.close()
    return int(child.exitstatus if child.exitstatus is not None else -1)


def interrupted(child: "pexpect.spawn[str]") -> int:
    """Its exit code after Ctrl-C; pressed again if it came before the question was listening."""
    for _ in range(SECONDS):
        child.sendintr()
        if child.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=PATIENCE) == 0:
            return _closed(child)
    return finished(child)
