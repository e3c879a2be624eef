"""Machines whose folders are carried by hand: late, twice, out of order, in part."""

import json
import random
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from connect_cli.store import machines as stored
from connect_cli.sync.checking import compare
from connect_cli.sync.run import Sync
from tests.exchange.copies import NOW, play
from tests.sync.fleet import Machine, carry

Files = dict[str, bytes]
Cut = Callable[[bytes], bytes]
CUTS: dict[str, Cut] = {
    "empty": lambda _: b"",
    "half a line": lambda whole: whole[: len(whole) // 2],
    "the last line half": lambda whole: whole[:-5],
    "no end line": lambda whole: b"".join(whole.splitlines(keepends=True)[:-1]),
    "header alone": lambda whole: whole.partition(b"\n")[0] + b"\n",
    "a line missing": lambda whole: b"".join(
        line for number, line in enumerate(whole.splitlines(keepends=True)) if number != 1
    ),
    "zeros behind": lambda whole: whole[: len(whole) // 2].ljust(len(whole), b"\0"),
    "garbage": lambda whole: bytes(255 - byte for byte in whole),
    "twice": lambda whole: whole + whole,
}
"""What a carrier may leave of a file that it has not brought whole."""


class Carried(Machine):
    """A machine with a folder of its own.

    versions: its own files after each of its runs. met: the ids of all interactions that it had.
    """

    def __init__(self, place: Path, name: str, ahead: timedelta = timedelta()) -> None:
        super().__init__(place / name, name, place / name / "folder", ahead)
        self.versions: list[Files] = [{}]
        self.met: set[str] = set()

    @property
    def id(self) -> str:
        """Its own id now."""
        with self.journal() as journal:
            mine = stored.mine(journal.connection)
            assert mine is not None
            return mine.machine_id

    def do(self, step: Any) -> None:
        """One random command."""
        self.minutes += 1
        play(self.path, [step], int((self.now - NOW) / timedelta(minutes=1)))
        self.note()

    def note(self) -> None:
        """Note which interactions there are."""
        said = map(json.loads, self.export())
        self.met |= {one["id"] for one in said if one["type"] == "interaction"}

    def sync(self) -> Sync:
        """One run, after which its own files are kept to be delivered later."""
        run = super().sync()
        self.note()
        own = self.folder / "machines"
        self.versions.append(
            {
                f"{self.id}/{each.name}": each.read_bytes()
                for each in sorted((own / self.id).glob("*"))
            }
        )
        return run

    def taken(self) -> dict[str, int]:
        """How much of each other machine it took."""
        with self.journal() as journal:
            return stored.taken(journal.connection)


def fleet(place: Path, names: Iterable[str] = "abc", apart: int = 0) -> list[Carried]:
    """Machines of one journal, each with a folder of its own; their clocks differ by minutes."""
    made = [
        Carried(place, name, timedelta(minutes=apart * number)) for number, name in enumerate(names)
    ]
    for one in made:
        if one is not made[0]:
            carry(made[0].folder, one.folder)
        one.set_up()
    return made


def copied(machines: Sequence[Carried], place: Path) -> list[Carried]:
    """The same machines, as they are, at another place."""
    made = []
    for one in machines:
        shutil.copytree(one.home, place / one.name)
        copy = Carried(place, one.name, one.ahead)
        copy.minutes, copy.met, copy.versions = one.minutes, {*one.met}, [*one.versions]
        made.append(copy)
    return made


def deliver(source: Carried, to: Carried, chance: random.Random) -> None:
    """Bring some files of a machine to another one, each as it was at some time, or part of it."""
    names = sorted({name for version in source.versions for name in version})
    for name in chance.sample(names, chance.randint(0, len(names))):
        content = chance.choice(source.versions).get(name)
        if content is not None and chance.random() < 0.3:
            content = CUTS[chance.choice(sorted(CUTS))](content)
        put(to.folder / "machines" / name, content)


def put(file: Path, content: bytes | None) -> None:
    """Write a file as a carrier does, or remove it."""
    if content is None:
        file.unlink(missing_ok=True)
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def deliver_all(machines: Sequence[Carried]) -> None:
    """Bring everything to everybody, as it is now."""
    for source in machines:
        now = source.versions[-1]
        for to in machines:
            if to is not source:
                folder = to.folder / "machines" / source.id
                for old in folder.glob("*"):
                    if f"{source.id}/{old.name}" not in now:
                        old.unlink()
                for name, content in now.items():
                    put(to.folder / "machines" / name, content)


def at_last(machines: Sequence[Carried]) -> list[str]:
    """Deliver and sync until nothing is new; what all export, and it is what all gave."""
    for _ in range(8):
        deliver_all(machines)
        runs = [machine.sync() for machine in machines]
        if not any(run.taken or run.given or run.waits for run in runs):
            break
    else:
        raise AssertionError([run.waits for run in runs])
    first, *others = [machine.export() for machine in machines]
    for other in others:
        assert other == first
    with machines[-1].meeting() as run:
        found = compare(run.journal, run.folder, run.mine)
        assert (found.is_same, found.waits) == (True, ()), found
    said = [json.loads(line) for line in first]
    there = {one["id"] for one in said if one["type"] in ("interaction", "gone")}
    for machine in machines:
        assert machine.met <= there
    return first


def gaps(machine: Carried) -> set[str]:
    """The ids of the machines of which its folder holds, or names, more than it has taken."""
    found, taken, own = set(), machine.taken(), machine.id
    for folder in (machine.folder / "machines").glob("*"):
        numbers = [int(each.stem) for each in folder.glob("0*.jsonl")]
        with suppress(ValueError, LookupError, OSError, TypeError):
            numbers.append(json.loads((folder / "machine.json").read_bytes())["number"])
        if folder.name != own and max(numbers, default=0) > taken.get(folder.name, 0):
            found.add(folder.name)
    return found
