"""What each column may hold: the function that decides, and SQL that is sure of most values."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.model import Kind
from connect_cli.store import sqlite
from connect_cli.store.column_checks import TOGETHER, Check, check_together
from connect_cli.store.row_checks import STORED
from tests.store.garbage import Text

CHECKS = {
    f"{table}.{name}": check for table, held in STORED.items() for name, check in held.items()
}
RIGHT = {
    "person.name": "Ada Lovelace",
    "person.circle": "close",
    "person.cadence": "3w",
    "person.first_on": "2024-02-29",
    "person.died_on": "2024-02-29",
    "person.created_at": "2026-11-23T08:00:00.001+00:00",
    "alias.person_id": "0123456789ab",
    "contact_point.kind": "email",
    "occasion.year": 1815,
    "interaction.time": "23:59",
    "interaction.kind": "coffee",
    "interaction.minutes": 1440,
    "interaction.tried": 1,
    "tag.name": "choir",
    "participant.place": 0,
    "circle.name": "book club",
    "circle.cadence": "2w",
    "command.open": None,
    "seen.day": "9999-12-31",
}
"""A value of each sort, of which SQL alone is sure."""

WRONG: Mapping[str, Sequence[Any]] = {
    "person.name": ["", " Ada", "Ada  Lovelace", "x" * 201, "a\0b", "a\nb", None, b"Ada", 5],
    "person.circle": [" ", b"close"],
    "person.cadence": ["2x", "0d", "11y", "9" * 5000 + "d", "FREQ=SECONDLY", "", "never\0", b"1w"],
    "person.first_on": ["2026-02-30", "2025-02-29", "0000-01-01", "2026-2-3", "20260203", 20260203],
    "person.died_on": ["2024-02-30", "2024-1", "", "never", "--13-01", b"2024", 2024],
    "person.created_at": ["2026-11-23T08:00:00+00:00", "2026-11-23T25:00:00.000+00:00", "now"],
    "alias.person_id": ["0123456789aU", "0123456789a", "0123456789ab\0c", b"0123456789ab", None],
    "contact_point.kind": ["fax", b"email", "email\0", ""],
    "occasion.year": [0, 10000, "1815", 1.5],
    "interaction.time": ["24:00", "8:00", "08:00\0", "08:60"],
    "interaction.kind": ["tea", None],
    "interaction.minutes": [0, 1441, "45", 4.5],
    "interaction.tried": [2, None, "1"],
    "tag.name": ["two words", "", "a\tb", Text(b"caf\xe9")],
    "participant.place": [-1, None],
    "circle.name": ["", " choir", "Choir", "a\nb", "x" * 201, b"choir", None],
    "circle.cadence": ["x", "", "never", "FREQ=MONTHLY;BYDAY=1FR", "0w", b"2w", None],
    "command.open": [0, "1"],
    "seen.day": ["10000-01-01", "", None],
}
"""Values that look like it, and are not."""


def sure(check: Check, value: Any) -> bool:
    """Whether SQL alone is sure that the value may stand there."""
    mark = "CAST(? AS TEXT)" if isinstance(value, Text) else "?"
    sql = f"SELECT ({check.sure.format('it')}) IS TRUE FROM (SELECT {mark} AS it)"
    with closing(sqlite.connect(":memory:")) as connection:
        return bool(connection.execute(sql, (value,)).fetchone()[0])


def taken(check: Check, value: Any) -> bool:
    """Whether the function takes it, and as it is."""
    try:
        read = value.decode("utf-8", "surrogateescape") if isinstance(value, Text) else value
        return bool(check(read) == read)
    except NotUnderstood:
        return False


@pytest.mark.parametrize("column", RIGHT)
def test_what_commands_write_is_sure_to_be_right(column: str) -> None:
    """A journal of a lifetime is looked through by SQL alone."""
    assert sure(CHECKS[column], RIGHT[column])
    assert taken(CHECKS[column], RIGHT[column])


@pytest.mark.parametrize(
    ("column", "value"), [(column, value) for column, values in WRONG.items() for value in values]
)
def test_what_is_wrong_is_refused_by_both(column: str, value: Any) -> None:
    """Whatever looks like a right value to one of SQLite's functions."""
    assert not taken(CHECKS[column], value)
    assert not sure(CHECKS[column], value)


ANYTHING = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.binary(max_size=20),
    st.binary(max_size=20).map(Text),
    st.text(max_size=20),
    st.dates().map(str),
    st.sampled_from([*Kind, "never", "FREQ=DAILY", "a b", "a", "1w", "0123456789ab"]),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(\x00.*)?", fullmatch=True),
    st.from_regex(r"[0-9]{2}:[0-9]{2}", fullmatch=True),
    st.from_regex(r"[0-9]{1,4}[dwmyx]", fullmatch=True),
)


@given(column=st.sampled_from(sorted(CHECKS)), value=ANYTHING)
def test_what_sql_is_sure_of_may_stand_there(column: str, value: Any) -> None:
    """Nothing that is wrong is passed over."""
    assert not sure(CHECKS[column], value) or taken(CHECKS[column], value)


@given(month=st.integers(1, 12), day=st.integers(1, 31))
def test_a_yearly_day_is_one_that_there_is(month: int, day: int) -> None:
    """In SQL as in the function, 29 February among them."""
    with closing(sqlite.connect(":memory:")) as connection:
        sql = f"SELECT {TOGETHER['occasion']} FROM (SELECT ? AS month, ? AS day)"
        (said,) = connection.execute(sql, (month, day)).fetchone()
    try:
        check_together("occasion", {"month": month, "day": day})
    except NotUnderstood:
        assert not said
    else:
        assert said


def test_a_cadence_that_is_right_is_taken_in_its_normal_form() -> None:
    """Rules are looked at one by one; all others SQL is sure of."""
    check = CHECKS["person.cadence"]
    assert taken(check, "FREQ=MONTHLY;BYDAY=1FR")
    assert all(sure(check, each) for each in ("9d", "52w", "18m", "1y"))
