"""Copies of a journal for the tests: made by random commands, exported, met."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from connect_cli.errors import ConnectError
from connect_cli.exchange import export
from connect_cli.journal import undo
from connect_cli.journal.answers import Silent
from connect_cli.journal.journal import Context, Journal
from connect_cli.model import Counts, Direction, Energy, Interaction, Kind, Named, Occasion, Owed
from connect_cli.settings import Settings
from connect_cli.sync import copies

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
FILLED = TEXT.filter(lambda text: bool(text.strip()))
NAME = st.sampled_from(
    ["Ada Lovelace", "Grace Hopper", "José Sá", "Łukasz Nowak", "Ada\u202eL", "李雷"]
)
WORD = st.sampled_from(["work", "family/trips", "été", "a"])
DAY = st.dates(date(1990, 1, 1), TODAY)
CADENCE = st.sampled_from([None, "2w", "never", "FREQ=MONTHLY;BYDAY=1FR"])
PLACE = st.integers(0, 5)
STEP = st.one_of(
    st.tuples(st.just("person"), NAME),
    st.tuples(st.just("rename"), PLACE, NAME),
    st.tuples(st.just("cadence"), PLACE, CADENCE, st.none() | DAY),
    st.tuples(st.just("archive"), PLACE, st.none() | DAY),
    st.tuples(st.just("aliases"), PLACE, st.lists(NAME, max_size=2)),
    st.tuples(st.just("emails"), PLACE, st.lists(FILLED, max_size=2)),
    st.tuples(st.just("detail"), PLACE, st.sampled_from(["Order", "order", "city", ""]), FILLED),
    st.tuples(st.just("details"), PLACE),
    st.tuples(st.just("birthday"), PLACE, st.none() | DAY),
    st.tuples(st.just("tags"), PLACE, st.lists(WORD, max_size=2)),
    st.tuples(st.just("interaction"), st.lists(PLACE, min_size=1, max_size=3), DAY, TEXT, TEXT),
    st.tuples(st.just("amend"), PLACE, st.lists(PLACE, min_size=1, max_size=2), TEXT),
    st.tuples(st.just("delete"), PLACE),
    st.tuples(st.just("promise"), PLACE, FILLED, st.sampled_from(Owed), st.none() | DAY),
    st.tuples(st.just("done"), PLACE, DAY),
    st.tuples(st.just("pause"), st.none() | PLACE, DAY, st.none() | DAY),
    st.tuples(st.just("undo")),
)
STEPS = st.lists(STEP, max_size=10)


@contextmanager
def journal_at(path: Path, minute: int = 0) -> Iterator[Journal]:
    """A journal that is open some minutes after the usual morning."""
    journal = Journal(Context(path, NOW + timedelta(minutes=minute), Settings(), Silent()))
    try:
        yield journal
    finally:
        journal.close()


def play(path: Path, steps: list[Any], first_minute: int = 0) -> None:
    """Do random commands, each a minute after the other."""
    for number, step in enumerate(steps):
        with journal_at(path, first_minute + number) as journal:
            _do(journal, step)


def exported(path: Path) -> str:
    """A journal as a file holds it."""
    with journal_at(path) as journal:
        return "".join(f"{line}\n" for line in export.lines_of_everything(journal))


def meet(path: Path, text: str, minute: int = 600, *, rehearse: bool = False) -> Any:
    """Take a file into a journal."""
    file = path.with_suffix(".jsonl")
    file.write_text(text, encoding="utf-8")
    with journal_at(path, minute) as journal:
        return copies.merge_copy(journal, file, lambda _: None, rehearse=rehearse)


def _do(journal: Journal, step: Any) -> None:
    sort, *values = step
    if sort == "undo":
        with suppress(ConnectError):  # nothing to take back, or something in the way
            undo.undo(journal, undo.undoable(journal))
        return
    connection = journal.connection
    people = [Named(*row) for row in connection.execute("SELECT id, name FROM person ORDER BY id")]
    interactions = [one for (one,) in connection.execute("SELECT id FROM interaction ORDER BY id")]
    promises = [one for (one,) in connection.execute("SELECT id FROM promise ORDER BY id")]
    with journal.write("test", "a random command") as rows:
        if sort == "person":
            rows.add_person(values[0])
        elif sort == "pause":
            who, start, end = values
            person = None if who is None or not people else people[who % len(people)].id
            rows.add_pause(person, start, None if end is None else max(start, end))
        elif sort in ("amend", "delete") and interactions:
            interaction = interactions[values[0] % len(interactions)]
            if sort == "delete":
                rows.delete_interaction(interaction)
            else:
                rows.change_interaction(
                    _interaction(people, values[1], TODAY, values[2], "", interaction)
                )
        elif sort == "done" and promises:
            rows.close_promise(promises[values[0] % len(promises)], values[1])
        elif sort == "interaction" and people:
            rows.add_interaction(_interaction(people, *values))
        elif sort not in ("amend", "delete", "done", "interaction") and people:
            _of_person(rows, people[values[0] % len(people)], sort, values[1:])


def _interaction(
    people: list[Named],
    who: list[int],
    day: date,
    note: str,
    entered: str,
    interaction_id: str = "",
) -> Interaction:
    named = {one.id: one for one in (people[place % len(people)] for place in who)}
    return Interaction(
        id=interaction_id,
        day=day,
        kind=Kind.EVENT if len(note) % 2 else Kind.COFFEE,
        people=tuple(named.values()),
        time="09:30" if note else None,
        minutes=len(note) or None,
        direction=Direction.MINE if note else None,
        energy=Energy.GAVE if entered else None,
        counts=Counts.HALF if len(note) % 2 else Counts.YES,
        tried=False,
        note=note,
        tags=("trip",) if len(who) > 1 else (),
        entered=entered,
    )


def _of_person(rows: Any, person: Named, sort: str, values: list[Any]) -> None:
    if sort == "rename":
        rows.change_person(person.id, name=values[0])
    elif sort == "cadence":
        rows.change_person(person.id, cadence=values[0], first_on=values[1], first_said_on=TODAY)
    elif sort == "archive":
        rows.change_person(person.id, archived_on=values[0])
    elif sort == "aliases":
        rows.set_aliases(person.id, values[0])
    elif sort == "emails":
        rows.set_contact_points(person.id, "email", values[0])
    elif sort == "detail":
        rows.remember(person.id, *values)
    elif sort == "details":
        rows.set_details(person.id, {})
    elif sort == "birthday":
        _birthday(rows, person, values[0])
    elif sort == "tags":
        rows.set_tags(values[0], person_id=person.id)
    else:
        text, owed, due = values
        rows.add_promise(person.id, text, owed=owed, made_on=TODAY, due_on=due)


def _birthday(rows: Any, person: Named, born: date | None) -> None:
    if born is None:
        rows.drop_occasion(person.id, "birthday")
    else:
        rows.set_occasion(Occasion("", person, "birthday", born.month, born.day, born.year))
