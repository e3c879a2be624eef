"""What the doctor says of the copies: those that are damaged, and the room that all take."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from connect_cli import views
from connect_cli.errors import JournalDamaged, as_typed
from connect_cli.language.counting import counted
from connect_cli.settings import BACKUPS_MOST, say_most, say_size
from connect_cli.store import compressed, retention, signature
from connect_cli.views import Copy, Finding

_RULE = "Those of 7 days, 4 weeks and 12 months are kept, as far as there is room for them."
_TOO_MUCH = "The next copy that is made beside them takes the place of older ones."
_ALWAYS = "The newest ones are kept in any case, and those made by hand until you remove them."


def room(newest_first: Sequence[Copy], today: date, most: int | None) -> Iterator[Finding]:
    """How many copies there are, and how much room they take of what they may; nothing of none."""
    if not newest_first:
        return
    count = len(newest_first)
    taken = retention.total(newest_first)
    said = f"{counted(count, 'copy', 'copies')} of the journal, {say_size(taken)}"
    means, remedy = _RULE, ""
    if most is not None and taken <= most:
        said += f" of at most {say_most(most)}"
    elif most is not None:
        said += f", more than the {say_most(most)} that they may take"
        too_many = any(retention.removable(newest_first, today))
        means = _TOO_MUCH if too_many else _ALWAYS
        remedy = "" if too_many else _allow(taken)
    yield Finding("copies", said, means, remedy, note=True)


def _allow(taken: int) -> str:
    """How to allow a total that holds them twice, in whole units."""
    megabytes = 100 * -(-2 * taken // 10**8)
    most = say_most(megabytes * 10**6)
    return f"To allow more: {as_typed('config', 'set', BACKUPS_MOST, most)}."


def damaged(newest_first: Sequence[Copy]) -> Iterator[Finding]:
    """Copies that cannot be put back; not those that were made of a damaged journal."""
    for copy in newest_first:
        if not copy.label.startswith(views.DAMAGED) and (said := _damage(copy.path)):
            yield Finding(
                "damaged copy",
                said,
                "It cannot be put back.",
                f"Remove it; '{as_typed('backup')}' makes another.",
            )


def _damage(copy: Path) -> str:
    """What is wrong with a copy; nothing if all of it can be unpacked and it looks like one."""
    with suppress(OSError):
        head = b""
        try:
            for part in compressed.parts(copy):
                head = head or part[: signature.HEAD_BYTES]
        except JournalDamaged as error:
            return error.message
        if not head.startswith(signature.PLAIN) and not signature.looks_encrypted(head):
            return f"the copy {copy} is {'not a journal' if head else 'empty'}"
    return ""
