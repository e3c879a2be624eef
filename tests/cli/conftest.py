"""What the tests of the command line share: an encrypted journal."""

from pathlib import Path

import pytest

from connect_cli.store import signature
from tests.conftest import Begin
from tests.safety.test_encryption import KEY


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    """The key of the journal, said beforehand."""
    monkeypatch.setenv("CONNECT_KEY", KEY)
    return KEY


@pytest.fixture
def encrypted(begin: Begin, key: str, journal_file: Path) -> Path:
    """A journal with Ada in it, encrypted, and a copy of the day."""
    begin(
        ("add", "Ada Lovelace", "--every", "1w"),
        ("log", "coffee with ada 9 days ago: she is moving to Boston"),
        ("encrypt", "--yes"),
    )
    assert signature.is_encrypted(journal_file)
    return journal_file


@pytest.fixture
def unsaid(encrypted: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same journal, and a key that only somebody at the terminal says."""
    monkeypatch.delenv("CONNECT_KEY")
    return encrypted


@pytest.fixture
def _four_people(begin: Begin) -> None:
    """Four people, of whom Grace was seen last."""
    begin(
        ("add", "Ada Lovelace", "--alias", "Countess", "--tag", "choir"),
        ("add", "Grace Hopper"),
        ("add", "José Adão", "--tag", "work"),
        ("add", "Jean-Luc Moreau"),
        ("log", "coffee with ada 3 days ago"),
        ("log", "coffee with grace yesterday #chess"),
    )
