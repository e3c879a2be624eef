"""The head of a log line: who, what, when and how long, read from left to right."""

from collections.abc import Sequence
from datetime import date
from enum import Enum, auto

from connect_cli.language.clock import match_clock
from connect_cli.language.days import past
from connect_cli.language.durations import match_duration
from connect_cli.language.kinds import KindWord, match_kind
from connect_cli.language.names import Names
from connect_cli.language.phrases import Phrase, match_phrase
from connect_cli.language.tokens import Token
from connect_cli.language.vocabulary import AMBIGUOUS_WEEKDAYS, PRONOUNS

LONGEST_PHRASE = 7


class Words:
    """The tokens of a head, and what each of its places can be the beginning of."""

    def __init__(self, tokens: Sequence[Token], today: date) -> None:
        self.tokens = tokens
        self.today = today
