"""What a branch of a machine may hold; everything else is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from connect_cli.errors import ConnectError
from connect_cli.sync.git import Carrier
from tests.sync.git_machines import ADA, BOB, CAT, Machine, Remote, git, marker


def _history(remote: Remote) -> None:
    tree = remote.folder(BOB, ("100644", remote.blob(b"x"), "000001.jsonl"))
    remote.put(BOB, remote.commit(tree, remote.commit(tree)))


def _root(*entries: tuple[str, str]) -> Callable[[Remote], None]:
    def put(remote: Remote) -> None:
        named = (("100644", remote.blob(content.encode()), name) for name, content in entries)
        remote.put(BOB, remote.commit(remote.tree(*named)))

    return put


def _inside(mode: str, name: str, machine: str = BOB) -> Callable[[Remote], None]:
    def put(remote: Remote) -> None:
        tree = remote.folder(machine, (mode, remote.blob(b"../../x"), name))
        remote.put(BOB, remote.commit(tree))

    return put


def _submodule(remote: Remote) -> None:
    commit = remote.commit(remote.tree())
    remote.put(BOB, remote.commit(remote.folder(BOB, ("160000", commit, "000001.jsonl"))))


def _branch(name: str) -> Callable[[Remote], None]:
    return lambda remote: remote.put(name, remote.commit(remote.tree()))


MARKED = ("connect-sync.json", marker().decode())
FOREIGN: dict[str, Callable[[Remote], None]] = {
    "a branch": _branch("main"),
    "a branch within": _branch(f"{BOB}/x"),
    "a branch in capitals": _branch(BOB.upper()),
    "a history": _history,
    "a file": _root(MARKED, ("README.md", "x")),
    "no marker": _root(("key.age", "x")),
    "nothing": _root(),
    "a large marker": _root(("connect-sync.json", marker().decode() + " " * 5000)),
    "a large key": _root(MARKED, ("key.age", "x" * 70_000)),
    "a marker that is no JSON": _root(("connect-sync.json", "{")),
    "a marker that is a list": _root(("connect-sync.json", "[]")),
    "a marker of others": _root(("connect-sync.json", '{"connect": "else", "journal": "x"}')),
    "a marker too deep": _root(("connect-sync.json", "[" * 4000)),
    "a journal that is a number": _root(
        ("connect-sync.json", '{"connect": "sync folder", "j": 1}')
    ),
    "another journal": _root(("connect-sync.json", marker("another").decode())),
    "a link": _inside("120000", "000001.jsonl"),
    "a program": _inside("100755", "000001.jsonl"),
    "a submodule": _submodule,
    "a name": _inside("100644", "notes.txt"),
    "a name in other digits": _inside("100644", "٠٠٠٠٠١.jsonl"),
    "a name with a line break": _inside("100644", "000001.jsonl\n"),
    "a way up": _inside("100644", "..", BOB),
    "a way up and down": _inside("100644", "../../../x", BOB),
    "a machine that is a way up": _inside("100644", "000001.jsonl", ".."),
    "a folder of git": _inside("100644", "config", ".git"),
    "a file of another machine": _inside("100644", "000001.jsonl", CAT),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_what_is_not_of_connect_is_refused(
    what: str, ada: Machine, remote: Remote, tmp_path: Path
) -> None:
    """In one clear line, before anything is written; and all is well once it is gone."""
    before, outside = ada.sees(), {each.name for each in tmp_path.iterdir()}
    FOREIGN[what](remote)
    with pytest.raises(ConnectError) as refused:
        ada.carrier.fetch(ADA)
    assert refused.value.hint
    assert len(refused.value.message.splitlines()) == 1 or "line break" in what
    assert ada.sees() == before
    assert {each.name for each in tmp_path.iterdir()} == outside
    for branch in remote.branches().keys() - {ADA}:
        git(remote.path, "update-ref", "-d", f"refs/heads/{branch}")
    ada.sync()
    assert ada.sees() == before


@pytest.mark.slow
@pytest.mark.parametrize("what", [what for what in FOREIGN if what != "another journal"])
def test_a_foreign_repository_leaves_nothing(what: str, remote: Remote, tmp_path: Path) -> None:
    """Who names a wrong repository has no mirror, no repository and no folder afterwards."""
    FOREIGN[what](remote)
    with pytest.raises(ConnectError):
        Carrier(str(remote.path), tmp_path / "home").fetch(ADA)
    assert not (tmp_path / "home").exists()


def test_a_repository_with_a_tag_is_somebody_elses(remote: Remote, tmp_path: Path) -> None:
    """It is refused before anything of it is fetched."""
    git(remote.path, "update-ref", "refs/tags/v1", remote.commit(remote.tree()))
    with pytest.raises(ConnectError, match="the tag 'v1'"):
        Carrier(str(remote.path), tmp_path / "home").fetch(ADA)


def test_two_journals_in_one_repository_are_refused(ada: Machine, tmp_path: Path) -> None:
    """Also by a machine that has none of them yet."""
    FOREIGN["another journal"](Remote(tmp_path / "else.git"))
    git(Path(ada.carrier.remote), "fetch", str(tmp_path / "else.git"), f"{BOB}:{BOB}")
    with pytest.raises(ConnectError, match="two journals"):
        Carrier(ada.carrier.remote, tmp_path / "home").fetch(CAT)


def test_other_refs_of_a_server_are_not_looked_at(
    ada: Machine, bob: Machine, remote: Remote
) -> None:
    """What a server keeps for itself, as of pull requests, is no branch."""
    git(remote.path, "update-ref", "refs/pull/1/head", remote.commit(remote.tree()))
    assert ada.carrier.fetch(ADA).changed == (BOB,)
