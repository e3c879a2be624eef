"""Archiving people, and bringing them back."""

from datetime import timedelta

from connect_cli.journal import archive, cadence, log, today
from connect_cli.journal import people as people_verbs
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.model import Named

NAMES = ("Ada", "Bo", "Cy", "Dee", "Eve", "Fay", "Gil", "Hal")


def test_several_who_come_back_are_not_all_due_at_once(journal: Journal) -> None:
    """Those who would be past due come due on days of their own; who has time left keeps it."""
    added = people_verbs.add(journal, *(Profile(name, every="2w") for name in (*NAMES, "Ida")))
    people = [Named(one.person.id, one.person.name) for one in added]
    log.log(journal, "call with Ida")
    cadence.every(journal, "Ida", "1y")
    before = today.standing_of(journal, journal.person(people[-1])).due_on
    archive.archive(journal, people, away=True)
    journal.context = journal.context._replace(now=journal.context.now + timedelta(days=90))
    archive.archive(journal, people, away=False)
    *others, kept = [today.standing_of(journal, one).due_on for one in journal.people(people)]
    assert kept == before
    assert all(day is not None and day >= journal.today_is for day in others)
    assert len(set(others)) == len(NAMES)


def test_one_who_comes_back_is_as_they_were(journal: Journal) -> None:
    """Their clock ran on."""
    (added,) = people_verbs.add(journal, Profile("Ada", every="2w"))
    due_on = today.standing_of(journal, added.person).due_on
    archive.archive(journal, "Ada", away=True)
    journal.context = journal.context._replace(now=journal.context.now + timedelta(days=90))
    archive.archive(journal, "Ada", away=False)
    assert today.standing_of(journal, journal.person(journal.named("Ada"))).due_on == due_on
