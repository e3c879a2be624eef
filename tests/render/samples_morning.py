"""Mornings of other sorts: an empty day, a rest day, days away and the first day after them."""

from connect_cli.model import BIRTHDAY, Direction, Kind, Occasion, Pause, Person
from connect_cli.views import Due, OccasionDay, Plan, State, Suggestion, Today, TodayRow, Welcome
from tests.render import samples
from tests.render.samples import ADA, GRACE, JOSE, LONG, MINH, TODAY, TOM, day, named

HEBREW = samples.person(11, "שרה לוי", "friends", "3m", 200)


def occasion(person: Person, label: str, ago: int, turns: int | None = None) -> OccasionDay:
    """An occasion so many days ago."""
    on = day(ago)
    year = None if turns is None else on.year - turns
    found = Occasion(samples.id_of(ago, "b"), named(person), label, on.month, on.day, year)
    return OccasionDay(found, on, -ago, turns)


def listed(*people: Person, ahead: int = 15) -> Plan:
    """A day to come on which these people are listed."""
    dues = (Due(person, day(-ahead), State.DUE) for person in people)
    return Plan(day(-ahead), 3, suggestions=tuple(Suggestion(due, "due") for due in dues))


AWAY = Pause(day(16), day(5))
TURNS = occasion(TOM, BIRTHDAY, -1, 40)
TODAYS_DAY = occasion(HEBREW, "name day", 0)
REST = Due(HEBREW, TODAY, State.RESTING, HEBREW.last_on, "full", "contact", day(109), 91)
OWN_ROWS = (
    samples.ROWS[0]._replace(occasions=(TURNS,)),
    TodayRow(Suggestion(REST, "resting"), None, (), (), (TODAYS_DAY,)),
    samples.ROWS[2],
)
OWN = Today(
    Plan(
        TODAY,
        5,
        (TURNS, TODAYS_DAY, samples.BIRTHDAY),
        suggestions=tuple(row.suggestion for row in OWN_ROWS),
    ),
    OWN_ROWS,
    42,
    30,
)
NEXT = samples.FREE_DAY._replace(coming=listed(ADA))
NEXT_FEW = samples.FREE_DAY._replace(coming=listed(ADA, HEBREW, TOM, ahead=45))
NEXT_MANY = samples.FREE_DAY._replace(
    coming=listed(LONG, TOM, JOSE, MINH)._replace(promises=(samples.PAPER,)), left_alone=True
)
REST_DAY = NEXT._replace(plan=Plan(TODAY, 0))
AWAY_NOW = NEXT._replace(away=Pause(day(3), day(-14)))
WELCOME = samples.MORNING._replace(welcome=Welcome(AWAY))
WELCOME_ONE = NEXT._replace(welcome=Welcome(AWAY, (occasion(TOM, BIRTHDAY, 8, 40),)))
WELCOME_MANY = samples.FREE_DAY._replace(
    welcome=Welcome(
        AWAY,
        tuple(
            occasion(person, label, ago)
            for person, label, ago in (
                (TOM, BIRTHDAY, 16),
                (ADA, "wedding day", 14),
                (HEBREW, BIRTHDAY, 12),
                (GRACE, "the day she sailed", 11),
                (LONG, BIRTHDAY, 9),
                (MINH, "anniversary", 8),
                (JOSE, BIRTHDAY, 6),
            )
        ),
    )
)
AGAIN = samples.interaction(
    40, 730, Kind.WALK, [ADA, GRACE], "She wants to leave the bank and build boats."
)._replace(entered="Stroll with Ada and Grace: She wants to leave the bank and build boats.")
AGAIN_LONG = samples.interaction(
    41, 365, Kind.LETTER, [LONG, TOM, JOSE, MINH, HEBREW, GRACE], samples.COFFEE.note * 2
)._replace(direction=Direction.THEIRS)
LOOKING_BACK = samples.MORNING._replace(took=3, on_this_day=AGAIN)
LOOKING_FAR_BACK = NEXT._replace(took=14, on_this_day=AGAIN_LONG)
CARD_AGAIN = samples.CARD._replace(on_this_day=(AGAIN,))
MORNINGS = {
    "today-again": LOOKING_BACK,
    "today-again-long": LOOKING_FAR_BACK,
    "today-own": OWN,
    "today-next": NEXT,
    "today-next-few": NEXT_FEW,
    "today-next-many": NEXT_MANY,
    "today-rest-day": REST_DAY,
    "today-away-next": AWAY_NOW,
    "today-welcome": WELCOME,
    "today-welcome-one": WELCOME_ONE,
    "today-welcome-many": WELCOME_MANY,
}
QUIET_AHEAD = tuple(Plan(day(-ahead), 3) for ahead in range(3))
