"""Tables of people: Google's, Outlook's and any other; and no formula goes out."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.exchange import csv_headings, csv_table
from connect_cli.exchange.values import Contact, Related

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
    "Ada,Lovelace,,,12/10/1815,,\r\n"
    "Bob,Ross,,,10/29/1942,,\r\n"
)


def people(text: str, encoding: str = "utf-8") -> list[Contact]:
    """The people of a table."""
    return csv_table.read(text.encode(encoding)).contacts


def test_a_table_of_google_is_read() -> None:
    """Several values in one cell, labels as tags, notes of several lines."""
    (ada,) = people(GOOGLE)
    assert (ada.name, ada.aliases, ada.tags) == ("Ada Lovelace", ("Countess",), ("work",))
    assert ada.emails == ("ada@example.org", "al@example.org")
    assert ada.phones == ("+44 20 7946 0018",)
    assert ada.occasions == (("birthday", (1815, 12, 10)),)
    assert ada.details == (("company", "Analytical"), ("note", "tea,\nno milk"))
    assert [one.place for one in csv_table.read(GOOGLE.encode(), "g.csv").unread] == [
        "g.csv, line 4"
    ]


def test_whoever_is_near_is_told_and_words_of_ones_own_are_details() -> None:
    """Called as they are called there; what is empty is none, a company is not its own."""
    headings = ("Relation 1 - Label", "Relation 1 - Value", "Custom Field 1 - Label")
    found = csv_table.read(
        f"Name,Organization Name,{','.join(headings)},Custom Field 1 - Value,Photo\n"
        "Ada,Engines,* Spouse,William,Größe,39,x\n"
        "Pizza Place,Pizza Place,,Luigi,,,\n".encode()
    )
    assert [one.details for one in found.contacts] == [
        (("company", "Engines"), ("größe", "39")),
        (),
    ]
    assert [one.related for one in found.contacts] == [
        (Related("spouse", "William"),),
        (Related("", "Luigi"),),
    ]
    assert found.remarks == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_table_of_outlook_is_read(encoding: str) -> None:
    """Its days have the month first, as one of them proves; its empty days are none."""
    grace, jose, ada, bob = people(OUTLOOK if encoding == "utf-8" else OUTLOOK[1:], encoding)
    assert (grace.name, grace.occasions) == ("Grace Hopper", (("birthday", (1906, 12, 9)),))
    assert grace.tags == ("navy", "work")
    assert (jose.name, jose.occasions) == ("José Sá", ())
    assert ada.occasions == (("birthday", (1815, 12, 10)),)
    assert bob.occasions == (("birthday", (1942, 10, 29)),)


@pytest.mark.parametrize("text", [GOOGLE, OUTLOOK, "name;email\nAda;a@b.c\n", "Name\tTags\n"])
def test_a_table_is_recognised_by_its_headings(text: str) -> None:
    """Whatever parts its columns."""
    assert csv_table.begins(text.encode())


@pytest.mark.parametrize("text", ["", "Dear Ada,\n", "a,b,c\n1,2,3\n", "name\nAda\n", '"' * 99])
def test_other_files_are_no_tables_of_people(text: str) -> None:
    """A comma does not make a table."""
    assert not csv_table.begins(text.encode())


def test_any_table_is_read_by_naming_its_columns() -> None:
    """Headings are found whatever their case; those that are not there are told."""
    text = b"Wer,Wie oft\nAda,2w\n"
    wanted = csv_headings.chosen("name=wer, every=Wie oft")
    (ada,) = csv_table.read(text, "", wanted).contacts
    assert (ada.name, ada.every) == ("Ada", "2w")
    with pytest.raises(NotUnderstood, match="no column 'Who'"):
        csv_table.read(text, "", {"name": "Who"})


@pytest.mark.parametrize("words", ["name", "name=", "nmae=Who", "=x", ""])
def test_a_map_that_says_nothing_is_refused(words: str) -> None:
    """The fields are listed."""
    with pytest.raises(NotUnderstood, match="--map cannot read"):
        csv_headings.chosen(words)


def test_an_ambiguous_day_is_told_not_guessed() -> None:
    """Only a program writes all days of a table in one order."""
    found = csv_table.read(b"name,birthday,email\nAda,12/9/1906,\nBob,13/9/1906,\n")
    assert [one.occasions for one in found.contacts] == [(), (("birthday", (1906, 9, 13)),)]
    assert [(one.reason, one.said) for one in found.unread] == [
        ("the birthday is not clear", "'12/9/1906' could be two days: 12 September or 9 December")
    ]


@pytest.mark.parametrize(
    ("others", "day", "remark"),
    [
        ((), None, None),
        (("13/9/1906",), (1906, 9, 12), "day first, such as 12/9/1906, because of 13/9/1906"),
        (("1/31/1900",), (1906, 12, 9), "month first, such as 12/9/1906, because of 1/31/1900"),
        (("13/9/1906", "1/31/1900"), None, None),
        (("13.9.1906", "3/3/1900", "1906-12-31"), None, None),
    ],
)
def test_the_days_of_outlook_are_read_in_the_order_that_its_table_proves(
    others: tuple[str, ...], day: tuple[int, int, int] | None, remark: str | None
) -> None:
    """And the preview says so; without a proof, or with two, each is told."""
    rows = "".join(f"B{number},{text},\n" for number, text in enumerate(others))
    found = csv_table.read(f"Name,Birthday,E-mail Address\nAda,12/9/1906,\n{rows}".encode())
    assert found.contacts[0].occasions == ((("birthday", day),) if day else ())
    assert found.remarks == ([f"days are read with the {remark}"] if remark else [])
    assert [one.place for one in found.unread] == ([] if day else ["line 2"])


@pytest.mark.parametrize("text", ["0/0/00", "00/00/00", "0.0.00", "0.0.0000", "1/1/4501"])
def test_what_outlook_writes_for_no_day_is_none(text: str) -> None:
    """Nothing is told of it."""
    found = csv_table.read(f"Name,Birthday,E-mail Address\nAda,{text},\n".encode())
    assert (found.contacts[0].occasions, found.unread) == ((), [])


@pytest.mark.parametrize(
    ("cells", "day", "said"),
    [
        ("1815,12,10", (1815, 12, 10), None),
        (",4,2", (None, 4, 2), None),
        ("1985,,", None, "1985 (only a year)"),
        ("1985,4,", None, "1985-4"),
        ("1985,13,1", None, "1985-13-01"),
        (",,", None, None),
    ],
)
def test_a_birthday_in_three_columns_is_put_together(
    cells: str, day: tuple[int | None, int, int] | None, said: str | None
) -> None:
    """As Thunderbird writes it."""
    found = csv_table.read(f"First Name,Birth Year,Birth Month,Birth Day\nAda,{cells}\n".encode())
    assert found.contacts[0].occasions == ((("birthday", day),) if day else ())
    assert [one.said for one in found.unread] == ([said] if said else [])


@pytest.mark.parametrize(
    ("first", "last", "name", "aliases"),
    [
        ("Ada", "Lovelace, PhD, MBA 🚀", "Ada Lovelace", ("Ada Lovelace, PhD, MBA 🚀",)),
        ("👩‍🚀 Ada", "Lovelace", "Ada Lovelace", ("👩‍🚀 Ada Lovelace",)),
        ("Tom", "Hall, Jr.", "Tom Hall, Jr.", ()),
        ("Tom", "Hall, Jr., PhD", "Tom Hall, Jr.", ("Tom Hall, Jr., PhD",)),
        ("José ", " García-Pérez", "José García-Pérez", ()),
        ("", "🚀", "🚀", ()),
        ("සිරි ක්‍රිෂ්ණ", "D´Arc", "සිරි ක්‍රිෂ්ණ D´Arc", ()),
    ],
)
def test_a_name_loses_its_ornaments_but_nothing_is_lost(
    first: str, last: str, name: str, aliases: tuple[str, ...]
) -> None:
    """Degrees and pictures stay in an alias; who is a junior stays one."""
    (one,) = people(f'First Name,Last Name,Email\n{first},"{last}",\n')
    assert (one.name, one.aliases) == (name, aliases)


@pytest.mark.parametrize(
    ("headings", "cells", "name", "aliases"),
    [
        ("First Name,Last Name,Display Name", "Ada,Lovelace,Ada Lovelace", "Ada Lovelace", ()),
        ("First Name,Last Name,Display Name", 'Ada,Lovelace,"Lovelace, Ada"', "Ada Lovelace", ()),
        ("First Name,Last Name,Display Name", "Ada,King,Countess", "Ada King", ("Countess",)),
        ("First Name,Last Name,Display Name", ",,Countess", "Countess", ()),
        ("First Name,Last Name,Display Name", "Ada,King,a@x.org", "Ada King", ()),
        ("Name,Vorname,Telefon", "King,Ada,", "Ada King", ()),
        ("Nom,Prénom,Ville", "King,Ada,", "Ada King", ()),
        ("Name,Given Name,Family Name", "Dr. Ada King,Ada,King", "Dr. Ada King", ()),
        ("Name,First Name,Email", "Ada King,Ada,", "Ada King", ()),
    ],
)
def test_a_name_and_its_parts_are_one_name(
    headings: str, cells: str, name: str, aliases: tuple[str, ...]
) -> None:
    """Another name that is shown is an alias."""
    (one,) = people(f"{headings}\n{cells}\n")
    assert (one.name, one.aliases) == (name, aliases)


def test_a_second_value_of_a_kind_is_told() -> None:
    """Notes are joined; of two cities only the first is taken."""
    found = csv_table.read(b"Name,City,Home City,Note,Notes\nAda,Rome,Oslo,a,b\nBob,Rome,Rome,,\n")
    assert found.contacts[0].details == (("lives in", "Rome"), ("note", "a\nb"))
    assert [(one.place, one.reason, one.said) for one in found.unread] == [
        ("line 2", "a second city is not imported", "Oslo")
    ]


@pytest.mark.parametrize(
    "groups",
    ["* My Contacts", "myContacts", "* myContacts", "System Group: My Contacts", "Meine Kontakte"],
)
def test_a_group_of_everybody_is_no_tag(groups: str) -> None:
    """Others are, without the marks that Google writes before its own."""
    (one,) = people(f"Name,Labels\nAda,{groups} ::: * starred ::: System Group: Old friends\n")
    assert one.tags == ("starred", "old-friends")


@given(cells=st.lists(st.text("'=-@\t ab\"\n\r;,é", max_size=5), min_size=1, max_size=4))
def test_no_cell_runs_in_a_spreadsheet_and_all_come_back(cells: list[str]) -> None:
    """Whatever a cell holds, it begins as no formula, and `plain` gives it back."""
    (line,) = csv_table.written([cells], raw=False)
    (row,) = csv.reader(io.StringIO(line, newline=""))
    assert not [cell for cell in row if cell.startswith(csv_table.FORMULA)]
    assert not re.search(r"[;\r\n] *[=+@-]", " | ".join(row))
    assert [csv_table.plain(cell) for cell in row] == cells


@pytest.mark.parametrize(
    ("headings", "job"),
    [
        ("Title,First Name,Job Title,E-mail Address", "Admiral"),
        ("Title,Name,Job Title,Email", "Admiral"),
        ("Company,Name,Title,Email", "Admiral"),
    ],
)
def test_a_form_of_address_is_no_job(headings: str, job: str) -> None:
    """Outlook calls `Dr.` a title; where a job has no other heading, that is what a title is."""
    (grace,) = people(f"{headings}\nDr.,Grace,{job},g@example.org\n")
    assert dict(grace.details)["title"] == job


def test_outlook_knows_no_job_by_the_heading_title() -> None:
    """Also where the job has no column."""
    (grace,) = people("Title,First Name,E-mail Address\nDr.,Grace,g@example.org\n")
    assert grace.details == ()


@pytest.mark.parametrize(
    "broken",
    ['"Bob,b@b.c', '"Bob" B,b@b.c', f"{'B' * (2**20 + 1)},b@b.c", f'"{"B" * (2**20 + 1)}",b@b.c'],
    ids=["open quote", "text behind a quote", "too large", "too large within quotes"],
)
def test_a_record_that_is_none_takes_no_other_with_it(broken: str) -> None:
    """It is told with its line; those behind it are read."""
    found = csv_table.read(f'name,email\nAda,a@b.c\n{broken}\nCyd,c@b.c\n"Dee\nE",d@b.c\n'.encode())
    assert [one.name for one in found.contacts] == ["Ada", "Cyd", "Dee E"]
    assert [(one.place, bool(one.reason)) for one in found.unread] == [("line 3", True)]


def test_a_table_that_only_wastes_time_is_left() -> None:
    """Lines that each open a quote are not all read again from each of them."""
    lines = 'a""","\n' * 20_000
    found = csv_table.read(f"name,email\n{lines}".encode())
    assert "from here on" in found.unread[-1].reason


def test_headings_that_are_none_are_told() -> None:
    """Nothing can be read by them."""
    found = csv_table.read(b'"name,email\nAda,a@b.c\n')
    assert ([one.place for one in found.unread], found.contacts) == (["line 1"], [])


def test_what_is_not_taken_is_said() -> None:
    """The columns that hold something, once for the whole table."""
    found = csv_table.read(b"Name,Email,Shoe size,Car\nAda,a@b.c,39,\nBob,b@b.c,44,\n", "x.csv")
    assert found.remarks == ["x.csv, columns not imported: Shoe size"]
    assert people("Name,Email\nAda,a@b.c\n")
    assert csv_table.read(b"Name,Email\nAda,a@b.c,more\n").remarks == []


def test_events_of_google_are_yearly_days() -> None:
    """Of any label; the day of a death is none of them."""
    found = csv_table.read(
        b"Name,Event 1 - Label,Event 1 - Value,Event 2 - Label,Event 2 - Value\n"
        b"Ada,* Anniversary,1835-07-08,Birthday,--12-10\n"
        b"Bob,,,Anniversary,2001-02-03\n"
        b"Cyd,Graduation,2001-02-03,Died,2024-03-10\n"
        b"Dan,,2001-02-03,Died,2/3/2024\n"
        b"Eve,Date of death,2024,Died,2024-03-10\n"
    )
    days = {one.name: dict(one.occasions) for one in found.contacts}
    assert days["Ada"] == {"anniversary": (1835, 7, 8), "birthday": (None, 12, 10)}
    assert days["Bob"] == {"anniversary": (2001, 2, 3)}
    assert days["Cyd"] == {"graduation": (2001, 2, 3)}
    assert [one.died for one in found.contacts] == ["", "", "2024-03-10", "2024", "2024"]
    assert [one.reason for one in found.unread] == [
        "an event has no label",
        "the day of death is not clear",
    ]


def test_what_is_no_address_or_number_is_told() -> None:
    """It could never be changed again: `edit` takes addresses and numbers alone."""
    found = csv_table.read(b"name,email,phone\nTom Waits,@tom,n/a\n")
    assert [(one.emails, one.phones) for one in found.contacts] == [((), ())]
    assert [(one.reason, one.said) for one in found.unread] == [
        ("the email is not valid", "@tom"),
        ("the phone is not valid", "n/a"),
    ]


def test_what_has_no_column_of_its_own_is_told() -> None:
    """A comma without quotes shifts a row; a heading that stands twice has two values."""
    found = csv_table.read(b"Name,Name,Email\nAda,Ada X,ada@x.org\nBo,,bo@x.org,extra\n")
    assert [one.name for one in found.contacts] == ["Ada", "Bo"]
    assert [(one.place, one.reason, one.said) for one in found.unread] == [
        ("line 2", "a second name is not imported", "Ada X"),
        ("line 3", "it has 4 cells, and the table 3 columns", ""),
    ]


@pytest.mark.parametrize(
    ("table", "addresses", "lives_in"),
    [
        (
            "Name,Home Street,Home City,Home Country\nAda,1 Way,Bath,UK\n",
            ("1 Way, Bath, UK",),
            None,
        ),
        ("Name,Home Street,Home City,Home Country\nAda,,Bath,UK\n", (), "Bath"),
        ("Name,Home Street,Home Country\nAda,,UK\n", (), "UK"),
        (
            'Name,Address 1 - Formatted,Address 1 - City\nAda,"1 Way\nBath",Bath\n',
            ("1 Way, Bath",),
            None,
        ),
        ("Name,City\nAda,Bath\n", (), "Bath"),
    ],
)
def test_an_address_is_kept_whole_and_a_city_alone_is_where_they_live(
    table: str, addresses: tuple[str, ...], lives_in: str | None
) -> None:
    """Both are found by the place."""
    (ada,) = people(table)
    assert (ada.addresses, dict(ada.details).get("lives in")) == (addresses, lives_in)
