"""Words that say that nobody was met or spoken to: a wish, a plan, a thought, a photo, a no-show.

How it works. Each table below is one sort of such words, as patterns over the folded head. Those of
`_BEGINNINGS` stand at its beginning, those of `_ANYWHERE` where they like, but before a word like
`about`: what follows that was only talked of. `_THOUGHTS` have such a word of their own. The first
words found are given back, for somebody to say whether it happened all the same.
"""

import re
from collections.abc import Iterator

from connect_cli.language.calendar import WEEKDAY
from connect_cli.language.vocabulary import TOPICS
from connect_cli.language.words import fold

_TALKED_OF = rf"(?<!\w)(?:{'|'.join(sorted(TOPICS - {'planned', 'planning'}))})(?!\w)"


def _any(*patterns: str) -> str:
    return f"(?:{'|'.join(patterns)})"


_NOT = r"(?:n'?t| not)"
_SOON = _any(
    r"by (?:tomorrow|tonight|next|the end|noon|mon|tue|wed|thu|fri|sat|sun)\w*",
    *("in the morning", "next", "soon", "tomorrow", "tonight"),
)
_CONTACT = _any(
    r"call(?:ed|ing)?|ring(?:ing)?|rang|phon(?:e|ing)|reach out|contact(?:ed)?|see(?:n|ing)?|saw",
    r"meet(?:ing)?|met|visit(?:ed|ing)?|writ(?:e|ten|ing)|wrote|(?:e-?mail|text)(?:ed|ing)?",
    r"messaged?|ping|invite|thank|ask|talk(?:ed)?|speak|spoken?|catch up|check in|get in touch",
    r"repl(?:y|ied)|cancel|postpone|move|reschedule|grab",
    r"have (?:a )?(?:lunch|dinner|coffee|call|chat|drink)",
)
_WISHES = _any(
    r"(?:forgot|need(?:ed)?|have|got|want(?:ed)?|plan(?:s|ned|ning)?|meant|going|remember"
    r"|supposed|hop(?:e|ing)|ought|about|off) to",
    r"remind me to|should(?: have)?|must|gonna|let'?s|shall|i'll|we'll|almost|nearly",
    r"never (?:got|managed)(?: round)?(?: to)?",
)
_PICTURES = r"(?:photo|picture|pic|post|video|story|storie|reel|selfie|article)s?"
_SCREENS = _any(
    *("tv", "telly", "television", "the news", "the radio", "instagram", "insta", "facebook"),
    *("fb", "linkedin", "tiktok", "twitter", "youtube", "tinder", "hinge"),
)
_BEGINNINGS = _any(
    rf"{_WISHES}(?: really| even| get to)? {_CONTACT}\b",
    rf"(?:do{_NOT}|must{_NOT}|ca(?:n'?t|nnot)) (?:let me )?forget\b|note to self\b|reminder\b",
    r"make sure\b|to-?\s?do\b|wish(?:ed)?\b|follow(?:ing)? up with\b",
    r"arranged\b|booked\b|scheduled\b|skipped\b|waiting (?:to hear|for|on)\b",
    r"(?:when|where|why|how) (?:did|do|does|was|were|is|are)\b|(?:did|do|have) i\b",
    r"looking forward\b|ca(?:n'?t|nnot) wait\b|excited (?:to|about|for)\b",
    r"missed (?!a |the |my |his |her |their |call)|missing (?!a )",
    r"no (?:call|contact|lunch|dinner|coffee|meeting|chat)s?\b",
    r"(?:no|not|nothing|still nothing)(?: \w+)? (?:from|of)\b(?! the)",
    r"(?:\S+ )?will (?:call|ring|phone|see|meet|visit|write|email|text|message|ask|talk|speak"
    r"|catch up|check in|get in touch|reply)\b",
    rf"\S+ to (?!me\b|us\b|my\b)\w+ .*\b{_SOON}\b",
    rf"(?:ring|call|phon|text|email)ing .*\b{_SOON}\b",
    r"(?:dinner|lunch|coffee|drinks?|call|walk|meeting)(?: is| was)?"
    r" (?:booked|planned|arranged|scheduled)\b",
    rf"(?:saw|seen|found|watched|liked|looked at|scrolled past)(?: \w+)?(?: \w+)? {_PICTURES}\b",
    r"(?:liked|hearted|loved) (?:\S+ )?\S+(?:'s|s')(?!\w)|read \S+'s\b",
    r"(?:had|having) an? (?:\w+ )?dream\b",
    r"invited (?!me\b|us\b|by\b).*\b(?:on|next|this|tomorrow)\b",
    r"(?:googled|looked up)\b|\S+ invited (?:me|us)\b",
)
# Before these wishes and plans.
_SELF = r"(?:(?:i|we|i'?m|we'?re|am) )?(?:still |really |also |probably |just |was |were |had )?"
_THOUGHTS = (
    r"(?:(?:i|i'?m|was|been) )*(?:still |just )?(?:thinking|thought|dreamt|dreamed|dreaming"
    r"|wondering|wondered|worrying|worried|reminded|prayed|praying)(?: a lot)?"
    r" (?:of|about|for|how|whether|if|what|why)\b"
)
_ANYWHERE = _any(
    r"\b(?:cancelled|canceled|postponed|rescheduled|called (?:it )?off|fell through",
    r"stood (?:me|us) up|stood up by|no[- ]show(?:ed|s)?|ghosted|flaked|bailed|blew (?:me|us) off"
    r"|blew (?:it|us|me) out)\b",
    r"\b(?:booked|scheduled|arranged|reserved|pencilled in|planned) (?:for|on)\b",
    r"\b(?:table|tickets?) (?:(?:is|was|are) )?(?:booked|reserved)\b",
    rf"\b(?:did{_NOT}|never|wo{_NOT}|will not|ca(?:n'?t|nnot)|could{_NOT})(?: even)?"
    r" (?:happen|come|came|show(?:ed)?|turn(?:ed)? up|ma(?:ke|de) it|heard"
    rf"|get (?:hold|to)|did|replied|answered back|{_CONTACT})\b",
    rf"\b(?:moved|pushed|put off)(?: back)? (?:to|till|until) (?:next|tomorrow|{WEEKDAY})\b",
    r"^\S+ (?:(?:is|was) )?(?:(?:not|wasn'?t|isn'?t) (?:at )?(?:home|in|there)"
    r"|out|away|busy|engaged)$",
    r"\b(?:was|were) (?:supposed|meant|due|going) to\b",
    r"\bsends? (?:his|her|their) (?:love|regards|best)\b",
    rf"\b(?:saw|seen|spotted|watched) .*\bon {_SCREENS}\b",
    r"(?<!joined )(?<!came )(?<!left )(?<!us )\b(?:later|later on|soon|some time|someday)$",
    r"^\S+(?: \S+)?'s? (?:\w+ )?birthday(?: (?:is|was|today|on|yesterday)\b|$)",
)
# And this, if the head names no kind.
_NOT_LATELY = rf"(?:i |we )?(?:have{_NOT} |not )(?:talked|spoken|seen|heard|met|called|been)\b"
_NEVER_CAME = (
    rf"(?:but |and )?(?:he|she|they) (?:never|did{_NOT}|could{_NOT})"
    r" (?:turn(?:ed)? up|show(?:ed)?(?: up)?|come|came|ma(?:ke|de) it|appear(?:ed)?)\b"
)


def never_came(news: str) -> str:
    """The words at the beginning of the news that say that somebody did not come, folded."""
    match = re.match(_NEVER_CAME, _folded(news))
    return match[0] if match else ""


def untrue(head: str, *, kind_said: bool) -> str:
    """The words of a head that tell of no contact, folded; empty if there are none."""
    whole = _folded(head)
    if thought := re.match(_THOUGHTS, whole):
        return thought[0]
    said = re.split(_TALKED_OF, whole, maxsplit=1)[0].strip(" .!?")
    return next((match[0].strip() for match in _found(said, kind_said=kind_said)), "")


def _folded(text: str) -> str:
    return fold(text).replace("’", "'").strip()


def _found(said: str, *, kind_said: bool) -> Iterator[re.Match[str]]:
    lately = () if kind_said else (rf"^{_NOT_LATELY}",)
    for pattern in (rf"^{_SELF}{_BEGINNINGS}", _ANYWHERE, *lately):
        if match := re.search(pattern, said):
            yield match
