"""Imports: an address book with a journal of interactions, a copy of the journal, meetings."""

from datetime import date

from connect_cli.model import Direction, Kind, Named
from connect_cli.reports import Arriving, AtWord, Happening, Preview, Question, Unread

ADA, GRACE, MAY = Named("a" * 12, "Ada Lovelace"), Named("b" * 12, "Grace"), Named("c" * 12, "May")
PEOPLE = (
    Arriving(
        "José Álvarez",
        "new",
        gains=(
            ("alias", "Pepe"),
            ("email", "jose@example.org"),
            ("phone", "+34 91 555 01 00"),
            ("birthday", "04-12"),
            ("note", "met in Boston, asks after the scones each time"),
        ),
    ),
    Arriving("李雷", "new"),
    Arriving("Ada Lovelace", "matched", "email", gains=(("city", "Boston"),)),
    Arriving("May", "matched", "uid"),
    Arriving("Grace Hopper", "unsure", maybe=(GRACE, MAY)),
    Arriving("Bakery on the Corner of the Old Market Square", "new", sort="firm"),
    Arriving("Shop", "left out", gains=(("email", "no-reply@shop.example"),), sort="machine"),
)
WORDS = (
    AtWord("@idea", 12, "An @idea for a tool.", becomes="tag"),
    AtWord("@ada", 3, "Walk with @ada", ("Ada Lovelace",), "person", "Ada Lovelace"),
    AtWord("@ken_thompson", 2, "Lunch with @ken_thompson", (), "person", "Ken Thompson"),
    AtWord("@may", 1, "In @may again", ("May",), "tag"),
)
UNDECIDED = (
    *WORDS[:1],
    AtWord("@dan", 3, "I met with @dan.", ("Dan Brown", "Dan Smith")),
    AtWord("@grace", 1, "", ("Grace",)),
)
INTERACTIONS = (
    Happening(
        "1",
        date(2026, 11, 20),
        ("Ada Lovelace", "José Álvarez"),
        kind=Kind.COFFEE,
        time="10:00",
        minutes=45,
        direction=Direction.MINE,
        note="She is moving to Boston.\nWorried about the interview.",
        tags=("work",),
    ),
    Happening("2", date(2026, 11, 19), ("May",), kind=Kind.CALL),
)
UNREAD = (
    Unread("book.vcf, line 33", "it is a group"),
    Unread("a folder/with a very long name of a card.vcf, line 1", "the card is cut off"),
)
IMPORT = Preview(
    "vcard",
    people=PEOPLE,
    interactions=INTERACTIONS,
    known=3,
    new={"person": 2, "contact_point": 2, "interaction": 2},
    changed={"card": 1},
    unread=UNREAD,
    remarks=("book.csv, columns not imported: Shoe size",),
    decide="To decide: --on-match update matches them, --on-match new adds them",
)
FROM_JRNL = Preview(
    "jrnl", words=WORDS, interactions=INTERACTIONS, new={"interaction": 2}, unread=UNREAD[:1]
)
TO_DECIDE = Preview("jrnl", words=UNDECIDED, waiting=2)
MAIL = Preview("mail", interactions=INTERACTIONS, new={"interaction": 2}, by_person=True)
COPY = Preview(
    "jsonl",
    taken=True,
    new={"person": 2, "interaction": 1},
    changed={"person": 1},
    taken_away={"alias": 2},
    unread=UNREAD[:1],
    counted=True,
)
QUESTIONS = (
    Question(
        "d" * 12,
        date(2026, 11, 23),
        (ADA,),
        "calendar",
        Kind.COFFEE,
        "10:00",
        45,
        "Coffee in Boston",
    ),
    Question("e" * 12, date(2026, 11, 22), (GRACE, MAY), "weekday"),
)
MEETINGS = Preview("ics", questions=QUESTIONS, asks=True)
SAME = Preview("vcard", people=PEOPLE[3:4], known=2)
NONE = Preview("vcard")


def hostile_import(text: str) -> Preview:
    """An import in which everything is called that."""
    somebody = Named("a" * 12, text)
    return IMPORT._replace(
        people=[
            one._replace(name=text, maybe=(somebody,), gains=((text, text),)) for one in PEOPLE
        ],
        interactions=[Happening("1", INTERACTIONS[0].day, (text,), note=text)],
        unread=[Unread(text, text)],
        words=[AtWord(text, 1, text, (text,), "person", text)],
        remarks=(text,),
        decide=text,
    )


def hostile_meetings(text: str) -> Preview:
    """Questions about something called that, with somebody called that."""
    somebody = Named("a" * 12, text)
    return MEETINGS._replace(
        questions=[one._replace(people=(somebody,), summary=text) for one in QUESTIONS]
    )
