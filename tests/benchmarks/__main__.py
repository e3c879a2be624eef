"""What every command costs, in pairs with the least that such a command can cost.

    python -m tests.benchmarks                      size M against the floors, then XL against S,
                                                    and what looks back on a year against M
    python -m tests.benchmarks --smoke              S and M, a few rounds, for CI: it only reports
    python -m tests.benchmarks --short              a few commands in one table, for a README
    python -m tests.benchmarks --compare CHECKOUT   this checkout against another one
    python -m tests.benchmarks --only today --rounds 40

Floor R is the smallest Typer command that opens a database and prints a one-row Rich table, W the
same with `import sqlmodel`, P `python -c "import sqlite3"`. Each command and its floor run one
after the other, many times, all commands in turn; the ratio is the median over those pairs. CPU is
that of the whole process. --peers VENV adds jrnl and khard, which are installed there. The worlds
are made once and kept in --worlds; XL needs 1.3 GB.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks import importing, inboxes, peers, syncing
from tests.benchmarks.cases import CASES, ROOT, Case
from tests.benchmarks.measuring import Costs, in_pairs

Rows = list[tuple[str, ...]]
SHORT_HEAD = ("", "CPU ms", "of its floor", "at most", "at XL, of itself at S", "at most")


def main() -> None:
    """Measure, and print tables that a page can hold."""
    chosen = _chosen()
    _compile(ROOT, *([chosen.compare] if chosen.compare else []))
    cases = [case for case in CASES if chosen.only in case.name]
    print(f"{_machine()}, {len(cases)} commands, {chosen.rounds} rounds\n")
    if chosen.compare:
        _show(_compared(cases, chosen))
    elif chosen.short:
        _show(_short(cases, chosen))
    elif chosen.smoke:
        _show(_against_floors(cases, chosen.worlds, "S", chosen.rounds))
        _show(_against_floors(cases, chosen.worlds, chosen.size, chosen.rounds))
        _show(inboxes.table(world(chosen.worlds, chosen.size), chosen.rounds))
        _show(syncing.table(world(chosen.worlds, "S"), chosen.rounds))
        _show(importing.table(("2k",), 1))
        _plan()
    else:
        _show(_against_floors(cases, chosen.worlds, chosen.size, chosen.rounds))
        for beside in ("S", "M"):
            _show(_grown(cases, chosen.worlds, chosen.rounds, beside))
        _show(inboxes.table(world(chosen.worlds, chosen.size), chosen.rounds))
        _show(syncing.table(world(chosen.worlds, chosen.size), chosen.rounds))
        for size in ("M", "XL"):
            _show(syncing.beginning(world(chosen.worlds, size)))
        _show(importing.table(("10k", "100k"), max(1, chosen.rounds // 4)))
        _plan()
        if chosen.peers:
            _show(_beside(chosen))


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--peers", type=Path, metavar="VENV")
    parser.add_argument("--compare", type=Path, metavar="CHECKOUT")
    parser.add_argument("--only", default="", metavar="WORD")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--size", default="M")
    parser.add_argument(
        "--worlds", type=Path, default=Path(tempfile.gettempdir()) / f"connect-worlds-{os.getuid()}"
    )
    chosen = parser.parse_args()
    chosen.rounds = chosen.rounds or (3 if chosen.smoke else 20)
    return chosen


def _compile(*checkouts: Path) -> None:
    """Compile first, so that no command pays for it; a shell may forbid that, so ask anew."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for checkout in checkouts:
        folders = [str(checkout / "src"), str(Path(__file__).parent)]
        subprocess.run([sys.executable, "-m", "compileall", "-q", *folders], check=True)


def world(folder: Path, size: str) -> Path:
    """The journal of this size, made in a process of its own: what makes it stays small."""
    journal = folder / size / "journal.db"
    if not journal.exists():
        journal.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = journal.with_name("new.db")
        new.unlink(missing_ok=True)
        words = [sys.executable, "-m", "tests.benchmarks.world", size, str(new)]
        subprocess.run(words, check=True, cwd=ROOT)
        new.rename(journal)
    _say_copied(journal)
    return journal


def _say_copied(journal: Path) -> None:
    """Let the day's copy be there: it is made once a day, after the answer."""
    copy = journal.with_name("backups") / f"{journal.stem}-2026-11-23.db"
    copy.parent.mkdir(mode=0o700, exist_ok=True)
    copy.touch()


def _against_floors(cases: Sequence[Case], worlds: Path, size: str, rounds: int) -> Rows:
    journal = world(worlds, size)
    pairs = [(case.task(journal), case.floor_task(journal)) for case in cases]
    head = (f"size {size}", "CPU ms min", "median", "wall ms", "MiB", "of its floor", "at most")
    return [
        head,
        *(
            (case.name, *mine.cells(), f"{mine.to(floor):.2f} {case.floor}", _bound(case.most))
            for case, (mine, floor) in zip(cases, in_pairs(pairs, rounds), strict=True)
        ),
    ]


def _bound(most: float | None) -> str:
    return "" if most is None else f"{most:.2f}"


def _grown(cases: Sequence[Case], worlds: Path, rounds: int, beside: str) -> Rows:
    growing = [case for case in cases if case.grown and case.beside == beside]
    small, large = world(worlds, beside), world(worlds, "XL")
    pairs = [(case.task(large), case.task(small)) for case in growing]
    head = ("size XL", "CPU ms min", "median", "wall ms", "MiB", f"of {beside}", "at most")
    return [
        (*head, f"MiB of {beside}"),
        *(
            (
                *(case.name, *mine.cells(), f"{mine.to(its):.2f}", _bound(case.grown)),
                f"{mine.memory / its.memory:.2f}",
            )
            for case, (mine, its) in zip(growing, in_pairs(pairs, rounds), strict=True)
        ),
    ]


def _short(cases: Sequence[Case], chosen: argparse.Namespace) -> Rows:
    """One row a command, as on a terminal where it differs: against its floor, and its growth."""
    few = [case for case in cases if case.short]
    middle, small, large = (world(chosen.worlds, size) for size in ("M", "S", "XL"))
    floors = in_pairs([(c.task(middle), c.floor_task(middle)) for c in few], chosen.rounds)
    growth = in_pairs([(c.task(large), c.task(small)) for c in few], chosen.rounds)
    rows: Rows = [SHORT_HEAD]
    for case, (mine, floor), (grown, its) in zip(few, floors, growth, strict=True):
        against = f"{mine.to(floor):.2f} {case.floor}", _bound(case.most)
        growing = f"{grown.to(its):.2f}", _bound(case.grown)
        rows.append((case.short, _ms(mine), *against, *growing))
    for one in importing.measured(("100k",), max(1, chosen.rounds // 4)):
        name, rate = f"`connect import` of {one.interactions:,} interactions", one.rate(one.first)
        wanted = f"at least {importing.WANTED:,}"
        rows.append((name, _ms(one.first), f"{rate:,.0f} a second", wanted, "", ""))
    if chosen.peers:
        found = peers.measured(chosen.peers, chosen.rounds)
        rows += (
            (f"`{each}`", _ms(its), f"{its.to(floor):.2f} R", "", "", "")
            for each, its, floor in found
        )
    return rows


def _ms(costs: Costs) -> str:
    return f"{costs.middle * 1000:.0f}"


def _beside(chosen: argparse.Namespace) -> Rows:
    head = ("other tools, size M", "CPU ms min", "median", "wall ms", "MiB", "of R")
    found = peers.measured(chosen.peers, chosen.rounds)
    return [
        head,
        *((name, *its.cells(), f"{its.to(floor):.2f} R") for name, its, floor in found),
    ]


def _compared(cases: Sequence[Case], chosen: argparse.Namespace) -> Rows:
    journal = world(chosen.worlds, chosen.size)
    pairs = [(case.task(journal), case.task(journal, chosen.compare)) for case in cases]
    head = (f"size {chosen.size}", "CPU ms min", "median", "wall ms", "MiB", "of the other")
    return [
        head,
        *(
            (case.name, *mine.cells(), f"{mine.to(its):.2f}")
            for case, (mine, its) in zip(cases, in_pairs(pairs, chosen.rounds), strict=True)
        ),
    ]


def _machine() -> str:
    day = datetime.now(UTC).date()  # noqa: TID251  # a report carries its day
    python = platform.python_version()
    return f"{day}, Python {python}, {platform.machine()}, {os.cpu_count()} cores"


def _plan() -> None:
    subprocess.run([sys.executable, "-m", "tests.benchmarks.plan"], check=True, cwd=ROOT)


def _show(rows: Iterable[tuple[str, ...]]) -> None:
    head, *rest = rows
    for row in (head, tuple("---" for _ in head), *rest):
        print(f"| {' | '.join(row)} |")
    print(flush=True)


if __name__ == "__main__":
    main()
