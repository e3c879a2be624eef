"""Copies encrypted with age, by a passphrase or for a key, and what is said of one that is shut."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from connect_cli.errors import ConnectError, NotUnderstood
from connect_cli.safety import age

pyrage: Any = import_module("pyrage")  # it has no types
SECRET = b"what Ada said"


def nobody() -> str:
    """Nobody is asked for a passphrase."""
    raise AssertionError


@pytest.fixture
def identity() -> Any:
    """A key pair."""
    return pyrage.x25519.Identity.generate()


def key_file(folder: Path, content: str) -> Path:
    """A file of keys."""
    path = folder / "key.txt"
    path.write_text(content)
    return path


@pytest.fixture
def for_key(identity: Any) -> bytes:
    """A copy for that key."""
    return age.encrypt_for([str(identity.to_public())])(SECRET)


@pytest.mark.slow  # a passphrase is made costly to try, on purpose
def test_what_was_encrypted_by_a_passphrase_opens_by_it_alone() -> None:
    """It is recognised by its first bytes; a wrong passphrase is said in one line."""
    content = age.encrypt_by("correct horse")(SECRET)
    assert age.is_encrypted(content)
    assert SECRET not in content
    assert age.decrypt(content, lambda: "correct horse", None) == SECRET
    with pytest.raises(ConnectError, match="this passphrase does not open it"):
        age.decrypt(content, lambda: "wrong", None)


def test_what_was_encrypted_for_keys_opens_with_any_of_them(identity: Any, tmp_path: Path) -> None:
    """The file of keys is as age-keygen writes it; nobody is asked for anything."""
    other = pyrage.x25519.Identity.generate()
    content = age.encrypt_for([str(other.to_public()), str(identity.to_public())])(SECRET)
    file = key_file(tmp_path, f"# created: today\n# public key: x\n{identity}\n\n")
    assert age.decrypt(content, nobody, file) == SECRET


def test_a_wrong_key_opens_nothing(for_key: bytes, tmp_path: Path) -> None:
    """It is said in one line."""
    other = key_file(tmp_path, str(pyrage.x25519.Identity.generate()))
    with pytest.raises(ConnectError, match="this key does not open it"):
        age.decrypt(for_key, nobody, other)


def test_a_copy_for_a_key_asks_for_no_passphrase(for_key: bytes) -> None:
    """It says how the key is named."""
    with pytest.raises(ConnectError, match="opens with a key") as raised:
        age.decrypt(for_key, nobody, None)
    assert "--identity KEYFILE" in str(raised.value.hint)


@pytest.mark.parametrize("content", [None, "no key", "\xff"], ids=["absent", "words", "bytes"])
def test_a_file_without_a_key_is_said(content: str | None, for_key: bytes, tmp_path: Path) -> None:
    """Whatever is wrong with it."""
    path = tmp_path / "key.txt"
    if content is not None:
        path.write_bytes(content.encode("latin-1"))
    with pytest.raises(ConnectError, match="holds no age key"):
        age.decrypt(for_key, nobody, path)


def test_a_recipient_that_is_no_key_is_refused() -> None:
    """Before anything is copied."""
    with pytest.raises(NotUnderstood, match="not an age public key"):
        age.encrypt_for(["age1nonsense"])


@pytest.mark.parametrize("cut", [20, 150, -1], ids=["in the head", "in the keys", "at the end"])
def test_a_copy_that_was_cut_off_does_not_open(
    cut: int, for_key: bytes, identity: Any, tmp_path: Path
) -> None:
    """Each part of it is sealed: less than the whole is nothing."""
    with pytest.raises(ConnectError, match="this key does not open"):
        age.decrypt(for_key[:cut], nobody, key_file(tmp_path, str(identity)))


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, and how to install it."""
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with pytest.raises(ConnectError, match="needs the extra 'backup'") as raised:
        age.check_installed()
    assert raised.value.hint == "pip install 'connect-cli[backup]'"
