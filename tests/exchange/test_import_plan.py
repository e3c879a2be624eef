"""Who an arriving contact is taken for, and what they get of what a file says."""

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from connect_cli.errors import ConnectError
from connect_cli.exchange import export, imports, vcard_read
from connect_cli.exchange.import_plan import ImportPlan, OnMatch
from connect_cli.exchange.matching import KnownPeople
from connect_cli.exchange.values import OWN_UID, Contact, Found
from connect_cli.journal import memory
from connect_cli.journal import people as people_verbs
from connect_cli.journal import today as journal_today
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.model import Kind, Named
from connect_cli.views import Happening
from tests.exchange.cards import carded
from tests.journal.commands import changes_nothing

NAME = "Ada Lovelace"
UID = Contact(NAME, uid="u-1")
Open = Callable[..., Journal]


@dataclass
class Deciding:
    """Gives the same answer each time, and keeps who it was asked about."""

    answer: OnMatch = "skip"
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def __call__(self, contact: Contact, maybe: Sequence[Named]) -> OnMatch:
        """The answer."""
        del contact
        self.asked.append(tuple(person.name for person in maybe))
        return self.answer


def planned(
    journal: Journal,
    *contacts: Contact,
    unsure: Deciding | None = None,
    cadences: bool = False,
) -> ImportPlan:
    """What taking these in would write."""
    found = Found(contacts=list(contacts))
    return imports.plan_import(journal, found, "vcard", unsure or Deciding(), cadences=cadences)


def taken(
    journal: Journal, *contacts: Contact, answer: OnMatch = "skip", cadences: bool = False
) -> ImportPlan:
    """What was written when these were taken in."""
    arrivals = planned(journal, *contacts, unsure=Deciding(answer), cadences=cadences)
    imports.write_import(journal, arrivals, "from a test")
    return arrivals


def points(journal: Journal, name: str) -> list[str]:
    """The contact points of somebody."""
    return [point.value for point in journal_today.card(journal, name).contact_points]


def cards(journal: Journal) -> str:
    """Everybody's cards as they go out."""
    return "".join(export.cards(journal)).replace("\r\n", "\n")


def test_namesakes_who_are_added_are_told_apart_by_a_number(journal: Journal) -> None:
    """However many there are, each under a name of their own and with their own address."""
    people_verbs.add(journal, Profile("ada lovelace (3)"))
    namesakes = [Contact(NAME, uid=f"u-{n}", emails=(f"ada{n}@example.org",)) for n in range(4)]
    taken(journal, *namesakes, answer="new")
    assert {
        name: points(journal, name)
        for name in (NAME, f"{NAME} (2)", f"{NAME} (4)", f"{NAME} (5)", "ada lovelace (3)")
    } == {
        NAME: ["ada0@example.org"],
        f"{NAME} (2)": ["ada1@example.org"],
        f"{NAME} (4)": ["ada2@example.org"],
        f"{NAME} (5)": ["ada3@example.org"],
        "ada lovelace (3)": [],
    }
    assert changes_nothing(planned(journal, *namesakes))


CARDED = carded(Contact(NAME, uid="u-1", emails=("ada@example.org",), phones=("+44 20 7946 0018",)))
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


def test_what_somebody_has_in_another_spelling_is_not_given_twice(journal: Journal) -> None:
    """What parts the digits of a number and the case of an address do not matter."""
    people_verbs.add(
        journal, Profile(NAME, phones=("+44 20 7946 0018",), emails=("ada@example.org",))
    )
    same = Contact(NAME, phones=("+44 (20) 7946-0018",), emails=("Ada@Example.org",))
    assert changes_nothing(planned(journal, same))
    taken(journal, Contact(NAME, phones=("+44 20 7946 0019",), emails=same.emails))
    assert sorted(points(journal, NAME)) == [
        "+44 20 7946 0018",
        "+44 20 7946 0019",
        "ada@example.org",
    ]


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


def test_a_long_value_is_cut_in_the_preview_alone(journal: Journal) -> None:
    """A line is as much as is read there; all of it is kept, with its breaks."""
    note = "tea\n" * 100
    (arriving,) = taken(journal, Contact(NAME, details=(("note", note),))).people
    assert arriving.gains == (("note", "tea " * 25 + "…"),)
    assert [detail.value for detail in journal_today.card(journal, NAME).details] == [note]


def test_the_name_before_a_renaming_becomes_an_alias_once(journal: Journal) -> None:
    """The same card again brings nothing, however often."""
    taken(journal, CARDED)
    people_verbs.rename(journal, NAME, "Ada King")
    for _ in range(2):
        taken(journal, CARDED)
    assert changes_nothing(planned(journal, CARDED))
    assert people_verbs.profile(journal, journal.named("Ada King")).aliases == (NAME,)


def test_a_table_that_names_a_uid_is_known_by_it_again(journal: Journal) -> None:
    """Also after the name has changed there."""
    for name in (NAME, "Countess"):
        arrivals = imports.plan_import(
            journal, Found(contacts=[Contact(name, uid="u-1")]), "csv", Deciding()
        )
        imports.write_import(journal, arrivals, "from a test")
    assert [(one.status, one.by) for one in arrivals.people] == [("matched", "uid")]


def test_a_card_of_the_journals_own_is_not_kept_beside(journal: Journal) -> None:
    """It says nothing that the journal does not say itself, until another program adds to it."""
    person = people_verbs.add(journal, Profile(NAME))
    own = f"{OWN_UID}{person.id}"
    assert planned(journal, Contact("A. Lovelace", uid=own)).rows.keys() == {"alias"}
    (out,) = vcard_read.read(cards(journal).encode()).contacts
    assert out.uid == own
    assert changes_nothing(planned(journal, out))
    taken(journal, carded(Contact(NAME, uid=own), "X-SKYPE:ada"))
    assert "X-SKYPE:ada\n" in cards(journal)


@pytest.mark.parametrize(
    ("every", "cadence", "wanted"),
    [("2w", "2w", True), ("never", "None", True), ("", "1m", True), ("2w", "1m", False)],
    ids=["said", "never", "not said", "not wanted"],
)
def test_a_cadence_is_what_the_file_says(
    journal: Journal, every: str, cadence: str, wanted: bool
) -> None:
    """`never` is one of their own, which a circle does not change; silence leaves it to that."""
    taken(journal, Contact(NAME, every=every), cadences=wanted)
    people_verbs.place(journal, NAME, "close")
    person = journal.person(journal.named(NAME))
    assert str(person.cadence) == cadence
    assert person.own_cadence == (cadence != "1m")


@pytest.mark.parametrize(("count", "earliest", "latest"), [(4, 0, 27), (5, 15, 42), (12, 15, 42)])
def test_cadences_of_one_import_begin_as_those_of_people_added_at_once(
    open_journal: Open, count: int, earliest: int, latest: int
) -> None:
    """Five or more over [P/2, 3P/2]: an import must not begin with a morning of newcomers."""
    journal, today = open_journal("2027-02-02T08:00"), date(2027, 2, 2)
    taken(journal, *people_every("1m", count), cadences=True)
    days = first_days(journal)
    assert len(set(days)) == len(days) == count
    assert earliest <= (min(days) - today).days <= (max(days) - today).days <= latest
    said = {row.person.first_said_on for row in people_verbs.standings(journal)}
    assert said == {today}


def test_first_days_of_an_import_come_after_those_of_people_who_are_here(
    open_journal: Open,
) -> None:
    """Whether they have the cadence of their own or of their circle: they are counted."""
    journal = open_journal("2027-02-02T08:00")
    people_verbs.add(journal, Profile("Tom", circle="close"))
    taken(journal, *people_every("1m", 1), cadences=True)
    assert first_days(journal) == [date(2027, 2, 2), date(2027, 2, 2) + timedelta(days=17)]


def test_who_comes_with_their_newest_contact_is_due_by_that(open_journal: Open) -> None:
    """Unless that is past; the newest of several is what counts."""
    journal = open_journal("2027-02-02T08:00")
    found = Found(contacts=list(people_every("1m", 6)))
    names = [contact.name for contact in found.contacts]
    for number, day in enumerate((date(2027, 1, 20), date(2027, 1, 28), date(2027, 1, 24))):
        found.happenings.append(Happening(f"h{number}", day, (names[0],), kind=Kind.CALL))
    found.happenings.append(Happening("h", date(2026, 1, 20), (names[1],), kind=Kind.CALL))
    imports.write_import(
        journal,
        imports.plan_import(journal, found, "monica", Deciding(), cadences=True),
        "from a test",
    )
    first = {row.person.name: row.person.first_on for row in people_verbs.standings(journal)}
    assert first[names[0]] == date(2027, 2, 28)
    assert first[names[1]] == date(2027, 2, 2) + timedelta(days=15 + 17)


def people_every(every: str, count: int) -> list[Contact]:
    """So many people of one cadence, whom nobody takes for each other."""
    return [Contact(f"Person {'abcdefghijkl'[number]}", every=every) for number in range(count)]


def first_days(journal: Journal) -> list[date]:
    """The first days of everybody, by name backwards, so that who was here is first."""
    days = (row.person.first_on for row in reversed(people_verbs.standings(journal)))
    return [day for day in days if day is not None]


def test_what_was_planned_before_another_command_is_not_written(journal: Journal) -> None:
    """Whom it was matched with may be somebody else by now."""
    arrivals = planned(journal, Contact(NAME, emails=("ada@example.org",)))
    people_verbs.add(journal, Profile(NAME))
    with pytest.raises(ConnectError, match="the journal has changed since the preview"):
        imports.write_import(journal, arrivals, "from a test")
    assert [one.name for one in journal.known()] == [NAME]
    assert points(journal, NAME) == []


def test_details_go_out_where_other_programs_look_for_them(journal: Journal) -> None:
    """Those that a table has a column for there, the others together; none stands in a card."""
    details = ("company: Analytical Engines", "drink: tea", "title: Countess", "pet: cat")
    people_verbs.add(journal, Profile(NAME, details=details))
    headings, row = list(export.table(journal, "people"))
    cells = dict(zip(headings, row, strict=True))
    assert (cells["Company"], cells["Title"], cells["City"], cells["Note"]) == (
        *("Analytical Engines", "Countess"),
        *("", ""),
    )
    assert cells["Details"] == "drink: tea\npet: cat"
    assert not [word for word in ("ORG", "TITLE", "tea", "cat") if word in cards(journal)]


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


def test_a_birthday_that_says_less_contradicts_nothing(journal: Journal) -> None:
    """A card without the year agrees with the journal that knows it."""
    taken(journal, Contact(NAME, occasions=(("birthday", (1815, 12, 10)),)))
    less = Contact(NAME, occasions=(("birthday", (None, 12, 10)),))
    assert planned(journal, less).people[0].gains == ()


@pytest.mark.parametrize(("days", "entries"), [(0, 1), (1, 0), (5000, 0)])
def test_a_day_to_come_is_no_entry(journal: Journal, days: int, entries: int) -> None:
    """It is told with its place, and nobody is asked about or added for it."""
    day = journal.today_is + timedelta(days=days)
    found = Found(happenings=[Happening("1", day, ("Ada",), "line 3")])
    arrivals = imports.plan_import(journal, found, "frm", Deciding())
    assert len(arrivals.entries) == len(arrivals.people) == entries
    told = [] if entries else [("line 3", "its day is still to come")]
    assert [(one.place, one.reason) for one in arrivals.unread] == told


def test_a_table_that_contradicts_the_journal_leaves_no_card(journal: Journal) -> None:
    """It is told, and there is nothing to give back."""
    people_verbs.add(journal, Profile("Grace Hopper", aliases=("Countess",)))
    people_verbs.add(journal, Profile(NAME, details=("title: Dr",)))
    table = Contact(NAME, aliases=("Countess",), details=(("title", "Prof"),))
    arrivals = imports.plan_import(journal, Found(contacts=[table]), "csv", Deciding())
    assert [gain for gain, _ in arrivals.people[0].gains] == ["alias", "title"]
    assert changes_nothing(arrivals)


def test_somebody_is_told_from_a_namesake_by_an_address_and_a_number(journal: Journal) -> None:
    """The first of each, the address first; nothing where there is none."""
    numbers = ("+44 20 7946 0018", "+1 555 0100")
    people_verbs.add(journal, Profile(NAME, phones=numbers, emails=("ada@example.org", "a@x.org")))
    people_verbs.add(journal, Profile("Tom"))
    assert imports.reached(journal, journal.named(NAME)) == "ada@example.org, +44 20 7946 0018"
    assert imports.reached(journal, journal.named("Tom")) == ""
