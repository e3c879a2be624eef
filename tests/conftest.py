"""What the tests share: the command line as a function, a journal of their own, a fixed morning."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine
from typer.testing import CliRunner

from connect_cli import interrupts
from connect_cli.errors import name_journal
from connect_cli.settings import Settings
from connect_cli.store import database, migrations, writes
from tests.hinted import hinted, refusal
from tests.once import command_of
from tests.ran import MORNING, Ran

if TYPE_CHECKING:
    from connect_cli.journal.journal import Journal
    from tests.cli.terminals import Terminal

__all__ = ["MORNING", "Begin", "Connect", "Ran"]

# Ignored in the background and under nohup; programs inherit that, and tests wait for their end.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# Properties look for an exception quickly here; .ci/run lets them look ten times as long.
settings.register_profile("connect", deadline=None, max_examples=20)
settings.register_profile("thorough", deadline=None, max_examples=200)
settings.load_profile("connect")


Connect = Callable[..., Ran]
Words = tuple[str, ...]
Begin = Callable[..., None]


NUMBERS = count(1)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: now and then one waits for a terminal, or for the disk."""
    return 1 + (os.cpu_count() or 1)


@pytest.fixture
def source(journal: Path) -> Iterator[sqlite3.Connection]:
    """An open connection to the file that a test calls its journal."""
    with closing(database.open_to_read(journal)) as connection:
        yield connection


@pytest.fixture(scope="session")
def passing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where commands make what does not last, so that nothing is left in the system's own place."""
    return tmp_path_factory.mktemp("passing")


def copied_schema(template: sqlite3.Connection) -> Callable[..., None]:
    """Stands in for `migrate`: a new journal is a copy of the template, which is ten times faster.

    The template was made by the real one, which also brings every journal up to date that is older.
    """
    real, newest = migrations.migrate, len(migrations.STEP_FILES)

    def migrate(connection: sqlite3.Connection, *more: Any, **named: Any) -> None:
        older = len(migrations.STEP_FILES) != newest
        if older or more or named or connection.execute("PRAGMA page_count").fetchone() != (0,):
            real(connection, *more, **named)
        else:
            template.backup(connection)

    return migrate


def engine_like(first: Engine) -> Callable[..., Engine]:
    """Stands in for `create_engine`: an engine that knows the statements which others compiled."""

    def create(*words: Any, **named: Any) -> Engine:
        engine = create_engine(*words, **named)
        engine.dialect = engine.pool._dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
        return engine

    return create


@pytest.fixture(scope="session", autouse=True)
def _quick_journals() -> Iterator[None]:
    """What a program does once is done once in each process of tests, not for every journal.

    That is to run the steps of the schema, and to compile the statements of SQLModel.
    """
    with closing(database.empty()) as template, pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "migrate", copied_schema(template))
        patch.setattr(writes, "create_engine", engine_like(create_engine("sqlite://")))
        yield


@pytest.fixture(scope="session")
def _places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where each test has a folder of its own."""
    return tmp_path_factory.mktemp("places")


@pytest.fixture
def own_place(request: pytest.FixtureRequest, _places: Path) -> Path:
    """A folder of this test's own, which is made by whoever writes there: most tests do not."""
    return _places / f"{next(NUMBERS)}-{request.node.originalname}"


@pytest.fixture
def tmp_path(own_place: Path) -> Path:
    """The same folder, made; pytest's own reads the names of all others to find a new one."""
    own_place.mkdir(mode=0o700, exist_ok=True)
    return own_place


@pytest.fixture(autouse=True)
def _no_key_is_held() -> Iterator[None]:
    """A commit holds Ctrl-C until the end of a run, which a test of a function does not reach."""
    yield
    interrupts.drop()


@pytest.fixture(autouse=True)
def _own_surroundings(own_place: Path, passing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has its own home, its own journal and the same morning."""
    for name in list(os.environ):
        if name.startswith(("CONNECT_", "XDG_")) or name in (
            "VISUAL",
            "EDITOR",
            "PAGER",
            "NO_COLOR",
            "LINES",
            "COLUMNS",
        ):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(own_place / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(own_place / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(own_place / "config"))
    monkeypatch.setenv("TMPDIR", str(passing))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("typer.testing._get_command", command_of)
    monkeypatch.setenv("CONNECT_NOW", MORNING)
    monkeypatch.setenv("TZ", "Europe/London")
    name_journal(None)  # whatever the command of another test named


@pytest.fixture
def journal_file(tmp_path: Path) -> Path:
    """Where the journal of this test lies, once something is written."""
    return tmp_path / "data" / "connect" / "journal.db"


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Connect:
    """Run a command in this process: `connect("log", "coffee with ada")`.

    Whatever it says to type can be typed.
    """
    from connect_cli.cli.app import app

    def run(*words: str, stdin: str = "", now: str = MORNING) -> Ran:
        monkeypatch.setenv("CONNECT_NOW", now)
        result = CliRunner().invoke(
            app, list(words), input=stdin, prog_name="connect", catch_exceptions=False
        )
        for hint in hinted(result.stderr):
            assert not (why := refusal(hint)), f"a hint leads nowhere: {hint}: {why}"
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture(scope="session")
def _begun() -> dict[tuple[str | None, tuple[Words, ...]], Path]:
    """Where the journals lie that tests began with, by the key of them and their commands."""
    return {}


@pytest.fixture
def begin(
    connect: Connect,
    journal_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
    _begun: dict[tuple[str | None, tuple[Words, ...]], Path],
) -> Begin:
    """Begin with the journal that commands leave; they run for the first test that asks for it."""

    def copied(*commands: Words) -> None:
        home, which = journal_file.parent, (os.environ.get("CONNECT_KEY"), commands)
        assert not home.exists(), "a journal begins once"
        assert all(words[0] != "config" for words in commands), "settings lie elsewhere"
        if which not in _begun:
            ran = [connect(*words) for words in commands]
            assert not [one for one in ran if one.code], ran
            kept = tmp_path_factory.mktemp("begun") / home.name
            shutil.copytree(home, kept)
            shutil.rmtree(home)
            _begun[which] = kept
        shutil.copytree(_begun[which], home)

    return copied


@pytest.fixture
def process() -> Connect:
    """Run a command as a process of its own, its output piped."""

    def run(*words: str, stdin: str = "", env: dict[str, str] | None = None) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "connect_cli", *words],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, **(env or {})},
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def open_journal(journal_file: Path) -> Iterator[Callable[..., "Journal"]]:
    """Open the journal of this test as the commands do, without a command line."""
    from connect_cli.journal.answers import Silent
    from connect_cli.journal.journal import Context, Journal

    opened: list[Journal] = []

    def open_on(now: str = MORNING, settings: Settings | None = None) -> "Journal":
        moment = datetime.fromisoformat(now).astimezone()
        journal = Journal(Context(journal_file, moment, settings or Settings(), Silent()))
        opened.append(journal)
        return journal

    yield open_on
    for journal in opened:
        journal.close()


@pytest.fixture
def journal(open_journal: Callable[..., "Journal"]) -> "Journal":
    """The journal of this test, on the usual morning."""
    return open_journal()


@pytest.fixture
def terminal() -> Iterator["Terminal"]:
    """Run a command at a terminal of its own."""
    from tests.cli.terminals import terminals

    with terminals() as run:
        yield run
