"""The review of some days: words first, then figures; in the order of days, never by how much.

How it works. Each part is read by itself, and only what is shown. The words are spread over the
days: the span is cut into five equal parts, and the newest note of each is taken whose people have
not spoken yet; what is missing then comes from the newest of the others. So the same journal always
gives the same words. What is open and what is coming belongs to a span that ends today.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from connect_cli.journal.journal import Journal
from connect_cli.journal.on_this_day import on_this_day
from connect_cli.language.calendar import plus_days
from connect_cli.language.sorting import by_name
from connect_cli.model import Interaction, Named
from connect_cli.reviews import Review, RhythmChange, Span
from connect_cli.scheduler.occasions import next_occasions
from connect_cli.scheduler.rhythm import CLEARLY, Rhythm, rhythm_of
from connect_cli.store import interactions, memory
from connect_cli.store import review as store
from connect_cli.store.review import Noted
from connect_cli.store.time_with_people import kind_times

LISTED = 8
"""The most of each list, unless all are asked for."""
ON_THIS_DAY = 2
MOST_WORDS = 5
CANDIDATES = 8
"""Notes of a part that are looked at: of friends who write much, the others have their turn."""
LONG_DAYS = 182
"""Half a year: whoever is met after so long is met again."""
RHYTHM_FROM_DAYS = 80
"""In fewer days no rhythm shows: a quarter has ninety."""
BEFORE_DAYS = 365
"""The days before a span with whose rhythm its own is compared."""
MOST_PEOPLE = 60
COMING_DAYS = (7, 14)
"""How far a review looks ahead: as many days as back, but at least and at most so many."""


def review(journal: Journal, span: Span, limit: int | None = LISTED) -> Review:
    """What there is to look back on in these days. limit: the most of each list; None for all."""
    connection = journal.connection
    first, number = store.first_contacts(connection, span, limit)
    again = store.again(connection, span, LONG_DAYS, None if limit is None else limit + 1)
    kept, closed = store.kept(connection, span, limit)
    rhythms = _rhythms(journal, span)
    found = Review(
        span=span,
        words=tuple(_words(journal, span)),
        first=tuple(first),
        more_first=number - len(first),
        again=tuple(again[:limit]),
        more_again=len(again) > len(again[:limit]),
        kept=tuple(kept),
        more_kept=closed - len(kept),
        kinds=tuple(kind_times(connection, span)),
        tried=store.attempts(connection, span),
        rhythms=tuple(sorted(rhythms[:limit], key=_by_name)),
        more_rhythms=len(rhythms) - len(rhythms[:limit]),
        energy=tuple(store.energy_days(connection, span)),
    )
    return _coming(journal, found, limit) if span.last == journal.today_is else found


def _words(journal: Journal, span: Span) -> list[Interaction]:
    """Up to five notes, newest first, one of each person."""
    parts = _parts(span)
    found = store.noted(journal.connection, parts, CANDIDATES)
    chosen: list[Noted] = []
    for part in parts:
        _choose(chosen, [one for one in found if _within(one.day, part)], 1)
    _choose(chosen, found, MOST_WORDS - len(chosen))
    newest = [one.id for one in found if one in chosen]
    return interactions.by_id(journal.connection, newest)


def _choose(chosen: list[Noted], some: Sequence[Noted], room: int) -> None:
    """Add the first of some, as many as there is room for, whose people have not spoken yet."""
    for one in some:
        if room and not any(one == other or one.people & other.people for other in chosen):
            chosen.append(one)
            room -= 1


def _parts(span: Span) -> list[Span]:
    """The span in five parts as equal as can be, the newest first; fewer if it has fewer days."""
    number = min(MOST_WORDS, span.days)
    edges = [span.days * place // number for place in range(number + 1)]
    return [
        Span(plus_days(span.first, start), plus_days(span.first, end - 1))
        for start, end in reversed([*pairwise(edges)])
    ]


def _within(day: date, span: Span) -> bool:
    return span.first <= day <= span.last


def _rhythms(journal: Journal, span: Span) -> list[RhythmChange]:
    """Whoever is met clearly more or less often in these days than in the year before them.

    Only a longer span shows a rhythm. Those who were met last in it are looked at, and come first.
    The cadence that they have today was not asked of other days.
    """
    if span.days < RHYTHM_FROM_DAYS:
        return []
    before = Span(plus_days(span.first, -BEFORE_DAYS), plus_days(span.first, -1))
    read = store.rhythms_of(journal.connection, (before, span), MOST_PEOPLE)
    people = {one.id: one for one in journal.people_left([Named(each, "") for each, _ in read])}
    asks = span.last == journal.today_is
    return [
        RhythmChange(
            Named(person.id, person.name),
            old.cadence,
            new.cadence,
            person.cadence if asks else None,
        )
        for person_id, days in read
        if (person := people.get(person_id))
        for old, new in [[rhythm_of(each) for each in days]]
        if old and new and _differ(old, new)
    ]


def _by_name(one: RhythmChange) -> tuple[str, str]:
    return by_name(one.person.name, one.person.id)


def _differ(old: Rhythm, new: Rhythm) -> bool:
    longer, shorter = max(old.days, new.days), min(old.days, new.days)
    return longer >= CLEARLY * shorter and old.cadence != new.cadence


def _coming(journal: Journal, found: Review, limit: int | None) -> Review:
    """What is open and coming, and what this day brought in other years."""
    least, most = COMING_DAYS
    ahead = max(least, min(most, found.span.days))
    near = memory.occasions_near(journal.connection, journal.today_is, 0, ahead)
    coming = [
        one
        for one in next_occasions(near, journal.today_is, journal.settings)
        if 0 <= one.in_days <= ahead
    ]
    loops = memory.open_promises(journal.connection)
    return found._replace(
        on_this_day=tuple(on_this_day(journal, limit=ON_THIS_DAY)),
        occasions=tuple(coming[:limit]),
        more_occasions=len(coming) - len(coming[:limit]),
        open_loops=tuple(loops[:limit]),
        more_open=len(loops) - len(loops[:limit]),
    )
