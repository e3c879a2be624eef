"""What each command loads: reads never pay for the write path, pipes never for the terminal."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Begin

HEAVY = {"sqlmodel", "sqlalchemy", "pydantic"}
PROGRAM = """
import sys
sys.argv = ["connect", *sys.argv[1:]]
from connect_cli.__main__ import main
try:
    main()
finally:
    print("LOADED", *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


ONE_AFTER_THE_OTHER = """
import json, sys
from connect_cli.__main__ import main
for words in json.loads(sys.argv[1]):
    sys.argv = ["connect", *words]
    try:
        main()
    except SystemExit:
        pass
    print("LOADED", *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


WHOLE = PROGRAM.replace('{name.partition(".")[0] for name in sys.modules}', "sys.modules")


def loaded(
    *words: str, env: dict[str, str] | None = None, program: str = PROGRAM
) -> tuple[str, set[str]]:
    """What a real command answered, and the top-level modules that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **(env or {})},
        check=False,
    )
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("LOADED ")]
    return done.stdout, set(line.split()[1:])


@pytest.fixture
def _some_interactions(begin: Begin) -> None:
    """A journal with a person and an interaction."""
    begin(
        ("add", "Ada Lovelace", "--every", "1w"),
        ("log", "coffee with ada: she is moving to Boston"),
    )


READS = [
    ("today",),
    (),
    ("show", "ada"),
    ("people",),
    ("people", "ada"),
    ("history",),
    ("search", "boston"),
    ("promises",),
    ("why", "ada"),
    ("balance",),
    ("plan",),
    ("ahead",),
    ("changes",),
    ("config",),
]


@pytest.mark.usefixtures("_some_interactions")
def test_a_piped_read_loads_neither_the_write_path_nor_rich() -> None:
    """Plain records and JSON cost neither SQLModel nor Rich, even one after the other."""
    commands = [*READS, *((*words, "--json") for words in READS if words)]
    done = subprocess.run(
        [sys.executable, "-c", ONE_AFTER_THE_OTHER, json.dumps(commands)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    lines = done.stderr.splitlines()
    assert all(line.startswith("LOADED ") for line in lines), done.stderr
    for words, line in zip(commands, lines, strict=True):
        assert not {*line.split()} & (HEAVY | {"rich", "tomlkit"}), words


ELSEWHERE = {
    "connect_cli.cli.completion_protocol",
    "connect_cli.cli.person",
    "connect_cli.cli.planning",
    "connect_cli.exchange",
    "connect_cli.journal.log",
    "connect_cli.exchange.export",
    "connect_cli.journal.merge",
    "connect_cli.journal.history",
    "connect_cli.journal.offered",
    "connect_cli.language.day_options",
    "connect_cli.language.logline",
    "connect_cli.language.reader",
    "connect_cli.render.explain_words",
    "connect_cli.reviews",
    "connect_cli.scheduler.explain",
    "connect_cli.scheduler.first_days",
    "connect_cli.scheduler.next_day",
    "connect_cli.terminal.editor",
    "connect_cli.safety.backup",
    "connect_cli.safety.checks",
    *("platformdirs", "secrets", "hashlib", "tempfile", "tomllib", "json", "importlib.resources"),
    *("random", "zoneinfo", "decimal"),
}
"""What other commands need."""


@pytest.mark.usefixtures("_some_interactions")
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs finds the places")
@pytest.mark.parametrize("words", [("today",), ("show", "ada"), ("people", "ada")], ids=" ".join)
def test_what_is_read_most_loads_nothing_of_other_commands(words: tuple[str, ...]) -> None:
    """One module of commands, one family of verbs, no library that it has no use for."""
    out, modules = loaded(*words, program=WHOLE)
    assert (out, "Ada Lovelace" in out) == (loaded(*words)[0], True)
    assert f"connect_cli.cli.{words[0]}" in modules
    assert not modules & ELSEWHERE


@pytest.mark.usefixtures("_some_interactions")
@pytest.mark.parametrize(
    "words",
    [("today",), ("show", "ada"), ("people", "ada"), ("connect show ad",)],
    ids=lambda words: words[0],
)
def test_what_only_changes_report_is_not_loaded_by_a_look(words: tuple[str, ...]) -> None:
    """Nor by Tab: the values of an import or a check take as long to make as those of a person."""
    env = {"_CONNECT_COMPLETE": "bash"} if len(words[0].split()) > 1 else {}
    out, modules = loaded(*words, env=env, program=WHOLE)
    assert "lovelace" in out.lower()
    assert "connect_cli.reports" not in modules


@pytest.mark.usefixtures("_some_interactions")
def test_a_prompt_loads_no_command_line() -> None:
    """Neither Typer nor the session, nor any verb; nor pathlib, which takes as long as it all."""
    out, modules = loaded("prompt", program=WHOLE)
    assert out == "" or out.endswith("left\n")
    assert "connect_cli.cli.prompt" in modules
    assert not modules & {"typer", "rich", "inspect", "connect_cli.cli.app", "connect_cli.session"}
    assert not modules & {"connect_cli.journal", "dataclasses", "pathlib", *ELSEWHERE}


@pytest.mark.parametrize("words", [("--help",), ("log", "--help"), ("--version",)], ids=" ".join)
def test_help_loads_neither_the_write_path_nor_rich(
    words: tuple[str, ...], journal_file: Path
) -> None:
    """Help and version are answered without touching the journal."""
    out, modules = loaded(*words)
    assert "connect" in out
    assert not modules & (HEAVY | {"rich"})
    assert not journal_file.parent.exists()


@pytest.mark.usefixtures("_some_interactions")
def test_completion_of_a_name_loads_neither_the_write_path_nor_rich() -> None:
    """Tab after `connect show a` offers Ada without what writing needs."""
    env = {"_CONNECT_COMPLETE": "fish"}
    out, modules = loaded("connect show a", env=env, program=WHOLE)
    assert "ada-lovelace" in out
    assert not modules & (HEAVY | {"rich"})
    assert "connect_cli.journal.offered" not in modules


def test_completion_makes_no_journal(journal_file: Path) -> None:
    """Tab in a home without a journal offers nothing and creates nothing."""
    env = {"_CONNECT_COMPLETE": "fish"}
    out, _ = loaded("connect show a", env=env)
    assert out.strip() == ""
    assert not journal_file.parent.exists()


@pytest.mark.parametrize("words", [("sync",), ("sync", "--json"), ("sync", "--machines")])
def test_a_run_with_nothing_new_loads_neither_the_write_path_nor_rich(
    begin: Begin, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Nor what opens encrypted files, nor Git: there are none in a plain folder."""
    begin(("log", "coffee with Ada", "--new"))
    set_up, _ = loaded("sync", "--setup", str(tmp_path / "meet"), "--yes")
    assert set_up == "Gave the whole journal.\n"
    out, modules = loaded(*words, program=WHOLE)
    assert out
    assert not modules & (HEAVY | {"rich", "tomlkit", "pyrage", "connect_cli.sync.git"})


def test_a_write_does_load_the_write_path() -> None:
    """The check can fail: logging does need SQLModel, though neither the load nor reasons."""
    _, modules = loaded("log", "coffee with ada", "--new", program=WHOLE)
    assert modules >= HEAVY
    assert not modules & {"connect_cli.scheduler.load", "connect_cli.scheduler.explain"}


@pytest.mark.parametrize(("name", "needs"), [("ada.vcf", False), ("pagen.yaml", True)])
def test_only_what_is_written_in_yaml_loads_its_reader(
    tmp_path: Path, name: str, *, needs: bool
) -> None:
    """An extra that most never install."""
    file = tmp_path / name
    texts = {"ada.vcf": "BEGIN:VCARD\nFN:Ada\nEND:VCARD\n", "pagen.yaml": "tool: pagen\ndata: []\n"}
    file.write_text(texts[name], encoding="utf-8")
    _, modules = loaded("import", str(file), "--dry-run")
    assert ("yaml" in modules) == needs
