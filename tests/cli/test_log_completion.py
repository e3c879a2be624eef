"""What Tab offers within the sentence of `connect log`."""

import pytest
from typer.testing import CliRunner

from connect_cli.cli.app import app
from connect_cli.journal.journal import Journal
from tests.cli.test_completion import added, words

SENTENCES = [
    ("Coffee with gra", ["Coffee with grace hopper"]),
    ("Coffee with Gra", ["Coffee with Grace Hopper"]),
    ("Coffee with Ada and José", ["Coffee with Ada and José Adão"]),
    ("Coffee with jos", ["Coffee with josé adão"]),
    ("Coffee with ada,gra", ["Coffee with ada,grace hopper"]),
    ("yesterday: lunch with gra", ["yesterday: lunch with grace hopper"]),
    ("Coffee with Ada Lov", ["Coffee with Ada Lovelace"]),
    ("Coffee with cou", ["Coffee with countess"]),
    ("Coffee with jean-l", ["Coffee with jean-luc moreau"]),
    ("gra", ["grace hopper"]),
    ("Cof", ["Coffee"]),
    ("Ada vi", ["Ada video", "Ada visit"]),
    ("Coffee with Ada vi", []),
    ("Coffee with Ada:", []),
    ("Coffee with Ada,", []),
    ("Coffee with Ada: ", []),
    ("Coffee with Ada Lovelace: ", []),
    ("Coffee with Ada: good talk. ", []),
    ("Coffee with Ada: ad", []),
    ("Coffee with Ada: gra", []),
    ("Coffee with Ada: a vis", []),
    ("Coffee with Ada: sang #ch", ["Coffee with Ada: sang #chess", "Coffee with Ada: sang #choir"]),
    ("#wo", ["#work"]),
    ("Coffee with Ada: see x#wo", []),
    ("Coffee tomorrow with gra", ["Coffee tomorrow with grace hopper"]),
    ("Talked with Ada about gra", []),
    ("Coffee with nobody-known and zz", []),
]


@pytest.mark.usefixtures("_four_people")
@pytest.mark.parametrize(("line", "fitting"), SENTENCES, ids=[line for line, _ in SENTENCES])
def test_tab_goes_on_with_a_sentence(line: str, fitting: list[str]) -> None:
    """With whom it then names, and with kinds, before the colon; with tags anywhere."""
    assert sorted(words(f'connect log "{line}')) == sorted(fitting)


def test_a_name_that_is_not_begun_is_offered_by_its_first_letter(journal: Journal) -> None:
    """A sign is never glued to what was written, nor taken for the rest of a name."""
    added(journal, "Finn O'Brien", "!bang Zed", "$dollar Sue", "d'Artagnan Foe")
    assert sorted(words('connect log "coffee with ')) == [
        "coffee with Finn O'Brien",
        "coffee with bang-zed",
        "coffee with d'Artagnan Foe",
        "coffee with sue",
    ]
    assert words('connect log "coffee with Finn ') == []


@pytest.mark.usefixtures("_four_people")
def test_a_sentence_without_quotes_has_names_in_one_word() -> None:
    """And an alias says what it stands for."""
    assert words("connect log coffee with gra") == ["grace-hopper"]
    assert words("connect log coffee --new with ada and jean") == ["jean-luc-moreau"]
    tab = {"_CONNECT_COMPLETE": "bash"}
    run = CliRunner().invoke
    assert run(app, ["cl with gra", "connect", "log"], env=tab).stdout == "+ce-hopper\n"
    assert run(app, ["cl"], env=tab).stdout.startswith("+demo\n")


def test_kinds_are_offered_before_there_is_a_journal() -> None:
    """They are the same for everybody."""
    assert words("connect log cof") == ["coffee"]
