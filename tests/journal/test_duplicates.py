"""People who may be in the journal twice: who is found, and who is left alone."""

import random
import re
from itertools import product
from unittest.mock import patch

import pytest

from connect_cli.errors import NoSuchThing
from connect_cli.journal import archive, duplicates, log, merge, undo
from connect_cli.journal import people as people_verbs
from connect_cli.journal.answers import Silent
from connect_cli.journal.duplicates import find, keep_apart, may_be_one, pairs
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.language.same_name import compare
from connect_cli.language.words import fold
from connect_cli.model import Named
from connect_cli.reports import Pair, Reason
from connect_cli.store.recognition import Signs
from tests.journal.pairs_by_hand import ONE, TWO
from tests.journal.planted import PLANTED, thousand


def signs(person_id: str, text: str) -> Signs:
    """A person as a line of the lists by hand says."""
    name, *parts = [part.strip() for part in text.split(";")]
    emails = tuple(part for part in parts if "@" in part)
    born = tuple(part for part in parts if re.fullmatch(r"(?:\d{4}-)?\d\d-\d\d", part))
    firms = tuple(part.removeprefix("at ") for part in parts if part.startswith("at "))
    phones = tuple(part for part in parts if part[0] in "+0123456789" and part not in born)
    known = (*emails, *born, *phones, *(f"at {firm}" for firm in firms))
    aliases = tuple(part for part in parts if part not in known)
    return Signs(person_id, name, aliases, emails, phones, firms, "".join(born))


def found(*texts: str) -> list[Pair]:
    """The pairs among people of whom only this is known."""
    return find([signs(str(number), text) for number, text in enumerate(texts)])


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_person_in_two_spellings_is_found(one: str, other: str) -> None:
    """Whichever of the two comes first."""
    assert len(found(one, other)) == 1
    assert len(found(other, one)) == 1


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_people_who_share_something_are_left_alone(one: str, other: str) -> None:
    """Whichever of the two comes first."""
    assert found(one, other) == []
    assert found(other, one) == []


@pytest.mark.parametrize("seed", [1, 2, 20])
def test_of_forty_pairs_in_a_thousand_people_nearly_all_are_found(seed: int) -> None:
    """At least 38, and at most ten pairs are asked about in vain."""
    people, twice = thousand(seed)
    assert (len(people), len(twice)) == (1000, PLANTED)
    asked = {frozenset((pair.first.id, pair.second.id)) for pair in find(people)}
    assert len(asked & twice) >= 38
    assert len(asked - twice) <= 10


def crowd(number: int) -> list[Signs]:
    """People of common names, in families with a telephone, and firms with one number each."""
    chance = random.Random(number)  # noqa: S311  # nothing secret
    syllables = ["".join(pair) for pair in product("bdfgklmnprst", "aeiou")]
    firsts = [f"{one}{other}n".title() for one, other in product(syllables[:20], repeat=2)]
    return [
        Signs(
            f"{at:06}",
            f"{chance.choice(firsts)} {''.join(chance.choices(syllables, k=3)).title()}",
            (),
            (f"mail{at // 2}@post.example",),
            (f"+49 30 55{at // 4:05}", f"+49 40 77{at // 400:05}"),
        )
        for at in range(number)
    ]


def comparisons(people: list[Signs]) -> int:
    """How often two names are compared."""
    with patch.object(duplicates, "compare", side_effect=compare) as counted:
        find(people)
    return counted.call_count


def test_the_work_grows_with_the_people_and_not_with_their_square() -> None:
    """Ten thousand people cost a few comparisons each, as two thousand do."""
    small, large = 2000, 10_000
    assert comparisons(crowd(small)) < 10 * small
    assert comparisons(crowd(large)) < 10 * large


def test_what_hundreds_share_is_hardly_compared() -> None:
    """A number, an address, a first name and a surname are no reason, and cost nothing."""
    shared = (), ("a@firm.example",), ("030 1234567",)
    same = [Signs(f"p{at}", f"Anna {chr(65 + at % 26)}{at}x", *shared) for at in range(500)]
    again = [Signs(f"q{at}", f"{chr(65 + at % 26)}{at}y Berg", *shared) for at in range(500)]
    assert comparisons(same + again) < len(same + again)
    assert find(same + again) == []


def test_each_reason_is_said_once_and_the_surest_first() -> None:
    """An address before a number, a number before a birthday, and a name last."""
    both = "ada@example.org; 0171 2345678; 1815-12-10"
    (pair,) = found(f"Ada Lovelace; {both}", f"Lovelace, Ada; {both}")
    assert pair.reasons == (
        Reason("email", "ada@example.org"),
        Reason("phone", "0171 2345678"),
        Reason("birthday"),
        Reason("name"),
    )


def test_pairs_with_more_reasons_come_first() -> None:
    """Who goes through them decides the clear ones first."""
    asked = found("Bo Berg", "Berg, Bo", "Ada King; ada@x.example", "Dr Ada King; ada@x.example")
    assert [pair.first.name for pair in asked] == ["Ada King", "Bo Berg"]


def test_a_number_of_few_is_a_reason_beside_a_like_name() -> None:
    """The initial of one of three who share it; of two of them it says nothing."""
    phone = "01223 555123"
    asked = found(*(f"{name}; {phone}" for name in ("Joan Frey", "Tom Frey", "T. Frey")))
    assert [{pair.first.name, pair.second.name} for pair in asked] == [{"Tom Frey", "T. Frey"}]
    assert [reason.by for reason in asked[0].reasons] == ["phone", "name"]
    asked = found(*(f"{name}; {phone}" for name in ("Tina Frey", "Tom Frey", "T. Frey")))
    assert {reason.by for pair in asked for reason in pair.reasons} == {"name"}


def test_a_short_name_that_fits_several_is_no_reason() -> None:
    """One word must fit one person alone, initials at most two."""
    assert found("Marta Rossi", "Marta Bianchi", "Marta") == []
    names = [f"{first} Whitby" for first in ("Sara", "Simon", "Stella")]
    assert len(found(*names[:2], "S. Whitby")) == 2
    assert found(*names, "S. Whitby") == []
    assert found(*(f"Marta Ro{letter}ssi" for letter in "abcdefghi"), "Marta") == []


def test_two_spellings_that_several_people_have_are_two_names() -> None:
    """A typing error is nobody else's."""
    assert len(found("Ida Marwick", "Ida Marwwick", "Bo Marwick")) == 1
    assert found("Ida Barton", "Ida Barrton") != []
    others = ("Bo Lindholm", "Cy Lindhelm")
    assert found("Ida Lindholm", "Ida Lindhelm", *others) == []


def test_spellings_of_one_sound_are_two_names_if_many_have_each() -> None:
    """Sara and Sarah; umlauts and accents are one spelling, however many have them."""
    saras = [f"{first} {last}" for first in ("Sara", "Sarah") for last in ("Ost", "Bay", "Ames")]
    assert len(found("Sara Quist", "Sarah Quist")) == 1
    assert found("Sara Quist", "Sarah Quist", *saras) == []
    mullers = [f"{first} {last}" for first in "ABCDE" for last in ("Müller", "Mueller")]
    assert len(found("Ida Müller", "Ida Mueller", *mullers)) == 6


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ("1815-12-10", "1815-12-10", 1),
        ("1815-12-10", "12-10", 1),
        ("1815-12-10", "1815-10-12", 1),
        ("1815-12-10", "1816-12-10", 1),
        ("1815-12-10", "1815-12-11", 0),
    ],
)
def test_other_birthdays_are_two_people(one: str, other: str, asked: int) -> None:
    """Unless day and month were swapped, or one address says more than a day."""
    assert len(found(f"Ada Lovelace; {one}", f"Dr Ada Lovelace; {other}")) == asked
    email = "ada@example.org"
    assert len(found(f"Ada Lovelace; {email}; {one}", f"Ada Lovelace; {email}; {other}")) == 1


def test_who_is_tied_to_somebody_is_somebody_else() -> None:
    """As is of whom it was said."""
    people = [signs("a", "Ada Lovelace"), signs("b", "Lovelace, Ada")]
    assert len(find(people)) == 1
    assert find(people, [("a", "b")]) == []
    assert find(people[::-1], [("a", "b")]) == []


def test_two_archived_people_are_left_alone() -> None:
    """One archived and one who is not are asked about."""
    one, other = signs("a", "Ada Lovelace"), signs("b", "Lovelace, Ada")
    assert len(find([one._replace(archived=True), other])) == 1
    assert find([one._replace(archived=True), other._replace(archived=True)]) == []


def test_another_name_counts_only_in_full() -> None:
    """`Bob` as another name of two people is none of both; a whole other name is."""
    assert found("Robert Quist; Bob; Rob Mayer", "Norbert King; Bob; Norb Singer") == []
    assert found("❤; Bob Quist", "★; Tom King") == []
    assert len(found("Ada Lovelace; Ada King; Countess", "Augusta Byron; Ada King")) == 1


@pytest.fixture
def twice(journal: Journal) -> Journal:
    """Ada under three names, one of whom was met, and Bo."""
    people_verbs.add(journal, Profile("Lovelace, Ada"))
    people_verbs.add(journal, Profile("ada.lovelace@example.org"))
    people_verbs.add(journal, Profile("Ada Lovelace"))
    people_verbs.add(journal, Profile("Bo Berg"))
    log.log(journal, "coffee with bo and 'Ada Lovelace' yesterday")
    return journal


def names(asked: list[Pair]) -> list[tuple[str, str]]:
    """The names of each pair."""
    return [(pair.first.name, pair.second.name) for pair in asked]


def test_the_one_who_is_met_and_has_a_real_name_stays(twice: Journal) -> None:
    """An address is no name; of two names it is that of somebody you know."""
    assert names(pairs(twice)) == [
        ("Ada Lovelace", "ada.lovelace@example.org"),
        ("Ada Lovelace", "Lovelace, Ada"),
        ("Lovelace, Ada", "ada.lovelace@example.org"),
    ]


def one_of(journal: Journal, name: str) -> Named:
    """A person by their whole name."""
    return next(Named(one.id, one.name) for one in journal.known() if fold(one.name) == fold(name))


def test_two_people_are_remembered_until_that_is_undone(twice: Journal) -> None:
    """In one command."""
    ada, other = one_of(twice, "Ada Lovelace"), one_of(twice, "Lovelace, Ada")
    assert may_be_one(twice, ada, other)
    assert not may_be_one(twice, ada, ada)
    keep_apart(twice, other, ada)
    assert not may_be_one(twice, ada, other)
    assert len(pairs(twice)) == 2
    keep_apart(twice, ada, other)
    undo.undo(twice, undo.undoable(twice))
    assert len(pairs(twice)) == 3


def test_who_is_gone_is_not_kept_apart(twice: Journal) -> None:
    """Another command may have merged them meanwhile."""
    ada, other = one_of(twice, "Ada Lovelace"), one_of(twice, "Lovelace, Ada")
    merge.merge(twice, ada, other, Silent())
    assert not may_be_one(twice, ada, other)
    with pytest.raises(NoSuchThing):
        keep_apart(twice, ada, other)
    assert names(pairs(twice)) == [("Ada Lovelace", "ada.lovelace@example.org")]


def test_an_archived_person_stays_second(twice: Journal) -> None:
    """Whose name is better may be asked another day."""
    archive.archive(twice, one_of(twice, "Ada Lovelace"), away=True)
    assert ("Lovelace, Ada", "Ada Lovelace") in names(pairs(twice))
