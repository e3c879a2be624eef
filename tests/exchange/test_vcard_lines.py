"""Lines of cards: folds, line ends, encodings and cards within cards."""

import pytest

from connect_cli.exchange import vcard_read
from connect_cli.exchange.normalise import LONGEST_LINE
from tests.exchange.cards import card


def test_a_card_keeps_a_name_that_a_fold_cuts() -> None:
    """As phones write it that count bytes."""
    content = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jos\xc3\r\n \xa9 Gr\xc3\xbcn\r\nEND:VCARD\r\n"
    assert [one.name for one in vcard_read.read(content).contacts] == ["José Grün"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_encodings_and_line_ends_do_not_matter(encoding: str, end: str) -> None:
    """The same card in every coat is the same person."""
    text = end.join(["BEGIN:VCARD", "VERSION:3.0", "FN:José Sá", "END:VCARD", ""])
    content = text.encode(encoding)
    assert vcard_read.begins(content)
    assert [one.name for one in vcard_read.read(content).contacts] == ["José Sá"]


def test_a_card_within_a_card_is_not_another_person() -> None:
    """The assistant of vCard 2.1 stands within the card of whom they assist."""
    lines = ("AGENT:", "BEGIN:VCARD", "FN:Somebody Else", "END:VCARD")
    assert card(*lines).name == "Ada Lovelace"


PICTURE = "A" * (3 * LONGEST_LINE)
FOLDED = "\r\n ".join(PICTURE[at : at + 74] for at in range(0, len(PICTURE), 74))


@pytest.mark.parametrize(
    "line",
    [
        f"PHOTO;ENCODING=b;TYPE=JPEG:{PICTURE}",
        f"item1.PHOTO;ENCODING=b;TYPE=JPEG:{FOLDED}",
        f"LOGO:data:image/png;base64,{FOLDED}",
        f"X-IMAGE;ENCODING=BASE64:{FOLDED}",
    ],
    ids=["one line", "folded", "logo", "encoded"],
)
def test_a_picture_is_left_out_however_large(line: str) -> None:
    """Nothing of it is taken for another line of the card."""
    text = f"BEGIN:VCARD\r\nFN:Ada\r\n{line}\r\nX-PET:cat\r\nEND:VCARD\r\n"
    (ada,) = vcard_read.read(text.encode()).contacts
    assert (ada.name, ada.card) == ("Ada", text.replace(f"{line}\r\n", ""))


@pytest.mark.parametrize(
    "line",
    [f"NOTE:{PICTURE}", f"NOTE:{FOLDED}", PICTURE],
    ids=["one line", "folded", "no property"],
)
def test_any_other_line_beyond_reason_is_told_with_its_card(line: str) -> None:
    """Rather than kept in part; the next card is read."""
    text = f"BEGIN:VCARD\nFN:Ada\n{line}\nEND:VCARD\nBEGIN:VCARD\nFN:Grace\nEND:VCARD\n"
    found = vcard_read.read(text.encode(), "a.vcf")
    assert [one.name for one in found.contacts] == ["Grace"]
    assert [(one.place, one.reason) for one in found.unread] == [
        ("a.vcf, line 1", "without pictures it is longer than 1 MB")
    ]
