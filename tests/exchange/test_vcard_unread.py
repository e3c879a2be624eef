"""Lines, inner cards and other parts that were not understood are told, and stay in the card."""

import pytest

from connect_cli.exchange import vcard_read
from tests.exchange.cards import LINES_OF_OTHERS, out, written

INNER = "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Thomas;Susan\r\nTEL:1\r\nEND:VCARD"
KEEPS = "; the card keeps it"


def told(text: str) -> list[tuple[str, str, str]]:
    """What is told of a text, and where."""
    return [(one.place, one.reason, one.said) for one in vcard_read.read(text.encode()).unread]


@pytest.mark.parametrize(
    ("lines", "number", "reason", "said"),
    [
        (f"AGENT:\r\n{INNER}", 5, "a card within a card is not imported", "Thomas Susan"),
        (f"item1.AGENT:\r\n{INNER}", 5, "a card within a card is not imported", "Thomas Susan"),
        (f"AGENT:{INNER}", 4, "a card within a card is not imported", "Thomas Susan"),
        (
            r"AGENT:BEGIN:VCARD\nFN:Susan Thomas\nEMAIL:s@x.org\nEND:VCARD\n",
            4,
            "a card within a card is not imported",
            "Susan Thomas",
        ),
        (INNER, 4, "a card within a card is not imported", "Thomas Susan"),
        (
            "BEGIN:VTODO\r\nUID:other\r\nSUMMARY:x\r\nEND:VTODO",
            4,
            "a to-do within a card is not imported",
            "",
        ),
        ("BEGIN:VNOTE\r\nEND:VNOTE", 4, "'VNOTE' within a card is not imported", ""),
        ("no property at all", 4, "this is not a property", "no property at all"),
        (
            "item1.X-ABDATE:2001-02-03",
            4,
            "X-ABDATE has no label",
            "2001-02-03",
        ),
    ],
)
def test_what_a_card_holds_besides_is_told(lines: str, number: int, reason: str, said: str) -> None:
    """With its line; the person gets nothing of it, and it goes back to the byte."""
    text = written("UID:u-1", lines, "TEL:2").replace("UID:u-1\r\n", "", 1)
    assert told(text) == [(f"line {number}", f"{reason}{KEEPS}", said)]
    (ada,) = vcard_read.read(text.encode()).contacts
    assert (ada.name, ada.uid, ada.phones, ada.details) == ("Ada Lovelace", "", ("2",), ())
    assert out(ada, ada) == text


def test_a_group_of_cards_is_told_card_by_card() -> None:
    """The old way to group: the outer card names nobody."""
    text = f"BEGIN:VCARD\r\nX-A:b\r\n{INNER}\r\n{INNER}\r\nEND:VCARD\r\n"
    inner = "a card within a card is not imported"
    assert told(text) == [
        ("line 1", "the card has no name", ""),
        ("line 3", inner, "Thomas Susan"),
        ("line 8", inner, "Thomas Susan"),
    ]


@pytest.mark.parametrize(
    ("text", "names", "places"),
    [
        ("[a\n[b\n]\n", ["b"], ["line 1"]),
        ("[a\n[b\n]\n[c\n]\n", ["b", "c"], ["line 1"]),
        ("[a\n[b\n[c\n]\n", ["c"], ["line 1", "line 3"]),
        ("[a\n[b\n]\nTEL:1\n]\n[c\n]\n", ["a", "c"], ["line 3"]),
        ("[a\n[b\n]\n[c\n]\n]\n", ["a"], ["line 3", "line 6"]),
        ("[a\nBEGIN:VEVENT\n]\n[b\n]\n", ["a", "b"], ["line 3"]),
    ],
)
def test_a_card_without_an_end_is_told_from_one_around_others(
    text: str, names: list[str], places: list[str]
) -> None:
    """What begins in a card that never ends is a card of its own."""
    cards = text.replace("[", "BEGIN:VCARD\nFN:").replace("]", "END:VCARD")
    found = vcard_read.read(cards.encode())
    assert [one.name for one in found.contacts] == names
    assert [one.place for one in found.unread] == places


def test_what_stands_outside_of_the_cards_is_told() -> None:
    """Each part and each run of lines once."""
    text = (
        "Dear Tom,\nthese are they\n\nBEGIN:VCARD\nFN:Ada\nEND:VCARD\nEND:VCARD\n"
        "BEGIN:VCALENDAR\nBEGIN:VJOURNAL\nSUMMARY:x\nEND:VJOURNAL\nEND:VCALENDAR\n\nBye\n"
    )
    assert told(text) == [
        ("line 1", "text outside of the cards is not imported", "Dear Tom,"),
        ("line 7", "text outside of the cards is not imported", "END:VCARD"),
        ("line 8", "a calendar outside of the cards is not imported", ""),
        ("line 14", "text outside of the cards is not imported", "Bye"),
    ]


def test_a_text_that_is_not_folded_is_told_and_goes_back_to_the_byte() -> None:
    """It is read whole, also with blank lines between."""
    text = written("NOTE:first", "second", "", "third", "", "TEL:1")
    found = vcard_read.read(text.encode(), "a.vcf")
    assert found.unread == []
    assert found.remarks == ["a.vcf, line 5: continues NOTE of line 4 without a fold; read with it"]
    (ada,) = found.contacts
    assert dict(ada.details)["note"] == "first\nsecond\n\nthird"
    assert (ada.phones, out(ada, ada)) == (("1",), text)


def test_a_picture_that_is_not_folded_is_no_text() -> None:
    """As old phones write it: it ends with a blank line, and nothing of it is told."""
    text = written("PHOTO;ENCODING=BASE64:/9j/4AAQ", "SkZJRgAB", "AAAA", "", "TEL:1")
    found = vcard_read.read(text.encode())
    assert (found.unread, found.remarks) == ([], [])
    assert found.contacts[0].phones == ("1",)
    assert "SkZJRgAB" not in found.contacts[0].card


def test_lines_that_are_understood_are_not_told() -> None:
    """A name with umlauts, an address of a picture, a number with its label."""
    strange = ("no property", "EMAIL:/o=", "TEL:ask", "BDAY:1985", "AGENT:")
    lines = [line for line in LINES_OF_OTHERS if not line.startswith(strange)]
    assert told(written(*lines)) == []


@pytest.mark.parametrize("depth", [1, 19, 20, 30])
def test_cards_may_be_nested_deeply(depth: int) -> None:
    """The outermost ends where it ends, and the next card is read."""
    inner = "".join(["AGENT:\r\nBEGIN:VCARD\r\nFN:x\r\n"] * depth + ["END:VCARD\r\n"] * depth)
    found = vcard_read.read(f"{written(inner.rstrip(), 'TEL:1')}{written('TEL:2')}".encode())
    assert [one.phones for one in found.contacts] == [("1",), ("2",)]
    assert [one.place for one in found.unread] == ["line 5"]
