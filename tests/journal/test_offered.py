"""Today's list, and who is kept as offered of it, however few people are read for them."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from connect_cli.journal.journal import Journal
from connect_cli.journal.offered import keep_offered
from connect_cli.journal.today import today
from connect_cli.model import (
    Cadence,
    Counts,
    Interaction,
    Kind,
    Named,
    Occasion,
    Pause,
    Person,
    Rule,
    cadence_columns,
    usual_counts,
)
from connect_cli.scheduler.occasions import BELATED_DAYS
from connect_cli.scheduler.plan import make_plan, offered
from connect_cli.scheduler.recurrence import next_of, shortest_days, usual_days
from connect_cli.settings import Settings
from connect_cli.store import memory
from connect_cli.store import people as store_people
from connect_cli.store.rows import Rows
from tests.scheduler import strategies as some

SELDOM = 0.15
DAY = date(2026, 11, 23)


def keep(rows: Rows, person: Person) -> None:
    """Write somebody as the scheduler knows them."""
    who = Named(rows.add_person(person.name), person.name)
    rows.change_person(
        who.id,
        circle=person.circle if person.cadence is None else None,
        first_on=person.first_on,
        first_said_on=person.first_said_on,
        snoozed_on=person.snoozed_on,
        snooze_said_on=person.snooze_said_on,
        archived_on=DAY if person.archived else None,
        **cadence_columns(person.cadence),
    )
    for pause in person.pauses:
        rows.add_pause(who.id, pause.start_on, pause.end_on)
    for on in set(person.offered) - {person.reconnected_on}:
        rows.offer(who.id, on, dormant=False)
    if person.reconnected_on is not None:
        rows.offer(who.id, person.reconnected_on, dormant=True)
    for day, kind in ((person.last_full_on, Kind.CALL), (person.last_half_on, Kind.EVENT)):
        if day is not None:
            counts = usual_counts(kind, tried=False)
            rows.add_interaction(Interaction("", day, kind, (who,), counts=counts))
    if person.tried_on is not None:
        rows.add_interaction(
            Interaction("", person.tried_on, Kind.CALL, (who,), counts=Counts.NO, tried=True)
        )


def kept(journal: Journal) -> dict[str, bool]:
    """Who was offered today, and if as dormant."""
    found = journal.connection.execute(
        "SELECT person_id, dormant FROM offered WHERE day = ?", (str(journal.today_is),)
    )
    return {person_id: bool(dormant) for person_id, dormant in found}


@pytest.mark.parametrize("seed", range(8))
def test_who_is_kept_stands_on_the_list(open_journal: Callable[..., Journal], seed: int) -> None:
    """People met lately are not read for it: whoever may be due is, and the demand is of all."""
    chance = random.Random(seed)  # noqa: S311  # people who can be made again
    day = DAY + timedelta(days=seed % 7)
    settings = Settings(capacity=(chance.randint(6, 12),) * 7)
    journal = open_journal(f"{day}T08:00", settings=settings)
    yearly, yesterday = Cadence(1, "y"), day - timedelta(days=1)
    _check(
        journal,
        [
            Person("a", "A", cadence=yearly, last_full_on=yesterday, reconnected_on=yesterday),
            Person("b", "B", cadence=yearly, last_full_on=yesterday, last_half_on=day),
            *(somebody(chance, number, day) for number in range(60)),
        ],
    )


@pytest.mark.parametrize("seed", range(8))
def test_the_list_is_that_of_everybody(open_journal: Callable[..., Journal], seed: int) -> None:
    """Also where it is filled up with people who are soon due, or has birthdays of people met."""
    chance = random.Random(seed)  # noqa: S311  # people who can be made again
    day = DAY + timedelta(days=seed % 7)
    settings = Settings(capacity=((3, 9, 150)[seed % 3],) * 7, occasion_lead_days=9)
    journal = open_journal(f"{day}T08:00", settings=settings)
    with journal.write("test", "made") as rows:
        for number in range(60):
            person = somebody(chance, number, day)
            if number % 3 == 0 and person.cadence is not None:
                nearly = usual_days(person.cadence) * chance.choice([80, 86, 90, 99]) // 100
                person = person._replace(last_full_on=day - timedelta(days=nearly))
            keep(rows, person)
        yearly, yesterday = Cadence(1, "y"), day - timedelta(days=1)
        keep(rows, Person("a", "Wished Well", cadence=yearly, last_full_on=yesterday))
        for known in [each for each in journal.known() if each.name[-1] in "135l"]:
            days = -2 if known.name == "Wished Well" else chance.randint(-3, 9)
            on, named = day + timedelta(days=days), Named(known.id, known.name)
            rows.set_occasion(Occasion("", named, "birthday", on.month, on.day))
    connection = journal.connection
    everybody = store_people.people(connection, settings.circles, day)
    expected = make_plan(
        everybody,
        memory.promises_due(connection, day),
        memory.occasions_near(connection, day, BELATED_DAYS, settings.occasion_lead_days),
        day,
        settings,
        contacted=journal.contacted_today(),
    )
    listed = today(journal)
    assert listed.plan == expected
    assert len(expected.occasions) > 3
    assert "Wished Well" not in {one.occasion.person.name for one in listed.plan.occasions}
    with_cadence = [one for one in everybody if one.cadence is not None]
    counted = (0, 0) if expected.suggestions else (len(everybody), len(with_cadence))
    assert (listed.people, listed.with_cadence) == counted


@pytest.mark.parametrize("rule", some.RULES, ids=lambda rule: rule.text)
def test_whoever_is_soon_due_by_a_rule_is_listed(
    open_journal: Callable[..., Journal], rule: Rule
) -> None:
    """Its day may come half of its mean gap after the contact, and e follows from the whole gap."""
    due = date.fromordinal(next_of(rule, DAY.toordinal()))
    met = due - timedelta(days=shortest_days(rule))
    with open_journal(f"{met}T08:00").write("test", "made") as rows:
        keep(rows, Person("a", "Ada", cadence=rule, last_full_on=met))
    for ahead in range(1, (due - met).days + 1):
        day = met + timedelta(days=ahead)
        journal = open_journal(f"{day}T08:00")
        crowd = store_people.people(journal.connection, journal.settings.circles, day)
        assert today(journal).plan == make_plan(crowd, (), (), day, journal.settings)
        journal.close()


def somebody(chance: random.Random, number: int, day: date) -> Person:
    """Somebody met long ago, lately or today; a few are paused, snoozed, tried or archived."""
    cadence = chance.choice([*some.CADENCES, *some.RULES, None])
    period = 30 if cadence is None else usual_days(cadence)

    def ago(most: int) -> date:
        return day - timedelta(days=chance.randint(1, most))

    def seldom(made: date) -> date | None:
        return made if chance.random() < SELDOM else None

    return Person(
        id=str(number),
        name=f"Person {number}",
        circle=chance.choice([None, "inner", "wide"]),
        cadence=cadence,
        last_full_on=day if number < 2 else ago(chance.choice([2, 9]) * period),
        last_half_on=seldom(ago(2 * period)),
        tried_on=seldom(ago(20)),
        snoozed_on=seldom(day + timedelta(days=3)),
        pauses=(Pause(ago(30)),) if chance.random() < SELDOM else (),
        archived=chance.random() < SELDOM,
        offered=tuple(sorted({day - timedelta(days=chance.randint(1, 60)) for _ in range(5)})),
        reconnected_on=seldom(day - timedelta(days=chance.randint(9, 90))),
    )


def _check(journal: Journal, crowd: list[Person]) -> None:
    """Write these people, and compare who is listed with who is kept."""
    with journal.write("test", "made") as rows:
        for person in crowd:
            keep(rows, person)
    listed = offered(today(journal).plan.suggestions)
    with journal.write("test", "first of the day") as rows:
        keep_offered(journal, rows)
    assert kept(journal) == {person.id: dormant for person, dormant in listed} != {}
