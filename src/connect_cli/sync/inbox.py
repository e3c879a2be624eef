"""Take in what the phone wrote: each line of the inbox once, by the rules of `log`.

How it works. `Run.look` reads the folder and leaves out the lines that were taken before, by
whichever copy of the journal (store/inbox_lines.py). `Run.take` logs those that are certain, in one
transaction; nobody is asked. What is left waits: for `Run.answer`, which asks as `log` does, or for
`Run.drop`. All of one run is one command. `Run.note_waiting` keeps how many lines still wait, which
is all that `today` and a prompt know of the inbox.

A line tells of the day on which it was written. That is what its stamp says, or else the day on
which its file was last changed; a day in its words counts from there.

A file that was renamed looks like a new one. So if most lines of a new file stand in the journal
word for word, with day and time, these are not logged again (`_renamed`).

What can go wrong. Another command may take the same lines meanwhile: what was taken is looked at
again once nothing else can write. If this one is killed, either a line and its interaction are in
the journal, or neither.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from connect_cli.errors import ConnectError, JournalTrouble, NoSuchPerson, NotUnderstood, as_typed
from connect_cli.journal import log, loops
from connect_cli.journal.answers import NOBODY_NAMED, Answers, Silent
from connect_cli.journal.drafts import Drafting, LogOptions, Written
from connect_cli.journal.journal import Journal
from connect_cli.journal.log import Logged
from connect_cli.language.calendar import logical_day
from connect_cli.language.dated_line import Dated, read_dated
from connect_cli.language.doubts import About, Answer, Doubt
from connect_cli.language.names import Names
from connect_cli.language.plurals import counted
from connect_cli.model import Interaction
from connect_cli.reports import Progress
from connect_cli.store import inbox, inbox_lines
from connect_cli.store.names import names_of
from connect_cli.store.schema import stable_id
from connect_cli.sync.inbox_files import InboxLine, folder_of, read_inbox

if TYPE_CHECKING:
    from connect_cli.store.rows import Rows

MUCH_LATER = timedelta(days=40)
"""In another month: `yesterday`, `Friday` and `the 5th` are other days by then."""
FIRST_YEAR = 2000
"""A file that says it was last changed earlier was written by a clock that was not set."""
LEAST_SAME = 5
"""So many lines with a day and a time that stand in the journal, in a new file, are no chance."""


class Taken(NamedTuple):
    """A line that was taken, and what was logged for it.

    written_on: the day on which it was written. by_file: whether that is known only by the last
    change of its file, and its interaction depends on it.
    """

    line: InboxLine
    logged: Sequence[Logged]
    written_on: date
    by_file: bool = False


class Waiting(NamedTuple):
    """A line that needs an answer, and why."""

    line: InboxLine
    why: ConnectError


@dataclass(frozen=True)
class New:
    """What is new in the folder. files: that were read. known: how many lines were taken before.

    renamed: lines of new files that stand in the journal word for word.
    """

    folder: Path
    files: Sequence[str]
    lines: Sequence[InboxLine]
    renamed: Sequence[InboxLine]
    known: int
    unread: Sequence[str]


class _Waits(Silent):
    """Nobody is asked yet: a hint names no option of `log`."""

    def unknown(self, typed: str, near: Sequence[str], *, doubtful: bool = False) -> str | None:
        """Refuse, and show how to add somebody."""
        add = as_typed("add", typed, options=("--new",) if doubtful else ())
        raise NoSuchPerson(typed, tuple(near), None if near else f"to add them: {add}")

    def who(self) -> str:
        """Refuse."""
        raise NotUnderstood(NOBODY_NAMED)

    def settle(self, doubt: Doubt) -> Answer:
        """Refuse, but for a misspelt kind."""
        if doubt.about is About.CONTACT:
            raise NotUnderstood(doubt.message)
        return super().settle(doubt)


class _Draft(NamedTuple):
    line: InboxLine
    drafting: Drafting
    interactions: Sequence[Interaction]
    written_on: date
    by_file: bool


class Run:
    """One run through the inbox. verb: the command that all of it belongs to."""

    def __init__(self, journal: Journal, verb: str = "inbox") -> None:
        self._journal, self._verb = journal, verb
        self._names: Names | None = None

    def look(self) -> New:
        """The lines that were not taken yet. Raises NoInbox if the folder cannot be read."""
        inbox.waiting(self._journal.connection)  # if it is damaged, nothing is to be taken
        folder = folder_of(self._journal.settings.inbox_folder)
        found = read_inbox(folder, self._journal.context.now)
        taken = inbox_lines.taken(self._journal.connection, (line.id for line in found.lines))
        new = [line for line in found.lines if line.id not in taken]
        renamed = self._renamed(new, {line.family for line in found.lines if line.id in taken})
        known = len(found.lines) - len(new)
        if renamed:
            again = {line.id for line in renamed}
            new = [line for line in new if line.id not in again]
        return New(
            folder, found.files, new, renamed, known, [*found.unread, *_passed_over(renamed)]
        )

    def take(
        self, new: New, progress: Progress = lambda _: None, *, asks: bool = False
    ) -> tuple[list[Taken], list[Waiting]]:
        """Log the lines that are certain; the others wait.

        progress: called with how many lines were read, and then kept: twice as many in all.
        asks: somebody is there to answer what waits, so the list before this is the one they had.
        """
        drafts, waiting = self._drafts(new.lines, progress)
        taken = self._keep(
            drafts,
            lambda done: progress(len(new.lines) + done),
            at_keyboard=asks and bool(waiting),
        )
        if new.renamed:
            words = f"passed over {counted(len(new.renamed), 'line')} logged before"
            self._leave(new.renamed, words, dropped=False)
        return taken, waiting

    def waiting(self, lines: Sequence[InboxLine]) -> list[Waiting]:
        """The lines that are not certain; nothing is written."""
        return self._drafts(lines)[1]

    def _drafts(
        self, lines: Sequence[InboxLine], progress: Progress = lambda _: None
    ) -> tuple[list[_Draft], list[Waiting]]:
        drafts: list[_Draft] = []
        waiting: list[Waiting] = []
        self._names = names_of(self._journal.connection)  # nobody is added meanwhile
        for number, line in enumerate(lines, 1):
            progress(number)
            try:
                drafts.append(self._draft(line, line.text, _Waits()))
            except JournalTrouble:
                raise  # no answer to a line helps there
            except ConnectError as error:
                waiting.append(Waiting(line, error))
        self._names = None
        return drafts, waiting

    def answer(self, line: InboxLine, words: str, answers: Answers) -> Taken | None:
        """Log a line, asking what it leaves open; None if it has just been taken elsewhere.

        words: what it says; somebody may have said it in other words. Raises ConnectError, and
        writes nothing, if it stays uncertain.
        """
        draft = self._draft(line, words, answers)
        return next(iter(self._keep([draft], at_keyboard=True)), None)

    def drop(self, line: InboxLine) -> bool:
        """Let a line become no interaction; undo lets it wait again.

        Returns False if it has just been taken elsewhere.
        """
        return self._leave([line], f"dropped {line.place}", dropped=True)

    def _leave(self, lines: Sequence[InboxLine], words: str, *, dropped: bool) -> bool:
        """Keep that lines became no interaction. dropped: until that is undone.

        Returns whether any of them had not been taken.
        """
        with self._more(words, at_keyboard=dropped) as rows:
            taken = inbox_lines.taken(self._journal.connection, (line.id for line in lines))
            left = [line for line in lines if line.id not in taken]
            key = self._key()
            for line in left:
                rows.take_line(key, inbox_lines.keyed_hash(key, line.id), dropped=dropped)
        return bool(left)

    def _renamed(self, new: Sequence[InboxLine], known: Collection[str]) -> list[InboxLine]:
        """The lines of new files, most of whose lines stand in the journal word for word.

        known: the files of which a line was taken before. One that was logged from a terminal with
        `log -` counts as well.
        """
        by_file: dict[str, list[InboxLine]] = {}
        for line in new:
            if line.family not in known:
                by_file.setdefault(line.family, []).append(line)
        found: list[InboxLine] = []
        for lines in by_file.values():
            if len(lines) >= LEAST_SAME:
                same = self._logged(lines)
                stamped = {line.text for line in same if self._has_time(line)}
                found += same if len(stamped) >= LEAST_SAME and 2 * len(same) > len(lines) else []
        return found

    def _has_time(self, line: InboxLine) -> bool:
        """Whether a line begins with a day and a time."""
        with suppress(ConnectError):
            dated = self._dated(line, line.text)
            return dated is not None and dated.time is not None
        return False

    def _logged(self, lines: Sequence[InboxLine]) -> list[InboxLine]:
        """Those whose words were logged as they stand."""
        texts = json.dumps([line.text for line in lines])
        found = {words for (words,) in self._journal.connection.execute(_LOGGED, (texts,))}
        return [line for line in lines if line.text in found]

    def note_waiting(self, number: int) -> None:
        """Keep how many lines wait, if that has changed."""
        if inbox.waiting(self._journal.connection) != number:
            with self._journal.transaction() as transaction:
                transaction.note_waiting(number)

    def _draft(self, line: InboxLine, words: str, answers: Answers) -> _Draft:
        """What a line means. Raises ConnectError if it is not certain."""
        dated = self._dated(line, words)
        text, moment, time = dated or (words, self._changed(line), None)
        written = Written(moment, time)
        drafting = Drafting(self._journal, LogOptions(), answers, written, self._names)
        interactions = drafting.interactions(text, entered=words)
        by_file = dated is None and not (drafting.day_said and self._is_fixed(interactions, moment))
        drafts = _with_ids(interactions, line.id)
        return _Draft(line, drafting, drafts, drafting.written_on, by_file)

    def _dated(self, line: InboxLine, words: str) -> Dated | None:
        """The words and when they were written, if they say so, or the line that they stand for."""
        now, starts_at = self._journal.context.now, self._journal.settings.day_starts_at
        dated = read_dated(words, now, starts_at)
        if dated is None and words != line.text:
            with suppress(ConnectError):  # a stamp that does not exist: that is why they stand here
                dated = read_dated(line.text, now, starts_at)
                return None if dated is None else dated._replace(text=words)
        return dated

    def _is_fixed(self, interactions: Sequence[Interaction], moment: datetime) -> bool:
        """Whether their days are the same whenever the line was written: no `yesterday`."""
        later = Written(moment + MUCH_LATER)
        try:
            drafting = Drafting(self._journal, LogOptions(), Silent(), later, self._names)
            again = [one for each in interactions for one in drafting.interactions(each.entered)]
        except ConnectError:
            return False
        return [one.day for one in again] == [one.day for one in interactions]

    def _changed(self, line: InboxLine) -> datetime:
        """When the file of a line was changed; a clock that is ahead does not make it tomorrow.

        Raises NotUnderstood if that clock was never set.
        """
        if (year := line.changed.year) < FIRST_YEAR:
            raise NotUnderstood(
                f"no day is known: the file says that it was last changed in {year}",
                "write the day in front, like 2026-11-03",
            )
        now, starts_at = self._journal.context.now, self._journal.settings.day_starts_at
        ahead = logical_day(line.changed, starts_at) > logical_day(now, starts_at)
        return now if ahead else line.changed

    def _more(self, words: str, *, at_keyboard: bool) -> AbstractContextManager["Rows"]:
        """The transaction of this run's one command. at_keyboard: somebody has answered."""
        return self._journal.write_more(
            self._verb, words, to=self._verb, also=f"; {words}", at_keyboard=at_keyboard
        )

    def _keep(
        self,
        drafts: Sequence[_Draft],
        progress: Progress = lambda _: None,
        *,
        at_keyboard: bool = False,
    ) -> list[Taken]:
        """Store what was drafted, without what another command has taken meanwhile."""
        if not drafts:
            return []
        journal = self._journal
        interactions = [one for draft in drafts for one in draft.interactions]
        words = log.in_words(interactions)
        open_before = loops.to_close(journal, interactions)
        kept: list[Taken] = []
        with self._more(words, at_keyboard=at_keyboard) as rows:
            taken = inbox_lines.taken(journal.connection, (draft.line.id for draft in drafts))
            key = self._key()
            for number, draft in enumerate(drafts, 1):
                progress(number)
                if draft.line.id not in taken:
                    rows.take_line(key, inbox_lines.keyed_hash(key, draft.line.id))
                    new = self._not_there(draft.interactions)
                    logged = [
                        one._replace(open_loops=loops.in_order(open_before, one.interaction))
                        for one in log.keep(journal, rows, draft.drafting, new)
                    ]
                    kept.append(Taken(draft.line, logged, draft.written_on, draft.by_file))
        return kept

    def _key(self) -> str:
        return next(iter(inbox_lines.keys(self._journal.connection)), None) or inbox_lines.new_key()

    def _not_there(self, interactions: Sequence[Interaction]) -> list[Interaction]:
        """Those that did not come with another copy of the journal, in a version without lines."""
        sql = "SELECT 1 FROM interaction WHERE id = ?"
        found = self._journal.connection
        return [one for one in interactions if found.execute(sql, (one.id,)).fetchone() is None]


def _with_ids(interactions: Sequence[Interaction], line_id: str) -> list[Interaction]:
    """The first interaction of a line has the line's id; others, if it is several, their own."""
    ids = (line_id, *(stable_id("inbox", line_id, str(n)) for n in range(1, len(interactions))))
    return [one._replace(id=row_id) for one, row_id in zip(interactions, ids, strict=True)]


def _passed_over(renamed: Sequence[InboxLine]) -> Iterator[str]:
    """What is told of the lines of files that were renamed."""
    for file, number in Counter(line.file for line in renamed).items():
        yield f"not taken again: {counted(number, 'line')} of {file}, which the journal has already"


_LOGGED = """SELECT DISTINCT entered FROM interaction
  WHERE entered IN (SELECT value FROM json_each(?))"""
