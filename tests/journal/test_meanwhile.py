"""What another command writes between a command's reading and its writing is not lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from connect_cli.errors import ConnectError, NoSuchThing
from connect_cli.journal import Journal, Profile, Said, Silent
from connect_cli.journal.core import Core
from connect_cli.model import Cadence, Interaction, Named

if TYPE_CHECKING:
    from connect_cli.store.writes import Transaction

Meanwhile = Callable[[Callable[[], object]], None]


@pytest.fixture
def meanwhile(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Let something happen once, just before the next command of `journal` takes the lock."""
    take_lock = Core.transaction
    waiting: list[Callable[[], object]] = []

    @contextmanager
    def after_others(self: Core) -> Iterator["Transaction"]:
        while self is journal and waiting:
            waiting.pop()()
        with take_lock(self) as transaction:
            yield transaction

    monkeypatch.setattr(Core, "transaction", after_others)
    return waiting.append


@pytest.fixture
def other(journal: Journal, open_journal: Callable[..., Journal]) -> Journal:
    """Another command on the same journal, where Ada, Augusta and Grace are."""
    journal.add(Profile("Ada Lovelace"))
    journal.add(Profile("Augusta King"))
    journal.add(Profile("Grace Hopper"))
    journal.log("coffee with ada and grace: Earl Grey")
    return open_journal()


def test_two_options_of_one_entry_are_both_kept(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """Each of two commands at once says something else of it."""
    entry = journal.entry()
    meanwhile(lambda: other.amend(entry, Said(minutes="21m", tags=("tea",), people=("ada",))))
    said = journal.amend(entry, Said(note="n1")).interaction
    assert said == journal.entry()
    assert (said.note, said.minutes, said.tags) == ("n1", 21, ("tea",))
    assert [one.name for one in said.people] == ["Ada Lovelace"]


def test_a_circle_and_a_cadence_are_both_kept(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """Whichever of the two was first."""
    meanwhile(lambda: other.place("ada", "close"))
    person = journal.every("ada", "2w")
    assert (person.circle, str(person.cadence)) == ("close", "2w")
    meanwhile(lambda: other.every("grace", "3d"))
    person = journal.place("grace", "inner")
    assert (person.circle, str(person.cadence), person.own_cadence) == ("inner", "3d", True)


def test_two_aliases_are_both_kept(journal: Journal, other: Journal, meanwhile: Meanwhile) -> None:
    """The second is added to what is there by then."""
    meanwhile(lambda: other.alias("ada", "Addie"))
    journal.alias("ada", "Countess")
    assert journal.profile(journal.named("ada")).aliases == ("Addie", "Countess")


def test_what_a_merge_takes_over_is_what_is_there_by_then(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """A circle and a year of birth that the second one was given meanwhile."""
    for each, born in (("ada", "12-10"), ("augusta", "12-10")):
        person = other.named(each)
        other.edit(person, other.profile(person)._replace(birthday=born))
    second = other.named("augusta")
    fuller = other.profile(second)._replace(birthday="1815-12-10", circle="close")
    meanwhile(lambda: other.edit(second, fuller))
    journal.merge("ada", "augusta", Silent())
    told = journal.profile(journal.named("ada"))
    assert (told.circle, told.birthday) == ("close", "1815-12-10")


def test_a_merge_decides_nothing_that_nobody_was_asked(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """Where they differ only now, it has to be said again."""
    other.every("ada", "2w")
    meanwhile(lambda: other.every("augusta", "3w"))
    with pytest.raises(ConnectError, match="changed meanwhile: nothing was written") as refused:
        journal.merge("ada", "augusta", Silent())
    assert refused.value.hint == "say it again: connect merge"
    assert str(journal.person(journal.named("augusta")).cadence) == "3w"
    journal.merge("ada", "augusta", Silent(), "augusta")
    assert str(journal.person(journal.named("ada")).cadence) == "3w"


def test_an_offer_does_not_replace_a_cadence_that_it_was_not_made_from(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """Who decided about somebody meanwhile knows better."""
    journal.every("ada", "1w")
    ada = journal.person(journal.named("ada"))
    meanwhile(lambda: other.every("ada", "3d"))
    with pytest.raises(ConnectError, match="Ada Lovelace was changed meanwhile: nothing was"):
        journal.take("stretch", [(ada, Cadence.parse("2w"))])
    assert str(journal.person(journal.named("ada")).cadence) == "3d"


def test_a_form_does_not_overwrite_what_it_does_not_show(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """Not of a person: the detail that was remembered meanwhile stays."""
    person = journal.named("ada")
    shown = journal.profile(person)
    assert not journal.edit(person, shown, shown)
    meanwhile(lambda: other.remember("ada", "tea: no milk"))
    with pytest.raises(ConnectError, match="Ada Lovelace was changed meanwhile") as refused:
        journal.edit(person, shown._replace(circle="close"), shown)
    assert refused.value.hint == "open it again: connect edit 'Ada Lovelace'"
    assert journal.profile(person) == shown._replace(details=("tea: no milk",))
    shown = journal.profile(person)
    assert journal.edit(person, shown._replace(circle="close"), shown)
    assert journal.profile(person).details == ("tea: no milk",)


def test_a_form_does_not_overwrite_an_entry_that_changed(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """The minutes that were said meanwhile stay."""
    entry = journal.entry()
    meanwhile(lambda: other.amend(entry, Said(minutes="21m")))
    with pytest.raises(ConnectError, match="was changed meanwhile: nothing was written") as refused:
        journal.rewrite(entry, Said(people=("ada",), note="n1"))
    assert refused.value.hint == f"open it again: connect amend {entry.id[:8]}"
    assert journal.entry() == entry._replace(minutes=21)
    assert journal.rewrite(journal.entry(), Said(people=("ada",), note="n1"))
    assert journal.entry().note == "n1"


ON_PERSON: dict[str, Callable[[Journal, Named], object]] = {
    "every": lambda journal, ada: journal.every(ada, "2w"),
    "place": lambda journal, ada: journal.place(ada, "close"),
    "alias": lambda journal, _: journal.alias("ada", "Addie"),
    "rename": lambda journal, _: journal.rename("ada", "Addie"),
    "archive": lambda journal, ada: journal.archive(ada, away=True),
    "edit": lambda journal, ada: journal.edit(ada, Profile("Ada Lovelace", circle="close")),
    "form": lambda journal, ada: journal.edit(
        ada, Profile("Ada Lovelace", circle="close"), journal.profile(ada)
    ),
    "merge": lambda journal, ada: journal.merge(ada.name, "augusta", Silent()),
    "merged": lambda journal, ada: journal.merge("augusta", ada.name, Silent()),
    "plan": lambda journal, ada: journal.take(
        "stretch", [(journal.person(ada), Cadence.parse("2w"))]
    ),
}


@pytest.mark.parametrize("verb", ON_PERSON)
def test_whoever_is_gone_by_then_is_said_to_be_gone(
    journal: Journal, other: Journal, meanwhile: Meanwhile, verb: str
) -> None:
    """Whatever was to be done about them, and nothing is written."""
    ada = journal.named("ada")
    meanwhile(lambda: other.forget(other.named("ada")))
    with pytest.raises(NoSuchThing, match="Ada Lovelace is gone: another command removed it"):
        ON_PERSON[verb](journal, ada)
    assert journal.changes()[0].verb == "forget"


ON_ENTRY: dict[str, Callable[[Journal, Interaction], object]] = {
    "amend": lambda journal, entry: journal.amend(entry, Said(note="n1")),
    "form": lambda journal, entry: journal.rewrite(entry, Said(people=("ada",), note="n1")),
    "delete": lambda journal, entry: journal.delete(entry),
}


@pytest.mark.parametrize("verb", ON_ENTRY)
def test_an_entry_that_is_gone_by_then_is_said_to_be_gone(
    journal: Journal, other: Journal, meanwhile: Meanwhile, verb: str
) -> None:
    """Whatever was to be done about it, and nothing is written."""
    entry = journal.entry()
    meanwhile(lambda: other.delete(entry))
    with pytest.raises(NoSuchThing, match="with Ada Lovelace, Grace Hopper is gone: another"):
        ON_ENTRY[verb](journal, entry)
    assert journal.changes()[0].verb == "delete"


@pytest.mark.parametrize("verb", ["amend", "log"])
def test_an_entry_with_somebody_who_is_gone_by_then_is_refused(
    journal: Journal, other: Journal, meanwhile: Meanwhile, verb: str
) -> None:
    """An entry is not kept with nobody in a place of it."""
    entry = journal.entry()
    verbs: dict[str, Callable[[], object]] = {
        "amend": lambda: journal.amend(entry, Said(people=("grace", "augusta"))),
        "log": lambda: journal.log("walk with grace and augusta"),
    }
    meanwhile(lambda: other.forget(other.named("augusta")))
    with pytest.raises(ConnectError, match="meanwhile"):
        verbs[verb]()
    assert journal.history() == [entry]
