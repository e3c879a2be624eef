"""What `import` shows, asks and does."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from connect_cli.cli.sweep import ask_calendar
from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.exchange.formats import CSV
from connect_cli.exchange.preview import Arriving, Preview
from connect_cli.exchange.table import chosen
from connect_cli.exchange.unread import NotThisFormat, Unread
from connect_cli.exchange.values import Contact, Found
from connect_cli.journal.arrivals import Arrivals, OnMatch
from connect_cli.journal.sources import Source, read, source, with_stdin
from connect_cli.model import Named
from connect_cli.session import Session
from connect_cli.session.asking import ask
from connect_cli.session.progress import bar
from connect_cli.session.telling import tell

if TYPE_CHECKING:
    from connect_cli.store.importing import Outcome

SHOWN = 10
"""Lines of each sort in a preview that is followed by a question; --dry-run shows all."""

DECIDE = {
    "ask": "To decide: --on-match update takes somebody for the one who is here, new adds them",
    "update": "Each may be several people; to add them: --on-match new",
    "skip": "",
    "new": "",
}
QUESTION = "Which one? n for somebody new, q to ask no more, Enter to leave them out: "
ASKED = "You are asked about each when it is taken in"


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
    as_json: bool = False

    @property
    def wants_cadences(self) -> bool:
        """Whether those of the file are taken over."""
        return self.cadences or "every" in self.fields

    @property
    def fields(self) -> dict[str, str]:
        """The heading of each field of a table. Raises NotUnderstood."""
        return chosen(self.columns) if self.columns else {}


def run(session: Session, plan: Plan) -> None:
    """Look, show, ask, copy the journal, and take it in."""
    if plan.as_json and not (plan.dry_run or plan.yes):
        raise NotUnderstood(
            "--json asks nothing", "say --dry-run to see what would come, or --yes to take it in"
        )
    form = CSV if plan.columns and not plan.format else plan.format
    with with_stdin(plan.files, session.stdin, form) as files:
        found = source(files, form)
        if plan.columns and found.format != CSV:
            raise NotUnderstood("--map is for tables", "leave out --format, or say --format csv")
        if found.is_journal:
            if plan.as_json and len(found.files) > 1:
                raise NotUnderstood("--json answers for one copy at a time", "name one file")
            for file in found.files:
                _meet(session, plan, found, file)
        elif found.is_calendar:
            _refuse_for_meetings(plan)
            ask_calendar(session, found.files, dry_run=plan.dry_run, as_json=plan.as_json)
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


def _meet(session: Session, plan: Plan, found: Source, file: Path) -> None:
    """With --yes the file is read once, else twice: while somebody is asked, others may write."""
    at_once = plan.yes and not plan.dry_run
    if at_once:
        outcome = _taken(session, file)
    else:
        with bar(file.stat().st_size, "Reading") as step:
            outcome = session.journal.meet(file, step, rehearse=True)
    view = _outcome(found, outcome)
    if _goes_on(session, plan, view):
        if not at_once:
            _taken(session, file)
        _done(session, plan, view)


def _taken(session: Session, file: Path) -> "Outcome":
    """Take in another copy of the journal, after a copy of this one."""
    journal = session.journal
    with bar(file.stat().st_size, "Taking in") as step:
        return journal.meet(file, step, lambda: journal.keep_before("import"))


def _take_in(session: Session, plan: Plan, found: Source) -> None:
    if found.is_mail:
        _review(session, plan, found, session.journal.mail_of(found.files, plan.only))
        return
    held = Found()
    with bar(found.size, "Reading") as step:
        for each in read(found, plan.fields, step):
            held.add(each)
    if plan.format and not (held.contacts or held.happenings):
        for one in held.unread[:SHOWN]:
            tell(f"not read: {one.place}: {one.reason}")
        raise NotThisFormat(f"nothing in {found.words} can be read as {found.format}")
    _review(session, plan, found, held)


def _review(session: Session, plan: Plan, found: Source, held: Found) -> None:
    """Show what was found, ask, copy the journal, and take it in."""
    arrivals = _arrivals(session, plan, found, held)
    view = _preview(session, plan, found, arrivals)
    if not _goes_on(session, plan, view):
        return
    session.journal.keep_before("import")
    session.journal.take_in(arrivals, f"from {found.words}")
    _done(session, plan, view)


def _arrivals(session: Session, plan: Plan, found: Source, held: Found) -> Arrivals:
    """What would be written; a bar would stand in the way of questions."""
    unsure = _Unsure(session, plan)
    total = len(held.contacts) + len(held.happenings)
    with nullcontext(lambda _: None) if unsure.asks else bar(total, "Comparing") as step:
        return session.journal.arrivals(
            held, found.format, unsure, plan.tag, cadences=plan.wants_cadences, progress=step
        )


def _goes_on(session: Session, plan: Plan, view: Preview) -> bool:
    """Show what would come, and ask, where there is anything to take in."""
    ends = plan.dry_run or not view.writes
    if ends or not plan.as_json:
        _show(session, plan, view)
    if not ends:
        if session.can_ask and session.on_terminal and not plan.yes:
            session.say("")
        session.answers(yes=plan.yes).confirm("Take it in?")
    return not ends


def _show(session: Session, plan: Plan, view: Preview) -> None:
    """A dry run shows all, in the pager when it is long."""
    session.show(
        lambda to: to.preview(view, None if plan.dry_run else SHOWN),
        as_json=plan.as_json,
        long=plan.dry_run,
    )


def _done(session: Session, plan: Plan, view: Preview) -> None:
    if plan.as_json:
        _show(session, plan, view._replace(taken=True))
        return
    session.say(f"Taken in. '{as_typed('undo')}' takes it back.")
    if any(one.status == "new" for one in view.people) and not plan.wants_cadences:
        session.say(
            f"Nobody was given a cadence: '{as_typed('triage')}' asks how often, a key each."
        )


def _outcome(found: Source, outcome: "Outcome") -> Preview:
    """What another copy of the journal brings."""
    return Preview(
        found.format,
        new=outcome.new,
        changed=outcome.changed,
        taken_away=outcome.taken_away,
        unread=[Unread(place, reason) for place, reason in outcome.left_out],
        counted=True,
    )


def _preview(session: Session, plan: Plan, found: Source, arrivals: Arrivals) -> Preview:
    """What people and entries come. Contradictions that are not new are left to a dry run."""
    can_ask = plan.on_match == "ask" and session.can_ask and not (plan.as_json or plan.yes)
    view = Preview(
        found.format,
        people=arrivals.people,
        entries=arrivals.entries,
        known=arrivals.known,
        new=arrivals.new,
        changed=arrivals.changed,
        unread=arrivals.unread,
        remarks=arrivals.remarks,
        decide=(ASKED if plan.dry_run else "") if can_ask else DECIDE[plan.on_match],
        by_person=found.is_mail,
    )
    if view.writes or plan.dry_run:
        return view
    return view._replace(people=[_without_gains(one) for one in view.people])


def _without_gains(one: Arriving) -> Arriving:
    return one._replace(gains=())


class _Unsure:
    """Asks about possible duplicates, where somebody is there to answer."""

    def __init__(self, session: Session, plan: Plan) -> None:
        self._session, self._plan = session, plan
        certain = plan.dry_run or plan.as_json or plan.yes or plan.on_match != "ask"
        self.asks = session.can_ask and not certain

    def __call__(self, contact: Contact, maybe: Sequence[Named]) -> OnMatch | Named:
        """What to do with somebody who may be here."""
        if self._plan.on_match == "update":
            return maybe[0] if len(maybe) == 1 else "skip"
        if self._plan.on_match == "new":
            return "new"
        if not self.asks:
            return "skip"
        return self._asked(contact, maybe)

    def _asked(self, contact: Contact, maybe: Sequence[Named]) -> OnMatch | Named:
        """Ask until it is answered; nothing leaves them out, `q` all who are like them too."""
        reached = ", ".join((*contact.emails[:1], *contact.phones[:1]))
        tell(f"{_beside(contact.name, reached)} may be here already:")
        for number, person in enumerate(maybe, 1):
            tell(f"  {number}  {_beside(person.name, self._session.journal.reached(person))}")
        while said := ask(QUESTION).casefold():
            if said.isascii() and said.isdigit() and 0 < int(said) <= len(maybe):
                return maybe[int(said) - 1]
            if said in ("n", "new"):
                return "new"
            if said in ("q", "quit"):
                self.asks = False
                break
            tell(f"'{said}' is none of these")
        return "skip"


def _beside(name: str, reached: str) -> str:
    """A name with what tells it from another of the same."""
    return f"{name} ({reached})" if reached else name
