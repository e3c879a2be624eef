"""A sync folder that is encrypted: three machines meet, and nobody else reads a name."""

import sys
from pathlib import Path

import pytest

from tests.sync.apart import Apart

pytest.importorskip("pyrage", reason="the extra for age is not installed")
pytest.importorskip("sqlcipher3", reason="the extra for encrypted journals is not installed")

pytestmark = pytest.mark.slow
KEY, WORDS = {"CONNECT_KEY": "key of the journal"}, {"CONNECT_PASSPHRASE": "words for the folder"}
WRONG = {"CONNECT_PASSPHRASE": "other words"}
NAMES = (b"Zebedee", b"note", b"Grace", b"person")
WITHOUT = """import sys
for name in {names}:
    sys.modules[name] = None
"""


def check_closed(folder: Path) -> None:
    """No byte of a name, or of a line, stands in any file there."""
    files = [each for each in folder.rglob("*") if each.is_file()]
    assert {each.suffix for each in files} == {".json", ".age"}
    for each in files:
        if each.name != "connect-sync.json":
            content = each.read_bytes()
            assert not [name for name in NAMES if name in content], each


def meet(machines: list[Apart]) -> None:
    """Let all sync until nothing is new; all have the same."""
    for _ in range(6):
        said = [machine.sync() for machine in machines]
        if not any(each["taken"] or each["given"] or each["waits"] for each in said):
            break
    first, *others = [machine.export() for machine in machines]
    assert all(other == first for other in others)


@pytest.fixture(params=["encrypted journal", "plain journal"])
def env(request: pytest.FixtureRequest) -> dict[str, str]:
    """What the machines find in their environment: the key of a journal only if it has one."""
    return {**WORDS, **(KEY if request.param == "encrypted journal" else {})}


@pytest.fixture
def machines(tmp_path: Path, env: dict[str, str]) -> list[Apart]:
    """Two machines; the first has made the folder."""
    made = [make(tmp_path, name, env) for name in "xy"]
    made[0].set_up(*(() if "CONNECT_KEY" in env else ("--encrypt",)))
    return made


def make(place: Path, name: str, env: dict[str, str]) -> Apart:
    """A machine whose journal is encrypted if its environment has a key."""
    machine = Apart(place, name, place / "folder", env)
    if name == "x" or "CONNECT_KEY" in env:
        machine.must("add", "Grace" if name == "x" else f"Nobody {name.upper() * 5}")
    if "CONNECT_KEY" in env:
        machine.must("encrypt", "--yes", CONNECT_NEW_KEY=KEY["CONNECT_KEY"])
    return machine


def test_three_machines_meet_and_the_folder_tells_nothing(
    machines: list[Apart], tmp_path: Path, env: dict[str, str]
) -> None:
    """Also when somebody is forgotten, and what lies there is what all gave."""
    machines.append(make(tmp_path, "z", env))
    for number, machine in enumerate(machines):
        if number:
            machine.set_up(*(("--join",) if "CONNECT_KEY" in machine.env else ()))
        who = ("Zebedee", "Otto", "Ida")[number]
        machine.must("log", f"tea with Grace, {who}: note {number}", "--new")
        machine.sync()
    meet(machines)
    machines[1].must("forget", "Zebedee", "--yes")
    meet(machines)
    assert b"Zebedee" not in machines[2].export()
    assert "to the byte" in machines[2].must("sync", "--check")
    check_closed(machines[0].folder)


def test_a_wrong_passphrase_is_refused_and_changes_nothing(machines: list[Apart]) -> None:
    """The machine can be set up with the right one afterwards."""
    two = machines[1]
    words = ("sync", "--setup", str(two.folder), "--yes", "--join")
    ran = two.run(*words, **WRONG)
    assert ran.code != 0
    assert ran.err.startswith("connect: ")
    assert "Traceback" not in ran.err
    assert two.run("sync").code != 0
    two.set_up("--join")
    meet(machines)


def test_without_the_key_one_line_says_what_is_missing(machines: list[Apart]) -> None:
    """key.age has not been carried there yet. Who has the key needs it no more."""
    one, two = machines
    (one.folder / "key.age").rename(one.home / "key.age")
    ran = two.run("sync", "--setup", str(two.folder), "--yes", "--join")
    assert ran.code != 0
    assert "key.age is not there" in ran.err
    one.must("log", "coffee with Grace: note without key.age")
    one.sync()
    (one.home / "key.age").rename(one.folder / "key.age")
    two.set_up("--join")
    meet(machines)


@pytest.mark.parametrize("when", ["set up", "sync"])
def test_without_the_extra_one_line_says_what_to_install(
    machines: list[Apart], tmp_path: Path, when: str
) -> None:
    """Nothing is taken or given, and once it is installed all is."""
    one, two = machines
    if when == "sync":
        two.set_up("--join")
        one.must("log", "coffee with Grace: note to come")
        one.sync()
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "sitecustomize.py").write_text(WITHOUT.format(names=["pyrage"]))
    words = ("--setup", str(two.folder), "--yes", "--join") if when == "set up" else ()
    path = f"{tmp_path / 'without'}:{two.env.get('PYTHONPATH', ':'.join(sys.path))}"
    ran = two.run("sync", *words, PYTHONPATH=path)
    assert ran.code != 0
    assert "connect-cli[" in ran.err
    assert "Traceback" not in ran.err
    if when == "set up":
        two.set_up("--join")
    meet(machines)
