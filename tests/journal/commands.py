"""Real commands in any order, for properties about the record."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from hypothesis import strategies as st

from connect_cli.errors import ConnectError
from connect_cli.exchange import export, imports
from connect_cli.exchange.import_values import ImportPlan
from connect_cli.exchange.values import Contact, Found
from connect_cli.journal import (
    archive,
    away,
    balance,
    cadence,
    death,
    history,
    log,
    memory,
    merge,
    planning,
    relations,
    selection,
    tagging,
)
from connect_cli.journal import people as people_verbs
from connect_cli.journal.answers import Silent
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Context, Journal
from connect_cli.journal.people import Profile
from connect_cli.model import Owed
from connect_cli.reports import Happening
from connect_cli.settings import Settings
from connect_cli.store import schema
from connect_cli.sync import copies
from connect_cli.sync.inbox import New, Run
from connect_cli.sync.inbox_files import InboxLine
from tests.conftest import MORNING
from tests.exchange.cards import carded

PEOPLE = ("Ada Lovelace", "Bo Chen", "Łucja Ål", "Dee")
DAYS = ("today", "yesterday", "3 weeks ago", "2026-01-05")
EVERY = ("1d", "never", "first friday", "2d")
INDEXES = ("interaction_words", "detail_words", "promise_words")
Verb = Callable[[Journal, int, int], object]


def changes_nothing(arrivals: ImportPlan) -> bool:
    """Whether an import has nothing to write."""
    return not any(arrivals.rows.values()) and not arrivals.cards


def opened(path: Path) -> Journal:
    """The journal at this path, on the usual morning; one a day is soon too much, so that a plan
    has something to offer.
    """
    now = datetime.fromisoformat(MORNING).astimezone()
    return Journal(Context(path, now, Settings(capacity=(1,) * 7), Silent()))


def _log(journal: Journal, who: int, how: int) -> object:
    several = " and ".join(dict.fromkeys((PEOPLE[who], PEOPLE[how % len(PEOPLE)])))
    said = LogOptions(
        new=True,
        on=DAYS[how % len(DAYS)],
        counts=("yes", "half", "no")[how % 3],
        promises=("tea",) if how % 2 else (),
        asks=("how it went",) if how % 3 else (),
        details=(f"drink: tea {how}",) if how % 5 == 0 else (),
    )
    return log.log(journal, f"Coffee with {several}: note {how} #work", said)


def _log_many(journal: Journal, who: int, how: int) -> object:
    lines = [f"call with {PEOPLE[who]}: {word}" for word in ("one", "two")]
    return log.log_lines(journal, lines, LogOptions(new=True, on=DAYS[how % len(DAYS)]))


def _amend(journal: Journal, who: int, how: int) -> object:
    interactions = history.history(journal)
    people = (PEOPLE[how % len(PEOPLE)],) if how % 2 else ()
    said = LogOptions(
        people=people, new=True, note=f"amended {how}", on=DAYS[who], tags=("x",) if how % 3 else ()
    )
    return log.amend(journal, interactions[how % len(interactions)], said) if interactions else None


def _delete(journal: Journal, _who: int, how: int) -> object:
    interactions = history.history(journal)
    if interactions:
        log.delete(journal, interactions[how % len(interactions)])
    return interactions


def _edit(journal: Journal, who: int, how: int) -> object:
    person = journal.named(PEOPLE[who])
    old = people_verbs.profile(journal, person)
    return people_verbs.edit(
        journal,
        person,
        Profile(
            old.name,
            aliases=(f"Alias {who} {how}",) if how % 2 else (),
            circle=("", "inner", "wide")[how % 3],
            every=("", *EVERY)[how % 5],
            birthday=("", "12-10", "1815-12-10")[how % 3],
            emails=(f"a{how}@example.org",) if how % 2 else (),
            tags=("choir",) if how % 4 else (),
            details=("drink: milk", "cat: Ada") if how % 3 else (),
        ),
    )


def _done(journal: Journal, _who: int, how: int) -> object:
    loops = memory.promises(journal)[: how % 3]
    if loops:
        memory.done(journal, loops)
    return loops


def _merge(journal: Journal, who: int, how: int) -> object:
    first, second = PEOPLE[who], PEOPLE[how % len(PEOPLE)]
    return merge.merge(journal, first, second, Silent(), (first, second)[how % 2])


def _relate(journal: Journal, who: int, how: int) -> object:
    """Relate two, or part them."""
    two = PEOPLE[who], PEOPLE[how % len(PEOPLE)]
    word = ("sister", "child", "friend", "met through")[how % 4]
    if how % 5 == 0:
        return relations.drop(journal, *two)
    return relations.relate(journal, *two, word)


def _keep_apart(journal: Journal, who: int, how: int) -> object:
    """Keep that two who look like one are two."""
    one, other = (journal.named(PEOPLE[each]).id for each in (who, how % len(PEOPLE)))
    if one != other:
        with journal.write("merge", "two people") as rows:
            rows.keep_apart(one, other)
    return one


def _import(journal: Journal, who: int, how: int) -> object:
    """A card of theirs and a conversation, once more or changed."""
    contact = Contact(
        PEOPLE[who],
        uid=str(UUID(int=who + 1)),
        emails=(f"{who}@example.org",),
        aliases=(f"Called {how}",) if how % 2 else (),
        details=(("drink", f"coffee {how}"),) if how % 3 else (),
        tags=("office",) if how % 4 else (),
        occasions=(("birthday", (None, 12, 1 + how)),) if how % 5 else (),
    )
    met = Happening(f"met {how}", journal.today_is, (PEOPLE[who],), note=f"of old {how}")
    found = Found(contacts=[carded(contact, "X-SHOE-SIZE:38")], happenings=[met])
    arrivals = imports.plan_import(journal, found, "vcard", lambda *_: "update")
    if not changes_nothing(arrivals):
        imports.write_import(journal, arrivals, "from a test")
    return arrivals


def _meet(journal: Journal, who: int, how: int) -> object:
    """Take in another copy, in which something else was done."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "other.jsonl"
        other = opened(Path(folder) / "journal.db")
        other.context = other.context._replace(now=journal.context.now)
        file.write_text(
            "".join(f"{line}\n" for line in export.lines_of_everything(journal)), "utf-8"
        )
        copies.merge_copy(other, file, lambda _: None)
        _log(other, who, how)
        file.write_text("".join(f"{line}\n" for line in export.lines_of_everything(other)), "utf-8")
        other.close()
        return copies.merge_copy(journal, file, lambda _: None)


def _take_offer(journal: Journal, _who: int, how: int) -> object:
    """Take an offer of the plan, or promise so much that there will be one."""
    offers = [name for name, changes in planning.offers(journal)[1].items() if changes]
    if not offers:
        return cadence.every(journal, PEOPLE[how % len(PEOPLE)], "1d")
    name = offers[how % len(offers)]
    planning.take(journal, name, planning.offer(journal, name))
    return name


def _many(journal: Journal, _who: int, how: int) -> object:
    """Do something with everybody at once."""
    everybody = selection.selected(journal, selection.EVERYBODY)
    does: tuple[Callable[[], object], ...] = (
        lambda: cadence.every(journal, everybody, EVERY[how % len(EVERY)]),
        lambda: cadence.place(journal, everybody, "close"),
        lambda: away.snooze(journal, everybody, "june"),
        lambda: away.pause(journal, everybody, "2w"),
        lambda: away.resume(journal, everybody),
        lambda: tagging.tag(journal, everybody, f"one tag{how % 3}", drop=how % 2 == 1),
        lambda: archive.archive(journal, everybody[1:], away=True),
    )
    return does[how % len(does)]()


def _take_in(journal: Journal, who: int, how: int) -> object:
    """Take two lines of the inbox, or drop one of them; they may be taken already."""
    lines = [
        InboxLine("a", "a.txt", n, text, schema.stable_id("inbox", text), journal.context.now)
        for n, text in enumerate((f"call with {PEOPLE[who]}", f"2026-01-05 tea with Ada {how}"), 1)
    ]
    run = Run(journal)
    if how % 3 == 0:
        run.drop(lines[how % 2])
    return run.take(New(Path(), (), lines, (), 0, ()))


def _another_day(journal: Journal, _who: int, how: int) -> object:
    """Days pass, so that people come due and are offered; a clock may also be put back."""
    days = (1, 1, 1, 2, 2, 3, 7, 30, 90, 400, -1, -8)[how]
    now = journal.context.now + timedelta(days=days)
    journal.context = journal.context._replace(now=now)
    return now


VERBS: dict[str, Verb] = {
    "log": _log,
    "log many": _log_many,
    "amend": _amend,
    "delete": _delete,
    "add": lambda j, who, how: people_verbs.add(
        j, Profile(PEOPLE[who], every=EVERY[how % 4], birthday="12-10")
    ),
    "edit": _edit,
    "every": lambda j, who, how: cadence.every(j, PEOPLE[who], EVERY[how % len(EVERY)]),
    "place": lambda j, who, how: cadence.place(j, PEOPLE[who], ("inner", "close")[how % 2]),
    "alias": lambda j, who, how: people_verbs.alias(j, PEOPLE[who], f"Other {how}"),
    "rename": lambda j, who, how: people_verbs.rename(j, PEOPLE[who], PEOPLE[how % len(PEOPLE)]),
    "archive": lambda j, who, how: archive.archive(j, PEOPLE[who], away=bool(how % 2)),
    "remember": lambda j, who, how: memory.remember(
        j, PEOPLE[who], f"label {how % 2}: value {how}"
    ),
    "drop": lambda j, who, how: memory.drop(j, PEOPLE[who], f"label {how % 2}"),
    "promise": lambda j, who, how: memory.promise(j, PEOPLE[who], f"a book {how}", Owed.ME, "fri"),
    "tell": lambda j, who, how: memory.promise(j, PEOPLE[who], f"news {how}", Owed.TELL),
    "relate": _relate,
    "apart": _keep_apart,
    "died": lambda j, who, how: death.died(
        j, PEOPLE[who], ("", "2024", "3 march", "yesterday")[how % 4], remember=how % 4 > 1
    ),
    "saved": lambda j, who, how: balance.save(
        j, balance.read_saving(j, f"{how + 1}m for {PEOPLE[who]}", DAYS[how % 4])
    ),
    "done": _done,
    "snooze": lambda j, who, _: away.snooze(j, PEOPLE[who], "fri"),
    "pause": lambda j, who, how: away.pause(j, PEOPLE[who], "fri" if how % 2 else ""),
    "resume": lambda j, who, _: away.resume(j, PEOPLE[who]),
    "away": lambda j, _, how: away.away(j, ("next week", "3 aug to 17 aug", "until fri")[how % 3]),
    "home": lambda j, _who, _how: away.cancel_away(j),
    "merge": _merge,
    "import": _import,
    "meet": _meet,
    "take an offer": _take_offer,
    "inbox": _take_in,
    "many": _many,
    "another day": _another_day,
}

Step = tuple[str, int, int]


WITH_CADENCES: list[Step] = [("add", 0, 0), ("add", 1, 3), ("another day", 0, 0)]
"""A morning on which somebody is due, so that the next commands keep who was offered."""


def steps(*besides: str, most: int = 14) -> st.SearchStrategy[list[Step]]:
    """Commands one after the other, with these words of the test's own among them."""
    verbs = st.one_of(
        st.sampled_from(("log", "amend", "delete", "another day", *besides)),
        st.sampled_from((*VERBS, *besides)),
    )
    each = st.tuples(verbs, st.integers(0, len(PEOPLE) - 1), st.integers(0, 11))
    begun = st.sampled_from((WITH_CADENCES, []))
    return st.builds(list.__add__, begun, st.lists(each, min_size=2, max_size=most))


def do(journal: Journal, step: Step) -> None:
    """Do one, unless it is refused; each is a run of its own, and so a command of its own."""
    verb, who, how = step
    if journal.wrote:
        journal.writing().last = None
    with suppress(ConnectError):
        VERBS[verb](journal, who, how)


Rows = dict[str, list[tuple[object, ...]]]


def tables(connection: sqlite3.Connection) -> Rows:
    """Every row of every table, derived columns included, but for the record itself.

    That a line of the inbox was taken is left out as well, and who was forgotten: no undo changes
    it.
    """
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%words%'"
        )
        if name not in ("command", "change", "forgotten")
    ]
    return {
        name: sorted(connection.execute(f"SELECT * FROM {name} {which}").fetchall(), key=repr)
        for name in names
        for which in ["WHERE dropped" if name == "inbox_line" else ""]
    }


def check_index(connection: sqlite3.Connection) -> None:
    """The search indexes hold what the texts hold, and no reference hangs in the air."""
    for index in INDEXES:
        connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
