"""An encrypted journal: every command as ever, nothing readable on the disk, one clear line."""

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from connect_cli.journal.demo import fill
from connect_cli.journal.journal import Journal
from connect_cli.safety import encryption
from connect_cli.store import copies, schema, signature
from tests.cli.encrypting import TUESDAY, lines_of, one_line
from tests.cli.terminals import Terminal, finished, interrupted
from tests.conftest import Connect, Ran
from tests.faults.working import ran
from tests.safety.test_encryption import KEY, OTHER, dumped

EVERY: tuple[Sequence[str], ...] = (
    *[("today",), ("today", "--json"), ("people",), ("people", "--json"), ("show", "ada")],
    *[("history",), ("history", "--json"), ("search", "tea"), ("promises",), ("why", "ada")],
    *[("plan",), ("ahead",), ("changes",), ("away", "3 dec to 5 dec"), ("away",), ("sweep",)],
    ("log", "coffee with Ada and Tom Zander 45m: #work", "--new", "--promise", "the book"),
    ("log", "coffee with nobody known"),
    *[("remember", "ada", "usual order: oat milk"), ("promise", "ada", "tea"), ("done", "tea")],
    *[("ask", "ada", "how is Boston"), ("amend", "--note", "O'Hara; DROP TABLE person")],
    *[("every", "ada", "2w"), ("alias", "ada", "Countess"), ("rename", "tom", "Tomasz Zander")],
    *[("snooze", "ada", "3d"), ("pause", "ada"), ("resume", "ada"), ("undo", "--yes"), ("redo",)],
    *[("archive", "ada"), ("unarchive", "ada"), ("add", "Ada Zander"), ("history", "--limit", "3")],
    ("merge", "Ada Zander", "Tomasz Zander", "--prefer", "Ada Zander"),
    *[("export", "jsonl", "FOLDER/all.jsonl"), ("export", "csv", "people", "FOLDER/people.csv")],
    *[("export", "vcard", "FOLDER/cards"), ("export", "ics", "FOLDER/days.ics")],
    *[("import", "FOLDER/all.jsonl"), ("import", "FOLDER/cards", "--dry-run")],
    *[("undo", "2", "--yes"), ("plan", "--apply", "stretch", "--yes"), ("changes", "--json")],
    *[("backup", "FOLDER/mine.db"), ("add", "Late"), ("restore", "FOLDER/mine.db", "--yes")],
    *[("forget", "Ada Zander", "--yes"), ("today", "--discreet"), ("doctor",), ("config",)],
)


def test_every_command_answers_as_it_does_on_a_plain_journal(
    connect: Connect,
    open_journal: Callable[..., Journal],
    journal_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
) -> None:
    """The same words, the same exit codes, and row by row the same journal afterwards."""
    journal = open_journal()
    fill(journal)
    journal.close()
    before = tmp_path / "before"
    shutil.copytree(journal_file.parent, before)
    told, held = [], []
    for sealed in (False, True):
        shutil.rmtree(journal_file.parent)
        shutil.copytree(before, journal_file.parent)
        folder = tmp_path / "folder"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if sealed:
            assert connect("encrypt", "--yes").code == 0
        monkeypatch.setattr(schema, "secrets", Random(1))  # noqa: S311  # repeatable
        told.append([connect(*(one.replace("FOLDER", str(folder)) for one in w)) for w in EVERY])
        held.append(dumped(journal_file, key))
        assert signature.is_encrypted(journal_file) is sealed
        assert any(_readable(journal_file.parent, held[-1])) is not sealed
    for words, plain, other in zip(EVERY, *told, strict=True):
        assert _without(words[0], other) == _without(words[0], plain), words
    assert held[0] == held[1]


def _readable(folder: Path, rows: Sequence[Sequence[object]]) -> Iterator[tuple[Path, str]]:
    """The texts of these rows that stand in a file: names, notes, ids, what is in the record."""
    texts = sorted({text for row in rows for text in row if isinstance(text, str)}, key=len)
    for path in folder.rglob("*"):
        content = b"" if path.is_dir() else path.read_bytes()
        for text in [text for text in texts if len(text) >= 6][::7]:
            if text.encode() in content:
                yield path, text


def _without(verb: str, answer: Ran) -> Ran:
    """An answer but for what is said of an encrypted journal alone."""
    out = answer.out.replace(", encrypted with the key of the journal", "").replace(".db.gz", ".db")
    lines = [line for line in out.splitlines() if not re.search(r"\tencrypted\t|\tcopies\t", line)]
    err = answer.err.replace("are encrypted and may hold", "still hold")
    return Ran(answer.code, "\n".join(lines), err)


def test_nothing_readable_stands_in_any_file(encrypted: Path, connect: Connect) -> None:
    """Not when it was encrypted, nor of what is written then: names, notes, undo, copies."""
    connect("remember", "ada", "usual order: flat white")
    connect("log", "called ada: the analytical engine", now=TUESDAY)
    connect("backup")
    connect("undo", "--yes", now=TUESDAY)
    connect("forget", "ada", "--yes")
    for path in encrypted.parent.rglob("*"):
        for text in (b"Lovelace", b"lovelace", b"Boston", b"flat white", b"analytical"):
            assert path.is_dir() or text not in path.read_bytes(), (path, text)


def test_a_page_of_an_encrypted_journal_is_asked_about(
    encrypted: Path, connect: Connect, tmp_path: Path
) -> None:
    """Anybody who has the file can read it; off a terminal only --yes writes it, or prints it."""
    file = tmp_path / "page.html"
    for words in (("export", "page", str(file)), ("export", "page")):
        refused = connect(*words)
        assert (refused.code, refused.out) == (1, "")
        assert "whoever has the file can read it" in refused.err
        assert "--yes" in refused.err
        assert not file.exists()
    done = connect("export", "page", str(file), "--yes")
    assert (done.code, done.out) == (0, f"Wrote {file}.\n")
    assert "<title>The coming days</title>" in file.read_text(encoding="utf-8")
    assert connect("export", "page", "--yes").out == file.read_text(encoding="utf-8")


def test_a_page_of_an_encrypted_journal_needs_a_yes_at_the_keyboard(
    encrypted: Path, terminal: Terminal, tmp_path: Path
) -> None:
    """Enter alone writes nothing."""
    file = tmp_path / "page.html"
    for answer, written in (("", False), ("y", True)):
        child = terminal("export", "page", str(file))
        child.expect_exact("Write a page that anybody can read? [y/N] ")
        child.sendline(answer)
        assert finished(child) == (0 if written else 1)
        assert file.exists() is written


def test_encrypt_says_what_it_does_and_asks(connect: Connect, key: str, journal_file: Path) -> None:
    """Off a terminal it does nothing unless that was confirmed."""
    connect("add", "Ada")
    answer = connect("encrypt")
    assert "Without the key nobody can read them, not even you" in answer.err
    assert answer.code == 1
    assert not signature.is_encrypted(journal_file)
    answer = connect("encrypt", "--yes")
    assert answer.out.startswith("The journal and 1 copy of it are encrypted.")
    assert "the disk may still hold parts of them" in answer.err


def test_what_stays_readable_is_named(connect: Connect, key: str, journal_file: Path) -> None:
    """The exit code says that something is left to do; the journal is encrypted all the same."""
    connect("add", "Ada")
    unsaved = journal_file.with_name("journal-unsaved.txt")
    unsaved.write_text("half a thought", encoding="utf-8")
    answer = connect("encrypt", "--yes")
    assert answer.code == 1
    assert answer.err.splitlines()[-2:] == [
        "These files are not encrypted with this key; remove those you no longer need:",
        f"  {unsaved}",
    ]
    assert signature.is_encrypted(journal_file)


def test_the_key_can_be_changed(
    encrypted: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal and its copies open by the new one alone."""
    assert one_line(connect_only_hints(connect, "encrypt", "--yes"))
    monkeypatch.setenv("CONNECT_NEW_KEY", OTHER)
    answer = connect("encrypt", "--yes")
    assert answer.out.startswith("The journal and 1 copy of it are encrypted with the new key.")
    assert "the key in CONNECT_KEY does not open" in one_line(connect("today"))
    monkeypatch.setenv("CONNECT_KEY", OTHER)
    assert connect("today").code == 0
    (copy,) = copies.listed(encrypted)
    assert dumped(copy.path, OTHER)


@pytest.mark.parametrize(
    ("verb", "how"), [("encrypt", "encrypted with the key"), ("decrypt", "readable without a key")]
)
def test_ctrl_c_after_the_journal_names_the_copies_that_are_not_yet_anew(
    encrypted: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch, verb: str, how: str
) -> None:
    """And ends with 130; the doctor finds them afterwards."""
    monkeypatch.setattr(encryption, "_rewrite_copy", stopped)
    monkeypatch.setenv("CONNECT_NEW_KEY", OTHER)
    answer = connect(verb, "--yes")
    assert answer.code == 130
    assert f"The journal is {how}; these copies are not yet:" in answer.err
    assert f"  {copies.listed(encrypted)[0].path}" in answer.err.splitlines()
    if verb == "encrypt":
        monkeypatch.setenv("CONNECT_KEY", OTHER)
        assert lines_of(connect("doctor"), "another key")
        assert connect("doctor").code == 1


@pytest.mark.parametrize(
    ("cut_off", "key", "copy_key"),
    [("decrypt", "a passphrase", None), ("encrypt", KEY, KEY)],
    ids=["the same key", "the key of copies"],
)
def test_copies_that_a_command_left_are_written_anew_by_the_next(
    journal_file: Path,
    connect: Connect,
    monkeypatch: pytest.MonkeyPatch,
    cut_off: str,
    key: str,
    copy_key: str | None,
) -> None:
    """A key that is at hand opens them, whatever salt they were encrypted with."""
    monkeypatch.setenv("CONNECT_KEY", key)
    connect("add", "Ada")
    connect("encrypt", "--yes")
    monkeypatch.setenv("CONNECT_NEW_KEY", OTHER)
    with monkeypatch.context() as patch:
        patch.setattr(encryption, "_rewrite_copies", stopped)
        assert connect(cut_off, "--yes").code == 130
    (copy,) = copies.listed(journal_file)
    assert dumped(copy.path, key)
    if copy_key:
        monkeypatch.setenv("CONNECT_KEY", OTHER)
        assert connect("encrypt", "--yes").code == 1
        assert dumped(copy.path, key)
        monkeypatch.setenv("CONNECT_COPY_KEY", copy_key)
    else:
        monkeypatch.setenv("CONNECT_KEY", key)
    assert connect("encrypt", "--yes").code == 0
    assert dumped(copy.path, OTHER if copy_key else key)
    assert connect("doctor").code == 0


def stopped(*_: object) -> bool:
    """What Ctrl-C does to a command."""
    raise KeyboardInterrupt


def connect_only_hints(connect: Connect, *words: str) -> Ran:
    """A command's answer without what it says before it asks."""
    answer = connect(*words)
    lines = [each for each in answer.err.splitlines() if each.startswith(("connect:", "hint:"))]
    return Ran(answer.code, answer.out, "\n".join(lines))


def test_decrypt_is_the_way_back(
    encrypted: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything is readable without a key again, the copies too, and there is nothing to undo."""
    answer = connect("decrypt", "--yes")
    assert answer.out.startswith("The journal and 1 copy of it are readable without a key.")
    assert "Anyone who can open the files can then read them" in answer.err
    monkeypatch.delenv("CONNECT_KEY")
    assert "Ada" in connect("today").out
    (copy,) = copies.listed(encrypted)
    assert dumped(copy.path)
    assert one_line(connect("decrypt", "--yes"), 2)
    connect("undo", "--yes")
    assert connect("history").out == ""


def test_undo_goes_on_over_an_encryption(encrypted: Path, connect: Connect) -> None:
    """What was done before can be taken back after."""
    assert connect("undo", "--yes").code == 0
    assert connect("history").out == ""
    assert connect("redo").code == 0
    assert "Boston" in connect("history").out


def test_a_text_is_saved_beside_the_journal_that_a_link_leads_to(
    encrypted: Path, connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the doctor finds it readable, and says so once."""
    link, script = tmp_path / "link.db", tmp_path / "editor"
    link.symlink_to(encrypted)
    script.write_text("echo 'kind: wlak' > $1\n", encoding="utf-8")
    monkeypatch.setenv("EDITOR", f"sh {script}")
    assert connect("--journal", str(link), "amend").code != 0
    assert encrypted.with_name("journal-unsaved.txt").exists()
    answer = connect("doctor")
    assert answer.code == 1
    assert len(lines_of(answer, "readable")) == 1
    assert not lines_of(answer, "unsaved text")


def test_the_doctor_says_that_it_is_encrypted_and_finds_what_is_not(
    encrypted: Path, connect: Connect
) -> None:
    """`--fix` encrypts a copy; what is no copy is named."""
    assert "note\tencrypted\t" in connect("doctor").out
    connect("decrypt", "--yes")
    (copy,) = copies.listed(encrypted)
    plain = copy.path.read_bytes()
    connect("encrypt", "--yes")
    copy.path.write_bytes(plain)
    unsaved = encrypted.with_name("journal-unsaved.txt")
    unsaved.write_text("half a thought", encoding="utf-8")
    unsaved.chmod(0o600)
    answer = connect("doctor")
    assert answer.code == 1
    assert {line.split("\t")[2].split()[0] for line in lines_of(answer, "readable")} == {
        str(copy.path),
        str(unsaved),
    }
    answer = connect("doctor", "--fix")
    assert not copy.path.exists()
    assert signature.is_encrypted(copy.path.with_suffix(""))
    assert len(lines_of(answer, "readable")) == 1
    unsaved.unlink()
    assert connect("doctor").code == 0


def test_what_was_forgotten_is_in_no_file_and_the_copies_are_named(
    encrypted: Path, connect: Connect
) -> None:
    """Of a copy that is encrypted nobody can say that it does not hold them."""
    answer = connect("forget", "ada", "--yes")
    assert answer.code == 0
    assert "These copies of the journal are encrypted and may hold Ada Lovelace" in answer.err
    assert str(copies.listed(encrypted)[0].path) in answer.err
    rows = dumped(encrypted, KEY)
    assert not [row for row in rows if "lovelace" in str(row).lower()]


@pytest.mark.parametrize(
    ("words", "questions"),
    [
        (("today",), ["Key of journal.db"]),
        (("decrypt",), ["Key of journal.db", "Decrypt the journal"]),
        (("encrypt",), ["Key of journal.db", "Change the key", "New key", "The same again"]),
    ],
    ids=["today", "decrypt", "encrypt"],
)
def test_ctrl_c_at_a_question_changes_nothing(
    unsaid: Path, terminal: Terminal, words: Sequence[str], questions: Sequence[str]
) -> None:
    """At each of them; it ends with 130."""
    answers = {"Key of journal.db": KEY, "New key": OTHER}
    before = unsaid.read_bytes()
    for last in range(len(questions)):
        child = terminal(*words)
        for question in questions[:last]:
            child.expect(question)
            child.sendline(answers.get(question, "y"))
        child.expect(questions[last])
        assert interrupted(child) == 130
        assert unsaid.read_bytes() == before


@pytest.mark.parametrize("verb", ["encrypt", "decrypt"])
def test_a_full_disk_leaves_everything_as_it_was(
    connect: Connect, key: str, journal_file: Path, verb: str
) -> None:
    """One clear line, and no file half-written."""
    connect("log", "coffee with ada", "--note", "words " * 50_000, "--new")
    if verb == "decrypt":
        connect("encrypt", "--yes")
    before = {path: path.read_bytes() for path in journal_file.parent.rglob("*") if path.is_file()}
    size = journal_file.stat().st_size
    (answer,) = ran([(verb, "--yes")], largest_file=size // 2)
    assert answer.code == 5
    assert "disk" in answer.err
    after = {path: path.read_bytes() for path in journal_file.parent.rglob("*") if path.is_file()}
    assert after == before
