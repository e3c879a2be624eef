"""Mail: who wrote to whom and when, and nothing else of it."""

import mailbox
import time
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
    for header in (b"Date: ", b"From: a@example.org\nDate: ", b"Content-Type: "):
        exchange_mailbox.mail(header + content, "", 4)


def test_the_sender_of_a_list_that_writes_its_own_address_is_the_person() -> None:
    """Mailman and Google Groups leave the person in `Reply-To`."""
    mail = (
        "From: Ada Lovelace via Engines <engines@lists.example.org>\n"
        "List-Post: <mailto:engines@lists.example.org>\n"
        "Reply-To: Ada Lovelace <ada@example.org>\n\nhello"
    )
    found = exchange_mailbox.read_sender(mail.encode())
    assert (found.name, found.emails) == ("Ada Lovelace", ("ada@example.org",))


def test_nobody_is_added_by_the_mail_of_a_machine(connect: Connect, journal_file: Path) -> None:
    """One line says why."""
    text = message("Shop <no-reply@example.org>", "me@example.org").as_string()
    ran = connect("add", "--from", "-", stdin=text)
    assert ran.code == 1
    assert "no-reply@example.org is the address of a machine, not of a person" in ran.err
    assert not journal_file.exists()


@pytest.mark.parametrize(
    ("date", "zone", "starts_at", "day"),
    [
        ("Sun, 8 Mar 2026 02:30:00 +0000", "UTC", 4, "2026-03-07"),
        ("Sun, 8 Mar 2026 03:59:59 +0000", "UTC", 4, "2026-03-07"),
        ("Sun, 8 Mar 2026 04:00:00 +0000", "UTC", 4, "2026-03-08"),
        ("Sun, 8 Mar 2026 02:30:00 +0000", "UTC", 0, "2026-03-08"),
        ("Sun, 8 Mar 2026 02:30:00 +0000", "Asia/Tokyo", 4, "2026-03-08"),
        ("Sun, 8 Mar 2026 02:30:00 +0000", "America/New_York", 4, "2026-03-07"),
        ("Sun, 8 Mar 2026 10:00:00 -0000", "Asia/Tokyo", 4, "2026-03-08"),
        ("Sun, 8 Mar 2026 18:00:00 -0000", "Asia/Tokyo", 4, "2026-03-08"),
        ("Sun, 8 Mar 2026 20:00:00 -0000", "Asia/Tokyo", 4, "2026-03-09"),
    ],
)
def test_a_mail_belongs_to_the_day_that_it_is_here(
    date: str, zone: str, starts_at: int, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the clock of this machine, and the hour at which a day begins."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    read = exchange_mailbox.mail(f"From: a@example.org\nDate: {date}\n".encode(), "", starts_at)
    monkeypatch.undo()
    time.tzset()
    assert isinstance(read, exchange_mailbox.Mail)
    assert str(read.day) == day


def test_what_nobody_wrote_to_you_is_no_contact_and_counted(
    connect: Connect, tmp_path: Path
) -> None:
    """A post to a list and an automatic reply; of one evening and the night after, one day."""
    connect("config", "set", "calendar.addresses", "me@example.org")
    connect("add", "Ada Lovelace", "--email", "ada@example.org")
    box = mailbox.mbox(tmp_path / "box")
    listed = message("Ada <ada@example.org>", "list@lists.example.org")
    listed["List-Id"] = "<list.lists.example.org>"
    away = message("Ada <ada@example.org>", "me@example.org", "Tue, 03 Nov 2026 10:00:00 +0000")
    away["Auto-Submitted"] = "auto-replied"
    mine = message("me@example.org", "ada@example.org")
    mine["List-Id"] = "<list.lists.example.org>"
    for one in (listed, away, mine):
        box.add(one)
    for at in ("Wed, 04 Nov 2026 22:00:00", "Thu, 05 Nov 2026 02:30:00"):
        box.add(message("Ada <ada@example.org>", "me@example.org, list@example.org", f"{at} +0000"))
    box.close()
    ran = connect("import", str(tmp_path / "box"), "--yes")
    assert "3 messages left out: 2 from lists, 1 automatic reply\n" in ran.out
    (interaction,) = connect("history").out.splitlines()
    assert interaction.split("\t")[1] == "2026-11-04"
    again = connect("import", str(tmp_path / "box")).out
    assert again.splitlines() == [
        "Nothing new: everything is in the journal already.",
        "3 messages left out: 2 from lists, 1 automatic reply",
    ]


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


@pytest.mark.parametrize(
    ("folders", "maildir"),
    [
        (("cur", "new", "tmp"), True),
        (("cur",), True),
        (("new", "tmp"), True),
        (("new",), False),
        ((), False),
    ],
)
def test_a_maildir_may_lack_an_empty_folder(
    folders: tuple[str, ...], tmp_path: Path, *, maildir: bool
) -> None:
    """Git keeps none; a folder of cards may have one called new."""
    for name in folders:
        (tmp_path / name).mkdir()
    assert exchange_mailbox.is_maildir(tmp_path) == maildir
    if maildir:
        assert list(exchange_mailbox.mails(tmp_path, 4)) == []
