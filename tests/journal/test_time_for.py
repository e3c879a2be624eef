"""Whom or what minutes just saved are enough for: by one rule, and always the same."""

from collections.abc import Callable
from datetime import date

from connect_cli.journal import log, memory
from connect_cli.journal import people as people_verbs
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.journal.time_for import time_for
from connect_cli.journal.today import proposed
from connect_cli.model import Named, Owed
from connect_cli.reviews import TimeFor
from connect_cli.store import savings

TODAY = date(2026, 11, 23)
Open = Callable[..., Journal]


def met(journal: Journal, name: str, on: str, minutes: str = "", kind: str = "coffee") -> None:
    """A conversation with somebody."""
    log.log(journal, "", LogOptions(people=(name,), kind=kind, on=on, minutes=minutes))


def two(open_journal: Open) -> Journal:
    """Ada and Bo are on today's list, Ada first."""
    journal = open_journal("2026-09-01T08:00")
    people_verbs.add(journal, Profile("Ada", every="1w"))
    people_verbs.add(journal, Profile("Bo", every="1m"))
    for name in ("Ada", "Bo"):
        met(journal, name, "2026-08-31", "2h")
    journal = open_journal()
    assert [person.name for person in proposed(journal)] == ["Ada", "Bo"]
    return journal


def named(found: TimeFor | None) -> tuple[str, int | None, str] | None:
    """The name, what is usual, and what is open."""
    if found is None:
        return None
    return found.person.name, found.usual, "" if found.loop is None else found.loop.text


def test_the_first_of_the_list_whose_usual_conversation_fits(open_journal: Open) -> None:
    """In the order of the list; the last minute fits too."""
    journal = two(open_journal)
    met(journal, "Bo", "2026-08-30", "45m")
    met(journal, "Bo", "2026-08-29", "30m")
    assert named(time_for(journal, 120)) == ("Ada", 120, "")
    assert named(time_for(journal, 119)) == ("Bo", 45, "")
    assert named(time_for(journal, 45)) == ("Bo", 45, "")
    assert time_for(journal, 44) is None


def test_usual_is_the_median_of_the_newest_and_no_attempt(open_journal: Open) -> None:
    """Twenty of them; what is longer ago says little."""
    journal = two(open_journal)
    ada = journal.named("Ada")
    for number in range(20):
        met(journal, "Ada", f"2026-10-{number + 1:02}", "15m" if number < 12 else "")
    log.log(journal, "", LogOptions(people=("Ada",), on="2026-10-30", minutes="9h", tried=True))
    assert savings.usual_with(journal.connection, ada.id, TODAY) == 15
    for number in range(20):
        met(journal, "Ada", f"2026-11-{number % 5 + 1:02}")
    assert savings.usual_with(journal.connection, ada.id, TODAY) is None


def test_without_a_length_the_kind_of_the_last_conversation_says_what_is_usual(
    open_journal: Open,
) -> None:
    """And where that is not known either, any minutes fit."""
    journal = open_journal("2026-09-01T08:00")
    people_verbs.add(journal, Profile("Ada", every="1w"))
    people_verbs.add(journal, Profile("Cy"))
    met(journal, "Ada", "2026-08-31", kind="letter")
    met(journal, "Ada", "2026-08-30", kind="call")
    journal = open_journal()
    assert named(time_for(journal, 1)) == ("Ada", None, "")
    met(journal, "Cy", "2026-08-31", "25m", kind="call")
    assert named(time_for(journal, 1)) == ("Ada", None, "")
    met(journal, "Cy", "2026-08-31", "35m", kind="letter")
    assert named(time_for(journal, 35)) == ("Ada", 35, "")
    assert time_for(journal, 34) is None


def test_somebody_who_was_never_met_fits_always(open_journal: Open) -> None:
    """Nothing says how long it takes."""
    people_verbs.add(open_journal("2026-09-01T08:00"), Profile("Ada", every="1w"))
    assert named(time_for(open_journal(), 1)) == ("Ada", None, "")


def test_else_it_is_something_open_with_its_day_come_first(open_journal: Open) -> None:
    """Never what somebody promised you; then what has a day to come, then what has none."""
    journal = open_journal("2026-11-02T08:00")
    people_verbs.add(journal, Profile("Ada"))
    memory.promise(journal, "Ada", "their book", Owed.THEM, "2026-11-03")
    assert time_for(open_journal(), 5) is None
    loops = (
        ("news", Owed.TELL, ""),
        ("later", Owed.ME, "2026-12-24"),
        ("how is Boston", Owed.ASK, "2026-11-20"),
    )
    for text, owed, on in loops:
        memory.promise(journal, "Ada", text, owed, on)
        assert named(time_for(open_journal(), 5)) == ("Ada", None, text)


def test_somebody_met_today_is_not_named(open_journal: Open) -> None:
    """They are done."""
    journal = two(open_journal)
    met(journal, "Ada", "today", "1h")
    found = time_for(journal, 500)
    assert found is not None
    assert found.person == Named(journal.named("Bo").id, "Bo")
