"""The journal's own format: everything goes out, the same comes back, and two copies can meet."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from connect_cli.errors import ConnectError
from connect_cli.journal import undo
from connect_cli.store import database, schema
from connect_cli.store.column_checks import CHECKS
from connect_cli.sync import copies, jsonl
from tests.exchange.copies import STEPS, TODAY, exported, journal_at, meet, play


@contextmanager
def folder() -> Iterator[Path]:
    """A directory for one example of a property."""
    with TemporaryDirectory() as path:
        yield Path(path)


def lines_of(text: str) -> list[dict[str, Any]]:
    """The lines of a file without the first and the last."""
    return [json.loads(line) for line in text.splitlines()[1:-1]]


# To make an example smaller would take minutes: each one is four journals.
@settings(max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    common=STEPS,
    here=STEPS,
    there=STEPS,
    chance=st.randoms(use_true_random=True),
    batch=st.sampled_from([1, 2, 500]),
)
def test_two_copies_that_met_hold_the_same(
    common: list[Any], here: list[Any], there: list[Any], chance: Random, batch: int
) -> None:
    """Whatever was done to two copies apart, each taken into the other leaves the same in both."""
    with folder() as path, pytest.MonkeyPatch.context() as patched:
        patched.setattr(schema, "secrets", chance)  # ids decide, so an example brings its own
        patched.setattr(copies, "BATCH", batch)
        play(path / "one.db", common)
        meet(path / "two.db", exported(path / "one.db"))
        play(path / "one.db", here, 100)
        play(path / "two.db", there, 105)
        first, second = exported(path / "one.db"), exported(path / "two.db")
        meet(path / "two.db", first)
        meet(path / "one.db", second)
        assert kept(exported(path / "one.db")) == kept(exported(path / "two.db"))
        for name in ("one.db", "two.db"):
            with closing(database.open_to_read(path / name)) as connection:
                assert derived(connection) == recomputed(connection)


def kept(text: str) -> list[str]:
    """What a file says is there, whatever the order."""
    return sorted(json.dumps(line) for line in lines_of(text) if line["type"] != "gone")


def derived(connection: sqlite3.Connection) -> list[Any]:
    """Everyone's newest contacts, as they are kept."""
    sql = "SELECT id, last_full_on, last_half_on FROM person ORDER BY id"
    return connection.execute(sql).fetchall()


def recomputed(connection: sqlite3.Connection) -> list[Any]:
    """Everyone's newest contacts, from the interactions."""
    newest = """(SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = '{}')"""
    columns = ", ".join(newest.format(counts) for counts in ("yes", "half"))
    return connection.execute(f"SELECT id, {columns} FROM person ORDER BY id").fetchall()


@settings(max_examples=8)
@given(steps=STEPS)
def test_the_same_file_twice_changes_nothing(steps: list[Any]) -> None:
    """The second time leaves no trace, not even a command."""
    with folder() as path:
        play(path / "one.db", steps)
        text = exported(path / "one.db")
        meet(path / "two.db", text)
        before = commands(path / "two.db")
        meet(path / "two.db", text, 700)
        meet(path / "one.db", text, 700)
        assert commands(path / "two.db") == before
        assert exported(path / "one.db") == text


def commands(path: Path) -> int:
    """How many commands are on record."""
    with journal_at(path) as journal:
        return int(journal.connection.execute("SELECT count(*) FROM command").fetchone()[0])


def test_a_rehearsal_leaves_nothing(tmp_path: Path) -> None:
    """Not even a journal; and it says what the real thing will do."""
    play(tmp_path / "one.db", [("person", "Ada Lovelace")])
    outcome = meet(tmp_path / "two.db", exported(tmp_path / "one.db"), rehearse=True)
    assert outcome.new == {"person": 1}
    assert not (tmp_path / "two.db").exists()


def test_what_was_taken_in_and_undone_can_be_taken_in_again(tmp_path: Path) -> None:
    """To take an import back is not to take its people away for ever, here or there."""
    play(
        tmp_path / "one.db", [("person", "Ada Lovelace"), ("interaction", [0], TODAY, "tea", "tea")]
    )
    text = exported(tmp_path / "one.db")
    meet(tmp_path / "two.db", text)
    with journal_at(tmp_path / "two.db", 601) as journal:
        undo.undo(journal, [undo.undoable(journal)[0]])
    assert lines_of(exported(tmp_path / "two.db")) == []
    assert meet(tmp_path / "two.db", text, 602).new == {"person": 1, "interaction": 1}
    assert exported(tmp_path / "two.db") == text


def test_what_was_taken_away_later_stays_away(tmp_path: Path) -> None:
    """An interaction deleted here is not brought back by an older copy, and goes away there too."""
    play(
        tmp_path / "one.db", [("person", "Ada Lovelace"), ("interaction", [0], TODAY, "tea", "tea")]
    )
    old = exported(tmp_path / "one.db")
    meet(tmp_path / "two.db", old)
    play(tmp_path / "one.db", [("delete", 0)], 100)
    assert meet(tmp_path / "one.db", old).new == {}
    assert meet(tmp_path / "two.db", exported(tmp_path / "one.db")).taken_away == {"interaction": 1}
    assert kept(exported(tmp_path / "two.db")) == kept(exported(tmp_path / "one.db"))


def test_of_two_changes_of_one_field_the_later_stays(tmp_path: Path) -> None:
    """Field by field: a name changed here and an archive day there both stay."""
    play(tmp_path / "one.db", [("person", "Ada Lovelace")])
    meet(tmp_path / "two.db", exported(tmp_path / "one.db"))
    play(tmp_path / "one.db", [("rename", 0, "Ada King"), ("archive", 0, TODAY)], 100)
    play(tmp_path / "two.db", [("rename", 0, "Ada Byron")], 105)
    meet(tmp_path / "one.db", exported(tmp_path / "two.db"))
    (ada,) = lines_of(exported(tmp_path / "one.db"))
    assert (ada["name"], ada["archived_on"]) == ("Ada Byron", "2026-11-23")


P, Q, SMALL, GREAT = "p" * 12, "q" * 12, "a" * 12, "b" * 12


def moment(minute: int) -> str:
    """A moment of the morning."""
    return f"2026-11-23T08:{minute:02}:00.000+00:00"


def city(row_id: str, person_id: str, value: str, minute: int, /, **later: int) -> dict[str, Any]:
    """The line of a detail. later: the minutes of what was said of it since."""
    row = {"type": "detail", "id": row_id, "person_id": person_id, "label": "city", "value": value}
    times = {name: moment(said) for name, said in later.items()}
    return {**row, "at": moment(minute), **({"times": times} if times else {})}


def with_cities(*lines: dict[str, Any]) -> str:
    """A copy with two people and these details."""
    made = {"type": "person", "name": "Ada", "created_at": moment(0), "at": moment(0)}
    rows = [{**made, "id": P}, {**made, "id": Q}, *lines]
    ends = {"type": "connect journal", "version": 1}, {"type": "end", "lines": len(rows)}
    return "\n".join(json.dumps(row) for row in (ends[0], *rows, ends[1]))


def cities_after(path: Path, here: str, there: str) -> list[str]:
    """The details of two copies, the same in both, after each was taken into the other."""
    files = {"one.db": (here, there), "two.db": (there, here)}
    for name, (own, other) in files.items():
        meet(path / name, own)
        meet(path / name, other)
    one, two = (kept(exported(path / name)) for name in files)
    assert one == two
    return [line for line in one if '"detail"' in line]


@pytest.mark.parametrize(
    ("first", "second"), [(SMALL, GREAT), (GREAT, SMALL)], ids=["smaller first", "greater first"]
)
def test_what_both_copies_gave_is_as_old_as_the_later_word(
    tmp_path: Path, first: str, second: str
) -> None:
    """The smaller id stays, with the later value and its moment, whichever copy it came from."""
    here, there = city(first, P, "Bath", 1), city(second, P, "York", 2)
    both = cities_after(tmp_path, with_cities(here), with_cities(there))
    assert both == [json.dumps(city(SMALL, P, "York", 2))]


@pytest.mark.parametrize("between", [0, 600], ids=["at once", "in two batches"])
@pytest.mark.parametrize("turned", [False, True], ids=["as told", "turned round"])
@pytest.mark.parametrize(
    ("moved", "added"), [(SMALL, GREAT), (GREAT, SMALL)], ids=["smaller moved", "greater moved"]
)
def test_two_lines_that_come_down_to_one_both_count(
    tmp_path: Path, moved: str, added: str, *, turned: bool, between: int
) -> None:
    """A detail that went to somebody here gains what was said there of it, and of its twin.

    However far apart the two stand, and whichever comes first.
    """
    here = [city(moved, P, "Bath", 1, person_id=3)]
    others = ({**city(f"c{n:011}", Q, "x", 0), "label": f"label {n}"} for n in range(between))
    there = [city(moved, Q, "Rome", 1, label=4), *others, city(added, P, "York", 2)]
    ordered = reversed(there) if turned else there
    both = cities_after(tmp_path, with_cities(*here), with_cities(*ordered))
    told = [line for line in both if "label " not in line]
    assert told == [json.dumps(city(SMALL, P, "Rome", 3, label=4))]


@pytest.mark.parametrize("seed", range(4))
def test_what_was_taken_away_and_said_anew_is_the_new(tmp_path: Path, seed: int) -> None:
    """Whichever id is smaller: the old row is gone before the new one may be made one with it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(schema, "secrets", Random(seed))  # noqa: S311  # nothing here is secret
        play(tmp_path / "one.db", [("person", "Ada"), ("detail", 0, "city", "Bath")])
        meet(tmp_path / "two.db", exported(tmp_path / "one.db"))
        play(tmp_path / "one.db", [("details", 0), ("detail", 0, "city", "York")], 100)
        first, second = (exported(tmp_path / f"{name}.db") for name in ("one", "two"))
        meet(tmp_path / "two.db", first)
        meet(tmp_path / "one.db", second)
    assert kept(first) == kept(exported(tmp_path / "one.db")) == kept(exported(tmp_path / "two.db"))


def test_a_row_about_somebody_who_is_not_there_is_told(tmp_path: Path) -> None:
    """And the rest is taken in."""
    play(
        tmp_path / "one.db", [("person", "Ada Lovelace"), ("interaction", [0], TODAY, "tea", "tea")]
    )
    first, _, interaction, _ = exported(tmp_path / "one.db").splitlines()
    text = "\n".join([first, interaction, '{"type": "end", "lines": 1}'])
    outcome = meet(tmp_path / "two.db", text)
    assert outcome.left_out == [("line 2", "it is about somebody who is not there")]
    assert outcome.new == {}


def test_a_file_that_changes_while_it_is_read_changes_nothing(tmp_path: Path) -> None:
    """What was read of it is taken back."""
    play(tmp_path / "one.db", [("person", "Ada Lovelace")])
    file = tmp_path / "two.jsonl"
    file.write_text(exported(tmp_path / "one.db"), encoding="utf-8")
    with file.open("a", encoding="utf-8") as more, journal_at(tmp_path / "two.db") as journal:
        lines = jsonl.read

        def growing(read: Any) -> Any:
            yield from lines(read)
            more.write("more")
            more.flush()

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(jsonl, "read", growing)
            with pytest.raises(ConnectError, match="changed while it was read"):
                copies.merge_copy(journal, file, lambda _: None)
    assert lines_of(exported(tmp_path / "two.db")) == []


def test_the_first_line_may_say_more() -> None:
    """What it says is given back; a file with it is read like any other."""
    lines = [*jsonl.written((), (), ["p" * 12], {"machine": P, "number": 7})]
    assert jsonl.begins(lines[0].encode())
    said = {"type": jsonl.FORMAT, "version": 1, "machine": P, "number": 7}
    assert jsonl.header(lines[0].encode()) == said
    assert [*jsonl.read(line.encode() for line in lines)] == [jsonl.Order("p" * 12)]


@pytest.mark.parametrize(
    "line", [b"", b"[]", b'{"type": "other"}', b'{"type": "connect journal", "version": 2}']
)
def test_a_header_of_another_format_is_refused(line: bytes) -> None:
    """Another program's, a newer one's, or none."""
    with pytest.raises(ConnectError):
        jsonl.header(line)


def test_an_order_without_an_id_is_told(tmp_path: Path) -> None:
    """With its line and the reason; nobody is forgotten by it."""
    lines = [*jsonl.written((), (), ["ada"])]
    outcome = meet(tmp_path / "one.db", "\n".join(lines))
    assert outcome.left_out == [("line 2", "not an id")]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@settings(max_examples=60)
@given(table=st.sampled_from(sorted(CHECKS)), values=st.lists(VALUES, min_size=14, max_size=14))
def test_any_value_in_a_line_of_the_journal_is_refused_or_right(
    table: str, values: list[Any]
) -> None:
    """A line with any JSON in its fields is a row that fits, or a reason with its place."""
    said = dict(zip(("id", "at", *CHECKS[table]), values, strict=False))
    lines = [
        {"type": jsonl.FORMAT, "version": 1},
        {"type": table, **said},
        {"type": "end", "lines": 1},
    ]
    (found,) = jsonl.read(json.dumps(line).encode() for line in lines)
    assert found.place == "line 2"  # type: ignore[union-attr]  # no line says that a row is gone
