r"""A shell's line as words, and text that is to go on with one, quoted by that shell's rules.

A script hands over what stands on the line up to the cursor, as typed. The words are needed to
find out what is wanted, and the quotes that are open to write more: `"` holds other characters
special than `'` does, and without quotes nearly all of them are. bash is told only what to add,
quoted already, so that what was typed stays to the letter. zsh and fish quote words themselves.
"""

import re
from enum import StrEnum
from typing import NamedTuple


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
