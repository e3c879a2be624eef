r"""Show control characters as visible escapes, so that no terminal obeys them.

A character that moves the cursor, changes a colour, breaks a line, reverses text or is invisible is
shown as an escape such as `\x1b` or `\u202e`. Joiners that scripts and emoji need stay.
"""

import re

# Cc, Cs, Zl, Zp, and Cf except the characters that some script needs: the zero-width (non-)joiner,
# signs before numbers, hieroglyph layout.
_RANGES = (
    ("\x00", "\x1f"),  # C0 control
    ("\x7f", "\x9f"),  # delete and C1 control
    ("\u00ad", "\u00ad"),  # soft hyphen
    ("\u061c", "\u061c"),  # Arabic letter mark
    ("\u180e", "\u180e"),  # Mongolian vowel separator
    ("\u200b", "\u200b"),  # zero-width space
    ("\u200e", "\u200f"),  # left-to-right and right-to-left mark
    ("\u2028", "\u202e"),  # line and paragraph separator, bidi embedding and override
    ("\u2060", "\u206f"),  # word joiner, invisible operators, bidi isolates, shaping controls
    ("\ud800", "\udfff"),  # lone surrogates: bytes of a file name or terminal that were not text
    ("\ufeff", "\ufeff"),  # byte order mark
    ("\ufff9", "\ufffb"),  # interlinear annotation
    ("\U0001bca0", "\U0001bca3"),  # shorthand format controls
    ("\U0001d173", "\U0001d17a"),  # musical format controls
    ("\U000e0000", "\U000e007f"),  # tag characters
)
_CLASS = "".join(f"{re.escape(first)}-{re.escape(last)}" for first, last in _RANGES)
CONTROL = re.compile(f"[{_CLASS}]")
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def shown(text: str) -> str:
    """A text with every control character as a visible escape, line breaks and tabs included."""
    return CONTROL.sub(_escape, text)


def shown_lines(text: str) -> str:
    r"""A text with escapes as in `shown`, but with its line breaks, each as `\n`."""
    return "\n".join(map(shown, text.replace("\r\n", "\n").split("\n")))


def first_control(text: str) -> str:
    """The escape of the first control character in a text; empty if there is none."""
    found = CONTROL.search(text)
    return "" if found is None else _escape(found)


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
