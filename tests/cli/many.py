"""Many commands in one process, each as the program runs it.

`python -m tests.cli.many '[["today"], ["show", "ada"]]'` runs them on whatever terminal or pipe its
output is, and writes a line of its own before each.
"""

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Sequence

BEFORE = "\n@@ "
"""What stands in front of each command."""

Answer = tuple[tuple[str, ...], str]


def run(commands: Iterable[Sequence[str]]) -> None:
    """Run one after the other; each is asked for when the one before has ended."""
    from connect_cli.__main__ import main
    from tests.once import build_commands_once

    build_commands_once()
    for words in commands:
        sys.argv = ["connect", *words]
        os.write(1, f"{BEFORE}{json.dumps(words)}\n".encode())
        with contextlib.suppress(SystemExit):
            main()
        sys.stdout.flush()
        sys.stderr.flush()


def answers(written: str) -> list[Answer]:
    """Each command, and what it wrote."""
    parts = (part.split("\n", 1) for part in written.split(BEFORE)[1:])
    return [(tuple(json.loads(words)), answer) for words, answer in parts]


if __name__ == "__main__":
    run(json.loads(sys.argv[1]))
