"""Passphrases: asked for unseen at a terminal, or given beforehand in the environment."""

import getpass
import sys
from collections.abc import Mapping

from connect_cli.errors import ConnectError, NotConfirmed
from connect_cli.render.safe import clean
from connect_cli.surroundings import PASSPHRASE as BEFOREHAND


def new_passphrase(environment: Mapping[str, str], *, can_ask: bool) -> str:
    """A passphrase to encrypt by: typed twice, because nobody sees what was typed."""
    said = passphrase(environment, can_ask=can_ask)
    if BEFOREHAND not in environment and typed("The same again: ") != said:
        raise NotConfirmed("the two passphrases differ, so nothing was written")
    return said


def passphrase(environment: Mapping[str, str], *, can_ask: bool) -> str:
    """A passphrase. Raises ConnectError when there is none, and nobody to ask for it."""
    if BEFOREHAND not in environment and not can_ask:
        raise ConnectError("there is nobody to ask for the passphrase", f"set {BEFOREHAND}")
    said = environment.get(BEFOREHAND) if BEFOREHAND in environment else typed("Passphrase: ")
    if not said:
        raise ConnectError("an empty passphrase keeps nothing secret")
    return said


def typed(question: str) -> str:
    """What somebody types unseen; the end of input is nothing."""
    try:
        return getpass.getpass(clean(question))
    except EOFError:
        return ""
    except KeyboardInterrupt:
        print(file=sys.stderr)  # noqa: T201  # the cursor still stands behind the question
        raise
