"""Balances of some weeks, of months and years, and of little."""

from datetime import date, timedelta

from connect_cli.model import Kind, Owed, Promise
from connect_cli.reviews import Balance, KindTime, Saving, Span, Stretch, TimeFor
from tests.render import samples
from tests.render.samples import TODAY

MONDAY = TODAY - timedelta(days=TODAY.weekday())
REPORT = Saving(samples.id_of(301), TODAY, 40, "the report about Boston")
SAVINGS = (
    REPORT,
    Saving(samples.id_of(302), TODAY - timedelta(days=3), 90),
    *(
        Saving(samples.id_of(303 + n), TODAY - timedelta(days=10 + n), 5 * n + 5, f"letters {n}")
        for n in range(5)
    ),
)
KINDS = (
    KindTime(Kind.CALL, 30, 22, 610, 25),
    KindTime(Kind.VIDEO, 4, 4, 160, 40),
    KindTime(Kind.COFFEE, 9, 8, 400, 45),
    KindTime(Kind.LETTER, 3),
)


def _weeks() -> tuple[Stretch, ...]:
    figures = (
        *((0, 0, 0, 0), (0, 60, 495, 0), (15, 180, 3, 25), (0, 180, 90, 50), (200, 180, 0, 45)),
        *((0, 180, 240, 0), (90, 180, 182, 125), (40, 25, 160, 0)),
    )
    first = MONDAY - timedelta(weeks=len(figures) - 1)
    weeks = (first + timedelta(weeks=n) for n in range(len(figures)))
    return tuple(
        Stretch(week, min(week + timedelta(days=6), TODAY), *minutes)
        for week, minutes in zip(weeks, figures, strict=True)
    )


WEEKS = _weeks()
BALANCE = Balance(
    Span(WEEKS[0].first, TODAY),
    "week",
    WEEKS,
    SAVINGS,
    KINDS,
    180,
    WEEKS[1].first + timedelta(days=4),
    50,
)
MONTHS = Balance(
    Span(date(2025, 3, 5), TODAY),
    "month",
    tuple(
        Stretch(
            date(2025 + n // 12, n % 12 + 1, 1), date(2025 + n // 12, n % 12 + 1, 28), 0, 0, n * 97
        )
        for n in range(2, 23)
    ),
    kinds=(KindTime(Kind.CALL, 30, 30, 610, 25),),
)
YEARS = Balance(
    Span(date(1996, 1, 1), TODAY),
    "year",
    tuple(
        Stretch(date(y, 1, 1), date(y, 12, 31), 60, 9360, 90_000, 900) for y in range(1996, 2027)
    ),
    (REPORT,),
    KINDS[:1],
    180,
    date(1996, 1, 1),
)
SMALL = Balance(
    Span(MONDAY, TODAY), "week", (Stretch(MONDAY, TODAY),), kinds=(KindTime(Kind.LETTER, 1),)
)
NOTHING = Balance(Span(MONDAY, TODAY), "week", (Stretch(MONDAY, TODAY),))
ONLY_SAVED = NOTHING._replace(
    stretches=(Stretch(MONDAY, TODAY, 40),), savings=(REPORT,), weekly=0, share=30
)
BEFORE = NOTHING._replace(weekly=180, kinds=SMALL.kinds)

FOR_ADA = TimeFor(samples.named(samples.ADA), 40)
FOR_ANY = TimeFor(samples.named(samples.ADA))
LOOPS = tuple(
    TimeFor(one.person, None, one)
    for owed in (Owed.ME, Owed.ASK, Owed.TELL)
    for one in [Promise("p", samples.named(samples.GRACE), "how is Boston", owed)]
)


BALANCES = {
    "balance": BALANCE,
    "balance-months": MONTHS,
    "balance-years": YEARS,
    "balance-timeless": SMALL,
    "balance-nothing": NOTHING,
    "balance-saved": ONLY_SAVED,
    "balance-before": BEFORE,
}


def hostile_balance(text: str) -> Balance:
    """A balance in which time was saved by `text`."""
    return BALANCE._replace(savings=tuple(one._replace(text=text) for one in SAVINGS))
