"""An import, whatever its format: looked at without a trace, then written as it was shown."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from connect_cli.errors import NotThisFormat
from connect_cli.exchange import csv_table, export, sweep
from connect_cli.exchange.import_values import OnMatch
from connect_cli.exchange.imports import TOLD, Choices, Import, prepare
from connect_cli.exchange.sources import source
from connect_cli.exchange.values import Contact
from connect_cli.journal import history, people, selection
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.model import Kind, Named
from connect_cli.reports import AtWord, Preview, Progress, Question, Sort
from tests.exchange.copies import journal_at
from tests.exchange.test_sweep import EVENT

Open = Callable[..., Journal]
CARD = "BEGIN:VCARD\nFN:Ada Lovelace\nEND:VCARD\n"
MAIL = """From ada@example.org Thu Nov 19 10:00:00 2026
From: ada@example.org
To: me@example.org
Date: Thu, 19 Nov 2026 10:00:00 +0000

Tea?
"""


@dataclass
class Recorded:
    """A keyboard at which the same is answered each time, and which keeps what it was shown."""

    answer: OnMatch = "skip"
    asks: bool = False
    journal: Journal | None = None
    bars: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def bar(self, total: int, text: str) -> AbstractContextManager[Progress]:
        """Nothing is drawn."""
        assert total >= 0
        self.bars.append(text)
        return nullcontext(lambda _: None)

    def who(self, contact: Contact, maybe: Sequence[Named]) -> OnMatch:
        """The answer."""
        del contact, maybe
        return self.answer

    def leaves_out(self, sort: Sort, contacts: Sequence[Contact]) -> bool:
        """No."""
        del sort, contacts
        return False

    def people_among(self, words: Sequence[AtWord]) -> None:
        """Nobody can be asked."""
        del words

    def go_through(self, questions: Sequence[Question]) -> None:
        """Log everything."""
        assert self.journal is not None
        for question in questions:
            sweep.answer(self.journal, question, question.kind or Kind.OTHER)

    def tell(self, text: str) -> None:
        """Keep it."""
        self.told.append(text)


@pytest.fixture
def journal(open_journal: Open) -> Journal:
    """A journal with somebody in it."""
    journal = open_journal()
    people.add(journal, Profile("Ada Lovelace", emails=("ada@example.org",)))
    return journal


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Another copy of a journal, with one person more."""
    file = tmp_path / "copy.jsonl"
    with journal_at(tmp_path / "other.db") as other:
        people.add(other, Profile("Grace Hopper"))
        file.write_text("".join(f"{line}\n" for line in export.lines_of_everything(other)))
    return file


def prepared(
    journal: Journal, file: Path, choices: Choices | None = None, keyboard: Recorded | None = None
) -> Import:
    """The one import that a file makes."""
    found = source([file], None if choices is None else choices.format)
    (one,) = prepare(journal, found, choices or Choices(), keyboard or Recorded(journal=journal))
    return one


FILES = {
    "vcard": "BEGIN:VCARD\nFN:Grace Hopper\nEND:VCARD\n",
    "csv": "Name,Email\nGrace Hopper,grace@example.org\n",
    "friends": "### Friends:\n- Grace Hopper\n",
    "mail": MAIL,
    "ics": EVENT.format("Coffee"),
}


@pytest.mark.parametrize("name", [*FILES, "jsonl"])
def test_every_format_is_looked_at_and_then_written(
    journal: Journal, tmp_path: Path, copy: Path, name: str
) -> None:
    """Until then nothing is in the journal; the second time nothing is new."""
    if name == "ics":
        pytest.importorskip("icalendar", reason="the extra `calendar` is not installed")
    file = copy
    if name != "jsonl":
        file = tmp_path / "file"
        file.write_text(FILES[name], encoding="utf-8")
    before = everything(journal)
    one = prepared(journal, file)
    assert (one.preview.format, one.preview.taken) == (name, False)
    assert brings(one.preview)
    assert everything(journal) == before
    one.write()
    assert everything(journal) > before
    assert not brings(prepared(journal, file).preview)


def everything(journal: Journal) -> int:
    """How many people and interactions there are."""
    return len(selection.standings(journal)) + len(history.history(journal))


def brings(view: Preview) -> bool:
    """Whether there is something to write or to ask."""
    return view.writes or bool(view.questions)


def test_a_copy_that_nobody_looks_at_first_is_read_once(journal: Journal, copy: Path) -> None:
    """It is written while it is looked at; writing it afterwards does nothing."""
    keyboard = Recorded()
    one = prepared(journal, copy, Choices(at_once=True), keyboard)
    assert (keyboard.bars, one.preview.new) == (["Importing"], {"person": 1})
    before = everything(journal)
    one.write()
    assert (everything(journal), keyboard.bars) == (before, ["Importing"])


def test_copies_are_looked_at_one_after_the_other(journal: Journal, copy: Path) -> None:
    """Each once the one before is written, for it may hold the same."""
    found = source([copy, copy], None)
    counts = []
    for one in prepare(journal, found, Choices(), Recorded()):
        counts.append(dict(one.preview.new))
        one.write()
    assert counts == [{"person": 1}, {}]


@pytest.mark.parametrize(("asks", "bars"), [(False, ["Reading", "Comparing"]), (True, ["Reading"])])
def test_no_bar_stands_in_the_way_of_questions(
    journal: Journal, tmp_path: Path, bars: list[str], *, asks: bool
) -> None:
    """People are compared while somebody is asked about them."""
    file = tmp_path / "cards.vcf"
    file.write_text(CARD * 200, encoding="utf-8")
    keyboard = Recorded(asks=asks)
    prepared(journal, file, keyboard=keyboard)
    assert keyboard.bars == bars


def test_a_file_of_which_nothing_is_in_the_named_format_is_refused(
    journal: Journal, tmp_path: Path
) -> None:
    """After its first parts were told; of one that was recognised only the preview says so."""
    file = tmp_path / "cards.vcf"
    file.write_text("BEGIN:VCARD\nEND:VCARD\n" * (TOLD + 5), encoding="utf-8")
    keyboard = Recorded()
    with pytest.raises(NotThisFormat, match=r"nothing in cards\.vcf can be read as vcard"):
        prepared(journal, file, Choices(format="vcard"), keyboard)
    assert len(keyboard.told) == TOLD
    assert keyboard.told[0] == "not read: cards.vcf, line 1: the card has no name"
    assert len(prepared(journal, file).preview.unread) == TOLD + 5


@pytest.mark.parametrize("fields", [{}, {"name": "Wer"}], ids=["usual", "mapped"])
def test_what_was_asked_for_reaches_the_rows(
    journal: Journal, tmp_path: Path, fields: dict[str, str]
) -> None:
    """A tag for everybody, and the headings of a table."""
    file = tmp_path / "people.csv"
    file.write_text(f"{fields.get('name', 'Name')},Email\nGrace,g@example.org\n")
    one = prepared(journal, file, Choices("csv", fields, tag="work"))
    assert [person.name for person in one.preview.people] == ["Grace"]
    assert ("tag", "work") in one.preview.people[0].gains


@pytest.mark.parametrize(
    ("labels", "tags"),
    [
        (("* starred", "* starred"), [(), ()]),
        (("* starred ::: Work", ""), [("starred", "work"), ()]),
        (("* starred",), [("starred",)]),
    ],
)
def test_a_mark_that_stands_on_everybody_is_no_tag(
    labels: tuple[str, ...], tags: list[tuple[str, ...]]
) -> None:
    """It tells nobody apart."""
    rows = "".join(f"Ada {number},{label}\n" for number, label in enumerate(labels))
    found = csv_table.read(f"Name,Labels\n{rows}".encode())
    found.unmark()
    assert [one.tags for one in found.contacts] == tags
