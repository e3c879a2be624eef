"""Where the head of a line ends, and which of its clauses only tell of somebody.

The head says when it was and with whom. It ends at the end of a sentence, or at a clause that
brings news (`, she moved`, `, Tom got married`, `and he ...`), unless all that follows up to the
next stop is structure: days, times, durations, kinds and known names (`Lunch with Ada. 45 min.`).
Words in brackets that are more than structure are passed over: `Ada (Tom's sister)`.
"""

from connect_cli.language.head import Head
from connect_cli.language.participants import Opening, Participants, Place
from connect_cli.language.vocabulary import (
    FILLERS,
    HEARING,
    JOINING,
    JOINTS,
    NEWS,
    NEWS_VERBS,
    OTHERS_NEWS,
    OTHERS_POSSESSIVES,
    PLACE_PREPOSITIONS,
    PLACES,
    RELATIONS,
    TALK,
    VISITING,
)

LONGEST_STRUCTURE = 24  # words: the longest part behind a stop that still belongs to the head
LONGEST_OCCASION = 3  # words from whose occasion it was to its kind


class Clauses:
    """Questions about the clauses of a head. A place is where a clause may begin."""

    def __init__(self, head: Head, people: Participants) -> None:
        self._head = head
        self._people = people

    def is_news(self, at: int, *, after_lower: bool, goes_on: bool, beside: bool) -> bool:
        """Whether what follows is no longer about when and with whom; somebody is named before.

        goes_on: whether the word before was read. beside: whether it is a name, and both words are
        in lower case, as in `coffee with ada tom got married`.
        """
        head, word = self._head, self._head.word(at)
        if self.is_aside(at):
            return False
        if head.tokens[at].before == "." and not head.tokens[at - 1].aside:
            return not (self._is_structure(at) or self._joins(at))
        comma = head.after_comma(at)
        if word in OTHERS_NEWS:
            return comma or goes_on or head.word(at - 1) in ("and", "but", "so")
        if word in NEWS:
            return comma and not self._is_structure(at)
        begins = comma or beside or head.word_before(at) == "but"
        return begins and self._tells_of_somebody(at, after_lower=after_lower)

    def _joins(self, at: int) -> bool:
        """`; Rose tagged along`."""
        place = self._people.at(at, Opening.LIST, after_lower=False)
        known = place is not None and self._people.is_known(place)
        return place is not None and known and self._head.word(place.end) in JOINING

    def _tells_of_somebody(self, at: int, *, after_lower: bool) -> bool:
        """`, Tom got married`, `, Ada's knee is bad`; but not `, Tom joined later`."""
        place = self._people.at(at, Opening.LIST, after_lower=after_lower)
        if place is None:
            return False
        follows = self._head.word(place.end)
        if self._head.tokens[place.end - 1].possessive:
            known = self._head.kind(place.end) or follows in PLACES | RELATIONS
            return not (known or self._head.ends(place.end))
        return self.tells(place)

    def is_aside(self, at: int) -> bool:
        """Whether brackets open there around more than structure."""
        opens = self._head.tokens[at].aside and (at == 0 or not self._head.tokens[at - 1].aside)
        dated = at == 0 and self._head.day(at) is not None  # `[11/03/2026, 19:42] called Ada`
        return opens and not dated and not self._is_structure(at)

    def tries_somebody(self, at: int) -> bool:
        """`tried Ada`; but not `tried Ada's cake`."""
        if at >= len(self._head) or self._head.parted(at):
            return False
        place = self._people.at(at, Opening.VERB, after_lower=False)
        return place is not None and not self._head.tokens[place.end - 1].possessive

    def tells(self, place: Place) -> bool:
        """Whether it is said what somebody did: `Tom moved`."""
        told = self._head.word(place.end) in NEWS_VERBS - JOINING
        return told and not self._head.parted(place.end)

    def names_somebody(self, at: int) -> bool:
        """`seeing Ada`, where somebody known is named."""
        if at >= len(self._head) or self._head.tokens[at].before:
            return False
        place = self._people.at(at, Opening.VERB, after_lower=False)
        return place is not None and self._people.is_known(place)

    def _is_structure(self, at: int) -> bool:
        """Whether there is nothing but structure up to the next stop."""
        here, something = at, False
        for _ in range(LONGEST_STRUCTURE):
            end = self._structural(here)
            if end == here:
                return False
            something = something or self._head.word(here) not in FILLERS
            here = end
            if self._head.parted(here):
                return something
        return False

    def _structural(self, at: int) -> int:
        """The end of what can be read there without a doubt; the same place if nothing can."""
        head = self._head
        for found in (head.day(at), head.clock(at), head.duration(at), head.kind(at)):
            if found is not None:
                return at + found.words
        if head.tokens[at].sort == "tag" or head.word(at) in FILLERS | JOINTS | {"too"}:
            return at + 1
        place = self._people.at(at, Opening.LIST, after_lower=False)
        if place is None or place.perhaps or not self._people.is_known(place):
            return at
        return at if head.tokens[place.end - 1].possessive else place.end

    def may_take_part(self, place: Place) -> bool:
        """Whether somebody is named who was there, and not only who owns or is somebody's."""
        return not (self._only_owns(place) or self._is_of_another(place))

    def _only_owns(self, place: Place) -> bool:
        """Whether it is said whose brother or book it was: `Tom's brother`; not `at Tom's place`,
        `Tom's birthday lunch`.
        """
        head, end = self._head, place.end
        if not head.tokens[end - 1].possessive or head.ends(end):
            return False
        before = head.word_before(place.start)
        if before in ("after", "before"):
            return True
        visited = before in VISITING and self._is_place(end)
        attended = before in ("at", "to") and not self._is_heard_of(place.start - 1, end)
        return not (visited or attended or self.is_occasion(end))

    def _is_of_another(self, place: Place) -> bool:
        """`her mum`, `Ada's dad`: of somebody else, though the word alone is a known name."""
        head = self._head
        if head.parted(place.start) or head.tokens[place.start].before:
            return False
        owned = head.tokens[place.start - 1].possessive
        theirs = owned or head.word(place.start - 1) in OTHERS_POSSESSIVES
        return theirs and head.word(place.start) in RELATIONS

    def _is_heard_of(self, at: int, end: int) -> bool:
        """`listened to Ada's podcast`, `at Rose's Kitchen`, `talked to Tom's brother`."""
        head = self._head
        capital, word = head.tokens[end].capital, head.word(end)
        return capital or word in RELATIONS or head.word_before(at) in HEARING | TALK

    def _is_place(self, at: int) -> bool:
        """`Tom's place`, `Ravi's native place`; but not `Rose's Kitchen`."""
        near = range(at, min(at + 2, len(self._head)))
        return any(self._head.word(h) in PLACES and not self._head.tokens[h].capital for h in near)

    def is_occasion(self, at: int) -> bool:
        """Whether these words name a kind: `birthday lunch`."""
        for here in range(at, min(at + LONGEST_OCCASION, len(self._head))):
            if here > at and self._head.tokens[here].before:
                return False
            if (kind := self._head.kind(here)) is not None:
                return not kind.verb
        return False

    def end_of_place(self, at: int, *, told: bool) -> int:
        """The end of `Hyde Park` or `St Mary's` after `in` or `near`, though it holds a name; or 0.

        told: somebody is named before, so that `at Bill's` is where they met.
        """
        before = self._head.word_before(at)
        if the := before == "the":
            before = self._head.word_before(at - 1)
        if before not in PLACE_PREPOSITIONS or self._head.when(at):
            return 0
        end = self._people.capitals_end(at)
        if the and self._head.word(end) == "and" and self._people.capitals_end(end + 1) > end + 1:
            return self._people.capitals_end(end + 1)  # `at the Rose and Crown`
        if end > at + 1:
            return 0 if self._people.is_known(Place(at, end)) else end
        return end if told and self._head.tokens[at].possessive and end > at else 0
