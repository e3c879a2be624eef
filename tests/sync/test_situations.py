"""What may happen to machines and their folder: one clear line, and nothing lost."""

import json
import os
import shutil
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from connect_cli.errors import ConnectError
from connect_cli.model import Named
from connect_cli.safety import forget
from connect_cli.store.migrations import SCHEMA
from connect_cli.sync.run import Sync
from tests.faults.working import can_mount_read_only, ran
from tests.sync.apart import Apart
from tests.sync.carried import Carried, at_last, copied, deliver_all, fleet, put
from tests.sync.fleet import Machine

WHO, NAME = ("Ada", "Grace", "Otto"), "Zebedee"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> list[Carried]:
    """Three machines that have met, to be copied; each has given something."""
    made = fleet(tmp_path_factory.mktemp("three"))
    for number, machine in enumerate(made):
        machine.log(f"coffee with {WHO[number]}: at the door")
        at_last(made)
    return made


@pytest.fixture
def machines(three: list[Carried], tmp_path: Path) -> list[Carried]:
    """Three machines that have met; what each has is what the others have."""
    return copied(three, tmp_path)


def forget_one(machine: Machine, name: str = NAME) -> None:
    """Forget somebody on a machine."""
    with machine.journal() as journal:
        sql = "SELECT id, name FROM person WHERE name = ?"
        (found,) = journal.connection.execute(sql, (name,)).fetchall()
        forget.forget(journal, Named(*found))


def notes(exported: list[str]) -> set[str]:
    """The notes of all interactions."""
    said = map(json.loads, exported)
    return {one["note"] for one in said if one["type"] == "interaction"}


def gave(machine: Carried, line: str) -> None:
    """A machine logs a line and gives it."""
    machine.log(line)
    machine.sync()


# A journal that went back, or is there twice


def test_a_restored_journal_goes_on_as_a_new_machine(machines: list[Carried]) -> None:
    """It says so, takes what it gave before like that of another, and loses nothing."""
    one = machines[0]
    backup = one.path.read_bytes()
    gave(one, "tea with Grace: after the copy")
    before = one.id
    restore(one, backup)
    one.log("tea with Grace: after it was restored")
    run = one.sync()
    assert len(run.notes) == 1
    assert "goes on as a new machine" in run.notes[0]
    assert f"connect sync --retire {before}" in run.notes[0]
    assert one.id != before
    assert {"after the copy", "after it was restored"} <= notes(at_last(machines))
    assert one.sync().notes == []


def restore(machine: Machine, backup: bytes) -> None:
    """Put an older journal into the place of this one."""
    for ending in ("-wal", "-shm"):
        machine.path.with_name(machine.path.name + ending).unlink(missing_ok=True)
    machine.path.write_bytes(backup)


def test_what_a_lost_journal_gave_is_taken_before_an_order_that_it_never_confirms(
    machines: list[Carried],
) -> None:
    """What only the folder holds would wait for ever otherwise."""
    one, two, _ = machines
    before = one.id
    one.log(f"coffee with {NAME}: before")
    at_last(machines)
    backup = one.path.read_bytes()
    one.log(f"tea with Grace and {NAME}: only in the folder of {NAME}")
    one.sync()
    two.minutes += 9
    forget_one(two)
    two.sync()
    restore(one, backup)
    deliver_all([two, one])
    one.sync()
    assert any("only in the folder" in note for note in notes(one.export()))
    with one.meeting() as run:
        run.look()
        assert [each.to_forget for each in run.machines() if each.id == before] == [1]
        run.take()
        run.retire(before)
    for machine in machines:
        machine.met.clear()  # whom they were with alone was forgotten
    exported = at_last(machines)
    assert any("only in the folder" in note for note in notes(exported))
    for machine in machines:
        assert not [name for name, held in machine.files().items() if NAME.encode() in held]


COURSES = {
    "the copy gives more": (("b",), ("a", "b", "b")),
    "both give as much": (("a", "b"), ("a",)),
    "the first one gives more": (("a", "b"), ("a", "a", "b")),
    "in turn": (("a", "b", "a", "b"), ()),
}


@pytest.mark.parametrize("winner", ["a", "b"])
@pytest.mark.parametrize("course", COURSES)
def test_two_machines_with_one_journal_both_go_on(
    machines: list[Carried], tmp_path: Path, course: str, winner: str
) -> None:
    """A disk was copied. One at least notices, nothing that either gave is lost, and all agree.

    The carrier keeps of each file that both wrote the one of the winner.
    """
    shutil.copytree(machines[0].home, tmp_path / "copy" / "a")
    twin = Carried(tmp_path / "copy", "a", timedelta(seconds=20))
    twin.minutes, twin.versions = machines[0].minutes, [*machines[0].versions]
    both = {"a": machines[0], "b": twin}
    own = twin.id
    first, later = COURSES[course]
    for number, name in enumerate(first + later):
        gave(both[name], f"tea with {WHO[number % 3]}: {name} {number}")
        if number == len(first) - 1:
            exchange(both[winner], both["b" if winner == "a" else "a"], own)
            deliver_own(both[winner], machines[2], own)
            machines[2].sync()
            exchange(both["b" if winner == "a" else "a"], both[winner], own, only_new=True)
    everybody = [*machines, twin]
    for _ in range(8):
        share(everybody)
        runs = [machine.sync() for machine in everybody]
        if not any(run.taken or run.given for run in runs):
            break
    else:
        raise AssertionError([(run.given, run.waits) for run in runs])
    assert len({machine.id for machine in everybody}) == 4
    exports = [machine.export() for machine in everybody]
    assert all(each == exports[0] for each in exports)
    said = {f"{name} {number}" for number, name in enumerate(first + later)}
    assert said <= notes(exports[0])


def exchange(source: Carried, to: Carried, own: str, *, only_new: bool = False) -> None:
    """Bring the files of one machine to its copy; only_new: those that are not there."""
    for file in sorted((source.folder / "machines" / own).glob("*")):
        there = to.folder / "machines" / own / file.name
        if not (only_new and there.exists()):
            shutil.copy2(file, there)


def deliver_own(source: Carried, to: Carried, own: str) -> None:
    """Bring the files of one machine to another."""
    exchange(source, to, own)


def share(everybody: list[Carried]) -> None:
    """Bring all folders to the same: of each file the one that was written last."""
    newest: dict[Path, Path] = {}
    for machine in everybody:
        for file in machine.folder.rglob("*"):
            inside = file.relative_to(machine.folder)
            if file.is_file() and (
                inside not in newest or file.stat().st_mtime_ns > newest[inside].stat().st_mtime_ns
            ):
                newest[inside] = file
    kept = {inside: (file.read_bytes(), file.stat()) for inside, file in newest.items()}
    for machine in everybody:
        for inside, (content, found) in kept.items():
            target = machine.folder / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            os.utime(target, ns=(found.st_atime_ns, found.st_mtime_ns))


def test_a_machine_that_is_called_otherwise_stays_itself(machines: list[Carried]) -> None:
    """The others show its new name, and nothing is given anew."""
    before = machines[0].id
    machines[0].name = "laptop"
    assert machines[0].sync().given is None
    deliver_all(machines)
    with machines[1].meeting() as run:
        run.take()
        assert "laptop" in [one.name for one in run.machines()]
    assert machines[0].id == before


# The folder


def refused(machine: Machine) -> str:
    """What a run says that cannot begin, or end."""
    before = machine.export()
    with pytest.raises(ConnectError) as raised:
        machine.sync()
    assert machine.export() == before
    return raised.value.message


def test_without_the_stick_nothing_happens(machines: list[Carried]) -> None:
    """Its folder is not there, or is empty because nothing is mounted there."""
    one = machines[0]
    one.log("tea with Grace: without the stick")
    one.folder.rename(one.home / "away")
    assert refused(one) == f"{one.folder} is not there"
    one.folder.mkdir()
    assert refused(one) == f"{one.folder} is no sync folder: connect-sync.json is not there"
    one.folder.rmdir()
    (one.home / "away").rename(one.folder)
    one.sync()
    assert "without the stick" in notes(at_last(machines))


def test_the_folder_of_another_journal_is_refused(machines: list[Carried], tmp_path: Path) -> None:
    """Nothing of it is taken, and nothing is given there."""
    other = Machine(tmp_path / "o", "o", tmp_path / "of the other")
    other.log("coffee with Zoe: elsewhere")
    other.set_up()
    other.sync()
    before = other.files()
    machines[0].folder = other.folder
    assert refused(machines[0]) == f"in {other.folder} another journal meets"
    assert other.files() == before
    with pytest.raises(ConnectError, match="have never met"):
        machines[0].set_up()


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    """It is not made a sync folder, and stays as it was."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("ada.jpg", "grace.jpg"):
        (folder / name).touch()
    one = Machine(tmp_path / "one", "one", folder)
    with pytest.raises(ConnectError, match=r"holds something else: ada\.jpg and 1 more"):
        one.set_up()
    assert len(list(folder.iterdir())) == 2


STRANGE = (".stfolder/x", ".stversions/a.jsonl", "desktop.ini", "machines/README", "machines/x/1")


def test_what_others_put_into_the_folder_is_passed_over(machines: list[Carried]) -> None:
    """Files that are not connect's stay as they are, and change nothing."""
    one = machines[0]
    own = f"machines/{one.id}"
    names = [*STRANGE, f"{own}/notes.txt", f"{own}/٠٠٠٠٩٩.jsonl", "my notes.txt"]
    for name in names:
        (one.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (one.folder / name).write_text("something")
    gave(one, "tea with Grace: among other things")
    assert all((one.folder / name).read_text() == "something" for name in names)
    assert own == f"machines/{one.id}"
    assert "among other things" in notes(at_last(machines))


@pytest.mark.parametrize("what", ["newest", "all", "folder", "machine.json"])
def test_own_files_that_are_not_there_are_given_anew(machines: list[Carried], what: str) -> None:
    """A whole file takes their place, under a new number."""
    one = machines[0]
    gave(one, "tea with Grace: not carried")
    own = one.folder / "machines" / one.id
    newest = max(own.glob("*.jsonl"))
    gone = {"newest": [newest], "machine.json": [own / "machine.json"]}.get(what, own.glob("*"))
    for file in list(gone):
        file.unlink()
    if what == "folder":
        own.rmdir()
    run = one.sync()
    assert run.given is not None
    assert run.given.whole
    assert run.given.number == int(newest.stem) + 1
    assert one.sync().given is None
    assert "not carried" in notes(at_last(machines))


def test_a_folder_that_was_emptied_fills_again(machines: list[Carried]) -> None:
    """Whoever has given something gives everything anew."""
    for machine in machines:
        shutil.rmtree(machine.folder / "machines")
    runs = [machine.sync() for machine in machines]
    assert all(run.given is not None and run.given.whole for run in runs)
    at_last(machines)


@pytest.mark.skipif(not can_mount_read_only(), reason="no file system can be mounted here")
def test_a_folder_that_cannot_be_written_is_one_line(machines: list[Carried]) -> None:
    """What came is taken all the same; what is new here is given once it can be."""
    one, two, _ = machines
    gave(two, "tea with Grace: taken from a read-only stick")
    deliver_all(machines)
    one.log("tea with Ada: given later")
    one.home.joinpath("connect").mkdir()
    config = one.home / "connect" / "config.toml"
    config.write_text(f'[sync]\nfolder = "{one.folder}"\n')
    env = {"CONNECT_JOURNAL": str(one.path), "XDG_CONFIG_HOME": str(one.home)}
    (answer,) = ran([("sync",)], read_only=one.folder, env=env)
    assert answer.code != 0
    assert "cannot write" in answer.err
    assert "Read-only file system" in answer.err
    assert "taken from a read-only stick" in notes(one.export())
    one.sync()
    assert "given later" in notes(at_last(machines))


def test_a_full_folder_is_one_line(
    machines: list[Carried], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the file stays there, and it is given once there is room."""
    one = machines[0]
    one.log("tea with Ada: given later")
    before = one.files()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("connect_cli.sync.seal.Seal.write", full)
        assert "cannot write" in refused(one)
    assert one.files() == before
    run = one.sync()
    assert run.given is not None
    assert not run.given.whole
    assert "given later" in notes(at_last(machines))


# Programs and clocks


@pytest.mark.parametrize("where", ["machine.json", "header"])
def test_a_newer_program_is_waited_for(
    machines: list[Carried], where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it gave waits, and says why; what this one gives is taken; once installed, all is."""
    one, two, _ = machines
    newer = SCHEMA + 1
    with monkeypatch.context() as patched:
        patched.setattr("connect_cli.sync.giving.SCHEMA", newer)
        gave(one, "tea with Grace: of the newer one")
    if where == "header":
        patch_state(one)
    deliver_all(machines)
    two.log("tea with Otto: of the older one")
    run = two.sync()
    (wait,) = run.waits
    assert (wait.machine, wait.why) == ("a", "a newer connect writes there")
    assert wait.hint == "install the newer connect here too"
    deliver_all(machines)
    with monkeypatch.context() as patched:
        patched.setattr("connect_cli.sync.taking.SCHEMA", newer)
        patched.setattr("connect_cli.sync.giving.SCHEMA", newer)
        exported = at_last(machines)
    assert {"of the newer one", "of the older one"} <= notes(exported)


def patch_state(machine: Carried) -> None:
    """Let a machine's state be as the older program writes it."""
    name = f"{machine.id}/machine.json"
    said = json.loads(machine.versions[-1][name]) | {"schema": SCHEMA}
    machine.versions[-1][name] = json.dumps(said).encode()


@pytest.mark.parametrize(("days", "told"), [(-7, True), (7, False), (0, False)])
def test_a_clock_that_is_days_behind_is_told(tmp_path: Path, days: int, told: bool) -> None:
    """It says what both show; of those that are ahead, the others tell."""
    folder = tmp_path / "folder"
    one = Machine(tmp_path / "one", "one", folder)
    two = Machine(tmp_path / "two", "two", folder, timedelta(days=days))
    for machine in (one, two):
        machine.set_up()
    one.log("coffee with Ada: now")
    one.sync()
    run = two.sync()
    assert [note.startswith("One clock is wrong: here it is 2026-11-13") for note in run.notes] == (
        [True] if told else []
    )
    assert notes(two.export()) == {"now"}


# Retiring


def retire(machine: Carried, other: str) -> Sync:
    """Retire a machine by its name."""
    with machine.meeting() as run:
        run.look()
        found = run.named(other)
        run.take()
        run.retire(found)
    machine.sync()
    return run


def test_a_retired_machine_comes_back_as_a_new_one(machines: list[Carried]) -> None:
    """What it gave stays, its files are nowhere, and what it had not given comes with it."""
    one, _, three = machines
    before = three.id
    three.log("tea with Grace: not given yet")
    gone = three.versions[-1]
    retire(one, "c")
    assert not (one.folder / "machines" / before).exists()
    deliver_all(machines[:2])
    assert gone
    deliver_all([one, three])
    run = three.sync()
    assert run.notes == ["This machine was retired: it goes on as a new one."]
    assert three.id != before
    assert "not given yet" in notes(at_last(machines))
    for machine in machines:
        machine.sync()
        assert not (machine.folder / "machines" / before).exists()


def test_what_only_a_third_machine_had_of_a_retired_one_stays(machines: list[Carried]) -> None:
    """It gives everything anew, because nobody else can any more."""
    one, two, three = machines
    before = three.id
    gave(three, "tea with Grace: taken by one alone")
    deliver_all([three, two])
    two.sync()
    gave(two, "tea with Grace: says something of it")
    retire(one, "c")
    shutil.rmtree(three.folder)
    at_last([one, two])
    assert {"taken by one alone", "says something of it"} <= notes(one.export())
    assert not (two.folder / "machines" / before).exists()


# Forgetting

REMOVED = "Removed 1 person for good, as 'connect forget' did on another machine."


@pytest.mark.parametrize("late", ["machine.json", None])
def test_an_order_is_carried_out_whichever_file_comes_first(
    machines: list[Carried], late: str | None
) -> None:
    """A whole file holds it as well as the word of its machine."""
    one, two, _ = machines
    one.log(f"tea with {NAME} and Grace: with {NAME}")
    at_last(machines)
    forget_one(one)
    one.sync()
    for name, content in one.versions[-1].items():
        if not name.endswith(f"/{late}"):
            put(two.folder / "machines" / name, content)
    run = two.sync()
    if late:
        assert (run.notes, len(run.waits)) == ([], 1)
        deliver_all([one, two])
        run = two.sync()
    assert run.notes == [REMOVED]
    assert NAME not in "".join(two.export())
    assert NAME.encode() not in two.path.read_bytes()
    at_last(machines)
    for machine in machines:
        own = machine.folder / "machines" / machine.id
        assert not [each for each in own.iterdir() if NAME.encode() in each.read_bytes()]


# Killed


def prepare(machines: list[Carried], what: str) -> None:
    """Let the second machine have much to do."""
    one, two, _ = machines
    two.log("tea with Grace: given by the killed one")
    if what == "take":
        gave(one, "tea with Ada: to be taken")
    if what == "forget":
        one.log(f"coffee with {NAME}, Ada: with somebody")
        at_last(machines)
        two.log(f"tea with {NAME}, Grace: to be given")
        forget_one(one)
        one.sync()
    if what == "restored":
        backup = two.path.read_bytes()
        gave(two, "tea with Otto: in the folder")
        restore(two, backup)
    deliver_all([one, two])


def work(machine: Carried, what: str) -> None:
    """What is killed."""
    if what == "retire":
        retire(machine, "c")
    else:
        machine.sync()


WRITES = {"execute", "executemany", "commit", "rename", "replace", "unlink", "rmdir", "fsync"}


def work_until(machine: Carried, what: str, limit: int) -> None:
    """Do it, and kill this process just before its write of this number."""
    writes = 0

    def see(_: FrameType, event: str, called: Any) -> None:
        nonlocal writes
        if event == "c_call" and called.__name__ in WRITES:
            if writes == limit:
                os.kill(os.getpid(), signal.SIGKILL)
            writes += 1

    sys.setprofile(see)
    work(machine, what)


def killed(machine: Carried, what: str, at: int) -> bool:
    """Do it in a process of its own that is killed before its write of this number, if it comes."""
    if not (number := os.fork()):
        try:
            work_until(machine, what, at)
        finally:
            os._exit(0)
    _, status = os.waitpid(number, 0)
    return os.WIFSIGNALED(status)


KINDS = ("give", "take", "forget", "restored", "retire")


@pytest.mark.parametrize("what", KINDS)
@pytest.mark.parametrize(
    "every", [pytest.param(60, id="some"), pytest.param(3, id="many", marks=pytest.mark.slow)]
)
def test_a_run_killed_at_any_write_is_made_good_by_the_next(
    machines: list[Carried], tmp_path: Path, what: str, every: int
) -> None:
    """Nothing is lost, no number stands for two contents, and whoever was forgotten is nowhere."""
    prepare(machines, what)
    at, more = 0, True
    while more:
        trial = copied(machines, tmp_path / f"{what} {at}")
        more = killed(trial[1], what, at)
        check_after(trial, what)
        at += every
    assert at > every


def check_after(machines: list[Carried], what: str) -> None:
    """Look at what a killed run left, and let the next one go on."""
    two = machines[1]
    left = own_files(two)
    if what == "retire":
        with two.meeting() as run:
            run.look()
            if "c" in [one.name for one in run.machines() if not one.retired]:
                run.take()
                run.retire(run.named("c"))
        two.sync()
        machines = machines[:2]
    two.sync()
    for name, content in own_files(two).items():
        assert left.get(name, content) == content, name
    two.versions.append({})
    two.sync()
    exported = at_last(machines)
    expected = {"given by the killed one"}
    expected |= {"to be taken"} if what == "take" else set()
    expected |= {"in the folder"} if what == "restored" else set()
    assert expected <= notes(exported)
    for name, content in two.files().items():
        assert ".new" not in name
        assert NAME.encode() not in content


def own_files(machine: Carried) -> dict[str, bytes]:
    """The numbered files of all machines that are seen there, by their paths."""
    return {name: held for name, held in machine.files().items() if name.endswith(".jsonl")}


# At once, with the real command


@pytest.fixture
def pair(tmp_path: Path) -> list[Apart]:
    """Two machines that share a folder."""
    made = [Apart(tmp_path, name, tmp_path / "folder", {}) for name in "xy"]
    made[0].must("add", "Ada")
    for machine in made:
        machine.set_up()
    return made


@pytest.mark.slow
def test_twenty_runs_at_once_on_one_machine(pair: list[Apart]) -> None:
    """Each ends well or says that another has just run; everything is given once, in order."""
    one, two = pair
    for number in range(3):
        two.must("log", f"coffee with Ada: of two {number}")
        two.must("sync")

    def go(number: int) -> None:
        if number % 4 == 0:
            one.must("log", f"tea with Ada: of one {number}")
        ran = one.run("sync")
        assert ran.code == 0 or "has just run" in ran.err, ran

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(go, range(20)))
    for _ in range(2):
        said = [json.loads(machine.must("sync", "--json")) for machine in (one, two)]
    assert all(not (each["waits"] or each["taken"] or each["notes"]) for each in said)
    assert len(list((one.folder / "machines").iterdir())) == 2, "nobody went on as a new machine"
    exports = [machine.export() for machine in pair]
    assert exports[0] == exports[1]
    for number in range(0, 20, 4):
        assert f"of one {number}".encode() in exports[0]
    one.must("sync", "--check")


@pytest.mark.slow
def test_a_copy_that_is_restored_by_the_command(pair: list[Apart], tmp_path: Path) -> None:
    """`connect restore` of a copy from before the last run loses nothing that was given."""
    one, two = pair
    one.must("sync")
    two.must("sync")
    copy = tmp_path / "copy.db"
    one.must("backup", str(copy))
    one.must("log", "coffee with Ada: after the copy")
    one.must("sync")
    one.must("restore", str(copy), "--yes")
    assert "goes on as a new machine" in one.must("sync")
    two.must("sync")
    assert one.export() == two.export()
    assert b"after the copy" in one.export()


def test_a_change_of_the_small_hours_is_of_the_day_before(tmp_path: Path) -> None:
    """As everywhere: the day of whoever looks begins at four."""
    one, two = fleet(tmp_path, "ab")
    one.ahead = timedelta(hours=-6, minutes=-30)  # it shows half past two
    one.log("coffee with Ada: late")
    at_last([one, two])
    with two.meeting() as run:
        run.look()
        (_, seen) = run.machines()
    assert seen.newest is not None
    assert seen.newest_on == seen.newest.date() - timedelta(days=1)
