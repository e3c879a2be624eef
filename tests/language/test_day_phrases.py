"""Day phrases in a line, seen from Thursday 12 March 2026: how long each is and what it means."""

from datetime import date

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.language.dates import Phrase, match_phrase
from connect_cli.language.day_expression import UnclearDay
from connect_cli.language.day_options import past, read_coming_day, read_past_day
from connect_cli.language.words import fold

TODAY = date(2026, 3, 12)
# A phrase ends at the bar; what follows the bar does not belong to it.
DAYS = {
    "5. March|": "2026-03-05",
    "5. march| with ada": "2026-03-05",
    "5.march|": "2026-03-05",
    "20260305|": "2026-03-05",
    "19991231|": "1999-12-31",
    "2026-W10-3|": "2026-03-04",
    "2026w103|": "2026-03-04",
    "2026/3/5|": "2026-03-05",
    "12.3.|": "2026-03-12",
    "31.12.|": "2025-12-31",
    "5.3.26|": "2026-03-05",
    "5.3.85|": "1985-03-05",
    "2/25/26|": "2026-02-25",
    "25/2/26|": "2026-02-25",
    "2/2/26|": "2026-02-02",
    "6th|": "2026-03-06",
    "6th| with ada": "2026-03-06",
    "3 days back|": "2026-03-09",
    "two weeks back| with tom": "2026-02-26",
    "3 nights back|": "2026-03-09",
    "a week last Friday|": "2026-02-27",
    "a week ago last friday|": "2026-02-27",
    "two weeks last tuesday|": "2026-02-24",
    "mon arvo|": "2026-03-09",
    "this arvo|": "2026-03-12",
    "earlier this evening|": "2026-03-12",
    "thurs|": "2026-03-12",
    "tues|": "2026-03-10",
    "weds|": "2026-03-11",
    "ystd|": "2026-03-11",
    "yest evening|": "2026-03-11",
    "yday|": "2026-03-11",
    "last nite|": "2026-03-11",
    "tonite|": "2026-03-12",
    "evening before last|": "2026-03-10",
    "yesterday| and sat in the sun": "2026-03-11",
    "yesterday| and last night": "2026-03-11",
    "monday| sat with ada": "2026-03-09",
    "Christmas Day|": "2025-12-25",
    "Christmas Day evening|": "2025-12-25",
    "xmas day| with mum": "2025-12-25",
    "on Christmas Eve|": "2025-12-24",
    "on Boxing Day| with nana": "2025-12-26",
    "boxing day 2023|": "2023-12-26",
    "last christmas eve|": "2025-12-24",
    "at New Year's Eve|": "2025-12-31",
    "new years day|": "2026-01-01",
    "new year day|": "2026-01-01",
    "nye| with tom": "2025-12-31",
    "hogmanay|": "2025-12-31",
    "Valentine’s Day|": "2026-02-14",
    "valentine day|": "2026-02-14",
    "on halloween| at home": "2025-10-31",
    "halloween| with tom": "2025-10-31",
    "guy fawkes night|": "2025-11-05",
    "bonfire night|": "2025-11-05",
    "last st patrick's day|": "2025-03-17",
    "4th of july|": "2025-07-04",
    "american independence day|": "2025-07-04",
}
UNCLEAR = {
    "10/3|": "2026-03-10 2025-10-03",
    "on 10/3|": "2026-03-10 2025-10-03",
    "2/3/26|": "2026-03-02 2026-02-03",
    "2/3/2026|": "2026-03-02 2026-02-03",
    "next friday|": "2026-03-13 2026-03-20",
    "friday week|": "2026-02-27 2026-03-20",
    "20 hours ago|": "2026-03-12 2026-03-11",
    "13 March|": "2025-03-13 2026-03-13",
    "St Patrick's Day|": "2025-03-17 2026-03-17",
    "this week|": "2026-03-12 2026-03-11 2026-03-10 2026-03-09",
    "earlier this week|": "2026-03-12 2026-03-11 2026-03-10 2026-03-09",
    "2026-w10|": " ".join(f"2026-03-0{day}" for day in range(2, 9)),
    "in Jan|": "",
    "a few days ago|": "",
    "week 10|": "",
    "in wk 10|": "",
    "at Easter|": "",
    "easter monday|": "",
    "on Thanksgiving|": "",
    "on Thanksgiving Day|": "",
    "diwali| with ravi": "",
    "at Eid|": "",
    "on Mother's Day|": "",
    "mothers day|": "",
    "father day|": "",
    "pancake day|": "",
    "memorial day|": "",
    "independence day|": "",
    "on bank holiday monday|": "",
    "chinese new year|": "",
    "at christmas|": "",
    "around Christmas| with mum": "",
    "over the holidays|": "",
    "on my birthday|": "",
    "over the summer|": "",
    "in the summer|": "",
    "last summer|": "",
    "gestern|": "2026-03-11",
    "gestern abend|": "2026-03-11",
    "heute| mit ada": "2026-03-12",
    "vorgestern|": "2026-03-10",
    "hier soir|": "2026-03-11",
    "avant-hier|": "2026-03-10",
    "aujourd’hui|": "2026-03-12",
    "ayer|": "2026-03-11",
    "hoy|": "2026-03-12",
    "ieri|": "2026-03-11",
    "oggi|": "2026-03-12",
    "gisteren|": "2026-03-11",
    "vandaag|": "2026-03-12",
    "ontem|": "2026-03-11",
    "wczoraj|": "2026-03-11",
    "igår|": "2026-03-11",
    "i går|": "2026-03-11",
    "mañana|": "2026-03-13",
    "Sonntag|": "2026-03-08",
    "am Montag|": "2026-03-09",
    "letzten Donnerstag|": "2026-03-05",
    "lundi dernier|": "2026-03-09",
    "el lunes pasado|": "2026-03-09",
    "miércoles|": "2026-03-11",
    "letzte woche|": "2026-03-05",
}
SEVERAL = {
    "on the 3rd and 5th": "2026-03-03 2026-03-05",
    "6-8 March|": "2026-03-06 2026-03-07 2026-03-08",
    "6th-8th of march|": "2026-03-06 2026-03-07 2026-03-08",
    "march 6-8|": "2026-03-06 2026-03-07 2026-03-08",
    "from 1 to 3 March|": "2026-03-01 2026-03-02 2026-03-03",
    "3 and 5 March| with ada": "2026-03-03 2026-03-05",
    "6-7 march 2025|": "2025-03-06 2025-03-07",
    "1-28 february|": "2026-02-01 2026-02-28",
    "Monday and Wednesday|": "2026-03-09 2026-03-11",
    "on Monday and on Wednesday| with tom": "2026-03-09 2026-03-11",
    "monday or tuesday|": "2026-03-09 2026-03-10",
    "yesterday and today|": "2026-03-11 2026-03-12",
    "yesterday and then today|": "2026-03-11 2026-03-12",
    "mon-wed|": "2026-03-09 2026-03-10 2026-03-11",
    "on mon/tue|": "2026-03-09 2026-03-10",
    "mon to wed|": "2026-03-09 2026-03-10 2026-03-11",
    "from monday to wednesday|": "2026-03-09 2026-03-10 2026-03-11",
    "mon wed fri|": "2026-03-09 2026-03-11 2026-03-06",
    "tuesday wednesday and thursday|": "2026-03-10 2026-03-11 2026-03-12",
    "sat and sun|": "2026-03-07 2026-03-08",
    "on the 3rd and the 5th|": "2026-03-03 2026-03-05",
    "on 3rd and 5th|": "2026-03-03 2026-03-05",
    "3 march and 5 march|": "2026-03-03 2026-03-05",
}
NO_DAYS = (
    "8-6 march", "at christmas dinner",
    "20261340 x", "12.3", "13.25.", "3 weeks back home", "3/4 hour", "3/4 of an hour",
    "1/2 price", "24/7", "6th birthday", "halloween party", "easter egg",
    "at the christmas party", "for Diwali", "christmas card", "my birthday party", "week 10 of",
    "mardi gras party", "i had lunch", "am", "el", "may", "march", "2 and 3 people",
    "from 3pm to 4pm", "from monday", "march 6-8 pm", "from 2 to 3", "between us", "summer",
    "spring", "holidays", "new shoes", "boxing", "good", "mon ami",
)  # fmt: skip


def phrase(text: str) -> Phrase | None:
    """The phrase that a text begins with; the bar in it is left out."""
    return match_phrase(fold(text.replace("|", "")).split(), TODAY)


def refused(text: str) -> UnclearDay:
    """Why no day is read, and that the phrase ends at the bar."""
    found = phrase(text)
    assert found is not None
    assert found.text == fold(text.partition("|")[0])
    assert found.words == len(found.text.split())
    with pytest.raises(UnclearDay) as caught:
        past(found.said, found.text, TODAY)
    assert caught.value.hint
    return caught.value


def dates(days: tuple[date, ...]) -> str:
    """The days, one after the other."""
    return " ".join(map(str, days))


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_phrase_means_a_day_and_takes_its_own_words(text: str, day: str) -> None:
    """The newest such day up to today; an option that is given it reads the same."""
    found = phrase(text)
    assert found is not None
    assert found.text == fold(text.partition("|")[0])
    assert found.words == len(found.text.split())
    assert str(past(found.said, found.text, TODAY)) == day
    assert str(read_past_day(text.partition("|")[0], TODAY)) == day


@pytest.mark.parametrize(("text", "days"), UNCLEAR.items())
def test_a_phrase_that_could_be_several_days_gives_them(text: str, days: str) -> None:
    """None is picked. Those that are known can be asked about, or typed instead."""
    error = refused(text)
    assert dates(error.choices) == days
    assert len(error.suggestions) <= len(error.choices)


@pytest.mark.parametrize(("text", "days"), SEVERAL.items())
def test_several_days_are_one_phrase(text: str, days: str) -> None:
    """It names each of them, in their order, or the ends of a long run."""
    error = refused(text)
    assert error.message.endswith("names several days")
    assert dates(error.choices) == days


@pytest.mark.parametrize("text", NO_DAYS)
def test_other_words_are_no_day(text: str) -> None:
    """A fraction, a count, a party or a name is left to be what it is."""
    found = phrase(text)
    assert found is None or (text == "mon ami" and found.words == 1)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("13 march", "'13 march' was eleven months ago and is tomorrow", "write 2025-03-13"),
        ("1 may", "'1 may' was ten months ago and is in 50 days", "write 2025-05-01"),
        ("10/3", "'10/3' could be two days", "write 2026-03-10 or 2025-10-03"),
        ("gestern", "'gestern' is not a day here", "write yesterday"),
        ("letzten montag", "'letzten montag' is not a day here", "write last monday"),
        ("at easter", "'at easter' could be several days", "write the date"),
        ("yesteday", "'yesteday' is not a day", "did you mean yesterday?"),
        ("3 days agp", "'3 days agp' is not a day", "did you mean 3 days ago?"),
        ("2026-w60-1", "there is no week '2026-w60-1'", "write the date"),
        ("20260230", "there is no 30 February", "February has 29 days"),
    ],
)
def test_the_reason_and_what_to_write(text: str, message: str, hint: str) -> None:
    """Each refusal says both, in the words that were typed."""
    with pytest.raises(NotUnderstood) as caught:
        read_past_day(text, TODAY)
    assert caught.value.message == message
    assert (caught.value.hint or "").startswith(hint)


@pytest.mark.parametrize("text", [*UNCLEAR, *SEVERAL])
def test_what_is_suggested_can_be_typed(text: str) -> None:
    """A suggestion is the day that it stands for, past or to come."""
    error = refused(text)
    for suggestion, day in zip(error.suggestions, error.choices, strict=False):
        read = read_past_day if day <= TODAY else read_coming_day
        assert read(suggestion, TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 june", "2025-06-12"),
        ("13 june", "2025-06-13"),
        ("29 feb", "2024-02-29"),
        ("11 march", "2026-03-11"),
    ],
)
def test_a_day_without_a_year_is_read_unless_it_comes_soon(text: str, day: str) -> None:
    """Three months ahead is soon; 29 February is rare anyway."""
    assert str(read_past_day(text, TODAY)) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("a week on friday", "2026-03-20"),
        ("christmas eve", "2026-12-24"),
        ("by boxing day", "2026-12-26"),
        ("5. april", "2026-04-05"),
        ("12.4.", "2026-04-12"),
        ("20260401", "2026-04-01"),
        ("2026-w14-1", "2026-03-30"),
        ("4/25/26", "2026-04-25"),
    ],
)
def test_coming_days_are_said_in_the_same_ways(text: str, day: str) -> None:
    """There is one grammar for what was and what is planned."""
    assert str(read_coming_day(text, TODAY)) == day


def test_a_choice_of_a_coming_day_lies_ahead() -> None:
    """`10/3` planned in March is next week or in October."""
    with pytest.raises(UnclearDay) as caught:
        read_coming_day("10/3", TODAY)
    assert dates(caught.value.choices) == "2027-03-10 2026-10-03"


@pytest.mark.parametrize("text", ["mon and wed", "2/3/2026"])
def test_a_coming_day_is_one_day(text: str) -> None:
    """Neither several, nor one of two that have both been."""
    with pytest.raises(UnclearDay):
        read_coming_day(text, TODAY)


def test_a_date_in_figures_is_the_day_that_has_come_or_is_to_come() -> None:
    """`12/3/2026` is no third of December in March; planned then, it is nothing else."""
    assert str(read_past_day("12/3/2026", TODAY)) == "2026-03-12"
    assert str(read_coming_day("11/3/2026", TODAY)) == "2026-11-03"


def test_a_day_without_a_year_is_read_at_the_end_of_the_calendar() -> None:
    """Though no year comes in which it could come again."""
    assert str(read_past_day("13 march", date(9999, 12, 31))) == "9999-03-13"
