"""When fields were said and rows deleted: later in one journal is later, whatever a clock says."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.journal import undo
from connect_cli.store import moments, snapshot
from connect_cli.store.schema import PEOPLE, TRAVELS, UNKNOWN_MOMENT, Row, value
from connect_cli.store.tables import CircleRow
from tests.exchange.copies import STEP, TODAY, exported, journal_at, meet, play
from tests.sync.test_jsonl import folder

Key = tuple[str, str]
CIRCLE = "c" * 12


@pytest.mark.parametrize(
    ("at", "next_one"),
    [
        ("2026-11-23T08:00:00.000+00:00", "2026-11-23T08:00:00.001+00:00"),
        ("2026-12-31T23:59:59.999+00:00", "2027-01-01T00:00:00.000+00:00"),
        (UNKNOWN_MOMENT, "0001-01-01T00:00:00.001+00:00"),
        ("9999-12-31T23:59:59.999+00:00", "9999-12-31T23:59:59.999+00:00"),
    ],
)
def test_the_next_moment_is_a_millisecond_later(at: str, next_one: str) -> None:
    """In the form in which moments are stored; after the last one there is none."""
    assert moments.after(at) == next_one


def alive(path: Path) -> dict[Key, tuple[Row, dict[str, str]]]:
    """Every row with its moments, by table and id."""
    with journal_at(path) as journal:
        rows = snapshot.rows(journal.connection)
        return {(table, row["id"]): (row, said) for table, row, said in rows}


def gone(path: Path) -> dict[Key, str]:
    """When each deleted row was deleted, by table and id."""
    with journal_at(path) as journal:
        return {(table, each): at for table, each, at in snapshot.gone(journal.connection)}


@settings(max_examples=25)
@given(steps=st.lists(st.tuples(STEP, st.integers(-500, 500)), max_size=10))
def test_what_is_said_later_is_later_whatever_the_clock_says(
    steps: list[tuple[Any, int]],
) -> None:
    """Each command at a time of its own: fields, deletions and what is put back never go back."""
    with folder() as path:
        deleted: dict[Key, str] = {}
        play(path / "one.db", [("person", "Ada Lovelace")])
        for step, minute in steps:
            before = alive(path / "one.db")
            play(path / "one.db", [step], minute)
            after, deleted = alive(path / "one.db"), {**deleted, **gone(path / "one.db")}
            check(before, after, deleted)
            assert not after.keys() & gone(path / "one.db").keys()


def check(before: dict[Key, Any], after: dict[Key, Any], deleted: dict[Key, str]) -> None:
    """Compare the moments before and after a command."""
    for key in before.keys() - after.keys():
        assert deleted[key] >= max(before[key][1].values())
    for key, (row, said) in after.items():
        if key not in before:
            assert min(said.values()) > deleted.get(key, "")
            continue
        old, known = before[key]
        for name, group in TRAVELS[key[0]].items():
            assert said[name] >= known[name]
            assert said[name] > known[name] or value(row, group) == value(old, group)


def test_two_words_at_one_moment_are_two_moments(tmp_path: Path) -> None:
    """A name changed twice while the clock stands still: another copy takes the second."""
    play(tmp_path / "one.db", [("person", "Ada Lovelace")])
    meet(tmp_path / "two.db", exported(tmp_path / "one.db"))
    for name in ("Zoe", "Ada King"):
        play(tmp_path / "one.db", [("rename", 0, name)])
        meet(tmp_path / "two.db", exported(tmp_path / "one.db"))
    assert exported(tmp_path / "two.db") == exported(tmp_path / "one.db")
    assert '"Ada King"' in exported(tmp_path / "two.db")


INTERACTION = ("interaction", [0, 1, 2], TODAY, "tea", "tea")
PEOPLE_HERE = [("person", "Ada Lovelace"), ("person", "Grace Hopper"), ("person", "José Sá")]


def test_the_people_of_an_interaction_are_said_with_it(tmp_path: Path) -> None:
    """Three people added by one command are one word; who is changed later is said later."""
    play(tmp_path / "one.db", [*PEOPLE_HERE, INTERACTION])
    ((_, said),) = [one for key, one in alive(tmp_path / "one.db").items() if "interaction" in key]
    assert len(set(said.values())) == 1
    play(tmp_path / "one.db", [("amend", 0, [1], "tea")], -300)
    ((_, later),) = [one for key, one in alive(tmp_path / "one.db").items() if "interaction" in key]
    assert later[PEOPLE] == moments.after(said[PEOPLE])


@settings(max_examples=12)
@given(steps=st.lists(STEP, max_size=12))
def test_a_row_that_was_only_added_is_read_quickly_and_alike(steps: list[Any]) -> None:
    """What is known without going through the changes is what going through them says."""
    with folder() as path, pytest.MonkeyPatch.context() as patched:
        play(path / "one.db", steps)
        meet(path / "two.db", exported(path / "one.db"))
        quickly = [exported(path / name) for name in ("one.db", "two.db")]
        patched.setattr(moments, "_only_added", lambda *_: None)
        assert [exported(path / name) for name in ("one.db", "two.db")] == quickly


def with_a_circle_gone(at: str) -> str:
    """A copy that knows of nothing but a circle that was deleted."""
    lines = (
        {"type": "connect journal", "version": 1},
        {"type": "gone", "of": "circle", "id": CIRCLE, "at": at},
        {"type": "end", "lines": 1},
    )
    return "".join(f"{json.dumps(line)}\n" for line in lines)


def test_a_row_that_another_copy_deleted_can_be_made_again(tmp_path: Path) -> None:
    """Its fields are said after that deletion, though the clock here is behind."""
    at = "2026-11-24T08:00:00.000+00:00"
    meet(tmp_path / "one.db", with_a_circle_gone(at))
    assert gone(tmp_path / "one.db") == {("circle", CIRCLE): at}
    with journal_at(tmp_path / "one.db", 1) as journal, journal.write("test", "choir") as rows:
        rows._session.add(CircleRow(id=CIRCLE, name="choir", cadence="2w"))
    _, said = alive(tmp_path / "one.db")["circle", CIRCLE]
    assert set(said.values()) == {"2026-11-24T08:00:00.001+00:00"}
    assert gone(tmp_path / "one.db") == {}


def deletions_in(path: Path, ids: list[str]) -> dict[str, str]:
    """When people with these ids were deleted."""
    with journal_at(path) as journal:
        return moments.deleted_at(journal.connection, "person", ids, ())


def test_a_deletion_is_as_late_as_what_is_known_of_it(tmp_path: Path) -> None:
    """Here and elsewhere: the later moment counts, and only of rows that are not there."""
    play(tmp_path / "one.db", [("person", "Ada Lovelace")])
    ((_, ada),) = alive(tmp_path / "one.db")
    assert deletions_in(tmp_path / "one.db", [ada, "z" * 12]) == {}
    with journal_at(tmp_path / "one.db", 5) as journal:
        undo.undo(journal, undo.undoable(journal))
    assert deletions_in(tmp_path / "one.db", [ada, "z" * 12]) == {
        ada: "2026-11-23T08:05:00.000+00:00"
    }
    later = with_a_circle_gone("2026-11-23T08:06:00.000+00:00").replace(CIRCLE, ada)
    meet(tmp_path / "one.db", later.replace('"circle"', '"person"'))
    assert deletions_in(tmp_path / "one.db", [ada]) == {ada: "2026-11-23T08:06:00.000+00:00"}


def test_a_deleted_row_is_known_from_the_record(tmp_path: Path) -> None:
    """As it was, with its moments; of one that was never deleted nothing is known."""
    play(tmp_path / "one.db", [("person", "Ada Lovelace"), ("rename", 0, "Ada King")])
    (((_, ada), (row, said)),) = alive(tmp_path / "one.db").items()
    with journal_at(tmp_path / "one.db") as journal:
        assert moments.before_deletion(journal.connection, "person", ada) is None
    with journal_at(tmp_path / "one.db", 5) as journal:
        undo.undo(journal, [*undo.undoable(journal, "2")])
        assert moments.before_deletion(journal.connection, "person", ada) == (
            {**row, "name": "Ada Lovelace"},
            {**said, "name": moments.after("2026-11-23T08:04:59.999+00:00")},
        )


@pytest.mark.parametrize(
    ("changed", "passed_over"),
    [
        ("SELECT 1", True),
        ("UPDATE command SET verb = 'sync' WHERE verb = 'import'", False),
        ("UPDATE change SET times = '{}' WHERE times IS NULL", False),
    ],
    ids=["an import", "a sync", "an import that others heard of"],
)
def test_an_import_that_was_undone_never_came(
    tmp_path: Path, changed: str, *, passed_over: bool
) -> None:
    """But what other machines may know of is deleted like anything else."""
    play(tmp_path / "one.db", [("person", "Ada Lovelace")])
    meet(tmp_path / "two.db", exported(tmp_path / "one.db"))
    with journal_at(tmp_path / "two.db", 601) as journal:
        undo.undo(journal, undo.undoable(journal))
        journal.connection.execute(changed)
        assert bool(moments.brought_and_undone(journal.connection)) == passed_over
        assert bool([*snapshot.gone(journal.connection)]) != passed_over


@settings(max_examples=12)
@given(steps=st.lists(STEP, max_size=12), more=st.lists(STEP, max_size=6), seed=st.integers(0, 9))
def test_some_rows_are_read_as_all_are(steps: list[Any], more: list[Any], seed: int) -> None:
    """Of the rows with these ids, those that exist and those that were deleted, in one order."""
    chance = Random(seed)  # noqa: S311  # nothing here is secret
    with folder() as path:
        play(path / "one.db", steps)
        meet(path / "two.db", exported(path / "one.db"))
        play(path / "two.db", more, 700)
        with journal_at(path / "two.db") as journal:
            every, deleted = (
                [*snapshot.rows(journal.connection)],
                [*snapshot.gone(journal.connection)],
            )
            wanted: dict[str, list[str]] = {}
            for table, each in [(t, row["id"]) for t, row, _ in every] + [x[:2] for x in deleted]:
                if chance.random() < 0.5:
                    wanted.setdefault(table, []).append(each)
            for ids in wanted.values():
                chance.shuffle(ids)
            is_wanted = {(table, each) for table, ids in wanted.items() for each in ids}
            assert [*snapshot.some(journal.connection, wanted)] == [
                one for one in every if (one[0], one[1]["id"]) in is_wanted
            ]
            assert [*snapshot.gone_of(journal.connection, wanted)] == [
                one for one in deleted if one[:2] in is_wanted
            ]
