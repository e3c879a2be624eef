"""Whom a meeting is about, and which meetings are nobody's question."""

import pytest

from tests.exchange.meetings import calendar, event, read

pytest.importorskip("icalendar", reason="the extra `calendar` is not installed")

START = "DTSTART:20260310T100000Z"
ADA = "ATTENDEE;CN=Ada Lovelace:mailto:ada@example.org"
ADA_DECLINED = "ATTENDEE;CN=Ada Lovelace;PARTSTAT=DECLINED:mailto:Ada@example.org"
GRACE = "ATTENDEE;CN=Grace Hopper;PARTSTAT=ACCEPTED:mailto:grace@example.org"


def summaries(*lines: str) -> list[str]:
    """The titles of the meetings of an event with these lines."""
    found, unread = read(calendar(event("UID:1", *lines)), "2026-03-01", "2026-03-31")
    assert unread == []
    return [one.summary for one in found]


@pytest.mark.parametrize("free", ["TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"])
@pytest.mark.parametrize(
    "title",
    [
        *("Canceled: Lunch", "Cancelled: Lunch", "CANCELLED - Lunch", "[Canceled] Lunch"),
        *("Abgesagt: Mittagessen", "Annulé : Déjeuner", "Annulée: Réunion", "Cancelado: Almuerzo"),
        *("Annullato: Pranzo", "Geannuleerd: Lunch", "Aflyst: Frokost", "Avlyst: Lunsj"),
        *("Inställt: Lunch", "Peruutettu: Lounas", "Odwołane: Obiad", "Zrušeno: Oběd"),
        *("Отменено: Обед", "已取消: 午餐", "キャンセル済み: 昼食", "취소됨: 점심"),
        *("Lunch (cancelled)", "Lunch - canceled", "Cancelled"),
    ],
)
def test_a_title_that_says_cancelled_is_believed_if_the_time_is_free(title: str, free: str) -> None:
    """In the language of whoever cancelled it; a time that is taken was spent somehow."""
    assert summaries(START, f"SUMMARY:{title}", free) == []
    assert summaries(START, f"SUMMARY:{title}", "TRANSP:OPAQUE") == [title]


@pytest.mark.parametrize(
    "title", ["Talk about cancelled flights", "Cancelled flights: what to do", "Lunch"]
)
def test_a_free_time_alone_cancels_nothing(title: str) -> None:
    """Nor does the word in a sentence."""
    assert summaries(START, f"SUMMARY:{title}", "TRANSP:TRANSPARENT") == [title]


@pytest.mark.parametrize("status", ["CANCELLED", "cancelled"])
def test_a_cancelled_meeting_is_not_asked_about(status: str) -> None:
    """By its status."""
    assert summaries(START, f"STATUS:{status}", "SUMMARY:Lunch") == []


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        (("DTSTART;VALUE=DATE:20200310", "RRULE:FREQ=YEARLY"), False),
        (("DTSTART;VALUE=DATE:20200310", "RRULE:FREQ=MONTHLY;INTERVAL=12"), False),
        (("DTSTART:20200310T000000", "DTEND:20200311T000000", "RRULE:FREQ=YEARLY"), False),
        (("DTSTART;VALUE=DATE:20200310", "RRULE:FREQ=MONTHLY"), True),
        (("DTSTART;VALUE=DATE:20260310",), True),
        (("DTSTART:20200310T190000", "RRULE:FREQ=YEARLY"), True),
    ],
    ids=["birthday", "by months", "with times", "monthly", "once", "a yearly dinner"],
)
def test_a_whole_day_of_every_year_is_not_asked_about(lines: tuple[str, ...], asked: bool) -> None:
    """It is a birthday or a holiday; a dinner every year is a meeting."""
    assert summaries(*lines, "SUMMARY:Ada") == ["Ada"] * asked


def test_who_declined_is_not_among_the_invited() -> None:
    """Whatever else says that they were: they took no part."""
    lines = (START, ADA, ADA_DECLINED, GRACE, "ORGANIZER:mailto:ada@example.org")
    found, _ = read(calendar(event("UID:1", *lines)), "2026-03-01", "2026-03-31")
    assert found[0].invited == (("grace@example.org", "Grace Hopper"),)
    assert found[0].declined == (("ada@example.org", "Ada Lovelace"),)


def test_what_the_owner_declined_is_not_asked_about() -> None:
    """By any of their addresses."""
    assert summaries(START, ADA, "ATTENDEE;PARTSTAT=declined:MAILTO:Me@example.org") == []


def test_people_without_an_address_are_told_apart_by_their_names() -> None:
    """Some programs write the same text for everybody without one."""
    names = [f"ATTENDEE;CN={name}:invalid:nomail" for name in ("Ada", "Grace")]
    found, _ = read(calendar(event("UID:1", START, *names)), "2026-03-01", "2026-03-31")
    assert [name for _, name in found[0].invited] == ["Ada", "Grace"]
