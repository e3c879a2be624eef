"""The whole command set in one process, with an eye on what Python opens: for test_privacy.

`python -m tests.faults.watched` writes as JSON what each command answered, the rights of every file
that lay in the home directory after any command, every attempt to use the network, and which
commands started another program.
"""

import contextlib
import io
import json
import os
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

HOME = Path(os.environ["HOME"])
INBOX = Path(tempfile.gettempdir(), "inbox")
"""Not below home: a folder that a setting names is refused control characters in its name."""

NETWORK = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "ssl.")
network: list[str] = []
STARTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn")
at_work: list[str] = []
started: list[str] = []
rights: dict[str, int] = {}


def watch(event: str, args: tuple[object, ...]) -> None:
    """Keep every use of the network, and refuse it, and every start of a program.

    Look around when a file of home is opened.
    """
    if event.startswith(NETWORK):
        network.append(f"{event} {args!r}")
        raise PermissionError("no network here")
    if event in STARTS:
        started.extend(at_work)
    if event in ("open", "os.rename", "os.mkdir") and str(args[0]).startswith(str(HOME)):
        look()


def look() -> None:
    """Note the widest rights that each file and directory below home has had."""
    for folder, _, names in os.walk(HOME):
        for path in (Path(folder), *(Path(folder, name) for name in names)):
            with contextlib.suppress(OSError):
                mode = stat.S_IMODE(path.lstat().st_mode)
                rights[str(path)] = rights.get(str(path), 0) | mode


Words = tuple[str, ...]
ANOTHER_MACHINE = "another machine"
ON_ANOTHER_MACHINE: Words = (
    *("--journal", f"{tempfile.gettempdir()}/another.db"),
    *("sync", "--setup", f"{HOME}/meet"),
)
INTERACTION = "the newest interaction"
EXPORTS: dict[str, Words] = {
    "all.jsonl": ("export", "jsonl"),
    "people.csv": ("export", "csv", "people"),
    "interactions.csv": ("export", "csv", "interactions"),
    "pages": ("export", "markdown"),
    "cards": ("export", "vcard"),
    "days.ics": ("export", "ics"),
    "page.html": ("export", "page"),
}
"""Every export, by the name of the file or folder below home that gets it."""

BEGINNING: tuple[Words, ...] = (
    ("today",),
    ("add", "Ada Lovelace", "--every", "1w", "--email", "ada@example.org", "--birthday", "12-10"),
    ("add", "Grace Hopper", "--circle", "close"),
    ("log", "coffee with ada and grace 9 days ago 45m: moving to Boston #work"),
    ("log", "called grace: compilers", "--promise", "send the book", "--ask", "how is Boston"),
    *[("remember", "ada", "usual order: flat white"), ("promises",), ("done", "book")],
    *[("saved", "40m", "the report"), ("balance",)],
)
"""Until there is something to show."""

COMMANDS: tuple[Words, ...] = (
    *BEGINNING,
    *[("show", "ada"), ("show", INTERACTION), ("help",)],
    *[("people",), ("history",), ("search", "boston"), ("why", "ada")],
    *[
        ("balance", "--json"),
        ("review",),
        ("review", "year", "--map"),
        ("review", "year", "--html"),
        ("review", "--markdown"),
        ("plan",),
        ("ahead",),
        ("away", "3 dec to 5 dec"),
        ("today", "--json"),
    ],
    *[("inbox", "--setup", str(INBOX)), ("inbox",)],
    *[("sync", "--setup", f"{HOME}/meet", "--yes"), ("sync",), ("sync", "--machines")],
    *[("sync", "--check"), ("sync", "--json"), ("sync", "--quiet")],
    ON_ANOTHER_MACHINE,
    *[("sync", "--retire", ANOTHER_MACHINE, "--yes"), ("sync", "--machines", "--json")],
    *[
        ("every", "ada", "2w"),
        ("alias", "ada", "Countess"),
        ("tag", "ada", "climbing"),
        ("rename", "grace", "Amazing Grace"),
    ],
    *[
        ("amend", "--note", "changed"),
        ("edit", "ada"),
        ("config",),
        ("config", "set", "capacity", "4"),
    ],
    *[
        ("backup",),
        ("backup", f"{HOME}/mine.db"),
        ("restore",),
        ("restore", f"{HOME}/mine.db", "--yes"),
    ],
    *[("doctor",), ("doctor", "--fix"), ("undo", "--yes"), ("redo",), ("changes",)],
    *[("tell", "eda", "news"), ("relate", "eda", "grace", "--as", "aunt")],
    ("merge",),
    ("merge", "eda", "grace", "--prefer", "eda"),
    *[(*words, f"{HOME}/{name}") for name, words in EXPORTS.items()],
    *EXPORTS.values(),
    *[("add", "Linus"), ("import", f"{HOME}/all.jsonl"), ("import", f"{HOME}/cards", "--dry-run")],
    *[("forget", "linus", "--yes"), ("demo",), ("--version",), ("--help",), ("log", "--help")],
    *[("archive", "eda"), ("unarchive", "eda"), ("snooze", "eda", "3d"), ("pause", "eda")],
    *[("resume", "eda"), ("promise", "eda", "tea"), ("ask", "eda", "how it went")],
    *[("delete", INTERACTION, "--yes"), ("init", "bash"), ("prompt",), ("sweep",), ("nonsense",)],
    *[("encrypt", "--yes"), ("log", "tea with eda", "--on", "yesterday")],
    *[("backup", f"{HOME}/sealed.db"), ("restore", f"{HOME}/sealed.db", "--yes")],
    *[("doctor", "--json"), ("encrypt", "-y"), ("decrypt", "--yes")],
)


def write_inbox(line: str) -> None:
    """What `inbox` takes in: a line of a phone."""
    INBOX.mkdir(exist_ok=True)
    (INBOX / "phone.txt").write_text(f"{line}\n", encoding="utf-8")


def newest_interaction() -> str:
    """Its id."""
    from connect_cli.cli.app import app

    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.suppress(SystemExit):
        app(["history"], prog_name="connect")
    return out.getvalue().split("\t")[0]


@contextlib.contextmanager
def machine_of(words: Words) -> Iterator[None]:
    """Be the machine whose command this is."""
    if words == ON_ANOTHER_MACHINE:
        os.environ["CONNECT_MACHINE"] = ANOTHER_MACHINE
    yield
    os.environ.pop("CONNECT_MACHINE", None)


def filled(words: Sequence[str]) -> list[str]:
    """The words of a command with the newest interaction by its id."""
    return [newest_interaction() if one == INTERACTION else one for one in words]


def main() -> None:
    """Run them all."""
    write_inbox("tea with ada: written on the phone")
    os.umask(0)
    sys.addaudithook(watch)
    from connect_cli.cli.app import app
    from tests.once import build_commands_once

    build_commands_once()
    answered = {}
    for words in COMMANDS:
        at_work[:] = [" ".join(words)]
        with (
            machine_of(words),
            contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")),
            contextlib.redirect_stderr(io.StringIO()) as err,
        ):
            try:
                app(filled(words), prog_name="connect")
            except SystemExit as ended:
                answered[" ".join(words)] = [int(ended.code or 0), err.getvalue()]
        look()
    modules = sorted(name for name in sys.modules if name in ("socket", "ssl", "http.client"))
    print(json.dumps([answered, rights, network, modules, sorted(set(started))]))  # noqa: T201  # its answer


if __name__ == "__main__":
    main()
