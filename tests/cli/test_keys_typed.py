"""Where the key of an encrypted journal comes from, and who is never asked for it."""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pexpect
import pytest

from connect_cli.store import copies, signature
from tests.cli.encrypting import TUESDAY, one_line, people, set_command
from tests.cli.terminals import Terminal, finished
from tests.cli.test_lazy_imports import WHOLE, loaded
from tests.conftest import Connect, Ran
from tests.safety.test_encryption import KEY, OTHER, dumped

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
    assert not signature.is_encrypted(journal_file)
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
    "printing too much": ("seq 2000", "printed more than 4096 bytes"),
    "printing bytes": ("printf '\\377'", "text that is not valid UTF-8"),
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
    tab = {"_CONNECT_COMPLETE": "fish"}
    set_command(connect, f"touch {tmp_path}/was-run")
    assert process("prompt").out == "1 left\n"
    assert "ada-lovelace" in loaded("connect show a", env=tab)[0]
    for wrong in (None, "", OTHER):
        monkeypatch.delenv("CONNECT_KEY")
        if wrong is not None:
            monkeypatch.setenv("CONNECT_KEY", wrong)
        assert process("prompt") == Ran(0, "", "")
        assert loaded("connect show a", env=tab)[0].strip() == ""
        monkeypatch.setenv("CONNECT_KEY", "")
    assert not (tmp_path / "was-run").exists()


CIPHER = {
    "sqlcipher3",
    "connect_cli.store.sqlcipher",
    "connect_cli.safety.encryption",
    "connect_cli.safety.keyring",
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
    assert modules >= CIPHER - {"connect_cli.safety.encryption"}


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


def test_after_a_change_the_command_has_to_print_the_new_key(
    encrypted: Path, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is said then, and by the next command that gets the old one."""
    monkeypatch.delenv("CONNECT_KEY")
    set_command(connect, f'printf "{KEY}"')
    monkeypatch.setenv("CONNECT_NEW_KEY", OTHER)
    assert "Now make key_command print the new key." in connect("encrypt", "--yes").err
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
    assert re.search("the key is (empty|blank)", str(child.before))
    assert "again" not in str(child.before)
    assert not signature.is_encrypted(journal_file)


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
    assert len(copies.listed(unsaid)) == 2


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


def test_a_new_key_is_typed_twice(connect: Connect, terminal: Terminal, journal_file: Path) -> None:
    """Nobody sees what was typed; two that differ encrypt nothing."""
    connect("add", "Ada")
    for again, code in ((OTHER, 1), (KEY, 0)):
        child = terminal("encrypt")
        child.expect("Encrypt the journal")
        child.sendline("y")
        child.expect("New key: ")
        child.sendline(KEY)
        child.expect("The same again: ")
        child.sendline(again)
        assert finished(child) == code
        assert signature.is_encrypted(journal_file) is not code
    assert dumped(journal_file, KEY)
