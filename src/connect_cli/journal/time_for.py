"""What minutes just saved are enough for: one person of today's list, or one open loop.

The same minutes of the same journal always name the same:
1. the first of today's list whose usual conversation fits. Usual is the median length of their
   newest conversations; if none has a length, that of the kind of the last one; if that is not
   known either, any minutes fit.
2. else the first promise of yours, question or thing to tell that is open: those whose day has come
   first, then those with a day to come, then the others.
What somebody promised you takes none of your time, and is never named.
"""

from connect_cli.journal.journal import Journal
from connect_cli.journal.today import proposed
from connect_cli.model import Named, Owed, Person
from connect_cli.reviews import Span, TimeFor
from connect_cli.store import interactions, memory, savings
from connect_cli.store.time_with_people import usual_minutes


def time_for(journal: Journal, minutes: int) -> TimeFor | None:
    """Whom or what so many minutes are enough for; None if there is nothing."""
    for person in proposed(journal):
        usual = _usual(journal, person)
        if usual is None or usual <= minutes:
            return TimeFor(Named(person.id, person.name), usual)
    loops = memory.open_promises(journal.connection)
    mine = (TimeFor(one.person, None, one) for one in loops if one.owed is not Owed.THEM)
    return next(mine, None)


def _usual(journal: Journal, person: Person) -> int | None:
    """How long a conversation with somebody usually is, in minutes."""
    connection, today = journal.connection, journal.today_is
    known = savings.usual_with(connection, person.id, today)
    if known is not None:
        return known
    newest = interactions.newest_ids(connection, today, [person.id])
    kinds = [one.kind for one in interactions.by_id(connection, [*newest.values()])]
    usual = usual_minutes(connection, Span(today, today)) if kinds else {}
    return usual.get(kinds[0]) if kinds else None
