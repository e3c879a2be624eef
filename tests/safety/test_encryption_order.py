"""What reaches the disk while a journal is encrypted, and in which order."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from connect_cli.store import database, signature
from tests.safety.test_encryption import KEY, keys, seal
from tests.store.journals import log, people


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal whose last writes stand in its write-ahead file alone, and nobody is at work."""
    there, path = tmp_path / "there" / "journal.db", tmp_path / "connect" / "journal.db"
    log(there, "Ada Lovelace")
    path.parent.mkdir(mode=0o700)
    with closing(database.open_to_write(there)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        log(there, "Grace Hopper")
        for file in there.parent.glob("journal.db*"):
            (path.parent / file.name).write_bytes(file.read_bytes())
    assert path.with_name("journal.db-wal").stat().st_size
    return path


Event = tuple[str, object]


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """What is told to the file system: files are told apart by their numbers."""
    seen: list[Event] = []
    fsync, unlink, replace = os.fsync, Path.unlink, Path.replace

    def synced(handle: int) -> None:
        seen.append(("fsync", os.fstat(handle).st_ino))
        fsync(handle)

    def unlinked(path: Path, **how: Any) -> None:
        seen.append(("unlink", path.name))
        unlink(path, **how)

    def renamed(path: Path, target: Path) -> Path:
        seen.append(("rename", path.stat().st_ino))
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "unlink", unlinked)
    monkeypatch.setattr(Path, "replace", renamed)
    return seen


def test_each_step_is_on_the_disk_before_the_next(journal: Path, events: list[Event]) -> None:
    """The new file, then the end of what lay beside the old one, then the name."""
    folder = journal.parent.stat().st_ino
    seal(journal)
    new = journal.stat().st_ino
    wanted = [
        ("fsync", new),
        *[("unlink", f"journal.db{ending}") for ending in ("-wal", "-journal", "-shm")],
        *[("fsync", folder), ("rename", new), ("fsync", folder)],
    ]
    assert [event for event in events if event in wanted] == wanted


DIES = """
import os, sys
from pathlib import Path
from connect_cli import files
from connect_cli.safety import encryption

def die(new, target):
    if sys.argv[3] == "after":
        new.replace(target)
    os._exit(9)

files.settle = die
encryption.rewrite(Path(sys.argv[1]), lambda _: (), encryption.new_secret(sys.argv[2]))
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_the_last_writes_are_there_when_it_dies_at_the_change_of_names(
    journal: Path, when: str
) -> None:
    """Before it they are in the old file, after it in the new one."""
    done = subprocess.run([sys.executable, "-c", DIES, journal, KEY, when], check=False)
    assert done.returncode == 9
    assert signature.is_encrypted(journal) is (when == "after")
    assert people(journal, keys(KEY)) == ["Ada Lovelace", "Grace Hopper"]
