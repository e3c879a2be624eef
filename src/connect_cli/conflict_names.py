"""How programs that synchronise a folder name a conflicted copy of a file."""

import re

SURE = (
    r"\.sync-conflict-\d{8}-\d{6}-\w+",  # Syncthing
    r" \(.+\)",  # Dropbox, Nextcloud, ownCloud, Google Drive, in the words of any language
    r" \[[Cc]onflict.*\]",  # pCloud
    r"_conflict-[\w-]+",  # ownCloud, before
    r" [2-9]",  # iCloud Drive
    r"\.[Cc]onflict\d*",  # Resilio Sync
    r" (?:- )?[Cc]opy(?: \d+| \(\d+\))?",  # macOS and Windows, by hand
)
"""Patterns for what they add to a file's name, where nobody else would add it."""

LIKELY = (
    r" \d+",  # iCloud Drive, after ten of them
    r"-.+",  # OneDrive: the name of the other computer
)
"""Patterns that may be part of a name as well: the file itself must tell."""

_ADDED = re.compile(rf"(?:{'|'.join(SURE)})+(?P<suffix>\.[^. ]+)?")
_COPY_OF = re.compile("copy of ", re.IGNORECASE)


def original_name(name: str) -> str:
    """The name of the file that a file with this name is a copy of; its own, if it is none."""
    while begun := _COPY_OF.match(name):
        name = name[begun.end() :]
    for place in range(1, len(name)):
        if (found := _ADDED.fullmatch(name, place)) is not None:
            return f"{name[:place]}{found['suffix'] or ''}"
    return name
