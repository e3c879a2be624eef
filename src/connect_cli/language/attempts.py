"""What happened, if less than a conversation: an attempt that reached nobody, or a greeting."""

import re
from typing import NamedTuple

from connect_cli.language.head import Head
from connect_cli.language.vocabulary import (
    ATTEMPTED,
    ATTEMPTS,
    FAILED,
    GREETINGS,
    LONGEST_ATTEMPT,
    LONGEST_GREETING,
    PASSING,
    RINGING,
    TIMES,
    TRIED,
    KindWord,
    match_kind,
)
from connect_cli.language.words import fold
from connect_cli.model import Counts

_AWAY = r"(?:out|away|asleep|busy|not (?:in|home|there))"
_NO_ANSWER = (
    r"(?:answer|answered|pick(?:ed)? up|reply|replied|respond|responded|come to the (?:door|phone))"
)
_NOT_REACHED = (
    r"(?:but |and )?(?:"
    rf"(?:he|she|they) (?:(?:was|were) {_AWAY}|(?:wasn't|wasnt|weren't) (?:in|home|there)"
    rf"|(?:didn't|didnt|did not|never) {_NO_ANSWER})"
    r"|(?:his|her|their|the) (?:phone|line|mobile) (?:was|is) (?:off|busy|engaged|dead)"
    r"|no(?:body| one) (?:was )?(?:home|in|there|answered)"
    r")(?:$|[.,;!])"
)


def nobody_answered(news: str) -> bool:
    """Whether what follows the head says so: `no answer`, `but he was out`."""
    said = fold(news).replace("’", "'").rstrip(".! ")
    return said in ATTEMPTS or re.match(_NOT_REACHED, said) is not None


class Attempt(NamedTuple):
    """Words that say that nobody was reached, up to `end`. kind: what was tried, if they say so."""

    end: int
    kind: KindWord | None = None


def attempt_at(head: Head, at: int, *, told: bool) -> Attempt | None:
    """`no answer`, `tried to call`. told: somebody is named, so that `, busy` says it too."""
    words = head.window(at)
    for count in range(min(LONGEST_ATTEMPT, len(words)), 0, -1):
        said, end = " ".join(words[:count]), at + count
        if told and said in FAILED:
            while head.word(end) in TIMES and not head.tokens[end].before:
                end += 1
        if said in ATTEMPTS or (told and said in FAILED and _is_clause(head, at, end)):
            return Attempt(end, match_kind(words[count - 1 : count]))
    end = at + 2 if words[1:2] == ["to"] else at + 1
    aim = head.word(end)
    if head.word(at) not in TRIED or aim not in ATTEMPTED:
        return None
    if head.window(end)[:3] == ["get", "hold", "of"]:
        end += 3
    return Attempt(end, match_kind(["call"]) if aim in RINGING else None)


def _is_clause(head: Head, start: int, end: int) -> bool:
    """Whether these words stand alone between commas: `called Tom, busy`."""
    ends = end >= len(head) or bool(head.tokens[end].before)
    return bool(head.tokens[start].before) and ends


class Greeting(NamedTuple):
    """Words that say how little it was, up to `end`."""

    end: int
    counts: Counts


def greeting_at(head: Head, at: int) -> Greeting | None:
    """`said hi to Ada`, `saw Ada in passing`."""
    words = head.window(at)[:LONGEST_GREETING]
    for count in range(2, len(words) + 1):
        said = " ".join(words[:count])
        if said in GREETINGS:
            return Greeting(at + count, Counts.HALF)
        if said in PASSING:
            return Greeting(at + count, Counts.NO)
    return None
