"""A table of unknown headings is refused with its columns and the command that reads it."""

import shlex
from pathlib import Path

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.exchange import csv_unknown
from tests.conftest import Connect

FILE = Path("x.csv")


@pytest.mark.parametrize(
    ("text", "columns", "option"),
    [
        ("Wer;Adresse\nAda;a@x.org\n", "Wer, Adresse", "name=Wer,email=Adresse"),
        ("No,Freund\n1,Ada\n2,Bob\n", "No, Freund", "name=Freund"),
        ("When,Tel no\n1.2.2003,+44 20 7946 0018\n", "When, Tel no", "name=When,phone=Tel no"),
        ('"Person, all",x\nAda,1\n', "Person, all, x", '"name=Person, all"'),
        ("Shoe size,O'Mail\n39,a@x.org\n", "Shoe size, O'Mail", "name=Shoe size,email=O'Mail"),
        ("sep=;\nWer;Was\nAda;x\n", "Wer, Was", "name=Wer"),
        ("Wer,Was\n", "Wer, Was", "name=Wer"),
    ],
)
def test_an_unknown_table_names_its_columns_and_the_map_that_reads_it(
    connect: Connect, tmp_path: Path, text: str, columns: str, option: str
) -> None:
    """The command can be typed as it stands, and does what it says."""
    file = tmp_path / "my list.csv"
    file.write_text(text, encoding="utf-8")
    ran = connect("import", str(file))
    assert (ran.code, ran.out) == (2, "")
    error, hint = ran.err.splitlines()
    assert error.endswith(
        f": no column of this table is known to hold names; its columns are: {columns}"
    )
    _, _, command = hint.partition("read: ")
    assert shlex.split(command) == ["connect", "import", str(file), "--map", option]
    assert connect("import", str(file), "--format", "csv").err.splitlines()[1] == hint
    again = connect(*shlex.split(command)[1:], "--dry-run")
    assert again.code == 0
    assert "no column" not in again.err


def test_the_command_for_a_table_in_a_pipe_reads_the_pipe(connect: Connect) -> None:
    """Its name is a dash."""
    text = "Wer;Was\nAda;x\n"
    for words in ((), ("--format", "csv")):
        hint = connect("import", "-", *words, stdin=text).err.splitlines()[1]
        assert hint.endswith("connect import --map name=Wer -")
    assert "1 person new" in connect("import", "--map", "name=Wer", "-", stdin=text).out


def test_a_table_without_headings_says_what_to_write() -> None:
    """Its first line is not taken for them."""
    with pytest.raises(NotUnderstood, match="first line of this table has no headings") as error:
        csv_unknown.refuse(b"a@x.org,Ada,+44 20 7946 0018\nb@x.org,Bob,\n", "x", FILE)
    assert error.value.hint
    assert error.value.hint.endswith("such as: email,name,phone")


@pytest.mark.parametrize(
    "content",
    [b"", b"Dear Ada,\nhow are you?\n", b"a\0b,c\n1,2\n", b'{"a": 1, "b": 2}\n{"a": 1, "b": 2}\n'],
)
def test_what_is_no_table_is_left_to_others(content: bytes) -> None:
    """A letter, other formats, bytes."""
    csv_unknown.refuse(content, "x", Path("x.txt"))


@pytest.mark.parametrize("content", [b"", b"\n\n", b"Dear Ada\n", b"Wer\nAda\n"])
def test_a_file_without_columns_is_no_table(content: bytes) -> None:
    """Also where it is said to be one: then nothing in it can be read."""
    csv_unknown.check(content, "x", FILE)


def test_many_columns_are_not_all_named() -> None:
    """A line can be read."""
    headings = ",".join(f"column {number}" for number in range(500))
    with pytest.raises(NotUnderstood) as error:
        csv_unknown.refuse(f"{headings}\n".encode(), "x.csv", FILE)
    assert len(error.value.message) < 500


@pytest.mark.parametrize("headings", ["Nickname,x", "Email,x", "Company,x"])
def test_a_table_with_a_way_to_call_people_is_read(headings: str) -> None:
    """If it is said to be a table."""
    csv_unknown.check(f"{headings}\na@x.org,1\n".encode(), "x.csv", FILE)
