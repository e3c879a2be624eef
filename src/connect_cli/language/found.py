"""What has been read of a head: who, what, when and how little; and the words that are left."""

from collections.abc import Iterator

from connect_cli.language.head import Head, Span
from connect_cli.language.participants import Place
from connect_cli.language.vocabulary import (
    AT_NIGHT,
    COMMON,
    FILLERS,
    REACHING,
    WORD_NAMES,
    KindWord,
)
from connect_cli.language.when import WhenReader
from connect_cli.language.words import fold
from connect_cli.model import Counts, Direction, Kind

LONGEST_LEFT = 4  # words: the longest leftover that may be the name of somebody unknown


class Found:
    """What a head says, as far as it has been read.

    end: the token with which its news begins. plan: the words of something still to come (`seeing
    Ada`). second: where a second conversation begins. kind_span: the word for the kind.
    """

    when: WhenReader

    def __init__(self, head: Head) -> None:
        self.end = len(head)
        self.tried = False
        self.plan: Span | None = None
        self.second: int | None = None
        self.kind_span: Span | None = None
        self._head = head
        self._kind: KindWord | None = None
        self._small: Counts | None = None
        self._places: list[Place] = []
        self._ends: set[int] = set()  # of these places
        self._read = [False] * len(head)
        self._links: set[str] = set()  # the `to` and `from` right before a person
        self._subject = self._object = False  # whether somebody did it, or it was done to them

    @property
    def kind(self) -> Kind:
        """The kind that the head names; `other` if it names none."""
        return self._kind.kind if self._kind else Kind.OTHER

    @property
    def kind_said(self) -> bool:
        """Whether the head names a kind."""
        return self._kind is not None

    @property
    def kind_word(self) -> str:
        """The word for the kind, as typed."""
        return self._head.slice(*self.kind_span) if self.kind_span else ""

    @property
    def counts(self) -> Counts | None:
        """How little a greeting counts; None if there was also a lunch, say, or a duration."""
        more = self.when.minutes is not None or (self._kind is not None and not self._kind.weak)
        return None if more else self._small

    @property
    def named(self) -> list[str]:
        """The names as typed, in order."""
        return [self._head.slice(place.start, place.end) for place in self._places]

    @property
    def said(self) -> str:
        """The head as typed, without its news; each name is one word: `will_call phoned`."""
        names = {at for place in self._places for at in range(place.start + 1, place.end)}
        start = self._head.tokens[0].start if self.end else 0
        said = list(self._head.slice(0, self.end)) if self.end else []
        for at in names:
            said[self._head.tokens[at].start - start - 1] = "_"
        return "".join(said)

    @property
    def only_when(self) -> bool:
        """Whether the head says only when it was."""
        said = bool(self.when.days) or self.when.time is not None
        return said and not self._places and self._kind is None and not self.left

    @property
    def unread(self) -> str:
        """The words that were not read as anything, as typed."""
        return " ".join(self._head.slice(*span) for span in self.left)

    @property
    def left(self) -> list[Span]:
        """The stretches of words that were not read, without those that mean nothing."""
        return list(self._left())

    def with_kind(self, at: int) -> int:
        """The end of the kind if it belongs to the words before: `a quick call`; else `at`."""
        kind, span = self._kind, self.kind_span
        if kind is None or span is None or kind.verb or span.start < at:
            return at
        parted = any(self._head.tokens[here].before for here in range(at, span.end))
        adjoins = all(self._head.word(here) in FILLERS for here in range(at, span.start))
        return span.end if adjoins and not parted else at

    def is_name_before(self, at: int) -> bool:
        """Whether a name ends right before this place."""
        return at in self._ends

    @property
    def direction(self) -> Direction | None:
        """Who reached out, if the words say so."""
        if "heard" in self._links:
            return Direction.THEIRS
        if self.kind not in REACHING:
            return None
        if "from" in self._links or (self._subject and not self._object):
            return Direction.THEIRS
        mine = "to" in self._links or (self._object and not self._subject)
        return Direction.MINE if mine else None

    def settle(self) -> None:
        """Decide which places are names; if there is none, the words left over may be one."""
        sure = [place for place in self._places if not place.perhaps]
        self._places = sure or self._places[:1]
        if fold(self.kind_word) in AT_NIGHT or self.when.in_the_evening:
            self.when.at_night()
        if not self._places:
            left = self.left
            if len(left) == 1 and self._could_be_a_name(*left[0]):
                self._places = [Place(*left[0])]
        for place in self._places:
            self._read[place.start : place.end] = [True] * (place.end - place.start)

    def _could_be_a_name(self, start: int, end: int) -> bool:
        if end - start > LONGEST_LEFT or any(map(self._head.parted, range(start + 1, end))):
            return False
        return all(map(self._could_be_in_a_name, range(start, end)))

    def _could_be_in_a_name(self, at: int) -> bool:
        word = self._head.word(at)
        common = word in COMMON and not (word in WORD_NAMES and self._head.tokens[at].capital)
        return word[:1].isalpha() and not common and not self._head.tokens[at].possessive

    def _left(self) -> Iterator[Span]:
        start = 0
        for at in range(self.end + 1):
            if at == self.end or self._read[at] or self._head.tokens[at].sort == "tag":
                matter = [place for place in range(start, at) if self._matters(place)]
                if matter:
                    yield Span(start, matter[-1] + 1)
                start = at + 1

    def _matters(self, at: int) -> bool:
        return self._head.tokens[at].sort == "other" or self._head.word(at) not in FILLERS
