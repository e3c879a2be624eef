"""Archiving people, and bringing them back: nothing is due any more, everything is kept."""

from collections.abc import Sequence

from connect_cli.journal.journal import Journal
from connect_cli.journal.persons import Whom, people_of
from connect_cli.language.plurals import listed_briefly
from connect_cli.model import DEATH, Named, Person
from connect_cli.store import relations


def archive(journal: Journal, whom: Whom, *, away: bool) -> list[Person]:
    """Archive people, or bring them back; all data stays. Returns those who changed.

    Whoever is brought back did not die.
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
    return changing


def to_change(journal: Journal, people: Sequence[Named], *, away: bool) -> list[Person]:
    """Those of these people for whom it has not been done yet."""
    return [person for person in journal.people(people) if person.archived != away]


def dead(journal: Journal, people: Sequence[Named]) -> list[Named]:
    """Those of these people who died."""
    died = relations.who_died(journal.connection)
    return [person for person in people if person.id in died]
