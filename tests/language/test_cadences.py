"""Cadences in words and as calendar rules."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.language.cadences import read_cadence, skipped
from connect_cli.model import Cadence, Rule

CADENCES = {
    "3d": "3d",
    "2w": "2w",
    " 1M ": "1m",
    "1y": "1y",
    "2 w": "2w",
    "2 weeks": "2w",
    "10 days": "10d",
    "week": "1w",
    "a month": "1m",
    "every day": "1d",
    "daily": "1d",
    "weekly": "1w",
    "every week": "1w",
    "each week": "1w",
    "once a week": "1w",
    "every 2 weeks": "2w",
    "every 2w": "2w",
    "every two weeks": "2w",
    "every couple of weeks": "2w",
    "once every 3 months": "3m",
    "every other week": "2w",
    "every other day": "2d",
    "every second month": "2m",
    "every third week": "3w",
    "fortnightly": "2w",
    "every fortnight": "2w",
    "monthly": "1m",
    "every month": "1m",
    "quarterly": "3m",
    "every quarter": "3m",
    "every half year": "6m",
    "twice a year": "6m",
    "3 times a year": "4m",
    "four times a year": "3m",
    "yearly": "1y",
    "Annually": "1y",
    "every year": "1y",
    "every 10 years": "10y",
}
RULES = {
    "first friday": "FREQ=MONTHLY;BYDAY=1FR",
    "First Friday of the month": "FREQ=MONTHLY;BYDAY=1FR",
    "every first friday": "FREQ=MONTHLY;BYDAY=1FR",
    "the 2nd tue of each month": "FREQ=MONTHLY;BYDAY=2TU",
    "second tuesday": "FREQ=MONTHLY;BYDAY=2TU",
    "every second tuesday of the month": "FREQ=MONTHLY;BYDAY=2TU",
    "last monday of the month": "FREQ=MONTHLY;BYDAY=-1MO",
    "every other sunday": "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
    "alternate sundays": "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
    "every friday": "FREQ=WEEKLY;BYDAY=FR",
    "fridays": "FREQ=WEEKLY;BYDAY=FR",
    "weekly on fri": "FREQ=WEEKLY;BYDAY=FR",
    "thu and mon": "FREQ=WEEKLY;BYDAY=MO,TH",
    "mondays, wednesdays and fridays": "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "tue thu": "FREQ=WEEKLY;BYDAY=TU,TH",
    "tue & thu": "FREQ=WEEKLY;BYDAY=TU,TH",
    "tue, and thu": "FREQ=WEEKLY;BYDAY=TU,TH",
    "tue/thu": "FREQ=WEEKLY;BYDAY=TU,TH",
    "weekdays": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "every weekday": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "weekends": "FREQ=WEEKLY;BYDAY=SA,SU",
    "every weekend": "FREQ=WEEKLY;BYDAY=SA",
    "the 15th": "FREQ=MONTHLY;BYMONTHDAY=15",
    "every 31st": "FREQ=MONTHLY;BYMONTHDAY=31",
    "first of the month": "FREQ=MONTHLY;BYMONTHDAY=1",
    "last day of the month": "FREQ=MONTHLY;BYMONTHDAY=-1",
}
TYPED_RULES = {
    "FREQ=MONTHLY;BYDAY=1FR": "FREQ=MONTHLY;BYDAY=1FR",
    "rrule:freq=weekly; byday=mo,th;": "FREQ=WEEKLY;BYDAY=MO,TH",
    "FREQ=DAILY;INTERVAL=3660": "FREQ=DAILY;INTERVAL=3660",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;INTERVAL=10": "FREQ=YEARLY;INTERVAL=10",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO": "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO",
    "FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1": "FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1",
}
REFUSED = {
    "": "no cadence was given",
    "soon": "'soon' is not a cadence",
    "0w": "'0w' is not a cadence",
    "every 0 weeks": "'0w' is not a cadence",
    "11y": "'11y' is longer than ten years",
    "5 times a year": "'5 times a year' is not a whole number of months",
    "0 times a year": "'0 times a year' is not a whole number of months",
    "satsat": "'satsat' is not a cadence",
    "biweekly": "'biweekly' can mean two things",
    "bi-monthly": "'bi-monthly' can mean two things",
    "every second friday": "'every second friday' can mean two things",
    "every 32nd": "'every 32nd' comes less than once in ten years",
    "FREQ=DAILY;COUNT=3": "a cadence has no end",
    "FREQ=DAILY;UNTIL=20270101": "a cadence has no end",
    "FREQ=HOURLY": "'FREQ=HOURLY' is not a calendar rule",
    "BYDAY=MO": "'BYDAY=MO' is not a calendar rule",
    "FREQ=DAILY;BYHOUR=3": "'BYHOUR=3' is not part of a calendar rule",
    "FREQ=DAILY;X=": "'X=' is not part of a calendar rule",
    "FREQ=DAILY;BYDAY=": "'BYDAY=' is not part of a calendar rule",
    "FREQ=DAILY;FREQ=DAILY": "'FREQ=DAILY' is not part of a calendar rule",
    "FREQ=DAILY;INTERVAL=0": "'FREQ=DAILY;INTERVAL=0' needs an interval from 1 to 3660",
    "FREQ=WEEKLY;INTERVAL=521": "'FREQ=WEEKLY;INTERVAL=521' needs an interval from 1 to 520",
    "FREQ=WEEKLY;INTERVAL=X": "'FREQ=WEEKLY;INTERVAL=X' needs an interval from 1 to 520",
    "FREQ=WEEKLY;BYDAY=XX": "'FREQ=WEEKLY;BYDAY=XX' is not a calendar rule",
    "FREQ=MONTHLY;BYDAY=99MO": "'FREQ=MONTHLY;BYDAY=99MO' is not a calendar rule",
    "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30": (
        "'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30' comes less than once in ten years"
    ),
    "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29": (
        "'FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29' comes less than once in ten years"
    ),
}
SKIPPED = {
    "FREQ=MONTHLY;BYMONTHDAY=31": "some months have no 31st: this falls in 7 of 12 months",
    "FREQ=MONTHLY;BYMONTHDAY=30": "some months have no 30th: this falls in 11 of 12 months",
    "FREQ=MONTHLY;BYMONTHDAY=29": "some months have no 29th: this falls in 11 of 12 months",
    "FREQ=MONTHLY;BYDAY=5FR": "some months have no such day: this falls in 4 of 12 months",
    "FREQ=MONTHLY;BYMONTHDAY=28": None,
    "FREQ=MONTHLY;BYMONTHDAY=-1": None,
    "FREQ=MONTHLY;BYDAY=1FR": None,
    "FREQ=MONTHLY;BYMONTH=1;BYMONTHDAY=31": None,
    "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31": None,
    "FREQ=WEEKLY;BYDAY=MO": None,
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29": "some years have no such day: it falls in 7 of 28 years",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR": "some years have no such day: it falls in 5 of 28 years",
    "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10": None,
}


@pytest.mark.parametrize(("text", "cadence"), CADENCES.items())
def test_words_mean_a_cadence(text: str, cadence: str) -> None:
    """The words mean so many days, weeks, months or years."""
    assert read_cadence(text) == Cadence.parse(cadence)


@pytest.mark.parametrize(("text", "rule"), RULES.items())
def test_words_mean_a_rule(text: str, rule: str) -> None:
    """The words mean this rule, and the rule keeps the words."""
    assert read_cadence(text) == Rule(rule)
    assert read_cadence(text).words == text.casefold()  # type: ignore[union-attr]  # it is a rule


@pytest.mark.parametrize(("text", "rule"), TYPED_RULES.items())
def test_a_rule_is_kept_in_its_normal_form(text: str, rule: str) -> None:
    """Upper case, without blanks, prefix and the last semicolon."""
    assert read_cadence(text) == Rule(rule)


@pytest.mark.parametrize("text", ["never", "None", " no "])
def test_never_is_no_cadence(text: str) -> None:
    """Who is never due has no cadence."""
    assert read_cadence(text) is None


@pytest.mark.parametrize(("text", "why"), REFUSED.items())
def test_what_is_no_cadence_is_refused(text: str, why: str) -> None:
    """The error says what is wrong, and what to write."""
    with pytest.raises(NotUnderstood) as refused:
        read_cadence(text)
    assert refused.value.message == why
    assert refused.value.hint


@pytest.mark.parametrize(("text", "remark"), SKIPPED.items())
def test_a_rule_that_skips_months_or_years_says_so(text: str, remark: str | None) -> None:
    """Only a day that some of them do not have is remarked on."""
    assert skipped(Rule(text)) == remark


@given(st.integers(1, 120), st.sampled_from("dwmy"))
@settings(max_examples=50, deadline=None)
def test_a_cadence_reads_its_own_words(count: int, unit: str) -> None:
    """What a cadence calls itself is read as that cadence."""
    count = min(count, 10) if unit == "y" else count
    cadence = Cadence.parse(f"{count}{unit}")
    assert read_cadence(str(cadence)) == read_cadence(cadence.words) == cadence
