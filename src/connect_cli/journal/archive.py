"""Archiving people, and bringing them back: nothing is due any more, everything is kept."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from connect_cli.journal import cadence
from connect_cli.journal.journal import Journal
from connect_cli.journal.persons import Whom, people_of
from connect_cli.language.plurals import listed_briefly
from connect_cli.model import DEATH, Named, Person
from connect_cli.scheduler import standing
from connect_cli.store import people as people_store
from connect_cli.store import relations

if TYPE_CHECKING:
    from connect_cli.store.rows import Rows


def archive(journal: Journal, whom: Whom, *, away: bool) -> list[Person]:
    """Archive people, or bring them back; all data stays. Returns those who changed.

    Whoever is brought back did not die. Of several who are brought back, those who would be past
    due come due on days of their own.
    """
    people = people_of(journal, whom)
    changing = to_change(journal, people, away=away)
    if changing:
        verb = "archive" if away else "unarchive"
        names = listed_briefly([person.name for person in changing])
        with journal.write(verb, f"{verb}d {names}") as rows:
            for person in journal.people(changing):
                if away:
                    rows.change_person(person.id, archived_on=journal.today_is)
                else:
                    rows.change_person(person.id, archived_on=None, died_on=None)
                    rows.drop_occasion(person.id, DEATH)
            if not away:
                _spread(journal, rows, changing)
    return changing


def _spread(journal: Journal, rows: "Rows", back: Sequence[Person]) -> None:
    """Give first days to those of several people who would all be past due at once."""
    rows.flush()
    away, today = people_store.away(journal.connection), journal.today_is
    people = [one for one in journal.people(back) if one.cadence is not None]
    dues = [standing.due(one, today, journal.settings, away=away) for one in people]
    past = [due.person for due in dues if due.due_on is not None and due.due_on < today]
    if len(past) > 1:
        for first in cadence.first_days_of(journal, past):
            rows.change_person(first.person.id, first_on=first.on, first_said_on=today)


def to_change(journal: Journal, people: Sequence[Named], *, away: bool) -> list[Person]:
    """Those of these people for whom it has not been done yet."""
    return [person for person in journal.people(people) if person.archived != away]


def dead(journal: Journal, people: Sequence[Named]) -> list[Named]:
    """Those of these people who died."""
    died = relations.who_died(journal.connection)
    return [person for person in people if person.id in died]
