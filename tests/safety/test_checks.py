"""What the doctor says of the room that copies take."""

import gzip
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from connect_cli.reports import Copy
from connect_cli.safety.checks import damaged_copies, space_of_copies
from connect_cli.store.signature import PLAIN

TODAY = date(2026, 11, 23)
MB = 10**6
RULE = "Copies of 7 days, 4 weeks and 12 months are kept, as far as there is room for them."


def copies(*sizes: float, label: str = "") -> list[Copy]:
    """Copies of as many days, in megabytes, the newest first."""
    return [
        Copy(Path(f"{back}"), TODAY - timedelta(days=back), label, int(size * MB))
        for back, size in enumerate(sizes)
    ]


@pytest.mark.parametrize(
    ("listed", "most", "said", "means", "remedy"),
    [
        pytest.param(
            *(copies(6.6), 200 * MB, "1 copy of the journal, 6.6 MB of at most 200 MB", RULE, ""),
            id="one",
        ),
        pytest.param(
            *(copies(19, 19), 38 * MB, "2 copies of the journal, 38 MB of at most 38 MB", RULE, ""),
            id="full",
        ),
        pytest.param(
            *(copies(19, 19.4), None, "2 copies of the journal, 38 MB", RULE, ""), id="no bound"
        ),
        pytest.param(
            *(copies(19, 19.4, 0.1), 20 * MB),
            "3 copies of the journal, 38 MB, more than the 20 MB they may take",
            "The next copy replaces older ones.",
            "",
            id="too many",
        ),
        pytest.param(
            *(copies(260), 200 * MB),
            "1 copy of the journal, 260 MB, more than the 200 MB they may take",
            "The newest are always kept, and those you asked for stay until you remove them.",
            "To allow more: connect config set backups.most '600 MB'.",
            id="the newest alone",
        ),
        pytest.param(
            *(copies(150, 150, label="by-hand"), 200 * MB),
            "2 copies of the journal, 300 MB, more than the 200 MB they may take",
            "The newest are always kept, and those you asked for stay until you remove them.",
            "To allow more: connect config set backups.most '600 MB'.",
            id="by hand",
        ),
    ],
)
def test_how_much_room_copies_take_is_a_note(
    listed: Sequence[Copy], most: int | None, said: str, means: str, remedy: str
) -> None:
    """It asks for nothing; where only those are left that stay, it says how to allow more."""
    (found,) = space_of_copies(listed, TODAY, most)
    assert (found.what, found.standing) == ("copies", "note")
    assert (found.said, found.means, found.remedy) == (said, means, remedy)


def test_of_no_copy_nothing_is_said() -> None:
    """What is missing is another check's."""
    assert list(space_of_copies([], TODAY, 200 * MB)) == []


def cut(content: bytes) -> bytes:
    """Compressed, without its end."""
    return gzip.compress(content)[:-9]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PLAIN * 1000, ""),
        (gzip.compress(PLAIN * 1000), ""),
        (bytes(range(256)) * 4, ""),
        (b"", "is empty"),
        (b"hello" * 1000, "is not a journal"),
        (cut(PLAIN * 1000), "is damaged: its end is missing"),
        (gzip.compress(b"hello"), "is not a journal"),
    ],
    ids=["plain", "packed", "encrypted", "empty", "a text", "cut", "a packed text"],
)
def test_a_copy_that_cannot_be_put_back_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    """Not on the day on which it is needed; one of a damaged journal is known to be so."""
    path = tmp_path / "journal-2026-11-23.db"
    path.write_bytes(content)
    found = list(damaged_copies([Copy(path, TODAY)]))
    assert [one.standing for one in found] == (["left"] if said else [])
    assert all(one.said == f"the copy {path} {said}" for one in found)
    assert list(damaged_copies([Copy(path, TODAY, "damaged")])) == []
