"""Keeping the journal from other eyes: encrypted by a key, and readable again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from connect_cli.journal.core import Core
from connect_cli.store import database

if TYPE_CHECKING:
    from connect_cli.store.sealing import Sealed

Progress = Callable[[int], object]


class Secrecy(Core):
    """The verbs that encrypt the journal, and the copies beside it."""

    def is_encrypted(self) -> bool:
        """Whether the journal is; its key is then known. One that does not exist is not."""
        return database.secret_of(self.connection) is not None

    def files_to_seal(self) -> int:
        """The journal and its copies, for a progress bar. Raises NoKey without the extra."""
        from connect_cli.store import sealing  # only these verbs have a use for it

        sealing.check_installed()
        self.check_writable()
        return sealing.amount(self.context.path)

    def encrypt(self, key: str, progress: Progress) -> "Sealed":
        """Encrypt the journal and its copies by a key; one that is encrypted, by another one.

        progress: told how many files are done. Raises JournalTrouble.
        """
        from connect_cli.store import sealing  # as above

        return self._sealed(sealing.new_secret(key), progress)

    def decrypt(self, progress: Progress) -> "Sealed":
        """Make the journal and its copies readable again. Raises JournalTrouble."""
        return self._sealed("", progress)

    def _sealed(self, secret: str, progress: Progress) -> "Sealed":
        from connect_cli.store import sealing  # as above

        self.close()
        here = self.context
        sealed = sealing.seal(here.path, here.keys, secret, progress, here.keys_at_hand)
        return sealing.within(sealed, here.path, here.today, here.settings.backups_most)
