"""Who an arriving contact is taken for."""

import difflib

import pytest

from connect_cli.exchange import imports
from connect_cli.exchange.matching import KnownPeople
from connect_cli.exchange.values import Contact, Found
from connect_cli.journal import people as people_verbs
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.model import Named
from tests.exchange.taking import CARDED, NAME, Deciding, planned, taken
from tests.journal.commands import changes_nothing

ANOTHER = [
    (Contact(NAME, uid="u-2", emails=("else@example.org",)), "unsure", ""),
    (Contact(NAME, uid="u-2", phones=("+44 20 7946 0099",)), "unsure", ""),
    (Contact(NAME, uid="u-2", phones=("020 79460018",)), "matched", "phone"),
    (Contact(NAME, uid="u-2", emails=("ADA@example.org",)), "matched", "email"),
    (Contact(NAME, uid="u-2"), "matched", "name"),
    (Contact(NAME, emails=("else@example.org",)), "unsure", ""),
    (Contact(NAME, phones=("112",)), "matched", "name"),
    (Contact("Ada King", uid="u-2", emails=("ada@example.org",)), "unsure", ""),
    (Contact("Ada King", emails=("ada@example.org",)), "matched", "email"),
    (Contact("Lovelace", phones=("020 79460018",)), "matched", "phone"),
    (Contact("A. Lovelace", aliases=("Ada",), phones=("020 79460018",)), "matched", "phone"),
    (Contact("Byron Lovelace", phones=("020 79460018",)), "unsure", ""),
    (Contact("Byron Lovelace", emails=("ada@example.org",)), "unsure", ""),
]


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "in one file"])
@pytest.mark.parametrize(("contact", "status", "by"), ANOTHER, ids=range(len(ANOTHER)))
def test_another_record_of_one_name_or_address_may_be_another_person(
    journal: Journal, contact: Contact, status: str, by: str, kept: bool
) -> None:
    """Namesakes share no way to reach them; families share one, but no given name and no uid."""
    if kept:
        taken(journal, CARDED)
        (arriving,) = planned(journal, contact).people
    else:
        _, arriving = planned(journal, CARDED, contact).people
    assert (arriving.status, arriving.by) == (status, by)


def test_a_uid_tells_who_it_is_whatever_else_a_card_says(journal: Journal) -> None:
    """Names and addresses change; that is what it is for."""
    taken(journal, CARDED)
    changed = Contact("A. King", uid="u-1", emails=("else@example.org",))
    assert [(one.status, one.by) for one in planned(journal, changed).people] == [
        ("matched", "uid")
    ]


ALIKE = [
    ("Jon Smith", "John Smith", True),
    ("Sofie Meier", "Sophie Meier", True),
    ("Ada", "Ada Lovelace", True),
    ("Quentin Silva", "Quentin Sá", False),
    ("Tim Robertson", "Tom Robertson", False),
]


@pytest.mark.parametrize(("name", "known", "asked"), ALIKE, ids=[one for one, *_ in ALIKE])
def test_names_are_alike_word_by_word(journal: Journal, name: str, known: str, asked: bool) -> None:
    """A long word in common makes nobody alike; of one address book every card is somebody else."""
    unsure = Deciding()
    planned(journal, Contact(known), Contact(name), unsure=unsure)
    assert unsure.asked == []
    people_verbs.add(journal, Profile(known))
    planned(journal, Contact(name), unsure=unsure)
    assert unsure.asked == ([(known,)] if asked else [])


def test_namesakes_without_a_uid_are_known_by_their_addresses(journal: Journal) -> None:
    """The one with a number behind the name too, however often they come."""
    first, second = (Contact(NAME, emails=(f"ada{n}@example.org",)) for n in (1, 2))
    taken(journal, first, second, answer="new")
    again = planned(journal, second, first)
    assert [one.name for one in again.people] == [f"{NAME} (2)", NAME]
    assert changes_nothing(again)


def test_a_namesake_who_is_reached_like_somebody_else_may_be_either(journal: Journal) -> None:
    """Both are named in the question."""
    people_verbs.add(journal, Profile(NAME, phones=("+44 20 7946 0018",)))
    people_verbs.add(journal, Profile("Byron", emails=("home@example.org",)))
    unsure = Deciding()
    planned(journal, Contact(NAME, emails=("home@example.org",)), unsure=unsure)
    assert unsure.asked == [(NAME, "Byron")]


@pytest.mark.parametrize("number", ["112", "0-42", "555 123"])
def test_a_short_number_is_nobodys(journal: Journal, number: str) -> None:
    """An extension is kept with everybody who has it, and likens nobody."""
    people_verbs.add(journal, Profile("Ada King", phones=(number,)))
    (arriving,) = planned(journal, Contact("Ada Byron", phones=(number,))).people
    assert (arriving.status, arriving.gains) == ("new", (("phone", number),))


@pytest.mark.parametrize(("sharing", "asked"), [(30, [30]), (31, [])])
def test_a_word_that_many_share_likens_nobody(
    journal: Journal, sharing: int, asked: list[int]
) -> None:
    """Up to there each of them may be meant by it; beyond, it is only a common name."""
    taken(journal, *(Contact(f"Smith {n}{n}") for n in range(sharing)), answer="new")
    unsure = Deciding()
    planned(journal, Contact("Smith"), unsure=unsure)
    assert [len(names) for names in unsure.asked] == asked


def test_each_name_is_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many words it shares."""
    compared = []
    matcher = difflib.SequenceMatcher

    def counted(_: None, mine: str, other: str) -> difflib.SequenceMatcher[str]:
        compared.append(other)
        return matcher(None, mine, other)

    monkeypatch.setattr(difflib, "SequenceMatcher", counted)
    known = KnownPeople()
    person = Named("1", "Ada Augusta Byron Lovelace")
    known.know((person.name,), person)
    assert known.match(Contact("Ada Augusta Byron Loveless")).maybe == (person,)
    assert [name for name in compared if " " in name] == ["ada augusta byron lovelace"]


SPELLINGS = ["+44 (20) 7946-0018", "0044 20 79460018", "020 7946 0018"]


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("kept", [True, False], ids=["kept", "in one file"])
def test_a_number_tells_who_it_is_however_it_is_written(
    journal: Journal, spelling: str, kept: bool
) -> None:
    """With a word of the name in common; without one it is asked about, as families share."""
    known = Contact(NAME, phones=("+44 20 7946 0018",))
    if kept:
        people_verbs.add(journal, Profile(known.name, phones=known.phones))
    before = () if kept else (known,)
    unsure = Deciding()
    people = planned(
        journal,
        *before,
        Contact("Ada King", phones=(spelling,)),
        Contact("Byron", phones=(spelling,)),
        unsure=unsure,
    ).people[len(before) :]
    assert [(one.status, one.by) for one in people] == [("matched", "phone"), ("unsure", "")]
    assert unsure.asked == [(NAME,)]


@pytest.mark.parametrize("number", ["+44 20 7946 0019", "+44 21 7946 0018"])
def test_another_number_is_somebody_else(journal: Journal, number: str) -> None:
    """One digit matters, of the town's code too."""
    people_verbs.add(journal, Profile(NAME, phones=("+44 20 7946 0018",)))
    (arriving,) = planned(journal, Contact("Ada King", phones=(number,))).people
    assert arriving.status == "new"


def test_a_table_that_names_a_uid_is_known_by_it_again(journal: Journal) -> None:
    """Also after the name has changed there."""
    for name in (NAME, "Countess"):
        arrivals = imports.plan_import(
            journal, Found(contacts=[Contact(name, uid="u-1")]), "csv", Deciding()
        )
        imports.write_import(journal, arrivals, "from a test")
    assert [(one.status, one.by) for one in arrivals.people] == [("matched", "uid")]
