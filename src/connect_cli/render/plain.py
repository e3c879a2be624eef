"""Piped output: one record a line, tab separated, ISO days, no header, no colour.

An unknown field is empty. A tab or line break in user text becomes an escape (`safe.clean`), so no
note can forge a field or a record. docs/json.md lists the columns; new ones only come at the end.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple, TextIO

from connect_cli.language.kind_words import typed_kind
from connect_cli.model import Interaction, Named, Pause, Promise, Recorded
from connect_cli.render import Changes, planning_words, words
from connect_cli.render.facts import facts
from connect_cli.render.safe import HIDDEN, clean, encodable
from connect_cli.views import (
    Card,
    Hit,
    OccasionDay,
    Plan,
    Recall,
    Standing,
    Today,
    TodayRow,
    Welcome,
)

if TYPE_CHECKING:  # today's list needs none of these
    from connect_cli.meetings import MachineSeen, SyncAnswer
    from connect_cli.reports import Copy, Finding, InboxAnswer, Pair, Preview, Rehearsal
    from connect_cli.reviews import Balance, Review, YearMap
    from connect_cli.scheduler.explain import Why
    from connect_cli.scheduler.load import Load, Offer
    from connect_cli.settings import Setting

Field = str | int | float | date | None


class Plain(NamedTuple):
    """Writes records to a stream. discreet: what is private is `...`."""

    stream: TextIO
    day: date
    discreet: bool = False

    def today(self, view: Today) -> None:
        for near in view.plan.occasions:
            self._record("occasion", *self._occasion(near), near.on, near.turns)
        for promise in view.plan.promises:
            self._record("promise", *self._promise(promise))
        for row in view.rows:
            self._record("person", *self._row(row))
        for person in view.plan.done:
            kinds = (
                interaction.kind for interaction in view.done if _took_part(interaction, person.id)
            )
            self._record("done", person.name, ", ".join(kinds))
        self._around(view)

    def card(self, view: Card, *, full: bool = False, height: int | None = None) -> None:  # noqa: ARG002 - a pipe has no height and gets everything
        self._record("person", *_standing(Standing(view.due, view.tags, view.aliases)))
        self._known(view)
        for companion in view.companions:
            self._record("companion", companion.person.name, companion.times)
        for interaction in view.timeline:
            self._record("interaction", *self._interaction(interaction))
        for interaction in view.on_this_day:
            self._record("onthisday", *self._interaction(interaction))
        for day in view.last_year:
            self._record("year", day.on, day.counts)
        for fact in facts(view):
            if fact.value is not None:
                self._record(fact.key, fact.value)

    def _known(self, view: Card) -> None:
        """What a card says of somebody beside their interactions."""
        for point in view.contact_points:
            self._record("contact", point.kind, self._hide(point.value))
        for near in view.occasions:
            self._record("occasion", self._occasion(near)[1], near.on, near.turns)
        for detail in view.details:
            self._record("detail", self._hide(detail.label), self._hide(detail.value))
        for promise in view.promises:
            self._record("promise", *self._promise(promise))
        for tie in view.ties:
            self._record("tie", self._hide(tie.said), self._hide(tie.other.name))

    def recall(self, view: Recall) -> None:
        typed, at = self._hide(view.interaction.entered), view.recorded_at
        self._record(*self._interaction(view.interaction), typed, at.isoformat(timespec="seconds"))

    def people(self, rows: Sequence[Standing]) -> None:
        for row in rows:
            self._record(*_standing(row))

    def pairs(self, pairs: "Sequence[Pair]") -> None:
        for pair in pairs:
            why = words.say_reasons(pair.reasons, discreet=self.discreet)
            self._record(*pair.first, *pair.second, why)

    def history(self, interactions: Sequence[Interaction], heading: str = "") -> None:  # noqa: ARG002 - only for people
        for interaction in interactions:
            self._record(*self._interaction(interaction))

    def promises(self, promises: Sequence[Promise]) -> None:
        for promise in promises:
            self._record(*self._promise(promise))

    def hits(self, hits: Sequence[Hit]) -> None:
        for hit in hits:
            text = hit.text if hit.where == "name" else self._hide(hit.text)
            self._record(hit.id, hit.where, hit.day, _names(hit.people), text)

    def review(self, view: "Review") -> None:
        from connect_cli.render.plain_review import Fields, records  # noqa: PLC0415  # only `review`

        for record in records(view, Fields(self._interaction, self._promise, self._occasion)):
            self._record(*record)

    def year_map(self, view: "YearMap") -> None:
        for day in view.days:
            self._record("day", day.on, day.number)
        for pause in view.away:
            self._record("away", pause.start_on, pause.end_on)

    def balance(self, view: "Balance") -> None:
        if view.empty:
            return
        for stretch in view.stretches:
            self._record("stretch", *stretch)
        for one in view.kinds:
            self._record("kind", *one, one.reckoned)
        for saving in view.savings:
            self._record("saving", *saving[:-1], self._hide(saving.text))
        set_ = (view.unit, view.weekly or None, view.since, view.share, view.target)
        self._record("total", *view.total, *set_, view.timeless)

    def why(self, view: "Why", contact: Interaction | None) -> None:
        from connect_cli.render import explain_words  # noqa: PLC0415  # only `why` needs reasons

        self._record("person", view.due.person.name)
        self._record("reason", explain_words.say_reason(view, self.day))
        for label, said in explain_words.say_terms(view, contact, self.day):
            self._record(label, said)

    def load(self, load: "Load", changes: Mapping[str, Changes], rhythms: Changes) -> None:  # noqa: ARG002 - `--json` lists the changes
        from connect_cli.render import load_words  # noqa: PLC0415  # only `plan` needs it

        for row in load.circles:
            said = (load_words.say_often(row.demand), load_words.say_share(row.ratio))
            self._record("circle", row.circle, row.people, row.demand, row.ratio, *said)
        terms = (load.people, load.demand, load.time, load.ratio)
        measured = (load.verdict, load.contacts, load.window_days, load.capacity)
        said = (load_words.say_often(load.demand), load_words.say_share(load.ratio))
        self._record("load", *terms, *measured, *said)
        self._record("verdict", load_words.say_load(load))
        self._record("time", load_words.say_time(load), load_words.say_sum(load))
        gap = load_words.gap_before_offers(load, rhythms)
        if gap is not None:
            missing = planning_words.say_missing(gap, self.day)
            command = planning_words.away_command(gap, self.day)
            self._record("gap", gap.start_on, gap.end_on, missing, command)
        if no_step := load_words.say_no_step(load):
            self._record("verdict", no_step)
        for offer in load.offers:
            self._offer(offer, load)
        for person, cadence in rhythms:
            said_of = planning_words.say_rhythm(cadence, person)
            self._record("rhythm", person.name, str(person.cadence), str(cadence), said_of)

    def _offer(self, offer: "Offer", load: "Load") -> None:
        """An offer, then each of its steps."""
        from connect_cli.render import load_words  # noqa: PLC0415  # only `plan` needs it

        number, share = load_words.number_of(offer, load), load_words.say_share(offer.ratio)
        said = ", ".join(load_words.say_offer(offer, load))
        self._record("offer", offer.name, number, offer.demand, offer.ratio, said, share)
        for step in offer.steps:
            terms = (step.circle, str(step.before), str(step.after), step.people)
            self._record("step", offer.name, *terms, load_words.say_step(step))

    def changes(self, offer: str, changes: Changes) -> None:
        for person, cadence in changes:
            self._record("change", offer, person.name, str(person.cadence), str(cadence))

    def ahead(
        self, plans: Sequence[Plan], away: Sequence[Pause], coming: Plan | None = None
    ) -> None:
        for plan in plans:
            if planning_words.is_away(plan.day, away):
                self._record(plan.day, "away")
            for near in plan.occasions:
                if near.in_days == 0:
                    self._record(plan.day, "occasion", *self._occasion(near), near.turns)
            for promise in plan.promises:
                self._record(plan.day, "promise", *self._promise(promise))
            for one in plan.suggestions:
                self._record(plan.day, "person", one.person.name, one.because, one.due.state)
            for person in plan.done:
                self._record(plan.day, "done", person.name)
        if coming is not None:
            for listed in planning_words.coming_people(coming):
                self._record(coming.day, "next", listed.name)

    def away(self, pauses: Sequence[Pause]) -> None:
        for pause in pauses:
            self._record(pause.start_on, pause.end_on)

    def settings(self, path: str, settings: "Sequence[Setting]") -> None:  # noqa: ARG002 - `connect config path` says it
        for one in settings:
            self._record(one.key, one.said, one.origin)

    def record(self, commands: Sequence[Recorded]) -> None:
        for one in commands:
            words = self._hide(one.words) if one.private else one.words
            standing = "taken back" if one.undone else None
            at = one.at.isoformat(timespec="seconds")
            self._record(one.id, at, one.verb, words, standing, one.undoes)

    def copies(self, copies: "Sequence[Copy]") -> None:
        for copy in copies:
            self._record(copy.day, copy.label, str(copy.path), copy.size)

    def findings(self, findings: "Sequence[Finding]") -> None:
        for one in findings:
            self._record(one.standing, one.what, one.said, one.means, one.in_full)

    def preview(self, view: "Preview", most: int | None = None, *, brief: bool = False) -> None:
        from connect_cli.render import change_words  # noqa: PLC0415  # only imports need it

        summary = change_words.say_summary(view, self.day, discreet=self.discreet)
        sections = change_words.sections(view, discreet=self.discreet)
        lines = (change_words.in_lines(section, most, brief=brief) for section in sections)
        for said in chain(summary, *lines, view.remarks):
            self._record(said)

    def answer(self, interaction: Interaction, *, before: str = "", after: str = "") -> None:
        said = (before, words.say_interaction(interaction, self.day, discreet=self.discreet), after)
        self.sentence(" ".join(filter(None, said)))

    def rehearsal(self, view: "Rehearsal") -> None:
        from connect_cli.render.log_words import say_rehearsal  # noqa: PLC0415  # only `log` needs it

        for said in say_rehearsal(view, self.day, discreet=self.discreet):
            self._record(said)

    def inbox(self, view: "InboxAnswer") -> None:
        from connect_cli.render.inbox_words import say_all, say_taken  # noqa: PLC0415  # only `inbox` needs it

        for one in view.taken:
            said = say_taken(one, self.day, discreet=self.discreet)
            self._record(said, one.file, one.number)
        if not view.taken:
            for said in say_all(view, self.day, discreet=self.discreet):
                self.sentence(said)

    def sync(self, view: "SyncAnswer") -> None:
        from connect_cli.render.sync_words import say_sync  # noqa: PLC0415  # only `sync` needs it

        for said in say_sync(view, discreet=self.discreet):
            self.sentence(said)

    def machines(self, machines: "Sequence[MachineSeen]") -> None:
        from connect_cli.render.sync_words import say_machines  # noqa: PLC0415  # as above

        for name, standing, machine_id in say_machines(machines, self.day):
            self._record(name, standing, machine_id)

    def sentence(self, text: str, *, whole: bool = False) -> None:  # noqa: ARG002  # all are whole
        self._record(text)

    def _around(self, view: Today) -> None:
        """What stands around the list: days away, the inbox, and who is next."""
        if view.gap is not None:
            self._record("gap", view.gap.start_on, view.gap.end_on)
        if view.away is not None:
            self._record("away", view.away.start_on, view.away.end_on)
        if view.waiting:
            self._record("inbox", view.waiting)
        if view.welcome is not None:
            self._welcome(view.welcome)
        if view.coming is not None:
            for one in planning_words.coming_people(view.coming):
                self._record("next", view.coming.day, one.name)
        if view.took:
            self._record("energy", view.took, planning_words.free_day_command())
        if view.on_this_day is not None:
            self._record("onthisday", *self._interaction(view.on_this_day))

    def _welcome(self, view: Welcome) -> None:
        self._record("welcome", view.away.start_on, view.away.end_on)
        for near in view.occasions:
            self._record("meanwhile", *self._occasion(near), near.on, near.turns)

    def _occasion(self, near: OccasionDay) -> tuple[str, str]:
        """Whose day it is, and its label."""
        one = near.occasion
        return one.person.name, words.day_label(one, discreet=self.discreet)

    def _record(self, *fields: Field) -> None:
        line = "\t".join(map(_text, fields)) + "\n"
        self.stream.write(encodable(line, self.stream.encoding or "utf-8"))

    def _hide(self, text: str) -> str:
        return HIDDEN if self.discreet and text else text

    def _row(self, row: TodayRow) -> Iterable[Field]:
        due, last = row.suggestion.due, row.last
        yield from (due.person.name, row.suggestion.because, due.state, due.due_on)
        yield from (None, None, None) if last is None else (last.day, last.kind, self._note(last))

    def _note(self, interaction: Interaction) -> str:
        return self._hide(interaction.note)

    def _promise(self, promise: Promise) -> Sequence[Field]:
        person, text = promise.person.name, self._hide(promise.text)
        days = (promise.due_on, promise.made_on, promise.done_on)
        return (promise.id, promise.owed, person, text, *days)

    def _interaction(self, interaction: Interaction) -> Sequence[Field]:
        what = (
            interaction.id,
            interaction.day,
            interaction.time,
            interaction.kind,
            _names(interaction.people),
            interaction.minutes,
        )
        how = (
            interaction.direction,
            interaction.energy,
            interaction.counts,
            "tried" if interaction.tried else None,
        )
        typed = self._hide(typed_kind(interaction.entered, interaction.kind))
        return (*what, *how, ", ".join(interaction.tags), self._note(interaction), typed)


def _standing(row: Standing) -> Sequence[Field]:
    due, person = row.due, row.person
    cadence = None if person.cadence is None else str(person.cadence)
    what = (person.id, person.name, person.circle, cadence, due.state, person.last_on, due.due_on)
    return (*what, ", ".join(row.tags), ", ".join(row.aliases))


def _took_part(interaction: Interaction, person_id: str) -> bool:
    return any(one.id == person_id for one in interaction.people)


def _names(people: Iterable[Named]) -> str:
    return ", ".join(person.name for person in people)


def _text(field: Field) -> str:
    if isinstance(field, date):
        return field.isoformat()
    if isinstance(field, float):
        return f"{field:.4f}" if isfinite(field) else ""
    return "" if field is None else clean(str(field))
