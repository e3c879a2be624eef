"""What another command writes between a command's reading and its writing is not lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from connect_cli.errors import ConnectError, NoSuchThing
from connect_cli.journal import history, log, memory, merge, people, planning, undo
from connect_cli.journal.journal import Journal, Silent
from connect_cli.journal.log import LogOptions
from connect_cli.journal.people import Profile
from connect_cli.model import Cadence, Interaction, Named
from connect_cli.safety import forget

if TYPE_CHECKING:
    from connect_cli.store.writes import Transaction

Meanwhile = Callable[[Callable[[], object]], None]


@pytest.fixture
def meanwhile(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Let something happen once, just before the next command of `journal` takes the lock."""
    take_lock = Journal.transaction
    waiting: list[Callable[[], object]] = []

    @contextmanager
    def after_others(self: Journal) -> Iterator["Transaction"]:
        while self is journal and waiting:
            waiting.pop()()
        with take_lock(self) as transaction:
            yield transaction

    monkeypatch.setattr(Journal, "transaction", after_others)
    return waiting.append


@pytest.fixture
def other(journal: Journal, open_journal: Callable[..., Journal]) -> Journal:
    """Another command on the same journal, where Ada, Augusta and Grace are."""
    people.add(journal, Profile("Ada Lovelace"))
    people.add(journal, Profile("Augusta King"))
    people.add(journal, Profile("Grace Hopper"))
    log.log(journal, "coffee with ada and grace: Earl Grey")
    return open_journal()


def test_two_options_of_one_entry_are_both_kept(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """Each of two commands at once says something else of it."""
    entry = log.entry(journal)
    meanwhile(
        lambda: log.amend(other, entry, LogOptions(minutes="21m", tags=("tea",), people=("ada",)))
    )
    said = log.amend(journal, entry, LogOptions(note="n1")).interaction
    assert said == log.entry(journal)
    assert (said.note, said.minutes, said.tags) == ("n1", 21, ("tea",))
    assert [one.name for one in said.people] == ["Ada Lovelace"]


def test_a_circle_and_a_cadence_are_both_kept(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """Whichever of the two was first."""
    meanwhile(lambda: people.place(other, "ada", "close"))
    person = people.every(journal, "ada", "2w")
    assert (person.circle, str(person.cadence)) == ("close", "2w")
    meanwhile(lambda: people.every(other, "grace", "3d"))
    person = people.place(journal, "grace", "inner")
    assert (person.circle, str(person.cadence), person.own_cadence) == ("inner", "3d", True)


def test_two_aliases_are_both_kept(journal: Journal, other: Journal, meanwhile: Meanwhile) -> None:
    """The second is added to what is there by then."""
    meanwhile(lambda: people.alias(other, "ada", "Addie"))
    people.alias(journal, "ada", "Countess")
    assert people.profile(journal, journal.named("ada")).aliases == ("Addie", "Countess")


def test_what_a_merge_takes_over_is_what_is_there_by_then(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """A circle and a year of birth that the second one was given meanwhile."""
    for each, born in (("ada", "12-10"), ("augusta", "12-10")):
        person = other.named(each)
        people.edit(other, person, people.profile(other, person)._replace(birthday=born))
    second = other.named("augusta")
    fuller = people.profile(other, second)._replace(birthday="1815-12-10", circle="close")
    meanwhile(lambda: people.edit(other, second, fuller))
    merge.merge(journal, "ada", "augusta", Silent())
    told = people.profile(journal, journal.named("ada"))
    assert (told.circle, told.birthday) == ("close", "1815-12-10")


def test_a_merge_decides_nothing_that_nobody_was_asked(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """Where they differ only now, it has to be said again."""
    people.every(other, "ada", "2w")
    meanwhile(lambda: people.every(other, "augusta", "3w"))
    with pytest.raises(ConnectError, match="has just been changed: nothing was written") as refused:
        merge.merge(journal, "ada", "augusta", Silent())
    assert refused.value.hint == "say it again: connect merge"
    assert str(journal.person(journal.named("augusta")).cadence) == "3w"
    merge.merge(journal, "ada", "augusta", Silent(), "augusta")
    assert str(journal.person(journal.named("ada")).cadence) == "3w"


def test_an_offer_does_not_replace_a_cadence_that_it_was_not_made_from(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """Who decided about somebody meanwhile knows better."""
    people.every(journal, "ada", "1w")
    ada = journal.person(journal.named("ada"))
    meanwhile(lambda: people.every(other, "ada", "3d"))
    with pytest.raises(ConnectError, match="Ada Lovelace has just been changed: nothing was"):
        planning.take(journal, "stretch", [(ada, Cadence.parse("2w"))])
    assert str(journal.person(journal.named("ada")).cadence) == "3d"


def test_a_form_does_not_overwrite_what_it_does_not_show(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """Not of a person: the detail that was remembered meanwhile stays."""
    person = journal.named("ada")
    shown = people.profile(journal, person)
    assert not people.edit(journal, person, shown, shown)
    meanwhile(lambda: memory.remember(other, "ada", "tea: no milk"))
    with pytest.raises(ConnectError, match="Ada Lovelace has just been changed") as refused:
        people.edit(journal, person, shown._replace(circle="close"), shown)
    assert refused.value.hint == "open it again: connect edit 'Ada Lovelace'"
    assert people.profile(journal, person) == shown._replace(details=("tea: no milk",))
    shown = people.profile(journal, person)
    assert people.edit(journal, person, shown._replace(circle="close"), shown)
    assert people.profile(journal, person).details == ("tea: no milk",)


def test_a_form_does_not_overwrite_an_entry_that_changed(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """The minutes that were said meanwhile stay."""
    entry = log.entry(journal)
    meanwhile(lambda: log.amend(other, entry, LogOptions(minutes="21m")))
    with pytest.raises(ConnectError, match="has just been changed: nothing was written") as refused:
        log.rewrite(journal, entry, LogOptions(people=("ada",), note="n1"))
    assert refused.value.hint == f"open it again: connect amend {entry.id[:8]}"
    assert log.entry(journal) == entry._replace(minutes=21)
    assert log.rewrite(journal, log.entry(journal), LogOptions(people=("ada",), note="n1"))
    assert log.entry(journal).note == "n1"


ON_PERSON: dict[str, Callable[[Journal, Named], object]] = {
    "every": lambda journal, ada: people.every(journal, ada, "2w"),
    "place": lambda journal, ada: people.place(journal, ada, "close"),
    "alias": lambda journal, _: people.alias(journal, "ada", "Addie"),
    "rename": lambda journal, _: people.rename(journal, "ada", "Addie"),
    "archive": lambda journal, ada: people.archive(journal, ada, away=True),
    "edit": lambda journal, ada: people.edit(journal, ada, Profile("Ada Lovelace", circle="close")),
    "form": lambda journal, ada: people.edit(
        journal, ada, Profile("Ada Lovelace", circle="close"), people.profile(journal, ada)
    ),
    "merge": lambda journal, ada: merge.merge(journal, ada.name, "augusta", Silent()),
    "merged": lambda journal, ada: merge.merge(journal, "augusta", ada.name, Silent()),
    "plan": lambda journal, ada: planning.take(
        journal, "stretch", [(journal.person(ada), Cadence.parse("2w"))]
    ),
}


@pytest.mark.parametrize("verb", ON_PERSON)
def test_whoever_is_gone_by_then_is_said_to_be_gone(
    journal: Journal, other: Journal, meanwhile: Meanwhile, verb: str
) -> None:
    """Whatever was to be done about them, and nothing is written."""
    ada = journal.named("ada")
    meanwhile(lambda: forget.forget(other, other.named("ada")))
    with pytest.raises(NoSuchThing, match="Ada Lovelace is gone: another command has removed it"):
        ON_PERSON[verb](journal, ada)
    assert undo.changes(journal)[0].verb == "forget"


ON_ENTRY: dict[str, Callable[[Journal, Interaction], object]] = {
    "amend": lambda journal, entry: log.amend(journal, entry, LogOptions(note="n1")),
    "form": lambda journal, entry: log.rewrite(
        journal, entry, LogOptions(people=("ada",), note="n1")
    ),
    "delete": log.delete,
}


@pytest.mark.parametrize("verb", ON_ENTRY)
def test_an_entry_that_is_gone_by_then_is_said_to_be_gone(
    journal: Journal, other: Journal, meanwhile: Meanwhile, verb: str
) -> None:
    """Whatever was to be done about it, and nothing is written."""
    entry = log.entry(journal)
    meanwhile(lambda: log.delete(other, entry))
    with pytest.raises(NoSuchThing, match="with Ada Lovelace, Grace Hopper is gone: another"):
        ON_ENTRY[verb](journal, entry)
    assert undo.changes(journal)[0].verb == "delete"


@pytest.mark.parametrize("verb", ["amend", "log"])
def test_an_entry_with_somebody_who_is_gone_by_then_is_refused(
    journal: Journal, other: Journal, meanwhile: Meanwhile, verb: str
) -> None:
    """An entry is not kept with nobody in a place of it."""
    entry = log.entry(journal)
    verbs: dict[str, Callable[[], object]] = {
        "amend": lambda: log.amend(journal, entry, LogOptions(people=("grace", "augusta"))),
        "log": lambda: log.log(journal, "walk with grace and augusta"),
    }
    meanwhile(lambda: forget.forget(other, other.named("augusta")))
    with pytest.raises(ConnectError, match="meanwhile"):
        verbs[verb]()
    assert history.history(journal) == [entry]
