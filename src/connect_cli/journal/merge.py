"""Joining two people who are one, and deciding where they differ.

`merge` compares the two: circle and cadence together, yearly days, details. Each difference is a
`_Clash`, and somebody must decide it: `prefer` for all of them, or a question for each. Then, in
one transaction, the differences are read again. If they are no longer those that were decided,
nothing is written; otherwise the store joins the two (`rows.join`: the name of the second becomes
an alias), and whatever only the second one has, and the values decided for the second, are written
over.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal.answers import Answers, Choice
from connect_cli.journal.journal import Journal, changed_since_read
from connect_cli.language.calendar import yearly_text
from connect_cli.language.words import fold
from connect_cli.model import (
    NEVER,
    Detail,
    Named,
    Occasion,
    OwnCadence,
    Person,
    cadence_columns,
)
from connect_cli.store import interactions, memory
from connect_cli.store.relations import died_on
from connect_cli.store.schema import detail_key

if TYPE_CHECKING:
    from connect_cli.store.rows import Rows


class Merged(NamedTuple):
    """The person who stays, the one joined to them, and how many interactions both have.

    ended: whether one of them had died, and the other was not archived.
    """

    kept: Named
    gone: Named
    interactions: int
    ended: bool


class _Clash(NamedTuple):
    """One difference between two people. take: writes the value of the second one."""

    choice: Choice
    take: "Callable[[Rows], None]"


def merge(
    journal: Journal, typed: str | Named, other: str | Named, answers: Answers, prefer: str = ""
) -> Merged:
    """Join the second person to the first, whose name stays; the other name becomes an alias.

    prefer: the name of the one whose values stay where they differ; without it `answers` decides.
    Raises NotUnderstood and writes nothing if nobody decides.
    """
    kept, gone = journal.named(typed), journal.named(other)
    if kept.id == gone.id:
        raise NotUnderstood(f"'{typed}' and '{other}' are one person already: {kept.name}")
    clashes = _clashes(journal, journal.person(kept), journal.person(gone))
    said = (kept, _said(typed)), (gone, _said(other))
    seconds = _second_stays(journal, clashes, *said, answers, prefer)
    with journal.write("merge", f"{gone.name} is {kept.name}") as rows:
        ours, theirs = journal.person(kept), journal.person(gone)
        wanted = _decided_so(clashes, _clashes(journal, ours, theirs), seconds)
        fuller = list(_fuller_days(journal, kept, gone))
        death = _of_death(journal, kept, gone)
        columns = _only_of_second(ours, theirs) | death
        rows.join(kept.id, gone.id)
        if columns:
            rows.change_person(kept.id, **columns)
        for take in (*fuller, *(clash.take for clash in wanted)):
            take(rows)
    ended = bool(death) and not (ours.archived and theirs.archived)
    return Merged(kept, gone, interactions.count_of(journal.connection, kept.id), ended)


def _said(typed: str | Named) -> str:
    return typed if isinstance(typed, str) else typed.name


def _second_stays(
    journal: Journal,
    clashes: Sequence[_Clash],
    kept: tuple[Named, str],
    gone: tuple[Named, str],
    answers: Answers,
    prefer: str,
) -> Sequence[bool]:
    """For each clash, whether the value of the second one stays."""
    if prefer:
        return [_is_second(journal, prefer, kept, gone)] * len(clashes)
    if not clashes:
        return []
    return answers.choose([clash.choice for clash in clashes], (kept[0], gone[0]))


def _is_second(
    journal: Journal, prefer: str, kept: tuple[Named, str], gone: tuple[Named, str]
) -> bool:
    """Whether `prefer` means the second one, by what was typed or by any name that fits."""
    for person, typed in (kept, gone):
        if fold(prefer) in (fold(typed), fold(person.name)):
            return person == gone[0]
    found = journal.named(prefer)
    if found.id not in (kept[0].id, gone[0].id):
        raise NotUnderstood(
            f"'{prefer}' is neither of them", f"say {kept[0].name} or {gone[0].name}"
        )
    return found.id == gone[0].id


def _clashes(journal: Journal, kept: Person, gone: Person) -> list[_Clash]:
    return [
        *_of_cadence(kept, gone),
        *_of_occasions(journal, kept, gone),
        *_of_details(journal, kept, gone),
    ]


def _of_occasions(journal: Journal, kept: Person, gone: Person) -> list[_Clash]:
    mine = {one.label: one for one in memory.occasions(journal.connection, [kept.id])}
    clashes = []
    for theirs in memory.occasions(journal.connection, [gone.id]):
        ours = mine.get(theirs.label)
        if ours is not None and _differ(ours, theirs):
            choice = Choice(f"the {theirs.label}", _day(ours), _day(theirs))
            clashes.append(_Clash(choice, _keep_occasion(kept, theirs)))
    return clashes


def _fuller_days(journal: Journal, kept: Named, gone: Named) -> "Iterator[Callable[[Rows], None]]":
    """Yearly days whose year only the second one has."""
    mine = {one.label: one for one in memory.occasions(journal.connection, [kept.id])}
    for theirs in memory.occasions(journal.connection, [gone.id]):
        ours = mine.get(theirs.label)
        if ours is not None and ours.year is None and not _differ(ours, theirs):
            yield _keep_occasion(kept, theirs)


def _of_details(journal: Journal, kept: Person, gone: Person) -> list[_Clash]:
    found = memory.details(journal.connection, [kept.id, gone.id])
    mine = {_key(one): one for one in found.get(kept.id, ())}
    clashes = []
    for theirs in found.get(gone.id, ()):
        ours = mine.get(_key(theirs))
        if ours is not None and ours.value != theirs.value:
            first, second = (one.said for one in (ours, theirs))
            take = _keep_detail(kept, theirs.label, theirs.value)
            clashes.append(_Clash(Choice("a detail", first, second, private=True), take))
    return clashes


def _decided_so(
    before: Sequence[_Clash], now: Sequence[_Clash], seconds: Sequence[bool]
) -> list[_Clash]:
    """The clashes in which the value of the second one stays.

    Raises ConnectError if they are no longer those that were decided.
    """
    if [clash.choice for clash in before] != [clash.choice for clash in now]:
        raise changed_since_read("what they differ in", f"say it again: {as_typed('merge')}")
    return [clash for clash, second in zip(now, seconds, strict=True) if second]


def _of_cadence(kept: Person, gone: Person) -> list[_Clash]:
    """Circle and own cadence are one decision: how often."""
    ours, theirs = _how_often(kept), _how_often(gone)
    if "" in (ours, theirs) or _decided(kept) == _decided(gone):
        return []
    columns = _cadence_columns(gone)
    choice = Choice("how often", ours, theirs)
    return [_Clash(choice, lambda rows: rows.change_person(kept.id, **columns))]


def _only_of_second(kept: Person, gone: Person) -> dict[str, Any]:
    """Columns that only the second one has, or that follow from both."""
    columns: dict[str, Any] = {}
    if not _how_often(kept) and _how_often(gone):
        columns |= _cadence_columns(gone)
    if kept.archived and not gone.archived:
        columns["archived_on"] = None
    if gone.snoozed_on and (kept.snoozed_on is None or gone.snoozed_on > kept.snoozed_on):
        columns |= {"snoozed_on": gone.snoozed_on, "snooze_said_on": gone.snooze_said_on}
    return columns


def _of_death(journal: Journal, kept: Named, gone: Named) -> dict[str, Any]:
    """Whoever died is dead under either name."""
    ours, theirs = (died_on(journal.connection, one.id) for one in (kept, gone))
    if ours is None and theirs is None:
        return {}
    return {"archived_on": journal.today_is, "died_on": ours or theirs}


def _decided(person: Person) -> tuple[str | None, OwnCadence | None]:
    return person.circle, person.own


def _how_often(person: Person) -> str:
    """Circle and cadence in words; empty if neither was decided."""
    own = NEVER if person.own == NEVER else ""
    words = person.cadence.words if person.cadence is not None else own
    return ", ".join(filter(None, (person.circle, words)))


def _cadence_columns(person: Person) -> dict[str, Any]:
    return {
        "circle": person.circle,
        **cadence_columns(person.own),
        "first_on": person.first_on,
        "first_said_on": person.first_said_on,
    }


def _differ(ours: Occasion, theirs: Occasion) -> bool:
    """Whether two yearly days cannot both be right."""
    years = {ours.year, theirs.year} - {None}
    return (ours.month, ours.day) != (theirs.month, theirs.day) or len(years) > 1


def _keep_occasion(kept: Person | Named, theirs: Occasion) -> "Callable[[Rows], None]":
    owner = Named(kept.id, kept.name)
    occasion = Occasion("", owner, theirs.label, theirs.month, theirs.day, theirs.year)
    return lambda rows: rows.set_occasion(occasion)


def _key(one: Detail) -> str:
    return detail_key(one.label, one.value)


def _keep_detail(kept: Person, label: str, value: str) -> "Callable[[Rows], None]":
    return lambda rows: rows.remember(kept.id, label, value)


def _day(occasion: Occasion) -> str:
    return yearly_text(occasion.year, occasion.month, occasion.day)
