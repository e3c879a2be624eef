"""What `tests/faults/kill.py` tries: each sort of command that writes to the journal."""

import os
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from connect_cli.store import migrations, sqlite
from tests.cli.editors import editor
from tests.faults.file_trials import FILE_TRIALS
from tests.faults.inbox_trial import INBOX_TRIAL
from tests.faults.sync_trial import SYNC_TRIAL
from tests.faults.trial import (
    COMMANDS,
    FIRST,
    KEYS,
    Command,
    Trial,
    everything,
    must,
    put_there,
    with_record,
    with_secret,
)
from tests.safety.test_doctor import MENDED


def some_people(journal: Path) -> None:
    """Ada and Grace."""
    must("add", "Ada Lovelace", "--every", "1w")
    must("add", "Grace Hopper")
    del journal


def pairs(journal: Path) -> None:
    """For each merge two people with an interaction, a promise and a detail each."""
    some_people(journal)
    for number in range(5):
        for name in pair(number):
            must("add", name, "--new")
            must("log", f"coffee with {name} and Ada: {name} said", "--promise", name)
            must("remember", name, f"tea: {name}")


def pair(number: int) -> tuple[str, str]:
    """Two names of one person, without digits, which a log line would read as minutes."""
    family = "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}").capitalize()
    return f"Anna {family}", f"Hanna {family}"


def two_states(journal: Path) -> None:
    """A journal, and two copies that hold other things than it."""
    some_people(journal)
    for number in range(20):
        must("log", f"coffee with Ada: {number} " + "words " * 2000)
        if number in (10, 15):
            must("backup", str(journal.parent / f"{number}.db"))


def of_the_first_schema(journal: Path) -> None:
    """A journal as the first version of connect left it, large enough to take a while."""
    journal.parent.mkdir(mode=0o700)
    at = FIRST.isoformat(timespec="milliseconds")
    with closing(sqlite.connect(str(journal))) as connection:
        migrations.migrate(connection, steps=migrations.step_texts()[:1])
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN")
        connection.execute(
            "INSERT INTO command (id, at, verb, words, open)"
            f" VALUES ('{'0' * 12}', '{at}', 'add', 'added many', 1)"
        )
        for number in range(3000):
            connection.execute(
                "INSERT INTO person (id, name, folded, created_at) VALUES (?, ?, ?, ?)",
                (f"{number:012}", f"Person {number}", f"person {number}", at),
            )
        connection.execute(_MANY_INTERACTIONS, {"at": at})
        connection.execute("INSERT INTO participant SELECT id, id, 0 FROM interaction")
        connection.execute("UPDATE command SET open = NULL")
        connection.execute("COMMIT")
    journal.chmod(0o600)


_MANY_INTERACTIONS = """INSERT INTO interaction
    (id, day, kind, counts, tried, note, entered, folded, recorded_at)
  SELECT id, '2026-11-23', 'call', 'yes', 0, name || ' said', name || ' said',
    folded || ' said', :at
  FROM person WHERE seq % 3 = 0"""


def logged(number: int, _: Path) -> Command:
    what = (f"coffee with Ada and Grace: note {number} #tag{number}", "--promise", f"book {number}")
    return ("log", *what, "--remember", f"label {number}: value")


def taken_back(number: int, journal: Path) -> Command:
    """Two interactions, and the second taken back."""
    return logged(number, journal) if number % 3 < 2 else ("undo", "--yes")


def merged(number: int, _: Path) -> Command:
    one, other = pair(number)
    return ("merge", one, other, "--prefer", one)


def restored(number: int, journal: Path) -> Command:
    return ("restore", str(journal.parent / f"{15 if number % 2 else 10}.db"), "--yes")


def some_logged(journal: Path) -> None:
    """The same, and twelve interactions."""
    some_people(journal)
    for number in range(COMMANDS):
        must(*logged(number, journal))


def some_undone(journal: Path) -> None:
    """The same, and half of them undone."""
    some_logged(journal)
    must("undo", "6", "--yes")


def undone(number: int, _: Path) -> Command:
    """One, two or three at once."""
    return ("undo", str(1 + number % 3), "--yes")


def redone(_number: int, _journal: Path) -> Command:
    return ("redo", "--yes")


def amended(number: int, journal: Path) -> Command:
    """The last interaction, by options or in an editor."""
    if number % 2:
        edit_by(
            journal, f"s/^for: .*/for: {number + 20}m/; s/^kind: .*/kind: walk/; $ a more {number}"
        )
        return ("amend",)
    return ("amend", "--note", f"told anew {number}", "--kind", "call", "--for", f"{number + 10}m")


def edited(number: int, journal: Path) -> Command:
    """A detail and the cadence, in an editor."""
    edit_by(
        journal,
        f"s/^every:.*/every: {number + 1}w/; s/^tag:.*/tag: of{number}/;"
        f" $ a detail: number: {number}",
    )
    return ("edit", "ada")


def edit_by(journal: Path, change: str) -> None:
    """The editor is a script, which takes a moment."""
    os.environ["EDITOR"] = editor(journal.parent.parent, f"sed -i '{change}' $1")


def promised(number: int, _: Path) -> Command:
    return ("promise", "ada", f"bring her {THINGS[number]}", "--by", "fri")


def some_promises(journal: Path) -> None:
    """What can be done, one by one."""
    some_people(journal)
    for number in range(len(THINGS)):
        must(*promised(number, journal))


def done(number: int, _: Path) -> Command:
    return ("done", THINGS[number])


def deleted(_number: int, journal: Path) -> Command:
    """The newest interaction."""
    with closing(sqlite.connect(str(journal))) as connection:
        (last,) = connection.execute("SELECT id FROM interaction ORDER BY seq DESC").fetchone()
    return ("delete", last, "--yes")


def for_the_doctor(journal: Path) -> None:
    """Interactions, a promise and one detail, whose texts can go wrong."""
    some_people(journal)
    must("remember", "ada", "usual order: flat white")
    for number in range(COMMANDS):
        must("log", f"coffee with Ada: {number} #tag", "--promise", f"book {number}")


def with_faults(journal: Path) -> None:
    """Whatever the doctor mends, but for a damaged index, which hides the rest."""
    for_the_doctor(journal)
    for what, spoil in MENDED.items():
        if what != "damaged":
            spoil(journal)


def with_a_spoiled_index(journal: Path) -> None:
    for_the_doctor(journal)
    MENDED["damaged"](journal)


def mended(_number: int, _journal: Path) -> Command:
    return ("doctor", "--fix")


def migrated(number: int, _: Path) -> Command:
    return ("people",)


def migrated_and_undone(number: int, _: Path) -> Command:
    """What the older version wrote, taken back by this one, and brought again."""
    return (("people",), ("undo", "--yes"), ("redo", "--yes"))[number]


THINGS = ("atlas", "bicycle", "candle", "drawing", "envelope", "flute")


def with_copies(journal: Path) -> None:
    """A journal, and copies beside it."""
    some_people(journal)
    for number in range(3):
        must("log", f"coffee with Ada: {number} " + "words " * 2000)
        must("backup")


def copied(number: int, _: Path) -> Command:
    """By hand; every third makes the copy of a day before, and what has no room goes."""
    return ("log", f"coffee with Ada: {number}") if number % 3 == 0 else ("backup",)


def sealed(journal: Path) -> None:
    """The same, encrypted."""
    with_copies(journal)
    must(*encrypted(0, journal))


def encrypted(number: int, _: Path) -> Command:
    """Encrypted, by another key, and no more."""
    key = number % 3
    os.environ["CONNECT_KEY"] = KEYS[max(0, key - 1)]
    os.environ["CONNECT_NEW_KEY"] = KEYS[1]
    return ("decrypt" if key == 2 else "encrypt", "--yes")


def decrypted(number: int, journal: Path) -> Command:
    """Of an encrypted one: no more, and again."""
    os.environ["CONNECT_KEY"] = KEYS[0]
    return ("encrypt" if number % 2 else "decrypt", "--yes")


def two_sealed_states(journal: Path) -> None:
    """A plain journal, and two encrypted copies that hold other things than it."""
    some_people(journal)
    for number in range(20):
        must("log", f"coffee with Ada: {number} " + "words " * 2000)
        if number in (10, 15):
            must(*encrypted(0, journal))
            must("backup", str(journal.parent / f"{number}.db"))
            must(*decrypted(0, journal))


def restored_sealed(number: int, journal: Path) -> Command:
    """A copy that encrypts the journal, and that made readable again."""
    return decrypted(0, journal) if number % 2 else restored(number // 2, journal)


TRIALS: Mapping[str, Trial] = {
    "log": Trial(some_people, logged, with_record),
    "amend": Trial(some_logged, amended, with_record, 4),
    "edit": Trial(some_people, edited, with_record, 4),
    "delete": Trial(some_logged, deleted, with_record, 4),
    "promise": Trial(some_people, promised, with_record, 4),
    "done": Trial(some_promises, done, with_record, 4),
    "inbox": INBOX_TRIAL,
    "sync": SYNC_TRIAL,
    "undo": Trial(some_people, taken_back, with_record, verb="undo"),
    "undo several": Trial(some_logged, undone, with_record, 4),
    "redo": Trial(some_undone, redone, with_record, 4),
    "merge": Trial(pairs, merged, with_record, 5),
    "restore": Trial(two_states, restored, with_record, 4),
    "migration": Trial(of_the_first_schema, migrated, everything, 1),
    "migration undone": Trial(of_the_first_schema, migrated_and_undone, everything, 3),
    "doctor --fix": Trial(with_faults, mended, put_there, 1, ailing=True),
    "doctor --fix of an index": Trial(with_a_spoiled_index, mended, put_there, 1, ailing=True),
    "backup": Trial(with_copies, copied, with_record, 6, verb="backup"),
    "encrypt": Trial(with_copies, encrypted, with_secret, 3, verb="encrypt"),
    "decrypt": Trial(sealed, decrypted, with_secret, 4, verb="decrypt"),
    "restore encrypted": Trial(two_sealed_states, restored_sealed, with_secret, 4),
    **FILE_TRIALS,
}
