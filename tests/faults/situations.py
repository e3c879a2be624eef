"""How a journal may lie where nothing can be written."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran
from tests.faults.test_files import EVERY_SORT
from tests.faults.working import can_be_without_rights, can_mount_read_only, ran
from tests.safety.test_encryption import KEY

SOMEBODY = 12_345
"""A user who is neither root nor the one who runs the tests."""

BEGINNING: tuple[Sequence[str], ...] = (
    *EVERY_SORT,
    *[("add", "Grace Hopper", "--every", "1m"), ("pause", "grace"), ("add", "Mary")],
    *[("archive", "mary"), ("log", "tea with grace yesterday")],
    *[("add", name, "--every", "1d") for name in ("Bo", "Cy", "Di", "Flo")],
    *[("alias", "grace", "Amazing"), ("undo", "--yes")],
)


only_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")


@dataclass(frozen=True)
class Situation:
    """How a journal lies where nothing can be written.

    prepare: brings it there. reason: what every command that writes says. under: how a process is
    started for which it is so. with_changes: the -wal holds what was written last.
    """

    prepare: Callable[[Path], None]
    reason: str
    under: dict[str, bool]
    with_changes: bool = False


def change_nothing(_: Path) -> None:
    pass


def without_index(journal: Path) -> None:
    beside(journal, "-shm").unlink()


def beside(journal: Path, ending: str) -> Path:
    return journal.with_name(f"{journal.name}{ending}")


def close_folder(journal: Path) -> None:
    journal.parent.chmod(0o500)


def close_folder_with_changes(journal: Path) -> None:
    without_index(journal)
    close_folder(journal)


def close_file(journal: Path) -> None:
    journal.chmod(0o400)


def close_both(journal: Path) -> None:
    close_folder(journal)
    close_file(journal)


def give_away(journal: Path) -> None:
    for path in (journal.parent, *journal.parent.rglob("*")):
        os.chown(path, SOMEBODY, SOMEBODY)
        path.chmod(0o755 if path.is_dir() else 0o644)


def give_away_with_changes(journal: Path) -> None:
    give_away(journal)
    without_index(journal)


def leave_others_index(journal: Path) -> None:
    """As an older version, or another program, left it that ran as somebody else."""
    for ending in ("-wal", "-shm"):
        path = beside(journal, ending)
        path.touch()
        os.chown(path, SOMEBODY, SOMEBODY)
        path.chmod(0o600)


def leave_others_changes(journal: Path) -> None:
    for ending in ("-wal", "-shm"):
        os.chown(beside(journal, ending), SOMEBODY, SOMEBODY)
        beside(journal, ending).chmod(0o644)


def close_index(journal: Path) -> None:
    beside(journal, "-shm").chmod(0o400)


ON_DISK, NO_RIGHTS = {"read_only": True}, {"without_rights": True}
DISK = "it lies on a read-only file system"
SITUATIONS = {
    "a read-only disk": Situation(change_nothing, DISK, ON_DISK),
    "changes on a read-only disk": Situation(without_index, DISK, ON_DISK, with_changes=True),
    "an index on a read-only disk": Situation(change_nothing, DISK, ON_DISK, with_changes=True),
    "a closed folder": Situation(close_folder, "the mode of its folder", NO_RIGHTS),
    "changes in a closed folder": Situation(
        close_folder_with_changes, "the mode of its folder", NO_RIGHTS, with_changes=True
    ),
    "a closed file": Situation(close_file, "the mode of its file is 0400", NO_RIGHTS),
    "a closed file and folder": Situation(close_both, "the mode of its file is 0400", NO_RIGHTS),
    "somebody else's": Situation(give_away, "its file belongs to user 12345", NO_RIGHTS),
    "somebody else's with changes": Situation(
        give_away_with_changes, "its file belongs to user 12345", NO_RIGHTS, with_changes=True
    ),
    "somebody else's, in use": Situation(
        give_away, "its file belongs to user 12345", NO_RIGHTS, with_changes=True
    ),
    "somebody else's empty -wal": Situation(
        leave_others_index, "journal.db-wal beside it belongs to user 12345", NO_RIGHTS
    ),
    "somebody else's changes": Situation(
        leave_others_changes,
        *("journal.db-wal beside it belongs to user 12345", NO_RIGHTS),
        with_changes=True,
    ),
    "a closed index": Situation(
        close_index, "the mode of journal.db-shm beside it is 0400", NO_RIGHTS, with_changes=True
    ),
}


def by_key(_: Path) -> tuple[str, ...]:
    """The key, if the journal is encrypted."""
    return (KEY,)


def answers_there(
    commands: Sequence[Sequence[str]], how: str, journal: Path, env: dict[str, str] | None = None
) -> list[Ran]:
    """What commands answer in a situation."""
    under: dict[str, Any] = dict(SITUATIONS[how].under)
    if under.pop("read_only", False):
        if not can_mount_read_only():
            pytest.skip("the system lets nobody mount a folder read-only")
        under["read_only"] = journal.parent
    elif not can_be_without_rights():
        pytest.skip("root's rights cannot be given up here")
    elif SITUATIONS[how].prepare not in BY_ANYBODY and os.getuid() != 0:
        pytest.skip("only root can give a file away")
    return ran(commands, env={"CONNECT_JOURNAL": str(journal), **(env or {})}, **under)


BY_ANYBODY = (
    *(change_nothing, close_folder, close_folder_with_changes, close_file, close_both),
    close_index,
)


def is_refused(answer: Ran, reason: str, words: Sequence[str]) -> bool:
    """Exit 5 and the reason in one line, behind what some commands say before they begin."""
    *_, said_last, hint = ["", "", *answer.err.splitlines()]
    if words[0] == "decrypt":
        return answer.code == 2
    return (
        answer.code == 5
        and said_last.startswith("connect: the journal ")
        and f"cannot be written: {reason}" in said_last
        and hint.startswith("hint: ")
    )


@contextmanager
def in_use(journal: Path) -> Iterator[None]:
    """Another process that has the journal open.

    One of its own, for whoever reads the file gives up the locks of his own process.
    """
    program = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1])\n"
        "connection.execute('SELECT count(*) FROM person').fetchone()\n"
        "print('open', flush=True)\n"
        "sys.stdin.read()\n"
        "connection.close()\n"
    )
    words = [sys.executable, "-c", program, str(journal)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == b"open\n"
        yield
        process.stdin.close()
