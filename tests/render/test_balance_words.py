"""What is said of time given back: facts, and never a judgment."""

from datetime import date, timedelta

import pytest

from connect_cli.model import Kind
from connect_cli.render import balance_words as words
from connect_cli.reviews import KindTime, Span
from tests.render import samples_balance as samples
from tests.render.samples import TODAY


@pytest.mark.parametrize(
    ("ago", "text", "in_week", "weekly", "said"),
    [
        (0, "the report", 220, 0, "Saved 40 min, today: the report. This week 3 h 40 min so far."),
        (0, "", 40, 0, "Saved 40 min, today."),
        (
            1,
            "mails!",
            60,
            0,
            "Saved 40 min, yesterday (Sun 22 Nov): mails! That week 1 h.",
        ),
        (
            0,
            "",
            40,
            180,
            "Saved 40 min, today. This week 40 min so far, beside the 3 h a week of balance.saved.",
        ),
    ],
    ids=range(4),
)
def test_what_was_noted_is_said_with_the_sum_of_its_week(
    ago: int, text: str, in_week: int, weekly: int, said: str
) -> None:
    """A week begins on Monday; today is one."""
    saving = samples.REPORT._replace(day=TODAY - timedelta(days=ago), text=text)
    assert words.say_saved(saving, in_week, weekly, TODAY) == said


def test_a_shared_screen_shows_neither_what_saved_time_nor_what_is_open() -> None:
    """Names stay, as on today's list."""
    said = words.say_saved(samples.REPORT, 60, 0, TODAY, discreet=True)
    assert said == "Saved 40 min, today: ... This week 1 h so far."
    for loop in samples.LOOPS:
        said = words.say_time_for(loop, discreet=True)
        assert "Boston" not in said
        assert "Grace Hopper: ..." in said


def test_whom_and_what_there_is_time_for_is_only_named() -> None:
    """A sentence for each sort."""
    named = (samples.FOR_ADA, samples.FOR_ANY, *samples.LOOPS)
    assert [words.say_time_for(one) for one in named] == [
        "There is time for Ada Lovelace, on today's list: usually 40 min.",
        "On today's list: Ada Lovelace.",
        "Still open: you promised Grace Hopper: how is Boston.",
        "Still open: to ask Grace Hopper: how is Boston.",
        "Still open: to tell Grace Hopper: how is Boston.",
    ]


def test_the_target_is_one_figure_beneath_both_sums() -> None:
    """And there is none without the setting, or without time given back."""
    view = samples.ONLY_SAVED
    assert words.say_target(view) == "30 % of the time given back is 12 min."
    assert words.say_target(view._replace(share=None)) == ""
    assert words.say_target(view._replace(stretches=())) == ""
    assert words.say_target(samples.NOTHING._replace(share=30)) == ""


@pytest.mark.parametrize(
    ("saved", "spent", "said"),
    [
        (40, 90, "Given back 40 min; with people 1 h 30 min."),
        (40, 0, "Given back 40 min."),
        (0, 90, "With people 1 h 30 min."),
        (0, 0, "No time is noted in these days."),
    ],
)
def test_a_sum_without_a_minute_is_not_said(saved: int, spent: int, said: str) -> None:
    """Nobody is told of 0 minutes with people."""
    stretch = samples.WEEKS[0]._replace(
        noted_saved=saved, reckoned_saved=0, noted_with=spent, reckoned_with=0
    )
    assert words.say_total(samples.NOTHING._replace(stretches=(stretch,))) == said


def test_the_medians_of_many_kinds_are_not_named() -> None:
    """`--json` has each."""
    kinds = tuple(KindTime(kind, 2, 1, 9, 9) for kind in [*Kind][:4])
    view = samples.NOTHING._replace(kinds=kinds)
    general = "conversations without a length as the median of their kind."
    assert words.say_reckoned(view, TODAY) == general
    assert words.say_reckoned(view._replace(kinds=kinds[:3]), TODAY).startswith(general[:-1] + ": ")


def test_all_that_is_reckoned_says_how() -> None:
    """The setting, since when it counts if that is later, and the medians that were used."""
    assert words.say_reckoned(samples.BALANCE, TODAY) == (
        "3 h a week by the setting balance.saved, from Fri 16 Oct on;"
        " conversations without a length as the median of their kind: call 25 min and"
        " coffee 45 min."
    )
    begun = samples.BALANCE._replace(since=samples.BALANCE.span.first, kinds=())
    assert words.say_reckoned(begun, TODAY) == "3 h a week by the setting balance.saved."
    assert words.say_reckoned(samples.MONTHS, TODAY) == ""


def test_a_row_is_named_by_its_first_day_month_or_year() -> None:
    """With the year where it is not that of the last row: the heading has that."""
    stretch = samples.WEEKS[0]
    old = stretch._replace(first=date(2025, 9, 1))
    assert words.say_stretch(stretch, "week", TODAY) == "5 Oct"
    assert words.say_stretch(old, "week", TODAY) == "1 Sep 2025"
    assert words.say_stretch(old, "week", old.first) == "1 Sep"
    assert words.say_stretch(old, "month", TODAY) == "Sep 2025"
    assert words.say_stretch(old, "year", TODAY) == "2025"


def test_the_heading_names_the_days() -> None:
    """Today is called so."""
    first = "Time given back and time with people, Mon 5 Oct to"
    assert words.say_heading(samples.BALANCE, TODAY) == f"{first} today"
    over = samples.BALANCE._replace(span=Span(samples.WEEKS[0].first, TODAY - timedelta(days=1)))
    assert words.say_heading(over, TODAY) == f"{first} Sun 22 Nov"
