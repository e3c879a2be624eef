"""A journal is opened: whole, private from the first byte, and made only to be written."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from connect_cli.errors import JournalTrouble
from connect_cli.store import database, migrations


def test_four_first_commands_at_once_all_succeed(tmp_path: Path) -> None:
    """Of several processes that open a new journal at the same time, none fails."""
    path = tmp_path / "new" / "journal.db"
    program = (
        "import sys; from pathlib import Path; from connect_cli.store import database;"
        "sys.stdin.read();"
        "c = database.open_to_write(Path(sys.argv[1]));"
        "print(c.execute('PRAGMA user_version').fetchone()[0]); c.close()"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for one in started:
        assert one.stdin is not None
        one.stdin.close()
        one.stdin = None
    versions = [one.communicate()[0].strip() for one in started]
    assert versions == [str(len(migrations.STEP_FILES))] * 4
    assert [child.name for child in path.parent.iterdir() if child.suffix == ".new"] == []


def test_the_journal_is_private_from_the_first_byte(tmp_path: Path) -> None:
    """The file is 0600 in a 0700 directory, whatever the umask."""
    path = tmp_path / "data" / "journal.db"
    before = os.umask(0)
    try:
        database.open_to_write(path).close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_reading_a_journal_that_is_not_there_makes_nothing(tmp_path: Path) -> None:
    """It reads as an empty one."""
    connection = database.open_to_read(tmp_path / "none" / "journal.db")
    assert connection.execute("SELECT count(*) FROM person").fetchone() == (0,)
    connection.close()
    assert list(tmp_path.iterdir()) == []


def spoiled(path: Path, how: str) -> None:
    """Put something at `path` that is not a usable journal."""
    if how == "directory":
        path.mkdir()
    elif how == "dangling link":
        path.symlink_to(path.with_name("nowhere"))
    elif how == "empty":
        path.touch()
    elif how == "noise":
        path.write_bytes(bytes(range(256)) * 64)
    else:
        connection = database.open_to_write(path)
        pragma = "user_version = 99" if how == "newer" else "application_id = 7"
        connection.execute(f"PRAGMA {pragma}")
        connection.close()


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("directory", "is not a file"),
        ("dangling link", "leads nowhere"),
        ("empty", "is empty"),
        ("noise", "is not a journal"),
        ("newer", "a newer connect"),
        ("foreign", "another program"),
    ],
)
def test_what_is_not_a_usable_journal_is_refused_and_left_alone(
    tmp_path: Path, how: str, told: str
) -> None:
    """One clear error, for reading as for writing, and not a byte is changed."""
    path = tmp_path / "journal.db"
    spoiled(path, how)
    before = path.read_bytes() if path.is_file() else None
    for opened in (database.open_to_read, database.open_to_write):
        with pytest.raises(JournalTrouble, match=told):
            opened(path)
    assert (path.read_bytes() if path.is_file() else None) == before
