"""Days away, on which every clock stands still: setting them, and taking them back."""

from collections.abc import Iterable
from datetime import date

from connect_cli.errors import NoSuchThing
from connect_cli.journal.core import Journal
from connect_cli.journal.gaps import LAST, ordinals
from connect_cli.language.day_options import read_interval
from connect_cli.model import Pause
from connect_cli.store import people


def aways(journal: Journal) -> list[Pause]:
    """All days away that were ever set, the earliest first."""
    return people.away(journal.connection)


def away(journal: Journal, words: str) -> tuple[Pause, bool]:
    """Stop every clock for an interval such as `3 aug to 17 aug`.

    It becomes one with what it overlaps or adjoins. False when those days were away already.
    """
    wanted = Pause(*read_interval(words, journal.today_is))
    before = aways(journal)
    apart = [pause for pause in before if not _adjoin(pause, wanted)]
    whole = _joined([wanted, *(pause for pause in before if pause not in apart)])
    if whole in before:
        return whole, False
    with journal.write(
        "away", f"away from {whole.start_on} to {whole.end_on or 'some day'}"
    ) as rows:
        rows.set_pauses(None, [*apart, whole])
    return whole, True


def cancel_away(journal: Journal) -> tuple[Pause, bool]:
    """Take the present days away back from today on, or the next ones that are coming.

    True when they had begun: the days until yesterday stay. Raises NoSuchThing without any.
    """
    before = aways(journal)
    today = journal.today_is
    found = next((pause for pause in before if ordinals(pause)[1] >= today.toordinal()), None)
    if found is None:
        raise NoSuchThing("you are not away, and no days away are coming")
    begun = found.start_on < today
    kept = [pause for pause in before if pause != found]
    if begun:
        kept.append(Pause(found.start_on, _day(today.toordinal() - 1)))
    with journal.write("away", f"no longer away from {max(found.start_on, today)}") as rows:
        rows.set_pauses(None, kept)
    return found, begun


def _adjoin(one: Pause, other: Pause) -> bool:
    (first, end), (start, last) = ordinals(one), ordinals(other)
    return first <= last + 1 and start <= end + 1


def _joined(pauses: Iterable[Pause]) -> Pause:
    bounds = [ordinals(pause) for pause in pauses]
    end = max(end for _, end in bounds)
    return Pause(_day(min(first for first, _ in bounds)), None if end == LAST else _day(end))


def _day(ordinal: int) -> date:
    return date.fromordinal(ordinal)
