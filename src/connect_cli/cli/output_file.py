"""An answer that goes to a file, whole, or to standard output."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from connect_cli import scratch
from connect_cli.exchange import export_files
from connect_cli.session import Session
from connect_cli.store.copies import refuse_ours
from connect_cli.terminal.output import bar, give


def or_output(path: Path | None) -> Path | None:
    """Where to write; `-` is standard output, like no path at all."""
    return None if path == Path("-") else path


@contextmanager
def writing(session: Session) -> Iterator[None]:
    """Show that work goes on; if it is killed, the next command removes what was unfinished."""
    with scratch.noting(session.path), bar(None, "Writing"):
        yield


def write_out(session: Session, lines: Iterable[str], file: Path | None) -> None:
    """Write to standard output, or to a file: all of it, or nothing."""
    if file is None:
        give(lines)
        return
    refuse_ours(file, session.journal.context.path)
    with writing(session):
        export_files.write_alone(file, (line.encode("utf-8") for line in lines))
    session.say(f"Wrote {file}.")
