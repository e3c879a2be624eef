"""Of a card that came in only the lines are written anew of what was changed in the journal."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.exchange import vcard_write
from connect_cli.exchange.values import Contact, days_of
from connect_cli.exchange.vcard_edits import Edits, PastValues, keys_of
from connect_cli.exchange.vcard_kept import Overrides, substance
from connect_cli.exchange.vcard_lines import in_text
from connect_cli.exchange.vcard_sheet import edited
from connect_cli.exchange.vcard_write import KeptCard, OutgoingPerson
from connect_cli.model import DEATH
from tests.exchange.cards import LINES_OF_OTHERS
from tests.exchange.edited_cards import (
    BIRTHDAY,
    CAME,
    NAMED,
    NO_YEAR,
    Change,
    out,
    read,
    saying,
    text,
)

DAY = ("anniversary", (2001, 2, 3))
BIRTHDAYS = [
    ("3.0", "BDAY:1815-12-10", (BIRTHDAY,), (*NAMED, "BDAY:1990-01-02")),
    ("3.0", "BDAY;VALUE=date:18151210", (BIRTHDAY,), (*NAMED, "BDAY;VALUE=date:19900102")),
    ("4.0", "BDAY:--1210", (BIRTHDAY,), (*NAMED, "BDAY:19900102")),
    ("4.0", "BDAY:18151210", (NO_YEAR,), (*NAMED, "BDAY:--0102")),
    ("3.0", "BDAY:1815-12-10T00:00:00Z", (NO_YEAR,), (*NAMED, "BDAY:--01-02")),
    ("3.0", "BDAY;VALUE=text;X-A=b:1815-12-10", (BIRTHDAY,), (*NAMED, "BDAY;X-A=b:1990-01-02")),
    (
        *("3.0", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-10", (NO_YEAR,)),
        (*NAMED, "BDAY;X-APPLE-OMIT-YEAR=1604:1604-01-02"),
    ),
    (
        *("3.0", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-10", (BIRTHDAY,)),
        (*NAMED, "BDAY:1990-01-02"),
    ),
    ("3.0", "BDAY:1815-12-10", (), NAMED),
    ("3.0", "BDAY:1980", (BIRTHDAY,), (*NAMED, "BDAY:1990-01-02")),
    ("4.0", "BDAY;VALUE=text:circa 1980", (BIRTHDAY,), (*NAMED, "BDAY:19900102")),
    ("3.0", "BDAY:1980", (), (*NAMED, "BDAY:1980")),
]
CHANGES: list[tuple[str, str, tuple[str, ...], Change, tuple[str, ...]]] = [
    (
        "a name is written anew, with its parts",
        "3.0",
        ("UID:u", "item1.FN;X-B=c:Ada Lovelace", "N;CHARSET=UTF-8:Lovelace;Ada;;;", "X-A:b"),
        saying(name="Zoë King"),
        ("UID:u", "item1.FN;X-B=c:Zoë King", "N:King;Zoë;;;", "X-A:b"),
    ),
    (
        "parts stay while the name is made of them",
        "3.0",
        ("FN:Bob Smith", "N:Smith;Robert;;;"),
        saying(name="Robert Smith"),
        ("FN:Robert Smith", "N:Smith;Robert;;;"),
    ),
    (
        "a card that had only parts gets its name",
        "2.1",
        ("N:Lovelace;Ada",),
        saying(name="Zoë King"),
        ("FN;CHARSET=UTF-8:Zoë King", "N;CHARSET=UTF-8:King;Zoë;;;"),
    ),
    (
        "a card that was called by its firm gets a name, and no parts",
        "3.0",
        ("ORG:Pizza Place",),
        saying(name="Pizza Palace"),
        ("FN:Pizza Palace", "ORG:Pizza Place"),
    ),
    (
        "a name that is empty is written",
        "3.0",
        ("FN:", "ORG:Pizza Place"),
        saying(name="Pizza Palace"),
        ("FN:Pizza Palace", "ORG:Pizza Place"),
    ),
    (
        "one of 4.0 needs no parts",
        "4.0",
        ("FN:Ada",),
        saying(name="Ada King"),
        ("FN:Ada King",),
    ),
    (
        "a number goes with its label, the other one of the group stays",
        "3.0",
        (
            *(*NAMED, "item1.TEL:1", "item1.X-ABLabel:boat", "item2.TEL:2", "item2.X-ABLabel:car"),
            *("item3.TEL:3", "item3.EMAIL:a@x.org", "item3.X-ABLabel:both"),
        ),
        saying(phones=("2",)),
        (
            *(*NAMED, "item2.TEL:2", "item2.X-ABLabel:car"),
            *("item3.EMAIL:a@x.org", "item3.X-ABLabel:both"),
        ),
    ),
    (
        "a number that stands there twice goes wholly",
        "4.0",
        ("FN:Ada Lovelace", "TEL:+44 1", "TEL;VALUE=uri:tel:+44-1", "TEL:2"),
        saying(phones=("2",)),
        ("FN:Ada Lovelace", "TEL:2"),
    ),
    (
        "an address comes behind the last one and its label",
        "3.0",
        (*NAMED, "EMAIL:a@x.org", "item1.EMAIL:b@x.org", "item1.X-ABLabel:old", "NOTE:x"),
        saying(emails=("a@x.org", "b@x.org", "c@x.org")),
        (
            *(*NAMED, "EMAIL:a@x.org", "item1.EMAIL:b@x.org", "item1.X-ABLabel:old"),
            *("EMAIL:c@x.org", "NOTE:x"),
        ),
    ),
    (
        "a new number gets no label: nobody knows for which it stands",
        "3.0",
        (*NAMED, "TEL;TYPE=FAX:1", "TEL;TYPE=HOME:2", "NOTE:x"),
        saying(phones=("2", "3")),
        (*NAMED, "TEL;TYPE=HOME:2", "TEL:3", "NOTE:x"),
    ),
    (
        "what is said of a name stays",
        "4.0",
        ("FN;PREF=1;ALTID=a:Ada Lovelace", "FN;ALTID=a;LANGUAGE=jp:エイダ"),
        saying(name="Ada King"),
        ("FN;PREF=1;ALTID=a:Ada King", "FN;ALTID=a;LANGUAGE=jp:エイダ"),
    ),
    (
        "the first of a sort comes last",
        "3.0",
        (*NAMED, "NOTE:x"),
        saying(urls=("https://x.org/a,b",)),
        (*NAMED, "NOTE:x", "URL:https://x.org/a\\,b"),
    ),
    (
        "commas are not escaped in 2.1, and nothing is folded",
        "2.1",
        NAMED,
        saying(urls=(f"https://x.org/a,{'b' * 90}",)),
        (*NAMED, f"URL:https://x.org/a,{'b' * 90}"),
    ),
    (
        "an alias joins the others",
        "3.0",
        (*NAMED, "NICKNAME;X-A=b:Ann\\,ie"),
        saying(aliases=("Ann,ie", "Zoë")),
        (*NAMED, "NICKNAME;X-A=b:Ann\\,ie,Zoë"),
    ),
    (
        "the first alias comes behind the name",
        "3.0",
        NAMED,
        saying(aliases=("Zoë",)),
        (NAMED[0], "NICKNAME:Zoë", NAMED[1]),
    ),
    (
        "an alias leaves the others",
        "3.0",
        (*NAMED, "NICKNAME:Annie, Zoë,?"),
        saying(aliases=("?", "Zoë")),
        (*NAMED, "NICKNAME: Zoë,?"),
    ),
    (
        "the last alias takes its line along, Android's own too",
        "3.0",
        (
            *(
                *NAMED,
                "NICKNAME:Annie",
                "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Zoë;1;;",
            ),
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Zoë;1;;",
        ),
        saying(aliases=()),
        (*NAMED, "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Zoë;1;;"),
    ),
    (
        "what 2.1 wraps is written plainly",
        "2.1",
        (*NAMED, "NICKNAME;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Zo=C3=AB,Annie,B"),
        saying(aliases=("Zoë", "B")),
        (*NAMED, "NICKNAME;CHARSET=UTF-8:Zoë,B"),
    ),
    (
        "tags keep the spelling of the card",
        "3.0",
        (*NAMED, "CATEGORIES:Old friends,myContacts,Work"),
        saying(tags=("work", "été")),
        (*NAMED, "CATEGORIES:myContacts,Work,été"),
    ),
    (
        "a mark of favourites that the journal left out is left",
        "3.0",
        (*NAMED, "CATEGORIES:starred,* My Contacts,b"),
        saying(tags=("a",)),
        (*NAMED, "CATEGORIES:starred,* My Contacts,a"),
    ),
    (
        "an anniversary of Outlook is written as it was",
        "3.0",
        (*NAMED, "X-MS-ANNIVERSARY;VALUE=DATE:18350708"),
        saying(occasions=(DAY,)),
        (*NAMED, "X-MS-ANNIVERSARY;VALUE=DATE:20010203"),
    ),
    *(
        (f"a birthday is written as {old} was", version, (*NAMED, old), saying(occasions=days), new)
        for version, old, days, new in BIRTHDAYS
    ),
    (
        "an anniversary is written wherever it stands",
        "3.0",
        (
            *(*NAMED, "X-ANNIVERSARY:1835-07-08", "item1.X-ABDATE;type=pref:1835-07-08"),
            *("item1.X-ABLabel:_$!<Anniversary>!$_", "X-EVOLUTION-ANNIVERSARY:18350708"),
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;1835-07-08;1;;",
        ),
        saying(occasions=(DAY,)),
        (
            *(*NAMED, "X-ANNIVERSARY:2001-02-03", "item1.X-ABDATE;type=pref:2001-02-03"),
            *("item1.X-ABLabel:_$!<Anniversary>!$_", "X-EVOLUTION-ANNIVERSARY:20010203"),
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2001-02-03;1;;",
        ),
    ),
    (
        "one that goes takes its label along",
        "3.0",
        (*NAMED, "item1.X-ABDATE:1835-07-08", "item1.X-ABLabel:_$!<Anniversary>!$_", "X-A:b"),
        saying(occasions=()),
        (*NAMED, "X-A:b"),
    ),
    (
        "new days are written in the words of the version",
        "3.0",
        NAMED,
        saying(occasions=(BIRTHDAY, DAY, ("first met", (1999, 9, 9)))),
        (
            *(*NAMED, "BDAY:1990-01-02", "item1.X-ABDATE:1999-09-09"),
            *("item1.X-ABLabel:first met", "X-ANNIVERSARY:2001-02-03"),
        ),
    ),
    (
        "and of 4.0",
        "4.0",
        NAMED,
        saying(occasions=(NO_YEAR, DAY)),
        (*NAMED, "BDAY:--0102", "ANNIVERSARY:20010203"),
    ),
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize(
    ("version", "before", "change", "after"),
    [row[1:] for row in CHANGES],
    ids=[row[0] for row in CHANGES],
)
def test_only_the_lines_of_what_was_changed_are_written_anew(
    version: str, before: tuple[str, ...], change: Change, after: tuple[str, ...], end: str
) -> None:
    """In the form of the card's version and with its line ends; what goes out is what is meant."""
    card = text(*before, version=version, end=end)
    now = change(read(card))
    assert out(card, now) == text(*after, version=version, end=end)
    assert out(out(card, now), now) == out(card, now)


def test_a_long_new_line_is_folded_as_the_standard_says() -> None:
    """At 75 bytes, with the line ends of the card."""
    card = text(*NAMED)
    url = f"https://x.org/{'é' * 60}"
    lines = out(card, replace(read(card), urls=(url,))).split("\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert read("\n".join(lines)).urls == (url,)


def test_a_card_without_a_last_line_end_stays_without() -> None:
    """What is put in comes before its last line."""
    card = text("FN:Ada").removesuffix("\n")
    assert out(card, replace(read(card), phones=("1",))).endswith("\nTEL:1\nEND:VCARD")


def test_what_another_program_changed_meanwhile_stays() -> None:
    """It says neither what the card said when it came in nor what the journal ever said."""
    now = replace(read(CAME), name="Ada Byron", occasions=(BIRTHDAY,), phones=("2",))
    (going,) = vcard_write.outgoing(OutgoingPerson(now, (KeptCard(CAME),)))

    def there(*lines: str) -> str:
        (card,), _ = in_text(text(*lines))
        return b"".join(line.raw for line in edited(card, going.wanted)).decode()

    lines = ("FN:Countess Ada", "BDAY:1999-09-09", "TEL:3")
    assert there(*lines) == text(*lines, "TEL:2")
    same = ("FN:Ada Byron", "NICKNAME:Countess", "BDAY:1990-01-02", "TEL:2", "X-NEW:1")
    assert there(*same) == text(*same)


def test_what_the_journal_said_once_and_says_no_more_goes() -> None:
    """A card that it wrote into a folder between two changes."""
    card = text("FN:Ada Byron", "BDAY:1990-01-02", "TEL:2", "CATEGORIES:work")
    days = frozenset({BIRTHDAY})
    past = PastValues(frozenset({"ada byron"}), days, frozenset({("phone", "2"), ("tag", "work")}))
    wanted = vcard_write.outgoing(OutgoingPerson(Contact("Ada", phones=("3",)), (), past))[0].wanted
    (lying,), _ = in_text(card)
    lines = b"".join(line.raw for line in edited(lying, wanted)).decode()
    assert lines == text("FN:Ada", "TEL:3")


def test_a_name_that_comes_back_is_written_as_it_was() -> None:
    """A renaming that was taken back leaves no trace in a card that it was written into."""
    came = text("X-A:b", "item1.FN;X-B=c:黄世勇", "N:黄;世勇;;;")
    now, past = read(came), PastValues(frozenset({"huang king"}))
    wanted = vcard_write.outgoing(OutgoingPerson(now, (KeptCard(came, "", past),)))[0].wanted
    lying = out(came, replace(now, name="Huang King"))
    assert "item1.FN;X-B=c:Huang King\nN:King;Huang;;;" in lying
    (card,), _ = in_text(lying)
    assert b"".join(line.raw for line in edited(card, wanted)).decode() == came
    assert out(came, now, past=past) == came


HOME = ("HOME.TEL:1", "HOME.EMAIL:d@x.org", "HOME.ADR:;;Old Street;Rome;;;")
BOAT = ("item1.TEL:1", "item1.X-ABLabel:Boat", "item2.URL:http://x.org", "item2.X-ABLabel:Blog")
AGAIN = [
    (
        "only what was taken back, not all of its group",
        HOME,
        ("HOME.ADR:;;New Street;Rome;;;",),
        ("HOME.TEL:1", "HOME.ADR:;;New Street;Rome;;;"),
    ),
    (
        "with its label, and beside a group that has its name by now",
        BOAT,
        ("item1.URL:http://x.org", "item1.X-ABLabel:Blog"),
        ("item2.TEL:1", "item2.X-ABLabel:Boat", "item1.URL:http://x.org", "item1.X-ABLabel:Blog"),
    ),
    ("with its label", BOAT, BOAT[2:], BOAT),
]


@pytest.mark.parametrize(
    ("came", "lies", "after"), [row[1:] for row in AGAIN], ids=[row[0] for row in AGAIN]
)
def test_a_line_comes_back_alone(
    came: tuple[str, ...], lies: tuple[str, ...], after: tuple[str, ...]
) -> None:
    """What another program changed of the card meanwhile stays as it is."""
    wanted = Edits(new=(("phone", "1"),), came=text(*NAMED, *came))
    (card,) = in_text(text(*NAMED, *lies))[0]
    assert [line.text for line in edited(card, wanted)][4:-1] == list(after)


def test_an_alias_that_is_the_name_in_the_card_stays_there() -> None:
    """Also where the journal calls somebody else so."""
    came = text("FN:Ada King", "NICKNAME:Ada King,,Zoë")
    now = replace(read(came), name="Ada Lovelace")
    assert out(came, now, Overrides("Ada Lovelace")) == came
    wanted = vcard_write.outgoing(OutgoingPerson(now))[0].wanted
    assert edited(in_text(came)[0][0], wanted)[3].text == "NICKNAME:Ada King,,Zoë"


def test_an_edit_of_nothing_gives_the_same_lines() -> None:
    """Not even a copy of them."""
    (card,), _ = in_text(CAME)
    assert edited(card, Edits()) is card.lines


MET = ("item1.X-ABDATE;type=pref:1999-09-09", "item1.X-ABLabel:First met")
DAYS_OF_CARDS: list[tuple[str, str, tuple[str, ...], Contact, PastValues, tuple[str, ...]]] = [
    (
        "a day of one's own is changed in its line",
        "3.0",
        (*NAMED, *MET),
        Contact("Ada Lovelace", occasions=(("first met", (1998, 8, 8)),)),
        PastValues(days=frozenset({("first met", (1999, 9, 9))})),
        (*NAMED, "item1.X-ABDATE;type=pref:1998-08-08", MET[1]),
    ),
    (
        "without its year it is written as Apple does",
        "3.0",
        (*NAMED, *MET),
        Contact("Ada Lovelace", occasions=(("first met", (None, 8, 8)),)),
        PastValues(days=frozenset({("first met", (1999, 9, 9))})),
        (*NAMED, "item1.X-ABDATE;type=pref;X-APPLE-OMIT-YEAR=1604:1604-08-08", MET[1]),
    ),
    (
        "one that was deleted here goes with its label",
        "3.0",
        (*NAMED, *MET, "X-A:b"),
        Contact("Ada Lovelace"),
        PastValues(days=frozenset({("first met", (1999, 9, 9))})),
        (*NAMED, "X-A:b"),
    ),
    (
        "one that was never here stays",
        "3.0",
        (*NAMED, *MET),
        Contact("Ada Lovelace"),
        PastValues(),
        (*NAMED, *MET),
    ),
    (
        "a new one takes a group that is free",
        "3.0",
        (*NAMED, "item1.TEL:1", "item1.X-ABLabel:boat"),
        Contact("Ada Lovelace", phones=("1",), occasions=(("name day", (None, 8, 8)),)),
        PastValues(),
        (
            *(*NAMED, "item1.TEL:1", "item1.X-ABLabel:boat"),
            "item2.X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-08-08",
            "item2.X-ABLabel:name day",
        ),
    ),
    (
        "version 2.1 declares the encoding of a label",
        "2.1",
        NAMED,
        Contact("Ada Lovelace", occasions=(("Fête", (None, 8, 8)),)),
        PastValues(),
        (
            *(*NAMED, "item1.X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-08-08"),
            "item1.X-ABLabel;CHARSET=UTF-8:Fête",
        ),
    ),
    (
        "version 4.0 has days without a year",
        "4.0",
        NAMED,
        Contact("Ada Lovelace", occasions=(("other", (None, 8, 8)),)),
        PastValues(),
        (*NAMED, "item1.X-ABDATE:--0808", "item1.X-ABLabel:_$!<Other>!$_"),
    ),
    (
        "a death that was recorded here",
        "4.0",
        NAMED,
        Contact("Ada Lovelace", died="2024-03-10"),
        PastValues(),
        (*NAMED, "DEATHDATE:20240310"),
    ),
    (
        "and in 3.0, where only a property of others has it",
        "3.0",
        NAMED,
        Contact("Ada Lovelace", died="2024-03"),
        PastValues(),
        (*NAMED, "X-DEATHDATE:2024-03"),
    ),
    (
        "of which nobody knows when",
        "4.0",
        NAMED,
        Contact("Ada Lovelace", died="unknown"),
        PastValues(),
        (*NAMED, "DEATHDATE;VALUE=text:unknown"),
    ),
    (
        "the day of a death is known by now",
        "4.0",
        (*NAMED, "DEATHDATE;VALUE=text:circa 1800"),
        Contact("Ada Lovelace", died="--03-10"),
        PastValues(days=frozenset({(DEATH, "unknown")})),
        (*NAMED, "DEATHDATE:--0310"),
    ),
    (
        "and is not known any more",
        "3.0",
        (*NAMED, "item1.DEATHDATE:1852-11-27"),
        Contact("Ada Lovelace", died="unknown"),
        PastValues(days=frozenset({(DEATH, "1852-11-27")})),
        (*NAMED, "item1.DEATHDATE;VALUE=text:unknown"),
    ),
    (
        "a death that was taken back here",
        "4.0",
        (*NAMED, "DEATHDATE:18521127"),
        Contact("Ada Lovelace"),
        PastValues(days=frozenset({(DEATH, "1852-11-27")})),
        NAMED,
    ),
    (
        "a death that the journal never had stays",
        "4.0",
        (*NAMED, "DEATHDATE:18521127"),
        Contact("Ada Lovelace"),
        PastValues(),
        (*NAMED, "DEATHDATE:18521127"),
    ),
]


@pytest.mark.parametrize(
    ("version", "came", "now", "past", "after"),
    [row[1:] for row in DAYS_OF_CARDS],
    ids=[row[0] for row in DAYS_OF_CARDS],
)
def test_a_day_is_written_where_it_was_told(
    version: str, came: tuple[str, ...], now: Contact, past: PastValues, after: tuple[str, ...]
) -> None:
    """Yearly days of any label and the day of a death, in the form of the card."""
    card = text(*came, version=version)
    went = out(card, now, past=past)
    assert went == text(*after, version=version)
    assert out(went, now, past=past) == went
    assert days_of(now).items() <= days_of(read(went)).items()


CARDS = st.builds(
    lambda version, end, lines: text("FN:Ada Lovelace", *lines, version=version, end=end),
    st.sampled_from(["2.1", "3.0", "4.0"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.lists(st.sampled_from(LINES_OF_OTHERS), max_size=8),
)
NEWS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["Zoë King", "Ada", "O'Neil, Ada; PhD", "黄世勇"]),
        "emails": st.lists(st.sampled_from(["ada@example.org", "b@x.org"]), unique=True).map(tuple),
        "phones": st.lists(st.sampled_from(["+44 20 7946 0018", "1,2"]), unique=True).map(tuple),
        "aliases": st.lists(st.sampled_from(["Annie", "Zé, the 1st"]), unique=True).map(tuple),
        "tags": st.lists(st.sampled_from(["work", "été"]), unique=True).map(tuple),
        "occasions": st.sampled_from([(), (BIRTHDAY,), (NO_YEAR, DAY)]),
    },
)


@settings(max_examples=150)
@given(card=CARDS, news=NEWS)
def test_any_card_with_any_change_says_what_the_journal_says(
    card: str, news: dict[str, object]
) -> None:
    """Read again it is that; every line that was not changed is there to the byte, in its order."""
    before = read(card)
    now = replace(before, **news)  # type: ignore[arg-type]  # by their names
    assert out(card, before) == card
    past = PastValues(days=frozenset(days_of(before).items() - days_of(now).items()))
    went = out(card, now, past=past)
    back = read(went)
    assert back.name == now.name
    assert keys_of(back) == keys_of(now)
    assert days_of(back) == days_of(now)
    assert substance(out(went, now, past=past)) == substance(went)
    there = iter(went.splitlines(keepends=True))
    old = [line for line in card.splitlines(keepends=True) if _stays(line, news)]
    assert all(line in there for line in old)


def _stays(line: str, news: dict[str, object]) -> bool:
    """Whether a line is about nothing that was changed."""
    about = {
        "name": ("FN", "N:", "N;"),
        "emails": ("EMAIL",),
        "phones": ("TEL", "item1."),
        "aliases": ("NICKNAME",),
        "tags": ("CATEGORIES",),
        "occasions": ("BDAY", "ANNIV", "X-ANN", "X-EVO", "X-MS-A", "item2.", "item3."),
    }
    changed = tuple(start for field in news for start in about[field])
    return not line.startswith((*changed, "X-ANDROID", "=C3", " ", "\t"))
