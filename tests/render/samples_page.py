"""Reviews as a page and as Markdown show them: a week, a year, thirty years, nothing, and harm."""

from datetime import date, timedelta

from connect_cli.model import (
    Cadence,
    Interaction,
    Kind,
    Named,
    Occasion,
    Owed,
    Pause,
    Promise,
    Rule,
)
from connect_cli.reviews import (
    DayCount,
    EnergyDay,
    KindTime,
    Met,
    Review,
    RhythmChange,
    Span,
    YearMap,
)
from connect_cli.views import OccasionDay

TODAY = date(2026, 11, 30)
ADA, GRACE, TOM = (Named(one, name) for one, name in (("a", "Ada Lovelace"), ("g", "Grace Hopper"),
    ("t", "Tom Kilburn")))  # fmt: skip
JOSE, MING, NOA = Named("j", "José Álvarez"), Named("m", "王小明"), Named("n", "נועה לוי")


def _day(ago: int) -> date:
    return TODAY - timedelta(days=ago)


def _noted(ago: int, kind: Kind, who: Named, note: str, entered: str = "") -> Interaction:
    return Interaction(f"i{ago}", _day(ago), kind, (who,), note=note, entered=entered)


def _map(span: Span, every: int = 1) -> YearMap:
    """A year with quiet and with full weeks; every: how many days apart the days are, at least."""
    days = tuple(
        DayCount(on, 1 + (number * 7919 // 11) % 5)
        for number in range(0, span.days, every)
        if (number * 2654435761 >> 7) % 5 < 2
        for on in [span.first + timedelta(days=number)]
        if not date(2026, 8, 3) <= on <= date(2026, 8, 23)
    )
    away = (Pause(date(2026, 8, 3), date(2026, 8, 23)), Pause(date(2026, 1, 2), date(2026, 1, 6)))
    return YearMap(span, days, away, fullest=Span(date(2026, 5, 11), date(2026, 5, 17)))


EMPTY = Review(Span(_day(6), TODAY))
WEEK_WORDS = (
    _noted(
        1,
        Kind.WALK,
        ADA,
        "She is moving to Boston in spring, and Emma starts at the new school in September.\n"
        "Worried about finding a flat near the river; asked whether I still know someone at MIT.",
    ),
    _noted(
        2,
        Kind.COFFEE,
        MING,
        "他要结婚了。五月在成都，邀请了我们所有人。\nThe wedding is in May, in Chengdu.",
    ),
    _noted(4, Kind.CALL, NOA, "היא התחילה לעבוד בבית החולים, והיא עייפה אבל שמחה מאוד."),
)
WEEK = Review(
    Span(_day(6), TODAY),
    words=WEEK_WORDS,
    on_this_day=(
        Interaction(
            "y",
            date(2024, 11, 30),
            Kind.MEAL,
            (GRACE, TOM),
            note="Long talk about what a machine can and cannot originate.",
        ),
    ),
    first=(Met(Named("s", "Sunny"), _day(3)),),
    again=(Met(JOSE, _day(5), _day(340)),),
    kept=(
        Promise("k1", ADA, "lend her the Babbage book", Owed.ME, None, _day(1)),
        Promise("k2", TOM, "how the interview went", Owed.ASK, None, _day(4)),
    ),
    kinds=(
        KindTime(Kind.CALL, 6, 4, 95, 20),
        KindTime(Kind.VIDEO, 1, 1, 50, 50),
        KindTime(Kind.COFFEE, 3, 3, 140, 45),
        KindTime(Kind.WALK, 2, 1, 70, 60),
        KindTime(Kind.MESSAGE, 9),
    ),
    tried=2,
    rhythms=(RhythmChange(JOSE, Cadence(4, "w"), Cadence(6, "w"), Cadence(1, "m")),),
    energy=(EnergyDay(_day(5), 2, 1), EnergyDay(_day(3), 1, 0, 2), EnergyDay(_day(1), 2, 0, 1)),
    occasions=(OccasionDay(Occasion("o", NOA, "birthday", 12, 4, 1986), date(2026, 12, 4), 4, 40),),
    open_loops=(
        Promise("p1", GRACE, "introduce her to Tom", Owed.ME, _day(10)),
        Promise("p2", TOM, "whether the flat worked out", Owed.ASK, _day(-3)),
        Promise("p3", ADA, "the photos of the vineyard", Owed.THEM),
    ),
    more_open=4,
)
YEAR_SPAN = Span(date(2025, 12, 1), TODAY)
YEAR = WEEK._replace(
    span=YEAR_SPAN,
    more_first=7,
    more_again=True,
    more_kept=31,
    kinds=tuple(
        KindTime(kind, 1 + 131 * (7 - place % 7) // (1 + place), 10, 20 * place, 20)
        for place, kind in enumerate(Kind)
    ),
    energy=tuple(EnergyDay(_day(3 * ago), 2, 1, ago % 3) for ago in reversed(range(90))),
    map=_map(YEAR_SPAN),
)
QUARTER_SPAN = Span(date(2026, 9, 1), TODAY)
QUARTER = WEEK._replace(span=QUARTER_SPAN, map=_map(QUARTER_SPAN))
MONTH_SPAN = Span(date(2026, 11, 1), TODAY)
MONTH = WEEK._replace(span=MONTH_SPAN, map=_map(MONTH_SPAN))
LIFE_SPAN = Span(date(1996, 12, 1), TODAY)
LIFE = YEAR._replace(span=LIFE_SPAN, map=_map(LIFE_SPAN, 2))
SAMPLES = {
    "empty": EMPTY, "week": WEEK, "month": MONTH, "quarter": QUARTER, "year": YEAR, "life": LIFE,
}  # fmt: skip

SECRETS = ("Boston", "结婚", "התחילה", "originate", "Babbage", "interview", "photos", "introduce")
"""What no discreet answer shows."""


def saying(text: str) -> Review:
    """A review that says `text` wherever a person can write."""
    who = Named("x", text)
    noted = Interaction("i", _day(1), Kind.COFFEE, (who, who), note=text, entered=f"{text} coffee")
    loops = tuple(Promise(owed, who, text, owed, _day(-3), _day(1)) for owed in Owed)
    return Review(
        Span(_day(6), TODAY),
        words=(noted,),
        on_this_day=(noted._replace(day=date(2024, 11, 30)),),
        first=(Met(who, _day(3)),),
        again=(Met(who, _day(3), _day(300)),),
        kept=loops,
        kinds=(KindTime(Kind.CALL, 2, 1, 20, 20),),
        rhythms=(RhythmChange(who, Cadence(4, "w"), Cadence(6, "w"), Rule("FREQ=DAILY", text)),),
        energy=(EnergyDay(_day(3), 2, 1),),
        occasions=(OccasionDay(Occasion("o", who, text, 12, 4), date(2026, 12, 4), 4),),
        open_loops=loops,
        map=_map(Span(_day(6), TODAY))._replace(person=who, tag=text),
    )


HEADINGS = [
    "Words you kept",
    "On this day",
    "First and again",
    "Kept",
    "Open",
    "How",
    "Rhythm",
    "What it did to you",
    "Coming",
]
"""Of a review that has every part, in its order."""
