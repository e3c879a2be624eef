"""What each column may hold is said of every column, and of the rows of the record."""

from typing import Any

import pytest
from sqlmodel import SQLModel

from connect_cli.errors import NotUnderstood
from connect_cli.store import schema
from connect_cli.store.column_checks import CHECKS, OWN_WORDS
from connect_cli.store.row_checks import ELSEWHERE, STORED, check_side


def test_what_each_column_may_hold_is_said_in_the_order_of_the_file() -> None:
    """No column is without a check, and a column that goes leaves no check behind."""
    for table, described in schema.TABLES.items():
        assert tuple(STORED[table]) == described.columns
        checked = {*CHECKS.get(table, {})} - {schema.PEOPLE}
        assert checked == set(described.travels)
        for name in (name for name in checked if CHECKS[table][name] is OWN_WORDS):
            column = SQLModel.metadata.tables[table].c[name]
            assert (str(column.type), column.nullable) == ("VARCHAR", True)
    assert {name: tuple(checks) for name, checks in ELSEWHERE.items()} == schema.ELSEWHERE


@pytest.mark.parametrize(
    ("table", "side", "why"),
    [
        ("person", "{", "not valid JSON"),
        ("person", "[" * 5000, "not valid JSON"),
        ("person", "[1]", "not a row"),
        ("person", "{}", "without its id"),
        ("person", '{"id": "0123456789ab", "shoe": 38}', "'shoe' is not a column"),
        ("person", '{"id": "0123456789ab", "cadence": "2x"}', "cadence: '2x' is not a cadence"),
        ("participant", '{"interaction_id": "0123456789ab"}', "without its id"),
        ("sqlite_master", "{}", "of no table"),
        (None, "{}", "of no table"),
    ],
)
def test_a_row_of_the_record_is_checked_as_the_table_is(table: Any, side: str, why: str) -> None:
    """So that taking a command back brings no damage into the tables."""
    with pytest.raises(NotUnderstood, match=why):
        check_side(table, side)
