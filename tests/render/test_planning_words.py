"""A load, an offer, a rhythm and days away, in words."""

import shlex
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.language.day_options import read_interval
from connect_cli.model import Cadence, Pause
from connect_cli.render import planning_words
from connect_cli.scheduler.load import measure_load
from connect_cli.settings import Settings
from connect_cli.settings_file import listed
from connect_cli.views import Welcome
from tests.render import samples
from tests.render import samples_morning as mornings
from tests.render.samples import ADA, GRACE, TODAY, TOM
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
        pytest.param(
            13, "Stretched: people come up after about 1.2 times their cadence.", id="stretched"
        ),
        pytest.param(
            20,
            "Too much: you have room for about 53 % of this.",
            id="over",
        ),
    ],
)
def test_a_load_says_what_it_means(people: int, said: str) -> None:
    """With time for a contact and a half a day."""
    assert planning_words.say_load(load(84, *WEEKLY[:people])) == said


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
    assert f" {times} " in planning_words.say_load(found)
    assert f" {times} " in planning_words.say_over(found)


def test_the_time_can_be_reckoned_from_what_is_said_of_it() -> None:
    """The formula stands there, with its numbers."""
    said = planning_words.say_time(load(84, *WEEKLY))
    assert said.endswith("(84 + 7 * 3) / (56 + 14).")
    assert "1.50 contacts a day" in said


def test_without_any_time_no_share_is_said() -> None:
    """Nothing can be a part of nothing."""
    settings = Settings()._replace(capacity=(0,) * 7)
    found = measure_load(WEEKLY, 0, 0, TODAY, settings)
    assert planning_words.say_share(found.ratio) == ""
    said = planning_words.say_load(found)
    assert said == planning_words.say_over(found)
    assert said.endswith("To make some: connect config set capacity 3")


def test_too_much_is_said_in_one_calm_sentence() -> None:
    """With the number, and the way on."""
    assert planning_words.say_over(load(84, *WEEKLY)) == (
        "All cadences together now ask for 1.9 times the time you have;"
        " 'connect plan' shows what would fit."
    )


@pytest.mark.parametrize(
    ("pause", "said", "when"),
    [
        (Pause(samples.day(-3), samples.day(-9)), "Thu 26 Nov to Wed 2 Dec", "coming"),
        (Pause(samples.day(3), samples.day(0)), "Fri 20 Nov to Mon 23 Nov", "now"),
        (Pause(samples.day(3), samples.day(1)), "Fri 20 Nov to Sun 22 Nov", "over"),
        (Pause(samples.day(0), samples.day(0)), "Mon 23 Nov", "now"),
        (Pause(samples.day(3)), "from Fri 20 Nov on", "now"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_days_away_are_said_with_when_they_are(pause: Pause, said: str, when: str) -> None:
    """Both ends are days away."""
    assert planning_words.say_away(pause, TODAY) == said
    assert planning_words.say_when_away(pause, TODAY) == when
    assert planning_words.is_away(TODAY, [pause]) == (when == "now")


@given(
    today=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    ago=st.integers(1, 400),
    length=st.integers(7, 800),
)
def test_the_offered_command_sets_the_very_days(today: date, ago: int, length: int) -> None:
    """Whatever the time of year: what is offered is what is read."""
    end = today - timedelta(days=ago)
    gap = Pause(end - timedelta(days=length - 1), end)
    said = planning_words.away_command(gap, today).removeprefix("connect away ")
    assert read_interval(said, today) == (gap.start_on, gap.end_on)


@pytest.mark.parametrize("name", ["Ada", "王小明", "Alan O'Brien", "$(reboot)", "-n", "a b"])
def test_a_name_in_a_command_is_one_word_of_the_shell(name: str) -> None:
    """It can be copied as it is; behind `--` a name is no option."""
    command = planning_words.every_command(ADA._replace(name=name), Cadence(6, "w"))
    marker = ["--"] if name.startswith("-") else []
    assert shlex.split(command) == ["connect", "every", *marker, name, "6w"]


def test_a_rhythm_without_a_cadence_asks_for_nothing() -> None:
    """There is only what is."""
    nobody = ADA._replace(cadence=None)
    assert planning_words.say_rhythm(Cadence(2, "w"), nobody) == "you meet about every 2 weeks"


@pytest.mark.parametrize(
    ("label", "turns", "said"),
    [
        ("birthday", 40, "Ada Lovelace turns 40"),
        ("birthday", None, "Ada Lovelace, birthday"),
        ("anniversary", 10, "Ada Lovelace, anniversary"),
    ],
)
def test_an_occasion_on_its_own_day(label: str, turns: int | None, said: str) -> None:
    """The age where it is known."""
    occasion = samples.BIRTHDAY.occasion._replace(label=label)
    near = samples.BIRTHDAY._replace(occasion=occasion, turns=turns)
    assert planning_words.say_ahead_occasion(near) == said


def test_every_setting_says_what_it_decides(tmp_path_factory: pytest.TempPathFactory) -> None:
    """None is left without words."""
    everything = listed(tmp_path_factory.mktemp("none") / "config.toml")
    assert all(planning_words.say_setting(each.key) for each in everything)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("Ada",), "Next: Ada, Tue 8 Dec."),
        (("Ada", "Tom"), "Next: Ada and Tom, Tue 8 Dec."),
        (("Ada", "Tom", "Ida"), "Next: Ada, Tom and Ida, Tue 8 Dec."),
        (("Ada", "Tom", "Ida", "Kay"), "Next: Ada, Tom and 2 others, Tue 8 Dec."),
    ],
)
def test_the_next_list_is_said_in_a_line(names: tuple[str, ...], said: str) -> None:
    """All of three people; of more, two and how many others."""
    people = [ADA._replace(id=name, name=name) for name in names]
    assert planning_words.say_next(mornings.listed(*people), TODAY) == said


def test_whoever_has_a_promise_and_a_place_is_next_once() -> None:
    """Those with a promise first."""
    plan = mornings.listed(TOM, GRACE)._replace(promises=(samples.PAPER, samples.PAPER))
    assert [one.name for one in planning_words.coming_people(plan)] == [GRACE.name, TOM.name]


def test_a_welcome_names_occasions_with_their_days() -> None:
    """A birthday as somebody's, any other by its name; without any a welcome is enough."""
    near = mornings.occasion(TOM, "birthday", 8), mornings.occasion(ADA, "name day", 330)
    assert planning_words.say_welcome(Welcome(mornings.AWAY, near), TODAY) == (
        "Welcome back. While you were away: Tom Kilburn's birthday (Sun 15 Nov),"
        " Ada Lovelace, name day (Sun 28 Dec 2025)."
    )
    assert planning_words.say_welcome(Welcome(mornings.AWAY), TODAY) == "Welcome back."
