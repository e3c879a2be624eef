"""How git is run: what goes on to it, what it says, and how a run ends."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from connect_cli.errors import CarrierFailed
from connect_cli.sync import git_program
from connect_cli.sync.git import Carrier
from connect_cli.sync.git_program import LocalFailure, failure, surroundings
from tests.sync.git_machines import ADA, BOB, Machine, Remote, program

SSH = """\
git@host: Permission denied (publickey).
fatal: Could not read from remote repository.

Please make sure you have the correct access rights
and the repository exists.
"""
GITHUB = """\
ERROR: Repository not found.
fatal: Could not read from remote repository.

Please make sure you have the correct access rights
and the repository exists.
"""
REJECTED = """\
remote: GitLab: You are not allowed to force push code to a protected branch on this project.
To https://host/x.git
 ! [remote rejected] abc -> x (pre-receive hook declined)
error: failed to push some refs to 'https://host/x.git'
"""
STALE = """\
To /x.git
 ! [rejected]        abc -> x (stale info)
error: failed to push some refs to '/x.git'
"""
HTTP = "fatal: unable to access 'https://h/x/': Could not resolve host: h\n"
SLOW = "fatal: unable to access 'https://h/x/': Operation too slow. Less than 1 bytes/sec\n"
USERNAME = "fatal: could not read Username for 'https://h': terminal prompts disabled\n"
FULL = "error: unable to write file: No space left on device\nfatal: unpack-objects failed\n"
NONE = "fatal: '/x.git' does not appear to be a git repository\n" + SSH.partition("\n")[2]
NETWORK, SPACE, HAND = "when the network is there", "free some space", "git ls-remote 'a b'"


@pytest.mark.parametrize(
    ("said", "cause", "hint"),
    [
        (SSH, "git@host: Permission denied (publickey).", HAND),
        (GITHUB, "Repository not found.", "make an empty repository"),
        (REJECTED, "[remote rejected] abc -> x (pre-receive hook declined)", "forced pushes"),
        (STALE, "[rejected]        abc -> x (stale info)", "try again"),
        (HTTP, "unable to access 'https://h/x/': Could not resolve host: h", NETWORK),
        (SLOW, SLOW.strip().removeprefix("fatal: "), NETWORK),
        (USERNAME, USERNAME.strip().removeprefix("fatal: "), HAND),
        (FULL, "unpack-objects failed", SPACE),
        (NONE, "'/x.git' does not appear to be a git repository", "make an empty repository"),
        ("warning: a\rwarning: b\n", "warning: b", HAND),
        ("", "it ended with 7", HAND),
    ],
)
def test_a_failure_is_one_line_with_a_hint(said: str, cause: str, hint: str) -> None:
    """The line that says most of what git said, without its advice, and what can be done."""
    failed = failure("push", said, 7, "a b")
    assert failed.message == f"git push failed: {cause}"
    assert hint in str(failed.hint)


def test_a_failure_in_the_own_repository_is_told_apart() -> None:
    """Only that is mended by making it again."""
    assert isinstance(failure("gc", "fatal: x", 128, ""), LocalFailure)
    assert not isinstance(failure("fetch", "fatal: x", 128, ""), LocalFailure)


GIVEN = {
    "HOME": "/me",
    "SSH_AUTH_SOCK": "/agent",
    "DISPLAY": ":0",
    "SSH_ASKPASS": "/ask",
    "GIT_SSH_COMMAND": "ssh -i key",
    "GIT_SSL_CAINFO": "/ca",
    "GIT_CONFIG_GLOBAL": "/config",
    "GIT_DIR": "/x",
    "GIT_WORK_TREE": "/x",
    "GIT_INDEX_FILE": "/x",
    "GIT_AUTHOR_NAME": "Me",
    "GIT_CONFIG_PARAMETERS": "'a'",
    "GIT_OBJECT_DIRECTORY": "/x",
    "GIT_TRACE": "1",
    "LC_ALL": "de_DE.UTF-8",
    "GIT_ASKPASS": "/ask",
}


def test_how_a_repository_is_reached_goes_on_to_git() -> None:
    """Ssh, certificates and settings stay the user's own; what a hook leaves does not."""
    env = surroundings(GIVEN, asks=True)
    kept = ("HOME", "SSH_AUTH_SOCK", "DISPLAY", "SSH_ASKPASS", "GIT_ASKPASS", "GIT_SSH_COMMAND")
    assert all(env[name] == GIVEN[name] for name in (*kept, "GIT_SSL_CAINFO", "GIT_CONFIG_GLOBAL"))
    gone = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CONFIG_PARAMETERS", "GIT_TRACE")
    assert not env.keys() & {*gone, "GIT_OBJECT_DIRECTORY"}
    assert (env["GIT_AUTHOR_NAME"], env["LC_ALL"]) == ("connect", "C")
    assert "GIT_TERMINAL_PROMPT" not in env


def test_where_nobody_can_be_asked_nobody_is() -> None:
    """Neither at a terminal nor in a window."""
    env = surroundings(GIVEN, asks=False)
    assert not env.keys() & {"DISPLAY", "SSH_ASKPASS"}
    assert (env["GIT_TERMINAL_PROMPT"], env["GIT_ASKPASS"]) == ("0", "")


def test_keys_of_the_journal_do_not_go_on(
    ada: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git and what it starts see no secret of connect."""
    monkeypatch.setenv("CONNECT_KEY", "secret")
    _instead_of_git(tmp_path, monkeypatch, f"env >> {tmp_path}/env")
    ada.carrier.fetch(ADA)
    assert "LC_ALL=C" in (tmp_path / "env").read_text()
    assert "secret" not in (tmp_path / "env").read_text()


def _instead_of_git(place: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let a script run before git."""
    program(place / "shim" / "git", f'{script}\nexec {shutil.which("git")} "$@"')
    monkeypatch.setenv("PATH", str(place / "shim"), prepend=os.pathsep)


SSH_PROGRAM = """
echo "$@" >> {}/ssh
for last; do :; done
exec sh -c "$last"
"""


@pytest.mark.parametrize("how", ["variable", "setting", "none"])
def test_the_users_ssh_is_used(
    how: str, remote: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program that the user chose; ssh in its quiet way only where no choice was made."""
    place = tmp_path / "ssh programs"
    program(place / "ssh", SSH_PROGRAM.format(tmp_path))
    chosen = f"'{place}/ssh' -i key"
    if how == "variable":
        monkeypatch.setenv("GIT_SSH_COMMAND", chosen)
    elif how == "setting":
        (tmp_path / "gitconfig").write_text(f'[core]\nsshCommand = "{chosen}"\n')
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    else:
        monkeypatch.setenv("PATH", str(place), prepend=os.pathsep)
    one, other = (
        Machine(name, Carrier(f"me@host:{remote.path}", tmp_path / name, quiet=True))
        for name in (ADA, BOB)
    )
    one.carrier.fetch(ADA)
    one.write(1, "one\n")
    one.sync()
    other.carrier.fetch(BOB)
    assert other.sees() == one.sees()
    said = (tmp_path / "ssh").read_text()
    assert ("BatchMode=yes" in said, "-i key" in said) == (how == "none", how != "none")


# How a run ends


@pytest.mark.parametrize("left", [*git_program._LOCKS, *git_program._PARTS])
def test_what_a_killed_git_left_blocks_nothing(left: str, ada: Machine, bob: Machine) -> None:
    """Locks go at once; parts of what it was storing go when the repository is pruned."""
    ada.sync()
    shapes = {"refs/*/*.lock": f"refs/connect/{BOB}.lock", "objects/??/tmp_*": "objects/17/tmp_x"}
    path = ada.carrier.repository / shapes.get(left, left.replace("*", "index"))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")
    bob.write(2, "two\n")
    bob.remove(1)
    bob.sync()
    ada.write(2, "two\n")
    ada.sync()
    assert not path.exists()
    bob.sync()
    assert ada.sees() == bob.sees()


RUN = """
import sys
from pathlib import Path
from connect_cli.sync.git import Carrier
Carrier(sys.argv[1], Path(sys.argv[2])).fetch(sys.argv[3])
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_git_does_not_outlive_a_run_unseen(
    number: int, ada: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C ends git too. After kill -9 the next run knows that git is still there."""
    with monkeypatch.context() as patch:
        hang = f"case $* in *' fetch '*) echo $$ > {tmp_path}/pipe; exec sleep 600;; esac"
        _instead_of_git(tmp_path, patch, hang)
        os.mkfifo(tmp_path / "pipe")
        words = [ada.carrier.remote, str(ada.carrier.home), ADA]
        run = subprocess.Popen([sys.executable, "-c", RUN, *words], stderr=subprocess.DEVNULL)
        started = int((tmp_path / "pipe").read_text())
        run.send_signal(number)
        assert run.wait() != 0
    if number == signal.SIGKILL:
        monkeypatch.setattr(git_program, "_PATIENCE", 0.0)
        with pytest.raises(CarrierFailed, match="still running"):
            ada.carrier.fetch(ADA)
        os.kill(started, signal.SIGKILL)
        monkeypatch.setattr(git_program, "_PATIENCE", 60.0)
    ada.carrier.fetch(ADA)  # it waits while git runs


def test_ctrl_c_that_only_git_heard_ends_the_run(
    ada: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While an answer is held back (interrupts.py) the terminal interrupts git all the same."""
    with monkeypatch.context() as patch:
        _instead_of_git(tmp_path, patch, "case $* in *' fetch '*) kill -INT $$;; esac")
        with pytest.raises(KeyboardInterrupt):
            ada.carrier.fetch(ADA)
    ada.carrier.fetch(ADA)


def test_a_fetch_that_is_killed_fails_and_fetches_nothing_anew(
    ada: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says nothing, like one of an empty repository, which alone is asked again otherwise."""
    with monkeypatch.context() as patch:
        _instead_of_git(tmp_path, patch, "case $* in *' --depth=1 '*) kill -9 $$;; esac")
        with pytest.raises(CarrierFailed, match="git fetch failed: it ended with -9"):
            ada.carrier.fetch(ADA)
    ada.carrier.fetch(ADA)


def test_two_runs_at_once_take_turns(ada: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second waits, and says after a while what it waits for."""
    monkeypatch.setattr(git_program, "_PATIENCE", 0.0)
    with (
        git_program.alone(ada.carrier.home, ada.carrier.repository, "x", asks=False),
        pytest.raises(CarrierFailed, match="still running"),
    ):
        ada.carrier.fetch(ADA)
    ada.carrier.fetch(ADA)
