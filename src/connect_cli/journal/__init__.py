"""The verbs of the product, in the user's words."""

from connect_cli.journal.absence import Absence
from connect_cli.journal.answers import Answers, Silent
from connect_cli.journal.core import Context
from connect_cli.journal.entries import Entries, Logged, Said
from connect_cli.journal.keeping import Keeping
from connect_cli.journal.memory import Memory
from connect_cli.journal.morning import Morning
from connect_cli.journal.people import People, Profile
from connect_cli.journal.planning import Planning


class Journal(Entries, Memory, Morning, People, Planning, Absence, Keeping):
    """A person's journal on one day."""


__all__ = ["Answers", "Context", "Journal", "Logged", "Profile", "Said", "Silent"]
