"""Run the commands that README shows, in order, and write what they answer; --check compares."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from typer.testing import CliRunner

from connect_cli.cli.app import app
from connect_cli.environment import JOURNAL, NOW
from connect_cli.journal import memory
from connect_cli.session import Session

README = Path(__file__).parent.parent / "README.md"
MORNING = "2026-11-23T08:00"
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ connect (.*)$", re.MULTILINE)
WORD = re.compile(r"[^\s\"']+|\"([^\"]*)\"")


def main(words: list[str]) -> int:
    """Bring README up to date, or say whether it is."""
    text = README.read_text(encoding="utf-8")
    now = retold(text)
    if words != ["--check"]:
        README.write_text(now, encoding="utf-8")
        return 0
    if now != text:
        sys.stderr.write("README is not current; run python docs/tour.py\n")
    return int(now != text)


def retold(text: str) -> str:
    """The text with the answer of a fresh journal below each command in its console blocks."""
    with TemporaryDirectory() as folder, patch.object(Session, "on_terminal", new=True):
        path = Path(folder) / "journal.db"
        told = BLOCK.sub(lambda block: "".join(_answers(block[0], path)), text)
        return _with_steady_ids(told, path)


def _answers(block: str, path: Path) -> Iterator[str]:
    runner = CliRunner(env={JOURNAL: str(path), NOW: MORNING, "COLUMNS": "80", "NO_COLOR": "1"})
    for command in COMMAND.findall(block):
        words = [found[1] or found[0] for found in WORD.finditer(command)]
        ran = runner.invoke(app, words, prog_name="connect", catch_exceptions=False)
        yield f"$ connect {command}\n{ran.output}"


def _with_steady_ids(text: str, path: Path) -> str:
    """Ids are drawn by chance; in README they count."""
    session = Session(path)
    try:
        drawn = [promise.id for promise in memory.promises(session.journal, kept=True)]
    finally:
        session.close()
    for number, promise_id in enumerate(drawn, 1):
        text = re.sub(rf" {promise_id[:4]}$", f" p00{number}", text, flags=re.MULTILINE)
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
