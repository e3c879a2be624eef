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

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple

from typer._click.core import Parameter
from typer._click.shell_completion import (  # the words up to the cursor, and whose turn it is
    CompletionItem,
    _resolve_context,
    _resolve_incomplete,
)
from typer.exceptions import TyperException
from typer.models import TyperPath

from connect_cli.render.safe import clean, one_line


class Shell(StrEnum):
    """The shells it knows."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


class Quote(StrEnum):
    """The quotes that are open at the cursor, by their opening."""

    NONE = ""
    SINGLE = "'"
    DOUBLE = '"'
    ESCAPED = "$'"


class Line(NamedTuple):
    """The words up to the cursor, the last one unfinished, and the quotes around its end."""

    words: tuple[str, ...]
    quote: Quote


_POSIX = re.compile(
    r"(?P<blank>[ \t\n]+)"
    r"|\\(?P<escaped>.)"
    r"|(?P<single>')(?P<in_single>[^']*)'?"
    r"|(?P<ansi>\$')(?P<in_ansi>(?:\\.|[^'\\])*)'?"
    r'|\$?(?P<double>")(?P<in_double>(?:\\.|[^"\\])*)"?'
    r"|(?P<plain>[^ \t\n\\'\"$]+|\$)",
    re.DOTALL,
)
_FISH = re.compile(
    r"(?P<blank>[ \t\n]+)"
    r"|\\(?P<escaped>.)"
    r"|(?P<single>')(?P<in_single>(?:\\.|[^'\\])*)'?"
    r'|(?P<double>")(?P<in_double>(?:\\.|[^"\\])*)"?'
    r"|(?P<plain>[^ \t\n\\'\"]+)",
    re.DOTALL,
)
# Behind which characters of open quotes a backslash goes away.
_POSIX_ESCAPES = {"double": r'\\([\\"$`\n])', "ansi": r"\\(.)"}
_FISH_ESCAPES = {"double": r'\\([\\"$\n])', "single": r"\\([\\'])"}


def read_line(typed: str, shell: Shell) -> Line | None:
    r"""The words of what stands before the cursor; None where that ends amid an escape (`a\`)."""
    pattern, escapes = (_FISH, _FISH_ESCAPES) if shell is Shell.FISH else (_POSIX, _POSIX_ESCAPES)
    words, quote, at = [""], Quote.NONE, 0
    while at < len(typed):
        piece = pattern.match(typed, at)
        if piece is None:
            return None
        at = piece.end()
        sort = piece.lastgroup or ""
        quote = _left_open(piece, sort)
        if sort == "blank":
            words.append("")
        else:
            words[-1] += _unquoted(piece[sort], escapes.get(sort.removeprefix("in_")))
    return Line(tuple(words), quote)


def quoted(text: str, quote: Quote) -> str:
    r"""What to add to a line of bash, within these quotes, so that it means this text.

    An exclamation mark calls up history within `"` too, where no backslash helps, so that the
    quotes are closed for it. After such a mark at the end, empty quotes stand: bash would take the
    last `"` for the one that closes.
    """
    if quote is Quote.NONE:
        return re.sub(r"[^\w\-./+,\x80-\U0010ffff]", r"\\\g<0>", text)
    escapes, mark = _WITHIN[quote]
    parts = [re.sub(escapes, _escape(quote), part) for part in text.split("!")]
    return mark.join(parts) + ('"' if quote is Quote.DOUBLE and text.endswith("!") else "")


_WITHIN = {
    Quote.SINGLE: (r"'", "!"),
    Quote.DOUBLE: (r'[\\"$`]', "\"'!'\""),
    Quote.ESCAPED: (r"[\\']", r"'\!$'"),
}


def _escape(quote: Quote) -> str:
    return r"'\\''" if quote is Quote.SINGLE else r"\\\g<0>"


def _left_open(piece: re.Match[str], sort: str) -> Quote:
    """The quotes of this piece, unless they are closed."""
    if not sort.startswith("in_"):
        return Quote.NONE
    opening = piece[sort.removeprefix("in_")]
    return Quote.NONE if piece.end() > piece.end(sort) else Quote(opening)


def _unquoted(text: str, escapes: str | None) -> str:
    return text if escapes is None else re.sub(escapes, r"\1", text, flags=re.DOTALL)


class Answer(IntEnum):
    """How offers are to be taken; the exit codes by which the scripts of shells/ know it."""

    WORDS = 0
    FILES = 10
    """None of ours: the shell's own files."""
    PROSE = 11
    """Quotes that are open stay open, for the sentence goes on."""


@dataclass
class Asked:
    """Which shell asks, and within which quotes; what completes an argument says the answer."""

    shell: Shell
    quote: Quote
    answer: Answer = Answer.WORDS


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
