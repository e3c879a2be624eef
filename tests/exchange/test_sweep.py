"""What is asked about a day, and what becomes of an answer."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from connect_cli.errors import ConnectError
from connect_cli.exchange import sweep
from connect_cli.exchange.normalise import LARGEST_FILE
from connect_cli.journal import cadence, history, log, undo
from connect_cli.journal import card as journal_card
from connect_cli.journal import people as people_verbs
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.model import Counts, Kind
from connect_cli.reports import Question, Unread
from connect_cli.settings import Settings

pytest.importorskip("icalendar", reason="the extra `calendar` is not installed")

TODAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 20)
EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:test
BEGIN:VEVENT
UID:1
DTSTART:20261120T100000Z
DURATION:PT45M
SUMMARY:{}
ATTENDEE:mailto:ada@example.org
END:VEVENT
END:VCALENDAR
"""
Ask = Callable[[str], list[Question]]


@pytest.fixture
def journal(open_journal: Callable[..., Journal], tmp_path: Path) -> Journal:
    """A journal with two people, whose settings name a calendar."""
    file = str(tmp_path / "calendar.ics")
    journal = open_journal(settings=Settings(calendar_file=file))
    people_verbs.add(journal, Profile("Ada Lovelace", emails=("ada@example.org",)))
    people_verbs.add(journal, Profile("Grace Hopper"))
    return journal


@pytest.fixture
def ask(journal: Journal) -> Ask:
    """What is asked about a Friday on which there was a meeting of this name with Ada."""

    def asked(summary: str) -> list[Question]:
        file = Path(journal.settings.calendar_file)
        file.write_text(EVENT.format(summary), encoding="utf-8")
        return sweep.questions_about(journal, FRIDAY, [journal.named("Grace Hopper")], surprised)

    return asked


def surprised(error: ConnectError) -> None:
    """Nothing is wrong with the calendar of a test."""
    raise error


def told(questions: list[Question]) -> list[tuple[str, str]]:
    """Whom they are about, and where they come from."""
    return [(one.people[0].name, one.because) for one in questions]


def test_an_answer_becomes_an_interaction_as_the_calendar_has_it(
    journal: Journal, ask: Ask
) -> None:
    """With its day, time, minutes and words; of what kind it was is what was answered."""
    meeting, _ = ask("Lunch and plans")
    sweep.answer(journal, meeting, Kind.EVENT)
    (interaction,) = history.history(journal)
    assert [person.name for person in interaction.people] == ["Ada Lovelace"]
    assert (interaction.day, interaction.time, interaction.minutes) == (FRIDAY, "10:00", 45)
    assert (interaction.kind, interaction.counts) == (Kind.EVENT, Counts.HALF)
    assert interaction.note == "Lunch and plans"
    assert journal_card.card(journal, "Ada Lovelace").due.person.last_half_on == FRIDAY


def test_an_answer_keeps_who_was_offered(journal: Journal, ask: Ask) -> None:
    """Somebody is at the keyboard: whoever stands on today's list was offered."""
    cadence.every(journal, "grace", "1w")
    meeting, _ = ask("Lunch")
    sweep.answer(journal, meeting, Kind.MEAL)
    (offered,) = journal.connection.execute("SELECT day, dormant FROM offered").fetchall()
    assert offered == (str(journal.today_is), 0)


def test_what_was_answered_is_not_asked_again(journal: Journal, ask: Ask) -> None:
    """Neither of the calendar, however it is changed, nor of whom the list proposed."""
    meeting, proposed = ask("Lunch")
    assert told([meeting, proposed]) == [("Ada Lovelace", "calendar"), ("Grace Hopper", "today")]
    sweep.answer(journal, proposed, Kind.CALL)
    assert told(ask("Lunch")) == [("Ada Lovelace", "calendar")]
    sweep.answer(journal, meeting, Kind.MEAL)
    assert ask("Lunch") == []
    log.amend(journal, log.interaction(journal, meeting.id), LogOptions(on="2026-11-19"))
    assert ask("Lunch moved") == []
    undo.undo(journal, undo.undoable(journal, "2"))
    assert told(ask("Lunch")) == [("Ada Lovelace", "calendar"), ("Grace Hopper", "today")]


@pytest.mark.parametrize(
    ("summary", "people", "kind"),
    [
        ("Coffee with Grace", ["Ada Lovelace", "Grace Hopper"], Kind.COFFEE),
        ("Jour fix", ["Ada Lovelace"], Kind.MEETING),
        ("Coffee tomorrow", ["Ada Lovelace"], Kind.COFFEE),
        ("Grace on 31 feb", ["Ada Lovelace"], Kind.MEETING),
    ],
    ids=["understood", "no kind", "a day to come", "no day"],
)
def test_a_summary_adds_what_it_says_and_never_hides_a_meeting(
    ask: Ask, summary: str, people: list[str], kind: Kind
) -> None:
    """It is no log line: a day in it that cannot be hides neither it nor who was invited."""
    meeting = ask(summary)[0]
    assert [person.name for person in meeting.people] == people
    assert (meeting.kind, meeting.day, meeting.summary) == (kind, FRIDAY, summary)


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ("SUMMARY:Lunch", []),
        ("SUMMARY:Lunch with Ada", []),
        ("SUMMARY:Lunch with Grace", ["Grace Hopper"]),
        ("SUMMARY:Lunch with Ada\nATTENDEE;CN=Grace Hopper:mailto:g@x.org", ["Grace Hopper"]),
        ("SUMMARY:Lunch\nATTENDEE;CN=Ada Lovelace:mailto:other@example.org", ["Ada Lovelace"]),
    ],
    ids=["alone", "named", "another named", "another invited", "by another address"],
)
def test_who_declined_took_no_part(
    journal: Journal, tmp_path: Path, lines: str, people: list[str]
) -> None:
    """Also if the title names them; without anybody else there is no question."""
    declined = "ATTENDEE;CN=Ada;PARTSTAT=DECLINED:mailto:ada@example.org"
    text = EVENT.replace("ATTENDEE:mailto:ada@example.org", declined)
    file = tmp_path / "calendar.ics"
    file.write_text(text.replace("SUMMARY:{}", lines), encoding="utf-8")
    questions, unread, *_ = sweep.calendar_questions(journal, [file], FRIDAY, TODAY)
    assert [person.name for one in questions for person in one.people] == people
    assert unread == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("ATTENDEE:mailto:z@example.org", "not asked about: 1 meeting with nobody who is here"),
        ("STATUS:CANCELLED", "not asked about: 1 meeting cancelled, declined or yearly"),
        ("DTSTART:19990101T100000Z", "no meeting took place in the last 30 days"),
    ],
)
def test_why_nobody_is_asked_is_counted(
    journal: Journal, tmp_path: Path, change: str, said: str
) -> None:
    """Silence would leave open whether the file was read."""
    file = tmp_path / "calendar.ics"
    name = change.partition(":")[0]
    lines = [line for line in EVENT.format("Lunch").splitlines() if not line.startswith(name)]
    lines.insert(lines.index("BEGIN:VEVENT") + 1, change)
    file.write_text("\n".join(lines), encoding="utf-8")
    asked = sweep.calendar_questions(journal, [file], FRIDAY, TODAY)
    assert (asked.questions, asked.unread) == ([], [])
    assert [*asked.passed_over(30)] == [said]


def test_a_file_without_a_meeting_is_told_beside_the_others(
    journal: Journal, tmp_path: Path
) -> None:
    """With what it holds; alone it is an error."""
    good, diary = tmp_path / "calendar.ics", tmp_path / "diary.ics"
    good.write_text(EVENT.format("Lunch"), encoding="utf-8")
    diary.write_text(EVENT.format("").replace("VEVENT", "VJOURNAL"), encoding="utf-8")
    reason = "it holds no meeting: 1 journal entry (VJOURNAL)"
    asked = sweep.calendar_questions(journal, [good, diary], FRIDAY, TODAY)
    assert (len(asked.questions), asked.unread) == (1, [Unread("diary.ics", reason)])
    with pytest.raises(ConnectError) as error:
        sweep.calendar_questions(journal, [diary], FRIDAY, TODAY)
    assert error.value.message == f"diary.ics: {reason}"


def test_a_guess_at_a_zone_is_told_with_its_question(journal: Journal, tmp_path: Path) -> None:
    """And only then: without a question no hour is shown."""
    file = tmp_path / "calendar.ics"
    zoned = EVENT.replace(
        "DTSTART:20261120T100000Z", "DTSTART;TZID=(UTC+05:00) Foo:20261120T150000"
    )
    file.write_text(zoned.format("Lunch"), encoding="utf-8")
    (remark,) = sweep.calendar_questions(journal, [file], FRIDAY, TODAY).remarks
    assert "'(UTC+05:00) Foo'" in remark
    file.write_text(zoned.format("Lunch").replace("ada@", "nobody@"), encoding="utf-8")
    assert sweep.calendar_questions(journal, [file], FRIDAY, TODAY).remarks == []


def test_an_event_that_cannot_be_read_is_told_in_the_evening(ask: Ask, journal: Journal) -> None:
    """Once for all of them, and with the command that shows which."""
    told: list[ConnectError] = []
    file = Path(journal.settings.calendar_file)
    broken = "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR"
    file.write_text(EVENT.format("Lunch").replace("END:VCALENDAR", broken), encoding="utf-8")
    questions = sweep.questions_about(journal, FRIDAY, [], told.append)
    assert len(questions) == 1
    (error,) = told
    assert error.message == "1 part of the calendar cannot be read"
    assert (error.hint or "").endswith("calendar.ics --dry-run")


def test_a_calendar_that_is_too_large_is_refused(journal: Journal, tmp_path: Path) -> None:
    """Half a calendar would be half the questions."""
    file = tmp_path / "huge.ics"
    with file.open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    with pytest.raises(ConnectError, match=r"huge\.ics: it is larger than"):
        sweep.calendar_questions(journal, [file], FRIDAY, TODAY)


def test_a_calendar_that_cannot_be_read_leaves_the_other_questions(journal: Journal) -> None:
    """It is told, once, and the evening goes on."""
    troubles: list[ConnectError] = []
    asked = sweep.questions_about(journal, FRIDAY, [journal.named("Grace Hopper")], troubles.append)
    assert told(asked) == [("Grace Hopper", "today")]
    (trouble,) = troubles
    assert "calendar.ics" in trouble.message
