"""The reader of a log line's head: from left to right, each word becomes what it most surely is.

What comes in is a `Head`, the words before the first ': ', and the names of everybody. `HeadReader`
goes over it once. At each place it tries in this order: an attempt (`no answer`), a greeting (`said
hi to`), a person, a day, a time, a duration, a kind. The first that fits takes its words, and the
reader goes on after them. A word that fits none of these may still open or end a list of people
(`with`, `and`, `about`).

Two things carry over from one place to the next: `_opening`, which says how strongly a name is
expected there, and `_topic` or `_excluding`, under which people are only talked about or were not
there.

Which words were names is settled at the end (`_settle`): a name that is only `perhaps` one counts
if nobody else was named, and if nobody was named at all, the one stretch of words left over may be
the name of somebody unknown.

A day that is impossible or still to come, or a time over one day, raises NotUnderstood. Words that
were not read stay in `unread`; the caller keeps the whole line as the note, so none is lost.
"""

from collections.abc import Iterator
from datetime import date

from connect_cli.errors import NotUnderstood
from connect_cli.language.day_options import past
from connect_cli.language.head import Head
from connect_cli.language.names import Names
from connect_cli.language.participants import EXPECTING, Opening, Participants, Place
from connect_cli.language.times import LONGEST
from connect_cli.language.vocabulary import (
    ABSENT,
    ATTEMPTED,
    ATTEMPTS,
    COMMON,
    EVERYBODY,
    EXCLUDING,
    FILLERS,
    GIVING,
    GREETINGS,
    LIKED,
    LINKS,
    LONGEST_ABSENT,
    LONGEST_ATTEMPT,
    LONGEST_GREETING,
    PASSED_OVER,
    PASSING,
    POSSESSIVES,
    REACHING,
    RELATIONS,
    SELVES,
    TALK,
    TOPICS,
    TRANSITIVE,
    WORD_NAMES,
    KindWord,
    match_kind,
)
from connect_cli.language.words import shortened
from connect_cli.model import Counts, Direction, Kind

_UNSAID = (Opening.NONE, Opening.LOOSE, Opening.LIST)
_OPENINGS = {
    "with": Opening.WITH,
    "w": Opening.WITH,
    **dict.fromkeys(TRANSITIVE, Opening.VERB),
    **dict.fromkeys(RELATIONS, Opening.KIND),
}
_STILL_TO_COME = "say the day it happened; put what you talked about after ': '"
_TOO_LONG = "write a shorter time; if it is not how long you met, put it after ': '"
LISTING = 4  # this many words after a name, `and` still continues the list
LONGEST_LEFT = 4  # words: the longest leftover that may be the name of somebody unknown


class HeadReader:
    """What a head says. when: the reader of a day that stood before an earlier colon."""

    def __init__(self, head: Head, names: Names, when: "HeadReader | None" = None) -> None:
        self.day: date | None = when.day if when else None
        self.time: str | None = when.time if when else None
        self.minutes: int | None = when.minutes if when else None
        self.tried = False
        self.absent = False
        self._small: Counts | None = None
        self._head = head
        self._kind: KindWord | None = None
        self._people = Participants(head, names)
        self._places: list[Place] = []
        self._read = [False] * len(head)
        self._opening = Opening.START
        self._listing = 0  # words left in which a list may continue
        self._topic = False
        self._excluding = False
        self._link = ""  # the `to` or `from` right before
        self._links: set[str] = set()  # those right before a person
        self._subject = self._object = False
        at = 0
        while at < len(head):
            at = self._step(at)
        self._settle()

    @property
    def kind(self) -> Kind:
        """The kind that the head names; `other` if it names none."""
        return self._kind.kind if self._kind else Kind.OTHER

    @property
    def kind_said(self) -> bool:
        """Whether the head names a kind."""
        return self._kind is not None

    @property
    def counts(self) -> Counts | None:
        """How little a greeting counts; None if there was also a lunch, say, or a duration."""
        more = self.minutes is not None or (self._kind is not None and not self._kind.weak)
        return None if more else self._small

    @property
    def named(self) -> list[str]:
        """The names as typed, in order."""
        return [self._head.slice(place.start, place.end) for place in self._places]

    @property
    def only_when(self) -> bool:
        """Whether the head says only when it was."""
        said = self.day is not None or self.time is not None
        return said and not self._places and self._kind is None and not list(self._left())

    @property
    def unread(self) -> str:
        """The words that were not read as anything, as typed."""
        return " ".join(self._head.slice(start, end) for start, end in self._left())

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

    def _step(self, at: int) -> int:
        self._open(at)
        end = self._attempt(at) or self._greeting(at)
        if not end and (after_name := self._person(at)):
            return after_name  # `_settle` decides whether these words are a name
        for read in (self._when_day, self._when_clock, self._how_long, self._what_kind):
            end = end or read(at)
        self._read[at:end] = [True] * (end - at)
        if not end:
            self._plain(at)
        return end or at + 1

    def _open(self, at: int) -> None:
        """Let the punctuation before this place end a clause, or continue a list."""
        token = self._head.tokens[at]
        if token.before and at:
            self._topic = self._excluding = False
            self._link = ""
            self._opening = Opening.NONE
            if token.before == ".":
                self._listing = 0
            elif self._listing:
                adjacent = self._listing == LISTING
                self._opening = Opening.LIST if adjacent else Opening.LOOSE
        if token.at_sign:
            self._opening = Opening.SIGN

    def _attempt(self, at: int) -> int:
        words = self._head.window(at)
        for count in range(min(LONGEST_ATTEMPT, len(words)), 0, -1):
            if " ".join(words[:count]) in ATTEMPTS:
                self.tried = True
                self._kind = self._kind or match_kind(words[count - 1 : count])
                self._opening = Opening.KIND
                return at + count
        return self._tried_to(at, words) if words[:1] == ["tried"] else 0

    def _tried_to(self, at: int, words: list[str]) -> int:
        """`tried to call Ada`, `tried calling Ada`, `tried Ada`; but not `tried Ada's cake`."""
        end = at + 2 if words[1:2] == ["to"] else at + 1
        aim = self._head.word(end)
        self._opening = Opening.VERB
        if aim in ATTEMPTED:
            self.tried = True
            return end
        if end == at + 1 and end < len(self._head) and not self._head.parted(end):
            place = self._people.at(end, Opening.VERB, after_lower=False)
            self.tried = place is not None and not self._head.tokens[place.end - 1].possessive
        return at + 1 if self.tried else 0

    def _greeting(self, at: int) -> int:
        """`said hi to Ada`, `saw Ada in passing`, `liked Ada's photo`: less than a conversation."""
        words = [] if self._topic else self._head.window(at)[:LONGEST_GREETING]
        for count in range(2, len(words) + 1):
            if (said := " ".join(words[:count])) in GREETINGS | PASSING:
                self._small = Counts.HALF if said in GREETINGS else Counts.NO
                self._opening = Opening.VERB
                return at + count
        if at == 0 and words[:1] and words[0] in LIKED and self._somebodys(at + 1):
            self._small = Counts.NO
            self._opening = Opening.LOOSE
            return at + 1
        return 0

    def _somebodys(self, at: int) -> bool:
        """Whether a possessive begins there: `Ada's photo`."""
        if at >= len(self._head):
            return False
        place = self._people.at(at, Opening.VERB, after_lower=False)
        return place is not None and self._head.tokens[place.end - 1].possessive

    def _person(self, at: int) -> int:
        place = self._people.at(at, self._opening, after_lower=self._after_lower())
        if place is None:
            return 0
        talked_of = (self._topic and self._opening in _UNSAID) or self._for_their_sake(place)
        if talked_of or self._excluding or self._owns(place) or self._was_absent(place):
            return place.end  # they are only talked about
        if self._listed_with_last():
            self._places[-1] = self._places[-1]._replace(perhaps=False)
        self._places.append(place)
        self._object = self._object or self._opening is Opening.VERB
        if self._link:
            self._links.add(self._link)
        self._opening, self._listing = Opening.NONE, LISTING
        return place.end

    def _for_their_sake(self, place: Place) -> bool:
        """Tom in `call with Ada for Tom` takes no part; in `a present for Tom` he does."""
        after_for = bool(self._places) and self._head.word_before(place.start) == "for"
        return after_for and self.kind is not Kind.GIFT

    def _owns(self, place: Place) -> bool:
        """`mum rang, dad's knee is bad`: a possessive after a comma is news, if no kind follows."""
        own = self._head.tokens[place.end - 1].possessive and self._opening is Opening.LIST
        news = own and bool(self._places) and self._head.kind(place.end) is None
        if news:
            self._opening, self._listing = Opening.NONE, 0
        return news

    def _was_absent(self, place: Place) -> bool:
        """`lunch with Ada, Grace couldn't make it`."""
        words = self._head.window(place.end)[:LONGEST_ABSENT] if self._places else []
        absent = any(" ".join(words[:count]) in ABSENT for count in range(1, len(words) + 1))
        self.absent = self.absent or absent
        return absent

    def _listed_with_last(self) -> bool:
        """`called mum and ada`, `introduced grace to ada`: both are then names."""
        if self._opening is Opening.TOWARDS:
            return self.kind is Kind.INTRODUCTION and bool(self._places)
        return self._opening is Opening.LIST

    def _after_lower(self) -> bool:
        """Whether the previous name was typed in lower case, so that this one may be too."""
        if not self._places:
            return False
        return not self._head.tokens[self._places[-1].start].capital

    def _when_day(self, at: int) -> int:
        phrase = None if self.day else self._head.day(at)
        if phrase is None or (phrase.text.startswith("in ") and not self._goes_on(at)):
            return 0  # `moving in March`, `due in 2 weeks`
        if phrase.is_outside and not self._plainly_stands(at, at + phrase.words):
            return 0  # `bones from 66000000 years ago`
        self.day = past(phrase.said, phrase.text, self._head.today, _STILL_TO_COME)
        self._after_when()
        return at + phrase.words

    def _goes_on(self, at: int) -> bool:
        """Whether the word before was read, or the head begins there."""
        before = at == 0 or self._read[at - 1]
        return before or any(place.end == at for place in self._places)

    def _plainly_stands(self, start: int, end: int) -> bool:
        """Whether these words follow without a comma on words that were read, and end the clause.

        If they are no possible day or length, they are refused there, and passed over elsewhere.
        """
        goes_on = self._goes_on(start) and (start == 0 or not self._head.tokens[start].before)
        ends = end >= len(self._head) or self._head.parted(end) or self._head.word(end) in LINKS
        return goes_on and (ends or (start == 0 and self._head.kind(end) is not None))

    def _when_clock(self, at: int) -> int:
        clock = None if self.time else self._head.clock(at)
        if clock is None:
            return 0
        self.time = clock.time
        self.minutes = self.minutes or clock.minutes
        self._after_when()
        return at + clock.words

    def _how_long(self, at: int) -> int:
        duration = None if self.minutes else self._head.duration(at)
        if duration is None:
            return 0
        if duration.minutes > LONGEST:
            if self._topic or not self._plainly_stands(at, at + duration.words):
                return 0  # `Ada works 80 hours a week`
            said = shortened(self._head.slice(at, at + duration.words))
            raise NotUnderstood(f"'{said}' is more than one day", _TOO_LONG)
        self.minutes = duration.minutes
        self._after_when()
        return at + duration.words

    def _after_when(self) -> None:
        self._opening = Opening.NONE if self._places or self._kind else Opening.START
        self._topic = False

    def _what_kind(self, at: int) -> int:
        word = None if self._topic or self._excluding else self._head.kind(at)
        if word is None:
            return 0
        if self._kind is None or word.says_more_than(self._kind):
            self._kind = word
        if word.verb:
            self._subject = self._subject or self._right_after_name(at)
        wanted = self._opening is Opening.VERB and self._head.word_before(at) in ("tried", "to")
        self._opening = Opening.VERB if word.verb or wanted else Opening.KIND
        self._link = ""
        return at + word.words

    def _right_after_name(self, at: int) -> bool:
        if not self._places or self._head.tokens[at].before:
            return False
        last = self._places[-1]
        return last.end == at and not self._head.tokens[at - 1].possessive

    def _plain(self, at: int) -> None:
        """Take a word that means nothing by itself; it may open or end a list."""
        word = self._head.word(at)
        self._listing = max(0, self._listing - 1) if word and word != "and" else self._listing
        if word in PASSED_OVER:
            return
        self._opening, self._link = self._opened_by(at, word), ""
        if word in ("to", "from"):
            self._link = "heard" if self._head.word_before(at) == "heard" else word
        if word in GIVING:
            self._subject = self._subject or self._right_after_name(at)
        if word in EXCLUDING or (word == "but" and self._head.word_before(at) in EVERYBODY):
            self._excluding = True
        elif word in TOPICS or self._begins_talk(at, word):
            self._topic = True
        elif self._opening is Opening.WITH or (self._link and self._only_talked_of()):
            self._topic = self._excluding = False

    def _begins_talk(self, at: int, word: str) -> bool:
        """`Ada told me Tom left`."""
        return word in SELVES and self._head.word_before(at) == "told"

    def _only_talked_of(self) -> bool:
        """Whether nobody sure was named yet, as before `from` in `heard about Tom from Ada`."""
        return all(place.perhaps for place in self._places)

    def _opened_by(self, at: int, word: str) -> Opening:
        if word == "and":
            return self._after_and(at)
        if word in ("to", "from"):
            return self._towards(at)
        if word in POSSESSIVES and self._opening in EXPECTING:
            return Opening.LOOSE
        return _OPENINGS.get(word, Opening.NONE)

    def _after_and(self, at: int) -> Opening:
        if self._listing == LISTING:
            return Opening.LIST
        known = self._listing or self._head.word_before(at) in SELVES | RELATIONS
        return Opening.LOOSE if known else Opening.NONE

    def _towards(self, at: int) -> Opening:
        """A person follows `letter to` and `heard from`; after other words it may be a place."""
        before = self._head.word_before(at)
        said = before in TALK or (before and self._head.kind(at - 1) is not None)
        return Opening.TOWARDS if said or self.kind is Kind.INTRODUCTION else Opening.LOOSE

    def _settle(self) -> None:
        """Decide which places are names; if there is none, the words left over may be one."""
        sure = [place for place in self._places if not place.perhaps]
        self._places = sure or self._places[:1]
        if not self._places:
            left = list(self._left())
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
        return word[:1].isalpha() and not common

    def _left(self) -> Iterator[tuple[int, int]]:
        """The stretches of words that were not read, without those that mean nothing."""
        start = 0
        for at in range(len(self._head) + 1):
            if at == len(self._head) or self._read[at] or self._head.tokens[at].sort == "tag":
                matter = [place for place in range(start, at) if self._matters(place)]
                if matter:
                    yield start, matter[-1] + 1
                start = at + 1

    def _matters(self, at: int) -> bool:
        return self._head.tokens[at].sort == "other" or self._head.word(at) not in FILLERS
