"""Copies of the journal, putting one back, and the doctor, from the command line."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from connect_cli.errors import DamageMet
from connect_cli.journal.journal import Journal
from connect_cli.safety import backup, daily_copy, doctor
from connect_cli.store import copies as store_copies
from connect_cli.store.signature import PLAIN
from tests.cli.terminals import Terminal, finished
from tests.conftest import Connect, Ran
from tests.faults.working import ran
from tests.store.damage import change_unrecorded, spoil_table

pyrage: Any = import_module("pyrage")  # it has no types
TUESDAY = "2026-11-24T08:00"


def people(connect: Connect) -> list[str]:
    """The names in the journal."""
    return [line.split("\t")[1] for line in connect("people").out.splitlines()]


def copies(connect: Connect) -> list[tuple[str, str]]:
    """Day and label of the copies, as they are listed."""
    rows = [line.split("\t") for line in connect("restore").out.splitlines()]
    return [(day, label) for day, label, *_ in rows]


def test_the_first_write_of_a_day_makes_a_copy(connect: Connect) -> None:
    """It holds what was just written; later writes of the day make none, and reads never."""
    connect("today")
    assert copies(connect) == []
    connect("add", "Ada")
    connect("add", "Grace")
    connect("people", now=TUESDAY)
    assert copies(connect) == [("2026-11-23", "")]
    connect("add", "Linus", now=TUESDAY)
    assert copies(connect) == [("2026-11-24", ""), ("2026-11-23", "")]


def test_a_command_that_changed_nothing_makes_no_copy(connect: Connect) -> None:
    """Nor one that failed."""
    connect("add", "Ada")
    for path in backups_of(connect):
        path.unlink()
    connect("add", "Ada")
    connect("log", "coffee with nobody known")
    assert backups_of(connect) == []


def backups_of(connect: Connect) -> list[Path]:
    """The files of the copies."""
    listed = json.loads(connect("restore", "--json").out)["copies"]
    return [Path(one["path"]) for one in listed]


def test_a_copy_that_cannot_be_made_is_said_and_loses_nothing(
    connect: Connect, journal_file: Path
) -> None:
    """What was logged is logged; the command succeeded."""
    journal_file.parent.mkdir(parents=True)
    (journal_file.parent / "backups").write_text("a file where the folder should be")
    ran = connect("add", "Ada")
    assert ran.code == 0
    assert "Everything is saved, but today's copy of the journal could not be made" in ran.err
    assert people(connect) == ["Ada"]


def test_a_large_journal_is_copied_aside_and_a_failure_is_said_the_next_time(
    connect: Connect, journal_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for it."""
    started: list[object] = []
    monkeypatch.setattr(daily_copy, "SMALL_BYTES", 1)
    monkeypatch.setattr(daily_copy, "make_in_background", lambda *what: started.append(what))
    assert connect("add", "Ada").err == ""
    store_copies.folder_of(journal_file).mkdir()
    daily_copy.note_failure(journal_file, "No space left on device")
    assert "(No space left on device)" in connect("add", "Grace").err
    assert connect("add", "Linus").err == ""
    assert len(started) == 3


def test_a_copy_made_by_hand_is_listed_and_can_be_put_back(connect: Connect) -> None:
    """What would change is said first; the journal as it was is kept."""
    connect("log", "coffee with Ada", "--new")
    made = connect("backup")
    assert made.out.startswith("Copied to ")
    connect("log", "coffee with Grace yesterday", "--new")
    file = made.out.removeprefix("Copied to ").split(". ")[0]
    ran = connect("restore", file, "--yes")
    assert ran.code == 0
    assert ran.err == (
        "In the copy: 1 person and 1 interaction, the newest of today.\n"
        "In the journal: 2 people and 2 interactions, the newest of today.\n"
        "The journal would lose 1 person and 1 interaction.\n"
    )
    assert ran.out.startswith("Restored 1 person and 1 interaction. The journal as it was is in ")
    assert people(connect) == ["Ada"]
    assert [label for _, label in copies(connect)].count("before-restore") == 1


def test_a_restore_is_not_made_without_a_yes(connect: Connect) -> None:
    """Off a terminal it refuses, and nothing is changed or left behind."""
    connect("add", "Ada")
    file = connect("backup").out.removeprefix("Copied to ").split(". ")[0]
    connect("add", "Grace")
    ran = connect("restore", file)
    assert ran.code == 1
    assert people(connect) == ["Ada", "Grace"]
    assert len(copies(connect)) == 2


@pytest.mark.parametrize("emptied", [False, True], ids=["gone", "emptied"])
def test_a_lost_journal_comes_back(connect: Connect, journal_file: Path, emptied: bool) -> None:
    """With nothing in its place, and with an empty file there."""
    connect("add", "Ada")
    (file,) = backups_of(connect)
    for path in journal_file.parent.glob("journal.db*"):
        path.unlink()
    if emptied:
        journal_file.touch()
    assert connect("restore", str(file), "--yes").code == 0
    assert people(connect) == ["Ada"]


def test_an_empty_copy_is_counted(connect: Connect, tmp_path: Path) -> None:
    """Without a newest interaction nothing is said of one."""
    connect("add", "Ada")
    connect("backup", str(tmp_path / "copy.db"))
    ran = connect("restore", str(tmp_path / "copy.db"), "--yes")
    assert "In the copy: 1 person and 0 interactions.\n" in ran.err


def test_a_copy_goes_where_it_is_said(connect: Connect, tmp_path: Path) -> None:
    """To a file, or into a directory under the day's name; a file there is not replaced unasked."""
    connect("add", "Ada")
    assert connect("backup", str(tmp_path / "mine.db")).code == 0
    assert (tmp_path / "mine.db").stat().st_mode & 0o777 == 0o600
    assert connect("backup", str(tmp_path)).code == 0
    assert (tmp_path / "journal-2026-11-23.db").is_file()
    before = (tmp_path / "mine.db").read_bytes()
    connect("add", "Grace")
    assert connect("backup", str(tmp_path / "mine.db")).code == 1
    assert (tmp_path / "mine.db").read_bytes() == before
    assert connect("backup", str(tmp_path / "mine.db"), "--yes").code == 0
    with closing(sqlite3.Connection(str(tmp_path / "mine.db"))) as copy:
        assert copy.execute("SELECT count(*) FROM person").fetchone() == (2,)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        pytest.param(["a.db", "b.db"], 2, "a copy goes to one file", id="two files"),
        pytest.param(["a.db", "age1xyz"], 2, "add --encrypt", id="a key alone"),
        pytest.param(["--encrypt"], 2, "name a file", id="encrypted beside the journal"),
        pytest.param(["a.db", "age1xyz", "--encrypt"], 2, "not an age public key", id="no key"),
        pytest.param(["a.db", "--encrypt"], 1, "nobody to ask", id="nobody to ask"),
        pytest.param(["/nowhere/a.db"], 1, "cannot write /nowhere/a.db", id="no such place"),
    ],
)
def test_a_copy_that_cannot_be_made_as_said_is_refused(
    connect: Connect, words: list[str], code: int, told: str
) -> None:
    """One line that says what to write instead."""
    connect("add", "Ada")
    ran = connect("backup", *words)
    assert (ran.code, told in ran.err) == (code, True)


def test_the_journal_is_not_overwritten_by_its_copy(connect: Connect, journal_file: Path) -> None:
    """However its file is named."""
    connect("add", "Ada")
    ran = connect("backup", str(journal_file), "--yes")
    assert (ran.code, "belongs to the journal itself" in ran.err) == (2, True)
    assert people(connect) == ["Ada"]


def test_without_a_journal_there_is_nothing_to_copy(connect: Connect, journal_file: Path) -> None:
    """And none is made."""
    ran = connect("backup")
    assert (ran.code, "there is no journal yet" in ran.err) == (2, True)
    assert not journal_file.parent.exists()


def test_an_encrypted_copy_for_a_key(connect: Connect, tmp_path: Path) -> None:
    """Nothing readable is in it or beside it; the key brings it back."""
    connect("log", "coffee with Ada: she is moving", "--new")
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(str(identity))
    ran = connect("backup", str(tmp_path), str(identity.to_public()), "--encrypt")
    file = tmp_path / "journal-2026-11-23.db.age"
    assert ran.out == f"Copied to {file}, encrypted. 'connect restore' puts it back.\n"
    assert b"moving" not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    connect("add", "Grace")
    ran = connect("restore", str(file), "--identity", str(tmp_path / "key.txt"), "--yes")
    assert ran.code == 0
    assert people(connect) == ["Ada"]


@pytest.mark.slow  # a passphrase is made costly to try, on purpose
def test_an_encrypted_copy_by_a_passphrase(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given beforehand, for scripts; an empty one is refused, a wrong one opens nothing."""
    connect("add", "Ada")
    file = tmp_path / "copy.age"
    monkeypatch.setenv("CONNECT_PASSPHRASE", "")
    assert "the passphrase is empty" in connect("backup", str(file), "--encrypt").err
    monkeypatch.setenv("CONNECT_PASSPHRASE", "correct horse")
    assert connect("backup", str(file), "--encrypt").code == 0
    connect("add", "Grace")
    assert connect("restore", str(file), "--yes").code == 0
    assert people(connect) == ["Ada"]


def test_a_passphrase_is_asked_for_twice_and_not_shown(
    connect: Connect, terminal: Terminal, tmp_path: Path
) -> None:
    """Two that differ write nothing."""
    connect("add", "Ada")
    file = tmp_path / "copy.age"
    child = terminal("backup", str(file), "--encrypt")
    child.expect("Passphrase: ")
    child.sendline("correct horse")
    child.expect("The same again: ")
    child.sendline("correct house")
    assert finished(child) == 1
    assert "horse" not in str(child.before)
    assert not file.exists()


def test_the_doctor_says_that_all_is_well(connect: Connect) -> None:
    """And how much room the copies take, once there is one; nothing else."""
    connect("add", "Ada")
    said = connect("doctor")
    assert (said.code, said.out.splitlines()[1:], said.err) == (0, ["All is well."], "")
    assert said.out.startswith("note\tcopies\t1 copy of the journal, ")
    (found,) = json.loads(connect("doctor", "--json").out)["findings"]
    assert (found["what"], found["standing"]) == ("copies", "note")


def test_the_doctor_finds_and_mends(connect: Connect, journal_file: Path) -> None:
    """1 while something is left to do; 0 once it is mended, with the copy named."""
    connect("add", "Ada")
    journal_file.chmod(0o644)
    found = connect("doctor")
    assert found.code == 1
    assert found.out.startswith("left\tseen by others\t")
    mended = connect("doctor", "--fix")
    assert mended.code == 0
    assert mended.out.startswith("mended\tseen by others\t")
    assert mended.err.startswith("The journal as it was is in ")
    assert journal_file.stat().st_mode & 0o777 == 0o600


def test_the_doctor_of_a_file_that_is_no_journal(connect: Connect, journal_file: Path) -> None:
    """5, with the way out; in JSON too there is a document."""
    connect("add", "Ada")
    journal_file.write_bytes(b"noise" * 4000)
    for extra in ((), ("--fix",), ("--json",)):
        ran = connect("doctor", *extra)
        assert ran.code == 5
        assert "hint: " in ran.err
        assert "connect restore" in ran.err


def test_a_command_that_fails_for_damage_says_so(connect: Connect, journal_file: Path) -> None:
    """Whether SQLite notices, or a value is none that a command can have written."""
    connect("log", "coffee with Ada", "--new")
    change_unrecorded(
        journal_file,
        "PRAGMA ignore_check_constraints = ON",
        "UPDATE interaction SET day = '2026-02-31'",
    )
    ran = connect("history")
    assert ran.code == 5
    assert "is damaged: interaction.day of the interaction " in ran.err
    assert f"connect restore {backups_of(connect)[0]}" in ran.err
    spoil_table(journal_file, "interaction")
    assert connect("history").code == 5


def test_a_fault_of_our_own_is_not_called_damage(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A journal that is well is not accused."""

    def fail(*_: object, **__: object) -> None:
        raise ValueError("a mistake of the program")

    connect("add", "Ada")
    monkeypatch.setattr("connect_cli.render.plain.Plain.history", fail)
    with pytest.raises(ValueError, match="a mistake of the program"):
        connect("history")


def test_a_journal_that_was_only_read_needs_no_copy(journal: Journal, connect: Connect) -> None:
    """Nothing is said, and nothing made."""
    connect("people")
    assert daily_copy.keep_daily(journal) is None
    assert backup.copies(journal) == []


def test_a_fault_is_put_down_to_a_journal_that_is_gone_wrong(
    journal: Journal, journal_file: Path
) -> None:
    """What the doctor cannot even open is the reason; without a journal there is none."""
    assert doctor.trouble_behind(journal, ValueError()) is None
    journal_file.parent.mkdir(parents=True)
    journal_file.touch()
    trouble = doctor.trouble_behind(journal, ValueError())
    assert trouble is not None
    assert "is empty" in trouble.message


def test_a_fault_is_put_down_to_whatever_the_doctor_finds(
    journal: Journal, connect: Connect, journal_file: Path
) -> None:
    """A lock is no damage; a trigger that is gone is; in a sound journal the fault is our own."""
    connect("add", "Ada")
    busy = doctor.trouble_behind(journal, sqlite3.OperationalError("database is locked"))
    assert busy is not None
    assert "is busy" in busy.message
    own = DamageMet(("person",))
    own.__cause__ = ValueError("a fault of ours")
    assert doctor.trouble_behind(journal, own) is None
    change_unrecorded(journal_file, "DROP INDEX person_folded")
    trouble = doctor.trouble_behind(journal, own)
    assert trouble is not None
    assert "is damaged: a table, an index or a trigger is not as connect made it" in trouble.message


def test_a_verb_that_changes_much_copies_first(
    open_journal: Callable[..., Journal], connect: Connect
) -> None:
    """Without a journal there is nothing to copy."""
    assert backup.keep_before(open_journal(), "import") is None
    connect("add", "Ada")
    copy = backup.keep_before(open_journal(), "import")
    assert copy is not None
    assert copy.name == "journal-2026-11-23-before-import.db.gz"


@pytest.mark.parametrize(
    "name", ["journal.db", "journal.db-wal", "journal.db-shm", "backups/journal-2026-11-23.db"]
)
def test_a_copy_never_takes_the_place_of_the_journals_own_files(
    connect: Connect, journal_file: Path, name: str
) -> None:
    """Not even when it is told to."""
    connect("add", "Ada")
    ran = connect("backup", str(journal_file.parent / name), "--yes")
    assert ran.code == 2
    assert "belongs to the journal itself" in ran.err
    assert people(connect) == ["Ada"]


def test_a_full_disk_while_a_copy_is_brought_in_is_said_of_the_disk(
    connect: Connect, journal_file: Path, tmp_path: Path
) -> None:
    """Not of the copy, and no other journal is recommended."""
    connect("log", "coffee with Ada", "--note", "words " * 50_000, "--new")
    copy = tmp_path / "large.db"
    connect("backup", str(copy))
    (answer,) = ran([("restore", str(copy), "--yes")], largest_file=copy.stat().st_size // 2)
    assert answer == Ran(
        5,
        "",
        "connect: the disk is full: nothing was written\nhint: make room and try again\n",
    )


def test_json_lists_copies_and_answers_no_restore(connect: Connect, tmp_path: Path) -> None:
    """It is refused beside a file, before anything is looked at."""
    connect("add", "Ada")
    connect("backup", str(tmp_path / "copy.db"))
    ran = connect("restore", str(tmp_path / "copy.db"), "--json", "--yes")
    assert (ran.code, ran.out, "--json is for the list of copies" in ran.err) == (2, "", True)
    assert connect("restore", "--json").code == 0


def test_what_is_kept_in_any_case_may_be_more_than_the_setting_allows(
    connect: Connect, journal_file: Path
) -> None:
    """Then the doctor says so, and how to allow more."""
    assert connect("config", "set", "backups.most", "1 MB").code == 0
    connect("add", "Ada")
    folder = store_copies.folder_of(journal_file)
    (folder / "journal-2026-11-20-by-hand.db").write_bytes(PLAIN + bytes(2_000_000))
    (folder / "journal-2026-11-21.db").write_bytes(PLAIN + bytes(2_000))
    (folder / "journal-2026-11-21.db").chmod(0o600)
    (folder / "journal-2026-11-20-by-hand.db").chmod(0o600)
    assert "The next copy replaces older ones" in connect("doctor").out
    connect("add", "Grace", now=TUESDAY)
    assert copies(connect) == [("2026-11-24", ""), ("2026-11-20", "by-hand")]
    answer = connect("doctor", now=TUESDAY)
    assert answer.code == 0
    assert "2 MB, more than the 1 MB they may take" in answer.out
    assert "connect config set backups.most '100 MB'." in answer.out


@pytest.mark.parametrize("verb", ["backup", "doctor", "restore", "import"])
def test_every_command_that_copies_keeps_to_the_total(
    connect: Connect, journal_file: Path, tmp_path: Path, verb: str
) -> None:
    """Each makes its own copy first, which stays."""
    connect("add", "Ada")
    connect("config", "set", "backups.most", "1 MB")
    folder = store_copies.folder_of(journal_file)
    for back in range(10, 20):
        (folder / f"journal-2026-11-{back}.db").write_bytes(PLAIN + bytes(200_000))
    (tmp_path / "friends.vcf").write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Grace Hopper\nEND:VCARD\n", encoding="utf-8"
    )
    if verb == "doctor":
        change_unrecorded(journal_file, "UPDATE person SET last_full_on = '2026-01-05'")
    words = {
        "backup": ("backup",),
        "doctor": ("doctor", "--fix"),
        "restore": ("restore", "journal-2026-11-23.db", "--yes"),
        "import": ("import", str(tmp_path / "friends.vcf"), "--yes"),
    }
    assert connect(*words[verb]).code == 0
    listed = json.loads(connect("restore", "--json").out)["copies"]
    assert sum(each["size"] for each in listed) <= 10**6
    assert any(each["label"] for each in listed)
    assert len(listed) >= 6


def test_a_copy_elsewhere_is_compressed_when_it_is_called_so(
    connect: Connect, tmp_path: Path
) -> None:
    """And put back as any other; without that ending it is a plain database."""
    connect("add", "Ada")
    packed, plain = tmp_path / "mine.db.gz", tmp_path / "mine.db"
    assert connect("backup", str(packed)).code == 0
    assert connect("backup", str(plain)).code == 0
    assert packed.stat().st_size * 4 < plain.stat().st_size
    connect("add", "Grace")
    assert connect("restore", str(packed), "--yes").code == 0
    assert people(connect) == ["Ada"]


@pytest.mark.parametrize("table", ["person", "alias"])
def test_a_name_that_cannot_be_found_is_named(
    connect: Connect, journal_file: Path, table: str
) -> None:
    """By the doctor, and by a command that looks for it."""
    connect("add", "Ada Lovelace", "--alias", "Countess")
    change_unrecorded(journal_file, f"UPDATE {table} SET folded = 'zzz'")
    answer = connect("doctor")
    assert answer.code == 1
    assert (
        f"{table}.folded of Ada Lovelace cannot be read: it does not match the name" in answer.out
    )
    assert connect("show", "ada" if table == "person" else "countess").code == 5
