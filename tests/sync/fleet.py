"""Machines that keep one journal through a folder, in this process and with clocks of their own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from connect_cli.exchange.export import lines_of_everything
from connect_cli.journal import log
from connect_cli.journal.answers import Silent
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Context, Journal
from connect_cli.settings import Settings
from connect_cli.sync import meeting_place, setup
from connect_cli.sync.run import Sync

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class Machine:
    """A journal with a clock, and the folder as this machine sees it.

    ahead: by how much the clock differs. Each command takes a minute.
    """

    def __init__(self, home: Path, name: str, folder: Path, ahead: timedelta = timedelta()) -> None:
        self.home, self.name, self.folder, self.ahead = home, name, folder, ahead
        self.path = home / "journal.db"
        self.minutes = 0
        home.mkdir(parents=True, exist_ok=True)

    @property
    def now(self) -> datetime:
        """What its clock shows."""
        return START + self.ahead + timedelta(minutes=self.minutes)

    @contextmanager
    def journal(self, settings: Settings | None = None) -> Iterator[Journal]:
        """Its journal, open for one command."""
        self.minutes += 1
        given = settings or Settings(sync_folder=str(self.folder))
        journal = Journal(Context(self.path, self.now, given, Silent()))
        try:
            yield journal
        finally:
            journal.close()

    def set_up(self, *, join: bool = False) -> None:
        """Meet the others in the folder, in plain text."""
        with self.journal() as journal:
            at = meeting_place.place(self.path, str(self.folder), quiet=True)
            marker = setup.check(journal, at)
            if marker is None:
                marker, key = setup.start(at, None)
            else:
                setup.check_meets(journal, marker, at, join=join)
                key = ""
            setup.adopt(journal, marker, key)

    @contextmanager
    def meeting(self) -> Iterator[Sync]:
        """A run that has not begun."""
        with self.journal() as journal:
            at = meeting_place.place(self.path, str(self.folder), quiet=True)
            mine = meeting_place.met(journal, at)
            yield Sync(journal, meeting_place.opened(at, mine), mine, self.name, at)

    def sync(self) -> Sync:
        """One run."""
        with self.meeting() as run:
            run.take()
            run.give()
            return run

    def log(self, line: str) -> None:
        """Log a line, with whoever is new in it."""
        with self.journal() as journal:
            log.log_lines(journal, [line], LogOptions(new=True))

    def export(self) -> list[str]:
        """The lines of its journal."""
        with self.journal() as journal:
            return list(lines_of_everything(journal))

    def files(self) -> dict[str, bytes]:
        """Every file in the folder as this machine sees it."""
        return {
            str(each.relative_to(self.folder)): each.read_bytes()
            for each in sorted(self.folder.rglob("*"))
            if each.is_file()
        }


def carry(one: Path, other: Path) -> None:
    """Bring every machine's files from one folder to another, as a carrier does."""
    shutil.copytree(one, other, dirs_exist_ok=True)


def together(machines: list[Machine], rounds: int = 8) -> None:
    """Sync all machines until nobody has anything to give."""
    for _ in range(rounds):
        runs = [machine.sync() for machine in machines]
        if not any(run.taken or run.given for run in runs):
            return
    raise AssertionError("they never come to an end")
