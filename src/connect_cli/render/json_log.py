"""`log --dry-run --json`: whom it would add, what it would ask, and the same in words."""

from datetime import date
from typing import Any

from connect_cli.render.log_words import questions, say_rehearsal
from connect_cli.reports import Rehearsal, WouldAsk


def document(view: Rehearsal, day: date, *, discreet: bool) -> dict[str, Any]:
    """The fields beside the interactions and promises themselves."""
    return {
        "added": [person.name for person in view.added],
        "questions": [_question(one, discreet=discreet) for one in questions(view, day)],
        "said": list(say_rehearsal(view, day, discreet=discreet)),
    }


def _question(one: WouldAsk, *, discreet: bool) -> dict[str, Any]:
    hidden = discreet and one.private
    return {
        "words": one.words or None,
        "question": one.question,
        "choices": None if hidden else list(one.choices),
    }
