"""Tags: `#work`, `#family/trips`."""

import re
import unicodedata
from collections.abc import Iterator

from connect_cli.errors import NotUnderstood
from connect_cli.language.names import check_name

LONGEST_TAG = 60
_OPENING = frozenset("([{\"'“‘«,;")


def read_tag(text: str) -> str:
    """A tag's normal form: without `#`, in lower case. Raises NotUnderstood."""
    tag = _normal(text.strip().removeprefix("#"))
    if not tag or not any(map(str.isalnum, tag)) or not all(map(_in_tag, tag)):
        raise NotUnderstood(
            f"'{text}' is not a tag", "a tag is one word of letters, digits, '-', '_' and '/'"
        )
    if len(tag) > LONGEST_TAG:
        raise NotUnderstood(f"a tag has up to {LONGEST_TAG} letters, this one {len(tag)}")
    return tag


def find_tags(text: str) -> tuple[str, ...]:
    """The tags in a text, each once, in the order they stand; `#1` and parts of URLs are none."""
    return tuple(dict.fromkeys(_tags(text)))


def _tags(text: str) -> Iterator[str]:
    at = text.find("#")
    while at >= 0:
        if at == 0 or text[at - 1].isspace() or text[at - 1] in _OPENING:
            word = text[at + 1 : tag_end(text, at)]
            if any(map(str.isalpha, word)) and len(tag := _normal(word)) <= LONGEST_TAG:
                yield tag
        at = text.find("#", at + 1)


def tag_end(text: str, at: int) -> int:
    """Where the tag that begins at this `#` ends; punctuation after it does not belong to it."""
    end = at + 1
    while end < len(text) and _in_tag(text[end]):
        end += 1
    return at + 1 + len(text[at + 1 : end].rstrip("-_/"))


def _in_tag(letter: str) -> bool:
    return letter.isalnum() or letter in "-_/" or unicodedata.category(letter)[0] == "M"


def _normal(word: str) -> str:
    """Lower case, and accents composed, so that one tag has one spelling."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())


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
