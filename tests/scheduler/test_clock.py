"""A person's clock: what the due day comes from, and the days of snoozes."""

from datetime import date, timedelta

import pytest

from connect_cli.language.calendar import day_of
from connect_cli.model import Cadence, Pause, Person, Rule
from connect_cli.scheduler.clock import clock, snooze_day, snoozed_until
from connect_cli.scheduler.rest import merged

TODAY = date(2026, 11, 23)
WEEKLY, MONTHLY, QUARTERLY = map(Cadence.parse, ("1w", "1m", "3m"))
FIRST_FRIDAY = Rule("FREQ=MONTHLY;BYDAY=1FR")
ADA = Person("ada", "Ada", cadence=MONTHLY)


def comes_due(person: Person, *pauses: Pause) -> date:
    assert person.cadence is not None
    return day_of(clock(person, person.cadence, TODAY.toordinal(), merged(pauses)).due)


@pytest.mark.parametrize(
    ("cadence", "last", "expected", "period"),
    [
        (WEEKLY, date(2026, 11, 20), date(2026, 11, 27), 7),
        (MONTHLY, date(2026, 1, 31), date(2026, 2, 28), 28),
        (MONTHLY, date(2026, 7, 31), date(2026, 8, 31), 31),
        (QUARTERLY, date(2026, 11, 30), date(2027, 2, 28), 90),
        (Cadence.parse("1y"), date(2024, 2, 29), date(2025, 2, 28), 365),
        (FIRST_FRIDAY, date(2026, 11, 6), date(2026, 12, 4), 30),
        (FIRST_FRIDAY, date(2026, 11, 30), date(2027, 1, 1), 30),
    ],
)
def test_a_cadence_runs_from_the_real_last_contact(
    cadence: Cadence | Rule, last: date, expected: date, period: int
) -> None:
    """Months clip and do not drift; a rule's day is not one that comes right after the contact."""
    found = clock(ADA._replace(last_full_on=last), cadence, TODAY.toordinal(), ())
    assert (day_of(found.due), found.period) == (expected, period)


def test_with_nothing_to_go_by_the_clock_is_due_today() -> None:
    """And by nothing: no contact, no first day, no snooze."""
    found = clock(ADA, MONTHLY, TODAY.toordinal(), ())
    assert (day_of(found.due), found.rests_on, found.anchor) == (TODAY, "", 0)


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        (date(2026, 10, 31), date(2026, 12, 10)),
        (date(2026, 11, 1), date(2026, 12, 10)),
        (date(2026, 11, 5), date(2026, 12, 10)),
        (date(2026, 11, 10), date(2026, 12, 10)),
        (date(2026, 11, 11), date(2026, 12, 11)),
        (date(2026, 11, 12), date(2026, 12, 12)),
        (date(2026, 11, 13), date(2026, 12, 13)),
    ],
)
def test_a_contact_in_a_pause_or_right_after_one_counts_from_its_eve(
    contact: date, expected: date
) -> None:
    """Ten days away, from 1 to 10 November: the eve of it is 31 October."""
    ada = ADA._replace(last_full_on=contact)
    assert comes_due(ada, Pause(date(2026, 11, 1), date(2026, 11, 10))) == expected


def test_right_after_a_pause_the_later_day_wins() -> None:
    """February is short: by the contact it would be 28 February + 1m = 28 March."""
    pause = Pause(date(2026, 2, 1), date(2026, 2, 27))
    by_eve = comes_due(ADA._replace(last_full_on=date(2026, 2, 20)), pause)
    right_after = comes_due(ADA._replace(last_full_on=date(2026, 2, 28)), pause)
    assert by_eve == date(2026, 2, 28) + timedelta(days=27)
    assert right_after == max(by_eve, date(2026, 3, 28))


@pytest.mark.parametrize(
    ("cadence", "expected"), [(MONTHLY, date(2026, 12, 11)), (FIRST_FRIDAY, date(2026, 12, 16))]
)
def test_a_contact_after_two_pauses_looks_back_over_both(
    cadence: Cadence | Rule, expected: date
) -> None:
    """With a day between them, the start that gives the latest day counts.

    For 1m it is the contact; for a first Friday 30 September: 6 November, and 40 days away.
    """
    pauses = (
        Pause(date(2026, 10, 1), date(2026, 10, 31)),
        Pause(date(2026, 11, 2), date(2026, 11, 10)),
    )
    ada = ADA._replace(cadence=cadence, last_full_on=date(2026, 11, 11))
    assert comes_due(ada, *pauses) == expected


@pytest.mark.parametrize(
    ("said", "pause", "expected"),
    [
        (None, None, TODAY + timedelta(days=5)),
        (TODAY, Pause(TODAY, TODAY + timedelta(days=1)), TODAY + timedelta(days=7)),
        (None, Pause(TODAY, TODAY + timedelta(days=1)), TODAY + timedelta(days=5)),
    ],
    ids=["no-pause", "said-before-it", "unknown"],
)
def test_a_snooze_ends_on_its_day_or_later_by_the_pauses_since(
    said: date | None, pause: Pause | None, expected: date
) -> None:
    """Of a snooze of which nobody knows when it was said, nothing before its day is counted."""
    ada = ADA._replace(snoozed_on=TODAY + timedelta(days=5), snooze_said_on=said)
    stops = merged([pause] if pause else [])
    assert day_of(snoozed_until(ada, TODAY.toordinal(), stops)) == expected


def test_without_a_snooze_there_is_no_day_of_one() -> None:
    """0 is no day."""
    assert snoozed_until(ADA, TODAY.toordinal(), ()) == 0


@pytest.mark.parametrize(
    ("person", "days"),
    [
        (ADA._replace(cadence=None), 7),
        (ADA, 4),
        (ADA._replace(cadence=WEEKLY), 1),
        (ADA._replace(cadence=FIRST_FRIDAY), 4),
        (ADA._replace(cadence=QUARTERLY, last_full_on=date(2026, 9, 1)), 13),
        (ADA._replace(cadence=Cadence.parse("1y")), 14),
    ],
    ids=["no-cadence", "1m", "1w", "rule", "3m", "1y"],
)
def test_a_snooze_without_a_day_is_one_rest_of_b_days(person: Person, days: int) -> None:
    """A week for somebody without a cadence, who has no period to take a rest from."""
    assert snooze_day(person, TODAY) == TODAY + timedelta(days=days)
