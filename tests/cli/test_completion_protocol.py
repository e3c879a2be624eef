"""Tab in the real shells: type, Tab, Enter. The command gets who is meant, and that is all."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import pexpect
import pytest

from connect_cli.journal.answers import Silent
from connect_cli.journal.journal import Context, Journal
from connect_cli.language.logline import read_line
from connect_cli.language.names import Names
from connect_cli.settings import Settings
from connect_cli.store import names as store_names
from tests.cli.shells import CONNECT, SHELLS, begin, closed, program
from tests.conftest import MORNING

Row = TypeVar("Row")

PEOPLE = {
    "mal": "Mallory;{touch,pwned}",
    "fin": "Finn O'Brien",
    "trud": "Trudy>important.txt",
    "rew": 'Rewa "$(touch pwned)" `touch pwned` !! \\!$ ~ #x',
    "zoe": "Zoë Ünal Łaski",
    "eri": "Erin\u202e Mir\u202eko",
    "nel": "Nell\nNew\x1b[2J Line",
}
"""By how each is begun. The last two are such as no command would keep."""
MARKS = "'\";&|<>(){},$`\\#!~*?[]=:@%^+-. \t"
FEW = ("mal", "fin", "eri")
LETTERS = "abcdef"
TABLE = {f"q{LETTERS[at // 6]}{LETTERS[at % 6]}": mark for at, mark in enumerate(MARKS)}
"""Each mark by how the name that it stands in is begun."""


def marked(begun: str) -> str:
    """A name with a mark amid a word, around one and alone."""
    mark = TABLE[begun]
    return f"{begun.capitalize()}x{mark}y {mark}Z{mark} {mark} w"


BEGUN = {"bare": "{}", "double": '"{}', "single": "'{}"}
SENTENCES = {
    "bare": ("coffee with {}", ""),
    "double": ('"Coffee with {}', ': talked"'),
    "single": ("'Coffee with {}", ": talked'"),
}
FILES = {"important.txt": "kept", "zzz.txt": "kept too", "a b.vcf": "and this"}
RECORDED = f"""
case "$_CONNECT_COMPLETE$1" in
  "" | log | show | import | people | promise) ;;
  *) exec {CONNECT} ;;
esac
printf '%s\\0' "$@" >"$RECORD.new" && mv "$RECORD.new" "$RECORD"
echo "ran-$$"
"""
"""Answers Tab as connect does, and of a command keeps only the words that it was given."""


@dataclass
class AtTheKeyboard:
    """A shell, and what the commands typed into it were given."""

    child: "pexpect.spawn[str]"
    place: Path
    record: Path
    names: Names
    shell: str
    shown: str = ""

    def turn(self, rows: Iterable[Row]) -> list[Row]:
        """Every third of these rows: those that this shell is tried with when time is short."""
        return [*rows][list(SHELLS).index(self.shell) :: len(SHELLS)]

    def words(self, line: str, more: str = "") -> list[str]:
        """Type a line, Tab, the rest of the line and Enter: the words that connect gets."""
        self.child.send(f"{line}\t{more}\r")
        self.child.expect(r"ran-\d+")
        self.shown = str(self.child.before)
        assert {each.name: each.read_text() for each in self.place.iterdir()} == FILES
        assert "\u202e" not in self.shown
        return self.record.read_bytes().decode().split("\0")[:-1]

    def named(self, words: list[str]) -> str:
        """The full name of the one person whom words name."""
        found = self.names.find(" ".join(words))
        assert found.person is not None, found
        return found.person.name

    def took_part(self, words: list[str]) -> list[str | None]:
        """The full names of those whom a log line names."""
        line = read_line(" ".join(words), date(2026, 11, 23), self.names)
        return [each.found and each.found.name for each in line.mentions]


@pytest.fixture(scope="module", params=list(SHELLS))
def keyboard(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AtTheKeyboard]:
    """Each shell that is installed, once for all tests, in a folder with files in it."""
    if shutil.which(request.param) is None:
        pytest.skip(f"{request.param} is not installed here")
    home = tmp_path_factory.mktemp("keyboard")
    place, record, journal = home / "place", home / "record", home / "journal.db"
    place.mkdir()
    for name, text in FILES.items():
        (place / name).write_text(text)
    program(home / "bin", RECORDED)
    env = {"HOME": str(home), "CONNECT_JOURNAL": str(journal), "CONNECT_NOW": MORNING}
    names = _begun(journal)
    started = [begin(request.param, (), {**env, "RECORD": str(record)}, home / "bin", place)]
    with closed(started):
        yield AtTheKeyboard(started[0], place, record, names, request.param)


def _begun(file: Path) -> Names:
    """A journal with all these people, even those whom no command would let in."""
    journal = Journal(Context(file, datetime.fromisoformat(MORNING), Settings(), Silent()))
    with journal.write("add", "added people") as rows:
        for name in (*PEOPLE.values(), *map(marked, TABLE), "Ada Lovelace", "Adam Smith"):
            rows.add_person(name)
        rows.set_tags(("choir",), person_id=rows.add_person("Maria Silva"))
    known = list(store_names.known_names(journal.connection))
    journal.close()
    return Names(known)


FEW_NAMES = [
    (FEW[(at - of) % 3], quote) for of, quote in enumerate(BEGUN) for at in range(len(FEW))
]
"""In an order in which the shells, taking turns, have each of the few and each quote once."""


def test_a_name_is_completed_to_whom_it_is_of(keyboard: AtTheKeyboard) -> None:
    """Whatever a shell takes for its own in it, without quotes and within them."""
    for begun, quote in keyboard.turn(FEW_NAMES):
        is_completed(keyboard, begun, quote)


def test_within_a_sentence_too(keyboard: AtTheKeyboard) -> None:
    """The log line goes on after it, and names that person alone."""
    for begun, quote in keyboard.turn(FEW_NAMES):
        is_completed_within(keyboard, begun, quote)


@pytest.mark.slow
@pytest.mark.parametrize("quote", BEGUN)
@pytest.mark.parametrize("begun", PEOPLE)
def test_any_name_is_completed_in_every_shell(
    keyboard: AtTheKeyboard, begun: str, quote: str
) -> None:
    """As an argument and in a sentence."""
    is_completed(keyboard, begun, quote)
    is_completed_within(keyboard, begun, quote)


def is_completed(keyboard: AtTheKeyboard, begun: str, quote: str) -> None:
    """A name as an argument of `show`."""
    words = keyboard.words(f"connect show {BEGUN[quote].format(begun)}")
    assert words[0] == "show"
    assert keyboard.named(words[1:]) == PEOPLE[begun]
    assert words[1:] != [begun], "it was Tab"


def is_completed_within(keyboard: AtTheKeyboard, begun: str, quote: str) -> None:
    """A name in a sentence that is logged."""
    line, more = SENTENCES[quote]
    words = keyboard.words(f"cl {line.format(begun)}", more)
    assert keyboard.took_part(words[1:]) == [PEOPLE[begun]]
    assert len(words) == 2 or quote == "bare"
    assert " ".join(words[1:]) != "".join((line.format(begun), more)).strip("\"'"), "it was Tab"


@pytest.mark.slow
@pytest.mark.parametrize("quote", BEGUN)
@pytest.mark.parametrize("begun", TABLE, ids=map(repr, TABLE.values()))
def test_every_mark_of_a_shell_may_stand_in_a_name(
    keyboard: AtTheKeyboard, begun: str, quote: str
) -> None:
    """As an argument and in a sentence."""
    words = keyboard.words(f"connect show {BEGUN[quote].format(begun)}")
    assert keyboard.named(words[1:]) == marked(begun)
    line, more = SENTENCES[quote]
    words = keyboard.words(f"connect log {line.format(begun)}", more)
    assert keyboard.took_part(words[1:]) == [marked(begun)]


NOTHING = [
    ("connect show zzz", "", ["show", "zzz"]),
    ('connect show "zzz', '"', ["show", "zzz"]),
    ("cl zzz", "", ["log", "zzz"]),
    ('connect log "Coffee with zzz', ' x"', ["log", "Coffee with zzz x"]),
    ("connect log 'Coffee with zzz", " x'", ["log", "Coffee with zzz x"]),
    ('cl "Coffee with Ada: told of mar', ' x"', ["log", "Coffee with Ada: told of mar x"]),
    ("connect people --circle zzz", "", ["people", "--circle", "zzz"]),
    ("connect promise ada imp", "", ["promise", "ada", "imp"]),
]


def test_where_there_is_nothing_to_offer_nothing_changes(keyboard: AtTheKeyboard) -> None:
    """Nor is the name of a file put there."""
    for line, more, words in keyboard.turn(NOTHING):
        assert keyboard.words(line, more) == words, line


GOES_ON = [
    ("cl cof", "with ada", ["log", "coffee", "with", "ada"]),
    ('cl "cof', ' with Ada"', ["log", "coffee with Ada"]),
    ('cl "Coffee with Mar', ', Ada: hi"', ["log", "Coffee with Maria Silva, Ada: hi"]),
    ('cl "Coffee with mar', ' and Ada"', ["log", "Coffee with maria silva and Ada"]),
    ('cl "Coffee with Ada & mar', '"', ["log", "Coffee with Ada & maria silva"]),
    ("cl 'Coffee with Ada: sang #cho", " again'", ["log", "Coffee with Ada: sang #choir again"]),
    ('cl "Paid \\$5 to mar', '"', ["log", "Paid $5 to maria silva"]),
    ("connect log --with=mar", "x", ["log", "--with=maria-silva", "x"]),
    ('connect log --with="mar', "x", ["log", "--with=maria-silva", "x"]),
    ("connect show maria sil", "", ["show", "maria", "silva"]),
    ('connect show "ada"-l', "", ["show", "ada-lovelace"]),
    ("connect show mallory\\;", "", ["show", "mallory;{touch,pwned}"]),
    ("true; connect show ada\\ l", "", ["show", "ada lovelace"]),
    ("CONNECT_DISCREET=1 connect show ada lov", "", ["show", "ada", "lovelace"]),
    ("connect import imp", "", ["import", "important.txt"]),
    ("connect import a", "", ["import", "a b.vcf"]),
    ('connect import "a', "", ["import", "a b.vcf"]),
]


def test_what_was_typed_is_gone_on_with(keyboard: AtTheKeyboard) -> None:
    """Names, kinds and tags in a sentence; names and files as arguments."""
    for line, more, words in keyboard.turn(GOES_ON):
        assert keyboard.words(line, more) == words, line


EVERY_LINE = [*NOTHING, *GOES_ON]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "more", "words"), EVERY_LINE, ids=[line for line, *_ in EVERY_LINE]
)
def test_every_line_goes_on_so_in_every_shell(
    keyboard: AtTheKeyboard, line: str, more: str, words: list[str]
) -> None:
    """What there is to offer is, and where there is nothing nothing changes."""
    assert keyboard.words(line, more) == words


def test_of_several_what_they_share_is_put_there(keyboard: AtTheKeyboard) -> None:
    """And nobody is chosen who was not meant."""
    assert keyboard.words('cl "Coffee with ad', '"') == ["log", "Coffee with ada"]
    assert keyboard.words("connect show ad", "m") == ["show", "adam"]


def test_several_are_listed(keyboard: AtTheKeyboard) -> None:
    """In bash by the word at the cursor, not by the whole sentence."""
    shell = Path(str(keyboard.child.command)).name
    if shell == "fish":
        pytest.skip("fish lists at the first Tab, and chooses at the next")
    more = {"bash": '\t\t"', "zsh": '\t"'}[shell]
    assert keyboard.words('cl "Coffee with ad', more) == ["log", "Coffee with ada"]
    assert "ada lovelace" in keyboard.shown
    assert "with adam smith" not in keyboard.shown


def test_an_old_bash_is_offered_files_that_need_no_quotes(keyboard: AtTheKeyboard) -> None:
    """One without compopt; and nobody's name becomes a file's."""
    if Path(str(keyboard.child.command)).name != "bash":
        pytest.skip("this is about bash")
    keyboard.child.sendline("compopt() { return 1; }")
    assert keyboard.words("connect import imp") == ["import", "important.txt"]
    assert keyboard.words("connect import a") == ["import", "a"]
    assert keyboard.words("connect show zzz") == ["show", "zzz"]
    keyboard.child.sendline("unset -f compopt")
