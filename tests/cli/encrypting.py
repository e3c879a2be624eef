"""What the tests of an encrypted journal share."""

from tests.conftest import Connect, Ran

TUESDAY = "2026-11-24T08:00"


def one_line(answer: Ran, code: int = 5) -> str:
    """What a command said that could not: one line of what is wrong, one of what to do."""
    lines = answer.err.splitlines()
    assert (answer.code, answer.out, len(lines)) == (code, "", 2), answer
    assert lines[0].startswith("connect: ")
    assert lines[1].startswith("hint: ")
    return answer.err


def set_command(connect: Connect, command: str) -> None:
    """Have a command print the key."""
    assert connect("config", "set", "key_command", command).code == 0


def people(connect: Connect) -> list[str]:
    """The names in the journal."""
    return [line.split("\t")[1] for line in connect("people").out.splitlines()]


def lines_of(answer: Ran, what: str) -> list[str]:
    """The findings of one sort."""
    return [line for line in answer.out.splitlines() if f"\t{what}\t" in line]
