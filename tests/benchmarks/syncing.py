"""What machines that keep one journal cost: one new interaction, nothing new, and the beginning."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from tests.benchmarks.cases import Case
from tests.benchmarks.measuring import Costs, Task

ONE_NEW, NOTHING_NEW = 1.3, 1.3
"""The most that a run may cost, in times a plain `log` and in times `today`."""

HEAD = ("sync", "CPU ms min", "median", "wall ms", "MiB", "of another command", "at most")
BEGINS = ("sync, the beginning", "CPU s", "wall s", "MiB")
LINE = "Coffee with Ada Lovelace 45m: she is moving to Boston"


def table(journal: Path, rounds: int) -> list[tuple[str, ...]]:
    """Heading and rows: two machines that both have a journal of this size."""
    with TemporaryDirectory() as name:
        first, second = _machines(Path(name), journal)
        logs, gives, takes, nothing, looks = (Costs() for _ in range(5))
        for number in range(rounds + 1):
            note = f"{LINE} {uuid4().hex}"
            ran = (
                (logs, first.task("log", note)),
                (gives, first.task("sync")),
                (takes, second.task("sync")),
                (nothing, second.task("sync")),
                (looks, second.task("today")),
            )
            for costs, task in ran:
                cost = task.run()
                if number:  # the first round only warms the caches
                    costs.append(cost)
    return [
        HEAD,
        _row("`sync`, one new interaction given", gives, logs, "log", ONE_NEW),
        _row("`sync`, one new interaction taken", takes, logs, "log", ONE_NEW),
        _row("`sync`, nothing new", nothing, looks, "today", NOTHING_NEW),
    ]


def beginning(journal: Path) -> list[tuple[str, ...]]:
    """What it costs to give a whole journal, and to take it on a new machine."""
    with TemporaryDirectory() as name:
        first, second = (_Machine(Path(name), each) for each in ("first", "second"))
        shutil.copy(journal, first.journal)
        rows: list[tuple[str, ...]] = [BEGINS]
        for what, machine in (("given", first), ("taken", second)):
            cost = machine.set_up().run()
            cells = (f"{cost.cpu:.1f}", f"{cost.wall:.1f}", f"{cost.memory / 1024:.0f}")
            rows.append((f"a whole journal {what}", *cells))
        size = sum(each.stat().st_size for each in first.folder.rglob("*") if each.is_file())
        rows.append((f"the folder then holds {size / 1e6:.1f} MB", "", "", ""))
    return rows


class _Machine:
    """A machine with a journal, settings and a name of its own, and the folder that both see."""

    def __init__(self, home: Path, name: str) -> None:
        self._name, self._home = name, home / name
        self.folder = home / "folder"
        self.journal = self._home / "journal.db"
        self._home.mkdir()

    def task(self, *words: str) -> Task:
        """A command on this machine."""
        env = {"XDG_CONFIG_HOME": str(self._home / "config"), "CONNECT_MACHINE": self._name}
        return Case(words, "R", 0, env=env).task(self.journal)

    def set_up(self) -> Task:
        """Begin to meet the other machines."""
        return self.task("sync", "--setup", str(self.folder), "--yes")


def _machines(home: Path, journal: Path) -> tuple[_Machine, _Machine]:
    first, second = (_Machine(home, each) for each in ("first", "second"))
    shutil.copy(journal, first.journal)
    first.set_up().run()
    second.set_up().run()
    second.task("today").run()
    return first, second


def _row(name: str, mine: Costs, its: Costs, called: str, most: float) -> tuple[str, ...]:
    return name, *mine.cells(), f"{mine.to(its):.2f} {called}", f"{most:.2f}"
