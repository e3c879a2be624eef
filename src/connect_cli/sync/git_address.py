"""Which words name a Git repository, and how its address is kept."""

import re
from pathlib import Path

from connect_cli.errors import ConnectError

_SCHEME = re.compile(r"(?:ssh|git|git\+ssh|ssh\+git|https?|file)://.", re.IGNORECASE)
_BY_SSH = re.compile(r"[^/:]+:(?!//).")
_PASSWORD = re.compile(r"[^/]+://[^/@]*:[^/@]*@")


def is_git(where: str) -> bool:
    """Whether this names a Git repository: a URL, `host:path`, or a bare repository on the disk."""
    if _SCHEME.match(where):
        return True
    path = Path(where)
    return is_bare(path) if path.exists() else _BY_SSH.match(where) is not None


def is_bare(folder: Path) -> bool:
    """Whether a folder is a bare repository."""
    inside = (folder / name for name in ("objects", "refs"))
    return (folder / "HEAD").is_file() and all(each.is_dir() for each in inside)


def as_kept(where: str) -> str:
    """The address of a repository as it is kept: it means the same in every folder.

    Raises ConnectError for what git would take for an option or a command, and for a password.
    """
    if not where or where[0] == "-" or "::" in where.split("/", 1)[0] or "\0" in where:
        raise ConnectError(
            f"'{where}' is not the address of a repository", "write it like git@host:me/journal.git"
        )
    if _PASSWORD.match(where):
        raise ConnectError(
            "the address of the repository holds a password",
            "leave it out: git asks for it, or a credential helper of git keeps it",
        )
    return str(Path(where).absolute()) if Path(where).exists() else where
