"""The package offers its names, and today's list loads no more than it needs."""

import subprocess
import sys
from importlib import import_module

import pytest

from connect_cli import scheduler

LOADED = """
import sys
from connect_cli import scheduler
names = {name.partition(".")[0] for name in sys.modules}
print(*sorted(names & {"dateutil", "hashlib", "random", "statistics", "calendar"}))
print(*sorted(name for name in sys.modules if name.startswith("connect_cli.scheduler.")))
"""


@pytest.mark.parametrize("name", scheduler.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """Those that load late as well, from where the table of late names says."""
    late = {late: module for module, names in scheduler.LATER.items() for late in names}
    module = import_module(f"connect_cli.scheduler.{late[name]}") if name in late else scheduler
    assert getattr(scheduler, name) is vars(module)[name]


def test_a_name_that_is_not_there_is_said_so() -> None:
    """A late name must not hide a slip of the pen."""
    with pytest.raises(AttributeError, match="shame"):
        scheduler.shame  # noqa: B018  # asking is the test


def test_todays_list_loads_neither_dateutil_nor_the_load() -> None:
    """What only `why`, `plan` and `ahead` need is loaded when they ask."""
    ran = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    libraries, modules = ran.stdout.splitlines()
    assert libraries == ""
    late = {"circles", "forecast", "loads", "offers", "reasons", "rhythms"}
    assert not late & {name.rpartition(".")[2] for name in modules.split()}
