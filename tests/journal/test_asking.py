"""What the journal does with the answers it gets, and with values that a form may hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.journal import history, log, people
from connect_cli.journal.journal import Context, Journal
from connect_cli.journal.log import LogOptions
from connect_cli.journal.people import Profile
from connect_cli.settings import Settings
from tests.conftest import MORNING
from tests.journal.answering import Answering

Opened = Callable[[Answering], Journal]


@dataclass(frozen=True)
class Remembering(Answering):
    """Adds everybody who is unknown, and keeps whom it was asked about."""

    asked: list[str] = field(default_factory=list)

    def unknown(self, typed: str, near: Sequence[str]) -> str:
        """The same name."""
        del near
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
    """Whoever is added first may be called shortly by the rest of the entry, and is no question."""
    answers = Remembering()
    logged = log.log(asked(answers), "", LogOptions(people=typed, new=new))
    assert [one.name for one in logged.interaction.people] == names
    assert [one.name for one in logged.added] == names
    assert answers.asked == ([] if new else names)


def test_a_form_that_was_left_as_it_is_changes_nothing(journal: Journal) -> None:
    """Neither a person nor an entry, and no command is recorded."""
    people.add(journal, Profile("Ada", emails=("ada@example.org",)))
    person = journal.named("ada")
    entry = log.log(journal, "coffee with Ada yesterday 45m: tea #work").interaction
    said = LogOptions(
        ("Ada",), "coffee", on="2026-11-22", minutes="45m", note="tea #work", tags=("work",)
    )
    before = list(journal.connection.iterdump())
    assert not people.edit(journal, person, people.profile(journal, person))
    assert not log.rewrite(journal, entry, said)
    assert list(journal.connection.iterdump()) == before


def test_a_form_of_an_entry_names_somebody(journal: Journal) -> None:
    """An entry with nobody is none."""
    people.add(journal, Profile("Ada"))
    entry = log.log(journal, "coffee with Ada").interaction
    with pytest.raises(NotUnderstood, match="who was it with"):
        log.rewrite(journal, entry, LogOptions())


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
