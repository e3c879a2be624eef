"""What Tab offers inside the sentence of `connect log`: people, kinds and tags.

Whether a word names a participant depends on everything before it. So each offer is tested: the
line is read twice as `connect log` reads it, once as typed and once with the offer added. A person
or a kind is offered only if the second reading says exactly that much more. Nothing but tags is
offered after the colon, where the note begins.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice

import typer

from connect_cli.cli.completion import (
    Answer,
    Asked,
    Typed,
    as_written,
    handle,
    rows_of,
    tags_beginning,
)
from connect_cli.environment import now
from connect_cli.errors import ConnectError
from connect_cli.language.logline import Reading, read_line
from connect_cli.language.names import Names
from connect_cli.language.words import fold
from connect_cli.model import Kind
from connect_cli.store import names as store_names
from connect_cli.store import search

MOST = 24
"""The most people to try: the line is read once for each of them."""
TAG = re.compile(r"(?:^|(?<=[\s(\[{\"'“‘«,;]))#[^\s#]*\Z")
WORD = re.compile(r"[^\s,;:&+/@#()\[\]{}\"“”«»<>]*\Z")
BREAK = re.compile(r"[^\w'’.-]")
GLUED = re.compile(r"[^\s(\[{\"“‘«]\Z")
"""An end of the line after which no new name is offered: `with Ada:`."""


def complete_line(context: typer.Context, incomplete: str) -> list[str]:
    """People and kinds in the head of a log line, and tags anywhere in it."""
    asked: Asked = context.obj
    asked.answer = Answer.PROSE if asked.quote else Answer.WORDS
    text = " ".join((*(context.params.get("words") or ()), incomplete))
    if tag := TAG.search(text):
        return _added(incomplete, tags_beginning(context, tag[0][1:]))
    spoken = _in_a_sentence if asked.quote else _as_a_word
    people = rows_of(context, lambda journal: _people(journal, text, spoken))
    return _added(incomplete, [*people, *_kinds(text)])


def _added(incomplete: str, rests: Iterable[str]) -> list[str]:
    return [incomplete + rest for rest in rests]


def _people(
    journal: sqlite3.Connection, text: str, spoken: Callable[[str, str], Iterator[str]]
) -> Iterator[str]:
    """The rest of the name of each person who would become a participant by it."""
    word = _word(text)
    if not word and GLUED.search(text):
        return
    typed, read = Typed.read(word), partial(_read, store_names.names_of(journal, suggesting=False))
    before = read(text.removesuffix(word))
    if not word and before is not None and _ends_with_somebody(text, before):
        return
    found = search.spellings(journal, max((*typed.words, typed.last), key=len))
    begun = (one for one in found if handle(one.written, typed) is not None)
    for one in islice(begun, MOST):
        named = (
            form
            for form in spoken(one.written, word)
            if (word or form[:1].isalnum()) and _adds(one, before, read(text + form))
        )
        yield from islice(named, 1)


def _in_a_sentence(written: str, word: str) -> Iterator[str]:
    """A name as people write it, then as a handle."""
    whole = as_written(written, word)
    if whole is not None:
        yield whole
    yield from _as_a_word(written, word)


def _as_a_word(written: str, word: str) -> Iterator[str]:
    """A handle, then the part of it that a sentence reads as a name: `mallory` of `mallory;x`."""
    for name in (written, " ".join(BREAK.split(each)[0] for each in written.split())):
        rest = handle(name, Typed.read(word))
        if rest is not None:
            yield rest


def _kinds(text: str) -> list[str]:
    """The rest of each kind that the line would then say."""
    word, read = _word(text), partial(_read, Names(()))
    begun = [kind for kind in Kind if word and kind.startswith(word.casefold())]
    before = read(text.removesuffix(word)) if begun else None
    if before is not None and before.kind_said:
        return []
    rests = {kind: kind[len(word) :] for kind in begun}
    return [rest for kind, rest in rests.items() if _says(kind, read(text + rest))]


def _says(kind: Kind, after: Reading | None) -> bool:
    return after is not None and after.kind_said and after.kind is kind


def _adds(one: search.Spelling, before: Reading | None, after: Reading | None) -> bool:
    """Whether the only difference is that this person takes part, or is now named for sure."""
    if after is None:
        return False
    sure, unsure, unread = _named(after)
    sure_before, unsure_before, unread_before = _named(before) if before else (set(), 0, 0)
    more = unsure > unsure_before or unread > unread_before
    now, so_far = (_texts_of(one.person_id, line) for line in (after, before))
    return sure == sure_before | {one.person_id} and now != so_far and not more


def _texts_of(person_id: str, line: Reading | None) -> list[str]:
    """The words of a line that name this person."""
    mentions = line.mentions if line else ()
    return [each.text for each in mentions if each.found and each.found.id == person_id]


def _ends_with_somebody(text: str, line: Reading) -> bool:
    """Whether the last words are a name. The next name needs a comma or an `and` first."""
    return any(fold(text).rstrip().endswith(fold(each.text)) for each in line.mentions)


def _named(line: Reading) -> tuple[set[str], int, int]:
    """Ids of the people named for sure, the number of other names, the number of unread words."""
    sure = {each.found.id for each in line.mentions if each.found is not None}
    return sure, len(line.mentions) - len(sure), len(line.unread.split())


def _word(text: str) -> str:
    found = WORD.search(text)
    return found[0] if found else ""


def _read(names: Names, text: str) -> Reading | None:
    """The reading of an unfinished line; None if `connect log` would refuse it."""
    try:
        return read_line(text, now().date(), names)
    except ConnectError:
        return None
