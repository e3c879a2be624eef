"""`--json`: one document an answer, in the shape that docs/json.md lists field by field.

Fields are only ever added. Days are ISO, `null` is unknown, text is as it was typed: control and
bidi characters are escaped by JSON's own rules, so a reader gets them back.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TextIO

from connect_cli.model import (
    Card,
    Detail,
    Due,
    Hit,
    Interaction,
    Named,
    OccasionDay,
    Person,
    Promise,
    Standing,
    Suggestion,
    Today,
    TodayRow,
)
from connect_cli.render import words
from connect_cli.render.safe import json_escaped

Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AsJson:
    """Writes JSON to a stream. discreet: notes, details and promises are `null`."""

    stream: TextIO
    day: date
    discreet: bool = False

    def today(self, view: Today) -> None:
        self._write(
            occasions=[_occasion_day(near) for near in view.plan.occasions],
            promises=[self._promise(promise) for promise in view.plan.promises],
            suggestions=[self._row(row) for row in view.rows],
            done=[self._done(person, view.done) for person in view.plan.done],
            capacity=view.plan.capacity,
        )

    def card(self, view: Card, *, full: bool = False, height: int | None = None) -> None:  # noqa: ARG002 - a program gets everything
        standing = _standing(Standing(view.due, view.tags, view.aliases))
        points = [{"kind": each.kind, "value": each.value} for each in view.contact_points]
        together = [{**_named(each.person), "times": each.times} for each in view.companions]
        self._write(
            person=standing,
            contact_points=points,
            details=[self._detail(detail) for detail in view.details],
            occasions=[_occasion_day(near) for near in view.occasions],
            promises=[self._promise(promise) for promise in view.promises],
            companions=together,
            interactions=[self._interaction(entry) for entry in view.timeline],
            total=view.total,
        )

    def people(self, rows: Sequence[Standing]) -> None:
        self._write(people=[_standing(row) for row in rows])

    def history(self, entries: Sequence[Interaction], *, full: bool = False) -> None:  # noqa: ARG002 - a note is always whole here
        self._write(interactions=[self._interaction(entry) for entry in entries])

    def promises(self, promises: Sequence[Promise]) -> None:
        self._write(promises=[self._promise(promise) for promise in promises])

    def hits(self, hits: Sequence[Hit]) -> None:
        self._write(hits=[self._hit(hit) for hit in hits])

    def answer(self, entry: Interaction, *, before: str = "", after: str = "") -> None:
        said = filter(None, (before, words.say_interaction(entry, self.day), after))
        self._write(interaction=self._interaction(entry), said=" ".join(said))

    def sentence(self, text: str) -> None:
        self._write(said=text)

    def _write(self, **fields: Any) -> None:
        document = {"day": _iso(self.day), "discreet": self.discreet, **fields}
        ascii_only = not (self.stream.encoding or "utf-8").lower().startswith("utf")
        text = json.dumps(document, ensure_ascii=ascii_only, indent=2)
        self.stream.write(json_escaped(text) + "\n")

    def _hide(self, value: Any) -> Any:
        return None if self.discreet else value

    def _row(self, row: TodayRow) -> Object:
        return {
            **_suggestion(row.suggestion),
            "last": None if row.last is None else self._interaction(row.last),
            "promises": [self._promise(promise) for promise in row.promises],
            "details": [self._detail(detail) for detail in row.details],
        }

    def _done(self, person: Person, entries: Sequence[Interaction]) -> Object:
        theirs = [each for each in entries if any(one.id == person.id for one in each.people)]
        return {**_named(person), "interactions": [self._interaction(each) for each in theirs]}

    def _detail(self, detail: Detail) -> Object:
        label, value = self._hide(detail.label), self._hide(detail.value)
        return {"id": detail.id, "label": label, "value": value}

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

    def _interaction(self, entry: Interaction) -> Object:
        return {
            "id": entry.id,
            "day": _iso(entry.day),
            "time": entry.time,
            "kind": entry.kind,
            "people": [_named(person) for person in entry.people],
            "minutes": entry.minutes,
            "direction": entry.direction,
            "energy": entry.energy,
            "counts": entry.counts,
            "tried": entry.tried,
            "tags": list(entry.tags),
            "note": self._hide(entry.note),
            "entered": self._hide(entry.entered),
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


def _occasion_day(near: OccasionDay) -> Object:
    occasion = near.occasion
    return {
        "id": occasion.id,
        "label": occasion.label,
        "person": _named(occasion.person),
        "month": occasion.month,
        "day": occasion.day,
        "year": occasion.year,
        "on": _iso(near.on),
        "in_days": near.in_days,
        "turns": near.turns,
    }
