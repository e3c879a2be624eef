"""The trial of `connect sync`: taking and giving between two machines, one of which is killed."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

from tests.faults.trial import FIRST, Command, Trial, Wrong, with_record
from tests.faults.working import run
from tests.ran import Ran

RUNS = 4
"""How often the machine that is killed meets the other; before each it logs something."""

WHOSE = ("laptop", "desktop")
"""The machine that is killed, and the other one, whose journal lies beside its own."""

LATER = FIRST + timedelta(days=20)


def place(journal: Path) -> Path:
    """The sync folder: what is left over there is for the next run, not for the doctor."""
    return journal.parent.parent / "meet"


def met(journal: Path) -> Path:
    """The sync folder as it is before the first command."""
    return journal.parent / "met"


def carried(number: int, journal: Path) -> Path:
    """What the other machine had given by its nth run, as it will be carried here."""
    return journal.parent / "carried" / f"{number}"


def become(name: str, journal: Path) -> None:
    """Be one of the machines; its settings name the sync folder where it lies now."""
    own = journal if name == WHOSE[0] else journal.with_name(f"{name}.db")
    config = journal.parent.parent / "config" / name
    settings = config / "connect" / "config.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    if place(journal).exists():
        settings.write_text(f"[sync]\nfolder = '{place(journal)}'\n")
    os.environ |= {
        "CONNECT_MACHINE": name,
        "CONNECT_JOURNAL": str(own),
        "XDG_CONFIG_HOME": str(config),
    }


def on(name: str, journal: Path, *words: str, minute: int = 0) -> Ran:
    """Run a command on a machine. Raises Wrong if it fails."""
    become(name, journal)
    if (ran := run(words, LATER + timedelta(minutes=minute))).code:
        raise Wrong(f"{' '.join(words)} ended with {ran.code} on {name}: {ran.err}")
    become(WHOSE[0], journal)
    return ran


def two_machines(journal: Path) -> None:
    """They have met; then the other gave four times, none of which has been carried here yet."""
    laptop, desktop = WHOSE
    on(laptop, journal, "log", "coffee with Ada Lovelace and Grace Hopper", "--new")
    for name in WHOSE:
        on(name, journal, "sync", "--setup", str(place(journal)), "--yes")
    on(laptop, journal, "sync")
    shutil.copytree(place(journal), met(journal))
    for number in range(RUNS):
        on(desktop, journal, "log", f"walk with Ada: {number} there", "--new", minute=number)
        on(desktop, journal, "promise", "grace", f"a map of {number}", minute=number)
        on(desktop, journal, "sync", minute=number)
        shutil.copytree(place(journal), carried(number, journal))
    shutil.rmtree(place(journal))


def logged_or_met(number: int, journal: Path) -> Command:
    """Log something; then take what has been carried here since, and give it."""
    if not place(journal).exists():
        shutil.copytree(met(journal), place(journal))
    become(WHOSE[0], journal)
    if number % 2 == 0:
        return ("log", f"coffee with Ada and Grace: {number} here", "--remember", f"n{number}: x")
    carry(number // 2, journal)
    return ("sync",)


def carry(number: int, journal: Path) -> None:
    """Bring the files of the other machine, each whole."""
    came = carried(number, journal) / "machines"
    for each in sorted(came.rglob("*.json*")):
        there = place(journal) / "machines" / each.relative_to(came)
        if each.parent.name == other_machine(journal):
            there.parent.mkdir(exist_ok=True)
            shutil.copyfile(each, passing := there.with_name(f"carried {each.name}"))
            passing.replace(there)


def other_machine(journal: Path) -> str:
    """The id of the other machine: whose files grew while they were not carried."""
    first, last = (
        {path.parent.name: path.read_bytes() for path in carried(n, journal).rglob("machine.json")}
        for n in (0, RUNS - 1)
    )
    (found,) = [name for name in last if first[name] != last[name]]
    return found


def check_all_met(journal: Path) -> None:
    """Let both meet until they have everything. Raises Wrong unless they hold the same."""
    laptop, desktop = WHOSE
    carry(RUNS - 1, journal)
    for minute, name in enumerate((laptop, desktop, laptop, desktop), RUNS):
        on(name, journal, "sync", minute=minute)
    both = [on(name, journal, "export", "jsonl", minute=99).out for name in WHOSE]
    if both[0] != both[1]:
        raise Wrong(f"the machines differ at last: {both}")
    if any(f"{number} there" not in both[0] for number in range(RUNS)):
        raise Wrong("what the other machine gave is not there at last")
    if left := [path.name for path in place(journal).rglob(".*")]:
        raise Wrong(f"in the sync folder there is left over: {left}")


SYNC_TRIAL = Trial(
    two_machines, logged_or_met, with_record, 2 * RUNS, "sync", at_last=check_all_met
)
