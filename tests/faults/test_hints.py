"""Every command that a message says to type does something there: each is run in that situation."""

import ast
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

import connect_cli
from connect_cli.cli.commands import MODULE_OF
from connect_cli.store import copies
from tests.conftest import Connect
from tests.hinted import hinted
from tests.safety.test_encryption import KEY
from tests.store.damage import change_unrecorded

pytestmark = pytest.mark.usefixtures("changing")

Prepare = Callable[[Path], None]


def untouched(_: Path) -> None:
    pass


def changed(*statements: str) -> Prepare:
    return lambda journal: change_unrecorded(journal, *statements)


def lose_promises(journal: Path) -> None:
    with closing(sqlite3.Connection(str(journal))) as connection:
        connection.execute("DROP TABLE promise")


def noise(journal: Path) -> None:
    journal.write_bytes(b"noise " * 2000)


def cut(journal: Path) -> None:
    journal.write_bytes(journal.read_bytes()[: 3 * 4096])


def gone(journal: Path) -> None:
    shutil.rmtree(journal.parent)


def without_copies(journal: Path) -> None:
    shutil.rmtree(copies.folder_of(journal))
    noise(journal)


def file_for_folder(journal: Path) -> None:
    shutil.rmtree(copies.folder_of(journal))
    copies.folder_of(journal).write_text("")


def link_for_folder(journal: Path) -> None:
    shutil.rmtree(copies.folder_of(journal))
    copies.folder_of(journal).symlink_to("nowhere")


LOST = lose_promises
WRONG_DAY = changed("PRAGMA ignore_check_constraints = ON", "UPDATE interaction SET day = 'soon'")
WRONG_FOLD = changed("UPDATE person SET folded = 'x' WHERE name = 'Ada Lovelace'")

SITUATIONS: dict[str, tuple[Prepare, Sequence[str]]] = {
    "a lost table": (LOST, ("promises",)),
    "a lost table, copied": (LOST, ("backup",)),
    "a lost table, copied elsewhere": (LOST, ("backup", "ELSEWHERE/mine.db")),
    "a day that is none": (WRONG_DAY, ("history",)),
    "a name that nobody finds": (WRONG_FOLD, ("show", "ada")),
    "noise": (noise, ("today",)),
    "cut off": (cut, ("history",)),
    "no copy": (without_copies, ("today",)),
    "a file in the place of the folder": (file_for_folder, ("backup",)),
    "no journal": (gone, ("backup",)),
    "nothing to amend": (gone, ("amend", "--note", "x")),
    "an empty line": (untouched, ("log", "")),
    "a new name": (untouched, ("log", "coffee with Zoe")),
    "a name like another": (untouched, ("log", "coffee with Adda Lovelace")),
    "a day to come": (untouched, ("log", "coffee with ada tomorrow")),
    "an unknown person": (untouched, ("show", "zoe")),
    "a taken name": (untouched, ("add", "Ada Lovelace")),
    "no words to search": (untouched, ("search", "…")),
    "many words": (untouched, ("search", *map(str, range(1100)))),
    "no detail": (untouched, ("remember", "ada", "")),
    "an unknown promise": (untouched, ("done", "zzz")),
    "no cadence": (untouched, ("snooze", "mary")),
    "an unknown word": (untouched, ("log", "--nonsense")),
    "an unknown command": (untouched, ("lgo", "ada")),
    "an unknown setting": (untouched, ("config", "set", "nonsense", "1")),
    "no such copy": (untouched, ("restore", "nonsense.db")),
    "no such interaction": (untouched, ("amend", "zzzz", "--note", "x")),
    "no place for an encrypted copy": (untouched, ("backup", "--encrypt")),
    "a journal to import": (untouched, ("import", "ELSEWHERE/other.db")),
    "an unknown table": (untouched, ("import", "ELSEWHERE/list.csv")),
    "a format by name": (untouched, ("import", "ELSEWHERE/words.txt")),
    "an export without a format": (untouched, ("export",)),
    "no key": (untouched, ("encrypt", "--yes")),
}
"""How the journal lies, and a command that says what to type."""

MEANT = {"NAME": "ada", "TEXT": "a postcard", "FILE": "ELSEWHERE/other.db", "DAY": "yesterday"}
"""What stands for the user's own words in a hint."""
ANSWERED = dict.fromkeys(("backup", "restore", "forget", "undo", "import"), ("--yes",))


def test_only_commands_that_exist_are_named() -> None:
    """Wherever the code says what to type."""
    named = {
        call.args[0].value
        for file in Path(connect_cli.__file__).parent.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "as_typed"
        and isinstance(call.args[0], ast.Constant)
    }
    assert named
    assert named <= {*MODULE_OF, "import"}


@pytest.mark.parametrize("how", SITUATIONS)
def test_what_a_message_says_to_type_is_answered(
    connect: Connect, kept: Path, elsewhere: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It runs, and `connect restore` brings back a journal in which everything works."""
    if how == "no key":
        monkeypatch.delenv("CONNECT_KEY")
    monkeypatch.setenv("CONNECT_PASSPHRASE", "four words of a passphrase")
    (elsewhere / "list.csv").write_text("Wer,Wo\nZoe Zander,Bonn\n", encoding="utf-8")
    (elsewhere / "words.txt").write_text("some words\n", encoding="utf-8")
    prepare, words = SITUATIONS[how]

    def meant(word: str) -> str:
        return MEANT.get(word, word).replace("ELSEWHERE", str(elsewhere))

    prepare(kept)
    said = connect(*map(meant, words))
    for hint in hinted(said.err):
        typed = [*map(meant, hint), *ANSWERED.get(hint[0], ())]
        ran = connect(*typed)
        found = typed[:1] == ["doctor"] and (ran.code == 1 or "connect restore" in ran.err)
        asked = typed[:1] == ["log"] and "zoe" in " ".join(words).casefold()
        assert ran.code == 0 or found or asked, (said, typed, ran)
        if typed[:1] == ["restore"] and len(typed) > 2:
            for works in (("today",), ("promises",), ("show", "ada"), ("doctor",)):
                assert meant(MEANT["FILE"]) in typed or connect(*works).code == 0, works


def test_a_journal_whose_key_is_missing(
    connect: Connect, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every way out that is named works once the key is there."""
    assert connect("encrypt", "--yes").code == 0
    monkeypatch.delenv("CONNECT_KEY")
    said = connect("today")
    assert said.code == 5
    monkeypatch.setenv("CONNECT_KEY", KEY)
    for hint in hinted(said.err):
        ran = connect(*hint, *ANSWERED.get(hint[0], ()))
        assert ran.code == 0, (said, hint, ran)
    assert kept.exists()


def test_a_copy_that_cannot_be_put_back_is_not_recommended(connect: Connect, kept: Path) -> None:
    """It is made and labelled, the command says so, and the sound one stays the one to restore."""
    sound = copies.newest_sound(kept)
    lose_promises(kept)
    said = connect("backup")
    assert said.code == 5
    assert "is damaged; it was copied as it is to" in said.err
    assert copies.newest_sound(kept) == sound
    assert "\tdamaged\t" in connect("restore").out
    later = connect("remember", "ada", "tea: green", now="2026-11-29T09:00+00:00")
    assert later.code == 0
    assert "could not be made (the journal may be damaged)" in later.err
    assert copies.newest_sound(kept) == sound
    found = connect("doctor")
    assert (found.code, found.err) == (1, "")
    assert str(sound) in found.out
    assert connect("restore", str(sound), "--yes").code == 0
    assert connect("doctor").code == 0


@pytest.mark.parametrize("words", [("backup",), ("import", "ELSEWHERE/card.vcf", "--yes")])
@pytest.mark.parametrize("put", [file_for_folder, link_for_folder])
def test_what_stands_in_the_place_of_the_folder_of_copies_is_named(
    connect: Connect, kept: Path, elsewhere: Path, words: Sequence[str], put: Prepare
) -> None:
    """Not the journal, which is well; and the doctor says what to do."""
    put(kept)
    said = connect(*(word.replace("ELSEWHERE", str(elsewhere)) for word in words))
    folder = copies.folder_of(kept)
    assert said.code == 5
    assert said.err.startswith(f"connect: no copy can be made: {folder} is no folder\n")
    for asked in (("doctor",), ("doctor", "--fix")):
        found = connect(*asked)
        assert (found.code, found.err) == (1, "")
        assert [line.split("\t")[1] for line in found.out.splitlines()] == ["no folder of copies"]
    folder.unlink()
    assert connect("doctor", "--fix").code == 0


def test_a_search_has_an_end(connect: Connect, kept: Path) -> None:
    """The index refuses hundreds of words, and the journal is not to blame."""
    assert kept.exists()
    assert connect("search", *["boston"] * 50).code == 0
    said = connect("search", *["boston"] * 1100)
    assert said.code == 2
    assert "these are 1,100 words; a search can have up to 50" in said.err


def test_nothing_is_computed_from_a_day_that_cannot_be_read(connect: Connect, kept: Path) -> None:
    """It would spread, and then the doctor would promise what it cannot do."""
    WRONG_DAY(kept)
    before = connect("doctor")
    assert before.code == 1
    assert "--fix" not in before.out
    assert connect("doctor", "--fix").out == before.out
    found = {line.split("\t")[1] for line in before.out.splitlines()}
    assert found == {"damaged", "unreadable", "copies"}
