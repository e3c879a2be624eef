"""Misspelt days and lengths are suggested; ordinary words and names never are."""

from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from connect_cli.language import vocabulary
from connect_cli.language.calendar import word_set
from connect_cli.language.near_day import near_day, near_duration
from connect_cli.language.words import fold

TODAY = date(2026, 3, 12)
# The misspelt phrase ends at the bar.
NEAR = {
    "tueday|": "tuesday",
    "on tueday| with tom": "on tuesday",
    "wendesday|": "wednesday",
    "wensday|": "wednesday",
    "thrusday last week|": "thursday last week",
    "frdiay|": "friday",
    "satruday night|": "saturday night",
    "sudnay|": "sunday",
    "moday|": "monday, today",
    "ysterday|": "yesterday",
    "yesteday| at noon": "yesterday",
    "yesterdy|": "yesterday",
    "tomorow|": "tomorrow",
    "tommorrow|": "tomorrow",
    "todya|": "today",
    "tonigth|": "tonight",
    "the day before yesteday|": "the day before yesterday",
    "3 days agp|": "3 days ago",
    "a week aog| with ada": "a week ago",
    "3 dys ago|": "3 days ago",
    "two wekes back|": "two weeks back",
    "last wek|": "last week",
    "next mnoth|": "next month",
    "last wekend|": "last weekend",
    "last nihgt|": "last night",
    "this mornign|": "this morning",
    "last tueday|": "last tuesday",
    "febuary 3|": "february 3",
    "3 marhc|": "3 march",
    "3rd of febuary|": "3rd of february",
    "the 3rd of agust|": "the 3rd of august",
    "on mon 2 febuary|": "on mon 2 february",
}
ORDINARY = word_set(
    "money monkey sunny friend fried today's todays tuesdays sundry marsh march marched may made "
    "june later day days ages ago week weak last past monday's mondays sandy mondayne sunday's "
    "sundae friends fridge fridays frida fred freya friar thirsty thursdays third thirty hurdle "
    "saturn saturdays saturate wedding wednesdays weds wended weekday weekdays weekend weekends "
    "weekly yesteryear year years yearly morrow sorrow borrow tomorrows tonic tonight's knight "
    "night nights toddy toady toast together totally tody monthly months month mouth moth north "
    "match matched marco marcy marcia marcel marc mardi larch parch starch arch april's avril "
    "august augusta augustus gust januar juneau junior juliet julia julie july mayor maybe maya "
    "remember member december's novel october's octopus september's decent november's number "
    "coffee lunch dinner called calling met meeting walked walking texted emailed visited helped "
    "moved booked talked chatted garden kitchen station church school office airport birthday "
    "holiday holidays mourning morning evening afternoon minute minutes hour hours second "
    "ada lovelace grace hopper tom baker margaret moore peter dorothy zoe jose will smith mark "
    "ellis grant bill turner pat doyle joy dawn fraser summer reed sunday okoro park art vance "
    "frank li guy bennett hope jahren rose tyler chase kim sue perkins jack ng christian weber "
    "jean-luc petit siobhan byrne sean o'brien priya sharma ravi kumar meena iyer lukasz nowak "
    "soren holm anne-marie dupont mary ann evans robert james porter anita patel willem berg "
    "sarah miller jones john doe adams kate bush ed sharp al green wesley monica monday tony "
    "toby todd tudor trudy tommy tammy wendy wanda friedel sundar sunita sandra randy "
    "andy candy cindy mandy monty mona mondal tuesday tues yeats yasmin esther satya "
)
IN_A_PHRASE = (
    "3 years age", "last year", "last leek", "last one", "last weed", "next meek", "this weak",
    "3 match points", "4 marco polo", "2 days out", "3 days away", "friday nihgt", "last man",
    "the march", "on money", "on friends", "last dear", "3 jobs ago", "2 weeks and",
    "the money", "a marsh", "on holiday", "for a week", "last mouth", "5 marches",
    "in augusta", "the 3rd of them", "last tear", "3 coffees ago", "next door",
)  # fmt: skip
DURATIONS = {
    "45 mni|": ("45 min", 45),
    "2 huors| with ada": ("2 hours", 120),
    "30 mintues|": ("30 minutes", 30),
    "45 minuts|": ("45 minutes", 45),
    "an huor|": ("an hour", 60),
    "two hors|": ("two hours", 120),
    "20 mnis|": ("20 mins", 20),
}
NO_DURATIONS = (
    "5 mib",
    "45 min", "45 men", "2 tours", "3 pins", "2 horses", "a house", "4 mints", "two wins", "45",
    "2 houses", "30 minuets", "a friend", "3 gins", "5 others", "an honour", "10 months", "",
)  # fmt: skip


@pytest.mark.parametrize(("text", "suggestions"), NEAR.items())
def test_a_misspelt_day_is_suggested_as_it_is_spelt(text: str, suggestions: str) -> None:
    """With the words that it takes, the nearest first."""
    near = near_day(fold(text.replace("|", "")).split(), TODAY)
    assert near is not None
    assert ", ".join(near.suggestions) == suggestions
    assert near.words == len(text.partition("|")[0].split())


@pytest.mark.parametrize("words", [*sorted(ORDINARY), *IN_A_PHRASE, ""])
def test_ordinary_words_and_names_are_no_misspelt_day(words: str) -> None:
    """Alone, and where a day might stand."""
    if " " in words or not words:
        assert near_day(words.split(), TODAY) is None
        return
    for line in (words, f"{words} with ada", f"on {words}", f"last {words}", f"with {words} ada"):
        assert near_day(line.split(), TODAY) is None


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Iterable):
        for one in value:
            yield from _texts(one)


def test_no_word_that_the_log_line_knows_is_a_misspelt_day() -> None:
    """Of all the tables of the vocabulary."""
    tables = [table for table in vars(vocabulary).values() if isinstance(table, frozenset | dict)]
    known = {word for table in tables for text in _texts(table) for word in text.split()}
    assert len(known) > 400
    assert [word for word in sorted(known) if near_day([fold(word)], TODAY)] == []


@pytest.mark.parametrize(("text", "found"), DURATIONS.items())
def test_a_misspelt_length_is_suggested(text: str, found: tuple[str, int]) -> None:
    """With the minutes that it then means."""
    near = near_duration(text.replace("|", "").split())
    assert near is not None
    assert (near.suggestion, near.minutes, near.words) == (*found, 2)


@pytest.mark.parametrize("text", NO_DURATIONS)
def test_other_words_are_no_misspelt_length(text: str) -> None:
    """Three pins and two tours are counted, not timed."""
    assert near_duration(text.split()) is None
