"""Tables of people: Google's, Outlook's and any other; and no formula goes out."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.exchange import table
from connect_cli.exchange.values import Contact

GOOGLE = (
    "First Name,Middle Name,Last Name,Nickname,Birthday,Notes,Labels,E-mail 1 - Label,"
    "E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Organization Name,Website 1 - Value\n"
    'Ada,,Lovelace,Countess,1815-12-10,"tea,\nno milk",Work ::: * myContacts,* Home,'
    "ada@example.org ::: al@example.org,Mobile,+44 20 7946 0018,Analytical,https://example.org\n"
    ",,,,--04-12,,,,,,,,\n"
)
OUTLOOK = (
    "\ufeffFirst Name,Last Name,E-mail Address,Mobile Phone,Birthday,Categories,Notes\r\n"
    "Grace,Hopper,grace@example.org,+1 555 0100,12/9/1906,Navy;Work,\r\n"
    "José,Sá,,,0/0/00,,\r\n"
)


def people(text: str, encoding: str = "utf-8") -> list[Contact]:
    """The people of a table."""
    return table.read(text.encode(encoding)).contacts


def test_a_table_of_google_is_read() -> None:
    """Several values in one cell, labels as tags, notes of several lines."""
    (ada,) = people(GOOGLE)
    assert (ada.name, ada.aliases, ada.tags) == ("Ada Lovelace", ("Countess",), ("work",))
    assert ada.emails == ("ada@example.org", "al@example.org")
    assert ada.phones == ("+44 20 7946 0018",)
    assert ada.occasions == (("birthday", (1815, 12, 10)),)
    assert ada.details == (("company", "Analytical"), ("note", "tea,\nno milk"))
    assert [one.place for one in table.read(GOOGLE.encode(), "g.csv").unread] == ["g.csv, line 4"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_table_of_outlook_is_read(encoding: str) -> None:
    """Its days have the month first; its empty days are none."""
    grace, jose = people(OUTLOOK if encoding == "utf-8" else OUTLOOK[1:], encoding)
    assert (grace.name, grace.occasions) == ("Grace Hopper", (("birthday", (1906, 12, 9)),))
    assert grace.tags == ("navy", "work")
    assert (jose.name, jose.occasions) == ("José Sá", ())


@pytest.mark.parametrize("text", [GOOGLE, OUTLOOK, "name;email\nAda;a@b.c\n", "Name\tTags\n"])
def test_a_table_is_recognised_by_its_headings(text: str) -> None:
    """Whatever parts its columns."""
    assert table.begins(text.encode())


@pytest.mark.parametrize("text", ["", "Dear Ada,\n", "a,b,c\n1,2,3\n", "name\nAda\n", '"' * 99])
def test_other_files_are_no_tables_of_people(text: str) -> None:
    """A comma does not make a table."""
    assert not table.begins(text.encode())


def test_any_table_is_read_by_naming_its_columns() -> None:
    """Headings are found whatever their case; those that are not there are told."""
    text = b"Wer,Wie oft\nAda,2w\n"
    wanted = table.chosen("name=wer, every=Wie oft")
    (ada,) = table.read(text, "", wanted).contacts
    assert (ada.name, ada.every) == ("Ada", "2w")
    with pytest.raises(NotUnderstood, match="no column 'Who'"):
        table.read(text, "", {"name": "Who"})


@pytest.mark.parametrize("words", ["name", "name=", "nmae=Who", "=x", ""])
def test_a_map_that_says_nothing_is_refused(words: str) -> None:
    """The fields are listed."""
    with pytest.raises(NotUnderstood, match="no part of --map"):
        table.chosen(words)


def test_an_ambiguous_day_is_told_not_guessed() -> None:
    """Only Outlook's own tables have a known order of day and month."""
    found = table.read(b"name,birthday,email\nAda,12/9/1906,\nBob,13/9/1906,\n")
    assert [one.occasions for one in found.contacts] == [(), (("birthday", (1906, 9, 13)),)]
    assert ["12/9/1906" in one.reason for one in found.unread] == [True]


@given(cells=st.lists(st.text("'=+-@\t ab\"\n,é", max_size=4), min_size=1, max_size=4))
def test_no_cell_runs_in_a_spreadsheet_and_all_come_back(cells: list[str]) -> None:
    """Whatever a cell holds, it begins as no formula, and `plain` gives it back."""
    (line,) = table.written([cells], raw=False)
    (row,) = csv.reader(io.StringIO(line, newline=""))
    assert not [cell for cell in row if cell.startswith(table.FORMULA)]
    assert [table.plain(cell) for cell in row] == cells
