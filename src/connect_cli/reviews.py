"""Values of looking back: the review of some days, the map of a year, and the balance of time.

Renderers read these. Every figure of them can be counted again from what stands beside it.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from connect_cli.model import Cadence, Interaction, Kind, Named, Pause, Promise, Rule
from connect_cli.views import OccasionDay

TimeUnit = Literal["week", "month", "year"]
"""What one stretch of a balance is."""


class Span(NamedTuple):
    """The days from `first` to `last`, both included; none of them is still to come."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def weeks(self) -> int:
        """How many weeks, from Monday on, it has a day of."""
        first, last = ((day.toordinal() - 1) // 7 for day in self)  # day 1 is a Monday
        return last - first + 1

    @property
    def iso(self) -> tuple[str, str]:
        """Both days in ISO format, as they are stored."""
        return self.first.isoformat(), self.last.isoformat()

    def each(self) -> Iterator[date]:
        """Its days, oldest first."""
        return map(date.fromordinal, range(self.first.toordinal(), self.last.toordinal() + 1))

    def common(self, other: "Span") -> "Span":
        """The days that both have; if there are none, it ends before it begins."""
        return Span(max(self.first, other.first), min(self.last, other.last))


class Met(NamedTuple):
    """A contact with somebody that was the first, or the first after a long time.

    before_on: the contact before it; None for the first.
    """

    person: Named
    on: date
    before_on: date | None = None


class KindTime(NamedTuple):
    """The conversations of one kind, without attempts.

    timed: how many of them have a length. minutes: the sum of those lengths. usual: the median
    length of the kind, which the others are reckoned with; None if no length is known.
    """

    kind: Kind
    number: int
    timed: int = 0
    minutes: int = 0
    usual: int | None = None

    @property
    def untimed(self) -> int:
        """How many have no length."""
        return self.number - self.timed

    @property
    def timeless(self) -> int:
        """How many have none, nor has any of their kind: their time is not counted."""
        return self.untimed if self.usual is None else 0

    @property
    def reckoned(self) -> int:
        """The minutes of those without a length, by the median of their kind."""
        return self.untimed * (self.usual or 0)


class RhythmChange(NamedTuple):
    """Somebody who is met clearly more or less often than before.

    before: until the day before the span. now: since then. asked: the cadence you gave them.
    """

    person: Named
    before: Cadence
    now: Cadence
    asked: Cadence | Rule | None = None


class EnergyDay(NamedTuple):
    """How many conversations of a day gave energy, left you even, and took some."""

    on: date
    gave: int = 0
    even: int = 0
    took: int = 0


class DayCount(NamedTuple):
    """A day and how many conversations it had, attempts left out."""

    on: date
    number: int


class YearMap(NamedTuple):
    """The days of a span that have a conversation, as a calendar shows them.

    days: oldest first. away: days away that touch the span. person, tag: whose conversations are
    counted, if not all. fullest: the week (Monday to Sunday, within the span) with the most of
    them, the newest of several; None without any.
    """

    span: Span
    days: tuple[DayCount, ...] = ()
    away: tuple[Pause, ...] = ()
    person: Named | None = None
    tag: str = ""
    fullest: Span | None = None


class Review(NamedTuple):
    """What there is to look back on in some days. Each part may be empty.

    words: notes, newest first, one of each person. on_this_day: conversations with a note of this
    day in earlier years, newest first. first, again: first contacts, and contacts after a long
    time, newest first; more_first: how many older ones there are beside them; more_again: whether
    there are any.
    kept: loops that were closed in these days, newest first; more_kept: how many older ones.
    kinds: in the order of the enumeration. tried: how many attempts there were.
    rhythms: by name; more_rhythms: how many others. energy: the days with an energy, oldest first.
    occasions: those of the days to come;
    more_occasions: how many later ones.
    open_loops: promises, questions and what to tell that are open today, those with a day first;
    more_open: how many others. The last three parts are empty unless the span ends today.
    map: a picture of the days, for a page.
    """

    span: Span
    words: tuple[Interaction, ...] = ()
    on_this_day: tuple[Interaction, ...] = ()
    first: tuple[Met, ...] = ()
    more_first: int = 0
    again: tuple[Met, ...] = ()
    more_again: bool = False
    kept: tuple[Promise, ...] = ()
    more_kept: int = 0
    kinds: tuple[KindTime, ...] = ()
    tried: int = 0
    rhythms: tuple[RhythmChange, ...] = ()
    more_rhythms: int = 0
    energy: tuple[EnergyDay, ...] = ()
    occasions: tuple[OccasionDay, ...] = ()
    more_occasions: int = 0
    open_loops: tuple[Promise, ...] = ()
    more_open: int = 0
    map: YearMap | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return self == Review(self.span)


class Saving(NamedTuple):
    """Minutes that were saved on a day, and by what."""

    id: str
    day: date
    minutes: int
    text: str = ""


class TimeFor(NamedTuple):
    """Somebody of today's list, or something open with somebody, that fits minutes just saved.

    usual: how long a conversation with them usually is; None if that is not known. loop: what is
    open; None for somebody of the list.
    """

    person: Named
    usual: int | None = None
    loop: Promise | None = None


class Stretch(NamedTuple):
    """The time of a week, or of a longer stretch, that lies in a span; all in minutes.

    noted_saved: what was noted as given back. reckoned_saved: the standing estimate for its days.
    noted_with, reckoned_with: time with people that has a length, and that without one, by the
    median of its kind.
    """

    first: date
    last: date
    noted_saved: int = 0
    reckoned_saved: int = 0
    noted_with: int = 0
    reckoned_with: int = 0

    @property
    def saved(self) -> int:
        """The time given back."""
        return self.noted_saved + self.reckoned_saved

    @property
    def spent(self) -> int:
        """The time with people."""
        return self.noted_with + self.reckoned_with


class Balance(NamedTuple):
    """Time given back beside time with people.

    stretches: oldest first, without those before the journal was kept that have nothing. unit: what
    each of them is. savings: what was noted, newest first. kinds: the conversations of the span, in
    the order of the enumeration. weekly: the standing estimate, minutes a week; 0 for none. since:
    the first day of the span for which it is reckoned; None for none. share: the part of the time
    given back that you want to spend with people, in percent; None if you set none.
    """

    span: Span
    unit: TimeUnit = "week"
    stretches: tuple[Stretch, ...] = ()
    savings: tuple[Saving, ...] = ()
    kinds: tuple[KindTime, ...] = ()
    weekly: int = 0
    since: date | None = None
    share: int | None = None

    @property
    def total(self) -> Stretch:
        """All stretches added up."""
        sums = (sum(minutes) for minutes in zip(*(one[2:] for one in self.stretches), strict=True))
        return Stretch(*self.span, *sums)

    @property
    def empty(self) -> bool:
        """Whether there is neither time nor a conversation to show."""
        return not (self.kinds or self.total.saved)

    @property
    def target(self) -> int | None:
        """That part of the time given back, in whole minutes; None if you set none."""
        return None if self.share is None else self.share * self.total.saved // 100

    @property
    def timeless(self) -> int:
        """How many conversations are not counted."""
        return sum(one.timeless for one in self.kinds)
