"""What the balance looks like: two bars a row on one scale, noted and reckoned apart."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.reviews import Balance, Stretch
from tests.render import samples_balance as balances
from tests.render.conftest import Golden, terminal
from tests.render.samples import TODAY
from tests.render.seen import BALANCES, WIDTHS


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", BALANCES)
def test_every_balance_looks_as_it_did(view: str, width: int, golden: Golden) -> None:
    """Read the golden file: it is what a person sees."""
    golden(f"{view}-{width}.txt", terminal(BALANCES[view], width))


def bars(written: str, signs: str = "█░") -> list[str]:
    """Every bar of the picture, but not the signs of the legend."""
    rows = [line for line in written.splitlines() if not line.startswith(tuple(signs))]
    return [bar for row in rows for bar in re.findall(f"[{signs}]+", row)]


MINUTES = st.one_of(st.just(0), st.integers(0, 90), st.integers(0, 20_000))


def test_noted_minutes_stand_before_reckoned_ones() -> None:
    """In every bar, on every screen."""
    for width in (*range(30, 90, 5), 140):
        found = bars(terminal(BALANCES["balance"], width))
        assert found
        assert all(re.fullmatch("█*░*", bar) for bar in found)


@given(st.lists(st.tuples(MINUTES, MINUTES, MINUTES, MINUTES), min_size=1, max_size=6))
def test_what_there_is_is_seen_and_what_is_longer_is_no_shorter(
    figures: list[tuple[int, int, int, int]],
) -> None:
    """Both columns have one scale, and no bar is cut at 80 columns."""
    rows = tuple(Stretch(TODAY, TODAY, *each) for each in figures)
    view = Balance(balances.BALANCE.span, "week", rows)
    found = bars(terminal(lambda to: to.balance(view)))
    wanted = [each for row in rows for each in (row[2:4], row[4:6]) if any(each)]
    assert len(found) == len(wanted)
    for bar, (noted, reckoned) in zip(found, wanted, strict=True):
        assert ("█" in bar) is (noted > 0)
        assert ("░" in bar) is (reckoned > 0)
    for bar, one in zip(found, wanted, strict=True):
        for other_bar, other in zip(found, wanted, strict=True):
            assert sum(one) > sum(other) or len(bar) <= len(other_bar) + 1


def test_a_terminal_without_blocks_gets_hashes_and_dots() -> None:
    """The same picture, and the same legend."""
    written = terminal(BALANCES["balance"], encoding="ascii")
    assert bars(written, "#.")[:2] == ["." * 4, "#" * 33]
    assert "# noted\n. reckoned: " in written


def test_the_legend_explains_only_what_is_there() -> None:
    """Nothing reckoned, no sign for it."""
    assert "reckoned" not in terminal(BALANCES["balance-months"])
    assert "noted\n" in terminal(BALANCES["balance-months"])


def test_only_the_newest_savings_are_listed_and_the_others_can_be_had() -> None:
    """The number of the others, and the option that lists them."""
    written = terminal(BALANCES["balance"])
    assert "the report about Boston" in written
    assert "\nand 2 before that; --json lists them all\n" in written
    assert "before that" not in terminal(BALANCES["balance-saved"])
