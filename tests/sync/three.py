"""Three machines with clocks of their own and a copy of the sync folder each, for properties.

A carrier brings files from one copy to another: late, repeated, in any order, in part, cut off, or
as they were some time ago. A machine may be killed at every commit and every change of a name.
"""

import os
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from difflib import unified_diff
from io import StringIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import strategies as st

from connect_cli import files, interrupts
from connect_cli.errors import ConnectError
from connect_cli.journal import circles, log, planning, undo
from connect_cli.journal import today as lists
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Journal
from connect_cli.model import Cadence
from connect_cli.render.as_json import AsJson
from connect_cli.render.plain import Plain
from connect_cli.safety import forget
from connect_cli.settings import Settings
from connect_cli.store import schema
from connect_cli.sync import inbox
from connect_cli.sync.checking import compare
from connect_cli.sync.folder import MACHINES, MARKER
from connect_cli.sync.run import Sync
from tests.journal.commands import PEOPLE, VERBS, Step, do
from tests.sync import fleet
from tests.sync.fleet import START

CLOCKS = (
    (timedelta(), timedelta(minutes=1)),
    (timedelta(hours=5), timedelta(minutes=2)),
    (timedelta(hours=-3), timedelta(minutes=-7)),
)
"""How far off the clock of each machine is, and how far it goes with each command."""

HIDDEN = "Zofie Quux"
"""Somebody of whom no byte stays once they are forgotten."""

LATER = START + timedelta(days=9, hours=3)
PHONE = "phone.txt"
Event = tuple[Any, ...]
WHICH = st.integers(0, len(CLOCKS) - 1)
OWN_VERBS = (
    "undo",
    "redo",
    "forget",
    "circle",
    "crowd",
    "secret",
    "forget secret",
    "write",
    "undo one",
)
DOES = st.tuples(
    st.just("do"),
    WHICH,
    st.tuples(
        st.one_of(
            st.sampled_from(("log", "merge", "edit", "undo", "delete", "amend", "forget")),
            st.sampled_from((*VERBS, *OWN_VERBS)),
        ),
        st.integers(0, len(PEOPLE) - 1),
        st.integers(0, 11),
    ),
)
SYNCS = st.tuples(st.just("sync"), WHICH)
KILLS = st.tuples(st.just("kill"), WHICH, st.integers(1, 14))
CARRIES = st.tuples(
    st.just("carry"),
    WHICH,
    WHICH,
    st.sampled_from(("all", "all", "some", "cut", "old")),
    st.integers(0, 99),
)
SHARES = st.tuples(st.just("share"), WHICH, WHICH)
EVENTS = st.lists(
    st.one_of(DOES, DOES, DOES, SYNCS, SYNCS, CARRIES, CARRIES, KILLS, SHARES),
    min_size=3,
    max_size=40,
)
MEETS: list[Event] = [
    event
    for which in range(len(CLOCKS))
    for event in [("sync", which), *(("carry", which, to, "all", 0) for to in range(len(CLOCKS)))]
]
KNOWN: list[Event] = [
    *(("do", 0, ("add", who, who)) for who in range(len(PEOPLE))),
    ("do", 0, ("secret", 0, 0)),
    *MEETS,
]
"""Everybody is known to all machines; otherwise each has people of its own with the same names."""


class Killed(BaseException):
    """The process ends here."""


class Machine(fleet.Machine):
    """A machine with its own copy of the folder and an inbox of its own."""

    def __init__(self, home: Path, place: int) -> None:
        ahead, self.pace = CLOCKS[place]
        super().__init__(home, f"machine {place}", home / "folder", ahead)
        self.inbox = home / "inbox"
        self.inbox.mkdir()
        self.past: list[dict[str, bytes]] = []
        self.id = ""
        self.secret: set[str] = set()

    @property
    def now(self) -> datetime:
        """What its clock shows."""
        return START + self.ahead + self.pace * self.minutes

    @property
    def given(self) -> Path:
        """Its own folder in its copy of the sync folder."""
        return self.folder / MACHINES / self.id

    @contextmanager
    def journal(self, settings: Settings | None = None) -> Iterator[Journal]:
        """Its journal, open for one command."""
        usual = Settings(
            sync_folder=str(self.folder), inbox_folder=str(self.inbox), capacity=(1,) * 7
        )
        with super().journal(settings or usual) as journal:
            yield journal

    def do(self, step: Step) -> None:
        """Do one command, unless it is refused."""
        verb, who, how = step
        with self.journal() as journal:
            before = journal.context.now
            if verb in VERBS:
                do(journal, step)
            else:
                with suppress(ConnectError):
                    _OWN[verb](self, journal, who, how)
            self.ahead += journal.context.now - before

    def sync(self) -> Sync:
        """One run, with the inbox, as the command does it."""
        with self.meeting() as run:
            run.take()
            taking = inbox.Run(run.journal)
            taking.take(taking.look())
            run.give()
            self.id = run.mine.machine_id
        self.past.append(self.files())
        return run

    def waiting(self) -> list[str]:
        """What it has not taken, and why."""
        with self.meeting() as run:
            run.take()
            return [one.why for one in run.waits]

    def kill(self, at: int) -> None:
        """One run that is killed at its n-th commit or change of a name, or not at all."""
        with killing(at, _raise), suppress(Killed):
            self.sync()

    def kill_hard(self, at: int) -> bool:
        """The same in a process that the system kills; whether it came to that."""
        if (process := os.fork()) == 0:
            try:
                with killing(at, _end):
                    self.sync()
            finally:
                os._exit(0)
        self.minutes += 1
        return os.WIFSIGNALED(os.waitpid(process, 0)[1])

    def is_same(self) -> bool:
        """Whether `connect sync --check` says that it holds what all gave."""
        with self.meeting() as run:
            return compare(run.journal, run.folder, run.mine).is_same

    def lists(self) -> list[str]:
        """What `today` and `plan` say, as text and as JSON, at the same moment on all machines."""
        with self.journal(Settings(capacity=(1,) * 7)) as journal:
            journal.context = journal.context._replace(now=LATER)
            return list(said(journal))

    def write(self, line: str) -> None:
        """Add a line to the file of its phone."""
        file = self.inbox / PHONE
        with file.open("a", encoding="utf-8") as stream:
            stream.write(f"{line}\n")
        os.utime(file, (START.timestamp(), START.timestamp()))


def said(journal: Journal) -> Iterator[str]:
    """What `today` and `plan` say, as text and as JSON."""
    view, (load, offers) = lists.today(journal, 1), planning.offers(journal)
    rhythms = planning.rhythms(journal, load)
    for renderer in (AsJson, Plain):
        stream = StringIO()
        shown: Any = renderer(stream, journal.today_is, False)
        shown.today(view)
        shown.load(load, offers, rhythms)
        yield stream.getvalue()


def _undo(_: Machine, journal: Journal, _who: int, how: int) -> None:
    undo.undo(journal, undo.undoable(journal, str(1 + how % 3)))


def _undo_one(_: Machine, journal: Journal, _who: int, how: int) -> None:
    done = undo.changes(journal)
    if done:
        undo.undo(journal, undo.undoable(journal, done[how % len(done)].id))


def _circle(_: Machine, journal: Journal, who: int, how: int) -> None:
    name = ("inner", "close")[who % 2]
    if how % 4:
        circles.keep(journal, {name: Cadence.parse(("1w", "2w", "1m")[how % 3])})
    else:
        circles.drop(journal, name)


def _crowd(_: Machine, journal: Journal, _who: int, how: int) -> None:
    several = ", ".join((*PEOPLE, "Eva Ngo"))
    log.log(
        journal, f"party with {several}", LogOptions(new=True, on=("today", "yesterday")[how % 2])
    )


def _secret(machine: Machine, journal: Journal, who: int, how: int) -> None:
    """Say something of somebody who is known; only the first machine ever adds them."""
    first = machine.name.endswith("0") and not machine.past
    if first or any(one.name == HIDDEN for one in journal.known()):
        lines = (
            f"tea with {HIDDEN} and {PEOPLE[who]}: Quux brought cake {how}",
            f"call with {PEOPLE[who]}: heard of {HIDDEN} {how}",
            f"call with {HIDDEN}",
        )
        log.log(journal, lines[how % 3], LogOptions(new=first, promises=(f"ask {HIDDEN}",)))
        machine.secret |= {known.id for known in journal.known() if known.name == HIDDEN}


def _write(machine: Machine, _: Journal, who: int, how: int) -> None:
    machine.write(
        f"2026-11-{10 + how} call with {PEOPLE[who]}: {machine.name if who else 'all'} {how}"
    )


_OWN: dict[str, Callable[[Machine, Journal, int, int], object]] = {
    "undo": _undo,
    "undo one": _undo_one,
    "redo": lambda _, journal, _who, _how: undo.redo(journal, undo.redoable(journal)),
    "forget": lambda _, journal, who, _how: forget.forget(journal, journal.named(PEOPLE[who])),
    "forget secret": lambda _, journal, _who, _how: forget.forget(journal, journal.named(HIDDEN)),
    "circle": _circle,
    "crowd": _crowd,
    "secret": _secret,
    "write": _write,
}


@contextmanager
def killing(at: int, end: Callable[[], None]) -> Iterator[None]:
    """Call `end` at the n-th of these moments: before and after each commit, and each new name."""
    left = at

    def moment() -> None:
        nonlocal left
        left -= 1
        if not left:
            end()

    committing, settle, unlink = interrupts.committing, files.settle, Path.unlink

    @contextmanager
    def commit() -> Iterator[None]:
        moment()
        with committing():
            yield
        moment()

    def rename(new: Path, target: Path) -> None:
        moment()
        settle(new, target)
        moment()

    def remove(path: Path, *, missing_ok: bool = False) -> None:
        if path.suffix in (".jsonl", ".age"):
            moment()
        unlink(path, missing_ok=missing_ok)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(interrupts, "committing", commit)
        patched.setattr(files, "settle", rename)
        patched.setattr(Path, "unlink", remove)
        yield


def _raise() -> None:
    raise Killed


def _end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class World:
    """Three machines and what is carried between them. chance: decides the ids."""

    def __init__(self, home: Path, chance: Random) -> None:
        self.chance = chance
        self.machines = [Machine(home / str(place), place) for place in range(len(CLOCKS))]
        first, *others = self.machines
        first.set_up()
        for other in others:
            (other.folder / MACHINES).mkdir(parents=True)
            shutil.copy(first.folder / MARKER, other.folder)
            other.set_up()
        for machine in self.machines:
            with machine.meeting() as run:
                machine.id = run.mine.machine_id

    @property
    def secret(self) -> frozenset[str]:
        """The id of whoever is not to be seen once they are forgotten."""
        return frozenset(self.machines[0].secret)

    def happen(self, events: Sequence[Event]) -> None:
        """Let these things happen, one after the other."""
        for what, which, *more in events:
            machine = self.machines[which]
            if what == "do":
                machine.do(more[0])
            elif what == "sync":
                machine.sync()
            elif what == "kill":
                machine.kill(more[0])
            elif what == "kill hard":
                machine.kill_hard(more[0])
                self.chance.seed(repr(self.chance.random()))  # the dead one may have used these ids
            elif what == "carry":
                self.carry(machine, self.machines[more[0]], more[1], more[2])
            else:
                self.share(machine, self.machines[more[0]])

    def share(self, one: Machine, other: Machine) -> None:
        """Bring the file of a phone to another machine's inbox too."""
        file = one.inbox / PHONE
        if file.exists() and one is not other:
            shutil.copy2(file, other.inbox / PHONE)

    def carry(self, one: Machine, other: Machine, how: str, number: int) -> None:
        """Bring files of one copy of the folder to another. number: which, or where it is cut."""
        if one is other:
            return
        found, chance = one.files(), Random(number)  # noqa: S311  # nothing here is secret
        if how == "old" and one.past:
            found = one.past[number % len(one.past)]
        for name, content in found.items():
            if how == "some" and chance.random() < 0.5:
                continue
            whole = how != "cut" or chance.random() < 0.5 or Path(name).name == MARKER
            target = other.folder / name
            if other.id in target.parts and how != "old":
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if whole else content[: chance.randrange(len(content) + 1)])

    def mirror(self) -> None:
        """Bring what each machine gives to all others, as it is, with what it removed."""
        for one in self.machines:
            for other in self.machines:
                if one is not other:
                    there = other.folder / MACHINES / one.id
                    shutil.rmtree(there, ignore_errors=True)
                    if one.given.is_dir():
                        shutil.copytree(one.given, there)

    def clear_inboxes(self) -> None:
        """Take away what waits in the inboxes."""
        for machine in self.machines:
            (machine.inbox / PHONE).unlink(missing_ok=True)

    def settle(self, rounds: int = 14) -> None:
        """Let all see all, until nobody has anything to give."""
        for _ in range(rounds):
            self.mirror()
            runs = [machine.sync() for machine in self.machines]
            if not any(run.taken or run.given for run in runs):
                assert [run.waits for run in runs] == [[], [], []]
                return
        raise AssertionError("they never come to an end")

    def check(self) -> list[str]:
        """All have seen all, and hold the same; returns the lines of it."""
        self.settle()
        first, *others = (machine.export() for machine in self.machines)
        for lines in others:
            assert first == lines, "\n".join(unified_diff(first, lines, lineterm="", n=0))
        shown, *more = (machine.lists() for machine in self.machines)
        for each in more:
            assert shown == each
        assert [machine.is_same() for machine in self.machines] == [True] * len(self.machines)
        return first


@contextmanager
def world(seed: int) -> Iterator[World]:
    """Three machines that have set a folder up."""
    chance = Random(seed)  # noqa: S311  # nothing here is secret
    with TemporaryDirectory() as home, pytest.MonkeyPatch.context() as patched:
        patched.setattr(schema, "secrets", chance)
        yield World(Path(home), chance)
