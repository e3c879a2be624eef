"""The coming days for the phone: who is on them, and cards that say what that of `show` says."""

from collections.abc import Callable
from datetime import date, timedelta

from connect_cli.journal import archive, log, memory, selection
from connect_cli.journal import card as journal_card
from connect_cli.journal import death as journal_death
from connect_cli.journal import people as people_verbs
from connect_cli.journal import relations as journal_relations
from connect_cli.journal.coming_days import DAYS, RECENT, coming_days
from connect_cli.journal.demo import fill
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.model import Owed
from connect_cli.store import interactions
from connect_cli.views import Card, ComingDays, Plan

TODAY = date(2026, 11, 23)
Open = Callable[..., Journal]


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def add(journal: Journal, name: str, birthday: str = "", every: str = "") -> None:
    people_verbs.add(journal, Profile(name, birthday=birthday, every=every))


def listed(view: ComingDays) -> dict[int, list[str]]:
    """Who is on each day that has somebody, by how far ahead it is."""
    found = {(plan.day - TODAY).days: names(plan) for plan in view.plans}
    return {ahead: people for ahead, people in found.items() if people}


def names(plan: Plan) -> list[str]:
    occasions = [near.occasion.person.name for near in plan.occasions]
    promises = [promise.person.name for promise in plan.promises]
    return occasions + promises + [one.person.name for one in plan.suggestions]


def cards(found: tuple[Card, ...]) -> list[str]:
    return [card.person.name for card in found]


def test_nobody_is_on_the_days_of_an_empty_journal(journal: Journal) -> None:
    """Seven days, from today on."""
    view = coming_days(journal)
    assert [plan.day for plan in view.plans] == [day(ahead) for ahead in range(DAYS)]
    assert (listed(view), view.cards, view.people) == ({}, (), ())


def test_everybody_of_seven_days_has_a_card_in_the_order_of_the_days(
    open_journal: Open,
) -> None:
    """By a yearly day, an open promise of either side with a day, or because they are proposed."""
    add(open_journal("2026-11-01T08:00"), "Ada", every="3w")
    journal = open_journal()
    for name, birthday in (("Grace", "11-29"), ("Tom", "11-30"), ("Zoë", "11-25")):
        add(journal, name, birthday=birthday)
    for name in ("Ben", "Cy", "Dan", "Eve"):
        add(journal, name)
    memory.promise(journal, "Ben", "the drill", Owed.THEM, str(day(2)))
    memory.promise(journal, "Cy", "the book", Owed.ME, str(day(6)))
    memory.promise(journal, "Dan", "the map", Owed.ME, str(day(7)))
    memory.promise(journal, "Eve", "the cup", Owed.ASK)
    view = coming_days(journal)
    assert listed(view) == {0: ["Ada"], 2: ["Zoë", "Ben"], 6: ["Grace", "Cy"]}
    assert cards(view.cards) == ["Ada", "Zoë", "Ben", "Grace", "Cy"]
    assert cards(view.people) == ["Ada", "Ben", "Cy", "Dan", "Eve", "Grace", "Tom", "Zoë"]


def test_an_occasion_is_on_its_own_day_alone(journal: Journal) -> None:
    """Though a list names it days before and after; today also has what is just over."""
    add(journal, "Ada", birthday="11-22")
    add(journal, "Grace", birthday="11-25")
    assert listed(coming_days(journal)) == {0: ["Ada"], 2: ["Grace"]}


def test_archived_people_are_left_out(journal: Journal) -> None:
    """Of the cards and of the list; a promise, and the day of somebody who died, come up."""
    for name in ("Ada", "Grace", "Tom"):
        add(journal, name, birthday="11-25")
    memory.promise(journal, "Ada", "the book", Owed.ME, str(day(1)))
    archive.archive(journal, "Ada", away=True)
    journal_death.died(journal, "Grace", "2020-11-26", remember=True)
    view = coming_days(journal)
    assert cards(view.people) == ["Tom"]
    assert cards(view.cards) == ["Tom"]
    assert listed(view) == {1: ["Ada"], 2: ["Tom"], 3: ["Grace"]}


def test_a_card_says_what_the_card_of_show_says(journal: Journal) -> None:
    """For everybody of the demo who comes up; of conversations the newest that took place."""
    fill(journal)
    view = coming_days(journal)
    assert len(view.cards) > 5
    for one in view.cards:
        whole = journal_card.card(journal, one.person.name, everything=True)
        newest = [each for each in whole.timeline if not each.tried and each.day <= TODAY]
        assert one == Card(
            whole.due,
            whole.aliases,
            whole.tags,
            whole.contact_points,
            whole.details,
            whole.occasions,
            whole.promises,
            timeline=tuple(newest[:RECENT]),
            ties=whole.ties,
        )


def test_everybody_is_listed_as_people_lists_them(journal: Journal) -> None:
    """By name, with other names, tags, ways to reach them and the newest conversation."""
    fill(journal)
    found = coming_days(journal).people
    standings = selection.standings(journal)
    assert [(one.due, one.tags, one.aliases) for one in found] == [tuple(one) for one in standings]
    ids = [one.person.id for one in found]
    newest = interactions.newest_ids(journal.connection, TODAY, ids)
    assert {one.person.id: talk.id for one in found for talk in one.timeline} == newest
    for one in found:
        assert one.contact_points == journal_card.card(journal, one.person.name).contact_points
        assert len(one.timeline) <= 1


def test_what_is_dated_after_today_and_attempts_are_no_last_words(open_journal: Open) -> None:
    """A clock was wrong, or nobody answered."""
    later = open_journal("2026-12-24T08:00")
    add(later, "Ada")
    log.log(later, "", LogOptions(people=("Ada",), on="2026-12-20", note="later"))
    journal = open_journal()
    log.log(journal, "", LogOptions(people=("Ada",), on="2026-11-02", note="before"))
    log.log(journal, "", LogOptions(people=("Ada",), on="2026-11-09", tried=True))
    (ada,) = coming_days(journal).people
    assert [one.note for one in ada.timeline] == ["before"]


def test_a_relation_is_on_both_cards(journal: Journal) -> None:
    """As each of them sees it."""
    for name in ("Ada", "Grace"):
        add(journal, name, birthday="11-25")
    journal_relations.relate(journal, "Ada", "Grace", "sister")
    ada, grace = coming_days(journal).cards
    assert [one.said for one in (*ada.ties, *grace.ties)] == ["sister of", "sister"]


def test_nothing_is_written_and_no_reading_is_left_open(journal: Journal) -> None:
    """A look changes nothing, and the next command can write."""
    add(journal, "Ada")
    before = journal.connection.total_changes
    coming_days(journal)
    assert journal.connection.total_changes == before
    assert not journal.connection.in_transaction
