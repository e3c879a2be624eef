"""Undoing and bringing again: the journal is as it was, whatever was done."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from connect_cli.errors import ConnectError, NoSuchThing, NotUnderstood
from connect_cli.journal import cadence, history, log, memory, merge, people, undo
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.model import Owed
from tests.journal.commands import Step, check_index, do, opened, steps, tables


class _Follow:
    """What an editor would show: the states before and after each command, and where one is."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.states = [tables(journal.connection)]
        self.at = 0

    def write(self, step: Step) -> None:
        """Do something; if it wrote, what could be brought again is no more."""
        before = len(undo.changes(self.journal))
        do(self.journal, step)
        if len(undo.changes(self.journal)) > before:
            self.states = [*self.states[: self.at + 1], tables(self.journal.connection)]
            self.at += 1
        self.check()

    def undo(self, number: int) -> None:
        """Take back so many, or as many as there are."""
        if self.at == 0:
            with pytest.raises(NoSuchThing, match="nothing to undo"):
                undo.undoable(self.journal, str(number))
            return
        undo.undo(self.journal, undo.undoable(self.journal, str(number)))
        self.at = max(0, self.at - number)
        self.check()

    def redo(self) -> None:
        """Bring again the last one taken back, if there is one."""
        if self.at == len(self.states) - 1:
            with pytest.raises(NoSuchThing, match="nothing to redo"):
                undo.redoable(self.journal)
            return
        undo.redo(self.journal, undo.redoable(self.journal))
        self.at += 1
        self.check()

    def check(self) -> None:
        """The journal is in the state where one is."""
        assert tables(self.journal.connection) == self.states[self.at]
        check_index(self.journal.connection)


@settings(max_examples=12)
@given(steps("undo", "undo", "redo", "redo", "reopen"))
def test_undo_and_redo_lead_to_what_was_there_table_by_table(sequence: list[Step]) -> None:
    """After any commands, undos and redos, and over any restart; the index and the days follow."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        follow = _Follow(opened(path))
        for step in sequence:
            if step[0] == "undo":
                follow.undo(1 + step[2] % 3)
            elif step[0] == "redo":
                follow.redo()
            elif step[0] == "reopen":
                follow.journal.close()
                follow.journal = opened(path)
            else:
                follow.write(step)
        follow.undo(999)
        assert not any(tables(follow.journal.connection).values())
        follow.journal.close()


@settings(max_examples=8)
@given(steps("one"))
def test_one_command_is_taken_back_and_brought_again_or_nothing_changes(
    sequence: list[Step],
) -> None:
    """A command of long ago either goes, and comes again, or the later one in the way is named."""
    with TemporaryDirectory() as folder:
        journal = opened(Path(folder) / "journal.db")
        for step in sequence:
            if step[0] == "one":
                _one(journal, step[2])
            else:
                do(journal, step)
            check_index(journal.connection)
        journal.close()


def _one(journal: Journal, which: int) -> None:
    able = [one for one in undo.changes(journal) if one.undoes is None and not one.undone]
    if not able:
        return
    before = tables(journal.connection)
    chosen = able[which % len(able)]
    refused = _refused(journal, chosen.id)
    if refused is None:
        undo.redo(journal, undo.redoable(journal))
    else:
        assert "a later command is in the way" in refused.message
        told, later = (refused.hint or "").rsplit(" ", 1)
        assert told == "take that one back first: connect undo"
        assert undo.undoable(journal, later)[0].command.id == later
    assert tables(journal.connection) == before


def _refused(journal: Journal, command_id: str) -> ConnectError | None:
    """Take one back; returns why not, if not."""
    try:
        undo.undo(journal, undo.undoable(journal, command_id))
    except ConnectError as error:
        return error
    return None


@pytest.fixture
def three(journal: Journal) -> Journal:
    """A journal with Ada, a cadence and a conversation."""
    people.add(journal, Profile("Ada Lovelace"))
    cadence.every(journal, "ada", "2w")
    log.log(journal, "coffee with ada: Boston", LogOptions(promises=("a book",)))
    return journal


def verbs(journal: Journal) -> list[tuple[str, bool]]:
    """What was done, the first first, and whether it was taken back."""
    return [(one.verb, one.undone) for one in reversed(undo.changes(journal))]


def test_undo_after_undo_goes_further_back_and_redo_comes_again(three: Journal) -> None:
    """As in an editor."""
    undo.undo(three, undo.undoable(three))
    assert undo.undoable(three)[0].command.verb == "every"
    undo.undo(three, undo.undoable(three))
    assert undo.redoable(three).command.verb == "every"
    undo.redo(three, undo.redoable(three))
    assert undo.redoable(three).command.verb == "log"
    assert verbs(three) == [
        *(("add", False), ("every", False), ("log", True)),
        *(("undo", False), ("undo", True), ("redo", False)),
    ]


def test_something_new_empties_what_redo_could_bring(three: Journal) -> None:
    """What was taken back stays in the record, and away."""
    undo.undo(three, undo.undoable(three, "2"))
    memory.remember(three, "ada", "tea: no milk")
    with pytest.raises(NoSuchThing, match="nothing to redo"):
        undo.redoable(three)
    assert [step.command.verb for step in undo.undoable(three, "9")] == ["remember", "add"]


def test_each_undo_names_the_command_that_it_took_back(three: Journal) -> None:
    """It is a command of the record itself, and nothing in the record is changed by it."""
    before = undo.changes(three)
    undo.undo(three, undo.undoable(three))
    took, *rest = undo.changes(three)
    assert (took.verb, took.undoes, took.words) == (
        *("undo", before[0].id),
        "log: logged Ada Lovelace, 2026-11-23",
    )
    assert [one._replace(undone=False) for one in rest] == before


def test_it_says_what_it_will_change(three: Journal) -> None:
    """By what there is of each: rows of an interaction are part of it."""
    (step,) = undo.undoable(three)
    assert set(step.effects) == {("taken away", "interaction", 1), ("taken away", "promise", 1)}
    undo.undo(three, [step])
    assert set(undo.redoable(three).effects) == {
        *(("brought back", "interaction", 1), ("brought back", "promise", 1)),
    }
    undo.redo(three, undo.redoable(three))
    log.amend(three, log.interaction(three), LogOptions(people=("Bo",), new=True, tags=("work",)))
    (step,) = undo.undoable(three)
    assert set(step.effects) == {("changed back", "interaction", 1), ("taken away", "person", 1)}
    memory.done(three, memory.promises(three))
    assert undo.undoable(three)[0].effects == (("changed back", "promise", 1),)


def test_the_newest_contact_follows_what_is_taken_back_and_comes_again(three: Journal) -> None:
    """Of a new interaction, of one that was changed, and of one that was deleted."""

    def newest() -> str:
        return str(three.person(three.named("ada")).last_full_on)

    log.log(three, "walk with ada on 2026-11-20")
    log.amend(three, log.interaction(three), LogOptions(on="2026-11-21"))
    log.delete(three, history.history(three)[0])
    seen = [newest()]
    for _ in range(4):
        undo.undo(three, undo.undoable(three))
        seen.append(newest())
    assert seen == ["2026-11-21", "2026-11-23", "2026-11-23", "2026-11-23", "None"]
    again = []
    for _ in range(4):
        undo.redo(three, undo.redoable(three))
        again.append(newest())
    assert again == ["2026-11-23", "2026-11-23", "2026-11-23", "2026-11-21"]


IN_THE_WAY: dict[str, tuple[Callable[[Journal], object], Callable[[Journal], object], str]] = {
    "the same row": (
        lambda j: cadence.every(j, "ada", "3w"),
        lambda j: cadence.place(j, "ada", "inner"),
        "edit (Ada Lovelace: circle inner)",
    ),
    "someone who is needed": (
        lambda j: people.add(j, Profile("Bo")),
        lambda j: log.log(j, "walk with bo"),
        "log (logged Bo, 2026-11-23)",
    ),
    "a label taken again": (
        lambda j: (memory.remember(j, "ada", "tea: black"), memory.drop(j, "ada", "tea")),
        lambda j: memory.remember(j, "ada", "tea: green"),
        "remember",
    ),
    "a name taken again": (
        lambda j: people.rename(j, "ada", "Ada King"),
        lambda j: people.add(j, Profile("Ada Lovelace")),
        "add (added Ada Lovelace)",
    ),
    "an alias taken again": (
        lambda j: people.rename(j, "ada", "Ada King"),
        lambda j: people.edit(
            j, j.named("ada king"), Profile("Ada King", aliases=("Ada Lovelace",))
        ),
        "edit (edited Ada King)",
    ),
    "an owner who is gone": (
        lambda j: log.delete(j, log.interaction(j)),
        lambda j: (people.add(j, Profile("Bo")), merge.merge(j, "bo", "ada", j.answers, "bo")),
        "merge (Ada Lovelace is Bo)",
    ),
    "somebody else's conversations since a merge": (
        lambda j: log.log_lines(j, ["call with ada: one", "call with ada: two"]),
        lambda j: (people.add(j, Profile("Bo")), merge.merge(j, "bo", "ada", j.answers, "bo")),
        "merge (Ada Lovelace is Bo)",
    ),
}


@pytest.mark.parametrize("what", IN_THE_WAY)
def test_what_a_later_command_makes_impossible_says_which(three: Journal, what: str) -> None:
    """And once that is taken back, it goes."""
    first, second, told = IN_THE_WAY[what]
    first(three)
    (chosen,) = undo.undoable(three)
    second(three)
    (later,) = undo.undoable(three)
    before = tables(three.connection)
    with pytest.raises(ConnectError, match="a later command is in the way") as caught:
        undo.undo(three, undo.undoable(three, chosen.command.id))
    assert caught.value.message.endswith(told)
    assert caught.value.hint == f"take that one back first: connect undo {later.command.id}"
    assert tables(three.connection) == before
    undo.undo(three, [later])
    undo.undo(three, undo.undoable(three, chosen.command.id))


def test_of_several_none_is_taken_back_when_one_cannot_be(three: Journal) -> None:
    """All or nothing, as with any command."""
    steps_ = undo.undoable(three, "2")
    before = tables(three.connection)
    with pytest.raises(ConnectError):
        undo.undo(three, [steps_[0], steps_[1], steps_[1]])
    assert tables(three.connection) == before
    assert [one.verb for one in undo.changes(three)] == ["log", "every", "add"]


def test_what_another_process_has_just_taken_back_is_not_taken_back_twice(
    three: Journal, open_journal: Callable[..., Journal]
) -> None:
    """Whoever comes second is told so."""
    mine = undo.undoable(three)
    other = open_journal()
    undo.undo(other, undo.undoable(other))
    with pytest.raises(ConnectError, match="another command has just taken it back"):
        undo.undo(three, mine)


@pytest.mark.parametrize(
    ("which", "error", "told"),
    [
        pytest.param("0", NotUnderstood, "at least one command", id="none"),
        pytest.param("-1", NoSuchThing, "not an id", id="negative"),
        pytest.param("nosuchid", NoSuchThing, "no command", id="unknown"),
    ],
)
def test_what_means_no_command_is_refused(
    three: Journal, which: str, error: type[ConnectError], told: str
) -> None:
    """A number, or an id of the record."""
    with pytest.raises(error, match=told):
        undo.undoable(three, which)


def test_an_id_that_is_taken_back_or_took_back_is_refused(three: Journal) -> None:
    """It says what to do instead."""
    undo.undo(three, undo.undoable(three))
    took, taken, *_ = undo.changes(three)
    with pytest.raises(ConnectError, match="is itself an undo or a redo") as caught:
        undo.undoable(three, took.id)
    assert caught.value.hint is not None
    assert "connect redo" in caught.value.hint
    with pytest.raises(NoSuchThing, match="taken back already"):
        undo.undoable(three, taken.id[:6])


def test_a_command_taken_back_by_its_id_is_the_next_to_come_again(three: Journal) -> None:
    """And the ones that came after it stay where they are."""
    every = undo.changes(three)[1]
    undo.undo(three, undo.undoable(three, every.id[:8]))
    assert history.history(three) != []
    assert three.person(three.named("ada")).cadence is None
    undo.redo(three, undo.redoable(three))
    assert str(three.person(three.named("ada")).cadence) == "2w"


def test_a_row_whose_place_is_taken_gets_another(three: Journal) -> None:
    """What comes back after others were written is there, if under another number."""
    interaction = log.interaction(three)
    log.delete(three, interaction)
    (deleted,) = undo.undoable(three)
    log.log(three, "walk with ada")
    undo.undo(three, undo.undoable(three, deleted.command.id))
    assert interaction in history.history(three)
    assert len(history.history(three)) == 2
    undo.redo(three, undo.redoable(three))
    assert len(history.history(three)) == 1
    check_index(three.connection)


def test_private_words_are_in_no_error(three: Journal) -> None:
    """Errors are shown on any screen."""
    memory.promise(three, "ada", "the secret", Owed.ME)
    (promised,) = undo.undoable(three)
    memory.done(three, memory.promises(three))
    with pytest.raises(ConnectError) as caught:
        undo.undo(three, undo.undoable(three, promised.command.id))
    assert "secret" not in caught.value.message


def test_progress_tells_how_many_rows_are_done(three: Journal) -> None:
    """Up to the number that the steps name."""
    taken = undo.undoable(three, "9")
    told: list[int] = []
    undo.undo(three, taken, told.append)
    assert told == sorted(told)
    assert told[-1] == sum(step.rows for step in taken)


def test_a_journal_that_is_not_there_has_nothing_to_take_back(
    journal: Journal, journal_file: Path
) -> None:
    """And asking does not make one."""
    with pytest.raises(NoSuchThing, match="nothing to undo"):
        undo.undoable(journal)
    assert undo.changes(journal) == []
    assert not journal_file.exists()
