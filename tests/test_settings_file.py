"""The file of the settings: one is changed, and every other byte stays."""

import json
import stat
from pathlib import Path

import pytest

from connect_cli import settings_file
from connect_cli.control_characters import CONTROL, shown
from connect_cli.errors import ConnectError
from connect_cli.settings import PRESET_CIRCLES, Settings, from_file
from tests.conftest import Connect
from tests.test_settings import write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the settings of this test lie, once there are any."""
    return tmp_path / "config" / "connect" / "config.toml"


def test_the_first_change_makes_a_private_file_that_explains_itself(
    connect: Connect, path: Path
) -> None:
    """Every other key is there as a comment, with its default."""
    assert connect("config", "set", "capacity.sat", "0").out == "capacity.sat is 0. It was 3.\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.read_text() == settings_file.TEMPLATE.replace("# sat = 0", "sat = 0")
    assert [each.name for each in path.parent.iterdir()] == ["config.toml"]
    assert from_file(path).capacity == (3, 3, 3, 3, 3, 0, 3)


def test_what_a_killed_change_left_goes_with_the_next_one(connect: Connect, path: Path) -> None:
    """Half a file that nothing reads."""
    connect("config", "set", "capacity.sat", "0")
    path.with_name(".config.toml.0123456789ab.new").write_text("half")
    connect("config", "set", "capacity.sat", "1")
    assert [each.name for each in path.parent.iterdir()] == ["config.toml"]


def test_the_template_says_the_defaults(path: Path) -> None:
    """With every comment sign in front of a key taken away, nothing changes but the example."""
    lines = [
        line.removeprefix("# ") if "=" in line else line
        for line in settings_file.TEMPLATE.split("\n")
    ]
    write(path, "\n".join(lines))
    said = Settings(capacity=(3, 3, 3, 3, 3, 0, 3), file_circles=PRESET_CIRCLES)
    assert from_file(path) == said
    keys = {each.key for each in settings_file.listed(path) if each.origin == "default"}
    assert keys == set()


MINE = """\
# mine, do not touch

[capacity] # for the week
default = 2   # two are enough
# sat = 1 # after training

[circles]
choir = "2w" # rehearsals
"""
CHANGES = [
    ("capacity.default", "4", MINE.replace("default = 2 ", "default = 4 ")),
    ("capacity", "4", MINE.replace("default = 2 ", "default = 4 ")),
    ("CAPACITY.Sat", "0", MINE.replace("# sat = 1 # after", "sat = 0 # after")),
    ("capacity.sun", "1", MINE.replace("the week\n", "the week\nsun = 1\n")),
    ("circles.Choir", "3W", MINE.replace('"2w"', '"3w"')),
    ("circles.book club", "1m", MINE.replace("[circles]\n", '[circles]\n"book club" = "1m"\n')),
    ("day_starts_at", "5", f"day_starts_at = 5\n{MINE}"),
    ("today.reconnect", "Never", f'{MINE}\n[today]\nreconnect = "never"\n'),
]


@pytest.mark.parametrize(("key", "value", "text"), CHANGES, ids=[key for key, _, _ in CHANGES])
def test_a_change_leaves_every_other_byte_alone(
    connect: Connect, path: Path, key: str, value: str, text: str
) -> None:
    """Where a comment shows the key, it takes the comment's place."""
    write(path, MINE)
    assert connect("config", "set", key, value).code == 0
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("text", "key", "after"),
    [
        ("capacity = 2 # room\n", "capacity.sat", "capacity = {default = 2, sat = 1} # room\n"),
        ("capacity = 2 # room\n", "capacity", "capacity = 1 # room\n"),
        ("capacity = {default = 2}\n", "capacity.sat", "capacity = {default = 2, sat = 1}\n"),
        ("capacity.fri = 0\n", "capacity.sat", "capacity.fri = 0\ncapacity.sat = 1\n"),
        ("[ capacity ]\n", "capacity.sat", "[ capacity ]\nsat = 1\n"),
        ("capacity.fri = 0\n", "day_starts_at", "day_starts_at = 1\ncapacity.fri = 0\n"),
    ],
    ids=range(6),
)
def test_the_file_may_be_written_in_any_way_that_toml_knows(
    path: Path, text: str, key: str, after: str
) -> None:
    """One number, an inline table, dotted keys: all mean the same."""
    write(path, text)
    settings_file.change(path, key, "1")
    assert path.read_text() == after


KEYS = [one.key for one in settings_file.listed(Path("/nowhere"))]
CONTROLS = [
    "\x1b",
    "\x9b",
    "\x07",
    "\n",
    "\t",
    "\u202e",
    "\u2066",
    "\u2028",
    "\ufeff",
    "\U000e0041",
]


def is_refused(connect: Connect, key: str, *words: str) -> None:
    """A command that names the setting, and shows what is wrong with it."""
    ran = connect(*words)
    said, hint = ran.err.splitlines()
    assert (ran.code, ran.out, hint) == (2, "", "hint: leave that out")
    assert shown(key) in said
    assert "the control character \\" in said
    assert not CONTROL.search(said)


@pytest.mark.parametrize("control", CONTROLS, ids=ascii)
def test_no_setting_takes_a_control_character(connect: Connect, path: Path, control: str) -> None:
    """Neither as it is set, in its text or in the name of a circle, nor from a written file."""
    for key in (*KEYS, "circles.choir", f"circles.cho{control}ir"):
        is_refused(connect, key, "config", "set", key, f"a{control}b")
        assert not path.exists()
        section, _, name = key.rpartition(".")
        heading = f"[{section}]\n" if section else ""
        said = [json.dumps(text, ensure_ascii=False) for text in (name, f"a{control}b")]
        write(path, f"{heading}{' = '.join(said)}\n")
        is_refused(connect, key, "today")
        is_refused(connect, key, "config")
        assert connect("config", "path").code == 0
        path.unlink()


def test_a_file_that_is_wrong_can_be_mended_by_the_same_command(
    connect: Connect, path: Path
) -> None:
    """Another change to it is refused until then, and the path is still said."""
    write(path, "day_starts_at = 99 # late\n")
    assert connect("config").code == 2
    assert "day_starts_at" in connect("config", "set", "capacity", "2").err
    assert connect("config", "path").code == 0
    assert connect("config", "set", "day_starts_at", "3").out == "day_starts_at is 3.\n"
    assert path.read_text() == "day_starts_at = 3 # late\n"


def test_a_link_goes_on_leading_to_the_file(connect: Connect, path: Path, tmp_path: Path) -> None:
    """Whoever keeps such files elsewhere finds the change there, with the file's own mode."""
    own = tmp_path / "dotfiles" / "connect.toml"
    write(own, "day_starts_at = 3\n")
    own.chmod(0o640)
    path.parent.mkdir(parents=True)
    path.symlink_to(own)
    assert connect("config", "set", "day_starts_at", "5").code == 0
    assert path.is_symlink()
    assert own.read_text() == "day_starts_at = 5\n"
    assert stat.S_IMODE(own.stat().st_mode) == 0o640


def test_a_change_that_cannot_be_written_leaves_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is there as it was, and nothing lies beside it."""
    write(path, "day_starts_at = 3\n")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ConnectError, match="No space left"):
        settings_file.change(path, "day_starts_at", "5")
    assert path.read_text() == "day_starts_at = 3\n"
    assert [each.name for each in path.parent.iterdir()] == ["config.toml"]
