"""Time with people: every figure against a plain recount, and from the index alone."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import DamageMet
from connect_cli.language.calendar import whole_unit
from connect_cli.model import Interaction, Kind
from connect_cli.reviews import KindTime, Span, TimeUnit
from connect_cli.store import database, interactions
from connect_cli.store import time_with_people as times
from connect_cli.store.interactions import Wanted
from tests.store.garbage import columns, write
from tests.store.journals import NOW
from tests.store.programs import queries, read_from
from tests.store.writing import interaction, opened

NEAR = date(2026, 11, 23)
UNITS: tuple[TimeUnit, ...] = ("week", "month", "year")


@st.composite
def conversations(draw: st.DrawFn) -> list[Interaction]:
    """Conversations and attempts of a few kinds in about three years, many without a length."""
    each = st.builds(
        lambda ago, kind, minutes, tried: interaction(
            (), day=NEAR - timedelta(days=ago), kind=kind, minutes=minutes, tried=tried
        ),
        st.one_of(st.integers(0, 30), st.integers(0, 1100)),
        st.sampled_from([Kind.CALL, Kind.COFFEE, Kind.LETTER, Kind.OTHER]),
        st.none() | st.integers(1, 1440),
        st.booleans() if draw(st.booleans()) else st.just(value=False),
    )
    return draw(st.lists(each, max_size=25))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Days that are over, from one to some years."""
    last = NEAR - timedelta(days=draw(st.integers(0, 400)))
    return Span(last - timedelta(days=draw(st.integers(0, 1000))), last)


def read(connection: sqlite3.Connection, span: Span) -> list[Interaction]:
    """Every conversation of a span, read whole."""
    found = interactions.interactions(connection, Wanted())
    return [one for one in found if span.first <= one.day <= span.last and not one.tried]


def median(lengths: Sequence[int]) -> int | None:
    """The one in the middle, of two the shorter."""
    return sorted(lengths)[(len(lengths) - 1) // 2] if lengths else None


def lengths(found: Sequence[Interaction], kind: Kind) -> list[int]:
    """The known lengths of a kind."""
    return [one.minutes for one in found if one.kind is kind and one.minutes is not None]


def counted(found: Sequence[Interaction], usual: Sequence[Interaction]) -> list[KindTime]:
    """The same figures, counted one by one."""
    numbers = Counter(one.kind for one in found)
    return [
        KindTime(
            kind,
            numbers[kind],
            len(lengths(found, kind)),
            sum(lengths(found, kind)),
            median(lengths(usual, kind)),
        )
        for kind in Kind
        if numbers[kind]
    ]


@pytest.fixture(scope="module")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty journal."""
    path = tmp_path_factory.mktemp("times") / "journal.db"
    database.open_to_write(path).close()
    return path


def written(path: Path, found: Sequence[Interaction]) -> sqlite3.Connection:
    """A copy of that journal in memory, with these conversations."""
    connection = sqlite3.connect(":memory:")  # noqa: TID251  # thrown away with its rows
    with closing(database.open_to_read(path)) as source:
        source.backup(connection)
    rows = [
        (f"{at:012}", str(one.day), one.kind.value, one.minutes, one.tried)
        for at, one in enumerate(found)
    ]
    connection.executescript(
        "".join(
            f"DROP TRIGGER {name};"
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'interaction'"
            )
        )
    )
    connection.executemany(
        """INSERT INTO interaction (id, day, kind, minutes, tried, counts, note, entered, folded,
          recorded_at) VALUES (?, ?, ?, ?, ?, 'yes', '', '', '',
          '2026-11-23T08:00:00.000+00:00')""",
        rows,
    )
    return connection


@given(conversations(), spans())
def test_each_figure_of_a_kind_is_that_of_a_recount(
    empty_file: Path, found: list[Interaction], span: Span
) -> None:
    """Number, lengths, minutes and the median of a year, without attempts and in order."""
    with closing(written(empty_file, found)) as connection:
        usual = read(connection, times.window_of(span))
        assert times.kind_times(connection, span) == counted(read(connection, span), usual)


@given(conversations(), spans(), st.sampled_from(UNITS))
def test_each_figure_of_a_stretch_is_that_of_a_recount(
    empty_file: Path, found: list[Interaction], span: Span, unit: TimeUnit
) -> None:
    """Of every week, month and year that has a conversation; oldest first."""
    with closing(written(empty_file, found)) as connection:
        inside = read(connection, span)
        kinds = times.kind_times(connection, span)
        expected = {
            first: counted(
                [one for one in inside if whole_unit(unit, 0, one.day)[0] == first],
                read(connection, times.window_of(span)),
            )
            for first in sorted({whole_unit(unit, 0, one.day)[0] for one in inside})
        }
        assert list(times.times_by(connection, span, unit, kinds).items()) == list(expected.items())


@pytest.mark.parametrize(
    ("first", "last", "from_"),
    [
        ("2026-11-17", "2026-11-23", "2025-11-24"),
        ("2024-02-23", "2024-02-29", "2023-03-02"),
        ("2025-11-24", "2026-11-23", "2025-11-24"),
        ("2020-01-01", "2026-11-23", "2020-01-01"),
        ("0001-01-01", "0001-01-01", "0001-01-01"),
    ],
)
def test_what_is_usual_is_known_from_a_year(first: str, last: str, from_: str) -> None:
    """Or from all of a longer span; a year has a day once."""
    span = Span(*map(date.fromisoformat, (first, last)))
    assert times.window_of(span) == Span(date.fromisoformat(from_), span.last)


def test_no_row_of_an_interaction_is_read(empty: sqlite3.Connection) -> None:
    """No value comes from the table: all come from the index `interaction_spent`."""
    day = Span(NEAR, NEAR)
    reads: list[Callable[[], object]] = [
        lambda: times.kind_times(empty, day),
        *(partial(times.times_by, empty, day, unit, ()) for unit in UNITS),
    ]
    for read_ in reads:
        (sql,) = queries(empty, read_)
        assert read_from(empty, sql) >= {"interaction_spent"}
        assert "interaction" not in read_from(empty, sql), sql


@pytest.mark.parametrize("value", [b"\xff", "long", 0, -5, 1441])
def test_a_damaged_length_is_damage_and_no_number(tmp_path: Path, value: object) -> None:
    """In every sum, whether it is the least of its kind or the largest."""
    path = tmp_path / "journal.db"
    with opened(path) as (_, writer), writer.command("log", "…", NOW) as changes:
        for minutes in (30, 45):
            changes.add_interaction(interaction((), day=NEAR, minutes=minutes))
    (column,) = (one for one in columns() if (one.table, one.name) == ("interaction", "minutes"))
    write(path, column, value)
    with closing(database.open_to_read(path)) as connection:
        with pytest.raises(DamageMet):
            times.kind_times(connection, Span(NEAR, NEAR))
        with pytest.raises(DamageMet):
            times.times_by(connection, Span(NEAR, NEAR), "week", ())
