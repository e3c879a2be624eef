"""The journal that the environment names, and its clock."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.environment import as_machine_name
from connect_cli.render.safe import clean
from tests.conftest import Connect
from tests.faults.test_files import refused


def test_another_journal_can_be_named(process: Connect, tmp_path: Path) -> None:
    """`--journal` wins over CONNECT_JOURNAL, which wins over the usual place."""
    one, two = tmp_path / "one.db", tmp_path / "deep" / "two.db"
    process("--journal", str(one), "add", "Ada")
    process("add", "Bo", env={"CONNECT_JOURNAL": str(two)})
    assert "Ada" in process("--journal", str(one), "people", env={"CONNECT_JOURNAL": str(two)}).out
    assert "Bo" in process("people", env={"CONNECT_JOURNAL": str(two)}).out
    assert process("people").out == ""


def test_a_moment_that_is_none_is_said(process: Connect) -> None:
    """CONNECT_NOW is for demonstrations; what it cannot read it refuses."""
    ran = process("today", env={"CONNECT_NOW": "soon"})
    assert (ran.code, "CONNECT_NOW holds 'soon'" in ran.err) == (2, True)


@pytest.mark.parametrize(
    "home",
    [
        *(pytest.param("", id="no"), pytest.param("/dev/null", id="file", marks=pytest.mark.slow)),
        pytest.param("/dev/null/deeper", id="below"),
    ],
)
def test_without_a_home_it_is_said(process: Connect, home: str, tmp_path: Path) -> None:
    """No traceback, whatever HOME holds; another journal can still be named."""
    env = {"HOME": home, "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": ""}
    if home:
        assert refused(process("log", "coffee with Ada", "--new", env=env))
    named = process("--journal", str(tmp_path / "mine.db"), "add", "Ada", env=env)
    assert named.code == 0, named


@given(st.text(max_size=80))
def test_a_name_of_a_machine_fits_into_a_sentence_and_is_cleaned_once(text: str) -> None:
    """Whoever reads it in another machine's file changes nothing more."""
    name = as_machine_name(text)
    assert len(name) <= 40
    assert as_machine_name(name) == name
    assert clean(name) == name
