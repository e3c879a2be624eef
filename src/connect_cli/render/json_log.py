"""What `log --dry-run` and `inbox` say beside the interactions themselves, as JSON."""

from collections.abc import Callable
from datetime import date
from typing import Any

from connect_cli.model import Interaction
from connect_cli.render.inbox_words import say_all
from connect_cli.render.log_words import questions, say_rehearsal
from connect_cli.reports import InboxAnswer, Rehearsal, WouldAsk


def document(view: Rehearsal, day: date, *, discreet: bool) -> dict[str, Any]:
    """The fields of `log --dry-run` beside the interactions and promises."""
    return {
        "added": [person.name for person in view.added],
        "relations": [
            None
            if discreet
            else {"person": tie.person.name, "of": tie.other.name, "word": tie.word}
            for tie in view.related
        ],
        "questions": [_question(one, discreet=discreet) for one in questions(view, day)],
        "said": list(say_rehearsal(view, day, discreet=discreet)),
    }


def inbox(
    view: InboxAnswer,
    day: date,
    interaction: Callable[[Interaction], dict[str, Any]],
    *,
    discreet: bool,
) -> dict[str, Any]:
    """The fields of `inbox`. interaction: makes the document of one."""
    return {
        "taken": [
            {
                "file": one.file,
                "line": one.number,
                "by_file": one.by_file,
                "added": [person.name for person in one.added],
                "interaction": interaction(one.interaction),
            }
            for one in view.taken
        ],
        "waiting": [
            {
                "file": one.file,
                "line": one.number,
                "text": None if discreet else one.text,
                "message": one.message,
                "hint": one.hint,
            }
            for one in view.waiting
        ],
        "known": view.known,
        "unread": list(view.unread),
        "said": list(say_all(view, day, discreet=discreet)),
    }


def _question(one: WouldAsk, *, discreet: bool) -> dict[str, Any]:
    hidden = discreet and one.private
    return {
        "words": one.words or None,
        "question": one.question,
        "choices": None if hidden else list(one.choices),
    }
