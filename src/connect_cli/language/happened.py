"""Words that say that nobody was met or spoken to: a wish, a plan, a thought, a photo, a no-show.

`untrue` finds the first of them in a head, as folded words; what stands behind a word like `about`
was only talked of, and is not looked at.
"""

import re
from collections.abc import Iterator

from connect_cli.language.calendar import WEEKDAY
from connect_cli.language.vocabulary import TOPICS
from connect_cli.language.words import fold

_TALKED_OF = rf"(?<!\w)(?:{'|'.join(sorted(TOPICS - {'planned', 'planning'}))})(?!\w)"
_CONTACT = (
    r"(?:call|called|ring|rang|phone|reach out|contact|contacted|see|seen|saw|meet|met|visit"
    r"|visited|write|written|wrote|email|emailed|text|texted|message|messaged|ping|invite|thank"
    r"|ask|talk|talked|speak|spoke|spoken|catch up|check in|get in touch|reply|replied|cancel"
    r"|ringing|calling|phoning|seeing|meeting|visiting|writing|texting|emailing"
    r"|postpone|move|reschedule|grab|have (?:a )?(?:lunch|dinner|coffee|call|chat|drink))\b"
)
_SEEN = r"(?:photos?|pictures?|pics?|posts?|videos?|stor(?:y|ies)|reels?|selfies?|articles?)"
_SCREEN = (
    r"(?:tv|telly|television|the news|the radio|instagram|insta|facebook|fb|linkedin|tiktok"
    r"|twitter|youtube|tinder|hinge)"
)
# A head that begins with these tells of no contact, or of none yet.
_OPENINGS = (
    r"(?:(?:i|we|i'?m|we'?re|am) )?(?:still |really |also |probably |just |was |were |had )?(?:"
    r"(?:(?:(?:forgot|need|needed|have|got|want|wanted|plan|plans|planned|planning|meant|going"
    r"|remember|supposed|hoping|hope|ought|about|off) to|remind me to|should(?: have)?|must|gonna"
    r"|let's|lets|shall|i'll|we'll|almost|nearly|never (?:got|managed)(?: round)?(?: to)?)"
    rf"(?: really| even| get to)? {_CONTACT})"
    r"|(?:(?:don'?t|do not|must(?:n'?t| not)|can(?:'?t|not)) (?:let me )?forget|note to self"
    r"|reminder|make sure)\b"
    r"|(?:todo|to-do|to do|arranged|booked|scheduled|skipped|waiting to hear|waiting for"
    r"|waiting on)\b"
    r"|missed (?!a |the |my |his |her |their |call)"
    r"|no (?:call|contact|lunch|dinner|coffee|meeting|chat)s?\b"
    r"|(?:no|not|nothing|still nothing)(?: \w+)? (?:from|of)\b(?! the)"
    r"|(?:\S+ )?will (?:call|ring|phone|see|meet|visit|write|email|text|message|ask|talk|speak"
    r"|catch up|check in|get in touch|reply)\b"
    r"|(?:had|having) an? (?:\w+ )?dream\b|(?:miss|missing) (?!a )"
    r"|looking forward|wish(?:ed)?\b|follow(?:ing)? up with\b|(?:can'?t|cannot) wait"
    r"|excited (?:to|about|for)\b"
    rf"|(?:saw|seen|found|watched|liked|looked at|scrolled past)(?: \w+)?(?: \w+)? {_SEEN}\b"
    r"|(?:liked|hearted|loved) (?:\S+ )?\S+(?:'s|s')(?!\w)"
    r"|read \S+'s\b"
    r"|(?:googled|looked up)\b|invited (?!me\b|us\b|by\b)|\S+(?: \S+)? invited (?:me|us)\b"
    r"|\S+ to (?!me\b|us\b|my\b)\w+ .*\b(?:by|before|next|tomorrow)\b"
    r"|(?:dinner|lunch|coffee|drinks?|call|walk|meeting)(?: is| was)? (?:booked|planned|arranged"
    r"|scheduled)\b"
    r")"
)
# Thoughts, of which `about` is a part.
_THOUGHTS = (
    r"(?:(?:i|i'?m|was|been) )*(?:still |just )?(?:thinking|thought|dreamt|dreamed|dreaming"
    r"|wondering|wondered|worrying|worried|reminded|prayed|praying)(?: a lot)?"
    r" (?:of|about|for|how|whether|if|what|why)\b"
)
# These say the same anywhere in the head.
_ANYWHERE = (
    r"\b(?:cancelled|canceled|postponed|rescheduled|called off|called it off|fell through"
    r"|stood (?:me|us) up|stood up by|no[- ]show(?:ed|s)?|ghosted|flaked|bailed|blew (?:me|us) off"
    r"|blew (?:it|us|me) out)\b"
    r"|\b(?:booked|scheduled|arranged|reserved|pencilled in|planned) (?:for|on)\b"
    r"|\b(?:did(?: not|n'?t)|never|won'?t|will not|can(?:not|'?t)|could(?: not|n'?t))(?: even)?"
    rf" (?:happen|come|came|show(?:ed)? up|showed|turn(?:ed)? up|make it|made it|heard"
    rf"|get (?:hold|to)|{_CONTACT})"
    r"|\b(?:table|tickets?) (?:(?:is|was|are) )?(?:booked|reserved)\b"
    r"|^(?:ringing|calling|phoning|texting|emailing) .*\b(?:in the morning|tomorrow|tonight|soon)\b"
    rf"|\b(?:moved|pushed|put off)(?: back)? (?:to|till|until) (?:next|tomorrow|{WEEKDAY})\b"
    r"|^\S+ (?:(?:is|was) )?(?:(?:not|wasn't|isn't|wasnt|isnt) (?:at )?(?:home|in|there)"
    r"|out|away|busy|engaged)$"
    r"|\b(?:was|were) (?:supposed|meant|due|going) to\b|\bdid(?:n'?t| not) show\b"
    r"|\bnever (?:did|showed|rang|called|came|replied|answered back)\b"
    r"|\bsends? (?:his|her|their) (?:love|regards|best)\b"
    rf"|\b(?:saw|seen|spotted|watched) .*\bon {_SCREEN}\b"
    r"|(?<!joined )(?<!came )(?<!left )(?<!us )\b(?:later|later on|soon|some time|someday)$"
)
# And these, if the head names no kind.
_NOT_LATELY = (
    r"(?:i |we )?(?:have(?: not|n'?t) |not )(?:talked|spoken|seen|heard|met|called|been)\b"
)
_BIRTHDAY = r"^\S+(?: \S+)?'s? (?:\w+ )?birthday(?: (?:is|was|today|on|yesterday)\b|$)"


_NEVER_CAME = (
    r"(?:but |and )?(?:he|she|they) (?:never|didn'?t|did not|couldn'?t) (?:turn(?:ed)? up"
    r"|show(?:ed)?(?: up)?|come|came|make it|made it|appear(?:ed)?)\b"
)


def never_came(news: str) -> str:
    """The words at the beginning of the news that say that somebody did not come, folded."""
    match = re.match(_NEVER_CAME, fold(news).replace("’", "'").strip())
    return match[0] if match else ""


def untrue(head: str, *, kind_said: bool) -> str:
    """The words of a head that tell of no contact, folded; empty if there are none."""
    whole = fold(head).replace("’", "'").strip()
    if thought := re.match(_THOUGHTS, whole):
        return thought[0]
    said = re.split(_TALKED_OF, whole, maxsplit=1)[0].strip(" .!?")
    return next((match[0].strip() for match in _found(said, kind_said=kind_said)), "")


def _found(said: str, *, kind_said: bool) -> Iterator[re.Match[str]]:
    patterns = (rf"^{_OPENINGS}", _ANYWHERE, _BIRTHDAY, "" if kind_said else rf"^{_NOT_LATELY}")
    for pattern in filter(None, patterns):
        if match := re.search(pattern, said):
            yield match
