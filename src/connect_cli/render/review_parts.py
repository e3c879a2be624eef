"""The parts of a review in their order, for a terminal, Markdown and a page alike.

What is private is hidden here, once for all of them; names and texts are cleaned by the caller.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from connect_cli.model import Interaction
from connect_cli.render import review_words as words
from connect_cli.render.review_words import KindRow, Line
from connect_cli.render.safe import HIDDEN
from connect_cli.reviews import Review

WORDS = "Words you kept"
ON_THIS_DAY = "On this day"
MET = "First and again"
KEPT = "Kept"
OPEN = "Open"
HOW = "How"
RHYTHM = "Rhythm"
ENERGY = "What it did to you"
COMING = "Coming"


class Quote(NamedTuple):
    """A note, and who, how and when: `lead` in front, such as the names, and `rest` behind it."""

    note: str
    lead: str
    rest: str

    @property
    def head(self) -> str:
        """Who, how and when."""
        return self.lead + self.rest


class Part(NamedTuple):
    """A part under its title. Each sort of content may be empty; beneath: how it was counted."""

    title: str
    quotes: Sequence[Quote] = ()
    lines: Sequence[Line] = ()
    kinds: Sequence[KindRow] = ()
    sentences: Sequence[str] = ()
    beneath: Sequence[str] = ()


def parts(view: Review, today: date, *, discreet: bool) -> list[Part]:
    """Each part that has something. discreet: without notes, promises and words of your own."""
    met = [*words.first_lines(view, today), *words.again_lines(view, today)]
    coming = words.coming_lines(view, today, discreet=discreet)
    found = (
        Part(WORDS, [_of_person(one, today, discreet=discreet) for one in view.words]),
        Part(ON_THIS_DAY, [_of_year(one, discreet=discreet) for one in view.on_this_day]),
        Part(MET, lines=met),
        Part(KEPT, lines=words.kept_lines(view, today)),
        Part(OPEN, lines=words.open_lines(view, today)),
        Part(
            HOW,
            kinds=words.kind_rows(view),
            sentences=words.say_sum(view),
            beneath=words.say_counting(view),
        ),
        Part(RHYTHM, sentences=words.rhythm_sentences(view, today)),
        Part(ENERGY, sentences=words.energy_sentences(view, today)),
        Part(COMING, lines=coming),
    )
    return [_hidden(part) if discreet else part for part in found if any(part[1:])]


def _of_person(interaction: Interaction, today: date, *, discreet: bool) -> Quote:
    head = words.say_note_head(interaction, today, discreet=discreet)
    return _led(interaction, words.say_people(interaction), head)


def _of_year(interaction: Interaction, *, discreet: bool) -> Quote:
    head = words.say_year_head(interaction, discreet=discreet)
    return _led(interaction, str(interaction.day.year), head)


def _led(interaction: Interaction, lead: str, head: str) -> Quote:
    return Quote(interaction.note, lead, head.removeprefix(lead))


def _hidden(part: Part) -> Part:
    """The same without notes and private texts; typed kinds and labels are hidden before."""
    return part._replace(
        quotes=[quote._replace(note=HIDDEN) for quote in part.quotes],
        lines=[line._replace(text=HIDDEN if line.text else "") for line in part.lines],
    )
