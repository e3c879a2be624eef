"""Ending in order when the terminal closes or the system stops."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

GOING = (signal.SIGHUP, signal.SIGTERM)
"""What ends the program when its terminal closes or the system stops."""


@contextmanager
def in_order() -> Iterator[None]:
    """Be stopped as by Ctrl-C, so that what is open is put away.

    What is ignored (`nohup`) stays ignored. Signals are told to the main thread alone.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = [each for each in GOING if signal.getsignal(each) is not signal.SIG_IGN]
    before = {each: signal.signal(each, _stop) for each in heard}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _stop(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
