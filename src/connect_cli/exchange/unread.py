"""What could not be read of a file: where it stands, and why."""

from connect_cli.errors import ConnectError


class NotThisFormat(ConnectError):
    """A file that is not what it is said to be, or that is cut off: nothing of it is taken."""
