"""Believable people and notes, and strings that mean harm: values for every test that shows them.

All days are fixed around TODAY, a Monday.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from connect_cli.model import (
    Cadence,
    ContactPoint,
    Counts,
    Detail,
    Direction,
    Energy,
    Interaction,
    Kind,
    Named,
    Occasion,
    Owed,
    Pause,
    Person,
    Promise,
    Rule,
)
from connect_cli.reports import FromInbox, InboxAnswer, InboxLineWaits, Rehearsal, WouldAsk
from connect_cli.views import (
    Card,
    Companion,
    CountedDay,
    Due,
    Hit,
    OccasionDay,
    Plan,
    Recall,
    Standing,
    State,
    Suggestion,
    Tie,
    Today,
    TodayRow,
    Welcome,
)

TODAY = date(2026, 11, 23)

HOSTILE = (
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1b]0;title\x07",
    "\x9b2J\x9d0;title\x9c",
    "[red]",
    "[/]",
    "[link=https://evil.example]x[/link]",
    ":smile: [bold]x",
    "Ada\u202egnp.exe",
    "\u2066isolated\u2069\u200e\u200f\u061c",
    "nul\x00here",
    "one\ntwo\tthree\r\nfour\rfive",
    "line\u2028and\u2029paragraph",
    "tag\U000e0041\U000e007f",
    "lone \ud800 surrogate \udc9b",
    "zero\u200bwidth\u00ad\ufeff",
    "back\x08\x08\x08space\x7f",
    "quote\" 'single' \\backslash\\",
)
WIDE = ("王小明", "山田 太郎", "👩‍👩‍👧‍👦 The Okafors", "Zoë 🌻 Łukasz", "Nguyễn Thị Minh Khai")
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Montgomery of the Upper Valley, Junior"


def day(ago: int) -> date:
    """So many days before TODAY; a negative number is still to come."""
    return TODAY - timedelta(days=ago)


def id_of(number: int, sort: str = "p") -> str:
    """A believable id, the same for the same number."""
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    code = (number + 1) * 2654435761 * (ord(sort) + 7919)
    return "".join(alphabet[(code >> (5 * place)) & 31] for place in range(12))


def named(person: Person) -> Named:
    return Named(person.id, person.name)


def person(number: int, name: str, circle: str | None, cadence: str, ago: int | None) -> Person:
    """Someone last spoken to so many days ago."""
    last = None if ago is None else day(ago)
    parsed = Cadence.parse(cadence) if cadence else None
    return Person(id_of(number), name, circle, parsed, last_full_on=last)


ADA = person(1, "Ada Lovelace", "close", "1m", 35)
GRACE = person(2, "Grace Hopper", "inner", "1w", 0)
TOM = person(3, "Tom Kilburn", "close", "2w", 19)
MINH = person(4, "Nguyễn Thị Minh Khai", "friends", "3m", 100)
MING = person(5, "王小明", "friends", "3m", 61)
JOSE = person(6, "José Álvarez", "wide", "1y", 420)
MAY = person(7, "May Okafor", None, "", 12)
LONG = person(8, LONG_NAME, "friends", "3m", 2)
NEW = person(9, "Sunny", "friends", "3m", None)


def interaction(
    number: int, ago: int, kind: Kind, people: Sequence[Person], note: str = ""
) -> Interaction:
    """What happened so many days ago."""
    who = tuple(map(named, people))
    return Interaction(id_of(number, "i"), day(ago), kind, who, note=note, entered=note)


COFFEE = interaction(
    1,
    35,
    Kind.COFFEE,
    [ADA, GRACE],
    "She is moving to Boston in spring, and Emma starts at the new school in September. "
    "Worried about finding a flat near the river; asked whether I still know someone at MIT.",
)._replace(
    minutes=45,
    tags=("boston", "work"),
)
CALL = interaction(
    2, 19, Kind.CALL, [TOM], "The interview went well, he hears in two weeks."
)._replace(
    minutes=20,
    direction=Direction.MINE,
)
EMAIL = interaction(3, 420, Kind.EMAIL, [JOSE], "Photos of the vineyard.")._replace(
    direction=Direction.THEIRS
)
LUNCH = interaction(4, 0, Kind.MEAL, [GRACE], "Noodles.")._replace(minutes=90, time="12:30")
WALK = interaction(
    5, 61, Kind.WALK, [MING], "他要结婚了。\nThe wedding is in May, in Chengdu."
)._replace(
    minutes=120,
    energy=Energy.GAVE,
)
TRIED = interaction(6, 3, Kind.CALL, [ADA])._replace(
    tried=True, counts=Counts.NO, direction=Direction.MINE
)
PARTY = interaction(7, 100, Kind.EVENT, [MINH, ADA], "Her sister's opening.")._replace(
    counts=Counts.HALF
)
GIFT = interaction(8, 200, Kind.GIFT, [ADA])._replace(direction=Direction.MINE, counts=Counts.YES)

BOOK = Promise(
    id_of(1, "o"), named(ADA), "lend her the Babbage biography", Owed.ME, day(-4), None, day(35)
)
PAPER = Promise(id_of(2, "o"), named(GRACE), "send the COBOL paper", Owed.ME, day(3), None, day(20))
INTRO = Promise(
    id_of(3, "o"), named(ADA), "introduce me to Charles", Owed.THEM, None, None, day(35)
)
INTERVIEW = Promise(
    id_of(4, "o"), named(TOM), "did they call back after the interview?", Owed.ASK, TODAY
)
FLAT = Promise(id_of(5, "o"), named(ADA), "has she found a flat?", Owed.ASK)
RECIPE = Promise(id_of(6, "o"), named(MINH), "send the recipe", Owed.ME, day(9), day(2), day(30))
PROMISES = (BOOK, PAPER, INTRO, INTERVIEW, FLAT)
REHEARSAL = Rehearsal(
    interactions=(COFFEE._replace(id=""),),
    added=(Named("new 0", "Ida Rhodes"),),
    promises=(INTRO,),
    questions=(
        WouldAsk("Tom", "Who is meant by 'Tom'?", ("Tom Baker", "Tom Waits")),
        WouldAsk("", "With whom?"),
    ),
    heard=(PAPER._replace(text="introduce her to Babbage"),),
    open_loops=(INTERVIEW, FLAT),
)
INBOX = InboxAnswer(
    "/home/me/inbox",
    ("phone.txt", "watch.md"),
    (
        FromInbox("phone.txt", 3, COFFEE),
        FromInbox("watch.md", 1, COFFEE, by_file=True, added=(named(ADA),)),
    ),
    (
        InboxLineWaits(
            "phone.txt", 4, "scones with Tom", "'Tom' could be any of: Tom Baker, Tom Waits"
        ),
        InboxLineWaits(
            *("phone.txt", 5, "interview with Zed", "nobody here is called 'Zed'"),
            "to add them: connect add Zed",
        ),
    ),
    known=2,
    unread=("not read: cat.jpg; text files end in .txt or .md",),
)

ORDER = Detail(id_of(1, "d"), "usual order", "flat white, oat milk")
CHILD = Detail(id_of(2, "d"), "daughter", "Emma, 7, plays the cello")
WORKS = Detail(id_of(3, "d"), "works at", "the Analytical Engine Company")

BIRTHDAY = OccasionDay(
    Occasion(id_of(1, "b"), named(ADA), "birthday", 11, 25, 1986), day(-2), 2, turns=40
)
WEDDING = OccasionDay(
    Occasion(id_of(2, "b"), named(MINH), "anniversary", 11, 22, 2016), day(1), -1, turns=10
)

ADA_DUE = Due(ADA, TODAY, State.WAITING, ADA.last_on, "full", "contact", day(5), 31)
TOM_DUE = Due(TOM, TODAY, State.DUE, TOM.last_on, "full", "contact", day(2), 14)
JOSE_DUE = Due(JOSE, TODAY, State.DORMANT, JOSE.last_on, "full", "contact", day(55), 365)
MING_DUE = Due(MING, TODAY, State.SOON, MING.last_on, "full", "contact", day(-5), 90)
GRACE_DUE = Due(GRACE, TODAY, State.FRESH, GRACE.last_on, "full", "contact", day(-7), 7)
MINH_DUE = Due(
    MINH, TODAY, State.RESTING, MINH.last_on, "full", "contact", day(9), 91, back_on=day(-4)
)
MAY_DUE = Due(MAY, TODAY, State.NONE)
LONG_DUE = Due(LONG, TODAY, State.FRESH, LONG.last_on, "full", "contact", day(-89), 91)
NEW_DUE = Due(NEW, TODAY, State.SOON, None, "", "first", day(-3), 91)
RULE_DUE = Due(
    MAY._replace(
        id=id_of(10), name="Choir", cadence=Rule("FREQ=WEEKLY;BYDAY=TH", "every thursday")
    ),
    TODAY,
    State.PAUSED,
)
DUES = (
    ADA_DUE,
    TOM_DUE,
    JOSE_DUE,
    MING_DUE,
    GRACE_DUE,
    MINH_DUE,
    MAY_DUE,
    LONG_DUE,
    NEW_DUE,
    RULE_DUE,
)

ROWS = (
    TodayRow(Suggestion(TOM_DUE, "due"), CALL, (), (WORKS,)),
    TodayRow(Suggestion(ADA_DUE, "due"), COFFEE, (BOOK, INTRO, FLAT), (ORDER, CHILD)),
    TodayRow(Suggestion(JOSE_DUE, "reconnect"), EMAIL),
)
PLAN = Plan(
    TODAY,
    5,
    (BIRTHDAY, WEDDING),
    (PAPER, INTERVIEW),
    (GRACE,),
    tuple(row.suggestion for row in ROWS),
)
MORNING = Today(PLAN, ROWS, 42, 30, (LUNCH,))
DONE_DAY = Today(Plan(TODAY, 1, done=(GRACE,)), (), 42, 30, (LUNCH,))
FREE_DAY = Today(Plan(TODAY, 3), (), 42, 30)
NO_CADENCE = Today(Plan(TODAY, 3), (), 42, 0)
NOBODY = Today(Plan(TODAY, 3), anybody=False)

_NOTES = (
    "Tea and scones; she has a new theory about the loom.",
    "Talked about her mother, who is better.",
    "",
    "Helped move the piano. Never again.",
    "Long conversation about the translation, and about what a machine can and cannot originate.",
)
_KINDS = (Kind.CALL, Kind.COFFEE, Kind.MESSAGE, Kind.VISIT, Kind.WALK)


def years(count: int) -> tuple[Interaction, ...]:
    """A long history with Ada, newest first: one contact every 24 days before the coffee."""
    return tuple(
        interaction(
            100 + i,
            60 + 24 * i,
            _KINDS[i % 5],
            [ADA, TOM] if i % 4 == 0 else [ADA],
            _NOTES[i % 5],
        )._replace(
            minutes=(None, 20, 90)[i % 3],
        )
        for i in range(count)
    )


CARD = Card(
    ADA_DUE,
    aliases=("Countess", "Ada B."),
    tags=("work", "math"),
    contact_points=(
        ContactPoint(id_of(1, "c"), "email", "ada@example.org"),
        ContactPoint(id_of(2, "c"), "phone", "+44 20 7946 0018"),
        ContactPoint(id_of(3, "c"), "url", "https://ada.example.org/engine notes"),
    ),
    details=(
        ORDER,
        CHILD,
        WORKS,
        Detail(id_of(4, "d"), "likes", "long walks, crosswords, Mendelssohn"),
    ),
    occasions=(BIRTHDAY,),
    promises=(BOOK, INTRO, FLAT),
    ties=(
        Tie(named(GRACE), "sister"),
        Tie(named(TOM), "met through"),
        Tie(named(MINH), "met through you"),
    ),
    companions=(Companion(named(GRACE), 12), Companion(named(TOM), 4)),
    timeline=(TRIED, COFFEE, *years(40)),
    total=142,
    last_year=tuple(
        CountedDay(day(ago), counts)
        for ago, counts in (
            *((350, Counts.YES), (290, Counts.NO), (200, Counts.YES), (195, Counts.YES)),
            *((84, Counts.YES), (60, Counts.HALF), (35, Counts.YES), (3, Counts.NO)),
        )
    ),
)
RECALL = Recall(
    COFFEE._replace(
        note=f"{COFFEE.note}\n\n- the van\n- the boxes",
        entered="Coffee with Ada and Grace 5 weeks ago 45m #work",
        energy=Energy.GAVE,
    ),
    datetime(2026, 10, 19, 17, 5, tzinfo=UTC),
)
SECRETS = (
    "sister Grace",
    "Boston",
    "Babbage",
    "flat white",
    "interview",
    "scones",
    "ada@",
    "7946",
    "engine notes",
    "build boats",
)
"""What no discreet answer shows."""

NEW_CARD = Card(NEW_DUE)

STANDINGS = tuple(
    Standing(due, tags, aliases)
    for due, tags, aliases in zip(
        DUES,
        (
            ("work", "math"),
            (),
            ("wine",),
            (),
            ("navy", "work"),
            (),
            ("neighbours",),
            (),
            (),
            ("choir",),
        ),
        (("Countess",), *[()] * 9),
        strict=True,
    )
)
HISTORY = (LUNCH, TRIED, CALL, COFFEE, WALK, PARTY, GIFT, EMAIL)
HITS = (
    Hit("note", COFFEE.id, COFFEE.people, COFFEE.note, COFFEE.day, ((17, 23), (83, 90))),
    Hit(
        "note",
        CALL.id,
        CALL.people,
        "x" * 90 + " he may move to Boston too",
        CALL.day,
        ((106, 112),),
    ),
    Hit("detail", WORKS.id, (named(TOM),), "works at: Boston Dynamics", None, ((10, 16),)),
    Hit("promise", BOOK.id, (named(ADA),), BOOK.text, BOOK.due_on, ((13, 20),)),
    Hit("name", MAY.id, (named(MAY),), "May Boston", None, ((4, 10),)),
)


def hostile_people() -> tuple[Person, ...]:
    """People whose names mean harm."""
    return tuple(
        ADA._replace(id=id_of(200 + i), name=text, circle=text) for i, text in enumerate(HOSTILE)
    )


def hostile_card(text: str) -> Card:
    """A card that says `text` wherever a person can write."""
    whom = ADA._replace(name=text, circle=text)
    interaction = COFFEE._replace(
        people=(named(whom), Named(id_of(99), text)), note=text, tags=(text,), entered=text
    )
    occasion = BIRTHDAY._replace(
        occasion=BIRTHDAY.occasion._replace(person=named(whom), label=text)
    )
    return Card(
        ADA_DUE._replace(person=whom),
        aliases=(text,),
        tags=(text,),
        contact_points=(ContactPoint(id_of(1, "c"), text, text),),
        details=(Detail(id_of(1, "d"), text, text),),
        occasions=(occasion, occasion._replace(turns=None)),
        promises=tuple(BOOK._replace(person=named(whom), text=text, owed=owed) for owed in Owed),
        ties=(Tie(Named(id_of(99), text), text),),
        companions=(Companion(Named(id_of(99), text), 3),),
        timeline=(interaction, interaction._replace(id=id_of(98, "i"))),
        total=2,
        on_this_day=(interaction._replace(id=id_of(97, "i")),),
    )


def hostile_today(text: str) -> Today:
    """A morning that says `text` wherever a person can write."""
    card = hostile_card(text)
    suggestion = Suggestion(card.due, "due")
    last = card.timeline[0]
    row = TodayRow(suggestion, last, card.promises, card.details, card.occasions[:1])
    plan = Plan(TODAY, 3, card.occasions, card.promises, (card.person,), (suggestion,))
    welcome = Welcome(Pause(day(9), day(3)), card.occasions)
    return Today(
        plan,
        (row,),
        1,
        1,
        card.timeline[:1],
        welcome=welcome,
        coming=plan._replace(done=()),
        on_this_day=last,
    )
