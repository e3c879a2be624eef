"""The words for each kind of interaction, and what their verbs say about who reached out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.words import fold
from connect_cli.model import Kind

LONGEST_PHRASE = 3  # words: "one on one"


def _phrases(text: str) -> frozenset[str]:
    return frozenset(text.split("|"))


_NOUNS: Mapping[Kind, str] = {
    Kind.CALL: "call|calls|calling|phone|phone call|telephone|telephone call|voice call|ringing"
    "|phoning|voicemail|voice mail",
    Kind.VIDEO: "video|video call|video-call|videocall|video chat|zoom|zoom call|zooming|facetime"
    "|facetime call|facetiming|skype|skype call|google meet",
    Kind.MEETING: "meeting|meetings|meet|meetup|meet-up|catch-up|catchup|catch up|catching up"
    "|appointment|drink|drinks|beer|beers|pint|pints|wine|one on one|one-on-one|1:1|1on1",
    Kind.COFFEE: "coffee|coffees|tea|espresso|cappuccino|cuppa",
    Kind.MEAL: "meal|lunch|lunches|dinner|dinners|breakfast|brunch|supper|picnic|barbecue|bbq",
    Kind.WALK: "walk|walks|walking|hike|hikes|hiking|stroll",
    Kind.VISIT: "visit|visits|visiting",
    Kind.MESSAGE: "message|messages|messaging|text|texts|texting|text message|txt|txts|note|sms"
    "|dm|dms|whatsapp|imessage|telegram",
    Kind.EMAIL: "email|emails|e-mail|e-mails|emailing|mail|mails",
    Kind.LETTER: "letter|letters|postcard|postcards|card|handwritten note",
    Kind.EVENT: "event|party|birthday party|concert|wedding|conference|festival|funeral|reunion"
    "|graduation|housewarming|gig",
    Kind.GIFT: "gift|gifts|present|presents|birthday present",
    Kind.INTRODUCTION: "introduction|introductions|intro|intros|introducing",
}
_VERBS: Mapping[Kind, str] = {
    Kind.CALL: "called|phoned|rang|telephoned",
    Kind.VIDEO: "zoomed|facetimed|skyped|video called|video-called",
    Kind.MEETING: "met|met up|caught up|hung out|got together|ran into|bumped into|saw",
    Kind.MEAL: "lunched|dined|ate",
    Kind.WALK: "walked|hiked|strolled",
    Kind.VISIT: "visited|dropped by|dropped in|stopped by|came over|came round|came by|stayed with",
    Kind.MESSAGE: "messaged|texted|dmed|dm'd|whatsapped|pinged|txted",
    Kind.EMAIL: "emailed|e-mailed|mailed",
    Kind.LETTER: "wrote|wrote a letter",
    Kind.GIFT: "gifted",
    Kind.INTRODUCTION: "introduced",
}
# Kinds in which one person reaches out to another, so that it can be said who did.
REACHING = frozenset({Kind.CALL, Kind.VIDEO, Kind.MESSAGE, Kind.EMAIL, Kind.LETTER, Kind.GIFT})
# Words of contact that say little about its kind, and give way to one that says more.
_WEAK = _phrases(
    "met|met up|meet|saw|caught up|catch-up|catchup|catch up|catching up|got together|hung out"
    "|ran into|bumped into|wrote|present|phone|event|card|meeting|drink|drinks"
    "|beer|beers|pint|pints|wine"
)


class KindWord(NamedTuple):
    """A word or two that say a kind; `weak` when a later word may say more of it."""

    kind: Kind
    words: int
    verb: bool
    weak: bool

    def says_more_than(self, other: "KindWord") -> bool:
        """Whether this word is to be believed rather than one that stood before it."""
        if other.kind is Kind.CALL:
            return self.kind is Kind.VIDEO
        return other.weak and not self.weak


def _table() -> dict[str, KindWord]:
    table: dict[str, KindWord] = {}
    for said, verb in ((_NOUNS, False), (_VERBS, True)):
        for kind, phrases in said.items():
            for phrase in _phrases(phrases):
                table[phrase] = KindWord(kind, phrase.count(" ") + 1, verb, phrase in _WEAK)
    return table


_TABLE = _table()


def match_kind(words: Sequence[str]) -> KindWord | None:
    """The longest kind word that these folded words begin with."""
    for count in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        if (found := _TABLE.get(" ".join(words[:count]))) is not None:
            return found
    return None


def read_kind(text: str) -> Kind:
    """The kind named outright: `call`, `lunch`, `phone call`. Raises NotUnderstood."""
    word = " ".join(fold(text).split())
    if word in tuple(Kind):
        return Kind(word)
    if word in _TABLE:
        return _TABLE[word].kind
    raise NotUnderstood(f"'{text}' is not a kind of interaction", _hint(word))


def _hint(word: str) -> str:
    import difflib  # only someone who has mistyped pays for it

    near = difflib.get_close_matches(word, [*Kind, *_TABLE], 1, 0.7)
    every = ", ".join(Kind)
    return f"did you mean {near[0]}? The kinds are {every}" if near else f"the kinds are {every}"
