"""A Markdown page for each person, and THE rule of how a text is written in Markdown."""

import re
from collections.abc import Iterable, Iterator, Sequence

from connect_cli.exchange.normalise import whole_line
from connect_cli.exchange.values import Contact
from connect_cli.language.calendar import yearly_text
from connect_cli.language.death import say_death
from connect_cli.language.words import fold
from connect_cli.model import Interaction, Owed, Promise

HIDDEN = "..."
ENDING = ".md"
_MEANING = re.compile(r"([\\`*_\[\]<>#|~]|&(?=#?\w+;))")
_AT_FIRST = re.compile(r"^([0-9]*)([-+.)=:])(?=\s|[-=:\s]*$)")
"""What makes a list, a heading or a table of a line that begins with it."""
_OWED = {
    Owed.ME: "I promised",
    Owed.THEM: "they promised",
    Owed.ASK: "to ask",
    Owed.TELL: "to tell",
}


def page(
    contact: Contact,
    cadence: str,
    interactions: Iterable[Interaction],
    promises: Sequence[Promise],
    *,
    discreet: bool,
) -> Iterator[str]:
    """The lines of a person's page; interactions come in the order given.

    discreet: without details, notes, promises, ties, and ways to reach them.
    """
    yield f"# {escaped(contact.name)}\n\n"
    facts = [*_facts(contact, discreet=discreet), *([("in touch", cadence)] if cadence else [])]
    yield from (
        f"- {f'{escaped(label)}: ' if label else ''}{escaped(value)}\n" for label, value in facts
    )
    if facts:
        yield "\n"
    if promises:
        yield "## Open\n\n"
        for promise in promises:
            due = f", {promise.due_on}" if promise.due_on else ""
            yield f"- {_OWED[promise.owed]}: {HIDDEN if discreet else escaped(promise.text)}{due}\n"
        yield "\n"
    heading = "## Journal\n\n"
    for interaction in interactions:
        yield f"{heading}{_interaction(interaction, discreet=discreet)}"
        heading = ""


def file_name(name: str, person_id: str) -> str:
    """The name of a person's file: readable and unique."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:60]
    return f"{slug}-{person_id}{ENDING}" if slug else f"{person_id}{ENDING}"


def _facts(contact: Contact, *, discreet: bool) -> Iterator[tuple[str, str]]:
    """What stands at the head of a page. discreet: the labels without what is private."""
    if contact.died:
        yield "", say_death(contact.died)
    if contact.aliases:
        yield "also", ", ".join(contact.aliases)
    for label, values in (
        ("email", contact.emails),
        ("phone", contact.phones),
        ("url", contact.urls),
        ("address", contact.addresses),
    ):
        yield from ((label, HIDDEN if discreet else value) for value in values)
    for label, day in contact.occasions:
        yield label, yearly_text(*day)
    yield from ((label, HIDDEN if discreet else value) for label, value in contact.details)
    if discreet and contact.near:
        yield "ties", HIDDEN
    elif contact.near:
        yield from ((near.word, near.name) for near in contact.near)
    if contact.tags:
        yield "tags", ", ".join(contact.tags)


def _interaction(interaction: Interaction, *, discreet: bool) -> str:
    others = ", ".join(person.name for person in interaction.people)
    said = [str(interaction.kind), *([f"{interaction.minutes} min"] if interaction.minutes else [])]
    tags = "".join(f" \\#{escaped(tag)}" for tag in interaction.tags)
    time = f" {interaction.time}" if interaction.time else ""
    head = f"### {interaction.day}{time} {', '.join(said)}: {escaped(others)}{tags}\n\n"
    note = HIDDEN if discreet and interaction.note else interaction.note
    return head + "".join(f"{paragraph(line)}\n" for line in note.split("\n")) + "\n"


def paragraph(line: str) -> str:
    """Any text as a line of its own, with all Markdown escaped."""
    return _AT_FIRST.sub(r"\1\\\2", escaped(line))


def escaped(value: str) -> str:
    """Any text within a line, with all Markdown escaped."""
    return _MEANING.sub(r"\\\1", whole_line(value))
