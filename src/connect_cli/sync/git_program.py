"""Run the program git in a repository of connect's own, so that nothing but its answer matters.

What the user set up to reach a repository is kept: ssh, credentials, proxies. What could change
what is stored, or run something, is not: hooks, filters, signatures, and the variables that a hook
of another repository leaves in the environment.

A run has a lock, and git inherits it: its messages go to the locked file. So where connect was
killed, the next run waits until the git that it had started has ended, and what is unfinished in
the repository then belongs to nobody and is removed.
"""

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from connect_cli import files, interrupts
from connect_cli.environment import for_others
from connect_cli.errors import CarrierFailed, shell_word

_PATIENCE, _PAUSE = 10.0, 0.05
"""Seconds to wait for another run, and between two looks."""

_SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.untrackedCache=false",
    "core.splitIndex=false",
    "core.attributesFile=/dev/null",
    "core.autocrlf=false",
    "core.safecrlf=false",
    "core.fileMode=false",
    "core.ignoreStat=false",
    "core.logAllRefUpdates=false",
    "core.sharedRepository=umask",
    "core.bigFileThreshold=16m",  # what is larger is streamed, never held in memory
    "core.compression=1",
    "core.multiPackIndex=false",
    "core.commitGraph=false",
    "init.defaultBranch=none",
    "init.defaultObjectFormat=sha1",
    "init.defaultRefFormat=files",
    "i18n.commitEncoding=utf-8",
    "gc.auto=0",
    "gc.writeCommitGraph=false",
    "gc.cruftPacks=false",
    "maintenance.auto=false",
    "fetch.writeCommitGraph=false",
    "fetch.pruneTags=false",
    "fetch.fsckObjects=true",
    "push.followTags=false",
    "push.pushOption=",
)
_QUIET_SETTINGS = ("http.lowSpeedLimit=1", "http.lowSpeedTime=30")

_KEPT = ("GIT_SSH", "GIT_SSL", "GIT_HTTP", "GIT_PROXY", "GIT_ASKPASS", "GIT_TERMINAL", "GIT_EXEC_")
_KEPT_SETTINGS = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")
"""Variables of git that say how a repository is reached; no other goes on to git."""

_OF_SSH = ("GIT_SSH_COMMAND", "GIT_SSH")
_SSH = "ssh -oBatchMode=yes -oConnectTimeout=20"
"""What git uses where nobody can be asked, unless the user chose a program."""

_WINDOWS = ("SSH_ASKPASS", "DISPLAY", "WAYLAND_DISPLAY")
"""Variables by which a question would open a window."""

_NOBODY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (
        ("NAME", "connect"),
        ("EMAIL", "connect@connect.invalid"),
        ("DATE", "946684800 +0000"),
    )
}
"""Who makes every commit, and when: the same content is the same commit."""

_ADVICE = re.compile(r"hint: |please make sure|and the repository exists|error: failed to push|to ")
_CAUSE = re.compile(r" ! \[|remote: (?:error|fatal)|error: |fatal: |ssh: ")
_PREFIX = re.compile(r"^(?:(?:remote|error|fatal|ERROR|ssh): +)+| *! ")
_UNREAD = "could not read from remote repository"

_NO_NETWORK = "nothing is lost: try again when the network is there"
_HINTS = (
    (
        r"resolve host|(?:could ?n.t|unable to|failed to) connect|unreachable|no route|timed out",
        _NO_NETWORK,
    ),
    (
        r"connection (?:refused|closed|reset)|hung up|too slow",
        _NO_NETWORK,
    ),
    (
        r"denyNonFastForwards|non-fast-forward|force.push|protected branch|GH006",
        "each machine replaces its own branch: allow forced pushes in that repository",
    ),
    (r"stale info|fetch first|remote ref", "something was pushed meanwhile: try again"),
    (r"no space left|quota", "free some space and try again"),
    (
        r"not found|does not exist|not appear to be a git repository",
        "make an empty repository there first, and look whether the address is right",
    ),
)


_MESSAGES, _RUNNING = "git.log", b"running\n"
"""The file of git's messages, and its first line during a run, which only a killed run leaves."""
_FAR = ("fetch", "push", "ls-remote")
"""The commands that connect to the remote."""


class LocalFailure(CarrierFailed):
    """Git failed in connect's own repository, which can be made again."""


class SaidNothing(CarrierFailed):
    """Git ended with an error of its own, and did not say why; nobody killed it."""


@dataclass(frozen=True)
class Git:
    """Git in one repository, for as long as the lock is held.

    remote: named in hints. messages: the locked file. asks: git and ssh may ask at the terminal.
    unfinished: the run before this one was killed. since: when this one began, in nanoseconds.
    """

    repository: Path
    remote: str
    messages: BinaryIO
    asks: bool
    unfinished: bool
    since: int

    def run(self, *words: str, fed: bytes = b"") -> bytes:
        """What a command prints. Raises CarrierFailed with what git said was wrong."""
        with self.started(*words) as process:
            printed, _ = process.communicate(fed)
        self._check(process, _verb(words))
        return printed

    @contextmanager
    def started(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """A running command; it is stopped in order if what is done meanwhile fails."""
        self.messages.truncate(len(_RUNNING))
        process = None
        try:
            with interrupts.postponed():
                process = self._start(words)
            yield process
            _close(process)
            process.wait()
        except BaseException:
            if process is not None:
                self._stop(process)
                _close(process)
            raise

    def _start(self, words: Sequence[str]) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603  # git, with words of our own
                self._command(words),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.messages,
                env=self._environment(_verb(words)),
                start_new_session=not self.asks,  # without a terminal nobody can be asked
            )
        except FileNotFoundError as error:
            raise CarrierFailed(
                "git is not installed", "install git, or name a folder instead"
            ) from error
        except OSError as error:
            raise CarrierFailed(f"cannot start git: {error.strerror or error}") from error

    def _command(self, words: Sequence[str]) -> list[str]:
        settings = (*_SETTINGS, *(() if self.asks else _QUIET_SETTINGS))
        named = (part for setting in settings for part in ("-c", setting))
        return ["git", f"--git-dir={self.repository}", *named, *words]

    def _environment(self, verb: str) -> dict[str, str]:
        env = surroundings(for_others(), asks=self.asks)
        if self.asks or verb not in _FAR or not env.keys().isdisjoint(_OF_SSH):
            return env
        return env if self._has_an_ssh() else {**env, _OF_SSH[0]: _SSH}

    def _has_an_ssh(self) -> bool:
        try:
            self.run("config", "--get", "core.sshCommand")
        except LocalFailure:
            return False
        return True

    def _stop(self, process: subprocess.Popen[bytes]) -> None:
        """End git as Ctrl-C does, so that it removes what is unfinished; if need be, by force."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                if self.asks:
                    process.send_signal(number)
                else:
                    os.killpg(process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
                return

    def _check(self, process: subprocess.Popen[bytes], verb: str) -> None:
        """Raise what a command that has ended failed with, if it did."""
        if process.returncode == -signal.SIGINT:
            raise KeyboardInterrupt
        if process.returncode:
            raise failure(verb, self._said(), process.returncode, self.remote)

    def _said(self) -> str:
        self.messages.seek(len(_RUNNING))
        return self.messages.read().decode(errors="replace")


def _verb(words: Sequence[str]) -> str:
    return next(word for word in words if word[0] != "-")


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # git ended before it had read everything
                pipe.close()


def surroundings(given: Mapping[str, str], *, asks: bool) -> dict[str, str]:
    """The environment of git, from that of connect."""
    kept = {name: value for name, value in given.items() if _is_kept(name)}
    quiet = {} if asks else {"GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": ""}
    if not asks:
        kept = {name: value for name, value in kept.items() if name not in _WINDOWS}
        quiet["SSH_ASKPASS_REQUIRE"] = "never"
    return {
        **kept,
        **quiet,
        **_NOBODY,
        "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh",
        "GIT_ATTR_NOSYSTEM": "1",
        "LC_ALL": "C",
    }


def _is_kept(name: str) -> bool:
    return not name.startswith("GIT_") or name.startswith(_KEPT) or name in _KEPT_SETTINGS


def failure(verb: str, said: str, code: int, remote: str) -> CarrierFailed:
    """What git said was wrong, in one line, and what can be done about it."""
    lines = [line.rstrip() for line in re.split(r"[\r\n]+", said) if line.strip()]
    cause = _cause([line for line in lines if not _ADVICE.match(line.lower())])
    found = (hint for pattern, hint in _HINTS if re.search(pattern, said, re.IGNORECASE))
    far = SaidNothing if code > 0 and not cause else CarrierFailed
    sort = far if verb in _FAR else LocalFailure
    return sort(
        f"git {verb} failed: {cause or f'it ended with {code}'}",
        next(found, f"look what git says without connect: git ls-remote {shell_word(remote)}"),
    )


def _cause(lines: Sequence[str]) -> str:
    """The line that says most: that before git's 'could not read', and else the last of a cause."""
    for line, following in pairwise(lines):
        if _UNREAD in following.lower():
            return _PREFIX.sub("", line).strip()
    causes = [line for line in lines if _CAUSE.match(line)] or list(lines)
    return _PREFIX.sub("", causes[-1]).strip() if causes else ""


@contextmanager
def alone(home: Path, repository: Path, remote: str, *, asks: bool) -> Iterator[Git]:
    """Git in the repository, while no other run and no git of a killed run uses it."""
    with files.reporting("write", home):
        messages = _locked(home / _MESSAGES)
    try:
        clear(repository, _LOCKS)
        yield Git(repository, remote, messages, asks and sys.stdin.isatty(), *_begin(messages))
    finally:
        with suppress(OSError):
            messages.truncate(0)
            _leave(home)
        messages.close()


def _begin(messages: BinaryIO) -> tuple[bool, int]:
    """Note that a run has begun; returns whether the note of another was left, and when it is."""
    left = os.fstat(messages.fileno()).st_size > 0
    messages.truncate(0)
    messages.write(_RUNNING)
    return left, os.fstat(messages.fileno()).st_mtime_ns


def _leave(home: Path) -> None:
    """Remove a home that holds nothing. Raises OSError."""
    if [each.name for each in home.iterdir()] == [_MESSAGES]:
        (home / _MESSAGES).unlink()
        home.rmdir()


def _locked(path: Path) -> BinaryIO:
    """The file of git's messages, open and locked. Raises CarrierFailed if it stays in use."""
    while True:
        files.make_folder(path.parent)
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            _wait_for(handle)
            if os.fstat(handle).st_nlink:
                return os.fdopen(os.dup(handle), "r+b", buffering=0)
        finally:
            os.close(handle)


def _wait_for(handle: int) -> None:
    until = time.monotonic() + _PATIENCE
    while not files.locked(handle, wait=False):
        if time.monotonic() > until:
            raise CarrierFailed(
                "git is still running for another sync of this journal",
                "try again when it has ended",
            )
        time.sleep(_PAUSE)


_LOCKS = ("*.lock", "gc.pid", "refs/*/*.lock", "objects/info/*.lock")
_PARTS = (
    "objects/pack/*.keep",  # what it protects could never be forgotten
    "objects/pack/*.lock",
    "objects/pack/tmp_*",
    "objects/pack/.tmp-*",
    "objects/tmp_*",
    "objects/??/tmp_*",
)
"""What a git that was killed leaves: what blocks the next one, and parts of what it was storing."""


def clear(repository: Path, patterns: Sequence[str] = _PARTS) -> None:
    """Remove what a git that was killed left. Raises ConnectError."""
    for pattern in patterns:
        for left in repository.glob(pattern):
            remove(left)


def remove(left: Path) -> None:
    """Remove a file or a folder, whether or not it is there. Raises ConnectError."""
    with files.reporting("write", left):
        try:
            is_folder = stat.S_ISDIR(left.lstat().st_mode)
        except (FileNotFoundError, NotADirectoryError):
            return
        if is_folder:
            shutil.rmtree(left)
        else:
            left.unlink()
