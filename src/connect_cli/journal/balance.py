"""Time given back by machines, and time spent with people.

What is noted (`saved`) adds to a standing estimate, the setting `balance.saved`. It counts
by days, each a seventh of a week, and only since the journal is kept (`load.tracking_start`): what
was before nobody wrote down, whether conversations or time.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, dropwhile
from typing import NamedTuple

from connect_cli.errors import NotUnderstood, shell_word
from connect_cli.journal.journal import Journal
from connect_cli.journal.load import tracking_start
from connect_cli.language.calendar import month_days, month_number, plus_days
from connect_cli.language.day_options import is_day, read_past_day
from connect_cli.language.times import read_leading_minutes
from connect_cli.model import Kind
from connect_cli.reviews import Balance, KindTime, Saving, Span, Stretch, TimeUnit
from connect_cli.store import savings as store_savings
from connect_cli.store.time_with_people import times_by, usual_minutes, window_of

_WHEN = "note time once it is saved: --on takes today or a past day"
WEEKS = 12
WEEK_DAYS = 7
MOST_WEEKS, MOST_MONTHS = 53, 60


class Saved(NamedTuple):
    """What was noted, and how many minutes are noted in its week by now."""

    saving: Saving
    in_week: int


def save(journal: Journal, said: str, on: str = "") -> Saved:
    """Note minutes that were saved: a duration, then what saved them.

    on: a past day in words; today without it. Raises NotUnderstood.
    """
    saving = _saving(journal, said, on)
    monday = first_of(saving.day, "week")
    week = Span(monday, plus_days(monday, WEEK_DAYS - 1))
    earlier = store_savings.savings(journal.connection, week)  # damage is met before it is written
    words = f"{saving.minutes} min on {saving.day}"
    with journal.write("saved", f"{words}: {saving.text}" if saving.text else words) as rows:
        saving = saving._replace(id=rows.save(saving.minutes, saving.day, saving.text))
    return Saved(saving, saving.minutes + sum(one.minutes for one in earlier))


def _saving(journal: Journal, said: str, on: str) -> Saving:
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
    return Span(plus_days(first_of(today, "week"), -WEEK_DAYS * (WEEKS - 1)), today)


def balance(journal: Journal, span: Span) -> Balance:
    """Time given back beside time with people, by week, or by month or year where it is long."""
    connection, settings, unit = journal.connection, journal.settings, unit_of(span)
    usual = usual_minutes(connection, *window_of(span))
    times = times_by(connection, span, unit, usual)
    noted = store_savings.savings(connection, span)
    begun = tracking_start(journal)
    since = _since(settings.saved_weekly, begun, span)
    saved: Counter[date] = Counter()
    for one in noted:
        saved[first_of(one.day, unit)] += one.minutes
    stretches = (
        _stretch(each, saved[first], times.get(first, ()), settings.saved_weekly, since)
        for each in stretches_of(span, unit)
        for first in [first_of(each.first, unit)]
    )
    return Balance(
        span,
        unit,
        tuple(dropwhile(lambda one: one.last < begun and not any(one[2:]), stretches)),
        tuple(noted),
        _added(chain.from_iterable(times.values()), usual),
        settings.saved_weekly,
        since,
        settings.reinvest,
    )


def unit_of(span: Span) -> TimeUnit:
    """Weeks, as long as there are at most 53 of them; months up to 60; else years."""
    weeks = (first_of(span.last, "week") - first_of(span.first, "week")).days // WEEK_DAYS + 1
    if weeks <= MOST_WEEKS:
        return "week"
    months = month_number(span.last) - month_number(span.first) + 1
    return "month" if months <= MOST_MONTHS else "year"


def first_of(day: date, unit: TimeUnit) -> date:
    """The first day of the week (a Monday), the month or the year of a day."""
    if unit == "week":
        return plus_days(day, -day.weekday())
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def last_of(day: date, unit: TimeUnit) -> date:
    """The last day of the week, the month or the year of a day."""
    if unit == "week":
        return plus_days(day, WEEK_DAYS - 1 - day.weekday())
    last = day if unit == "month" else day.replace(month=12, day=1)
    return last.replace(day=month_days(last.year, last.month))


def stretches_of(span: Span, unit: TimeUnit) -> Iterator[Span]:
    """The weeks, months or years of a span, oldest first; those at its ends may be in part."""
    first, last = span.first, min(span.last, last_of(span.first, unit))
    yield Span(first, last)
    while last < span.last:
        first = plus_days(last, 1)
        last = min(span.last, last_of(first, unit))
        yield Span(first, last)


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


def _added(times: Iterable[KindTime], usual: Mapping[Kind, int]) -> tuple[KindTime, ...]:
    """The conversations of all stretches by kind, in the order of the enumeration."""
    sums: dict[Kind, KindTime] = {}
    for one in times:
        old = sums.get(one.kind, KindTime(one.kind, 0, usual=usual.get(one.kind)))
        sums[one.kind] = old._replace(
            number=old.number + one.number,
            timed=old.timed + one.timed,
            minutes=old.minutes + one.minutes,
        )
    return tuple(sums[kind] for kind in Kind if kind in sums)
