"""What an email address and a phone number are, and when two of them are the same.

This is the one rule for every way in: the form of `edit`, cards, tables, mailboxes and the journals
of other programs. Whatever it accepts, every command can show, change and write again. What
programs put around a value is dropped: `mailto:` and `tel:`, and the invisible signs that phones
put around a copied number.

Two numbers are the same if they have the same digits once the country code and the 0 or 1 before a
national number are gone. Nothing says in which country a number without a code is, so two people in
two countries may seem to share one: a number alone never decides who somebody is.
"""

import re
import unicodedata
from collections.abc import Callable

from connect_cli.errors import NotUnderstood

LONGEST = 1000
FEWEST_DIGITS = 7
"""A shorter number is an extension or an emergency number, and identifies nobody."""

LONGEST_NATIONAL = 11
"""No national number has more digits; a longer one has its country code, with or without a `+`."""

_CODES = re.compile(r"1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-9][0-9]{2}")
"""Country codes (ITU E.164): none is the beginning of another."""

_MACHINE = re.compile(
    r"(?:[^@]*[._+=-])?(?:no[._-]?(?:reply|replies|response|responder)|do[._-]?not[._-]?reply"
    r"|dont[._-]?reply|ne[._-]?pas[._-]?repondre|keine[._-]?antwort|nicht[._-]?antworten)"
    r"(?:[._+=0-9-][^@]*)?@"
    r"|(?:mailer[._-]?daemon|bounces?|notifications?|newsletters?|unsubscribe|auto[._-]?confirm)"
    r"(?:[._+=0-9-][^@]*)?@"
)
"""Local parts at which no person reads: the first line also at the end of a longer one."""

_RUN = re.compile(r"\+?[0-9][0-9 ()./-]*")
_SCHEME = re.compile(r"(?:mailto|tel):", re.IGNORECASE)


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


def is_machine_address(email: str) -> bool:
    """Whether no person reads what is sent to an address, such as `noreply@` or `bounce+7@`."""
    return _MACHINE.match(email_key(email)) is not None


def email_key(text: str) -> str:
    """The same value for all spellings of one address."""
    return bare(text).casefold()


def email_keys(text: str) -> frozenset[str]:
    """The keys of addresses that are separated by commas."""
    return frozenset(filter(None, map(email_key, text.split(","))))


def phone_key(text: str) -> str:
    """The same value for all spellings of one number; empty for a text without a digit.

    Only the number itself counts: not an extension behind it, nor the hours at which to call.

    >>> phone_key("+49 (170) 123 45 67") == phone_key("0170 1234567 (evenings, 6-8)")
    True
    """
    number = dialled_number(text)
    if number.startswith("00"):
        number = f"+{number[2:]}"
    elif len(number) > LONGEST_NATIONAL and not number.startswith(("0", "+")):
        number = f"+{number}"
    if number.startswith("+"):
        code = _CODES.match(number, 1)
        number = number[code.end() :] if code else number[1:]
    elif len(number) < FEWEST_DIGITS:
        return number
    number = number.lstrip("0") or number
    return number[1:] if len(number) == LONGEST_NATIONAL and number[0] in "18" else number


def dialled_number(text: str) -> str:
    """The number itself, in digits with any `+`, without what stands beside it.

    >>> dialled_number("+49 170 1234567 (evenings, 6-8)")
    '+491701234567'
    """
    runs = _dialled_runs(text)
    return next((run for run in runs if len(run) >= FEWEST_DIGITS), "".join(runs))


def number_to_call(text: str) -> str:
    """The number itself; empty if letters may stand for some of its digits.

    >>> number_to_call("+49 170 1234567 (evenings, 6-8)"), number_to_call("0800-CALL-ME")
    ('+491701234567', '')
    """
    runs = _dialled_runs(text)
    is_sure = any(len(run) >= FEWEST_DIGITS for run in runs) or not any(
        map(str.isalpha, bare(text))
    )
    return dialled_number(text) if is_sure else ""


def _dialled_runs(text: str) -> list[str]:
    return [dialled(run) for run in _RUN.findall(_in_figures(bare(text)))]


def identifying_phone_key(text: str) -> str:
    """The key of a number; empty for a short one, which identifies nobody."""
    key = phone_key(text)
    return key if len(key) >= FEWEST_DIGITS else ""


def dialled(text: str) -> str:
    """The digits of a number, and any `+`."""
    return "".join(letter for letter in _in_figures(text) if letter.isdecimal() or letter == "+")


def bare(text: str) -> str:
    """A value on one line, without `mailto:`, `tel:` and the signs that nobody can see."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    value = " ".join(seen.split())
    while scheme := _SCHEME.match(value):
        value = value[scheme.end() :].strip()
        if scheme[0].lower() == "tel:":
            value = value.replace(";ext=", " ext. ").partition(";")[0].strip()
    return value


def _in_figures(text: str) -> str:
    """A text with the figures of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text)


def _line(text: str, what: str) -> str:
    value = bare(text)
    if not value or len(value) > LONGEST or not value.isprintable():
        raise NotUnderstood(f"'{text[:60]}' is not {what}")
    return value


def _is(read: Callable[[str], str], text: str) -> bool:
    try:
        return read(text) == text
    except NotUnderstood:
        return False
