"""Kill the program at a random moment and look at what is left: python -m tests.faults.kill

Each trial copies a prepared journal, lets a process run real commands on it, which acknowledges
each on a pipe once it has answered, and kills that process by SIGKILL. Then the journal must open,
pass every check, and be what it is after the acknowledged commands, or after those and the one that
was at work; nothing between. A trial depends on its seed and number alone, but for the moment that
the machine gives it: `--from N` goes on where a run was stopped.
"""

import argparse
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import connect_cli.store.writes  # noqa: F401  # loaded once, here, and not by each process that is killed
from connect_cli.safety import doctor
from connect_cli.store import checked_copy, copies, database, migrations, sqlite
from tests.faults.working import run
from tests.store.unpacking import readable

FIRST = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
COMMANDS = 12
"""How many one process runs, unless it is killed before."""

KEYS = tuple(f"x'{digits * 32}'" for digits in ("5e", "a7"))
"""Raw keys, which take no time: the encrypted journals of these trials open by one or the other."""

State = tuple[object, ...]
Command = tuple[str, ...]


@dataclass(frozen=True)
class Trial:
    """What is tried.

    prepare: makes the journal that every trial begins with. command: the nth, from 0.
    seen: what is compared, read from the journal's file. commands: how many one process runs.
    """

    prepare: Callable[[Path], None]
    command: Callable[[int, Path], Command]
    seen: Callable[[sqlite3.Connection], State]
    commands: int = COMMANDS


class Wrong(Exception):
    """A trial that found what must not be."""


def moment(number: int) -> datetime:
    """Every third command begins a new day, and so makes the copy of a day."""
    return FIRST + timedelta(days=number // 3, minutes=number)


EVERYTHING = (
    "SELECT name, last_full_on, last_half_on FROM person ORDER BY name",
    """SELECT i.note, i.day, p.name FROM interaction i JOIN participant t ON t.interaction_id = i.id
    JOIN person p ON p.id = t.person_id ORDER BY 1, 3""",
    "SELECT text, p.name FROM promise o JOIN person p ON p.id = o.person_id ORDER BY 1",
    "SELECT label, value, p.name FROM detail d JOIN person p ON p.id = d.person_id ORDER BY 1, 2",
    "SELECT a.folded, p.name FROM alias a JOIN person p ON p.id = a.person_id ORDER BY 1",
)


def everything(connection: sqlite3.Connection) -> State:
    """Every row that a person put there, and what is derived from them."""
    return tuple(tuple(map(tuple, connection.execute(sql))) for sql in EVERYTHING)


def with_record(connection: sqlite3.Connection) -> State:
    """The same, and what the record says was done."""
    commands = connection.execute("SELECT verb, words FROM command ORDER BY seq").fetchall()
    changes = connection.execute("SELECT count(*) FROM change").fetchone()
    return (*everything(connection), tuple(commands), changes)


def with_secret(connection: sqlite3.Connection) -> State:
    """The same, and by what the journal is encrypted."""
    return (*with_record(connection), (sqlite.secret_of(connection) or "")[:66])


def keys(_: Path) -> tuple[str, ...]:
    """Whoever looks knows them all."""
    return KEYS


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
            must("log", f"coffee with {name} and Ada: {name} said", "--new", "--promise", name)
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


def migrated(number: int, _: Path) -> Command:
    return ("people",)


def migrated_and_undone(number: int, _: Path) -> Command:
    """What the older version wrote, taken back by this one, and brought again."""
    return (("people",), ("undo", "--yes"), ("redo", "--yes"))[number]


def with_copies(journal: Path) -> None:
    """A journal, and copies beside it."""
    some_people(journal)
    for number in range(3):
        must("log", f"coffee with Ada: {number} " + "words " * 2000)
        must("backup")


def copied(number: int, _: Path) -> Command:
    """By hand; every third makes the copy of a day before, and what has no room goes."""
    return ("log", f"coffee with Ada: {number}") if number % 3 == 0 else ("backup",)


def by_hand(journal: Path) -> set[str]:
    """The copies that nobody but their owner may remove."""
    return {f"{copy.day} {copy.label}" for copy in copies.listed(journal) if copy.by_hand}


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
    "undo": Trial(some_people, taken_back, with_record),
    "merge": Trial(pairs, merged, with_record, 5),
    "restore": Trial(two_states, restored, with_record, 4),
    "migration": Trial(of_the_first_schema, migrated, everything, 1),
    "migration undone": Trial(of_the_first_schema, migrated_and_undone, everything, 3),
    "backup": Trial(with_copies, copied, with_record, 6),
    "encrypt": Trial(with_copies, encrypted, with_secret, 3),
    "decrypt": Trial(sealed, decrypted, with_secret, 4),
    "restore encrypted": Trial(two_sealed_states, restored_sealed, with_secret, 4),
}


MAY_BE_LEFT = ("left over", "readable", "another key")
"""What `doctor --fix` removes, and copies that an `encrypt` did not come to: `look` opens them."""


def must(*words: str) -> None:
    """A command that prepares something, and succeeds."""
    if code := run(words, FIRST).code:
        raise Wrong(f"{' '.join(words)} ended with {code}")


def look(journal: Path, trial: Trial) -> State:
    """What the journal holds. Raises Wrong unless it opens and is well, and so are its copies."""
    with closing(database.open_to_write(journal, keys)) as connection:
        state = trial.seen(connection)
    later = FIRST + timedelta(days=99)
    report = doctor.diagnose(journal, later, later.date(), keys)
    if report.trouble or any(
        not each.note and each.what not in MAY_BE_LEFT for each in report.findings
    ):
        raise Wrong(f"the doctor found {report}")
    for copy in copies.listed(journal):
        with readable(copy.path) as file, closing(sqlite.reach(file, keys)) as connection:
            checked_copy.check(connection, "integrity_check")
    return state


def states(trial: Trial, template: Path) -> tuple[list[State], float]:
    """What the journal holds before the first command and after each, and how long they take."""
    seconds = 0.0
    with folder_of_trial(template) as journal:
        seen = [look(journal, trial)] if trial.commands > 1 else [unopened(journal, trial)]
        for number in range(trial.commands):
            begun = time.perf_counter()
            code = run(trial.command(number, journal), moment(number)).code
            seconds += time.perf_counter() - begun
            if code:
                raise Wrong(f"{trial.command(number, journal)} ended with {code}")
            seen.append(look(journal, trial))
    return seen, seconds


def unopened(journal: Path, trial: Trial) -> State:
    """What a journal of an older schema holds."""
    with closing(sqlite.connect(str(journal))) as connection:
        return trial.seen(connection)


@contextmanager
def folder_of_trial(template: Path) -> Iterator[Path]:
    """A copy of the prepared directory, and the journal in it."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(template, f"{folder}/connect")
        journal = Path(folder, "connect", "journal.db")
        os.environ["CONNECT_JOURNAL"] = str(journal)
        yield journal


def killed(trial: Trial, journal: Path, after: float) -> int:
    """Run commands in a process of their own, and kill it; how many it had acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os._exit(work(trial, journal, writing))
    os.close(writing)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with open(reading, "rb") as acknowledged:  # noqa: PTH123  # a pipe has no path
        done = len(acknowledged.read())
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise Wrong(f"command {done} failed before it was killed")
    return done


def work(trial: Trial, journal: Path, acknowledge: int) -> int:
    """What the process does that is killed; it leaves by its exit code alone."""
    try:
        for number in range(trial.commands):
            if run(trial.command(number, journal), moment(number)).code:
                return 1
            os.write(acknowledge, b".")
    except BaseException:  # noqa: BLE001  # nothing may reach the code of the process it is a fork of
        traceback.print_exc()
        return 1
    return 0


def tried(name: str, numbers: range, seed: int) -> None:
    """Trials of one sort. Raises Wrong at the first that finds what must not be."""
    trial = TRIALS[name]
    acknowledged = at_work = 0
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder, "connect")
        os.environ["CONNECT_JOURNAL"] = str(template / "journal.db")
        trial.prepare(template / "journal.db")
        expected, seconds = states(trial, template)
        for number in numbers:
            after = random.Random(f"{seed} {name} {number}").uniform(0, 1.5 * seconds)  # noqa: S311  # repeatable
            with folder_of_trial(template) as journal:
                done = killed(trial, journal, after)
                state = look(journal, trial)
                if gone := by_hand(template / "journal.db") - by_hand(journal):
                    raise Wrong(f"{name} {number}: copies are gone: {sorted(gone)}")
            if state not in expected[done : done + 2]:
                raise Wrong(f"{name} {number}: after {done} commands there is {state}")
            acknowledged += done
            at_work += state != expected[done]
            if sys.stdout.isatty():
                print(f"\r{name}: {number + 1}", end="", flush=True)  # noqa: T201  # a program that answers
    told = f"{acknowledged} commands acknowledged and kept, {at_work} more done but not yet said"
    print(f"\r{name}: {len(numbers)} trials from {numbers.start}, {told}")  # noqa: T201  # as above


def main() -> None:
    """Read the options, and try."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(TRIALS), help=", ".join(TRIALS))
    parser.add_argument("--trials", type=int, default=1000)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for name in asked.names:
        tried(name, range(asked.first, asked.first + asked.trials), asked.seed)


if __name__ == "__main__":
    main()
