"""Circles as rows of the journal: taken over once, changed, undone, met by another copy."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.journal import circles, undo
from connect_cli.journal.journal import Journal
from connect_cli.model import Cadence
from connect_cli.settings import PRESET_CIRCLES, Settings, from_table
from tests.exchange.copies import exported, journal_at, meet

Open = Callable[..., Journal]
FILE = from_table({"circles": {"Choir": "2w", "inner": "1w", "book  club": "1m"}})


@pytest.fixture
def journal(open_journal: Open) -> Iterator[Journal]:
    """A journal whose owner names circles in config.toml."""
    with closing(open_journal(settings=FILE)) as opened:
        yield opened


def said(journal: Journal) -> dict[str, str]:
    """The circles that the journal keeps."""
    return {name: str(cadence) for name, cadence in circles.kept(journal).items()}


def test_they_are_taken_over_once(journal: Journal) -> None:
    """In one command; a preset that the file names is one of them."""
    assert circles.take_over(journal) == ["choir", "inner", "book club"]
    assert said(journal) == {"book club": "1m", "choir": "2w", "inner": "1w"}
    (command,) = undo.changes(journal)
    assert (command.verb, command.words) == (
        "config",
        "circles.choir 2w, circles.inner 1w, circles.book club 1m",
    )
    assert circles.take_over(journal) == []
    assert len(undo.changes(journal)) == 1


def test_what_the_journal_keeps_is_not_taken_over_again(journal: Journal) -> None:
    """It may be newer, and from another machine."""
    circles.keep(journal, {"choir": Cadence(3, "m")})
    assert circles.take_over(journal) == ["inner", "book club"]
    assert said(journal)["choir"] == "3m"


def test_a_file_without_circles_begins_no_journal(open_journal: Open, journal_file: Path) -> None:
    """There is nothing to write."""
    assert circles.take_over(open_journal()) == []
    assert not journal_file.exists()


def test_a_name_that_is_too_long_is_refused_and_nothing_is_written(
    open_journal: Open, journal_file: Path
) -> None:
    """The journal takes names as it takes those of people."""
    long = from_table({"circles": {"choir": "2w", "x" * 300: "1w"}})
    journal = open_journal(settings=long)
    with pytest.raises(NotUnderstood, match="up to 200 letters"):
        circles.take_over(journal)
    assert not circles.are_kept(journal)
    assert not journal_file.exists()


def test_a_circle_is_in_force_at_once_and_no_longer_once_undone(journal: Journal) -> None:
    """What was read is forgotten with every write."""
    assert str(journal.settings.circles["choir"]) == "2w"
    circles.keep(journal, {"choir": Cadence(3, "m")})
    assert str(journal.settings.circles["choir"]) == "3m"
    assert journal.settings is journal.settings
    undo.undo(journal, undo.undoable(journal, "1"))
    assert str(journal.settings.circles["choir"]) == "2w"
    undo.redo(journal, undo.redoable(journal))
    assert str(journal.settings.circles["choir"]) == "3m"


def test_the_same_again_is_no_command(journal: Journal) -> None:
    """Nothing changes, so nothing is recorded."""
    for _ in range(2):
        circles.keep(journal, {"choir": Cadence(3, "m")})
    assert len(undo.changes(journal)) == 1


def test_a_circle_that_is_dropped_leaves_what_the_file_says(journal: Journal) -> None:
    """One that the journal does not keep is dropped without a command."""
    circles.keep(journal, {"choir": Cadence(3, "m")})
    for _ in range(2):
        circles.drop(journal, "choir")
        assert str(journal.settings.circles["choir"]) == "2w"
    assert [one.words for one in undo.changes(journal)] == [
        "circles.choir none",
        "circles.choir 3m",
    ]


def test_what_is_rehearsed_is_forgotten(journal: Journal) -> None:
    """A rehearsal leaves nothing, in the file or in what was read, with or without a writer."""
    circles.keep(journal, {"choir": Cadence(3, "m")})
    for one in (journal, Journal(journal.context)):
        with closing(one):
            with one.command("test", "rehearsed", rehearse=True) as rows:
                rows.set_circle("choir", Cadence(1, "y"))
                rows.flush()
                assert str(one.settings.circles["choir"]) == "1y"
            assert str(one.settings.circles["choir"]) == "3m"


def test_settings_of_the_machine_do_not_open_the_journal(journal: Journal) -> None:
    """The day of a run, and how much room copies take, are known whatever stands in it."""
    assert journal.today_is.year == 2026
    assert journal.context.settings.backups_most == 200_000_000
    assert journal._connection is None


def test_two_machines_that_make_one_circle_have_one(tmp_path: Path) -> None:
    """The cadence said later stays, on both."""
    one, other = tmp_path / "one.db", tmp_path / "other.db"
    for path, minute, cadence in ((one, 1, "2w"), (other, 2, "1m")):
        with journal_at(path, minute) as journal:
            circles.keep(journal, {"choir": Cadence.parse(cadence)})
    meet(one, exported(other), 10)
    meet(other, exported(one), 20)
    meet(one, exported(other), 30)  # which of the two rows has gone is known to one of them
    for path in (one, other):
        with journal_at(path, 40) as journal:
            assert said(journal) == {"choir": "1m"}
            assert str(journal.settings.circles["choir"]) == "1m"
    assert exported(one) == exported(other)


def test_the_rules_of_what_holds() -> None:
    """Presets, then the file, then the journal; and which lines of the file decide nothing."""
    assert Settings().circles is PRESET_CIRCLES
    kept = {"choir": Cadence(3, "m"), "inner": Cadence(1, "w"), "band": Cadence(1, "d")}
    assert FILE.with_circles({}) is FILE
    assert FILE.with_circles(kept).circles == {**PRESET_CIRCLES, **FILE.file_circles, **kept}
    assert FILE.unused_circles(kept) == {"choir": Cadence(2, "w")}
    assert FILE.unused_circles({}) == {}
