"""`connect inbox` reads a folder that real Syncthing carries: each line is logged exactly once.

Two machines with journals of their own take lines from the folder again and again while a phone
appends to a file in it, and somebody else appends to the same file where nothing is connected.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from threading import Event

import pytest

from connect_cli.store import database
from tests.ran import Ran
from tests.sync.syncthing import Instance, connect, instances, settle

PHONE, WATCH = "phone.txt", "watch.txt"
AT_FIRST = (
    "coffee with Ada: at the door\n",
    "called Grace: about the engine\n- coffee with Ada: at the door\n",
    "2024-11-20T18:05 walk with Grace: along the river\n\n# no line\n",
    "2024-11-20T18:05 walk with Grace: along the river\n2024-11-21 lunch with A",
    "da: noodles\n",
)
APART = (
    ("called Ada: from the train\n", "called Ada: from the train\ncoffee with Grace: rain\n"),
    (
        "coffee with Grace: rain\n" * 3 + "met Ada: of the phone\n",
        "2024-11-22T09:00 tea with Ada: of the other\n" * 2,
    ),
)
"""What the phone appends, and what is appended to the same file elsewhere at that time."""


class Machine:
    """A journal of its own, which takes lines from the folder of an instance."""

    def __init__(self, place: Path, instance: Instance) -> None:
        place.mkdir()
        self.folder = instance.folder
        self._place = place
        self._env = {
            **{name: value for name, value in os.environ.items() if name != "CONNECT_NOW"},
            "HOME": str(place),
            "XDG_DATA_HOME": str(place / "data"),
            "XDG_CONFIG_HOME": str(place / "config"),
        }
        self.must("inbox", "--setup", str(self.folder))

    def run(self, *words: str) -> Ran:
        """A command in a process of its own, which knows the real time."""
        done = subprocess.run(
            [sys.executable, "-m", "connect_cli", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            env=self._env,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def must(self, *words: str) -> str:
        """The same; it succeeds."""
        ran = self.run(*words)
        assert ran.code == 0, (words, ran)
        return ran.out

    def take(self, *, waiting: bool = False) -> None:
        """Take every line that is certain. waiting: one is not."""
        ran = self.run("inbox")
        assert ran.code == (3 if waiting else 0), ran

    def take_until(self, enough: Event) -> None:
        """Take lines again and again, and at least three times."""
        for times in count(1):
            self.take()
            if enough.is_set() and times > 2:
                return

    def merge(self, other: "Machine") -> None:
        """Merge what the journal of another machine holds."""
        file = self._place / "other.jsonl"
        file.unlink(missing_ok=True)
        other.must("export", "jsonl", str(file))
        self.must("import", str(file), "--yes")

    def logged(self) -> Counter[str]:
        """How many interactions have each note."""
        return Counter(note for _, note in self.interactions())

    def interactions(self) -> list[tuple[str, str]]:
        """The id and the note of each."""
        journal = self._place / "data" / "connect" / "journal.db"
        with closing(database.open_to_read(journal)) as connection:
            return connection.execute("SELECT id, note FROM interaction ORDER BY id").fetchall()


def counted(copies: Mapping[str, bytes]) -> Counter[str]:
    """How many interactions of each note these files and their conflict copies hold."""
    found: Counter[str] = Counter()
    for device in (PHONE, WATCH):
        fullest: Counter[str] = Counter()
        for name, content in copies.items():
            if name.startswith(device.removesuffix(".txt")):
                lines = content.decode().splitlines()
                fullest |= Counter(line.partition(": ")[2] for line in lines if ": " in line)
        found += fullest
    return found


def append(instance: Instance, text: str, name: str = PHONE) -> None:
    """Add something to the file of a device, as an app on a phone does."""
    with (instance.folder / name).open("a", encoding="utf-8") as file:
        file.write(text)


def append_apart(made: Sequence[Instance], of_phone: str, of_other: str) -> dict[str, bytes]:
    """Append to one file in two places that are not connected, and connect them.

    Returns both versions of the file.
    """
    phone, *_, other = made
    other.pause()
    append(phone, of_phone)
    append(other, of_other)
    for one in (phone, other):
        one.scan()
    versions = {f"phone of {one.device}": one.content()[PHONE] for one in (phone, other)}
    other.resume()
    connect(made)
    settle(made)
    time.sleep(
        1.1
    )  # the name of a conflict copy has its second: another of that second replaces it
    return versions


@contextmanager
def taking(machines: Sequence[Machine]) -> Iterator[None]:
    """Meanwhile both machines take lines again and again."""
    enough = Event()
    with ThreadPoolExecutor() as pool:
        running: list[Future[None]] = [pool.submit(one.take_until, enough) for one in machines]
        try:
            yield
        finally:
            enough.set()
    for one in running:
        one.result()


def appended(
    made: Sequence[Instance], machines: Sequence[Machine], watched: str = ""
) -> dict[str, bytes]:
    """Append to the file of a device, together and apart, while both machines take lines.

    watched: what another device writes. Returns the versions of what was appended apart.
    """
    versions: dict[str, bytes] = {}
    with taking(machines):
        for text in AT_FIRST:
            append(made[0], text)
            time.sleep(0.5)
        if watched:
            append(made[0], watched, WATCH)
        settle(made)
        for number, texts in enumerate(APART):
            found = append_apart(made, *texts)
            versions |= {f"{name} {number}": content for name, content in found.items()}
    return versions


def met(one: Machine, other: Machine) -> Counter[str]:
    """What both journals hold once each has merged the other; the same."""
    one.merge(other)
    other.merge(one)
    assert one.interactions() == other.interactions()
    return one.logged()


@pytest.fixture
def machines(shared: list[Instance], tmp_path: Path) -> tuple[Machine, Machine]:
    """Two machines that know Ada and Grace; the last two instances are theirs."""
    one, other = (
        Machine(tmp_path / name, instance)
        for name, instance in zip(("one", "other"), shared[-2:], strict=True)
    )
    one.must("add", "Ada Lovelace")
    one.must("add", "Grace Hopper")
    other.merge(one)
    return one, other


@pytest.fixture
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Instance]]:
    """Instances of Syncthing that share a folder; the phone is the first."""
    number, max_conflicts = request.param
    with instances(tmp_path / "syncthing", number, max_conflicts) as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("shared", [(2, 10), (3, 10)], indirect=True)
def test_each_line_is_logged_once_on_both_machines(
    shared: list[Instance], machines: tuple[Machine, Machine]
) -> None:
    """Whatever was appended where, both journals have it, before they meet and afterwards."""
    watched = "2024-11-20T18:05 walk with Grace: along the river\n"
    versions = appended(shared, machines, watched)
    there = settle(shared)
    assert len(there) > 2, "no conflict arose"
    expected = counted(there)
    assert expected == counted({**versions, WATCH: there[WATCH]})
    for one in machines:
        one.take()
        assert one.logged() == expected
    assert met(*machines) == expected
    for one in machines:
        one.take()
        assert one.logged() == expected
        one.must("doctor")


@pytest.mark.slow
@pytest.mark.parametrize("shared", [(2, 0), (3, 0)], indirect=True)
def test_no_line_is_logged_twice_where_syncthing_keeps_no_conflict_copies(
    shared: list[Instance], machines: tuple[Machine, Machine]
) -> None:
    """Each line that is left in the folder is logged, and what Syncthing lost at most once."""
    versions = appended(shared, machines)
    there = settle(shared)
    written = counted(versions)
    assert set(there) == {PHONE}
    assert counted(there) < written, "no conflict arose"
    for one in machines:
        one.take()
        assert counted(there) <= one.logged() <= written
    together = machines[0].logged() | machines[1].logged()
    assert met(*machines) == together
    for one in machines:
        one.take()
        assert one.logged() == together


@pytest.mark.slow
@pytest.mark.parametrize("shared", [(2, 10)], indirect=True)
def test_what_was_undone_on_a_machine_comes_back_on_none(
    shared: list[Instance], machines: tuple[Machine, Machine]
) -> None:
    """Whether the other had taken it before or takes it later; a line that waits stays certain."""
    one, _ = machines
    append(shared[0], "coffee with Ada: kept\ncoffee with Zoe: waits\n")
    settle(shared)
    for each in machines:
        each.take(waiting=True)
    append(shared[0], "coffee with Ada: undone\n" * 2)
    settle(shared)
    one.take(waiting=True)
    one.must("undo", "--yes")
    append(shared[0], "coffee with Grace: later\n")
    settle(shared)
    for each in machines:
        each.take(waiting=True)
    assert one.logged() == {"kept": 1, "later": 1}
    assert met(*machines) == {"kept": 1, "later": 1}
    one.must("add", "Zoe Miller")
    assert met(*machines) == {"kept": 1, "later": 1}
    for each in machines:
        each.take()
        assert each.logged() == {"kept": 1, "later": 1, "waits": 1}
    assert met(*machines) == {"kept": 1, "later": 1, "waits": 1}
