"""Whatever stands in any column of any table: no traceback, and it is said what and whose."""

import random
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from connect_cli.cli.commands import MODULE_OF
from connect_cli.errors import ExitCode, NotUnderstood
from connect_cli.store.row_checks import SIDES, STORED
from tests.cli.test_completion import offered
from tests.conftest import Begin, Connect, Ran
from tests.exchange.copies import journal_at
from tests.faults.commands import ELSEWHERE, JOURNAL, READING, WRITING, Words
from tests.store.damage import change_unrecorded
from tests.store.garbage import Column, Text, columns, write

GARBAGE: Mapping[str, Any] = {
    "nothing": None,
    "a blob": b"\xff\x00",
    "bytes that are no text": Text(b"caf\xe9 \xff"),
    "a number": 987_654,
    "a negative number": -3,
    "an enormous number": 2**62,
    "a fraction": 2.5,
    "a word": "words",
    "an empty text": "",
    "a text with a NUL": "a\0b",
    "a day that there is not": "2026-02-30",
    "a misspelt day": "2026-03-1x",
    "the day nought": "0000-00-00",
    "a day too far": "99999-01-01",
    "an id of other letters": "UUUUUUUUUUUU",
    "the id of nobody": "000000000000",
    "half a row": '{"id": "',
    "a row of another shape": "[1, 2]",
    "a row with other values": '{"id": 5, "name": [1]}',
    "a deep row": "[" * 5000,
    "a rule that never falls": "FREQ=MONTHLY;BYDAY=9XX",
    "a rule by the second": "FREQ=SECONDLY",
    "many digits": "9" * 5000 + "d",
}
COLUMNS = {column.said: column for column in columns()}
TABLES = sorted({column.table for column in COLUMNS.values()})

DECIDES = {"open", "undoes", "table_name", "done_on", "archived_on", "kind", "month", "day"}
DECIDES |= {"tried"}  # an index of conversations has no attempt in it, nor what is neither
"""Columns that decide whether a row is found at all: what they hide is named by the doctor alone,
as with every id, every reference, and every text that is folded for a search."""

READABLE = {"name", "label", "value", "text", "verb", "words", "uid", "circle"}
READABLE |= {"cadence_words", "word"}
"""Columns of texts: one that is too long or empty for its place can be shown all the same."""

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Lovelace\r\nEMAIL:ada@example.org\r\nEND:VCARD\r\n"
MOMENT = "2026-11-20T08:00:00.000+00:00"
KEY = "AGE-SECRET-KEY-1QQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSNZS23V9CCRYDPK8QARC0S"


KEYED = {"participant", "seen", "forgotten", "machine", "due"}
"""Tables without row numbers, which find a row by its own values."""
NO_KEY = {"place", "name", "taken", "hash", "retired"}


def may_hide(column: Column) -> bool:
    """Whether a wrong value in this column can make a row one that is not found."""
    return column.name in DECIDES or column.name.endswith(("id", "seq", "folded"))


def is_wrong(column: Column, value: Any) -> bool:
    """Whether no command can have written this there."""
    if isinstance(value, bytes):
        return True
    if column.table == "change" and column.name in SIDES:
        return value is not None
    try:
        STORED[column.table][column.name](value)
    except NotUnderstood:
        return True
    return False


def can_hold(column: Column, value: Any) -> bool:
    """A row number is always whole, and a key of a table without them is never nothing."""
    if column.key:
        return type(value) is int
    keyed = column.table in KEYED and column.name not in NO_KEY
    return not (keyed and value is None)


IN_PARTS = {"sync"}
"""Commands of several parts, each kept for itself: the inbox is logged before anything is given."""


class Journals:
    """A sound journal, and what the commands answer to it and to others."""

    def __init__(self, connect: Connect, home: Path, folder: Path) -> None:
        self._connect = connect
        self._home = home
        self._folder = folder
        self.file = home / "journal.db"
        self._sound = folder / "sound"
        self._spoilt = folder / "spoilt"
        self._words = self._prepared()
        self._settings, self._kept = folder / "config", folder / "settings"
        shutil.copytree(self._settings, self._kept)
        shutil.copytree(home, self._sound)
        self._answers: dict[Words, Ran] = {}

    def _prepared(self) -> dict[str, str]:
        change_unrecorded(
            self.file,
            f"INSERT INTO saving (id, day, minutes, text) VALUES ('{1:012}', '2026-11-20', 5, 'x')",
            f"INSERT INTO gone (id, table_name, at) VALUES ('{2:012}', 'tag', '{MOMENT}')",
            "INSERT INTO card (id, person_id, uid, text)"
            f" SELECT '{3:012}', id, 'card 1', 'X-SHOE:38' FROM person LIMIT 1",
            f"""UPDATE change SET times = '{{"at":"{MOMENT}"}}' WHERE seq = 1""",
            "INSERT INTO inbox (seq, waiting) VALUES (1, 2)",
            "INSERT INTO inbox_line (id, hash_key, hash, dropped)"
            f" VALUES ('{4:012}', '{'5e' * 16}', '{'a7' * 16}', 0)",
            f"INSERT INTO circle (id, name, cadence) VALUES ('{5:012}', 'choir', '2w')",
            f"INSERT INTO forgotten (id) VALUES ('{6:012}')",
            "INSERT INTO sync (seq, journal_id, machine_id, number, hash, base, given, key)"
            f" VALUES (1, '{7:012}', '{8:012}', 3, 'a7', 1, 2, '{KEY}')",
            "INSERT INTO machine (id, name, taken, hash, retired)"
            f" VALUES ('{9:012}', 'desk', 2, '5e', 0)",
            f"INSERT INTO due (table_name, row_id) VALUES ('person', '{10:012}')",
        )
        self._write_inbox()
        words = {"card": f"{self._folder / 'card.vcf'}", "folder": f"{self._folder / 'out'}"}
        (self._folder / "card.vcf").write_text(CARD)
        with closing(sqlite3.Connection(str(self.file))) as connection:
            for name, sql in _IDS.items():
                (words[name],) = connection.execute(sql).fetchone()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        words["other"] = str(self._folder / "other.jsonl")
        self._connect("export", "jsonl", words["other"])
        return words

    def _write_inbox(self) -> None:
        """A line that is new."""
        folder = self._folder / "inbox"
        folder.mkdir()
        (folder / "phone.txt").write_text("tea with ada: new\n")
        self._connect("inbox", "--setup", str(folder))

    def spoil(self, column: Column, value: Any, row: int = 0) -> None:
        """Put a value into the journal that is there."""
        write(self.file, column, value, row)

    def begin(self) -> None:
        """Begin again with the sound journal."""
        self._put(self._sound)

    def keep(self) -> None:
        """Let every further command begin with the journal that is there now."""
        shutil.rmtree(self._spoilt, ignore_errors=True)
        shutil.copytree(self._home, self._spoilt)
        self._recorded = self._record()

    def answer(self, words: Words) -> Ran:
        """What a command answers to the journal that was kept."""
        self._put(self._spoilt)
        return self._run(words)

    def sound_answer(self, words: Words) -> Ran:
        """What it answers to the sound one."""
        if words not in self._answers:
            self._put(self._sound)
            self._answers[words] = self._run(words)
        return self._answers[words]

    def untouched(self, words: Words) -> bool:
        """Whether a command that stopped left the record as it was, but for whole parts of it."""
        return words[0] in IN_PARTS or bool(self._record() == self._recorded)

    def _record(self) -> Any:
        with closing(sqlite3.Connection(str(self.file))) as connection:
            sql = "SELECT (SELECT count(*) FROM command), (SELECT count(*) FROM change)"
            return connection.execute(sql).fetchone()

    def _run(self, words: Words) -> Ran:
        shutil.rmtree(self._words["folder"], ignore_errors=True)
        Path(self._words["folder"]).mkdir()
        return self._connect(*(word.format_map(self._words) for word in words))

    def _put(self, home: Path) -> None:
        for there, kept in ((self._home, home), (self._settings, self._kept)):
            shutil.rmtree(there)
            shutil.copytree(kept, there)


_IDS = {
    "interaction": "SELECT id FROM interaction ORDER BY seq LIMIT 1",
    "promise": "SELECT id FROM promise ORDER BY seq LIMIT 1",
    "command": "SELECT id FROM command WHERE verb = 'log' ORDER BY seq LIMIT 1",
}


@pytest.fixture
def journals(
    begin: Begin,
    connect: Connect,
    journal_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Journals:
    """The journal with everything in it, and its commands."""
    monkeypatch.setenv("EDITOR", "true")
    *most, newest, undone = JOURNAL
    begin(*most)
    with journal_at(journal_file) as journal, journal.write("merge", "two people") as rows:
        rows.keep_apart(*(journal.named(name).id for name in ("ada", "grace")))
    for words in (newest, undone):
        assert connect(*words).code == 0
    return Journals(connect, journal_file.parent, tmp_path)


def check(journals: Journals, column: Column, value: Any, calls: Sequence[Words]) -> None:
    """Spoil one value; then every call tells of it, or answers as if it were sound."""
    journals.begin()
    journals.spoil(column, value)
    journals.keep()
    wrong = is_wrong(column, value)
    doctor = journals.answer(("doctor",))
    if wrong:
        assert doctor.code == 1, doctor
        assert f"{column.said} of " in doctor.out, doctor
    for words in calls:
        check_call(journals, column, value, words, wrong=wrong)


def check_call(
    journals: Journals, column: Column, value: Any, words: Words, *, wrong: bool
) -> None:
    """One command in a journal with one spoilt value."""
    sound, ran = journals.sound_answer(words), journals.answer(words)
    about = (column.said, value, words, ran)
    if ran.code == ExitCode.JOURNAL:
        (told,) = [line for line in ran.err.splitlines() if line.startswith("connect: ")]
        assert not wrong or f"is damaged: {column.said} of " in told, about
        assert "connect doctor" in ran.err, about
        assert journals.untouched(words), about
    elif ran.code != sound.code:
        assert not wrong or may_hide(column), about
    elif wrong and words in READING and not may_hide(column):
        readable = column.name in READABLE and isinstance(value, str)
        silent = words == ("prompt",) and not ran.out  # as whenever anything goes wrong
        assert readable or silent or ran.out == sound.out, about


def of(table: str) -> list[Column]:
    """The columns of a table."""
    return [column for column in COLUMNS.values() if column.table == table]


def some(number: int, calls: Sequence[Words], several: int) -> list[Words]:
    """A few of the calls, others for each number."""
    return [calls[(number * several + each) % len(calls)] for each in range(several)]


@pytest.mark.parametrize("table", TABLES)
def test_a_spoilt_value_of_each_column_is_named(journals: Journals, table: str) -> None:
    """By the doctor always, and by a command that meets it; one sort of garbage each."""
    for number, column in enumerate(COLUMNS.values()):
        if column.table == table:
            sorts = [value for value in GARBAGE.values() if can_hold(column, value)]
            value = sorts[number % len(sorts)]
            calls = READING if number % 2 else WRITING
            check(journals, column, value, some(number // 2, calls, 1))


LISTING = [words for words in READING if words[0] in ("show", "history", "search", "export")]


@pytest.mark.parametrize("row", range(4))
def test_nobody_changes_places_by_damage(journals: Journals, row: int) -> None:
    """Whoever of several it is whose place is spoilt: the others do not come before or behind."""
    column = COLUMNS["participant.place"]
    journals.begin()
    journals.spoil(column, "x", row)
    journals.keep()
    for words in LISTING:
        check_call(journals, column, "x", words, wrong=True)


CHANGING = [words for words in WRITING if words[0] in ("amend", "delete")]


@pytest.mark.parametrize("row", range(4))
def test_a_participant_who_is_nobody_is_no_fault(journals: Journals, row: int) -> None:
    """Whatever stands where the id of a participant belongs, their interaction can be changed."""
    column = COLUMNS["participant.person_id"]
    journals.begin()
    journals.spoil(column, GARBAGE["a number"], row)
    journals.keep()
    for words in CHANGING:
        check_call(journals, column, GARBAGE["a number"], words, wrong=True)


@pytest.mark.slow
@pytest.mark.parametrize("sort", GARBAGE)
@pytest.mark.parametrize("table", TABLES)
def test_every_sort_of_garbage_in_every_column(journals: Journals, table: str, sort: str) -> None:
    """With some of the commands that read and of those that write, others each time."""
    number = list(GARBAGE).index(sort) + TABLES.index(table)
    for column in of(table):
        if can_hold(column, GARBAGE[sort]):
            number += 1
            calls = some(number, READING, 4) + some(number, WRITING, 2)
            check(journals, column, GARBAGE[sort], calls)


def several_spoilt(journals: Journals, seed: int, calls: int) -> None:
    """Spoil a few values at once; whatever a command meets first, it says so."""
    chance = random.Random(seed)  # noqa: S311  # any will do, the same each time
    journals.begin()
    spoilt = chance.sample(list(COLUMNS.values()), 4)
    wrong = False
    for column in spoilt:
        value = chance.choice([each for each in GARBAGE.values() if can_hold(column, each)])
        wrong |= is_wrong(column, value)
        with suppress(sqlite3.IntegrityError):  # two rows would have one key
            journals.spoil(column, value)
    journals.keep()
    assert journals.answer(("doctor",)).code == ExitCode.COULD_NOT
    for words in chance.sample([*READING, *WRITING], calls):
        ran = journals.answer(words)
        about = (seed, spoilt, words, ran)
        assert ran.code in (*range(4), ExitCode.JOURNAL), about
        if ran.code == ExitCode.JOURNAL:
            assert "damaged" in ran.err or "as it left them" in ran.err, about
            assert journals.untouched(words), about


@pytest.mark.parametrize("seed", range(4))
def test_several_spoilt_values_at_once(journals: Journals, seed: int) -> None:
    """One does not hide in another: no command falls over them."""
    several_spoilt(journals, seed, calls=6)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 130))
def test_many_times_several_spoilt_values(journals: Journals, seed: int) -> None:
    """The same, more often and with more commands."""
    several_spoilt(journals, seed, calls=20)


def test_every_command_is_called() -> None:
    """A new one must be among them, or say why it is not."""
    called = {words[0] for words in (*READING, *WRITING)} | set(ELSEWHERE)
    assert called == set(MODULE_OF)


def test_every_column_is_described() -> None:
    """A new one must say what it may hold, or the doctor would pass over it."""
    described = {f"{table}.{name}" for table, held in STORED.items() for name in held}
    assert described == set(COLUMNS)


def test_a_sound_journal_is_called_so(journals: Journals) -> None:
    """Nothing that a command writes is taken for damage."""
    journals.begin()
    journals.keep()
    ran = journals.answer(("doctor",))
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "All is well.")


def test_no_command_shows_the_key_of_the_sync_folder(journals: Journals) -> None:
    """Nor a value that stands where it belongs; whoever has it can read the folder."""
    for value in (KEY, KEY[:20], 987_654_321):
        journals.begin()
        journals.spoil(COLUMNS["sync.key"], value)
        journals.keep()
        for words in READING:
            ran = journals.answer(words)
            assert str(value) not in ran.out + ran.err, words


LEADING_OUT = {
    "a cadence": ("person.cadence", "2x", ("today",)),
    "a moment of the record": ("command.at", "2026-03-1x", ("changes",)),
    "one byte in a row of the record": ("change.before", Text(b"{\xff}"), ("redo", "--yes")),
    "a day": ("interaction.day", "2026-02-30", ("history",)),
    "a name": ("person.name", Text(b"\xff"), ("people",)),
}


@pytest.mark.parametrize("what", LEADING_OUT)
def test_the_way_out_that_is_named_leads_out(
    journals: Journals, connect: Connect, what: str
) -> None:
    """A copy that was made since the damage is not offered; the one before it is, and it helps."""
    said, value, words = LEADING_OUT[what]
    column = COLUMNS[said]
    journals.begin()
    sound = connect(*words) if words in READING else None
    journals.begin()
    with closing(sqlite3.Connection(str(journals.file))) as connection:
        sql = f"SELECT {column.name} FROM {column.table} WHERE {column.name} IS NOT NULL LIMIT 1"
        assert connection.execute(sql).fetchone() is not None, "there is something to spoil"
    copy = Path(connect("backup").out.split("Copied to ")[1].split(". ")[0])
    journals.spoil(column, value, row=row_of(journals.file, column))
    since = copy.with_name(copy.name.replace("by-hand", "by-hand-since"))
    shutil.copy(journals.file, since)
    ran = connect(*words)
    assert ran.code == ExitCode.JOURNAL, ran
    told, hint = ran.err.splitlines()[-2:]
    assert f"is damaged: {said} of " in told
    assert hint == f"hint: see how much: connect doctor; put a copy back: connect restore {copy}"
    assert connect("restore", str(since), "--yes").err.count(f"damaged too: {said} of ") == 1
    assert connect("restore", str(copy), "--yes").code == 0
    assert connect("doctor").code == 0
    after = connect(*words)
    assert after.code == 0
    assert sound is None or after.out == sound.out


def test_no_saving_is_noted_beside_one_that_cannot_be_read(journals: Journals) -> None:
    """The minutes of its week are said with it, and so are read before it is written."""
    for value in ("words", 2**40):
        check(journals, COLUMNS["saving.minutes"], value, [("saved", "5m", "--on", "yesterday")])
        assert journals.answer(("balance",)).code == ExitCode.JOURNAL


@pytest.mark.parametrize("value", [None, b"\xff\x00", Text(b"caf\xe9 \xff"), 987_654])
def test_a_review_names_a_note_that_cannot_be_read(journals: Journals, value: Any) -> None:
    """It looks for words in it."""
    check(journals, COLUMNS["interaction.note"], value, [("review", "year")])
    assert journals.answer(("review", "year")).code == ExitCode.JOURNAL


def test_no_line_of_the_inbox_is_taken_into_a_journal_that_is_called_damaged(
    journals: Journals,
) -> None:
    """How many lines wait is kept after they were taken; it is read before."""
    check(journals, COLUMNS["inbox.waiting"], "words", [("inbox",)])


def row_of(journal: Path, column: Column) -> int:
    """The place of the last row that has something in this column."""
    with closing(sqlite3.Connection(str(journal))) as connection:
        rows = connection.execute(f"SELECT {column.name} FROM {column.table} ORDER BY 1 IS NULL")
        order = connection.execute(f"SELECT {column.name} FROM {column.table} ORDER BY seq")
        assert rows.fetchone() is not None
        return max(place for place, (value,) in enumerate(order) if value is not None)


@pytest.mark.parametrize("version", [-7, 0])
def test_a_version_that_is_none_is_damage(
    journals: Journals, connect: Connect, version: int
) -> None:
    """No step is run for it, and a copy leads out."""
    journals.begin()
    connect("backup")
    change_unrecorded(journals.file, f"PRAGMA user_version = {version}")
    for words in (("today",), ("log", "coffee with ada"), ("doctor",)):
        ran = connect(*words)
        assert (ran.code, f"says that its version is {version}" in ran.err) == (5, True)
        assert "connect restore" in ran.err


def test_a_version_that_is_too_old_for_the_file_is_damage(
    journals: Journals, connect: Connect
) -> None:
    """The steps do not fit; no copy of such a journal is left to be put back."""
    journals.begin()
    connect("backup")
    copies = sorted(journals.file.parent.glob("backups/*"))
    change_unrecorded(journals.file, "PRAGMA user_version = 3")
    ran = connect("today")
    assert (ran.code, "is damaged" in ran.err) == (5, True)
    assert sorted(journals.file.parent.glob("backups/*")) == copies


@pytest.mark.parametrize("table", ["interaction_words_data", "interaction_words_config"])
def test_a_spoilt_search_index_is_said(journals: Journals, connect: Connect, table: str) -> None:
    """What was written is all there; the index is damage of the journal, and no traceback."""
    journals.begin()
    column = "block" if table.endswith("data") else "v"
    change_unrecorded(journals.file, f"UPDATE {table} SET {column} = x'ffff00'")
    assert connect("doctor").code in (ExitCode.COULD_NOT, ExitCode.JOURNAL)
    assert connect("search", "boston").code in (ExitCode.DONE, ExitCode.JOURNAL)
    assert connect("log", "coffee with ada").code in (ExitCode.DONE, ExitCode.JOURNAL)


TABBED = {
    "person.folded": "connect show ",
    "alias.folded": "connect show ",
    "tag.name": "connect people --tag ",
    "promise.text": "connect done ",
    "promise.id": "connect done ",
    "interaction.kind": "connect delete ",
}


@pytest.mark.parametrize("said", TABBED)
def test_tab_says_nothing_of_damage(journals: Journals, said: str) -> None:
    """It is not the place to say so; nor is it one to fall over."""
    for value in (None, b"\xff", Text(b"\xff")):
        journals.begin()
        journals.spoil(COLUMNS[said], value)
        words = offered(TABBED[said])
        assert not [word for word in words if "xff" in word or "Traceback" in word], value
