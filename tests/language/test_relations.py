"""The words of relations: one form for one tie, and what each side shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.language.relations import (
    BOTH_WAYS,
    INVERSES,
    LONGEST_WORD,
    MET_THROUGH_YOU,
    USUAL,
    from_card,
    read_word,
    say_relation,
    seen_from,
    tied,
)
from connect_cli.model import Named

ADA, GRACE, JAMES = Named("a", "Ada"), Named("g", "Grace"), Named("j", "James")
EVERY_WORD = sorted({*BOTH_WAYS, *INVERSES, *INVERSES.values(), *USUAL, MET_THROUGH_YOU})


@pytest.mark.parametrize(
    ("word", "on_adas", "on_graces", "said"),
    [
        ("sister", "sister of Grace", "sister Ada", "Ada is Grace's sister"),
        ("sister of", "sister of Grace", "sister Ada", "Ada is Grace's sister"),
        ("Godfather", "Godfather of Grace", "Godfather Ada", "Ada is Grace's Godfather"),
        ("parent", "child Grace", "parent Ada", "Ada is Grace's parent"),
        ("CHILD", "parent Grace", "child Ada", "Grace is Ada's parent"),
        ("child of", "parent Grace", "child Ada", "Grace is Ada's parent"),
        ("friend", "friend Grace", "friend Ada", "Ada and Grace are friends"),
        ("friend of", "friend Grace", "friend Ada", "Ada and Grace are friends"),
        ("Step Parent", "stepchild Grace", "step-parent Ada", "Ada is Grace's step-parent"),
        ("stepparent", "stepchild Grace", "step-parent Ada", "Ada is Grace's step-parent"),
        ("step-child", "step-parent Grace", "stepchild Ada", "Grace is Ada's step-parent"),
        ("room-mates", "roommate Grace", "roommate Ada", "Ada and Grace are roommates"),
        ("Friends", "friend Grace", "friend Ada", "Ada and Grace are friends"),
        ("met through", "met through Grace", "introduced Ada", "Ada was introduced by Grace"),
        ("introduced by", "met through Grace", "introduced Ada", "Ada was introduced by Grace"),
        ("introduced", "introduced Grace", "met through Ada", "Grace was introduced by Ada"),
        ("met through you", "met through you Grace", "met through you Ada", None),
        ("of", "of of Grace", "of Ada", "Ada is Grace's of"),
    ],
)
def test_both_sides_show_it(word: str, on_adas: str, on_graces: str, said: str | None) -> None:
    """Ada is the word of Grace: by an inverse where the word has one, else as it was said."""
    tie = tied(ADA, GRACE, word)
    for person, shown in ((ADA, on_adas), (GRACE, on_graces)):
        other, label = seen_from(tie, person.id)
        assert f"{label} {other.name}" == shown
    assert say_relation(tie) == (said or "Ada and Grace met through you")


@pytest.mark.parametrize("word", EVERY_WORD)
def test_one_tie_is_one_pair_and_one_word(word: str) -> None:
    """Said from the other side by the other word it is the same, and as it is stored."""
    tie = tied(ADA, GRACE, word)
    label = seen_from(tie, "a")[1]
    back = tied(GRACE, ADA, label) if not label.endswith(" of") else tied(ADA, GRACE, label)
    if word in {"met through", "introduced"}:
        back = tied(ADA, GRACE, label)
    assert back == tie == tied(*tie)


NAMES = st.sampled_from([ADA, GRACE, JAMES])
WORDS = st.sampled_from(EVERY_WORD) | st.text("abc of", min_size=1, max_size=8).filter(str.strip)


@given(NAMES, NAMES, WORDS)
def test_what_a_card_shows_leads_back_to_the_tie(one: Named, other: Named, word: str) -> None:
    """The label and the name on either card, read again, are the same relation."""
    if one != other:
        tie = tied(one, other, " ".join(word.split()))
        for person in (tie.person, tie.other):
            another, label = seen_from(tie, person.id)
            assert from_card(person, another, label) == tie


def test_a_card_may_say_by_whom_somebody_was_introduced() -> None:
    """It means the owner of the card."""
    assert from_card(ADA, GRACE, "introduced by") == tied(ADA, GRACE, "met through")


def test_a_name_that_ends_in_s_takes_only_the_sign() -> None:
    """Ada is James' aunt."""
    assert say_relation(tied(ADA, JAMES, "aunt")) == "Ada is James' aunt"


@pytest.mark.parametrize(
    "text", ["", " ", "a\nb", "a" * (LONGEST_WORD + 1), "works for", "married TO", "a:b"]
)
def test_what_is_no_word_is_refused(text: str) -> None:
    """Nothing, more than one line, too long, or true of one of the two alone."""
    with pytest.raises(NotUnderstood):
        read_word(text)


def test_blanks_are_collapsed() -> None:
    """As in a name."""
    assert read_word("  met   through ") == "met through"


@pytest.mark.parametrize("text", ["boss\x1b[31m", "a\nb", "x" * 61, "x" * 100_000])
def test_a_relation_that_is_refused_is_not_called_a_name(text: str) -> None:
    """The message is about the word after --as."""
    with pytest.raises(NotUnderstood, match=r"^a relation can"):
        read_word(text)
