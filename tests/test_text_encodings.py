"""Bytes of other programs: of several encodings, and cut where no letter ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.text_encodings import decoded

TEXTS = [
    "Coffee with Ada\n",
    "Café with José: “très bien” 𝄞 €5\r\nWalk with Łucja\r\n",
    "кофе с Адой сегодня\nобед с Борисом вчера\n",
    "李雷 coffee\n",
    "ada",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_is_read(text: str, encoding: str) -> None:
    """UTF-16 without a mark is known by its NUL bytes, which stand at every other place."""
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"])
def test_a_mark_alone_is_an_empty_file(mark: bytes) -> None:
    """As is no byte at all."""
    assert decoded(mark) == decoded(b"") == ""


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_half_a_letter_at_the_end_spoils_no_other(encoding: str) -> None:
    """A file may be read while it is being written."""
    assert decoded("Coffee with Ada\nWal".encode(encoding)[:-1]).startswith("Coffee with Ada\nWa")


@pytest.mark.parametrize("content", [b"Coffee with Ada\0 and Bo\n", b"\0" * 40, b"a\0\0b" * 9])
def test_nul_bytes_of_no_utf_16_stay(content: bytes) -> None:
    """One in a text, and as many at even places as at odd ones."""
    assert decoded(content) == content.decode()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_any_utf_8_text_is_itself(text: str) -> None:
    """Nothing else is taken for another encoding."""
    assert decoded(text.encode()) == text


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
