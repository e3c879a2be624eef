"""Questions about interactions that may be missing; only an answer is logged."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from connect_cli.errors import ConnectError, NotUnderstood
from connect_cli.exchange import ical
from connect_cli.exchange.ical import Meeting, Span
from connect_cli.exchange.matching import KnownPeople, known_people
from connect_cli.exchange.sources import TOO_LARGE, whole
from connect_cli.journal.journal import Journal
from connect_cli.language.calendar import plus_days
from connect_cli.language.contact import email_keys
from connect_cli.language.logline import read_line
from connect_cli.language.words import fold
from connect_cli.model import Interaction, Kind, Named, usual_counts
from connect_cli.reports import Because, Question, Unread
from connect_cli.store.read_values import named, reading
from connect_cli.store.schema import stable_id

SOURCE = "ics"
HABIT_WEEKS, HABIT_TIMES = 8, 3


def calendar_questions(
    journal: Journal, files: Sequence[Path], first: date, last: date
) -> tuple[list[Question], list[Unread]]:
    """Questions about meetings of these days with known people that are not logged yet."""
    now = f"{journal.context.now.astimezone():%Y-%m-%d %H:%M}"
    span = Span(first, last, None, email_keys(journal.settings.own_addresses))
    known = known_people(journal.connection)
    questions: list[Question] = []
    unread: list[Unread] = []
    for file in files:
        if (content := whole(file)) is None:
            raise ConnectError(f"cannot read {file}: {TOO_LARGE}")
        found, left = ical.read(content, span)
        unread += [Unread(f"{file.name}, {one.place}", one.reason) for one in left]
        begun = (one for one in found if f"{one.day} {one.time or ''}" <= now)
        questions += [asked for one in begun if (asked := _question(journal, one, known))]
    return questions, unread


def questions_about(
    journal: Journal,
    day: date,
    proposed: Iterable[Named],
    trouble: Callable[[ConnectError], object],
) -> list[Question]:
    """All questions about a day: meetings, people proposed, people usually met on this weekday.

    trouble: called if the calendar cannot be read; the other questions are asked all the same.
    """
    asked: list[Question] = []
    try:
        if file := journal.settings.calendar_file:
            asked, _ = calendar_questions(journal, [Path(file).expanduser()], day, day)
    except ConnectError as error:
        trouble(error)
    seen = {person.id for one in asked for person in one.people} | _met_on(journal, day)
    sources: tuple[tuple[Because, Iterable[Named]], ...] = (
        ("today", proposed),
        ("weekday", _usual_on(journal, day)),
    )
    for because, people in sources:
        for person in people:
            if person.id not in seen:
                seen.add(person.id)
                row_id = stable_id("sweep", day.isoformat(), person.id)
                asked.append(Question(row_id, day, (person,), because))
    return asked


def answer(journal: Journal, question: Question, kind: Kind) -> None:
    """Log the interaction that a question was about."""
    happened = Interaction(
        id=question.id,
        day=question.day,
        kind=kind,
        people=question.people,
        time=question.time,
        minutes=question.minutes,
        counts=usual_counts(kind, tried=False),
        note=question.summary,
    )
    names = ", ".join(person.name for person in question.people)
    with journal.write("sweep", f"logged {names}, {question.day}") as rows:
        rows.add_interaction(happened)


def _question(journal: Journal, meeting: Meeting, known: KnownPeople) -> Question | None:
    """The question about a meeting; None if nobody is known or it is logged already."""
    people, kind = _people_met(journal, meeting, known)
    row_id = stable_id(SOURCE, meeting.key)
    if not people or _is_logged(journal, row_id, meeting.day, people):
        return None
    return Question(
        row_id,
        meeting.day,
        people,
        "calendar",
        kind,
        meeting.time,
        meeting.minutes,
        meeting.summary,
    )


def _people_met(
    journal: Journal, meeting: Meeting, known: KnownPeople
) -> tuple[tuple[Named, ...], Kind]:
    """Who took part: by address, by invited name, or by the summary; and the kind."""
    found = [
        known.emails.get(email) or known.names.get(fold(name)) for email, name in meeting.invited
    ]
    kind = Kind.MEETING
    try:
        reading = read_line(meeting.summary.replace(":", " "), journal.today_is, journal.names())
    except NotUnderstood:
        pass
    else:
        found += [mention.found for mention in reading.mentions]
        kind = reading.kind if reading.kind_said else kind
    return tuple({one.id: one for one in found if one is not None}.values()), kind


def _is_logged(journal: Journal, row_id: str, day: date, people: Sequence[Named]) -> bool:
    known = journal.connection.execute("SELECT 1 FROM interaction WHERE id = ?", (row_id,))
    if known.fetchone() is not None:
        return True
    met = _met_on(journal, day)
    return all(person.id in met for person in people)


def _met_on(journal: Journal, day: date) -> set[str]:
    rows = journal.connection.execute(_MET_ON, (day.isoformat(),))
    return {person_id for (person_id,) in rows}


def _usual_on(journal: Journal, day: date) -> Iterator[Named]:
    """People met on this weekday in several of the last weeks."""
    days = [plus_days(day, -7 * back).isoformat() for back in range(1, HABIT_WEEKS + 1)]
    marks = ", ".join("?" * len(days))
    rows = journal.connection.execute(_USUAL.format(days=marks), (*days, HABIT_TIMES))
    with reading("person"):
        yield from (named(*row) for row in rows)


_MET_ON = """SELECT t.person_id FROM interaction i JOIN participant t ON t.interaction_id = i.id
  WHERE i.day = ?"""
_USUAL = """SELECT p.id, p.name FROM interaction i JOIN participant t ON t.interaction_id = i.id
  JOIN person p ON p.id = t.person_id
  WHERE i.day IN ({days}) AND p.archived_on IS NULL
  GROUP BY p.id HAVING count(DISTINCT i.day) >= ? ORDER BY p.name, p.id"""
