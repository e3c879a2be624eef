"""The card of somebody: it fits the window, whatever there is to say."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.control_characters import CONTROL
from connect_cli.model import ContactPoint, Interaction, Owed
from connect_cli.render import Renderer
from connect_cli.views import Card
from tests.render import samples
from tests.render import samples_morning as mornings
from tests.render.conftest import Golden, plain, terminal
from tests.render.seen import CARDS, SEEN, WIDTHS

MORE = "  More: connect show 'Ada Lovelace' --all"
LONG_NOTE = "\n".join(f"item {number}" for number in range(40))
LONG = samples.CARD._replace(
    timeline=(samples.COFFEE._replace(note=LONG_NOTE), *samples.CARD.timeline)
)


def test_a_discreet_screen_hides_whole_notes_too() -> None:
    """Everything still means everything but what is hidden."""
    written = terminal(SEEN["card-all"], discreet=True)
    assert "Noodles" not in written
    assert "scones" not in written
    assert "· · ·" in written


@given(
    promises=st.integers(0, 9),
    details=st.integers(0, 30),
    interactions=st.integers(0, 60),
    aliases=st.integers(0, 9),
    occasions=st.integers(0, 3),
    width=st.sampled_from([60, 80, 140]),
)
@settings(max_examples=40, deadline=None)
def test_a_card_fits_the_window_whatever_there_is_to_say(
    promises: int, details: int, interactions: int, aliases: int, occasions: int, width: int
) -> None:
    """24 lines, the last of them left to the prompt; and where there is more, the way to it."""
    card = Card(
        samples.ADA_DUE,
        aliases=("Countess of Lovelace",) * aliases,
        contact_points=samples.CARD.contact_points * 5,
        details=samples.CARD.details * details,
        occasions=samples.CARD.occasions * occasions,
        promises=tuple(
            samples.BOOK._replace(id=samples.id_of(each, "o"), owed=owed)
            for owed in Owed
            for each in range(promises)
        ),
        companions=samples.CARD.companions * 9,
        timeline=samples.years(interactions),
        total=interactions,
    )
    lines = terminal(lambda to: to.card(card, height=24), width).splitlines()
    assert len(lines) <= 23
    if interactions > 30 or promises > 2:
        assert lines[-1] == MORE


def test_a_card_without_a_height_shows_the_timeline_it_was_given() -> None:
    """Nothing is held back, so nothing says so."""
    card = samples.CARD._replace(timeline=samples.years(30), total=30)
    written = terminal(lambda to: to.card(card), 140)
    assert written.count("\n") > 30
    assert "--all" not in written


@pytest.mark.parametrize("height", range(16, 40))
def test_a_card_fits_a_window_of_any_height(height: int) -> None:
    """Who it is and the last note stand in each."""
    written = terminal(lambda to: to.card(samples.CARD, height=height))
    lines = written.splitlines()
    assert lines[0] == "Ada Lovelace"
    assert lines[-1] == MORE
    assert "know someone at MIT" in written
    assert len(lines) < height
    assert "\n\n\n" not in written


@pytest.mark.parametrize("height", [1, 4, 24])
@pytest.mark.parametrize("width", [24, 60, 80, 140])
def test_the_last_note_is_whole_in_a_window_that_is_too_small_for_it(
    height: int, width: int
) -> None:
    """Every word of it, in lines of its own; what is owed stands below it, and the way to more."""
    lines = terminal(lambda to: to.card(LONG, height=height), width).splitlines()
    assert LONG_NOTE.split() == " ".join(lines).partition("“")[2].partition("”")[0].split()
    assert "item 39”" in lines[-1 - lines[::-1].index(next(one for one in lines if "”" in one))]
    assert any("you owe" in line for line in lines)
    assert lines[-1] == MORE


def test_the_way_to_more_of_a_discreet_card_is_discreet() -> None:
    """Somebody may copy it where others still see the screen."""
    written = terminal(lambda to: to.card(samples.CARD, height=24), discreet=True)
    assert written.endswith("\n  More: connect --discreet show 'Ada Lovelace' --all\n")


def test_a_note_of_long_ago_has_two_lines_and_the_way_to_the_rest() -> None:
    """`…` never stands alone, not even where the whole card fits."""
    note = "one two three " * 40
    timeline = tuple(one._replace(note=note) for one in samples.years(2))
    card = samples.NEW_CARD._replace(timeline=timeline, total=2)
    written = terminal(lambda to: to.card(card, height=40))
    first, second = written.split("“")[1].count("\n"), written.split("”")[1].strip("\n").count("\n")
    assert first > 5
    assert second == 3
    assert written.count("…") == 1
    assert written.endswith("\n\n  More: connect show Sunny --all\n")
    assert "…" not in terminal(lambda to: to.card(card, full=True))


BOATS = "build boats"
ALL_EARLIER = 32
"""The height of a window in which the sixth earlier conversation has room."""


def test_a_note_of_this_day_stands_below_the_last_words() -> None:
    """With what it was and its year; nobody looking on reads it."""
    lines = terminal(lambda to: to.card(mornings.CARD_AGAIN)).splitlines()
    (place,) = [number for number, line in enumerate(lines) if BOATS in line]
    assert lines[place].startswith("  this day    stroll in 2024: “")
    assert "river; asked" in lines[place - 1]
    written = terminal(lambda to: to.card(mornings.CARD_AGAIN), discreet=True)
    assert "this day" not in written


@pytest.mark.parametrize("timeline", [(), samples.CARD.timeline[:2]], ids=["last", "earlier"])
def test_a_note_of_this_day_that_is_shown_anyway_is_not_repeated(
    timeline: tuple[Interaction, ...],
) -> None:
    """As the last words, or below."""
    card = mornings.CARD_AGAIN._replace(timeline=(*timeline, mornings.AGAIN))
    for full in (False, True):
        written = terminal(lambda to, full=full: to.card(card, full=full))  # type: ignore[misc]
        assert " ".join(written.split()).count("leave the bank") == 1
        assert "this day" not in written


def test_of_several_notes_of_this_day_the_newest_that_is_not_shown_anyway_is() -> None:
    """One line is enough."""
    older = mornings.AGAIN._replace(day=samples.TODAY.replace(year=2019), note="long ago")
    card = samples.NEW_CARD._replace(
        on_this_day=(mornings.AGAIN, older), timeline=(mornings.AGAIN,)
    )
    assert "this day    stroll in 2019: “long ago”" in terminal(lambda to: to.card(card))


@pytest.mark.parametrize("height", range(16, 60))
def test_a_note_of_this_day_stands_once_in_a_window_of_any_height(height: int) -> None:
    """In a small one it is above all that has no room; where it has room below, only there."""
    timeline = (*samples.CARD.timeline[:5], mornings.AGAIN, *samples.CARD.timeline[5:])
    card = mornings.CARD_AGAIN._replace(timeline=timeline)
    written = terminal(lambda to: to.card(card, height=height))
    assert written.count(BOATS) == 1
    assert ("this day" in written) is (height < ALL_EARLIER)
    assert len(written.splitlines()) < height


def test_a_note_of_this_day_that_is_cut_names_the_way_to_the_rest() -> None:
    """Even where all else fits."""
    note = "one two three " * 40
    card = samples.NEW_CARD._replace(on_this_day=(mornings.AGAIN._replace(note=note),))
    written = terminal(lambda to: to.card(card, height=40))
    assert written.count("…”") == 1
    assert written.endswith("\n\n  More: connect show Sunny --all\n")


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("2024-03-10", "died 10 March 2024"),
        ("2024-03", "died in March 2024"),
        ("unknown", "died"),
    ],
)
def test_a_card_says_who_died(stored: str, said: str) -> None:
    """As much of the day as is known; a program gets it as it is stored."""
    card = samples.CARD._replace(died_on=stored)
    lines = terminal(lambda to: to.card(card, height=24)).splitlines()
    assert lines[2:4] == [said, "birthday 25 Nov 1986"]
    assert f"\ndied_on\t{stored}\n" in plain(lambda to: to.card(card))


def test_a_card_says_what_there_is_to_tell() -> None:
    """Beside what is owed and asked."""
    tell = samples.FLAT._replace(owed=Owed.TELL, text="got the allotment")
    written = terminal(lambda to: to.card(samples.CARD._replace(promises=(tell,))))
    assert "  tell        got the allotment" in written
    assert terminal(lambda to: to.promises([tell])).startswith("To tell\n")


LINK = re.compile(r"\x1b\]8;id=\d+;([!-~]*)\x1b\\(.*?)\x1b\]8;;\x1b\\")


def test_ways_to_reach_somebody_are_links_where_the_terminal_knows_them() -> None:
    """They open empty; the text is as without them, and nobody looking on gets any."""

    def draw(to: Renderer) -> None:
        to.card(samples.CARD)

    written = terminal(draw, colour=True)
    links = [target for target, _ in LINK.findall(written)]
    assert links == [
        "mailto:ada@example.org",
        "tel:+442079460018",
        "https://ada.example.org/engine%20notes",
    ]
    bare = re.sub(r"\x1b\[[0-9;]*m", "", LINK.sub(r"\2", written))
    assert bare == terminal(draw)
    assert "\x1b]8" not in terminal(draw) + terminal(draw, colour=True, discreet=True)


@pytest.mark.parametrize("text", samples.HOSTILE, ids=range(len(samples.HOSTILE)))
@pytest.mark.parametrize("kind", ["email", "phone", "url"])
def test_no_hostile_text_breaks_out_of_a_link(kind: str, text: str) -> None:
    """Whatever it holds, the link ends where it should."""
    values = (text, f"a@b{text}", f"https://example.org/{text}", f"+44 20 7946 {text}")
    points = tuple(ContactPoint("c", kind, value) for value in values)
    card = samples.CARD._replace(contact_points=points)
    written = terminal(lambda to: to.card(card, full=True), 140, colour=True)
    rest = re.sub(r"\x1b\[[0-9;]*m", "", LINK.sub(r"\2", written))
    assert not CONTROL.search(rest.replace("\n", ""))


def test_promises_of_one_sort_have_one_heading() -> None:
    """A sort without promises is not mentioned."""
    written = terminal(lambda to: to.promises([samples.INTRO]))
    assert written == "They owe you\n  rzxr  Ada Lovelace  introduce me to Charles\n"


def test_a_card_of_someone_known_only_by_a_day_says_that_day() -> None:
    """A last contact can come from an import, without words."""
    card = Card(samples.ADA_DUE)
    assert "last        5 weeks ago, Mon 19 Oct" in terminal(lambda to: to.card(card))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", CARDS)
def test_a_card_looks_as_it_did(view: str, width: int, golden: Golden) -> None:
    """Read the golden file: it is what a person sees."""
    golden(f"{view}-{width}.txt", terminal(CARDS[view], width))
