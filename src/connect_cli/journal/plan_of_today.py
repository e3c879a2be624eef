"""Today's plan, made from the journal: what `today` shows, and from which offers are kept."""

from collections.abc import Collection, Iterable, Sequence

from connect_cli.journal.journal import Journal
from connect_cli.model import Occasion, Pause, Person
from connect_cli.scheduler.plan import make_plan
from connect_cli.store import interactions, memory
from connect_cli.views import Plan


def plan_of_today(
    journal: Journal,
    people: Sequence[Person],
    away: Sequence[Pause],
    *,
    contacted: Collection[str],
    occasions: Iterable[Occasion] = (),
    more: int = 0,
) -> Plan:
    """Who is proposed today, which promises have their day, and who is done.

    people, away: everybody, and everyone's pauses. contacted, more: as in `make_plan`.
    """
    return make_plan(
        people,
        memory.promises_due(journal.connection, journal.today_is),
        occasions,
        journal.today_is,
        journal.settings,
        contacted=contacted,
        away=away,
        more=more,
    )


def contacted_today(journal: Journal) -> frozenset[str]:
    """The ids of people with contact today."""
    today = journal.today_is
    return frozenset(interactions.contact_days(journal.connection, today, today))
