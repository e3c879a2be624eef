"""The commands that a message tells the user to type, and whether they can be typed so."""

import contextlib
import io
import re
import shlex
from collections.abc import Iterator, Sequence
from typing import Any

import typer
from typer.exceptions import TyperException

_BEGINS = re.compile(r"(?:(?<=: )|(?<=, )|(?<='))connect(?= [-a-z])")


def hinted(said: str) -> Iterator[list[str]]:
    """The words of each command in the hints of a message, without `connect` itself."""
    for line in said.splitlines():
        if line.startswith("hint: "):
            for begin in _BEGINS.finditer(line):
                rest = line[begin.end() + 1 :]
                quoted = line[begin.start() - 1] == "'"
                yield _words(rest.partition("'")[0] if quoted else rest)


def _words(rest: str) -> list[str]:
    """The words up to the end of the command, as a shell reads them."""
    lexer = shlex.shlex(rest, posix=True, punctuation_chars=";|")
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    for word in lexer:
        if word in (";", "|", "or"):
            break
        words.append(word.removesuffix(","))
        if word.endswith(","):
            break
    return words


def refusal(words: Sequence[str]) -> str:
    """Why a command cannot be typed so, without running it; empty if it can."""
    from connect_cli.cli.app import app
    from connect_cli.errors import ConnectError

    command: Any = typer.main.get_command(app)
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # a hint may ask for --help
            context = command.make_context("connect", list(words))
            while hasattr(command, "resolve_command"):
                given = [*context._protected_args, *context.args]
                if not given:  # a group that does something by itself
                    return ""
                name, command, rest = command.resolve_command(context, given)
                context = command.make_context(name, rest, parent=context)
    except typer.Exit:
        return ""
    except (ConnectError, TyperException) as error:
        return str(error)
    return ""
