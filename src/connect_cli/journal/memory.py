"""What to remember: details, promises both ways, what to ask and to tell."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from connect_cli.errors import NoSuchThing, NotUnderstood, as_typed
from connect_cli.journal.journal import Journal
from connect_cli.journal.persons import Whom, people_of
from connect_cli.language.calendar import MONTHS, yearly_text
from connect_cli.language.dates import YearlyDay, read_birthday, read_yearly_day
from connect_cli.language.day_options import LEADING, read_coming_day
from connect_cli.language.tags import check_text, read_detail
from connect_cli.language.words import begin_in, fold, name_words
from connect_cli.model import YEARLY_LABELS, Detail, Named, Occasion, Owed, Promise
from connect_cli.scheduler.occasions import next_occasions
from connect_cli.store import memory, people
from connect_cli.store.relations import died_on
from connect_cli.store.schema import detail_key
from connect_cli.views import OccasionDay

NO_DAY_AFTER = frozenset({"for", "about", "of", "from", "since", "every", "the", "a"})
SURE_ID = 4
"""Letters from which the beginning of an id goes before words."""

LONGEST_DAY = 5
SHORTEST = 4
"""Letters of a day said in one word: `sun` and `sat` have other meanings."""


class Remembered(NamedTuple):
    """What `remember` did for one person.

    kept: a detail or a yearly day. replaced: the old one, as it was said; None if there was none.
    died: whether they did, so that the day does not come up.
    """

    person: Named
    kept: Detail | OccasionDay
    replaced: str | None
    changed: bool
    died: bool = False


def remember(journal: Journal, whom: Whom, text: str, *, yearly: bool = False) -> list[Remembered]:
    """Keep a detail of these people; a birthday or an anniversary is kept as a yearly day.

    yearly: it is a yearly day whatever its label. Raises NotUnderstood.
    """
    people, (label, value) = people_of(journal, whom), label_and_value(journal, text)
    if yearly or is_yearly(label):
        label, day = read_yearly_day(label, value, journal.today_is)
        found = [_with_day(journal, person, label, day) for person in people]
    else:
        found = [_with_detail(journal, person, Detail("", label, value)) for person in people]
    new = [one for one in found if one.changed]
    if new:
        names = ", ".join(one.person.name for one in new)
        words = f"{names}: {label}: {value}" if label else f"{names}: {value}"
        with journal.write("remember", words, at_keyboard=True) as rows:
            for one in new:
                if isinstance(one.kept, Detail):
                    rows.remember(one.person.id, label, value)
                else:
                    rows.set_occasion(one.kept.occasion)
    return found


def is_yearly(label: str) -> bool:
    """Whether a label always means a yearly day."""
    return fold(label) in YEARLY_LABELS


def label_and_value(journal: Journal, text: str) -> tuple[str, str]:
    """A detail, also `birthday 13 march` without a colon, if a day follows the label."""
    label, value = read_detail(text)
    first, _, rest = value.partition(" ")
    if label or not is_yearly(first):
        return label, value
    with suppress(NotUnderstood):
        read_birthday(rest, journal.today_is)
        return fold(first), rest
    return label, value


def _with_detail(journal: Journal, person: Named, detail: Detail) -> Remembered:
    key = detail_key(detail.label, detail.value)
    kept = memory.details(journal.connection, [person.id]).get(person.id, [])
    old = next((one for one in kept if detail_key(one.label, one.value) == key), None)
    if old is None:
        return Remembered(person, detail, None, changed=True)
    if not detail.label or old == detail._replace(id=old.id):
        return Remembered(person, old, None, changed=False)
    replaced = None if old.value == detail.value else old.value
    return Remembered(person, detail, replaced, changed=True)


def _with_day(journal: Journal, person: Named, label: str, day: YearlyDay) -> Remembered:
    year, month, of_month = day
    kept = memory.occasions(journal.connection, [person.id])
    old = next((one for one in kept if fold(one.label) == fold(label)), None)
    occasion = Occasion("", person, old.label if old else label, month, of_month, year)
    died = died_on(journal.connection, person.id) is not None
    replaced = None
    if old is not None:
        was = (old.year, old.month, old.day)
        if day in (was, (None, *was[1:])):
            return Remembered(person, _near(journal, old), None, changed=False, died=died)
        replaced = yearly_text(*was)
    return Remembered(person, _near(journal, occasion), replaced, changed=True, died=died)


def _near(journal: Journal, occasion: Occasion) -> OccasionDay:
    return next_occasions([occasion], journal.today_is, journal.settings)[0]


def drop(
    journal: Journal, typed: str | Named, words: str, *, discreet: bool = False
) -> tuple[Named, str]:
    """Delete the detail or the yearly day that a label, words or an id mean; returns what it said.

    Raises NoSuchThing if none fits, or if several do, naming them. discreet: without their texts.
    """
    person = journal.named(typed)
    details = memory.details(journal.connection, [person.id]).get(person.id, [])
    days = memory.occasions(journal.connection, [person.id])
    kept: list[Detail | Occasion] = [*details, *days]
    found = _meant(kept, words)
    if not found:
        raise NoSuchThing(
            f"{person.name} has no detail '{words}'",
            f"to see their details: {as_typed('show', person.name)}",
        )
    if len(found) > 1:
        listed = "; ".join(one.id[:6] + ("" if discreet else f" {_said(one)}") for one in found[:5])
        raise NoSuchThing(f"'{words}' fits several: {listed}", "give the id, or more words")
    (old,) = found
    with journal.write("remember", f"{person.name}: dropped {_said(old)}") as rows:
        if isinstance(old, Detail):
            rows.drop_detail(old.id)
        else:
            rows.drop_occasion(person.id, old.label)
    return person, _said(old)


def _meant(kept: Sequence[Detail | Occasion], words: str) -> Sequence[Detail | Occasion]:
    """Those with this label or text; else those with this id; else those with these words."""
    typed, asked = fold(words.strip()), name_words(words)
    exactly = [one for one in kept if typed in (fold(one.label), fold(_said(one)))]
    by_id = [one for one in kept if typed and one.id.startswith(typed)]
    by_words = [one for one in kept if asked and begin_in(asked, name_words(_said(one)))]
    surely = by_id if len(typed) >= SURE_ID else []
    return exactly or surely or by_words or by_id


def _said(one: Detail | Occasion) -> str:
    if isinstance(one, Detail):
        return one.said
    return f"{one.label}: {yearly_text(one.year, one.month, one.day)}"


def promise(journal: Journal, whom: Whom, text: str, owed: Owed, when: str = "") -> list[Promise]:
    """Store a promise of mine or theirs, or something to ask or to tell, for each of these people.

    when: its day, if any.
    """
    people, words = people_of(journal, whom), check_text(text)
    due_on = read_coming_day(when, journal.today_is) if when else None
    verb = owed.value if owed in (Owed.ASK, Owed.TELL) else "promise"
    made_on, names = journal.today_is, ", ".join(person.name for person in people)
    with journal.write(verb, f"{names}: {words}", at_keyboard=True) as rows:
        ids = [
            rows.add_promise(person.id, words, owed=owed, made_on=made_on, due_on=due_on)
            for person in people
        ]
    return [
        Promise(promise_id, person, words, owed, due_on, None, made_on)
        for promise_id, person in zip(ids, people, strict=True)
    ]


def promises(journal: Journal, typed: str | None = None, *, kept: bool = False) -> list[Promise]:
    """Promises and questions of one person or of everyone. kept: also those that are done."""
    person = None if typed is None else journal.named(typed)
    if not kept:
        ids = None if person is None else [person.id]
        return memory.open_promises(journal.connection, ids)
    found = memory.all_promises(journal.connection)
    return [one for one in found if person is None or one.person.id == person.id]


def day_said(text: str, today: date) -> str | None:
    """The day at the end of a promise (`send the book by friday`), as it was typed."""
    words = text.split()
    starts = range(max(1, len(words) - LONGEST_DAY), len(words))
    found = (_day_phrase(words[start:], words[start - 1], today) for start in starts)
    return next(filter(None, found), None)


def open_loop(journal: Journal, words: str, *, discreet: bool) -> Promise:
    """The one open promise or question that an id, or words of it or of the name, mean.

    Raises NoSuchThing if none fits, or if several do, naming them. discreet: without their texts.
    """
    promises = memory.open_promises(journal.connection)
    typed = words.strip().casefold()
    by_id = [one for one in promises if typed and one.id.startswith(typed)]
    surely = by_id if len(typed) >= SURE_ID else []
    found = surely or list(_fitting(journal, promises, words)) or by_id
    if len(found) == 1:
        return found[0]
    if not found:
        raise NoSuchThing(
            f"no open promise or question fits '{words}'", f"see: {as_typed('promises')}"
        )
    listed = "; ".join(_told(one, discreet=discreet) for one in found[:5])
    more = "; …" if len(found) > 5 else ""
    raise NoSuchThing(
        f"'{words}' fits several: {listed}{more}",
        f"give the id, or more words; see: {as_typed('promises')}",
    )


def _fitting(journal: Journal, promises: Sequence[Promise], words: str) -> Iterator[Promise]:
    """Promises and questions whose text and names together contain every word."""
    asked = name_words(words)
    ids = list({one.person.id for one in promises})
    called = people.aliases_of_people(journal.connection, ids)
    for one in promises if asked else ():
        own = " ".join((one.person.name, *called.get(one.person.id, ()), one.text))
        if begin_in(asked, name_words(own)):
            yield one


def done(journal: Journal, promises: Sequence[Promise]) -> None:
    """Mark promises and questions as done."""
    listed = "; ".join(f"{one.person.name}: {one.text}" for one in promises)
    with journal.write("done", f"done: {listed}", at_keyboard=True) as rows:
        for promise in promises:
            rows.close_promise(promise.id, journal.today_is)


def _day_phrase(words: Sequence[str], before: str, today: date) -> str | None:
    """These words, if they are a coming day. before: the word in front of them.

    A month alone is a name, too (`call june`), and `for 2 weeks` says how long.
    """
    first = words[0].casefold()
    said = words[1:] if first in LEADING else words
    alone = said is words and len(words) == 1
    month = first.rstrip(".!,") in MONTHS and before.casefold() != "before"
    unsure = alone and (len(first) < SHORTEST or month)
    leading = [] if said is words else [first]
    if unsure or not said or NO_DAY_AFTER.intersection((before.casefold(), *leading)):
        return None
    phrase = " ".join(said).rstrip(".!")
    try:
        read_coming_day(phrase, today)
    except NotUnderstood:
        return None
    return phrase


def _told(promise: Promise, *, discreet: bool) -> str:
    """The id, the person and the first words, to tell it from others."""
    words = promise.text.split()
    text = "" if discreet else f" ({' '.join(words[:5])}{' …' if len(words) > 5 else ''})"
    return f"{promise.id[:6]} {promise.person.name}{text}"
