"""Mail that nobody wrote to you: told by headers, counted, and never taken for contact."""

from collections import Counter
from email import message_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.exchange.mail_sorts import Sort, say_left_out, sort_of


def sorted_as(headers: str, sender: str = "ada@example.org") -> Sort | None:
    """The sort of a message with these headers."""
    return sort_of(message_from_bytes(f"{headers}\n\nbody\n".encode()), sender)


@pytest.mark.parametrize(
    ("headers", "sort"),
    [
        ("List-Id: <list.lists.example.org>", Sort.LIST),
        ("List-Post: <mailto:list@lists.example.org>", Sort.LIST),
        ("list-unsubscribe: <mailto:off@example.org>", Sort.LIST),
        ("X-Mailing-List: list@example.org", Sort.LIST),
        ("Precedence: list", Sort.LIST),
        ("Precedence: bulk", Sort.BULK),
        ("Precedence: Junk", Sort.BULK),
        ("Precedence: bulk\nList-Id: <l.example.org>", Sort.LIST),
        ("Precedence: auto_reply", Sort.REPLY),
        ("Auto-Submitted: auto-replied", Sort.REPLY),
        ("Auto-Submitted: Auto-Replied; owner-email=ada@example.org", Sort.REPLY),
        ("Auto-Submitted: auto-replied (vacation)\nReturn-Path: <>", Sort.REPLY),
        ("Precedence: bulk\nAuto-Submitted: auto-replied", Sort.REPLY),
        ("X-Autoreply: yes", Sort.REPLY),
        ("X-Autorespond: I am away", Sort.REPLY),
        ("Auto-Submitted: auto-generated", Sort.NOTICE),
        ("Auto-Submitted: auto-notified", Sort.NOTICE),
        ("X-Auto-Response-Suppress: All", Sort.NOTICE),
        ("X-Auto-Response-Suppress: OOF, DR", Sort.NOTICE),
        ("Return-Path: <>", Sort.REPORT),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=x", Sort.REPORT),
        ("Content-Type: multipart/report; boundary=x", Sort.REPORT),
        (
            'Content-Type: multipart/report; report-type="disposition-notification"; boundary=x',
            Sort.RECEIPT,
        ),
        ("Subject: hi", None),
        ("Auto-Submitted: no", None),
        ("Auto-Submitted: no (a comment)", None),
        ("X-Auto-Response-Suppress: None", None),
        ("X-Autoreply: no", None),
        ("Precedence: normal", None),
        ("Precedence: first-class", None),
        ("Return-Path: <ada@example.org>", None),
        ("List-Id: ", None),
        ("Content-Type: text/calendar; method=REQUEST", None),
        ("X-MS-Has-Attach: yes", None),
    ],
)
def test_headers_tell_mail_that_nobody_wrote_to_you(headers: str, sort: Sort | None) -> None:
    """RFC 2369, 2919, 3834 and 6522, and what programs wrote before them."""
    assert sorted_as(headers) == sort


@pytest.mark.parametrize(
    ("sender", "sort"),
    [
        ("mailer-daemon@example.org", Sort.REPORT),
        ("no-reply@example.org", Sort.NOTICE),
        ("ada@example.org", None),
        ("", None),
    ],
)
def test_the_address_of_a_machine_is_nobody(sender: str, sort: Sort | None) -> None:
    """Whatever other headers say."""
    assert sorted_as("Subject: hi", sender) == sort


def test_what_is_left_out_is_counted_by_its_sort() -> None:
    """In one line, the usual sort first."""
    sorts = Counter({Sort.REPLY: 3, Sort.LIST: 8, Sort.BULK: 1})
    assert say_left_out(sorts) == (
        "12 messages left out: 8 from lists, 3 automatic replies, 1 bulk"
    )
    assert say_left_out(Counter({Sort.LIST: 1})) == "1 message left out: 1 from a list"


@given(
    name=st.sampled_from(["Auto-Submitted", "Content-Type", "Precedence", "List-Id"]),
    value=st.text(max_size=60),
)
def test_any_value_of_a_header_is_read(name: str, value: str) -> None:
    """Never a fault."""
    sorted_as(f"{name}: {value}")
