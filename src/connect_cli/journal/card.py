"""The card of one person: what to know before you meet them."""

from collections.abc import Iterable

from connect_cli.journal.journal import Journal
from connect_cli.journal.load import met_lately
from connect_cli.journal.on_this_day import on_this_day
from connect_cli.journal.today import standing_of
from connect_cli.language.calendar import plus_days
from connect_cli.language.relations import seen_from
from connect_cli.model import Cadence, Named, Person, Relation
from connect_cli.scheduler.load import fits, measure_time
from connect_cli.scheduler.occasions import next_occasions
from connect_cli.scheduler.rhythm import RHYTHM_CONTACTS, RHYTHM_DAYS, SMALL_COMPANY, rhythm_of
from connect_cli.store import interactions, memory, tags
from connect_cli.store import people as store_people
from connect_cli.store.relations import died_on, relations_of
from connect_cli.views import Card, Companion, OccasionDay, Tie

COMPANIONS = 4
RECENT = 20
YEAR_DAYS = 52 * 7


def card(journal: Journal, typed: str | Named, *, everything: bool = False) -> Card:
    """Everything to know before you meet somebody. everything: the whole timeline."""
    person, today = journal.person(journal.named(typed)), journal.today_is
    wanted = interactions.Wanted(person_id=person.id)
    death = died_on(journal.connection, person.id) if person.archived else None
    return Card(
        due=standing_of(journal, person),
        aliases=tuple(store_people.aliases_of(journal.connection, person.id)),
        tags=tuple(tags.tags_of(journal.connection, person.id)),
        contact_points=tuple(memory.contact_points(journal.connection, person.id)),
        details=tuple(memory.details(journal.connection, [person.id]).get(person.id, ())),
        occasions=_occasions_of(journal, person, died=death is not None),
        promises=tuple(memory.open_promises(journal.connection, [person.id])),
        companions=_companions(journal, person),
        timeline=tuple(
            interactions.interactions(journal.connection, wanted, None if everything else RECENT)
        ),
        total=interactions.count_of(journal.connection, person.id),
        rhythm=_rhythm(journal, person),
        last_year=tuple(
            interactions.counted_days(
                journal.connection, person.id, plus_days(today, 1 - YEAR_DAYS), today
            )
        ),
        ties=ties_of(person.id, relations_of(journal.connection, person.id)),
        died_on=death,
        on_this_day=tuple(on_this_day(journal, person.id)),
    )


def _occasions_of(journal: Journal, person: Person, *, died: bool) -> tuple[OccasionDay, ...]:
    """Somebody's yearly days. died: they turn no age any more."""
    known = memory.occasions(journal.connection, [person.id])
    found = next_occasions(known, journal.today_is, journal.settings)
    return tuple(near._replace(turns=None) for near in found) if died else found


def _rhythm(journal: Journal, person: Person) -> Cadence | None:
    """How often they are really met, if that is clear and differs from the cadence.

    More often than planned is only said while there is room for it: no other card needs the load.
    """
    if person.archived:
        return None
    days = interactions.contact_days_of(
        journal.connection,
        person.id,
        plus_days(journal.today_is, -RHYTHM_DAYS),
        journal.today_is,
        most_people=SMALL_COMPANY,
        most_days=RHYTHM_CONTACTS,
    )
    found = rhythm_of(days, person.cadence)
    if found is None or (found.raises(person.cadence) and not _has_room(journal)):
        return None
    return found.cadence


def _has_room(journal: Journal) -> bool:
    """Whether the load fits: only those met lately are read for it."""
    (window, met), day, settings = met_lately(journal), journal.today_is, journal.settings
    known = store_people.people_by_id(journal.connection, settings.circles, day, sorted(met))
    contacts = sum(met[one.id] for one in known if one.cadence and not one.archived)
    away = store_people.away(journal.connection)
    time, _ = measure_time(contacts, window, day, settings, away)
    return fits(journal.demand(), time)


def _companions(journal: Journal, person: Person) -> tuple[Companion, ...]:
    """People seen with a person at least twice, the most often first."""
    shared = interactions.together(journal.connection, [person.id])
    often = sorted((-times, person_id) for person_id, times in shared.items() if times > 1)[
        :COMPANIONS
    ]
    others = store_people.named(journal.connection, [person_id for _, person_id in often])
    return tuple(Companion(other, -times) for other, (times, _) in zip(others, often, strict=True))


def ties_of(person_id: str, relations: Iterable[Relation]) -> tuple[Tie, ...]:
    """Somebody's relations as they see them, each once."""
    return tuple(dict.fromkeys(Tie(*seen_from(one, person_id)) for one in relations))
