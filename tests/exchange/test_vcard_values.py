"""What single lines of a card say: labels, groups, pictures, lines of Android and Apple."""

from dataclasses import replace

import pytest

from tests.exchange.cards import card, out, written

PICTURES = [
    "PHOTO;ENCODING=b;TYPE=JPEG:AAAA",
    "PHOTO;BASE64:\r\n AAAA\r\n AA==",
    "item1.LOGO:data:image/png;base64,AAAA",
    "SOUND:AAAA",
    "KEY;TYPE=PGP;ENCODING=BASE64:AAAA",
    "X-IMAGE;TYPE=a;ENCODING=B:AAAA",
]


@pytest.mark.parametrize("line", PICTURES, ids=range(len(PICTURES)))
def test_pictures_and_the_like_are_not_kept(line: str) -> None:
    """Only where they lie, if that is all that a line says."""
    assert card(line, "X-A:b").card == written("X-A:b")


def test_android_keeps_nicknames_and_days_in_lines_of_its_own() -> None:
    """An event of another sort is nothing to the journal."""
    custom = "X-ANDROID-CUSTOM:vnd.android.cursor.item/"
    found = card(
        f"{custom}nickname;Annie;1;;;;;;;;;;;;;",
        f"{custom}contact_event;1835-07-08;1;;;;;;;;;;;;;",
        f"{custom}contact_event;--12-10;3;;;;;;;;;;;;;",
        f"{custom}contact_event;1852-11-27;2;;;;;;;;;;;;;",
    )
    assert found.aliases == ("Annie",)
    assert dict(found.occasions) == {
        "anniversary": (1835, 7, 8),
        "birthday": (None, 12, 10),
    }


def test_groups_that_google_puts_everybody_into_are_no_tags() -> None:
    """They are left in the card, whatever becomes of the others."""
    found = card("CATEGORIES:myContacts,Work")
    assert found.tags == ("work",)
    assert "CATEGORIES:myContacts\r\n" in out(found, replace(found, tags=()))


def test_an_anniversary_of_apple_is_told_by_its_label() -> None:
    """The day stands in one line and what it is in another, of the same group."""
    lines = ("item1.X-ABDATE;type=pref:1835-07-08", "item1.X-ABLabel:_$!<Anniversary>!$_")
    assert card(*lines).occasions == (("anniversary", (1835, 7, 8)),)
