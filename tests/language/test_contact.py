"""Email addresses and phone numbers: what is one, and when two are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.language.contact import (
    email_key,
    is_email,
    is_phone,
    phone_key,
    read_email,
    read_phone,
)

EMAILS = {
    "ada@example.org": True,
    "Ada.L+home@Example.ORG": True,
    "ada@localhost": True,
    "@tom": False,
    "tom@": False,
    "a@b@c": False,
    "ada lovelace@example.org": False,
    "ada": False,
    "": False,
    "a@b\x1b[31m": False,
    "a@" + "b" * 1000: False,
}
PHONES = {
    "+44 20 7946 0018": True,
    "112": True,
    "0171 2345 (evenings)": True,
    "n/a": False,
    "": False,
    "12\n34": False,
    "1\u202e2": False,
}
SAME = [
    ("+49 170 1234567", "0170/123-45 67", True),
    ("0049 (170) 1234567", "+491701234567", True),
    ("112", "1-1-2", True),
    ("112", "0112", False),
    ("+49 170 1234567", "+49 170 1234568", False),
]


@pytest.mark.parametrize("text", EMAILS)
def test_what_an_email_address_is(text: str) -> None:
    """Something on both sides of one @, in one word."""
    assert is_email(text) is EMAILS[text]


@pytest.mark.parametrize("text", PHONES)
def test_what_a_phone_number_is(text: str) -> None:
    """One line with a digit in it."""
    assert is_phone(text) is PHONES[text]


@pytest.mark.parametrize(("one", "other", "same"), SAME)
def test_when_two_numbers_are_one(one: str, other: str, same: bool) -> None:
    """However they are set apart, with the country's code or without."""
    assert (phone_key(one) == phone_key(other)) is same


def test_case_tells_no_two_addresses_apart() -> None:
    """Nor do blanks around them."""
    assert email_key(" Ada@X.org") == email_key("ada@x.ORG")


@pytest.mark.parametrize("read", [read_email, read_phone])
@given(text=st.text(max_size=40))
def test_what_is_read_is_right_as_it_stands(read: object, text: str) -> None:
    """What was let in once is let in again, by every command."""
    assert callable(read)
    is_right = is_email if read is read_email else is_phone
    try:
        kept = read(text)
    except NotUnderstood:
        return
    assert is_right(kept)
    assert read(kept) == kept
