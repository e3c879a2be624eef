"""vCards of every version and dialect become people, and go out again with all they said."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connect_cli.exchange import vcard, vcard_out
from connect_cli.exchange.values import Contact
from connect_cli.exchange.vcard_lines import escaped
from connect_cli.exchange.vcard_out import Leaving


def card(*lines: str) -> Contact:
    """The one person of a card with these lines."""
    text = "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", "FN:Ada Lovelace", *lines, "END:VCARD", ""])
    found = vcard.read(text.encode())
    assert found.unread == []
    (contact,) = found.contacts
    return contact


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
        ("ADR:;;;;;;", "rest", ""),
        ("ORG: ; ;", "rest", ""),
        ("X-SKYPE;TYPE=x:ada", "rest", "X-SKYPE;TYPE=x:ada"),
        ("PHOTO;ENCODING=b;TYPE=JPEG:AAAA", "rest", ""),
        ("no property at all", "rest", "no property at all"),
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
    """By name, as far as a card says it; its lines are given back as they were."""
    found = card(*lines)
    assert found.details == (() if detail is None else (detail,))
    assert found.rest.splitlines() == list(lines)


def test_android_keeps_nicknames_and_days_in_lines_of_its_own() -> None:
    """An event of another sort is only kept."""
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
    assert found.rest.count(custom) == 4


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
    (found,) = vcard.read(text.encode()).contacts
    assert found.name == name
    assert f"FN:{full}" in unfolded(vcard_out.written(leaving(found))) or "," in name
    renamed = Contact("Somebody Else", rest=found.rest)
    assert "FN:Somebody Else" in unfolded(vcard_out.written(leaving(renamed)))


def test_groups_that_google_puts_everybody_into_are_no_tags() -> None:
    """They are given back."""
    found = card("CATEGORIES:myContacts,Work")
    assert found.tags == ("work",)
    assert "CATEGORIES:Work,myContacts" in unfolded(vcard_out.written(leaving(found)))


def test_a_company_is_not_its_own_company() -> None:
    """What a card only says to call it is not said twice."""
    (shop,) = vcard.read(b"BEGIN:VCARD\nFN:Pizza Place\nORG:Pizza Place;\nEND:VCARD\n").contacts
    assert (shop.details, shop.rest) == ((), "ORG:Pizza Place;")


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
    assert [one.name for one in vcard.read(text.encode()).contacts] == [name]


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
    assert [one.place for one in vcard.read(text.encode(), "a.vcf").unread] == places


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
    found = vcard.read(text.encode())
    assert [one.reason for one in found.unread] == reasons
    assert [one.name for one in found.contacts] == [*([] if reasons else ["Family"]), "Ada"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_encodings_and_line_ends_do_not_matter(encoding: str, end: str) -> None:
    """The same card in every coat is the same person."""
    text = end.join(["BEGIN:VCARD", "VERSION:3.0", "FN:José Sá", "END:VCARD", ""])
    content = text.encode(encoding)
    assert vcard.begins(content)
    assert [one.name for one in vcard.read(content).contacts] == ["José Sá"]


def test_a_card_within_a_card_is_not_another_person() -> None:
    """The assistant of vCard 2.1 stands within the card of whom they assist."""
    lines = ("AGENT:", "BEGIN:VCARD", "FN:Somebody Else", "END:VCARD")
    assert card(*lines).name == "Ada Lovelace"


LINES = (
    "N:Lovelace;Ada;;;",
    "EMAIL;TYPE=HOME:ada@example.org",
    "item1.TEL;TYPE=CELL:+44 20 7946 0018",
    "CATEGORIES:Work,Old friends",
    "ORG:Analytical;Engines",
    "ADR;TYPE=HOME:;;12 St James's Sq.;London;;SW1Y;UK",
    "X-SOCIALPROFILE;TYPE=x:https://example.org/ada",
    "item2.X-ABLabel:_$!<Other>!$_",
)


def test_what_the_journal_has_no_place_for_is_given_back() -> None:
    """Types, groups, addresses and unknown properties go out as they came in."""
    contact = card("UID:u-1", *LINES)
    out = unfolded(vcard_out.written(leaving(contact)))
    for line in LINES:
        assert line in out


def test_what_was_changed_in_the_journal_goes_out_changed() -> None:
    """A number that is gone is not given back, a new name is not called by its old parts."""
    contact = card("UID:u-1", *LINES)
    changed = Contact("Ada King", uid="u-1", phones=("123",), rest=contact.rest)
    out = unfolded(vcard_out.written(leaving(changed)))
    assert "N:King;Ada;;;" in out
    assert "TEL:123" in out
    assert not [line for line in out if "7946" in line or "EMAIL" in line]


def leaving(contact: Contact) -> Leaving:
    """A person on the way out as the journal would let them go."""
    return Leaving(contact, tuple(contact.rest.split("\n")))


def unfolded(text: str) -> list[str]:
    """The lines of a card."""
    return text.replace("\r\n ", "").split("\r\n")


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=90)


@settings(max_examples=60)
@given(name=WORDS, note=WORDS, tags=st.lists(st.sampled_from(["work", "été"]), unique=True))
@example(name=";", note="0", tags=[])
@example(name="0", note="; ;", tags=[])
def test_what_goes_out_comes_back(name: str, note: str, tags: list[str]) -> None:
    """Any name and note survives folding, escaping and reading again; twice is the same as once."""
    if not (called := " ".join(name.split())) or not note.strip():
        return
    known = Contact(called, uid="u", details=(("note", note.strip()),), tags=tuple(tags))
    text = vcard_out.written(Leaving(known, (f"NOTE:{escaped(note.strip())}",)))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (back,) = vcard.read(text.encode()).contacts
    assert (back.name, back.details, back.tags) == (called, known.details, known.tags)
    again = vcard_out.written(Leaving(back, tuple(back.rest.split("\n"))))
    assert again == text


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
    found = vcard.read(text.encode("utf-8", "surrogatepass"))
    assert found.contacts or found.unread
    for one in found.contacts:
        assert vcard_out.written(leaving(one))
