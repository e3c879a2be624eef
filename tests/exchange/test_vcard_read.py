"""vCards of every version and dialect become people, and go out again with all they said."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connect_cli.exchange import vcard_read, vcard_write
from connect_cli.exchange.values import Contact
from connect_cli.exchange.vcard_write import KeptCard, OutgoingPerson
from connect_cli.views import Unread


def card(*lines: str) -> Contact:
    """The one person of a card with these lines."""
    (contact,) = vcard_read.read(written(*lines).encode()).contacts
    return contact


def written(*lines: str) -> str:
    """A card with these lines."""
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", "FN:Ada Lovelace", *lines, "END:VCARD", ""])


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
        ("ADR;TYPE=HOME:;;12 St James's Sq.;London;;SW1Y;UK", "details", (("city", "London"),)),
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
    ("BDAY:1985", "BDAY", "1985"),
    ("BDAY:04/05/1980", "BDAY", "04/05/1980"),
    ("BDAY;VALUE=text:circa 1800", "BDAY", "circa 1800"),
    ("ANNIVERSARY:then", "ANNIVERSARY", "then"),
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


KEPT = [
    "X-SKYPE;TYPE=x:ada",
    "no property at all",
    'ADR;LABEL="Street 1; Bonn: 2nd floor";TYPE=home:;;Street 1;Bonn;;53111;Germany',
    "NOTE:a long\r\n  note,\r\n\tfolded twice",
    "NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\nb=C3=A9",
    "TEL:1\r\nTEL:1",
    "\r\n  \r\nX-A:b",
    "AGENT:\r\nBEGIN:VCARD\r\nFN:Somebody Else\r\nEND:VCARD",
    "KEY:https://example.org/key.asc",
    "PHOTO;VALUE=uri:https://example.org/ada.jpg",
    "REV:20200101T000000Z",
]


@pytest.mark.parametrize("line", KEPT, ids=range(len(KEPT)))
def test_a_card_is_kept_as_it_stands_there(line: str) -> None:
    """To the byte, whatever it says."""
    assert card(line).card == written(line)


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


NEAR = [
    (
        ("item4.X-ABRELATEDNAMES;type=pref:William", "item4.X-ABLabel:_$!<Spouse>!$_"),
        ("spouse", "William"),
    ),
    (
        ("item4.X-ABRELATEDNAMES:Byron", "item4.X-ABLabel:Brother in law"),
        ("brother in law", "Byron"),
    ),
    (("X-ABRELATEDNAMES:Byron",), ("related", "Byron")),
    (("RELATED;TYPE=spouse;VALUE=text:William",), ("spouse", "William")),
    (("RELATED:William",), ("related", "William")),
    (("RELATED;TYPE=friend:urn:uuid:f81d4fae",), None),
    (("X-SPOUSE:William",), ("related", "William")),
    (
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;William;14;;;;;;;;;;;;;",),
        ("spouse", "William"),
    ),
    (
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;William;0;Lord;;;;;;;;;;;;",),
        ("related", "William"),
    ),
]


@pytest.mark.parametrize(("lines", "detail"), NEAR, ids=range(len(NEAR)))
def test_whoever_is_near_somebody_is_a_detail(
    lines: tuple[str, ...], detail: tuple[str, str] | None
) -> None:
    """By name, as far as a card says it."""
    assert card(*lines).details == (() if detail is None else (detail,))


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


def test_groups_that_google_puts_everybody_into_are_no_tags() -> None:
    """They are left in the card, whatever becomes of the others."""
    found = card("CATEGORIES:myContacts,Work")
    assert found.tags == ("work",)
    assert "CATEGORIES:myContacts\r\n" in out(found, replace(found, tags=()))


def test_a_company_is_not_its_own_company() -> None:
    """What a card only says to call it is not said twice."""
    (shop,) = vcard_read.read(
        b"BEGIN:VCARD\nFN:Pizza Place\nORG:Pizza Place;\nEND:VCARD\n"
    ).contacts
    assert shop.details == ()


def test_an_anniversary_of_apple_is_told_by_its_label() -> None:
    """The day stands in one line and what it is in another, of the same group."""
    lines = ("item1.X-ABDATE;type=pref:1835-07-08", "item1.X-ABLabel:_$!<Anniversary>!$_")
    assert card(*lines).occasions == (("anniversary", (1835, 7, 8)),)


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


LINES_OF_OTHERS = [
    *KEPT,
    "N:Lovelace;Ada;King,Byron;Lady;PhD",
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lovelace;Ad=C3=A1",
    "EMAIL;TYPE=HOME:ada@example.org",
    "EMAIL:Ada@Example.org",
    "EMAIL:/o=Firm/cn=ada",
    "item1.TEL;TYPE=CELL:+44 20 7946 0018",
    "item1.X-ABLabel:boat",
    "TEL;VALUE=uri:tel:+44-20-7946-0018",
    "TEL:ask Jenny",
    "NICKNAME:Annie,Zé\\, the 1st",
    "CATEGORIES:Work,myContacts,Old friends",
    "CATEGORIES;TYPE=x:Été",
    "BDAY:1815-12-10",
    "BDAY:1985",
    "X-ANNIVERSARY:18350708",
    "item2.X-ABDATE:1835-07-08",
    "item2.X-ABLabel:_$!<Anniversary>!$_",
    "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Annie;1;;",
    "URL:https\\://example.org",
    "ORG:Analytical;Engines",
    "NOTE:tea\\, numbers\\nand rain",
]


def out(came: Contact, now: Contact) -> str:
    """The one card of somebody, whom the journal calls as `now` says, as it goes out."""
    (going,) = vcard_write.outgoing(OutgoingPerson(now, (KeptCard(came.card),)))
    return going.text


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=90)


@settings(max_examples=60)
@given(name=WORDS, alias=WORDS, tags=st.lists(st.sampled_from(["work", "été"]), unique=True))
@example(name=";", alias="0", tags=[])
@example(name="0", alias="; ;", tags=[])
def test_what_is_written_here_comes_back(name: str, alias: str, tags: list[str]) -> None:
    """Any name survives folding, escaping and reading again; twice is the same as once."""
    called, nick = (" ".join(one.split()) for one in (name, alias))
    if not called or not nick or nick == called:
        return
    known = Contact(called, uid="u", aliases=(nick,), tags=tuple(tags))
    (going,) = vcard_write.outgoing(OutgoingPerson(known))
    assert all(len(line.encode()) <= 75 for line in going.text.split("\r\n"))
    (back,) = vcard_read.read(going.text.encode()).contacts
    assert (back.name, back.aliases, back.tags) == (called, known.aliases, known.tags)
    assert out(back, known) == going.text


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
