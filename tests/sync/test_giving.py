"""What a machine gives: a whole file takes the place of many, and nobody is the poorer for it."""

from pathlib import Path

import pytest

from connect_cli.sync import giving
from tests.sync.fleet import Machine, together

MOST = 3


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Machine]:
    """Machines in one folder, where few files are many."""
    monkeypatch.setattr(giving, "MOST_FILES", MOST)
    machines = [Machine(tmp_path / name, name, tmp_path / "folder") for name in "abc"]
    for machine in machines:
        machine.set_up()
    machines[0].log("coffee with Ada")
    together(machines)
    return machines


def has_given(machine: Machine) -> list[str]:
    """The files of a machine, without its state."""
    with machine.meeting() as run:
        own = run.mine.machine_id
    return [Path(name).stem for name in machine.files() if own in name and "000" in name]


def test_a_whole_file_replaces_many_once_all_have_taken_them(three: list[Machine]) -> None:
    """Not before; and it may bring something new."""
    ada, bob, _ = three
    for _ in range(MOST):
        ada.log("tea with Ada")
        ada.sync()
        bob.sync()
    assert len(has_given(ada)) == MOST + 1
    together(three)
    assert has_given(ada) == ["000005"]
    ada.log("call with Ada")
    together(three)
    assert has_given(ada) == ["000005", "000006"]
    assert ada.export() == bob.export() == three[2].export()


def test_what_is_new_in_the_whole_file_is_taken(three: list[Machine]) -> None:
    """By those who had taken every file that it replaces."""
    ada, bob, cat = three
    for _ in range(MOST):
        ada.log("tea with Ada")
        ada.sync()
    for other in (bob, cat):
        other.sync()
    ada.log("call with Ada")
    ada.sync()
    assert has_given(ada) == ["000005"]
    together(three)
    assert ada.export() == bob.export() == cat.export()
    assert sum('"type": "interaction"' in line for line in bob.export()) == 2 + MOST


def test_what_its_owner_had_seen_of_others_is_taken_with_it(three: list[Machine]) -> None:
    """Although the whole file says nothing new of its owner's."""
    ada, bob, cat = three
    for _ in range(MOST):
        ada.log("tea with Ada")
        ada.sync()
    for other in (bob, cat):
        other.sync()
    cat.log("call with Ada")
    cat.sync()
    with cat.meeting() as run:
        late = run.folder.file(run.mine.machine_id, 1)
    ada.sync()
    assert has_given(ada) == ["000005"]
    late.rename(late.with_name("late"))  # a carrier brings it after the whole file
    bob.sync()
    late.with_name("late").rename(late)
    together(three)
    assert ada.export() == bob.export() == cat.export()
