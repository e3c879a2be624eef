"""The words for each kind, in a log line and for `--kind`."""

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.language.logline import read_line
from connect_cli.language.vocabulary import read_kind
from connect_cli.model import Kind
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


@pytest.mark.parametrize(("line", "meaning"), KINDS, ids=range(len(KINDS)))
def test_a_line_means_kinds(line: str, meaning: str) -> None:
    """Kind words and their verbs: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_read_by_its_own_name(kind: Kind) -> None:
    """`--kind` takes each of the fourteen."""
    assert read_kind(kind.value.upper()) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [("lunch", Kind.MEAL), ("Phone  Call", Kind.CALL), ("zoom", Kind.VIDEO), ("met", Kind.MEETING)],
)
def test_a_kind_is_read_by_its_words(text: str, kind: Kind) -> None:
    """The words of the log line serve for `--kind` too."""
    assert read_kind(text) is kind


@pytest.mark.parametrize(
    ("text", "hint"), [("cofee", "did you mean coffee?"), ("xyzzy", "the kinds are")]
)
def test_a_kind_that_is_none_is_refused_with_those_there_are(text: str, hint: str) -> None:
    """A near one is suggested, and all are listed."""
    with pytest.raises(NotUnderstood, match="is not a kind") as refused:
        read_kind(text)
    assert (refused.value.hint or "").startswith(hint)
    assert "introduction" in (refused.value.hint or "")
