"""Lines before they are stored: what is asked, how often, and what an answer makes of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pytest

from connect_cli.errors import NoSuchPerson
from connect_cli.journal import log, loops, memory, people
from connect_cli.journal.answers import Silent
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Context, Journal
from connect_cli.journal.people import Profile
from connect_cli.language.doubts import About, Doubt
from connect_cli.model import Named, Owed, Promise
from connect_cli.settings import Settings
from tests.conftest import MORNING
from tests.journal.answering import Answering

Begin = Callable[[Answering], Journal]


@pytest.fixture
def begin(tmp_path: Path, request: pytest.FixtureRequest) -> Begin:
    """A journal with Ada, Grace and two called Bob, and somebody who answers its questions."""

    def begun(answers: Answering) -> Journal:
        now = datetime.fromisoformat(MORNING).astimezone()
        journal = Journal(Context(tmp_path / "journal.db", now, Settings(), answers))
        request.addfinalizer(journal.close)
        for name in ("Ada Lovelace", "Grace Hopper", "Bob Ross", "Bob Marley"):
            people.add(journal, Profile(name))
        return journal

    return begun


@dataclass(frozen=True)
class Counting(Answering):
    """Keeps what it is asked, and answers a name that nobody has with these, one by one."""

    renamed: list[str | None] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    def which(self, typed: str, candidates: Sequence[Named]) -> Named:
        """The first of them."""
        self.questions.append(typed)
        return candidates[0]

    def unknown(self, typed: str, near: Sequence[str], *, doubtful: bool = False) -> str | None:
        """The next name."""
        del near, doubtful
        self.questions.append(typed)
        return self.renamed.pop(0)


def test_two_days_are_two_interactions_of_one_command(begin: Begin) -> None:
    """Each keeps the whole line as it was typed."""
    journal = begin(Answering())
    line = "coffee with Ada yesterday and today"
    logged = log.log_lines(journal, [line])
    days = sorted(one.interaction.day for one in logged)
    assert [(days[1] - days[0]).days, len(days)] == [1, 2]
    assert {one.interaction.entered for one in logged} == {line}


@pytest.mark.parametrize(
    ("line", "names", "questions"),
    [
        ("coffee with Bob yesterday and today", (), ["Bob"]),
        ("coffee with Gracee yesterday and today", ("Grace Hopper",), ["Gracee"]),
        ("coffee with Zork", ("Zorro", "Zorro"), ["Zork", "Zorro"]),
    ],
    ids=["who of two", "a new name", "another new name"],
)
def test_a_question_is_asked_once_for_a_line(
    begin: Begin, line: str, names: Sequence[str], questions: Sequence[str]
) -> None:
    """Though it names two days; and again only for another name that nobody has."""
    answers = Counting(renamed=list(names))
    log.log_lines(begin(answers), [line])
    assert answers.questions == questions


def test_a_name_of_an_option_is_nobody_else(begin: Begin) -> None:
    """It cannot be kept as a word."""
    with pytest.raises(NoSuchPerson):
        log.log(begin(Counting(renamed=[None])), "coffee", LogOptions(people=("Zork",)))


def test_a_misspelt_kind_stays_a_word_where_nobody_can_be_asked() -> None:
    """It is the one doubt that is no reason to refuse a line."""
    assert Silent().settle(Doubt(About.KIND, "coffe", "not a kind", "write coffee")) is None


def test_a_journal_that_was_not_begun_is_new(tmp_path: Path) -> None:
    """As far as hints are concerned."""
    now = datetime.fromisoformat(MORNING).astimezone()
    journal = Journal(Context(tmp_path / "none.db", now, Settings(), Silent()))
    assert log.is_new(journal)
    journal.close()


def test_promises_come_and_go_with_a_conversation(begin: Begin) -> None:
    """Those of options with the day at their end, those heard in the note, and those closed."""
    journal = begin(Answering())
    said = LogOptions(promises=("send the book friday",))
    (logged,) = log.log_lines(journal, ["coffee with Ada"], said)
    (kept,) = memory.promises(journal, None, kept=False)
    assert (kept.text, kept.due_on is None) == ("send the book", False)
    told = logged.interaction._replace(note="I promised to send her the map")
    (heard,) = loops.heard([told], journal.today_is)
    assert loops.keep_heard(journal, heard).text == "send her the map"
    ada = logged.interaction.people[0]
    gone = Promise("gone", ada, "an old one", Owed.ME, None, None, date(2026, 1, 5))
    loops.close(journal, [kept, gone])
    assert [one.text for one in memory.promises(journal, None, kept=False)] == ["send her the map"]


def test_a_moment_that_cannot_be_read_makes_no_journal_new(begin: Begin) -> None:
    """What was logged is logged, and only the hint at `undo` is missing."""
    journal = begin(Answering())
    journal.connection.execute("UPDATE command SET at = ''")
    assert not log.is_new(journal)
