"""Who is near the owner of a card: RELATED, Apple's related names, and those of Evolution, Android.

`related_in` reads a line. `Near` is somebody near the owner as the journal knows them, with every
way in which a line may name them: so a line is recognised without guessing whom it means.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from connect_cli.exchange.normalise import kept_label, one_line
from connect_cli.exchange.values import Related
from connect_cli.exchange.vcard_lines import Card
from connect_cli.exchange.vcard_syntax import (
    Property,
    escaped,
    head_of,
    parts,
    taken_apart,
    unescaped,
)
from connect_cli.exchange.vcard_values import ANDROIDS, labels, of_android
from connect_cli.language.contact import email_key
from connect_cli.language.relations import USUAL, from_card
from connect_cli.language.words import fold
from connect_cli.model import Named, Tied

RELATED, APPLES = "RELATED", "X-ABRELATEDNAMES"
_SPOUSES = ("X-SPOUSE", "X-EVOLUTION-SPOUSE")
_ANDROIDS_WORDS = (
    *("", "assistant", "brother", "child", "partner", "father", "friend", "manager", "mother"),
    *("parent", "partner", "referred by", "relative", "sister", "spouse"),
)
"""Indexed by the numbers of ContactsContract.CommonDataKinds.Relation; 0 is a custom word."""

_NO_WORDS = frozenset({"pref", "home", "work", "me"})
"""Types that do not say how two people belong together; `me` is the owner (RFC 6350, 6.6.6)."""

_APPLES_WORDS = frozenset(
    (
        *("mother", "father", "parent", "brother", "sister", "son", "daughter", "child"),
        *("friend", "spouse", "partner", "assistant", "manager"),
    )
)
_USUAL_WORDS = _APPLES_WORDS.union(USUAL)
_TOKEN = re.compile("[A-Za-z0-9-]+")
_URI = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_TELLS = re.compile("related|spouse|relation|ablabel", re.IGNORECASE)
UUID = "urn:uuid:"
_MAIL = "mailto:"

TieKey = tuple[str, str, str]
"""The ids of the two people of a relation and its folded word, in the stored form."""


def tie_key(tie: Tied) -> TieKey:
    """The same value for all ways to say one relation."""
    return tie.person.id, tie.other.id, fold(tie.word)


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody near the owner of a card.

    word: how a card of the owner calls them. name: theirs. names: all that they have and had,
    folded. uids, emails: those of their cards, and the keys of their addresses. is_told: a card of
    one of the two says it.
    """

    owner_id: str
    other_id: str
    word: str
    name: str
    names: frozenset[str] = frozenset()
    uids: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    is_told: bool = False

    @property
    def key(self) -> TieKey:
        """The relation itself, from whichever side it is seen."""
        return self._key(self.word)

    def _key(self, word: str) -> TieKey:
        return tie_key(from_card(Named(self.owner_id, ""), Named(self.other_id, ""), word))

    def is_said_by(self, related: Related) -> bool:
        """Whether a line of a card of the owner says this."""
        is_named = (
            fold(related.name) in self.names
            or not self.uids.isdisjoint(uids_of(related))
            or (related.email != "" and email_key(related.email) in self.emails)
        )
        return is_named and related.word != "" and self._key(related.word) == self.key


def uids_of(related: Related) -> tuple[str, ...]:
    """The uids that the card of somebody may have who is named by one."""
    if not related.uid:
        return ()
    bare = related.uid[len(UUID) :] if related.uid.lower().startswith(UUID) else related.uid
    return related.uid, bare


def related_in(line: Property, called: Mapping[str, str]) -> Iterator[Related]:
    """Who a line names, once for each word. called: Apple's labels of the card."""
    if line.name == RELATED:
        yield from _related(line)
    elif line.name == APPLES:
        yield from _named(called.get(line.group, ""), unescaped(line.value))
    elif line.name in _SPOUSES:
        yield from _named("spouse", unescaped(line.value))
    elif line.name == ANDROIDS:
        sort, value, number = of_android(line)
        if sort == "relation":
            yield from _named(_android_word(line, number), value)


def related_of(card: Card) -> Iterator[Related]:
    """Who a card names."""
    told = (line.text for line in card.own if _TELLS.search(line.text))
    lines = [one for text in told if (one := taken_apart(text)) is not None]
    called = labels(lines)
    for one in lines:
        yield from related_in(one, called)


def _related(line: Property) -> Iterator[Related]:
    """Who a line of the standard names: by a text, a uid or an address; other URIs say nothing."""
    words = [_type_word(word) for word in line.params.get("TYPE", "").split(",")]
    value = unescaped(line.value).strip()
    said = [word for word in words if word and word not in _NO_WORDS]
    if line.params.get("VALUE", "").casefold() == "text" or not _URI.match(value):
        for word in said or [""]:
            yield from _named(word, value)
    elif value.lower().startswith(UUID):
        yield from (Related(word, uid=one_line(value)) for word in said)
    elif value.lower().startswith(_MAIL):
        yield from (Related(word, email=one_line(value[len(_MAIL) :])) for word in said)


def _named(word: str, name: str) -> Iterator[Related]:
    if said := one_line(name):
        yield Related(_known_or_own(kept_label(word)), said)


def _type_word(word: str) -> str:
    """A type as a word: a token is the same in any case (RFC 6350, 5.6), a text is somebody's."""
    label = kept_label(word)
    return label.lower() if _TOKEN.fullmatch(label) else _known_or_own(label)


def _known_or_own(label: str) -> str:
    """A usual word in lower case, and your own as you wrote it."""
    return label.lower() if label.lower() in _USUAL_WORDS else label


def _android_word(line: Property, number: str) -> str:
    known = {str(index): word for index, word in enumerate(_ANDROIDS_WORDS) if word}
    return known.get(number) or [*parts(line.value, ";"), *[""] * 4][3]


def without_words(line: Property, gone: frozenset[str]) -> str | None:
    """A line of the standard without some of its words; None if no word is left."""
    words = [word for word in line.params.get("TYPE", "").split(",") if word.strip()]
    left = [word for word in words if _type_word(word) not in gone]
    if not left or line.name != RELATED:
        return None
    head = re.sub(r';TYPE=(?:"[^"]*"|[^;:"])*', "", head_of(line.raw), flags=re.IGNORECASE)
    return f"{head[:-1]};TYPE={','.join(map(_type, left))}:{line.value}"


def new_related(near: Near, version: str, group: str) -> list[str]:
    """The lines for somebody who is new in a card. group: a free one, for Apple's label."""
    if version == "4.0" and _is_type(near.word):
        return [f"{RELATED};TYPE={_type(near.word)};VALUE=text:{escaped(near.name)}"]
    word = near.word
    label = f"_$!<{word.title()}>!$_" if word in _APPLES_WORDS else escaped(word)
    return [f"{group}.{APPLES}:{escaped(near.name)}", f"{group}.X-ABLabel:{label}"]


def _is_type(word: str) -> bool:
    """Whether a word can be one type of RELATED: a comma parts two, quotes cannot stand in it."""
    return not set(word) & set(',"') and fold(word) not in _NO_WORDS


def _type(word: str) -> str:
    """A word as a parameter, in quotes unless it is a token (RFC 6350, 3.3)."""
    return word if _TOKEN.fullmatch(word) else f'"{word}"'
