"""What a shell asks at the press of Tab, and in which way it is to take the answer."""

from dataclasses import dataclass
from enum import IntEnum

from connect_cli.cli.quoting import Quote, Shell


class Answer(IntEnum):
    """How offers are to be taken; the exit codes by which the scripts of shells/ know it."""

    WORDS = 0
    FILES = 10
    """None of ours: the shell's own files."""
    PROSE = 11
    """Quotes that are open stay open, for the sentence goes on."""


@dataclass
class Asked:
    """Which shell asks, and within which quotes; what completes an argument says the answer."""

    shell: Shell
    quote: Quote
    answer: Answer = Answer.WORDS
