"""Time given back by machines, and time spent with people.

What is noted (`saved`) adds to a standing estimate, the setting `balance.saved`. It counts
by days, each a seventh of a week, and only since the journal is kept (`load.kept_since`): what
was before nobody wrote down, whether conversations or time.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import dropwhile
from typing import NamedTuple

from connect_cli.errors import NotUnderstood, shell_word
from connect_cli.journal.journal import Journal
from connect_cli.journal.load import kept_since
from connect_cli.language.calendar import monday_of, month_number, plus_days, whole_unit
from connect_cli.language.day_options import is_day, read_past_day
from connect_cli.language.times import read_leading_minutes
from connect_cli.reviews import Balance, KindTime, Saving, Span, Stretch, TimeUnit
from connect_cli.store import savings as store_savings
from connect_cli.store.time_with_people import kind_times, times_by

_WHEN = "note time once it is saved: --on takes today or a past day"
WEEKS = 12
WEEK_DAYS = 7
MOST_WEEKS, MOST_MONTHS = 54, 60


class Saved(NamedTuple):
    """What was noted, and how many minutes are noted in its week by now."""

    saving: Saving
    in_week: int


def save(journal: Journal, saving: Saving) -> Saved:
    """Note minutes that were saved."""
    week = Span(*whole_unit("week", 0, saving.day))
    earlier = store_savings.savings(journal.connection, week)  # damage is met before it is written
    words = f"{saving.minutes} min on {saving.day}"
    with journal.write("saved", f"{words}: {saving.text}" if saving.text else words) as rows:
        saving = saving._replace(id=rows.save(saving.minutes, saving.day, saving.text))
    return Saved(saving, saving.minutes + sum(one.minutes for one in earlier))


def read_saving(journal: Journal, said: str, on: str = "") -> Saving:
    """A saving in words: a duration, then what saved it; it has no id yet.

    on: a past day in words; today without it. Raises NotUnderstood.
    """
    minutes, number = read_leading_minutes(said.split())
    text = " ".join(said.split(None, number)[number:]).strip()
    today = journal.today_is
    if text and is_day(text, today):
        read_past_day(text, today, _WHEN)
        hint = f"to give the day: --on {shell_word(text)}"
        raise NotUnderstood(f"'{text}' is a day, not what saved the time", hint)
    return Saving("", read_past_day(on, today, _WHEN) if on else today, minutes, text)


def usual_span(today: date) -> Span:
    """The twelve weeks until today, from a Monday on."""
    return Span(plus_days(monday_of(today), -WEEK_DAYS * (WEEKS - 1)), today)


def balance(journal: Journal, span: Span) -> Balance:
    """Time given back beside time with people, by week, or by month or year where it is long."""
    settings, unit = journal.settings, unit_of(span)
    kinds = kind_times(journal.connection, span)
    noted = store_savings.savings(journal.connection, span)
    begun = kept_since(journal)
    since = _since(settings.saved_weekly, begun, span)
    saved: Counter[date] = Counter()
    for one in noted:
        saved[first_of(one.day, unit)] += one.minutes
    times = times_by(journal.connection, span, unit, kinds)
    stretches = (
        _stretch(each, saved[first], times.get(first, ()), settings.saved_weekly, since)
        for each in stretches_of(span, unit)
        for first in [first_of(each.first, unit)]
    )
    kept = dropwhile(lambda one: one.last < begun and not any(one[2:]), stretches)
    weekly, share = settings.saved_weekly, settings.reinvest
    return Balance(span, unit, tuple(kept), tuple(noted), tuple(kinds), weekly, since, share)


def unit_of(span: Span) -> TimeUnit:
    """Weeks, as long as there are at most 53 of them; months up to 60; else years."""
    if span.weeks <= MOST_WEEKS:
        return "week"
    months = month_number(span.last) - month_number(span.first) + 1
    return "month" if months <= MOST_MONTHS else "year"


def first_of(day: date, unit: TimeUnit) -> date:
    """The first day of the week (a Monday), the month or the year of a day."""
    return whole_unit(unit, 0, day)[0]


def stretches_of(span: Span, unit: TimeUnit) -> Iterator[Span]:
    """The weeks, months or years of a span, oldest first; those at its ends may be in part."""
    first = span.first
    while (last := whole_unit(unit, 0, first)[1]) < span.last:
        yield Span(first, last)
        first = plus_days(last, 1)
    yield Span(first, span.last)


def _since(weekly: int, begun: date, span: Span) -> date | None:
    """The first day of the span for which the standing estimate counts."""
    since = max(begun, span.first)
    return since if weekly and since <= span.last else None


def _stretch(
    days: Span, noted: int, times: Iterable[KindTime], weekly: int, since: date | None
) -> Stretch:
    times = tuple(times)
    reckoned = 0 if since is None else _estimate(weekly, since, days)
    spent = sum(one.minutes for one in times), sum(one.reckoned for one in times)
    return Stretch(*days, noted, reckoned, *spent)


def _estimate(weekly: int, since: date, days: Span) -> int:
    """The standing estimate for these days.

    It is the growth of a sum that begins at `since`, so that stretches add up to the whole.
    """
    before = max(0, (days.first - since).days)
    until = max(0, (days.last - since).days + 1)
    return weekly * until // WEEK_DAYS - weekly * before // WEEK_DAYS
