"""Cards of firms and machines: recognised by what they say, offered to be left out."""

import json
from pathlib import Path

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.exchange import csv_table, not_people, vcard_read
from connect_cli.exchange.values import Contact
from connect_cli.reports import Sort
from tests.cli.terminals import Terminal, finished
from tests.conftest import Connect

BOOK = """BEGIN:VCARD
FN:Ada Lovelace
ORG:Analytical Engines
EMAIL:ada@example.org
END:VCARD
BEGIN:VCARD
FN:Acme Ltd
ORG:Acme Ltd
TEL:+44 20 7946 0018
END:VCARD
BEGIN:VCARD
FN:Shop
EMAIL:no-reply@shop.example
END:VCARD
"""


@pytest.mark.parametrize(
    ("lines", "sort"),
    [
        ("FN:Acme\nORG:Acme\nX-ABShowAs:COMPANY", "firm"),
        ("FN:Anything\nX-ABShowAs:company", "firm"),
        ("KIND:org\nFN:Acme", "firm"),
        ("FN:Acme\nORG:Acme", "firm"),
        ("FN:Acme\nN:;;;;\nORG:Acme", "firm"),
        ("FN:Acme\nN:Acme;;;;\nORG:Acme", "firm"),
        ("ORG:Acme", "firm"),
        ("FN:Acme\\, Sales\nORG:Acme;Sales", "firm"),
        ("FN:Ada Lovelace\nN:Lovelace;Ada;;;\nORG:Ada Lovelace", "person"),
        ("FN:Ada Lovelace\nORG:Acme", "person"),
        ("KIND:individual\nFN:Ada Lovelace", "person"),
        ("FN:Shop\nEMAIL:noreply@shop.example", "machine"),
        ("FN:Shop\nEMAIL:noreply@shop.example\nEMAIL:bounce@shop.example", "machine"),
        ("FN:Ada\nEMAIL:noreply@shop.example\nEMAIL:ada@example.org", "person"),
        ("FN:Ada\nEMAIL:noreply@shop.example\nTEL:+44 20 7946 0018", "person"),
        ("FN:Ada\nEMAIL:noreply@shop.example\nBDAY:1815-12-10", "person"),
        ("FN:Ada", "person"),
    ],
)
def test_a_card_says_what_it_is_of(lines: str, sort: Sort) -> None:
    """A firm by its mark or its whole name, a machine by its addresses alone."""
    (contact,) = vcard_read.read(f"BEGIN:VCARD\n{lines}\nEND:VCARD\n".encode()).contacts
    assert not_people.sort_of(contact) == sort


@pytest.mark.parametrize("kind", ["group", "location", "device", "application"])
def test_a_card_of_nobody_is_told(kind: str) -> None:
    """By what it is."""
    found = vcard_read.read(f"BEGIN:VCARD\nKIND:{kind}\nFN:Town Hall\nEND:VCARD\n".encode())
    assert found.contacts == []
    assert [one.reason.split()[-1] for one in found.unread] == [kind]


def test_a_row_without_a_name_but_with_a_company_is_of_a_firm() -> None:
    """As Google and Outlook write them."""
    table = b"First Name,Last Name,Organization Name\n,,Acme\nAda,Lovelace,Acme\nAcme,,Acme\n"
    assert [one.is_firm for one in csv_table.read(table).contacts] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "sorts"),
    [
        (None, None),
        ("none", set()),
        ("firms", {"firm"}),
        ("Machines, firms", {"machine", "firm"}),
    ],
)
def test_what_is_left_out_is_said_in_words(text: str | None, sorts: set[str] | None) -> None:
    """None says that nothing is left out."""
    assert not_people.read_leave_out(text) == sorts


@pytest.mark.parametrize("text", ["", "people", "none,firms"])
def test_an_unknown_sort_is_refused(text: str) -> None:
    """The words that are known stand in the hint."""
    with pytest.raises(NotUnderstood, match="--leave-out does not know"):
        not_people.read_leave_out(text)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A person, a firm and a shop that reads no mail."""
    file = tmp_path / "book.vcf"
    file.write_text(BOOK, encoding="utf-8")
    return file


def everybody(connect: Connect) -> list[str]:
    """The names of all people."""
    return sorted(line.split("\t")[1] for line in connect("people").out.splitlines())


def test_where_nobody_is_asked_an_address_book_comes_whole(connect: Connect, book: Path) -> None:
    """The preview begins with what may be left out, and says how."""
    lines = connect("import", str(book), "--yes").out.splitlines()
    assert lines[:5] == [
        "3 people new.",
        "firm: Acme Ltd: +44 20 7946 0018",
        "They are imported like people; to leave them out: --leave-out firms",
        "machine: Shop: no-reply@shop.example",
        "They are imported like people; to leave them out: --leave-out machines",
    ]
    assert everybody(connect) == ["Acme Ltd", "Ada Lovelace", "Shop"]
    assert "firm" not in connect("import", str(book), "--dry-run").out


@pytest.mark.parametrize(
    ("words", "left", "there"),
    [
        ("firms", ["Acme Ltd"], ["Ada Lovelace", "Shop"]),
        ("firms,machines", ["Acme Ltd", "Shop"], ["Ada Lovelace"]),
        ("none", [], ["Acme Ltd", "Ada Lovelace", "Shop"]),
    ],
)
def test_what_is_left_out_is_named(
    connect: Connect, book: Path, words: str, left: list[str], there: list[str]
) -> None:
    """To a program too."""
    ran = connect("import", str(book), "--yes", "--json", "--leave-out", words)
    out = [one["name"] for one in json.loads(ran.out)["people"] if one["status"] == "left out"]
    assert sorted(out) == left
    assert everybody(connect) == there
    again = connect("import", str(book), "--yes", "--leave-out", words).out
    assert any("machine" in line and "left out" in line for line in again.splitlines()) == bool(
        left
    )


@pytest.mark.parametrize(
    ("answers", "there"),
    [
        (["", ""], ["Ada Lovelace"]),
        (["y", "n"], ["Acme Ltd", "Ada Lovelace"]),
        (["n", "yes"], ["Ada Lovelace", "Shop"]),
    ],
)
def test_at_the_keyboard_each_sort_is_asked_about_once(
    connect: Connect, terminal: Terminal, book: Path, answers: list[str], there: list[str]
) -> None:
    """Enter leaves them out."""
    child = terminal("import", str(book))
    for heading, answer in zip(("1 card is of a firm:", "1 card has only"), answers, strict=True):
        child.expect(heading)
        child.expect("Import them too")
        child.sendline(answer)
    child.expect("Import this")
    child.sendline("y")
    child.expect(f"Imported {len(there)} (person|people)")
    assert finished(child) == 0
    assert everybody(connect) == there


def test_a_firm_that_is_in_the_journal_is_somebody_already(connect: Connect, book: Path) -> None:
    """It was imported once, so nothing is asked about it again."""
    connect("add", "Acme Ltd")
    ran = connect("import", str(book), "--yes", "--leave-out", "firms")
    assert "firm" not in ran.out
    assert "Imported 2 people, matched 1." in ran.out


def test_one_who_can_be_visited_is_no_machine() -> None:
    """Whatever the address for mail."""
    contact = Contact("Ada", emails=("noreply@example.org",), addresses=("1 Rue X",))
    assert not_people.sort_of(contact) == "person"
