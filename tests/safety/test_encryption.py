"""Encrypting the journal and its copies: whole at every moment, and nothing readable left."""

import fcntl
import gzip
import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from connect_cli import reports
from connect_cli.errors import JournalTrouble, NoKey, WrongKey
from connect_cli.safety import daily_copy, doctor, encryption
from connect_cli.safety.encryption import Rewritten
from connect_cli.store import checked_copy, database, signature, sqlite
from connect_cli.store import copies as store_copies
from tests.store.journals import NOW, TODAY, log, people
from tests.store.unpacking import readable

KEY, OTHER = (f"x'{digits * 32}'" for digits in ("5e", "a7"))
"""Raw keys, which take no time."""

SECRETS = (b"Ada Lovelace", b"flat white", b"moving to Boston")


def keys(*known: str) -> sqlite.Keys:
    """Somebody who knows these."""
    return lambda _: known


def seal(journal: Path, key: str = KEY, known: tuple[str, ...] = (KEY, OTHER)) -> Rewritten:
    """Encrypt the journal."""
    return encryption.rewrite(journal, keys(*known), encryption.new_secret(key))


def dumped(path: Path, *known: str) -> list[tuple[object, ...]]:
    """Everything in a file: its schema, and every row of every table, those of indexes too."""
    with readable(path) as file, closing(sqlite.reach(file, keys(*known))) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name")
        found: list[tuple[object, ...]] = rows.fetchall()
        for table in [name for kind, name, _ in found if kind == "table"]:
            found += connection.execute(f'SELECT * FROM "{table}"').fetchall()
        for pragma in ("user_version", "application_id"):
            found += connection.execute(f"PRAGMA {pragma}").fetchall()
    return found


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal with Ada in it, two copies of it, and Grace who came later."""
    path = tmp_path / "connect" / "journal.db"
    log(path, "Ada Lovelace", "she is moving to Boston")
    with closing(database.open_to_read(path)) as connection:
        checked_copy.keep(connection, path, TODAY, reports.BY_HAND)
        daily_copy.make_daily(connection, path, TODAY)
    for number, copy in enumerate(store_copies.listed(path), 1):
        os.utime(copy.path, (number * 10**9, number * 10**9))
    log(path, "Grace Hopper")
    return path


def test_what_is_in_the_journal_stays_the_same(journal: Path) -> None:
    """Each row and each word of the indexes, through every change of keys, and back."""
    before = dumped(journal)
    copies = {copy.path: dumped(copy.path) for copy in store_copies.listed(journal)}
    for key in (KEY, OTHER):
        assert seal(journal, key).left == ()
        assert signature.is_encrypted(journal)
        assert dumped(journal, key) == before
        with pytest.raises(NoKey):
            database.open_to_read(journal, keys(KEY if key == OTHER else OTHER))
    assert encryption.rewrite(journal, keys(OTHER), "").copies == 2
    assert dumped(journal) == before
    assert {copy.path: dumped(copy.path) for copy in store_copies.listed(journal)} == copies


def test_nothing_readable_is_left(journal: Path) -> None:
    """In no file beside the journal stands a name or a note."""
    assert any(text in path.read_bytes() for path in every_file(journal) for text in SECRETS)
    assert seal(journal) == Rewritten(2, ())
    assert not [
        path for path in every_file(journal) for text in SECRETS if text in path.read_bytes()
    ]


def every_file(journal: Path) -> list[Path]:
    """Every file in the journal's directory."""
    return [path for path in journal.parent.rglob("*") if path.is_file()]


def test_the_files_keep_their_names_their_times_and_their_rights(journal: Path) -> None:
    """Each copy stands where it stood, made when it was made; nobody else may look at any.

    What is encrypted is not compressed, and not called so.
    """
    before = {path: path.stat().st_mtime for path in every_file(journal) if path != journal}
    old = os.umask(0)
    try:
        seal(journal)
    finally:
        os.umask(old)
    after = {path: path.stat().st_mtime for path in every_file(journal) if path != journal}
    assert after == {path.with_suffix(""): at for path, at in before.items()}
    encryption.rewrite(journal, keys(KEY), "")
    again = {path: path.stat().st_mtime for path in every_file(journal) if path != journal}
    assert again == before
    assert {stat.S_IMODE(path.stat().st_mode) for path in every_file(journal)} == {0o600}


def test_the_journal_is_in_write_ahead_mode_as_before(journal: Path) -> None:
    """Commands go on side by side, and the doctor has nothing to say but that it is encrypted."""
    seal(journal)
    report = doctor.diagnose(journal, NOW, TODAY, keys(KEY))
    assert [finding.what for finding in report.findings] == ["encrypted"]
    with closing(database.open_to_write(journal, keys(KEY))) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_journal_that_is_not_there_yet_is_made_encrypted(tmp_path: Path) -> None:
    """Then nothing of it was ever readable."""
    path = tmp_path / "connect" / "journal.db"
    seal(path)
    assert dumped(path, KEY)[-2:] != []
    assert signature.is_encrypted(path)


def test_a_link_goes_on_leading_to_the_journal(journal: Path, tmp_path: Path) -> None:
    """The file that it leads to is encrypted."""
    link = tmp_path / "link.db"
    link.symlink_to(journal)
    seal(link)
    assert link.is_symlink()
    assert signature.is_encrypted(journal)


@pytest.mark.parametrize("name", ["file:j.db", "file:j.db?mode=memory", 'it\'s "a" j.db', "j\n.db"])
def test_any_name_of_a_file_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """None is taken for an address, or for a part of a statement."""
    monkeypatch.chdir(tmp_path)
    log(Path(name), "Ada")
    seal(Path(name))
    assert signature.is_encrypted(tmp_path / name)
    assert people(Path(name), keys(KEY)) == ["Ada"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backups", name]


def test_a_second_name_of_the_file_is_no_way_around(journal: Path, tmp_path: Path) -> None:
    """It would stay readable there."""
    os.link(journal, tmp_path / "snapshot.db")
    before = journal.read_bytes()
    with pytest.raises(JournalTrouble, match="second name"):
        seal(journal)
    assert journal.read_bytes() == before


def test_a_key_that_cannot_be_one_changes_nothing(journal: Path) -> None:
    """It is refused before anything is written."""
    with pytest.raises(NoKey, match="empty"):
        seal(journal, "")
    assert not signature.is_encrypted(journal)


def test_a_wrong_key_changes_nothing(journal: Path) -> None:
    """Neither decrypts nor encrypts anew."""
    seal(journal)
    before = {path: path.read_bytes() for path in every_file(journal)}
    for secret in ("", encryption.new_secret(OTHER)):
        with pytest.raises(WrongKey):
            encryption.rewrite(journal, keys(OTHER), secret)
    assert {path: path.read_bytes() for path in every_file(journal)} == before


def test_a_copy_by_a_key_of_its_own_stays_and_is_named(journal: Path, tmp_path: Path) -> None:
    """It opens by the key that it was made by."""
    seal(journal)
    own = store_copies.folder_of(journal) / "journal-2020-01-01-by-hand.db"
    with closing(sqlite.connect(str(own), encryption.new_secret(OTHER))) as connection:
        connection.execute("CREATE TABLE word (text)")
    before = own.read_bytes()
    assert seal(journal) == Rewritten(2, (own,))
    assert own.read_bytes() == before


def test_files_that_stay_readable_are_named(journal: Path, tmp_path: Path) -> None:
    """Texts that an editor left, a copy made by hand, one that is damaged, one with two names."""
    unsaved, by_hand = journal.with_name("journal-unsaved.txt"), journal.with_name("mine.db")
    unsaved.write_text("half a thought", encoding="utf-8")
    by_hand.write_bytes(journal.read_bytes())
    journal.with_name("list.txt").write_text("of something else", encoding="utf-8")
    copy, other = (copy.path for copy in store_copies.listed(journal))
    copy.write_bytes(copy.read_bytes()[:9000])
    os.link(other, tmp_path / "snapshot.db")
    assert set(seal(journal).left) == {unsaved, by_hand, copy, other}
    assert gzip.decompress((tmp_path / "snapshot.db").read_bytes()).startswith(signature.PLAIN)


def test_a_copy_that_is_a_link_is_encrypted_where_it_lies(journal: Path, tmp_path: Path) -> None:
    """Nothing readable stays behind the link."""
    copy = store_copies.listed(journal)[0].path
    there = tmp_path / "elsewhere.db"
    copy.rename(there)
    copy.symlink_to(there)
    assert seal(journal) == Rewritten(2, ())
    assert copy.is_symlink()
    assert signature.is_encrypted(there)


def test_a_text_beside_a_journal_whose_name_is_a_pattern_is_named(tmp_path: Path) -> None:
    """As beside any other."""
    odd = tmp_path / "x[1]*.db"
    log(odd, "Ada Lovelace")
    unsaved = odd.with_name("x[1]*-unsaved.txt")
    unsaved.write_text("half a thought", encoding="utf-8")
    assert unsaved in seal(odd).left


def test_ctrl_c_between_the_journal_and_its_copies_names_them(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal opens by the new key alone, the copies by the old; the doctor finds them."""
    seal(journal)
    copies = {copy.path for copy in store_copies.listed(journal)}

    def stop(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(encryption, "_rewrite_copy", stop)
    with pytest.raises(encryption.CutOff) as raised:
        seal(journal, OTHER)
    assert set(raised.value.left) == copies
    assert people(journal, keys(OTHER)) == ["Ada Lovelace", "Grace Hopper"]
    report = doctor.diagnose(journal, NOW, TODAY, keys(OTHER))
    assert report.left
    found = [each.said for each in report.findings if each.what == "another key"]
    assert {Path(said.split(" does not open")[0]) for said in found} == copies


def test_a_copy_by_the_same_key_and_another_salt_is_no_finding(journal: Path) -> None:
    """The key opens it."""
    seal(journal)
    (first, _) = (copy.path for copy in store_copies.listed(journal))
    content = first.read_bytes()
    seal(journal)
    first.write_bytes(content)
    report = doctor.diagnose(journal, NOW, TODAY, keys(KEY))
    assert [finding.what for finding in report.findings] == ["encrypted"]


def test_a_copy_that_was_cut_off_between_its_two_names_is_written_anew(journal: Path) -> None:
    """The readable one goes, and what it holds is there once."""
    (copy, _) = (copy.path for copy in store_copies.listed(journal))
    held, before = copy.read_bytes(), dumped(copy)
    seal(journal)
    copy.write_bytes(held)
    assert seal(journal).left == ()
    assert not copy.exists()
    assert dumped(copy.with_suffix(""), KEY) == before


WORK = {"reads": "BEGIN", "writes": "BEGIN IMMEDIATE", "has read": "SELECT 1"}


@pytest.mark.parametrize("work", WORK)
def test_a_journal_at_which_another_is_at_work_is_busy(
    journal: Path, monkeypatch: pytest.MonkeyPatch, work: str
) -> None:
    """It waits a little, says who that is, and changes nothing; once they are done it goes on."""
    other = subprocess.Popen(
        [sys.executable, "-c", AT_WORK, str(journal), WORK[work]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == b"(2,)\n"
    before = dumped(journal)
    with monkeypatch.context() as impatient:
        impatient.setattr(encryption, "WAIT_MS", 50)
        with pytest.raises(JournalTrouble, match=rf"busy: .*process {other.pid}\)? has it open"):
            seal(journal)
        impatient.setattr(fcntl, "fcntl", _refuse)
        with pytest.raises(JournalTrouble, match="busy: another program has it open"):
            seal(journal)
    assert dumped(journal) == before
    assert [path.name for path in journal.parent.glob(".*")] == []
    monkeypatch.setattr(encryption, "WAIT_MS", 60_000)
    closes = threading.Timer(0.3, other.communicate)
    closes.start()
    seal(journal)
    closes.join()


def _refuse(*_: object) -> bytes:
    """What a system says that does not know who holds a lock."""
    raise OSError


AT_WORK = """
import sys
from pathlib import Path
from connect_cli.store import database
connection = database.open_to_write(Path(sys.argv[1]))
connection.execute(sys.argv[2])
print(connection.execute("SELECT count(*) FROM person").fetchone(), flush=True)
sys.stdin.read()
"""


def test_whoever_opens_it_while_it_is_encrypted_opens_the_new_file(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Had it the old one, what it wrote would be lost."""
    connect, late = sqlite.connect, [KEY]

    def connect_and_be_overtaken(
        name: str, *given: str | int | None, **named: int | None
    ) -> sqlite3.Connection:
        connection = connect(name, *given, **named)  # type: ignore[arg-type]  # what it was given
        if late:
            with monkeypatch.context() as meanwhile:
                meanwhile.setattr(sqlite, "connect", connect)
                seal(journal, late.pop())
        return connection

    monkeypatch.setattr(sqlite, "connect", connect_and_be_overtaken)
    log(journal, "Tom", keys=keys(KEY, OTHER))
    assert people(journal, keys(KEY)) == ["Ada Lovelace", "Grace Hopper", "Tom"]


def test_of_two_that_encrypt_at_once_one_does(journal: Path, tmp_path: Path) -> None:
    """The other one says so, or changes the key after it; either way one of the two keys opens."""
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "connect_cli", "--journal", str(journal), "encrypt", "--yes"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "CONNECT_KEY": key, "CONNECT_NEW_KEY": key},
        )
        for key in (KEY, OTHER)
    ]
    said = [process.communicate(timeout=600)[1] for process in both]
    codes = [process.returncode for process in both]
    assert sorted(codes) == [0, 5], said
    assert "Traceback" not in said[codes.index(5)]
    assert people(journal, keys((KEY, OTHER)[codes.index(0)])) == ["Ada Lovelace", "Grace Hopper"]


def test_two_that_lock_the_journal_at_once_take_turns(journal: Path) -> None:
    """Neither keeps the other out until both give up, as they would if both only waited."""
    both = threading.Barrier(2)

    def lock() -> None:
        for _ in range(10):
            both.wait(60)
            with encryption._locked(journal, ""):
                pass

    with ThreadPoolExecutor() as pool:
        for each in [pool.submit(lock) for _ in range(2)]:
            each.result()


def test_a_journal_that_was_written_anew_meanwhile_stays_as_it_is(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The secret that opened it a moment ago does not, or its name leads to another file."""
    seal(journal)
    before = journal.read_bytes()
    with pytest.raises(JournalTrouble, match="meanwhile"), encryption._locked(journal, ""):
        pytest.fail("it was locked")
    numbers = iter(range(1000))
    monkeypatch.setattr(sqlite, "identity", lambda _: (0, next(numbers)))
    with pytest.raises(JournalTrouble, match="meanwhile"):
        seal(journal, OTHER)
    assert journal.read_bytes() == before


def test_an_older_way_of_writing_does_not_write_into_a_lost_file(journal: Path) -> None:
    """A journal that was put here by hand is not in write-ahead mode, and holds no lock between."""
    with closing(sqlite3.Connection(str(journal))) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    program = OVERTAKEN.format(path=str(journal))
    other = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "2\n"
    seal(journal)
    out, err = other.communicate("go on\n", timeout=600)
    assert out == ""
    assert err.splitlines()[-1].startswith("sqlite3.")
    assert "database" in err.splitlines()[-1]
    assert people(journal, keys(KEY)) == ["Ada Lovelace", "Grace Hopper"]


OVERTAKEN = """
from pathlib import Path
from connect_cli.store import database
connection = database.open_to_write(Path("{path}"))
print(connection.execute("SELECT count(*) FROM person").fetchone()[0], flush=True)
input()
connection.execute("PRAGMA user_version = 4")
print("written")
"""


def test_a_file_system_without_lasting_numbers_is_no_reason_to_try_for_ever(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some give a file another number at each look."""
    numbers = iter(range(1000))
    monkeypatch.setattr(sqlite, "identity", lambda _: (0, next(numbers)))
    assert people(journal) == ["Ada Lovelace", "Grace Hopper"]


LOGS = """
import sys
from pathlib import Path
from connect_cli.store import sqlite
from tests.store.journals import log
sqlite.PRAGMAS = (*sqlite.PRAGMAS, "PRAGMA busy_timeout = 600000")
log(Path(sys.argv[1]), sys.argv[2], keys=lambda _: sys.argv[3:])
"""
"""It waits for its lock until the others, too, have started."""


@pytest.mark.parametrize(
    "before",
    [pytest.param(None, id="plain"), pytest.param(OTHER, id="encrypted", marks=pytest.mark.slow)],
)
def test_processes_that_wait_meanwhile_write_into_the_new_file(
    journal: Path, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    """They opened the old one, and wait for its lock; each line that they acknowledge is there."""
    if before:
        seal(journal, before)
    waiting: list[subprocess.Popen[bytes]] = []
    recast = encryption.write_anew

    def recast_while_others_come(*given: object) -> None:
        if not waiting:
            program = [sys.executable, "-c", LOGS, str(journal)]
            waiting.extend(subprocess.Popen([*program, name, OTHER, KEY]) for name in NAMES)
            wait_until(lambda: all(has_open(process, journal) for process in waiting))
        recast(*given)  # type: ignore[arg-type]  # what it was given

    monkeypatch.setattr(encryption, "write_anew", recast_while_others_come)
    seal(journal, KEY)
    assert [process.wait(600) for process in waiting] == [0, 0, 0]
    assert sorted(people(journal, keys(KEY))) == ["Ada Lovelace", "Grace Hopper", *NAMES]


NAMES = ["Tom", "Ute", "Vera"]


def has_open(process: "subprocess.Popen[bytes]", file: Path) -> bool:
    """Whether a process has a file open, as far as this system says."""
    handles = Path(f"/proc/{process.pid}/fd")
    if not handles.is_dir():
        return True
    return process.poll() is not None or any(
        handle.resolve() == file.resolve() for handle in handles.iterdir()
    )


def wait_until(done: Callable[[], bool]) -> None:
    """Wait a little, but not for ever."""
    for _ in range(600):
        if done():
            return
        time.sleep(0.1)
