"""Where a head names somebody: known names, and words that can only be a name nobody has yet.

The reader asks `Participants.at` about one place at a time and says what stands right before it: an
`Opening` such as `with`, `called`, a comma, or the beginning of the head. The first of these that
fits is the answer:

1. a full name or an alias, the longest first;
2. a name typed in part, the longest first: a first name, some of its words, or a prefix. A prefix
   is enough only where a person must follow (`with`, `called`);
3. several capitalised words that hold a known name though nobody has the whole: somebody new
   (`Jack Ryan called`); at the beginning also who leads a list of known names (`Zed and Ada`);
4. at the beginning, a single first name before a kind (`hope lunch`), if nobody else is named;
5. a name nobody has, where a person is expected.

Words that are also common words or parts of the calendar (`will`, `rose`, `may`) are names only if
they are capitalised within a sentence, or if their neighbours leave no other reading. Where that is
not sure the place is marked `perhaps`, and the reader drops it once somebody else is named. Returns
None if nobody is named there.
"""

from enum import Enum, auto
from typing import NamedTuple

from connect_cli.language.calendar import CALENDAR_WORDS
from connect_cli.language.head import Head
from connect_cli.language.names import TITLES, By, Names
from connect_cli.language.near_day import is_misspelt
from connect_cli.language.vocabulary import (
    COMMON,
    DAY_PREPOSITIONS,
    FUNCTION_WORDS,
    JOINING,
    JOINTS,
    NEWS,
    NEWS_VERBS,
    PARTICLES,
    PREPOSITIONS,
    RELATIONS,
    SELVES,
    WORD_NAMES,
    is_past,
    looks_like_a_verb,
)

LONGEST_SAID = 12  # words: the longest full name that is looked for
LONGEST_EXTENT = 4  # words: the longest name typed in part, or that nobody has


class Opening(Enum):
    """What stands right before a place, and so how strongly a name is expected there."""

    NONE = auto()  # any other word
    START = auto()  # the head begins, or has only said when it was
    WITH = auto()
    LIST = auto()  # a name followed by `and`, a comma or `&`
    LOOSE = auto()  # the same with words between; or a `to` or `from` that may lead to a place
    TOWARDS = auto()  # `letter to`, `heard from`
    VERB = auto()  # `called`, `met`, `thanked`
    KIND = auto()  # `lunch`, `call`
    SIGN = auto()  # `@`


EXPECTING = frozenset({Opening.WITH, Opening.LIST, Opening.TOWARDS, Opening.VERB, Opening.SIGN})


class Place(NamedTuple):
    """The tokens that name somebody. perhaps: only if the line names nobody else."""

    start: int
    end: int
    perhaps: bool = False


class Participants:
    """Finds names in a head: known ones, and words that can only be the name of somebody new."""

    def __init__(self, head: Head, names: Names) -> None:
        self.head = head
        self.names = names

    def at(
        self, at: int, opening: Opening, *, after_lower: bool, named: bool = False
    ) -> Place | None:
        """The name that begins there.

        after_lower: the previous name was typed in lower case. named: somebody is named already.
        """
        if not self.head.word(at):
            return None
        # `Ada & co`: after a capitalised name, a word in lower case begins no name.
        guess = opening is not Opening.LIST or after_lower or self._is_capital(at)
        end = self._whole(at, opening) or self._partly(at, opening, guess=guess)
        if not end and (stranger := self._stranger(at, opening) or self._leads(at, opening)):
            return Place(at, stranger)
        if end:
            return Place(at, end, perhaps=end == at + 1 and self._like_a_word(at, opening))
        if opening is Opening.START and self._before_kind(at):
            return Place(at, at + 1, perhaps=True)
        return self._unknown(at, opening, after_lower=after_lower, named=named)

    def is_known(self, place: Place) -> bool:
        """Whether the words there fit somebody."""
        return self.names.fit(self.head.slice(place.start, place.end)) is not None

    def _whole(self, at: int, opening: Opening) -> int:
        """The end of the longest full name or alias there, or 0."""
        first = self.head.tokens[at].text
        if not self.names.may_begin(first):
            return 0
        for end in range(self._run(at, min(LONGEST_SAID, self.names.longest(first))), at, -1):
            if self.names.is_whole(self.head.slice(at, end)) and (
                end - at > 1 or self._may_be_named(at, end, opening)
            ):
                return end
        return 0

    def _stranger(self, at: int, opening: Opening) -> int:
        """The end of a name that nobody has though a part of it is known: `Jack Ryan called`."""
        end = at + self._capitals(at)
        if end < at + 2 or opening in EXPECTING or opening is Opening.KIND or self._opaque(at):
            return 0
        if opening is Opening.START and looks_like_a_verb(self.head.word(at)):
            return 0  # `Picked Jack up`
        fits = [self.names.fit(self.head.slice(each, each + 1)) for each in range(at, end)]
        known = any(fit is not None and fit.by < By.PREFIX for fit in fits)
        return end if known and not self.names.fit(self.head.slice(at, end)) else 0

    def _leads(self, at: int, opening: Opening) -> int:
        """The end of a name that nobody has though it leads a list of known ones: `Zed and Ada`."""
        if (
            opening is not Opening.START
            or self._opaque(at)
            or looks_like_a_verb(self.head.word(at))
        ):
            return 0
        end = at + self._capitals(at) or at + 1
        if end >= len(self.head) - 1 and not self._signed(end):
            return 0
        joint = self.head.word(end) in JOINTS
        after = end + 1 if joint else end
        goes_on = self.head.word(end + 1) in JOINTS and self.head.after_comma(end)
        if not (joint or goes_on or self._signed(end)) or after >= len(self.head):
            return 0  # `Dishoom, Ada`, or `A0 & and`, which ends there
        fit = self.names.fit(self.head.slice(after, after + 1))
        return end if fit is not None and fit.by <= By.FIRST and self._is_capital(after) else 0

    def _signed(self, at: int) -> bool:
        """Whether `&`, `+` or `/` joins the word there to the one before; not in `Pizza / Tom`."""
        if at >= len(self.head) or self.head.tokens[at].before != ",":
            return False
        between = self.head.line[self.head.tokens[at - 1].end : self.head.tokens[at].start]
        return not self.head.after_comma(at) and between != " / "

    def _opaque(self, at: int) -> bool:
        """Whether a word cannot begin a name: `Saw`, `Uncle`, `Dr`, `Yesterday`."""
        word, cased = self.head.word(at), self.head.tokens[at].text[0].isupper()
        return not cased or word in COMMON | RELATIONS | TITLES or self._reads_otherwise(at)

    def _like_a_word(self, at: int, opening: Opening) -> bool:
        """`saw art with Ada`: a common word that may be a name where none is needed."""
        common = self.head.word(at) in COMMON and not self._is_capital(at)
        return common and opening in (Opening.VERB, Opening.KIND)

    def _before_kind(self, at: int) -> bool:
        """`hope lunch`, `Sunny walk`: a person, if nobody else is named; not `Sunday lunch`."""
        if self.head.day(at) is not None:
            return False
        fit = self.names.fit(self.head.slice(at, at + 1)) if self.head.kind(at + 1) else None
        return fit is not None and fit.by <= By.FIRST

    def _partly(self, at: int, opening: Opening, *, guess: bool) -> int:
        """The end of the longest name typed in part there, or 0."""
        least = max(1, self._capitals(at))
        for end in range(max(self._extent(at), at + least), at + least - 1, -1):
            if not self._may_be_named(at, end, opening):
                continue
            fit = self.names.fit(self.head.slice(at, end))
            loosest = self._loosest(at, end, opening)
            if self._mere_opening(at, end, opening):
                loosest = min(loosest, By.FIRST)
            if fit is not None and fit.by <= (loosest if guess else min(loosest, By.WORDS)):
                return end
        return 0

    def _mere_opening(self, at: int, end: int, opening: Opening) -> bool:
        """`Power lunch with Ed`: the first word is capitalised anyway, so it may be no surname."""
        if opening is not Opening.START or end > at + 1 or self._verb(end):
            return False
        if self.head.parted(end) or self.head.tokens[end].before:
            return False
        return not (self.head.word(end) in JOINTS and self._listed(end + 1))

    def _listed(self, at: int) -> bool:
        """Whether a list goes on there with a name, or with `I`."""
        if at >= len(self.head):
            return False
        name = self._is_capital(at) or self.names.fit(self.head.slice(at, at + 1)) is not None
        return name or self.head.word(at) in SELVES

    def _loosest(self, at: int, end: int, opening: Opening) -> By:
        """How loosely a name may be typed: a prefix is enough only where a person must follow."""
        if opening in EXPECTING and (end - at > 1 or self.head.word(at) not in COMMON):
            return By.PREFIX
        if end - at > 1 and opening in (Opening.START, Opening.KIND):
            return By.PREFIX
        several = end - at > 1 or "-" in self.head.tokens[at].text.strip("-")
        if several or (opening is not Opening.NONE and self._is_capital(at)):
            return By.WORDS
        return By.FIRST

    def _may_be_named(self, at: int, end: int, opening: Opening) -> bool:
        """Whether a name is meant here, rather than the common word that it also is."""
        if opening is Opening.SIGN:
            return True
        if self._calendar(at, opening):
            return False
        if self.head.word(at) not in COMMON:
            return opening is not Opening.NONE or self._is_capital(at)
        if self._is_capital(at) and not self.head.parted(at):
            return True
        return self._though_common(at, end, opening)

    def _though_common(self, at: int, end: int, opening: Opening) -> bool:
        """Whether a common word is a name, though it is in lower case or begins a sentence."""
        if self._is_capital(at) and self._verb(end):
            return True
        after, is_name = self.head.word(end), self.head.word(at) in WORD_NAMES
        if opening in (Opening.NONE, Opening.LOOSE):
            return False
        if opening is Opening.START and (
            after in PREPOSITIONS or (after in JOINTS and not self._listed(end + 1))
        ):
            return False  # `Hope and pray`
        if self.head.tokens[end - 1].possessive or self.head.ends(end):
            return is_name or opening in EXPECTING
        if opening in (Opening.WITH, Opening.TOWARDS):
            return is_name and after in NEWS_VERBS | NEWS
        return opening is Opening.START and self._verb(end)

    def _calendar(self, at: int, opening: Opening) -> bool:
        """Whether a month or weekday is part of a date: `in May`, `May 3`."""
        if self.head.word(at) not in CALENDAR_WORDS:
            return False
        if opening in (Opening.WITH, Opening.TOWARDS, Opening.VERB):
            return False
        if opening is Opening.START and self._is_capital(at) and self._verb(at + 1):
            return False  # `Sunday came round`
        if self.head.word(at + 1) in JOINTS and self._is_capital(at) and self._listed(at + 2):
            return False  # `for May and Jack`
        day = self.head.day(at)
        if day is not None and (day.words > 1 or opening is not Opening.LIST):
            return True
        return self.head.word_before(at) in DAY_PREPOSITIONS

    def _verb(self, at: int) -> bool:
        kind = self.head.kind(at)
        said = self.head.word(at)
        return said in NEWS_VERBS or is_past(said) or (kind is not None and kind.verb)

    def _unknown(
        self, at: int, opening: Opening, *, after_lower: bool, named: bool
    ) -> Place | None:
        """A name that nobody has, where one is expected."""
        if opening is Opening.SIGN:
            return Place(at, self._unknown_end(at), perhaps=True)
        if opening not in EXPECTING | {Opening.KIND} or not self._could_be_new(at):
            return None
        if opening is Opening.WITH and named and not self._is_capital(at):
            return None  # `Ravi stopped by with cake`
        capital = self._is_capital(at)
        if not capital and (
            opening is Opening.KIND
            or is_past(self.head.word(at))
            or (opening is Opening.LIST and not after_lower and not self._amid(at))
        ):
            return None
        if opening is Opening.LIST and self.head.after_comma(at) and not self._ends_a_list(at):
            return None  # `with Tom, Lord it was hot`
        perhaps = opening is Opening.KIND or (opening is Opening.VERB and not capital)
        return Place(at, self._unknown_end(at), perhaps)

    def _ends_a_list(self, at: int) -> bool:
        end = self._unknown_end(at)
        if end > at + 1 and not self._is_capital(at):
            return False  # `, contract signed`
        return self.head.ends(end) or self.head.word(end) in JOINING

    def _amid(self, at: int) -> bool:
        """Whether the list continues with another name: `with Ada, raj and Tom`."""
        rest = at + 2 if self.head.word(at + 1) == "and" else at + 1
        parted = rest < len(self.head) and (rest > at + 1 or self.head.tokens[rest].before == ",")
        return parted and self._is_capital(rest)

    def _could_be_new(self, at: int) -> bool:
        """Whether the word can be the name of somebody unknown, rather than an ordinary word."""
        token, word = self.head.tokens[at], self.head.word(at)
        if token.possessive or self._reads_otherwise(at) or not word[0].isalpha():
            return False
        return word not in WORD_NAMES or token.capital or self.head.ends(at + 1)

    def _reads_otherwise(self, at: int) -> bool:
        word = self.head.word(at)
        if word in FUNCTION_WORDS or self.head.kind(at) or self.head.when(at) or is_misspelt(word):
            return True
        return self.head.word_before(at) in DAY_PREPOSITIONS and word in CALENDAR_WORDS

    def _unknown_end(self, at: int) -> int:
        if self._is_capital(at):
            return at + max(1, self._capitals(at))
        capitals = filter(self._is_capital, range(at + 1, self._extent(at)))
        return next(capitals, self._extent(at))

    def _is_capital(self, at: int) -> bool:
        return self.head.tokens[at].capital

    def _run(self, at: int, most: int) -> int:
        """The end of the words that stand together from there; a possessive is the last."""
        end = at + 1
        while end < min(at + most, len(self.head)) and self._joined(end):
            end += 1
        return end

    def _joined(self, at: int) -> bool:
        token = self.head.tokens[at]
        alone = token.before or token.at_sign or self.head.tokens[at - 1].possessive
        return token.sort == "word" and not alone

    def _extent(self, at: int) -> int:
        """The end of the words that could belong to a name typed in part."""
        end = at + 1
        while end < self._run(at, LONGEST_EXTENT) and not self._stops(end):
            end += 1
        return end

    def _stops(self, at: int) -> bool:
        if self._is_initial(at):
            return False
        return bool(
            self.head.word(at) in FUNCTION_WORDS or self.head.kind(at) or self.head.when(at)
        )

    def _is_initial(self, at: int) -> bool:
        """The `A` of `John A`."""
        token = self.head.tokens[at]
        return len(token.text) == 1 and token.capital and self._is_capital(at - 1)

    def capitals_end(self, at: int) -> int:
        """The end of the capitalised words that stand together from there."""
        return at + self._capitals(at)

    def _capitals(self, at: int) -> int:
        """How many capitalised words stand together from there: they are one name."""
        capitals = 0
        for place in range(at, self._extent(at)):
            if self._is_capital(place):
                capitals = place + 1 - at
            elif not capitals or self.head.word(place) not in PARTICLES:
                break
        return capitals
