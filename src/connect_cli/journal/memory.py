"""What to remember: details, promises both ways, questions to ask."""

from collections.abc import Iterator, Sequence
from datetime import date

from connect_cli.errors import NoSuchThing, NotUnderstood, as_typed
from connect_cli.journal.journal import Journal
from connect_cli.language.day_options import read_coming_day
from connect_cli.language.tags import check_text, read_detail
from connect_cli.language.words import begin_in, fold, name_words
from connect_cli.model import Detail, Named, Owed, Promise
from connect_cli.store import memory, people

LEADING = frozenset({"by", "on", "until", "till"})
NO_DAY_AFTER = frozenset({"for", "about", "of", "from", "since", "every", "the", "a"})
SURE_ID = 4
"""Letters from which the beginning of an id goes before words."""

LONGEST_DAY = 5
SHORTEST = 4
"""Letters of a day said in one word: `sun` and `sat` have other meanings."""


def remember(journal: Journal, typed: str, text: str) -> tuple[Named, Detail, str | None]:
    """Store `label: value` about a person; the third value returned is the old value."""
    person = journal.named(typed)
    label, value = read_detail(text)
    old = _detail(journal, person, label)
    with journal.write("remember", f"{person.name}: {label}: {value}") as rows:
        rows.remember(person.id, label, value)
    return person, Detail("", label, value), None if old is None else old.value


def drop(journal: Journal, typed: str, label: str) -> tuple[Named, Detail]:
    """Delete a detail. Raises NoSuchThing if there is none with this label."""
    person = journal.named(typed)
    old = _detail(journal, person, label)
    if old is None:
        raise NoSuchThing(
            f"{person.name} has no detail '{label}'",
            f"to see their details: {as_typed('show', person.name)}",
        )
    with journal.write("remember", f"{person.name}: dropped {old.label}") as rows:
        rows.drop_detail(old.id)
    return person, old


def promise(journal: Journal, typed: str, text: str, owed: Owed, when: str = "") -> Promise:
    """Store a promise of mine or theirs, or a question to ask. when: its day, if any."""
    person = journal.named(typed)
    words = check_text(text)
    due_on = read_coming_day(when, journal.today_is) if when else None
    verb = "ask" if owed is Owed.ASK else "promise"
    with journal.write(verb, f"{person.name}: {words}") as rows:
        promise_id = rows.add_promise(
            person.id, words, owed=owed, made_on=journal.today_is, due_on=due_on
        )
    return Promise(promise_id, person, words, owed, due_on, None, journal.today_is)


def promises(journal: Journal, typed: str | None = None, *, kept: bool = False) -> list[Promise]:
    """Promises and questions of one person or of everyone. kept: also those that are done."""
    person = None if typed is None else journal.named(typed)
    if not kept:
        ids = None if person is None else [person.id]
        return memory.open_promises(journal.connection, ids)
    found = memory.all_promises(journal.connection)
    return [one for one in found if person is None or one.person.id == person.id]


def day_said(journal: Journal, text: str) -> str | None:
    """The day at the end of a promise (`send the book by friday`), as it was typed."""
    words = text.split()
    starts = range(max(1, len(words) - LONGEST_DAY), len(words))
    found = (_day_phrase(words[start:], words[start - 1], journal.today_is) for start in starts)
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
    with journal.write("done", f"done: {listed}") as rows:
        for promise in promises:
            rows.close_promise(promise.id, journal.today_is)


def _detail(journal: Journal, person: Named, label: str) -> Detail | None:
    kept = memory.details(journal.connection, [person.id]).get(person.id, [])
    return next((one for one in kept if fold(one.label) == fold(label.strip())), None)


def _day_phrase(words: Sequence[str], before: str, today: date) -> str | None:
    """These words, if they are a coming day. before: the word in front of them."""
    said = words[1:] if words[0].casefold() in LEADING else words
    bare = said is words and len(words) == 1 and len(words[0]) < SHORTEST
    if bare or not said or before.casefold() in NO_DAY_AFTER:
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
