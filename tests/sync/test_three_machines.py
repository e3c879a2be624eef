"""Three machines that keep one journal come to hold the same, whatever happens to each of them."""

from collections.abc import Sequence

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from connect_cli.journal import log
from connect_cli.journal.drafts import LogOptions
from connect_cli.language.words import fold
from connect_cli.safety import forget
from connect_cli.store import machines
from tests.journal.commands import check_index
from tests.sync.three import DOES, EVENTS, HIDDEN, KNOWN, MEETS, WHICH, Event, World, world

DEMO: list[Event] = [("do", 0, ("demo", 0, 0)), *MEETS]
"""A year that somebody might have had is known to all machines."""

MOMENTS = 10
"""A run that obeys, takes, reads an inbox and gives has more commits and names than this."""

SEEDS = st.integers(0, 2**32)
BEGUN = st.sampled_from((KNOWN, KNOWN, KNOWN, []))

FEW = settings(
    max_examples=settings().max_examples // 4, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
"""An example takes a second, so it is not made smaller: the events tell the story as they are."""


def check_hidden(where: World) -> None:
    """No byte of a forgotten name is in anybody's copy of the folder."""
    with where.machines[0].journal() as journal:
        if not where.secret & machines.forgotten(journal.connection):
            return
    for machine in where.machines:
        for name, content in machine.files().items():
            text = content.decode()
            assert HIDDEN not in text, name
            assert "Quux" not in text, name
            assert fold(HIDDEN) not in text, name


def check_sound(where: World) -> None:
    """Every journal is whole in itself."""
    for machine in where.machines:
        with machine.journal() as journal:
            check_index(journal.connection)


@FEW
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


@FEW
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
        where.happen([("do", which, step) for _, _, step in more])
        where.clear_inboxes()
        said = where.machines[which].export()
        assert where.check() == said


@settings(FEW, max_examples=max(1, settings().max_examples // 10))
@given(events=EVENTS, seed=SEEDS)
def test_the_lists_of_a_lived_in_journal_are_alike(events: Sequence[Event], seed: int) -> None:
    """With many people and conversations, `today` and `plan` have more to choose from."""
    with world(seed) as where:
        where.happen([*DEMO, *events])
        where.check()


@pytest.mark.parametrize("hard", [False, True])
def test_a_run_that_was_killed_goes_on(hard: bool) -> None:
    """At every commit and every change of a name, while it obeys, takes, and gives."""
    with world(1) as where:
        one, other, _ = where.machines
        where.happen(KNOWN)
        at, killed = 1, True
        while killed:
            known = len(other.export())
            with one.journal() as journal:
                log.log(journal, f"tea with Passing{at} and Ada", LogOptions(new=True))
            where.happen([("sync", 0), ("carry", 0, 1, "all", 0), ("sync", 1)])
            with one.journal() as journal:
                forget.forget(journal, journal.named(f"Passing{at}"))
            where.happen([("do", 0, ("log", 1, 1)), ("sync", 0), ("carry", 0, 1, "all", 0)])
            where.happen([("do", 1, ("log", 2, 2)), ("do", 1, ("write", 0, at % 12))])
            killed = other.kill_hard(at) if hard else other.kill(at)
            where.reseed()
            other.sync()
            assert other.waiting() == []
            assert len(other.export()) > known
            at += 3 if hard else 1
        assert at > MOMENTS
        where.check()
        check_sound(where)
        for machine in where.machines:
            assert not any(b"Passing" in content for content in machine.files().values())


def test_what_is_said_after_forgetting_is_given() -> None:
    """Forgetting takes changes out of the record, and the next ones get the numbers of those."""
    with world(1) as where:
        where.happen([*KNOWN, ("do", 2, ("forget", 0, 0)), ("do", 2, ("pause", 2, 0))])
        assert any('"type": "pause"' in line for line in where.check())


def test_a_whole_file_waits_for_what_its_owner_says() -> None:
    """A run was killed between the two: who takes the file has not heard of the order in it."""
    with world(1) as where:
        where.happen([*KNOWN, ("do", 2, ("log", 1, 1)), *reversed(MEETS), *MEETS])
        where.happen([("do", 2, ("forget secret", 0, 0))])
        gone = where.machines[2]
        gone.sync()
        before = gone.past[-2]
        state = f"machines/{gone.id}/machine.json"
        (gone.folder / state).write_bytes(before[state])
        where.mirror()
        for machine in where.machines[:2]:
            assert machine.sync().taken == []
            assert machine.waiting() != []
        where.check()
        check_hidden(where)


def test_a_file_older_than_a_whole_one_is_not_taken() -> None:
    """It may name somebody whom its owner has forgotten since."""
    with world(1) as where:
        first, second, _ = where.machines
        where.happen([*KNOWN, ("do", 0, ("secret", 1, 1)), ("sync", 0)])
        late = {name: each for name, each in first.files().items() if first.id in name}
        where.happen([("do", 0, ("forget secret", 0, 0)), ("do", 1, ("forget secret", 0, 0))])
        where.happen([("sync", 0), ("sync", 1)])
        now = {name: each for name, each in first.files().items() if first.id in name}
        for name, content in (late | now).items():
            (second.folder / name).write_bytes(content)
        second.sync()
        assert "Quux" not in second.path.read_bytes().decode(errors="replace")
        where.check()
        check_hidden(where)


def test_a_machine_with_another_first_command_has_the_same_list() -> None:
    """When the journal was begun follows from its people, whatever each machine did first."""
    with world(1) as where:
        where.happen([("do", 0, ("log", 2, 1)), ("do", 2, ("another day", 2, 1))])
        where.happen([("do", 0, ("undo", 3, 8))])
        where.check()


def test_a_machine_that_never_gave_says_what_is_left_of_somebody_forgotten() -> None:
    """It knows that a row was deleted, and not whose; whoever knew whose has nothing of it left."""
    with world(1) as where:
        where.happen([*KNOWN, ("do", 1, ("merge", 2, 11)), ("do", 1, ("undo", 0, 0))])
        where.happen([*reversed(MEETS), *MEETS, *MEETS, ("do", 0, ("forget", 3, 0))])
        where.check()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("said", ["remember", "log", "promise", "relate"])
def test_what_was_said_of_somebody_who_is_kept_is_given_with_them(said: str, seed: int) -> None:
    """A new machine may have heard that they were deleted, and never of them, when it hears of it.

    The whole file of who deleted them stands for all that its owner had seen. seed: decides whose
    files are taken first.
    """
    with world(seed) as where:
        deletes, says, _ = where.machines
        where.happen([*KNOWN, ("do", 0, ("undo", 0, 1)), ("do", 1, ("forget", 2, 0))])
        where.happen([("sync", 1), *(("carry", 1, to, "all", 0) for to in (0, 2))])
        where.happen([("sync", 2), ("sync", 0), ("do", 1, (said, 3, 4)), ("sync", 1)])
        assert any('"of": "person"' in line for line in deletes.export())
        assert where.check() == says.export()
