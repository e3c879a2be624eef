"""What is said, once, when a cadence makes it more than there is time for."""

from typing import TYPE_CHECKING

from connect_cli.journal import planning
from connect_cli.render.planning_words import say_over
from connect_cli.session import Session

if TYPE_CHECKING:
    from connect_cli.scheduler.load import Load


def over_said(session: Session, before: "Load") -> str:
    """A calm sentence if the load has just come to more than all of your time, else nothing."""
    after = planning.load(session.journal)
    return f" {say_over(after)}" if before.ratio <= 1 < after.ratio else ""
