"""What could not be read of a file: where it stands, and why."""

from dataclasses import dataclass

from connect_cli.errors import ConnectError


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a file that was left out. place: `line 12`. reason: why, in words.

    said: what stands there, if that helps to find it.
    """

    place: str
    reason: str
    said: str = ""


class NotThisFormat(ConnectError):
    """A file that is not what it is said to be, or that is cut off: nothing of it is taken."""
