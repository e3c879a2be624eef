"""People who may be in the journal twice, each two of them with the reasons to think so.

How it works. Everybody is put into buckets: by each number and address, by each two words of a
name, and by each word of a name beside another one with a letter left out. Only people who stand in
one bucket are compared, and a bucket of more than a few is passed over: a number of many people is
that of a firm or a family, and a name of many people says nothing. So the work grows with the
people and not with their square.

What is a reason. A like name is one, a number or an address only if the names do not contradict it:
spouses share a telephone, colleagues an address. What is less sure needs more: a first name alone
needs a number that nobody else has, a name of one word must fit only one person, and one with
initials only two. Other birthdays, `Jr`, Mr and Mrs, and `(Boston)` beside `(London)` are two
people whatever they share. So are two with a tie between them, and those of whom you said so.
"""

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import combinations

from connect_cli.journal.journal import Journal
from connect_cli.language.calendar import word_set
from connect_cli.language.contact import (
    email_key,
    identifying_phone_key,
    is_email,
    is_machine_address,
)
from connect_cli.language.same_name import (
    SHORTEST_SWAPPED,
    Likeness,
    NameForm,
    Word,
    compare,
    told_apart,
)
from connect_cli.language.words import fold, name_words
from connect_cli.model import Named, Person
from connect_cli.reports import Pair, Reason
from connect_cli.store import people as store_people
from connect_cli.store import recognition
from connect_cli.store.recognition import Signs
from connect_cli.store.relations import distinct_pairs, related_pairs

MOST_SHARING = 8
"""What more people than this have in common is no reason: a firm's number, or a common name."""

MOST_BY_INITIALS = 2
"""A name with initials may be meant for one of so many; a name of one word for one alone."""

FEW_BEARERS = 3
"""Sara and Sarah, Meyer and Meier are two names if more people than this have each."""

Ids = tuple[str, str]
"""The ids of two people, the smaller one first."""

_FULL_DATE = len("1815-12-10")
_LEGAL = word_set("gmbh ag ltd llc inc co corp company kg se sa srl bv the and")
_ROLE = re.compile(
    r"(?:info|office|contact|kontakt|hello|hallo|mail|post|team|sales|admin|support|service"
    r"|buero|praxis|reception|accounts?|familie|family|the|house|home)(?:[._+-].*)?@"
)
"""Addresses at which several people read."""

_ORDER = ("email", "phone", "birthday", "name")


def pairs(journal: Journal) -> list[Pair]:
    """Each two people of the journal who may be one, the surest first.

    The first of the two is the one whose name should stay.
    """
    everybody = list(recognition.signs(journal.connection))
    found = find(everybody, known_apart(journal.connection))
    ids = [person.id for pair in found for person in (pair.first, pair.second)]
    known = store_people.people_by_id(
        journal.connection, journal.settings.circles, journal.today_is, list(dict.fromkeys(ids))
    )
    by_id = {person.id: person for person in known}
    return [_stays_first(pair, by_id) for pair in found]


def known_apart(connection: sqlite3.Connection) -> set[Ids]:
    """Each two of whom it was said that they are two, or how they belong together."""
    return distinct_pairs(connection) | related_pairs(connection)


def may_be_one(journal: Journal, one: Named, other: Named) -> bool:
    """Whether two people are there still, and nobody has said that they are two."""
    if one == other or len(journal.people_left([one, other])) < len((one, other)):
        return False
    return _ids(one, other) not in known_apart(journal.connection)


def keep_apart(journal: Journal, one: Named, other: Named) -> None:
    """Remember that these are two people, so that nobody asks about them again."""
    with journal.write("merge", f"{one.name} and {other.name} are two people") as rows:
        journal.person(one)
        journal.person(other)
        rows.keep_apart(one.id, other.id)


def find(people: Sequence[Signs], apart: Collection[Ids] = ()) -> list[Pair]:
    """Each two of these people who may be one, the surest first.

    apart: the ids of each two of whom it is known that they are two.
    """
    finder = _Finder(people)
    known = frozenset(apart)
    found = [
        (pair, likeness)
        for one, other in finder.met()
        if _ids(one.signs, other.signs) not in known
        for pair, likeness in finder.judge(one, other)
    ]
    return [pair for pair, _ in sorted(found, key=_surest_first)]


def _ids(one: Signs | Named, other: Signs | Named) -> Ids:
    return (one.id, other.id) if one.id < other.id else (other.id, one.id)


def _surest_first(found: tuple[Pair, Likeness]) -> tuple[int, int, *tuple[str, ...]]:
    pair, likeness = found
    names = fold(pair.first.name), fold(pair.second.name)
    return -len(pair.reasons), -likeness, *names, pair.first.id, pair.second.id


class _Someone:
    """A person as the finder compares them."""

    def __init__(self, at: int, signs: Signs) -> None:
        self.at = at
        self.signs = signs
        self.name, *aliases = map(NameForm.of, (signs.name, *signs.aliases))
        self.aliases = tuple(aliases)
        addresses = (*signs.emails, *filter(is_email, (signs.name, *signs.aliases)))
        self.emails = {email_key(text): text for text in addresses if not is_machine_address(text)}
        self.phones = {identifying_phone_key(text): text for text in signs.phones}
        self.phones.pop("", None)

    @property
    def forms(self) -> tuple[NameForm, ...]:
        """All names, the full one first."""
        return (self.name, *self.aliases)

    @cached_property
    def firm_words(self) -> frozenset[str]:
        """The words of the firms where they work."""
        return frozenset(word for firm in self.signs.firms for word in name_words(firm)) - _LEGAL

    @property
    def shared(self) -> dict[tuple[str, str], str]:
        """Each address and number by its sort and key."""
        return {
            **{("email", key): text for key, text in self.emails.items()},
            **{("phone", key): text for key, text in self.phones.items()},
        }


class _Finder:
    """Everybody in buckets."""

    def __init__(self, people: Sequence[Signs]) -> None:
        self._people = [_Someone(at, signs) for at, signs in enumerate(people)]
        self._buckets: defaultdict[tuple[str, ...], dict[int, None]] = defaultdict(dict)
        self._parts: defaultdict[tuple[str, ...], dict[int, None]] = defaultdict(dict)
        self._bearers: Counter[str] = Counter()
        self._first_names: set[str] = set()
        self._only: set[tuple[int, int]] = set()
        for one in self._people:
            self._bearers.update({word.written for form in one.forms for word in form.all})
            if len(one.name.words) > 1:
                self._first_names.add(one.name.words[0].heard)
        for one in self._people:
            self._put(one)

    def met(self) -> Iterator[tuple[_Someone, _Someone]]:
        """Each two who stand in one bucket, once."""
        for one in self._people:
            self._find_only(one)
        met = dict.fromkeys(self._only)
        for bucket in self._buckets.values():
            if len(bucket) <= MOST_SHARING:
                met |= dict.fromkeys(combinations(bucket, 2))
        for first, second in sorted(met):
            yield self._people[first], self._people[second]

    def judge(self, one: _Someone, other: _Someone) -> Iterator[tuple[Pair, Likeness]]:
        """The pair with its reasons, if there are any."""
        if (one.signs.archived and other.signs.archived) or told_apart(one.name, other.name):
            return
        likeness = self._likeness(one, other)
        reasons = [*self._by_number(one, other, likeness), *self._by_the_rest(one, other, likeness)]
        email = any(reason.by == "email" for reason in reasons)
        if reasons and (email or not _born_apart(one.signs.born, other.signs.born)):
            first, second = (Named(each.signs.id, each.signs.name) for each in (one, other))
            reasons.sort(key=lambda reason: _ORDER.index(reason.by))
            yield Pair(first, second, tuple(reasons)), likeness

    def _put(self, one: _Someone) -> None:
        keys: set[tuple[str, ...]] = {*one.shared}
        for form in one.forms:
            keys |= {*_name_keys(form), *self._misspelt_keys(form)}
        if len(one.signs.born) == _FULL_DATE and one.name.words:
            keys |= {("born", one.signs.born, key) for key in one.name.words[0].keys}
        for key in keys:
            self._buckets[key][one.at] = None
        for key in _part_keys(one.name):
            self._parts[key][one.at] = None

    def _find_only(self, one: _Someone) -> None:
        """Note who alone may be meant by a name of one word, or which few by one with initials."""
        found: dict[int, None] = {}
        for key in _short_keys(one.name):
            bucket = self._parts.get(key, {})
            if len(bucket) > MOST_SHARING:
                return
            found |= bucket
        found.pop(one.at, None)
        if len(found) <= (1 if len(one.name.words) == 1 else MOST_BY_INITIALS):
            self._only |= {(min(one.at, other), max(one.at, other)) for other in found}

    def _likeness(self, one: _Someone, other: _Someone) -> Likeness:
        """How like two people's names are; other names count only if all of their words fit."""
        likeness = compare(one.name, other.name, self._misspelt)
        if likeness >= Likeness.NEAR:
            return likeness
        for mine, theirs in _with_aliases(one, other):
            if (also := compare(mine, theirs, self._misspelt)) >= Likeness.NEAR:
                return also
        return likeness

    def _by_number(self, one: _Someone, other: _Someone, likeness: Likeness) -> Iterator[Reason]:
        """The numbers and addresses that both have and that may be those of one person."""
        for key, text in one.shared.items():
            if key in other.shared and self._fits(one, other, likeness, key):
                yield Reason("email" if key[0] == "email" else "phone", text)

    def _fits(
        self, one: _Someone, other: _Someone, likeness: Likeness, key: tuple[str, str]
    ) -> bool:
        """Whether the names of two people do not contradict the number or address they share."""
        sharing = self._buckets[key]
        if len(sharing) > MOST_SHARING or likeness is Likeness.OTHER:
            return False
        if likeness >= Likeness.NEAR:
            return True
        if likeness is Likeness.PART:
            return not self._somebody_else_fits(one, other, sharing)
        if len(sharing) > len((one, other)) or _of_many(one, other, key):
            return False
        return likeness is Likeness.FIRST or not self._is_known_word(one, other)

    def _somebody_else_fits(self, one: _Someone, other: _Someone, sharing: Collection[int]) -> bool:
        """Whether one of these two may as well be a third who shares the same."""
        others = [self._people[at] for at in sharing if at not in (one.at, other.at)]
        return any(
            self._likeness(each, third) >= Likeness.PART
            for third in others
            for each in (one, other)
        )

    def _is_known_word(self, one: _Someone, other: _Someone) -> bool:
        """Whether a name of one word is somebody's first name, or the firm of the other."""
        for each, beside in ((one, other), (other, one)):
            if len(each.name.words) == 1 and not each.name.address:
                (word,) = each.name.words
                if word.heard in self._first_names or word.written in beside.firm_words:
                    return True
        return False

    def _by_the_rest(self, one: _Someone, other: _Someone, likeness: Likeness) -> Iterator[Reason]:
        """A like name, and one birthday."""
        only = likeness is Likeness.PART and (one.at, other.at) in self._only
        firms = bool(one.firm_words and other.firm_words)
        elsewhere = firms and not one.firm_words & other.firm_words
        if likeness is Likeness.SAME or (not elsewhere and (likeness is Likeness.NEAR or only)):
            yield Reason("name")
        born = one.signs.born
        if born == other.signs.born and len(born) == _FULL_DATE and likeness >= Likeness.FIRST:
            yield Reason("birthday")

    def _misspelt_keys(self, form: NameForm) -> Iterator[tuple[str, ...]]:
        """Each longer word with a letter left out, beside each other word."""
        for word in form.all:
            if len(word.written) >= SHORTEST_SWAPPED:
                spelt = (word.written, *_letter_left_out(word.written))
                for other in form.all:
                    if other is not word:
                        yield from (("misspelt", other.heard, each) for each in spelt)

    def _misspelt(self, one: Word, other: Word) -> bool:
        """Whether one of two words that look alike is nobody else's: of two names, neither is.

        Of two that sound alike, it may be that of few.
        """
        few = FEW_BEARERS if one.heard == other.heard else 1
        return min(self._bearers[one.written], self._bearers[other.written]) <= few


def _of_many(one: _Someone, other: _Someone, key: tuple[str, str]) -> bool:
    """Whether what two people share may be that of a firm, or of a family."""
    sort, value = key
    if sort == "email":
        return _ROLE.match(value) is not None
    return bool(one.firm_words & other.firm_words)


def _letter_left_out(word: str) -> Iterator[str]:
    """A word without one of its letters, of those in which a typing error is looked for."""
    return (word[:at] + word[at + 1 :] for at in range(1, len(word) - 1))


def _name_keys(form: NameForm) -> Iterator[tuple[str, ...]]:
    """Each two words of a name in any order, and all letters of it."""
    if form.words:
        yield "letters", form.letters
    for one, other in combinations(_full(form), 2):
        for first in one.keys:
            for second in other.keys:
                yield ("words", *sorted((first, second)))


def _full(form: NameForm) -> list[Word]:
    return [word for word in form.all if not word.is_initial]


def _part_keys(form: NameForm) -> Iterator[tuple[str, ...]]:
    """What a shorter name may say of this one: its first word, or a word and an initial."""
    if len(form.words) < 2:  # a shorter name itself
        return
    yield from (("first", key) for key in form.words[0].keys)
    for one in form.words:
        for other in form.words:
            if one is not other and not other.is_initial:
                yield from (("initial", one.written[:1], key) for key in other.keys)


def _short_keys(form: NameForm) -> Iterator[tuple[str, ...]]:
    """What a name of one word, or of one word and initials, may say of a longer one."""
    full = form.full
    if len(full) != 1 or form.surname_only:
        return
    if len(form.words) == 1:
        yield from (("first", key) for key in full[0].keys)
    else:
        initial = next(word for word in form.words if word.is_initial)
        yield from (("initial", initial.written, key) for key in full[0].keys)


def _with_aliases(one: _Someone, other: _Someone) -> Iterator[tuple[NameForm, NameForm]]:
    """The names of two people to be compared beside their full names.

    Another name of one word says something only beside a full name of one word.
    """
    for mine in one.forms:
        for theirs in other.forms:
            if mine is one.name and theirs is other.name:
                continue
            single = len(mine.words) == 1, len(theirs.words) == 1
            whole = mine is one.name or theirs is other.name
            if (all(single) and whole) or not any(single):
                yield mine, theirs


def _born_apart(one: str, other: str) -> bool:
    """Whether two birthdays are those of two people. Day and month may have been swapped."""
    if not (one and other):
        return False
    mine, theirs = (born[-5:].split("-") for born in (one, other))
    return mine != theirs and mine != theirs[::-1]


def _stays_first(pair: Pair, by_id: dict[str, Person]) -> Pair:
    """The pair with the one first whose name should stay."""
    first, second = sorted((pair.first, pair.second), key=lambda one: _worth(one, by_id[one.id]))
    return pair._replace(first=first, second=second)


def _worth(named: Named, person: Person) -> tuple[bool, bool, bool, int]:
    """Less is better: a real name, somebody with a cadence, somebody met, the newest contact."""
    spoilt = is_email(named.name) or named.name.endswith(")")
    last = person.last_on
    decided = person.circle is not None or person.own_cadence
    return spoilt, person.archived, not decided, -last.toordinal() if last else 0
