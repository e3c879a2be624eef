"""What a pipe pays for."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["render", "render.plain", "render.as_json"])
def test_only_the_terminal_loads_rich(module: str) -> None:
    """A fresh process that answers a pipe or a program never imports it."""
    code = f"import sys, connect_cli.{module}; print('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
