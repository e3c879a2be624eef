"""Hold Ctrl-C back while a command that is done gives its answer.

From the commit on, an interrupt could only hide that the command is done: exit code 130, and no
answer. So one Ctrl-C waits from there (`committing`) until the answer has been given
(`let_through`, in Session.close). A second one always interrupts, and so does the first as soon as
a question is asked (`heard`).

A run of the program has one such state, as a process has one handler of a signal.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any


class _Run:
    """before: the handler in whose place ours is. waiting: Ctrl-C was pressed since."""

    def __init__(self) -> None:
        self.holds = False
        self.waiting = False
        self.before: Any = None


_run = _Run()


@contextmanager
def committing() -> Iterator[None]:
    """Hold Ctrl-C back from this step on, which ends a command's work, unless the step fails."""
    hold()
    try:
        yield
    except BaseException:
        let_through()
        raise


def hold() -> None:
    """Hold the next Ctrl-C back. Where it is ignored, as in the background, it stays ignored."""
    if not _run.holds and signal.getsignal(signal.SIGINT) not in (signal.SIG_IGN, None):
        _run.waiting = False
        with suppress(ValueError):  # only the main thread can receive signals
            _run.before = signal.signal(signal.SIGINT, _wait)
            _run.holds = True


def let_through() -> None:
    """Hold Ctrl-C back no longer. Raises KeyboardInterrupt if one has come meanwhile."""
    if drop():
        raise KeyboardInterrupt


def drop() -> bool:
    """Hold Ctrl-C back no longer; returns whether one has come meanwhile."""
    if _run.holds:
        _run.holds = False
        signal.signal(signal.SIGINT, _run.before)
    waiting, _run.waiting = _run.waiting, False
    return waiting


@contextmanager
def heard() -> Iterator[None]:
    """Hear Ctrl-C while somebody is asked, and then hold it back again if it was before."""
    held = _run.holds
    let_through()
    yield
    if held:
        hold()


@contextmanager
def postponed() -> Iterator[None]:
    """Hold Ctrl-C back for a step that must not be cut in two, if it is not held back anyway."""
    if _run.holds:
        yield
        return
    hold()
    try:
        yield
    finally:
        let_through()


def ignore() -> None:
    """Ignore Ctrl-C from now on: the program ends, and its exit code is decided."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _wait(_number: int, _frame: FrameType | None) -> None:
    if _run.waiting:
        raise KeyboardInterrupt
    _run.waiting = True
