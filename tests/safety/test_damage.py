"""Values that no command can have written are found, counted and said."""

from pathlib import Path

import pytest

from tests.safety.test_doctor import examined, what
from tests.store.damage import change_unrecorded
from tests.store.journals import well


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal that is well, with the copy of the day."""
    return well(tmp_path)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE interaction SET day = '2026-02-31' WHERE seq = 1", id="day"),
        pytest.param("UPDATE person SET cadence = '9x' WHERE seq = 1", id="cadence"),
        pytest.param("UPDATE person SET snoozed_on = 'soon' WHERE seq = 1", id="snooze"),
    ],
)
def test_a_value_that_no_command_wrote_is_said(journal: Path, statement: str) -> None:
    """Commands that meet it would stop."""
    change_unrecorded(journal, "PRAGMA ignore_check_constraints = ON", statement)
    report = examined(journal)
    assert "unreadable" in what(report)
    assert report.damage is not None


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param(
            "INSERT INTO occasion (id, person_id, label, month, day)"
            " SELECT '000000000001', id, 'birthday', 2, 30 FROM person WHERE seq = 1",
            "occasion.day of Ada Lovelace cannot be read: day: the month has no such day",
            id="30 February",
        ),
        pytest.param(
            "INSERT INTO tag (id, name) VALUES ('000000000001', 'choir')",
            "tag.name of the row 000000000001 cannot be read: a tag is of a person",
            id="a tag of nothing",
        ),
        pytest.param(
            "INSERT INTO pause (id, person_id, start_on, end_on)"
            " SELECT '000000000001', id, '2026-11-23', '2026-11-22' FROM person WHERE seq = 2",
            "pause.end_on of Grace Hopper cannot be read: end_on: before start_on",
            id="a pause that ends before",
        ),
        pytest.param(
            "UPDATE person SET died_on = '2024' WHERE seq = 1",
            "person.died_on of Ada Lovelace cannot be read: archived_on: empty, though they died",
            id="somebody dead for whom something is due",
        ),
        pytest.param(
            "INSERT INTO relation (id, person_id, other_id, word, word_folded)"
            " SELECT '000000000001', id, id, 'twin', 'twin' FROM person WHERE seq = 1",
            "relation.other_id of Ada Lovelace cannot be read: a relation is one of two people",
            id="a tie to oneself",
        ),
        pytest.param(
            "INSERT INTO distinct_pair (id, person_id, other_id)"
            " SELECT '000000000001', max(id), min(id) FROM person",
            "distinct_pair.other_id of ",
            id="a pair in the other order",
        ),
        pytest.param(
            "UPDATE change SET before = NULL, after = NULL WHERE seq = 1",
            "change.after of change 1 of the record cannot be read: no row before the change and",
            id="a change of nothing",
        ),
    ],
)
def test_values_that_are_wrong_together_are_said(journal: Path, statement: str, said: str) -> None:
    """Each of them alone would be right."""
    change_unrecorded(journal, "PRAGMA ignore_check_constraints = ON", statement)
    assert [one for one in examined(journal).findings if one.said.startswith(said)]


def test_all_values_of_a_column_are_counted(journal: Path) -> None:
    """The first of them is shown."""
    change_unrecorded(journal, "UPDATE person SET circle = CAST(x'ff' AS TEXT)")
    (found,) = [one for one in examined(journal).findings if one.what == "unreadable"]
    assert found.said == (
        "person.circle of Ada Lovelace cannot be read: not valid text, and 1 more in this column"
    )
