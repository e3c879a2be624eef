"""What an email address and a phone number are, and when two of them are the same.

This is the one rule for every way in: the form of `edit`, cards, tables, mailboxes and the journals
of other programs. Whatever it accepts, every command can show, change and write again.
"""

from collections.abc import Callable

from connect_cli.errors import NotUnderstood

LONGEST = 1000
LAST_DIGITS = 9
"""Only so many are compared: the country code and a leading 0 may differ."""

FEWEST_DIGITS = 7
"""A shorter number is an extension or an emergency number, and is compared as a whole."""


def read_email(text: str) -> str:
    """An address as it is stored: one line, blanks collapsed. Raises NotUnderstood."""
    value = _line(text, "an email address")
    before, at, behind = value.partition("@")
    if not (before and at and behind) or "@" in behind or " " in value:
        raise NotUnderstood(f"'{text}' is not an email address", "write it like ada@example.org")
    return value


def read_phone(text: str) -> str:
    """A number as it is stored: one line, blanks collapsed, with a digit. Raises NotUnderstood.

    Words beside it are allowed: `0171 2345 (evenings)`.
    """
    value = _line(text, "a phone number")
    if not any(letter.isdecimal() for letter in value):
        raise NotUnderstood(f"'{text}' is not a phone number", "write it like +44 20 7946 0018")
    return value


def is_email(text: str) -> bool:
    """Whether a text is an address, exactly as it is stored."""
    return _is(read_email, text)


def is_phone(text: str) -> bool:
    """Whether a text is a phone number, exactly as it is stored."""
    return _is(read_phone, text)


def email_key(text: str) -> str:
    """The same value for all spellings of one address."""
    return text.strip().casefold()


def phone_key(text: str) -> str:
    """The same value for all spellings of one number; empty for a text without a digit.

    >>> phone_key("+49 (170) 123 45 67") == phone_key("0170 1234567")
    True
    """
    found = dialled(text).replace("+", "")
    return found[-LAST_DIGITS:] if len(found) >= FEWEST_DIGITS else found


def dialled(text: str) -> str:
    """The digits of a number, and any `+`."""
    return "".join(letter for letter in text if letter.isdecimal() or letter == "+")


def _line(text: str, what: str) -> str:
    value = " ".join(text.split())
    if not value or len(value) > LONGEST or not value.isprintable():
        raise NotUnderstood(f"'{text[:60]}' is not {what}")
    return value


def _is(read: Callable[[str], str], text: str) -> bool:
    try:
        return read(text) == text
    except NotUnderstood:
        return False
