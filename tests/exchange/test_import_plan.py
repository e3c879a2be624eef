"""What a contact who arrives gets of what a file says, and what is told of the rest."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from connect_cli.errors import ConnectError
from connect_cli.exchange import export, imports
from connect_cli.exchange.values import Contact, Found
from connect_cli.journal import card as journal_card
from connect_cli.journal import people as people_verbs
from connect_cli.journal import selection, undo
from connect_cli.journal.cadence import place
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.model import Kind
from connect_cli.reports import Happening
from tests.exchange.taking import CARDED, NAME, Deciding, cards, planned, points, taken
from tests.journal.commands import changes_nothing

Open = Callable[..., Journal]


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


def test_a_long_value_is_cut_in_the_preview_alone(journal: Journal) -> None:
    """A line is as much as is read there; all of it is kept, with its breaks."""
    note = "tea\n" * 100
    (arriving,) = taken(journal, Contact(NAME, details=(("note", note),))).people
    assert arriving.gains == (("note", "tea " * 25 + "…"),)
    assert [detail.value for detail in journal_card.card(journal, NAME).details] == [note]


def test_the_name_before_a_renaming_becomes_an_alias_once(journal: Journal) -> None:
    """The same card again brings nothing, however often."""
    taken(journal, CARDED)
    people_verbs.rename(journal, NAME, "Ada King")
    for _ in range(2):
        taken(journal, CARDED)
    assert changes_nothing(planned(journal, CARDED))
    assert people_verbs.profile(journal, journal.named("Ada King")).aliases == (NAME,)


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
    place(journal, NAME, "close")
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
    said = {row.person.first_said_on for row in selection.standings(journal)}
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
    first = {row.person.name: row.person.first_on for row in selection.standings(journal)}
    assert first[names[0]] == date(2027, 2, 28)
    assert first[names[1]] == date(2027, 2, 2) + timedelta(days=15 + 17)


def people_every(every: str, count: int) -> list[Contact]:
    """So many people of one cadence, whom nobody takes for each other."""
    return [Contact(f"Person {'abcdefghijkl'[number]}", every=every) for number in range(count)]


def first_days(journal: Journal) -> list[date]:
    """The first days of everybody, by name backwards, so that who was here is first."""
    days = (row.person.first_on for row in reversed(selection.standings(journal)))
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
    details = ("company: Analytical Engines", "drink: Green tea", "title: Countess", "pet: A cat")
    people_verbs.add(journal, Profile(NAME, details=details))
    headings, row = list(export.table(journal, "people"))
    cells = dict(zip(headings, row, strict=True))
    assert (cells["Company"], cells["Title"], cells["City"], cells["Note"]) == (
        *("Analytical Engines", "Countess"),
        *("", ""),
    )
    assert cells["Details"] == "drink: Green tea\npet: A cat"
    assert not [word for word in ("ORG", "TITLE", "Green tea", "A cat") if word in cards(journal)]


def test_a_birthday_that_says_less_contradicts_nothing(journal: Journal) -> None:
    """A card without the year agrees with the journal that knows it."""
    taken(journal, Contact(NAME, occasions=(("birthday", (1815, 12, 10)),)))
    less = Contact(NAME, occasions=(("birthday", (None, 12, 10)),))
    assert planned(journal, less).people[0].gains == ()


def birthday(journal: Journal) -> list[tuple[int | None, int, int]]:
    """The birthdays of Ada."""
    days = journal_card.card(journal, NAME).occasions
    return [(one.occasion.year, one.occasion.month, one.occasion.day) for one in days]


def born(year: int | None, day: int = 10) -> Contact:
    """A card of Ada with a birthday in December."""
    return Contact(NAME, occasions=(("birthday", (year, 12, day)),))


def test_the_year_of_a_known_birthday_is_added(journal: Journal) -> None:
    """One command, which undo takes back; the second time nothing is new."""
    people_verbs.add(journal, Profile(NAME, birthday="12-10"))
    arrivals = taken(journal, born(1815))
    assert arrivals.people[0].gains == (("birthday", "12-10 becomes 1815-12-10"),)
    assert (arrivals.new, arrivals.changed) == ({}, {"occasion": 1})
    assert birthday(journal) == [(1815, 12, 10)]
    assert changes_nothing(planned(journal, born(1815)))
    undo.undo(journal, undo.undoable(journal))
    assert birthday(journal) == [(None, 12, 10)]


@pytest.mark.parametrize(
    ("here", "said", "told"),
    [
        ("1816-12-10", born(1815), (("birthday", "kept 1816-12-10, not 1815-12-10"),)),
        ("12-11", born(1815), (("birthday", "kept 12-11, not 1815-12-10"),)),
        ("1815-12-10", born(1815), ()),
        ("1815-12-10", born(None), ()),
    ],
    ids=["another year", "another day", "the same", "less"],
)
def test_a_birthday_that_differs_is_told_and_never_overwritten(
    journal: Journal, here: str, said: Contact, told: tuple[tuple[str, str], ...]
) -> None:
    """What the journal says stays."""
    people_verbs.add(journal, Profile(NAME, birthday=here))
    before = birthday(journal)
    assert taken(journal, said).people[0].gains == told
    assert birthday(journal) == before


def test_two_cards_of_one_import_may_share_a_birthday_and_its_year(journal: Journal) -> None:
    """The year goes into the row that the first card makes; a third that differs is told."""
    arrivals = taken(journal, born(None), born(1815), born(1816))
    assert arrivals.changed == {}
    assert [one.gains[-1:] for one in arrivals.people] == [
        (("birthday", "12-10"),),
        (("birthday", "12-10 becomes 1815-12-10"),),
        (("birthday", "kept 1815-12-10, not 1816-12-10"),),
    ]
    assert birthday(journal) == [(1815, 12, 10)]


@pytest.mark.parametrize(
    ("time", "day"), [("03:59", "2026-11-07"), ("04:00", "2026-11-08"), (None, "2026-11-08")]
)
def test_an_interaction_before_dawn_belongs_to_the_day_before(
    journal: Journal, time: str | None, day: str
) -> None:
    """By the hour at which a day begins; without a time, the day is what the file says."""
    found = Found(happenings=[Happening("1", date(2026, 11, 8), ("Ada",), time=time)])
    (arriving,) = imports.plan_import(journal, found, "jrnl", Deciding()).interactions
    assert (str(arriving.day), arriving.time) == (day, time)


def test_an_interaction_with_somebody_uncertain_waits(journal: Journal) -> None:
    """Imported without them, it would never be found again."""
    people_verbs.add(journal, Profile("Tom"))
    people_verbs.add(journal, Profile("Ada Byron"))
    found = Found(happenings=[Happening("1", date(2026, 11, 8), ("Tom", "Ada"), "line 3")])
    arrivals = imports.plan_import(journal, found, "frm", Deciding())
    assert arrivals.interactions == []
    assert [(one.place, one.reason) for one in arrivals.unread] == [
        ("line 3", "it waits until it is decided who Ada is")
    ]


@pytest.mark.parametrize(("days", "interactions"), [(0, 1), (1, 0), (5000, 0)])
def test_a_day_to_come_is_no_interaction(journal: Journal, days: int, interactions: int) -> None:
    """It is told with its place, and nobody is asked about or added for it."""
    day = journal.today_is + timedelta(days=days)
    found = Found(happenings=[Happening("1", day, ("Ada",), "line 3")])
    arrivals = imports.plan_import(journal, found, "frm", Deciding())
    assert len(arrivals.interactions) == len(arrivals.people) == interactions
    told = [] if interactions else [("line 3", "its day is still to come")]
    assert [(one.place, one.reason) for one in arrivals.unread] == told


def test_somebody_is_told_from_a_namesake_by_an_address_and_a_number(journal: Journal) -> None:
    """The first of each, the address first; nothing where there is none."""
    numbers = ("+44 20 7946 0018", "+1 555 0100")
    people_verbs.add(journal, Profile(NAME, phones=numbers, emails=("ada@example.org", "a@x.org")))
    people_verbs.add(journal, Profile("Tom"))
    assert imports.reached(journal, journal.named(NAME)) == "ada@example.org, +44 20 7946 0018"
    assert imports.reached(journal, journal.named("Tom")) == ""


def test_of_two_interactions_with_one_id_the_first_comes(journal: Journal) -> None:
    """The other one is told with its place, and nothing of the import is lost."""
    day = date(2026, 11, 8)
    found = Found(
        happenings=[
            Happening("1", day, ("Ada",), "entry 1", note="tea"),
            Happening("1", day, ("Ada",), "entry 2", note="cake"),
        ]
    )
    arrivals = imports.plan_import(journal, found, "nametag", Deciding())
    assert [one.note for one in arrivals.interactions] == ["tea"]
    assert [(one.place, one.reason) for one in arrivals.unread] == [
        ("entry 2", "another interaction has its id")
    ]
