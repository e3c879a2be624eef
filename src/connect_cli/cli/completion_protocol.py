"""Tab: a shell passes its line, and gets the words that fit at the cursor.

The scripts in shells/ run connect with `_CONNECT_COMPLETE=SHELL` and the line up to the cursor, as
typed, in one argument. An alias adds the words it stands for: `connect log`. The answer has one
line for each offer. For bash it is a plus and the text to add, already quoted. zsh and fish quote
by themselves, so they get the whole word, and after a tab a description (fish) or the text to
display (zsh). The exit code says how to use the offers (see Answer). No offers, no output.

An offer never holds a control character, and a line with one gets no offers: it would break the
one-line protocol, and a name could write to the terminal through it.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from typer._click.core import Parameter
from typer._click.shell_completion import (  # where the words lead, and what is completed
    CompletionItem,
    _resolve_context,
    _resolve_incomplete,
)
from typer.exceptions import TyperException
from typer.models import TyperPath

from connect_cli.cli.completion import Answer, Asked, Quote, Shell
from connect_cli.render.safe import clean, one_line


class Line(NamedTuple):
    """The words up to the cursor, the last one unfinished, and the quotes open at its end."""

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
# The characters before which a backslash disappears inside quotes.
_POSIX_ESCAPES = {"double": r'\\([\\"$`\n])', "ansi": r"\\(.)"}
_FISH_ESCAPES = {"double": r'\\([\\"$\n])', "single": r"\\([\\'])"}


def read_line(typed: str, shell: Shell) -> Line | None:
    r"""The words before the cursor; None if the text ends inside an escape (`a\`)."""
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

    An exclamation mark calls up history inside `"` too, and a backslash does not help there, so the
    quotes are closed around it. If it comes last, `"` is added to open them again, since bash would
    read the last `"` as the closing one.
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
    """The quotes that this piece leaves open."""
    if not sort.startswith("in_"):
        return Quote.NONE
    opening = piece[sort.removeprefix("in_")]
    return Quote.NONE if piece.end() > piece.end(sort) else Quote(opening)


def _unquoted(text: str, escapes: str | None) -> str:
    return text if escapes is None else re.sub(escapes, r"\1", text, flags=re.DOTALL)


def answer(commands: Any, shell: str, given: Sequence[str]) -> int:
    """Print the offers for a line. Returns the exit code, which says how to use them."""
    if shell not in tuple(Shell) or not given:
        return Answer.WORDS  # a shell opened before an upgrade still runs the old script
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
            yield _offer(asked, last, rest, item.help)


def _found(
    commands: Any, asked: Asked, before: list[str], last: str
) -> tuple[str, list[CompletionItem]]:
    """The part of the last word to complete (`x` of `--with=x`), and what completes it."""
    try:
        context = _resolve_context(commands, {"obj": asked}, "connect", before)
        owner, incomplete = _resolve_incomplete(context, before, last)
        if isinstance(owner, Parameter) and isinstance(owner.type, TyperPath):
            asked.answer = Answer.FILES
            return incomplete, []
        return incomplete, owner.shell_complete(context, incomplete)
    except TyperException:
        return last, []


def _offer(asked: Asked, last: str, rest: str, beside: str | None) -> str:
    """One offer, in the form that this shell expects."""
    if asked.shell is Shell.BASH:
        return f"+{quoted(rest, asked.quote)}"
    told = one_line(beside) if beside else ""
    if asked.shell is Shell.FISH:
        return f"{last}{rest}\t{told}" if told else last + rest
    shown = last[last.rfind(" ") + 1 :] + rest
    return f"{last}{rest}\t{shown}{'  -- ' if told else ''}{told}"
