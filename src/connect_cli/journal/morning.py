"""The morning list, and the card before a meeting."""

from collections.abc import Sequence

from connect_cli import scheduler
from connect_cli.journal.begun import begun_on
from connect_cli.journal.core import Core
from connect_cli.journal.gaps import LEAST_GAP_DAYS, gap, present
from connect_cli.model import (
    Cadence,
    Card,
    Companion,
    Counts,
    Due,
    Interaction,
    Named,
    Occasion,
    Pause,
    Person,
    State,
    Today,
    TodayRow,
)
from connect_cli.store import company, reads, timeline

COMPANIONS = 4
RECENT = 20


class Morning(Core):
    """The verbs of a morning."""

    def today(self, more: int = 0) -> Today:
        """Who is proposed today, and what to know before picking up the phone. Writes nothing.

        more: how many times the day's room is added to it.
        """
        people = reads.people(self.connection, self.settings.circles)
        talked = self._contacts_today()
        away = reads.away(self.connection)
        plan = scheduler.plan(
            people,
            reads.promises_due(self.connection, self.today_is),
            self._occasions_near(),
            self.today_is,
            self.settings,
            contacted=frozenset(person.id for one in talked for person in one.people),
            away=away,
            more=more,
        )
        ids = [one.person.id for one in plan.suggestions]
        last = timeline.newest_of(self.connection, ids)
        details = reads.details(self.connection, ids)
        promises = reads.open_promises(self.connection, ids)
        rows = tuple(
            TodayRow(
                suggestion=one,
                last=last.get(one.person.id),
                promises=tuple(loop for loop in promises if loop.person.id == one.person.id),
                details=tuple(details.get(one.person.id, ())),
            )
            for one in plan.suggestions
        )
        return Today(
            plan=plan,
            rows=rows,
            done=tuple(talked),
            people=len(people),
            with_cadence=sum(person.cadence is not None for person in people),
            away=present(away, self.today_is),
            gap=self._gap(away),
        )

    def card(self, typed: str | Named, *, everything: bool = False) -> Card:
        """All that matters before you meet somebody; `everything`: the whole timeline."""
        person = self.person(self.named(typed))
        wanted = timeline.Wanted(person_id=person.id)
        return Card(
            due=self.standing(person),
            aliases=tuple(reads.aliases_of(self.connection, person.id)),
            tags=tuple(reads.tags_of(self.connection, person.id)),
            contact_points=tuple(reads.contact_points(self.connection, person.id)),
            details=tuple(reads.details(self.connection, [person.id]).get(person.id, ())),
            occasions=scheduler.next_occasions(
                reads.occasions(self.connection, [person.id]), self.today_is, self.settings
            ),
            promises=tuple(reads.open_promises(self.connection, [person.id])),
            companions=self._companions(person),
            timeline=tuple(
                timeline.interactions(self.connection, wanted, None if everything else RECENT)
            ),
            total=timeline.count_of(self.connection, person.id),
            rhythm=self._rhythm(person),
        )

    def standing(self, person: Person) -> Due:
        """How one person stands today."""
        away = reads.away(self.connection)
        due = scheduler.due(person, self.today_is, self.settings, away=away)
        if due.state is not State.DORMANT:  # which alone depends on what everybody asks for
            return due
        demand = self.demand()
        return scheduler.due(person, self.today_is, self.settings, away=away, demand=demand)

    def _gap(self, away: Sequence[Pause]) -> Pause | None:
        last = timeline.last_day(self.connection, self.today_is)
        if last is None or (self.today_is - last).days <= LEAST_GAP_DAYS:
            return None  # as on most mornings: nothing more is read
        return gap(last, begun_on(self), away, self.today_is)

    def _occasions_near(self) -> list[Occasion]:
        lead = self.settings.occasion_lead_days
        return reads.occasions_near(self.connection, self.today_is, scheduler.BELATED_DAYS, lead)

    def _contacts_today(self) -> list[Interaction]:
        """What counts as contact and happened today, newest first."""
        wanted = timeline.Wanted(since=self.today_is)
        found = timeline.interactions(self.connection, wanted)
        return [one for one in found if one.counts is not Counts.NO]

    def _rhythm(self, person: Person) -> Cadence | None:
        """How often they are really met, if that is clear and not what was asked for."""
        enough = scheduler.NEWEST_GAPS + 1
        days = timeline.contact_days_of(self.connection, person.id, enough)
        found = scheduler.rhythm(days, person.cadence)
        return None if found is None or person.archived else found.cadence

    def _companions(self, person: Person) -> tuple[Companion, ...]:
        """Those usually seen together with a person: twice at least, most often first."""
        shared = company.together(self.connection, [person.id])
        often = sorted((-times, person_id) for person_id, times in shared.items() if times > 1)[
            :COMPANIONS
        ]
        others = reads.named(self.connection, [person_id for _, person_id in often])
        return tuple(
            Companion(other, -times) for other, (times, _) in zip(others, often, strict=True)
        )
