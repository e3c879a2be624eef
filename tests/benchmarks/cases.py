"""Which commands are measured, against which floor, and what they may cost."""

import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

from tests.benchmarks.measuring import Task
from tests.benchmarks.words import COMMON, RARE

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
RUN = "import sys; sys.argv[0] = 'connect'; from connect_cli.__main__ import main; main()"
"""What the `connect` on PATH does, for a checkout of our choice."""

FLOORS = {
    "R": (str(HERE / "floors" / "read.py"), ":memory:"),
    "W": (str(HERE / "floors" / "write.py"), ":memory:"),
    "P": ("-c", "import sqlite3"),
}
TODAY = "2026-11-23"
ON_TERMINAL, PIPED, LOG, COMPLETION, PROMPT = 1.30, 1.0, 1.25, 0.9, 2.2
"""The most that a command may cost at size M, in floors."""
LOOK_BACK = 1.5
"""The most that looking back on a year may cost at XL, in times itself at M."""


@dataclass(frozen=True)
class Case:
    """A command. most: in floors at M; None where no bound is set.

    grown: at XL, in times itself at the size `beside`; None where it may.
    short: its name in a table of a few commands; empty when it is not in it.
    first: it is the first of its day each time, so that it keeps who stands on the list.
    """

    words: tuple[str, ...]
    floor: Literal["R", "W", "P"]
    most: float | None
    grown: float | None = None
    beside: Literal["S", "M"] = "S"
    terminal: bool = False
    env: Mapping[str, str] = field(default_factory=dict)
    called: str = ""
    short: str = ""
    first: bool = False

    @property
    def name(self) -> str:
        """How it is called in the tables."""
        return f"{self.called or ' '.join(self.words)}{', on a terminal' * self.terminal}"

    def task(self, journal: Path, checkout: Path = ROOT) -> Task:
        """The command on a journal, with the code of a checkout."""
        return _task((sys.executable, "-c", RUN, *self.words), journal, checkout, self)

    def floor_task(self, journal: Path) -> Task:
        """Its floor, run in the same way."""
        return _task((sys.executable, *FLOORS[self.floor]), journal, ROOT, self)


def _task(argv: tuple[str, ...], journal: Path, checkout: Path, case: Case) -> Task:
    env = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(journal.parent),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "PAGER": "cat",
        "PYTHONPATH": str(checkout / "src"),
        "CONNECT_JOURNAL": str(journal),
        "CONNECT_NOW": f"{TODAY}T08:00",
        **case.env,
    }
    before = partial(_first_of_day if case.first else _nothing, journal)
    return Task(argv, env, case.terminal, before)


def _first_of_day(journal: Path) -> None:
    """Let it not be known yet who is offered today."""
    with closing(sqlite3.connect(journal)) as connection:  # noqa: TID251  # beside the program
        last = "(SELECT max(seq) FROM command)"  # what is deleted stands on some command's record
        connection.execute(f"UPDATE command SET open = 1 WHERE seq = {last}")
        connection.execute("DELETE FROM offered WHERE day = ?", (TODAY,))
        connection.execute("UPDATE command SET open = NULL WHERE open = 1")
        connection.commit()


def _nothing(_: Path) -> None:
    """What every other command needs before it."""


def _reads() -> list[Case]:
    told = (
        (("today",), 2.0),
        (("show", "ada-lovelace"), 1.15),
        (("people", "ada"), 1.3),
        (("history", "--limit", "20"), 1.15),
        (("search", RARE), 1.3),
    )
    return [
        *(
            Case(words, "R", ON_TERMINAL, grown, terminal=True, short=_named(words))
            for words, grown in told
        ),
        *(Case(words, "R", PIPED, grown) for words, grown in told),
        *(Case((*words, "--json"), "R", PIPED) for words, _ in told),
    ]


def _looks_back() -> list[Case]:
    """A year is looked at as a whole: at XL it has thirteen times the conversations it has at M."""
    said = (("review", "year"), ("review", "year", "--map"), ("balance", "year"))
    return [
        Case(words, "R", None, LOOK_BACK, "M", terminal=terminal)
        for terminal in (True, False)
        for words in said
    ]


def _named(words: tuple[str, ...]) -> str:
    return f"`connect {' '.join(words)}`"


CASES = [
    *_reads(),
    Case(("search", COMMON), "R", PIPED, 2.0, called=f"search {COMMON} (in every tenth note)"),
    Case(
        *(("log", "Coffee with Ada Lovelace 45m: she is moving to Boston"), "W", LOG, 1.15),
        short='`connect log "Coffee with Ada Lovelace 45m: …"`',
    ),
    Case(
        *(("log", "Coffee with Ada Lovelace 45m: she is moving to Boston"), "W", LOG, 1.15),
        called="log, the first of a day",
        first=True,
    ),
    Case(
        *(("connect show ad",), "R", COMPLETION, 1.15),
        env={"_CONNECT_COMPLETE": "bash"},
        called="completion of 'connect show ad'",
        short="Tab after `connect show ad`",
    ),
    Case(("prompt",), "P", PROMPT, 1.15, short="`connect prompt`"),
    *_looks_back(),
]
