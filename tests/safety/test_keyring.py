"""Keys and passphrases: which is tried when, and what a command that prints a key may do."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from connect_cli.errors import ConnectError, NoKey, NotConfirmed, WrongKey
from connect_cli.safety import keyring
from connect_cli.safety.keyring import LONGEST, Ask, Keyring, printed_by

JOURNAL, COPY = Path("journal.db"), Path("copy.db")
BOTH = {"CONNECT_KEY": "of the journal", "CONNECT_COPY_KEY": "of the copy"}


def typing(*answers: str) -> Ask:
    """Somebody who types these, one after the other."""
    left = iter(answers)
    return lambda _: next(left)


def ring(
    environment: Mapping[str, str] | None = None, command: str = "", ask: Ask | None = None
) -> Keyring:
    """The keys of a run."""
    return Keyring(JOURNAL, environment or {}, command, ask)


TRIED: dict[str, tuple[Mapping[str, str], str, Sequence[str], Path, Sequence[str]]] = {
    "the environment before the command": (BOTH, "echo printed", (), JOURNAL, ["of the journal"]),
    "an empty variable is none": ({"CONNECT_KEY": ""}, "echo printed", (), JOURNAL, ["printed"]),
    "then what is typed": (BOTH, "", ("a", "b", "c"), JOURNAL, ["of the journal", "a", "b", "c"]),
    "a copy has a key of its own": (BOTH, "", (), COPY, ["of the copy", "of the journal"]),
    "nothing": ({}, "", (), JOURNAL, []),
}


@pytest.mark.parametrize("what", TRIED)
def test_keys_are_tried_in_one_order(what: str) -> None:
    """At last it is said that none opens the file."""
    environment, command, typed, path, wanted = TRIED[what]
    keys = ring(environment, command, typing(*typed) if typed else None)(path)
    assert [next(keys) for _ in wanted] == wanted
    with pytest.raises(NoKey):
        next(keys)


def test_a_key_is_asked_for_once() -> None:
    """It is tried first on what is opened later, and a copy of it too."""
    keys = ring(ask=typing("typed"))
    assert next(iter(keys(JOURNAL))) == "typed"
    assert next(iter(keys(JOURNAL))) == "typed"
    assert list(keys.at_hand(COPY)) == ["typed"]


NEW: dict[str, tuple[Mapping[str, str], Sequence[str], bool, str | type[ConnectError]]] = {
    "given": ({"CONNECT_KEY": "given"}, (), False, "given"),
    "given for a change": ({**BOTH, "CONNECT_NEW_KEY": "new"}, (), True, "new"),
    "typed twice": ({}, ("typed", "typed"), False, "typed"),
    "the old one is not taken": ({"CONNECT_KEY": "old"}, ("new", "new"), True, "new"),
    "two that differ": ({}, ("typed", "otherwise"), False, NotConfirmed),
    "blank": ({}, ("  ",), False, WrongKey),
    "nobody to ask": ({"CONNECT_KEY": "old"}, (), True, NoKey),
}


@pytest.mark.parametrize("what", NEW)
def test_a_new_key(what: str) -> None:
    """It is given, or typed twice."""
    environment, typed, again, wanted = NEW[what]
    keys = ring(environment, ask=typing(*typed) if typed else None)
    if isinstance(wanted, str):
        assert keys.new(again=again) == wanted
        return
    with pytest.raises(wanted):
        keys.new(again=again)


PASSPHRASES: dict[str, tuple[Mapping[str, str], Sequence[str], str | type[ConnectError]]] = {
    "given": ({"CONNECT_PASSPHRASE": "given"}, (), "given"),
    "typed twice": ({}, ("typed", "typed"), "typed"),
    "two that differ": ({}, ("typed", "otherwise"), NotConfirmed),
    "given, but empty": ({"CONNECT_PASSPHRASE": ""}, ("typed",), ConnectError),
    "nobody to ask": ({}, (), ConnectError),
}


@pytest.mark.parametrize("what", PASSPHRASES)
def test_a_new_passphrase(what: str) -> None:
    """It is given, or typed twice; what was encrypted before opens by typing it once."""
    environment, typed, wanted = PASSPHRASES[what]
    keys = ring(environment, ask=typing(*typed) if typed else None)
    if isinstance(wanted, str):
        assert keys.new_passphrase() == wanted
        assert ring(environment, ask=typing(wanted)).passphrase() == wanted
        return
    with pytest.raises(wanted):
        keys.new_passphrase()


@pytest.mark.parametrize("command", ["sh -c 'sleep 30; echo late'", "yes"])
def test_a_command_that_does_not_end_is_not_waited_for(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even when what it started keeps its output open, or it prints without end."""
    monkeypatch.setattr(keyring, "SECONDS", 0.2)
    with pytest.raises(WrongKey, match=r"gave no key within 0\.2 seconds"):
        printed_by(command, can_ask=False)


def test_what_a_command_left_running_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as an agent, which may keep the output open."""
    monkeypatch.setattr(keyring, "SECONDS", 5)
    assert printed_by("sh -c 'sleep 10 & echo key'", can_ask=False) == "key"


def test_the_longest_key() -> None:
    """One byte more is too much."""
    assert printed_by(f"printf '%{LONGEST - 1}s\\n' key", can_ask=False).endswith(" key")
    with pytest.raises(WrongKey, match="more than 4096 bytes"):
        printed_by(f"printf '%{LONGEST}s\\n' key", can_ask=False)
