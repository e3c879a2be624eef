"""The words that the log line knows: kinds, attempts, greetings, common words, words of talk."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import CALENDAR_WORDS, word_set
from connect_cli.language.words import fold
from connect_cli.model import Kind

LINKS = frozenset({"with", "to", "from", "and"})
PREPOSITIONS = word_set(
    "about across after against along among around as at because before behind beside between "
    "but by during for in into near of off on once onto over past re regarding since so than "
    "then through throughout till under until up via when where while within without"
)
# Verbs that may follow the subject of a clause: "Will was late".
FINITE = word_set(
    "is was are were has had have says said asked told wants wanted came went got gave took "
    "made will would can could should might must did does looks looked seems seemed feels "
    "felt needs needed likes liked loves loved brought sent helped paid invited joined"
)
# Words of talk: a person follows their `to` or `from`.
TALK = word_set(
    "talked talk talking spoke speak speaking spoken chat chatted chatting wrote written "
    "writing said hi hello heard hear got received listened replied responded answered "
    "reached thanks gave sent news apologised apologized introduced"
)
# Verbs with a person as their object; the verbs of a kind are in _VERBS.
TRANSITIVE = word_set(
    "saw helped thanked hosted invited joined taught congratulated comforted hugged reached "
    "contacted reach contact sent gave bought brought told asked tried seeing seen"
)
GIVING = word_set("sent gave bought brought")
FUNCTION_WORDS = (
    LINKS
    | PREPOSITIONS
    | FINITE
    | TALK
    | TRANSITIVE
    | word_set(
        "nobody somebody everybody anybody someone everyone anyone self unknown yest "
        "a an the this that these those some any no not all both each every other another same i "
        "me my mine we us our ours you your yours he him his she her hers it its they them their "
        "theirs who whom whose which what how why there here or nor if be been being am do just "
        "also too very really quite still again back out down home work school town online "
        "together alone long short quick brief great good nice lovely fun bad sad happy big small "
        "little new old first last next more most much many few lots lot bit today yesterday "
        "tomorrow tonight now soon later earlier ago morning afternoon evening night day days "
        "week weeks month months year years hour hours minute minutes min mins weekend discussed "
        "talked laughed cried played watched walked ate drank sat stood drove ran moved started "
        "finished worked caught met called texted emailed wrote had having going gone getting "
        "friend friends family kids children sister brother mother father son daughter wife "
        "husband partner parents team everyone everybody someone somebody people group folks "
        "colleagues neighbours neighbors guys others co"
    )
)
# Common words that are also names.
WORD_NAMES = (
    word_set(
        "will may mark rose grace hope art sunny joy faith bill drew pat sue dawn summer autumn "
        "winter april june august chase hunter frank earnest rich rob miles dean grant "
        "wade pierce skip buddy bliss charity christian olive ivy lily daisy violet iris heather "
        "holly hazel ginger basil sage rusty sandy stormy season major earl duke king prince "
        "baron guy ray robin wren jade ruby pearl amber crystal opal eve "
        "trip lane cliff heath brook glen forest reed ash peg dot penny angel star "
        "sky storm true love early young long cash wise noble royal china paris sydney florence "
        "chelsea austin dallas boston london georgia virginia carolina asia india israel jordan "
        "chad kenya chance case van tad ward court sonny mercy honor honour patience prudence "
        "constance verity harmony melody cherry apple plum fern flora poppy saffron clay stone "
        "rock rocky dusty sterling victor bishop abbot porter mason cooper carter tanner archer "
        "page read wright al an my thu tue do so in"
    )
    | CALENDAR_WORDS
)
COMMON = FUNCTION_WORDS | WORD_NAMES
# After these, a month or weekday is a date and not a name.
DAY_PREPOSITIONS = word_set(
    "in on since until till last next this early late mid by of during every each before "
    "after for the"
)
# Weekdays that are also words: "we sat", "in the sun", "they wed".
WORD_WEEKDAYS = frozenset({"sat", "sun", "wed", "mon"})
UNLIKE_A_WEEKDAY = word_set(
    "the a an i we you he she they who and our my his her their in of both all "
    "everyone everybody no"
)
# A number before these says how many, or what time: `fri 6 of us`, `tue 10 km`, `thu 5 o'clock`.
COUNTED = word_set(
    "of or to till until x k km mi mile miles times people kids guests friends others night nights "
    "coffees calls meetings texts emails photos euro euros dollars o'clock o’clock ish "
    "sharp noon a.m p.m"
)
# A day after these is not the day on which something happened.
DAYS_OF_SOMETHING_ELSE = word_set(
    "about re regarding for until till by since before after is are was be planning planned "
    "discussed discussing"
)
# `we met 2 years ago`, `he moved a month ago`: that is the day of something else.
PAST_OF_ANOTHER = word_set("met saw spoke talked moved married died left began started split born")
OTHERS = word_set("we he she they who last first got was")
# A time after these is when it ended.
ENDS = word_set("until till before")
# Before `in 2 years` these say how long it had been.
LONG_WAITS = word_set(
    "first once time seen spoken talked heard met haven't hadn't havent hadnt not"
)
# After these comes what was talked about: no kind and no participant.
TOPICS = word_set(
    "about re regarding concerning discussing discussed planned planning that because while"
)
# After these comes who was not there.
EXCLUDING = word_set("without except excluding instead not no minus")
EVERYBODY = word_set("everyone everybody all anyone anybody nobody")
RELATIONS = word_set(
    "friend sister brother mother father mum mom dad son daughter wife husband partner cousin "
    "uncle aunt auntie aunty grandma grandpa granny gran nana grandad grandmother grandfather "
    "godmother godfather niece nephew colleague neighbour "
    "neighbor boss flatmate roommate girlfriend boyfriend"
)
POSSESSIVES = word_set("the my our your his her their")
SELVES = word_set("me i we us myself")
# Small words inside names: Ludwig van Beethoven.
PARTICLES = word_set("de da di du del della dos das van von der den ter la le el al bin ibn ben")
PASSED_OVER = word_set("both also dear old just up back")
# Words that add nothing to what has been read.
FILLERS = LINKS | word_set(
    "a an the i we me us my our had have went go going for on at in of by over up some talked "
    "spoke talk chat chatted conversation heard received got sent gave saw did just also both "
    "via was back w"
)
ATTEMPTS = frozenset((
    "no answer", "no response", "no reply", "never answered", "never replied", "missed a call",
    "voicemail", "left voicemail", "left a voicemail",
    "didn't answer", "didnt answer", "did not answer", "didn't pick up", "didnt pick up",
    "did not pick up", "not answering", "missed call", "couldn't reach", "could not reach",
    "went to voicemail", "straight to voicemail", "got voicemail", "no pick up", "no pickup",
))  # fmt: skip
LONGEST_ATTEMPT = 4
# A greeting is less than a conversation; seeing somebody from afar is not contact.
GREETINGS = frozenset((
    "said hi", "said hello", "say hi", "say hello", "quick hi", "quick hello", "waved to",
    "waved at", "exchanged hellos", "exchanged greetings",
))  # fmt: skip
PASSING = frozenset(("in passing", "from afar", "from a distance", "across the street"))
LONGEST_GREETING = 3
LIKED = word_set("liked hearted")
# A head that begins with these says that it did not happen, or not yet.
_CONTACT = (
    r"(?:call|called|ring|rang|phone|reach out|contact|contacted|see|seen|saw|meet|met|visit"
    r"|visited|write|written|wrote|email|emailed|text|texted|message|messaged|ping|invite|thank"
    r"|ask|talk|talked|speak|spoke|spoken|catch up|check in|get in touch|reply|replied|cancel"
    r"|postpone|move|reschedule|have (?:lunch|dinner|coffee|a call))\b"
)
NOT_DONE = (
    r"(?:(?:i|we|i'?m|we'?re) )?(?:still |really |also |probably )?(?:"
    r"(?:(?:(?:forgot|need|needed|have|got|want|wanted|plan|plans|planned|planning|meant|going"
    r"|remember|supposed|hoping|ought) to|remind me to|should(?: have)?|must|gonna|let's|shall"
    r"|i'll|we'll|almost|nearly)"
    rf"(?: really| even| get to)? {_CONTACT})"
    r"|(?:todo|to-do|arranged|booked|scheduled|skipped|missed|waiting to hear)\b"
    r"|no (?:call|contact|lunch|dinner|coffee|meeting|chat)s?\b"
    r"|(?:\S+ )?will (?:call|ring|phone|see|meet|visit|write|email|text|message|ask|talk|speak"
    r"|catch up|check in|get in touch|reply)\b)"
)
# These say the same anywhere in the head.
CALLED_OFF = (
    r"\b(?:cancelled|canceled|postponed|rescheduled|called off|called it off|fell through"
    r"|stood me up|no[- ]show)\b"
    r"|\b(?:did(?: not|n'?t)|never|won'?t|will not|can(?:not|'?t)|could(?: not|n'?t))(?: even)?"
    rf" (?:happen|come|show up|turn up|make it|get (?:hold|to)|{_CONTACT})"
)
NOT_LATELY = r"(?:i |we )?have(?: not|n'?t) (?:talked|spoken|seen|heard|met|called|been)\b"
# After a name: this person was not there, though others were.
ABSENT = frozenset((
    "couldn't make it", "could not make it", "couldn't come", "could not come",
    "didn't make it", "did not make it", "didn't come", "did not come", "didn't show",
    "wasn't there", "was not there", "was ill", "was sick", "was away", "was missing",
    "cancelled", "canceled", "had to cancel", "bailed", "stayed home", "stayed at home",
))  # fmt: skip
LONGEST_ABSENT = 4
# After `tried to` or `tried`.
ATTEMPTED = word_set(
    "call calling ring ringing phone phoning reach reaching contact contacting facetime "
    "facetiming zoom skype get catch catching"
)

LONGEST_KIND = 3  # words: "one on one"


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
# Kinds in which one person reaches out to another.
REACHING = frozenset({Kind.CALL, Kind.VIDEO, Kind.MESSAGE, Kind.EMAIL, Kind.LETTER, Kind.GIFT})
# Words that say little about the kind, and give way to one that says more.
_WEAK = _phrases(
    "met|met up|meet|saw|caught up|catch-up|catchup|catch up|catching up|got together|hung out"
    "|ran into|bumped into|wrote|present|phone|event|card|meeting|drink|drinks"
    "|beer|beers|pint|pints|wine"
)


class KindWord(NamedTuple):
    """One or more words for a kind. weak: a later word may say more about it."""

    kind: Kind
    words: int
    verb: bool
    weak: bool

    def says_more_than(self, other: "KindWord") -> bool:
        """Whether this word tells more about the kind than an earlier one."""
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
    for count in range(min(LONGEST_KIND, len(words)), 0, -1):
        if (found := _TABLE.get(" ".join(words[:count]))) is not None:
            return found
    return None


def read_kind(text: str) -> Kind:
    """The kind that an option names: `call`, `lunch`, `phone call`. Raises NotUnderstood."""
    word = " ".join(fold(text).split())
    if word in tuple(Kind):
        return Kind(word)
    if word in _TABLE:
        return _TABLE[word].kind
    raise NotUnderstood(f"'{text}' is not a kind of interaction", _hint(word))


def _hint(word: str) -> str:
    import difflib  # noqa: PLC0415  # slow to import, and only needed after a typo

    near = difflib.get_close_matches(word, [*Kind, *_TABLE], 1, 0.7)
    every = ", ".join(Kind)
    return f"did you mean {near[0]}? The kinds are {every}" if near else f"the kinds are {every}"
