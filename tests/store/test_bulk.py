"""Rows that another copy brings are written hundreds at a time."""

from pathlib import Path

import pytest

from connect_cli.journal import people
from connect_cli.journal.people import Profile
from connect_cli.sync import copies
from tests.exchange.test_killed import big_file
from tests.sync.test_copies import INTERACTIONS, Open, nothing


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Another copy, with more interactions than are written at once."""
    file = tmp_path / "copy.jsonl"
    big_file(file, INTERACTIONS)
    return file


def test_interactions_are_written_many_at_a_time(open_journal: Open, copy: Path) -> None:
    """After each statement the search index writes what it holds, so there is one for hundreds."""
    people.add(open_journal(), Profile("Tom"))
    ran: set[str] = set()  # a statement is told again for each trigger that it sets off
    journal = open_journal()
    journal.connection.set_trace_callback(ran.add)
    copies.merge_copy(journal, copy, nothing, rehearse=True)
    assert sum(each.startswith("INSERT INTO interaction ") for each in ran) == 2
    assert sum(each.startswith("INSERT INTO participant ") for each in ran) == 1
    assert sum(each.startswith(("SELECT", "WITH")) for each in ran) < 40
