"""Trials of what writes besides the journal: exports, copies to a file, forgetting."""

import gzip
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from connect_cli.store import copies
from tests.exchange.test_killed import big_file
from tests.faults.trial import (
    Command,
    Content,
    Trial,
    Wrong,
    everything,
    must,
    with_record,
)

TARGETS = 4
"""How often one process writes, to a target of its own each time."""

Words = Callable[[Path], Command]
"""The command that writes to a path."""


def outside(journal: Path) -> Path:
    """Where they write."""
    return journal.parent / "written"


def target(number: int, journal: Path) -> Path:
    """Where the nth of them writes."""
    return outside(journal) / f"{number}"


def enough(journal: Path) -> None:
    """So much that it takes a while to write."""
    journal.parent.mkdir(mode=0o700)
    file = journal.parent / "many.jsonl"
    big_file(file, 400)
    must("import", str(file), "--yes")
    file.unlink()
    for number in range(0, 100, 7):
        must("promise", f"person {number}", f"thing {number}", "--by", "fri")


def change_much(_: Path) -> None:
    """Half of the cards and pages change, and some are new."""
    for number in range(0, 100, 2):
        must("rename", f"person {number}", f"Somebody {number}")
    for number in range(10):
        must("add", f"New {number}", "--birthday", "12-01")
        must("log", f"coffee with New {number}: new words")


def written_before(words: Words) -> Callable[[Path], None]:
    """A journal that was written to every second target, and has changed much since."""

    def prepare(journal: Path) -> None:
        enough(journal)
        outside(journal).mkdir()
        for number in range(0, TARGETS, 2):
            must(*words(target(number, journal)))
        change_much(journal)

    return prepare


def one_file_of_cards(journal: Path) -> None:
    """All cards in one file in each folder, as another program keeps them."""
    enough(journal)
    cards = must("export", "vcard")
    for number in range(TARGETS):
        target(number, journal).mkdir(parents=True)
        (target(number, journal) / "all.vcf").write_text(cards, newline="")
    change_much(journal)


def bytes_written(journal: Path) -> Content:
    """The bytes of each file."""
    folder = outside(journal)
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not file.name.startswith(".")
    }


def copies_written(journal: Path) -> Content:
    """What is in each copy, which is whole."""
    content = {}
    for file in outside(journal).glob("[!.]*"):
        with closing(sqlite3.Connection(str(file))) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise Wrong(f"{file} is damaged")
            content[file.name] = everything(connection)
    return content


def writing(
    words: Words,
    prepare: Callable[[Path], None] | None = None,
    besides: Callable[[Path], Content] = bytes_written,
) -> Trial:
    """A trial of a command that writes to a path and leaves the journal as it is."""

    def command(number: int, journal: Path) -> Command:
        return words(target(number, journal))

    prepared = prepare or written_before(words)
    return Trial(prepared, command, with_record, TARGETS, besides=besides)


FORGOTTEN = ("Quirrenbach", "Zwetkova", "Oyelaran", "Iturralde", "Vasquenza")
"""The families of those who are forgotten: words that stand nowhere else."""


def known_by_copies(journal: Path) -> None:
    """Somebody for each forgetting, in the company of others, and in copies made on the way."""
    must("add", "Ada Lovelace")
    for family in FORGOTTEN:
        must("add", f"Anna {family}", "--every", "1w")
        must("log", f"coffee with Anna {family} and Ada: Anna {family} said " + "words " * 500)
        must("log", f"call with Anna {family}: her secret")
        must("promise", "ada", f"bring Anna {family} the book")
        must("backup")


def forgotten(number: int, _: Path) -> Command:
    return ("forget", f"Anna {FORGOTTEN[number]}", "--yes")


def named_and_gone(number: int, said: str | None, journal: Path) -> None:
    """Whoever was forgotten is in no file beside the journal that was not named."""
    for file in files_that_hold(FORGOTTEN[number], journal):
        if file.parent != copies.folder_of(journal):
            raise Wrong(f"{FORGOTTEN[number]} is forgotten, and in {file}")
        if said is not None and str(file) not in said:
            raise Wrong(f"{FORGOTTEN[number]} is in {file}, which was not named")


def files_that_hold(word: str, journal: Path) -> list[Path]:
    """The files of the journal's folder that hold a word, whatever its case."""
    return [
        file
        for file in sorted(journal.parent.rglob("*"))
        if file.is_file() and word.casefold().encode() in unpacked(file).lower()
    ]


def unpacked(file: Path) -> bytes:
    content = file.read_bytes()
    return gzip.decompress(content) if file.suffix == ".gz" else content


FILE_TRIALS: Mapping[str, Trial] = {
    "export vcard": writing(lambda to: ("export", "vcard", f"{to}")),
    "export vcard to one file": writing(lambda to: ("export", "vcard", f"{to}"), one_file_of_cards),
    "export csv people": writing(lambda to: ("export", "csv", "people", f"{to}")),
    "export csv interactions": writing(lambda to: ("export", "csv", "interactions", f"{to}")),
    "export ics": writing(lambda to: ("export", "ics", f"{to}")),
    "export page": writing(lambda to: ("export", "page", f"{to}")),
    "export markdown": writing(lambda to: ("export", "markdown", f"{to}")),
    "export jsonl": writing(lambda to: ("export", "jsonl", f"{to}")),
    "backup to a file": writing(lambda to: ("backup", f"{to}", "--yes"), None, copies_written),
    "forget": Trial(known_by_copies, forgotten, with_record, len(FORGOTTEN), done=named_and_gone),
}
