"""A load and its offers, in words."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.model import Cadence, Pause, Rule
from connect_cli.render import load_words, planning_words
from connect_cli.scheduler.load import Longer, Offer, measure_load
from connect_cli.settings import Settings
from tests.render.samples import ADA, GRACE, TODAY
from tests.render.samples_planning import load

WEEKLY = [GRACE._replace(id=str(number)) for number in range(20)]


@pytest.mark.parametrize(
    ("people", "said"),
    [
        pytest.param(8, "Comfortable: your cadences fit into your time.", id="comfortable"),
        pytest.param(
            10,
            "Tight: your cadences fit into your time, with little to spare.",
            id="tight",
        ),
        pytest.param(13, "Stretched: expect about 1.2 times your cadences.", id="stretched"),
        pytest.param(
            20,
            "More promised than there is: you have room for about 53 % of this.",
            id="over",
        ),
    ],
)
def test_a_load_says_what_it_means(people: int, said: str) -> None:
    """With time for a contact and a half a day."""
    assert load_words.say_load(load(84, *WEEKLY[:people])) == said


@pytest.mark.parametrize(
    ("contacts", "times"),
    [
        (978, "1.01 times"),
        (950, "1.03 times"),
        (899, "1.09 times"),
        (885, "1.1 times"),
        (845, "1.2 times"),
    ],
)
def test_a_little_too_much_is_more_than_once_your_time(contacts: int, times: str) -> None:
    """Two decimals below 1.1: nobody is told to expect their cadences `1.0 times`."""
    found = load(contacts, *[GRACE._replace(id=str(number)) for number in range(100)])
    assert found.ratio > 1
    assert f" {times} " in load_words.say_load(found)
    assert f" {times} " in load_words.say_over(found)


def test_the_time_can_be_reckoned_from_what_is_said_of_it() -> None:
    """The formula stands there, with its numbers."""
    found = load(84, *WEEKLY)
    assert load_words.say_sum(found) == "(84 + 7 * 3) / (56 + 14) = 1.50 a day"
    assert load_words.say_time(found) == (
        "Your time: about 10 a week. That is 84 contacts in the last 56 days,"
        " and 14 more days at half of the 3 places a day you set:"
    )


@pytest.mark.parametrize(
    ("a_day", "said"),
    [
        (0, "none"),
        (0.033, "about one a month"),
        (12 / 365.25, "about one a month"),
        (12.5 / 365.25, "about one a month"),
        (17 / 365.25, "about 17 a year"),
        (1 / 7, "about one a week"),
        (2 / 7, "about 2 a week"),
        (4 / 7, "about 4 a week"),
        (0.1, "about 3 a month"),
        (1 / 61, "about 6 a year"),
        (4 / 365.25, "about 4 a year"),
        (1 / 365.25, "about one a year"),
        (0.7 / 365.25, "about one a year"),
        (0.6 / 365.25, "about one a year"),
        (0.5 / 365.25, "about one in 2 years"),
        (0.1 / 365.25, "about one in 10 years"),
        (0.9286, "about one a day"),
        (1, "about one a day"),
        (9 / 7, "about 9 a week"),
        (1.5, "about 10 a week"),
        (2, "about 2 a day"),
        (2.5, "about 2.5 a day"),
        (3.1, "about 3 a day"),
        (4.9, "about 5 a day"),
        (5.5, "about 6 a day"),
        (31.6, "about 32 a day"),
        (872.2, "about 872 a day"),
    ],
)
def test_a_frequency_is_said_in_the_unit_in_which_it_is_nearly_whole(
    a_day: float, said: str
) -> None:
    """As people say it: nobody counts hundredths of a contact a day."""
    assert load_words.say_often(a_day) == said


@given(st.floats(1 / 3650, 60))
def test_a_frequency_in_words_is_nearly_the_number(a_day: float) -> None:
    """At most a fifth off, but for the rarest: the words can be compared with each other."""
    words = load_words.say_often(a_day).removeprefix("about ").replace("one", "1").split()
    unit = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25, "years": 365.25}
    number = 1 / float(words[2]) if words[1] == "in" else float(words[0])
    assert number / unit[words[-1]] == pytest.approx(a_day, rel=0.5 if a_day < 1 / 183 else 0.2)


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (0, "0 %"),
        (0.001, "under 1 %"),
        (0.009, "1 %"),
        (0.996, "100 %"),
        (1, "100 %"),
        (1 + 1e-12, "100 %"),
        (1.001, "101 %"),
        (1.056, "106 %"),
        (float("inf"), ""),
    ],
)
def test_a_share_is_never_nothing_nor_all_if_it_is_more(ratio: float, said: str) -> None:
    """What is stretched is above 100 % in every number."""
    assert load_words.say_share(ratio) == said


def test_an_offer_names_every_step() -> None:
    """The circle, the cadence before and after, and how many people."""
    rule = Rule("FREQ=MONTHLY;BYDAY=1FR", "first friday")
    steps = (
        Longer("inner", Cadence(1, "w"), Cadence(10, "d"), 9),
        Longer(None, rule, Cadence(6, "w"), 1),
    )
    offer = Offer("stretch", 1.0, 1.5, steps=steps)
    assert load_words.say_offer(offer, load(84, *WEEKLY)) == [
        "inner 1w → 10d, 9 people",
        "no circle first friday → 6w, 1 person",
    ]
    assert load_words.number_of(offer, load(84, *WEEKLY)) == pytest.approx(20 / 7)


def test_an_offer_of_more_capacity_says_what_it_needs() -> None:
    """More places alone are no time: they have to be used."""
    found = load(84, *WEEKLY)
    (offer,) = [offer for offer in found.offers if offer.kind == "capacity"]
    assert load_words.say_offer(offer, found) == [
        "room for 7 a day instead of 3, used as it is now: about 3.5 a day"
    ]
    assert load_words.number_of(offer, found) == 7


def test_where_no_longer_cadence_is_enough_that_is_said() -> None:
    """The last step of the ladder is every two years."""
    yearly = [GRACE._replace(id=str(n), cadence=Cadence(1, "y")) for n in range(400)]
    assert load_words.say_no_step(load(0, *yearly)) == (
        "Longer cadences alone would not make room."
    )
    assert not load_words.say_no_step(load(84, *WEEKLY))
    assert not load_words.say_no_step(load(840, *WEEKLY))


def test_days_without_an_entry_come_with_any_offer() -> None:
    """And without one they are none of the plan's business."""
    gap = Pause(TODAY - timedelta(days=40), TODAY - timedelta(days=1))
    busy, free = (load(contacts, *WEEKLY)._replace(gap=gap) for contacts in (84, 840))
    assert load_words.gap_before_offers(busy, ()) == gap
    assert load_words.gap_before_offers(free, ()) is None
    assert load_words.gap_before_offers(free, (ADA,)) == gap
    assert planning_words.say_missing(gap, TODAY) == (
        "Nothing was logged for 40 days, 14 Oct to 22 Nov: were you away?"
        " Days away are left out of the sum:"
    )


def test_without_any_time_no_share_is_said() -> None:
    """Nothing can be a part of nothing."""
    settings = Settings()._replace(capacity=(0,) * 7)
    found = measure_load(WEEKLY, 0, 0, TODAY, settings)
    assert load_words.say_share(found.ratio) == ""
    said = load_words.say_load(found)
    assert said == load_words.say_over(found)
    assert said.endswith("To make some: connect config set capacity 3")


def test_too_much_is_said_in_one_calm_sentence() -> None:
    """With the number, and the way on."""
    assert load_words.say_over(load(84, *WEEKLY)) == (
        "All cadences together now ask for 1.9 times the time you have;"
        " 'connect plan' shows what would fit."
    )


WEEKENDS_OFF = Settings(capacity=(3, 3, 3, 3, 3, 0, 0))


def test_the_places_of_unlike_days_are_called_an_average() -> None:
    """Nobody set 2.14 places; nor would a larger number take away the rest days."""
    found = measure_load(WEEKLY, 28, 56, TODAY, WEEKENDS_OFF)
    assert "and 14 more days at half of the places you set, 2.14 a day on average:" in (
        load_words.say_time(found)
    )
    said = load_words.say_offer(found.offers[-1], found)[0]
    assert said.startswith("room for 17 on 5 days a week, 12.1 a day on average instead of 2.14, ")


def test_the_first_morning_has_no_past_to_go_by() -> None:
    """Instead of no contacts in no days."""
    assert load_words.say_time(measure_load(WEEKLY, 0, 0, TODAY, Settings())) == (
        "Your time: about 10 a week. There is no past to go by yet, only 14 days at half of the 3"
        " places a day you set:"
    )
