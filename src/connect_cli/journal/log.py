"""Logging a conversation, changing what was logged, and deleting it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from connect_cli.errors import (
    ConnectError,
    NoSuchThing,
    NotUnderstood,
    as_typed,
    first_command,
    in_an_empty_journal,
)
from connect_cli.journal import loops, relations
from connect_cli.journal.answers import NOBODY_NAMED, Answers
from connect_cli.journal.crowds import spread_met, take_back_spread
from connect_cli.journal.drafts import MOST_PEOPLE, Drafting, LogOptions, with_options
from connect_cli.journal.journal import Journal, already_removed, changed_since_read
from connect_cli.journal.loops import Carried
from connect_cli.language.calendar import logical_day, plus_days
from connect_cli.language.words import name_key
from connect_cli.model import Interaction, Named, Promise, Tied
from connect_cli.reports import FirstDay
from connect_cli.store import interactions
from connect_cli.store import names as store_names
from connect_cli.store import people as store_people

if TYPE_CHECKING:
    from connect_cli.store.rows import Rows

FIRST_DAYS = 7
"""So long a journal counts as new, whose owner is still told how to take something back."""


class Logged(NamedTuple):
    """An interaction as it was stored, or would be.

    added: new people. open_loops: open ones of its people, to be closed now. carried: what was
    kept with it. asked: whether the words alone did not say it all. moved: whoever of many comes
    due on a later day than usual. related: the relations it makes.
    """

    interaction: Interaction
    added: tuple[Named, ...] = ()
    open_loops: tuple[Promise, ...] = ()
    carried: Carried = Carried()
    asked: bool = False
    moved: tuple[FirstDay, ...] = ()
    related: tuple[Tied, ...] = ()


def log(journal: Journal, line: str, said: LogOptions | None = None) -> Logged:
    """Log one conversation, from prose, options or both; options win.

    Asks about what the line leaves open. Raises a ConnectError and writes nothing if it stays
    uncertain, or if it is several conversations: `log_lines` takes those.
    """
    (logged,) = log_lines(journal, [line], said)
    return logged


def log_lines(
    journal: Journal,
    lines: Sequence[str],
    said: LogOptions | None = None,
    drafting: Drafting | None = None,
    *,
    at_keyboard: bool = True,
) -> list[Logged]:
    """Log one conversation a line: all of them, or none.

    If there are several lines, empty ones are skipped and an error names its line. drafting: who
    was asked about beforehand. at_keyboard: not lines that another program hands over.
    """
    said = said or LogOptions()
    drafting = drafting or Drafting(journal, said)
    drafts = _drafts(drafting, lines)
    carried = loops.carried(journal, said)
    open_before = loops.to_close(journal, drafts)
    with journal.write("log", in_words(drafts), at_keyboard=at_keyboard) as rows:
        kept = keep(journal, rows, drafting, drafts)
        with_it = loops.keep(rows, [one.interaction for one in kept], carried)
    return [
        one._replace(open_loops=loops.in_order(open_before, one.interaction), carried=theirs)
        for one, theirs in zip(kept, with_it, strict=True)
    ]


def keep(
    journal: Journal, rows: "Rows", drafting: Drafting, drafts: Sequence[Interaction]
) -> list[Logged]:
    """Store what was drafted, and whoever it adds, in the transaction of a command.

    This is the one way in of an interaction: that of `log` and of the inbox.
    """
    real = _add_people(journal, rows, drafting.added)
    added = {real[person.id]: Named(real[person.id], person.name) for person in drafting.added}
    return [
        Logged(
            one,
            tuple(added[person.id] for person in one.people if person.id in added),
            asked=drafting.asked,
            moved=tuple(spread_met(journal, rows, one)),
            related=relations.keep_introduced(journal, rows, one),
        )
        for one in (_kept(rows, draft, real) for draft in drafts)
    ]


def draft_lines(
    journal: Journal, lines: Sequence[str], said: LogOptions, answers: Answers
) -> tuple[list[Logged], Sequence[Named]]:
    """What would be logged, and who would be added; nothing is written."""
    drafting = Drafting(journal, said, answers)
    drafts = _drafts(drafting, lines)
    options = loops.carried(journal, said)
    open_before = loops.to_close(journal, drafts)
    found = [
        Logged(
            draft,
            open_loops=loops.in_order(open_before, draft),
            carried=loops.would_keep(draft, options),
            related=tuple(relations.met_through_you(draft, journal.today_is)),
        )
        for draft in drafts
    ]
    return found, drafting.added


def is_new(journal: Journal) -> bool:
    """Whether the journal was begun within the last days; not if that cannot be read."""
    try:
        begun = interactions.begun_at(journal.connection)
    except ConnectError:
        return False  # what was logged is logged: a hint is no reason to say otherwise
    if begun is None:
        return True
    first = logical_day(begun, journal.settings.day_starts_at)
    return journal.today_is < plus_days(first, FIRST_DAYS)


def amend(journal: Journal, interaction: Interaction, said: LogOptions) -> Logged:
    """Change an interaction by options; everything else stays."""
    return _change(journal, interaction, said, lambda there: there)


def _change(
    journal: Journal,
    interaction: Interaction,
    said: LogOptions,
    begin: Callable[[Interaction], Interaction],
) -> Logged:
    """Change the stored interaction. begin: makes of it the interaction that the options change."""
    drafting = Drafting(journal, said)
    meant = _amended(journal, interaction, said, drafting).people
    carried = loops.carried(journal, said)
    with journal.write(
        "amend", f"changed {_name_list(interaction.people)}, {interaction.day}"
    ) as rows:
        stored = _there(journal, interaction)
        there = begin(stored)
        real = _add_people(journal, rows, drafting.added)
        people = tuple(Named(real.get(p.id, p.id), p.name) for p in meant)
        named = there._replace(people=people) if said.people else there
        changed = with_options(journal, named, said)
        rows.change_interaction(changed)
        take_back_spread(journal, rows, stored)
        (with_it,) = loops.keep(rows, [changed], carried)
    added = tuple(Named(real[p.id], p.name) for p in drafting.added)
    return Logged(changed, added, carried=with_it, asked=drafting.asked)


def _add_people(journal: Journal, rows: "Rows", people: Sequence[Named]) -> dict[str, str]:
    """Add new people; their new ids, or those of whom another command just added by that name."""
    taken = store_names.holders(journal.connection, [person.name for person in people])
    return {
        person.id: taken.get(name_key(person.name)) or rows.add_person(person.name)
        for person in people
    }


def rewrite(journal: Journal, interaction: Interaction, said: LogOptions) -> bool:
    """Change an interaction to what a form says, empty values included. False: nothing changed.

    interaction: what the form was made from. Raises ConnectError if it was changed since.
    """
    if not said.people:
        raise NotUnderstood(NOBODY_NAMED, "write a name after 'with:'")
    if _amended(journal, _blank(interaction), said, Drafting(journal, said)) == interaction:
        return False

    def begin(there: Interaction) -> Interaction:
        if there != interaction:
            what = _in_words(interaction)
            raise changed_since_read(
                what, f"open it again: {as_typed('amend', interaction.id[:8])}"
            )
        return _blank(there)

    _change(journal, interaction, said, begin)
    return True


def delete(journal: Journal, interaction: Interaction) -> None:
    """Delete an interaction; people and their promises stay."""
    with journal.write(
        "delete", f"deleted {_name_list(interaction.people)}, {interaction.day}"
    ) as rows:
        stored = _there(journal, interaction)
        rows.delete_interaction(stored.id)
        take_back_spread(journal, rows, stored)


def interaction(journal: Journal, prefix: str | None = None) -> Interaction:
    """The interaction whose id begins with `prefix`, or the one logged last.

    Raises NoSuchThing if there is none, or more than one.
    """
    if prefix is None:
        interaction_id = interactions.last_entered(journal.connection)
        if interaction_id is None:
            error = NoSuchThing("there is no interaction yet", f"log one: {first_command()}")
            raise error if journal.has_people else in_an_empty_journal(error)
    else:
        interaction_id = store_people.full_id(
            journal.connection, "interaction", "interaction", prefix
        )
    return interactions.by_id(journal.connection, [interaction_id])[0]


def _there(journal: Journal, interaction: Interaction) -> Interaction:
    """The stored interaction, which another command may have changed or deleted."""
    found = interactions.by_id(journal.connection, [interaction.id])
    if not found:
        raise already_removed(_in_words(interaction))
    return found[0]


def _drafts(drafting: Drafting, lines: Sequence[str]) -> list[Interaction]:
    """What the lines mean; an error names its line if there are several."""
    drafts: list[Interaction] = []
    for number, line in enumerate(lines, 1):
        if len(lines) > 1 and not line.strip():
            continue
        try:
            drafts += drafting.interactions(line)
        except ConnectError as error:
            if len(lines) > 1:
                error.message = f"line {number}: {error.message}"
            raise
    return drafts


def _kept(rows: "Rows", draft: Interaction, real: Mapping[str, str]) -> Interaction:
    """Store an interaction. real: the ids of people who were just added."""
    people = tuple(Named(real.get(p.id, p.id), p.name) for p in draft.people)
    interaction = draft._replace(people=people)
    return interaction._replace(id=rows.add_interaction(interaction))


def _amended(
    journal: Journal, interaction: Interaction, said: LogOptions, drafting: Drafting
) -> Interaction:
    if said.people:
        most = max(MOST_PEOPLE, len(interaction.people))  # an import may have brought more
        interaction = interaction._replace(people=drafting.people_named(said.people, most))
    return with_options(journal, interaction, said)


def _blank(interaction: Interaction) -> Interaction:
    """An interaction without what a form may leave empty."""
    return interaction._replace(
        time=None, minutes=None, direction=None, energy=None, note="", tags=()
    )


def _in_words(interaction: Interaction) -> str:
    return f"the interaction of {interaction.day} with {_name_list(interaction.people)}"


def in_words(interactions: Sequence[Interaction]) -> str:
    """What was logged, for the record."""
    if len(interactions) == 1:
        return f"logged {_name_list(interactions[0].people)}, {interactions[0].day}"
    return f"logged {len(interactions)} interactions"


def _name_list(people: Sequence[Named]) -> str:
    return ", ".join(person.name for person in people)
