"""vCards of every version and dialect become people; what cannot be read is told."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.exchange import vcard_read
from connect_cli.exchange.values import Contact, Related
from connect_cli.reports import Unread
from tests.exchange.cards import card, out, written


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("EMAIL:ada@example.org", "emails", ("ada@example.org",)),
        ("EMAIL;PREF;INTERNET:ada@example.org", "emails", ("ada@example.org",)),
        ("item1.EMAIL;TYPE=INTERNET:ada@example.org", "emails", ("ada@example.org",)),
        ("EMAIL:not an address", "emails", ()),
        ('TEL;TYPE="cell,home":+44 20 7946 0018', "phones", ("+44 20 7946 0018",)),
        ("TEL;VALUE=uri:tel:+44-20-7946-0018", "phones", ("+44-20-7946-0018",)),
        ("URL:https\\://example.org", "urls", ("https://example.org",)),
        ("NICKNAME:Ada\\, the first,Countess", "aliases", ("Ada, the first", "Countess")),
        ("CATEGORIES:Work,Old friends", "tags", ("work", "old-friends")),
        ("BDAY:1815-12-10", "occasions", (("birthday", (1815, 12, 10)),)),
        ("BDAY:18151210", "occasions", (("birthday", (1815, 12, 10)),)),
        ("BDAY:1815-12-10T00:00:00Z", "occasions", (("birthday", (1815, 12, 10)),)),
        ("BDAY;VALUE=date:--1210", "occasions", (("birthday", (None, 12, 10)),)),
        ("BDAY:--12-10", "occasions", (("birthday", (None, 12, 10)),)),
        (
            "BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-10",
            "occasions",
            (("birthday", (None, 12, 10)),),
        ),
        ("BDAY:--0229", "occasions", (("birthday", (None, 2, 29)),)),
        ("BDAY:1815-13-10", "occasions", ()),
        ("ANNIVERSARY:18350708", "occasions", (("anniversary", (1835, 7, 8)),)),
        ("X-EVOLUTION-ANNIVERSARY:1835-07-08", "occasions", (("anniversary", (1835, 7, 8)),)),
        ("X-MS-ANNIVERSARY;VALUE=DATE:18350708", "occasions", (("anniversary", (1835, 7, 8)),)),
        (
            "X-KADDRESSBOOK-X-Anniversary:1835-07-08",
            "occasions",
            (("anniversary", (1835, 7, 8)),),
        ),
        ("CATEGORIES:* My Contacts,myContacts,starred,* Friends", "tags", ("starred", "friends")),
        ("NOTE:a long\r\nnote", "details", (("note", "a long\nnote"),)),
        (
            "NOTE:a\r\n\r\nRemember: b\r\nhttps://c.org\r\nX-A:d",
            "details",
            (("note", "a\n\nRemember: b\nhttps://c.org"),),
        ),
        (
            "NOTE;ENCODING=QUOTED-PRINTABLE:a=3D=\r\nb\r\nc=C3=A9",
            "details",
            (("note", "a=b\ncé"),),
        ),
        ("ORG:Analytical\r\nEngines", "details", (("company", "Analytical Engines"),)),
        ("EMAIL:ada@example.org\r\nno property", "emails", ("ada@example.org",)),
        (
            "ADR;TYPE=HOME:;;12 St James's Sq.\\nFlat 2;London;;SW1Y;UK",
            "addresses",
            ("12 St James's Sq., Flat 2, London, SW1Y, UK",),
        ),
        ("ADR:PO 7;Flat 2;;London;;;", "addresses", ("PO 7, Flat 2, London",)),
        ("ADR;TYPE=HOME:;;;London;;SW1Y;UK", "details", (("lives in", "London"),)),
        ("ADR:;;;;;;Italy", "details", (("lives in", "Italy"),)),
        ("ADR;TYPE=WORK:;;;London;;;UK", "addresses", ("London, UK",)),
        ("ADR;TYPE=WORK:;;;London;;;UK", "details", ()),
        ("ADR:;;;London;;;\r\nADR:;;;Bath;;;", "addresses", ("Bath",)),
        ("ADR:;; ;;;;", "addresses", ()),
        ("ORG:Analytical;Engines", "details", (("company", "Analytical, Engines"),)),
        ("TITLE:Countess", "details", (("title", "Countess"),)),
        ("NOTE:tea\\, numbers\\nand rain", "details", (("note", "tea, numbers\nand rain"),)),
        ("UID:urn:uuid:1", "uid", "urn:uuid:1"),
        ("ADR:;;;;;;", "details", ()),
        ("ORG: ; ;", "details", ()),
        ("X-SKYPE;TYPE=x:ada", "details", ()),
        ("no property at all", "details", ()),
        ("NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\nb=C3=A9", "details", (("note", "abé"),)),
        ("NOTE;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:=E9", "details", (("note", "é"),)),
        ("NOTE:a long\r\n  note", "details", (("note", "a long note"),)),
    ],
)
def test_each_property_becomes_what_the_journal_calls_it(
    line: str, field: str, value: object
) -> None:
    """Property by property, in the dialects of Apple, Outlook, Android and Evolution."""
    assert getattr(card(line), field) == value


NOT_UNDERSTOOD = [
    ("TEL;TYPE=HOME:ask Jenny for the number", "TEL", "ask Jenny for the number"),
    ("EMAIL:/o=Firm/cn=ada", "EMAIL", "/o=Firm/cn=ada"),
    ("BDAY:1985", "BDAY", "1985 (only a year)"),
    ("BDAY:04/05/1980", "BDAY", "'04/05/1980' could be two days: 4 May or 5 April"),
    ("BDAY;VALUE=text:circa 1800", "BDAY", "circa 1800"),
    ("ANNIVERSARY:then", "ANNIVERSARY", "then"),
    ("X-MS-ANNIVERSARY:soon", "X-MS-ANNIVERSARY", "soon"),
    (
        "item1.X-ABDATE:1999\r\nitem1.X-ABLabel:_$!<Anniversary>!$_",
        "X-ABDATE",
        "1999 (only a year)",
    ),
    (
        "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;5/6/1990;3;;",
        "X-ANDROID-CUSTOM",
        "'5/6/1990' could be two days: 5 June or 6 May",
    ),
]


@pytest.mark.parametrize(("line", "name", "said"), NOT_UNDERSTOOD, ids=range(len(NOT_UNDERSTOOD)))
def test_what_tells_a_way_to_reach_or_a_day_and_is_not_understood_is_told(
    line: str, name: str, said: str
) -> None:
    """With its place; the card keeps it."""
    text = written(line)
    found = vcard_read.read(text.encode(), "a.vcf")
    reason = f"{name} is not understood; the card keeps it"
    assert found.unread == [Unread("a.vcf, line 4", reason, said)]
    assert found.contacts[0].card == text


NEAR = [
    (
        ("item4.X-ABRELATEDNAMES;type=pref:William", "item4.X-ABLabel:_$!<Spouse>!$_"),
        (Related("spouse", "William"),),
    ),
    (
        ("item4.X-ABRELATEDNAMES:Byron", "item4.X-ABLabel:Brother in law"),
        (Related("Brother in law", "Byron"),),
    ),
    (("X-ABRELATEDNAMES:Byron",), (Related("", "Byron"),)),
    (("RELATED;TYPE=spouse;VALUE=text:William",), (Related("spouse", "William"),)),
    (("RELATED;TYPE=spouse;VALUE=text:mailto:William",), (Related("spouse", "mailto:William"),)),
    (("RELATED:William",), (Related("", "William"),)),
    (
        ("RELATED;TYPE=friend:urn:uuid:f81d4fae",),
        (Related("friend", uid="urn:uuid:f81d4fae"),),
    ),
    (("RELATED;TYPE=friend:mailto:w@x.org",), (Related("friend", email="w@x.org"),)),
    (("RELATED;TYPE=friend:https://x.org/w.vcf",), ()),
    (("RELATED:urn:uuid:f81d4fae",), ()),
    (
        ("RELATED;TYPE=friend,home,co-worker:William",),
        (Related("friend", "William"), Related("co-worker", "William")),
    ),
    (('RELATED;TYPE="met through":William',), (Related("met through", "William"),)),
    (("X-SPOUSE:William",), (Related("spouse", "William"),)),
    (
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;William;14;;;;;;;;;;;;;",),
        (Related("spouse", "William"),),
    ),
    (
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;William;0;Lord;;;;;;;;;;;;",),
        (Related("Lord", "William"),),
    ),
]


@pytest.mark.parametrize(("lines", "related"), NEAR, ids=range(len(NEAR)))
def test_whoever_is_near_somebody_is_told(
    lines: tuple[str, ...], related: tuple[Related, ...]
) -> None:
    """By name, uid or address, as far as a card says it."""
    assert card(*lines).related == related


@pytest.mark.parametrize(
    ("full", "parts", "name"),
    [
        ("Lovelace, Ada", "Lovelace;Ada;;;", "Ada Lovelace"),
        ("Lovelace\\, Ada King", "Lovelace;Ada;King;;", "Ada King Lovelace"),
        ("Ada Lovelace, PhD", "Lovelace;Ada;;;PhD", "Ada Lovelace, PhD"),
        ("Lovelace, Ada", ";;;;", "Lovelace, Ada"),
    ],
)
def test_a_name_that_is_turned_round_is_put_right(full: str, parts: str, name: str) -> None:
    """Where its parts agree; the address book keeps its own way of writing it."""
    text = f"BEGIN:VCARD\nFN:{full}\nN:{parts}\nEND:VCARD\n"
    (found,) = vcard_read.read(text.encode()).contacts
    assert found.name == name
    assert out(found, found) == text
    assert "FN:Somebody Else" in out(found, replace(found, name="Somebody Else")).split("\n")


def test_a_company_is_not_its_own_company() -> None:
    """What a card only says to call it is not said twice."""
    (shop,) = vcard_read.read(
        b"BEGIN:VCARD\nFN:Pizza Place\nORG:Pizza Place;\nEND:VCARD\n"
    ).contacts
    assert shop.details == ()


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("N:Lovelace;Ada;King;Lady;",), "Lady Ada King Lovelace"),
        (("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:S=C3=A1;Jos=C3=A9",), "José Sá"),
        (("FN:", "NICKNAME:Ada"), "Ada"),
        (("ORG:Analytical Engines",), "Analytical Engines"),
        (("EMAIL:ada@example.org",), "ada@example.org"),
        (("FN:Ada\u202e\x00Lovelace\n ",), "Ada\u202eLovelace"),
    ],
)
def test_a_person_is_called_by_the_best_name_there_is(lines: tuple[str, ...], name: str) -> None:
    """As written out, else put together, else a nickname, the company or an address."""
    text = "\n".join(["BEGIN:VCARD", *lines, "END:VCARD"])
    assert [one.name for one in vcard_read.read(text.encode()).contacts] == [name]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n", ["a.vcf, line 1"]),
        ("BEGIN:VCARD\nFN:Ada\n", ["a.vcf, line 1"]),
        ("BEGIN:VCARD\nFN:Ada\nBEGIN:VCARD\nFN:Grace\nEND:VCARD\n", ["a.vcf, line 1"]),
        ("nothing", ["a.vcf"]),
    ],
    ids=["nameless", "cut off", "unended", "none"],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, places: list[str]) -> None:
    """One bad card is left out; those around it are read."""
    assert [one.place for one in vcard_read.read(text.encode(), "a.vcf").unread] == places


@pytest.mark.parametrize(
    ("line", "reasons"),
    [
        ("X-ADDRESSBOOKSERVER-KIND:group", ["it is a group"]),
        ("KIND:Group ", ["it is a group"]),
        ("KIND:individual", []),
        ("NOTE:group", []),
    ],
)
def test_a_group_is_nobody(line: str, reasons: list[str]) -> None:
    """A list of people is told as not read; the cards around it are read."""
    text = f"BEGIN:VCARD\nFN:Family\n{line}\nEND:VCARD\nBEGIN:VCARD\nFN:Ada\nEND:VCARD\n"
    found = vcard_read.read(text.encode())
    assert [one.reason for one in found.unread] == reasons
    assert [one.name for one in found.contacts] == [*([] if reasons else ["Family"]), "Ada"]


MANGLED = st.builds(
    lambda text, cuts: "".join(_mangled(text, cuts)),
    st.sampled_from(
        [
            "BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE:=41=\r\nb\r\nEND:VCARD\r\n",
            'BEGIN:VCARD\nFN:A\nTEL;TYPE="a:b":1\nBDAY:--0229\nitem1.ADR:;;;c\nEND:VCARD\n',
        ]
    ),
    st.lists(st.tuples(st.integers(0, 120), st.text(max_size=3)), max_size=6),
)


def _mangled(text: str, cuts: list[tuple[int, str]]) -> Iterator[str]:
    places = dict(cuts)
    for place, letter in enumerate(text):
        yield places.get(place, letter)


@settings(max_examples=60)
@given(text=MANGLED)
def test_mangled_cards_are_read_or_told(text: str) -> None:
    """Whatever stands in a file, it is people and reasons, never a fault."""
    found = vcard_read.read(text.encode("utf-8", "surrogatepass"))
    assert found.contacts or found.unread
    for one in found.contacts:
        assert out(one, one) == one.card
        assert vcard_read.read(out(one, Contact("Somebody Else")).encode()).contacts
