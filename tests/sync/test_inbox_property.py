"""Whatever is written, copied, taken, undone and merged in any order: each line is logged once.

Two devices write lines; their files have conflict copies. Two machines take the lines and merge
each other's journals. `World` does random steps and knows what must come of them.
"""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import ConnectError
from connect_cli.journal import people, undo
from connect_cli.journal.answers import Silent
from connect_cli.journal.journal import Context, Journal
from connect_cli.journal.people import Profile
from connect_cli.settings import Settings
from connect_cli.store import database
from connect_cli.sync.inbox import Run
from tests.exchange.copies import NOW, exported, journal_at, meet

DEVICES = ("phone", "watch")
NAMES = (
    "{}.txt",
    "{}.sync-conflict-20261120-101112-ABCDEFG.txt",
    "{}.sync-conflict-20261121-000000-HIJKLMN.txt",
    "{} (Ada's conflicted copy 2026-11-20).txt",
)
"""The names of a device's file and of its conflict copies."""

NOTES: Mapping[str, str] = {
    "coffee with Ada: door": "door",
    "- coffee with Ada: door": "door",
    "called Grace: train": "train",
    "2026-11-20T18:05 walk with Ada and Grace: river": "river",
    "lunch with Grace 2026-11-18 45m: noodles": "noodles",
    "coffee with Zoe: sea": "sea",
}
"""What the interaction of a line has for its note."""

NO_LINES = ("# coffee with Ada: nothing", " ", "-")
WAITS_FOR_ZOE = "sea"
STYLES = (("utf-8", "\n"), ("utf-16", "\r\n"), ("utf-8-sig", "\n"), ("utf-8", "\r\n"))
"""How a file may be written: its encoding, and the end of a line."""

DEVICE = st.sampled_from([DEVICES[0], *DEVICES])
COPY = st.sampled_from([0, *range(len(NAMES))])
MACHINE = st.integers(0, 1)
PLACE = st.integers(0, 9)
TEXTS = st.lists(st.sampled_from([*list(NOTES)[:2] * 3, *NOTES, *NO_LINES]), min_size=1, max_size=3)
STEP = st.one_of(
    st.tuples(st.just("append"), DEVICE, COPY, TEXTS, st.sampled_from(STYLES)),
    st.tuples(st.just("append"), DEVICE, COPY, TEXTS, st.sampled_from(STYLES)),
    st.tuples(st.just("copy"), DEVICE, COPY, COPY),
    st.tuples(st.just("edit"), DEVICE, COPY, PLACE, TEXTS),
    st.tuples(st.just("remove"), DEVICE, COPY),
    st.tuples(st.just("half"), DEVICE, MACHINE),
    st.tuples(st.just("take"), MACHINE, st.booleans()),
    st.tuples(st.just("take"), MACHINE, st.booleans()),
    st.tuples(st.just("undo"), MACHINE, PLACE),
    st.tuples(st.just("delete"), MACHINE, PLACE),
    st.tuples(st.just("zoe"), MACHINE),
    st.tuples(st.just("merge"), MACHINE),
)


@dataclass
class Copy:
    """A file: its lines, and how they are written."""

    lines: list[str] = field(default_factory=list)
    style: tuple[str, str] = STYLES[0]
    half: str = ""


class Taking(NamedTuple):
    """A command that took lines, and the interactions that came of them, as they were then."""

    command: str
    ids: frozenset[str]
    rows: frozenset[tuple[object, ...]]


@dataclass
class Machine:
    """A journal, and what is known of it.

    taken: how many lines of each device were taken here, or where its journal comes from.
    there, gone: interactions that it has, and that were undone or deleted.
    """

    path: Path
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    there: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    runs: list[Taking] = field(default_factory=list)
    knows_zoe: bool = False


class World:
    """Files, machines, and the minute."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "inbox"
        self.folder.mkdir()
        (self.folder / ".syncthing.phone.txt.tmp").write_text("coffee with Ada: door\n" * 9)
        self.copies: dict[tuple[str, int], Copy] = {}
        self.machines = [Machine(place / "one.db"), Machine(place / "other.db")]
        self.ever: dict[str, str] = {}
        self._minute = 0
        with journal_at(self.machines[0].path) as journal:
            people.add(journal, Profile("Ada Lovelace"), Profile("Grace Hopper"))
        self.merge(1)

    def do(self, step: Sequence[Any]) -> None:
        """One random step."""
        sort, *values = step
        getattr(self, sort)(*values)

    def append(
        self, device: str, copy: int, lines: list[str], style: tuple[str, str] = STYLES[0]
    ) -> None:
        """Lines at the end of a file, or of one that is new."""
        self.copies.setdefault((device, copy), Copy(style=style)).lines.extend(lines)
        self._save(device, copy)

    def copy(self, device: str, one: int, other: int) -> None:
        """A copy of a file as it is now, perhaps in place of another."""
        if found := self.copies.get((device, one)):
            self.copies[device, other] = Copy([*found.lines], found.style)
            self._save(device, other)

    def edit(self, device: str, copy: int, place: int, lines: list[str]) -> None:
        """Other lines in place of one."""
        if (found := self.copies.get((device, copy))) and found.lines:
            place %= len(found.lines)
            found.lines[place : place + 1] = lines
            self._save(device, copy)

    def remove(self, device: str, copy: int) -> None:
        """No file any more."""
        if self.copies.pop((device, copy), None):
            self._file(device, copy).unlink()

    def half(self, device: str, machine: int) -> None:
        """A line that is taken while it is being written, and whole only afterwards."""
        found = self.copies.setdefault((device, 0), Copy())
        found.half = "coffee with Ada"
        self._save(device, 0)
        self.take(machine)
        found.half = ""
        self.append(device, 0, ["coffee with Ada: door"])

    def take(self, machine: int, at_once: bool = False) -> None:
        """Take what is there: what is new becomes interactions, and nothing else changes.

        at_once: another command on this machine takes the same while this one is about to.
        """
        one = self.machines[machine]
        there = self._countable(one)
        expected = note_counts(there - one.taken)
        before = everything(one.path)
        waiting = self._take_in(one, at_once)
        found = interactions(one.path)
        new = {row_id: note for row_id, note in found.items() if row_id not in one.there}
        assert found == {**one.there, **new}
        assert Counter(new.values()) == expected
        assert expected or everything(one.path) == before
        assert not one.gone.intersection(new)
        assert waiting == self._waiting(one)
        one.taken |= there
        one.there = found
        self.ever |= new
        if new:
            with journal_at(one.path, self._minute) as journal:
                one.runs.append(_taking(journal, one.path, frozenset(new)))
        self._check_ever()

    def undo(self, machine: int, place: int) -> None:
        """Undo what one run took, unless something that came later is in the way."""
        one = self.machines[machine]
        if not one.runs:
            return
        run = one.runs.pop(place % len(one.runs))
        try:
            with journal_at(one.path, self._next()) as journal:
                undo.undo(journal, undo.undoable(journal, run.command))
        except ConnectError:  # the other machine has read another day from an undated line
            assert not run.rows.issubset(everything(one.path))
        else:
            self._lose(one, run.ids)
        assert interactions(one.path) == one.there

    def delete(self, machine: int, place: int) -> None:
        """Delete an interaction."""
        one = self.machines[machine]
        if one.there:
            row_id = sorted(one.there)[place % len(one.there)]
            with (
                journal_at(one.path, self._next()) as journal,
                journal.write("delete", "one") as rows,
            ):
                rows.delete_interaction(row_id)
            self._lose(one, [row_id])

    def zoe(self, machine: int) -> None:
        """Somebody for whom a line waits is known from now on; only one machine adds her."""
        if not any(one.knows_zoe for one in self.machines):
            one = self.machines[machine]
            one.knows_zoe = True
            with journal_at(one.path, self._next()) as journal:
                people.add(journal, Profile("Zoe Miller"))

    def merge(self, machine: int) -> None:
        """A machine merges the journal of the other, which does not change."""
        one, other = self.machines[machine], self.machines[1 - machine]
        meet(one.path, exported(other.path), self._next())
        one.taken |= other.taken
        one.knows_zoe |= other.knows_zoe
        one.there |= other.there
        self._lose(one, other.gone)
        assert interactions(one.path) == one.there

    def _lose(self, one: Machine, ids: Sequence[str] | frozenset[str] | set[str]) -> None:
        one.gone |= set(ids)
        one.there = {row_id: note for row_id, note in one.there.items() if row_id not in one.gone}

    def _check_ever(self) -> None:
        """There are as many interactions as the fullest copy had when somebody took it."""
        first, other = self.machines
        assert Counter(self.ever.values()) == note_counts(first.taken | other.taken)

    def _countable(self, one: Machine) -> Counter[tuple[str, str]]:
        """How many lines of each device its fullest copy has that are certain for a machine."""
        found = self._counted()
        return Counter(
            {key: each for key, each in found.items() if one.knows_zoe or key[1] != WAITS_FOR_ZOE}
        )

    def _waiting(self, one: Machine) -> int:
        """How many lines wait."""
        return (self._counted() - self._countable(one)).total()

    def _counted(self) -> Counter[tuple[str, str]]:
        found: Counter[tuple[str, str]] = Counter()
        for (device, _), copy in self.copies.items():
            found |= Counter((device, NOTES[line]) for line in copy.lines if line in NOTES)
        return found

    def _take_in(self, one: Machine, at_once: bool = False) -> int:
        """Take the folder in; how many lines wait."""
        now = NOW + timedelta(minutes=self._next())
        context = Context(one.path, now, Settings(inbox_folder=str(self.folder)), Silent())
        with closing(Journal(context)) as journal, closing(Journal(context)) as another:
            run, other = Run(journal), Run(another)
            new = run.look()
            if at_once:
                other.take(other.look())
            taken, waiting = run.take(new)
            run.note_waiting(len(waiting))
        assert not (at_once and taken)
        return len(waiting)

    def _file(self, device: str, copy: int) -> Path:
        return self.folder / NAMES[copy].format(device)

    def _save(self, device: str, copy: int) -> None:
        """Write a file; each was changed on another day, and one with half a line just now."""
        found, file = self.copies[device, copy], self._file(device, copy)
        encoding, end = found.style
        text = "".join(line + end for line in found.lines) + found.half
        file.write_bytes(text.encode(encoding))
        now = NOW + timedelta(minutes=self._next())
        just_now, days_ago = timedelta(seconds=59), timedelta(days=-1 - self._minute % 3)
        changed = now + (just_now if found.half else days_ago)
        os.utime(file, (changed.timestamp(), changed.timestamp()))

    def _next(self) -> int:
        self._minute += 1
        return self._minute


def _taking(journal: Journal, path: Path, ids: frozenset[str]) -> Taking:
    """The last command, which made these interactions."""
    rows = (row for row in everything(path) if row[0] in ids)
    return Taking(undo.changes(journal, 1)[0].id, ids, frozenset(rows))


def note_counts(lines: Counter[tuple[str, str]]) -> Counter[str]:
    """How many interactions with each note come of lines."""
    found: Counter[str] = Counter()
    for (_, note), each in lines.items():
        found[note] += each
    return found


def interactions(path: Path) -> dict[str, str]:
    """The note of each interaction, by its id."""
    with closing(database.open_to_read(path)) as connection:
        return dict(connection.execute("SELECT id, note FROM interaction").fetchall())


def everything(path: Path) -> list[tuple[object, ...]]:
    """All there is of each interaction, and of the lines that were taken."""
    with closing(database.open_to_read(path)) as connection:
        return [row for sql in EVERYTHING for row in connection.execute(sql).fetchall()]


EVERYTHING = (
    "SELECT id, day, time, kind, minutes, note, entered FROM interaction ORDER BY id",
    "SELECT interaction_id, person_id, place FROM participant ORDER BY 1, 2",
    "SELECT hash_key, hash, dropped FROM inbox_line ORDER BY 1, 2",
)


@given(st.lists(STEP, min_size=6, max_size=20))
def test_each_line_is_taken_once_whatever_happens_in_whatever_order(steps: list[Any]) -> None:
    """By whichever machine; what was undone or deleted stays away, and both end with the same."""
    with TemporaryDirectory() as place:
        world = World(Path(place))
        for step in steps:
            world.do(step)
        for _ in range(2):
            for machine in (0, 1):
                world.take(machine)
            for machine in (0, 1):
                world.merge(machine)
            first, other = world.machines
            assert everything(first.path) == everything(other.path)
