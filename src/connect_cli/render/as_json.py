"""`--json`: one document for each answer. docs/json.md lists its fields.

Fields are only ever added. Days are ISO, `null` means unknown, text is as it was typed: control and
bidi characters are escaped by JSON's own rules, so a reader gets them back.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from connect_cli.language.kind_words import typed_kind
from connect_cli.model import Detail, Interaction, Named, Pause, Person, Promise, Recorded
from connect_cli.render import Changes, words
from connect_cli.render.facts import facts
from connect_cli.render.json_import import document
from connect_cli.render.planning_words import (
    coming_people,
    is_away,
)
from connect_cli.render.safe import json_escaped
from connect_cli.views import (
    Card,
    Due,
    Hit,
    OccasionDay,
    Plan,
    Recall,
    Standing,
    Suggestion,
    Tie,
    Today,
    TodayRow,
    Welcome,
)

if TYPE_CHECKING:  # today's list needs none of these
    from connect_cli.meetings import MachineSeen, SyncAnswer
    from connect_cli.reports import Copy, Finding, InboxAnswer, Pair, Preview, Rehearsal
    from connect_cli.reviews import Balance, Review, YearMap
    from connect_cli.scheduler.explain import Why
    from connect_cli.scheduler.load import Load, Longer
    from connect_cli.settings import Setting

Object = dict[str, Any]


class AsJson(NamedTuple):
    """Writes JSON to a stream. discreet: what is private is `null`."""

    stream: TextIO
    day: date
    discreet: bool = False

    def today(self, view: Today) -> None:
        self._write(
            occasions=[self._occasion_day(near) for near in view.plan.occasions],
            promises=[self._promise(promise) for promise in view.plan.promises],
            suggestions=[self._row(row) for row in view.rows],
            done=[self._done(person, view.done) for person in view.plan.done],
            capacity=view.plan.capacity,
            gap=None if view.gap is None else _pause(view.gap),
            away=None if view.away is None else _pause(view.away),
            inbox_waiting=view.waiting,
            welcome=None if view.welcome is None else self._welcome(view.welcome),
            next=None if view.coming is None else _coming(view.coming),
            took_energy=view.took,
            on_this_day=None if view.on_this_day is None else self._interaction(view.on_this_day),
        )

    def card(self, view: Card, *, full: bool = False, height: int | None = None) -> None:  # noqa: ARG002 - a program gets everything
        standing = _standing(Standing(view.due, view.tags, view.aliases))
        points = [
            {"kind": each.kind, "value": self._hide(each.value)} for each in view.contact_points
        ]
        year = [{"day": _iso(each.on), "counts": each.counts} for each in view.last_year]
        together = [{**_named(each.person), "times": each.times} for each in view.companions]
        self._write(
            person=standing,
            contact_points=points,
            details=[self._detail(detail) for detail in view.details],
            occasions=[self._occasion_day(near) for near in view.occasions],
            promises=[self._promise(promise) for promise in view.promises],
            ties=[self._tie(tie) for tie in view.ties],
            companions=together,
            interactions=[self._interaction(interaction) for interaction in view.timeline],
            total=view.total,
            last_year=year,
            on_this_day=[self._interaction(interaction) for interaction in view.on_this_day],
            **{fact.key: fact.value for fact in facts(view)},
        )

    def recall(self, view: Recall) -> None:
        at = view.recorded_at.isoformat(timespec="seconds")
        self._write(interaction=self._interaction(view.interaction), recorded_at=at)

    def people(self, rows: Sequence[Standing]) -> None:
        self._write(people=[_standing(row) for row in rows])

    def pairs(self, pairs: "Sequence[Pair]") -> None:
        self._write(pairs=[self._pair(pair) for pair in pairs])

    def history(self, interactions: Sequence[Interaction], heading: str = "") -> None:  # noqa: ARG002 - only for people
        self._write(interactions=[self._interaction(interaction) for interaction in interactions])

    def promises(self, promises: Sequence[Promise]) -> None:
        self._write(promises=[self._promise(promise) for promise in promises])

    def hits(self, hits: Sequence[Hit]) -> None:
        self._write(hits=[self._hit(hit) for hit in hits])

    def review(self, view: "Review") -> None:
        from connect_cli.render import json_review  # noqa: PLC0415  # only `review` needs it

        objects = json_review.Objects(self._interaction, self._promise, self._occasion_day)
        self._write(**json_review.document(view, objects))

    def year_map(self, view: "YearMap") -> None:
        from connect_cli.render import json_review  # noqa: PLC0415  # as above

        self._write(**json_review.year_map(view), away=[_pause(pause) for pause in view.away])

    def balance(self, view: "Balance") -> None:
        from connect_cli.render import json_balance  # noqa: PLC0415  # only `balance` needs it

        self._write(**json_balance.document(view, discreet=self.discreet))

    def why(self, view: "Why", contact: Interaction | None) -> None:
        from connect_cli.render.explain_words import say_reason  # noqa: PLC0415  # only `why`

        due, person, last = view.due, view.due.person, view.last
        self._write(
            **_due(due),
            circle=person.circle,
            own_cadence=person.own_cadence,
            listed=view.listed,
            reason=view.reason,
            said=say_reason(view, self.day),
            last_full_on=_iso(person.last_full_on),
            last_half_on=_iso(person.last_half_on),
            tried_on=_iso(person.tried_on),
            contact=None if contact is None else self._interaction(contact),
            rests_on=due.rests_on or None,
            anchor_on=_iso(due.anchor_on),
            anchor_by=due.anchor_by or None,
            period_days=due.period_days,
            early_days=due.early_days,
            grace_days=due.grace_days,
            pause_days=due.pause_days,
            ratio=_number(due.ratio),
            score=_number(due.score),
            terms=_terms(view),
            capacity=view.capacity,
            last_place=None if last is None else _number(last.score),
            demand=_number(view.demand),
            dormant_ratio=_number(view.dormant_ratio),
            can_be_on=_iso(view.can_be_on),
            promise_on=_iso(view.promise_on),
            last_place_to=None if last is None else _named(last.person),
            **_offers(view),
            reconnected_on=_iso(person.reconnected_on),
            reconnects_before=[_named(one) for one in view.before],
            first_on=_iso(person.first_on),
            first_said_on=_iso(person.first_said_on),
        )

    def load(self, load: "Load", changes: Mapping[str, Changes], rhythms: Changes) -> None:
        from connect_cli.render.load_words import (  # noqa: PLC0415  # only `plan`
            number_of,
            say_load,
            say_offer,
            say_often,
        )

        self._write(
            people=load.people,
            demand=_number(load.demand),
            time=_number(load.time),
            ratio=_number(load.ratio),
            verdict=load.verdict,
            said=say_load(load),
            contacts=load.contacts,
            window_days=load.window_days,
            capacity=_number(load.capacity),
            circles=[
                {
                    "circle": row.circle,
                    "people": row.people,
                    "demand": _number(row.demand),
                    "ratio": _number(row.ratio),
                    "said": say_often(row.demand),
                }
                for row in load.circles
            ],
            offers=[
                {
                    "name": offer.name,
                    "kind": offer.kind,
                    "kept": offer.kept,
                    "number": _number(number_of(offer, load)),
                    "demand": _number(offer.demand),
                    "ratio": _number(offer.ratio),
                    "said": ", ".join(say_offer(offer, load)),
                    "changes": _changes(changes[offer.name]),
                    "steps": [_longer(step) for step in offer.steps],
                }
                for offer in load.offers
            ],
            rhythms=_changes(rhythms),
            gap=None if load.gap is None else _pause(load.gap),
        )

    def changes(self, offer: str, changes: Changes) -> None:
        self._write(offer=offer, changes=_changes(changes))

    def ahead(
        self, plans: Sequence[Plan], away: Sequence[Pause], coming: Plan | None = None
    ) -> None:
        days = [self._day_ahead(plan, away) for plan in plans]
        self._write(days=days, next=None if coming is None else _coming(coming))

    def away(self, pauses: Sequence[Pause]) -> None:
        self._write(away=[_pause(pause) for pause in pauses])

    def settings(self, path: str, settings: "Sequence[Setting]") -> None:
        listed = [{"key": one.key, "value": one.value, "origin": one.origin} for one in settings]
        self._write(path=path, settings=listed)

    def record(self, commands: Sequence[Recorded]) -> None:
        self._write(commands=[self._recorded(one) for one in commands])

    def copies(self, copies: "Sequence[Copy]") -> None:
        listed = [
            {
                "path": str(copy.path),
                "day": _iso(copy.day),
                "label": copy.label or None,
                "size": copy.size,
            }
            for copy in copies
        ]
        self._write(copies=listed)

    def findings(self, findings: "Sequence[Finding]") -> None:
        listed = [
            {
                "what": one.what,
                "standing": one.standing,
                "said": one.said,
                "means": one.means,
                "remedy": one.in_full or None,
            }
            for one in findings
        ]
        self._write(findings=listed)

    def preview(self, view: "Preview", most: int | None = None, *, brief: bool = False) -> None:  # noqa: ARG002 - a program gets everything
        self._write(**document(view, discreet=self.discreet))

    def answer(self, interaction: Interaction, *, before: str = "", after: str = "") -> None:
        said = filter(
            None,
            (before, words.say_interaction(interaction, self.day, discreet=self.discreet), after),
        )
        self._write(interaction=self._interaction(interaction), said=" ".join(said))

    def rehearsal(self, view: "Rehearsal") -> None:
        from connect_cli.render import json_log  # noqa: PLC0415  # only `log --dry-run` needs it

        interactions = [self._interaction(one) for one in view.interactions]
        promises = [self._promise(one) for one in view.promises]
        said = json_log.document(view, self.day, discreet=self.discreet)
        self._write(interactions=interactions, promises=promises, **said)

    def inbox(self, view: "InboxAnswer") -> None:
        from connect_cli.render import json_log  # noqa: PLC0415  # as above

        self._write(**json_log.inbox(view, self.day, self._interaction, discreet=self.discreet))

    def sync(self, view: "SyncAnswer") -> None:
        from connect_cli.render import json_sync  # noqa: PLC0415  # as above

        self._write(**json_sync.answer(view, discreet=self.discreet))

    def machines(self, machines: "Sequence[MachineSeen]") -> None:
        from connect_cli.render import json_sync  # noqa: PLC0415  # as above

        self._write(machines=[json_sync.machine(one) for one in machines])

    def sentence(self, text: str, *, whole: bool = False) -> None:  # noqa: ARG002  # all are whole
        self._write(said=text)

    def _write(self, **fields: Any) -> None:
        document = {"day": _iso(self.day), "discreet": self.discreet, **fields}
        ascii_only = not (self.stream.encoding or "utf-8").lower().startswith("utf")
        text = json.dumps(document, ensure_ascii=ascii_only, indent=2)
        self.stream.write(json_escaped(text) + "\n")

    def _hide(self, value: Any) -> Any:
        return None if self.discreet else value

    def _occasion_day(self, near: OccasionDay) -> Object:
        occasion = near.occasion
        label = occasion.label
        return {
            "id": occasion.id,
            "label": self._hide(label) if occasion.has_own_label else label,
            "person": _named(occasion.person),
            "month": occasion.month,
            "day": occasion.day,
            "year": occasion.year,
            "on": _iso(near.on),
            "in_days": near.in_days,
            "turns": near.turns,
        }

    def _welcome(self, welcome: Welcome) -> Object:
        occasions = [self._occasion_day(near) for near in welcome.occasions]
        return {**_pause(welcome.away), "occasions": occasions}

    def _day_ahead(self, plan: Plan, away: Sequence[Pause]) -> Object:
        return {
            "day": _iso(plan.day),
            "capacity": plan.capacity,
            "away": is_away(plan.day, away),
            "occasions": [self._occasion_day(near) for near in plan.occasions if near.in_days == 0],
            "promises": [self._promise(promise) for promise in plan.promises],
            "suggestions": [_suggestion(one) for one in plan.suggestions],
            "done": [_named(person) for person in plan.done],
        }

    def _row(self, row: TodayRow) -> Object:
        return {
            **_suggestion(row.suggestion),
            "last": None if row.last is None else self._interaction(row.last),
            "promises": [self._promise(promise) for promise in row.promises],
            "details": [self._detail(detail) for detail in row.details],
            "occasions": [self._occasion_day(near) for near in row.occasions],
        }

    def _done(self, person: Person, interactions: Sequence[Interaction]) -> Object:
        theirs = [each for each in interactions if any(one.id == person.id for one in each.people)]
        return {**_named(person), "interactions": [self._interaction(each) for each in theirs]}

    def _detail(self, detail: Detail) -> Object:
        label, value = self._hide(detail.label), self._hide(detail.value)
        return {"id": detail.id, "label": label, "value": value}

    def _tie(self, tie: Tie) -> Object:
        other = {key: self._hide(value) for key, value in _named(tie.other).items()}
        return {"said": self._hide(tie.said), "person": other}

    def _pair(self, pair: "Pair") -> Object:
        reasons = [
            {"by": one.by, "value": None if self.discreet else one.value or None}
            for one in pair.reasons
        ]
        said = words.say_reasons(pair.reasons, discreet=self.discreet)
        first, second = _named(pair.first), _named(pair.second)
        return {"first": first, "second": second, "reasons": reasons, "said": said}

    def _promise(self, promise: Promise) -> Object:
        return {
            "id": promise.id,
            "owed": promise.owed,
            "person": _named(promise.person),
            "text": self._hide(promise.text),
            "due_on": _iso(promise.due_on),
            "made_on": _iso(promise.made_on),
            "done_on": _iso(promise.done_on),
        }

    def _interaction(self, interaction: Interaction) -> Object:
        return {
            "id": interaction.id,
            "day": _iso(interaction.day),
            "time": interaction.time,
            "kind": interaction.kind,
            "kind_word": self._hide(typed_kind(interaction.entered, interaction.kind) or None),
            "people": [_named(person) for person in interaction.people],
            "minutes": interaction.minutes,
            "direction": interaction.direction,
            "energy": interaction.energy,
            "counts": interaction.counts,
            "tried": interaction.tried,
            "tags": list(interaction.tags),
            "note": self._hide(interaction.note),
            "entered": self._hide(interaction.entered),
        }

    def _recorded(self, one: Recorded) -> Object:
        return {
            "id": one.id,
            "at": one.at.isoformat(timespec="seconds"),
            "verb": one.verb,
            "words": self._hide(one.words) if one.private else one.words,
            "undoes": one.undoes,
            "undone": one.undone,
        }

    def _hit(self, hit: Hit) -> Object:
        hidden = self.discreet and hit.where != "name"
        return {
            "id": hit.id,
            "where": hit.where,
            "day": _iso(hit.day),
            "people": [_named(person) for person in hit.people],
            "text": None if hidden else hit.text,
            "marks": [] if hidden else [list(mark) for mark in hit.marks],
        }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _number(number: float | None) -> float | None:
    """A number to four places; `null` for infinity, which JSON does not have."""
    return round(number, 4) if number is not None and isfinite(number) else None


def _pause(pause: Pause) -> Object:
    return {"start_on": _iso(pause.start_on), "end_on": _iso(pause.end_on)}


def _longer(step: "Longer") -> Object:
    return {
        "circle": step.circle,
        "people": step.people,
        "before": str(step.before),
        "after": str(step.after),
    }


def _coming(plan: Plan) -> Object:
    return {"day": _iso(plan.day), "people": [_named(one) for one in coming_people(plan)]}


def _changes(changes: Changes) -> list[Object]:
    return [
        {
            **_named(person),
            "before": None if person.cadence is None else str(person.cadence),
            "after": str(cadence),
        }
        for person, cadence in changes
    ]


def _terms(view: "Why") -> Object | None:
    terms = view.terms
    if terms is None:
        return None
    return {
        "contact_on": _iso(terms.contact_on),
        "half_days": terms.half_days,
        "least_days": terms.least_days,
        "plain_on": _iso(terms.plain_on),
        "moved_from": _iso(terms.moved_from),
        "pauses": [_pause(pause) for pause in terms.pauses],
        "soon_on": _iso(terms.soon_on),
        "waiting_on": _iso(terms.waiting_on),
        "dormant_on": _iso(terms.dormant_on),
        "rest_days": terms.rest_days,
        "tried_until": _iso(terms.tried_until),
        "phases": [],  # a promise to scripts: the field stays, though rests follow from offers
    }


def _offers(view: "Why") -> Object:
    """The days on which somebody was offered, and their rests; empty without a cadence."""
    if view.terms is None:
        return {"offered_on": [], "rests": [], "offers_left": None, "next_rest_days": None}
    offers = view.terms.offers
    return {
        "offered_on": [_iso(day) for day in offers.days],
        "rests": [
            {"after_on": _iso(rest.offered[-1]), "days": rest.days, "back_on": _iso(rest.back_on)}
            for rest in offers.rests
        ],
        "offers_left": offers.left,
        "next_rest_days": offers.next_days,
    }


def _named(person: Named | Person) -> Object:
    return {"id": person.id, "name": person.name}


def _standing(row: Standing) -> Object:
    person = row.person
    return {
        **_due(row.due),
        "circle": person.circle,
        "own_cadence": person.own_cadence,
        "archived": person.archived,
        "aliases": list(row.aliases),
        "tags": list(row.tags),
    }


def _suggestion(suggestion: Suggestion) -> Object:
    return {**_due(suggestion.due), "because": suggestion.because}


def _due(due: Due) -> Object:
    person = due.person
    return {
        **_named(person),
        "cadence": None if person.cadence is None else str(person.cadence),
        "state": due.state,
        "last_on": _iso(person.last_on),
        "due_on": _iso(due.due_on),
        "back_on": _iso(due.back_on),
    }
