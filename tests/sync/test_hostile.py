"""What others, or a damaged disk, may leave in the sync folder: it waits, and harms nobody."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from connect_cli.errors import ConnectError
from connect_cli.files import LONGEST_LINE
from connect_cli.render.sync_words import say_machines
from connect_cli.safety import age
from connect_cli.sync import meeting_place, setup
from connect_cli.sync.folder import KEY, Marker
from connect_cli.sync.glance import is_quiet
from tests.sync.fleet import Machine

PRECIOUS, NOBODY = "precious.txt", "0" * 12
NOTES = ("one", "two", "three", "four")
HUGE = 64 * 2**30


class Pair:
    """Two machines and their folder; one of three files of `b` was taken by `a`."""

    def __init__(self, home: Path) -> None:
        self.home, self.folder, self.outside = home, home / "F", home / "outside"
        self.a, self.b = (Machine(home / name, name, self.folder) for name in "ab")
        self.a.minutes = self.b.minutes = 60

    def meet(self) -> None:
        """Let them meet."""
        self.a.log(f"coffee with Ada: {NOTES[0]}")
        for machine in (self.a, self.b):
            machine.set_up()
            machine.sync()
        for note in NOTES[1:]:
            self.b.log(f"tea with Bob: {note}")
            self.b.sync()
            if note == NOTES[1]:
                self.a.sync()
        self.outside.mkdir()
        (self.outside / PRECIOUS).write_text("kept")

    def of(self, machine: Machine) -> Path:
        """The folder of a machine."""
        with machine.meeting() as run:
            return self.folder / "machines" / run.mine.machine_id

    def restore(self, met: Path, folder: Path) -> None:
        """Let the folder of a machine be as it was when they met."""
        if folder.is_symlink() or folder.is_file():
            folder.unlink()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(met / folder.relative_to(self.home), folder)

    def seen_of(self) -> dict[str, bytes | str]:
        """What is in the folder and outside, except for what `a` itself writes."""
        own = self.of(self.a)
        return {
            str(each): str(each.readlink()) if each.is_symlink() else each.read_bytes()
            for each in (*self.folder.rglob("*"), *self.outside.rglob("*"))
            if each.is_symlink() or (_is_small(each) and not each.is_relative_to(own))
        }


def _is_small(file: Path) -> bool:
    return file.is_file() and file.stat().st_size < HUGE


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of two machines that have met, to be copied."""
    pair = Pair(tmp_path_factory.mktemp("met"))
    pair.meet()
    return pair.home


@pytest.fixture
def pair(met: Path, tmp_path: Path) -> Pair:
    """Two machines that have met."""
    shutil.copytree(met, tmp_path / "pair")
    return Pair(tmp_path / "pair")


def said(**fields: Any) -> Callable[[Path], None]:
    """`machine.json` with other fields."""

    def change(folder: Path) -> None:
        file = folder / "machine.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), **fields}))

    return change


def header(**fields: Any) -> Callable[[Path], None]:
    """The newest file with other fields in its first line; its hash fits."""

    def change(folder: Path) -> None:
        file = folder / "000003.jsonl"
        first, rest = file.read_bytes().split(b"\n", 1)
        file.write_bytes(json.dumps({**json.loads(first), **fields}).encode() + b"\n" + rest)
        said(hash=hashlib.sha256(file.read_bytes()).hexdigest())(folder)

    return change


def content(name: str, held: bytes, size: int | None = None) -> Callable[[Path], None]:
    """A file with another content, and a size of which the rest is empty."""

    def change(folder: Path) -> None:
        (folder / name).write_bytes(held)
        if size is not None:
            os.truncate(folder / name, size)

    return change


def link(name: str, target: str) -> Callable[[Path], None]:
    """A link in the place of a file."""

    def change(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).symlink_to(target)

    return change


def pipe(name: str) -> Callable[[Path], None]:
    """A pipe, to which nobody writes, in the place of a file."""

    def change(folder: Path) -> None:
        (folder / name).unlink()
        os.mkfifo(folder / name)

    return change


def directory(name: str) -> Callable[[Path], None]:
    """A folder in the place of a file, or where none was."""

    def change(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).mkdir()

    return change


WRONG: tuple[Any, ...] = (
    10**400,
    -1,
    1.5,
    True,
    None,
    [],
    [[]],
    {},
    {"x": 1},
    "\0\x1b[2J",
    "\ud800",
)
DEEP = b"[" * 200_000
STATE = ("connect", "version", "name", "schema", "number", "hash", "base", "forgotten", "retired")
HEAD = ("type", "version", "machine", "number", "before", "whole", "news", "schema")
MOMENTS = (
    "9999-12-31T23:59:59.999+00:00",
    "0001-01-01T00:00:00.000+00:00",
    "2026-11-20T09:00",
    "2016-12-31T23:59:60.000+00:00",
    "9999-12-31T23:59:59-23:59",
    "yesterday",
)
COUNTS = ({"../..": 1}, {NOBODY: 10**30}, {NOBODY: -1}, {NOBODY: 1.0}, {NOBODY: True})
LINES = (
    b"x" * (2 * LONGEST_LINE),
    DEEP,
    b'{"connect": "machine", "seen": ' + DEEP,
    bytes(range(256)),
    b"",
)

SAME = [link(name, to) for name in ("machine.json", "000003.jsonl") for to in ("/dev/zero", name)]
CASES: dict[str, list[Callable[[Path], None]]] = {
    **{f"{name} of a machine": [said(**{name: value}) for value in WRONG] for name in STATE},
    "newest of a machine": [said(newest=value) for value in (*WRONG, *MOMENTS)],
    "seen of a machine": [said(seen=value) for value in (*WRONG, *COUNTS)],
    **{f"{name} of a file": [header(**{name: value}) for value in WRONG] for name in HEAD},
    "seen of a file": [header(seen=value, whole=False) for value in (*WRONG, *COUNTS)],
    "seen of a whole file": [header(seen=value, whole=True) for value in (*WRONG, *COUNTS)],
    "lines of a machine": [content("machine.json", held) for held in LINES],
    "lines of a file": [content("000003.jsonl", held) for held in LINES],
    "huge files": [content(name, b"{", HUGE) for name in ("machine.json", "000003.jsonl")],
    "pipes": [pipe("machine.json"), pipe("000003.jsonl")],
    "folders": [directory(name) for name in ("machine.json", "000003.jsonl", "000000.jsonl")],
    "links": [link("machine.json", "/etc/passwd"), link("000003.jsonl", "/etc/passwd"), *SAME],
    "the last number": [content("999999999.jsonl", b"{}\n")],
}


def run(pair: Pair) -> None:
    """Everything that looks into the folder, on machine `a`; it may only raise ConnectError."""
    with suppress(ConnectError), pair.a.meeting() as meeting:
        is_quiet(meeting.journal.connection, meeting.folder, meeting.mine, "a", pair.a.now)
        meeting.much()
        meeting.look()
        list(say_machines(meeting.machines(), date(2026, 11, 20)))
        meeting.take()
        meeting.give()


def check_recovers(pair: Pair, met: Path, folder: Path) -> None:
    """Once the folder of a machine is as it was, they meet as if nothing had been."""
    pair.restore(met, folder)
    for machine in (pair.a, pair.b, pair.a, pair.b):
        last = machine.sync()
    assert not last.waits
    assert pair.a.export() == pair.b.export()
    found = [one["note"] for one in map(json.loads, pair.a.export()) if one.get("note")]
    assert sorted(found) == sorted(NOTES)


@pytest.mark.parametrize("what", CASES)
def test_what_is_wrong_in_the_folder_of_another_waits(pair: Pair, met: Path, what: str) -> None:
    """Nothing of others is changed, and once it is right again nothing is lost."""
    folder = pair.of(pair.b)
    for change in CASES[what]:
        pair.restore(met, folder)
        change(folder)
        before = pair.seen_of()
        run(pair)
        assert pair.seen_of() == before
    check_recovers(pair, met, folder)


def behind_link(pair: Pair, folder: Path) -> None:
    """Put a link to a folder outside in the place of a folder."""
    if folder.is_dir():
        shutil.copytree(folder, pair.outside, dirs_exist_ok=True)
        shutil.rmtree(folder)
    folder.symlink_to(pair.outside)


@pytest.mark.parametrize("whose", ["own", "other", "retired", "all"])
def test_nothing_is_written_or_removed_behind_a_link(pair: Pair, whose: str) -> None:
    """A link in the place of a folder is no machine, and nobody writes there."""
    other, all_of_them = pair.of(pair.b), pair.folder / "machines"
    retired = all_of_them / NOBODY
    if whose == "retired":
        said(retired=[NOBODY])(other)
    place = {"own": pair.of(pair.a), "other": other, "retired": retired, "all": all_of_them}[whose]
    behind_link(pair, place)
    pair.a.log("coffee with Ada: new here")
    before = pair.seen_of()
    run(pair)
    assert pair.seen_of() == before


def test_a_folder_that_is_a_link_is_named(pair: Pair) -> None:
    """One line says what to do; then everything is given."""
    own = pair.of(pair.a)
    behind_link(pair, own)
    pair.a.log("coffee with Ada: new here")
    with pytest.raises(ConnectError, match="is a link"):
        pair.a.sync()
    own.unlink()
    for machine in (pair.a, pair.b, pair.a):
        machine.sync()
    assert pair.a.export() == pair.b.export()


@pytest.mark.parametrize("inside", [b"no key", b"\xff\xfe", b""])
def test_a_key_that_is_none_is_refused(pair: Pair, inside: bytes) -> None:
    """The journal keeps no key that opens nothing."""
    pytest.importorskip("pyrage")
    (pair.folder / KEY).write_bytes(age.encrypt_by("hello there")(inside))
    with pair.a.journal() as journal:
        at = meeting_place.place(pair.a.path, str(pair.folder), quiet=True)
        marker = Marker(NOBODY, encrypted=True)
        with pytest.raises(ConnectError, match="no age key"):
            setup.key_for(journal, marker, at, lambda: "hello there", plain=False)
