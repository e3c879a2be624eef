"""Commands that are shown so as to be typed: what is the user's own in them is quoted."""

import ast
import re
import shlex
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from connect_cli.cli.commands import MODULE_OF
from connect_cli.errors import ConnectError, as_typed, shell_word
from connect_cli.journal import away, memory, people
from connect_cli.journal.answers import Silent
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.language.cadences import read_cadence
from connect_cli.model import Cadence, Person
from connect_cli.render.planning_words import every_command
from connect_cli.store import database, sqlite
from tests.conftest import Begin, Connect
from tests.faults.every_command import READING, WRITING
from tests.faults.situations import BEGINNING

SOURCE = Path(database.__file__).parents[1]
SOURCES = sorted(SOURCE.rglob("*.py"))
SHELLS = ("bash", "zsh", "fish")
TEXTS = [
    "Ada",
    "Finn O'Brien",
    "Mallory;{touch,pwned}",
    "$(touch pwned) `touch pwned` $HOME",
    'x "y" \\z\\ \\\\ !! > < | & # ~ * ? [a] (b) =c',
    "ends in \\",
    "'",
    "=ls",
    "~",
    "#",
    "a\\'b",
    "Zoë Łaski",
    "",
]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_reads_what_was_quoted(shell: str, tmp_path: Path) -> None:
    """The same words in all of them, whatever they hold, and nothing is run."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    line = f"printf '%s\\0' {' '.join(map(shell_word, TEXTS))}"
    place = tmp_path / "place"
    place.mkdir()
    done = subprocess.run([shell, "-c", line], capture_output=True, check=True, cwd=place)
    assert done.stdout.decode().split("\0")[:-1] == TEXTS
    assert not list(place.iterdir())


def test_what_needs_no_quotes_has_none() -> None:
    """So that a hint stays easy to read; a name like an option does not become one."""
    assert as_typed("show", "ada") == "connect show ada"
    assert as_typed("show", "Finn O'Brien") == r"connect show 'Finn O'\''Brien'"
    assert as_typed("log", "tea", options=["--for=5m"]) == "connect log tea --for=5m"
    assert as_typed("log", "-x", options=["--for=5m"]) == "connect log --for=5m -- -x"


@cache
def tree_of(source: Path) -> ast.Module:
    """A file of the sources, parsed once for all checks."""
    return ast.parse(source.read_text(encoding="utf-8"))


def shown_bare(source: Path) -> Iterator[str]:
    """Places where a value is put into a command that is shown, without `as_typed`."""
    for node in ast.walk(tree_of(source)):
        parts = node.values if isinstance(node, ast.JoinedStr) else []
        before = ""
        for part in parts:
            if isinstance(part, ast.Constant):
                before += str(part.value)
            elif re.search(r"(?:^|['(:] ?)connect [a-z]+(?: [^.;:,]*)?$", before):
                yield f"{source.name}:{part.lineno}: {before}"


def test_no_command_is_shown_with_a_bare_value() -> None:
    """One function quotes them all."""
    assert [*chain.from_iterable(map(shown_bare, SOURCES))] == []


def test_a_bare_value_would_be_seen(tmp_path: Path) -> None:
    """The check can fail."""
    source = tmp_path / "bare.py"
    source.write_text(
        """a = f"open it again: connect edit {name}"\nb = f"connect every '{name}' 2w"\n"""
    )
    assert len(list(shown_bare(source))) == 2


VERBS = "|".join(sorted({*MODULE_OF} - {"demo"}))  # the demo has a journal of its own
OF_EVERY_JOURNAL = {"settings_file.py"}
"""What is written into a file that does not belong to one journal."""


def written_out(source: Path) -> Iterator[str]:
    """Commands that stand in a text as they are, so that they would not name the journal."""
    tree = tree_of(source)
    kept = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    kept |= {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "help"
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in kept else ""
        if isinstance(text, str) and re.search(rf"\bconnect (?:{VERBS})\b", text):
            yield f"{source.name}:{node.lineno}: {text}"  # type: ignore[attr-defined]  # a Constant


def test_every_command_that_is_shown_names_the_journal() -> None:
    """One function builds them all; what users wrote themselves is never touched."""
    of_one = [
        each for each in SOURCES if each.relative_to(SOURCE).as_posix() not in OF_EVERY_JOURNAL
    ]
    assert [*chain.from_iterable(map(written_out, of_one))] == []


def built_too_early(source: Path) -> Iterator[str]:
    """Commands that are built while a module is loaded, before the journal is named."""

    def early(node: ast.AST) -> Iterator[ast.AST]:
        if isinstance(node, (ast.FunctionDef, ast.Lambda)):
            parts: list[ast.AST] = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        else:
            yield node
            parts = [*ast.iter_child_nodes(node)]
        for part in parts:
            yield from early(part)

    for node in early(tree_of(source)):
        if isinstance(node, ast.Name) and node.id == "as_typed":
            yield f"{source.name}:{node.lineno}"


def test_no_command_is_built_before_the_journal_is_named() -> None:
    """A constant, or the default of an argument, would not name it."""
    assert [*chain.from_iterable(map(built_too_early, SOURCES))] == []


def test_a_command_written_out_or_built_too_early_would_be_seen(tmp_path: Path) -> None:
    """The check can fail."""
    source = tmp_path / "written.py"
    source.write_text("""a = f"it is {name}; see: connect doctor"\nb = "'connect undo' does"\n""")
    assert len(list(written_out(source))) == 2
    source = tmp_path / "early.py"
    source.write_text("A = as_typed('undo')\ndef b(c=as_typed('redo')): return as_typed('show')\n")
    assert len(list(built_too_early(source))) == 2


NAME = "Finn O'Brien $(touch pwned)"
QUOTED = r"'Finn O'\''Brien $(touch pwned)'"
Try = Callable[[Journal], object]
HINTS: dict[str, Try] = {
    f"connect add {QUOTED}": lambda _: Silent().unknown(NAME, ()),
    f"connect every {QUOTED} 2w": lambda journal: away.snooze(journal, NAME),
    f"connect show {QUOTED}": lambda journal: memory.drop(journal, NAME, "tea"),
    f"connect edit {QUOTED}": lambda journal: people.edit(
        journal, journal.named(NAME), Profile(NAME, circle="close"), Profile(NAME, circle="inner")
    ),
}


@pytest.mark.parametrize("command", HINTS)
def test_a_hint_can_be_typed_as_it_stands(journal: Journal, command: str) -> None:
    """Whatever the name in it holds."""
    people.add(journal, Profile(NAME))
    with pytest.raises(ConnectError) as caught:
        HINTS[command](journal)
    assert command in (caught.value.hint or "")


def test_so_can_other_commands_that_are_shown(tmp_path: Path) -> None:
    """What gives a cadence, and what puts a copy back."""
    cadence = read_cadence("2w")
    assert isinstance(cadence, Cadence)
    assert every_command(Person("x", NAME), cadence) == f"connect every {QUOTED} 2w"
    assert sqlite.way_back(tmp_path / "journal.db").endswith("connect restore FILE")


BARE = re.compile(r"(?:^|: |'|\(|\| )connect (?=[a-z])", re.MULTILINE)


def test_commands_that_are_shown_name_the_journal_that_was_named(
    begin: Begin, journal_file: Path, connect: Connect, tmp_path: Path
) -> None:
    """Whatever a command on another journal says is to be typed is about that journal."""
    begin(*BEGINNING)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    other = elsewhere / "Ada's other.db"
    shutil.copy(journal_file, other)
    interaction = connect("history").out.split("\t")[0]
    for words in chain.from_iterable([*READING.values(), *WRITING.values()]):
        if words[:1] in (("init",), ("demo",), ("config",), ("export",)):
            continue  # scripts, another journal, settings, and what is exact
        given = [
            each.replace("ELSEWHERE", str(elsewhere)).replace("INTERACTION", interaction)
            for each in words
        ]
        answer = connect("--journal", str(other), *given)
        shown = [line for line in (answer.out + answer.err).splitlines() if BARE.search(line)]
        assert not shown, words


OWN_WORDS = "'connect undo' and job: connect people (connect log ada)"


@pytest.mark.parametrize(
    "words",
    [
        ("promise", "zed", OWN_WORDS),
        ("remember", "zed", OWN_WORDS),
        ("rename", "zed", OWN_WORDS),
        ("alias", "zed", OWN_WORDS),
        ("ask", "zed", OWN_WORDS),
        ("show", OWN_WORDS),
    ],
    ids=lambda words: words[0],
)
def test_what_users_write_themselves_is_never_taken_for_a_command(
    connect: Connect, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """It is said again as it was typed, in a journal that was named too."""
    named = ("--journal", str(tmp_path / "other.db"))
    connect(*named, "add", "Zed Young")
    answer = connect(*named, *words)
    assert OWN_WORDS in answer.out + answer.err


def test_the_way_out_of_damage_is_out_of_that_of_the_named_journal(
    connect: Connect, tmp_path: Path
) -> None:
    """Typed as it stands it mends that one, and the usual journal stays as it is."""
    other = tmp_path / "Ada's other.db"
    named = ("--journal", str(other))
    connect("add", "Real Person")
    connect(*named, "add", "Ada Lovelace")
    connect(*named, "backup")
    with closing(sqlite3.Connection(other)) as connection, connection:
        connection.execute("UPDATE command SET at = '2026-03-1x' WHERE seq = 1")
    answer = connect(*named, "changes")
    way = answer.err.split("put a copy back: ")[1].strip()
    program, *typed = shlex.split(way)
    assert (answer.code, program) == (5, "connect")
    assert connect(*typed, "--yes").code == 0
    assert connect(*named, "changes").code == 0
    assert "Real Person" in connect("people").out
