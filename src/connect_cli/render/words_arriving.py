"""What an import would take in, in English: one list of lines for pipes, its parts for eyes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from connect_cli.exchange.formats import CALENDAR
from connect_cli.exchange.preview import Arriving, Preview, Question
from connect_cli.exchange.unread import Unread
from connect_cli.exchange.values import Happening
from connect_cli.language.counting import counted
from connect_cli.render.safe import HIDDEN
from connect_cli.render.words import say_when

NOTHING_NEW = "Nothing new: all of it is here already."
NOTHING = "There is nothing to take in."
NO_QUESTIONS = "Nothing to ask."
LONGEST_NOTE = 60
_WORDS = {
    "person": ("person", "people"),
    "interaction": ("entry", "entries"),
    "alias": ("alias", "aliases"),
    "contact_point": ("contact point", "contact points"),
    "card": ("card of an address book", "cards of an address book"),
}


def lines(
    view: Preview, today: date, most: int | None = None, *, discreet: bool = False
) -> Iterator[str]:
    """All of a preview, a line each. most: lines of each sort."""
    if view.questions:
        yield from (say_question(one, today, discreet=discreet) for one in view.questions)
    else:
        yield from say_summary(view)
    for status in ("new", "matched", "unsure"):
        people = told(view, status)
        yield from first([_line(one, discreet=discreet) for one in people], most)
        if status == "unsure" and people and view.decide:
            yield f"{view.decide}."
    if view.by_person:
        yield from (f"{name}: {said}" for name, said in say_by_person(view.entries))
    else:
        yield from first([_entry(one, discreet=discreet) for one in view.entries], most)
    if view.unread:
        yield f"Not read: {len(view.unread)}."
    unread = (say_unread(one, discreet=discreet) for one in view.unread)
    yield from first([f"not read: {said}" for said in unread], most)
    yield from view.remarks


def say_summary(view: Preview) -> Iterator[str]:
    """How much there is of what: a sentence, or one for each way in which rows change."""
    unsure = sum(one.status == "unsure" for one in view.people)
    if view.format == CALENDAR:
        yield NO_QUESTIONS
    elif not (view.writes or unsure):
        yield NOTHING_NEW if view.people or view.known or view.counted else NOTHING
    elif view.counted:
        yield from _say_rows(view)
    else:
        yield f"{', '.join(_say_people(view))}."


def told(view: Preview, status: str) -> list[Arriving]:
    """The people of one sort of whom there is something to say."""
    found = [one for one in view.people if one.status == status]
    return [one for one in found if one.gains] if status == "matched" else found


def say_gains(one: Arriving, *, discreet: bool = False) -> list[tuple[str, str]]:
    """What somebody gets: the field and what it becomes."""
    return [(what, HIDDEN if discreet else value) for what, value in one.gains]


def say_unread(one: Unread, *, discreet: bool = False) -> str:
    """`a.vcf, line 6: TEL is not understood; the card keeps it: ask Jenny`."""
    said = f": {one.said}" if one.said and not discreet else ""
    return f"{one.place}: {one.reason}{said}"


def say_by_person(entries: Sequence[Happening]) -> list[tuple[str, str]]:
    """How much there is of each person, and from when to when."""
    days: dict[str, list[date]] = {}
    for one in entries:
        days.setdefault(one.people[0], []).append(one.day)
    return [
        (name, f"{len(days[name])}, from {min(days[name])} to {max(days[name])}")
        for name in sorted(days)
    ]


def say_question(question: Question, today: date, *, discreet: bool = False) -> str:
    """`Coffee with Ada (Ada Lovelace), yesterday, Sun 22 Nov 10:00, 45 min`."""
    names = ", ".join(person.name for person in question.people)
    summary = HIDDEN if discreet and question.summary else question.summary
    what = f"{summary} ({names})" if summary else names
    time = f" {question.time}" if question.time else ""
    minutes = f", {question.minutes} min" if question.minutes else ""
    return f"{what}, {say_when(question.day, today)}{time}{minutes}"


def say_rest(number: int) -> str:
    """That there are more than were shown."""
    return f"… and {number} more; --dry-run shows all"


def first(shown: Sequence[str], most: int | None) -> Iterator[str]:
    """The first lines of a list, and how many more there are."""
    yield from shown[:most]
    if most is not None and len(shown) > most:
        yield say_rest(len(shown) - most)


def amount(number: int, table: str) -> str:
    """`1 person`, `2 entries`."""
    return counted(number, *_WORDS.get(table, (table,)))


def _say_people(view: Preview) -> Iterator[str]:
    counts = Counter(one.status for one in view.people)
    if counts["new"]:
        yield f"{amount(counts['new'], 'person')} new"
    if counts["matched"]:
        yield f"{amount(counts['matched'], 'person')} matched"
    if counts["unsure"]:
        yield f"{amount(counts['unsure'], 'person')} left out who may be here"
    if view.entries:
        yield f"{amount(len(view.entries), 'interaction')} new"
    if view.known:
        yield f"{amount(view.known, 'interaction')} here already"


def _say_rows(view: Preview) -> Iterator[str]:
    for what, counts in (
        ("New", view.new),
        ("Changed", view.changed),
        ("Taken away", view.taken_away),
    ):
        if counts:
            yield f"{what}: {', '.join(amount(n, table) for table, n in counts.items())}."


def _line(one: Arriving, *, discreet: bool) -> str:
    if one.status == "unsure":
        return f"may be here: {one.name}: {' or '.join(person.name for person in one.maybe)}"
    gains = "; ".join(f"{what} {value}" for what, value in say_gains(one, discreet=discreet))
    by = f" (by {one.by})" if one.by else ""
    return f"{one.status}{by}: {one.name}{f': {gains}' if gains else ''}"


def _entry(one: Happening, *, discreet: bool) -> str:
    note = HIDDEN if discreet and one.note else one.note[:LONGEST_NOTE]
    return f"{one.day} {one.kind}: {', '.join(one.people)}{f': {note}' if note else ''}"
