"""A plain directory that is carried by hand: late, twice, out of order, in part."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.copies import STEP
from tests.sync.carried import (
    CUTS,
    Carried,
    at_last,
    copied,
    deliver,
    deliver_all,
    fleet,
    gaps,
    put,
)

PLACE = st.integers(0, 2)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("do"), PLACE, STEP.filter(lambda step: step[0] != "undo")),
        st.tuples(st.just("sync"), PLACE),
        st.tuples(st.just("deliver"), PLACE, PLACE, st.integers(0, 2**32)),
    ),
    max_size=30,
)


def do(machines: list[Carried], sort: str, place: int, *more: object) -> None:
    """One step of a random course; what a run did not take, it names."""
    machine = machines[place]
    if sort == "do":
        machine.do(more[0])
    elif sort == "sync":
        run = machine.sync()
        waiting = {one.machine for one in run.waits}
        assert len(gaps(machine)) == len(waiting), (gaps(machine), run.waits)
    elif more[0] != place:
        deliver(machine, machines[int(str(more[0]))], random.Random(int(str(more[1]))))  # noqa: S311


@settings(max_examples=settings().max_examples // 2)
@given(STEPS, st.integers(-2000, 2000))
def test_whatever_is_delivered_when_all_end_alike(steps: list[tuple[str, int]], apart: int) -> None:
    """Late, old, cut or repeated deliveries lose nothing, and what waits is named meanwhile."""
    with TemporaryDirectory() as place:
        machines = fleet(Path(place), apart=apart)
        for step in steps:
            do(machines, *step)
        at_last(machines)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> list[Carried]:
    """Three machines that have met, to be copied."""
    made = fleet(tmp_path_factory.mktemp("three"))
    made[0].log("coffee with Ada: at the door")
    at_last(made)
    return made


@pytest.fixture
def machines(three: list[Carried], tmp_path: Path) -> list[Carried]:
    """Three machines that have met; what each has is what the others have."""
    return copied(three, tmp_path)


def brought(machines: list[Carried]) -> dict[str, bytes]:
    """The files of the first machine after it gave two more, of which nothing was carried yet."""
    first = machines[0]
    for line in ("tea with Ada, Grace: of engines", "called Grace: from the train"):
        first.log(line)
        first.sync()
    return first.versions[-1]


ONE_LINE = {"header alone", "a line missing"}
"""What leaves a file of one line as it is."""


@pytest.mark.parametrize(
    ("which", "cut"),
    [
        (which, cut)
        for which in ("000002.jsonl", "000003.jsonl", "machine.json")
        for cut in CUTS
        if which != "machine.json" or cut not in ONE_LINE
    ],
)
def test_a_file_that_is_not_whole_waits_and_is_named(
    machines: list[Carried], which: str, cut: str
) -> None:
    """What comes before it is taken, and the rest once it is whole."""
    other = machines[1]
    for name, content in brought(machines).items():
        damaged = CUTS[cut](content) if name.endswith(which) else content
        put(other.folder / "machines" / name, damaged)
    run = other.sync()
    assert [one.machine for one in run.waits] == ["a"]
    assert other.taken()[machines[0].id] in ((1,) if which != "000003.jsonl" else (2,))
    at_last(machines)


ORDERS = {
    "machine.json first": ("machine.json", "000003.jsonl", "000002.jsonl"),
    "machine.json last": ("000002.jsonl", "000003.jsonl", "machine.json"),
    "the later file first": ("000003.jsonl", "machine.json", "000002.jsonl"),
    "each twice": ("000002.jsonl", "000002.jsonl", "machine.json", "machine.json", "000003.jsonl"),
}


@pytest.mark.parametrize("order", ORDERS)
def test_files_in_any_order(machines: list[Carried], order: str) -> None:
    """Whatever comes first, all is taken in its order, and what is not yet is named."""
    other, own = machines[1], machines[0].id
    files = brought(machines)
    for name in ORDERS[order]:
        put(other.folder / "machines" / own / name, files[f"{own}/{name}"])
        run = other.sync()
        assert {one.machine for one in run.waits} == ({"a"} if gaps(other) else set())
    assert other.taken()[own] == 3
    at_last(machines)


def whole_again(machine: Carried) -> None:
    """Let a machine give everything anew."""
    with machine.meeting() as run:
        run.take()
        run.give(whole=True)
    machine.sync()


@pytest.mark.parametrize("late", ["000004.jsonl", "machine.json"])
def test_deletions_come_before_the_whole_file_that_replaces_them(
    machines: list[Carried], late: str
) -> None:
    """The machine that has not taken what was removed waits for the whole file."""
    other, own = machines[1], machines[0].id
    brought(machines)
    whole_again(machines[0])
    files = machines[0].versions[-1]
    assert set(files) == {f"{own}/000004.jsonl", f"{own}/machine.json"}
    put(other.folder / "machines" / own / "000001.jsonl", None)
    for name, content in files.items():
        if not name.endswith(late):
            put(other.folder / "machines" / name, content)
    run = other.sync()
    assert [one.machine for one in run.waits] == ["a"]
    assert other.taken()[own] == 1
    deliver_all(machines)
    run = other.sync()
    assert run.waits == []
    assert other.taken()[own] == 4
    at_last(machines)


def test_a_whole_file_stands_for_what_its_owner_had_taken(machines: list[Carried]) -> None:
    """A machine that is far away needs nothing of a third one to take it."""
    one, two, three = machines
    two.log("walk with Grace: along the river")
    two.sync()
    deliver_all([one, two])
    one.sync()
    whole_again(one)
    deliver_all([one, three])
    put(three.folder / "machines" / two.id / "000001.jsonl", None)
    run = three.sync()
    assert run.waits == []
    assert three.taken() == {one.id: 2, two.id: 1}
    at_last(machines)


def test_an_answer_waits_for_its_question(machines: list[Carried]) -> None:
    """A file that builds on one of a third machine waits until that one is here."""
    one, two, three = machines
    two.log("walk with Grace: along the river")
    two.sync()
    deliver_all([one, two])
    one.sync()
    one.log("called Grace: about it")
    one.sync()
    deliver_all([one, three])
    run = three.sync()
    assert [each.machine for each in run.waits] == ["a"]
    assert "builds on file 1 of" in run.waits[0].why
    at_last(machines)
