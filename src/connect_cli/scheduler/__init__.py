"""Who is due, and today's plan. Pure: values in, values out; no clock, no database, no chance."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from connect_cli.language.calendar import logical_day
from connect_cli.scheduler.first import first_day, first_days, snooze_day
from connect_cli.scheduler.occasions import BELATED_DAYS, next_occasions, occasion_days
from connect_cli.scheduler.standing import demand, demand_of_cadences, due, standings
from connect_cli.scheduler.today import plan

if TYPE_CHECKING:
    from connect_cli.scheduler.circles import CircleLoad
    from connect_cli.scheduler.forecast import ahead
    from connect_cli.scheduler.loads import LONGEST_WINDOW, Load, Verdict, load
    from connect_cli.scheduler.offers import Offer
    from connect_cli.scheduler.reasons import Phase, Reason, Terms, Why, why
    from connect_cli.scheduler.rhythms import NEWEST_GAPS, Rhythm, rhythm

__all__ = [
    "BELATED_DAYS",
    "LONGEST_WINDOW",
    "NEWEST_GAPS",
    "CircleLoad",
    "Load",
    "Offer",
    "Phase",
    "Reason",
    "Rhythm",
    "Terms",
    "Verdict",
    "Why",
    "ahead",
    "demand",
    "demand_of_cadences",
    "due",
    "first_day",
    "first_days",
    "load",
    "logical_day",
    "next_occasions",
    "occasion_days",
    "plan",
    "rhythm",
    "snooze_day",
    "standings",
    "why",
]

# The morning list needs none of these, and pays for none: they take longer to import than the rest.
LATER = {
    "circles": ("CircleLoad",),
    "forecast": ("ahead",),
    "loads": ("LONGEST_WINDOW", "Load", "Verdict", "load"),
    "offers": ("Offer",),
    "reasons": ("Phase", "Reason", "Terms", "Why", "why"),
    "rhythms": ("NEWEST_GAPS", "Rhythm", "rhythm"),
}


def __getattr__(name: str) -> Any:
    """Load the module that a later name lives in, when it is first asked for (PEP 562)."""
    for module, names in LATER.items():
        if name in names:
            return getattr(import_module(f"connect_cli.scheduler.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
