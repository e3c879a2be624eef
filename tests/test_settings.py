"""The settings as a file says them: what is understood, and what is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.control_characters import CONTROL
from connect_cli.errors import ConnectError, SettingsWrong
from connect_cli.settings import (
    Settings,
    from_file,
    from_table,
    read_most,
    read_weekly,
    say_most,
    say_size,
    say_weekly,
)
from tests.conftest import Connect


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the settings of this test lie, once there are any."""
    return tmp_path / "config" / "connect" / "config.toml"


def test_settings_that_are_wrong_are_said_with_their_key(process: Connect, tmp_path: Path) -> None:
    """The file, the key and the nearest known one."""
    folder = tmp_path / "config" / "connect"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text("capcity = 3\n")
    ran = process("today")
    assert ran.code == 2
    assert "there is no setting 'capcity'" in ran.err
    assert "did you mean capacity?" in ran.err


def write(path: Path, text: str) -> None:
    """Put a settings file there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_circle_may_be_called_whatever_a_terminal_can_show(name: str) -> None:
    """Emoji of several signs too, and scripts that need joiners."""
    if CONTROL.search(name):
        with pytest.raises(SettingsWrong, match="control character"):
            from_table({"circles": {name: "2w"}})
    else:
        assert str(from_table({"circles": {name: "2w"}}).circles[name.casefold()]) == "2w"


def test_what_is_no_toml_is_refused_with_its_path(connect: Connect, path: Path) -> None:
    """It is not overwritten."""
    write(path, "capacity = [\n")
    ran = connect("config", "set", "capacity", "2")
    assert ran.code == 2
    assert f"{path} is not valid TOML" in ran.err
    assert path.read_text() == "capacity = [\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\xff\xfe", "cannot read the settings"),
        (b"today = 3\n", "'today' should be a table"),
        (b"capacity = true\n", "capacity should be a whole number"),
    ],
    ids=["bytes", "no table", "no number"],
)
def test_a_file_that_makes_no_sense_is_one_line_on_stderr(
    connect: Connect, path: Path, text: bytes, said: str
) -> None:
    """It names the file, and nothing is guessed."""
    write(path, "")
    path.write_bytes(text)
    ran = connect("config")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert str(path) in ran.err


def test_errors_of_settings_are_errors_of_connect() -> None:
    """So one place turns them into output."""
    assert issubclass(SettingsWrong, ConnectError)


@pytest.mark.parametrize(
    ("typed", "said", "size"),
    [
        ("500 MB", "500 MB", 500 * 10**6),
        (" 2gb ", "2 GB", 2 * 10**9),
        ("1000 Mb", "1 GB", 10**9),
        ("1234 MB", "1234 MB", 1_234_000_000),
        ("None", "none", None),
    ],
)
def test_a_size_is_read_in_megabytes_and_gigabytes(
    connect: Connect, path: Path, typed: str, said: str, size: int | None
) -> None:
    """It is said exactly as large as it was set, and read again from the file."""
    ran = connect("config", "set", "backups.most", typed)
    assert ran.out == f"backups.most is {said}. It was 200 MB.\n"
    assert from_file(path).backups_most == size
    assert f"backups.most\t{said}\tfile" in connect("config").out


@pytest.mark.parametrize("key", ["on_this_day", "energy"])
@pytest.mark.parametrize("typed", ["false", "OFF", " no "])
def test_a_line_of_the_morning_can_be_turned_off_and_on(
    connect: Connect, path: Path, key: str, typed: str
) -> None:
    """It is said as it is written in the file, where it is no text."""
    assert getattr(from_file(path), key) is True
    ran = connect("config", "set", f"today.{key}", typed)
    assert ran.out == f"today.{key} is false. It was true.\n"
    assert f"\n{key} = false\n" in path.read_text(encoding="utf-8")
    assert getattr(from_file(path), key) is False
    assert f"today.{key}\tfalse\tfile" in connect("config").out
    assert connect("config", "set", f"today.{key}", "on").out.startswith(f"today.{key} is true.")


@pytest.mark.parametrize("text", ['"false"', "0", "1"])
@pytest.mark.parametrize("key", ["on_this_day", "energy"])
def test_what_is_neither_true_nor_false_is_refused(
    connect: Connect, path: Path, key: str, text: str
) -> None:
    """A text would count as true."""
    write(path, f"[today]\n{key} = {text}\n")
    assert f"today.{key} should be true or false" in connect("config").err
    path.unlink()
    ran = connect("config", "set", f"today.{key}", "maybe")
    assert (ran.code, f"today.{key} should be true or false" in ran.err) == (2, True)
    assert not path.exists()


@pytest.mark.parametrize("text", ["[backups]\nmost = 200\n", "[backups]\nmost = true\n"])
def test_a_size_without_its_unit_is_refused(connect: Connect, path: Path, text: str) -> None:
    """Nobody knows of what."""
    write(path, text)
    ran = connect("config")
    assert (ran.code, "'200 MB' or '1 GB', or none" in ran.err) == (2, True)


def test_a_section_without_its_key_says_nothing(path: Path) -> None:
    """As if it were not there."""
    write(path, "[backups]\n")
    assert from_file(path) == Settings()


@pytest.mark.parametrize(
    ("size", "said"),
    [
        *[(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1 kB"), (1499, "1.5 kB")],
        *[(9_949, "9.9 kB"), (9_950, "10 kB"), (999_499, "999 kB"), (999_500, "1 MB")],
        *[(6_607_949, "6.6 MB"), (38_400_000, "38 MB"), (999_499_999, "999 MB")],
        *[(999_500_000, "1 GB"), (1_250_000_000, "1.2 GB"), (57_000_000_000, "57 GB")],
    ],
)
def test_a_size_is_rounded_for_eyes(size: int, said: str) -> None:
    """To two or three figures, in the unit that makes it short."""
    assert say_size(size) == said


def test_a_bound_is_said_as_it_is_read() -> None:
    """Of every size that can be set."""
    for amount in (1, 7, 200, 999, 1000, 1001, 999_999):
        for unit in ("MB", "GB"):
            most = read_most(f"{amount} {unit}", "x")
            assert read_most(say_most(most), "x") == most
    assert say_most(read_most("none", "x")) == "none"


@pytest.mark.parametrize(
    ("typed", "said", "minutes"),
    [
        ("3h a week", "3h a week", 180),
        ("30m a day", "3h 30m a week", 210),
        ("2 hours per week", "2h a week", 120),
        ("1h30 a week", "1h 30m a week", 90),
        ("1h 15 min a day", "8h 45m a week", 525),
        ("45 min/week", "45m a week", 45),
        ("24h a day", "168h a week", 7 * 24 * 60),
        ("None", "none", 0),
        ("", "none", 0),
    ],
)
def test_an_estimate_is_read_by_week_or_day_and_said_by_week(
    connect: Connect, path: Path, typed: str, said: str, minutes: int
) -> None:
    """A day is each of the seven; what is said can be typed again."""
    assert connect("config", "set", "balance.saved", typed).code == 0
    assert from_file(path).saved_weekly == minutes == read_weekly(said, "x")
    assert f"balance.saved\t{said}\tfile" in connect("config").out


@pytest.mark.parametrize(
    "text", ["3h", "a week", "h a week", "3 a week", "0h a week", "25h a day", "3h a month", "7"]
)
def test_an_estimate_of_no_week_is_refused(connect: Connect, path: Path, text: str) -> None:
    """In one line, and nothing is written."""
    ran = connect("config", "set", "balance.saved", text)
    assert (ran.code, path.exists()) == (2, False)
    assert "balance.saved should be a time such as '3h a week' or '30m a day'" in ran.err


@given(st.integers(0, 7 * 24 * 60))
def test_every_estimate_is_said_as_it_is_read(minutes: int) -> None:
    """To the minute."""
    assert read_weekly(say_weekly(minutes), "x") == minutes


@pytest.mark.parametrize(
    ("typed", "said", "share"),
    [("50%", "50%", 50), ("50 %", "50%", 50), ("1", "1%", 1), ("100%", "100%", 100)],
)
def test_the_part_for_people_is_in_percent(
    connect: Connect, path: Path, typed: str, said: str, share: int
) -> None:
    """With or without its sign; `none` takes it away."""
    assert connect("config", "set", "balance.reinvest", typed).out == (
        f"balance.reinvest is {said}. It was none.\n"
    )
    assert from_file(path).reinvest == share
    assert connect("config", "set", "balance.reinvest", "none").code == 0
    assert from_file(path).reinvest is None


@pytest.mark.parametrize("text", ["0%", "101%", "half", "-5%", "5.5%"])
def test_no_other_part_is_taken(connect: Connect, path: Path, text: str) -> None:
    """From 1 to 100 percent."""
    ran = connect("config", "set", "balance.reinvest", text)
    assert (ran.code, path.exists()) == (2, False)
    assert "balance.reinvest should be a part such as 50%" in ran.err


@pytest.mark.parametrize("name", ["inbox", "sync"])
def test_a_folder_may_be_none(name: str) -> None:
    """Then there is none, as where nothing is said."""
    assert from_table({name: {"folder": "none"}}) == Settings()
    said = from_table({name: {"folder": "/there"}})
    assert getattr(said, f"{name}_folder") == "/there"
