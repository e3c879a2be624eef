"""Every command on the first and last days of the calendar, and with such days in the journal."""

import shutil
from itertools import product
from pathlib import Path

import pytest

from tests.conftest import Connect
from tests.faults.every_command import READING, WRITING, said

pytestmark = pytest.mark.usefixtures("changing")

FIRST, SOON, USUAL, LATE, LAST = (
    *("0001-01-01T09:00+00:00", "0001-02-20T09:00+00:00", "2026-11-24T09:00+00:00"),
    *("9999-10-31T09:00+00:00", "9999-12-31T09:00+00:00"),
)
CLOCKS = (FIRST, SOON, USUAL, LATE, LAST)

FAR = (
    ("log", "--with", "ada", "--on", "0001-01-01", "--note", "first of all"),
    ("promise", "ada", "last of all", "--by", "9999-12-31"),
    ("promise", "grace", "the day before", "--by", "9999-12-30"),
    ("snooze", "cy", "9999-12-31"),
    ("away", "1 jan 9999 to 31 dec 9999"),
    ("add", "Old", "--birthday", "0001-01-01", "--every", "10y"),
    ("alias", "grace", "Amazing"),
    ("undo", "--yes"),
)
"""What puts the ends of the calendar into a journal."""


TRIED_ALWAYS = ((USUAL, True), (LAST, False))


@pytest.mark.parametrize(
    ("clock", "far"),
    [
        pytest.param(*each, marks=() if each in TRIED_ALWAYS else pytest.mark.slow)
        for each in product(CLOCKS, (False, True))
    ],
)
def test_every_command_answers(
    connect: Connect,
    kept: Path,
    elsewhere: Path,
    clock: str,
    far: bool,
    tmp_path: Path,
) -> None:
    """Or says that a day would be outside the calendar; nothing ends half way."""
    for before in FAR if far else ():
        assert connect(*before).code == 0, before
    saved = tmp_path / "saved"
    shutil.copytree(kept.parent, saved)
    commands = [*said(READING, kept, elsewhere), *said(WRITING, kept, elsewhere)]
    wrong = []
    for words in commands:
        if words and words[0] == "decrypt":
            assert connect("encrypt", "--yes").code == 0
        ran = connect(*words, now=clock)
        finds = ran.code == 1 and words[:1] == ["doctor"]  # what is dated ahead, by such a clock
        if ran.code != 0 and "outside the years" not in ran.err and not finds:
            wrong.append((words, ran))
        shutil.rmtree(kept.parent)
        shutil.copytree(saved, kept.parent)
    assert not wrong
