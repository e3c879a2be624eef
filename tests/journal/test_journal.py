"""The open journal: whom it asks, and what others write meanwhile is not lost."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from connect_cli.errors import AlreadyThere, ConnectError, NoSuchThing, NotUnderstood
from connect_cli.journal import (
    archive,
    cadence,
    history,
    log,
    memory,
    merge,
    people,
    planning,
    undo,
)
from connect_cli.journal.answers import Silent
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Context, Journal
from connect_cli.journal.people import Profile
from connect_cli.model import Cadence, Interaction, Named
from connect_cli.safety import forget
from connect_cli.settings import Settings
from tests.conftest import MORNING
from tests.journal.answering import Answering

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


def test_a_refused_command_leaves_the_journal_usable(other: Journal) -> None:
    """Names read before are read again, by the connection that can write."""
    assert other.named("ada").name == "Ada Lovelace"
    with pytest.raises(AlreadyThere):
        people.rename(other, "ada", "grace-hopper")
    assert log.log(other, "tea with grace").interaction.people[0].name == "Grace Hopper"


def test_two_options_of_one_interaction_are_both_kept(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """Each of two commands at once says something else of it."""
    interaction = log.interaction(journal)
    meanwhile(
        lambda: log.amend(
            other, interaction, LogOptions(minutes="21m", tags=("tea",), people=("ada",))
        )
    )
    said = log.amend(journal, interaction, LogOptions(note="n1")).interaction
    assert said == log.interaction(journal)
    assert (said.note, said.minutes, said.tags) == ("n1", 21, ("tea",))
    assert [one.name for one in said.people] == ["Ada Lovelace"]


def test_a_circle_and_a_cadence_are_both_kept(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """Whichever of the two was first."""
    meanwhile(lambda: cadence.place(other, "ada", "close"))
    person = cadence.every(journal, "ada", "2w")[0].person
    assert (person.circle, str(person.cadence)) == ("close", "2w")
    meanwhile(lambda: cadence.every(other, "grace", "3d"))
    person = cadence.place(journal, "grace", "inner")[0].person
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
    cadence.every(other, "ada", "2w")
    meanwhile(lambda: cadence.every(other, "augusta", "3w"))
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
    cadence.every(journal, "ada", "1w")
    ada = journal.person(journal.named("ada"))
    meanwhile(lambda: cadence.every(other, "ada", "3d"))
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


def test_a_form_does_not_overwrite_an_interaction_that_changed(
    journal: Journal, other: Journal, meanwhile: Meanwhile
) -> None:
    """The minutes that were said meanwhile stay."""
    interaction = log.interaction(journal)
    meanwhile(lambda: log.amend(other, interaction, LogOptions(minutes="21m")))
    with pytest.raises(ConnectError, match="has just been changed: nothing was written") as refused:
        log.rewrite(journal, interaction, LogOptions(people=("ada",), note="n1"))
    assert refused.value.hint == f"open it again: connect amend {interaction.id[:8]}"
    assert log.interaction(journal) == interaction._replace(minutes=21)
    assert log.rewrite(journal, log.interaction(journal), LogOptions(people=("ada",), note="n1"))
    assert log.interaction(journal).note == "n1"


ON_PERSON: dict[str, Callable[[Journal, Named], object]] = {
    "every": lambda journal, ada: cadence.every(journal, ada, "2w"),
    "place": lambda journal, ada: cadence.place(journal, ada, "close"),
    "alias": lambda journal, _: people.alias(journal, "ada", "Addie"),
    "rename": lambda journal, _: people.rename(journal, "ada", "Addie"),
    "archive": lambda journal, ada: archive.archive(journal, ada, away=True),
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


ON_INTERACTION: dict[str, Callable[[Journal, Interaction], object]] = {
    "amend": lambda journal, interaction: log.amend(journal, interaction, LogOptions(note="n1")),
    "form": lambda journal, interaction: log.rewrite(
        journal, interaction, LogOptions(people=("ada",), note="n1")
    ),
    "delete": log.delete,
}


@pytest.mark.parametrize("verb", ON_INTERACTION)
def test_an_interaction_that_is_gone_by_then_is_said_to_be_gone(
    journal: Journal, other: Journal, meanwhile: Meanwhile, verb: str
) -> None:
    """Whatever was to be done about it, and nothing is written."""
    interaction = log.interaction(journal)
    meanwhile(lambda: log.delete(other, interaction))
    with pytest.raises(NoSuchThing, match="with Ada Lovelace, Grace Hopper is gone: another"):
        ON_INTERACTION[verb](journal, interaction)
    assert undo.changes(journal)[0].verb == "delete"


@pytest.mark.parametrize("verb", ["amend", "log"])
def test_an_interaction_with_somebody_who_is_gone_by_then_is_refused(
    journal: Journal, other: Journal, meanwhile: Meanwhile, verb: str
) -> None:
    """An interaction is not kept with nobody in a place of it."""
    interaction = log.interaction(journal)
    verbs: dict[str, Callable[[], object]] = {
        "amend": lambda: log.amend(journal, interaction, LogOptions(people=("grace", "augusta"))),
        "log": lambda: log.log(journal, "walk with grace and augusta"),
    }
    meanwhile(lambda: forget.forget(other, other.named("augusta")))
    with pytest.raises(ConnectError, match="meanwhile"):
        verbs[verb]()
    assert history.history(journal) == [interaction]


Opened = Callable[[Answering], Journal]


@dataclass(frozen=True)
class Remembering(Answering):
    """Adds everybody who is unknown, and keeps whom it was asked about."""

    asked: list[str] = field(default_factory=list)

    def unknown(self, typed: str, near: Sequence[str], *, doubtful: bool = False) -> str:
        """The same name."""
        del near, doubtful
        self.asked.append(typed)
        return typed


@pytest.fixture
def asked(journal: Journal, journal_file: Path, request: pytest.FixtureRequest) -> Opened:
    """A journal with two people called Ada, in which somebody answers."""
    people.add(journal, Profile("Ada Lovelace"))
    people.add(journal, Profile("Ada Yonath"))

    def opened(answers: Answering) -> Journal:
        now = datetime.fromisoformat(MORNING).astimezone()
        one = Journal(Context(journal_file, now, Settings(), answers))
        request.addfinalizer(one.close)
        return one

    return opened


@pytest.mark.parametrize(("takes", "name"), [(0, "Ada Lovelace"), (1, "Ada Yonath")])
def test_the_one_that_was_chosen_is_meant(asked: Opened, takes: int, name: str) -> None:
    """Of two people with one first name, in a log line and as the name of a command."""
    journal = asked(Answering(takes=takes))
    assert journal.named("ada").name == name
    assert log.log(journal, "coffee with Ada").interaction.people[0].name == name


def test_who_it_was_can_be_said_when_the_line_names_nobody(asked: Opened) -> None:
    """The answer is read as the participants of a line are, and the line is kept as it was."""
    kept = log.log(asked(Answering(names="Ada Yonath")), "lunch today").interaction
    assert [person.name for person in kept.people] == ["Ada Yonath"]
    assert kept.entered == "lunch today"


def test_an_answer_that_names_nobody_logs_nothing(asked: Opened) -> None:
    """Asking once is enough."""
    journal = asked(Answering(names="yesterday"))
    with pytest.raises(NotUnderstood, match="no name was given"):
        log.log(journal, "lunch today")
    assert not list(history.history(journal))


def test_a_name_that_was_mistyped_can_be_put_right(asked: Opened) -> None:
    """The one who looks alike is meant, and nobody is added."""
    logged = log.log(asked(Answering()), "coffee with Ada Yonat")
    assert [person.name for person in logged.interaction.people] == ["Ada Yonath"]
    assert logged.added == ()


def test_empty_lines_are_passed_over_and_counted(asked: Opened) -> None:
    """An error names the line as an editor numbers it."""
    journal = asked(Answering())
    assert len(log.log_lines(journal, ["coffee with Grace Hopper", "", "called Grace Hopper"])) == 2
    with pytest.raises(NotUnderstood) as wrong:
        log.log_lines(journal, ["coffee with Grace Hopper", "", "call with Grace Hopper tomorrow"])
    assert wrong.value.message.startswith("line 3: 'tomorrow'")


def test_one_new_name_in_two_lines_is_one_person(asked: Opened) -> None:
    """Asked about once, added once."""
    journal = asked(Answering())
    first, second = log.log_lines(journal, ["coffee with Grace Hopper", "called Grace Hopper"])
    assert first.interaction.people == second.interaction.people
    assert [one.name for one in first.added] == ["Grace Hopper"]


MANY = [f"Bo{one}{other} Xi{other}{one}" for one in "abcdefghij" for other in "klmnopqrst"]


def test_many_new_people_are_looked_up_at_once(asked: Opened) -> None:
    """Not one by one: each time would cost more than the last."""
    journal = asked(Answering())
    ran: list[str] = []
    journal.connection.set_trace_callback(ran.append)
    lines = [f"coffee with {name}" for name in MANY]
    logged = log.log_lines(journal, lines, LogOptions(new=True))
    journal.connection.set_trace_callback(None)
    assert [one.added[0].name for one in logged] == MANY
    assert sum(sql.startswith("SELECT p.id, p.name FROM person") for sql in ran) < len(MANY)


@pytest.mark.parametrize("by_option", [True, False])
def test_a_hundred_people_take_part_at_most(asked: Opened, by_option: bool) -> None:
    """More is a list that was meant for something else."""
    journal = asked(Answering())

    def log_with(names: Sequence[str]) -> Interaction:
        line = "" if by_option else f"met {', '.join(names)}"
        said = LogOptions(new=True, people=tuple(names) if by_option else ())
        return log.log(journal, line, said).interaction

    with pytest.raises(NotUnderstood, match="names 101 people; an interaction can have up to 100"):
        log_with([*MANY, "Cy Zo"])
    assert not list(history.history(journal))
    assert len(log_with(MANY).people) == 100


NEW = [
    (("Grace Hopper", "GRACE HOPPER"), ["Grace Hopper"]),
    (("Zoë Hopper", "zoe"), ["Zoë Hopper"]),
    (("Grace Hopper", "Grace"), ["Grace Hopper"]),
    (("Grace Hopper", "Hopper", "Grace Kelly"), ["Grace Hopper", "Grace Kelly"]),
]


@pytest.mark.parametrize("new", [True, False], ids=["with --new", "asked about"])
@pytest.mark.parametrize(("typed", "names"), NEW, ids=[" and ".join(typed) for typed, _ in NEW])
def test_a_new_name_and_its_short_form_are_one_person(
    asked: Opened, typed: tuple[str, ...], names: list[str], new: bool
) -> None:
    """Whoever is added first may be called shortly by the rest of the line, and is no question."""
    answers = Remembering()
    logged = log.log(asked(answers), "", LogOptions(people=typed, new=new))
    assert [one.name for one in logged.interaction.people] == names
    assert [one.name for one in logged.added] == names
    assert answers.asked == ([] if new else names)


def test_a_form_that_was_left_as_it_is_changes_nothing(journal: Journal) -> None:
    """Neither a person nor an interaction, and no command is recorded."""
    people.add(journal, Profile("Ada", emails=("ada@example.org",)))
    person = journal.named("ada")
    interaction = log.log(journal, "coffee with Ada yesterday 45m: tea #work").interaction
    said = LogOptions(
        ("Ada",), "coffee", on="2026-11-22", minutes="45m", note="tea #work", tags=("work",)
    )
    before = list(journal.connection.iterdump())
    assert not people.edit(journal, person, people.profile(journal, person))
    assert not log.rewrite(journal, interaction, said)
    assert list(journal.connection.iterdump()) == before


def test_a_form_of_an_interaction_names_somebody(journal: Journal) -> None:
    """An interaction with nobody is none."""
    people.add(journal, Profile("Ada"))
    interaction = log.log(journal, "coffee with Ada").interaction
    with pytest.raises(NotUnderstood, match="who was it with"):
        log.rewrite(journal, interaction, LogOptions())


@pytest.mark.parametrize(
    "profile",
    [
        Profile("Ada", phones=("12\x1b34",)),
        Profile("Ada", phones=("1" * 1001,)),
        Profile("Ada", emails=("",)),
    ],
    ids=["control", "long", "empty"],
)
def test_a_contact_point_is_one_printable_line(journal: Journal, profile: Profile) -> None:
    """Anything else is refused and nobody is added."""
    with pytest.raises(NotUnderstood):
        people.add(journal, profile)
    assert not list(journal.known())


def test_the_newest_command_of_a_run_is_known(journal: Journal) -> None:
    """None before the first one, and none is taken for it that only looked."""
    known = [journal.last_command]
    people.add(journal, Profile("Ada"))
    (added,) = undo.changes(journal)
    known.append(journal.last_command)
    journal.named("ada")
    known.append(journal.last_command)
    assert known == [None, added.id, added.id]
