"""Check that this journal is exactly what all machines together gave.

A journal that is made of nothing but the files in the folder is compared with this one, line by
line as `export jsonl` writes both.
"""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import zip_longest
from typing import NamedTuple

from connect_cli import scratch
from connect_cli.journal.journal import Journal
from connect_cli.store import database
from connect_cli.store.machines import Mine
from connect_cli.store.schema import new_id
from connect_cli.store.snapshot import one_moment
from connect_cli.sync import copies
from connect_cli.sync.folder import Folder
from connect_cli.sync.taking import Taking, Wait


class Compared(NamedTuple):
    """What the comparison found.

    lines: how many lines are the same, from the first on. here, there: the first line that differs
    in this journal and in what was given; both None if all are the same. waits: what the folder
    holds and nobody can take.
    """

    lines: int
    here: str | None
    there: str | None
    waits: tuple[Wait, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether both are the same to the byte."""
        return self.here is None and self.there is None

    @property
    def here_is(self) -> str:
        """Which line differs here; empty if none does."""
        return "" if self.is_same else _which(self.here)

    @property
    def there_is(self) -> str:
        """Which line differs in what was given; empty if none does."""
        return "" if self.is_same else _which(self.there)


def compare(journal: Journal, folder: Folder, mine: Mine) -> Compared:
    """Compare this journal with what all machines gave."""
    with _made_of(journal, folder, mine) as (other, waits):
        lines = 0
        with one_moment(journal.connection), one_moment(other.connection):
            here, there = copies.lines(journal.connection), copies.lines(other.connection)
            for one, two in zip_longest(here, there):
                if one != two:
                    return Compared(lines, one, two, waits)
                lines += 1
    return Compared(lines, None, None, waits)


@contextmanager
def _made_of(
    journal: Journal, folder: Folder, mine: Mine
) -> Iterator[tuple[Journal, tuple[Wait, ...]]]:
    """A journal made of the files in the folder alone; of an encrypted one only in memory."""
    with scratch.workroom(journal.context.path) as room:
        context = journal.context._replace(path=room / "given.db")
        with closing(Journal(context)) as other:
            if journal.is_encrypted:
                other.begin_with(database.empty())
            as_new = Mine(mine.journal_id, new_id(), key=mine.key)
            taking = Taking(other, folder, as_new)
            taking.look()
            taking.obey(taking.orders())
            taking.run()
            yield other, tuple(taking.waits)


def _which(line: str | None) -> str:
    """Which line it is, without what it says: its type and id."""
    if line is None:
        return "no line"
    said = json.loads(line)
    return " ".join(str(said[name]) for name in ("type", "of", "id") if name in said)
