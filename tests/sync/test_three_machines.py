"""Three machines that keep one journal come to hold the same, whatever happens to each of them."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.language.words import fold
from connect_cli.store import machines
from tests.journal.commands import check_index
from tests.sync.three import DOES, EVENTS, KNOWN, SECRET, WHICH, Event, World, world

SEEDS = st.integers(0, 2**32)
BEGUN = st.sampled_from((KNOWN, KNOWN, KNOWN, []))


def check_hidden(where: World) -> None:
    """No byte of a forgotten name is in anybody's copy of the folder."""
    with where.machines[0].journal() as journal:
        if not where.secret & machines.forgotten(journal.connection):
            return
    for machine in where.machines:
        for name, content in machine.files().items():
            text = content.decode()
            assert SECRET not in text, name
            assert "Quux" not in text, name
            assert fold(SECRET) not in text, name


def check_sound(where: World) -> None:
    """Every journal is whole in itself."""
    for machine in where.machines:
        with machine.journal() as journal:
            check_index(journal.connection)


@settings(max_examples=10)
@given(begun=BEGUN, events=EVENTS, seed=SEEDS)
def test_machines_that_have_seen_all_hold_the_same(
    begun: Sequence[Event], events: Sequence[Event], seed: int
) -> None:
    """Whatever was done on each, however late, often or half it came, and whoever was killed."""
    with world(seed) as where:
        where.happen([*begun, *events])
        where.check()
        check_sound(where)
        check_hidden(where)


@settings(max_examples=10)
@given(
    begun=BEGUN,
    events=EVENTS,
    which=WHICH,
    more=st.lists(DOES.filter(lambda one: "forget" not in one[2][0]), min_size=1, max_size=4),
    seed=SEEDS,
)
def test_what_one_machine_says_last_is_what_all_hold(
    begun: Sequence[Event],
    events: Sequence[Event],
    which: int,
    more: Sequence[Event],
    seed: int,
) -> None:
    """Nothing that was answered is lost, even if the clock of that machine is behind."""
    with world(seed) as where:
        where.happen([*begun, *events])
        where.check()
        where.clear_inboxes()
        where.happen([("do", which, step) for _, _, step in more])
        said = where.machines[which].export()
        assert where.check() == said
