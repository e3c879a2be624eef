"""Work folders beside the journal: what nobody works in any more is cleared away."""

from contextlib import closing
from pathlib import Path

import pytest

from connect_cli import scratch
from connect_cli.safety import daily_copy
from connect_cli.store import database
from tests.safety.test_doctor import mended
from tests.safety.test_encryption import seal
from tests.store.journals import TODAY, log, well


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal that is well, with the copy of the day."""
    return well(tmp_path)


def test_a_folder_that_nobody_works_in_any_more_is_found_at_once(journal: Path) -> None:
    """What was to be encrypted, or no more, may lie in it; one in use is nobody's business."""
    left = journal.with_name(".journal.db.abc.new")
    left.mkdir()
    (left / "journal.db").write_bytes(journal.read_bytes())
    with scratch.workroom(journal) as used:
        report = mended(journal)
        assert [finding.said.split()[0] for finding in report.findings] == [left.name]
        assert used.is_dir()
    assert not left.exists()


def test_what_a_killed_command_left_behind_is_removed(journal: Path) -> None:
    """It may hold what the journal holds; what another process still works in stays."""
    left = journal.with_name(".journal.db.abc.new")
    left.mkdir()
    (left / "journal.db").write_bytes(journal.read_bytes())
    with scratch.workroom(journal) as used:
        seal(journal)
        assert used.is_dir()
    assert not left.exists()


def test_what_was_left_behind_goes_with_the_copy_of_the_day(journal: Path) -> None:
    """In a journal whose name is a pattern too."""
    odd = journal.with_name("x[1]*.db")
    log(odd, "Ada Lovelace")
    left = odd.with_name(f".{odd.name}.abc.new")
    left.mkdir()
    (left / "journal.db").write_bytes(b"readable")
    with closing(database.open_to_read(odd)) as source:
        daily_copy.make_daily(source, odd, TODAY)
    assert not left.exists()


def test_ctrl_c_while_a_folder_is_removed_leaves_nothing(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It interrupts once the folder is gone."""
    real, calls = scratch.remove, []

    def interrupted(left: Path) -> None:
        calls.append(left)
        if len(calls) == 1:
            raise KeyboardInterrupt
        real(left)

    monkeypatch.setattr(scratch, "remove", interrupted)
    with pytest.raises(KeyboardInterrupt), scratch.workroom(journal) as room:
        (room / "journal.db").touch()
    assert len(calls) == 2
    assert not list(scratch.left_over(journal))
