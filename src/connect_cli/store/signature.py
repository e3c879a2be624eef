"""Tell by its first bytes whether a file is a journal, an encrypted one, or something else."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path  # takes as long to load as everything that a prompt reads

PLAIN = b"SQLite format 3\0"
APPLICATION_ID = 0x636F6E6E  # "conn": marks the file as a journal, for connect and for file(1)
APPLICATION_AT = 68  # where a database file says whose it is (sqlite.org/fileformat.html)
HEAD_BYTES, LEAST_DIFFERENT = 512, 180
"""Only an encrypted file has more different bytes in its head than this (usually 221)."""


def is_encrypted(path: "Path | str") -> bool:
    """Whether a file looks like noise, as an encrypted journal does."""
    return looks_encrypted(head(path))


def head(path: "Path | str") -> bytes:
    """The bytes that show what a file is."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # a prompt has only its name
        return file.read(HEAD_BYTES)


def is_journal(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a plain journal."""
    mark = APPLICATION_ID.to_bytes(4, "big")
    return head.startswith(PLAIN) and head[APPLICATION_AT : APPLICATION_AT + len(mark)] == mark


def looks_encrypted(head: bytes) -> bool:
    """Whether a file that begins with these bytes looks like noise: an encrypted journal does."""
    head = head[:HEAD_BYTES]
    return not head.startswith(PLAIN) and len(set(head)) > LEAST_DIFFERENT
