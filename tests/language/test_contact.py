"""Email addresses and phone numbers: what is one, and when two are the same."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.language.contact import (
    email_key,
    identifying_phone_key,
    is_email,
    is_machine_address,
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
    "mailto:a@b.org": False,
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
    ("+47 22 12 34 56", "22 12 34 56", True),
    ("+65 6123 4567", "6123 4567", True),
    ("+49 30 123456", "030 123456", True),
    ("+44 (0)20 7946 0018", "020 7946 0018", True),
    ("+1 555 123 4567 ext 12", "(555) 123-4567", True),
    ("1 555 123 4567", "+1 (555) 123 4567", True),
    ("+7 912 345 67 89", "8 (912) 345-67-89", True),
    ("+86 138 0013 8000", "13800138000", True),
    ("+39 06 1234 5678", "06 12345678", True),
    ("491701234567", "0170 1234567", True),
    ("tel:+49-170-1234567;ext=12", "0170 1234567", True),
    ("0170 1234567 (evenings 18-20)", "+49 170 1234567", True),
    ("\u202a+49 170 1234567\u202c", "0170 1234567", True),
    ("٠١٧٠١٢٣٤٥٦٧", "0170 1234567", True),
    ("0000000", "0000000", True),
    ("0170 1234567", "0171 1234567", False),
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


WRITTEN = [
    (read_email, " mailto:Ada@X.org ", "Ada@X.org"),
    (read_email, "MAILTO:mailto:a@b.org", "a@b.org"),
    (read_email, "\u200ba@b.org\u200b", "a@b.org"),
    (read_phone, "tel:+49-170-1234567;ext=12;phone-context=x", "+49-170-1234567 ext. 12"),
    (read_phone, "\u202a+49  170\u202c", "+49 170"),
]


@pytest.mark.parametrize(("read", "text", "kept"), WRITTEN)
def test_what_programs_put_around_a_value_is_dropped(
    read: Callable[[str], str], text: str, kept: str
) -> None:
    """The scheme of a link, and signs that nobody can see."""
    assert read(text) == kept


@pytest.mark.parametrize("text", ["112", "1-1-2", "ext. 4711", "n/a", ""])
def test_a_short_number_identifies_nobody(text: str) -> None:
    """Everybody's office has an extension 11."""
    assert identifying_phone_key(text) == ""


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


@pytest.mark.parametrize(
    ("email", "is_machine"),
    [
        *((f"{local}@example.org", True) for local in ("noreply", "No-Reply", "no_reply+7")),
        *((f"{local}@example.org", True) for local in ("donotreply", "do-not-reply", "dont.reply")),
        *((f"{local}@example.org", True) for local in ("shop-noreply", "messages.no-reply2")),
        *((f"{local}@example.org", True) for local in ("mailer-daemon", "MAILER-DAEMON")),
        *((f"{local}@example.org", True) for local in ("notifications", "notification-7")),
        *((f"{local}@example.org", True) for local in ("bounce", "bounces+12=x.org", "bounce-7")),
        *((f"{local}@example.org", True) for local in ("newsletter", "ne-pas-repondre")),
        ("mailto:noreply@example.org", True),
        *((f"{local}@example.org", False) for local in ("ada", "reply", "noreplyson", "bouncer")),
        *((f"{local}@example.org", False) for local in ("ada.bounce", "info", "casino.reply")),
        ("ada@noreply.example.org", False),
        ("noreply", False),
        ("", False),
    ],
)
def test_an_address_at_which_no_person_reads(email: str, *, is_machine: bool) -> None:
    """By its local part alone."""
    assert is_machine_address(email) == is_machine
