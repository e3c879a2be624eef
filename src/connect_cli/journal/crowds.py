"""People met together, whose due days are kept from falling on one day."""

from typing import TYPE_CHECKING

from connect_cli.journal.journal import Journal
from connect_cli.model import Counts, Interaction
from connect_cli.reports import FirstDay
from connect_cli.scheduler.first_days import MANY, spread_out
from connect_cli.store import changes, people

if TYPE_CHECKING:
    from connect_cli.store.rows import Rows


def spread_met(journal: Journal, rows: "Rows", interaction: Interaction) -> list[FirstDay]:
    """Give a later first day to those of an interaction who would come due on a full day.

    It is part of the command that logs the interaction. Returns the people who were moved.
    """
    if len(interaction.people) < MANY or interaction.counts is Counts.NO:
        return []
    rows.flush()
    everyone = people.people(journal.connection, journal.settings.circles, journal.today_is)
    ids = {person.id for person in interaction.people}
    moved = spread_out(
        [person for person in everyone if person.id in ids],
        interaction.day,
        everyone,
        journal.today_is,
        journal.settings,
        people.away(journal.connection),
    )
    for first in moved:
        rows.change_person(first.person.id, first_on=first.on, first_said_on=journal.today_is)
    return moved


def take_back_spread(journal: Journal, rows: "Rows", logged: Interaction) -> None:
    """Give people back the first day that they had before an interaction moved it.

    It is part of the command that deletes or changes the interaction. logged: what it was before.
    Those who have no such contact on its day any more would otherwise come due a cadence after
    something that did not happen.
    """
    rows.flush()
    for person_id, first_on, first_said_on in changes.first_days_before(journal.connection, logged):
        rows.change_person(person_id, first_on=first_on, first_said_on=first_said_on)
