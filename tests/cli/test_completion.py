"""What Tab offers: people, tags, kinds, circles, cadences, promises and entries."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from connect_cli.cli import app
from tests.conftest import Begin, Connect


def offered(line: str, **env: str) -> list[str]:
    """What Tab offers at the end of a line in fish, which is told whole words."""
    result = CliRunner().invoke(
        app, [line], prog_name="connect", env={"_CONNECT_COMPLETE": "fish", **env}
    )
    assert isinstance(result.exception, SystemExit | None)
    assert result.stderr == ""
    return result.stdout.splitlines()


def words(line: str) -> list[str]:
    """The same without what stands beside them."""
    return [offer.split("\t")[0] for offer in offered(line)]


@pytest.fixture
def _people(begin: Begin) -> None:
    """Four people, of whom Grace was seen last."""
    begin(
        ("add", "Ada Lovelace", "--alias", "Countess", "--tag", "choir"),
        ("add", "Grace Hopper"),
        ("add", "José Adão", "--tag", "work"),
        ("add", "Jean-Luc Moreau"),
        ("log", "coffee with ada 3 days ago"),
        ("log", "coffee with grace yesterday #chess"),
    )


@pytest.mark.usefixtures("_people")
@pytest.mark.parametrize(
    ("line", "fitting"),
    [
        ("connect show ada", ["ada-lovelace", "adao"]),
        ("connect show Ada", ["Ada-lovelace", "Adao"]),
        ("connect show lov", ["lovelace"]),
        ("connect show coun", ["countess"]),
        ("connect show jose", ["jose-adao"]),
        ("connect show josé", ["josé-adao"]),
        ("connect show luc", ["luc-moreau"]),
        ("connect show ada-l", ["ada-lovelace"]),
        ("connect show grace-h", ["grace-hopper"]),
        ("connect show %", []),
        ("connect show _", []),
        ("connect log with-nobody", []),
        ("connect log gra", ["grace-hopper"]),
        ("connect log --with gra", ["grace-hopper"]),
        ("connect every hop", ["hopper"]),
        ("connect people hop", ["hopper"]),
        ("connect people --tag ", ["choir", "chess", "work"]),
        ("connect history --tag ch", ["chess", "choir"]),
        ("connect history --kind v", ["video", "visit"]),
        ("connect log --kind co", ["coffee"]),
        ("connect every ada 1", ["1w", "1m", "1y"]),
        ("connect add X --every ne", ["never"]),
        ("connect add X --circle f", ["friends"]),
        ("connect people --circle ", ["inner", "close", "friends", "wide"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_tab_offers_what_fits(line: str, fitting: list[str]) -> None:
    """By any word of a name or alias, accents and case left aside."""
    assert sorted(words(line)) == sorted(fitting)


@pytest.mark.usefixtures("_people")
def test_those_seen_last_come_first() -> None:
    """Grace yesterday, Ada three days ago, the others never."""
    assert offered("connect show ")[:2] == ["grace-hopper", "ada-lovelace"]


@pytest.mark.usefixtures("_people")
def test_what_is_offered_is_accepted(connect: Connect) -> None:
    """Every handle means the person that it was made of."""
    for handle in offered("connect show "):
        assert connect("show", handle).code == 0


def test_an_open_promise_is_offered_by_its_id(connect: Connect) -> None:
    """With whom and what beside it, where the shell shows that; no markup is read there."""
    connect("add", "Ada Lovelace")
    connect("promise", "ada", "send [/] the photos")
    (short,) = words("connect done ")
    assert len(short) == 6
    assert offered("connect done ") == [f"{short}\tAda Lovelace: send [/] the photos"]
    assert offered("connect done ", CONNECT_DISCREET="1") == [f"{short}\tAda Lovelace"]
    assert connect("done", short).code == 0
    assert offered("connect done ") == []


def test_the_newest_entries_are_offered_by_their_ids(connect: Connect) -> None:
    """To amend one, its beginning is enough."""
    connect("log", "--new", "coffee with Ada")
    (short,) = words("connect amend ")
    assert connect("amend", short, "--note", "told of Boston").code == 0
    assert words(f"connect amend {short[:2]}") == [short]


@pytest.mark.parametrize(
    "line",
    ["connect show a", "connect done ", "connect history --tag ", "connect amend "],
)
def test_without_a_journal_nothing_is_offered_or_made(line: str, tmp_path: Path) -> None:
    """Tab never creates anything."""
    before = set(tmp_path.rglob("*"))
    assert offered(line) == []
    assert set(tmp_path.rglob("*")) == before


def test_a_damaged_journal_or_setting_is_no_matter_for_tab(
    connect: Connect, journal_file: Path
) -> None:
    """The next command says what is wrong."""
    connect("add", "Ada Lovelace")
    settings = Path(os.environ["XDG_CONFIG_HOME"]) / "connect" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("[circles]\nfriends = 'sometimes'\n", encoding="utf-8")
    assert offered("connect people --circle ") == []
    journal_file.write_bytes(b"no journal" * 1000)
    assert offered("connect show a") == []


def test_the_journal_that_the_line_names_is_read(connect: Connect, tmp_path: Path) -> None:
    """`connect --journal FILE show` offers the people of that file."""
    other = str(tmp_path / "other.db")
    connect("--journal", other, "add", "Grace Hopper")
    assert offered(f"connect --journal {other} show gr") == ["grace-hopper"]
    assert offered("connect show gr") == []
