"""Somebody died: nothing is due any more, and no day of theirs comes up but the one you wish."""

from typing import NamedTuple

from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal.journal import Journal
from connect_cli.language.death import part_of, say_death
from connect_cli.language.death_words import read_death
from connect_cli.model import DEATH, Named, Occasion
from connect_cli.store import memory
from connect_cli.store.relations import died_on


class Died(NamedTuple):
    """What `archive --died` did. died_on: as much of the day as is known; see language/death.py.

    remembered: whether the day comes up once a year.
    """

    person: Named
    died_on: str
    remembered: bool
    changed: bool


def died(journal: Journal, typed: str | Named, when: str = "", *, remember: bool = False) -> Died:
    """Keep that somebody died. when: the day, or a part of it; what is known already stays.

    remember: let the day itself come up once a year. Raises NotUnderstood if it is not known.
    """
    named = journal.named(typed)
    known = died_on(journal.connection, named.id)
    day = known if known and not when else read_death(when, journal.today_is)
    occasion = _remembered(named, day) if remember else None
    is_remembered = any(
        one.label == DEATH for one in memory.occasions(journal.connection, [named.id])
    )
    done = Died(named, day, remembered=remember or is_remembered, changed=False)
    if day == known and (is_remembered or not remember):
        return done
    with journal.write("archive", f"{named.name} {say_death(day)}") as rows:
        archived = journal.person(named).archived
        columns = {} if archived else {"archived_on": journal.today_is}
        rows.change_person(named.id, died_on=day, **columns)
        if occasion is not None or is_remembered:
            rows.set_occasion(occasion or _remembered(named, day))
    return done._replace(changed=True)


def _remembered(named: Named, died: str) -> Occasion:
    """The yearly day. Raises NotUnderstood if the day itself is not known."""
    year, month, day = part_of(died)
    if month is None or day is None:
        example = as_typed("archive", named.name, "10 march", options=("--died", "--remember"))
        raise NotUnderstood("the day itself is not known", f"say it, for example: {example}")
    return Occasion("", named, DEATH, month, day, year)
