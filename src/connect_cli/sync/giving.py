"""Give what is new here: one more file for the other machines, whole or not at all.

How it works. What changed since the newest change that was given is written beside its place; then
the journal keeps that it was given; then the file gets its name. If the run is killed in between,
the next one finds that its own newest file is not there, and gives everything anew as a whole file.
So it does when somebody was forgotten, because older files hold their name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from connect_cli import files
from connect_cli.errors import ConnectError
from connect_cli.journal.journal import Journal
from connect_cli.reports import Progress
from connect_cli.store import machines, snapshot
from connect_cli.store.machines import Ids, Mine
from connect_cli.store.migrations import SCHEMA
from connect_cli.store.snapshot import one_moment
from connect_cli.sync import copies, jsonl, segments
from connect_cli.sync.folder import Folder, State
from connect_cli.sync.glance import own_state
from connect_cli.sync.seal import digest, digest_of
from connect_cli.sync.segments import Header
from connect_cli.sync.taking import just_run

_NO_IDS: Ids = MappingProxyType({})

AROUND = ("header", "end")
"""The lines of a file that are no rows."""

MOST_FILES = 500
"""So many files at most, until one whole file takes their place."""


class Given(NamedTuple):
    """What was given: a file with so many lines.

    whole: it holds the whole journal. rows, removed: of how many rows of each table it says what
    they are, and that somebody removed them.
    """

    number: int
    lines: int
    whole: bool
    rows: Mapping[str, int]
    removed: Mapping[str, int]


class _JustGiven(Exception):
    """Another run on this machine has given something in the meantime."""


@dataclass
class Giving:
    """One run of giving.

    everyone: whether all the others have taken all that this one gave. name: of this machine. anew:
    give everything, whatever is new. doubts: a machine appeared that may have gone on from a copy
    of this journal, and have written files with the names of this one's.
    """

    journal: Journal
    folder: Folder
    mine: Mine
    name: str
    retired: frozenset[str]
    everyone: bool
    anew: bool = False
    doubts: bool = False
    lines: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    newest: str = ""

    def run(self, progress: Progress = lambda _: None) -> Given | None:
        """Give what is new, and say how far this machine is; None if nothing was new.

        progress: called with the lines written so far. Raises ConnectError.
        """
        while True:
            try:
                return self._once(progress)
            except _JustGiven:
                self.lines = 0
                self.rows, self.removed = Counter(), Counter()

    def _once(self, progress: Progress) -> Given | None:
        self._read_mine()
        before = self._state()
        self.newest = "" if before is None else before.newest
        due = machines.is_anything_to_give(self.journal.connection, self.mine.given)
        why = self._why_whole(before, due=due)
        given = self._give(why, progress) if due or why else None
        self._say()
        if self._is_there():
            self.folder.clear(self.mine.machine_id, self.mine.base)
        return given

    def _read_mine(self) -> None:
        """Read again what this machine is. Raises ConnectError if it went on as a new one."""
        now = machines.mine(self.journal.connection)
        if now is None or now.machine_id != self.mine.machine_id:
            raise just_run()
        self.mine = now

    @property
    def is_whole(self) -> bool:
        """Whether a run would give the whole journal."""
        due = machines.is_anything_to_give(self.journal.connection, self.mine.given)
        return bool(self._why_whole(self._state(), due=due))

    def _state(self) -> State | None:
        try:
            return self.folder.state(self.mine.machine_id)
        except ConnectError:
            return None

    def _why_whole(self, before: State | None, *, due: bool) -> str:
        """Why everything is to be given anew; empty if it is not."""
        mine = self.mine
        if not mine.number:
            first = self.anew or (due and not mine.given) or self._has_obeyed(before)
            return "first" if first or self._lacks_another() else ""
        numbers = self.folder.numbers(mine.machine_id) if self._is_there() else []
        if before is None or not set(numbers).issuperset(range(max(mine.base, 1), mine.number + 1)):
            return "missing"
        if self.doubts and not self._is_chain():
            return "missing"
        if self.anew or self._has_obeyed(before):
            return "anew"
        return "many" if len(numbers) >= MOST_FILES and self.everyone else ""

    def _lacks_another(self) -> bool:
        """Whether the folder has nothing of a machine whose own files were taken here.

        As where machines meet in a new folder: what this one has may be nowhere else yet.
        """
        others = machines.others(self.journal.connection).values()
        left = (one.id for one in others if one.hash and one.id not in self.retired)
        return any(not self.folder.has(each) for each in left)

    def _has_obeyed(self, before: State | None) -> bool:
        """Whether somebody was forgotten here since this machine last said how far it is.

        What is left of what it took may be known to nobody else, even if it never gave anything.
        """
        known = None if before is None else before.forgotten
        return known is not None and not machines.forgotten(self.journal.connection) <= known

    def _is_chain(self) -> bool:
        """Whether every file of this machine is the one that it wrote."""
        wanted, seal = self.mine.hash, self.folder.seal
        with suppress(ConnectError):
            for number in range(self.mine.number, max(self.mine.base, 1) - 1, -1):
                file = self.folder.file(self.mine.machine_id, number)
                if digest(file) != wanted:
                    return False
                wanted = segments.header(file, seal).before
            return True
        return False

    def _is_there(self) -> bool:
        return self.folder.has(self.mine.machine_id)

    def _give(self, why: str, progress: Progress) -> Given | None:
        """Write one file. why: for what reason it is whole; empty for what changed alone."""
        self.journal.writing()  # from here on the connection stays the same
        connection = self.journal.connection
        number = self.mine.number + 1
        target = self.folder.file(self.mine.machine_id, number)
        kept: list[tuple[int, Ids]] = []

        def commit() -> None:
            self._keep(number, whole=bool(why), given=kept[0][0], due=kept[0][1], hashed=hashed)

        with files.reporting("write", target):
            self.folder.make(self.mine.machine_id)
            with files.placed(target, commit) as into:
                with one_moment(connection):
                    upto = machines.newest_change(connection)
                    due = self._due(whole=bool(why))
                    kept.append((upto, due))
                    header = self._header(number, why)
                    lines = self._lines(header, None if why else due)
                    self.folder.seal.write(segments.encoded(self._counted(lines, progress)), into)
                hashed = digest_of(into)
        return Given(number, self.lines - len(AROUND), bool(why), self.rows, self.removed)

    def _due(self, *, whole: bool) -> Ids:
        """The rows of the next file; for a whole one, only those that are due besides."""
        connection = self.journal.connection
        return machines.due(connection) if whole else machines.to_give(connection, self.mine.given)

    def _header(self, number: int, why: str) -> Header:
        """What a file says of itself, at the moment of its lines."""
        mine, connection = self.mine, self.journal.connection
        seen = machines.taken(connection)
        news = why != "many" or machines.is_anything_to_give(connection, mine.given)
        return Header(mine.machine_id, number, mine.hash, seen, bool(why), news, SCHEMA)

    def _lines(self, header: Header, due: Ids | None) -> Iterator[str]:
        """The lines of a file. due: the rows to give; None: all."""
        connection, first = self.journal.connection, segments.first_fields(header)
        if due is None:
            return copies.lines(connection, first, self._noting)
        rows, gone = snapshot.some(connection, due), snapshot.gone_of(connection, due)
        removed = self._noting(gone, machines.due(connection))
        return jsonl.written(self._noting(rows), removed, header=first)

    def _noting(self, rows: Iterable[Any], merged: Ids = _NO_IDS) -> Iterator[Any]:
        """Count the rows that pass, with their moments, and note the newest, of deletions too.

        merged: rows that a merge removed, as one of two twins; nobody did, so they do not count.
        """
        for row in rows:
            table, which, last = row
            is_gone = isinstance(last, str)
            self.newest = max(self.newest, last if is_gone else max(last.values()))
            self.rows[table] += not is_gone
            self.removed[table] += is_gone and which not in merged.get(table, ())
            yield row

    def _counted(self, lines: Iterable[str], progress: Progress) -> Iterator[str]:
        for line in lines:
            self.lines += 1
            progress(self.lines)
            yield line

    def _keep(self, number: int, *, whole: bool, given: int, due: Ids, hashed: str) -> None:
        """Keep that a file was given, just before it gets its name."""
        with self.journal.transaction() as transaction:
            transaction.keep()
            connection = self.journal.connection
            there = machines.mine(connection)
            if there is None or not _is_as_far(there, self.mine):
                raise _JustGiven
            base = number if whole else self.mine.base
            given = min(given, machines.newest_change(connection))  # somebody was just forgotten
            self.mine = self.mine._replace(number=number, hash=hashed, base=base, given=given)
            machines.keep_mine(connection, self.mine)
            machines.clear_due(connection, due)

    def _say(self) -> None:
        """Say how far this machine is, unless another run is further: that one says it."""
        connection, mine = self.journal.connection, self.mine
        with one_moment(connection):
            state = own_state(connection, mine, self.name, self.retired, self.newest)
            there = machines.mine(connection)
        further = there is None or not _is_as_far(there, mine)
        if not further and (state.number or state.seen):
            self.folder.say(mine.machine_id, state)


def _is_as_far(one: Mine, other: Mine) -> bool:
    return (one.machine_id, one.number) == (other.machine_id, other.number)
