"""How things are said in English."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.model import (
    Counts,
    Direction,
    Energy,
    Interaction,
    Kind,
    Named,
    Occasion,
    Owed,
    Promise,
    usual_counts,
)
from connect_cli.render import words
from connect_cli.views import Due, OccasionDay, State, Suggestion
from tests.render import samples_morning as mornings
from tests.render.samples import (
    ADA,
    ADA_DUE,
    COFFEE,
    GRACE,
    JOSE_DUE,
    MINH_DUE,
    TODAY,
    TOM,
    day,
    named,
)

LOGGED = Interaction("i1", day(1), Kind.COFFEE, (named(ADA), named(GRACE)), minutes=45)


@pytest.mark.parametrize(
    ("on", "answer", "listing"),
    [
        pytest.param(day(0), "today", "today", id="today"),
        pytest.param(day(1), "yesterday (Sun 22 Nov)", "yesterday, Sun 22 Nov", id="yesterday"),
        pytest.param(day(-1), "tomorrow (Tue 24 Nov)", "tomorrow, Tue 24 Nov", id="tomorrow"),
        pytest.param(day(-3), "in 3 days (Thu 26 Nov)", "in 3 days, Thu 26 Nov", id="coming"),
        pytest.param(day(13), "13 days ago (Tue 10 Nov)", "13 days ago, Tue 10 Nov", id="days"),
        pytest.param(day(35), "5 weeks ago (Mon 19 Oct)", "5 weeks ago, Mon 19 Oct", id="weeks"),
        pytest.param(
            date(2025, 12, 24),
            "10 months ago (Wed 24 Dec 2025)",
            "10 months ago, Wed 24 Dec 2025",
            id="another year",
        ),
    ],
)
def test_a_relative_day_carries_its_date(on: date, answer: str, listing: str) -> None:
    """In brackets in an answer, after a comma in a listing, with the year when it is another."""
    assert words.say_day(on, TODAY) == answer
    assert words.say_when(on, TODAY) == listing


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        pytest.param(2, "2 days ago", id="2"),
        pytest.param(14, "2 weeks ago", id="14"),
        pytest.param(20, "2 weeks ago", id="20"),
        pytest.param(62, "8 weeks ago", id="62"),
        pytest.param(63, "2 months ago", id="63"),
        pytest.param(365, "12 months ago", id="365"),
        pytest.param(729, "23 months ago", id="729"),
        pytest.param(731, "2 years ago", id="731"),
        pytest.param(-14, "in 2 weeks", id="ahead 14"),
        pytest.param(-800, "in 2 years", id="ahead 800"),
    ],
)
def test_whole_units_gone_by_are_counted(ago: int, said: str) -> None:
    """Days for two weeks, weeks for two months, months for two years."""
    assert words.relative_day(day(ago), TODAY) == said


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
@settings(max_examples=100, deadline=None)
def test_any_day_can_be_said_and_never_with_a_zero(on: date, today: date) -> None:
    """Nothing is `0 weeks ago`, and a day that is not today says which it is."""
    said = words.say_when(on, today)
    assert not said.startswith(("0 ", "in 0 "))
    assert str(on.day) in said or on == today
    assert (str(on.year) in said) is (on.year != today.year)
    assert len(words.short_date(on, today)) <= 11


def test_a_heading_and_a_yearly_day_are_said_in_full_and_short() -> None:
    """The first line of the morning, and a birthday."""
    assert words.long_date(TODAY) == "Monday 23 November"
    assert words.month_day(12, 10) == "10 Dec"
    assert words.month_day(12, 10, 1815) == "10 Dec 1815"


@pytest.mark.parametrize(
    ("minutes", "said", "short"),
    [
        pytest.param(0, "0 min", "0m", id="0"),
        pytest.param(45, "45 min", "45m", id="45"),
        pytest.param(60, "1 h", "1h", id="60"),
        pytest.param(90, "1 h 30 min", "1h30", id="90"),
        pytest.param(65, "1 h 5 min", "1h05", id="65"),
        pytest.param(1500, "25 h", "25h", id="1500"),
    ],
)
def test_a_duration_is_said_in_hours_and_minutes(minutes: int, said: str, short: str) -> None:
    """Long in a sentence, short in a column, as the log line reads it."""
    assert words.say_minutes(minutes) == said
    assert words.short_minutes(minutes) == short
    assert words.minutes_in_list(LOGGED._replace(minutes=minutes)) == short
    assert words.minutes_in_list(LOGGED._replace(minutes=None)) == ""


@pytest.mark.parametrize(
    ("people", "said"),
    [
        pytest.param((), "", id="nobody"),
        pytest.param((ADA,), "Ada Lovelace", id="one"),
        pytest.param((ADA, TOM), "Ada Lovelace and Tom Kilburn", id="two"),
        pytest.param((ADA, GRACE, TOM), "Ada Lovelace, Grace Hopper and Tom Kilburn", id="three"),
    ],
)
def test_names_are_listed_with_and_before_the_last(people: tuple[Named, ...], said: str) -> None:
    """However many there are."""
    assert words.say_names(people) == said


TRIED = LOGGED._replace(kind=Kind.CALL, people=(named(ADA),), minutes=None, day=TODAY)
TRIED = TRIED._replace(tried=True, counts=Counts.NO)
SENT = LOGGED._replace(kind=Kind.EMAIL, people=(named(ADA),), minutes=None, day=TODAY)
NO_CLOCK = "It does not count as contact."


@pytest.mark.parametrize(
    ("interaction", "said"),
    [
        pytest.param(
            LOGGED,
            "Coffee with Ada Lovelace and Grace Hopper, yesterday (Sun 22 Nov), 45 min.",
            id="coffee",
        ),
        pytest.param(
            LOGGED._replace(people=(), minutes=None, day=TODAY), "Coffee, today.", id="nobody"
        ),
        pytest.param(
            SENT._replace(direction=Direction.THEIRS), "Email from Ada Lovelace, today.", id="from"
        ),
        pytest.param(
            SENT._replace(direction=Direction.MINE), "Email to Ada Lovelace, today.", id="to"
        ),
        pytest.param(SENT, "Email with Ada Lovelace, today.", id="both ways"),
        pytest.param(
            SENT._replace(kind=Kind.OTHER), "Contact with Ada Lovelace, today.", id="no kind"
        ),
        pytest.param(
            SENT._replace(kind=Kind.VIDEO), "Video call with Ada Lovelace, today.", id="video"
        ),
        pytest.param(
            SENT._replace(kind=Kind.GIFT, counts=Counts.HALF),
            "Gift for Ada Lovelace, today.",
            id="gift",
        ),
        pytest.param(
            SENT._replace(kind=Kind.WALK, direction=Direction.THEIRS),
            "Walk with Ada Lovelace, today, they reached out.",
            id="their idea",
        ),
        pytest.param(
            SENT._replace(kind=Kind.WALK, direction=Direction.MINE),
            "Walk with Ada Lovelace, today, you reached out.",
            id="my idea",
        ),
        pytest.param(
            SENT._replace(time="15:30", energy=Energy.GAVE, tags=("work", "boston")),
            "Email with Ada Lovelace, today at 15:30, it gave energy, #work, #boston.",
            id="everything",
        ),
        pytest.param(
            SENT._replace(counts=Counts.HALF),
            "Email with Ada Lovelace, today. It counts half as contact.",
            id="half",
        ),
        pytest.param(
            SENT._replace(kind=Kind.EVENT),
            "Event with Ada Lovelace, today. It counts in full as contact.",
            id="whole",
        ),
        pytest.param(
            SENT._replace(counts=Counts.NO), f"Email with Ada Lovelace, today. {NO_CLOCK}", id="no"
        ),
        pytest.param(TRIED, f"Tried to call Ada Lovelace, today. {NO_CLOCK}", id="tried"),
        pytest.param(
            TRIED._replace(direction=Direction.THEIRS),
            f"Ada Lovelace tried to call you, today. {NO_CLOCK}",
            id="they tried",
        ),
        pytest.param(
            TRIED._replace(kind=Kind.COFFEE),
            f"Tried to reach Ada Lovelace, today. {NO_CLOCK}",
            id="tried otherwise",
        ),
    ],
)
def test_an_answer_says_what_was_understood(interaction: Interaction, said: str) -> None:
    """Names, day, duration, and only what is unusual besides."""
    assert words.say_interaction(interaction, TODAY) == said


@pytest.mark.parametrize(
    ("interaction", "said"),
    [
        pytest.param(COFFEE, "coffee, 5 weeks ago, Mon 19 Oct", id="coffee"),
        pytest.param(SENT._replace(direction=Direction.MINE), "you emailed, today", id="mine"),
        pytest.param(SENT._replace(direction=Direction.THEIRS), "they emailed, today", id="theirs"),
        pytest.param(SENT, "email, today", id="both ways"),
        pytest.param(TRIED, "you tried to call, today", id="tried"),
    ],
)
def test_last_words_say_how_and_when(interaction: Interaction, said: str) -> None:
    """What stands beside a name in the morning."""
    assert words.last_words(interaction, TODAY) == said


NOTED = COFFEE._replace(people=COFFEE.people[:1], day=TODAY, minutes=None, tags=("work",))
NOTES = [
    ("sun", "Coffee with Ada Lovelace, today, #work: “sun”."),
    ("sun #work", "Coffee with Ada Lovelace, today: “sun #work”."),
    ("All is well.", "Coffee with Ada Lovelace, today, #work: “All is well.”"),
    ("two\n lines", "Coffee with Ada Lovelace, today, #work: “two lines”."),
]


@pytest.mark.parametrize(("note", "said"), NOTES, ids=[note for note, _ in NOTES])
def test_an_answer_shows_what_was_kept_as_the_note(note: str, said: str) -> None:
    """On one line, unless others can see the screen."""
    assert words.say_interaction(NOTED._replace(note=note), TODAY) == said
    hidden = words.say_interaction(NOTED._replace(note=note), TODAY, discreet=True)
    assert hidden == "Coffee with Ada Lovelace, today, #work: ..."


def test_an_answer_repeats_the_beginning_of_a_very_long_note() -> None:
    """Enough to see what was understood; the whole is in the journal."""
    said = words.say_interaction(NOTED._replace(note="word " * 300), TODAY)
    assert said.endswith("word word …”")
    assert len(said) < 560


TYPED = [
    ("Wedding with Ada", Kind.EVENT, "Wedding with Ada Lovelace, today.", "wedding"),
    ("tea with Ada", Kind.COFFEE, "Tea with Ada Lovelace, today.", "tea"),
    ("WhatsApp with Ada", Kind.MESSAGE, "WhatsApp with Ada Lovelace, today.", "WhatsApp"),
    ("BBQ at Ada's", Kind.MEAL, "BBQ with Ada Lovelace, today.", "BBQ"),
    ("tea with Ada", Kind.MEAL, "Meal with Ada Lovelace, today.", "meal"),
    ("called Ada", Kind.CALL, "Call with Ada Lovelace, today.", "call"),
]


@pytest.mark.parametrize(("entered", "kind", "said", "listed"), TYPED)
def test_the_word_for_the_kind_is_the_one_that_was_typed(
    entered: str, kind: Kind, said: str, listed: str
) -> None:
    """Everywhere a person reads it, but not on a shared screen."""
    counts = usual_counts(kind, tried=False)
    one = NOTED._replace(entered=entered, kind=kind, counts=counts, note="", tags=())
    assert words.say_interaction(one, TODAY) == said
    assert words.kind_in_list(one) == listed
    assert words.last_words(one, TODAY) == f"{listed}, today"
    assert words.kind_in_list(one, discreet=True) == words.kind_noun(kind)
    assert words.kind_in_list(one._replace(tried=True)) == f"tried {kind}"


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_can_be_said_in_every_way(kind: Kind) -> None:
    """No kind is without its words, and none says its own name oddly."""
    assert words.kind_noun(kind)
    for direction in (None, *Direction):
        interaction = SENT._replace(kind=kind, direction=direction)
        for each in (interaction, interaction._replace(tried=True)):
            assert "Ada Lovelace" in words.say_interaction(each, TODAY)
            assert words.last_words(each, TODAY).endswith(", today")
            assert words.kind_in_list(each)


def due(state: State, due_on: date | None = None, back_on: date | None = None) -> Due:
    """A standing of Ada's."""
    return Due(ADA, TODAY, state, due_on=due_on, back_on=back_on)


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        pytest.param(due(State.FRESH, day(-3)), "fresh, due in 3 days, Thu 26 Nov", id="fresh"),
        pytest.param(due(State.SOON, day(-1)), "soon, due tomorrow, Tue 24 Nov", id="soon"),
        pytest.param(due(State.SOON), "soon", id="soon without a day"),
        pytest.param(due(State.DUE, TODAY), "due today", id="due today"),
        pytest.param(due(State.DUE, day(2)), "due since Sat 21 Nov", id="due"),
        pytest.param(due(State.WAITING, day(5)), "waiting, due since Wed 18 Nov", id="waiting"),
        pytest.param(due(State.WAITING), "waiting, due", id="waiting without a day"),
        pytest.param(due(State.DORMANT, day(300)), "dormant, due since Tue 27 Jan", id="dormant"),
        pytest.param(due(State.RESTING, day(9), day(-4)), "resting until Fri 27 Nov", id="resting"),
        pytest.param(due(State.PAUSED), "paused", id="paused"),
        pytest.param(due(State.ARCHIVED), "archived", id="archived"),
        pytest.param(due(State.NONE), "no cadence", id="none"),
    ],
)
def test_a_state_is_said_with_the_day_it_turns_on(standing: Due, said: str) -> None:
    """Names, not grades."""
    assert words.say_state(standing, TODAY) == said


def test_the_reason_for_a_suggestion_is_a_calm_word() -> None:
    """Due, waiting, soon, to reconnect, or resting, which is no demand."""
    assert words.say_because(Suggestion(ADA_DUE, "due")) == "waiting"
    assert words.say_because(Suggestion(ADA_DUE._replace(state=State.DUE), "due")) == "due"
    assert words.say_because(Suggestion(ADA_DUE, "soon")) == "soon"
    assert words.say_because(Suggestion(JOSE_DUE, "reconnect")) == "to reconnect"
    assert words.say_because(Suggestion(MINH_DUE, "resting")) == "resting, but there is room"


@pytest.mark.parametrize(
    ("near", "said"),
    [
        (mornings.occasion(TOM, "birthday", -1, 40), "birthday tomorrow, turns 40"),
        (mornings.occasion(TOM, "birthday", 2, 40), "birthday was on Saturday, turned 40"),
        (mornings.occasion(TOM, "birthday", 0), "birthday today"),
        (mornings.occasion(TOM, "anniversary", -3, 10), "anniversary on Thursday, 10 years"),
    ],
)
def test_an_occasion_in_the_row_of_its_person_needs_no_name(near: OccasionDay, said: str) -> None:
    """What it is, when, and which birthday."""
    assert words.say_own_occasion(near, TODAY) == said


@pytest.mark.parametrize(
    ("due_on", "done_on", "owed", "said"),
    [
        pytest.param(None, None, Owed.ME, "", id="no day"),
        pytest.param(TODAY, None, Owed.ME, "today", id="today"),
        pytest.param(day(3), None, Owed.ME, "since Fri 20 Nov", id="past"),
        pytest.param(day(-4), None, Owed.ME, "by Fri 27 Nov", id="coming"),
        pytest.param(day(-4), None, Owed.ASK, "on Fri 27 Nov", id="question"),
        pytest.param(day(-4), day(2), Owed.ME, "done Sat 21 Nov", id="done"),
        pytest.param(None, TODAY, Owed.ME, "done today", id="done today"),
    ],
)
def test_a_promise_says_its_day(
    due_on: date | None, done_on: date | None, owed: Owed, said: str
) -> None:
    """By a day, or for it when it is a question."""
    promise = Promise("o1", named(ADA), "a book", owed, due_on, done_on)
    assert words.say_promise_day(promise, TODAY) == said


def near(label: str, in_days: int, turns: int | None) -> OccasionDay:
    """A yearly day of Ada's."""
    on = TODAY + timedelta(days=in_days)
    occasion = Occasion("b1", named(ADA), label, on.month, on.day, turns and on.year - turns)
    return OccasionDay(occasion, on, in_days, turns)


@pytest.mark.parametrize(
    ("occasion", "morning", "card"),
    [
        pytest.param(
            near("birthday", 2, 40),
            "Ada Lovelace turns 40 on Wednesday",
            "birthday 25 Nov 1986, turns 40 in 2 days",
            id="soon",
        ),
        pytest.param(
            near("birthday", 0, 40),
            "Ada Lovelace turns 40 today",
            "birthday 23 Nov 1986, turns 40 today",
            id="today",
        ),
        pytest.param(
            near("birthday", -1, 40),
            "Ada Lovelace turned 40 yesterday",
            "birthday 22 Nov 1986, turned 40 yesterday",
            id="belated",
        ),
        pytest.param(
            near("birthday", -3, None),
            "Ada Lovelace, was on Friday",
            "birthday 20 Nov, 3 days ago",
            id="belated, year unknown",
        ),
        pytest.param(
            near("birthday", 1, None),
            "Ada Lovelace, tomorrow",
            "birthday 24 Nov, tomorrow",
            id="year unknown",
        ),
        pytest.param(
            near("wedding", 9, 1),
            "Ada Lovelace, 1 year, in 9 days, Wed 2 Dec",
            "wedding 2 Dec 2025, 1 year in 9 days",
            id="another occasion",
        ),
    ],
)
def test_an_occasion_says_whose_what_and_when(
    occasion: OccasionDay, morning: str, card: str
) -> None:
    """Within a week by the weekday."""
    assert words.say_occasion(occasion, TODAY) == morning
    assert words.say_yearly(occasion, TODAY) == card
