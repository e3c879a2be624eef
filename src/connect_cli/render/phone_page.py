"""The page for the phone: cards of those who come up in the next days, and a list of everybody.

It is read on later days than that on which it was written, so every day stands with its date and
none as `tomorrow`. `templates/phone.html` lays out the values that are made here, and page_frame.py
tells how a page is written. What is private is left out here if the page is to be discreet.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from connect_cli.errors import first_steps
from connect_cli.language.calendar import plus_days, weekday_name
from connect_cli.language.sorting import by_name
from connect_cli.model import ContactPoint, Interaction, Named, Promise
from connect_cli.render import page_frame, words
from connect_cli.render.links import link_of
from connect_cli.render.planning_words import say_ahead_occasion
from connect_cli.render.review_words import Line, to_do
from connect_cli.render.safe import HIDDEN
from connect_cli.views import Card, ComingDays, Plan

TEMPLATE = "phone.html"
FIRST_WORDS = 100
"""Characters of a note in the list of everybody."""
FEWEST_WITH_LETTERS = 50
OTHER_LETTER = "…"
CALLED = ("phone", "email")
"""Ways that a tap opens. A web page is no link here: a browser may look up its name unasked."""


class Way(NamedTuple):
    """A way to reach somebody. link: what a tap on it opens; empty if nothing."""

    said: str
    link: str = ""


class Talk(NamedTuple):
    """A conversation: how, when and with whom else, and its note."""

    said: str
    note: str


class Known(NamedTuple):
    """A line of a card: a label, and words; day: until when, if it has one; coming: within days."""

    label: str
    text: str
    day: str = ""
    coming: bool = False


class PhoneCard(NamedTuple):
    """Somebody who comes up. why: why they are proposed, if they are; days: those that come now."""

    anchor: str
    name: str
    standing: Sequence[str]
    why: str
    days: Sequence[str]
    last: Talk | None
    earlier: Sequence[Talk]
    lines: Sequence[Known]
    ties: Sequence[str]
    ways: Sequence[Way]


class Row(NamedTuple):
    """Somebody in the list of everybody. anchor: that of their card, if they have one."""

    anchor: str
    name: str
    circle: str
    also: str
    last: str
    words: str
    ways: Sequence[Way]


class Group(NamedTuple):
    """The people whose names begin with one letter."""

    letter: str
    anchor: str
    rows: Sequence[Row]


class Again(NamedTuple):
    """A line of a day about somebody whose card stands elsewhere, or who has none."""

    anchor: str
    line: Line


class Day(NamedTuple):
    """A day with the cards of those who come up for the first time, and lines for the others."""

    title: str
    short: str
    anchor: str
    cards: Sequence[PhoneCard]
    again: Sequence[Again]


def phone_page(view: ComingDays, now: datetime, *, discreet: bool) -> str:
    """The whole page. now: when it is written. Raises NeedsExtra without Jinja.

    discreet: without notes, promises, details, relations, ways to reach people, and labels in your
    own words.
    """
    page = _Page(page_frame.marked(view), view.plans[0].day, discreet=discreet)
    return page_frame.written(
        TEMPLATE,
        heading="The coming days",
        span=_say_span(view.plans[0].day, view.plans[-1].day),
        days=list(page.days()),
        groups=list(page.groups()),
        steps=[] if view.people else first_steps(),
        made=f"{_whole_date(now.date())} at {now:%H:%M}",
    )


class _Page:
    """The parts of the page, all about one day."""

    def __init__(self, view: ComingDays, day: date, *, discreet: bool) -> None:
        self.view, self.day, self.discreet = view, day, discreet
        self.cards = {card.person.id: card for card in view.cards}
        self.anchors = {one: f"p{number}" for number, one in enumerate(self.cards, 1)}

    def days(self) -> Iterator[Day]:
        """Each day on which somebody comes up."""
        shown: set[str] = set()
        for number, plan in enumerate(self.view.plans, 1):
            listed = _lines_of(plan, self.day, discreet=self.discreet)
            new = [one for one in listed if one in self.cards and one not in shown]
            again = [
                Again(self.anchors.get(one, ""), line)
                for one, lines in listed.items()
                if one not in new
                for line in lines
            ]
            if listed:
                title, short = words.long_date(plan.day), _short(plan.day)
                cards = [self._card(one, plan) for one in new]
                yield Day(title, short, f"d{number}", cards, again)
            shown.update(new)

    def groups(self) -> Iterator[Group]:
        """Everybody by the first letters of their names; few people are one group."""
        if len(self.view.people) < FEWEST_WITH_LETTERS:
            yield Group("", "", [self._row(card) for card in self.view.people])
            return
        ordered = sorted(self.view.people, key=lambda card: _letter(card) == OTHER_LETTER)
        for number, (letter, cards) in enumerate(groupby(ordered, key=_letter), 1):
            yield Group(letter, f"l{number}", [self._row(card) for card in cards])

    def _card(self, person_id: str, plan: Plan) -> PhoneCard:
        card = self.cards[person_id]
        talks = [self._talk(card, one) for one in card.timeline]
        reasons = (one for one in plan.suggestions if one.person.id == person_id)
        hides = self.discreet
        return PhoneCard(
            anchor=self.anchors[person_id],
            name=card.person.name,
            standing=_standing(card),
            why=next(map(words.say_because, reasons), ""),
            days=[
                words.say_dated_occasion(near, self.day, discreet=hides)
                for near in card.occasions
                if self._comes(near.on)
            ],
            last=talks[0] if talks else self._seen(card),
            earlier=[] if hides else talks[1:],
            lines=list(self._lines(card)),
            ties=[] if hides else [words.say_tie(tie) for tie in card.ties],
            ways=self._ways(card.contact_points),
        )

    def _talk(self, card: Card, one: Interaction) -> Talk:
        others = [person for person in one.people if person.id != card.person.id]
        company = f"with {words.say_names(others)}" if others else ""
        time = "" if one.minutes is None else words.say_minutes(one.minutes)
        said = ", ".join(filter(None, (self._how(one), time, company)))
        return Talk(said, "" if self.discreet else one.note)

    def _how(self, one: Interaction) -> str:
        """`coffee, Mon 19 Oct`."""
        how = words.how_words(one, discreet=self.discreet)
        return f"{how}, {words.date_words(one.day, self.day)}"

    def _seen(self, card: Card) -> Talk | None:
        """The day of the last contact, where the journal has no more of it."""
        day = card.person.last_on
        return None if day is None else Talk(f"last contact {words.date_words(day, self.day)}", "")

    def _lines(self, card: Card) -> Iterator[Known]:
        """What is open with somebody, their yearly days, and what to remember."""
        for promise in card.promises:
            text = HIDDEN if self.discreet else promise.text
            label, day = words.OWED_WORDS[promise.owed], _promise_day(promise, self.day)
            yield Known(label, text, day, self._comes(promise.due_on))
        for near in card.occasions:
            if not self._comes(near.on):
                one = near.occasion
                label = words.day_label(one, discreet=self.discreet)
                yield Known(label, words.month_day(one.month, one.day, one.year))
        for detail in () if self.discreet else card.details:
            yield Known(detail.label, detail.value)

    def _comes(self, day: date | None) -> bool:
        """Whether a day is one of the page, or just over."""
        return day is not None and day <= self.view.plans[-1].day

    def _ways(self, points: Sequence[ContactPoint]) -> list[Way]:
        if self.discreet:
            return []
        return [Way(one.value, link_of(one) if one.kind in CALLED else "") for one in points]

    def _row(self, card: Card) -> Row:
        newest = next(iter(card.timeline), None)
        seen = self._seen(card)
        note = "" if newest is None or self.discreet else newest.note
        return Row(
            anchor=self.anchors.get(card.person.id, ""),
            name=card.person.name,
            circle=card.person.circle or "",
            also=", ".join(card.aliases),
            last=self._how(newest) if newest else seen.said if seen else "",
            words=words.quoted(note, FIRST_WORDS),
            ways=self._ways(card.contact_points),
        )


def _lines_of(plan: Plan, today: date, *, discreet: bool) -> Mapping[str, Sequence[Line]]:
    """What each person comes up for on a day, by their ids, in the order of the list."""
    found: dict[str, list[Line]] = {}
    for near in plan.occasions:
        over = "" if near.on == plan.day else words.date_words(near.on, today)
        line = Line(over, say_ahead_occasion(near, discreet=discreet))
        found.setdefault(near.occasion.person.id, []).append(line)
    for promise in plan.promises:
        line = to_do(promise, "" if promise.due_on == plan.day else _promise_day(promise, today))
        hidden = line._replace(text=HIDDEN if discreet else line.text)
        found.setdefault(promise.person.id, []).append(hidden)
    for one in plan.suggestions:
        name = page_frame.marked(Named(one.person.id, one.person.name)).name
        line = Line("", f"{name}, {words.say_because(one)}")
        found.setdefault(one.person.id, []).append(line)
    return found


def _standing(card: Card) -> list[str]:
    """`inner`, `every week`, `also Countess`, `#work`."""
    person, also = card.person, ", ".join(card.aliases)
    said = (
        person.circle or "",
        "" if person.cadence is None else person.cadence.words,
        f"also {also}" if also else "",
        " ".join(f"#{tag}" for tag in card.tags),
    )
    return [one for one in said if one]


def _promise_day(promise: Promise, today: date) -> str:
    """`by Fri 4 Dec`, and the same on that day itself."""
    if promise.due_on == today:
        return words.say_promise_day(promise, plus_days(today, -1))
    return words.say_promise_day(promise, today)


def _letter(card: Card) -> str:
    """The first letter of a name, without accents; one sign for scripts without large letters."""
    first = by_name(card.person.name)[0][:1].upper()
    return first if first.isupper() else OTHER_LETTER


def _short(day: date) -> str:
    return f"{weekday_name(day.weekday())[:3]} {day.day}"


def _whole_date(day: date) -> str:
    return f"{words.long_date(day)} {day.year}"


def _say_span(first: date, last: date) -> str:
    """`Monday 30 November to Sunday 6 December 2026`."""
    begin = words.long_date(first) if first.year == last.year else _whole_date(first)
    return f"{begin} to {_whole_date(last)}"
