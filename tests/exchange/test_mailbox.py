"""Mail: who wrote to whom and when, and nothing else of it."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import ConnectError
from connect_cli.exchange import mailbox as exchange_mailbox
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
        ('"Lovelace, Ada" <ada@example.org>', "Ada Lovelace", "ada@example.org"),
        ('"Turing, Alan M." <alan@example.org>', "Alan M. Turing", "alan@example.org"),
        ('"Turing Press, Inc." <p@example.org>', "Turing Press, Inc.", "p@example.org"),
        ('"a, b, c" <abc@example.org>', "a, b, c", "abc@example.org"),
        ("=?utf-8?q?Jos=C3=A9_S=C3=A1?= <jose@example.org>", "José Sá", "jose@example.org"),
        ("ada.lovelace@example.org", "Ada Lovelace", "ada.lovelace@example.org"),
        ("=?nope?q?x?= <a@example.org>", "=?nope?q?x?=", "a@example.org"),
    ],
)
def test_the_sender_of_a_mail_is_somebody_with_an_address(line: str, name: str, email: str) -> None:
    """By the name that stands there, else by the address."""
    found = exchange_mailbox.read_sender(f"From: {line}\nTo: me@example.org\n\nhello".encode())
    assert (found.name, found.emails) == (name, (email,))


@given(content=st.binary(max_size=400))
def test_any_bytes_are_a_mail_or_none(content: bytes) -> None:
    """A clear line, never a fault."""
    try:
        assert exchange_mailbox.read_sender(b"From: " + content).name
    except ConnectError as error:
        assert "who sent it" in error.message  # noqa: PT017  # both ends are right
    exchange_mailbox.mail(b"Date: " + content, "")


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


@pytest.mark.parametrize(
    "line",
    [
        "From ada@example.org Mon Nov  2 10:00:00 2026",
        "From MAILER-DAEMON Mon Nov  2 10:00:00 2026",
        "From - Mon, 2 Nov 2026 10:00:00 +0100",
        "From ada@example.org 2026-11-02",
    ],
)
def test_a_mailbox_is_parted_where_its_lines_say_who_and_when(line: str) -> None:
    """As its writers have it, each in their own way."""
    box = f"{line}\nFrom: a@b.c\n\nhello\n\n".encode()
    assert exchange_mailbox.begins(box)
    assert [start for start, _ in exchange_mailbox.heads((box * 2).splitlines(keepends=True))] == [
        1,
        6,
    ]


@pytest.mark.parametrize(
    "body",
    [
        "\n\nFrom the quoted mail:\nFrom: x@example.org\nDate: Mon, 02 Nov 2026 10:00:00 +0100\n",
        "\n\nFrom 2026 on all is well\n",
        "\n\nFrom ada@example.org I heard\n",
        "\nsays\nFrom ada@example.org Mon Nov  2 10:00:00 2026\n",
    ],
    ids=["quoted", "a year", "an address", "no empty line before"],
)
def test_a_line_of_a_mail_makes_no_other_mail(body: str) -> None:
    """Many sentences begin with From."""
    box = f"From a@b.c Mon Nov  2 10:00:00 2026\nFrom: a@b.c\n{body}".encode()
    assert [head for _, head in exchange_mailbox.heads(box.splitlines(keepends=True))] == [
        b"From: a@b.c\n"
    ]
    assert not exchange_mailbox.begins(body.strip().encode())


def test_without_an_address_of_your_own_your_mails_cannot_be_told(
    connect: Connect, box: Path
) -> None:
    """And that is said before anything is written."""
    assert "your own mails" not in connect("import", str(box), "--dry-run").out
    connect("config", "set", "calendar.addresses", "")
    assert "your own mail could not be recognised" in connect("import", str(box), "--dry-run").out
