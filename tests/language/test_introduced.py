"""Whom you introduced to whom, by the words of a line."""

from datetime import date

import pytest

from connect_cli.language.introduced import introductions, question
from connect_cli.model import Named

TODAY = date(2026, 11, 23)
PEOPLE = {
    name.split()[0]: Named(name[0], name)
    for name in ("Ada Lovelace", "Grace Hopper", "Tom Baker", "Émile Zola")
}


@pytest.mark.parametrize(
    ("line", "people", "pairs"),
    [
        ("introduced Ada to Grace: both restore boats", "Ada Grace", ["Ada Grace"]),
        ("Introduced Ada and Grace", "Ada Grace", ["Ada Grace"]),
        ("I introduced Ada to Grace by mail", "Ada Grace", ["Ada Grace"]),
        ("yesterday we introduced Ada to Grace", "Ada Grace", ["Ada Grace"]),
        ("yesterday, introed Ada to Grace", "Ada Grace", ["Ada Grace"]),
        ("2026-11-20: introduced Ada to Grace: both sail", "Ada Grace", ["Ada Grace"]),
        ("yesterday: introduced Ada to Grace", "Ada Grace", ["Ada Grace"]),
        ("2026-11-20 18:30 introduced Ada to Grace", "Ada Grace", ["Ada Grace"]),
        ("yesterday at 6pm I introduced Ada to Grace", "Ada Grace", ["Ada Grace"]),
        ("introduced Ada and Tom to Grace", "Ada Tom Grace", ["Ada Grace", "Tom Grace"]),
        ("introduced Emile with Ada, Tom", "Émile Ada Tom", ["Émile Ada", "Émile Tom"]),
        ("introduced Ada, Tom, Grace", "Ada Tom Grace", ["Ada Tom", "Ada Grace", "Tom Grace"]),
        ("introduced Mum to Tom and Grace", "Ada Tom Grace", []),
        ("Tom introduced Ada to Grace", "Tom Ada Grace", []),
        ("my boss introduced Ada to Grace", "Ada Grace", []),
        ("Ada introduced me to Grace", "Ada Grace", []),
        ("introduced myself to Ada and Grace", "Ada Grace", []),
        ("introduced to Ada and Grace", "Ada Grace", []),
        ("introduced by Ada to Grace", "Ada Grace", []),
        ("introduced Ada to the choir", "Ada", []),
        ("lunch with Ada and Grace: introduced them", "Ada Grace", []),
        ("", "Ada Grace", []),
    ],
)
def test_only_what_you_did_makes_a_pair(line: str, people: str, pairs: list[str]) -> None:
    """Two people, or those on one side of `to` with those on the other."""
    found = introductions(line, [PEOPLE[name] for name in people.split()], TODAY)
    assert [f"{one.name.split()[0]} {other.name.split()[0]}" for one, other in found] == pairs


def test_the_question_names_both() -> None:
    """By first names; by whole names if the first names are alike."""
    assert question(PEOPLE["Ada"], PEOPLE["Tom"]) == "did Ada and Tom meet?"
    other = Named("x", "Ada Byron")
    assert question(PEOPLE["Ada"], other) == "did Ada Lovelace and Ada Byron meet?"
