"""What is kept of the cards that come in: each once, the newest, and given back as it came."""

import pytest

from connect_cli.exchange import export, imports, vcard_read
from connect_cli.exchange.import_values import ImportPlan
from connect_cli.exchange.values import OWN_UID, Contact, Found
from connect_cli.journal import memory
from connect_cli.journal import people as people_verbs
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from tests.exchange.cards import carded
from tests.exchange.taking import NAME, UID, Deciding, cards, planned, taken
from tests.journal.commands import changes_nothing

PLACE = "b.vcf, line 1"
GRACE = carded(Contact("Grace Hopper", PLACE, "u-1"), "X-SKYPE:grace")
TWIN = carded(Contact(NAME, PLACE, "u-1", emails=("ada@example.org",)), "X-SKYPE:countess")
MUTE = carded(Contact(NAME, PLACE, "u-1"), "X-SKYPE:countess")


@pytest.mark.parametrize("second", [GRACE, TWIN, MUTE], ids=["another", "a twin", "mute"])
def test_of_two_cards_with_one_uid_the_second_has_none(journal: Journal, second: Contact) -> None:
    """Neither brings the other up to date, and the preview names both places, each time."""
    known = Contact(NAME, "a.vcf, line 1", "u-1", emails=("ada@example.org",))
    first = carded(known, "X-SKYPE:ada", "X-PET:cat")
    told = ["b.vcf, line 1: has the UID of a.vcf, line 1; imported as a card without a UID"]
    assert taken(journal, first, second).remarks == told
    out = cards(journal)
    assert first.card in out
    assert second.card in out
    for _ in range(2):
        again = taken(journal, first, second)
        assert changes_nothing(again)
        assert again.remarks == told
    assert cards(journal) == out


def test_the_same_card_twice_in_an_import_is_one(journal: Journal) -> None:
    """A file that is named twice, or a copy beside it, is nothing to speak of."""
    first, second = (carded(Contact(NAME, place, "u-1"), "X-PET:cat") for place in ("a", "b"))
    arrivals = taken(journal, first, second)
    assert (len(arrivals.people), arrivals.remarks) == (1, [])


def test_a_change_of_lines_that_are_only_kept_is_told(journal: Journal) -> None:
    """By what the lines are called; nothing is taken in of which the preview is silent."""
    taken(journal, carded(UID, "X-SKYPE:ada", "item1.X-PET;TYPE=a:cat"))
    changed = carded(UID, "X-SKYPE:ada", "item1.X-PET;TYPE=a:dog", "no line")
    (arriving,) = taken(journal, changed).people
    assert arriving.gains == (("card", "lines NO LINE, X-PET"),)


def test_a_card_that_changed_is_brought_up_to_date(journal: Journal) -> None:
    """What the journal has no place for goes out as it last came in; its order does not matter."""
    taken(journal, carded(UID, "X-SKYPE:ada", "X-PET:cat"))
    assert changes_nothing(planned(journal, carded(UID, "X-PET:cat", "X-SKYPE:ada")))
    changed = carded(UID, "X-SKYPE:countess", "X-PET:cat")
    assert not changes_nothing(planned(journal, changed))
    taken(journal, changed)
    assert "X-SKYPE:countess\n" in cards(journal)
    assert "X-SKYPE:ada" not in cards(journal)
    assert changes_nothing(planned(journal, changed))


SKYPE = carded(Contact(NAME), "X-SKYPE:ada")
PET = carded(Contact(NAME), "X-PET:cat", "X-SKYPE:ada")


@pytest.mark.parametrize("uid", ["", "u-1"])
def test_what_is_no_card_never_touches_one(journal: Journal, uid: str) -> None:
    """A table or a mailbox says nothing of the lines that a card of the same person had."""
    card = carded(Contact(NAME, uid=uid), "X-SKYPE:ada")
    taken(journal, card)
    for arriving in (Contact(NAME, uid=uid), Contact(NAME)):
        found = Found(contacts=[arriving])
        assert changes_nothing(imports.plan_import(journal, found, "csv", Deciding()))
    assert changes_nothing(planned(journal, Contact(NAME)))
    assert "X-SKYPE:ada\n" in cards(journal)


def test_of_cards_without_a_uid_the_fuller_one_is_kept(journal: Journal) -> None:
    """One that says less is no news, so that two of them in turn come to an end."""
    for card in (SKYPE, PET):
        taken(journal, card)
    for card in (SKYPE, PET, Contact(NAME)):
        assert changes_nothing(planned(journal, card))
    assert cards(journal).count("X-SKYPE:ada\n") == cards(journal).count("X-PET:cat\n") == 1


def test_an_export_of_a_card_without_a_uid_brings_nothing_back(journal: Journal) -> None:
    """It goes out as it came, without a uid."""
    taken(journal, PET)
    assert cards(journal) == PET.card
    out = vcard_read.read(cards(journal).encode())
    assert changes_nothing(imports.plan_import(journal, out, "vcard", Deciding()))


def test_a_card_of_the_journals_own_is_not_kept_beside(journal: Journal) -> None:
    """It says nothing that the journal does not say itself, until another program adds to it."""
    ((person, _),) = people_verbs.add(journal, Profile(NAME))
    own = f"{OWN_UID}{person.id}"
    assert planned(journal, Contact("A. Lovelace", uid=own)).rows.keys() == {"alias"}
    (out,) = vcard_read.read(cards(journal).encode()).contacts
    assert out.uid == own
    assert changes_nothing(planned(journal, out))
    taken(journal, carded(Contact(NAME, uid=own), "X-SKYPE:ada"))
    assert "X-SKYPE:ada\n" in cards(journal)


BOOKED = b"""BEGIN:VCARD
VERSION:3.0
UID:u-1
FN:Ada Lovelace
NICKNAME:Countess,Annie
BDAY;VALUE=date:1991-02-02
ANNIVERSARY:20200707
ORG:Analytical;Engines
TITLE:Countess of Lovelace
ROLE:Reader
NOTE:likes tea\\, and rain
END:VCARD
"""


def booked(journal: Journal) -> ImportPlan:
    """What taking in the card would write."""
    return imports.plan_import(journal, vcard_read.read(BOOKED), "vcard", Deciding())


def test_what_contradicts_the_journal_is_told_and_given_back(journal: Journal) -> None:
    """The journal keeps its own, the address book gets back what it said, and no more."""
    known = {"company": "Engines", "title": "Dr", "role": "Writer", "note": "secret " * 9}
    days = {"birthday": (1990, 1, 1), "anniversary": (None, 7, 8)}
    taken(journal, Contact(NAME, occasions=tuple(days.items()), details=tuple(known.items())))
    people_verbs.add(journal, Profile("Grace Hopper", aliases=("Countess",)))
    arrivals = booked(journal)
    (arriving,) = arrivals.people
    assert dict(arriving.gains[2:]) == {
        "birthday": "kept 1990-01-01, not 1991-02-02",
        "anniversary": "kept 07-08, not 2020-07-07",
        "company": "kept Engines, not Analytical, Engines",
        "title": "kept Dr, not Countess of Lovelace",
        "role": "kept Writer, not Reader",
        "note": "kept secret secret secret secret secret secre…, not likes tea, and rain",
    }
    assert arriving.gains[:2] == (("alias", "Countess stays with Grace Hopper"), ("alias", "Annie"))
    imports.write_import(journal, arrivals, "from a test")
    out = next(text for text in export.cards(journal) if "u-1" in text)
    assert out.encode() == BOOKED
    back = vcard_read.read(out.encode())
    assert changes_nothing(imports.plan_import(journal, back, "vcard", Deciding()))
    assert changes_nothing(booked(journal))


def test_what_the_journal_is_told_later_stays_at_home(journal: Journal) -> None:
    """A card gets back its own note, company and title, whatever they have become here."""
    imports.write_import(journal, booked(journal), "from a test")
    memory.remember(journal, NAME, "note: secret")
    assert "secret" not in cards(journal)
    assert cards(journal).encode() == BOOKED


def test_a_table_that_contradicts_the_journal_leaves_no_card(journal: Journal) -> None:
    """It is told, and there is nothing to give back."""
    people_verbs.add(journal, Profile("Grace Hopper", aliases=("Countess",)))
    people_verbs.add(journal, Profile(NAME, details=("title: Dr",)))
    table = Contact(NAME, aliases=("Countess",), details=(("title", "Prof"),))
    arrivals = imports.plan_import(journal, Found(contacts=[table]), "csv", Deciding())
    assert [gain for gain, _ in arrivals.people[0].gains] == ["alias", "title"]
    assert changes_nothing(arrivals)
