"""What single lines of a card say: labels, groups, pictures, lines of Android and Apple."""

from dataclasses import replace

import pytest

from connect_cli.exchange.vcard_values import plain_label
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
    """An event of one's own has a label; one without says nothing to the journal."""
    custom = "X-ANDROID-CUSTOM:vnd.android.cursor.item/"
    found = card(
        f"{custom}nickname;Annie;1;;;;;;;;;;;;;",
        f"{custom}contact_event;1835-07-08;1;;;;;;;;;;;;;",
        f"{custom}contact_event;--12-10;3;;;;;;;;;;;;;",
        f"{custom}contact_event;1852-11-27;2;;;;;;;;;;;;;",
        f"{custom}contact_event;1833-06-05;0;Met Babbage;;;;;;;;;;;;",
        f"{custom}contact_event;1833-06-05;0;;;;;;;;;;;;;",
    )
    assert found.aliases == ("Annie",)
    assert dict(found.occasions) == {
        "anniversary": (1835, 7, 8),
        "birthday": (None, 12, 10),
        "other": (1852, 11, 27),
        "Met Babbage": (1833, 6, 5),
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


DEATHS = [
    ("DEATHDATE:20240310", "2024-03-10"),
    ("DEATHDATE:2024-03-10", "2024-03-10"),
    ("DEATHDATE:19531015T231000Z", "1953-10-15"),
    ("DEATHDATE;VALUE=date-and-or-time:2024-03", "2024-03"),
    ("DEATHDATE:2024", "2024"),
    ("DEATHDATE:--0310", "--03-10"),
    ("DEATHDATE;X-APPLE-OMIT-YEAR=1604:1604-03-10", "--03-10"),
    ("DEATHDATE;VALUE=text:circa 1800", "unknown"),
    ("DEATHDATE:2023-02-29", "2023-02"),
    ("DEATHDATE:2023-13-29", "2023"),
    ("DEATHDATE:0000-00-00", "unknown"),
    ("DEATHDATE:--03", "unknown"),
    ("X-DEATHDATE:20180301", "2018-03-01"),
    (
        "item1.X-ABDATE;VALUE=date-and-or-time:20180301\r\nitem1.X-ABLabel:Date of Death",
        "2018-03-01",
    ),
    ("item1.X-ABDATE:2018-03-01\r\nitem1.X-ABLabel:Décès", "2018-03-01"),
    ("X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2018-03-01;0;Died", "2018-03-01"),
    ("DEATHDATE:", ""),
    ("item1.X-ABDATE:2018-03-01\r\nitem1.X-ABLabel:Death of her cat", ""),
]


@pytest.mark.parametrize(("lines", "died"), DEATHS)
def test_the_day_of_a_death_is_read_as_exactly_as_it_is_known(lines: str, died: str) -> None:
    """As the standard writes it, and Nextcloud, CardBook, and those who label a date themselves."""
    assert card(lines).died == died


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("_$!<Other>!$_", "other"),
        ("_$!<MaleFriend>!$_", "male friend"),
        ("First met", "First met"),
        ("BIRTHDAY", "birthday"),
        ("one: two\\, three", "one two, three"),
        ("", ""),
    ],
)
def test_a_label_loses_the_marks_of_apple(said: str, label: str) -> None:
    """Words of one's own stay as they were written, as far as the journal can store them."""
    assert plain_label(said) == label
