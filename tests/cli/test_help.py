"""The help: one screen, groups for the rest, and what is said of a word that is no command."""

from pathlib import Path

import pytest

from connect_cli.cli.app import GROUPS
from connect_cli.cli.commands import EVERYDAY, MODULE_OF
from tests.conftest import Begin, Connect

MOST_COMMANDS = 54
PAGE = 24


@pytest.fixture
def _at_80(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.usefixtures("_at_80")
@pytest.mark.parametrize("words", [("--help",), ("-h",), ("help",)], ids=" ".join)
def test_help_fits_one_screen(connect: Connect, words: tuple[str, ...]) -> None:
    """24 lines with the shell's own: the commands of a day, and the way to all others."""
    lines = connect(*words).out.splitlines()
    assert len(lines) < PAGE
    assert max(map(len, lines)) <= 80
    listed = [line.split()[0] for line in lines if line.startswith("  ")]
    assert [name for name in listed if name in MODULE_OF] == list(EVERYDAY)
    assert "More: connect help people (or: memory, looking, planning, keeping, day)" in lines
    assert not [line for line in lines if line.endswith("...") and "Usage" not in line]


def test_there_are_at_most_54_commands() -> None:
    """More than that nobody learns."""
    assert len(MODULE_OF) <= MOST_COMMANDS


@pytest.mark.usefixtures("_at_80")
def test_every_command_is_in_one_group_with_its_whole_line(connect: Connect) -> None:
    """No command without a group, and no line that is cut at 80 columns."""
    listed: list[str] = []
    for group, heading in GROUPS.items():
        page = connect("help", group).out
        first, *lines = page.partition("\n\n")[0].splitlines()
        assert first == f"{heading}:"
        assert [line for line in lines if line.endswith("...") or len(line) > 80] == []
        assert connect("help", *heading.upper().split()).out == page
        listed += [line.split()[0] for line in lines]
    assert sorted(listed) == sorted(MODULE_OF)


@pytest.mark.parametrize("words", [("log",), ("export",), ("export", "csv"), ("people",)])
def test_help_of_a_command_is_that_of_the_command(connect: Connect, words: tuple[str, ...]) -> None:
    """A group has its own page where a command has the same name."""
    page = connect("help", *words).out
    if words == ("people",):
        assert page.startswith("People:\n  add ")
        assert page.endswith("connect add --help\n")
    else:
        assert page == connect(*words, "--help").out


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (
            ("shoow",),
            "there is no command or group 'shoow'",
            "did you mean show? The groups are day,",
        ),
        (("qqq",), "there is no command or group 'qqq'", "The groups are day, people, memory,"),
        (("export", "xls"), "there is no command 'export xls'", "export has jsonl, csv, vcard,"),
        (("day", "memory"), "'day' is a group, and more words follow", "see: connect help day"),
        (("log", "it"), "there is no command 'log it'", "log has no commands of its own"),
    ],
)
def test_help_of_what_is_unknown_says_what_there_is(
    connect: Connect, words: tuple[str, ...], message: str, hint: str
) -> None:
    """With the nearest, if one is near."""
    ran = connect("help", *words)
    said, hinted = ran.err.splitlines()
    assert (ran.code, ran.out, said) == (2, "", f"connect: {message}")
    assert hinted.startswith(f"hint: {hint}")


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("ada", "there is no command 'ada'", "to see Ada Lovelace: connect show ada"),
        ("hopper", "there is no command 'hopper'", "to see Grace Hopper: connect show hopper"),
        ("ÁDA", "there is no command 'ÁDA'", "to see Ada Lovelace: connect show 'ÁDA'"),
        ("count", "there is no command 'count'", "to see Ada Lovelace: connect show count"),
        ("to", "there is no command 'to'", "to see somebody of that name: connect show to"),
        (
            "don",
            "there is no command 'don'; did you mean done?",
            "to see Donna Noble: connect show don",
        ),
        ("shoow", "no such command 'shoow'. Did you mean 'show'?", "see: connect --help"),
        ("?", "no such command '?'", "see: connect --help"),
    ],
)
def test_a_name_in_the_place_of_a_command_leads_to_their_card(
    connect: Connect, begin: Begin, typed: str, message: str, hint: str
) -> None:
    """Or its beginning; a misspelt command is still met with the nearest one."""
    begin(
        ("add", "Ada Lovelace", "--alias", "Countess"),
        ("add", "Grace Hopper"),
        ("add", "Tom Baker"),
        ("add", "Tori Tobin"),
        ("add", "Donna Noble"),
    )
    ran = connect(typed)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"connect: {message}\nhint: {hint}\n"


def test_a_word_that_is_no_command_makes_no_journal(connect: Connect, journal_file: Path) -> None:
    """It is only looked at if it is there."""
    assert connect("ben").err.startswith("connect: no such command 'ben'\n")
    assert not journal_file.parent.exists()
