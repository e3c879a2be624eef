"""The reader of a log line's head: from left to right, each word becomes what it most surely is.

What comes in is a `Head`, the words before the first ': ', and the names of everybody. In the
grammar below, what stands in braces may be repeated, and what comes first is tried first:

    head     = {piece} [news]
    piece    = attempt | greeting | people | day | time | duration | kind | word
    people   = opening name {joint name}
    opening  = the beginning | with | to | from | a verb | a kind | `@` | a word, before a capital
    joint    = `,` | and | `&` | `+` | nothing, between names in lower case
    attempt  = no answer ...           greeting = said hi to ...
    news     = what follows a sentence's end, or tells of somebody: `, she ...`, `, Tom got ...`

The head ends where news begins, once somebody is named, unless only days, times, durations, kinds
and names follow. `end` is the token that the news begins with.

`_opening` says what stands right before a place, and so how strongly a name is expected there.
Behind words like `about` and `without` people are only spoken of, up to the next comma or `with`.
Whoever owns what is spoken of (`Tom's brother`, `at Rose's Kitchen`) takes no part either.

A clause that tells of somebody without a comma (`who ...`, `Tom moved`, `her mum ...`) stays in the
head, but a day in it is asked about: it may be the day of the story. A kind behind the people of
another one begins a second conversation.

Which words were names is settled at the end: a name that is only `perhaps` one counts if nobody
else was named, and if nobody was named at all, the one stretch of words left over may be the name
of somebody unknown. What was read in two ways, or not at all, is for doubtful.py to ask about.
"""

from connect_cli.language.attempts import attempt_at, greeting_at, nobody_answered
from connect_cli.language.clauses import Clauses
from connect_cli.language.found import Found
from connect_cli.language.head import Head, Span
from connect_cli.language.names import Names
from connect_cli.language.participants import EXPECTING, Opening, Participants, Place
from connect_cli.language.vocabulary import (
    BETWEEN,
    COMMON,
    COUNTING,
    EVERYBODY,
    EXCLUDING,
    FILLERS,
    FINITE,
    GIVING,
    GOING,
    HEARSAY,
    INTENDED,
    JOINTS,
    LINKS,
    OTHERS_POSSESSIVES,
    PARTICIPLES,
    PASSED_OVER,
    POSSESSIVES,
    REACHING,
    RECEIVED,
    RELATIONS,
    SAYING,
    SELVES,
    SUBORDINATING,
    TALK,
    THEM,
    TOPICS,
    TRANSITIVE,
    TRIED,
    VISITING,
    is_past,
)
from connect_cli.language.when import NEVER, When, WhenReader
from connect_cli.model import Kind

_OPENINGS = {
    "with": Opening.WITH,
    "w": Opening.WITH,
    **dict.fromkeys(TRANSITIVE, Opening.VERB),
    **dict.fromkeys(RELATIONS, Opening.KIND),
}


class HeadReader(Found):
    """Reads a head. when: what stood before it, in front of an earlier colon or as a stamp."""

    def __init__(self, head: Head, names: Names, when: When = NEVER) -> None:
        super().__init__(head)
        self.when = WhenReader(head, when, self._goes_on)
        self._people = Participants(head, names)
        self._clauses = Clauses(head, self._people)
        self._opening = self._list_opening = Opening.START
        self._clause = 0  # where the words since the last comma or stop begin
        self._story = False  # words of that clause were not read
        self._peopled = False  # somebody is named in that clause
        self._intent = False  # that clause tells what somebody means to do
        self._another: int | None = None  # where a kind behind the people of another one begins
        self._topic = False
        self._excluding = False
        self._link = ""  # the `to` or `from` right before
        if self._head.word(0) in PARTICIPLES and self._clauses.names_somebody(1):
            self.plan = Span(0, 1)
        at = 0
        while at < self.end:
            at = self._step(at)
        self.settle()

    def _step(self, at: int) -> int:
        if self._is_news(at):
            self.end = at
            return at
        if self._clauses.is_aside(at):
            end = self._head.aside_end(at)
            self.tried = self.tried or nobody_answered(self._head.slice(at, end))
            return end
        self._open(at)
        end = self._attempt(at) or self._greeting(at)
        if not end and (after_name := self._person(at)):
            return after_name  # `_settle` decides whether these words are a name
        end = end or self._when(at) or self._what_kind(at)
        self._read[at:end] = [True] * (end - at)
        if not end:
            self._plain(at)
        return end or at + 1

    def _is_news(self, at: int) -> bool:
        if not self._places:
            return False
        lower = self._after_lower()
        return self._clauses.is_news(
            at,
            after_lower=lower,
            goes_on=self._goes_on(at),
            beside=lower and self._is_lower(at) and self.is_name_before(at),
        )

    def _open(self, at: int) -> None:
        """Let the punctuation before this place end a clause, or continue a list."""
        token = self._head.tokens[at]
        if token.before and at:
            self._topic = self._excluding = False
            self._link = ""
            self._begin_clause(at)
            self._opening = Opening.NONE
            if token.before == "," and self._places:
                self._opening = Opening.LIST if self.is_name_before(at) else Opening.LOOSE
        if token.at_sign:
            self._opening = Opening.SIGN

    def _begin_clause(self, at: int) -> None:
        self._clause, self._story, self._peopled, self._intent = at, False, False, False

    def _begin_story(self, at: int) -> None:
        """Let a clause begin that tells of somebody: its days may be those of the story."""
        self._begin_clause(at)
        self._story = True

    def _attempt(self, at: int) -> int:
        attempt = attempt_at(self._head, at, told=bool(self._places))
        if attempt is not None:
            self.tried = True
            self._kind = self._kind or attempt.kind
            self._opening = Opening.KIND if attempt.kind else Opening.VERB
            return attempt.end
        if self._head.word(at) in TRIED and self._clauses.tries_somebody(at + 1):
            self.tried, self._opening = True, Opening.VERB
            return at + 1
        return 0

    def _greeting(self, at: int) -> int:
        greeting = None if self._topic else greeting_at(self._head, at)
        if greeting is None:
            return 0
        self._small, self._opening = greeting.counts, Opening.VERB
        return greeting.end

    def _person(self, at: int) -> int:
        if end := self._clauses.end_of_place(at, told=bool(self._places)):
            self._opening = Opening.NONE
            return end
        lower = self._after_lower() and self._list_opening in EXPECTING
        named = bool(self._places)
        opening = self._opening
        if opening is Opening.NONE and not named and self._is_lower(at):
            opening = Opening.LOOSE  # `drove ada home`: a name in lower case, if it is the first
        place = self._people.at(at, opening, after_lower=lower, named=named)
        if place is None:
            return 0
        spoken_of = self._excluding or self._intent or self._is_spoken_of(place)
        if not spoken_of and self._clauses.may_take_part(place):
            self._take(place)
        elif self._clauses.tells(place):
            self._begin_story(place.start)
        self._opening = Opening.NONE
        if self.is_name_before(place.end) and self._after_lower() and self._listed_on(place.end):
            self._opening = Opening.LIST
        return place.end

    def _take(self, place: Place) -> None:
        """Let somebody take part."""
        if self._opening is not Opening.LIST:
            self._list_opening = self._opening
        if self._listed_with_last():
            self._places[-1] = self._places[-1]._replace(perhaps=False)
        if self.second is None and not place.perhaps:
            self.second = self._another
        self._places.append(place)
        self._ends.add(place.end)
        self._peopled = True
        self._object = self._object or self._opening is Opening.VERB
        if self._link:
            self._links.add(self._link)

    def _listed_on(self, at: int) -> bool:
        """Whether another name follows without a comma: `with ada tom and grace`."""
        if at >= len(self._head) or self._head.tokens[at].before or self._head.tokens[at].capital:
            return False
        if self._head.word(at) in COMMON and self._head.word(at + 1) not in JOINTS:
            return False
        place = self._people.at(at, Opening.LIST, after_lower=True)
        return place is not None and self._people.is_known(place) and not self._clauses.tells(place)

    def _is_spoken_of(self, place: Place) -> bool:
        """Whether somebody is only mentioned: `about Tom`, `a photo of Tom`, `a link Tom sent`."""
        opening, sure = self._opening, not self._only_talked_of()
        loose = opening in (Opening.NONE, Opening.LOOSE)
        if self._topic and (loose or opening is Opening.LIST):
            return True
        if self._topic and opening is Opening.TOWARDS:
            return sure  # `Sue says hi from Dawn`
        if loose and self._is_source(place.start):
            return True
        heard = self._head.word_before(place.start) in SAYING | HEARSAY
        return self._clauses.tells(place) and (heard or (sure and opening is Opening.NONE))

    def _is_source(self, at: int) -> bool:
        """`a photo of Tom`, `an article by Tom`, `the photos from Tom`, `call with Ada for Tom`."""
        before, counted = self._head.word_before(at), self._head.word(at - 2) in COUNTING
        return {
            "of": not counted and self._head.kind_before(at - 1) is None,
            "by": not is_past(self._head.word(at - 2)),
            "from": self._opening is Opening.LOOSE and not self._only_talked_of(),
            "for": bool(self._places) and self.kind is not Kind.GIFT,
            **dict.fromkeys(("as", "like"), bool(self._places)),  # `as Tom suggested`
        }.get(before, False)

    def _is_lower(self, at: int) -> bool:
        return not self._head.tokens[at].capital

    def _listed_with_last(self) -> bool:
        """`called mum and ada`, `introduced grace to ada`: both are then names."""
        if self._opening is Opening.TOWARDS:
            return self.kind is Kind.INTRODUCTION and bool(self._places)
        return self._opening is Opening.LIST and bool(self._places)

    def _after_lower(self) -> bool:
        """Whether the previous name was typed in lower case, so that this one may be too."""
        return bool(self._places) and self._is_lower(self._places[-1].start)

    def _goes_on(self, at: int) -> bool:
        """Whether the word before was read, or the head begins there."""
        while self._head.word(at - 1) in PASSED_OVER and not self._head.tokens[at - 1].before:
            at -= 1
        read = at == 0 or self._read[at - 1] or self.is_name_before(at)
        return read or self._head.word(at - 1) in THEM

    def _when(self, at: int) -> int:
        story = self._story and not self._peopled and bool(self._places)
        if self._intent or (story and self._head.word(self._clause).endswith("ing")):
            return 0  # `agreed to meet on the 18th`, `flowers for Mum, arriving Sunday`
        end = self.when.read(at, topic=self._topic, story=story)
        if end:
            self._opening = Opening.NONE if self._places or self._kind else Opening.START
            self._topic = False
        return end

    def _what_kind(self, at: int) -> int:
        word = None if self._topic or self._excluding else self._head.kind(at)
        if word is None or (self._kind and self._places and self._story and not self._peopled):
            return 0  # `, the baby is walking`
        span = Span(at, at + word.words)
        if self._kind is None or word.says_more_than(self._kind):
            self._kind, self.kind_span = word, span
        if word.verb:
            self._subject = self._subject or self._right_after_name(at)
        if self._places and (begins := self._begins_another(at)):
            self._another = begins
        wanted = self._opening is Opening.VERB and self._head.word_before(at) in ("tried", "to")
        towards_somebody = word.verb and word.kind not in (Kind.WALK, Kind.MEAL)
        expected = towards_somebody or wanted or self.plan
        self._opening = Opening.VERB if expected else Opening.KIND
        self._link = ""
        return span.end

    def _begins_another(self, at: int) -> int:
        """Where a second conversation begins if its kind is here: `, dinner`, `and lunch`; or 0."""
        while self._head.word_before(at) in FILLERS - LINKS - SELVES:
            at -= 1
        if self._head.word_before(at) in JOINTS:
            return at
        return self._clause if not self._story and not self._peopled else 0

    def _right_after_name(self, at: int) -> bool:
        while at and self._head.word(at - 1) in BETWEEN and not self._head.tokens[at].before:
            at -= 1
        if at >= len(self._head) or self._head.tokens[at].before or not self.is_name_before(at):
            return False
        return not self._head.tokens[at - 1].possessive

    def _plain(self, at: int) -> None:
        """Take a word that means nothing by itself; it may open or end a list."""
        word = self._head.word(at)
        if word in PASSED_OVER:
            return
        self._opening, self._link = self._opened_by(at, word), ""
        self._story = self._story or self._matters(at)
        if word == "then":
            self._begin_clause(at + 1)
        if word in SUBORDINATING or self._is_somebody_elses(at):
            self._begin_story(at)
        if word == "off" and self._head.kind_before(at):
            word = "from"  # `text off Al`
            self._opening = Opening.TOWARDS
        if word == "to" and self._means_to(at):
            self._intent = True
        if word in ("to", "from"):
            heard = self._head.word_before(at) == "heard" or self._head.word(0) in RECEIVED
            self._link = "heard" if heard and word == "from" else word
        if word in GIVING:
            self._subject = self._subject or self._right_after_name(at)
        self._turn_to(at, word)

    def _turn_to(self, at: int, word: str) -> None:
        """Let a word begin what is only talked of, or who was not there, or end both."""
        if word in EXCLUDING or (word == "but" and self._head.word_before(at) in EVERYBODY):
            self._excluding = True
        elif word in TOPICS or self._begins_talk(at, word):
            self._topic = True
        elif self._opening is Opening.WITH or (self._link and self._only_talked_of()):
            self._topic = self._excluding = False

    def _is_somebody_elses(self, at: int) -> bool:
        """`grace her mum died`; but not `gave Grace her birthday present`."""
        owner = self._head.word(at) in OTHERS_POSSESSIVES and self.is_name_before(at)
        return owner and not self._clauses.is_occasion(at + 1)

    def _means_to(self, at: int) -> bool:
        """`agreed with Ada to meet`; but not `came to see me`."""
        intended = bool(self._places) and self._head.word(at + 1) in INTENDED
        before = self._head.word(at - 1)
        came = is_past(before) or before in FINITE or self._head.word(self._clause) in GOING
        return intended and not came

    def _begins_talk(self, at: int, word: str) -> bool:
        """`Ada told me Tom left`, `Ada says Tom left`."""
        if word in SAYING:
            return self._right_after_name(at)
        return word in SELVES and self._head.word_before(at) == "told"

    def _only_talked_of(self) -> bool:
        """Whether nobody sure was named yet, as before `from` in `heard about Tom from Ada`."""
        return all(place.perhaps for place in self._places)

    def _opened_by(self, at: int, word: str) -> Opening:
        if word in VISITING and self._is_owner(at + 1):
            return Opening.LOOSE  # `at katie's`
        if word in JOINTS:
            return self._after_and(at)
        if word == "as" and self._head.window(at - 2)[:3] == ["as", "well", "as"]:
            return self._after_and(at - 2)
        if word in ("to", "from", "of"):
            return self._towards(at, word)
        expected = word in POSSESSIVES and self._opening in EXPECTING
        return Opening.LOOSE if expected else _OPENINGS.get(word, Opening.NONE)

    def _is_owner(self, at: int) -> bool:
        return at < len(self._head) and self._head.tokens[at].possessive

    def _after_and(self, at: int) -> Opening:
        """A name must follow `Ada and`; it may where `and` stands among other words."""
        if self._places and self._places[-1].end == at:
            return Opening.LIST
        known = bool(self._places) or self._head.word_before(at) in SELVES | RELATIONS
        return Opening.LOOSE if known else Opening.NONE

    def _towards(self, at: int, word: str) -> Opening:
        """A person follows `letter to` and `wedding of`; after other words it may be a place."""
        if self._head.word(at + 1) in INTENDED and self._is_lower(at + 1):
            return Opening.NONE  # `rang to ask`
        before = self._head.word_before(at)
        kind = self._head.kind(at - 1) if before else None
        if word == "of":
            return Opening.TOWARDS if kind and kind.kind is Kind.EVENT else Opening.NONE
        sent = kind is not None and kind.kind in REACHING
        said = before in TALK or sent or self.kind is Kind.INTRODUCTION
        return Opening.TOWARDS if said else Opening.LOOSE
