"""What `import` shows, asks and does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from connect_cli.cli.sweep import ask_calendar
from connect_cli.errors import NotUnderstood
from connect_cli.exchange.formats import CSV
from connect_cli.exchange.table import chosen
from connect_cli.exchange.unread import NotThisFormat, Unread
from connect_cli.exchange.values import Contact, Found
from connect_cli.journal.arrivals import Arrivals, Arriving, OnMatch
from connect_cli.journal.sources import Source, read, source
from connect_cli.model import Named
from connect_cli.session import Session
from connect_cli.session.asking import ask
from connect_cli.session.progress import bar
from connect_cli.session.telling import tell

if TYPE_CHECKING:
    from connect_cli.store.importing import Outcome

SHOWN = 20
"""Lines of each sort in a preview that is followed by a question; --dry-run shows all."""

TAKES_BACK = "'connect undo' takes it back."
NOTHING_NEW = "Nothing new: all of it is here already."


@dataclass(frozen=True, slots=True)
class Plan:
    """The words of the command."""

    files: tuple[Path, ...]
    format: str | None
    tag: str | None
    on_match: str
    dry_run: bool
    yes: bool
    columns: str | None = None
    cadences: bool = False
    only: tuple[str, ...] = ()


def run(session: Session, plan: Plan) -> None:
    """Look, show, ask, copy the journal, and take it in."""
    found = source(plan.files, CSV if plan.columns and not plan.format else plan.format)
    if plan.columns and found.format != CSV:
        raise NotUnderstood("--map is for tables", "leave out --format, or say --format csv")
    if found.is_journal:
        for file in found.files:
            _meet(session, plan, file)
    elif found.is_calendar:
        _refuse_for_meetings(plan)
        ask_calendar(session, found.files, dry_run=plan.dry_run)
    else:
        _take_in(session, plan, found)


def _refuse_for_meetings(plan: Plan) -> None:
    """Raise NotUnderstood for what has no meaning where each meeting is a question."""
    if plan.tag is not None:
        raise NotUnderstood("--tag is for people who come", "meetings are asked about, one by one")
    if plan.yes:
        raise NotUnderstood(
            "--yes cannot answer for meetings", "they are asked about, one by one; --dry-run lists"
        )


def _meet(session: Session, plan: Plan, file: Path) -> None:
    journal = session.journal
    with bar(file.stat().st_size, "Reading") as step:
        outcome = journal.meet(file, step, rehearse=True)
    for line in _outcome_lines(outcome, plan):
        session.say(line)
    if plan.dry_run or not _writes(outcome):
        return
    session.answers(yes=plan.yes).confirm("Take it in?")
    journal.keep_before("import")
    with bar(file.stat().st_size, "Taking in") as step:
        journal.meet(file, step)
    session.say(f"Taken in. {TAKES_BACK}")


def _take_in(session: Session, plan: Plan, found: Source) -> None:
    if found.is_mail:
        _review(session, plan, found, session.journal.mail_of(found.files, plan.only))
        return
    held, columns = Found(), chosen(plan.columns) if plan.columns else {}
    with bar(len(found.files), "Reading") as step:
        for number, each in enumerate(read(found, columns), 1):
            held.add(each)
            step(number)
    if plan.format and not (held.contacts or held.happenings):
        for line in _unread(held.unread, SHOWN):
            tell(line)
        raise NotThisFormat(f"nothing in {found.words} can be read as {found.format}")
    _review(session, plan, found, held, cadences=plan.cadences or "every" in columns)


def _review(
    session: Session, plan: Plan, found: Source, held: Found, *, cadences: bool = False
) -> None:
    """Show what was found, ask, copy the journal, and take it in."""
    unsure = _Unsure(session, plan)
    arrivals = session.journal.arrivals(held, found.format, unsure, plan.tag, cadences=cadences)
    most = SHOWN if not plan.dry_run else None
    shown = _by_person(arrivals) if found.is_mail else _lines(session, arrivals, most)
    for line in (*shown, *held.remarks):
        session.say(line)
    if plan.dry_run or arrivals.changes_nothing:
        return
    session.answers(yes=plan.yes).confirm("Take it in?")
    session.journal.keep_before("import")
    session.journal.take_in(arrivals, f"from {found.words}")
    session.say(f"Taken in. {TAKES_BACK}")


class _Unsure:
    """Asks about possible duplicates, where somebody is there to answer."""

    def __init__(self, session: Session, plan: Plan) -> None:
        self._session, self._plan = session, plan

    def __call__(self, contact: Contact, maybe: Sequence[Named]) -> OnMatch | Named:
        """What to do with somebody who may be here."""
        if self._plan.on_match == "update":
            return maybe[0] if len(maybe) == 1 else "skip"
        if self._plan.on_match == "new":
            return "new"
        if self._plan.on_match == "skip" or self._plan.dry_run or not self._session.can_ask:
            return "skip"
        tell(f"{contact.name} may be here already:")
        for number, person in enumerate(maybe, 1):
            tell(f"  {number}  {person.name}")
        said = ask("The number, n for somebody new, or Enter to leave them out: ").casefold()
        if said.isascii() and said.isdigit() and 0 < int(said) <= len(maybe):
            return maybe[int(said) - 1]
        return "new" if said in ("n", "new") else "skip"


def _writes(outcome: "Outcome") -> bool:
    return bool(outcome.new or outcome.changed or outcome.taken_away)


def _outcome_lines(outcome: "Outcome", plan: Plan) -> Iterator[str]:
    for what, counts in (
        ("New", outcome.new),
        ("Changed", outcome.changed),
        ("Taken away", outcome.taken_away),
    ):
        if counts:
            yield f"{what}: {', '.join(_amount(n, table) for table, n in counts.items())}."
    if not _writes(outcome):
        yield NOTHING_NEW
    unread = [Unread(place, reason) for place, reason in outcome.left_out]
    yield from _unread(unread, None if plan.dry_run else SHOWN)


def _lines(session: Session, arrivals: Arrivals, most: int | None) -> Iterator[str]:
    """The preview."""
    yield _summary(arrivals)
    for status in ("new", "matched", "unsure"):
        rows = [one for one in arrivals.people if one.status == status]
        shown = [one for one in rows if status != "matched" or one.gains]
        yield from _first([_person(session, one) for one in shown], most)
    lines = [
        f"{one.day} {one.kind}: {', '.join(one.people)}"
        + (f": {session.hide(one.note)[:60]}" if one.note else "")
        for one in arrivals.entries
    ]
    yield from _first(lines, most)
    yield from _unread(arrivals.unread, most)


def _by_person(arrivals: Arrivals) -> Iterator[str]:
    """The preview of a mailbox: how much there is of each person, and from when to when."""
    yield _summary(arrivals)
    days: dict[str, list[date]] = {}
    for one in arrivals.entries:
        days.setdefault(one.people[0], []).append(one.day)
    for name in sorted(days):
        first, last = min(days[name]), max(days[name])
        yield f"{name}: {len(days[name])}, from {first} to {last}"
    yield from _unread(arrivals.unread, SHOWN)


def _summary(arrivals: Arrivals) -> str:
    if arrivals.changes_nothing and not any(one.status == "unsure" for one in arrivals.people):
        return NOTHING_NEW if arrivals.people or arrivals.known else "There is nothing to take in."
    counts = {
        status: sum(one.status == status for one in arrivals.people)
        for status in ("new", "matched", "unsure")
    }
    told = [
        f"{_amount(counts['new'], 'person')} new",
        f"{counts['matched']} matched",
        *([f"{counts['unsure']} left out who may be here"] if counts["unsure"] else []),
        *([f"{_amount(len(arrivals.entries), 'interaction')} new"] if arrivals.entries else []),
        *([f"{_amount(arrivals.known, 'interaction')} here already"] if arrivals.known else []),
    ]
    return f"{', '.join(told)}."


def _person(session: Session, one: Arriving) -> str:
    if one.status == "unsure":
        names = " or ".join(person.name for person in one.maybe)
        return f"may be here: {one.name}: {names}; to decide: --on-match update or new"
    gains = "; ".join(f"{what} {session.hide(value)}" for what, value in one.gains)
    by = f" (by {one.by})" if one.by else ""
    return f"{one.status}{by}: {one.name}{f': {gains}' if gains else ''}"


def _unread(unread: Sequence[Unread], most: int | None) -> Iterator[str]:
    if unread:
        yield f"Not read: {len(unread)}."
    yield from _first([f"not read: {one.place}: {one.reason}" for one in unread], most)


def _first(lines: Sequence[str], most: int | None) -> Iterator[str]:
    yield from lines[:most]
    if most is not None and len(lines) > most:
        yield f"… and {len(lines) - most} more; --dry-run shows all"


_WORDS = {
    "person": ("person", "people"),
    "interaction": ("entry", "entries"),
    "alias": ("alias", "aliases"),
    "contact_point": ("contact point", "contact points"),
    "card": ("card", "cards"),
}


def _amount(number: int, table: str) -> str:
    one, several = _WORDS.get(table, (table, f"{table}s"))
    return f"{number} {one if number == 1 else several}"
