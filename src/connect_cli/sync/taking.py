"""Take what the other machines gave, in the order in which it was said.

How it works. A file of a machine is taken when all that its owner had seen is here too (`seen` in
its header), so nobody reads an answer before the question. A whole file needs nothing before it,
and stands for everything that its owner had seen. All files of a machine that can be taken are one
command (`sync`), in whose transaction also stands how far that machine was taken: a killed run
takes them again, or never.

What can go wrong. Whatever is late, cut off, out of order, of a newer program, or of a machine that
has yet to forget somebody waits, and `waits` says why; the others are taken.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from connect_cli.errors import ConnectError, NotThisFormat, as_typed
from connect_cli.journal.journal import Journal
from connect_cli.reports import Progress
from connect_cli.safety import forget
from connect_cli.store import machines
from connect_cli.store.machines import Mine, Other
from connect_cli.store.migrations import SCHEMA
from connect_cli.sync import copies, segments
from connect_cli.sync.folder import Folder, State, Unreadable, each_other
from connect_cli.sync.jsonl import Order
from connect_cli.sync.merge import Importer, Outcome
from connect_cli.sync.seal import digest
from connect_cli.sync.segments import Header

FEW = 50
"""Of so many conversations, at most, it is said with whom they were."""


class Wait(NamedTuple):
    """Something that was not taken yet. machine: the name of whose it is."""

    machine: str
    why: str
    hint: str = ""


class Taken(NamedTuple):
    """What came from one machine. people: who is in its conversations, unless they are many."""

    machine: str
    outcome: Outcome
    people: list[str]


class _NotYet(Exception):
    """The next file of a machine cannot be taken now."""

    def __init__(self, why: str, hint: str = "") -> None:
        super().__init__(why)
        self.why, self.hint = why, hint


class _Next(NamedTuple):
    """A file to take next. passes: it says nothing that is not here."""

    header: Header
    hash: str
    passes: bool


@dataclass
class Taking:
    """One run over what the other machines gave.

    unread: the machines of which there are files, and not how far they are. meets_new: something
    came from a machine of which nothing was here. forgot: how many people were forgotten by an
    order. _damaged: the number of the file of a machine that is not all there, and what is wrong.
    """

    journal: Journal
    folder: Folder
    mine: Mine
    waits: list[Wait] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    states: dict[str, State] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    meets_new: bool = False
    forgot: int = 0
    _damaged: dict[str, tuple[int, str]] = field(default_factory=dict)

    def look(self) -> None:
        """Read how far the others are."""
        self.others = machines.others(self.journal.connection)
        for machine in each_other(self.folder, self.mine.machine_id):
            try:
                if (state := self.folder.state(machine)) is not None:
                    self.states[machine] = state
                elif self.folder.numbers(machine):
                    state_file = self.folder.state_file(machine).name
                    self._pass_over(machine, f"its {state_file} is not here yet")
            except ConnectError as error:
                self._pass_over(machine, error.message)
        self.retired = {one.id for one in self.others.values() if one.retired}
        self.retired |= {each for state in self.states.values() for each in state.retired}

    def _pass_over(self, machine: str, why: str) -> None:
        self.unread.add(machine)
        self.waits.append(Wait(self.name(machine), why))

    def orders(self) -> frozenset[str]:
        """The ids of people whom another machine has forgotten, and this one has not."""
        told = (state.forgotten for state in self.states.values())
        return frozenset().union(*told) - machines.forgotten(self.journal.connection)

    def obey(self, orders: Iterable[str]) -> None:
        """Carry out orders to forget people, by their ids."""
        if ids := sorted(orders):
            self.forgot += forget.obey(self.journal, ids)
            self._forgotten = machines.forgotten(self.journal.connection)
            self.mine = machines.mine(self.journal.connection) or self.mine

    def run(self, progress: Progress = lambda _: None, *, obeying: bool = True) -> None:
        """Take everything that can be taken. progress: called with the lots of lines done.

        obeying: carry out the orders in files whose machine has not said them yet; else these wait.
        """
        self._obeying = obeying
        self._forgotten = machines.forgotten(self.journal.connection)
        self._lots = 0
        self._progress = progress
        moved = True
        while moved:
            moved = False
            for machine in sorted(self.states):
                if machine not in self.retired:
                    moved |= self._take_all(machine)
        for machine in sorted(self.states):
            if machine not in self.retired and (wait := self._waiting(machine)) is not None:
                self.waits.append(wait)

    def name(self, machine: str) -> str:
        """What a machine is called."""
        if machine in self.states:
            return self.states[machine].name or machine
        return self.others[machine].name or machine if machine in self.others else machine

    def sizes(self) -> Iterator[int]:
        """The bytes of each file that was not taken yet."""
        for machine in self.states:
            with suppress(ConnectError, OSError):
                for number in self.folder.numbers(machine):
                    if number > self._known(machine).taken:
                        yield self.folder.file(machine, number).stat().st_size

    def _take_all(self, machine: str) -> bool:
        """Take the files of a machine that are ready, as one command; whether there were any."""
        try:
            first = self._next(machine, self._known(machine))
        except (_NotYet, ConnectError):
            return False
        if first is None:
            return False
        if orders := self._orders_in(machine, first):
            if not self._obeying:
                return False
            self.obey(orders)
        before = self.others
        try:
            with self.journal.transaction() as transaction:
                transaction.keep()
                connection = self.journal.connection
                self.others = machines.others(connection)
                self._read_mine()
                if self.others.get(machine) != before.get(machine):
                    return True  # another `connect sync` has just taken it
                pending = machines.is_anything_to_give(connection, self.mine.given)
                with transaction.command(machines.VERB, f"what {self.name(machine)} gave"):
                    importer = Importer(connection, lambda: None)
                    self._merge(importer, machine, first)
                machines.note_due(connection, importer.due)
                self._keep(pending=pending)
        except _NotYet:
            self.others = before
            return True  # those before the damaged one can be taken
        self.meets_new |= machine not in before
        self._tell(machine, importer.outcome)
        return True

    def _read_mine(self) -> None:
        """Read again what this machine is. Raises ConnectError if it went on as a new one."""
        if (now := machines.mine(self.journal.connection)) is not None:
            if now.machine_id != self.mine.machine_id:
                raise just_run()
            self.mine = now

    def _merge(self, importer: Importer, machine: str, first: _Next) -> None:
        """Merge this file and those after it that are ready. Raises _NotYet if it is damaged."""
        found: _Next | None = first
        while found is not None:
            if not found.passes:
                self._merge_file(importer, machine, found)
            self._note(machine, found)
            try:
                found = self._next(machine, self._known(machine))
            except (_NotYet, ConnectError):
                found = None
            if found is not None and self._orders_in(machine, found):
                found = None  # they come first, outside of this command

    def _orders_in(self, machine: str, found: _Next) -> frozenset[str]:
        """The orders at the head of a whole file that were not carried out here yet."""
        if not found.header.whole:
            return frozenset()
        file = self.folder.file(machine, found.header.number)
        with suppress(Unreadable, NotThisFormat):
            rows = segments.rows(file, self.folder.seal)
            head = takewhile(lambda one: isinstance(one, Order), rows)
            return frozenset(one.id for one in head if isinstance(one, Order)) - self._forgotten
        return frozenset()

    def _merge_file(self, importer: Importer, machine: str, found: _Next) -> None:
        file = self.folder.file(machine, found.header.number)
        try:
            copies.merge_all(importer, segments.rows(file, self.folder.seal), self._step)
        except (Unreadable, NotThisFormat) as error:
            self._damaged[machine] = found.header.number, error.message
            raise _NotYet(error.message) from error

    def _step(self) -> None:
        self._lots += 1
        self._progress(self._lots)

    def _note(self, machine: str, found: _Next) -> None:
        """Note that a file was taken. A whole one stands for all that its owner had seen."""
        header = found.header
        self.others[machine] = self._known(machine)._replace(
            name=self.name(machine), taken=header.number, hash=found.hash
        )
        if header.whole:
            for other, number in header.seen.items():
                if other != self.mine.machine_id and self._known(other).taken < number:
                    self.others[other] = self._known(other)._replace(taken=number, hash="")

    def _keep(self, *, pending: bool) -> None:
        """Keep how far the machines were taken, in the open transaction.

        If this one has nothing to give, what was just taken needs not be looked at for that.
        """
        connection = self.journal.connection
        before = machines.others(connection)
        for other in self.others.values():
            if before.get(other.id) != other:
                machines.keep_other(connection, other)
        if not pending:
            self.mine = self.mine._replace(given=machines.newest_change(connection))
            machines.keep_mine(connection, self.mine)

    def _tell(self, machine: str, outcome: Outcome) -> None:
        people = self._people(outcome)
        before = next((one for one in self.taken if one.machine == self.name(machine)), None)
        if before is None:
            self.taken.append(Taken(self.name(machine), outcome, people))
        else:
            _add(before.outcome, outcome)
            before.people.extend(name for name in people if name not in before.people)

    def _people(self, outcome: Outcome) -> list[str]:
        """Who is in the conversations of what was taken just now, unless they are many."""
        if 0 < outcome.new.get("interaction", 0) <= FEW:
            return machines.met_in_newest(self.journal.connection)
        return []

    def _known(self, machine: str) -> Other:
        return self.others.get(machine) or Other(machine, self.name(machine))

    def _waiting(self, machine: str) -> Wait | None:
        """Why the next file of a machine waits, if one does."""
        try:
            self._next(machine, self._known(machine))
        except _NotYet as error:
            return Wait(self.name(machine), error.why, error.hint)
        except ConnectError as error:
            return Wait(self.name(machine), error.message)
        return None

    def _next(self, machine: str, known: Other) -> _Next | None:
        """The file of a machine to take next; None if all was taken. Raises _NotYet."""
        state = self.states[machine]
        if state.number == known.taken and self._is_another(machine, known, state.hash):
            known = _nothing_of(known)
        numbers = [one for one in self.folder.numbers(machine) if one > known.taken]
        if state.number <= known.taken and not numbers:
            return None
        self._check_allowed(state)
        wanted = self._wanted(state, known)
        if wanted not in numbers:
            raise _NotYet(f"its file {wanted} is not here yet")
        damaged, why = self._damaged.get(machine, (0, ""))
        if damaged == wanted:
            raise _NotYet(why)
        file = self.folder.file(machine, wanted)
        header = segments.header(file, self.folder.seal)
        if (header.machine, header.number) != (machine, wanted):
            raise _NotYet(f"{file} is the file of another machine")
        hashed = digest(file)
        _check_known(state, header, hashed)
        if not header.whole:
            if self._is_another(machine, known, header.before):
                return self._next(machine, _nothing_of(known))
            self._check_order(known, header)
        passes = header.whole and not header.news and known.taken == wanted - 1
        return _Next(header, hashed, passes and self._not_taken(header) is None)

    def _check_allowed(self, state: State) -> None:
        if state.schema > SCHEMA:
            raise _newer()
        if left := len(self._forgotten - state.forgotten):
            who = "somebody" if left == 1 else f"{left} people"
            raise _NotYet(f"it has yet to forget {who}", f"run there: {as_typed('sync')}")

    def _wanted(self, state: State, known: Other) -> int:
        """The number of the file to take next: the one after the last, or a newer whole one.

        What is older than that may name people whom its owner has forgotten.
        """
        return max(known.taken + 1, state.base)

    def _is_another(self, machine: str, known: Other, hashed: str) -> bool:
        """Whether the newest file that was taken of a machine is now another one, of this hash.

        Two machines went on from one journal and wrote the same number, and the carrier kept the
        other one; or it was damaged when it was taken. Then all of the machine is taken again.
        """
        if not known.hash or hashed == known.hash:
            return False
        file = self.folder.file(machine, known.taken)
        return file.is_file() and digest(file) == hashed

    def _check_order(self, known: Other, header: Header) -> None:
        """Check that what this file builds on was taken. Raises _NotYet."""
        if known.hash and header.before != known.hash:
            raise _NotYet(f"its file {header.number} does not follow the one before it")
        if (other := self._not_taken(header)) is not None:
            raise _NotYet(
                f"its file {header.number} builds on file {header.seen[other]} of"
                f" {self.name(other)}, which was not taken yet"
            )

    def _not_taken(self, header: Header) -> str | None:
        """A machine of which the owner of a file had taken more than this one has."""
        return next(
            (
                other
                for other, number in header.seen.items()
                if other != self.mine.machine_id and self._known(other).taken < number
            ),
            None,
        )


def _add(outcome: Outcome, more: Outcome) -> None:
    """Add what came later from the same machine."""
    for name in ("new", "changed", "taken_away"):
        counts = getattr(outcome, name)
        for table, number in getattr(more, name).items():
            counts[table] = counts.get(table, 0) + number
    outcome.left_out += more.left_out


def _nothing_of(known: Other) -> Other:
    return known._replace(taken=0, hash="")


def just_run() -> ConnectError:
    """Two runs at once on one machine, of which the other went on as a new machine."""
    return ConnectError(f"another '{as_typed('sync')}' has just run", "run it again")


def _check_known(state: State, header: Header, hashed: str) -> None:
    """Check a file against what its owner says. Raises _NotYet.

    A whole file may hold orders of forgetting, which have to be carried out before it is taken, and
    its owner says them beside it.
    """
    if header.schema > SCHEMA:
        raise _newer()
    if header.number == state.number and hashed != state.hash:
        raise _NotYet(f"its file {header.number} is not all here yet")
    if header.whole and header.number > state.number:
        raise _NotYet(f"what it says of itself is older than its file {header.number}")


def _newer() -> _NotYet:
    return _NotYet("a newer connect writes there", "install the newer connect here too")
