"""A copy takes the place of the journal, after a look at both: all of it, or nothing."""

import errno
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from connect_cli.errors import ConnectError, JournalTrouble, NoSuchThing
from connect_cli.safety import doctor, restore
from connect_cli.store import checked_copy, compression, copies, database, migrations, sqlite
from tests.store.damage import spoil_table
from tests.store.journals import NOW, TODAY, log, people
from tests.store.unpacking import gunzip

AGE = b"age-encryption.org/v1\n"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal with Ada in it, and a copy of it; then came Grace."""
    path = tmp_path / "connect" / "journal.db"
    log(path, "Ada")
    with closing(database.open_to_read(path)) as connection:
        checked_copy.keep(connection, path, TODAY, "by-hand")
    log(path, "Grace")
    return path


@pytest.fixture(params=["compressed", "plain"])
def copy(journal: Path, request: pytest.FixtureRequest) -> Path:
    """That copy, as it is made now, and as it was made before copies were compressed."""
    (found,) = copies.listed(journal)
    return found.path if request.param == "compressed" else gunzip(found.path)


@pytest.fixture
def plain(journal: Path) -> Path:
    """That copy, to be changed by a test."""
    (found,) = copies.listed(journal)
    return gunzip(found.path)


def shut(_: bytes) -> bytes:
    """No copy is encrypted unless a test says so."""
    raise AssertionError


def put_back(file: Path, journal: Path) -> Path | None:
    """Restore without asking."""
    with restore.prepare_copy(file, journal, shut) as offer:
        return restore.put_back(offer.ready, journal, TODAY)


def test_an_offer_says_what_is_in_the_copy_and_in_the_journal(copy: Path, journal: Path) -> None:
    """People and interactions by their ids, so that what is gone and what is new can be counted."""
    with restore.prepare_copy(copy, journal, shut) as offer:
        assert offer.present is not None
        assert (len(offer.held.people), len(offer.present.people)) == (1, 2)
        assert offer.held.people < offer.present.people
        assert offer.held.interactions < offer.present.interactions
        assert offer.held.newest_on == TODAY
        assert offer.trouble == ""


def test_looking_changes_neither_the_copy_nor_the_journal(copy: Path, journal: Path) -> None:
    """Nothing is left beside them either."""
    before = {path: path.read_bytes() for path in journal.parent.rglob("*") if path.is_file()}
    with restore.prepare_copy(copy, journal, shut):
        pass
    assert {p: p.read_bytes() for p in journal.parent.rglob("*") if p.is_file()} == before


def test_the_copy_takes_the_place_of_the_journal_which_is_kept(copy: Path, journal: Path) -> None:
    """Both are there afterwards, and both are private."""
    kept = put_back(copy, journal)
    assert people(journal) == ["Ada"]
    assert kept is not None
    assert people(kept) == ["Ada", "Grace"]
    assert stat.S_IMODE(kept.stat().st_mode) == stat.S_IMODE(journal.stat().st_mode) == 0o600


def test_what_is_written_while_the_journal_is_being_kept_is_kept_too(
    copy: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that has answered is in the journal as it was, or in the one after it."""
    keep, late = checked_copy.keep, iter(["Tom"])

    def keep_and_be_late(*words: Any) -> Path:
        kept = keep(*words)
        for name in late:
            log(journal, name)
        return kept

    monkeypatch.setattr(checked_copy, "keep", keep_and_be_late)
    kept = put_back(copy, journal)
    assert kept is not None
    assert people(kept) == ["Ada", "Grace", "Tom"]
    assert people(journal) == ["Ada"]
    assert [each.label for each in copies.listed(journal)].count("before-restore") == 1


def test_a_restore_can_be_taken_back_by_another(copy: Path, journal: Path) -> None:
    """What was kept is a copy like any other."""
    kept = put_back(copy, journal)
    assert kept is not None
    put_back(kept, journal)
    assert people(journal) == ["Ada", "Grace"]


def test_a_connection_that_is_open_meanwhile_sees_one_or_the_other(
    copy: Path, journal: Path
) -> None:
    """The file is not replaced under its feet: what it writes next is in the journal."""
    with closing(database.open_to_write(journal)) as other:
        assert other.execute("SELECT count(*) FROM person").fetchone() == (2,)
        put_back(copy, journal)
        assert other.execute("SELECT count(*) FROM person").fetchone() == (1,)
    log(journal, "Linus")
    assert people(journal) == ["Ada", "Linus"]


def test_a_journal_that_another_command_holds_is_not_overwritten(
    copy: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits as every command does, and then says so; the journal is as it was."""
    monkeypatch.setattr(checked_copy, "BUSY_TRIES", 2)
    monkeypatch.setattr(checked_copy, "BUSY_SECONDS", 0.01)
    monkeypatch.setattr(sqlite, "PRAGMAS", ("PRAGMA busy_timeout = 10", *sqlite.PRAGMAS[1:]))
    with closing(database.open_to_write(journal)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalTrouble, match="busy"):
            put_back(copy, journal)
        other.execute("ROLLBACK")
    assert people(journal) == ["Ada", "Grace"]


def test_without_a_journal_the_copy_becomes_it(copy: Path, tmp_path: Path) -> None:
    """Its directory is made, and private."""
    new = tmp_path / "elsewhere" / "journal.db"
    with restore.prepare_copy(copy, new, shut) as offer:
        assert offer.present is None
        assert restore.put_back(offer.ready, new, TODAY) is None
    assert people(new) == ["Ada"]
    assert stat.S_IMODE(new.stat().st_mode) == 0o600
    assert stat.S_IMODE(new.parent.stat().st_mode) == 0o700


def make_empty(journal: Path) -> None:
    journal.write_bytes(b"")


def make_noise(journal: Path) -> None:
    journal.write_bytes(b"noise " * 2000)


def damage_a_page(journal: Path) -> None:
    spoil_table(journal, "person")


def lose_all_but_the_wal(journal: Path) -> None:
    journal.rename(journal.with_name(f"{journal.name}-wal"))


SPOILT = [make_empty, make_noise, damage_a_page, lose_all_but_the_wal]


@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__)
def test_a_journal_that_cannot_be_read_is_replaced_and_its_bytes_are_kept(
    copy: Path, journal: Path, spoil: Callable[[Path], None]
) -> None:
    """Whatever lies there, the way back is open and nothing is thrown away."""
    spoil(journal)
    content = {path.name: path.read_bytes() for path in journal.parent.glob("journal.db*")}
    with restore.prepare_copy(copy, journal, shut) as offer:
        assert offer.present is None or spoil is damage_a_page
        kept = restore.put_back(offer.ready, journal, TODAY)
    assert people(journal) == ["Ada"]
    assert kept is not None
    assert kept.exists()
    name = kept.name.removesuffix("-wal")
    saved = {
        path.name.replace(name, "journal.db"): path.read_bytes()
        for path in kept.parent.glob(f"{name}*")
    }
    assert {name: saved.get(name) for name in content if not name.endswith("-shm")} == {
        name: held for name, held in content.items() if not name.endswith("-shm")
    }


def test_what_lies_beside_an_empty_file_is_no_part_of_the_copy(copy: Path, journal: Path) -> None:
    """SQLite would read a write-ahead file into what was put back."""
    with closing(database.open_to_write(journal)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        log(journal, "Linus")
        last_writes = journal.with_name("journal.db-wal").read_bytes()
    journal.write_bytes(b"")
    journal.with_name("journal.db-wal").write_bytes(last_writes)
    kept = put_back(copy, journal)
    assert kept is not None
    assert people(journal) == ["Ada"]
    assert doctor.diagnose(journal, NOW, TODAY).findings == ()
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == last_writes


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER mine AFTER INSERT ON person BEGIN DELETE FROM person; END",
        "CREATE TABLE mine (text)",
    ],
    ids=["a trigger", "a table"],
)
def test_a_copy_that_connect_did_not_make_so_is_refused(
    plain: Path, journal: Path, statement: str
) -> None:
    """A trigger would work on in the journal, and nobody would see it."""
    with closing(sqlite3.Connection(str(plain))) as connection:
        connection.execute(statement)
    with pytest.raises(JournalTrouble, match="not as connect made it") as raised:
        put_back(plain, journal)
    assert raised.value.hint == "list the copies: connect restore"
    assert people(journal) == ["Ada", "Grace"]


FAULTS = {
    "full": (errno.ENOSPC, "^the disk is full: nothing was written$"),
    "too large": (errno.EFBIG, "^the disk is full: nothing was written$"),
    "of the copy": (errno.EIO, "^the copy .*by-hand.db(.gz)? cannot be read: Input/output error$"),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_copy_that_cannot_be_brought_in_is_told_from_a_full_disk(
    copy: Path, journal: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Neither is the journal's fault, and another name for that would not help."""
    number, said = FAULTS[what]

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(shutil, "copyfile", fail)
    monkeypatch.setattr(compression, "expand", fail)
    with pytest.raises(JournalTrouble, match=said) as raised:
        put_back(copy, journal)
    assert "--journal" not in str(raised.value.hint)


def test_a_dangling_link_leads_to_the_journal_again(copy: Path, tmp_path: Path) -> None:
    """The link stays, and what it names is there."""
    link = tmp_path / "mine.db"
    link.symlink_to(tmp_path / "disk" / "journal.db")
    put_back(copy, link)
    assert link.is_symlink()
    assert people(link) == ["Ada"]


@pytest.mark.parametrize("spoil", SPOILT[:3], ids=lambda spoil: spoil.__name__)
def test_a_copy_that_is_not_sound_is_refused(
    plain: Path, journal: Path, spoil: Callable[[Path], None]
) -> None:
    """Before anything is asked or changed; the other copies are named."""
    spoil(plain)
    before = journal.read_bytes()
    with pytest.raises(JournalTrouble) as raised:
        put_back(plain, journal)
    assert raised.value.hint == "list the copies: connect restore"
    assert journal.read_bytes() == before


def test_a_copy_of_a_newer_connect_is_refused(plain: Path, journal: Path) -> None:
    """It says what to do."""
    with closing(sqlite3.Connection(str(plain))) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(JournalTrouble, match="newer connect"):
        put_back(plain, journal)
    assert people(journal) == ["Ada", "Grace"]


def test_a_copy_of_an_older_connect_is_brought_up_to_date(tmp_path: Path, journal: Path) -> None:
    """The copy itself stays as it was."""
    old = tmp_path / "old.db"
    with closing(sqlite.connect(str(old))) as connection:
        migrations.migrate(connection, steps=migrations.step_texts()[:1])
    before = old.read_bytes()
    put_back(old, journal)
    assert people(journal) == []
    assert old.read_bytes() == before


def test_last_writes_beside_a_copy_are_a_part_of_it(tmp_path: Path, journal: Path) -> None:
    """A journal of another machine, copied with its write-ahead file while it was in use."""
    there, here = tmp_path / "there" / "journal.db", tmp_path / "stick"
    here.mkdir()
    log(there, "Ada")
    with closing(database.open_to_write(there)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        log(there, "Linus")
        for path in there.parent.glob("journal.db*"):
            (here / path.name).write_bytes(path.read_bytes())
    put_back(here / "journal.db", journal)
    assert people(journal) == ["Ada", "Linus"]


def test_a_copy_may_be_named_as_it_is_listed(
    copy: Path, journal: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without the folder it lies in."""
    monkeypatch.chdir(tmp_path)
    put_back(Path(copy.name), journal)
    assert people(journal) == ["Ada"]


def test_a_file_that_is_not_there_is_said(journal: Path) -> None:
    """With the way to those that are."""
    with pytest.raises(NoSuchThing, match="no file"):
        put_back(Path("nowhere.db"), journal)


def test_the_journal_is_no_copy_of_itself(journal: Path, tmp_path: Path) -> None:
    """Nor through a link."""
    link = tmp_path / "link.db"
    link.symlink_to(journal)
    for file in (journal, link):
        with pytest.raises(NoSuchThing, match="is the journal itself"):
            put_back(file, journal)


def test_an_encrypted_copy_is_opened_first(plain: Path, journal: Path, tmp_path: Path) -> None:
    """By whatever opens it; what was opened lies nowhere afterwards."""
    sealed = tmp_path / "copy.age"
    sealed.write_bytes(AGE + plain.read_bytes())
    with restore.prepare_copy(sealed, journal, lambda content: content.removeprefix(AGE)) as offer:
        folder = offer.ready.parent
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        restore.put_back(offer.ready, journal, TODAY)
    assert people(journal) == ["Ada"]
    assert not folder.exists()


def test_an_encrypted_copy_that_does_not_open_changes_nothing(
    journal: Path, tmp_path: Path
) -> None:
    """The reason goes through as it is."""
    sealed = tmp_path / "copy.age"
    sealed.write_bytes(AGE + bytes(1000))

    def fail(_: bytes) -> bytes:
        raise ConnectError("this passphrase does not open the copy")

    with (
        pytest.raises(ConnectError, match="passphrase"),
        restore.prepare_copy(sealed, journal, fail),
    ):
        pass
    assert people(journal) == ["Ada", "Grace"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param(None, None, id="none"),
        pytest.param("2026-11-23", date(2026, 11, 23), id="day"),
        pytest.param("2026-1", None, id="no day"),
    ],
)
def test_the_newest_day_of_a_damaged_copy_may_be_none(text: str | None, day: date | None) -> None:
    """Then it is not said."""
    assert restore._day(text) == day
