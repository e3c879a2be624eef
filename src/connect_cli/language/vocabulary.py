"""The words that the log line knows: kinds, attempts, greetings, common words, words of talk."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from connect_cli.errors import NotUnderstood
from connect_cli.language.calendar import CALENDAR_WORDS, word_set
from connect_cli.language.spelling import letters_off
from connect_cli.language.words import fold
from connect_cli.model import Kind

LINKS = frozenset({"with", "w", "to", "from", "and", "n", "plus"})
PREPOSITIONS = word_set(
    "about across after against along among around as at because before behind beside between "
    "but by during for in into near of off on once onto over past re regarding since so than "
    "then through throughout till under until up via when where while within without"
)
# A length before these is how long it was: `an hour on the phone`.
WHERE = word_set("on in at over via along around round near by together")
# What stands after these, between capitals, is a place and nobody's name.
PLACE_PREPOSITIONS = word_set(
    "in at near on around round along across past outside inside through via by towards"
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
RECEIVED = word_set("got received")
FUNCTION_WORDS = (
    LINKS
    | PREPOSITIONS
    | FINITE
    | TALK
    | TRANSITIVE
    | word_set(
        "either nobody somebody everybody anybody someone everyone anyone self unknown yest "
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
        "husband partner parents team people group folks "
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
# Verbs of telling: after `Ada says` comes what she said.
SAYING = word_set(
    "says said mentions mentioned thinks thought reckons reckoned claims claimed believes hears "
    "hopes hoped knows knew"
)
# Whoever is told of after these took no part: `heard Ada is moving`.
HEARSAY = frozenset({"heard", "that", "apparently"})
# What begins with these, after a name, is news of somebody.
OTHERS_NEWS = word_set(
    "he she they it he's she's they're it's hes shes theyre he'll she'll they'll he'd she'd they'd "
    "they've"
)
NEWS = OTHERS_NEWS | word_set(
    "her his their its we i we're i'm we'll i'll we've i've who who's whose which"
)
NEWS_VERBS = FINITE | word_set(
    "isn't isnt wasn't wasnt hasn't hasnt couldn't couldnt didn't didnt doesn't doesnt won't wont "
    "can't cant wouldn't bailed cancelled canceled stayed sends thinks thought knows knew "
    "mentioned mentions reckons works worked lives lived moves moved moving starts started leaves "
    "left flies "
    "flew plans planned hopes hoped passed failed quit broke married died lost found bought sold "
    "turned paid forgot"
)
# A name before these took part after all: `lunch with Ada, Tom joined later`.
JOINING = word_set("joined came invited paid brought helped turned made tagged showed popped")
# What begins with these, behind a name, tells of somebody or something.
SUBORDINATING = word_set("who whom whose which where because he she they")
# Joints of a list of people.
JOINTS = frozenset({"and", "n", "plus"})
# A second day behind these is a second conversation.
AGAIN = frozenset({"and", "again", "then", "also"})
# `went with Ada to see Nana`: both were there.
GOING = word_set("went came drove flew walked cycled travelled popped")
# After `to`, these tell what somebody means to do.
INTENDED = word_set(
    "meet see call ring phone go come visit have do start move fly leave send bring buy get help "
    "say ask tell wish thank check plan arrange discuss sort book organise organize invite"
)
# `seeing Ada`, `meeting Tom`: somebody tells what they are going to do.
PARTICIPLES = word_set("seeing meeting visiting")
# Whoever owns these is met there: `at Ada's place`.
PLACES = word_set(
    "place house home flat apartment door office garden kitchen room desk shop cabin cottage farm "
    "balcony studio pub party do bash"
)
HEARING = word_set("listened listening listen looked reacted objected agreed subscribed thanks due")
VISITING = word_set("at to by round around over from in")
# After these comes who was not there.
EXCLUDING = word_set("without except excluding instead not no minus")
EVERYBODY = word_set("everyone everybody all anyone anybody nobody")
RELATIONS = word_set(
    "friend sister brother mother father mum mom dad son daughter wife husband partner cousin "
    "mummy daddy nan uncle aunt auntie aunty grandma grandpa granny gran nana grandad grandmother "
    "grandfather "
    "godmother godfather niece nephew colleague neighbour "
    "neighbor boss flatmate roommate girlfriend boyfriend"
)
OTHERS_POSSESSIVES = word_set("his her their your")
POSSESSIVES = OTHERS_POSSESSIVES | word_set("the my our")
SELVES = word_set("me i we us myself")
# Small words inside names: Ludwig van Beethoven.
PARTICLES = word_set("de da di du del della dos das van von der den ter la le el al bin ibn ben")
PASSED_OVER = word_set("both also dear old just up back")
# Words between somebody and what they did: `Ada has called`.
BETWEEN = PASSED_OVER | word_set("has have had finally then")
THEM = word_set("him her them me us")
# Words that add nothing to what has been read.
FILLERS = LINKS | word_set(
    "a an the i we me us my our had have went go going for on at in of by over up some talked "
    "spoke talk chat chatted conversation heard received got sent gave saw did just also both "
    "via was back w n plus"
)
ATTEMPTS = frozenset((
    "no answer", "no response", "no reply", "never answered", "never replied", "missed a call",
    "voicemail", "left voicemail", "answering machine", "answerphone", "answer phone",
    "left a voicemail",
    "didn't answer", "didnt answer", "did not answer", "didn't pick up", "didnt pick up",
    "did not pick up", "not answering", "missed call", "couldn't reach", "could not reach",
    "went to voicemail", "straight to voicemail", "got voicemail", "no pick up", "no pickup",
))  # fmt: skip
LONGEST_ATTEMPT = 4
# These say so where they stand alone: `called Tom, busy`.
FAILED = frozenset((
    "engaged tone", "busy tone", "line engaged", "the line was engaged", "number engaged",
    "phone off", "phone was off",
    "busy", "engaged", "line busy", "line was busy", "bounced", "it bounced", "nobody home",
    "no one home", "nobody in", "no one in", "nobody there", "not home", "not in", "not there",
    "not at home", "wasn't in", "was out", "out", "no luck", "rang out", "it rang out", "hung up",
    "undelivered", "not delivered", "didn't go through", "no joy", "no pick-up",
))  # fmt: skip
TIMES = word_set("both times time twice again each every")
# A greeting is less than a conversation; seeing somebody from afar is not contact.
GREETINGS = frozenset((
    "said hi", "said hello", "say hi", "say hello", "quick hi", "quick hello", "waved to",
    "waved at", "exchanged hellos", "exchanged greetings",
))  # fmt: skip
PASSING = frozenset(("in passing", "from afar", "from a distance", "across the street"))
LONGEST_GREETING = 3
TRIED = frozenset({"tried", "attempted"})
COUNTING = word_set("two three four five six all both each some most the")
# After `tried to` or `tried`.
ATTEMPTED = word_set(
    "call calling ring ringing phone phoning reach reaching contact contacting facetime "
    "facetiming zoom skype get catch catching"
)

RINGING = word_set("ring ringing phone")

LONGEST_KIND = 3  # words: "one on one"


def _phrases(text: str) -> frozenset[str]:
    return frozenset(text.split("|"))


_NOUNS: Mapping[Kind, str] = {
    Kind.CALL: "whatsapp call|teams call|signal call|call|calls|calling|phone|phone call"
    "|telephone|telephone call|voice call|ringing"
    "|phoning|voicemail|voice mail|a ring|a bell|a buzz|a shout",
    Kind.VIDEO: "video|video call|video-call|videocall|video chat|zoom|zoom call|zooming|facetime"
    "|facetime call|facetiming|skype|skype call|google meet",
    Kind.MEETING: "meeting|meetings|meet|meetup|meet-up|catch-up|catchup|catch up|catching up"
    "|appointment|drink|drinks|beer|beers|pint|pints|wine|one on one|one-on-one|1:1|1on1",
    Kind.COFFEE: "coffee|coffees|tea|teas|chai|espresso|cappuccino|cuppa|latte",
    Kind.MEAL: "brekkie|brekky|fry-up|curry|takeaway|cookout|potluck|roast dinner"
    "|meal|lunch|lunches|dinner|dinners|breakfast|brunch|supper|picnic|barbecue|bbq|roast"
    "|dinner party",
    Kind.WALK: "walk|walks|walking|hike|hikes|hiking|stroll",
    Kind.VISIT: "visit|visits|visiting",
    Kind.MESSAGE: "message|messages|messaging|text|texts|texting|text message|txt|txts|note|sms"
    "|dm|dms|whatsapp|imessage|telegram|msg|msgs|fb msg|chat message|voice note|voice message"
    "|slack|slack chat|quick text",
    Kind.EMAIL: "email|emails|e-mail|e-mails|emailing|mail|mails",
    Kind.LETTER: "letter|letters|postcard|postcards|card|handwritten note"
    "|birthday card|christmas card|thank you card|thank-you card|sympathy card|get well card"
    "|thank you note",
    Kind.EVENT: "event|party|birthday party|concert|wedding|conference|festival|funeral|reunion"
    "|graduation|housewarming|gig|launch|book launch|recital|christening|baptism|baby shower"
    "|stag do|hen do|leaving do|exhibition|engagement party|anniversary party|garden party"
    "|retirement do|birthday do|work do|retirement party|leaving party|farewell party|house party",
    Kind.GIFT: "gift|gifts|present|presents|birthday present|birthday presents|birthday gift"
    "|wedding present|wedding gift|christmas present|christmas presents|christmas gift",
    Kind.INTRODUCTION: "introduction|introductions|intro|intros|introducing",
}
_VERBS: Mapping[Kind, str] = {
    Kind.CALL: "called|phoned|rang|telephoned",
    Kind.VIDEO: "zoomed|facetimed|skyped|video called|video-called",
    Kind.MEETING: "met|met up|caught up|hung out|got together|ran into|bumped into|saw",
    Kind.MEAL: "lunched|dined|ate",
    Kind.WALK: "walked|hiked|strolled",
    Kind.VISIT: "visited|dropped by|dropped in|dropped round|stopped by|stopped in|came over"
    "|came round|came by|popped by|popped in|popped over|popped round|swung by|called by|called in"
    "|passed by|called round|stayed with",
    Kind.MESSAGE: "slacked|snapchatted|messaged|texted|dmed|dm'd|whatsapped|pinged|txted"
    "|msged|msgd|msg'd|txtd|txt'd",
    Kind.EMAIL: "emailed|e-mailed|mailed",
    Kind.LETTER: "wrote|wrote a letter",
    Kind.GIFT: "gifted",
    Kind.INTRODUCTION: "introduced|intro'd|introed",
}
# What people do in the evening: `dinner at 8`.
AT_NIGHT = _phrases(
    "dinner|dinners|supper|drink|drinks|beer|beers|pint|pints|wine|party|concert|gig"
)
EVENINGS = word_set("evening evenin night nite tonight tonite")
# Kinds in which one person reaches out to another.
REACHING = frozenset({Kind.CALL, Kind.VIDEO, Kind.MESSAGE, Kind.EMAIL, Kind.LETTER, Kind.GIFT})
# Words that say little about the kind, and give way to one that says more.
_WEAK = _phrases(
    "met|met up|meet|saw|caught up|catch-up|catchup|catch up|catching up|got together|hung out"
    "|ran into|bumped into|wrote|mailed|present|phone|event|card|meeting|drink|drinks"
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
_IN_ED = word_set(
    "fred alfred jared wilfred winifred mildred ethelred manfred ahmed mohamed mohammed "
    "muhammed saeed majed khaled hamed waleed rasheed javed naveed shed reed creed"
)
_PAST = word_set(
    "shot drove took ran swam sang found lost won built taught paid spent left felt kept "
    "slept read hung sat stood rode wrote broke chose flew fed bought brought gave sent made "
    "got saw met told heard put threw drew led let cut beat lent"
)


def is_past(word: str) -> bool:
    """Whether a folded word looks like a verb in the past: `picked`, `shot`."""
    in_ed = len(word) > 3 and word.endswith(("ed", "'d")) and word not in _IN_ED
    return in_ed or word in _PAST


def looks_like_a_verb(word: str) -> bool:
    """Whether a folded word that begins a line says what was done: `picked`, `caled`."""
    return is_past(word) or bool(near_kind(word))


LEAST_MISSPELT = 5  # letters: shorter words are too like others
# Words of their own, though one letter away from a kind.
_LIKE_KINDS = word_set(
    "bears beets branch bunch caller calmed carry cells concept concern convert culled curly "
    "diner evens hides hiding introduce introduces latter launched launches litter lurch "
    "massage massages melting paints pants parity partly parts pasty patty phony points "
    "prevent prevents prints prone ranging scroll scrolled stack stacked strolls super "
    "testing tests waking walker weeding welding write"
)
_SINGLE = [word for word in _TABLE if len(word) >= LEAST_MISSPELT and " " not in word]


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


def near_kind(word: str) -> str:
    """The kind word that a folded word is one letter off; empty if it is none."""
    if len(word) < LEAST_MISSPELT or word in _TABLE or word in COMMON or word in _LIKE_KINDS:
        return ""
    alike = (kind for kind in _SINGLE if kind[0] == word[0])
    return next((kind for kind in alike if letters_off(word, kind, 1) == 1), "")
