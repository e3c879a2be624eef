"""Copies that are compressed: readable by anybody, read back before they count, never too much."""

import gzip
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from connect_cli.errors import JournalDamaged, JournalTrouble
from connect_cli.safety import daily_copy, encryption, held_files, restore
from connect_cli.store import checked_copy, compression, copies, database, signature, sqlite
from tests.store.journals import TODAY, log, people


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal with Ada in it, and a copy of it; then came Grace."""
    path = tmp_path / "connect" / "journal.db"
    log(path, "Ada", "she is moving to Boston")
    with closing(database.open_to_read(path)) as connection:
        daily_copy.make_daily(connection, path, TODAY)
    log(path, "Grace")
    return path


@pytest.fixture
def copy(journal: Path) -> Path:
    """That copy."""
    (found,) = copies.listed(journal)
    return found.path


def shut(_: bytes) -> bytes:
    """No copy is encrypted with age here."""
    raise AssertionError


@pytest.mark.skipif(shutil.which("gunzip") is None, reason="this machine has no gunzip")
def test_gunzip_makes_a_journal_of_it(copy: Path) -> None:
    """Whoever has no connect can read it."""
    subprocess.run(["gunzip", str(copy)], check=True)
    assert people(copy.with_suffix("")) == ["Ada"]


def test_it_takes_a_part_of_the_room(copy: Path, journal: Path) -> None:
    """And says neither when nor by what name it was made."""
    content = copy.read_bytes()
    assert len(content) * 4 < journal.stat().st_size
    assert content[:8] == b"\x1f\x8b\x08\0\0\0\0\0"
    assert copies.listed(journal)[0].size == len(content)


def test_what_does_not_read_back_takes_no_place(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that changes a byte, and one that loses the end: nothing is left of such a copy."""

    def flip(file: Path) -> None:
        with file.open("r+b") as stream:
            stream.seek(200)
            stream.write(b"flip")

    def cut(file: Path) -> None:
        os.truncate(file, file.stat().st_size // 2)

    def empty(file: Path) -> None:
        file.write_bytes(gzip.compress(b""))

    folder, unpacked = copies.folder_of(journal), compression._unpacked
    before = sorted(folder.iterdir())
    with closing(database.open_to_read(journal)) as connection:
        for spoil in (flip, cut, empty):

            def spoilt(file: Path, spoil: Callable[[Path], None] = spoil) -> object:
                spoil(file)
                return unpacked(file)

            monkeypatch.setattr(compression, "_unpacked", spoilt)
            with pytest.raises(OSError, match="could not be read back"):
                checked_copy.keep(connection, journal, TODAY, "before-import")
            assert sorted(folder.iterdir()) == before


def cut_off(copy: Path) -> None:
    os.truncate(copy, copy.stat().st_size - 9)


def cut_in_its_head(copy: Path) -> None:
    os.truncate(copy, 600)


def change_a_byte(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 0xFF
    copy.write_bytes(content)


def spoil_the_checksum(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[-8] ^= 0xFF
    copy.write_bytes(content)


def spoil_its_head(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:10] + b"\xff" * 1000)


def hold_a_text(copy: Path) -> None:
    copy.write_bytes(gzip.compress("".join(map(str, range(5000))).encode()))


def hold_nothing(copy: Path) -> None:
    copy.write_bytes(gzip.compress(b"", mtime=0) + bytes(1000))


def hold_more_than_it_says(copy: Path) -> None:
    """A bomb: it expands to a gigabyte, but a chunk of it is enough to know."""
    content = gzip.decompress(copy.read_bytes())
    copy.write_bytes(gzip.compress(content) + gzip.compress(bytes(2**23)) * 128)


def hold_noise_and_a_bomb(copy: Path) -> None:
    copy.write_bytes(gzip.compress(NOISE + bytes(2**23)))


NOISE = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(128))
FAULTS: Mapping[Callable[[Path], None], str] = {
    cut_off: "is damaged: its end is missing",
    cut_in_its_head: "is damaged: its end is missing",
    # Where the byte stands differs from run to run: the rest may also end early, or go on.
    change_a_byte: "is damaged: (it cannot be unpacked|its end is missing|it holds more than)",
    spoil_the_checksum: "is damaged: it cannot be unpacked",
    spoil_its_head: "is damaged: it cannot be unpacked",
    hold_a_text: "is not a journal",
    hold_nothing: "is not a journal",
    hold_more_than_it_says: "is damaged: it holds more than it says",
    hold_noise_and_a_bomb: "is damaged: it holds more than it says",
}


@pytest.mark.parametrize("spoil", FAULTS, ids=lambda spoil: spoil.__name__)
def test_a_damaged_copy_is_told_in_one_line(
    copy: Path, journal: Path, spoil: Callable[[Path], None]
) -> None:
    """Before anything is asked; nothing is changed, and nothing left of what was unpacked."""
    spoil(copy)
    before = {path: path.read_bytes() for path in journal.parent.rglob("*") if path.is_file()}
    with (
        pytest.raises(JournalTrouble, match=FAULTS[spoil]) as raised,
        restore.prepare_copy(copy, journal, shut),
    ):
        pass
    assert "\n" not in raised.value.message
    assert raised.value.hint == "list the copies: connect restore"
    assert {p: p.read_bytes() for p in journal.parent.rglob("*") if p.is_file()} == before


def test_a_disk_without_room_for_it_is_said_before_it_is_filled(
    copy: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a copy says to hold must fit."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with (
        pytest.raises(JournalTrouble, match=r"^the disk is full: nothing was written$"),
        restore.prepare_copy(copy, journal, shut),
    ):
        pass
    assert not list(journal.parent.glob(".*"))


def test_a_copy_that_gzip_made_is_read(copy: Path, journal: Path, tmp_path: Path) -> None:
    """With its name in it, in two parts, and called as one likes."""
    content = gzip.decompress(copy.read_bytes())
    named = tmp_path / "mine"
    with gzip.open(tmp_path / "mine.db.gz", "wb") as stream:
        stream.write(content[:9000])
    named.write_bytes((tmp_path / "mine.db.gz").read_bytes() + gzip.compress(content[9000:]))
    with restore.prepare_copy(named, journal, shut) as offer:
        assert people(offer.ready) == ["Ada"]


def test_a_copy_is_found_by_the_name_it_had_before_it_was_compressed(
    copy: Path, journal: Path
) -> None:
    """As in a note, a script or a hint of before."""
    with restore.prepare_copy(Path(copy.with_suffix("").name), journal, shut) as offer:
        assert people(offer.ready) == ["Ada"]


def test_a_name_is_found_in_what_is_compressed(copy: Path, journal: Path) -> None:
    """And where the end is gone, nobody can say that it is not there."""
    folder = copies.folder_of(journal)
    assert held_files.files_with(folder, ["Ada"]) == [copy]
    assert held_files.files_with(folder, ["Linus"]) == []
    cut_off(copy)
    assert held_files.files_with(folder, ["Linus"]) == [copy]


def test_a_name_is_found_across_two_parts(
    copy: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever what is read at once ends."""
    monkeypatch.setattr(compression, "_CHUNK_BYTES", 7)
    assert held_files.files_with(copies.folder_of(journal), ["moving to Boston"]) == [copy]


def test_whether_a_copy_is_encrypted_is_seen_through_its_compression(
    copy: Path, tmp_path: Path
) -> None:
    """What gzip makes looks like noise; only what is in it tells."""
    noise = tmp_path / "noise.db"
    noise.write_bytes(NOISE)
    packed = tmp_path / "noise.db.gz"
    packed.write_bytes(gzip.compress(noise.read_bytes()))
    assert signature.is_encrypted(copy)
    seen = [compression.is_encrypted(file) for file in (copy, noise, packed)]
    assert seen == [False, True, True]
    change_a_byte(copy)
    os.truncate(copy, 100)
    assert not compression.is_encrypted(copy)


def test_a_damaged_copy_is_not_encrypted_and_named(copy: Path, journal: Path) -> None:
    """The journal is encrypted nevertheless."""
    pytest.importorskip("sqlcipher3", reason="needs the extra 'encrypted'")
    change_a_byte(copy)
    sealed = encryption.rewrite(journal, sqlite.no_keys, encryption.new_secret("correct horse"))
    assert sealed.left == (copy,)
    assert signature.is_encrypted(journal)
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_of_a_database_of_the_largest_pages_the_size_is_known() -> None:
    """SQLite writes 1 for 65536, which does not fit."""
    head = bytearray(signature.PLAIN + bytes(84))
    head[16:18], head[28:32] = b"\0\x01", b"\0\0\0\x03"
    assert compression._promised(bytes(head), Path("unread")) == 3 * 65536
    with pytest.raises(JournalDamaged, match="is not a journal"):
        compression._promised(b"text", Path("some.gz"))
