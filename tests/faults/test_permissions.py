"""What keeps somebody from reading or writing is named, and mended where that is right."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from connect_cli.store import copies
from tests.faults.situations import (
    SITUATIONS,
    answers_there,
    beside,
    in_use,
    leave_others_changes,
    leave_others_index,
    only_root,
)
from tests.faults.test_files import held, no_rights
from tests.faults.working import ran

MENDED = [
    *("a closed folder", "changes in a closed folder", "a closed file", "a closed file and folder"),
    *("somebody else's empty -wal", "somebody else's changes", "a closed index"),
]


@pytest.mark.parametrize("how", MENDED)
def test_the_doctor_gives_the_rights_back(brought: Path, how: str) -> None:
    """It names what is at fault; once it is mended everything is there and can be written."""
    SITUATIONS[how].prepare(brought)
    looked, fixed, logged, shown, well = answers_there(
        [
            *[("doctor",), ("doctor", "--fix"), ("log", "coffee with ada: after all")],
            *[("history",), ("doctor",)],
        ],
        *(how, brought),
    )
    assert looked.code == 1
    assert SITUATIONS[how].reason in looked.out
    assert "'connect doctor --fix' mends it." in looked.out
    assert (fixed.code, logged.code, well.code) == (0, 0, 0), (fixed, logged, well)
    assert "mended\tread only\t" in fixed.out
    assert "after all" in shown.out
    assert ("only in the wal" in shown.out) is SITUATIONS[how].with_changes


@pytest.mark.parametrize("how", [one for one in SITUATIONS if one not in MENDED])
def test_the_doctor_leaves_what_is_meant_so(brought: Path, how: str) -> None:
    """A read-only disk and somebody else's file ask for nothing, and nothing is changed."""
    SITUATIONS[how].prepare(brought)
    before = held(brought)
    for answer in answers_there([("doctor",), ("doctor", "--fix")], how, brought):
        assert answer.code == 0, answer
        assert f"note\tread only\tthe journal cannot be written: {SITUATIONS[how].reason}" in (
            answer.out
        )
    assert held(brought) == before


@pytest.mark.parametrize("how", [one for one in SITUATIONS if one not in MENDED])
def test_the_doctor_promises_nothing_of_what_it_cannot_write(brought: Path, how: str) -> None:
    """That there is no copy is said, but not that `--fix` would make one here."""
    shutil.rmtree(copies.folder_of(brought))
    SITUATIONS[how].prepare(brought)
    for answer in answers_there([("doctor",), ("doctor", "--fix")], how, brought):
        assert "left\tno copy\t" in answer.out
        assert "--fix" not in answer.out
        assert "It can be mended where the journal can be written." in answer.out


@no_rights
@only_root
def test_changes_that_nobody_here_may_read_are_never_passed_over(with_changes: Path) -> None:
    """Nothing older is shown instead, nothing thrown away, and the command that helps is said."""
    leave_others_index(with_changes)
    before = held(with_changes)
    answers = ran(
        [("history",), ("log", "tea with ada"), ("doctor",), ("doctor", "--fix"), ("prompt",)],
        without_rights=True,
        env={"CONNECT_JOURNAL": str(with_changes)},
    )
    wal = beside(with_changes, "-wal")
    for answer in answers[:4]:
        assert answer.code == 5, answer
        assert "cannot be read: journal.db-wal, which holds what was written last" in answer.err
        assert f"sudo chown 0:0 {wal}" in answer.err
    assert (answers[4].code, answers[4].out) == (0, "")
    assert held(with_changes) == before


@no_rights
@only_root
def test_nothing_is_taken_over_while_somebody_has_the_journal_open(with_changes: Path) -> None:
    """What lies beside it is in use then."""
    with in_use(with_changes):
        leave_others_changes(with_changes)
        before = held(with_changes)
        (answer,) = ran(
            [("doctor", "--fix")], without_rights=True, env={"CONNECT_JOURNAL": str(with_changes)}
        )
        assert (answer.code, "left\tread only" in answer.out) == (1, True), answer
        assert held(with_changes) == before


def nothing_readable(journal: Path) -> None:
    journal.chmod(0)


def nothing_to_be_seen(journal: Path) -> None:
    journal.chmod(0)
    journal.parent.chmod(0)


@no_rights
@pytest.mark.parametrize(
    ("close", "reason"),
    [
        (nothing_readable, "the mode of its file is 0000, and you may not read it"),
        (nothing_to_be_seen, "and you may not look into it"),
    ],
)
def test_what_may_not_be_read_is_said_and_given_back(
    kept: Path, close: Callable[[Path], None], reason: str
) -> None:
    """Reading says whose rights are missing, and the doctor gives an owner their own back."""
    close(kept)
    env = {"CONNECT_JOURNAL": str(kept)}
    try:
        read, looked, prompt, fixed, after = ran(
            [("people",), ("doctor",), ("prompt",), ("doctor", "--fix"), ("people",)],
            without_rights=True,
            env=env,
        )
    finally:
        kept.parent.chmod(0o700)
    for answer in (read, looked):
        assert answer.code == 5
        assert "cannot be read: " in answer.err
        assert reason in answer.err
        assert answer.err.splitlines()[1] == "hint: make it usable again: connect doctor --fix"
    assert (prompt.code, prompt.out) == (0, "")
    assert (fixed.code, after.code) == (0, 0), (fixed, after)
    assert "Ada Lovelace" in after.out
