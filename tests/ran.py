"""What a command left behind, and when: what tests share with the processes that they start."""

from dataclasses import dataclass

MORNING = "2026-11-23T08:00"  # a Monday


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code, its data and what it said besides."""

    code: int
    out: str
    err: str
