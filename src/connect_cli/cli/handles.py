r"""What may be typed for a person: `ada-lovelace`, `lovelace`, or within a sentence `Ada Lovelace`.

A handle is made of the folded words of a name, as names are matched by (language/names.py): no
case, no accents, no marks around a word, and so hardly anything that a shell takes for its own.
What is left of that (`finn-o'brien`) is quoted later, by the rules of the shell that asks.

A name may hold what moves a cursor or turns a text round, though no command would let it in.
Of such a word only what stands before is used: `mal` for `mal\u202elory`, and nothing of it
is ever shown. Every handle is looked up before it is offered. One that means somebody else is
left out, and so is a shortened one that means more people than one.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from connect_cli.language.names import Known, Names, in_order
from connect_cli.language.words import fold, name_words
from connect_cli.render.safe import clean, safe_beginning
from connect_cli.store.search import Spelling


class Typed(NamedTuple):
    """The beginning of a name: whole words, then the one that is being written, maybe empty."""

    words: tuple[str, ...]
    last: str
    parted_by: str = "-"

    @classmethod
    def read(cls, text: str, before: Sequence[str] = ()) -> "Typed":
        """As typed, behind words that belong to the same name."""
        *whole, last = fold(text).replace("-", " ").split(" ")
        words = name_words(" ".join((*before, *whole)))
        return cls(words, last.lstrip(".,;:!?\"'("), " " if " " in text else "-")


def handles(
    found: Sequence[Spelling], text: str, before: Sequence[str], everybody: Callable[[], Names]
) -> list[str]:
    """The handles that begin with this text, of these spellings, in their order.

    everybody: the names of all, read only where that is needed.
    """
    typed, some = Typed.read(text, before), _names(found)
    offered: dict[str, None] = {}
    for one in found:
        rest = handle(one.written, typed)
        if rest is not None:
            whole = text + rest
            names = everybody() if clean(one.written) != one.written else some
            if _means(" ".join((*before, whole)), one, names):
                offered[whole] = None
    return list(offered)


def handle(written: str, typed: Typed) -> str | None:
    """What is to be added to make a handle of a name, from the word on that begins so."""
    own = tuple(filter(None, map(safe_beginning, name_words(written))))
    for at, word in enumerate(own):
        if word.startswith(typed.last) and in_order(typed.words, own[:at], str.startswith):
            return typed.parted_by.join((word[len(typed.last) :], *own[at + 1 :]))
    return None


def as_written(written: str, beginning: str) -> str | None:
    """What is to be added to have the name itself, from the word on that begins so.

    In small letters if it was begun in them.
    """
    if clean(written) != written:
        return None
    wanted, words = fold(beginning), written.split()
    for at, word in enumerate(words):
        if (rest := _behind(word, wanted)) is not None:
            whole = " ".join((rest, *words[at + 1 :]))
            return whole.lower() if beginning[:1].islower() else whole
    return None


def _behind(word: str, folded: str) -> str | None:
    """What stands in a word behind its beginning that folds to this."""
    ends = (end for end in range(len(word), -1, -1) if fold(word[:end]) == folded)
    end = next(ends, None)
    return None if end is None else word[end:]


def _means(text: str, one: Spelling, names: Names) -> bool:
    """Whether this text is read as the person meant, or as several among whom they are asked for.

    A name that was shortened to be shown has to be theirs alone.
    """
    fit = names.fit(text)
    if fit is None or all(person.id != one.person_id for person in fit.people):
        return False
    return len(fit.people) == 1 or clean(one.written) == one.written


def _names(found: Sequence[Spelling]) -> Names:
    return Names(list(_known(found)))


def _known(found: Sequence[Spelling]) -> Iterator[Known]:
    written: dict[tuple[str, str], list[str]] = {}
    for one in found:
        written.setdefault((one.person_id, one.name), []).append(one.written)
    for (person_id, name), spellings in written.items():
        yield Known(person_id, name, tuple(each for each in spellings if each != name))
