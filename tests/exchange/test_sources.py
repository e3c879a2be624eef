"""The files of an import: which are taken together, and which are refused or passed over."""

import os
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from connect_cli.errors import ConnectError, NotUnderstood
from connect_cli.exchange import export, values
from connect_cli.exchange.normalise import LARGEST_FILE
from connect_cli.exchange.sources import LARGEST_CARDS, read, source, with_stdin
from connect_cli.files import LONGEST_LINE
from connect_cli.journal import people
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.sync import copies
from connect_cli.sync.merge import Outcome
from tests.exchange.copies import journal_at

CARD = "BEGIN:VCARD\nVERSION:3.0\nUID:u-1\nFN:Ada Lovelace\nEND:VCARD\n"
Open = Callable[..., Journal]


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """A file with one card."""
    file = tmp_path / "ada.vcf"
    file.write_text(CARD, encoding="utf-8")
    return file


@pytest.fixture
def huge(tmp_path: Path) -> Path:
    """A file that is a byte larger than any that is read; it takes no room."""
    file = tmp_path / "huge.vcf"
    with file.open("wb") as stream:
        stream.write(CARD.encode())
        stream.truncate(LARGEST_CARDS + 1)
    return file


@pytest.fixture
def pipe() -> Iterator[Path]:
    """A pipe with a card in it by its name, as a shell gives it to a command for `<(…)`."""
    out, into = os.pipe()
    os.write(into, CARD.encode())
    os.close(into)
    yield Path(f"/dev/fd/{out}")
    os.close(out)


def met(journal: Journal, file: Path, *, rehearse: bool = False) -> Outcome:
    """What became of a copy, or would."""
    return copies.merge_copy(journal, file, lambda _: None, rehearse=rehearse)


def test_files_of_several_formats_are_not_taken_together(tmp_path: Path, card: Path) -> None:
    """They are named, and nothing is guessed; a format that is said holds for all of them."""
    table = tmp_path / "people.csv"
    table.write_text("Name,Email\nAda,ada@example.org\n", encoding="utf-8")
    with pytest.raises(NotUnderstood, match="different formats: csv, vcard"):
        source([card, table], None)
    assert source([card, table], "vcard").files == (card, table)


@pytest.mark.parametrize("name", ["jsonl", "ics", "mail", "vcard", "csv"])
def test_a_format_is_said_in_any_case(card: Path, name: str) -> None:
    """Whatever stands in the file; of the journal's own, calendars and mail too."""
    assert source([card], f" {name.upper()} ").format == name


def test_a_format_that_there_is_not_is_refused(card: Path) -> None:
    """With all that there are."""
    with pytest.raises(NotUnderstood, match="unknown format 'paper'") as wrong:
        source([card], "paper")
    assert "jsonl, ics, mail, vcard" in str(wrong.value.hint)


def test_a_folder_without_cards_is_refused(tmp_path: Path) -> None:
    """Cards in the folders within it count."""
    (tmp_path / "within").mkdir()
    with pytest.raises(NotUnderstood, match="has no cards"):
        source([tmp_path], None)
    file = tmp_path / "within" / "ADA.VCF"
    file.write_text(CARD, encoding="utf-8")
    assert source([tmp_path], None).files == (file,)


@pytest.mark.parametrize("text", ["", "\n", "no card", "BEGIN:VCALENDAR\n", "BEGIN:VCARD\nFN:A"])
def test_a_broken_card_in_a_folder_stops_no_other(card: Path, text: str) -> None:
    """It is told with its name, and the others are read."""
    (card.parent / "broken.vcf").write_text(text, encoding="utf-8")
    first, second = read(source([card.parent], None))
    assert [one.name for one in first.contacts] == ["Ada Lovelace"]
    assert second.contacts == []
    assert second.unread[0].place.startswith("broken.vcf")


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    """Others are called by their names alone."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "ada.vcf").write_text(CARD, encoding="utf-8")
    (tmp_path / "b" / "grace.vcf").write_text(CARD, encoding="utf-8")
    places = [each.contacts[0].place for each in read(source([tmp_path], None))]
    assert places == [
        f"{tmp_path}/a/ada.vcf, line 1",
        f"{tmp_path}/b/ada.vcf, line 1",
        "grace.vcf, line 1",
    ]


def test_a_file_that_is_too_large_is_passed_over(card: Path, huge: Path) -> None:
    """It is told, and the others are read."""
    first, second = read(source([huge, card], None))
    assert [(one.place, one.reason) for one in first.unread] == [
        ("huge.vcf", "it is larger than 1024 MB")
    ]
    assert first.contacts == []
    assert [one.name for one in second.contacts] == ["Ada Lovelace"]


def test_a_table_is_read_whole_or_not_at_all(tmp_path: Path, card: Path) -> None:
    """What stands in memory may be less than what is read card by card."""
    file = tmp_path / "people.csv"
    with file.open("wb") as stream:
        stream.write(b"Name,Email\nAda,ada@example.org\n")
        stream.truncate(LARGEST_FILE + 1)
    (found,) = read(source([file], "csv"))
    assert [one.reason for one in found.unread] == ["it is larger than 64 MB"]


def test_cards_beyond_what_is_taken_at_once_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told where that begins; the rest is read, so that a change meanwhile is seen."""
    monkeypatch.setattr(values, "MOST_PEOPLE", 1)
    file = tmp_path / "all.vcf"
    file.write_text(CARD + GRACE * 1000, encoding="utf-8")
    (found,) = read(source([file], None))
    assert [one.name for one in found.contacts] == ["Ada Lovelace"]
    assert [one.reason for one in found.unread] == [values.TOO_MANY]


@pytest.mark.parametrize("format_name", [None, "vcard"])
def test_what_is_piped_in_lies_in_a_private_file_meanwhile(
    tmp_path: Path, format_name: str | None
) -> None:
    """Whole, beside the journal, whatever was read of it to see what it is."""
    stream, other = BytesIO(CARD.encode()), Path("other.vcf")
    (tmp_path / "here").mkdir()
    beside = tmp_path / "here" / "journal.db"
    with with_stdin([Path("-"), other], stream, format_name, beside) as (file, second):
        assert file.parent.parent == beside.parent
        assert [path.stat().st_mode & 0o777 for path in (file.parent, file)] == [0o700, 0o600]
        assert file.read_text(encoding="utf-8") == CARD
        assert second == other
    assert not list(beside.parent.iterdir())


GRACE = CARD.replace("u-1", "u-2").replace("Ada Lovelace", "Grace Hopper")


@pytest.mark.parametrize("name", ["nowhere.vcf", "folder"])
def test_what_cannot_be_opened_is_told_by_its_name(
    journal: Journal, tmp_path: Path, name: str
) -> None:
    """A file that is not there, and a folder where a file is needed."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(ConnectError, match=f"cannot read .*{name}: .*(No such file|directory)"):
        met(journal, tmp_path / name)


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="pipes have names elsewhere")
def test_a_pipe_is_refused(pipe: Path) -> None:
    """A file is looked at twice, for its format and for what it holds."""
    with pytest.raises(ConnectError, match="is not a regular file"):
        source([pipe], None)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Another copy of a journal, with two people."""
    file = tmp_path / "copy.jsonl"
    with journal_at(tmp_path / "elsewhere" / "journal.db") as journal:
        people.add(journal, Profile("Ada Lovelace"))
        people.add(journal, Profile("Grace Hopper"))
        file.write_text(
            "".join(f"{line}\n" for line in export.lines_of_everything(journal)), "utf-8"
        )
    return file


@pytest.mark.parametrize("before", ["nothing", "read", "written"])
def test_a_rehearsal_tells_what_would_come_and_keeps_nothing(
    open_journal: Open, journal_file: Path, copy: Path, before: str
) -> None:
    """Whether there is a journal or none, and whether this command has written to it already."""
    here = {"nothing": [], "read": ["Tom"], "written": ["Tom", "Uma"]}[before]
    for name in here[:1]:
        people.add(open_journal(), Profile(name))
    journal = open_journal()
    for name in here[1:]:
        people.add(journal, Profile(name))
    assert met(journal, copy, rehearse=True).new == {"person": 2}
    assert sorted(one.name for one in journal.known()) == here
    assert journal_file.exists() == bool(here)
    assert met(journal, copy, rehearse=True) == met(journal, copy)
    assert sorted(one.name for one in journal.known()) == ["Ada Lovelace", "Grace Hopper", *here]
    for again in (journal, open_journal()):
        assert met(again, copy, rehearse=True) == Outcome()


def test_a_line_that_is_too_long_is_left_out_alone(journal: Journal, copy: Path) -> None:
    """However long it is, it is one line: those around it are taken in, and the count is right."""
    header, first, second, _ = copy.read_text(encoding="utf-8").splitlines()
    endless = '{"type": "' + "x" * (2 * LONGEST_LINE)
    end = '{"type": "end", "lines": 3}'
    copy.write_text("\n".join([header, first, endless, second, end]), encoding="utf-8")
    outcome = met(journal, copy)
    assert outcome.left_out == [("line 3", f"longer than {LONGEST_LINE // 2**20} MB")]
    assert outcome.new == {"person": 2}
