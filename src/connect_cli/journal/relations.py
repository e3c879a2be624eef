"""Ties between people, said in your own word and seen from both, and those of introductions."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from connect_cli.errors import NoSuchThing, NotUnderstood, as_typed
from connect_cli.journal.journal import Journal
from connect_cli.language.introduced import Pair, introductions
from connect_cli.language.plurals import listed
from connect_cli.language.relations import MET_THROUGH_YOU, read_word, say_relation, tied
from connect_cli.language.words import fold
from connect_cli.model import Interaction, Kind, Named, Relation, Tied
from connect_cli.store import relations as store_relations

if TYPE_CHECKING:
    from connect_cli.store.rows import Rows


def relate(
    journal: Journal, typed: str | Named, other: str | Named, word: str
) -> tuple[Tied, bool]:
    """Keep that somebody is the `word` of somebody else. False if that is there already.

    Raises NotUnderstood for one person, or a word that is none.
    """
    wanted = tied(*_two(journal, typed, other), read_word(word))
    for one in _between(journal, wanted.person, wanted.other):
        if _same(wanted, one):
            return Tied(one.person, one.other, one.word), False
    with journal.write("relate", say_relation(wanted)) as rows:
        rows.relate(wanted)
    return wanted, True


def drop(
    journal: Journal,
    typed: str | Named,
    other: str | Named,
    word: str = "",
    *,
    discreet: bool = False,
) -> Relation:
    """Delete a relation of two people; the word may be left out if there is one.

    If each is the `word` of the other, it is the one that was said in this order. discreet: hide
    the words in messages. Raises NoSuchThing if there is none, or several and no word.
    """
    person, another = _two(journal, typed, other)
    between = _between(journal, person, another)
    found = _with_word(between, person, another, word) if word else between
    if not found:
        as_what = f" as '{word}'" if word else ""
        raise NoSuchThing(
            f"{person.name} and {another.name} are not related{as_what}",
            f"to see their relations: {as_typed('show', person.name)}",
        )
    if len(found) > 1:
        words = listed(list(dict.fromkeys(one.word for one in found)))
        how = "in several ways" if discreet else f"as {words}"
        raise NoSuchThing(
            f"{person.name} and {another.name} are related {how}",
            "say which one, with --as WORD",
        )
    with journal.write("relate", f"no longer: {say_relation(found[0])}") as rows:
        rows.drop_relation(found[0].id)
    return found[0]


def _with_word(
    between: Sequence[Relation], person: Named, other: Named, word: str
) -> Sequence[Relation]:
    """The relation that says so of the first of two people, or else of the second."""
    for tie in (tied(person, other, word), tied(other, person, word)):
        if found := [one for one in between if _same(tie, one)]:
            return found
    return []


def introduced(interaction: Interaction, today: date) -> list[Pair]:
    """Each two people who were introduced to each other by you."""
    if interaction.kind is not Kind.INTRODUCTION or interaction.tried:
        return []
    return introductions(interaction.entered, interaction.people, today)


def met_through_you(interaction: Interaction, today: date) -> list[Tied]:
    """The relations that an interaction makes."""
    return [tied(*pair, MET_THROUGH_YOU) for pair in introduced(interaction, today)]


def keep_introduced(journal: Journal, rows: "Rows", interaction: Interaction) -> tuple[Tied, ...]:
    """Store the relations that an interaction makes; those that are new."""
    found = met_through_you(interaction, journal.today_is)
    new = [
        tie
        for tie in found
        if not any(_same(tie, one) for one in _between(journal, tie.person, tie.other))
    ]
    for tie in new:
        rows.relate(tie)
    return tuple(new)


def _two(journal: Journal, typed: str | Named, other: str | Named) -> tuple[Named, Named]:
    person, another = journal.named(typed), journal.named(other)
    if person.id == another.id:
        raise NotUnderstood(
            f"'{typed}' and '{other}' are one person: {person.name}", "name two people"
        )
    return person, another


def _between(journal: Journal, one: Named, other: Named) -> Sequence[Relation]:
    found = store_relations.relations_of(journal.connection, one.id)
    return [each for each in found if other.id in (each.person.id, each.other.id)]


def _same(tie: Tied, relation: Relation) -> bool:
    """Whether both say the same of the same two people, in whatever spelling it was kept."""
    kept = tied(relation.person, relation.other, relation.word)
    return (tie.person.id, tie.other.id, fold(tie.word)) == (
        kept.person.id,
        kept.other.id,
        fold(kept.word),
    )
