"""Which copies stay: of days, weeks and months, and never more than a total, but the newest."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.reports import Copy
from connect_cli.safety.backup import always_kept, kept_days, removable, superfluous, total

TODAY = date(2026, 11, 23)

DAYS = st.lists(st.integers(-3, 3000).map(lambda back: TODAY - timedelta(days=back)), max_size=60)


@given(DAYS)
def test_seven_days_four_weeks_and_twelve_months_are_kept(days: list[date]) -> None:
    """Of each such span the newest; and never more than those, or one that is not there."""
    kept = kept_days(days, TODAY)
    past = sorted({day for day in days if day <= TODAY}, reverse=True)
    assert kept <= set(days)
    assert set(past[:7]) <= kept
    assert {day for day in days if day > TODAY} <= kept
    months = list(dict.fromkeys((day.year, day.month) for day in past))[:12]
    assert all(max(d for d in past if (d.year, d.month) == month) in kept for month in months)
    weeks = list(dict.fromkeys(day.isocalendar()[:2] for day in past))[:4]
    assert all(max(d for d in past if d.isocalendar()[:2] == week) in kept for week in weeks)
    assert len(kept) <= 7 + 4 + 12 + 3


@given(DAYS)
@settings(max_examples=30)
def test_keeping_by_rule_twice_is_keeping_once(days: list[date]) -> None:
    """What was kept stays: the rule does not eat its own leavings."""
    once = kept_days(days, TODAY)
    assert kept_days(once, TODAY) == once


def test_a_year_of_writing_every_day_leaves_what_the_rule_says() -> None:
    """Day by day, as it really happens."""
    held: set[date] = set()
    for back in range(800, -1, -1):
        day = TODAY - timedelta(days=back)
        held = kept_days({*held, day}, day)
    assert sorted(held, reverse=True) == [
        *(TODAY - timedelta(days=back) for back in range(7)),
        *(date(2026, 11, 15), date(2026, 11, 8)),
        *(date(2026, 10, 31), date(2026, 9, 30), date(2026, 8, 31), date(2026, 7, 31)),
        *(date(2026, 6, 30), date(2026, 5, 31), date(2026, 4, 30), date(2026, 3, 31)),
        *(date(2026, 2, 28), date(2026, 1, 31), date(2025, 12, 31)),
    ]


LABELS = ("", "by-hand", "before-import", "before-restore", "before-schema-5", "damaged")
MADE = st.tuples(st.integers(-3, 900), st.sampled_from(LABELS), st.integers(0, 40))


def listed(made: Sequence[tuple[int, str, int]]) -> list[Copy]:
    """Copies as they are listed, the newest first; of a day the later ones first."""
    copies = [
        Copy(Path(f"{number}"), TODAY - timedelta(days=back), label, size)
        for number, (back, label, size) in enumerate(made)
    ]
    return sorted(copies, key=lambda copy: copy.day, reverse=True)


def first(copies: Sequence[Copy], wanted: Callable[[Copy], bool]) -> list[Copy]:
    """The newest of those that are wanted, if there is one."""
    return [copy for copy in copies if wanted(copy)][:1]


@given(st.lists(MADE, max_size=40), st.integers(0, 600))
@settings(max_examples=300)
def test_the_total_holds_and_the_newest_stay(made: list[tuple[int, str, int]], most: int) -> None:
    """Of any copies: no more goes than must, and what goes matters less than what stays."""
    copies = listed(made)
    going = superfluous(copies, TODAY, most)
    left = [copy for copy in copies if copy not in going]
    by_days = superfluous(copies, TODAY, None)
    over = going[len(by_days) :]
    assert going[: len(by_days)] == by_days
    assert total(left) <= most or not list(removable(left, TODAY))
    assert not over or total([*left, over[-1]]) > most
    for some in (copies, [copy for copy in copies if copy.day <= TODAY]):
        assert {*first(some, lambda copy: not copy.label)} <= {*left}
        assert {*first(some, lambda copy: copy.sound)} <= {*left}
        assert {*first(some, lambda copy: bool(copy.label) and not copy.by_hand)} <= {*left}
    assert all(copy in left for copy in copies if copy.by_hand)
    stayed = [copy for copy in removable(copies, TODAY) if copy in left]
    for gone in over:
        assert all(_rank(gone) <= _rank(copy) for copy in stayed)


def _rank(copy: Copy) -> tuple[bool, date]:
    """How much a copy matters: less when made for a reason, less when older."""
    return not copy.label, copy.day


@given(st.lists(MADE, max_size=40), st.integers(0, 600))
def test_clearing_away_twice_is_clearing_away_once(
    made: list[tuple[int, str, int]], most: int
) -> None:
    """What stayed stays, as long as nothing comes."""
    copies = listed(made)
    going = superfluous(copies, TODAY, most)
    assert superfluous([copy for copy in copies if copy not in going], TODAY, most) == []


@given(
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(LABELS), st.integers(1, 40))),
    st.integers(0, 300),
)
@settings(max_examples=200)
def test_a_journal_is_kept_under_the_total_day_by_day(
    steps: list[tuple[int, str, int]], most: int
) -> None:
    """As it really happens: days pass, a copy is made, and the rule follows."""
    held: list[Copy] = []
    day = TODAY
    for number, (passed, label, size) in enumerate(steps):
        day += timedelta(days=passed)
        new = Copy(Path(f"{number}"), day, label, size)
        held = [new, *held]
        going = superfluous(held, day, most)
        assert new not in going
        held = [copy for copy in held if copy not in going]
        assert total(held) <= most or {*held} == always_kept(held, day)
        days = {copy.day for copy in held if not copy.label}
        assert kept_days(days, day) == days


SIZE = 10
ORDER = [
    ("journal-2026-11-23.db", 0, ""),
    ("journal-2026-11-23-before-import-2.db", 0, "before-import-2"),
    ("journal-2026-11-23-before-import.db", 0, "before-import"),
    ("journal-2026-11-22.db", 1, ""),
    ("journal-2026-11-20-before-restore.db", 3, "before-restore"),
    ("journal-2026-10-31.db", 23, ""),
    ("journal-2026-09-30.db", 54, ""),
    ("journal-2026-09-01-by-hand.db", 83, "by-hand"),
]


@pytest.mark.parametrize(
    ("most", "gone"),
    [
        pytest.param(None, [], id="no bound"),
        pytest.param(80, [], id="all fit"),
        pytest.param(79, ["11-20-before-restore"], id="the oldest before a command"),
        pytest.param(60, ["11-20-before-restore", "11-23-before-import"], id="and the next"),
        pytest.param(
            *(50, ["11-20-before-restore", "11-23-before-import", "09-30"]), id="the oldest month"
        ),
        pytest.param(
            *(0, ["11-20-before-restore", "11-23-before-import", "09-30", "10-31", "11-22"]),
            id="all but the newest",
        ),
    ],
)
def test_what_matters_least_goes_first(most: int | None, gone: list[str]) -> None:
    """What was made before a command, the oldest first; then the oldest months, weeks and days."""
    copies = [
        Copy(Path(name), TODAY - timedelta(days=back), label, SIZE) for name, back, label in ORDER
    ]
    names = [f"journal-2026-{each}.db" for each in gone]
    assert [copy.path.name for copy in superfluous(copies, TODAY, most)] == names


def test_a_clock_that_was_wrong_takes_neither_the_newest_nor_what_seems_to_be() -> None:
    """A copy that bears a day to come is no reason to lose the one of today, nor the reverse."""
    ahead, now, before = (
        Copy(Path(name), TODAY + timedelta(days=days), size=SIZE)
        for name, days in (("ahead", 900), ("now", 0), ("before", -1))
    )
    assert superfluous([ahead, now, before], TODAY, 0) == [before]


def test_a_link_to_another_place_takes_no_room_and_stays() -> None:
    """Removing it would win nothing."""
    copies = [
        Copy(Path("new"), TODAY, size=SIZE),
        Copy(Path("link"), TODAY - timedelta(days=1), size=0),
        Copy(Path("old"), TODAY - timedelta(days=2), size=SIZE),
    ]
    assert [copy.path.name for copy in superfluous(copies, TODAY, SIZE)] == ["old"]
