"""What these tests share: a journal with everything in it, and where it may lie."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from connect_cli.store import database
from tests.conftest import Begin, Connect
from tests.faults.situations import BEGINNING, SITUATIONS, by_key
from tests.safety.test_encryption import KEY

CARD = "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:z\r\nFN:Zoe Zander\r\nEND:VCARD\r\n"


@pytest.fixture
def kept(begin: Begin, journal_file: Path) -> Path:
    """A journal on which every command has something to do."""
    begin(*BEGINNING)
    return journal_file


@pytest.fixture
def with_changes(kept: Path, connect: Connect, tmp_path: Path) -> Path:
    """The same journal with an interaction that stands in the -wal alone."""
    saved = tmp_path / "saved"
    with closing(database.open_current(kept, by_key)) as reader:
        reader.execute("SELECT count(*) FROM person").fetchone()
        for words in (("log", "coffee with ada: only in the wal"), ("add", "Zed"), ("undo", "-y")):
            assert connect(*words).code == 0
        shutil.copytree(kept.parent, saved)
    shutil.rmtree(kept.parent)
    shutil.copytree(saved, kept.parent)
    return kept


@pytest.fixture
def brought(request: pytest.FixtureRequest, how: str) -> Iterator[Path]:
    """The journal, whose folder can be removed again afterwards."""
    name = "with_changes" if SITUATIONS[how].with_changes else "kept"
    journal: Path = request.getfixturevalue(name)
    yield journal
    for path in (journal.parent, *journal.parent.iterdir()):
        path.chmod(0o700)


@pytest.fixture
def elsewhere(tmp_path: Path, connect: Connect) -> Path:
    """A folder that may be written, with what an import and a restore need, and the inbox."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "card.vcf").write_text(CARD)
    (folder / "inbox").mkdir()
    (folder / "inbox" / "phone.txt").write_text("tea with ada: written on the phone\n")
    assert connect("inbox", "--setup", str(folder / "inbox")).code == 0
    other = ("--journal", str(folder / "other.db"))
    assert connect(*other, "add", "Somebody Else").code == 0
    assert connect(*other, "export", "jsonl", str(folder / "all.jsonl")).code == 0
    return folder


@pytest.fixture
def changing(monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor that changes something, and a key to encrypt by."""
    monkeypatch.setenv("EDITOR", "sed -i 's/^every: .*/every: 3m/'")
    monkeypatch.setenv("CONNECT_KEY", KEY)
