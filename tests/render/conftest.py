"""Golden files, and the renderers as functions from a value to what they write.

After a change that is meant, write the golden files anew and read the difference:
`pytest tests/render -n 0 --snapshot-update`
"""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation
from syrupy.types import SnapshotIndex

from connect_cli.render import Renderer
from connect_cli.render.as_json import AsJson
from connect_cli.render.plain import Plain
from connect_cli.render.terminal import Terminal
from tests.render.samples import TODAY

GOLDEN = Path(__file__).parents[1] / "golden" / "render"

Draw = Callable[[Renderer], None]


class GoldenText(SingleFileSnapshotExtension):
    """One file for each answer, by the name that the test gives it."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(GOLDEN)

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        return str(index)


class GoldenJson(GoldenText):
    """The same, for JSON."""

    file_extension = "json"


class GoldenTsv(GoldenText):
    """The same, for tab-separated records."""

    file_extension = "tsv"


@pytest.fixture
def golden(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(GoldenText)


@pytest.fixture
def golden_json(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(GoldenJson)


@pytest.fixture
def golden_tsv(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(GoldenTsv)


def stream(encoding: str = "utf-8") -> io.TextIOWrapper:
    """A file of that encoding that fails, as a real one does, on what it cannot hold."""
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")


def written(file: io.TextIOWrapper) -> str:
    """What was written to it."""
    file.flush()
    buffer = file.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode(file.encoding)


def plain(draw: Draw, *, discreet: bool = False, encoding: str = "utf-8") -> str:
    """What a pipe gets."""
    file = stream(encoding)
    draw(Plain(file, TODAY, discreet))
    return written(file)


def as_json(draw: Draw, *, discreet: bool = False, encoding: str = "utf-8") -> str:
    """What a program gets."""
    file = stream(encoding)
    draw(AsJson(file, TODAY, discreet))
    return written(file)


def terminal(
    draw: Draw,
    width: int = 80,
    *,
    discreet: bool = False,
    colour: bool = False,
    encoding: str = "utf-8",
) -> str:
    """What a terminal of that width gets; without colour there are no escape sequences at all."""
    file = stream(encoding)
    console = Console(
        file=file,
        width=width,
        force_terminal=colour,
        color_system="256" if colour else None,
        legacy_windows=False,
        _environ={},
    )
    draw(Terminal(console, TODAY, discreet))
    return written(file)
