"""What a way to reach somebody opens where a terminal makes it a link: a message that is empty.

Only `http`, `https`, `mailto` and `tel` are opened. Whatever could end the link early, or put a
subject or a text into the message, is percent-encoded (RFC 3986, section 2.1).
"""

from connect_cli.language.contact import is_email, number_to_call
from connect_cli.model import ContactPoint

LONGEST = 2000
"""Characters of a link; terminals pass over longer ones."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_OF_EMAIL = frozenset(f"{_LETTERS}-._~@+")
_OF_URL = frozenset(f"{_LETTERS}-._~:/?#[]@!$&()*+,;=%")


def link_of(point: ContactPoint) -> str:
    """What it opens; empty if nothing safe."""
    link = _link(point.kind, point.value)
    return link if len(link) <= LONGEST else ""


def _link(kind: str, value: str) -> str:
    if kind == "email" and is_email(value):
        return f"mailto:{_encoded(value, _OF_EMAIL)}"
    if kind == "phone" and (number := number_to_call(value)):
        return f"tel:{number}"
    scheme, apart, rest = value.partition("://")
    if kind == "url" and apart and rest and scheme.lower() in ("http", "https"):
        return f"{scheme.lower()}://{_encoded(rest, _OF_URL)}"
    return ""


def _encoded(text: str, plain: frozenset[str]) -> str:
    """A text with every other character as the bytes of its UTF-8, each `%XX`."""
    return "".join(
        letter
        if letter in plain
        else "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "replace"))
        for letter in text
    )
