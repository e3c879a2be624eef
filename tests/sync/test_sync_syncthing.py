"""`connect sync` through real Syncthing: all machines end with the same journal, to the byte.

Each machine has a thread in which it logs, edits, deletes, remembers, undoes, forgets and syncs,
while its instance is paused, restarted and slow. Nothing that a command confirmed may be gone at
the end, and no name of somebody forgotten may stand in what connect writes.
"""

import json
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count, cycle
from pathlib import Path
from string import ascii_lowercase

import pytest

from tests.sync.apart import Apart
from tests.sync.syncthing import Instance, connect, instances, settle

pytestmark = pytest.mark.slow
GONE = "Zebedee"
"""Somebody who is forgotten."""
AT_FIRST, AT_ONCE = 2, 5
"""Commands of each machine in turn, and at the same time: together, one of each kind."""


class Person:
    """Somebody at a machine: what they were told is kept, and what they took back.

    kept: the notes that a command confirmed. taken_back: those that were deleted or undone.
    forgotten: the names of those who are forgotten.
    """

    def __init__(self, machine: Apart, seed: int) -> None:
        self.machine, self._chance = machine, random.Random(seed)  # noqa: S311  # repeatable
        self._numbers = count(1)
        self.kept: list[str] = []
        self.taken_back: set[str] = set()
        self.forgotten: list[str] = []
        self._ids: dict[str, str] = {}
        self._kinds = self._shuffled()

    def _shuffled(self) -> Iterator[Callable[[], object]]:
        """What to do next: one of each kind, in an order of its own, again and again."""
        kinds = [self._log, self._meet, self._remember, self._edit]
        kinds += [self._undo, self._delete, self._forget]
        self._chance.shuffle(kinds)
        return cycle(kinds)

    def live(self, commands: int) -> None:
        """Do so many things, and sync after every other one."""
        for number in range(commands):
            next(self._kinds)()
            if number % 2:
                self.machine.sync()

    def _say(self, words: str, *options: str) -> str:
        note = f"note {self.machine.name} {next(self._numbers)}."
        said = json.loads(self.machine.must("log", f"{words}: {note}", "--json", *options))
        self._ids[note] = said["interaction"]["id"]
        self.kept.append(note)
        return note

    def _log(self) -> None:
        self._say(self._chance.choice(("coffee with Ada", "tea with Ada, Grace", "met Grace")))

    def _meet(self) -> None:
        self._say(f"walk with {self._new()}, Ada", "--new")

    def _new(self) -> str:
        """A name like no other."""
        return "".join(self._chance.choices(ascii_lowercase, k=12)).capitalize()

    def _remember(self) -> None:
        note = f"note {self.machine.name} {next(self._numbers)}."
        self.machine.must("remember", self._chance.choice(("Ada", "Grace")), note)
        self.kept.append(note)

    def _edit(self) -> None:
        circle = self._chance.choice(("close", "friends"))
        self.machine.must("edit", "Ada", "--circle", circle, "--yes")

    def _undo(self) -> None:
        note = self._say("coffee with Grace")
        self.machine.must("undo", "--yes")
        self.taken_back.add(note)

    def _delete(self) -> None:
        left = sorted(self._ids.keys() - self.taken_back)
        note = self._chance.choice(left) if left else self._say("coffee with Ada")
        self.machine.must("delete", self._ids[note], "--yes")
        self.taken_back.add(note)

    def _forget(self) -> None:
        name = self._new()
        self._say(f"call with {name}, Ada", "--new")
        if self._chance.random() < 0.5:
            self.machine.sync()
        self.machine.must("forget", name, "--yes")
        self.forgotten.append(name)


def disturb(made: Sequence[Instance], times: int) -> None:
    """Part the instances, end them and start them again."""
    for number in range(times):
        one = made[number % len(made)]
        one.pause()
        time.sleep(1)
        if number % 2:
            one.stop()
            one.start()
        one.resume()
        time.sleep(0.5)


def rest(machines: Sequence[Apart], made: Sequence[Instance]) -> dict[str, bytes]:
    """Let all sync until nobody has anything new; what the folder then holds."""
    for _ in range(10):
        files = settle(made)
        said = [machine.sync() for machine in machines]
        if not any(one["taken"] or one["waits"] or one["given"] for one in said):
            assert settle(made) == files, "nothing new, and yet something was written"
            return files
    raise AssertionError(said)


def check_same(
    machines: Sequence[Apart], people: Sequence[Person], files: dict[str, bytes]
) -> None:
    """All have the same, whatever was confirmed is there, and who was forgotten is nowhere."""
    first, *others = [machine.export() for machine in machines]
    for other in others:
        assert other == first
    for person in people:
        for note in person.kept:
            assert (note in first.decode()) != (note in person.taken_back), note
    for forgotten in (GONE, *(name for person in people for name in person.forgotten)):
        assert not [name for name, content in files.items() if forgotten.encode() in content]
        assert forgotten.encode() not in first
    for machine in machines:
        assert "to the byte" in machine.must("sync", "--check")
        machine.must("doctor")


@pytest.fixture
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Instance]]:
    """Instances of Syncthing that share a folder."""
    number, max_conflicts, kilobytes = request.param
    with instances(tmp_path / "syncthing", number, max_conflicts, kilobytes) as made:
        yield made


@pytest.fixture
def machines(shared: list[Instance], tmp_path: Path) -> list[Apart]:
    """Machines that know Ada and Grace."""
    made = [Apart(tmp_path, name, one.folder, {}) for name, one in zip("xyz", shared, strict=False)]
    made[0].must("add", "Ada")
    made[0].must("add", "Grace")
    for machine in made:
        machine.set_up()
        settle(shared)
    rest(made, shared)
    return made


@pytest.mark.parametrize("shared", [(2, 10, 0), (3, 0, 0), (2, 10, 20)], indirect=True)
def test_all_end_with_the_same_journal(shared: list[Instance], machines: list[Apart]) -> None:
    """In turn, at the same time, and while they are parted; nothing confirmed is gone."""
    people = [Person(machine, number) for number, machine in enumerate(machines)]
    for person in people:
        person.live(AT_FIRST)
        settle(shared)
    with ThreadPoolExecutor() as pool:
        lives = [pool.submit(person.live, AT_ONCE) for person in people]
        disturb(shared, 2 * len(shared))
        for life in lives:
            life.result()
    connect(shared)
    files = rest(machines, shared)
    assert not [name for name in files if "sync-conflict" in name]
    check_same(machines, people, files)


@pytest.mark.parametrize("shared", [(2, 10, 0)], indirect=True)
def test_parted_machines_that_forget_and_change_meet_again(
    shared: list[Instance], machines: list[Apart]
) -> None:
    """Whom one forgot while the other went on with them is nowhere once both have met."""
    one, other = (Person(machine, number) for number, machine in enumerate(machines))
    one.machine.must("add", f"{GONE} Quux")
    rest(machines, shared)
    shared[0].pause()
    one.machine.must("forget", f"{GONE} Quux", "--yes")
    one.machine.sync()
    other.machine.must("remember", f"{GONE} Quux", "likes tea")
    other.live(3)
    one.live(3)
    shared[0].resume()
    connect(shared)
    check_same(machines, [one, other], rest(machines, shared))


@pytest.mark.parametrize("shared", [(2, 10, 0)], indirect=True)
def test_conflict_copies_made_by_hand_are_harmless(
    shared: list[Instance], machines: list[Apart]
) -> None:
    """Nobody reads them; the owner of a folder removes those of its own files."""
    machines[0].must("log", f"coffee with Ada, {GONE}: note by hand.", "--new")
    files = rest(machines, shared)
    for name, content in files.items():
        stem, _, ending = name.rpartition(".")
        copy = shared[1].folder / f"{stem}.sync-conflict-20261130-101010-ABCDEF7.{ending}"
        copy.write_bytes(content)
    settle(shared)
    machines[0].must("forget", GONE, "--yes")
    files = rest(machines, shared)
    assert not [name for name in files if re.search("machines/.*sync-conflict", name)]
    check_same(machines, [], files)
