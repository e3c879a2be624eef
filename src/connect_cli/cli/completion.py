"""What Tab offers for an argument. It reads the journal, never creates one and never waits."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum, StrEnum
from functools import partial
from itertools import chain
from typing import NamedTuple, TypeVar

import typer

from connect_cli.cli.app import GROUPS
from connect_cli.cli.commands import MODULE_OF
from connect_cli.environment import discreet, journal_name, key, settings_path
from connect_cli.errors import ConnectError
from connect_cli.language.names import Known, Names, in_order
from connect_cli.language.person_first import COMMA, JOINING
from connect_cli.language.relations import USUAL
from connect_cli.language.words import AROUND, fold, name_words, split_words
from connect_cli.model import MONTH_NAMES, Kind
from connect_cli.render.safe import clean, safe_beginning
from connect_cli.settings import from_file
from connect_cli.store import circles, database, machines, places, search
from connect_cli.store import names as store_names
from connect_cli.store.read_values import reading
from connect_cli.store.search import Spelling

Row = TypeVar("Row")
Offer = tuple[str, str]
"""A word and its description, for shells that show one."""

CADENCES = ("3d", "1w", "2w", "1m", "2m", "3m", "6m", "1y", "never")
DAY_WORDS = (
    *("week", "month", "quarter", "year", "today", "yesterday", "last", "this", "since", "until"),
    *MONTH_NAMES,
)
ID_LETTERS = 6


class Shell(StrEnum):
    """The shells that connect knows."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


class Quote(StrEnum):
    """The quotes that are open at the cursor, by their opening mark."""

    NONE = ""
    SINGLE = "'"
    DOUBLE = '"'
    ESCAPED = "$'"


class Answer(IntEnum):
    """How the shell should use the offers: the exit codes that the scripts in shells/ read."""

    WORDS = 0
    FILES = 10
    """No offers: the shell completes file names itself."""
    PROSE = 11
    """The sentence goes on, so open quotes stay open."""


class Asked:
    """What a shell asks: its name and open quotes. The completing function sets the answer."""

    def __init__(self, shell: Shell, quote: Quote) -> None:
        self.shell, self.quote = shell, quote
        self.answer = Answer.WORDS


def complete_name(context: typer.Context, incomplete: str) -> list[str]:
    """Handles such as `ada-lovelace` of people with a word in a name or alias that begins so.

    Those seen last come first. What was typed stays as typed.
    """
    return _names(context, incomplete, ())


def complete_whole_name(context: typer.Context, incomplete: str) -> list[str]:
    """The same for an argument whose words all belong to one name."""
    return _names(context, incomplete, context.params.get("name") or ())


def complete_name_or_days(context: typer.Context, incomplete: str) -> list[str]:
    """The same, then words for days that are over: `ada mar…`."""
    said = fold(incomplete)
    days = [word for word in DAY_WORDS if said and word.startswith(said)]
    return list(dict.fromkeys((*complete_whole_name(context, incomplete), *days)))


def complete_people(context: typer.Context, incomplete: str) -> list[str]:
    """The first of several people, and after a comma the next one: `ada,to…`."""
    return _next_person(context, incomplete, ())


def complete_names(context: typer.Context, incomplete: str) -> list[str]:
    """The same for an argument whose words are all names of people: `ada, to…`, `ada and to…`."""
    return _next_person(context, incomplete, context.params.get("name") or ())


def complete_rest_of_name(context: typer.Context, incomplete: str) -> list[str]:
    """The next word of a name that is not whole yet: `ada lov…` in `promise ada lov…`.

    After a comma or `and` it is the next person.
    """
    given = [each for each in context.params.values() if isinstance(each, list | tuple)]
    before = (context.params.get("name") or "", *chain.from_iterable(given))
    joined = before[-1].endswith(COMMA) or before[-1].casefold() in JOINING
    return _next_person(context, incomplete, before) if incomplete or joined else []


def complete_rest_or_tag(context: typer.Context, incomplete: str) -> list[str]:
    """The next word of a name, or the next person; then tags."""
    people = complete_rest_of_name(context, incomplete)
    return list(dict.fromkeys((*people, *complete_tag(context, incomplete))))


def complete_place(context: typer.Context, incomplete: str) -> list[str]:
    """Places where people live; none where others see the screen."""
    if discreet():
        return []
    found = rows_of(context, places.where_people_live)
    rests = (as_written(place, incomplete) for place in found)
    return [incomplete + rest for rest in rests if rest is not None]


def complete_rest_or_cadence(context: typer.Context, incomplete: str) -> list[str]:
    """The next word of a name, or a cadence."""
    return [*complete_rest_of_name(context, incomplete), *complete_cadence(incomplete)]


def complete_other(context: typer.Context, incomplete: str) -> list[str]:
    """A second person, or the next word of the first one's name."""
    rest = complete_rest_of_name(context, incomplete)
    return list(dict.fromkeys((*rest, *complete_name(context, incomplete))))


def complete_relation(incomplete: str) -> list[str]:
    """Words for a relation."""
    return [word for word in USUAL if word.startswith(fold(incomplete))]


def complete_tag(context: typer.Context, incomplete: str) -> list[str]:
    """Tags of people and interactions."""
    rests = tags_beginning(context, incomplete.removeprefix("#"))
    return [incomplete + rest for rest in rests]


def tags_beginning(context: typer.Context, beginning: str) -> list[str]:
    """The rest of each tag that begins so."""
    wanted = beginning.casefold()
    found = rows_of(context, lambda journal: search.tags(journal, wanted))
    return [tag[len(wanted) :] for (tag,) in found]


def complete_file(context: typer.Context) -> list[str]:
    """File names, left to the shell."""
    asked: Asked = context.obj
    asked.answer = Answer.FILES
    return []


def complete_kind(incomplete: str) -> list[str]:
    """Kinds of interaction."""
    return _beginning(Kind, incomplete)


def complete_cadence(incomplete: str) -> list[str]:
    """The usual cadences; others may be typed."""
    return _beginning(CADENCES, incomplete)


def complete_circle(context: typer.Context, incomplete: str) -> list[Offer]:
    """Circles, described by their cadences."""
    try:
        settings = from_file(settings_path())
    except ConnectError:
        return []
    kept = dict(rows_of(context, lambda journal: iter(circles.kept(journal).items())))
    offered = settings.with_circles(kept).circles.items()
    return [(name, each.words) for name, each in offered if name.startswith(incomplete)]


def complete_machine(context: typer.Context, incomplete: str) -> list[str]:
    """Names of the other machines that keep this journal, but those that were retired."""
    found = rows_of(context, lambda journal: iter(machines.others(journal).values()))
    names = sorted({one.name for one in found if not one.retired})
    rests = (as_written(name, incomplete) for name in names)
    return [incomplete + rest for rest in rests if rest is not None]


def complete_help(context: typer.Context, incomplete: str) -> list[str]:
    """Groups and commands."""
    return [] if context.params.get("words") else _beginning((*GROUPS, *MODULE_OF), incomplete)


def called(context: typer.Context, typed: str) -> list[str]:
    """The names of those with a name or an alias that begins so, or has a word that does."""
    if not (words := name_words(typed)):
        return []

    def names(journal: sqlite3.Connection) -> Iterator[str]:
        return (one.name for one in search.spellings(journal, words[0]))

    return list(dict.fromkeys(rows_of(context, names)))


def complete_promise(context: typer.Context, incomplete: str) -> list[Offer]:
    """Ids of open promises and questions, described by their text."""
    found = rows_of(context, lambda journal: search.open_promises(journal, incomplete.casefold()))
    hidden = discreet()
    return [
        (
            each_id[: max(ID_LETTERS, len(incomplete))],
            name if hidden else f"{name}: {said}",
        )
        for each_id, name, said in found
    ]


def complete_interaction(context: typer.Context, incomplete: str) -> list[Offer]:
    """Ids of the newest interactions, described by day and kind."""
    found = rows_of(
        context, lambda journal: search.newest_interactions(journal, incomplete.casefold())
    )
    letters = max(ID_LETTERS, len(incomplete))
    return [(each_id[:letters], f"{day} {kind}") for each_id, day, kind in found]


def _next_person(context: typer.Context, incomplete: str, before: Sequence[str]) -> list[str]:
    """Names for the last of several people. before: the words before this one."""
    last = incomplete.rpartition(COMMA)[2].lstrip()
    earlier = incomplete[: len(incomplete) - len(last)]
    own = () if COMMA in earlier else _since_joined(before)
    return [earlier + each for each in _names(context, last, own)]


def _since_joined(words: Sequence[str]) -> Sequence[str]:
    """The words after the last one that ends a name."""
    for at in range(len(words), 0, -1):
        if words[at - 1].endswith(COMMA) or words[at - 1].casefold() in JOINING:
            return words[at:]
    return words


def _names(context: typer.Context, incomplete: str, before: Sequence[str]) -> list[str]:
    typed = Typed.read(incomplete, before)
    wanted = max((*typed.words, typed.last), key=len)

    def offered(journal: sqlite3.Connection) -> Iterator[str]:
        everybody = partial(store_names.names_of, journal)
        found = list(search.spellings(journal, wanted))
        yield from handles(found, incomplete, before, everybody)

    return rows_of(context, offered)


def _beginning(words: Iterable[str], incomplete: str) -> list[str]:
    return [str(word) for word in words if word.startswith(incomplete)]


def rows_of(
    context: typer.Context, rows: Callable[[sqlite3.Connection], Iterator[Row]]
) -> list[Row]:
    """Rows of the journal; none if anything is wrong with it, for Tab cannot say so."""
    chosen = context.find_root().params.get("journal")
    try:
        with database.glimpse(journal_name(chosen), key()) as journal, reading():
            return [] if journal is None else list(rows(journal))
    except (ConnectError, sqlite3.Error, OSError):
        return []


class Typed(NamedTuple):
    """The beginning of a name: whole words, then the unfinished one, which may be empty."""

    words: tuple[str, ...]
    last: str
    parted_by: str = "-"

    @classmethod
    def read(cls, text: str, before: Sequence[str] = ()) -> "Typed":
        """Split what was typed. before: earlier words of the same name."""
        *whole, last = split_words(text)
        words = name_words(" ".join((*before, *whole)))
        return cls(words, last.lstrip(AROUND), " " if " " in text else "-")


def handles(
    found: Sequence[Spelling], text: str, before: Sequence[str], everybody: Callable[[], Names]
) -> list[str]:
    """The handles of these spellings that begin with this text, in the same order.

    everybody: reads all names; called only if needed.
    """
    typed, some = Typed.read(text, before), _named_so(found)
    offered: dict[str, None] = {}
    for one in found:
        rest = handle(one.written, typed)
        if rest is not None and (whole := text + rest) not in offered:
            names = everybody() if clean(one.written) != one.written else some
            if _means(" ".join((*before, whole)), one, names):
                offered[whole] = None
    return list(offered)


def handle(written: str, typed: Typed) -> str | None:
    """The rest of the handle of a name, from the word that begins as typed."""
    own = tuple(filter(None, map(safe_beginning, name_words(written))))
    for at, word in enumerate(own):
        if word.startswith(typed.last) and in_order(typed.words, own[:at], str.startswith):
            return typed.parted_by.join((word[len(typed.last) :], *own[at + 1 :]))
    return None


def as_written(written: str, beginning: str) -> str | None:
    """The rest of the name itself, from the word that begins as typed.

    In lower case if the beginning was typed so.
    """
    if clean(written) != written:
        return None
    wanted, words = fold(beginning), written.split()
    for at, word in enumerate(words):
        if (rest := _rest_of(word, wanted)) is not None:
            whole = " ".join((rest, *words[at + 1 :]))
            return whole.lower() if beginning[:1].islower() else whole
    return None


def _rest_of(word: str, folded: str) -> str | None:
    """The rest of a word after the beginning that folds to this text."""
    ends = (end for end in range(len(word), -1, -1) if fold(word[:end]) == folded)
    end = next(ends, None)
    return None if end is None else word[end:]


def _means(text: str, one: Spelling, names: Names) -> bool:
    """Whether this text names the person, alone or among several.

    A name that lost characters in cleaning must name the person alone.
    """
    fit = names.fit(text)
    if fit is None or all(person.id != one.person_id for person in fit.people):
        return False
    return len(fit.people) == 1 or clean(one.written) == one.written


def _named_so(found: Sequence[Spelling]) -> Names:
    return Names(list(_known(found)))


def _known(found: Sequence[Spelling]) -> Iterator[Known]:
    written: dict[tuple[str, str], list[str]] = {}
    for one in found:
        written.setdefault((one.person_id, one.name), []).append(one.written)
    for (person_id, name), spellings in written.items():
        yield Known(person_id, name, tuple(each for each in spellings if each != name))
