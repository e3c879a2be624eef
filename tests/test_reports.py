"""What the values of reports decide themselves: what a copy is for, what is left to mend."""

from datetime import date
from pathlib import Path

import pytest

from connect_cli.reports import Copy, Finding, Preview


@pytest.mark.parametrize(
    ("label", "by_hand", "sound"),
    [
        *[("", False, True), ("by-hand", True, True), ("by-hand-2", True, True)],
        *[("damaged", False, False), ("damaged-3", False, False)],
        *[("before-restore", False, False), ("before-restore-2", False, False)],
        ("before-import", False, True),
    ],
)
def test_a_copy_says_by_its_label_whether_it_may_be_relied_on(
    label: str, by_hand: bool, sound: bool
) -> None:
    """Numbers behind it mean nothing; a daily copy has none."""
    copy = Copy(Path("journal.db"), date(2026, 11, 23), label)
    assert (copy.by_hand, copy.sound) == (by_hand, sound)


@pytest.mark.parametrize(
    ("note", "mended", "standing"),
    [
        (False, False, "left"),
        (True, False, "note"),
        (False, True, "mended"),
        (True, True, "mended"),
    ],
)
def test_a_finding_is_left_unless_it_is_a_note_or_mended(
    note: bool, mended: bool, standing: str
) -> None:
    """What was mended is that, even if nothing had to be done."""
    assert Finding("x", "x", "x", note=note, mended=mended).standing == standing


@pytest.mark.parametrize(
    ("remedy", "command", "said"),
    [
        ("", "", ""),
        ("Restore a copy:", "", "Restore a copy:"),
        ("", "connect restore", "connect restore"),
        ("Restore a copy:", "connect restore", "Restore a copy: connect restore"),
    ],
    ids=range(4),
)
def test_a_remedy_and_its_command_are_one_line(remedy: str, command: str, said: str) -> None:
    """Without a space where one of them is missing."""
    assert Finding("x", "x", "x", remedy, command).in_full == said


@pytest.mark.parametrize(
    ("view", "writes"),
    [
        (Preview("vcard"), False),
        (Preview("vcard", known=3, remarks=("odd",)), False),
        (Preview("vcard", new={"person": 1}), True),
        (Preview("vcard", changed={"person": 1}), True),
        (Preview("jsonl", taken_away={"person": 1}), True),
    ],
    ids=["nothing", "known", "new", "changed", "taken away"],
)
def test_an_import_writes_when_a_row_comes_changes_or_goes(view: Preview, writes: bool) -> None:
    """What is known already and what is remarked on is nothing to write."""
    assert view.writes is writes
