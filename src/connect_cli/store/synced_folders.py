"""Folders that another program synchronises: no place for a journal that is being written."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from connect_cli import files
from connect_cli.errors import as_typed
from connect_cli.views import Finding


@dataclass(frozen=True, slots=True)
class Mark:
    """What shows that a program synchronises a folder and all that lies in it.

    called: patterns of its own name. holds: patterns of what lies in it, of this sort.
    """

    program: str
    called: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    sort: Callable[[Path], bool] = Path.exists


MARKS = (
    Mark("Syncthing", holds=(".stfolder", ".stversions")),
    Mark("Dropbox", holds=(".dropbox.cache",)),
    Mark("Dropbox", holds=(".dropbox",), sort=Path.is_file),  # in a home, a folder of settings
    Mark("iCloud Drive", called=("com~apple~CloudDocs", "Mobile Documents")),
    Mark("OneDrive", called=("OneDrive", "OneDrive - *")),
    Mark("OneDrive", holds=(".849C9593-D756-4E56-8D6E-42412F2A707B",)),
    Mark("Nextcloud", holds=(".nextcloudsync.log",)),
    Mark("ownCloud", holds=(".owncloudsync.log",)),
    Mark("Nextcloud or ownCloud", holds=(".sync_*.db", "._sync_*.db")),
    Mark("Google Drive", called=("Google Drive", "GoogleDrive-*"), holds=(".tmp.driveupload",)),
    Mark("pCloud", called=("pCloudDrive", "pCloud Drive")),
    Mark("MEGA", holds=(".megaignore",)),
    Mark("Resilio Sync", holds=(".sync/ID",), sort=Path.is_file),
    Mark("a cloud drive", called=("CloudStorage",)),  # where macOS puts those of all makers
)
"""The names that these programs give, the surest first."""


def findings(journal: Path) -> Iterator[Finding]:
    """What the doctor says of a journal that lies in such a folder."""
    file = files.real(journal)
    for folder in file.parents:
        if (program := program_of(folder)) is not None:
            yield Finding(
                "synced folder",
                f"the journal lies in {folder}, which {program} synchronises",
                "A file that is copied while a command writes it may arrive torn apart, and two"
                " computers that write bring forth conflicted copies.",
                f"Move {file.name} and what lies beside it to another folder, and name it with"
                " --journal or CONNECT_JOURNAL. Let computers meet by"
                f" {as_typed('export')} jsonl and {as_typed('import')}.",
            )
            return


def program_of(folder: Path) -> str | None:
    """Which program synchronises a folder; None if no mark shows one."""
    return next((mark.program for mark in MARKS if _is_marked(folder, mark)), None)


def _is_marked(folder: Path, mark: Mark) -> bool:
    if any(fnmatchcase(folder.name, pattern) for pattern in mark.called):
        return True
    with suppress(OSError):  # a folder above that may not be read
        return any(mark.sort(each) for pattern in mark.holds for each in folder.glob(pattern))
    return False
