"""Coming days as the page for the phone shows them: seven days, many people, nobody, and harm."""

from datetime import date, datetime, timedelta

from connect_cli.language.sorting import by_name
from connect_cli.model import (
    Cadence,
    ContactPoint,
    Detail,
    Interaction,
    Kind,
    Named,
    Occasion,
    Owed,
    Person,
    Promise,
)
from connect_cli.views import Card, ComingDays, Due, OccasionDay, Plan, State, Suggestion, Tie

TODAY = date(2026, 11, 30)
NOW = datetime(2026, 12, 1, 2, 5)
"""Two in the morning: it is still the day before."""


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def plan(ahead: int, *given: object) -> Plan:
    """The list of a day, of occasions, promises and people proposed."""
    return Plan(
        day(ahead),
        3,
        occasions=tuple(one for one in given if isinstance(one, OccasionDay)),
        promises=tuple(one for one in given if isinstance(one, Promise)),
        suggestions=tuple(one for one in given if isinstance(one, Suggestion)),
    )


def seven(*plans: Plan) -> tuple[Plan, ...]:
    """The plans of seven days, of which these have somebody."""
    given = {one.day: one for one in plans}
    return tuple(given.get(day(ahead), plan(ahead)) for ahead in range(7))


def person(person_id: str, name: str, circle: str | None = "close", ago: int | None = None) -> Due:
    last = None if ago is None else day(-ago)
    known = Person(person_id, name, circle, Cadence(1, "m") if circle else None, last_full_on=last)
    return Due(known, TODAY, State.DUE)


ADA, GRACE = Named("a", "Ada Lovelace"), Named("g", "Grace Hopper")
NOA, OLD = Named("n", "נועה לוי"), Named("x", "Charles Babbage")
TALK = Interaction(
    *("i1", day(-40), Kind.COFFEE, (ADA, NOA)),
    minutes=75,
    note="She is moving to Boston in spring.\nAsked whether I know a flat near the river",
    entered="tea with ada and noa",
)
BEFORE = Interaction("i2", day(-80), Kind.CALL, (ADA,), note="The engine runs at last")
BOOK = Promise("q1", ADA, "lend her the notebook", Owed.ME, day(2))
VINEYARD = Promise("q2", GRACE, "the vineyard photos", Owed.THEM, day(3))
LATE = Promise("q3", GRACE, "introduce her to Tom", Owed.ME, day(-2))
FLAT = Promise("q4", ADA, "how is the flat", Owed.ASK, TODAY)
BIRTHDAY = OccasionDay(Occasion("o1", GRACE, "birthday", 12, 4, 1986), day(4), 4, 40)
OVER = OccasionDay(Occasion("o2", NOA, "name day of saints", 11, 28), day(-2), -2)
FAR = OccasionDay(Occasion("o3", ADA, "day of the move", 6, 1, 2020), date(2027, 6, 1), 183)
DEATH = OccasionDay(Occasion("o4", OLD, "day of death", 12, 1, 1871), day(1), 1)

ADA_CARD = Card(
    person("a", ADA.name, "inner", 40),
    aliases=("Countess",),
    tags=("work",),
    contact_points=(
        ContactPoint("c1", "email", "ada@example.org"),
        ContactPoint("c2", "phone", "+44 20 7946 0018"),
        ContactPoint("c3", "url", "https://ada.example.org"),
        ContactPoint("c4", "address", "12 St James's Square, London"),
        ContactPoint("c5", "phone", "ask at the door"),
    ),
    details=(Detail("d1", "usual order", "flat white"), Detail("d2", "", "allergic to nuts")),
    occasions=(FAR,),
    promises=(BOOK, FLAT),
    timeline=(TALK, BEFORE),
    ties=(Tie(GRACE, "colleague"), Tie(NOA, "met through you")),
)
GRACE_CARD = Card(
    person("g", GRACE.name, "close", 20), promises=(LATE, VINEYARD), occasions=(BIRTHDAY,)
)
NOA_CARD = Card(person("n", NOA.name, None), occasions=(OVER,))
TOM_CARD = Card(person("t", "Tom Kilburn", "friends", 3))


def in_list(card: Card) -> Card:
    """A card as it is in the list of everybody."""
    kept = {"aliases", "tags", "contact_points"}
    return Card(card.due, timeline=card.timeline[:1], **{one: getattr(card, one) for one in kept})


CARDS = (NOA_CARD, GRACE_CARD, ADA_CARD)
WEEK = ComingDays(
    seven(
        plan(0, OVER, LATE, FLAT, Suggestion(ADA_CARD.due, "due")),
        plan(1, DEATH),
        plan(2, BOOK),
        plan(3, VINEYARD, Suggestion(ADA_CARD.due, "soon")),
        plan(4, BIRTHDAY),
    ),
    CARDS,
    tuple(map(in_list, (ADA_CARD, GRACE_CARD, NOA_CARD, TOM_CARD))),
)
NOBODY = ComingDays(seven())
QUIET = ComingDays(seven(), (), (in_list(TOM_CARD),))
NAMES = ("Åsa", "Ben", "Émile", "Eva", "Łukasz", "Žofie", "42 Club", "王小明", "נועה")
MANY = ComingDays(
    seven(),
    (),
    tuple(
        Card(person(f"m{number}{name}", f"{name} {number:02}"))
        for name in sorted(NAMES, key=by_name)
        for number in range(6)
    ),
)
SAMPLES = {"week": WEEK, "nobody": NOBODY, "quiet": QUIET, "many": MANY}

SECRETS = (
    *(
        "Boston",
        "engine",
        "notebook",
        "vineyard",
        "introduce",
        "flat",
        "tea,",
        "saints",
        "the move",
    ),
    *("ada@", "7946", "James", "at the door", "usual order", "nuts", "colleague", "met through"),
)
"""What no discreet answer shows."""


def saying(text: str) -> ComingDays:
    """Coming days that say `text` wherever a person can write."""
    who = Named("x", text)
    due = person("x", text, text)
    known = due._replace(person=due.person._replace(name=text))
    noted = Interaction(
        *("i", day(-1), Kind.COFFEE, (who, Named("y", text))), note=text, entered=f"{text} coffee"
    )
    loops = tuple(Promise(owed, who, text, owed, day(1)) for owed in Owed)
    near = OccasionDay(Occasion("o", who, text, 12, 2), day(2), 2)
    card = Card(
        known,
        aliases=(text,),
        tags=(text,),
        contact_points=tuple(ContactPoint(one, one, text) for one in ("url", "address")),
        details=(Detail("d1", text, text), Detail("d2", "", text)),
        occasions=(near, near._replace(on=day(90), in_days=90)),
        promises=loops,
        timeline=(noted, noted._replace(id="j"), noted._replace(id="k")),
        ties=(Tie(Named("y", text), text), Tie(Named("y", text), "met through you")),
    )
    plans = seven(plan(0, Suggestion(known, "due")), plan(1, *loops), plan(2, near))
    return ComingDays(plans, (card,), (in_list(card),))
