"""Details as they are typed: `usual order: flat white`."""

import re

from connect_cli.errors import NotUnderstood
from connect_cli.language.names import check_name
from connect_cli.language.tags import read_tag

__all__ = ["check_text", "read_detail", "read_label", "read_tag"]

LONGEST_LABEL = 60
_COLON = r":(?=\s|$)|(?<![0-9]):(?!//)|(?<=[0-9]):(?![0-9])"
_HOW = "write it like 'usual order: flat white'"


def read_detail(text: str) -> tuple[str, str]:
    """The label and the value, parted by a colon; one in a time or an address parts nothing.

    Raises NotUnderstood.
    """
    if (colon := re.search(_COLON, text)) is None:
        raise NotUnderstood(f"'{text}' has no label", _HOW)
    return read_label(text[: colon.start()]), _value(text[colon.end() :])


def check_text(text: str) -> str:
    """The text of a promise or a question, trimmed. Raises NotUnderstood when there is none."""
    if not (trimmed := text.strip()):
        raise NotUnderstood("there is no text", "say it in words, like 'send her the photos'")
    return trimmed


def read_label(text: str) -> str:
    """A detail's label: one line, blanks collapsed. Raises NotUnderstood."""
    if not text.strip():
        raise NotUnderstood("a detail needs a label before the colon", _HOW)
    label = check_name(text)
    if len(label) > LONGEST_LABEL:
        raise NotUnderstood(f"a label has up to {LONGEST_LABEL} letters", _HOW)
    return label


def _value(text: str) -> str:
    if not text.strip():
        raise NotUnderstood("a detail needs something to remember after the colon", _HOW)
    return text.strip()
