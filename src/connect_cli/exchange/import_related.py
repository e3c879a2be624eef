"""The relations of an import: who is near whom, once it is known who everybody in it is.

Whom a file names is taken for somebody in the journal, or in the same import, only by a uid, by an
address that nobody shares, or by a full name or an alias that only one person has. Whoever is not
found stays a detail of the person, `mother: Anna`, until a later import finds them.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from connect_cli.exchange.import_values import EITHER, SHOWN, ImportPlan, beginning
from connect_cli.exchange.matching import ExistingData, KnownPeople
from connect_cli.exchange.values import Contact, Related
from connect_cli.exchange.vcard_related import TieKey, tie_key, uids_of
from connect_cli.language.contact import email_key
from connect_cli.language.relations import from_card, say_relation, seen_from
from connect_cli.language.words import fold
from connect_cli.model import Named, Tied
from connect_cli.reports import Gain, Unread
from connect_cli.store import changes
from connect_cli.store.relations import all_relations
from connect_cli.store.schema import detail_key

BETWEEN = ", "
"""Between the names of several people of one label."""

NO_WORD = "related"
"""The label of a detail of people of whom a file does not say who they are."""

_NUMBER = re.compile(r" \(\d+\)$")


class RelatedPeople:
    """Finds whom the files name, among everybody in the journal and in the import."""

    def __init__(self, connection: sqlite3.Connection, known: KnownPeople) -> None:
        self._connection, self._known = connection, known
        self._ties: set[TieKey] = set()
        self._others: dict[tuple[str, TieKey], set[str]] = defaultdict(set)
        for one in all_relations(connection):
            self._add(Tied(one.person, one.other, one.word))

    def new_ties(self, person: Named, related: Sequence[Related]) -> Iterator[Tied]:
        """The relations of a person that the journal does not have; each is given once."""
        for one in related:
            if not one.word or self._is_tied(person, one):
                continue
            other = self._found(one)
            if other is None or other.id == person.id:
                continue
            tie = from_card(person, other, one.word)
            if tie_key(tie) not in self._ties:
                self._add(tie)
                yield tie

    def not_found(self, person: Named, related: Sequence[Related]) -> dict[str, list[str]]:
        """The names of those who are nobody in the journal, by their labels."""
        left: dict[str, dict[str, None]] = {}
        for one in related:
            names = left.setdefault(one.word or NO_WORD, {})
            if one.name and not self._is_tied(person, one):
                names[one.name] = None
        return {label: list(names) for label, names in left.items()}

    def unknown(self, person: Named, related: Sequence[Related]) -> Iterator[Related]:
        """Those who are named by a uid or an address only, and are nobody in the journal."""
        return (one for one in related if not (one.name or self._is_tied(person, one)))

    def _add(self, tie: Tied) -> None:
        self._ties.add(tie_key(tie))
        for one in (tie.person, tie.other):
            other, label = seen_from(tie, one.id)
            self._others[one.id, _label_key(label)].add(other.id)

    def _is_tied(self, person: Named, one: Related) -> bool:
        """Whether the journal has this relation with somebody who has, or had, this name."""
        others = self._others.get((person.id, _label_key(one.word)), set()) if one.word else set()
        return not others.isdisjoint(self._called(one)) if others else False

    def _called(self, one: Related) -> set[str]:
        """The ids of everybody who is named so, or was."""
        name, key = fold(one.name), email_key(one.email)
        by_uid = [person.id for uid in uids_of(one) if (person := self._known.uids.get(uid))]
        by_mail = [person.id for person in filter(None, [self._known.emails.get(key)]) if key]
        return {*by_uid, *by_mail, *self._by_name.get(name, ()), *self._earlier.get(name, ())}

    def _found(self, one: Related) -> Named | None:
        """Whom a file means, if that is certain."""
        for uid in uids_of(one):
            if (person := self._known.uids.get(uid)) is not None:
                return person
        if key := email_key(one.email):
            shared = self._known.sharing.get(("email", key))
            return None if shared else self._known.emails.get(key)
        name = fold(one.name)
        is_one = len(self._by_name.get(name, ())) == 1 and name not in self._namesakes
        return self._known.names.get(name) if is_one else None

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        """The ids of everybody with a name, by the folded name."""
        found: dict[str, set[str]] = defaultdict(set)
        for name, person_id in self._connection.execute(_NAMES):
            found[name].add(person_id)
        for name, person in self._known.names.items():
            found[name].add(person.id)
        return found

    @cached_property
    def _namesakes(self) -> frozenset[str]:
        """The folded names that several people have, but for the numbers behind them."""
        return frozenset(
            plain for name in self._known.names if (plain := _NUMBER.sub("", name)) != name
        )

    @cached_property
    def _earlier(self) -> dict[str, set[str]]:
        """The ids of everybody who had a name, by the folded name."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in changes.told(self._connection):
            if one.sort in ("name", "alias"):
                found[fold(one.value)].add(one.person_id)
        return found


_NAMES = "SELECT folded, id FROM person UNION ALL SELECT folded, person_id FROM alias"


def _label_key(label: str) -> TieKey:
    """The same value for all labels that say one thing."""
    return tie_key(from_card(Named("a", ""), Named("b", ""), label))


class Relating:
    """Collects whom the contacts of an import name, and makes relations and details of them."""

    def __init__(
        self, connection: sqlite3.Connection, known: KnownPeople, new_id: Callable[[], str]
    ) -> None:
        self._connection, self._known, self._new_id = connection, known, new_id
        self._heard: dict[str, _Heard] = {}

    def hear(self, contact: Contact, person: Named, place: int) -> None:
        """Take whom a contact names. place: of the person in the preview."""
        if contact.related:
            heard = self._heard.setdefault(person.id, _Heard(person, place, contact.place))
            heard.related.extend(contact.related)

    def finish(self, plan: ImportPlan, kept: Mapping[str, ExistingData]) -> None:
        """Add relations and details to a plan, once everybody who comes is in it."""
        if not self._heard:
            return
        among = RelatedPeople(self._connection, self._known)
        for heard in self._heard.values():
            gains = [*self._tie(plan, heard, among), *self._keep(plan, heard, among, kept)]
            for one in among.unknown(heard.person, heard.related):
                reason = f"the {one.word} is nobody in the journal"
                plan.unread.append(Unread(heard.where, reason, one.uid or one.email))
            if gains:
                shown = tuple((what, beginning(value, SHOWN)) for what, value in gains)
                arriving = plan.people[heard.place]
                plan.people[heard.place] = arriving._replace(gains=(*arriving.gains, *shown))

    def _tie(self, plan: ImportPlan, heard: "_Heard", among: RelatedPeople) -> Iterator[Gain]:
        """Relations with those who are found."""
        for tie in among.new_ties(heard.person, heard.related):
            row = {"person_id": tie.person.id, "other_id": tie.other.id, "word": tie.word}
            plan.rows.setdefault("relation", []).append({"id": self._new_id(), **row})
            yield "relation", say_relation(tie)

    def _keep(
        self,
        plan: ImportPlan,
        heard: "_Heard",
        among: RelatedPeople,
        kept: Mapping[str, ExistingData],
    ) -> Iterator[Gain]:
        """Details of those who are nobody in the journal, and only of those."""
        here = kept[heard.person.id]
        for label, names in among.not_found(heard.person, heard.related).items():
            value, key = BETWEEN.join(names), detail_key(label, "")
            there, row_id = here.details.get(key), here.detail_ids.get(key, "")
            if there is None:
                if names:
                    said = {"person_id": heard.person.id, "label": label, "value": value}
                    plan.rows.setdefault("detail", []).append({"id": self._new_id(), **said})
                    yield label, value
            elif there == value:
                continue
            elif not (row_id and heard.told(label, there)):
                if names:
                    either = beginning(there, EITHER), beginning(value, EITHER)
                    yield label, "kept {}, not {}".format(*either)
            elif names:
                plan.details.append((label, value, row_id))
                yield label, f"{beginning(there, EITHER)} becomes {beginning(value, EITHER)}"
            else:
                plan.no_details.append(row_id)


@dataclass(frozen=True, slots=True)
class _Heard:
    """Whom the contacts of a person name. place: in the preview. where: in the file."""

    person: Named
    place: int
    where: str
    related: list[Related] = field(default_factory=list)

    def told(self, label: str, detail: str) -> bool:
        """Whether an import may have written a detail: it has only people whom a file names."""
        known = {fold(one.name) for one in self.related if (one.word or NO_WORD) == label}
        return fold(detail) in known or all(fold(one) in known for one in detail.split(BETWEEN))
