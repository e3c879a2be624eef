"""What a conversation brings and closes: promises, questions and details."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from connect_cli.journal import memory, relations
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Journal
from connect_cli.language import promised
from connect_cli.language.calendar import plus_days
from connect_cli.language.dates import YearlyDay, read_yearly_day
from connect_cli.language.day_options import LEADING, read_coming_day
from connect_cli.language.introduced import question
from connect_cli.language.promised import Promised
from connect_cli.language.tags import check_text
from connect_cli.model import Detail, Interaction, Named, Occasion, Owed, Promise
from connect_cli.store import memory as store_memory

if TYPE_CHECKING:
    from connect_cli.store.rows import Rows

MOST_HEARD = 3
"""Promises in the words of one conversation that are asked about."""

ASK_AFTER_DAYS = 14
"""So long after an introduction it is worth asking whether the two met."""

Placed = Mapping[str, Sequence[tuple[int, Promise]]]
"""Open loops by the id of their person, each with its place among all."""


class Carried(NamedTuple):
    """What is kept together with an interaction."""

    promises: tuple[Promise, ...] = ()
    details: tuple[Detail, ...] = ()
    days: tuple[Occasion, ...] = ()


class _Loop(NamedTuple):
    owed: Owed
    text: str
    due_on: date | None = None


class Options(NamedTuple):
    """The promises, questions and details of the options, all checked."""

    loops: tuple[_Loop, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    days: tuple[tuple[str, YearlyDay], ...] = ()


def carried(journal: Journal, said: LogOptions) -> Options:
    """What the options say. Raises NotUnderstood, before anything is written."""
    remembered = [memory.label_and_value(journal, text) for text in said.details]
    days = [(label, text) for label, text in remembered if memory.is_yearly(label)]
    details = tuple(one for one in remembered if one not in days)
    mine = [_Loop(Owed.ME, *with_day(check_text(text), journal.today_is)) for text in said.promises]
    asks = [_Loop(Owed.ASK, *with_day(check_text(text), journal.today_is)) for text in said.asks]
    yearly = tuple(read_yearly_day(label, text, journal.today_is) for label, text in days)
    return Options((*mine, *asks), details, yearly)


def would_keep(interaction: Interaction, options: Options) -> Carried:
    """What is kept with an interaction, for everyone named."""
    promises = (
        Promise("", person, loop.text, loop.owed, loop.due_on, None, interaction.day)
        for person in interaction.people
        for loop in options.loops
    )
    details = (Detail("", *detail) for detail in options.details)
    days = (
        Occasion("", person, label, month, day, year)
        for person in interaction.people
        for label, (year, month, day) in options.days
    )
    return Carried(tuple(promises), tuple(details), tuple(days))


def keep(rows: "Rows", logged: Sequence[Interaction], options: Options) -> list[Carried]:
    """Store the promises, questions and details of the options, each once for everyone named."""
    stored: set[tuple[str, Owed, str]] = set()
    found: list[Carried] = []
    for interaction in logged:
        with_it = would_keep(interaction, options)
        new = [one for one in with_it.promises if _key(one) not in stored]
        stored.update(_key(one) for one in new)
        for person in interaction.people:
            for label, value in options.details:
                rows.remember(person.id, label, value)
        for day in with_it.days:
            rows.set_occasion(day)
        found.append(with_it._replace(promises=tuple(_store(rows, one) for one in new)))
    return found


def with_day(text: str, today: date) -> tuple[str, date | None]:
    """A promise without the day at its end, and that day (`send the book by friday`)."""
    said = memory.day_said(text, today)
    if said is None:
        return text, None
    words = text.split()[: -len(said.split())]
    if len(words) > 1 and words[-1].casefold() in {*LEADING, "before"}:
        words.pop()
    return " ".join(words).rstrip(",;–- "), read_coming_day(said, today)


def to_close(journal: Journal, logged: Sequence[Interaction]) -> Placed:
    """What is open with these people and was not shown after another conversation today.

    Nobody is asked after an attempt.
    """
    ids = {person.id for one in logged if not one.tried for person in one.people}
    open_loops = store_memory.open_promises(journal.connection, sorted(ids))
    owed = sorted({loop.person.id for loop in open_loops})
    shown = store_memory.shown_since(journal.connection, owed, _dawn(journal))
    found: dict[str, list[tuple[int, Promise]]] = {}
    for place, loop in enumerate(open_loops):
        if loop.id not in shown:
            found.setdefault(loop.person.id, []).append((place, loop))
    return found


def in_order(loops: Placed, interaction: Interaction) -> tuple[Promise, ...]:
    """Those of the people of an interaction."""
    placed = sorted(one for person in interaction.people for one in loops.get(person.id, ()))
    return () if interaction.tried else tuple(loop for _, loop in placed)


def close(journal: Journal, promises: Sequence[Promise], to: str = "log") -> None:
    """Mark these as done, in the command `to` that logged the conversation."""
    still = {one.id for one in store_memory.open_promises(journal.connection)}
    listed = "; ".join(f"{one.person.name}: {one.text}" for one in promises)
    with journal.write_more("done", f"done: {listed}", to=to, at_keyboard=True) as rows:
        for one in promises:
            if one.id in still:
                rows.close_promise(one.id, journal.today_is)


def heard(interactions: Sequence[Interaction], today: date) -> list[Promise]:
    """Promises that the words of interactions may hold, each once, to be asked about.

    Also the question that follows an introduction. Not stored yet, and only the first few
    promises. today: the day on which the words were written.
    """
    found: dict[tuple[str, Owed, str], Promise] = {}
    for interaction in interactions:
        for promise in _heard(interaction, today):
            found.setdefault(_key(promise), promise)
    return [*list(found.values())[:MOST_HEARD], *_whether_they_met(interactions, today)]


def _whether_they_met(interactions: Sequence[Interaction], today: date) -> list[Promise]:
    """What to ask some time after people were introduced to each other."""
    return [
        Promise("", first, question(first, second), Owed.ASK, on, None, one.day)
        for one in interactions
        for first, second in relations.introduced(one, today)
        if (on := plus_days(one.day, ASK_AFTER_DAYS)) > today
    ]


def _heard(interaction: Interaction, today: date) -> list[Promise]:
    names = [person.name for person in interaction.people]
    text = interaction.entered or interaction.note
    if interaction.note not in text:
        text = f"{text}\n{interaction.note}"
    return [
        Promise("", person, *_owed_on(one, today), None, interaction.day)
        for one in promised.promises(text, names)
        for person in _whose(interaction, one)
    ]


def keep_heard(journal: Journal, promise: Promise, to: str = "log") -> Promise:
    """Store a promise in the command `to` that logged the conversation."""
    words = f"{promise.person.name}: {promise.text}"
    with journal.write_more("promise", words, to=to, at_keyboard=True) as rows:
        return _store(rows, promise)


def _owed_on(one: Promised, today: date) -> tuple[str, Owed, date | None]:
    text, due_on = with_day(one.text, today)
    return text, Owed.THEM if one.theirs else Owed.ME, due_on


def _whose(interaction: Interaction, one: Promised) -> Sequence[Named]:
    """Whom a promise is about: the one it names, else everybody who took part."""
    named = [person for person in interaction.people if person.name in one.names]
    return named[:1] or interaction.people


def _store(rows: "Rows", one: Promise) -> Promise:
    made_on = one.made_on or date.min
    promise_id = rows.add_promise(
        one.person.id, one.text, owed=one.owed, made_on=made_on, due_on=one.due_on
    )
    return one._replace(id=promise_id)


def _key(one: Promise) -> tuple[str, Owed, str]:
    return one.person.id, one.owed, one.text


def _dawn(journal: Journal) -> datetime:
    """The moment at which the logical day began."""
    now, today = journal.context.now, journal.today_is
    hour = journal.settings.day_starts_at
    return now.replace(
        year=today.year,
        month=today.month,
        day=today.day,
        hour=hour,
        minute=0,
        second=0,
        microsecond=0,
    )
