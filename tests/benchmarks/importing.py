"""What it costs to take in a journal as JSON Lines, beyond starting up: interactions a second,
memory.

Start-up is the same command on a file with one person. Each round brings the file into an empty
journal, and then once more, which changes nothing.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.cases import ROOT, RUN
from tests.benchmarks.measuring import Costs, Task
from tests.benchmarks.sizes import SIZES

WANTED = 10_000
"""Interactions a second, of CPU."""

NOW = "2026-11-23T08:00"
HEAD = (
    "import of JSON Lines",
    "CPU ms min",
    "median",
    "wall ms",
    "MiB",
    "interactions/s",
    "at least",
)


@dataclass(frozen=True)
class Imported:
    """What taking in so many interactions cost. starts: start-up alone, in the same rounds."""

    interactions: int
    starts: Costs
    first: Costs
    again: Costs

    def rate(self, costs: Costs) -> float:
        """Interactions a second of CPU after start-up: the median over the rounds."""
        pairs = zip(costs, self.starts, strict=True)
        return median(self.interactions / (mine.cpu - start.cpu) for mine, start in pairs)


def measured(sizes: tuple[str, ...], rounds: int) -> list[Imported]:
    """Each size into an empty journal, and the same again."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        start = _lines(folder, "one")
        return [
            Imported(
                SIZES[size].interactions,
                *_in_turn(folder / "journal.db", start, _lines(folder, size), rounds),
            )
            for size in sizes
        ]


def table(sizes: tuple[str, ...], rounds: int) -> list[tuple[str, ...]]:
    """Heading and rows."""
    rows: list[tuple[str, ...]] = [HEAD]
    for each in measured(sizes, rounds):
        for name, costs in (("{:,} interactions", each.first), ("the same {:,} again", each.again)):
            rate = f"{each.rate(costs):,.0f}"
            rows.append((name.format(each.interactions), *costs.cells(), rate, f"{WANTED:,}"))
    return rows


def _lines(folder: Path, size: str) -> Path:
    """A file with a world of this size."""
    world, file = folder / "world.db", folder / f"{size}.jsonl"
    words = [sys.executable, "-m", "tests.benchmarks.world", size, str(world)]
    subprocess.run(words, check=True, cwd=ROOT)
    _task(world, "export", "jsonl", str(file)).run()
    _forget(world)
    return file


def _in_turn(journal: Path, start: Path, file: Path, rounds: int) -> tuple[Costs, Costs, Costs]:
    """Start-up, first import and second one, in turn."""
    starts, firsts, seconds = Costs(), Costs(), Costs()
    for _ in range(rounds):
        _forget(journal)
        starts.append(_task(journal, "import", str(start), "--yes").run())
        _forget(journal)
        firsts.append(_task(journal, "import", str(file), "--yes").run())
        seconds.append(_task(journal, "import", str(file), "--yes").run())
    _forget(journal)
    return starts, firsts, seconds


def _forget(journal: Path) -> None:
    for file in (*journal.parent.glob(f"{journal.name}*"), *journal.parent.glob("backups/*")):
        file.unlink()


def _task(journal: Path, *words: str) -> Task:
    env = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(journal.parent),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT / "src"),
        "CONNECT_JOURNAL": str(journal),
        "CONNECT_NOW": NOW,
    }
    return Task((sys.executable, "-c", RUN, *words), env)
