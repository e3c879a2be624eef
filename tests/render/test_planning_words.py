"""A rhythm, days away, the next list, a welcome and settings, in words."""

import shlex
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.language.day_options import read_interval
from connect_cli.model import Cadence, Direction, Interaction, Kind, Pause
from connect_cli.render import planning_words
from connect_cli.settings_file import listed
from connect_cli.views import Welcome
from tests.render import samples
from tests.render import samples_morning as mornings
from tests.render.samples import ADA, GRACE, TODAY, TOM


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


@pytest.mark.parametrize(
    ("number", "said"), [(3, "Three"), (7, "Seven"), (12, "Twelve"), (13, "13"), (20, "20")]
)
def test_that_much_took_energy_is_said_in_words(number: int, said: str) -> None:
    """Numbers beyond twelve are figures."""
    expected = f"{said} conversations took energy lately. A free day:"
    assert planning_words.say_took(number) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_command_for_a_free_day_sets_tomorrow(today: date) -> None:
    """And no other day."""
    said = planning_words.free_day_command().removeprefix("connect away ")
    assert read_interval(said, today) == (today + timedelta(days=1),) * 2


WALK = samples.interaction(1, 0, Kind.WALK, [ADA])._replace(day=date(2024, 11, 23))
LETTER = WALK._replace(kind=Kind.LETTER, direction=Direction.THEIRS, entered="")


@pytest.mark.parametrize(
    ("one", "said", "on_card"),
    [
        (WALK, "On this day in 2024, walk with Ada Lovelace", "walk in 2024"),
        (
            WALK._replace(entered="stroll with ada"),
            "On this day in 2024, stroll with Ada Lovelace",
            "stroll in 2024",
        ),
        (LETTER, "On this day in 2024, letter from Ada Lovelace", "they sent a letter in 2024"),
        (
            WALK._replace(kind=Kind.GIFT),
            "On this day in 2024, gift for Ada Lovelace",
            "gift in 2024",
        ),
        (
            WALK._replace(kind=Kind.OTHER),
            "On this day in 2024, with Ada Lovelace",
            "contact in 2024",
        ),
        (WALK._replace(kind=Kind.OTHER, people=()), "On this day in 2024, contact", None),
        (
            WALK._replace(day=date(2024, 2, 29)),
            "On 29 Feb 2024, walk with Ada Lovelace",
            "walk on 29 Feb 2024",
        ),
        (
            WALK._replace(people=tuple(map(samples.named, (ADA, TOM, GRACE)))),
            "On this day in 2024, walk with Ada Lovelace, Tom Kilburn and Grace Hopper",
            None,
        ),
    ],
    ids=range(8),
)
def test_a_conversation_of_this_day_is_said_with_its_year(
    one: Interaction, said: str, on_card: str | None
) -> None:
    """What it was as it was typed, and with whom; a card is about one person."""
    assert planning_words.say_on_this_day(one, TODAY) == said
    if on_card is not None:
        assert planning_words.say_in_year(one, TODAY) == on_card


def test_where_there_is_no_room_one_person_is_named() -> None:
    """And how many others were there."""
    people = tuple(map(samples.named, (ADA, TOM, GRACE)))
    said = planning_words.say_on_this_day(WALK._replace(people=people), TODAY, brief=True)
    assert said == "On this day in 2024, walk with Ada Lovelace and 2 others"
