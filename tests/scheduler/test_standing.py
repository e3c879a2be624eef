"""How one person stands: due day, lateness, states, pauses and rest."""

from collections import Counter
from datetime import date, timedelta

import pytest

from connect_cli.model import Cadence, Pause, Person, Rule
from connect_cli.scheduler.clock import _from, snooze_day
from connect_cli.scheduler.standing import (
    demand,
    demand_of_cadences,
    due,
    soon_on,
    soonest,
    standings,
)
from connect_cli.settings import Settings
from connect_cli.views import Due, State
from tests.scheduler import strategies as some

DAY = date(2026, 11, 23)
SETTINGS = Settings()
WEEKLY, MONTHLY, YEARLY = map(Cadence.parse, ("1w", "1m", "1y"))
ADA = Person("ada", "Ada", cadence=MONTHLY)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def late(person: Person, past: int) -> Person:
    """The person, due as many days ago."""
    return person._replace(first_on=DAY - days(past), first_said_on=DAY - days(past))


def stands(person: Person, **more: float) -> Due:
    return due(person, DAY, SETTINGS, **more)  # type: ignore[arg-type]  # only a demand is given


@pytest.mark.parametrize(
    ("full", "half", "anchor", "by", "expected"),
    [
        (date(2026, 11, 1), None, date(2026, 11, 1), "full", date(2026, 12, 1)),
        (None, date(2026, 11, 1), date(2026, 10, 17), "half", date(2026, 11, 17)),
        (date(2026, 11, 1), date(2026, 11, 10), date(2026, 11, 1), "full", date(2026, 12, 1)),
        (date(2026, 11, 1), date(2026, 11, 20), date(2026, 11, 5), "half", date(2026, 12, 5)),
        (date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 20), "full", date(2026, 12, 20)),
    ],
    ids=["full", "half", "older-half", "newer-half", "same-day"],
)
def test_the_clock_runs_from_the_contact_that_gives_the_later_day(
    full: date | None, half: date | None, anchor: date, by: str, expected: date
) -> None:
    """A contact that counts by half is worth one half a period earlier."""
    found = stands(ADA._replace(last_full_on=full, last_half_on=half))
    assert (found.anchor_on, found.anchor_by, found.due_on) == (anchor, by, expected)
    assert found.rests_on == "contact"


@pytest.mark.parametrize(
    ("first", "snooze", "expected", "rests_on"),
    [
        (date(2026, 12, 10), None, date(2026, 12, 10), "first"),
        (date(2026, 11, 24), None, date(2026, 12, 1), "contact"),
        (date(2026, 12, 1), None, date(2026, 12, 1), "contact"),
        (None, date(2026, 12, 20), date(2026, 12, 20), "snooze"),
        (date(2026, 12, 25), date(2026, 12, 20), date(2026, 12, 25), "first"),
        (date(2026, 12, 2), date(2026, 11, 20), date(2026, 12, 2), "first"),
    ],
)
def test_the_latest_of_contact_first_day_and_snooze_is_the_due_day(
    first: date | None, snooze: date | None, expected: date, rests_on: str
) -> None:
    """All three hold somebody back; none makes them due sooner. The period is the contact's."""
    person = ADA._replace(last_full_on=date(2026, 11, 1), first_on=first, snoozed_on=snooze)
    found = stands(person)
    assert (found.due_on, found.rests_on, found.period_days) == (expected, rests_on, 30)


@pytest.mark.parametrize("named", ["first_on", "snoozed_on"])
def test_without_contact_a_named_day_is_the_due_day(named: str) -> None:
    """There is no anchor, and the period is the usual one."""
    person = Person("ada", "Ada", cadence=MONTHLY, **{named: DAY})  # type: ignore[arg-type]  # any field, by name
    found = stands(person)
    assert (found.due_on, found.anchor_on, found.anchor_by) == (DAY, None, "")
    assert (found.period_days, found.state) == (30, State.DUE)


def test_with_nothing_to_go_by_someone_with_a_cadence_is_due_today() -> None:
    """A first day is given with the cadence, so this is only for journals that lack one."""
    found = stands(ADA)
    assert (found.due_on, found.rests_on, found.ratio) == (DAY, "", 1.0)


@pytest.mark.parametrize(
    ("every", "period", "early", "grace", "rest"),
    [
        ("11d", 11, 0, 3, 2),
        ("13d", 13, 0, 3, 2),
        ("1d", 1, 0, 2, 1),
        ("3d", 3, 0, 2, 1),
        ("1w", 7, 0, 2, 1),
        ("2w", 14, 2, 4, 2),
        ("30d", 30, 4, 8, 4),
        ("91d", 91, 13, 23, 13),
        ("100d", 100, 14, 25, 14),
        ("365d", 365, 14, 30, 14),
    ],
)
def test_early_grace_and_rest_follow_from_the_period(
    every: str, period: int, early: int, grace: int, rest: int
) -> None:
    """e = min(14, 3P // 20), g = min(30, max(2, (P+2) // 4)), b = min(14, max(1, (P+3) // 7)).

    e is 0 for less than two weeks.
    """
    person = Person("ada", "Ada", cadence=Cadence.parse(every), last_full_on=DAY)
    found = stands(person)
    assert (found.period_days, found.early_days, found.grace_days) == (period, early, grace)
    assert snooze_day(person, DAY) == DAY + days(rest)


@pytest.mark.parametrize("cadence", [*some.CADENCES, *some.RULES, Cadence(13, "d")], ids=str)
def test_nobody_is_soon_due_before_the_soonest_day(cadence: Cadence | Rule) -> None:
    """Whenever they were met: a rule may give a day half of its mean gap after a contact."""
    contacts = range(DAY.toordinal(), DAY.toordinal() + 8 * 366)
    clocks = (_from(contact, "full", cadence, contact, ()) for contact in contacts)
    least = min(soon_on(found) - found.since for found in clocks)
    assert 0.9 * least - 2 <= soonest(cadence) <= least


@pytest.mark.parametrize(
    ("past", "state"),
    [
        (-5, State.FRESH),
        (-4, State.SOON),
        (-1, State.SOON),
        (0, State.DUE),
        (8, State.DUE),
        (9, State.WAITING),
        (60, State.WAITING),
        (61, State.DORMANT),
    ],
)
def test_states_follow_each_other_as_the_days_pass(past: int, state: State) -> None:
    """With P = 30: e = 4, g = 8; r is more than 3 beyond 60 days. Nobody rests unoffered."""
    assert stands(late(ADA, past)).state is state


def offered(person: Person, *before: int) -> Person:
    """The person, offered so many days ago."""
    return person._replace(offered=tuple(DAY - days(count) for count in before))


@pytest.mark.parametrize(
    ("past", "before", "back"),
    [
        (20, (), None),
        (20, (9, 1), None),
        (20, (9, 8, 1), 4),
        (20, (9, 8, 4), 1),
        (20, (9, 8, 5), None),
        (2, (2, 1, 0), None),
        (2, (3, 2, 1), None),
        (3, (3, 2, 1), 4),
        (20, (12, 11, 10, 1), None),
        (20, (12, 11, 10, 5, 1), 8),
        (40, (30, 29, 28, 22, 21, 1), None),
        (40, (30, 29, 28, 22, 21, 12, 1), 16),
        (40, (30, 29, 28, 26, 25, 1), None),
        (80, (3, 2, 1), None),
    ],
    ids=[
        "never",
        "twice",
        "third",
        "last-day",
        "over",
        "today-is-no-past-day",
        "before-the-due-day",
        "from-the-due-day",
        "after-a-rest",
        "twice-after-a-rest",
        "after-two-rests",
        "third-rest",
        "within-a-rest",
        "dormant",
    ],
)
def test_who_was_really_offered_three_times_rests(
    past: int, before: tuple[int, ...], back: int | None
) -> None:
    """With P = 30 and b = 4: after the third offer since the due day, then after every second."""
    found = stands(offered(late(ADA, past), *before))
    assert (found.state is State.RESTING) is (back is not None)
    assert found.back_on == (back and DAY + days(back))


def test_offers_before_a_contact_entered_late_do_not_count() -> None:
    """The contact has moved the due day to after them."""
    ada = offered(ADA._replace(last_full_on=date(2026, 9, 1)), 3, 2, 1)
    assert stands(ada).state is State.RESTING
    assert stands(ada._replace(last_full_on=date(2026, 10, 21))).state is State.DUE


def test_offers_before_a_snooze_do_not_count() -> None:
    """They start afresh on the day until which they are snoozed."""
    ada = offered(late(ADA, 20), 3, 2, 1)
    assert stands(ada._replace(snoozed_on=DAY, snooze_said_on=DAY - days(1))).state is State.DUE
    assert stands(ada._replace(snoozed_on=DAY - days(3))).state is State.RESTING


def test_an_offer_counts_by_the_due_day_of_its_own_day() -> None:
    """Ten days away have moved the due day past two of them since, and the rest has its four."""
    ada = late(ADA, 14)._replace(offered=tuple(DAY - days(count) for count in (14, 13, 12)))
    away = [Pause(DAY - days(10), DAY - days(1))]
    found = due(ada, DAY, SETTINGS, away=away)
    assert (found.due_on, found.state) == (DAY - days(4), State.RESTING)
    assert found.back_on == DAY + days(3)


def test_an_attempt_starts_the_count_afresh() -> None:
    """The three offers up to it lead to no rest; three after it would."""
    ada = offered(late(ADA, 20), 12, 11, 10)._replace(tried_on=DAY - days(10))
    assert stands(ada).state is State.WAITING
    assert stands(offered(ada, 12, 11, 10, 3, 2)).state is State.WAITING
    assert stands(offered(ada, 10, 3, 2, 1)).back_on == DAY + days(4)


@pytest.mark.parametrize(
    ("tried", "away", "state"),
    [
        (60, 0, State.WAITING),
        (61, 0, State.DORMANT),
        (70, 10, State.WAITING),
        (71, 10, State.DORMANT),
    ],
)
def test_nobody_is_dormant_within_sixty_days_of_an_attempt(
    tried: int, away: int, state: State
) -> None:
    """Days away do not count: clocks stop, this one too."""
    ada = late(ADA, 400)._replace(tried_on=DAY - days(tried), first_said_on=DAY - days(420))
    paused = [Pause(DAY - days(away), DAY - days(1))] if away else []
    assert due(ada, DAY, SETTINGS, away=paused).state is state


@pytest.mark.parametrize(
    ("cadence", "past", "asked", "expected"),
    [
        (WEEKLY, 59, 1.0, False),
        (WEEKLY, 60, 1.0, True),
        (MONTHLY, 60, 1.0, False),
        (MONTHLY, 61, 1.0, True),
        (MONTHLY, 61, 3.0, False),
        (MONTHLY, 90, 3.0, False),
        (MONTHLY, 91, 3.0, True),
        (YEARLY, 730, 1.0, False),
        (YEARLY, 731, 1.0, True),
    ],
)
def test_dormant_is_beyond_three_periods_or_four_times_the_load_and_sixty_days(
    cadence: Cadence, past: int, asked: float, *, expected: bool
) -> None:
    """r > max(3, 4D/k): where more is asked for than there is room, waiting is not one's fault."""
    person = late(Person("ada", "Ada", cadence=cadence), past)
    assert (stands(person, demand=asked).state is State.DORMANT) is expected


def test_without_any_capacity_nobody_is_dormant() -> None:
    """Nobody has been passed over who could not have been met."""
    nothing = Settings(capacity=(0,) * 7)
    assert due(late(ADA, 600), DAY, nothing, demand=1.0).state is not State.DORMANT


@pytest.mark.parametrize(
    ("person", "state"),
    [
        (ADA._replace(archived=True), State.ARCHIVED),
        (ADA._replace(cadence=None), State.NONE),
        (ADA._replace(cadence=None, archived=True), State.ARCHIVED),
    ],
    ids=["archived", "no-cadence", "both"],
)
def test_those_without_a_clock_have_no_due_day(person: Person, state: State) -> None:
    """Archived ties rest, and those without a cadence are never due."""
    found = stands(person)
    assert (found.state, found.due_on, found.ratio) == (state, None, 0.0)


@pytest.mark.parametrize(
    ("pauses", "state", "back"),
    [
        ((Pause(DAY, DAY),), State.PAUSED, DAY + days(1)),
        ((Pause(DAY - days(3)),), State.PAUSED, None),
        ((Pause(DAY - days(3), DAY), Pause(DAY, DAY + days(4))), State.PAUSED, DAY + days(5)),
        (
            (Pause(DAY - days(3), DAY), Pause(DAY + days(1), DAY + days(2))),
            State.PAUSED,
            DAY + days(3),
        ),
        ((Pause(DAY - days(9), DAY - days(1)),), State.DUE, None),
        ((Pause(DAY + days(1), DAY + days(5)),), State.DUE, None),
        ((Pause(DAY + days(1), DAY - days(1)),), State.DUE, None),
    ],
    ids=["one-day", "open", "overlapping", "adjoining", "over", "to-come", "backwards"],
)
def test_in_a_pause_somebody_is_paused(
    pauses: tuple[Pause, ...], state: State, back: date | None
) -> None:
    """Both ends belong to it, and pauses that touch are one."""
    found = stands(late(ADA, 0)._replace(first_said_on=DAY, pauses=pauses))
    assert (found.state, found.back_on) == (state, back)


@pytest.mark.parametrize(
    ("pause", "moved"),
    [
        (Pause(date(2026, 10, 1), date(2026, 10, 31)), 0),
        (Pause(date(2026, 11, 5), date(2026, 11, 8)), 4),
        (Pause(date(2026, 11, 28), date(2026, 12, 7)), 10),
        (Pause(date(2026, 12, 1), date(2026, 12, 10)), 10),
        (Pause(date(2026, 12, 2), date(2026, 12, 11)), 0),
        (Pause(date(2026, 11, 14)), 10),
        (Pause(date(2026, 11, 28)), 0),
    ],
    ids=[
        "before",
        "within",
        "to-come",
        "on-the-due-day",
        "too-late",
        "open",
        "open-to-come",
    ],
)
def test_the_due_day_moves_by_the_paused_days_since_the_contact(pause: Pause, moved: int) -> None:
    """Contact on 1 November, due on 1 December, seen on the 23rd: what is known to come counts."""
    ada = ADA._replace(last_full_on=date(2026, 11, 1))
    for found in (due(ada, DAY, SETTINGS, away=[pause]), stands(ada._replace(pauses=(pause,)))):
        assert found.pause_days == moved
        assert found.due_on == date(2026, 12, 1) + days(moved)


def test_days_that_two_pauses_cover_count_once() -> None:
    """One's own pause during everyone's moves nothing twice."""
    ada = ADA._replace(
        last_full_on=date(2026, 11, 1), pauses=(Pause(date(2026, 11, 5), date(2026, 11, 10)),)
    )
    away = [Pause(date(2026, 11, 8), date(2026, 11, 12))]
    assert due(ada, DAY, SETTINGS, away=away).pause_days == 8


def test_a_pause_yet_to_come_does_not_help_who_is_already_due() -> None:
    """Only its days, once they pass, stop the clock."""
    ada, pause = late(ADA, 3), Pause(DAY + days(1), DAY + days(10))
    assert due(ada, DAY, SETTINGS, away=[pause]).due_on == DAY - days(3)
    assert due(ada, DAY + days(5), SETTINGS, away=[pause]).due_on == DAY + days(2)
    assert due(ada, DAY + days(11), SETTINGS, away=[pause]).due_on == DAY + days(7)


def test_a_contact_during_a_pause_counts_from_its_eve() -> None:
    """The clock stands still as it did then: it is due a period after the pause."""
    ada = ADA._replace(cadence=WEEKLY, last_full_on=date(2026, 11, 10))
    found = due(ada, DAY, SETTINGS, away=[Pause(date(2026, 11, 3), date(2026, 11, 17))])
    assert (found.anchor_on, found.due_on) == (date(2026, 11, 2), date(2026, 11, 24))


@pytest.mark.parametrize(
    ("said", "away", "expected"),
    [
        (date(2026, 8, 20), Pause(date(2026, 8, 3), date(2026, 8, 17)), date(2026, 9, 1)),
        (date(2026, 8, 1), Pause(date(2026, 8, 3), date(2026, 8, 17)), date(2026, 9, 16)),
        (None, Pause(date(2026, 8, 3), date(2026, 8, 17)), date(2026, 9, 1)),
        (None, Pause(date(2026, 8, 30), date(2026, 9, 3)), date(2026, 9, 4)),
    ],
    ids=["said-after", "said-before", "unknown", "unknown-on-the-day"],
)
def test_a_pause_moves_a_snooze_that_was_said_before_it(
    said: date | None, away: Pause, expected: date
) -> None:
    """Back from a holiday, "until 1 September" means that day."""
    ada = ADA._replace(
        last_full_on=date(2026, 6, 1),
        snoozed_on=date(2026, 9, 1),
        snooze_said_on=said,
    )
    assert due(ada, date(2026, 8, 25), SETTINGS, away=[away]).due_on == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [(date(2026, 9, 1), DAY), (None, DAY + days(15)), (date(2026, 8, 17), DAY + days(1))],
    ids=["after", "unknown", "last-day"],
)
def test_a_pause_moves_a_first_day_that_was_said_before_it(
    said: date | None, expected: date
) -> None:
    """If that is not known, it was said at most one and a half periods ahead."""
    ada = Person("ada", "Ada", cadence=Cadence.parse("3m"), first_on=DAY, first_said_on=said)
    away = [Pause(date(2026, 8, 3), date(2026, 8, 17))]
    assert due(ada, DAY, SETTINGS, away=away).due_on == expected


@pytest.mark.parametrize(
    ("person", "state", "back"),
    [
        (late(ADA, 2), State.RESTING, DAY + days(3)),
        (late(ADA, -3), State.RESTING, DAY + days(3)),
        (late(ADA, -9), State.FRESH, None),
        (late(ADA, 2)._replace(tried_on=DAY - days(4)), State.DUE, None),
        (late(ADA, 2)._replace(tried_on=DAY), State.RESTING, DAY + days(4)),
        (late(ADA, 80), State.RESTING, DAY + days(3)),
        (late(ADA, 2)._replace(last_full_on=date(2026, 9, 1)), State.RESTING, DAY + days(3)),
        (ADA._replace(last_full_on=DAY - days(40), last_half_on=DAY - days(1)), State.FRESH, None),
    ],
    ids=["due", "soon", "fresh", "over", "today", "dormant", "older-contact", "contact-since"],
)
def test_an_attempt_gives_a_short_rest_and_does_not_restart_the_clock(
    person: Person, state: State, back: date | None
) -> None:
    """b days from the attempt, if it is newer than any contact and they would be listed."""
    tried = person._replace(tried_on=person.tried_on or DAY - days(1))
    found = stands(tried)
    assert (found.state, found.back_on) == (state, back)
    assert found.due_on == stands(tried._replace(tried_on=None)).due_on


def test_a_pause_lengthens_the_rest_after_an_attempt() -> None:
    """Clocks stop, this one too."""
    ada = late(ADA, 2)._replace(tried_on=DAY - days(1), first_said_on=DAY - days(2))
    away = [Pause(DAY, DAY + days(9))]
    assert due(ada, DAY + days(10), SETTINGS, away=away).back_on == DAY + days(13)


@pytest.mark.parametrize(
    ("snoozed", "state", "back"),
    [
        (DAY + days(1), State.RESTING, DAY + days(1)),
        (DAY, State.DUE, None),
        (DAY - days(2), State.DUE, None),
        (DAY - days(9), State.WAITING, None),
    ],
)
def test_a_snooze_is_a_rest_until_its_day(snoozed: date, state: State, back: date | None) -> None:
    """From the day itself they are offered again, as on a first due day."""
    found = stands(late(ADA, 40)._replace(snoozed_on=snoozed, cadence=Cadence.parse("9d")))
    assert (found.state, found.back_on) == (state, back)


def test_a_snooze_holds_even_if_the_due_day_lies_behind_it() -> None:
    """Someone soon due is not listed before the day either."""
    ada = late(ADA, -2)._replace(snoozed_on=DAY + days(1))
    found = stands(ada)
    assert (found.state, found.rests_on, found.back_on) == (State.RESTING, "first", DAY + days(1))


def test_the_demand_counts_those_who_are_active() -> None:
    """Archived, without a cadence or paused themselves: they ask for nothing today."""
    people = [
        Person("a", "A", cadence=Cadence.parse("2d")),
        Person(
            "b", "B", cadence=Cadence.parse("4d"), pauses=(Pause(DAY - days(9), DAY - days(1)),)
        ),
        Person("c", "C", cadence=WEEKLY, archived=True),
        Person("d", "D"),
        Person("e", "E", cadence=WEEKLY, pauses=(Pause(DAY),)),
    ]
    assert demand(people, DAY) == 0.75


def test_the_demand_follows_from_how_many_people_have_each_cadence() -> None:
    """Counted by the journal without reading anybody: the same sum to the last digit."""
    people = [
        Person(f"{cadence}-{number}", "P", cadence=cadence)
        for cadence, count in ((WEEKLY, 5), (MONTHLY, 10), (YEARLY, 100))
        for number in range(count)
    ]
    numbers = Counter(person.cadence for person in people if person.cadence)
    assert demand_of_cadences(numbers) == demand(people, DAY)


def test_standings_keep_the_order_and_take_the_demand_from_everyone() -> None:
    """Each is what `due` says of them with everyone's demand."""
    people = [late(Person(str(past), str(past), cadence=WEEKLY), past) for past in (90, 3, 0)]
    away = [Pause(DAY - days(200), DAY - days(190))]
    asked = demand(people, DAY)
    assert standings(people, DAY, SETTINGS, away=away) == [
        due(person, DAY, SETTINGS, away=away, demand=asked) for person in people
    ]


def test_the_score_is_the_ratio_two_days_ahead() -> None:
    """s = 1 + (today + 2 - due)/P."""
    found = stands(late(ADA, 13))
    assert (found.ratio, found.score) == (1 + 13 / 30, 1.5)


def test_a_snooze_until_the_end_of_time_is_no_error() -> None:
    """The year 9999 is a day like any other."""
    found = stands(ADA._replace(snoozed_on=date.max, pauses=(Pause(DAY, DAY + days(9)),)))
    assert found.due_on == date.max


def test_a_snooze_of_someone_without_a_cadence_lasts_a_week() -> None:
    """There is no period to take a rest from."""
    assert snooze_day(ADA._replace(cadence=None), DAY) == DAY + days(7)
