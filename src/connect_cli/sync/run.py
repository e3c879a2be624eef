"""One run of `connect sync`: take what the other machines gave, and give what is new here.

How it works. `taking.py` and `giving.py` do the two halves; this sees to what comes before them.
Orders to forget somebody are carried out first. A machine whose numbers went back, because a
backup was restored or its disk was copied, and one that was retired, go on as a new machine: its
own earlier files are taken like those of any other, and no two machines write the same file.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime

from connect_cli.errors import ConnectError, NoSuchThing, as_typed
from connect_cli.journal.journal import Journal
from connect_cli.language.calendar import logical_day
from connect_cli.language.plurals import counted
from connect_cli.language.words import fold
from connect_cli.meetings import MachineSeen
from connect_cli.reports import Progress
from connect_cli.store import copies as store_copies
from connect_cli.store import machines
from connect_cli.store.machines import Mine, Other
from connect_cli.store.schema import new_id
from connect_cli.sync import segments
from connect_cli.sync.folder import Folder, State
from connect_cli.sync.giving import Given, Giving
from connect_cli.sync.glance import CLOCKS_APART
from connect_cli.sync.meeting_place import Place
from connect_cli.sync.taking import Taken, Taking, Wait, just_run

MUCH_BYTES = 2**20


@dataclass
class Sync:
    """One run on an open sync folder. name: what this machine is called. at: where it is.

    given: what this machine gave. notes: what somebody should know besides.
    """

    journal: Journal
    folder: Folder
    mine: Mine
    name: str
    at: Place
    notes: list[str] = field(default_factory=list)
    given: Given | None = None

    @property
    def taken(self) -> list[Taken]:
        """What came from each machine."""
        return self._taking.taken

    @property
    def waits(self) -> list[Wait]:
        """What was not taken yet, and why."""
        return self._taking.waits

    @property
    def retired_there(self) -> list[str]:
        """The retired machines whose files were in the folder at the beginning."""
        return sorted(self._taking.retired & self._taking.states.keys())

    def look(self) -> None:
        """Read how far every machine is, without writing anything."""
        self._taking = Taking(self.journal, self.folder, self.mine)
        self._taking.look()

    def take(self, progress: Progress = lambda _: None) -> None:
        """Take what the other machines gave. progress: called with the lots of lines done."""
        if self._go_on_as_new():
            # What it gave before may wait for ever once an order is obeyed that it never confirms.
            self.look()
            self._taking.run(progress, obeying=False)
            earlier = self._taking.taken
            self.look()
            self._taking.taken = earlier
        else:
            self.look()
        self._compare_clocks()
        self._taking.obey(self._taking.orders())
        self._taking.run(progress)
        if forgot := self._taking.forgot:
            who = counted(forgot, "person", "people")
            self.notes.append(
                f"Removed {who} for good, as '{as_typed('forget')}' did on another machine."
                f"{self._copies()}"
            )
        self.mine = self._taking.mine

    def _copies(self) -> str:
        """Where whoever was just removed may still be found."""
        if not store_copies.listed(self.journal.context.path):
            return ""
        return f" Copies of the journal may still hold them; see: {as_typed('restore')}"

    def give(self, progress: Progress = lambda _: None, *, whole: bool = False) -> None:
        """Give what is new here, if anything is. whole: give everything anew."""
        giving = self._giving(whole=whole or self._knows_more_of_retired())
        self.given = giving.run(progress)
        self.mine = giving.mine
        self._keep_retired()
        for each in self._taking.retired:
            self.folder.remove(each)

    def gives_all(self) -> bool:
        """Whether the whole journal is to be given, which takes a while."""
        return self._giving().is_whole

    def much(self) -> bool:
        """Whether so much is to be taken that it takes a while."""
        self.look()
        return sum(self._taking.sizes()) > MUCH_BYTES

    def _giving(self, *, whole: bool = False) -> Giving:
        return Giving(
            self.journal,
            self.folder,
            self.mine,
            self.name,
            frozenset(self._taking.retired),
            everyone=self._everyone(),
            anew=whole,
            doubts=self._taking.meets_new,
        )

    def machines(self) -> list[MachineSeen]:
        """All machines, this one first."""
        mine, taking = self.mine, self._taking
        here = machines.forgotten(self.journal.connection)
        ids = sorted(
            {*taking.states, *taking.others, *taking.unread} - {mine.machine_id},
            key=lambda each: (fold(taking.name(each)), each),
        )
        retired = mine.machine_id in taking.retired
        own = MachineSeen(
            mine.machine_id, self.name, is_this=True, given=mine.number, retired=retired
        )
        return [own, *(self._seen(each, here) for each in ids)]

    def _seen(self, machine: str, forgotten: frozenset[str]) -> MachineSeen:
        state = self._taking.states.get(machine)
        known = self._taking.others.get(machine, Other(machine, ""))
        name, retired = self._taking.name(machine), machine in self._taking.retired
        if state is None:
            return MachineSeen(
                machine,
                name,
                given=known.taken,
                taken=known.taken,
                confirmed=None if machine in self._taking.unread else 0,
                retired=retired,
                is_there=machine in self._taking.unread,
            )
        return MachineSeen(
            machine,
            name,
            given=state.number,
            taken=known.taken,
            confirmed=state.seen.get(self.mine.machine_id, 0),
            of_mine=self.mine.number,
            to_forget=len(forgotten - state.forgotten),
            newest=state.newest_at,
            newest_on=self._day_of(state.newest_at),
            retired=retired,
        )

    def _day_of(self, moment: datetime | None) -> date | None:
        """The day that a moment belongs to, as a day begins on this machine."""
        starts_at = self.journal.settings.day_starts_at
        return None if moment is None else logical_day(moment, starts_at)

    def named(self, typed: str) -> str:
        """The id of the other machine that is meant. Raises NoSuchThing and ConnectError."""
        ids = {*self._taking.states, *self._taking.others} - self._taking.retired
        found = [
            each
            for each in sorted(ids)
            if fold(self._taking.name(each)) == fold(typed) or each == typed
        ]
        if typed in (self.mine.machine_id, self.name) and not found:
            raise ConnectError("this machine cannot retire itself", "retire it from another one")
        if not found:
            names = ", ".join(sorted(self._taking.name(each) for each in ids)) or "none"
            raise NoSuchThing(f"there is no other machine '{typed}'", f"there are: {names}")
        if len(found) > 1:
            raise ConnectError(
                f"several machines are called '{typed}'", f"say which: {', '.join(found)}"
            )
        return found[0]

    def left_of(self, machine: str) -> int:
        """How many files of a machine were not taken."""
        taken = self._taking.others.get(machine, Other(machine, "")).taken
        with suppress(ConnectError):
            return sum(number > taken for number in self.folder.numbers(machine))
        return 0

    def retire(self, machine: str, progress: Progress = lambda _: None) -> None:
        """Retire a machine: nobody waits for it any more, and its files go.

        What it gave stands in the whole file that this machine gives in their place.
        """
        self._taking.retired.add(machine)
        self.give(progress, whole=True)

    def _everyone(self) -> bool:
        """Whether every other machine has taken all that this one gave."""
        states = self._taking.states
        others = set(states) - self._taking.retired
        seen = (states[each].seen.get(self.mine.machine_id, 0) for each in others)
        return all(number >= self.mine.number for number in seen)

    def _knows_more_of_retired(self) -> bool:
        """Whether a machine was retired of which this one took more than those who retired it.

        What only this one knows of it would reach nobody any more: it is given in a whole file.
        """
        known = machines.others(self.journal.connection)
        states = self._taking.states.values()
        return any(
            known[each].taken > min(one.seen.get(each, 0) for one in states if each in one.retired)
            for each in self._taking.retired & known.keys()
            if not known[each].retired
        )

    def _keep_retired(self) -> None:
        """Keep which machines were retired, once what this one knows of them was given."""
        known = machines.others(self.journal.connection)
        kept = {each for each, one in known.items() if one.retired}
        if new := self._taking.retired - kept - {self.mine.machine_id}:
            with self.journal.transaction() as transaction:
                transaction.keep()
                for each in sorted(new):
                    one = known.get(each, Other(each, self._taking.name(each)))
                    machines.keep_other(self.journal.connection, one._replace(retired=True))

    def _go_on_as_new(self) -> bool:
        """Become a new machine if this one's numbers went back, or if it was retired."""
        why = self._why_new()
        mine = self.mine
        if why is None:
            return False
        self.mine = Mine(mine.journal_id, new_id(), key=mine.key)
        with self.journal.transaction() as transaction:
            transaction.keep()
            connection = self.journal.connection
            if machines.mine(connection) != mine:
                raise just_run()
            before = Other(mine.machine_id, self.name, mine.number, mine.hash)
            machines.keep_other(connection, before)
            machines.keep_mine(connection, self.mine)
        self.at.fetch(self.mine.machine_id)
        self.notes.append(why)
        return True

    def _why_new(self) -> str | None:
        own = self.mine.machine_id
        if self._is_retired():
            return "This machine was retired: it goes on as a new one."
        state: State | None = None
        numbers = [0]
        if self.folder.has(own):
            with suppress(ConnectError):
                state = self.folder.state(own)
            numbers += self.folder.numbers(own)
        newest = max(numbers[-1], 0 if state is None else state.number)
        # Only now, or what another run has just given would look like what a copy of it gave.
        self.mine = mine = machines.mine(self.journal.connection) or self.mine
        forked = self.at.is_strange or (state is not None and self._is_of_a_copy(state))
        if newest <= mine.number and not forked:
            return None
        retire = as_typed("sync", options=("--retire", own))
        return (
            "This machine gave more than this journal knows: a backup was restored, or a disk was"
            " copied. So it goes on as a new machine. Once the old one is no longer used, type:"
            f" {retire}"
        )

    def _is_of_a_copy(self, state: State) -> bool:
        """Whether a copy of this machine's journal wrote how far this machine is."""
        own, number = self.mine.machine_id, state.number
        if number == self.mine.number:
            return state.hash != self.mine.hash
        with suppress(ConnectError):
            following = segments.header(self.folder.file(own, number + 1), self.folder.seal)
            return number < self.mine.number and following.before != state.hash
        return False

    def _is_retired(self) -> bool:
        for each in self.folder.machines():
            with suppress(ConnectError):
                state = self.folder.state(each)
                if state is not None and self.mine.machine_id in state.retired:
                    return True
        return False

    def _compare_clocks(self) -> None:
        now = self.journal.context.now
        for state in self._taking.states.values():
            newest = state.newest_at
            if newest is not None and newest - now > CLOCKS_APART:
                self.notes.append(
                    f"One clock is wrong: here it is {now:%Y-%m-%d %H:%M}, and the newest change of"
                    f" {state.name} is of {newest:%Y-%m-%d %H:%M}."
                )
