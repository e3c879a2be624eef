"""What Tab offers: people, tags, kinds, circles, cadences, promises and interactions."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from connect_cli.cli.app import app
from connect_cli.journal.journal import Journal
from tests.conftest import Connect


def offered(line: str, **env: str) -> list[str]:
    """What Tab offers at the end of a line in fish, which is told whole words."""
    result = CliRunner().invoke(
        app, [line], prog_name="connect", env={"_CONNECT_COMPLETE": "fish", **env}
    )
    assert isinstance(result.exception, SystemExit | None)
    assert result.stderr == ""
    return result.stdout.splitlines()


def words(line: str) -> list[str]:
    """The same without what stands beside them."""
    return [offer.split("\t")[0] for offer in offered(line)]


@pytest.mark.usefixtures("_four_people")
@pytest.mark.parametrize(
    ("line", "fitting"),
    [
        ("connect show ada", ["ada-lovelace", "adao"]),
        ("connect show Ada", ["Ada-lovelace", "Adao"]),
        ("connect show lov", ["lovelace"]),
        ("connect show coun", ["countess"]),
        ("connect show jose", ["jose-adao"]),
        ("connect show josé", ["josé-adao"]),
        ("connect show luc", ["luc-moreau"]),
        ("connect show ada-l", ["ada-lovelace"]),
        ("connect show grace-h", ["grace-hopper"]),
        ("connect show %", []),
        ("connect show _", []),
        ("connect log with-nobody", []),
        ("connect show ada lov", ["lovelace"]),
        ("connect show ada hop", []),
        ("connect show 'ada l", ["ada lovelace"]),
        ("connect show ada --json lov", ["lovelace"]),
        ("connect history ada lov", ["lovelace"]),
        ("connect history ada septem", ["september"]),
        ("connect history quart", ["quarter"]),
        ("connect promises ada lov", ["lovelace"]),
        ("connect people ada hop", ["hopper"]),
        ("connect promise ada lov", ["lovelace"]),
        ("connect promise ada hop", []),
        ("connect promise ada send lov", []),
        ("connect remember jean luc more", ["moreau"]),
        ("connect every ada lov", ["lovelace"]),
        ("connect every ada 2", ["2w", "2m"]),
        ("connect snooze ada lov", ["lovelace"]),
        ("connect merge ada lov", ["lovelace"]),
        ("connect merge ada hop", ["hopper"]),
        ("connect show ada-lovelace", ["ada-lovelace"]),
        ("connect show '(hop", ["(hopper"]),
        ("connect people --tag CHO", ["CHOir"]),
        ("connect people --tag=ch", ["--tag=chess", "--tag=choir"]),
        ("connect --version hist", ["history"]),
        ("connect log gra", ["grace-hopper"]),
        ("connect log --with gra", ["grace-hopper"]),
        ("connect every hop", ["hopper"]),
        ("connect people hop", ["hopper"]),
        ("connect people --tag ", ["choir", "chess", "work"]),
        ("connect history --tag ch", ["chess", "choir"]),
        ("connect history --kind v", ["video", "visit"]),
        ("connect log --kind co", ["coffee"]),
        ("connect every ada 1", ["1w", "1m", "1y"]),
        ("connect archive ada, gra", ["grace-hopper"]),
        ("connect archive ada and gra", ["grace-hopper"]),
        ("connect archive ada lov", ["lovelace"]),
        ("connect archive ada,gra", ["ada,grace-hopper"]),
        ("connect archive 'ada, gra", ["ada, grace-hopper"]),
        ("connect promise ada, gra", ["grace-hopper"]),
        ("connect snooze ada and j", ["jose-adao", "jean-luc-moreau"]),
        ("connect snooze ada, grace hop", ["hopper"]),
        ("connect snooze --tag cho", ["choir"]),
        ("connect snooze ada ", []),
        ("connect tag ada cho", ["choir"]),
        ("connect tag ada lov", ["lovelace"]),
        ("connect tag ada ", ["choir", "chess", "work"]),
        ("connect tag ada, gra", ["grace-hopper"]),
        ("connect tag ada, grace c", ["choir", "chess"]),
        ("connect edit ada --circle cl", ["close"]),
        ("connect edit ada, gra", ["grace-hopper"]),
        ("connect resume --circle cl", ["close"]),
        ("connect pause --state pau", ["paused"]),
        ("connect add X --every ne", ["never"]),
        ("connect add X --circle f", ["friends"]),
        ("connect people --circle ", ["inner", "close", "friends", "wide"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_tab_offers_what_fits(line: str, fitting: list[str]) -> None:
    """By any word of a name or alias, accents and case left aside."""
    assert sorted(words(line)) == sorted(fitting)


@pytest.mark.usefixtures("_four_people")
def test_those_seen_last_come_first() -> None:
    """Grace yesterday, Ada three days ago, the others never."""
    assert offered("connect show ")[:2] == ["grace-hopper", "ada-lovelace"]


@pytest.mark.usefixtures("_four_people")
def test_what_is_offered_is_accepted(connect: Connect) -> None:
    """Every handle means the person that it was made of."""
    for handle in offered("connect show "):
        assert connect("show", handle).code == 0


@pytest.mark.usefixtures("_four_people")
def test_places_are_offered_unless_others_see_the_screen(connect: Connect) -> None:
    """Those of the detail `lives in`, by any word of them."""
    connect("remember", "ada, grace", "lives in: New York")
    connect("remember", "jose", "lives in: Évora")
    assert words("connect people --in n") == ["new york"]
    assert words("connect archive --in York") == ["York"]
    assert words("connect tag --in ev") == ["evora"]
    assert words("connect people --in x") == []
    assert offered("connect people --in ", CONNECT_DISCREET="1") == []


@pytest.mark.parametrize(
    "line",
    ["connect show a", "connect done ", "connect history --tag ", "connect amend "],
)
def test_without_a_journal_nothing_is_offered_or_made(line: str, tmp_path: Path) -> None:
    """Tab never creates anything."""
    before = set(tmp_path.rglob("*"))
    assert offered(line) == []
    assert set(tmp_path.rglob("*")) == before


def test_a_damaged_journal_or_setting_is_no_matter_for_tab(
    connect: Connect, journal_file: Path
) -> None:
    """The next command says what is wrong."""
    connect("add", "Ada Lovelace")
    settings = Path(os.environ["XDG_CONFIG_HOME"]) / "connect" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("[circles]\nfriends = 'sometimes'\n", encoding="utf-8")
    assert offered("connect people --circle ") == []
    journal_file.write_bytes(b"no journal" * 1000)
    assert offered("connect show a") == []


def test_the_journal_that_the_line_names_is_read(connect: Connect, tmp_path: Path) -> None:
    """`connect --journal FILE show` offers the people of that file."""
    other = str(tmp_path / "other.db")
    connect("--journal", other, "add", "Grace Hopper")
    assert offered(f"connect --journal {other} show gr") == ["grace-hopper"]
    assert offered("connect show gr") == []


ANSWERS = [
    ("connect show a", 0),
    ("connect import x", 10),
    ("connect restore ", 10),
    ("connect backup x", 10),
    ("connect --journal x", 10),
    ("connect export jsonl x", 10),
    ("connect log x", 0),
    ("connect log 'x", 11),
    ("connect nonsense x", 0),
    ("connect show a\\", 0),
]


@pytest.mark.parametrize(("line", "code"), ANSWERS, ids=[line for line, _ in ANSWERS])
def test_the_exit_code_says_how_offers_are_meant(line: str, code: int) -> None:
    """As words, as files of the shell's own, or as a sentence that goes on; nothing is printed."""
    result = CliRunner().invoke(app, [line], env={"_CONNECT_COMPLETE": "bash"})
    assert (result.exit_code, result.stdout) == (code, "")


@pytest.mark.usefixtures("_four_people")
def test_each_shell_is_told_in_its_own_way() -> None:
    """What to add, quoted; the whole word and what to show of it; the whole word."""
    for shell, line, answer in (
        ("bash", "connect log 'with jean-l", "+uc moreau\n"),
        ("zsh", "connect log 'with jean-l", "with jean-luc moreau\tjean-luc moreau\n"),
        ("fish", " connect log 'with jean-l", "with jean-luc moreau\n"),
        ("bash", "connect hist", "+ory\n"),
        ("zsh", "connect hist", "history\thistory  -- List conversations, newest first.\n"),
        ("fish", "connect import 'x", "x\n"),
        ("fish", "connect import x", ""),
    ):
        result = CliRunner().invoke(app, [line], env={"_CONNECT_COMPLETE": shell})
        assert result.stdout == answer


@pytest.mark.parametrize("env", ["complete_bash", "complete_fish", "complete_zsh", "tcsh"])
def test_a_script_of_another_version_is_told_nothing(env: str) -> None:
    """It may be in a shell that was open before; what it would offer might not be quoted."""
    for given in ([], ["connect show a"]):
        result = CliRunner().invoke(app, given, env={"_CONNECT_COMPLETE": env})
        assert (result.exit_code, result.stdout) == (0, "")


def added(journal: Journal, *names: str) -> None:
    """Add people by names that no command would let in."""
    with journal.write("add", "added people") as rows:
        for name in names:
            rows.add_person(name)


HOSTILE = {
    "mal": ("Mal\u202elory Ape", "mal-ape"),
    "nel": ("Nell\nNew\x1b[2J Line", "nell-new-line"),
    "zed": ("Zed\x07", "zed"),
    "ape": ("Mal\u202elory Ape", "ape"),
    "lor": ("Mal\u202elory Ape", None),
}


@pytest.mark.parametrize("begun", HOSTILE)
def test_no_control_is_offered_and_yet_the_person_named(journal: Journal, begun: str) -> None:
    """What stands before it is enough, as long as it is theirs alone."""
    name, handle = HOSTILE[begun]
    added(journal, name, "Ada Lovelace")
    assert words(f"connect show {begun}") == ([] if handle is None else [handle])
    if handle is not None:
        assert journal.named(handle).name == name
        assert words(f'connect log "Coffee with {begun}') == [f"Coffee with {handle}"]


def test_what_names_somebody_else_is_not_offered(journal: Journal) -> None:
    """Neither a surname that is another's first name, nor a beginning that others have."""
    added(journal, "Ada Lovelace", "Lovelace Smith", "Mal\u202elory", "Malte Berg")
    assert words("connect show lov") == ["lovelace-smith"]
    assert words("connect show mal") == ["malte-berg"]


def test_nothing_is_offered_behind_a_control_character(journal: Journal) -> None:
    """It would be written back to the terminal."""
    added(journal, "Ada Lovelace")
    for typed in ("connect log 'x\x1b ada", "connect log 'x\nwith ada", "connect show 'ada\u202e"):
        assert offered(typed) == []
