"""What a whole process costs, as the system that ran it says: CPU, wall time, memory."""

import os
import pty
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from statistics import median

LINES, COLUMNS = 24, 80


@dataclass(frozen=True)
class Cost:
    """One run. cpu, wall: seconds. memory: the most that was resident, in KiB."""

    cpu: float
    wall: float
    memory: int


@dataclass(frozen=True)
class Task:
    """A command line and where it runs. terminal: its output goes to one.

    before: what is done before each run, and not measured.
    """

    argv: Sequence[str]
    env: Mapping[str, str]
    terminal: bool = False
    before: Callable[[], None] = lambda: None

    def run(self) -> Cost:
        """Run it once. Raises RuntimeError if it fails: what failed is no measure."""
        self.before()
        return _at_terminal(self) if self.terminal else _piped(self)


class Costs(list[Cost]):
    """Several runs of one command."""

    @property
    def cpu(self) -> float:
        """The least CPU: what it costs when nothing disturbs it."""
        return min(cost.cpu for cost in self)

    @property
    def middle(self) -> float:
        """The median of the CPU."""
        return median(cost.cpu for cost in self)

    @property
    def wall(self) -> float:
        """The median of the wall time."""
        return median(cost.wall for cost in self)

    @property
    def memory(self) -> float:
        """The median of the memory, in MiB."""
        return median(cost.memory for cost in self) / 1024

    def cells(self) -> tuple[str, str, str, str]:
        """CPU, its median and wall time in milliseconds, and MiB, for a table."""
        times = (self.cpu, self.middle, self.wall)
        least, middle, wall = (f"{each * 1000:.0f}" for each in times)
        return least, middle, wall, f"{self.memory:.0f}"

    def to(self, other: "Costs") -> float:
        """How many times the other's CPU: the median over the pairs, which ran side by side."""
        return median(mine.cpu / its.cpu for mine, its in zip(self, other, strict=True))


def in_pairs(pairs: Sequence[tuple[Task, Task]], rounds: int) -> list[tuple[Costs, Costs]]:
    """Each pair as often as there are rounds, one after the other, so that noise meets both."""
    measured = [(Costs(), Costs()) for _ in pairs]
    for number in range(rounds + 1):
        for tasks, costs in zip(pairs, measured, strict=True):
            for task, its in zip(tasks, costs, strict=True):
                cost = task.run()
                if number:  # the first round only warms the caches
                    its.append(cost)
    return measured


def _piped(task: Task) -> Cost:
    start = time.perf_counter()
    child = subprocess.Popen(
        task.argv,
        env=dict(task.env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return _waited(child, start)


def _at_terminal(task: Task) -> Cost:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (LINES, COLUMNS))
    start = time.perf_counter()
    child = subprocess.Popen(
        task.argv, env=dict(task.env), stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    reader = threading.Thread(target=_drain, args=(ours,))
    reader.start()
    try:
        return _waited(child, start)
    finally:
        reader.join()
        os.close(ours)


def _drain(terminal: int) -> None:
    with suppress(OSError):  # the other side hung up
        while os.read(terminal, 65536):
            pass


def _waited(child: "subprocess.Popen[bytes]", start: float) -> Cost:
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"exit {child.returncode}: {child.args!r}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss)
