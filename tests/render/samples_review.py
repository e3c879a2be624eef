"""Reviews of a week, a year and of nothing, and one of strings that mean harm."""

from datetime import date, timedelta

from connect_cli.model import (
    Cadence,
    Direction,
    Energy,
    Interaction,
    Kind,
    Named,
    Occasion,
    Owed,
    Promise,
    Rule,
)
from connect_cli.reviews import EnergyDay, KindTime, Met, Review, RhythmChange, Span
from connect_cli.views import OccasionDay
from tests.render import samples
from tests.render.samples import (
    ADA,
    BOOK,
    FLAT,
    GRACE,
    JOSE,
    LONG,
    MAY,
    MING,
    MINH,
    TODAY,
    TOM,
    day,
    id_of,
    named,
    person,
)

NOTE = (
    "She is moving to Boston in spring, and Emma starts at the new school in September. "
    "Worried about finding a flat near the river; asked whether I still know someone at MIT.\n"
    "\n"
    "- the van\n"
    "- the boxes"
)
WEEK = Span(day(6), TODAY)
YEAR = Span(date(2025, 11, 24), TODAY)
LAST_YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))

COFFEE = samples.interaction(21, 1, Kind.COFFEE, [ADA], NOTE)._replace(
    minutes=45, entered="Tea with Ada"
)
LETTER = samples.interaction(
    22, 2, Kind.LETTER, [JOSE], "The vineyard is sold; they keep the house and the dog."
)._replace(direction=Direction.THEIRS, entered="Letter from José")
WALK = samples.interaction(
    23,
    5,
    Kind.WALK,
    [MING, MINH],
    "他要结婚了。 The wedding is in May, in Chengdu, where the rivers meet.",
)._replace(energy=Energy.GAVE, entered="Walk with 王小明 and Minh")
THAT_DAY = Interaction(
    id_of(24, "i"),
    TODAY.replace(year=2024),
    Kind.CALL,
    (named(TOM),),
    note="He asked what I would do with a year off, and I had an answer at once.",
    entered="Called Tom",
)
NIGEL = person(11, "Nigel Oyelaran", None, "", 3)
VISIT = Promise(
    id_of(7, "o"), named(TOM), "when does the interview round end?", Owed.ASK, day(-3), None, day(1)
)
NEWS = Promise(id_of(8, "o"), named(MAY), "about the scones", Owed.TELL, None, None, day(2))
OLD = Promise(id_of(9, "o"), named(GRACE), "send the COBOL paper", Owed.ME, day(3), None, day(20))

KEPT = (
    Promise(id_of(10, "o"), named(ADA), "lend her the Babbage biography", Owed.ME, None, day(1)),
    Promise(id_of(11, "o"), named(TOM), "bring the drill back", Owed.THEM, day(2), day(2)),
    Promise(id_of(12, "o"), named(GRACE), "how was Rome?", Owed.ASK, None, day(4)),
    Promise(id_of(13, "o"), named(JOSE), "that we moved", Owed.TELL, None, day(5)),
)
KINDS = (
    KindTime(Kind.CALL, 5, 2, 55, 20),
    KindTime(Kind.VIDEO, 1, 1, 90, 45),
    KindTime(Kind.COFFEE, 3, 3, 160, 50),
    KindTime(Kind.WALK, 1, 0, 0, 75),
    KindTime(Kind.LETTER, 2),
)
RHYTHMS = (
    RhythmChange(named(JOSE), Cadence(4, "w"), Cadence(6, "w"), Cadence(4, "w")),
    RhythmChange(named(MAY), Cadence(1, "m"), Cadence(1, "w")),
)
ENERGY = (
    EnergyDay(day(6), gave=2, took=1),
    EnergyDay(day(5), gave=1, even=1),
    EnergyDay(day(3), took=2),
    EnergyDay(day(1), gave=1),
)
ADA_40 = OccasionDay(
    Occasion(id_of(1, "b"), named(ADA), "birthday", 11, 25, 1986), day(-2), 2, turns=40
)
WEDDING = OccasionDay(
    Occasion(id_of(2, "b"), named(MINH), "anniversary", 12, 3, 2016), day(-10), 10, turns=10
)
OWN = OccasionDay(Occasion(id_of(3, "b"), named(TOM), "scones day", 11, 30, None), day(-7), 7)

OF_WEEK = Review(
    WEEK,
    words=(COFFEE, LETTER, WALK),
    on_this_day=(THAT_DAY,),
    first=(Met(named(NIGEL), day(3)),),
    again=(
        Met(named(JOSE), day(2), day(420)),
        Met(named(MAY), day(4), day(4 + 340)),
    ),
    kept=KEPT,
    kinds=KINDS,
    tried=2,
    rhythms=RHYTHMS,
    energy=ENERGY,
    occasions=(ADA_40, OWN, WEDDING),
    open_loops=(OLD, VISIT, BOOK, FLAT, NEWS),
)


def _kinds_of_a_year() -> tuple[KindTime, ...]:
    """Every kind: some with all lengths, some with a few, some with none."""
    rows = []
    for at, kind in enumerate(Kind):
        number = (at * 37) % 101 + 1
        timed = (number, number // 2, 0)[at % 3]
        rows.append(KindTime(kind, number, timed, timed * 35, None if at % 3 == 2 else 30))
    return tuple(rows)


OF_YEAR = OF_WEEK._replace(
    span=YEAR,
    words=(COFFEE, LETTER, WALK, samples.COFFEE, samples.CALL),
    first=tuple(Met(named(one), day(20 * at)) for at, one in enumerate((NIGEL, LONG, MINH, MING))),
    more_first=12,
    more_again=True,
    more_kept=31,
    kinds=_kinds_of_a_year(),
    tried=1,
    rhythms=(
        *RHYTHMS,
        RhythmChange(
            named(LONG),
            Cadence(3, "m"),
            Cadence(1, "y"),
            Rule("FREQ=MONTHLY;BYDAY=1FR", "first friday"),
        ),
    ),
    energy=tuple(EnergyDay(day(360 - 9 * at), at % 4, at % 3, at % 5) for at in range(40)),
    more_occasions=2,
    more_open=7,
)
PAST = Review(
    LAST_YEAR,
    words=(samples.EMAIL._replace(day=date(2025, 3, 9)),),
    again=(Met(named(TOM), date(2025, 3, 9), date(2022, 3, 1)),),
    kinds=(KindTime(Kind.MESSAGE, 1),),
    rhythms=RHYTHMS[:1],
)
QUIET = Review(WEEK, occasions=(ADA_40,), more_open=2)
EMPTY = Review(WEEK)
REVIEWS = {
    "review": OF_WEEK,
    "review-year": OF_YEAR,
    "review-past": PAST,
    "review-quiet": QUIET,
    "review-empty": EMPTY,
}


def hostile_review(text: str) -> Review:
    """A review that says `text` wherever a person can write."""
    card = samples.hostile_card(text)
    who = Named(id_of(99), text)
    return Review(
        WEEK,
        words=card.timeline,
        on_this_day=(card.timeline[0]._replace(day=TODAY - timedelta(days=365)),),
        first=(Met(who, TODAY),),
        more_first=1,
        again=(Met(who, TODAY, day(400)),),
        kept=tuple(one._replace(done_on=TODAY) for one in card.promises),
        kinds=KINDS,
        rhythms=(RhythmChange(who, Cadence(1, "w"), Cadence(1, "m"), Rule("FREQ=DAILY", text)),),
        energy=ENERGY,
        occasions=card.occasions,
        open_loops=(*card.promises, card.promises[0]._replace(due_on=None)),
        more_open=1,
    )
