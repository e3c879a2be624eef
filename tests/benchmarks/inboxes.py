"""What taking in the inbox costs: with nothing new beside `today`, 100 lines beside one `log`."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from tests.benchmarks.cases import Case
from tests.benchmarks.measuring import Costs, Task, in_pairs

LINES = 100
NOTHING_NEW, ALL_NEW = 1.3, 3.0
"""The most that it may cost, in times `today` and in times one `log`."""

TODAY = ("today",)
LOG = ("log", "Coffee with Ada Lovelace 45m: she is moving to Boston")
HEAD = ("the inbox", "CPU ms min", "median", "wall ms", "MiB", "of another command", "at most")


def table(journal: Path, rounds: int) -> list[tuple[str, ...]]:
    """Heading and rows, on a journal that exists."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        inbox = _Inbox(folder)
        task, logs = inbox.task(journal, "inbox"), inbox.task(journal, *LOG)
        new: tuple[Costs, Costs] = Costs(), Costs()
        for number in range(rounds + 1):
            inbox.write()
            for mine, costs in zip((task, logs), new, strict=True):
                cost = mine.run()
                if number:  # the first round only warms the caches
                    costs.append(cost)
        inbox.write()
        task.run()
        ((nothing, today),) = in_pairs([(task, inbox.task(journal, *TODAY))], rounds)
    return [
        HEAD,
        _row(f"`inbox`, nothing new in {LINES} lines", nothing, today, "today", NOTHING_NEW),
        _row(f"`inbox`, {LINES} new lines", *new, "log", ALL_NEW),
    ]


class _Inbox:
    """A folder with one file, and the settings that name it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._written, self._words = folder, 0, uuid4().hex
        settings = folder / "config" / "connect" / "config.toml"
        settings.parent.mkdir(parents=True)
        (folder / "inbox").mkdir()
        settings.write_text(f'[inbox]\nfolder = "{folder / "inbox"}"\n', "utf-8")

    def write(self) -> None:
        """Lines that were never there before, in place of those that were."""
        self._written += 1
        said = f"2026-11-20T18:05 Coffee with Ada Lovelace 45m: {self._words} {self._written}"
        lines = (f"{said} {number}\n" for number in range(LINES))
        (self._folder / "inbox" / "phone.txt").write_text("".join(lines), "utf-8")

    def task(self, journal: Path, *words: str) -> Task:
        """A command on a journal, with these settings."""
        env = {"XDG_CONFIG_HOME": str(self._folder / "config")}
        return Case(words, "R", 0, env=env).task(journal)


def _row(name: str, mine: Costs, its: Costs, called: str, most: float) -> tuple[str, ...]:
    return name, *mine.cells(), f"{mine.to(its):.2f} {called}", f"{most:.2f}"
