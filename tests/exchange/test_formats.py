"""Whatever stands in a file, every reader gives people, interactions and reasons: never a fault."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.errors import ConnectError
from connect_cli.exchange import formats, ical, jrnl, mailbox, monica
from connect_cli.exchange.ical import Span
from connect_cli.exchange.values import Found
from connect_cli.reports import Unread
from connect_cli.sync import jsonl
from tests.cli.test_sweep import CALENDAR
from tests.conftest import Connect
from tests.exchange.test_csv_table import GOOGLE, OUTLOOK
from tests.exchange.test_friends import FRIENDS
from tests.exchange.test_jrnl import JRNL
from tests.exchange.test_knotter import KNOTTER
from tests.exchange.test_monica import MONICA
from tests.exchange.test_nametag import NAMETAG
from tests.exchange.test_pagen import PAGEN
from tests.foreign_words import foreign

CARD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=41=\r\nb;C\r\n"
    'item1.TEL;TYPE="a:b":+1 2\r\nBDAY:--0229\r\nADR:;;;c\r\nNOTE:x\r\n  y\r\nEND:VCARD\r\n'
)
FRM = '{"contact":"Ada","time":"2026-02-01T12:00:00Z","note":"coffee"}\n'
SEEDS = [
    *(CARD, FRIENDS, FRM, json.dumps(JRNL), json.dumps(MONICA), PAGEN, GOOGLE, OUTLOOK),
    *(json.dumps(KNOTTER), json.dumps(NAMETAG)),
]
READERS = {one.name: one.reader.read for one in formats.FORMATS}
BOMBS: dict[str, Callable[[int], bytes]] = {
    "long line": lambda size: b"BEGIN:VCARD\nFN:" + b"a" * size + b"\nEND:VCARD\n",
    "deep": lambda size: b"[" * size,
    "nested cards": lambda size: b"BEGIN:VCARD\n" * (size // 20),
    "folds": lambda size: b"BEGIN:VCARD\nFN:a" + b"\n a" * (size // 10) + b"\nEND:VCARD\n",
    "soft breaks": lambda size: b"N;ENCODING=QUOTED-PRINTABLE:a=\n" * (size // 50),
    "cells": lambda size: b"name,email\n" + b"a," * (size // 2) + b"\n",
    "quotes": lambda size: b'name,email\n"' + b"a\n" * (size // 4),
    "nulls": lambda size: b"\0" * size,
    "not UTF-8": lambda size: bytes(range(256)) * (size // 256),
    "half a mark": lambda _: b"\xff\xfe\x00",
}


@pytest.mark.parametrize("size", [2**16, pytest.param(2**20, marks=pytest.mark.slow)])
@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("name", READERS)
def test_a_file_that_is_made_to_hurt_does_not(name: str, bomb: str, size: int) -> None:
    """Long lines, deep nesting, folds without end and bytes that are no text are read or told."""
    assert isinstance(quietly(READERS[name], BOMBS[bomb](size)), Found | None)


def quietly(read: Callable[[bytes, str], Found], content: bytes) -> Found | None:
    """What a reader makes of a file; nothing when it says what is wrong with it."""
    try:
        return read(content, "a file")
    except ConnectError:
        return None


RIGHT = {
    "email": ("mailto:Ada@X.org ", "Ada@X.org"),
    "phone": ("tel:+49-170-99", "+49-170-99"),
}
WRONG = {"email": "@tom", "phone": "n/a"}
DAYS = {"2001-02-28": (2001, 2, 28), "2001-02-29": None, "0812-12-10": (812, 12, 10)}


def file_of(name: str, email: str = "", phone: str = "", born: str = "") -> bytes:
    """A file with one person, as the program writes it."""
    fields = [{"properties": {"data": text}} for text in (email, phone)]
    blocks = [{"type": "contact_field", "values": fields}]
    said = {"first_name": "Ada", "birthdate": {"date": f"{born}T00:00:00Z" if born else ""}}
    contact = {"uuid": "c", "properties": said, "data": blocks}
    account = {"uuid": "a", "data": [{"type": "contact", "values": [contact]}]}
    nametagged = {
        "name": "Ada",
        "emails": [{"email": email}],
        "phoneNumbers": [{"number": phone}],
        "importantDates": [{"title": "birthday", "date": f"{born}T00:00:00.000Z" if born else ""}],
    }
    return {
        "csv": f"name,email,phone,birthday\nAda,{email},{phone},{born}\n",
        "vcard": "BEGIN:VCARD\nVERSION:4.0\nFN:Ada\n"
        f"EMAIL:{email}\nTEL:{phone}\nBDAY:{born}\nEND:VCARD\n",
        "pagen": "version: '1'\ntool: pagen\ndata:\n"
        f"    - name: Ada\n      email: '{email}'\n      phone: '{phone}'\n",
        "monica": json.dumps({"app_version": "4", "account": account}),
        "knotter": json.dumps(
            {**KNOTTER, "contacts": [{"display_name": "Ada", "email": email, "phone": phone}]}
        ),
        "nametag": json.dumps({**NAMETAG, "journalEntries": [], "people": [nametagged]}),
    }[name].encode()


@pytest.mark.parametrize("name", ["csv", "vcard", "pagen", "monica", "knotter", "nametag"])
def test_one_rule_for_addresses_and_numbers_at_every_way_in(name: str) -> None:
    """What is right is kept as every command would keep it; what is not is told, with its text."""
    found = READERS[name](file_of(name, RIGHT["email"][0], RIGHT["phone"][0]), "a file")
    assert found.contacts[0].emails == (RIGHT["email"][1],)
    assert found.contacts[0].phones == (RIGHT["phone"][1],)
    assert not found.unread
    found = READERS[name](file_of(name, **WRONG), "a file")
    assert (found.contacts[0].emails, found.contacts[0].phones) == ((), ())
    assert sorted(one.said for one in found.unread) == sorted(WRONG.values())


@pytest.mark.parametrize("born", DAYS)
@pytest.mark.parametrize("name", ["csv", "vcard", "monica", "nametag"])
def test_a_yearly_day_exists_in_its_year_at_every_way_in(name: str, born: str) -> None:
    """One that does not is told."""
    found = READERS[name](file_of(name, born=born), "a file")
    day = DAYS[born]
    assert found.contacts[0].occasions == (() if day is None else (("birthday", day),))
    assert [one.said[:10] for one in found.unread] == ([born] if day is None else [])


CHANGES = st.lists(
    st.tuples(
        st.integers(0, 3000),
        st.integers(0, 40),
        st.binary(max_size=6)
        | st.sampled_from([b"\r\n", b'"', b"\\", b"{", b"=\n", b";", b"\xff", b"null", b"9" * 30]),
    ),
    max_size=5,
)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "cp1252"])


@settings(max_examples=60)
@given(seed=st.sampled_from(SEEDS), changes=CHANGES, encoding=ENCODINGS)
def test_a_mangled_file_is_read_or_told(
    seed: str, changes: list[tuple[int, int, bytes]], encoding: str
) -> None:
    """Real files with bytes cut out and put in, in every encoding, for every reader."""
    content = mangled(seed.encode(encoding, "replace"), changes)
    for read in READERS.values():
        found = quietly(read, content)
        for one in found.contacts if found else ():
            assert one.name
            assert one.name.isprintable() or not any(letter < " " for letter in one.name)


MAILBOX = (
    "From ada@example.org Tue Mar 10 10:00:00 2026\nFrom: =?utf-8?b?QWRh?= <ada@example.org>\n"
    "To: me@example.org\nDate: Tue, 10 Mar 2026 10:00:00 +0100\nSubject: =?x?q?=FF?=\n\ntext\n\n"
)
HEADER = '{"type": "connect journal", "version": 1}\n'
OTHERS = {
    "ics": CALENDAR,
    "mail": MAILBOX,
    "jsonl": HEADER + '{"type": "person", "id": "0", "name": 3}\n{"type": "end", "lines": 1}\n',
}
SAMPLES = {
    "vcard": CARD,
    "friends": FRIENDS,
    "frm": FRM,
    "jrnl": json.dumps(JRNL),
    "pagen": PAGEN,
    "monica": json.dumps(MONICA, indent=1),
    "knotter": json.dumps(KNOTTER, indent=1),
    "nametag": json.dumps(NAMETAG, indent=1),
    "csv": GOOGLE,
    **OTHERS,
}
"""A file of each format."""

BREAKS: dict[str, Callable[[bytes], bytes]] = {
    "whole": lambda content: content,
    "cut off": lambda content: content[: len(content) * 2 // 3],
    "other bytes": lambda content: content[:100] + b"\xff\x00\xfe" + content[100:],
    "quotes": lambda content: content.replace(b":", b':"').replace(b",", b'",x"', 5),
    "no colons": lambda content: content[:60] + content[60:].replace(b":", b" "),
    "other numbers": lambda content: content[:60] + content[60:].replace(b"2", b"99"),
    "no numbers": lambda content: content[:60] + content[60:].replace(b"20", b"x"),
    "UTF-16 without a mark": lambda content: content.decode("utf-8", "replace").encode("utf-16-le"),
    "upside down": lambda content: b"\n".join(reversed(content.split(b"\n"))),
    "empty values": lambda content: re.sub(rb":[^:\n]*\n", b":\n", content),
    "lists": lambda content: content.replace(b"{", b"[").replace(b"}", b"]"),
}


@pytest.mark.parametrize("broken", BREAKS)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_broken_file_is_told_in_plain_words(
    connect: Connect, tmp_path: Path, name: str, broken: str, recwarn: pytest.WarningsRecorder
) -> None:
    """By every reader: no fault, no warning, and no word of Python or of a library."""
    if name == "ics":
        pytest.importorskip("icalendar", reason="the extra `calendar` is not installed")
    file = tmp_path / "file"
    file.write_bytes(BREAKS[broken](SAMPLES[name].encode()))
    connect("add", "Ada Lovelace", "--email", "ada@example.org")
    for words in (("--format", name), ()):
        ran = connect("import", str(file), "--dry-run", *words)
        assert ran.code in (0, 1, 2)
        assert foreign(ran.out + ran.err) == []
    assert not recwarn


def told(name: str, content: bytes) -> list[str]:
    """The reasons that a reader gives, without what it quotes of the file."""
    span = Span(date(2026, 11, 1), date(2026, 11, 30), UTC)
    try:
        if name == "ics":
            unread: Sequence[Unread] = ical.read(content, span)[1]
        elif name == "jsonl":
            rows = jsonl.read(content.splitlines(keepends=True))
            unread = [one for one in rows if isinstance(one, Unread)]
        elif name == "mail":
            heads = mailbox.heads(content.splitlines(keepends=True))
            mails = [mailbox._read(head, str(line), 4) for line, head in heads]
            unread = [one for one in mails if isinstance(one, Unread)]
        else:
            unread = READERS[name](content, "a file").unread
    except ConnectError as error:
        return [re.sub(r"'.*'", "", error.message)]
    return [re.sub(r"'.*'", "", one.reason) for one in unread]


@settings(max_examples=150)
@given(name=st.sampled_from(sorted(SAMPLES)), changes=CHANGES)
def test_no_reason_is_in_the_words_of_a_library(
    name: str, changes: list[tuple[int, int, bytes]]
) -> None:
    """Whatever is wrong with a file."""
    for reason in told(name, mangled(SAMPLES[name].encode(), changes)):
        assert foreign(reason) == []


@settings(max_examples=50)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_told(content: bytes) -> None:
    """Noise is recognised as nothing, or read without a fault."""
    for one in formats.FORMATS:
        one.reader.begins(content)
        quietly(one.reader.read, content)


def mangled(content: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """A file with some bytes replaced by others."""
    for place, length, other in changes:
        at = place % (len(content) + 1)
        content = content[:at] + other + content[at + length :]
    return content


@pytest.mark.parametrize("reader", [jrnl, monica], ids=["jrnl", "monica"])
@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "nonsense", '{"entries": 1, "account": 1}', "[" * 100_000, "1" * 5000],
    ids=["empty", "list", "object", "words", "wrong", "deep", "long number"],
)
def test_a_file_that_is_no_such_export_is_told(reader: Any, text: str) -> None:
    """One reason, no fault."""
    assert len(reader.read(text.encode()).unread) == 1
