"""The verbs of the product, in the user's words; each family is loaded when one of it is used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from connect_cli.journal.answers import Answers, Silent
from connect_cli.journal.core import Context, Core

if TYPE_CHECKING:
    from connect_cli.journal.absence import Absence
    from connect_cli.journal.browsing import Browsing
    from connect_cli.journal.entries import Entries, Logged, Said
    from connect_cli.journal.exchanging import Exchanging
    from connect_cli.journal.forgetting import Forgetting
    from connect_cli.journal.keeping import Keeping
    from connect_cli.journal.memory import Memory
    from connect_cli.journal.merging import Merged, Merging
    from connect_cli.journal.morning import Morning
    from connect_cli.journal.people import People, Profile
    from connect_cli.journal.planning import Planning
    from connect_cli.journal.resting import Resting
    from connect_cli.journal.sweeping import Sweeping
    from connect_cli.journal.undoing import Undoing

    class Journal(
        Entries,
        Memory,
        Morning,
        Browsing,
        Resting,
        People,
        Planning,
        Absence,
        Keeping,
        Exchanging,
        Sweeping,
        Undoing,
        Merging,
        Forgetting,
    ):
        """A person's journal on one day."""

else:

    class Journal(Core):
        """A person's journal on one day. It takes up a family of verbs when one of it is used.

        Every command would otherwise pay for all of them: that is half of what it may cost.
        """

        def __getattr__(self, name: str) -> Any:
            for family, verbs in VERBS.items():
                if name in verbs.split():
                    self.__class__ = type("Journal", (_family(family), type(self)), {})
                    return getattr(self, name)
            raise AttributeError(f"a journal has no '{name}'; its verbs are listed in VERBS")


__all__ = ["Answers", "Context", "Journal", "Logged", "Merged", "Profile", "Said", "Silent"]

VERBS = {
    "absence": "aways away cancel_away",
    "browsing": "history search",
    "entries": "log log_lines amend rewrite delete entry",
    "exchanging": "lines_of_everything table cards write_cards pages calendar meet arrivals take_in"
    " mail_of reached sender refuse_journal",
    "forgetting": "traces forget still_held",
    "keeping": "keep_daily keep_before copies backup offered restore examine trouble_behind",
    "memory": "remember drop promise promises day_said open_loop done",
    "merging": "merge",
    "morning": "today card standing",
    "people": "add profile edit every place alias rename archive standings",
    "planning": "why load offers offer take rhythms ahead unplaced",
    "sweeping": "asked_by_calendar asked_of answer",
    "resting": "snooze pause resume",
    "undoing": "changes undoable redoable undo redo",
}
"""The verbs of each module, whose class has the module's name; a test keeps them complete."""

VALUES = {"entries": "Logged Said", "merging": "Merged", "people": "Profile"}
"""What commands need of these modules besides."""


def _family(module: str) -> Any:
    return getattr(import_module(f"{__name__}.{module}"), module.capitalize())


def __getattr__(name: str) -> Any:
    """Load the module that a value lives in, when it is first asked for (PEP 562)."""
    for module, values in VALUES.items():
        if name in values.split():
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
