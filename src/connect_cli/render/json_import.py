"""An import as one JSON document. docs/json.md lists its fields."""

from typing import TYPE_CHECKING, Any

from connect_cli.model import Named

if TYPE_CHECKING:  # other documents need none of these
    from connect_cli.reports import Arriving, AtWord, Happening, Preview, Question, Unread

Object = dict[str, Any]


def document(view: "Preview", *, discreet: bool) -> Object:
    """The fields of the document. discreet: values, notes and titles are `null`."""
    return {
        "format": view.format,
        "taken": view.taken,
        "new": dict(view.new),
        "changed": dict(view.changed),
        "taken_away": dict(view.taken_away),
        "known": view.known,
        "people": [_arriving(one, discreet=discreet) for one in view.people],
        "interactions": [_happening(one, discreet=discreet) for one in view.interactions],
        "questions": [_question(one, discreet=discreet) for one in view.questions],
        "unread": [_unread(one, discreet=discreet) for one in view.unread],
        "words": [_word(one, discreet=discreet) for one in view.words],
        "waiting": view.waiting,
        "remarks": list(view.remarks),
    }


def _question(one: "Question", *, discreet: bool) -> Object:
    """One question."""
    return {
        "id": one.id,
        "day": one.day.isoformat(),
        "time": one.time,
        "minutes": one.minutes,
        "kind": one.kind,
        "because": one.because,
        "people": [_named(person) for person in one.people],
        "summary": None if discreet or not one.summary else one.summary,
    }


def _arriving(one: "Arriving", *, discreet: bool) -> Object:
    return {
        "name": one.name,
        "status": one.status,
        "sort": one.sort,
        "by": one.by or None,
        "maybe": [_named(person) for person in one.maybe],
        "gains": [
            {"field": field, "said": None if discreet else value} for field, value in one.gains
        ],
    }


def _word(one: "AtWord", *, discreet: bool) -> Object:
    return {
        "word": one.word,
        "times": one.times,
        "becomes": one.becomes,
        "name": one.name or None,
        "known": list(one.known),
        "example": None if discreet or not one.example else one.example,
    }


def _unread(one: "Unread", *, discreet: bool) -> Object:
    said = None if discreet or not one.said else one.said
    return {
        "place": one.place,
        "reason": one.reason,
        "said": said,
        "title": None if discreet or not one.title else one.title,
        "day": None if one.day is None else one.day.isoformat(),
    }


def _happening(one: "Happening", *, discreet: bool) -> Object:
    return {
        "day": one.day.isoformat(),
        "time": one.time,
        "kind": one.kind,
        "people": list(one.people),
        "minutes": one.minutes,
        "direction": one.direction,
        "tags": list(one.tags),
        "note": None if discreet else one.note,
    }


def _named(person: Named) -> Object:
    return {"id": person.id, "name": person.name}
