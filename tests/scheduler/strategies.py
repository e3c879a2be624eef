"""People, days and pauses of every kind, for the properties."""

from datetime import date, timedelta

from hypothesis import strategies as st

from connect_cli.model import Cadence, Named, Occasion, Owed, Pause, Person, Promise, Rule
from connect_cli.settings import Settings

CADENCES = [
    Cadence.parse(text)
    for text in ("1d", "3d", "1w", "10d", "2w", "3w", "1m", "2m", "3m", "6m", "1y", "2y")
]
RULES = [
    Rule(text)
    for text in (
        "FREQ=MONTHLY;BYDAY=1FR",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=1",
    )
]

days = st.dates(date(2024, 1, 1), date(2029, 1, 1))
cadences: st.SearchStrategy[Cadence | Rule] = st.sampled_from([*CADENCES, *RULES])
lengths = st.integers(1, 400)


def before(day: date, most: int = 900) -> st.SearchStrategy[date]:
    """A day before `day`."""
    return st.integers(1, most).map(lambda back: day - timedelta(days=back))


@st.composite
def pauses(draw: st.DrawFn, day: date) -> Pause:
    """A pause that was over before `day`."""
    start = draw(before(day, 500))
    end = draw(st.dates(start, day - timedelta(days=1)))
    return Pause(start, min(end, start + timedelta(days=60)))


@st.composite
def pauses_now(draw: st.DrawFn, day: date, longest: int = 60) -> Pause:
    """A pause that `day` lies in, with an end or without one."""
    start = draw(st.just(day) | before(day, longest))
    return Pause(start, draw(st.none() | st.dates(day, day + timedelta(days=longest))))


@st.composite
def pauses_to_come(draw: st.DrawFn, day: date) -> Pause:
    """A pause that begins after `day`, with an end or without one."""
    start = day + timedelta(days=draw(st.integers(1, 60)))
    return Pause(start, draw(st.none() | st.dates(start, start + timedelta(days=60))))


def any_pauses(day: date) -> st.SearchStrategy[list[Pause]]:
    """Pauses that are over, that `day` lies in, and that are yet to come."""
    return st.lists(pauses(day) | pauses_now(day) | pauses_to_come(day), max_size=3)


@st.composite
def people(draw: st.DrawFn, day: date, name: str = "ada") -> Person:
    """Someone with a cadence and a past before `day`, and a first day to come due by."""
    said = draw(before(day, 100))
    return Person(
        id=name,
        name=name.title(),
        circle=draw(st.sampled_from([None, "inner", "friends"])),
        cadence=draw(cadences),
        first_on=said + timedelta(days=draw(st.integers(0, 60))),
        first_said_on=said,
        snoozed_on=draw(st.none() | st.integers(0, 40).map(lambda ahead: said + timedelta(ahead))),
        snooze_said_on=said,
        last_full_on=draw(st.none() | before(day)),
        last_half_on=draw(st.none() | before(day)),
        tried_on=draw(st.none() | before(day, 30)),
        pauses=tuple(draw(st.lists(pauses(day), max_size=2))),
        offered=draw(offered_days(day)),
        reconnected_on=draw(st.none() | before(day, 100)),
    )


def offered_days(day: date) -> st.SearchStrategy[tuple[date, ...]]:
    """Days before `day` on which somebody was offered: none, few, or so many that they rest."""
    return st.lists(before(day, 40), max_size=12, unique=True).map(lambda days: tuple(sorted(days)))


any_day = st.dates() | st.sampled_from([date.min, date.max])


@st.composite
def people_of_any_time(draw: st.DrawFn) -> Person:
    """Someone all of whose days may lie anywhere in the calendar."""
    start, maybe = draw(any_day), st.none() | any_day
    return Person(
        id="ada",
        name="Ada",
        cadence=draw(st.none() | cadences),
        first_on=draw(maybe),
        first_said_on=draw(maybe),
        snoozed_on=draw(maybe),
        snooze_said_on=draw(maybe),
        last_full_on=draw(maybe),
        last_half_on=draw(maybe),
        tried_on=draw(maybe),
        pauses=(Pause(start, draw(st.none() | st.dates(start))),),
        offered=tuple(sorted(draw(st.sets(any_day, max_size=5)))),
        reconnected_on=draw(maybe),
    )


@st.composite
def crowds(draw: st.DrawFn, day: date, most: int = 12) -> list[Person]:
    """Several people; some of them archived, without a cadence, or paused now or later."""
    count = draw(st.integers(0, most))
    return [draw(_any_person(day, f"person{number:02}")) for number in range(count)]


@st.composite
def _any_person(draw: st.DrawFn, day: date, name: str) -> Person:
    person = draw(people(day, name))
    match draw(st.integers(0, 7)):
        case 0:
            return person._replace(archived=True)
        case 1:
            return person._replace(cadence=None)
        case 2 | 3:
            return person._replace(pauses=tuple(draw(any_pauses(day))))
        case _:
            return person


@st.composite
def sleepers(draw: st.DrawFn, day: date, most: int = 12) -> list[Person]:
    """People who are dormant on `day` and remain so; some had their place before."""
    return [
        Person(
            f"sleeper{number:02}",
            f"Sleeper {number}",
            cadence=draw(st.sampled_from([Cadence(1, "w"), Cadence(1, "m")])),
            last_full_on=day - timedelta(days=draw(st.integers(500, 900))),
            reconnected_on=draw(st.none() | before(day, 100)),
        )
        for number in range(draw(st.integers(1, most)))
    ]


@st.composite
def promises_to(draw: st.DrawFn, crowd: list[Person], day: date) -> list[Promise]:
    """Promises to some of them, due about `day`."""
    return [
        Promise(
            f"promise-{person.id}",
            Named(person.id, person.name),
            "the book",
            draw(st.sampled_from(Owed)),
            day + timedelta(days=draw(st.integers(-20, 3))),
        )
        for person in crowd
        if draw(st.integers(0, 4)) == 0
    ]


@st.composite
def occasions_of(draw: st.DrawFn, crowd: list[Person]) -> list[Occasion]:
    """Birthdays of some of them."""
    return [
        Occasion(f"born-{person.id}", Named(person.id, person.name), "birthday", *draw(born))
        for person in crowd
        if draw(st.booleans())
    ]


born = st.dates(date(1924, 1, 1), date(2020, 1, 1)).map(lambda day: (day.month, day.day, day.year))
capacities = st.lists(st.integers(0, 6), min_size=7, max_size=7)
settings = st.builds(
    lambda capacity, weekday: Settings(capacity=tuple(capacity), reconnect_weekday=weekday),
    capacities,
    st.none() | st.integers(0, 6),
)
