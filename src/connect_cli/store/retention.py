"""Which copies of the journal stay: by days, weeks and months, and under a total.

First the rule of days chooses, in the copies of days and in those made for a reason (before an
import, a restore, a repair, a change of schema; or of a damaged journal) alike. If what is left
takes more than the total, copies go one by one until it fits: those made for a reason first, then
those of days, in both the oldest first, so months go before weeks and weeks before days. Whatever
the total is, these stay: the newest copy of a day, the newest one made for a reason, the newest
sound one, and every copy that was made by hand, which is its owner's to remove.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from connect_cli.views import Copy

DAYS, WEEKS, MONTHS = 7, 4, 12


def kept_days(days: Iterable[date], today: date) -> set[date]:
    """Which of these days' copies stay: of 7 days, of 4 weeks and of 12 months the newest.

    Only days that have a copy are counted, so that a long silence takes nothing away. Days after
    today come from a clock that was wrong: they stay, and push nothing out.
    """
    ahead = {day for day in days if day > today}
    newest_first = sorted(set(days) - ahead, reverse=True)
    kept = ahead | set(newest_first[:DAYS])
    for period, most in ((_week, WEEKS), (_month, MONTHS)):
        newest: dict[tuple[int, int], date] = {}
        for day in newest_first:
            newest.setdefault(period(day), day)
        kept.update(list(newest.values())[:most])
    return kept


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def superfluous(newest_first: Sequence[Copy], today: date, most: int | None) -> list[Copy]:
    """The copies that do not stay. most: the bytes that all may take; None for no such bound."""
    by_days = [copy for series in _series(newest_first) for copy in _past(series, today)]
    left = [copy for copy in newest_first if copy not in by_days]
    return by_days + _too_much(left, today, most)


def _series(copies: Sequence[Copy]) -> tuple[list[Copy], list[Copy]]:
    """Those made for a reason, and those of days."""
    ours = [copy for copy in copies if not copy.by_hand]
    return [copy for copy in ours if copy.label], [copy for copy in ours if not copy.label]


def _past(series: Sequence[Copy], today: date) -> list[Copy]:
    kept = kept_days([copy.day for copy in series], today)
    return [copy for copy in series if copy.day not in kept]


def _too_much(newest_first: Sequence[Copy], today: date, most: int | None) -> list[Copy]:
    too_much = total(newest_first) - most if most is not None else 0
    going = []
    for copy in removable(newest_first, today):
        if too_much <= 0:
            break
        going.append(copy)
        too_much -= copy.size
    return going


def total(copies: Iterable[Copy]) -> int:
    """The bytes that they take."""
    return sum(copy.size for copy in copies)


def removable(newest_first: Sequence[Copy], today: date) -> Iterator[Copy]:
    """The copies that may go when there are too many, those first that matter least."""
    kept = always_kept(newest_first, today)
    for series in _series(newest_first):
        yield from (copy for copy in reversed(series) if copy not in kept and copy.size)


def always_kept(newest_first: Sequence[Copy], today: date) -> set[Copy]:
    """The copies that stay however little room they are given.

    A clock that is wrong hides nothing: the newest are those of all days, and those up to today.
    """
    up_to_today = [copy for copy in newest_first if copy.day <= today]
    return {copy for copy in newest_first if copy.by_hand} | {
        copy for some in (newest_first, up_to_today) for copy in _newest_of_each(some)
    }


def _newest_of_each(newest_first: Sequence[Copy]) -> Iterator[Copy]:
    wanted: tuple[Callable[[Copy], bool], ...] = (
        lambda copy: not copy.label,
        lambda copy: bool(copy.label) and not copy.by_hand,
        lambda copy: copy.sound,
    )
    for is_wanted in wanted:
        yield from [copy for copy in newest_first if is_wanted(copy)][:1]
