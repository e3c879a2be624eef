"""An encrypted journal: every command as ever, nothing readable on the disk, one clear line."""

import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import pexpect
import pytest

from connect_cli.journal import Journal
from connect_cli.journal.demo import fill
from connect_cli.store import backups, database, sealing, tables, wiping
from tests.cli.terminals import Terminal, finished, interrupted
from tests.cli.test_imports import WHOLE, loaded
from tests.conftest import Connect, Ran
from tests.faults.working import ran
from tests.store.test_sealing import KEY, OTHER, dumped

pyrage: Any = import_module("pyrage")  # it has no types
TUESDAY = "2026-11-24T08:00"


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    """The key of the journal, said beforehand."""
    monkeypatch.setenv("CONNECT_KEY", KEY)
    return KEY


@pytest.fixture
def encrypted(connect: Connect, key: str, journal_file: Path) -> Path:
    """A journal with Ada in it, encrypted, and a copy of the day."""
    connect("add", "Ada Lovelace", "--every", "1w")
    connect("log", "coffee with ada 9 days ago: she is moving to Boston")
    answer = connect("encrypt", "--yes")
    assert (answer.code, database.is_encrypted(journal_file)) == (0, True), answer
    return journal_file


def one_line(answer: Ran, code: int = 5) -> str:
    """What a command said that could not: one line of what is wrong, one of what to do."""
    lines = answer.err.splitlines()
    assert (answer.code, answer.out, len(lines)) == (code, "", 2), answer
    assert lines[0].startswith("connect: ")
    assert lines[1].startswith("hint: ")
    return answer.err


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
ELSEWHERE = {"backup": (", encrypted by the key of the journal", ""), "doctor": None}
"""What commands say besides of an encrypted journal."""


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
        monkeypatch.setattr(tables, "secrets", Random(1))  # noqa: S311  # repeatable
        told.append([connect(*(one.replace("FOLDER", str(folder)) for one in w)) for w in EVERY])
        held.append(dumped(journal_file, key))
        assert database.is_encrypted(journal_file) is sealed
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
    out = answer.out.replace(", encrypted by the key of the journal", "")
    lines = [line for line in out.splitlines() if "\tencrypted\t" not in line]
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


def test_encrypt_says_what_it_does_and_asks(connect: Connect, key: str, journal_file: Path) -> None:
    """Off a terminal it does nothing unless that was confirmed."""
    connect("add", "Ada")
    answer = connect("encrypt")
    assert "Without the key nobody can read them, you neither" in answer.err
    assert answer.code == 1
    assert not database.is_encrypted(journal_file)
    answer = connect("encrypt", "--yes")
    assert answer.out.startswith("The journal and 1 copy of it are encrypted.")
    assert "A disk may still hold parts of what was in them" in answer.err


def test_what_stays_readable_is_named(connect: Connect, key: str, journal_file: Path) -> None:
    """The exit code says that something is left to do; the journal is encrypted all the same."""
    connect("add", "Ada")
    unsaved = journal_file.with_name("journal-unsaved.txt")
    unsaved.write_text("half a thought", encoding="utf-8")
    answer = connect("encrypt", "--yes")
    assert answer.code == 1
    assert answer.err.splitlines()[-2:] == [
        "These files are not encrypted by this key; remove what you need no more:",
        f"  {unsaved}",
    ]
    assert database.is_encrypted(journal_file)


def test_the_key_can_be_changed(
    encrypted: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal and its copies open by the new one alone."""
    assert one_line(connect_only_hints(connect, "encrypt", "--yes"))
    monkeypatch.setenv("CONNECT_NEW_KEY", OTHER)
    answer = connect("encrypt", "--yes")
    assert answer.out.startswith("The journal and 1 copy of it are encrypted by the new key.")
    assert "the key in CONNECT_KEY does not open" in one_line(connect("today"))
    monkeypatch.setenv("CONNECT_KEY", OTHER)
    assert connect("today").code == 0
    (copy,) = backups.listed(encrypted)
    assert dumped(copy.path, OTHER)


@pytest.mark.parametrize(
    ("verb", "how"), [("encrypt", "encrypted by the key"), ("decrypt", "readable without a key")]
)
def test_ctrl_c_after_the_journal_names_the_copies_that_are_not_yet_anew(
    encrypted: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch, verb: str, how: str
) -> None:
    """And ends with 130; the doctor finds them afterwards."""

    def stop(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(sealing, "_seal_copy", stop)
    monkeypatch.setenv("CONNECT_NEW_KEY", OTHER)
    answer = connect(verb, "--yes")
    assert answer.code == 130
    assert f"The journal is {how}; these copies are not yet:" in answer.err
    assert f"  {backups.listed(encrypted)[0].path}" in answer.err.splitlines()
    if verb == "encrypt":
        monkeypatch.setenv("CONNECT_KEY", OTHER)
        assert lines_of(connect("doctor"), "another key")
        assert connect("doctor").code == 1


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
    assert "Whoever can read the files can then read what is in them" in answer.err
    monkeypatch.delenv("CONNECT_KEY")
    assert "Ada" in connect("today").out
    (copy,) = backups.listed(encrypted)
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


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "none": ({}, "no key is at hand"),
    "another": ({"CONNECT_KEY": OTHER}, "the key in CONNECT_KEY does not open"),
    "empty": ({"CONNECT_KEY": ""}, "no key is at hand"),
    "no text": ({"CONNECT_KEY": "\udcff"}, "not valid text"),
}
READS_AND_WRITES = (("today",), ("log", "coffee with ada"), ("doctor",), ("decrypt", "--yes"))


@pytest.mark.parametrize("what", WRONG)
def test_without_the_right_key_there_is_one_clear_line(
    encrypted: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """And nothing is changed."""
    env, said = WRONG[what]
    monkeypatch.delenv("CONNECT_KEY")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    before = encrypted.read_bytes()
    for words in READS_AND_WRITES:
        answer = connect(*words)
        assert (answer.code, said in answer.err) == (5, True), (words, answer)
        assert len(answer.err.splitlines()) <= 2
    assert encrypted.read_bytes() == before


def set_command(connect: Connect, command: str) -> None:
    """Have a command print the key."""
    assert connect("config", "set", "key_command", command).code == 0


def test_a_command_may_print_the_key(
    encrypted: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as that of a password manager; what CONNECT_KEY holds goes before it."""
    monkeypatch.delenv("CONNECT_KEY")
    set_command(connect, f'printf "%s\\n" "{KEY}"')
    assert "Ada" in connect("today").out
    assert connect("log", "coffee with ada: Still Works").code == 0
    assert "Still Works" in connect("history").out
    monkeypatch.setenv("CONNECT_KEY", OTHER)
    assert "in CONNECT_KEY does not open" in one_line(connect("today"))


def test_a_journal_is_encrypted_by_the_key_that_a_command_prints(
    connect: Connect, journal_file: Path
) -> None:
    """Nobody is asked for another one, and a command without a key encrypts nothing."""
    connect("add", "Ada")
    set_command(connect, "false")
    assert "failed with exit code 1" in connect("encrypt", "--yes").err
    assert not database.is_encrypted(journal_file)
    set_command(connect, f'printf "{KEY}"')
    assert connect("encrypt", "--yes").code == 0
    assert dumped(journal_file, KEY)
    assert people(connect) == ["Ada"]


COMMANDS = {
    "missing": ("no-such-program show", "could not be started: No such file"),
    "failing": ("sh -c 'exit 3'", "failed with exit code 3"),
    "killed": ("sh -c 'kill -9 $$'", "was ended by signal 9"),
    "printing two lines": ("printf 'key\\nuser: ada\\n'", "printed 2 lines"),
    "printing nothing": ("true", "printed nothing"),
    "printing without end": ("yes", "printed more than 4096 bytes"),
    "printing bytes": ("printf '\\377'", "no text in UTF-8"),
    "quoted wrongly": ("pass 'show", "is not a command: No closing quotation"),
    "of spaces": ("''", "could not be started"),
    "another key": (f'printf "{OTHER}"', "the key that key_command prints does not open"),
}


@pytest.mark.parametrize("what", COMMANDS)
def test_a_command_that_gives_no_key_is_one_clear_line(
    encrypted: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Which names what is wrong with it."""
    command, said = COMMANDS[what]
    monkeypatch.delenv("CONNECT_KEY")
    set_command(connect, command)
    assert said in one_line(connect("today"))


def test_a_command_may_ask_at_the_terminal(
    encrypted: Path, connect: Connect, terminal: Terminal, monkeypatch: Any, tmp_path: Path
) -> None:
    """For the password of a password manager; what it asks is seen, the key is not."""
    monkeypatch.delenv("CONNECT_KEY")
    manager = tmp_path / "manager"
    manager.write_text(f'printf "PIN: " >&2; read pin; test $pin = 7 && echo "{KEY}"\n')
    set_command(connect, f"sh {manager}")
    for pin, code in (("7", 0), ("8", 5)):
        child = terminal("today")
        child.expect("PIN: ")
        child.sendline(pin)
        assert finished(child) == code
        assert KEY not in str(child.before)
        assert ("failed with exit code 1" in " ".join(str(child.before).split())) is (code == 5)


def test_what_is_not_put_back_is_not_left_readable(
    encrypted: Path, connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plain copy that was looked at for an encrypted journal, and then not wanted."""
    wiped, wipe = [], wiping.wipe

    def seen(file: Path) -> None:
        wiped.append(file.name)
        wipe(file)

    monkeypatch.setattr(wiping, "wipe", seen)
    connect("decrypt", "--yes")
    copy = tmp_path / "plain.db"
    connect("backup", str(copy))
    assert connect("restore", str(copy)).code == 1
    assert wiped == []
    connect("encrypt", "--yes")
    assert connect("restore", str(copy)).code == 1
    assert wiped == ["journal.db"]
    assert not list(encrypted.parent.glob(".*"))


def test_a_command_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even when what it started keeps its output open."""
    from connect_cli.errors import NoKey
    from connect_cli.session.unlocking import printed_by

    with pytest.raises(NoKey, match=r"gave no key within 0\.2 seconds"):
        printed_by("sh -c 'sleep 30; echo late'", can_ask=False, seconds=0.2)


def test_the_settings_show_the_command_and_where_it_is_from(connect: Connect) -> None:
    """As every other setting; how it is written stays."""
    assert "key_command\t\tdefault" in connect("config").out
    set_command(connect, "pass show Connect/Key")
    assert "key_command\tpass show Connect/Key\tfile" in connect("config").out


def test_a_plain_journal_asks_for_no_key(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command is not run, and an empty CONNECT_KEY is nothing to complain about."""
    set_command(connect, f"touch {tmp_path}/was-run")
    monkeypatch.setenv("CONNECT_KEY", "")
    assert connect("log", "coffee with ada", "--new").code == 0
    assert connect("today").code == 0
    assert not (tmp_path / "was-run").exists()


def test_a_prompt_and_tab_ask_nobody(
    encrypted: Path, process: Connect, connect: Connect, tmp_path: Path, monkeypatch: Any
) -> None:
    """They work when the key is in the environment; otherwise they say nothing and run nothing."""
    tab = {"_CONNECT_COMPLETE": "complete_bash", "COMP_WORDS": "connect show a", "COMP_CWORD": "2"}
    set_command(connect, f"touch {tmp_path}/was-run")
    assert process("prompt").out == "1 left\n"
    assert "ada-lovelace" in loaded(env=tab)[0]
    for wrong in (None, "", OTHER):
        monkeypatch.delenv("CONNECT_KEY")
        if wrong is not None:
            monkeypatch.setenv("CONNECT_KEY", wrong)
        assert process("prompt") == Ran(0, "", "")
        assert loaded(env=tab)[0].strip() == ""
        monkeypatch.setenv("CONNECT_KEY", "")
    assert not (tmp_path / "was-run").exists()


CIPHER = {
    "sqlcipher3",
    "connect_cli.store.encrypted",
    "connect_cli.store.sealing",
    "connect_cli.session.unlocking",
}


@pytest.mark.parametrize("words", [("today",), ("show", "ada"), ("prompt",)], ids=" ".join)
def test_a_plain_journal_loads_nothing_of_this(connect: Connect, words: Sequence[str]) -> None:
    """Who does not encrypt pays nothing for it."""
    connect("log", "coffee with ada", "--new")
    _, modules = loaded(*words, program=WHOLE)
    assert not modules & CIPHER


def test_an_encrypted_journal_does_load_it(encrypted: Path) -> None:
    """The check can fail."""
    _, modules = loaded("today", program=WHOLE)
    assert modules >= CIPHER - {"connect_cli.store.sealing"}


def test_without_the_extra_it_is_named(encrypted: Path) -> None:
    """One line, and what to install."""
    for words in (("today",), ("encrypt", "--yes"), ("doctor",)):
        answer = without_extra(*words)
        assert answer.code == 5
        assert "pip install 'connect-cli[encrypted]'" in one_line(answer)
    assert without_extra("prompt") == Ran(0, "", "")
    encrypted.unlink()
    assert "encrypting a journal needs an extra" in one_line(without_extra("encrypt", "--yes"))


def without_extra(*words: str) -> Ran:
    """A command where SQLCipher is not installed."""
    program = (
        "import sys; sys.modules['sqlcipher3'] = None\n"
        "from connect_cli.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def test_copies_are_encrypted_as_the_journal_is(
    encrypted: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of a day, by hand, before a restore, before a repair, and elsewhere; and private."""
    connect("log", "coffee with ada", now=TUESDAY)
    connect("backup")
    elsewhere = tmp_path / "mine.db"
    answer = connect("backup", str(elsewhere))
    assert answer.out.startswith(f"Copied to {elsewhere}, encrypted by the key of the journal.")
    connect("restore", "journal-2026-11-24.db", "--yes")
    copies = [copy.path for copy in backups.listed(encrypted)]
    assert {copy.name.removeprefix("journal-2026-11-2") for copy in copies} == {
        *("3.db", "4.db", "3-by-hand.db", "3-before-restore.db"),
    }
    for copy in (*copies, elsewhere):
        assert database.is_encrypted(copy)
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert dumped(copy, KEY)


def test_a_copy_made_aside_gets_the_key_by_a_pipe(
    encrypted: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never as an argument, which every user of the machine may see."""
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(command: Sequence[str], **how: Any) -> Any:
        assert not [word for word in command if "5e5e" in word]
        started.append(popen(command, **how))
        return started[-1]

    monkeypatch.setattr(backups, "SMALL_BYTES", 1)
    monkeypatch.setattr(subprocess, "Popen", start)
    connect("log", "coffee with ada", now=TUESDAY)
    (process,) = started
    assert process.wait(60) == 0
    newest = backups.listed(encrypted)[0]
    assert (f"{newest.day}", database.is_encrypted(newest.path)) == ("2026-11-24", True)


def test_age_goes_on_top(encrypted: Path, connect: Connect, tmp_path: Path) -> None:
    """Such a copy needs both, and is put back by both."""
    identity, keyfile = pyrage.x25519.Identity.generate(), tmp_path / "age.key"
    keyfile.write_text(f"{identity}\n", encoding="utf-8")
    copy = tmp_path / "mine.age"
    answer = connect("backup", str(copy), str(identity.to_public()), "--encrypt")
    assert "encrypted by the key of the journal and with age" in answer.out
    inner = tmp_path / "inner.db"
    inner.write_bytes(pyrage.decrypt(copy.read_bytes(), [identity]))
    assert dumped(inner, KEY)
    connect("add", "Late")
    assert connect("restore", str(copy), "--identity", str(keyfile), "--yes").code == 0
    assert people(connect) == ["Ada Lovelace"]


def people(connect: Connect) -> list[str]:
    """The names in the journal."""
    return [line.split("\t")[1] for line in connect("people").out.splitlines()]


def test_a_plain_copy_put_into_an_encrypted_journal_is_encrypted(
    connect: Connect, key: str, journal_file: Path, tmp_path: Path
) -> None:
    """As what was in it before; the copy itself stays as it is."""
    connect("add", "Ada Lovelace")
    copy = tmp_path / "plain.db"
    connect("backup", str(copy))
    connect("add", "Grace")
    connect("encrypt", "--yes")
    assert connect("restore", str(copy), "--yes").code == 0
    assert (people(connect), database.is_encrypted(journal_file)) == (["Ada Lovelace"], True)
    assert not database.is_encrypted(copy)
    for path in journal_file.parent.rglob("*"):
        assert path.is_dir() or b"Lovelace" not in path.read_bytes(), path
    assert [copy for copy in backups.listed(journal_file) if "restore" in copy.label]


@pytest.mark.parametrize("there", [True, False], ids=["a plain journal", "no journal"])
def test_an_encrypted_copy_encrypts_the_journal_that_it_is_put_into(
    encrypted: Path, connect: Connect, tmp_path: Path, there: bool
) -> None:
    """What was encrypted does not become readable by a restore; that is said before."""
    copy = tmp_path / "sealed.db"
    connect("backup", str(copy))
    shutil.rmtree(encrypted.parent)
    if there:
        connect("add", "Somebody")
    answer = connect("restore", str(copy), "--yes")
    assert answer.code == 0
    said = "The journal and the copies beside it would be encrypted, by the key of this copy."
    assert (said in answer.err) is there
    assert (people(connect), database.is_encrypted(encrypted)) == (["Ada Lovelace"], True)
    assert all(database.is_encrypted(each.path) for each in backups.listed(encrypted))
    assert not lines_of(connect("doctor"), "readable")


def test_a_copy_by_another_key_takes_the_key_of_the_journal(
    encrypted: Path, connect: Connect, terminal: Terminal, tmp_path: Path, monkeypatch: Any
) -> None:
    """At a terminal its own key is asked for, once that of the journal does not open it."""
    copy = tmp_path / "sealed.db"
    connect("backup", str(copy))
    connect("add", "Grace")
    monkeypatch.setenv("CONNECT_NEW_KEY", OTHER)
    connect("encrypt", "--yes")
    monkeypatch.setenv("CONNECT_KEY", OTHER)
    answer = one_line(connect("restore", str(copy), "--yes"))
    assert f"{copy} was made by another key, or is damaged" in answer
    assert "say its key in CONNECT_COPY_KEY" in answer
    child = terminal("restore", str(copy), "--yes")
    child.expect("Key of sealed.db: ")
    child.sendline(KEY)
    assert finished(child) == 0
    assert people(connect) == ["Ada Lovelace"]


def test_a_script_says_the_key_of_a_copy_apart(
    encrypted: Path, connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal stays encrypted by its own."""
    copy = tmp_path / "sealed.db"
    connect("backup", str(copy))
    connect("add", "Grace")
    monkeypatch.setenv("CONNECT_NEW_KEY", OTHER)
    connect("encrypt", "--yes")
    monkeypatch.setenv("CONNECT_KEY", OTHER)
    monkeypatch.setenv("CONNECT_COPY_KEY", KEY)
    assert connect("restore", str(copy), "--yes").code == 0
    assert people(connect) == ["Ada Lovelace"]


def test_after_a_change_the_command_has_to_print_the_new_key(
    encrypted: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is said then, and by the next command that gets the old one."""
    monkeypatch.delenv("CONNECT_KEY")
    set_command(connect, f'printf "{KEY}"')
    monkeypatch.setenv("CONNECT_NEW_KEY", OTHER)
    assert "Let key_command print the new key now." in connect("encrypt", "--yes").err
    answer = one_line(connect("today"))
    assert "the key that key_command prints does not open" in answer
    assert "hint: look at key_command: connect config" in answer


@pytest.mark.parametrize("by", ["CONNECT_KEY", "key_command"])
def test_a_wrong_key_said_beforehand_is_mended_at_a_terminal(
    encrypted: Path, connect: Connect, terminal: Terminal, monkeypatch: Any, by: str
) -> None:
    """The question names where the wrong one is from."""
    monkeypatch.delenv("CONNECT_KEY")
    if by == "CONNECT_KEY":
        monkeypatch.setenv(by, OTHER)
    else:
        set_command(connect, f'printf "{OTHER}"')
    child = terminal("today")
    child.expect(f"The key .*{by}.* does not open journal.db. Key: ")
    child.sendline(KEY)
    assert finished(child) == 0


@pytest.mark.parametrize("said", ["", "  "], ids=["empty", "blank"])
def test_a_key_that_keeps_nothing_secret_is_refused_at_once(
    connect: Connect, terminal: Terminal, journal_file: Path, said: str
) -> None:
    """It is not to be typed a second time."""
    connect("add", "Ada")
    child = terminal("encrypt", "--yes")
    child.expect("New key: ")
    child.sendline(said)
    assert finished(child) == 5
    assert "keeps nothing secret" in str(child.before)
    assert "again" not in str(child.before)
    assert not database.is_encrypted(journal_file)


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


def test_other_programs_are_told_no_secret(
    encrypted: Path, connect: Connect, terminal: Terminal, tmp_path: Path, monkeypatch: Any
) -> None:
    """Neither the editor, nor the pager, nor the command that prints the key."""
    for name in ("CONNECT_NEW_KEY", "CONNECT_COPY_KEY", "CONNECT_PASSPHRASE"):
        monkeypatch.setenv(name, OTHER)
    script, seen = tmp_path / "other", tmp_path / "seen"
    script.write_text(f'env >> {seen}\necho "{KEY}"\n', encoding="utf-8")
    monkeypatch.setenv("EDITOR", f"sh {script}")
    connect("amend")
    child = terminal("changes", PAGER=f"sh {script}", height=2)
    assert finished(child) == 0
    monkeypatch.delenv("CONNECT_KEY")
    set_command(connect, f"sh {script}")
    assert connect("today").code == 0
    environments = seen.read_text(encoding="utf-8")
    assert environments.count("\nPWD=") + environments.startswith("PWD=") == 3
    for secret in ("CONNECT_KEY", "CONNECT_NEW_KEY", "CONNECT_COPY_KEY", "CONNECT_PASSPHRASE"):
        assert secret not in environments


def test_ctrl_c_while_a_command_asks_puts_the_terminal_back(
    unsaid: Path, connect: Connect, terminal: Terminal, tmp_path: Path
) -> None:
    """It may have turned the echo off, as for a password."""
    manager = tmp_path / "manager"
    manager.write_text("stty -echo\nprintf 'PIN: ' >&2\nread pin\n", encoding="utf-8")
    set_command(connect, f"sh {manager}")
    child = terminal("today")
    child.expect("PIN: ")
    assert not child.getecho()
    child.sendintr()
    child.expect(pexpect.EOF)
    assert child.getecho()
    assert finished(child) == 130


def test_a_command_is_not_waited_for_once_it_has_ended() -> None:
    """What it started and left at work, such as an agent, may keep its output open."""
    from connect_cli.session.unlocking import printed_by

    assert printed_by("sh -c 'sleep 3 & echo key'", can_ask=False, seconds=2) == "key"


def test_a_command_that_is_ended_may_end_in_order(tmp_path: Path) -> None:
    """It hears of it first, and what it started with it."""
    from connect_cli.errors import NoKey
    from connect_cli.session.unlocking import printed_by

    script, told = tmp_path / "manager", tmp_path / "told"
    script.write_text(f"trap 'echo ended > {told}; exit 1' TERM\nsleep 30\n", encoding="utf-8")
    with pytest.raises(NoKey, match="gave no key"):
        printed_by(f"sh {script}", can_ask=False, seconds=0.5)
    assert told.read_text(encoding="utf-8") == "ended\n"


@pytest.mark.parametrize("said", [OTHER, "", None], ids=["another key", "an empty one", "none"])
def test_without_its_key_no_plain_copy_gets_in_the_place_of_an_encrypted_journal(
    encrypted: Path, connect: Connect, tmp_path: Path, monkeypatch: Any, said: str | None
) -> None:
    """Nobody meant to have it readable."""
    connect("decrypt", "--yes")
    copy = tmp_path / "plain.db"
    connect("backup", str(copy))
    connect("encrypt", "--yes")
    before = encrypted.read_bytes()
    monkeypatch.delenv("CONNECT_KEY")
    if said is not None:
        monkeypatch.setenv("CONNECT_KEY", said)
    assert "the copy is not encrypted" in one_line(connect("restore", str(copy), "--yes"))
    assert encrypted.read_bytes() == before


def test_a_command_that_fails_does_not_put_a_plain_copy_in_its_place_either(
    encrypted: Path, connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password manager that is locked says nothing of the journal."""
    connect("decrypt", "--yes")
    copy = tmp_path / "plain.db"
    connect("backup", str(copy))
    connect("encrypt", "--yes")
    monkeypatch.delenv("CONNECT_KEY")
    set_command(connect, "false")
    answer = one_line(connect("restore", str(copy), "--yes"))
    assert "failed with exit code 1" in answer
    assert "the copy is not encrypted" in answer
    assert database.is_encrypted(encrypted)


@pytest.mark.parametrize(
    ("first", "last"), [(20, 2000), (10_000, 200_000)], ids=["its beginning", "its middle"]
)
def test_a_damaged_encrypted_journal_is_brought_back_by_a_copy(
    encrypted: Path, connect: Connect, first: int, last: int
) -> None:
    """The copy opens by the key, so the journal is what is wrong; it is kept as it is."""
    content = bytearray(encrypted.read_bytes())
    content[first:last] = bytes(last - first)
    encrypted.write_bytes(content)
    assert one_line(connect("today"))
    answer = connect("restore", "journal-2026-11-23.db", "--yes")
    assert answer.code == 0, answer
    assert people(connect) == ["Ada Lovelace"]
    assert database.is_encrypted(encrypted)
    assert any(each.path.read_bytes() == content for each in backups.listed(encrypted))


def test_the_doctor_says_that_it_is_encrypted_and_finds_what_is_not(
    encrypted: Path, connect: Connect
) -> None:
    """`--fix` encrypts a copy; what is no copy is named."""
    assert "note\tencrypted\t" in connect("doctor").out
    connect("decrypt", "--yes")
    (copy,) = backups.listed(encrypted)
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
    assert database.is_encrypted(copy.path)
    assert len(lines_of(answer, "readable")) == 1
    unsaved.unlink()
    assert connect("doctor").code == 0


def lines_of(answer: Ran, what: str) -> list[str]:
    """The findings of one sort."""
    return [line for line in answer.out.splitlines() if f"\t{what}\t" in line]


def test_what_was_forgotten_is_in_no_file_and_the_copies_are_named(
    encrypted: Path, connect: Connect
) -> None:
    """Of a copy that is encrypted nobody can say that it does not hold them."""
    answer = connect("forget", "ada", "--yes")
    assert answer.code == 0
    assert "These copies of the journal are encrypted and may hold them" in answer.err
    assert str(backups.listed(encrypted)[0].path) in answer.err
    rows = dumped(encrypted, KEY)
    assert not [row for row in rows if "lovelace" in str(row).lower()]


@pytest.fixture
def unsaid(encrypted: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same journal, and a key that only somebody at the terminal says."""
    monkeypatch.delenv("CONNECT_KEY")
    return encrypted


def test_the_key_is_asked_for_once(unsaid: Path, terminal: Terminal) -> None:
    """Unseen; a command that reads and writes and copies needs it once."""
    child = terminal("log", "coffee with ada: At A Terminal", CONNECT_NOW=TUESDAY)
    child.expect("Key of journal.db: ")
    child.sendline(KEY)
    assert finished(child) == 0
    seen = str(child.before)
    assert "Coffee with Ada" in seen
    assert KEY not in seen
    assert "Key of" not in seen
    assert len(backups.listed(unsaid)) == 2


def test_a_wrong_key_may_be_mended_twice(unsaid: Path, terminal: Terminal) -> None:
    """A third wrong one is the last."""
    for keys_said, code in (((OTHER, "", ""), 5), ((OTHER, OTHER, OTHER), 5), ((OTHER, KEY), 0)):
        child = terminal("today")
        for said in keys_said:
            child.expect(r"(Key of journal|It does not open journal).*: ")
            child.sendline(said)
            if not said:
                break
        assert finished(child) == code
        if not code:
            assert "Ada" in str(child.before)


def test_the_name_of_the_file_does_not_move_the_terminal(unsaid: Path, terminal: Terminal) -> None:
    """It stands in the question."""
    hostile = unsaid.with_name("a\x1b[31m.db")
    unsaid.rename(hostile)
    child = terminal("--journal", str(hostile), "today")
    child.expect("Key of a.*31m.db: ")
    assert "\x1b" not in str(child.after)
    child.sendline("")
    assert finished(child) == 5


@pytest.mark.parametrize(
    ("words", "questions"),
    [
        (("today",), ["Key of journal.db"]),
        (("decrypt",), ["Key of journal.db", "Decrypt it"]),
        (("encrypt",), ["Key of journal.db", "Encrypt it by another", "New key", "The same again"]),
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


def test_a_new_key_is_typed_twice(connect: Connect, terminal: Terminal, journal_file: Path) -> None:
    """Nobody sees what was typed; two that differ encrypt nothing."""
    connect("add", "Ada")
    for again, code in ((OTHER, 1), (KEY, 0)):
        child = terminal("encrypt")
        child.expect("Encrypt it")
        child.sendline("y")
        child.expect("New key: ")
        child.sendline(KEY)
        child.expect("The same again: ")
        child.sendline(again)
        assert finished(child) == code
        assert database.is_encrypted(journal_file) is not code
    assert dumped(journal_file, KEY)


@pytest.mark.parametrize("verb", ["encrypt", "decrypt"])
def test_a_full_disk_leaves_everything_as_it_was(
    connect: Connect, key: str, journal_file: Path, verb: str
) -> None:
    """One clear line, and no file half-written."""
    connect("log", "coffee with ada: " + "words " * 50_000, "--new")
    if verb == "decrypt":
        connect("encrypt", "--yes")
    before = {path: path.read_bytes() for path in journal_file.parent.rglob("*") if path.is_file()}
    size = journal_file.stat().st_size
    (answer,) = ran([(verb, "--yes")], largest_file=size // 2)
    assert answer.code == 5
    assert "disk" in answer.err
    after = {path: path.read_bytes() for path in journal_file.parent.rglob("*") if path.is_file()}
    assert after == before
