"""Kill the program at a random moment and look at what is left: python -m tests.faults.kill

Each trial (trials.py) copies a prepared journal and lets a process run real commands on it, which
tells on a pipe what each answered once it has. That process is killed by SIGKILL while a command
is at work that was chosen beforehand; a trial in which the command ended first does not count.
Then the journal must open, pass every check, and be what it is after the answered commands, or
after those and the one that was at work; nothing between. What is written besides it is old or new,
file by file. After `connect doctor --fix`, and the command once more if it writes to files, nothing
is left over.

A trial depends on its seed and number alone, but for the moment that the machine gives it:
`--from N` goes on where a run was stopped. The counts are printed, and each wrong one with what is
wrong; the exit code is then 1.
"""

import argparse
import gc
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

import connect_cli.store.writes  # noqa: F401  # loaded once, here, and not by each process that is killed
from connect_cli.safety import doctor
from connect_cli.store import checked_copy, copies, database, sqlite
from tests.faults.trial import FIRST, KEYS, Content, State, Trial, Wrong, key_of, moment
from tests.faults.trials import TRIALS
from tests.faults.working import run
from tests.store.unpacking import readable

LATER = max(FIRST, datetime.now(UTC)) + timedelta(days=99)  # noqa: TID251  # as files have it
"""When one looks: what a process left an hour ago, by the system's own clock, is left over."""

MAY_BE_LEFT = ("left over", "unfinished text", "readable", "another key")
"""What `doctor --fix` removes, and copies that an `encrypt` did not come to: `look` opens them."""

PATIENCE = 600
"""Seconds after which a process that does not answer is wrong."""


@dataclass
class Expected:
    """What there is before the first command and after each, and how long each takes.

    aims: those of the commands that are killed.
    """

    states: list[State]
    besides: list[Content]
    aims: list[int]
    seconds: list[float] = field(default_factory=list)


def keys(_: Path) -> tuple[str, ...]:
    """Whoever looks knows them all."""
    return KEYS


def by_hand(journal: Path) -> set[str]:
    """The copies that nobody but their owner may remove."""
    return {f"{copy.day} {copy.label}" for copy in copies.listed(journal) if copy.by_hand}


def look(
    journal: Path,
    trial: Trial,
    *,
    ailing: bool = False,
    but: tuple[str, ...] = MAY_BE_LEFT,
) -> State:
    """What the journal holds. Raises Wrong unless it opens and is well, and so are its copies.

    ailing: it may be unwell. but: what the doctor may find all the same.
    """
    with closing(database.open_to_write(journal, keys)) as connection:
        state = trial.seen(connection)
    if not ailing:
        diagnose(journal, but)
    for copy in copies.listed(journal):
        if not ailing and "before-fix" not in copy.label:
            with readable(copy.path) as file, closing(sqlite.reach(file, keys)) as connection:
                checked_copy.check(connection, "integrity_check")
    return state


def diagnose(journal: Path, but: tuple[str, ...]) -> None:
    """Raise Wrong if the doctor finds something. but: the findings that may be."""
    report = doctor.diagnose(journal, LATER, LATER.date(), keys)
    found = [each for each in report.findings if not each.note and each.what not in but]
    if report.trouble or found:
        raise Wrong(f"the doctor found {found} {report.trouble or ''}")


def expected(trial: Trial, template: Path) -> Expected:
    """Let all commands end, once to look after each, and once to see how long they take."""
    with folder_of_trial(template) as journal:
        seen = [
            look(journal, trial, ailing=trial.ailing)
            if trial.commands > 1
            else unopened(journal, trial)
        ]
        besides = [trial.besides(journal)]
        aims = []
        for number in range(trial.commands):
            words = trial.command(number, journal)
            if trial.verb in ("", words[0]):
                aims.append(number)
            ran = run(words, moment(number))
            if ran.code:
                raise Wrong(f"{words} ended with {ran.code}: {ran.err}")
            trial.done(number, ran.out + ran.err, journal)
            seen.append(look(journal, trial))
            besides.append(trial.besides(journal))
    found = Expected(seen, besides, aims)
    with folder_of_trial(template) as journal:
        begun = time.perf_counter()
        with Process(trial, journal) as process:
            for _ in range(trial.commands):
                process.wait_for_answer()
                found.seconds.append(-begun + (begun := time.perf_counter()))
    return found


def unopened(journal: Path, trial: Trial) -> State:
    """What a journal of an older schema holds, or one that ails."""
    with closing(sqlite.connect(str(journal))) as connection:
        return trial.seen(connection)


@contextmanager
def folder_of_trial(template: Path) -> Iterator[Path]:
    """A copy of the prepared directory, and the journal in it."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(template, f"{folder}/connect")
        Path(folder, "tmp").mkdir()
        journal = Path(folder, "connect", "journal.db")
        os.environ["CONNECT_JOURNAL"] = str(journal)
        yield journal


class Process:
    """A process that runs the commands of a trial, one after the other, until it is killed.

    answers: what they answered. at_work: whether it had not ended yet when it was killed.
    """

    def __init__(self, trial: Trial, journal: Path) -> None:
        self._reading, writing = os.pipe()
        self._rest = b""
        self.answers: list[str] = []
        self.at_work = True
        if not (number := os.fork()):
            os.close(self._reading)
            os._exit(_work(trial, journal, writing))
        os.close(writing)
        self._number = number

    def wait_for_answer(self) -> None:
        """Wait until one more command has answered. Raises Wrong if it cannot any more."""
        before = len(self.answers)
        while len(self.answers) == before:
            if not (some := os.read(self._reading, 2**16)):
                raise Wrong(f"command {before} failed before the process was killed")
            self._take(some)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        """Kill it, and what it started. Raises Wrong if it had failed before."""
        os.kill(self._number, signal.SIGKILL)
        _, status = os.waitpid(self._number, 0)
        self.at_work = os.WIFSIGNALED(status)
        with suppress(ProcessLookupError):
            os.killpg(self._number, signal.SIGKILL)
        while some := os.read(self._reading, 2**16):
            self._take(some)
        os.close(self._reading)
        if not self.at_work and os.WEXITSTATUS(status):
            raise Wrong(f"command {len(self.answers)} failed before the process was killed")

    def _take(self, some: bytes) -> None:
        *lines, self._rest = (self._rest + some).split(b"\n")
        self.answers += map(json.loads, lines)


def _work(trial: Trial, journal: Path, answers: int) -> int:
    """What the process does that is killed; it leaves by its exit code alone."""
    try:
        os.setpgid(0, 0)
        os.environ["TMPDIR"] = tempfile.tempdir = str(journal.parent.parent / "tmp")
        signal.alarm(PATIENCE)
        for number in range(trial.commands):
            ran = run(trial.command(number, journal), moment(number))
            if ran.code:
                print(ran, file=sys.stderr)  # noqa: T201  # why it failed
                return 1
            os.write(answers, json.dumps(ran.out + ran.err).encode() + b"\n")
    except BaseException:  # noqa: BLE001  # nothing may reach the code of the process it is a fork of
        traceback.print_exc()
        return 1
    return 0


@dataclass
class Counts:
    """What came of the trials of one sort.

    killed: those in which the command was still at work; of these, in `done` it was done already.
    """

    trials: int = 0
    killed: int = 0
    done: int = 0
    answered: int = 0
    wrong: int = 0


class Trials:
    """Trials of one sort, all of the same prepared journal."""

    def __init__(self, name: str, seed: int, folder: Path) -> None:
        self._name, self._seed = name, seed
        self._trial = TRIALS[name]
        self._template = folder / "connect"
        os.environ["CONNECT_JOURNAL"] = str(self._template / "journal.db")
        self._trial.prepare(self._template / "journal.db")
        self._expected = expected(self._trial, self._template)
        self.counts = Counts()
        gc.freeze()  # to look for waste would copy all that a fork shares

    def run(self, number: int) -> None:
        """One trial. Raises Wrong if it finds what must not be."""
        chance = random.Random(f"{self._seed} {self._name} {number}")  # noqa: S311  # repeatable
        aim = chance.choice(self._expected.aims)
        after = chance.uniform(0, self._expected.seconds[aim])
        with folder_of_trial(self._template) as journal:
            self.counts.trials += 1
            answers, at_work = killed(self._trial, journal, aim, after)
            self.counts.answered += len(answers)
            if at_work and len(answers) in self._expected.aims:
                self.counts.killed += 1
            self._check(answers, journal)

    def _check(self, answers: list[str], journal: Path) -> None:
        """Look at what a process left that was killed after these answers."""
        trial, done = self._trial, len(answers)
        now = slice(done, done + 2)
        state = look(journal, trial, ailing=trial.ailing and not done)
        if state not in self._expected.states[now]:
            raise Wrong(f"after {done} commands there is {state}")
        check_besides(trial.besides(journal), self._expected.besides[now])
        if gone := by_hand(self._template / "journal.db") - by_hand(journal):
            raise Wrong(f"copies are gone: {sorted(gone)}")
        for number, said in enumerate(answers):
            trial.done(number, said, journal)
        if state != self._expected.states[done]:
            self.counts.done += 1
            trial.done(done, None, journal)
        self._clear(done, journal)
        if look(journal, trial, but=("another key",)) != state:
            raise Wrong(f"after {done} commands the doctor changed what there was")
        trial.at_last(journal)

    def _clear(self, done: int, journal: Path) -> None:
        """Let the doctor mend, and the command write its files again. Raises Wrong if it cannot."""
        trial = self._trial
        with closing(database.open_to_look(journal, keys)) as connection:
            os.environ["CONNECT_KEY"] = next(
                key for key in KEYS if key.startswith(key_of(connection))
            )
        run(("doctor", "--fix"), LATER)
        if done < trial.commands and self._expected.besides[-1]:
            words = trial.command(done, journal)
            if (again := run(words, moment(done))).code:
                raise Wrong(f"{words} could not be done again: {again.err}")
            check_besides(trial.besides(journal), self._expected.besides[done + 1 : done + 2])
        temporary = (journal.parent.parent / "tmp").iterdir()
        if left := [path.name for path in (*journal.parent.rglob(".*"), *temporary)]:
            raise Wrong(f"after {done} commands there is left over: {left}")


def killed(trial: Trial, journal: Path, aim: int, after: float) -> tuple[list[str], bool]:
    """Kill a process so many seconds after it began the command at which is aimed.

    Returns what the commands answered, and whether it was still at work.
    """
    with Process(trial, journal) as process:
        while len(process.answers) < aim:
            process.wait_for_answer()
        time.sleep(after)
    return process.answers, process.at_work


def check_besides(there: Content, possible: list[Content]) -> None:
    """Raise Wrong unless every file is as in one of these."""
    for name in {*there, *(each for content in possible for each in content)}:
        if there.get(name) not in [content.get(name) for content in possible]:
            raise Wrong(f"{name} is neither old nor new: {str(there.get(name))[:200]}")


def tried(name: str, numbers: range, seed: int, kills: int) -> Counts:
    """Trials of one sort; what is wrong is printed. kills: as many are enough."""
    with tempfile.TemporaryDirectory() as folder:
        trials = Trials(name, seed, Path(folder))
        for number in numbers:
            try:
                trials.run(number)
            except Exception as error:  # noqa: BLE001  # whatever is left must open, and be read
                trials.counts.wrong += 1
                print(f"{name} {number}: {type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201  # a program that answers
            if sys.stdout.isatty():
                print(f"\r{name}: {number + 1}", end="", flush=True)  # noqa: T201  # as above
            if trials.counts.killed >= kills:
                break
    return trials.counts


def main() -> None:
    """Read the options, and try."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(TRIALS), help=", ".join(TRIALS))
    parser.add_argument("--trials", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=10**9, help="end when there were so many")
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    wrong = 0
    for name in asked.names:
        counts = tried(
            name, range(asked.first, asked.first + asked.trials), asked.seed, asked.kills
        )
        wrong += counts.wrong
        told = (
            f"{counts.trials} trials from {asked.first}, {counts.killed} killed before the end,"
            f" {counts.wrong} wrong; {counts.answered} commands answered and kept,"
            f" {counts.done} more done but not yet said"
        )
        print(f"\r{name}: {told}", flush=True)  # noqa: T201  # as above
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
