"""Who is due, and today's plan. Pure: values in, values out; no clock, no database, no chance."""

from connect_cli.scheduler.days import logical_day
from connect_cli.scheduler.first import first_day, first_days, snooze_day
from connect_cli.scheduler.occasions import next_occasions, occasion_days
from connect_cli.scheduler.rules import skipped_months
from connect_cli.scheduler.standing import demand, due, standings
from connect_cli.scheduler.today import plan

__all__ = [
    "demand",
    "due",
    "first_day",
    "first_days",
    "logical_day",
    "next_occasions",
    "occasion_days",
    "plan",
    "skipped_months",
    "snooze_day",
    "standings",
]
