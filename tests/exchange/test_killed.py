"""An import that is killed, or finds the disk full, is there whole or not at all."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from connect_cli.store import database
from connect_cli.sync import jsonl
from tests.conftest import Connect

PEOPLE, INTERACTIONS, KILLS = 100, 4000, 50
MOMENT = "2026-01-01T00:00:00.000+00:00"


def big_file(path: Path, interactions: int = INTERACTIONS) -> None:
    """A journal of some size, as a file."""
    with path.open("w", encoding="utf-8") as file:
        for line in lines_of(interactions):
            file.write(json.dumps(line) + "\n")


def lines_of(interactions: int) -> Iterator[dict[str, object]]:
    """The lines of a journal with so many interactions."""
    yield {"type": jsonl.FORMAT, "version": 1}
    for number in range(PEOPLE):
        person = {"type": "person", "id": f"{number:012d}", "name": f"Person {number}"}
        yield {**person, "created_at": MOMENT, "at": MOMENT}
    for number in range(interactions):
        yield {
            "type": "interaction",
            "id": f"{PEOPLE + number:012d}",
            "day": "2026-01-01",
            "kind": "coffee",
            "counts": "yes",
            "tried": False,
            "note": "tea " * 20,
            "entered": "",
            "people": [f"{number % PEOPLE:012d}"],
            "recorded_at": MOMENT,
            "at": MOMENT,
        }
    yield {"type": "end", "lines": PEOPLE + interactions}


def counted(path: Path) -> tuple[int, ...]:
    """How many people and interactions a sound journal has."""
    with closing(database.open_to_read(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM command WHERE open = 1").fetchone() == (0,)
        return tuple(
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("person", "interaction")
        )


@pytest.mark.slow
def test_a_killed_import_is_there_whole_or_not_at_all(
    connect: Connect, journal_file: Path, tmp_path: Path
) -> None:
    """Fifty times, at any moment of it; the copy made before is whole each time."""
    connect("add", "Grace Hopper")
    before = journal_file.read_bytes()
    file = tmp_path / "big.jsonl"
    big_file(file)
    command = [sys.executable, "-m", "connect_cli", "import", str(file), "--yes"]
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    took = time.perf_counter() - started
    chance, seen = Random(1815), set()  # noqa: S311  # nothing here is secret
    for _ in range(KILLS):
        clean(journal_file)
        journal_file.write_bytes(before)
        child = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(chance.uniform(0.3, 1.1) * took)
        if child.poll() is not None:
            took *= 0.9  # the first one had less of the machine
        child.send_signal(signal.SIGKILL)
        child.wait()
        seen.add(counted(journal_file))
        for copy in (journal_file.parent / "backups").glob("*before-import*.db"):
            assert counted(copy) == (1, 0)
    assert seen <= {(1, 0), (1 + PEOPLE, INTERACTIONS)}
    assert (1, 0) in seen


def clean(journal_file: Path) -> None:
    """Remove the journal and all that lies beside it."""
    for file in sorted(journal_file.parent.rglob("*"), reverse=True):
        if file.is_file():
            file.unlink()


@pytest.mark.slow
def test_an_import_that_finds_the_disk_full_changes_nothing(
    connect: Connect, journal_file: Path, tmp_path: Path
) -> None:
    """A limit on the size of files stands for the disk."""
    connect("add", "Grace Hopper")
    file = tmp_path / "big.jsonl"
    big_file(file)
    program = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000));"
        "from connect_cli.__main__ import main; sys.argv = ['connect', *sys.argv[1:]]; main()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, "import", str(file), "--yes"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ},
    )
    assert ran.returncode == 5
    assert "Traceback" not in ran.stderr
    assert counted(journal_file) == (1, 0)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells what was used")
def test_a_hundred_thousand_interactions_take_little_memory(tmp_path: Path) -> None:
    """Twenty times the interactions do not take twenty times the memory, in or out."""
    peaks = []
    for size in (5_000, 100_000):
        file = tmp_path / f"{size}.jsonl"
        big_file(file, size)
        env = {**os.environ, "CONNECT_JOURNAL": str(tmp_path / f"{size}.db")}
        peaks += [
            peak(words, env)
            for words in (("import", str(file), "--yes"), ("export", "jsonl", os.devnull))
        ]
    small_in, small_out, large_in, large_out = peaks
    assert large_in < small_in + 50_000
    assert large_out < small_out + 50_000


def peak(words: tuple[str, ...], env: dict[str, str]) -> int:
    """The most memory that a command took, in kilobytes."""
    program = (
        "import sys; from connect_cli.__main__ import main; sys.argv = ['connect', *sys.argv[1:]]\n"
        "try: main()\n"
        "finally:\n"
        "  lines = open('/proc/self/status').read().splitlines()\n"
        "  print(*[line.split()[1] for line in lines if 'VmHWM' in line], file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *words],
        capture_output=True,
        text=True,
        check=True,
        env=env,
    )
    return int(ran.stderr.split()[-1])
