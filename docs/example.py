"""The worked example of README: four people, two places, and the program's own numbers."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from connect_cli.journal import log, people, planning
from connect_cli.journal import today as journal_today
from connect_cli.journal.answers import Silent
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Context, Journal
from connect_cli.journal.people import Profile
from connect_cli.language.plurals import counted
from connect_cli.render.words import date_words
from connect_cli.settings import Settings
from connect_cli.views import Due

PLACES = 2
BEGAN = datetime(2025, 1, 6, 8, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)
PEOPLE = (
    ("Ada", "1w", "2026-11-14"),
    ("Grace", "1m", "2026-10-18"),
    ("Tom", "1y", "2025-11-01"),
    ("Zoë", "3m", "2026-08-30"),
)


def table() -> str:
    """Where everybody stands, the furthest along first, and who has a place."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        _write(path)
        journal = _opened(path, MORNING)
        try:
            listed = {
                each.due.person.name for each in journal_today.today(journal).plan.suggestions
            }
            dues = [planning.why(journal, name)[0].due for name, _, _ in PEOPLE]
        finally:
            journal.close()
    ranked = sorted(dues, key=lambda due: due.score, reverse=True)
    return "\n".join((*_rows(ranked, listed), "", _told(ranked, listed))) + "\n"


def _write(path: Path) -> None:
    """What is in the journal: everybody was added long ago and met once since."""
    journal = _opened(path, BEGAN)
    for name, every, _ in PEOPLE:
        people.add(journal, Profile(name, every=every))
    journal.close()
    journal = _opened(path, MORNING)
    for name, _, last in PEOPLE:
        log.log(journal, "", LogOptions(people=(name,), on=last))
    journal.close()


def _opened(path: Path, now: datetime) -> Journal:
    return Journal(Context(path, now, Settings(capacity=(PLACES,) * 7), Silent()))


def _rows(dues: list[Due], listed: set[str]) -> Iterator[str]:
    yield "| | cadence | last spoke | due | past due | how far along in two days | today |"
    yield "|---|---|---|---|---|---|---|"
    today = MORNING.date()
    for due in dues:
        past = (due.day - _known(due.due_on)).days
        cells = (
            due.person.name,
            "" if due.person.cadence is None else due.person.cadence.words,
            date_words(_known(due.anchor_on), today),
            date_words(_known(due.due_on), today),
            counted(past, "day") if past >= 0 else f"in {counted(-past, 'day')}",
            f"{due.period_days + past + 2} of {due.period_days} days, {due.score:.2f}",
            "**listed**" if due.person.name in listed else due.state.value,
        )
        yield f"| {' | '.join(cells)} |"


def _told(dues: list[Due], listed: set[str]) -> str:
    first, second = (due.person.name for due in dues if due.person.name in listed)
    latest = min(dues, key=lambda due: _known(due.due_on)).person.name
    return (
        f"{first} and {second} are listed. By days alone {latest} would come first, and the people"
        " you see most often would always wait."
    )


def _known(day: date | None) -> date:
    assert day is not None  # noqa: S101  # everybody here has one
    return day
