"""A conflicted copy beside the journal is found and read, and what brings it in can be typed."""

import re
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from connect_cli.conflict_names import LIKELY, SURE
from connect_cli.reports import Finding
from connect_cli.safety import doctor, synced_folders
from connect_cli.safety.synced_folders import MARKS, way_in
from connect_cli.store import checked_copy, database, sqlite
from tests.cli.terminals import finished, terminals
from tests.conftest import Connect
from tests.safety.test_encryption import KEY
from tests.store.journals import NOW, TODAY, log, people

NAMES = [
    "journal.sync-conflict-20260312-090000-ABCDEFG.db",
    "journal (Ada's conflicted copy 2026-03-12).db",
    "journal (conflicted copy 2026-03-12 090000).db",
    'journal (In Konflikt stehende Kopie von Ada "Lap" 2026-03-12).db',
    "journal (1).db",
    "journal_conflict-20260312-090000.db",
    "journal 2.db",
    "journal-ADAS-LAPTOP.db",
    "journal.Conflict.db",
    "journal [conflicted].db",
    "journal copy.db",
]


def beside(journal: Path, name: str) -> Path:
    """A conflicted copy, in which another computer has written."""
    copy = journal.with_name(name)
    shutil.copyfile(journal, copy)
    log(copy, "Grace Hopper", "compilers")
    return copy


def found(journal: Path) -> list[Finding]:
    """What the doctor says of copies."""
    report = doctor.diagnose(journal, NOW, TODAY)
    return [each for each in report.findings if each.what == "conflicted copy"]


@pytest.fixture
def journal(journal_file: Path) -> Path:
    """A journal with Ada in it."""
    log(journal_file, "Ada Lovelace", "she is moving to Boston")
    return journal_file


def test_each_ending_has_a_name() -> None:
    """None of the rules is without one."""
    for ending in SURE + LIKELY:
        shape = rf"journal{ending}\.db"
        assert any(re.fullmatch(shape, name) for name in NAMES), ending


@pytest.mark.parametrize("name", NAMES)
def test_it_is_found_by_its_name_and_read(journal: Path, name: str) -> None:
    """It says what the journal lacks; nothing is made beside the copy, and nothing changed."""
    copy = beside(journal, name)
    before = {path.name: path.read_bytes() for path in journal.parent.glob("*.db*")}
    (one,) = found(journal)
    assert one.said == (
        f"{copy} is another copy of the journal: the journal lacks 1 of its people and 1 of its"
        " interactions"
    )
    assert one.command == way_in(copy)
    assert one.standing == "left"
    assert {path.name: path.read_bytes() for path in journal.parent.glob("*.db*")} == before


@pytest.mark.parametrize(
    ("shell", "name"),
    [
        *(pytest.param("sh", name, marks=pytest.mark.slow) for name in NAMES[:3]),  # 1 s each
        *(("sh", NAMES[3]), ("bash", NAMES[1]), ("zsh", NAMES[3])),
    ],
)
def test_what_it_says_brings_it_in_when_typed(journal: Path, name: str, shell: str) -> None:
    """In a real shell, whatever stands in the name; all of it arrives, and one undo is enough."""
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} here")
    copy = beside(journal, name)
    typed(shell, found(journal)[0].command)
    assert people(journal) == ["Ada Lovelace", "Grace Hopper"]
    assert "all people and interactions in it are here" in found(journal)[0].said
    copy.unlink()
    typed(shell, "connect undo --yes")
    assert people(journal) == ["Ada Lovelace"]


def typed(shell: str, line: str) -> None:
    """A line in a shell that knows `connect`."""
    here = Path(sys.executable).parent
    words = [shell, "-c", f'PATH="{here}:$PATH"; {line}']
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done


@pytest.mark.parametrize(
    "name",
    [
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("COPY.db", "-copy.db")),
        "-a copy's (2).db",  # whatever the others have
    ],
)
def test_import_says_the_same_of_a_journal(
    journal: Path, connect: Connect, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of the journal's own sort is not read as another format, and its hint leads on."""
    copy = beside(journal, name)
    monkeypatch.chdir(copy.parent)
    answer = connect("import", "--", name)
    assert answer.code == 2
    assert answer.err.splitlines() == [
        f"connect: {name} is a journal and has to be exported first",
        f"hint: import it with: {way_in(Path(name))}",
    ]
    typed("sh", answer.err.splitlines()[1].removeprefix("hint: import it with: "))
    assert people(journal) == ["Ada Lovelace", "Grace Hopper"]


def test_a_journal_that_is_piped_in_has_no_name(journal: Path, process: Connect) -> None:
    """The hint names one in its place."""
    program = f"'{sys.executable}' -m connect_cli import - < '{journal}'"
    done = subprocess.run(["sh", "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "connect --journal COPY.db export jsonl | connect import - --yes" in done.stderr


def test_an_encrypted_copy_is_read_by_the_key_of_the_journal(
    journal: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is asked for another; one of another key is named without being read."""
    monkeypatch.setenv("CONNECT_KEY", KEY)
    copy = journal.with_name(NAMES[1])
    assert connect("encrypt", "--yes").code == 0
    shutil.copyfile(journal, copy)
    assert connect("--journal", str(copy), "add", "Grace Hopper").code == 0
    report = connect("doctor")
    assert "the journal lacks 1 of its people and 0 of its interactions" in report.out
    monkeypatch.setenv("CONNECT_NEW_KEY", "another key")
    assert connect("--journal", str(copy), "encrypt", "--yes").code == 0
    monkeypatch.delenv("CONNECT_NEW_KEY")
    assert "which cannot be read now" in connect("doctor").out
    refused = connect("import", str(copy))
    assert refused.code == 2
    assert f"if it is an encrypted journal, import it with: {way_in(copy)}" in refused.err


def test_what_is_no_copy_is_passed_over(journal: Path) -> None:
    """Copies that a command made, other files, and databases of other programs."""
    with closing(database.open_to_read(journal)) as connection:
        checked_copy.copy_to(connection, journal.with_name("journal-2026-11-23.db"))
    journal.with_name("journal 2.db").write_text("a diary\n")
    with closing(sqlite.connect(str(journal.with_name("journal-theirs.db")))) as connection:
        connection.execute("CREATE TABLE diary (day)")
    journal.with_name("journal 3.db").symlink_to("nowhere")
    journal.with_name("journal 4.db").mkdir()
    assert found(journal) == []


def test_a_damaged_copy_is_named(journal: Path) -> None:
    """What is wrong with it is said, and the journal's own report goes on."""
    copy = beside(journal, NAMES[0])
    content = copy.read_bytes()
    copy.write_bytes(content[:8192] + b"\x55" * 32_768 + content[40_960:])
    (one,) = found(journal)
    assert "which cannot be read now" in one.said


@pytest.mark.parametrize("words", [("doctor",), ("import", "COPY")])
def test_what_is_to_be_typed_stands_in_one_piece_at_a_terminal(
    journal: Path, words: tuple[str, ...]
) -> None:
    """However narrow it is: a line break that came along would end the command."""
    copy = beside(journal, NAMES[1])
    with terminals() as terminal:
        child = terminal(*(word.replace("COPY", str(copy)) for word in words), width=60)
        finished(child)
        assert f"{way_in(copy)}\r\n" in (child.before or "")


CALLED = {
    "OneDrive - *": "OneDrive - Firm & Co",
    "GoogleDrive-*": "GoogleDrive-ada@example.org",
    ".sync_*.db": ".sync_a1b2c3.db",
    "._sync_*.db": "._sync_a1b2c3.db",
}
"""A name for each pattern that is none itself."""

NAMED = [(mark.program, pattern) for mark in MARKS for pattern in mark.called]
MARKED = [(mark.program, pattern) for mark in MARKS for pattern in mark.holds]


def found_in_folder(folder: Path) -> list[str]:
    """What the doctor says of a journal deep in a folder."""
    journal = folder / "notes" / "connect" / "journal.db"
    log(journal, "Ada")
    report = doctor.diagnose(journal, NOW, TODAY)
    return [each.said for each in report.findings if each.what == "synced folder"]


def test_every_pattern_has_a_name_that_fits() -> None:
    """None is left out of the tests below."""
    patterns = {pattern for _, pattern in (*NAMED, *MARKED) if "*" in pattern}
    assert patterns == set(CALLED)
    assert all(mark.called or mark.holds for mark in MARKS)


@pytest.mark.parametrize(("program", "pattern"), NAMED)
def test_a_folder_is_known_by_its_name(tmp_path: Path, program: str, pattern: str) -> None:
    """Wherever in it the journal lies; the program is named, and the folder."""
    folder = tmp_path / CALLED.get(pattern, pattern)
    assert found_in_folder(folder) == [
        f"the journal lies in {folder}, which {program} synchronises"
    ]


@pytest.mark.parametrize(("program", "pattern"), MARKED)
def test_a_folder_is_known_by_what_lies_in_it(tmp_path: Path, program: str, pattern: str) -> None:
    """The same."""
    mark = tmp_path / "mine" / CALLED.get(pattern, pattern)
    mark.parent.mkdir(parents=True)
    mark.touch()
    folder = tmp_path / "mine"
    assert found_in_folder(folder) == [
        f"the journal lies in {folder}, which {program} synchronises"
    ]


@pytest.mark.parametrize("name", ["Documents", "onedrive-backup", "My Dropbox notes", "sync"])
def test_other_folders_are_not(tmp_path: Path, name: str) -> None:
    """A name that only resembles one is none."""
    assert found_in_folder(tmp_path / name) == []


def test_the_settings_of_dropbox_in_a_home_are_no_mark(tmp_path: Path) -> None:
    """There `.dropbox` is a folder, and whoever uses Dropbox has one."""
    (tmp_path / ".dropbox").mkdir()
    assert found_in_folder(tmp_path) == []


def test_a_link_leads_to_where_the_journal_really_lies(tmp_path: Path) -> None:
    """A link into such a folder does not hide it, and one out of it is no mark."""
    synced = tmp_path / "OneDrive"
    log(synced / "journal.db", "Ada")
    link = tmp_path / "journal.db"
    link.symlink_to(synced / "journal.db")
    (finding,) = synced_folders.synced_folder(link)
    assert finding.what == "synced folder"
    assert "keep one journal with connect sync --setup FOLDER." in finding.remedy
    inside, outside = synced / "link.db", tmp_path / "own.db"
    log(outside, "Ada")
    inside.symlink_to(outside)
    assert [*synced_folders.synced_folder(inside)] == []


def test_it_is_left_to_do_and_says_what(tmp_path: Path) -> None:
    """It is no damage: the journal is read and written as ever."""
    journal = tmp_path / "Dropbox" / "journal.db"
    log(journal, "Ada")
    (journal.parent / ".dropbox.cache").mkdir()
    report = doctor.mend(journal, NOW, date(2026, 11, 23))
    (one,) = [each for each in report.findings if each.what == "synced folder"]
    assert (one.standing, report.damage, report.trouble) == ("left", None, None)
    assert "connect sync --setup FOLDER" in one.remedy
    log(journal, "Grace")
