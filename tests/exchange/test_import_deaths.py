"""A card that says that somebody died, in and out; yearly days of any label likewise."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connect_cli.journal import death
from connect_cli.journal.journal import Journal
from tests.conftest import Connect


def card(*lines: str, version: str = "4.0") -> str:
    """The card of Ada."""
    said = ["BEGIN:VCARD", f"VERSION:{version}", "UID:u-ada", "FN:Ada Lovelace", *lines]
    return "".join(f"{line}\r\n" for line in [*said, "END:VCARD"])


def ada(connect: Connect) -> dict[str, Any]:
    """What the journal has of Ada."""
    lines = [json.loads(line) for line in connect("export", "jsonl").out.splitlines()]
    (found,) = (one for one in lines if one["type"] == "person")
    return dict(found)


def taken(connect: Connect, *lines: str) -> str:
    """What an import of the card says."""
    ran = connect("import", "-", "--yes", stdin=card(*lines))
    assert ran.code == 0, ran.err
    return ran.out


@pytest.mark.parametrize(
    ("line", "died", "said"),
    [
        ("DEATHDATE:20240310", "2024-03-10", "died 10 March 2024: archived, nothing is due"),
        ("DEATHDATE:2024-03", "2024-03", "died in March 2024: archived, nothing is due"),
        ("DEATHDATE:2024", "2024", "died in 2024: archived, nothing is due"),
        ("DEATHDATE:--0310", "--03-10", "died 10 March: archived, nothing is due"),
        (
            "DEATHDATE;VALUE=text:circa 1800",
            "unknown",
            "died on an unknown day: archived, nothing is due",
        ),
    ],
)
def test_a_card_with_a_day_of_death_archives(
    connect: Connect, line: str, died: str, said: str
) -> None:
    """The preview says so; the birthday is in no calendar, and the card goes back as it came."""
    text = card("BDAY:18151210", line)
    ran = connect("import", "-", "--yes", "--cadences", stdin=text)
    assert said in ran.out
    assert (ada(connect)["died_on"], ada(connect)["archived_on"] is None) == (died, False)
    assert "Ada" not in connect("export", "ics").out
    assert connect("export", "vcard").out == text.replace("\r\n", "\n")
    assert "Nothing new" in connect("import", "-", "--yes", stdin=text).out


@pytest.mark.parametrize("day", ["20300101", "2030", "2030-01"])
def test_a_day_of_death_to_come_is_no_death(connect: Connect, day: str) -> None:
    """It is named, and nobody is archived."""
    assert "the day of death is still to come" in taken(connect, f"DEATHDATE:{day}")
    assert (ada(connect)["died_on"], ada(connect)["archived_on"]) == (None, None)


def test_somebody_who_is_here_is_archived_and_one_undo_brings_them_back(connect: Connect) -> None:
    """A card that says no more of a death does not raise the dead."""
    taken(connect)
    taken(connect, "DEATHDATE:2024")
    assert (ada(connect)["died_on"], ada(connect)["archived_on"] is None) == ("2024", False)
    taken(connect)
    assert ada(connect)["died_on"] == "2024"
    connect("undo", "2", "--yes")
    assert (ada(connect)["died_on"], ada(connect)["archived_on"]) == (None, None)


def test_a_day_that_is_known_better_takes_the_place_of_the_other(connect: Connect) -> None:
    """One that contradicts does not; one that is still to come is no day of death."""
    assert "day of death is still to come" in taken(connect, "DEATHDATE:2999-01-01")
    assert ada(connect)["died_on"] is None
    taken(connect, "DEATHDATE;VALUE=text:long ago")
    assert "died on an unknown day becomes in 2024" in taken(connect, "DEATHDATE:2024")
    assert "died in 2024 becomes 10 March 2024" in taken(connect, "DEATHDATE:20240310")
    assert "died kept 10 March 2024, not 11 March 2024" in taken(connect, "DEATHDATE:20240311")
    assert "died" not in taken(connect, "DEATHDATE:2024")
    assert ada(connect)["died_on"] == "2024-03-10"


def test_a_death_of_the_journal_goes_out_and_is_taken_back_there(
    connect: Connect, open_journal: Callable[..., Journal], tmp_path: Path
) -> None:
    """The birthday stays in the card."""
    folder = tmp_path / "book"
    taken(connect, "BDAY:18151210")
    connect("export", "vcard", str(folder))
    death.died(open_journal(), "Ada", "2024-03-10")
    connect("export", "vcard", str(folder))
    (file,) = folder.glob("*.vcf")
    assert {"BDAY:18151210", "DEATHDATE:20240310"} <= {*file.read_text("utf-8").splitlines()}
    assert "died" not in connect("import", str(folder), "--dry-run").out
    connect("undo", "--yes")
    connect("export", "vcard", str(folder))
    assert file.read_text("utf-8").splitlines() == card("BDAY:18151210").split("\r\n")[:-1]


def test_the_day_on_which_the_dead_are_remembered_stands_in_a_card_once(
    connect: Connect, open_journal: Callable[..., Journal]
) -> None:
    """As the day of death, not as a yearly day besides."""
    taken(connect)
    death.died(open_journal(), "Ada", "2024-03-10", remember=True)
    out = connect("export", "vcard").out
    assert (out.count("0310"), "X-ABDATE" in out) == (1, False)


def test_yearly_days_of_any_label_go_round(connect: Connect, tmp_path: Path) -> None:
    """In, changed, out, taken away and brought back; nothing is doubled or lost."""
    folder = tmp_path / "book"
    met = ("item1.X-ABDATE;type=pref:1833-06-05", "item1.X-ABLabel:Met Babbage", "NOTE:x")
    assert "Met Babbage 1833-06-05" in taken(connect, *met)
    connect("export", "vcard", str(folder))
    (file,) = folder.glob("*.vcf")

    def written() -> list[str]:
        connect("export", "vcard", str(folder))
        return file.read_text("utf-8").splitlines()[4:-1]

    assert written() == list(met)
    connect("remember", "Ada", "met babbage: 6 june 1834", "--yearly")
    connect("remember", "Ada", "name day: 8 august", "--yearly")
    changed = [
        *("item1.X-ABDATE;type=pref:1834-06-06", "item1.X-ABLabel:Met Babbage", "NOTE:x"),
        *("item2.X-ABDATE:--0808", "item2.X-ABLabel:name day"),
    ]
    assert written() == changed
    before = ada(connect), connect("show", "Ada").out
    connect("import", str(folder), "--yes")
    assert (ada(connect), connect("show", "Ada").out) == before
    assert written() == changed
    connect("remember", "Ada", "--drop", "met babbage")
    assert written() == ["NOTE:x", *changed[3:]]
    connect("undo", "--yes")
    assert written() == changed
    assert "name day" in connect("export", "ics").out


def test_a_city_of_an_earlier_import_is_not_said_twice(connect: Connect) -> None:
    """It is found by the place all the same, and goes into the column of a table."""
    connect("add", "Ada Lovelace", "--new")
    connect("remember", "Ada", "city: Bath")
    assert "lives in" not in taken(connect, "ADR:;;;Bath;;;")
    assert "Ada" in connect("people", "--in", "bath").out
    assert "lives in Rome" in taken(connect, "ADR:;;;Rome;;;")
    table = connect("export", "csv", "people").out
    assert ("Bath" in table, "lives in: Rome" in table) == (True, True)


def test_a_place_goes_into_its_column_however_its_label_is_written(connect: Connect) -> None:
    """Once, and not among the details."""
    connect("add", "Ada Lovelace", "--new")
    connect("remember", "Ada", "Lives In: Bath")
    table = connect("export", "csv", "people").out
    assert (table.count("Bath"), "Lives In" in table) == (1, False)
