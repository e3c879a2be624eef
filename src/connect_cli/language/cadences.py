"""Cadences in words: `2w`, `every other week`, `quarterly`, `first friday`, `never`."""

import re
from collections.abc import Mapping

from connect_cli.errors import NotUnderstood
from connect_cli.language.almanac import NUMBERS, WEEKDAY, WEEKDAYS, choice
from connect_cli.language.folding import fold
from connect_cli.language.rules import check_rule
from connect_cli.model import LONGEST, Cadence, Rule

_HOW = "write it like 2w, monthly, every 3 months, first friday, or never"
_NEVER = frozenset({"never", "none", "no"})
_NAMED: Mapping[str, Cadence] = {
    "daily": Cadence(1, "d"),
    "weekly": Cadence(1, "w"),
    "fortnightly": Cadence(2, "w"),
    "monthly": Cadence(1, "m"),
    "quarterly": Cadence(3, "m"),
    "half-yearly": Cadence(6, "m"),
    "half yearly": Cadence(6, "m"),
    "every half year": Cadence(6, "m"),
    "twice a year": Cadence(6, "m"),
    "twice yearly": Cadence(6, "m"),
    "yearly": Cadence(1, "y"),
    "annually": Cadence(1, "y"),
}
_TWO_MEANINGS: Mapping[str, str] = {
    "biweekly": "write 2w for every two weeks",
    "bi-weekly": "write 2w for every two weeks",
    "bimonthly": "write 2m for every two months",
    "bi-monthly": "write 2m for every two months",
    "biannually": "write 6m for twice a year, 2y for every two years",
}
_LETTERS = {
    **dict.fromkeys(("d", "day", "days"), "d"),
    **dict.fromkeys(("w", "wk", "week", "weeks"), "w"),
    **dict.fromkeys(("m", "mo", "month", "months"), "m"),
    **dict.fromkeys(("y", "yr", "year", "years"), "y"),
}
_MORE_UNITS = {"fortnight": (2, "w"), "fortnights": (2, "w"), "quarter": (3, "m"), "quarters": (3, "m")}
_COUNTS = {**NUMBERS, "other": 2, "second": 2, "third": 3, "fourth": 4}
_PLAIN = re.compile(
    rf"(?:(?:once )?(?:every|each) ?|once )?(?:(?P<count>[0-9]{{1,4}}|{choice(_COUNTS)}) ?)?"
    rf"(?P<unit>{choice({**_LETTERS, **_MORE_UNITS})})"
)
_TIMES_A_YEAR = re.compile(rf"(?P<times>[0-9]{{1,2}}|{choice(NUMBERS)}) times a year")
