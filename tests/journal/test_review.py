"""The review of some days: each figure against a plain recount, and which words are chosen."""

import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.journal import archive, cadence, log, memory, people
from connect_cli.journal.answers import Silent
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Context, Journal
from connect_cli.journal.people import Profile
from connect_cli.journal.review import LISTED, LONG_DAYS, MOST_PEOPLE, review
from connect_cli.language.words import has_words
from connect_cli.model import (
    Counts,
    Energy,
    Interaction,
    Kind,
    Named,
    Owed,
    Promise,
    usual_counts,
)
from connect_cli.reviews import EnergyDay, KindTime, Met, Review, Span
from connect_cli.settings import Settings
from connect_cli.store import interactions
from connect_cli.store import review as store
from tests.store.journals import NOW, TODAY

Open = Callable[..., Journal]
NAMES = ("Ada", "Björn", "Chloé", "Dai")
NOTES = ("", "no", "she is moving to Boston", "we laughed about the old red boat", "one two three")
WEEK = Span(TODAY - timedelta(days=6), TODAY)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


class Life(NamedTuple):
    """What a random journal holds, with people by their place in NAMES."""

    interactions: Sequence[tuple[Interaction, Sequence[int]]]
    promises: Sequence[tuple[Promise, int]]


@st.composite
def interaction(draw: st.DrawFn) -> tuple[Interaction, Sequence[int]]:
    kind, tried = draw(st.sampled_from((Kind.CALL, Kind.COFFEE, Kind.EVENT))), draw(st.booleans())
    happened = Interaction(
        id="",
        day=ago(draw(st.integers(0, 700))),
        kind=kind,
        people=(),
        minutes=draw(st.none() | st.integers(1, 90)),
        energy=draw(st.none() | st.sampled_from(Energy)),
        counts=draw(st.just(usual_counts(kind, tried=tried)) | st.sampled_from(Counts)),
        tried=tried,
        note=draw(st.sampled_from(NOTES)),
    )
    with_whom = draw(st.lists(st.integers(0, len(NAMES) - 1), unique=True, max_size=3))
    return happened, with_whom


@st.composite
def promise(draw: st.DrawFn) -> tuple[Promise, int]:
    made = draw(st.integers(0, 700))
    done = draw(st.none() | st.integers(0, made))
    kept = Promise(
        "",
        Named("", ""),
        text="the book",
        owed=draw(st.sampled_from(Owed)),
        due_on=draw(st.none() | st.just(ago(made - 7))),
        made_on=ago(made),
        done_on=None if done is None else ago(done),
    )
    return kept, draw(st.integers(0, len(NAMES) - 1))


LIVES = st.builds(Life, st.lists(interaction(), max_size=25), st.lists(promise(), max_size=6))


def lived(folder: str, life: Life) -> Journal:
    """A journal that holds a life."""
    path = Path(folder, "journal.db")
    journal = Journal(Context(path, NOW, Settings(), Silent()))
    with journal.write("log", "a life") as rows:
        who = [Named(rows.add_person(name), name) for name in NAMES]
        for happened, places in life.interactions:
            rows.add_interaction(happened._replace(people=tuple(who[each] for each in places)))
        for one, place in life.promises:
            made = one.made_on or TODAY
            promise_id = rows.add_promise(
                who[place].id, one.text, owed=one.owed, made_on=made, due_on=one.due_on
            )
            if one.done_on is not None:
                rows.close_promise(promise_id, one.done_on)
    return journal


def spans(first: int, length: int) -> Span:
    """A span that begins so many days ago; one that is longer than that ends today."""
    return Span(ago(first), ago(max(0, first - length)))


@given(LIVES, st.builds(spans, st.integers(0, 700), st.integers(0, 700)))
def test_every_figure_can_be_counted_again(life: Life, span: Span) -> None:
    """Each part of a review is what a loop over all conversations and promises finds."""
    with TemporaryDirectory() as folder:
        journal = lived(folder, life)
        found = review(journal, span, None)
        everything = interactions.interactions(journal.connection, interactions.Wanted())
        loops = memory.promises(journal, kept=True)
        journal.close()
    within = [one for one in everything if span.first <= one.day <= span.last]
    assert found.kinds == tuple(recounted_kinds(everything, span))
    assert found.tried == sum(one.tried for one in within)
    assert found.energy == tuple(recounted_energy(within))
    met = recounted_met(everything, span)
    assert {(one.person.name, one.on) for one in found.first} == met.first
    assert {(one.person.name, one.before_on, one.on) for one in found.again} == met.again
    closed = {one for one in loops if one.done_on and span.first <= one.done_on <= span.last}
    assert set(found.kept) == closed
    assert (found.more_first, found.more_again, found.more_kept) == (0, False, 0)
    is_now = span.last == TODAY
    assert set(found.open_loops) == {one for one in loops if is_now and one.done_on is None}
    for days in (
        [one.day for one in found.words],
        [one.on for one in found.first],
        [one.on for one in found.again],
        [one.done_on or TODAY for one in found.kept],
    ):
        assert days == sorted(days, reverse=True)
    check_words(found, within)


def recounted_kinds(everything: Sequence[Interaction], span: Span) -> list[KindTime]:
    year = min(span.first, (span.last - timedelta(days=364)))
    talked = [one for one in everything if not one.tried]
    kinds = []
    for kind in Kind:
        these = [one for one in talked if one.kind is kind and span.first <= one.day <= span.last]
        lengths = [one.minutes for one in these if one.minutes]
        usual = [
            one.minutes
            for one in talked
            if one.kind is kind and one.minutes and year <= one.day <= span.last
        ]
        median = statistics.median_low(usual) if usual else None
        if these:
            kinds.append(KindTime(kind, len(these), len(lengths), sum(lengths), median))
    return kinds


def recounted_energy(within: Sequence[Interaction]) -> list[EnergyDay]:
    numbers = Counter((one.day, one.energy) for one in within if one.energy and not one.tried)
    days = sorted({on for on, _ in numbers})
    return [EnergyDay(on, *(numbers[on, energy] for energy in Energy)) for on in days]


class Contacts(NamedTuple):
    first: set[tuple[str, date]]
    again: set[tuple[str, date | None, date]]


def recounted_met(everything: Sequence[Interaction], span: Span) -> Contacts:
    found = Contacts(set(), set())
    for name in NAMES:
        days = sorted(
            {
                one.day
                for one in everything
                if one.counts is not Counts.NO and name in (each.name for each in one.people)
            }
        )
        if days and span.first <= days[0] <= span.last:
            found.first.add((name, days[0]))
        for before, on in pairwise(days):
            if span.first <= on <= span.last and (on - before).days >= LONG_DAYS:
                found.again.add((name, before, on))
    return found


def check_words(found: Review, within: Sequence[Interaction]) -> None:
    able = [one for one in within if has_words(one.note) and not one.tried]
    assert {one.id for one in found.words} <= {one.id for one in able}
    assert bool(found.words) == bool(able)
    assert len(found.words) <= 5
    said = [person for one in found.words for person in one.people]
    assert len(said) == len(set(said))


def noted(journal: Journal, name: str, days_ago: int, note: str) -> None:
    said = LogOptions(people=(name,), on=str(journal.today_is - timedelta(days=days_ago)))
    log.log(journal, "", said._replace(note=note))


def test_ctrl_c_stops_the_search_for_words(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not hidden in an error of SQLite."""

    def stopped(_: str) -> bool:
        raise KeyboardInterrupt

    people.add(journal, Profile("Ada"))
    noted(journal, "Ada", 1, "she is moving to Boston")
    monkeypatch.setattr(store, "has_words", stopped)
    with pytest.raises(KeyboardInterrupt):
        review(journal, Span(ago(6), TODAY))


def test_the_words_are_spread_over_the_days_and_the_people(journal: Journal) -> None:
    """Of five parts of a year each gives its newest note; somebody who wrote much speaks once."""
    for name in ("Ada", "Ben", "Cleo", "Dora"):
        people.add(journal, Profile(name))
    for days in range(5):
        noted(journal, "Ada", days, f"the number {days} of her many notes")
    noted(journal, "Ben", 90, "he has found a house at last")
    noted(journal, "Cleo", 200, "too short")
    noted(journal, "Dora", 360, "the first day of the new school")
    noted(journal, "Ben", 361, "the old house was sold in spring")
    year = Span(ago(364), TODAY)
    found = review(journal, year).words
    assert [one.note for one in found] == [
        "the number 0 of her many notes",
        "he has found a house at last",
        "the first day of the new school",
    ]
    assert review(journal, year).words == found


def test_a_week_has_the_words_of_five_people_at_most(journal: Journal) -> None:
    """Parts without a note leave their place to the newest of the others."""
    for number in range(7):
        people.add(journal, Profile(f"P{number} Smith"))
        noted(journal, f"P{number} Smith", 0, f"five words and a number {number}")
    assert len(review(journal, WEEK).words) == 5


def test_a_list_says_how_many_others_there_are(journal: Journal) -> None:
    """Eight of each are shown, the newest; the rest is a number, or known to be there."""
    for number in range(LISTED + 2):
        people.add(journal, Profile(f"P{number} Smith"))
        noted(journal, f"P{number} Smith", 0, "")
        (kept,) = memory.promise(journal, [journal.named(f"P{number} Smith")], "it", Owed.ME)
        memory.promise(journal, [journal.named(f"P{number} Smith")], "open", Owed.ME)
        memory.done(journal, [kept])
        people.add(journal, Profile(f"B{number} Smith", birthday="24 nov"))
    found = review(journal, WEEK)
    shown = (found.first, found.kept, found.open_loops, found.occasions)
    assert [len(each) for each in shown] == [LISTED] * 4
    more = (found.more_first, found.more_kept, found.more_open, found.more_occasions)
    assert more == (2, 2, 2, 2)
    assert not found.more_again
    whole = review(journal, WEEK, None)
    assert (len(whole.first), len(whole.open_loops), whole.more_open) == (LISTED + 2, LISTED + 2, 0)


def test_somebody_met_again_after_half_a_year_is_said_with_the_contact_before(
    journal: Journal,
) -> None:
    """The day counts once, and attempts in between do not."""
    people.add(journal, Profile("Tom"))
    noted(journal, "Tom", 2 + LONG_DAYS, "")
    log.log(journal, "", LogOptions(people=("Tom",), on=str(ago(50)), tried=True))
    noted(journal, "Tom", 2, "")
    noted(journal, "Tom", 2, "")
    noted(journal, "Tom", 1, "")
    tom = journal.named("tom")
    assert review(journal, WEEK).again == (Met(tom, ago(2), ago(2 + LONG_DAYS)),)
    assert review(journal, WEEK).first == ()


def test_a_rhythm_that_has_clearly_changed_is_said_with_what_was_asked(journal: Journal) -> None:
    """Only over a longer span, and for people who are not archived."""
    for name in ("Ada", "Ben", "Cleo"):
        people.add(journal, Profile(name))
    cadence.every(journal, [journal.named("ada")], "2w")
    for week in range(0, 90, 2):
        noted(journal, "Cleo", 7 * week, "")
    for name in ("Ada", "Ben"):
        for days in (*range(0, 360, 60), *range(370, 700, 14)):
            noted(journal, name, days, "")
    archive.archive(journal, [journal.named("ben")], away=True)
    (found,) = review(journal, Span(ago(364), TODAY)).rhythms
    said = (found.before, found.now, found.asked)
    assert (found.person.name, *map(str, said)) == ("Ada", "2w", "2m", "2w")
    assert review(journal, Span(ago(30), TODAY)).rhythms == ()


def test_a_rhythm_of_earlier_days_is_said_however_many_were_met_since(journal: Journal) -> None:
    """Those who were met last in these days are looked at, not those who were met last of all."""
    for name in ("Ada", *(f"Person {number}" for number in range(MOST_PEOPLE))):
        people.add(journal, Profile(name))
    for days in (*range(400, 760, 60), *range(770, 1100, 14)):
        noted(journal, "Ada", days, "")
    for number in range(MOST_PEOPLE):
        noted(journal, f"Person {number}", number, "")
    (found,) = review(journal, Span(ago(764), ago(400))).rhythms
    assert (found.person.name, str(found.before), str(found.now)) == ("Ada", "2w", "2m")


def test_what_comes_belongs_to_days_that_end_today(journal: Journal) -> None:
    """An older span has no open loops, no occasions, and nothing of this day in earlier years."""
    people.add(journal, Profile("Ada", birthday="26 nov"))
    memory.promise(journal, [journal.named("ada")], "the book", Owed.ME)
    noted(journal, "Ada", 365, "she is moving to Boston soon")
    now, then = review(journal, WEEK), review(journal, Span(ago(20), ago(1)))
    assert [one.occasion.label for one in now.occasions] == ["birthday"]
    assert [one.text for one in now.open_loops] == ["the book"]
    assert [one.day for one in now.on_this_day] == [ago(365)]
    assert then.empty


def test_an_empty_journal_has_an_empty_review(journal: Journal) -> None:
    """Nothing is invented, and no file is made."""
    assert review(journal, WEEK).empty
    assert not journal.context.path.exists()


@pytest.mark.parametrize(
    ("text", "enough"),
    [
        ("she is moving to Boston", True),
        ("she is moving to", False),
        ("one\ntwo\nthree\nfour\nfive", True),
        ("a    b", False),
        ("", False),
        ("他下个月要搬到波士顿去了", True),
        ("搬到波士顿", False),
    ],
)
def test_a_note_of_five_words_is_worth_keeping(text: str, enough: bool) -> None:
    """Words are what blanks part; of a wide script two characters are one."""
    assert has_words(text) is enough
