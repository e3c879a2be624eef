"""In every command the person comes first, then the value; one table over all commands."""

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import pytest

from connect_cli.cli.app import app
from connect_cli.cli.commands import MODULE_OF, LazyCommands
from tests.conftest import Begin, Connect

VALUES = {
    "promise": "send the book",
    "ask": "how is Boston",
    "tell": "got the allotment",
    "remember": "likes: jazz",
    "every": "first friday",
    "alias": "The Doctor",
    "rename": "Thomas Stewart Baker",
    "snooze": "in 3 weeks",
    "pause": "in 3 weeks",
    "tag": "climbing",
    "merge": "grace hopper",
    "relate": "grace hopper",
}
"""The commands that take a person and a value, each with a value of several words."""
SEVERAL = {"promise", "ask", "tell", "remember"}
"""Those that take several people, and keep something of each."""
MANY = {"every", "tag", "snooze", "pause", "resume", "archive", "unarchive"}
"""Those of tests/cli/test_several.py, which take several people in more ways."""
OTHERWISE = {"add"}
"""What calls somebody new by a name."""
OPTIONS = {"forget": ["--yes"], "relate": ["--as", "friend"]}
NO_VALUE = {
    "promise": "no text was given after 'Tom Baker'",
    "ask": "no question was given",
    "tell": "no news was given",
    "remember": "no detail was given",
    "every": "no cadence was given",
    "alias": "no other name was given",
    "rename": "no new name was given",
    "tag": "no tag was given",
    "merge": "that is not two people, but 1",
    "relate": "that is not two people, but 1",
}


def arguments(command: str) -> list[str]:
    """The names of a command's arguments, in their order."""
    params = getattr(LazyCommands(app)[command], "params", [])
    return [one.name for one in params if one.param_type_name == "argument"]


def taking(*, a_value: bool) -> Iterator[str]:
    """The commands whose first argument is a person, with or without another one after it."""
    for command in MODULE_OF:
        first, *more = arguments(command) or [""]
        if first == "name" and bool(more) == a_value and command not in OTHERWISE:
            yield command


ALONE = list(taking(a_value=False))
WAYS: dict[str, Sequence[str]] = {
    "words": ("tom", "baker"),
    "quotes": ("tom baker",),
    "a handle": ("tom-baker",),
    "capitals": ("TOM", "Baker"),
    "accents": ("bäker",),
    "a title": ("Dr", "Tom", "Baker"),
}


def test_the_table_knows_every_command() -> None:
    """A new command that takes a person and a value says here how."""
    assert set(VALUES) == set(taking(a_value=True))
    assert {"show", "archive", "forget", "why", "promises"} <= set(ALONE)
    assert not MANY - {*VALUES, *ALONE}


@pytest.fixture(autouse=True)
def _people(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of one first name, and two others."""
    monkeypatch.setenv("EDITOR", "true")
    begin(
        *(("add", "Tom Baker", "--every", "1w"), ("add", "Tom Jones"), ("add", "Ada Lovelace")),
        *(("add", "Grace Hopper"), ("pause", "tom baker")),
    )


def whole(command: str, person: Sequence[str], value: Sequence[str] = ()) -> list[str]:
    """The words of a command."""
    return [command, *OPTIONS.get(command, ()), *person, *value]


@pytest.mark.parametrize("command", [*VALUES, *ALONE])
def test_a_person_is_said_in_any_way_and_the_value_too(
    command: str, connect: Connect, journal_file: Path
) -> None:
    """With and without quotes around either, the answer is the same."""
    value, before = VALUES.get(command, ""), journal_file.read_bytes()
    values = [(value,), tuple(value.split())] if value else [()]
    told = []
    for person, said in product(WAYS.values(), values):
        ran = connect(*whole(command, person, said))
        assert ran.code == 0, (person, said, ran)
        told.append(ran.out)
        journal_file.write_bytes(before)
    assert set(told) == {told[0]}
    assert "Tom Jones" not in told[0]


@pytest.mark.parametrize("command", [*VALUES, *ALONE])
def test_who_is_not_certain_is_not_guessed(
    command: str, connect: Connect, journal_file: Path
) -> None:
    """Several of that name, or nobody: exit 3, and nothing is written."""
    value, before = VALUES.get(command, "").split(), journal_file.read_bytes()
    ran = connect(*whole(command, ("tom",), value))
    assert (ran.code, "Tom Baker, Tom Jones" in ran.err) == (3, True)
    ran = connect(*whole(command, ("nobody",), value))
    assert (ran.code, "nobody here is called 'nobody'" in ran.err) == (3, True)
    assert journal_file.read_bytes() == before


@pytest.mark.parametrize("command", sorted(VALUES))
def test_a_misspelt_name_is_no_value(command: str, connect: Connect, journal_file: Path) -> None:
    """`ada lovelase …` keeps nothing."""
    before = journal_file.read_bytes()
    ran = connect(command, "ada", "lovelase", *VALUES[command].split())
    assert (ran.code, ran.out) == (2, "")
    assert "'lovelase' may belong to the name or to what follows it" in ran.err
    assert journal_file.read_bytes() == before


@pytest.mark.parametrize("command", sorted(NO_VALUE))
def test_a_name_alone_is_no_value_either(
    command: str, connect: Connect, journal_file: Path
) -> None:
    """What is missing is said, with a command that can be typed."""
    before = journal_file.read_bytes()
    ran = connect(command, "tom", "baker")
    assert (ran.code, ran.out) == (2, "")
    assert NO_VALUE[command] in ran.err
    assert journal_file.read_bytes() == before


PAIRS = {
    "and": ("ada", "and", "tom", "baker"),
    "a comma": ("ada,", "tom", "baker"),
    "a comma of its own": ("ada", ",", "tom", "baker"),
    "one quotation": ("ada and tom baker",),
    "no blank": ("ada,tom-baker",),
    "quotes": ("ada lovelace", "tom baker"),
}


@pytest.mark.parametrize("command", sorted(SEVERAL))
def test_several_people_get_it_each_and_one_undo_takes_it_back(
    command: str, connect: Connect
) -> None:
    """However they are joined; nothing is kept if one of them is unknown."""
    told = []
    for pair in PAIRS.values():
        ran = connect(command, *pair, VALUES[command])
        assert ran.code == 0, (pair, ran)
        told.append(ran.out)
        connect("undo")
        assert VALUES[command] not in connect("promises").out + connect("show", "ada").out
    assert set(told) == {told[0]}
    assert "Ada Lovelace" in told[0]
    assert "Tom Baker" in told[0]
    ran = connect(command, "ada", "and", "nobody", VALUES[command])
    assert (ran.code, "nobody here is called 'nobody'" in ran.err) == (3, True)


ONE_ONLY = [each for each in (*VALUES, *ALONE) if each not in {*SEVERAL, *MANY, "merge", "relate"}]


@pytest.mark.parametrize("command", ONE_ONLY)
def test_a_command_for_one_person_says_so(
    command: str, connect: Connect, journal_file: Path
) -> None:
    """Nothing is done for either of them."""
    before = journal_file.read_bytes()
    joins = [each for each in PAIRS if each != "quotes" or command in ALONE]
    for joined in joins:
        ran = connect(*whole(command, PAIRS[joined], VALUES.get(command, "").split()))
        assert ran.code in (2, 3), ran
        assert "one person at a time" in ran.err or "name one at a time" in ran.err
    assert journal_file.read_bytes() == before


def test_two_people_are_merged_however_they_are_joined(connect: Connect) -> None:
    """The first one stays."""
    for words in (("tom", "baker", "tom", "jones"), ("tom baker", "tom jones")):
        assert connect("merge", *words).out.startswith("Merged Tom Jones into Tom Baker")
        connect("undo")
    ran = connect("merge", "tom", "baker", "and", "tom", "jones")
    assert ran.out.startswith("Merged Tom Jones into Tom Baker")
    connect("undo")
    assert "that is not two people, but 3" in connect("merge", *PAIRS["and"], "grace").err


def test_a_quoted_value_is_no_part_of_a_name(connect: Connect) -> None:
    """Though it begins like the rest of it."""
    ran = connect("promise", "jones", "baker wants the bread")
    assert ran.out == "You promised Tom Jones: baker wants the bread.\n"
    ran = connect("promise", "ada", "lovelace collection, second shelf")
    assert ran.out == "You promised Ada Lovelace: lovelace collection, second shelf.\n"
