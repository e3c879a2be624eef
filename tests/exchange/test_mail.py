"""Mail: who wrote to whom and when, and nothing else of it."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import ConnectError
from connect_cli.exchange import mail
from tests.conftest import Connect


def message(sender: str, to: str, date: str = "Mon, 02 Nov 2026 10:00:00 +0100") -> EmailMessage:
    """A mail."""
    made = EmailMessage()
    made["From"], made["To"], made["Date"] = sender, to, date
    made["Subject"] = "secret"
    made.set_content("From here on it is private.\n\nFrom: mallory@example.org\n")
    return made


@pytest.mark.parametrize(
    ("line", "name", "email"),
    [
        ("Ada Lovelace <Ada@Example.org>", "Ada Lovelace", "ada@example.org"),
        ('"Lovelace, Ada" <ada@example.org>', "Lovelace, Ada", "ada@example.org"),
        ("=?utf-8?q?Jos=C3=A9_S=C3=A1?= <jose@example.org>", "José Sá", "jose@example.org"),
        ("ada.lovelace@example.org", "Ada Lovelace", "ada.lovelace@example.org"),
        ("=?nope?q?x?= <a@example.org>", "=?nope?q?x?=", "a@example.org"),
    ],
)
def test_the_sender_of_a_mail_is_somebody_with_an_address(line: str, name: str, email: str) -> None:
    """By the name that stands there, else by the address."""
    found = mail.sender(f"From: {line}\nTo: me@example.org\n\nhello".encode())
    assert (found.name, found.emails) == (name, (email,))


@given(content=st.binary(max_size=400))
def test_any_bytes_are_a_mail_or_none(content: bytes) -> None:
    """A clear line, never a fault."""
    try:
        assert mail.sender(b"From: " + content).name
    except ConnectError as error:
        assert "who sent it" in error.message  # noqa: PT017  # both ends are right
    mail.mail(b"Date: " + content, "")


def test_a_mail_that_is_piped_in_adds_its_sender(connect: Connect) -> None:
    """From a mail program's pipe; the second time it says who that is."""
    text = message("Ada Lovelace <ada@example.org>", "me@example.org").as_string()
    assert "Ada Lovelace" in connect("add", "--from", "-", stdin=text).out
    ran = connect("add", "--from", "-", stdin=text)
    assert ran.code == 4
    assert "Ada Lovelace" in ran.err
    assert connect("add").code == 2
    assert connect("add", "--from", "-", stdin="no mail").code == 1


@pytest.fixture(params=["mbox", "maildir"])
def box(request: pytest.FixtureRequest, connect: Connect, tmp_path: Path) -> Path:
    """A mailbox as Python's own library writes it, and the people of its mails but one."""
    connect("config", "set", "calendar.addresses", "me@example.org")
    connect("add", "Ada Lovelace", "--email", "ada@example.org")
    connect("add", "Grace Hopper", "--email", "Grace@example.org")
    path = tmp_path / "box"
    made: mailbox.Mailbox[mailbox.mboxMessage] | mailbox.Maildir
    made = mailbox.mbox(path) if request.param == "mbox" else mailbox.Maildir(path)
    made.add(message("Ada <ada@example.org>", "me@example.org"))
    made.add(message("Ada <ada@example.org>", "me@example.org"))
    made.add(message("me@example.org", "ada@example.org, grace@example.org, x@example.org"))
    made.add(message("Mallory <mallory@example.org>", "me@example.org"))
    made.add(message("Ada <ada@example.org>", "me@example.org", "someday"))
    made.close()
    return path


def test_a_mailbox_tells_when_people_wrote_and_were_written_to(connect: Connect, box: Path) -> None:
    """Once a day and direction, of people who are here; nothing that was written."""
    ran = connect("import", str(box), "--yes")
    assert "Ada Lovelace: 2, from 2026-11-02 to 2026-11-02" in ran.out
    assert "Grace Hopper: 1" in ran.out
    assert "Not read: 1" in ran.out
    out = connect("export", "csv", "interactions").out
    assert out.count("email") == 3
    assert out.count("theirs") == 1
    assert "secret" not in connect("export", "jsonl").out
    assert "allory" not in connect("export", "jsonl").out
    assert "Nothing new" in connect("import", str(box), "--yes").out


def test_only_those_who_were_chosen(connect: Connect, box: Path) -> None:
    """By name."""
    connect("import", str(box), "--yes", "--only", "grace")
    assert connect("export", "csv", "interactions").out.count("email") == 1
