"""Bytes of other programs: of several encodings, and cut where no letter ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.exchange import normalise
from connect_cli.text_encodings import decoded


@given(lines=st.lists(st.text("aé€𝄞 ;:", max_size=5), max_size=4))
def test_one_line_of_windows_spoils_no_other(lines: list[str]) -> None:
    """Each is read for itself."""
    text = "".join(f"{line}\n" for line in lines)
    assert decoded(text.encode() + b"Jos\xe9\n" + text.encode()) == f"{text}José\n{text}"


@pytest.mark.parametrize("letter", ["é", "€", "𝄞"])
def test_a_letter_that_a_fold_cuts_comes_out_whole(letter: str) -> None:
    """The fold is put behind it, so that places in the file stay right."""
    octets = letter.encode()
    for at in range(1, len(octets)):
        for fold in (b"\r\n ", b"\n\t"):
            cut = b"FN:Ad" + octets[:at] + fold + octets[at:] + b"!\n"
            assert decoded(cut) == f"FN:Ad{letter}{fold.decode()}!\n"


@pytest.mark.parametrize("rest", [b"\xe9\n \xa9", b"\xc3\xa9\n \xa9\xa9\xa9", b"\xf0\n \x9d"])
def test_a_fold_that_cuts_no_letter_stays_where_it_is(rest: bytes) -> None:
    """Two lines of another encoding only look as if."""
    assert decoded(rest).count("\n ") == 1
    assert decoded(rest).index("\n") == len(_begun(rest))


def _begun(content: bytes) -> str:
    return decoded(content.partition(b"\n")[0])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2/3/1985", "'2/3/1985' could be two days: 2 March or 3 February"),
        (" 02-03-1985 ", "'02-03-1985' could be two days: 2 March or 3 February"),
        ("3/3/1985", "3/3/1985"),
        ("13/3/1985", "13/3/1985"),
        ("0/3/1985", "0/3/1985"),
        ("2/3/0000", "2/3/0000"),
        ("1985", "1985 (only a year)"),
        ("circa\n1800", "circa 1800"),
    ],
)
def test_a_day_that_is_not_clear_is_said_with_both_days(text: str, said: str) -> None:
    """One that lacks something, with what it lacks."""
    assert normalise.unclear_day(text) == said
