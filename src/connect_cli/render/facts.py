"""What is said of a person in one line, whatever draws their card: one list for all of them."""

from typing import NamedTuple

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
    return [Fact("rhythm", value, said)]
