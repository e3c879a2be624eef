"""Tags and details as they are typed: `#work`, `usual order: flat white`."""

import re
import unicodedata
from collections.abc import Iterator

from connect_cli.errors import NotUnderstood
from connect_cli.language.names import check_name

LONGEST_TAG = 60

LONGEST_LABEL = 60
_OPENING = frozenset("([{\"'“‘«,;")
_COLON = r":(?=\s|$)|(?<![0-9]):(?!//)|(?<=[0-9]):(?![0-9])"
_HOW = "write it like 'usual order: flat white'"


def read_tag(text: str) -> str:
    """A tag's normal form: without `#`, in lower case. Raises NotUnderstood."""
    tag = _normal(text.strip().removeprefix("#"))
    if not tag or not any(map(str.isalnum, tag)) or not all(map(_in_tag, tag)):
        raise NotUnderstood(
            f"'{text}' is not a tag", "a tag is one word of letters, digits, '-', '_' and '/'"
        )
    if len(tag) > LONGEST_TAG:
        raise NotUnderstood(f"a tag can have up to {LONGEST_TAG} letters; this one has {len(tag)}")
    return tag


def find_tags(text: str) -> tuple[str, ...]:
    """The tags in a text, each once, in order; `#1` and parts of URLs do not count."""
    return tuple(dict.fromkeys(_tags(text)))


def tag_end(text: str, at: int) -> int:
    """Where the tag that begins at this `#` ends, before any punctuation after it."""
    end = at + 1
    while end < len(text) and _in_tag(text[end]):
        end += 1
    return at + 1 + len(text[at + 1 : end].rstrip("-_/"))


def read_detail(text: str) -> tuple[str, str]:
    """The label and the value around the first colon that is not part of a time or an address.

    Without such a colon there is no label. Raises NotUnderstood.
    """
    if (colon := re.search(_COLON, text)) is None:
        return "", check_text(text)
    return read_label(text[: colon.start()]), _value(text[colon.end() :])


def read_label(text: str) -> str:
    """A detail's label: one line, blanks collapsed. Raises NotUnderstood."""
    if not text.strip():
        raise NotUnderstood("a detail needs a label before the colon", _HOW)
    label = check_name(text)
    if len(label) > LONGEST_LABEL:
        raise NotUnderstood(f"a label can have up to {LONGEST_LABEL} letters", _HOW)
    return label


def check_text(text: str) -> str:
    """The text of a promise or a question, trimmed. Raises NotUnderstood if it is empty."""
    if not (trimmed := text.strip()):
        raise NotUnderstood("no text was given", "say it in words, like 'send her the photos'")
    return trimmed


def _tags(text: str) -> Iterator[str]:
    at = text.find("#")
    while at >= 0:
        if at == 0 or text[at - 1].isspace() or text[at - 1] in _OPENING:
            word = text[at + 1 : tag_end(text, at)]
            if any(map(str.isalpha, word)) and len(tag := _normal(word)) <= LONGEST_TAG:
                yield tag
        at = text.find("#", at + 1)


def _in_tag(letter: str) -> bool:
    return letter.isalnum() or letter in "-_/" or unicodedata.category(letter)[0] == "M"


def _normal(word: str) -> str:
    """A tag in lower case with composed accents, so that it has one spelling."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())


def _value(text: str) -> str:
    if not text.strip():
        raise NotUnderstood("a detail needs something to remember after the colon", _HOW)
    return text.strip()
