"""What holds for a line whatever is typed."""

import re
from contextlib import suppress
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from connect_cli.errors import ConnectError
from connect_cli.language.cadences import read_cadence
from connect_cli.language.calendar import word_set
from connect_cli.language.day_options import (
    read_coming_day,
    read_interval,
    read_past_day,
)
from connect_cli.language.logline import Reading, read_line
from connect_cli.language.spans import read_since
from connect_cli.language.times import read_minutes
from connect_cli.language.words import name_words
from connect_cli.model import Cadence, Rule
from tests.language.journal import NAMES, PEOPLE, TODAY

WORDS = [
    "\n",
    "\t",
    *sorted(
        word_set(
            "coffee lunch called met tried to call with from and , & : ; . - ( ) \" ' / w/ Ada ada "
            "Grace Tom's tom bob Bob May may will Sat sat sun José 王小明 @ada me i she my about "
            "yesterday tomorrow on in at last next two weeks ago the half an hour 3 3rd nov 32 jan "
            "45m 1:30 3:30 3pm 4pm 2026-11-03 2026-13-01 3/11/2026 no answer voicemail #work 🎉 "
            "https://x.org/#a"
        )
    ),
]
LINES = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=8).map("".join),
)
DAYS = st.dates()


def read(line: str, today: date = TODAY) -> Reading | str:
    """The reading, or the words of its refusal."""
    try:
        return read_line(line, today, NAMES)
    except ConnectError as error:
        return error.message


@given(LINES, DAYS)
@settings(max_examples=100, deadline=None)
@example("coffee with Ada: \ud800", TODAY)
@example("ada 29 feb", date.min)
@example("ada yesterday", date.min)
def test_any_line_is_kept_to_the_byte_and_never_in_the_future(line: str, today: date) -> None:
    """Nothing but a ConnectError is raised, the text is kept, and the day has come."""
    reading = read(line, today)
    if isinstance(reading, Reading):
        assert reading.entered == line
        assert reading.day <= today
        assert read(line, today) == reading


@given(LINES)
@example("A0&AND")
@settings(max_examples=100, deadline=None)
def test_nobody_is_named_who_is_not_in_the_text(line: str) -> None:
    """A mention is words of the line, and each of them begins a word of the name or alias."""
    reading = read(line)
    spellings = {known.id: [known.name, *known.aliases] for known in PEOPLE}
    for mention in reading.mentions if isinstance(reading, Reading) else ():
        assert mention.text in line
        for person in filter(None, (mention.found, *mention.candidates)):
            own = [word for text in spellings[person.id] for word in name_words(text)]
            assert all(any(w.startswith(word) for w in own) for word in name_words(mention.text))


@given(LINES)
@example("0;TOM)0")
@example("0;TOM)-0")
@example("3rd Tom, she")
@settings(max_examples=100, deadline=None)
def test_what_was_not_read_is_in_the_note(line: str) -> None:
    """No word is lost to sight, and none is made up."""
    reading = read(line)
    if isinstance(reading, Reading) and reading.unread:
        assert reading.note
    if isinstance(reading, Reading):
        assert all(word in line for word in re.findall(r"\w+", reading.note))


@given(st.one_of(st.text(max_size=30), LINES), DAYS)
@settings(max_examples=100, deadline=None)
def test_readers_of_days_keep_to_their_side_of_today(text: str, today: date) -> None:
    """Whatever is typed is refused, or a day on the right side of today."""
    for reader, ahead in ((read_past_day, False), (read_since, False), (read_coming_day, True)):
        with suppress(ConnectError):
            assert (reader(text, today) >= today) if ahead else (reader(text, today) <= today)


@given(st.lists(st.sampled_from([*WORDS, "to", "until", "for", "aug", "17"]), max_size=6), DAYS)
@settings(max_examples=100, deadline=None)
def test_an_interval_never_ends_before_it_begins(words: list[str], today: date) -> None:
    """Whatever is typed is refused, or runs from a day to the same or a later one."""
    with suppress(ConnectError):
        start, end = read_interval(" ".join(words), today)
        assert end is None or start <= end


@given(st.one_of(st.text(max_size=30), LINES))
@settings(max_examples=100, deadline=None)
def test_readers_raise_nothing_but_a_connect_error(text: str) -> None:
    """Whatever is typed is understood or refused."""
    with suppress(ConnectError):
        assert 1 <= read_minutes(text) <= 24 * 60
    with suppress(ConnectError):
        assert isinstance(read_cadence(text), Cadence | Rule | None)
