"""The days of a span."""

from hypothesis import given
from hypothesis import strategies as st

from connect_cli.language.calendar import monday_of, plus_days
from connect_cli.reviews import Span

SPANS = st.builds(
    lambda first, days: Span(first, plus_days(first, days)), st.dates(), st.integers(0, 800)
)


@given(SPANS, SPANS)
def test_days_and_weeks_are_those_of_a_recount(span: Span, other: Span) -> None:
    """Each day once; as many weeks as they have Mondays; and only the days that both have."""
    days = list(span.each())
    assert days == sorted({*days})
    assert (days[0], days[-1], len(days)) == (*span, span.days)
    assert span.weeks == len({*map(monday_of, days)})
    assert {*span.common(other).each()} == {*days} & {*other.each()}
