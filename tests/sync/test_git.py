"""Git carries the sync folder: real git, a bare repository and several machines."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from connect_cli.errors import CarrierFailed, ConnectError
from connect_cli.sync.git import Carrier
from tests.sync.git_machines import (
    ADA,
    BOB,
    CAT,
    NAME,
    Machine,
    Remote,
    contents,
    git,
    marker,
    program,
    stored,
)


def test_an_empty_repository_is_fine(machine: Callable[[str], Machine]) -> None:
    """The first machine finds nothing, and no marker is made up."""
    fresh = machine(ADA)
    found = fresh.carrier.fetch(ADA)
    assert (found.changed, found.gone, found.strange) == ((), (), False)
    assert fresh.sees() == {}


def test_three_machines_see_the_same(
    ada: Machine, bob: Machine, machine: Callable[[str], Machine]
) -> None:
    """After each has run twice, all mirrors are equal: marker, key and all files."""
    cat = machine(CAT)
    cat.carrier.fetch(CAT)
    cat.write(1, "three\n")
    everybody = (ada, bob, cat)
    for one in everybody * 2:
        one.sync()
    assert ada.sees() == bob.sees() == cat.sees()
    assert ada.sees().keys() == {
        *("connect-sync.json", "key.age"),
        *(f"machines/{one.name}/{file}" for one in everybody for file in FILES),
    }
    assert ada.sees()["connect-sync.json"].encode() == marker()


FILES = ("000001.jsonl", "machine.json")


def test_a_new_machine_gets_the_marker_and_the_key(
    ada: Machine, machine: Callable[[str], Machine]
) -> None:
    """Before it has an id it sees what there is."""
    cat = machine(CAT)
    assert cat.carrier.fetch(None).changed == (ADA,)
    assert cat.sees() == ada.sees()


def test_what_the_mirror_has_of_marker_and_key_stays(ada: Machine, bob: Machine) -> None:
    """A key of another machine does not replace the own one."""
    (bob.carrier.mirror / "key.age").write_bytes(b"wrapped anew")
    ada.write(2, "two\n")
    ada.sync()
    bob.sync()
    assert bob.sees()["key.age"] == "wrapped anew"


def changed_at(machine: Machine) -> dict[Path, tuple[int, int]]:
    """When each file of a mirror was changed, and how long it is."""
    files = {file: file.stat() for file in machine.carrier.mirror.rglob("*")}
    return {file: (each.st_mtime_ns, each.st_size) for file, each in files.items()}


def test_nothing_new_pushes_nothing(ada: Machine, bob: Machine, remote: Remote) -> None:
    """Files that are only touched, or written again as they were, are the same commit."""
    before = remote.branches()
    ada.write(1, "one\n")
    assert ada.carrier.push(ADA) is False
    assert remote.branches() == before
    ada.carrier.fetch(ADA)
    there = changed_at(ada)
    assert ada.carrier.fetch(ADA).changed == ()
    ada.carrier.prune()
    assert changed_at(ada) == there


def test_the_same_files_are_the_same_commit(ada: Machine, remote: Remote, tmp_path: Path) -> None:
    """Whoever runs it, when and where: a repository made anew has nothing to push."""
    shutil.rmtree(ada.carrier.repository)
    ada.carrier.fetch(ADA)
    assert ada.carrier.push(ADA) is False


def test_a_late_fetch_finds_the_last(ada: Machine, bob: Machine) -> None:
    """What was pushed and replaced meanwhile is never seen, and a changed file is replaced."""
    for number in range(2, 6):
        ada.write(number, f"segment {number}\n")
        ada.carrier.push(ADA)
        ada.remove(number)
    ada.write(1, "six\n")  # as long as what was there
    ada.sync()
    assert bob.carrier.fetch(BOB).changed == (ADA,)
    assert contents(bob.carrier.mirror / "machines" / ADA) == contents(ada.folder)


def test_history_never_grows_and_names_nobody(
    ada: Machine, remote: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each branch is one commit, of nobody and of no time, whatever git knows of the user."""
    (tmp_path / "gitconfig").write_text("[user]\nname = Real Name\nemail = real@example.org\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Real Name")
    for number in (2, 3):
        ada.write(number, "more\n")
        ada.sync()
    assert git(remote.path, "rev-list", "--all", "--count") == "1"
    who = "connect <connect@connect.invalid> 946684800 +0000"
    tree = git(remote.path, "rev-parse", f"{ADA}^{{tree}}")
    assert git(remote.path, "cat-file", "commit", ADA) == (
        f"tree {tree}\nauthor {who}\ncommitter {who}\n\nconnect"
    )


def test_only_what_is_new_travels(
    ada: Machine, bob: Machine, remote: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the commits have no history, neither a push nor a fetch carries a base again."""
    (tmp_path / "gitconfig").write_text("[transfer]\nunpackLimit = 1\n")  # kept as it travelled
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    (ada.folder / "000002.age").write_bytes(os.urandom(10**6))
    ada.sync()
    bob.sync()
    repositories = (ada.carrier.repository, bob.carrier.repository, remote.path)
    before = [_bytes(each) for each in repositories]
    ada.write(3, "small\n")
    ada.sync()
    bob.sync()
    grown = [_bytes(each) - size for each, size in zip(repositories, before, strict=True)]
    assert max(grown) < 20_000


def _bytes(repository: Path) -> int:
    return sum(
        each.stat().st_size for each in (repository / "objects").rglob("*") if each.is_file()
    )


def test_what_is_not_a_machines_file_is_not_pushed(ada: Machine, remote: Remote) -> None:
    """Unfinished files, links and what a file manager leaves stay here."""
    (ada.folder / ".000002.jsonl.0123456789ab.new").write_text("half")
    (ada.folder / ".DS_Store").write_text("x")
    (ada.folder / "000009.jsonl").symlink_to("/etc/passwd")
    (ada.carrier.mirror / "notes.txt").write_text("x")
    ada.carrier.push(ADA)
    assert "000009" not in git(remote.path, "ls-tree", "-r", ADA)
    assert len(git(remote.path, "ls-tree", "-r", ADA).splitlines()) == 4


def test_the_users_settings_change_nothing_that_is_stored(
    machine: Callable[[str], Machine],
    remote: Remote,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No hook, filter, ignored file, signature, line ending or variable of another repository."""
    seen = tmp_path / "seen"
    for hook in ("pre-push", "post-checkout", "reference-transaction", "pre-auto-gc", "fsmonitor"):
        program(tmp_path / "hooks" / hook, f'echo "$0 $PWD $GIT_DIR" >> {seen}')
    (tmp_path / "attributes").write_text("*.jsonl text eol=crlf filter=upper\n")
    (tmp_path / "ignored").write_text("*\n")
    (tmp_path / "gitconfig").write_text(
        f"[core]\nhooksPath = {tmp_path}/hooks\nfsmonitor = {tmp_path}/hooks/fsmonitor\n"
        f"attributesFile = {tmp_path}/attributes\nexcludesFile = {tmp_path}/ignored\n"
        f"autocrlf = true\n[filter.upper]\nclean = tr a-z A-Z\n"
        "[commit]\ngpgSign = true\n[push]\ngpgSign = true\nfollowTags = true\n"
        "[fetch]\npruneTags = true\n[init]\ndefaultObjectFormat = sha256\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    one = machine(ADA)
    one.carrier.fetch(ADA)
    one.write(1, "one\r\ntwo\n")
    one.sync()
    other = machine(BOB)
    other.carrier.fetch(BOB)
    assert (other.carrier.mirror / "machines" / ADA / "000001.jsonl").read_bytes() == (
        one.folder / "000001.jsonl"
    ).read_bytes()
    ran = seen.read_text() if seen.exists() else ""
    assert "journal.sync" not in ran  # the remote's own git may run hooks there
    assert "pre-push" not in ran
    assert not (tmp_path / "nowhere").exists()


# What is forgotten


def test_what_is_forgotten_is_stored_nowhere(ada: Machine, bob: Machine, remote: Remote) -> None:
    """After both have run, no byte is in either repository; nor in the remote after its own gc."""
    ada.sync()
    assert NAME.encode() in ada.stored()
    bob.write(2, "a base\n")
    bob.remove(1)
    bob.sync()
    ada.sync()
    for each in (ada, bob):
        assert NAME.encode() not in each.stored()
        assert NAME not in "".join(each.sees().values())
        assert not (each.carrier.home / "prune").exists()
    git(remote.path, "gc", "--quiet", "--prune=now")
    assert NAME.encode() not in stored(remote.path)


def test_what_never_reached_the_remote_is_forgotten_too(
    ada: Machine, bob: Machine, remote: Remote
) -> None:
    """A push that failed leaves nothing behind once the segment is replaced."""
    remote.hook("pre-receive", "exit 1")
    ada.write(2, f"saw {NAME} again\n")
    with pytest.raises(CarrierFailed):
        ada.carrier.push(ADA)
    (remote.path / "hooks" / "pre-receive").unlink()
    ada.write(2, "saw somebody again\n")
    ada.carrier.push(ADA)
    ada.carrier.prune()
    assert b"again" in ada.stored()
    assert b"Zebedee Quux again" not in ada.stored()


def test_nothing_is_pruned_in_vain(ada: Machine, bob: Machine) -> None:
    """How far a machine is changes each time; that alone is no reason to tidy up."""
    for number in range(2, 5):
        ada.write(number, "more\n")
        ada.carrier.fetch(ADA)
        ada.carrier.push(ADA)
        bob.carrier.fetch(BOB)
    for each in (ada, bob):
        assert not (each.carrier.home / "prune").exists()


def test_a_crowded_repository_is_tidied(ada: Machine) -> None:
    """Many small pieces that nothing holds do not pile up for years."""
    some = ada.carrier.repository / "objects" / "17"
    some.mkdir(exist_ok=True)
    for number in range(300):
        git(ada.carrier.repository, "hash-object", "-w", "--stdin", fed=b"%d" % number)
    for number in range(20):
        (some / f"{number:038x}").write_bytes(b"")
    ada.carrier.prune()
    assert len(ada.stored().splitlines()) < 50


# What goes away


def test_what_another_machine_removed_is_removed(ada: Machine, bob: Machine) -> None:
    """A file, and what somebody put between its files."""
    ada.sync()
    there = ada.carrier.mirror / "machines" / BOB
    (there / "folder").mkdir()
    (there / "notes.txt").write_text("x")
    bob.write(2, "two\n")
    bob.remove(1)
    bob.sync()
    ada.sync()
    assert {each.name for each in there.iterdir()} == {"000002.jsonl", "machine.json"}


@pytest.mark.parametrize("deletes", [True, False])
def test_a_retired_machine_is_dropped(
    deletes: bool, ada: Machine, bob: Machine, remote: Remote, tmp_path: Path
) -> None:
    """For everybody, also where the server lets nobody delete a branch; nothing of it is stored."""
    ada.sync()
    git(remote.path, "config", "receive.denyDeletes", str(not deletes).lower())
    ada.carrier.drop(BOB)
    ada.carrier.prune()
    assert (BOB in remote.branches()) is not deletes
    assert ada.carrier.fetch(ADA).gone == ()
    assert not (ada.carrier.mirror / "machines" / BOB).exists()
    assert NAME.encode() not in ada.stored()
    cat = Machine(CAT, Carrier(str(remote.path), tmp_path / CAT))
    cat.carrier.fetch(CAT)
    assert [each.name for each in (cat.carrier.mirror / "machines").iterdir()] == [ADA]


def test_a_machine_that_was_dropped_elsewhere_is_gone(
    ada: Machine, bob: Machine, remote: Remote
) -> None:
    """Its folder is removed; this machine's own stays, and is pushed again."""
    ada.sync()
    bob.carrier.fetch(BOB)
    ada.carrier.drop(BOB)
    assert bob.carrier.fetch(BOB).gone == ()
    assert (bob.folder / "000001.jsonl").exists()
    assert bob.carrier.push(BOB) is True
    assert ada.carrier.fetch(ADA).changed == (BOB,)
    git(remote.path, "update-ref", "-d", f"refs/heads/{BOB}")
    assert ada.carrier.fetch(ADA).gone == (BOB,)
    assert ada.sees().keys() == {"connect-sync.json", "key.age"} | {
        f"machines/{ADA}/{file}" for file in FILES
    }


def test_dropping_who_is_not_there_does_nothing(ada: Machine, remote: Remote) -> None:
    """As when two machines drop it at once."""
    before = remote.branches()
    ada.carrier.drop(CAT)
    assert remote.branches() == before


# A new disk, a copy, damage


def test_on_a_new_disk_the_own_files_come_back(ada: Machine, remote: Remote) -> None:
    """If the mirror has nothing of this machine, it gets what it had pushed."""
    before = ada.sees()
    shutil.rmtree(ada.carrier.home)
    found = ada.carrier.fetch(ADA)
    assert (ada.sees(), found.strange) == (before, False)
    assert ada.carrier.push(ADA) is False


def test_own_files_are_never_replaced(ada: Machine) -> None:
    """What this machine removed and has not pushed yet does not come back."""
    ada.write(2, "two\n")
    ada.remove(1)
    shutil.rmtree(ada.carrier.repository)
    ada.carrier.fetch(ADA)
    assert contents(ada.folder).keys() == {"000002.jsonl", "machine.json"}


def test_somebody_who_pushes_as_this_machine_is_noticed(ada: Machine, tmp_path: Path) -> None:
    """As after a journal was copied to another computer; what was pushed is not lost unseen."""
    copy = Machine(ADA, Carrier(ada.carrier.remote, tmp_path / "copy"))
    copy.carrier.fetch(ADA)
    copy.write(2, "of the copy\n")
    copy.carrier.push(ADA)
    ada.write(2, "of the first\n")
    with pytest.raises(CarrierFailed, match="stale info") as refused:
        ada.carrier.push(ADA)
    assert refused.value.hint == "something was pushed meanwhile: try again"
    assert ada.carrier.fetch(ADA).strange
    assert not copy.carrier.fetch(ADA).strange


def test_a_push_whose_answer_was_lost_is_not_strange(ada: Machine, remote: Remote) -> None:
    """The remote took it, and this machine did not hear of it and went on."""
    before = remote.branches()[ADA]
    ada.write(2, "two\n")
    ada.carrier.push(ADA)
    git(ada.carrier.repository, "update-ref", f"refs/connect/{ADA}", before)
    ada.write(3, "three\n")
    assert not ada.carrier.fetch(ADA).strange
    assert ada.carrier.push(ADA)


def _break(repository: Path, pattern: str) -> None:
    for each in (each for each in repository.glob(pattern) if each.is_file()):
        each.chmod(0o600)
        each.write_bytes(b"")


@pytest.mark.parametrize("pattern", ["objects/**/*", "refs/**/*", "index", "HEAD", "config"])
def test_a_damaged_repository_is_made_again(pattern: str, ada: Machine, bob: Machine) -> None:
    """Empty files, as a computer leaves them that lost its power: the next run goes on."""
    ada.sync()
    _break(ada.carrier.repository, pattern)
    ada.write(2, "two\n")
    bob.write(2, "two\n")
    bob.carrier.push(BOB)
    ada.sync()
    bob.sync()
    assert ada.sees() == bob.sees()


def test_what_somebody_did_to_the_mirror_is_mended(ada: Machine, bob: Machine) -> None:
    """A file of another machine that is gone, cut or a folder now comes back."""
    ada.sync()
    before = ada.sees()
    there = ada.carrier.mirror / "machines" / BOB
    (there / "machine.json").write_bytes(b"")
    (there / "000001.jsonl").unlink()
    (there / "000001.jsonl").mkdir()
    assert ada.carrier.fetch(ADA).changed == (BOB,)
    assert ada.sees() == before
    shutil.rmtree(there)
    ada.carrier.fetch(ADA)
    assert ada.sees() == before


def test_a_mirror_without_own_files_empties_no_branch(ada: Machine, remote: Remote) -> None:
    """Somebody deleted the folder: the remote keeps what it has."""
    before = remote.branches()
    shutil.rmtree(ada.folder)
    with pytest.raises(CarrierFailed, match="lacks the files"):
        ada.carrier.push(ADA)
    assert remote.branches() == before


# What git cannot do


def test_a_refused_push_is_one_line_and_changes_nothing(ada: Machine, remote: Remote) -> None:
    """What the server said is shown; later the same push succeeds."""
    remote.hook("pre-receive", "echo 'quota of me exceeded' >&2; exit 1")
    before, there = ada.sees(), remote.branches()
    ada.write(2, "two\n")
    given = ada.sees()
    with pytest.raises(CarrierFailed) as refused:
        ada.carrier.push(ADA)
    assert "pre-receive hook declined" in refused.value.message
    assert "\n" not in refused.value.message
    assert (ada.sees(), remote.branches()) == (given, there)
    assert before != given
    (remote.path / "hooks" / "pre-receive").unlink()
    assert ada.carrier.push(ADA)


def test_a_server_that_allows_no_forced_push_is_explained(ada: Machine, remote: Remote) -> None:
    """It is a setting there."""
    git(remote.path, "config", "receive.denyNonFastForwards", "true")
    ada.write(2, "two\n")
    with pytest.raises(CarrierFailed) as refused:
        ada.carrier.push(ADA)
    assert "allow forced pushes" in str(refused.value.hint)


@pytest.mark.parametrize("where", ["{}/none.git", "ssh://127.0.0.1:1/x", "http://127.0.0.1:1/x"])
def test_a_repository_that_cannot_be_reached_leaves_nothing(where: str, tmp_path: Path) -> None:
    """One line, a hint and no folder; it is not a fault of the journal."""
    with pytest.raises(CarrierFailed) as refused:
        Carrier(where.format(tmp_path), tmp_path / "home", quiet=True).fetch(ADA)
    assert refused.value.message.startswith("git ls-remote failed: ")
    assert refused.value.hint
    assert list(tmp_path.iterdir()) == []


def test_without_network_the_mirror_stays(ada: Machine, bob: Machine, remote: Remote) -> None:
    """The remote is away for a while: nothing is lost, and nothing made again."""
    ada.sync()
    before, stored_before = ada.sees(), ada.stored()
    away = remote.path.rename(remote.path.with_name("away.git"))
    for failing in (ada.carrier.fetch, ada.carrier.drop):
        with pytest.raises(CarrierFailed):
            failing(BOB)
    away.rename(remote.path)
    assert (ada.sees(), ada.stored()) == (before, stored_before)


def test_without_git_one_line_says_so(
    remote: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CarrierFailed, match="git is not installed"):
        Carrier(str(remote.path), tmp_path / "home").fetch(ADA)
    assert not (tmp_path / "home").exists()


def test_a_mirror_that_cannot_be_written_is_one_line(
    ada: Machine, bob: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: the next run writes what is missing."""

    def full(*_words: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("connect_cli.files.write", full)
        with pytest.raises(ConnectError, match="No space left on device"):
            ada.carrier.fetch(ADA)
    assert ada.carrier.fetch(ADA).changed == (BOB,)
    assert contents(ada.carrier.mirror / "machines" / BOB) == contents(bob.folder)


# Killed


RUN = """
import sys
from pathlib import Path
from connect_cli.sync.git import Carrier
carrier = Carrier(sys.argv[1], Path(sys.argv[2]))
carrier.fetch(sys.argv[3])
carrier.push(sys.argv[3])
carrier.prune()
"""

SHIM = """
count=1
while ! mkdir {place}/$count 2>/dev/null; do count=$((count + 1)); done
if [ $count = {at} ] && [ {when} = before ]; then kill -9 $PPID; fi
{git} "$@"
code=$?
if [ $count = {at} ] && [ {when} = after ]; then kill -9 $PPID; fi
exit $code
"""
"""Git that counts: two may start at once, and of a folder one alone is the maker."""
STEPS = 30
"""More than a run starts, so that the last trials are of a run that is not killed."""


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("at", range(1, STEPS))
def test_a_run_killed_at_any_step_is_made_good_by_the_next(
    at: int, when: str, ada: Machine, bob: Machine, tmp_path: Path
) -> None:
    """kill -9 as each git begins, which goes on alone, or as it ends: the next run goes on.

    Nothing that was given is lost, what was forgotten is nowhere, and nothing blocks.
    """
    ada.sync()
    ada.write(2, "two\n")
    ada.remove(1)
    bob.write(2, "a base\n")
    bob.remove(1)
    bob.carrier.push(BOB)
    place = tmp_path / "shim"
    real = shutil.which("git")
    program(place / "git", SHIM.format(place=place, at=at, when=when, git=real))
    words = [ada.carrier.remote, str(ada.carrier.home), ADA]
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words],
        env={**os.environ, "PATH": f"{place}:{os.environ['PATH']}"},
        check=False,
    )
    assert done.returncode == (-9 if (place / f"{at}").is_dir() else 0)
    ada.sync()
    bob.sync()
    assert ada.sees() == bob.sees()
    assert NAME.encode() not in ada.stored() + bob.stored()


@pytest.mark.slow
def test_an_owner_pushes_while_another_fetches(ada: Machine, bob: Machine) -> None:
    """Each fetch sees one whole push: the segments up to the number that the machine says."""
    owner = subprocess.Popen([sys.executable, "-c", PUSHES, *_words(ada)])
    while owner.poll() is None:
        bob.sync()
        there = contents(bob.carrier.mirror / "machines" / ADA)
        number = json.loads(there.pop("machine.json"))["number"]
        assert max(there) == f"{number:06}.jsonl"
    assert owner.returncode == 0
    bob.sync()
    ada.sync()
    assert ada.sees() == bob.sees()


PUSHES = """
import sys
from pathlib import Path
from connect_cli.sync.git import Carrier
from tests.sync.git_machines import Machine
machine = Machine(sys.argv[3], Carrier(sys.argv[1], Path(sys.argv[2])))
for number in range(2, 25):
    machine.write(number, f"segment {number}")
    machine.carrier.push(sys.argv[3])
"""


def _words(machine: Machine) -> list[str]:
    return [machine.carrier.remote, str(machine.carrier.home), machine.name]
