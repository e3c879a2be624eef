"""Commands in a fork of the tests, which have loaded what a command needs: most of its time.

A fork is a process with a terminal and an end of its own. What it does not show is how a program
starts: the tests of processes, imports, signals and shells start real ones.
"""

import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence

STARTING = ("PYTHON", "LC_", "LANG")
"""Beginnings of the variables that Python reads when it starts, and never again."""


def can_fork(env: Mapping[str, str]) -> bool:
    """Whether a fork sees these variables as a program does that starts with them."""
    return not any(name.startswith(STARTING) for name in env)


def program(words: Sequence[str], env: Mapping[str, str]) -> Callable[[], None]:
    """What runs `connect` with these words and variables in a process that was just forked.

    It never returns: this process ends as the program ends.
    """

    def run() -> None:
        code = 1
        try:
            _take_over(env)
            code = _code_of(words)
        except BaseException:  # noqa: BLE001  # nothing may go on as a second run of the tests
            traceback.print_exc()
        finally:
            _flush()
            os._exit(code)

    return run


def _take_over(env: Mapping[str, str]) -> None:
    """Let go of what the tests have open, and be who a new program is."""
    gc.freeze()  # to look for waste would copy all that is shared with the tests
    os.closerange(3, 4096)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    is_terminal = os.isatty(1)
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", closefd=False)  # type: ignore[misc]  # noqa: SIM115  # as at a start
    sys.stdout = sys.__stdout__ = open(  # type: ignore[misc]  # noqa: SIM115  # as above
        1, "w", encoding="utf-8", closefd=False, buffering=1 if is_terminal else -1
    )
    sys.stderr = sys.__stderr__ = open(  # type: ignore[misc]  # noqa: SIM115  # as above
        2, "w", encoding="utf-8", closefd=False, buffering=1, errors="backslashreplace"
    )


def _code_of(words: Sequence[str]) -> int:
    """Run the command to its end."""
    from connect_cli.__main__ import main

    sys.argv = ["connect", *words]
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue
