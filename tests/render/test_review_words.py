"""Each line of a review in words."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.model import Cadence, Energy, Interaction, Kind, Named, Owed, Promise, Rule
from connect_cli.render import review_words as said
from connect_cli.render.review_words import Line
from connect_cli.reviews import EnergyDay, KindTime, Met, Review, RhythmChange, Span
from tests.render import samples_review as samples
from tests.render.conftest import as_json, plain, terminal
from tests.render.samples import ADA, GRACE, MAY, MING, TODAY, TOM, day, interaction, named

FORBIDDEN = re.compile(
    r"miss(ed|ing)|\blost\b|overdue|neglect|score|streak|great|well done|only|too (few|little)"
)
WEEK = samples.WEEK


def of(**parts: object) -> Review:
    """A review of the week with these parts."""
    return Review(WEEK, **parts)  # type: ignore[arg-type]  # parts as the test names them


@pytest.mark.parametrize(
    ("people", "kind", "entered", "head"),
    [
        pytest.param([ADA], Kind.COFFEE, "", "Ada Lovelace, coffee, Sun 22 Nov", id="one"),
        pytest.param([ADA], Kind.COFFEE, "Tea with Ada", "Ada Lovelace, tea, Sun 22 Nov", id="tea"),
        pytest.param([], Kind.WALK, "", "walk, Sun 22 Nov", id="nobody"),
        pytest.param(
            [ADA, TOM], Kind.VIDEO, "", "Ada Lovelace and Tom Kilburn, video call, Sun 22 Nov",
            id="two",
        ),
        pytest.param(
            [ADA, TOM, GRACE, MAY, MING, ADA], Kind.MEAL, "",
            "Ada Lovelace, Tom Kilburn, Grace Hopper and 3 others, meal, Sun 22 Nov", id="many",
        ),
    ],
)  # fmt: skip
def test_a_note_stands_under_whom_how_and_when(
    people: list[object], kind: Kind, entered: str, head: str
) -> None:
    """In the word that was typed."""
    one = interaction(1, 1, kind, people, "x")._replace(entered=entered)  # type: ignore[arg-type]  # as the table has them
    assert said.say_note_head(one, TODAY) == head


def test_a_typed_kind_is_private() -> None:
    """On a shared screen the kind itself stands."""
    assert said.say_note_head(samples.COFFEE, TODAY, discreet=True).split(", ")[1] == "coffee"
    assert said.say_year_head(samples.COFFEE, discreet=True) == "2026, coffee with Ada Lovelace"


@pytest.mark.parametrize(
    ("one", "head"),
    [
        (samples.THAT_DAY, "2024, call with Tom Kilburn"),
        (samples.LETTER, "2026, letter from José Álvarez"),
        (Interaction("i", date(2020, 11, 23), Kind.WALK, ()), "2020, walk"),
    ],
)
def test_this_day_of_an_earlier_year(one: Interaction, head: str) -> None:
    """The year first: the day is today's."""
    assert said.say_year_head(one) == head


def test_first_contacts_of_a_day_are_one_line() -> None:
    """Each name with its day; the words for them once a day."""
    first = (Met(named(ADA), TODAY), Met(named(TOM), TODAY), Met(named(MAY), day(1)))
    assert said.first_lines(of(first=first), TODAY) == [
        Line("Mon 23 Nov", "Ada Lovelace and Tom Kilburn for the first time here"),
        Line("Sun 22 Nov", "May Okafor for the first time here"),
    ]


@pytest.mark.parametrize(
    ("before", "length"),
    [(day(90), "2 months"), (date(2025, 12, 23), "11 months"), (date(2023, 11, 1), "3 years")],
)
def test_somebody_is_met_again_after_a_time(before: date, length: str) -> None:
    """After how long, in whole units."""
    (line,) = said.again_lines(of(again=(Met(named(ADA), TODAY, before),)), TODAY)
    assert line == Line("Mon 23 Nov", f"Ada Lovelace again after {length}")


def test_older_meetings_are_a_number() -> None:
    """Behind those that are named."""
    first = said.first_lines(of(first=samples.OF_WEEK.first, more_first=12), TODAY)
    assert first[-1] == Line("", "and 12 others for the first time here")
    again = said.again_lines(of(again=samples.OF_WEEK.again, more_again=True), TODAY)
    assert again[-1] == Line("", "and others again")
    kept = said.kept_lines(of(kept=samples.KEPT, more_kept=3), TODAY)
    assert kept[-1] == Line("", "and 3 others before that")


@pytest.mark.parametrize(
    ("owed", "done", "to_do"),
    [
        (Owed.ME, "You promised Ada Lovelace", "You promised Ada Lovelace"),
        (Owed.THEM, "Ada Lovelace promised you", "Ada Lovelace promised you"),
        (Owed.ASK, "You asked Ada Lovelace", "To ask Ada Lovelace"),
        (Owed.TELL, "You told Ada Lovelace", "To tell Ada Lovelace"),
    ],
)
def test_a_promise_says_by_whom(owed: Owed, done: str, to_do: str) -> None:
    """Each sort of open loop, closed and open, with its text apart."""
    loop = Promise("o", named(ADA), "the book", owed, done_on=day(1))
    assert said.kept_lines(of(kept=(loop,)), TODAY) == [Line("Sun 22 Nov", done, "the book")]
    still = loop._replace(done_on=None)
    assert said.open_lines(of(open_loops=(still,)), TODAY) == [Line("", to_do, "the book")]


@pytest.mark.parametrize(
    ("due", "is_open", "when"),
    [
        (None, True, ""),
        (day(1), True, "since Sun 22 Nov"),
        (TODAY, False, "today"),
        (day(-1), False, "Tue 24 Nov"),
        (day(-60), False, "Fri 22 Jan 2027"),
    ],
)
def test_what_has_a_day_to_come_is_coming(due: date | None, is_open: bool, when: str) -> None:
    """Anything else is open, and each stands in one place."""
    view = of(open_loops=(Promise("o", named(ADA), "x", due_on=due),))
    line = Line(when, "You promised Ada Lovelace", "x")
    assert said.open_lines(view, TODAY) == [line] * is_open
    assert said.coming_lines(view, TODAY) == [line] * (not is_open)


def test_a_promise_kept_on_an_unknown_day_has_no_day() -> None:
    """It is still said."""
    loop = Promise("o", named(ADA), "x")
    assert said.kept_lines(of(kept=(loop,)), TODAY)[0].when == ""


def test_days_to_come_are_in_order_with_occasions_first() -> None:
    """Whatever sort they are of."""
    view = of(
        occasions=(samples.ADA_40, samples.WEDDING),
        open_loops=(
            Promise("o", named(TOM), "x", due_on=samples.ADA_40.on),
            Promise("p", named(TOM), "y", due_on=TODAY),
        ),
    )
    lines = said.coming_lines(view, TODAY)
    assert [line.when for line in lines] == ["today", "Wed 25 Nov", "Wed 25 Nov", "Thu 3 Dec"]
    assert lines[1].said == "Ada Lovelace turns 40"


def test_later_occasions_are_a_number() -> None:
    """At the end."""
    lines = said.coming_lines(of(occasions=(samples.ADA_40,), more_occasions=1), TODAY)
    assert lines[1:] == [Line("", "and 1 other occasion")]


def test_an_own_label_of_a_day_is_private() -> None:
    """As a detail is."""
    (line,) = said.coming_lines(of(occasions=(samples.OWN,)), TODAY, discreet=True)
    assert line.said == "Tom Kilburn, ..."


@pytest.mark.parametrize(
    ("row", "time"),
    [
        (KindTime(Kind.COFFEE, 12, 12, 540, 45), "9 h"),
        (KindTime(Kind.COFFEE, 2, 1, 60, 30), "about 1 h 30 min"),
        (KindTime(Kind.COFFEE, 2, 0, 0, 30), "about 1 h"),
        (KindTime(Kind.LETTER, 2), ""),
    ],
)
def test_the_time_of_a_kind_says_whether_it_is_rough(row: KindTime, time: str) -> None:
    """`about` where some conversations count as the median."""
    assert said.kind_rows(of(kinds=(row,))) == [said.KindRow(row.kind.value, row.number, time)]


@pytest.mark.parametrize(
    ("kind", "one", "three"),
    [
        (Kind.CALL, "1 call", "3 calls"),
        (Kind.VIDEO, "1 video call", "3 video calls"),
        (Kind.COFFEE, "1 coffee", "3 coffees"),
        (Kind.OTHER, "1 other conversation", "3 other conversations"),
    ],
)
def test_a_number_of_a_kind(kind: Kind, one: str, three: str) -> None:
    """As people say it."""
    assert (said.say_number(kind, 1), said.say_number(kind, 3)) == (one, three)


CALLS = KindTime(Kind.CALL, 5, 2, 55, 20)
LETTERS = KindTime(Kind.LETTER, 2)


@pytest.mark.parametrize(
    ("kinds", "tried", "sentences"),
    [
        pytest.param((), 0, [], id="nothing"),
        pytest.param((), 3, ["3 attempts."], id="attempts alone"),
        pytest.param((KindTime(Kind.CALL, 2, 2, 60, 30),), 0, [], id="one kind, all known"),
        pytest.param(
            (KindTime(Kind.CALL, 2, 2, 60, 30),), 1, ["And 1 attempt."], id="one kind and attempts"
        ),
        pytest.param(
            (CALLS,),
            0,
            ["3 calls without a length count as 20 min each, the median of calls."],
            id="some by the median",
        ),
        pytest.param(
            (KindTime(Kind.OTHER, 1, 0, 0, 90),),
            0,
            [
                (
                    "1 other conversation without a length counts as 1 h 30 min, "
                    "the median of other conversations."
                )
            ],
            id="one by the median",
        ),
        pytest.param(
            (CALLS, KindTime(Kind.WALK, 1, 0, 0, 75)),
            2,
            [
                "In all 6 conversations, about 3 h 10 min, and 2 attempts.",
                (
                    "Without a length, and counted as the median of their kind: "
                    "3 calls at 20 min each and 1 walk at 1 h 15 min."
                ),
            ],
            id="several by their medians",
        ),
        pytest.param(
            (KindTime(Kind.CALL, 2, 2, 60, 30), LETTERS, KindTime(Kind.EMAIL, 5)),
            0,
            [
                "In all 9 conversations, 1 h.",
                "2 letters and 5 emails have no known length and add no time.",
            ],
            id="some of no known length",
        ),
        pytest.param(
            (KindTime(Kind.CALL, 2, 2, 60, 30), KindTime(Kind.LETTER, 1)),
            0,
            [
                "In all 3 conversations, 1 h.",
                "1 letter has no known length and adds no time.",
            ],
            id="one of no known length",
        ),
        pytest.param(
            (LETTERS, KindTime(Kind.EMAIL, 5)), 0, ["In all 7 conversations."], id="no time at all"
        ),
    ],
)
def test_it_is_said_openly_how_time_was_counted(
    kinds: tuple[KindTime, ...], tried: int, sentences: list[str]
) -> None:
    """Nothing is said that a single row says already."""
    view = of(kinds=kinds, tried=tried)
    assert [*said.say_sum(view), *said.say_counting(view)] == sentences


@pytest.mark.parametrize(
    ("span", "asked", "words"),
    [
        (
            Span(date(2026, 1, 1), TODAY),
            Cadence(4, "w"),
            "every 4 weeks until January, every 6 weeks now; you asked for every 4 weeks",
        ),
        (
            Span(date(2025, 11, 24), TODAY),
            Rule("FREQ=MONTHLY;BYDAY=1FR", "first friday"),
            "every 4 weeks until November 2025, every 6 weeks now; you asked for first friday",
        ),
        (
            samples.LAST_YEAR,
            None,
            "every 4 weeks until January 2025, every 6 weeks after that",
        ),
    ],
)
def test_a_rhythm_is_said_without_a_judgment(
    span: Span, asked: Cadence | Rule | None, words: str
) -> None:
    """With the month, and its year if it is another; `now` only in a span that is not over."""
    change = RhythmChange(Named("p", "José"), Cadence(4, "w"), Cadence(6, "w"), asked)
    assert said.rhythm_sentences(Review(span, rhythms=(change,)), TODAY) == [f"José: {words}"]


@pytest.mark.parametrize(
    ("days", "sentences"),
    [
        pytest.param((), [], id="none"),
        pytest.param((EnergyDay(TODAY),), [], id="a day of nothing"),
        pytest.param(
            (EnergyDay(day(1), gave=12), EnergyDay(TODAY, even=5, took=1)),
            ["12 conversations gave energy, 5 left you even, 1 took energy."],
            id="all sorts",
        ),
        pytest.param(
            (EnergyDay(TODAY, took=2),),
            ["2 conversations took energy.", "On Mon 23 Nov energy was taken twice."],
            id="twice",
        ),
        pytest.param(
            (EnergyDay(day(3), took=2), EnergyDay(day(1), took=3)),
            [
                "5 conversations took energy.",
                "On Fri 20 Nov and Sun 22 Nov energy was taken twice or more.",
            ],
            id="twice or more",
        ),
        pytest.param(
            tuple(EnergyDay(day(7 - at), took=2) for at in range(7)),
            [
                "14 conversations took energy.",
                "On Mon 16 Nov, Tue 17 Nov, Wed 18 Nov and 4 other days energy was taken twice.",
            ],
            id="many days",
        ),
        pytest.param((EnergyDay(TODAY, even=1),), ["1 conversation left you even."], id="even"),
    ],
)
def test_what_conversations_did_to_you(days: tuple[EnergyDay, ...], sentences: list[str]) -> None:
    """The sums, and the days on which energy was taken twice."""
    assert said.energy_sentences(of(energy=days), TODAY) == sentences


@given(st.lists(st.tuples(*[st.integers(0, 9)] * 3), max_size=20))
def test_the_sums_of_energy_are_those_of_its_days(counts: list[tuple[int, int, int]]) -> None:
    """Each figure can be counted again."""
    sums = said.energy_sums([EnergyDay(TODAY, *each) for each in counts])
    for at, energy in enumerate((Energy.GAVE, Energy.EVEN, Energy.TOOK)):
        assert sums[energy] == sum(each[at] for each in counts)


@pytest.mark.parametrize(
    ("view", "lines"),
    [
        (of(kinds=(LETTERS,)), []),
        (of(tried=1), []),
        (of(more_open=1), ["Nothing was logged on these days."]),
        (Review(Span(TODAY, TODAY), more_open=1), ["Nothing was logged on that day."]),
        (of(), ["Nothing was logged on these days.", "To log a conversation"]),
        (
            Review(Span(day(9), day(1))),
            ["Nothing was logged on these days.", "To look back on a year until today"],
        ),
    ],
)
def test_days_without_an_entry_are_said_once(view: Review, lines: list[str]) -> None:
    """What to type stands only where there is nothing else: to log, if the days are not over."""
    assert [line.said for line in said.say_nothing(view, TODAY)] == lines


@pytest.mark.parametrize("name", samples.REVIEWS)
def test_no_review_judges_or_praises(name: str) -> None:
    """In no form: on a terminal, in a pipe, as JSON."""
    for written in (
        terminal(lambda to: to.review(samples.REVIEWS[name])),
        plain(lambda to: to.review(samples.REVIEWS[name])),
        as_json(lambda to: to.review(samples.REVIEWS[name])),
    ):
        assert not FORBIDDEN.search(written.casefold())
