"""Log lines: what it was, and who reached out."""

import pytest

from connect_cli.language.logline import read_line
from tests.language.journal import NAMES, TODAY, means

KINDS = (
    ("call with Ada", "call | Ada Lovelace"),
    ("called Ada", "call | Ada Lovelace | mine"),
    ("Calling Ada", "call | Ada Lovelace"),
    ("phoned Ada", "call | Ada Lovelace | mine"),
    ("rang Ada", "call | Ada Lovelace | mine"),
    ("phone call with Ada", "call | Ada Lovelace"),
    ("call Ada 20m", "call | Ada Lovelace | 20 min"),
    ("on the phone with Ada", "call | Ada Lovelace"),
    ("video call with Ada", "video | Ada Lovelace"),
    ("facetime with Ada", "video | Ada Lovelace"),
    ("Zoom with Ada", "video | Ada Lovelace"),
    ("zoom call with Ada", "video | Ada Lovelace"),
    ("skyped with Ada", "video | Ada Lovelace"),
    ("met Ada", "meeting | Ada Lovelace"),
    ("meeting with Ada", "meeting | Ada Lovelace"),
    ("caught up with Ada", "meeting | Ada Lovelace"),
    ("catch-up with Ada", "meeting | Ada Lovelace"),
    ("catch up with Ada", "meeting | Ada Lovelace"),
    ("Ran into Ada", "meeting | Ada Lovelace"),
    ("1:1 with Ada", "meeting | Ada Lovelace"),
    ("saw Ada", "meeting | Ada Lovelace"),
    ("coffee with Ada", "coffee | Ada Lovelace"),
    ("tea with Ada", "coffee | Ada Lovelace"),
    ("lunch with Ada", "meal | Ada Lovelace"),
    ("Dinner with Ada", "meal | Ada Lovelace"),
    ("breakfast with Ada", "meal | Ada Lovelace"),
    ("brunch with Ada", "meal | Ada Lovelace"),
    ("supper with Ada", "meal | Ada Lovelace"),
    ("ate with Ada", "meal | Ada Lovelace"),
    ("met Ada for lunch", "meal | Ada Lovelace"),
    ("caught up with Ada over coffee", "coffee | Ada Lovelace"),
    ("walk with Ada", "walk | Ada Lovelace"),
    ("walked with Ada", "walk | Ada Lovelace"),
    ("hike with Ada", "walk | Ada Lovelace"),
    ("met up with Ada for a walk", "walk | Ada Lovelace"),
    ("visited Ada", "visit | Ada Lovelace"),
    ("visit to Ada", "visit | Ada Lovelace"),
    ("dropped by Ada's", "visit | Ada Lovelace"),
    ("texted Ada", "message | Ada Lovelace | mine"),
    ("txt from Ada", "message | Ada Lovelace | theirs"),
    ("note from Ada", "message | Ada Lovelace | theirs"),
    ("text from Ada", "message | Ada Lovelace | theirs"),
    ("messaged Ada", "message | Ada Lovelace | mine"),
    ("dm to Ada", "message | Ada Lovelace | mine"),
    ("WhatsApp with Ada", "message | Ada Lovelace"),
    ("sms from Ada", "message | Ada Lovelace | theirs"),
    ("emailed Ada", "email | Ada Lovelace | mine"),
    ("email to Ada", "email | Ada Lovelace | mine"),
    ("mailed Ada", "email | Ada Lovelace | mine"),
    ("e-mail from Ada", "email | Ada Lovelace | theirs"),
    ("letter from Ada", "letter | Ada Lovelace | theirs"),
    ("wrote to Ada", "letter | Ada Lovelace | mine"),
    ("wrote Ada a postcard", "letter | Ada Lovelace | mine"),
    ("wrote Ada an email", "email | Ada Lovelace | mine"),
    ("party with Ada", "event | Ada Lovelace"),
    ("concert with Ada", "event | Ada Lovelace"),
    ("wedding with Ada", "event | Ada Lovelace"),
    ("conference with Ada", "event | Ada Lovelace"),
    ("event with Ada", "event | Ada Lovelace"),
    ("gift from Ada", "gift | Ada Lovelace | theirs"),
    ("gift for Ada", "gift | Ada Lovelace"),
    ("introduced Ada to Grace", "introduction | Ada Lovelace, Grace Hopper"),
    ("introduction with Ada", "introduction | Ada Lovelace"),
    ("had a call on zoom with Ada", "video | Ada Lovelace"),
    ("after lunch walk with Ada", "walk | Ada Lovelace | unread: after lunch"),
)

DIRECTIONS = (
    ("Ada called", "call | Ada Lovelace | theirs"),
    ("Ada called me yesterday 20 min", "call | Ada Lovelace | 2026-11-22 | 20 min | theirs"),
    ("Ada called Grace", "call | Ada Lovelace, Grace Hopper"),
    ("got a call from Ada", "call | Ada Lovelace | theirs"),
    ("received a letter from tom", "letter | Tom Baker | theirs"),
    ("heard from Tom", "Tom Baker | theirs"),
    ("Ada and Tom emailed", "email | Ada Lovelace, Tom Baker | theirs"),
    ("Ada emailed back", "email | Ada Lovelace | theirs"),
    ("emailed back and forth with ada", "email | Ada Lovelace | unread: back and forth"),
    ("sent Ada a postcard", "letter | Ada Lovelace | mine"),
    ("Ada sent me a postcard", "letter | Ada Lovelace | theirs"),
    ("sent a message to tom", "message | Tom Baker | mine"),
    ("bought Ada a present", "gift | Ada Lovelace | mine | unread: bought"),
    ("letter to grace", "letter | Grace Hopper | mine"),
    ("call from ada", "call | Ada Lovelace | theirs"),
    ("she was introduced to Grace", "introduction | Grace Hopper | unread: she"),
)

TRIED = (
    ("tried to call Ada", "call | Ada Lovelace | mine | tried"),
    ("tried calling ada", "call | Ada Lovelace | mine | tried"),
    ("tried to reach Ada", "Ada Lovelace | tried | unread: reach"),
    ("tried Ada", "Ada Lovelace | tried"),
    ("tried to surprise Ada", "Ada Lovelace | unread: tried to surprise"),
    ("tried Ada twice", "Ada Lovelace | tried | unread: twice"),
    ("tried the new cafe with Ada", "Ada Lovelace | unread: tried the new cafe"),
    ("called Ada, no answer", "call | Ada Lovelace | mine | tried"),
    ("called Ada no answer", "call | Ada Lovelace | mine | tried"),
    ("Called Ada: no answer", "call | Ada Lovelace | mine | tried | note: no answer"),
    ("Called Ada: Voicemail.", "call | Ada Lovelace | mine | tried | note: Voicemail."),
    ("left a voicemail for Ada", "call | Ada Lovelace | tried"),
    ("missed a call from Ada", "call | Ada Lovelace | theirs | tried"),
    ("called Ada, no reply", "call | Ada Lovelace | mine | tried"),
    ("beer with Ada", "meeting | Ada Lovelace"),
    ("drinks and dinner with Ada", "meal | Ada Lovelace"),
    ("missed call from ada", "call | Ada Lovelace | theirs | tried"),
    ("Ada didn’t pick up", "Ada Lovelace | tried"),
    (
        "called Ada: no answer to my question, but fun",
        "call | Ada Lovelace | mine | note: no answer to my question, but fun",
    ),
)

GREETINGS = (
    ("said hi to Ada", "Ada Lovelace | counts half"),
    ("Said hello to Ada and Tom", "Ada Lovelace, Tom Baker | counts half"),
    ("lunch with Ada, said hi to Tom", "meal | Ada Lovelace, Tom Baker"),
    ("said hi to Ada, 45m", "Ada Lovelace | 45 min"),
    ("waved at Ada", "Ada Lovelace | counts half"),
    ("Ada said hi", "Ada Lovelace | counts half"),
    ("saw Ada in passing", "meeting | Ada Lovelace | counts no"),
    ("saw Ada yesterday from afar", "meeting | Ada Lovelace | 2026-11-22 | counts no"),
    ("liked Ada's photo", "Ada Lovelace | counts no | unread: photo"),
    ("liked the cake with Ada", "Ada Lovelace | unread: liked the cake"),
    ("liked", "unread: liked"),
    ("Ada liked my photo", "Ada Lovelace | unread: liked my photo"),
    ("lunch with Ada: said hi to Tom", "meal | Ada Lovelace | note: said hi to Tom"),
    ("lunch with Ada about Tom in passing", "meal | Ada Lovelace | unread: about Tom in passing"),
)
NOT_DONE = {
    "forgot to call Ada": "forgot to call",
    "I forgot to call Ada": "I forgot to call",
    "need to text Tom": "need to text",
    "should write to grace": "should write",
    "didn't see Ada": "didn't see",
    "didnt call Ada": "didnt call",
    "remind me to ping Tom": "remind me to ping",
    "wanted to meet Ada": "wanted to meet",
    "never called Tom back": "never called",
    "I couldn’t meet Ada": "couldn't meet",
    "I should really call Grace": "I should really call",
    "TODO call Grace": "TODO",
    "almost called Grace": "almost called",
    "arranged lunch with Tom": "arranged",
    "I will call Tom": "I will call",
    "Will will call Rose": "Will will call",
    "I'll call Tom": "I'll call",
    "Tom will visit": "Tom will visit",
    "no call with Tom this week": "no call",
    "skipped lunch with Tom": "skipped",
    "can't meet Tom today": "can't meet",
    "Tom didn't call": "didn't call",
    "lunch with Tom was cancelled": "cancelled",
    "Coffee with Tom postponed": "postponed",
    "coffee with Tom fell through": "fell through",
    "Tom no-show": "no-show",
    "lunch w/ Tom didnt happen": "didnt happen",
    "missed Tom": "missed",
    "haven't talked to Grace since March": "haven't talked",
}
HAPPENED = (
    *(
        "Will called",
        "tried to call Tom, didn't see him",
        "lunch with Tom about the cancelled trip",
    ),
    *("called tom will call again", "lunch with Tom: Grace didn't come", "Tom had to call"),
    *("haven't seen Tom in 2 years, lunch", "lunch with Ada, Tom couldn't make it"),
    *("almost 2 hours with Tom", "nearly an hour with Tom", "had to see Tom about the keys"),
)


@pytest.mark.parametrize(("line", "meaning"), GREETINGS, ids=range(len(GREETINGS)))
def test_a_greeting_is_less_than_a_conversation(line: str, meaning: str) -> None:
    """What the words make small counts by half, or not at all; topics and notes are left alone."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "doubt"), NOT_DONE.items())
def test_what_sounds_as_if_it_did_not_happen_is_doubted(line: str, doubt: str) -> None:
    """A wish, a regret, or what was called off: the words that say so are told."""
    assert read_line(line, TODAY, NAMES).doubt == doubt.casefold()


@pytest.mark.parametrize("line", HAPPENED)
def test_what_happened_is_not_doubted(line: str) -> None:
    """Nor is an attempt, what was talked of, or who else was not there."""
    assert read_line(line, TODAY, NAMES).doubt == ""


@pytest.mark.parametrize(("line", "meaning"), KINDS, ids=range(len(KINDS)))
def test_a_line_means_kinds(line: str, meaning: str) -> None:
    """Kind words and their verbs: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), DIRECTIONS, ids=range(len(DIRECTIONS)))
def test_a_line_means_directions(line: str, meaning: str) -> None:
    """Who reached out: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), TRIED, ids=range(len(TRIED)))
def test_a_line_means_tried(line: str, meaning: str) -> None:
    """Attempts that reached nobody: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning
