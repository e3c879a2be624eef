"""The meaning of a day phrase, from which a past or a coming day can be asked for."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import NamedTuple, Protocol

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import (
    OUTSIDE,
    month_at,
    month_days,
    month_name,
    month_number,
    shift,
    weekday_name,
)

NEAR_MONTHS = 3  # how old `friday the 13th` may be
LONGEST_GAP = 20  # months: the most from one Tuesday the 31st, say, to the next
LONGEST_WAIT = 8  # years: the most from one 29 February to the next (1896 to 1904)


class DayExpression(Protocol):
    """A day, or a day that comes again and again."""

    def latest(self, until: date) -> date:
        """The newest such day up to this one; a full date is always that date."""

    def soonest(self, since: date) -> date:
        """The first such day from this one on; a full date is always that date."""


class Fixed(NamedTuple):
    """One day of the calendar."""

    on: date

    def latest(self, until: date) -> date:  # noqa: ARG002 # the day stands by itself
        return self.on

    def soonest(self, since: date) -> date:  # noqa: ARG002 # the day stands by itself
        return self.on


class Weekday(NamedTuple):
    """A day of every week; Monday is 0."""

    number: int

    def latest(self, until: date) -> date:
        return shift(until, -((until.weekday() - self.number) % 7), "d")

    def soonest(self, since: date) -> date:
        return shift(since, (self.number - since.weekday()) % 7, "d")


class Yearly(NamedTuple):
    """A day of every year that has it."""

    month: int
    day: int

    def latest(self, until: date) -> date:
        return _first_within(self._around(until, -1), date.min, until)

    def soonest(self, since: date) -> date:
        return _first_within(self._around(since, 1), since, date.max)

    def _around(self, day: date, step: int) -> Iterator[date | None]:
        for year in range(day.year, day.year + (LONGEST_WAIT + 1) * step, step):
            yield on_calendar(year, self.month, self.day)


class Monthly(NamedTuple):
    """A day of every month that has it, or of those in which it is this weekday.

    With a weekday, the newest is at most NEAR_MONTHS ago: whoever says `friday the 7th` and means
    another year than the last says so.
    """

    day: int
    weekday: int | None = None

    def latest(self, until: date) -> date:
        on = _first_within(self._around(until, -1), date.min, until)
        if self.weekday is not None and (until - on).days > NEAR_MONTHS * 31:
            last = Monthly(self.day).latest(until)
            is_a, said = weekday_name(last.weekday()), weekday_name(self.weekday)
            hint = "leave out the weekday, or write the month"
            raise UnclearDay(f"{last} is a {is_a}, not a {said}", hint, (last, on))
        return on

    def soonest(self, since: date) -> date:
        return _first_within(self._around(since, 1), since, date.max)

    def _around(self, day: date, step: int) -> Iterator[date | None]:
        this = month_number(day)
        for month in range(this, this + (LONGEST_GAP + 1) * step, step):
            on = on_calendar(*month_at(month), self.day)
            if on is not None and self.weekday in (None, on.weekday()):
                yield on


class OnWeekday(NamedTuple):
    """A date with its weekday: `tue 3 nov`. hint: what to write when they disagree.

    If only the next such date (or only the last) falls on that weekday, that one is meant.
    """

    day: DayExpression
    number: int
    hint: str = "leave out the weekday, or write the year"

    def latest(self, until: date) -> date:
        on = self.day.latest(until)
        return on if self.fits(on) else self._other(on, self.day.soonest(until))

    def soonest(self, since: date) -> date:
        on = self.day.soonest(since)
        return on if self.fits(on) else self._other(on, self.day.latest(since))

    def fits(self, on: date) -> bool:
        """Whether a day is this weekday."""
        return on.weekday() == self.number

    def _other(self, on: date, other: date) -> date:
        if self.fits(other):
            return other
        is_a, said = weekday_name(on.weekday()), weekday_name(self.number)
        raise NotUnderstood(f"{on} is a {is_a}, not a {said}", self.hint)


class UnclearDay(NotUnderstood):
    """A phrase that does not say which day is meant.

    choices: the days that it could be, in the order of their phrase; often none is known.
    suggestions: phrases that can be typed instead. several: whether it names all of the choices.
    """

    def __init__(
        self,
        message: str,
        hint: str,
        choices: tuple[date, ...] = (),
        suggestions: tuple[str, ...] = (),
        *,
        several: bool = False,
    ) -> None:
        super().__init__(message, hint)
        self.choices = choices
        self.suggestions = suggestions
        self.several = several


class Refused(NamedTuple):
    """A phrase for a day that does not exist, or that could mean several days.

    days: those that it could mean, if they are known. suggestions: what can be typed instead.
    Without a hint of its own it gives those days.
    """

    message: str
    hint: str
    days: tuple[DayExpression, ...] = ()
    suggestions: tuple[str, ...] = ()

    def latest(self, until: date) -> date:
        raise self._error(self.choices(until))

    def soonest(self, since: date) -> date:
        raise self._error(_possible(self.days, lambda day: day.soonest(since)))

    def choices(self, until: date) -> tuple[date, ...]:
        """The days that could be meant, each the newest up to this one."""
        return _possible(self.days, lambda day: day.latest(until))

    def _error(self, choices: tuple[date, ...]) -> UnclearDay:
        dates = tuple(map(str, choices))
        hint = self.hint or f"write {' or '.join(dates) or 'the date'}"
        return UnclearDay(self.message, hint, choices, self.suggestions or dates)


class EitherWay(NamedTuple):
    """A date in figures that could be two days: `2/3/2026`. Only one of them may have come."""

    text: str
    days: tuple[date, ...]

    def latest(self, until: date) -> date:
        return self._only([day for day in self.days if day <= until])

    def soonest(self, since: date) -> date:
        return self._only([day for day in self.days if day >= since])

    def _only(self, days: list[date]) -> date:
        if len(days) == 1:
            return days[0]
        dates = tuple(map(str, self.days))
        message, hint = f"'{self.text}' could be two days", f"write {' or '.join(dates)}"
        raise UnclearDay(message, hint, self.days, dates)


class Several(NamedTuple):
    """A phrase that names several days: `mon and wed`, `6-8 march`."""

    text: str
    days: tuple[DayExpression, ...]

    def latest(self, until: date) -> date:
        raise self._error(self.choices(until))

    def soonest(self, since: date) -> date:
        raise self._error(_possible(self.days, lambda day: day.soonest(since)))

    def choices(self, until: date) -> tuple[date, ...]:
        """The days that are named, each the newest up to this one."""
        return _possible(self.days, lambda day: day.latest(until))

    def _error(self, choices: tuple[date, ...]) -> UnclearDay:
        said = f"'{self.text}' names several days"
        return UnclearDay(
            said, "write one day, and the others by themselves", choices, several=True
        )


def _possible(
    days: Iterable[DayExpression], ask: Callable[[DayExpression], date]
) -> tuple[date, ...]:
    found: list[date] = []
    for day in days:
        with suppress(NotUnderstood):
            found.append(ask(day))
    return tuple(dict.fromkeys(found))


def _first_within(days: Iterator[date | None], least: date, most: date) -> date:
    for on in days:
        if on is not None and least <= on <= most:
            return on
    raise NotUnderstood(OUTSIDE)


def on_calendar(year: int, month: int, day: int) -> date | None:
    """That date, or None if it does not exist."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def dated(year: int | None, month: int, day: int) -> DayExpression:
    """The day with this year, month and day, or the reason why there is none."""
    if not 1 <= month <= 12:
        return Refused(f"there is no month {month}", "months go from 1 to 12")
    longest = month_days(2000, month)  # a leap year: 29 February exists
    if not 1 <= day <= longest:
        name = month_name(month)
        return Refused(f"there is no {day} {name}", f"{name} has {longest} days")
    if year is None:
        return Yearly(month, day)
    if (on := on_calendar(year, month, day)) is None:
        return Refused(
            f"there is no {year:04}-{month:02}-{day:02}", "write a day that exists, like 2026-11-03"
        )
    return Fixed(on)
