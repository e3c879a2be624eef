"""Tab: a shell hands over its line, and is told what may stand at the cursor.

The scripts of shells/ run connect with `_CONNECT_COMPLETE=SHELL` and the line up to the cursor, as
typed, in one argument; an alias adds what its first word stands for: `connect log`. The answer is
an offer a line. For bash that is a plus and what to add, quoted. zsh and fish quote themselves, so
for them it is the whole word; behind a tab may follow what stands beside it, and for zsh there
follows what to show. The exit code says how to take them (Answer). Where there is nothing to offer
there is no line, not even an empty one.

No offer holds a control character, nor is there any behind what was typed with one: neither would
be a line, and a name could write to the terminal by it.
"""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from typer._click.core import Parameter
from typer._click.shell_completion import (  # the words up to the cursor, and whose turn it is
    CompletionItem,
    _resolve_context,
    _resolve_incomplete,
)
from typer.exceptions import TyperException
from typer.models import TyperPath

from connect_cli.cli.asked import Answer, Asked
from connect_cli.cli.quoting import Shell, quoted, read_line
from connect_cli.render.safe import clean, one_line


def answer(commands: Any, shell: str, given: Sequence[str]) -> int:
    """Print the offers for a line; the exit code says how they are meant."""
    if shell not in tuple(Shell) or not given:
        return Answer.WORDS  # a script of another version, in a shell that was open before
    line = read_line(given[0].lstrip(), Shell(shell))
    if line is None or clean(line.words[-1]) != line.words[-1]:
        return Answer.WORDS
    asked = Asked(Shell(shell), line.quote)
    words = [*given[2:], *line.words[1:]]
    offers = list(_offers(commands, asked, words))
    if asked.answer is Answer.FILES and asked.shell is Shell.FISH and asked.quote:
        offers = words[-1:]
    sys.stdout.write("".join(f"{offer}\n" for offer in offers))
    return asked.answer


def _offers(commands: Any, asked: Asked, words: Sequence[str]) -> Iterator[str]:
    *before, last = words or [""]
    incomplete, found = _found(commands, asked, list(before), last)
    for item in found:
        rest = item.value[len(incomplete) :]
        if clean(rest) == rest:
            yield _said(asked, last, rest, item.help)


def _found(
    commands: Any, asked: Asked, before: list[str], last: str
) -> tuple[str, list[CompletionItem]]:
    """The part of the last word that is completed (`x` of `--with=x`), and what begins so."""
    try:
        context = _resolve_context(commands, {"obj": asked}, "connect", before)
        owner, incomplete = _resolve_incomplete(context, before, last)
        if isinstance(owner, Parameter) and isinstance(owner.type, TyperPath):
            asked.answer = Answer.FILES
            return incomplete, []
        return incomplete, owner.shell_complete(context, incomplete)
    except TyperException:
        return last, []


def _said(asked: Asked, last: str, rest: str, beside: str | None) -> str:
    """One offer as the shell that asks takes it."""
    if asked.shell is Shell.BASH:
        return f"+{quoted(rest, asked.quote)}"
    told = one_line(beside) if beside else ""
    if asked.shell is Shell.FISH:
        return f"{last}{rest}\t{told}" if told else last + rest
    shown = last[last.rfind(" ") + 1 :] + rest
    return f"{last}{rest}\t{shown}{'  -- ' if told else ''}{told}"
