"""The whole journal at one moment: exported and taken in, it is the same."""

from typing import Any

from hypothesis import given, settings

from tests.exchange.copies import STEPS, exported, meet, play
from tests.sync.test_jsonl import folder


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
