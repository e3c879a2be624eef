"""The words of relations: `sister`, `met through`, and what the other side says.

A relation is stored once: `person` is the `word` of `other`. The word may be your own. Some words
have an inverse (parent and child, or a friend, who is one both ways); those are stored in one form,
so that one tie is one pair and one word whoever of the two it was said of. Any other word is shown
from the other side as it was said: Ada is Grace's sister, and Ada is the sister of Grace. Nothing
else follows from a word.
"""

from collections.abc import Mapping

from connect_cli.errors import NotUnderstood
from connect_cli.language.names import check_name
from connect_cli.language.words import fold
from connect_cli.model import Named, Relation, Tied

USUAL = (
    *("partner", "parent", "child", "sister", "brother", "sibling", "cousin", "friend"),
    *("colleague", "neighbour", "met through", "introduced"),
)
"""Words that are offered."""
LONGEST_WORD = 60
OF = " of"

BOTH_WAYS = frozenset(
    (
        *("partner", "spouse", "sibling", "twin", "cousin", "colleague", "neighbour", "neighbor"),
        *("friend", "flatmate", "roommate", "classmate", "relative"),
    )
)
"""Words that hold from either side."""

INVERSES: Mapping[str, str] = {
    "parent": "child",
    "grandparent": "grandchild",
    "godparent": "godchild",
    "step-parent": "stepchild",
    "teacher": "pupil",
    "mentor": "mentee",
    "landlord": "tenant",
    "employer": "employee",
}
"""Words with another one for the other side; the first of each is stored."""

MET, INTRODUCED = "met through", "introduced"
MET_THROUGH_YOU = "met through you"
"""The relation of two people whom you introduced to each other."""
INTRODUCED_BY = "introduced by"
_VERBS = {MET: INTRODUCED, INTRODUCED: MET}
"""Words that tell what a person did: Grace met through Ada, and Ada introduced Grace."""
ONE_SIDED = frozenset({"for", "to", "with", "by", "at", "from", "in", "on", "under"})
"""Last words of what somebody does (`works for`), which the other card cannot say."""
_BACK = {after: before for before, after in INVERSES.items()}


def _without_joints(folded: str) -> str:
    """A word without hyphens and blanks: `step parent`, `step-parent` and `stepparent` are one."""
    return folded.replace("-", "").replace(" ", "")


_SPELT = {
    **{_without_joints(word): word for word in (*INVERSES, *_BACK, *BOTH_WAYS)},
    **{f"{word}s": word for word in BOTH_WAYS},
}
"""The known words, by their letters alone. Several friends are `friend`."""


def read_word(text: str) -> str:
    """A word for a relation: one line, blanks collapsed. Raises NotUnderstood."""
    if not text.strip():
        raise NotUnderstood("no word was given for the relation", "for example: --as sister")
    if len(" ".join(text.split())) > LONGEST_WORD:
        raise NotUnderstood(f"a relation can have up to {LONGEST_WORD} letters")
    try:
        word = check_name(text)
    except NotUnderstood as error:
        message = error.message.replace("a name", "a relation", 1)
        raise NotUnderstood(message, error.hint) from None
    if ":" in word:
        raise NotUnderstood("a relation is a word without a colon", "for example: --as sister")
    if fold(word).split()[-1] in ONE_SIDED and fold(word) != INTRODUCED_BY:
        raise NotUnderstood(
            f"'{word}' would be true on one of the two cards alone",
            "say what the first is to the second in a noun: --as colleague, partner, boss",
        )
    return word


def tied(person: Named, other: Named, word: str) -> Tied:
    """The stored form of: `person` is the `word` of `other`. `sister of` means `sister`.

    `friends` means `friend`, and `introduced by` is `met through`.
    """
    folded = fold(word)
    if folded.endswith(OF) and folded != OF.strip():
        word, folded = word[: -len(OF)].rstrip(), folded.removesuffix(OF)
    folded = _SPELT.get(_without_joints(folded), folded)
    if folded == INTRODUCED_BY:
        folded = MET
    if folded in BOTH_WAYS or folded == MET_THROUGH_YOU:
        first, second = sorted((person, other))
        return Tied(first, second, folded)
    if folded in _BACK:
        return Tied(other, person, _BACK[folded])
    if folded == INTRODUCED:
        return Tied(other, person, MET)
    return Tied(person, other, folded if folded in INVERSES or folded == MET else word)


def from_card(owner: Named, named: Named, label: str) -> Tied:
    """The stored form of what a card says: that of `owner` names somebody under a label.

    It is the inverse of `seen_from`.
    """
    folded = fold(label)
    if folded in _VERBS or folded == INTRODUCED_BY or folded.endswith(OF):
        return tied(owner, named, label)
    return tied(named, owner, label)


def seen_from(relation: Relation | Tied, person_id: str) -> tuple[Named, str]:
    """The other of the two, and the label under which a card names them."""
    person, other, word = relation.person, relation.other, relation.word
    folded = fold(word)
    if person.id == person_id:
        if folded in BOTH_WAYS or folded in _VERBS or folded == MET_THROUGH_YOU:
            return other, word
        return other, INVERSES.get(folded, f"{word}{OF}")
    return person, _VERBS.get(folded, word)


def say_relation(relation: Relation | Tied) -> str:
    """As a sentence without its point: `Ada is Grace's sister`."""
    person, other, word = relation.person.name, relation.other.name, relation.word
    folded = fold(word)
    if folded == MET_THROUGH_YOU:
        return f"{person} and {other} met through you"
    if folded == MET:
        return f"{person} was introduced by {other}"
    if folded in BOTH_WAYS:
        return f"{person} and {other} are {word}s"
    whose = f"{other}'" if other.endswith(("s", "S")) else f"{other}'s"
    return f"{person} is {whose} {word}"
