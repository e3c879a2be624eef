"""What stands around the code: one test command, current documents, a lock, a whole wheel."""

import importlib
import re
import tomllib
import zipfile
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from string import ascii_letters, digits
from types import ModuleType
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder
from typer.core import TyperGroup
from typer.main import get_command

from connect_cli.cli.app import app
from connect_cli.language.logline import Reading, read_line
from connect_cli.language.names import Known, Names
from connect_cli.settings import PRESET_CIRCLES, WEEKDAYS, Settings, from_table
from connect_cli.settings_file import listed

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
NAME_LETTERS = f"{ascii_letters}{digits}._-"
PAGES = [
    "README.md",
    "CHANGELOG.md",
    *sorted(f"docs/{each.name}" for each in (ROOT / "docs").glob("*.md")),
]
TOP_LEVEL = {
    *(".ci", "docs", "src", "tests"),
    *(".gitignore", ".pre-commit-config.yaml", "pyproject.toml", "uv.lock"),
    *("CHANGELOG.md", "LICENSE", "README.md"),
}


@pytest.fixture
def document(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Import a script of docs/."""

    def load(name: str) -> ModuleType:
        monkeypatch.syspath_prepend(ROOT / "docs")
        return importlib.import_module(name)

    return load


def _shell_blocks(text: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_readme_and_ci_name_the_same_test_command() -> None:
    """Who follows README runs exactly what the checks run."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (command,) = re.findall(r'^TESTS="(.*)"$', script, re.MULTILINE)
    assert f"{command}\n" in _shell_blocks(README)
    assert 'bash -c "$TESTS"' in script


def test_ci_is_a_program() -> None:
    """`.ci/run` runs as it stands, and stops at the first check that fails."""
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111 == 0o111
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")


def test_the_set_up_command_is_one_line() -> None:
    """One line of README makes an environment, installs connect there and shows the demo."""
    (line, *_) = _shell_blocks(README)
    assert line.count("\n") == 1
    assert line.startswith("python3 -m venv .venv && ")
    assert line.endswith(" . && .venv/bin/connect demo\n")


def test_readme_tells_what_the_commands_really_answer(document: Any) -> None:
    """Run in order in a fresh journal; python docs/tour.py brings README up to date."""
    assert document("tour").retold(README) == README


def _examples(row: str) -> list[str]:
    (cell,) = re.findall(rf"^\| {row} \| (.*?) \|", README, re.MULTILINE)
    return re.findall(r"`([^`]+)`", cell)


def test_the_log_line_reads_what_readme_says_it_does() -> None:
    """Each example of the table means what its row says."""
    known = ("Ada Lovelace", "Grace Hopper", "José Sá", "Tom Baker")
    names = Names([Known(name, name) for name in known])

    today = date(2026, 11, 23)

    def read(line: str) -> Reading:
        return read_line(line, today, names)

    assert all(all(one.found for one in read(each).mentions) for each in _examples("who"))
    assert all(read(each).mentions for each in _examples("who"))
    assert all(read(f"{each} Ada").kind_said for each in _examples("what"))
    assert all(read(f"Ada {each}").day < today for each in _examples("when"))
    assert all(read(f"Ada {each}").minutes for each in _examples("how long"))
    assert all(read(f"Ada: tea {each}").tags for each in _examples("which"))


def test_the_tests_that_readme_names_are_there() -> None:
    """Each promise of README names the file that holds it."""
    named = set(re.findall(r"tests/[\w/]+\.py", README))
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


def test_every_command_is_in_the_reference(document: Any) -> None:
    """No command is without a heading in help, and none is missing in docs/commands.md."""
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    commands = set(_commands(group))
    assert set(document("reference").names()) == commands
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^### connect (.*)$", text, re.MULTILINE)) == commands


def _commands(group: TyperGroup) -> Iterator[str]:
    for name, command in group.commands.items():
        if not command.hidden:
            yield name
        if isinstance(command, TyperGroup):
            yield from (f"{name} {inner}" for inner in _commands(command))


def test_the_command_reference_is_current(document: Any) -> None:
    """What cog would write is there; cog -r -I docs README.md docs/commands.md writes it."""
    reference = document("reference")
    assert reference.full() in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert reference.short() in README


def test_the_words_of_relations_are_current(document: Any) -> None:
    """What cog would write is there; cog -r -I docs docs/relations.md writes it."""
    table, text = document("relations_table"), (ROOT / "docs" / "relations.md").read_text("utf-8")
    assert table.table() in text
    assert table.both_ways() in text


def test_the_pictures_show_the_demo(document: Any) -> None:
    """They hold what the program shows today; .ci/run compares them to the byte."""
    for name, drawn in document("make_picture").drawn().items():
        kept = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert _words(drawn) == _words(kept), "run python docs/make_picture.py"


def _words(svg: str) -> list[str]:
    return re.findall(r">([^<>\n]+)</text>", svg)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    """Links to files of the project name files that are there."""
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
    here = [link for link in links if "://" not in link]
    assert all(((ROOT / page).parent / link).exists() for link in here), here


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_a_page_names_is_there(page: str) -> None:
    """With the options that it names; the reference makes sure of the rest."""
    text, everything = (ROOT / page).read_text(encoding="utf-8"), get_command(app)
    for typed in re.findall(r"`connect ([a-z][^`|]*)", text):
        words = typed.split()
        command: Any = everything
        while isinstance(command, TyperGroup) and words and words[0].islower():
            command = command.commands.get(words.pop(0))
            assert command is not None, typed
        known = {each for one in command.params for each in one.opts + one.secondary_opts}
        assert {each for each in words if re.fullmatch("--[a-z-]+", each)} <= known | {"--help"}, (
            typed
        )


def test_the_settings_page_shows_every_default(tmp_path: Path) -> None:
    """All settings stand on the page, as they hold without a file."""
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert from_table(tomllib.loads(block)) == Settings(file_circles=PRESET_CIRCLES)
    page = tmp_path / "config.toml"
    page.write_text(block, encoding="utf-8")
    days = [f"capacity.{day}" for day in WEEKDAYS]  # `capacity.default` says them
    unsaid = [one.key for one in listed(page) if one.origin == "default" and one.key not in days]
    assert unsaid == []


def test_the_top_level_holds_nothing_else() -> None:
    """Every name at the top is one that a newcomer can account for."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    patterns = [".git", *(pattern.rstrip("/") for pattern in ignored)]
    names = {path.name for path in ROOT.iterdir()}
    assert {one for one in names if not any(fnmatch(one, each) for each in patterns)} == TOP_LEVEL


def test_readme_says_where_things_are() -> None:
    """The directories at the top are named in README."""
    assert all(f"`{name}/" in README for name in ("src", "tests", "docs", ".ci"))


def test_the_lock_matches_the_project() -> None:
    """uv lock brings it up to date: it names each dependency with the bounds of pyproject."""
    (own,) = [one for one in _locked() if one["name"] == PROJECT["name"]]
    wanted = own["metadata"]["requires-dist"]
    declared = [*PROJECT["dependencies"], *(one for extra in EXTRAS for one in _wanted_by(extra))]
    assert sorted(f"{one['name']}{_bounds(one)}" for one in wanted) == sorted(map(_tidy, declared))


def test_the_lock_names_the_public_index_only() -> None:
    """A lock made on one machine works on another."""
    sources = {str(one["source"]) for one in _locked() if one["name"] != PROJECT["name"]}
    assert sources == {str({"registry": "https://pypi.org/simple"})}


def _locked() -> list[dict[str, Any]]:
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    assert isinstance(packages, list)
    return packages


def _wanted_by(extra: str) -> Iterator[str]:
    """What an extra names; another extra of ours stands for all that it names."""
    for requirement in EXTRAS[extra]:
        ours = requirement.startswith(f"{PROJECT['name']}[")
        named = requirement[:-1].split("[")[1].split(",") if ours else ()
        yield from (each for one in named for each in _wanted_by(one)) if ours else (requirement,)


def _bounds(requirement: dict[str, str]) -> str:
    return ",".join(sorted(requirement.get("specifier", "").split(",")))


def _tidy(requirement: str) -> str:
    bounds = requirement.lstrip(NAME_LETTERS)
    name = requirement.removesuffix(bounds)
    return f"{name}{','.join(sorted(bounds.split(',')))}"


def test_the_wheel_is_whole(tmp_path: Path) -> None:
    """Whoever installs the wheel alone has the SQL steps, demo, pages, types and licence."""
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path))
    names = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "src" / "connect_cli"
    ours = {
        path.relative_to(package.parent).as_posix()
        for path in package.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert ours <= names
    assert any(name.endswith(".sql") for name in ours)
    names_of_pages = ("frame", "review", "phone")
    pages = {
        f"connect_cli/render/templates/{name}.{ending}"
        for name in names_of_pages
        for ending in ("html", "css")
    }
    assert {"connect_cli/journal/demo.toml", "connect_cli/py.typed", *pages} <= ours
    assert any(name.endswith("licenses/LICENSE") for name in names)
