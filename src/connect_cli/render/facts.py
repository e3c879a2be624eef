"""What is said of a person in one line, whatever draws their card: one list for all of them."""

from typing import NamedTuple

from connect_cli.language.death import say_death
from connect_cli.render.planning_words import say_rhythm
from connect_cli.views import Card


class Fact(NamedTuple):
    """key, value: for a program; None is unknown. said: for somebody who reads."""

    key: str
    value: str | None
    said: str


def facts(card: Card) -> list[Fact]:
    """Known and unknown ones, in the order in which a terminal shows them; none is private."""
    rhythm = card.rhythm
    value = None if rhythm is None else str(rhythm)
    said = "" if rhythm is None else say_rhythm(rhythm, card.person)
    return [Fact("died_on", card.died_on, _said_of_death(card)), Fact("rhythm", value, said)]


def _said_of_death(card: Card) -> str:
    return "" if card.died_on is None else say_death(card.died_on)
