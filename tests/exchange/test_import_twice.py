"""The same file twice changes nothing, whoever may be whoever."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.exchange import imports
from connect_cli.exchange.import_values import ImportPlan, OnMatch
from connect_cli.exchange.values import Contact, Found
from connect_cli.journal import people
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.reports import Happening
from tests.exchange.cards import carded
from tests.exchange.copies import journal_at
from tests.journal.commands import changes_nothing

NAMES = st.sampled_from(
    ["Ada", "Ada Lovelace", "Ada King", "Lovelace", "Grace Hopper", "Byron", "Jon", "John"]
)
PEOPLE = st.builds(
    Contact,
    name=NAMES,
    place=st.sampled_from(["a.vcf, line 1", "b.vcf, line 2"]),
    uid=st.sampled_from(["", "", "u-1", "u-2"]),
    aliases=st.lists(NAMES, max_size=2).map(tuple),
    emails=st.lists(st.sampled_from(["a@x.org", "A@x.org", "b@x.org"]), max_size=2).map(tuple),
    phones=st.lists(st.sampled_from(["+44 20 7946 0018", "020 79460018", "112"]), max_size=1).map(
        tuple
    ),
    occasions=st.sampled_from(
        [(), (("birthday", (1815, 12, 10)),), (("birthday", (None, 12, 10)),)]
    ),
    details=st.sampled_from([(), (("lives in", "Bath"),), (("lives in", "Rome"),)]),
    tags=st.sampled_from([(), ("work",)]),
)
LINES = st.sampled_from([[], ["X-A:1"], ["X-A:2", "X-B:1"]])
CARDS = st.builds(lambda contact, lines: carded(contact, *lines), PEOPLE, LINES)


def changes_nothing_twice(contacts: list[Contact], answer: OnMatch, source: str) -> None:
    """Take contacts in, and see that there is nothing in them any more."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        with journal_at(path) as journal:
            imports.write_import(
                journal, arriving(journal, contacts, answer, source), "from a test"
            )
        with journal_at(path, 1) as journal:
            again = arriving(journal, contacts, answer, source)
            assert changes_nothing(again), (again.rows, again.cards)


def arriving(journal: Journal, contacts: list[Contact], answer: OnMatch, source: str) -> ImportPlan:
    """What taking these in would write."""
    return imports.plan_import(journal, Found(contacts=list(contacts)), source, lambda *_: answer)


@settings(max_examples=12)
@given(
    contacts=st.lists(CARDS, min_size=1, max_size=5) | st.lists(PEOPLE, min_size=1, max_size=5),
    answer=st.sampled_from(["skip", "update", "new"]),
)
def test_the_same_contacts_twice_change_nothing(contacts: list[Contact], answer: OnMatch) -> None:
    """However they share names, addresses, numbers and uids, and whatever is answered."""
    changes_nothing_twice(contacts, answer, "vcard" if contacts[0].card else "csv")


SOMEBODY = Contact("Ada", emails=("a@x.org",))
ADA = carded(SOMEBODY, "X-A:1")
FAMILY = [
    Contact("Lovelace", uid="u-2", emails=("a@x.org",)),
    Contact("Ada Lovelace", uid="u-1", emails=("a@x.org",)),
    Contact("Ada King", emails=("a@x.org",)),
]
LATER = [
    Contact("Ada", phones=("+44 20 7946 0018",)),
    ADA,
    Contact("Ada", emails=("a@x.org",), phones=("+44 20 7946 0018",)),
]
WITH_UID = carded(replace(SOMEBODY, uid="u-1"), "X-A:1")
SEVERAL = [WITH_UID, ADA, carded(SOMEBODY, "X-A:2", "X-B:1")]


@pytest.mark.parametrize("answer", ["skip", "update", "new"])
@pytest.mark.parametrize(
    "contacts", [FAMILY, LATER, SEVERAL], ids=["one address", "told later", "cards without a uid"]
)
def test_what_is_learnt_of_some_counts_for_all(contacts: list[Contact], answer: OnMatch) -> None:
    """An address that several have, one that is told at last, lines that another card has."""
    changes_nothing_twice(contacts, answer, "vcard")


def test_whoever_is_certain_comes_before_those_who_are_asked_about(journal: Journal) -> None:
    """What a later card tells may spare the question."""
    arrivals = arriving(journal, LATER, "skip", "vcard")
    assert [(one.status, one.by) for one in arrivals.people] == [
        ("new", ""),
        ("matched", "phone"),
        ("matched", "email"),
    ]


def test_who_is_left_out_comes_in_when_somebody_after_them_tells_who_they_are(
    journal: Journal,
) -> None:
    """At the first time, and not only when the same file comes again."""
    people.add(journal, Profile("Ada Lovelace", emails=("a@x.org",)))
    unsure = Contact("Ada Lovelace", emails=("b@x.org",))
    told = Contact("Ada Byron Lovelace", emails=("c@x.org", "b@x.org"))
    found = Found(contacts=[unsure, told])
    arrivals = imports.plan_import(
        journal, found, "csv", lambda contact, _: "skip" if contact == unsure else "update"
    )
    assert [(one.status, one.by) for one in arrivals.people] == [
        ("matched", "choice"),
        ("matched", "email"),
    ]


def test_whom_an_interaction_names_may_be_left_out(journal: Journal) -> None:
    """Then the interaction is about nobody, and both are said."""
    people.add(journal, Profile("Ada Lovelace"))
    found = Found(happenings=[Happening("1", date(2026, 11, 1), ("Ada",), "line 3")])
    arrivals = imports.plan_import(journal, found, "csv", lambda *_: "skip")
    assert [(one.name, one.status) for one in arrivals.people] == [("Ada", "unsure")]
    assert [one.reason for one in arrivals.unread] == ["nobody in it is in the journal"]
