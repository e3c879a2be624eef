"""Interactive shells at terminals of their own, which have taken in `connect init`."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pexpect

from tests.cli.terminals import SECONDS

SHELLS = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "-i"],
}
TAKE_IN = {"bash": 'eval "$({})"', "zsh": 'eval "$({})"', "fish": "{} | source"}
RUN = "import sys; sys.argv[0] = 'connect'; from connect_cli.__main__ import main; main()"
CONNECT = f'{sys.executable} -c "{RUN}" "$@"'
READY = "ready> "
PROMPTS = {
    "bash": f"PS1='{READY}'",
    "zsh": f"PROMPT='{READY}'; unsetopt zle_bracketed_paste prompt_cr prompt_sp",
    "fish": f"function fish_prompt; echo -n '{READY}'; end; set fish_autosuggestion_enabled 0",
}


def program(folder: Path, script: str = f"exec {CONNECT}") -> None:
    """Write the `connect` that the shells find; script: what it runs."""
    folder.mkdir()
    file = folder / "connect"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


def begin(
    name: str, words: tuple[str, ...], env: Mapping[str, str], folder: Path, place: Path
) -> "pexpect.spawn[str]":
    """A shell that has taken in `connect init NAME WORDS`; folder: where its program lies."""
    child = pexpect.spawn(
        *(name, SHELLS[name]),
        env={
            **os.environ,
            "PATH": f"{folder}:{os.environ['PATH']}",
            "TERM": "dumb" if name == "fish" else "vt100",
            "HISTFILE": str(folder / "history"),
            **env,
        },
        encoding="utf-8",
        timeout=SECONDS,
        dimensions=(24, 200),
        cwd=str(place),
    )
    child.sendline(PROMPTS[name])
    command = TAKE_IN[name].format(" ".join(("connect", "init", name, *words)))
    child.sendline(f"{command}; echo taken-$((40 + 2))" if name != "fish" else command)
    if name == "fish":
        child.sendline("echo taken-(math 40 + 2)")
    child.expect("taken-42")
    return child


@contextmanager
def closed(started: "list[pexpect.spawn[str]]") -> Iterator[None]:
    """Close these shells at the end."""
    try:
        yield
    finally:
        for child in started:
            child.close(force=True)
