"""Golden files, and the renderers as functions from a value to what they write.

After a change that is meant, write the golden files anew and read the difference:
`pytest tests/render --snapshot-update`
"""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from connect_cli.render import Renderer
from connect_cli.render.as_json import AsJson
from connect_cli.render.plain import Plain
from connect_cli.render.rich_renderer import Terminal
from tests.render.samples import TODAY

GOLDEN = Path(__file__).parents[1] / "golden" / "render"

Draw = Callable[[Renderer], None]
Golden = Callable[[str, str], None]


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare with the golden file of that name, or write it (`--snapshot-update`)."""

    def compare(name: str, written: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("update_snapshots"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(written, encoding="utf-8", newline="")
        assert written == file.read_bytes().decode("utf-8")

    return compare


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
