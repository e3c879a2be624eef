"""The whole journal at one moment: exported and taken in, it is the same."""

from pathlib import Path
from typing import Any

from hypothesis import example, given, settings

from connect_cli.model import Interaction, Kind, Named
from connect_cli.store import snapshot
from connect_cli.store.inbox_lines import keyed_hash
from connect_cli.store.schema import TRAVELS, UNKNOWN_MOMENT
from tests.exchange.copies import STEPS, TODAY, exported, journal_at, meet, play
from tests.sync.test_jsonl import folder, lines_of


@settings(max_examples=12)
@given(steps=STEPS)
def test_a_journal_comes_back_from_its_export_as_the_same_bytes(steps: list[Any]) -> None:
    """Export, import into an empty journal, export again: nothing is lost, added or moved."""
    with folder() as path:
        play(path / "one.db", steps)
        text = exported(path / "one.db")
        outcome = meet(path / "two.db", text)
        assert outcome.left_out == []
        assert exported(path / "two.db") == text


@settings(max_examples=12)
@example(common=[("person", "Ada Lovelace"), ("undo",)], here=[], there=[("undo",)])
@given(common=STEPS, here=STEPS, there=STEPS)
def test_lines_stand_in_one_order(common: list[Any], here: list[Any], there: list[Any]) -> None:
    """Of one type by moment and id, whatever the order in which two copies came to hold them."""
    with folder() as path:
        play(path / "one.db", common)
        meet(path / "two.db", exported(path / "one.db"))
        play(path / "one.db", here, 100)
        play(path / "two.db", there, 50)
        meet(path / "two.db", exported(path / "one.db"))
        lines = lines_of(exported(path / "two.db"))
        kept = [line for line in lines if line["type"] != "gone"]
        order = list(TRAVELS)
        assert kept == sorted(
            kept, key=lambda line: (order.index(line["type"]), line["at"], line["id"])
        )
        rest = lines[len(kept) :]
        assert rest == sorted(rest, key=lambda line: (-order.index(line["of"]), line["id"]))


def test_a_line_of_the_inbox_stands_where_its_moment_is(tmp_path: Path) -> None:
    """That it was taken is no news, so its interaction comes before all whose moment is known."""
    play(tmp_path / "one.db", [("person", "Ada Lovelace"), ("interaction", [0], TODAY, "a", "b")])
    with journal_at(tmp_path / "one.db", 1) as journal, journal.write("inbox", "tea") as rows:
        ada = Named(*journal.connection.execute("SELECT id, name FROM person").fetchone())
        rows.take_line("5e" * 16, keyed_hash("5e" * 16, "z" * 12))
        rows.add_interaction(Interaction("z" * 12, TODAY, Kind.CALL, (ada,)))
    told = [line for line in lines_of(exported(tmp_path / "one.db")) if "recorded_at" in line]
    assert [line["at"] for line in told] == [UNKNOWN_MOMENT, "2026-11-23T08:01:00.000+00:00"]


def test_orders_of_forgetting_come_first(tmp_path: Path) -> None:
    """In the order of the ids, in every export, and taken from there into another copy."""
    play(tmp_path / "one.db", [("person", "Ada Lovelace")])
    with journal_at(tmp_path / "one.db") as journal:
        for each in ("q" * 12, "p" * 12):
            journal.connection.execute("INSERT INTO forgotten VALUES (?)", (each,))
        assert snapshot.orders(journal.connection) == ["p" * 12, "q" * 12]
    text = exported(tmp_path / "one.db")
    assert [line["type"] for line in lines_of(text)] == ["forgotten", "forgotten", "person"]
    meet(tmp_path / "two.db", text)
    assert exported(tmp_path / "two.db") == text
