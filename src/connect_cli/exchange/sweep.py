"""Questions about interactions that may be missing; only an answer is logged."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from connect_cli.errors import ConnectError, NotThisFormat, NotUnderstood, as_typed
from connect_cli.exchange import ical
from connect_cli.exchange.ical import Meeting, Span
from connect_cli.exchange.matching import KnownPeople, known_people
from connect_cli.exchange.sources import TOO_LARGE, whole
from connect_cli.journal.crowds import spread_met
from connect_cli.journal.journal import Journal
from connect_cli.language.calendar import plus_days
from connect_cli.language.contact import email_keys
from connect_cli.language.logline import read_line
from connect_cli.language.plurals import counted
from connect_cli.language.tags import find_tags
from connect_cli.language.words import fold
from connect_cli.library_errors import in_our_words
from connect_cli.model import Interaction, Kind, Named, usual_counts
from connect_cli.reports import Because, FirstDay, Question, Unread
from connect_cli.store.read_values import named, reading
from connect_cli.store.schema import stable_id

SOURCE = "ics"
NOBODY, LOGGED = "with nobody who is here", "logged already"
OFF = "cancelled, declined or yearly"
HABIT_WEEKS, HABIT_TIMES = 8, 3


class Asked(NamedTuple):
    """What a calendar gives: questions, what could not be read, and remarks about the questions.

    passed: how many meetings nobody is asked about, by the reason.
    """

    questions: list[Question]
    unread: list[Unread]
    remarks: list[str]
    passed: Counter[str]

    def passed_over(self, days: int) -> Iterator[str]:
        """A remark about the meetings of the last days that nobody is asked about, or on none."""
        said = [f"{counted(number, 'meeting')} {why}" for why, number in self.passed.items()]
        if said:
            yield f"not asked about: {', '.join(said)}"
        elif not (self.questions or self.unread):
            yield f"no meeting took place in the last {days} days"


def calendar_questions(journal: Journal, files: Sequence[Path], first: date, last: date) -> Asked:
    """Questions about meetings of these days with known people that are not logged yet.

    A file that cannot be read is listed with the others; if it is the only one, ConnectError is
    raised.
    """
    now = f"{journal.context.now.astimezone():%Y-%m-%d %H:%M}"
    span = Span(first, last, None, email_keys(journal.settings.own_addresses))
    known = known_people(journal.connection)
    asked = Asked([], [], [], Counter())
    for file in files:
        try:
            found, unread, off = _meetings(file, span)
        except NotThisFormat as error:
            if len(files) == 1:
                raise NotThisFormat(f"{file.name}: {error.message}") from error
            asked.unread.append(Unread(file.name, error.message))
            continue
        asked.unread.extend(one._replace(place=f"{file.name}, {one.place}") for one in unread)
        asked.passed.update({OFF: off} if off else {})
        about: list[Meeting] = []
        for one in (one for one in found if f"{one.day} {one.time or ''}" <= now):
            question = _question(journal, one, known)
            if isinstance(question, str):
                asked.passed[question] += 1
            else:
                asked.questions.append(question)
                about.append(one)
        asked.remarks.extend(_guesses(about))
    return asked


def _meetings(file: Path, span: Span) -> tuple[list[Meeting], list[Unread], int]:
    """The meetings of a file, what cannot be read, and how many are off.

    Raises ConnectError if it is too large, NotThisFormat if it holds none.
    """
    if (content := whole(file)) is None:
        raise ConnectError(f"cannot read {file}: {TOO_LARGE}")
    with in_our_words("it cannot be read as a calendar"):
        off: Counter[date] = Counter()
        return *ical.read(content, span, off), off.total()


def _guesses(meetings: Iterable[Meeting]) -> Iterator[str]:
    """A remark about each time zone that is known by its offset alone."""
    zones = Counter(one.guessed for one in meetings if one.guessed)
    for zone, number in zones.items():
        yield (
            f"the time zone '{zone}' is known by its offset alone: in summer time the hour of"
            f" {counted(number, 'meeting')} may be wrong"
        )


def questions_about(
    journal: Journal,
    day: date,
    proposed: Iterable[Named],
    trouble: Callable[[ConnectError], object],
) -> list[Question]:
    """All questions about a day: meetings, people proposed, people usually met on this weekday.

    trouble: called if the calendar or a part of it cannot be read; the other questions are asked
    all the same.
    """
    asked: list[Question] = []
    try:
        if file := journal.settings.calendar_file:
            asked, unread, remarks, _ = calendar_questions(
                journal, [Path(file).expanduser()], day, day
            )
            for error in (*_not_read(unread, file), *map(ConnectError, remarks)):
                trouble(error)
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


def _not_read(unread: Sequence[Unread], file: str) -> Iterator[ConnectError]:
    """That some meetings cannot be read, and how to see which."""
    if unread:
        yield ConnectError(
            f"{counted(len(unread), 'part')} of the calendar cannot be read",
            f"see which: {as_typed('import', file, options=('--dry-run',))}",
        )


def answer(
    journal: Journal, question: Question, kind: Kind, note: str = ""
) -> tuple[Interaction, list[FirstDay]]:
    """Log the interaction that a question was about: all answers of one run are one command.

    note: added to the words of the calendar. Returns it, and whoever of many comes due later.
    """
    happened = Interaction(
        id=question.id,
        day=question.day,
        kind=kind,
        people=question.people,
        time=question.time,
        minutes=question.minutes,
        counts=usual_counts(kind, tried=False),
        tags=find_tags(note),
        note=": ".join(filter(None, (question.summary, note))),
    )
    names = ", ".join(person.name for person in question.people)
    words = f"logged {names}, {question.day}"
    more = journal.write_more("sweep", words, to="sweep", also=f"; {words}", at_keyboard=True)
    with more as rows:
        rows.add_interaction(happened)
        moved = spread_met(journal, rows, happened)
    return happened, moved


def _question(journal: Journal, meeting: Meeting, known: KnownPeople) -> Question | str:
    """The question about a meeting, or why nobody is asked about it."""
    people, kind = _people_met(journal, meeting, known)
    row_id = stable_id(SOURCE, meeting.key)
    if not people:
        return NOBODY
    if _is_logged(journal, row_id, meeting.day, people):
        return LOGGED
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
    """Who took part: by address, by invited name, or by the summary; and the kind.

    Whoever declined took no part, also if the summary names them.
    """
    found = _known(meeting.invited, known)
    absent = {one.id for one in _known(meeting.declined, known)} - {one.id for one in found}
    kind = Kind.MEETING
    try:
        reading = read_line(meeting.summary.replace(":", " "), journal.today_is, journal.names())
    except NotUnderstood:
        pass
    else:
        found += [one.found for one in reading.mentions if one.found is not None]
        kind = reading.kind if reading.kind_said else kind
    return tuple({one.id: one for one in found if one.id not in absent}.values()), kind


def _known(people: Iterable[tuple[str, str]], known: KnownPeople) -> list[Named]:
    """Those who are in the journal, by address or by name."""
    found = [known.emails.get(email) or known.names.get(fold(name)) for email, name in people]
    return [one for one in found if one is not None]


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
  GROUP BY p.id HAVING count(DISTINCT i.day) >= ? ORDER BY p.folded, p.id"""
