"""What an import, an undo or `forget` changes, in English words.

The preview of an import is built here, in sections of rows, for every renderer. What needs a
decision comes first, then what changes, then who is new. Each row comes in two forms: one line for
a pipe, and two columns for a terminal.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from connect_cli.errors import as_typed
from connect_cli.language.plurals import counted, listed
from connect_cli.language.sorting import by_name
from connect_cli.render.safe import HIDDEN
from connect_cli.render.words import date_words, ended, say_when

if TYPE_CHECKING:  # only imports need these
    from connect_cli.reports import (
        Arriving,
        AtWord,
        Gain,
        Happening,
        Preview,
        Question,
        Sort,
        Step,
        Traces,
        Unread,
        Way,
    )

NOTHING_NEW = "Nothing new: everything is in the journal already."
NOTHING = "There is nothing to import."
NO_QUESTIONS = "Nothing to ask."

_THINGS = {
    "interaction": ("interaction", "interactions"),
    "person": ("person", "people"),
    "alias": ("alias", "aliases"),
    "contact_point": ("contact point", "contact points"),
    "detail": ("detail", "details"),
    "occasion": ("yearly day", "yearly days"),
    "card": ("address card", "address cards"),
    "tag": ("tag", "tags"),
    "promise": ("promise or question", "promises and questions"),
    "relation": ("relation", "relations"),
    "pause": ("pause", "pauses"),
    "saving": ("saving", "savings"),
    "circle": ("circle", "circles"),
    "gone": ("record of a deletion", "records of deletions"),
    "offered": ("day on which somebody was listed", "days on which somebody was listed"),
    "distinct_pair": ("pair of people who are two", "pairs of people who are two"),
    "inbox_line": ("settled line of the inbox", "settled lines of the inbox"),
}
"""What the rows of each table are called, the most important first."""

_WAYS: "dict[Way, str]" = {
    "taken away": "removes",
    "brought back": "brings back",
    "changed back": "changes back",
}


class Row(NamedTuple):
    """One person, interaction or unread part of a file.

    line: its beginning in a pipe. left, said: the same in two columns, for a terminal; without
    `left`, `said` is a sentence over the whole width. by: how somebody was recognised. gains, note:
    what follows in both forms.
    """

    line: str
    left: str
    said: str = ""
    by: str = ""
    gains: "Sequence[Gain]" = ()
    note: str = ""


class Section(NamedTuple):
    """Rows of one sort. before: a line for a pipe, which shows no heading; after: a last line.

    decides: there is something to decide, so that nothing is cut unless a question follows.
    """

    heading: str
    rows: Sequence[Row]
    after: str = ""
    before: str = ""
    decides: bool = False

    def shown(self, most: int | None, *, brief: bool) -> Sequence[Row]:
        """The rows to show. most: of a section; None for all. brief: a question follows."""
        return self.rows if self.decides and not brief else self.rows[:most]


def say_summary(view: "Preview", today: date, *, discreet: bool = False) -> Iterator[str]:
    """What an import brings: its questions, or numbers of people, interactions and changed rows."""
    left = any(one.status in ("unsure", "left out") for one in view.people)
    if view.asks:
        said = (say_question(one, today, discreet=discreet) for one in view.questions)
        yield from said if view.questions else (NO_QUESTIONS,)
    elif not (view.writes or left or view.waiting):
        yield NOTHING_NEW if view.people or view.known or view.counted else NOTHING
    elif view.counted:
        yield from _say_tables(view)
    else:
        yield f"{', '.join(_say_amounts(view))}."


def sections(view: "Preview", *, discreet: bool = False) -> list[Section]:
    """The sections of an import that are not empty: what is to be decided comes first.

    discreet: values and notes are hidden.
    """
    new, matched = _people(view, "new"), [one for one in _people(view, "matched") if one.gains]
    unsure = [_maybe(one) for one in _people(view, "unsure")]
    unread = [_unread(one, discreet=discreet) for one in view.unread]
    count = say_amount(len(new), "person")
    every = (
        Section("Words with @", _words(view, discreet=discreet), _say_words(view), decides=True),
        Section("May be here", unsure, _decide(view), decides=True),
        *(_not_people(view, sort, discreet=discreet) for sort in _SORTS),
        Section("Not read", unread, before=f"Not read: {len(unread)}.", decides=True),
        Section("Matched", [_known(one, discreet=discreet) for one in matched]),
        Section(
            f"New: {count}",
            [_known(one, discreet=discreet) for one in new],
            before=f"New: {count}.",
        ),
        Section("Interactions", _interactions(view, discreet=discreet)),
    )
    return [section for section in every if section.rows]


def in_lines(section: Section, most: int | None, *, brief: bool = False) -> Iterator[str]:
    """A section for a pipe. most, brief: as for `Section.shown`."""
    if section.before:
        yield section.before
    shown = section.shown(most, brief=brief)
    for row in shown:
        gains = "; ".join(f"{field} {value}" for field, value in row.gains)
        yield ": ".join(filter(None, (row.line, gains, row.note)))
    if rest := len(section.rows) - len(shown):
        yield say_rest(rest)
    if section.after:
        yield section.after


def say_question(question: "Question", today: date, *, discreet: bool) -> str:
    """`Coffee with Ada (Ada Lovelace), yesterday, Sun 22 Nov 10:00, 45 min`."""
    names = ", ".join(person.name for person in question.people)
    summary = HIDDEN if discreet and question.summary else question.summary
    what = f"{summary} ({names})" if summary else names
    time = f" {question.time}" if question.time else ""
    minutes = f", {question.minutes} min" if question.minutes else ""
    return f"{what}, {say_when(question.day, today)}{time}{minutes}"


def say_rest(number: int) -> str:
    """That there are more than were shown."""
    return f"… and {number} more; --all shows all"


def say_at_word(one: "AtWord", *, discreet: bool) -> str:
    """What a word with @ becomes, and where it stands: `tag, 2 times: “An @idea.”`."""
    return ": ".join(filter(None, (say_becomes(one), say_example(one, discreet=discreet))))


def say_becomes(one: "AtWord") -> str:
    """What a word with @ becomes, and how often it is there."""
    maybe = f", maybe {' or '.join(one.known[:3])}" if len(one.known) > 1 else ""
    return f"{_becomes(one)}{maybe}, {counted(one.times, 'time')}"


def say_example(one: "AtWord", *, discreet: bool) -> str:
    """A line in which a word with @ stands, in quotes; empty if there is none to show."""
    return f"“{one.example}”" if one.example and not discreet else ""


def _becomes(one: "AtWord") -> str:
    """`Dan Smith, in the journal`, `new person Dan`, `tag`."""
    here = one.known[0] if len(one.known) == 1 else ""
    if one.becomes == "tag":
        return f"tag, not {here}" if here else "tag"
    if here:
        return f"{here}, in the journal"
    return f"new person {one.name}" if one.becomes == "person" else "a person or a tag"


def say_moment(at: datetime, today: date) -> str:
    """`today at 09:12`, `5 weeks ago, Mon 19 Oct at 09:12`."""
    return f"{say_when(at.date(), today)} at {at:%H:%M}"


def say_step(step: "Step", today: date, *, again: bool = False, discreet: bool = False) -> str:
    """A command, and what undoing or redoing it changes.

    again: it is redone. discreet: leave out words that may quote a detail or a promise.
    """
    command = step.command
    words = "" if discreet and command.private else f": {command.words}"
    told = f"{command.verb}, {say_moment(command.at, today)}{words}"
    return f"{ended(told)} {_effects(step, again=again)}"


def say_traces(name: str, traces: "Traces") -> Iterator[str]:
    """What forgetting somebody removes, and what stays: a sentence each."""
    counts = {
        "interaction": traces.alone,
        "detail": traces.details,
        "promise": traces.promises,
        "relation": traces.relations,
    }
    things = [say_amount(number, table) for table, number in counts.items() if number]
    with_them = f", with {listed(things)}" if things else ""
    yield f"{name} will be gone{with_them}; '{as_typed('undo')}' cannot bring anybody back."
    if traces.shared:
        interactions = say_amount(traces.shared, "interaction")
        yield f"{interactions} with others will stay, with 'someone' in place of the name."
    if traces.texts:
        yield f"{_places(traces.texts, 'names')} them, and will say 'someone' instead."
    if traces.first_names:
        said = _places(traces.first_names, "contains")
        yield f"{said} the first name alone, which will stay."
    if traces.named_after:
        yield f"The name is part of {listed(traces.named_after)}, which will stay."
    if traces.travels:
        yield "The sync folder and your other machines will forget them too."


def say_forgotten_elsewhere() -> str:
    """What is left to do after somebody was forgotten in a journal of several machines."""
    return (
        f"Now run '{as_typed('sync')}' here, and then on your other machines. Old files that the"
        " program behind the sync folder keeps, only you can remove."
    )


def say_amount(number: int, table: str) -> str:
    """`1 person`, `2 interactions`."""
    return counted(number, *_THINGS[table])


def _say_amounts(view: "Preview") -> Iterator[str]:
    """How many people and interactions an import brings, by what happens to them."""
    people = Counter(one.status for one in view.people)
    if cards := people["left out"]:
        said = counted(cards, "card of a firm or machine", "cards of firms or machines")
        yield f"{said} {'to decide' if view.asks_later else 'left out'}"
    for number, table, what in (
        (view.waiting, "interaction", "to decide"),
        (people["unsure"], "person", "left out who may be here already"),
        (people["matched"], "person", "matched"),
        (people["new"], "person", "new"),
        (len(view.interactions), "interaction", "new"),
        (view.known, "interaction", "here already"),
    ):
        if number:
            yield f"{say_amount(number, table)} {what}"


def say_imported(view: "Preview") -> str:
    """What an import has written: `Imported 197 people, matched 3.`"""
    if view.counted:
        return f"Imported. {' '.join(_say_tables(view))}"
    people = Counter(one.status for one in view.people)
    counts = (("person", people["new"]), ("interaction", len(view.interactions)))
    new = [say_amount(number, table) for table, number in counts if number]
    only_people = bool(people["new"]) and not view.interactions
    parts = [f"imported {listed(new)}"] * bool(new)
    for did, number in (
        ("matched", people["matched"]),
        ("left out", people["unsure"] + people["left out"]),
    ):
        if number:
            parts.append(f"{did} {number if only_people else say_amount(number, 'person')}")
    said = ", ".join(parts) or "imported"
    return f"{said[:1].upper()}{said[1:]}."


def _say_tables(view: "Preview") -> Iterator[str]:
    """How many rows of each table are new, changed or removed."""
    ways: tuple[tuple[str, Mapping[str, int]], ...] = (
        ("New", view.new),
        ("Changed", view.changed),
        ("Removed", view.taken_away),
    )
    for way, counts in ways:
        if counts:
            yield f"{way}: {', '.join(say_amount(n, table) for table, n in counts.items())}."


def _people(view: "Preview", status: str) -> "list[Arriving]":
    return [one for one in view.people if one.status == status]


def _decide(view: "Preview") -> str:
    return f"{view.decide}." if view.decide else ""


_SORTS: "Mapping[Sort, tuple[str, str]]" = {
    "firm": ("Firms", "firms"),
    "machine": ("Addresses of machines", "machines"),
}
"""The heading of each sort of card that is of no person, and its word for `--leave-out`."""


def _not_people(view: "Preview", sort: "Sort", *, discreet: bool) -> Section:
    """New cards of firms or machines, and whether they are left out."""
    heading, word = _SORTS[sort]
    found = [one for one in view.people if one.sort == sort and one.status in ("new", "left out")]
    left = any(one.status == "left out" for one in found)
    if view.asks_later and left:
        after = "You will be asked whether to import them."
    elif left:
        after = "They are left out; to import them: --leave-out none"
    else:
        after = f"They are imported like people; to leave them out: --leave-out {word}"
    rows = [_of_nobody(one, sort, discreet=discreet) for one in found]
    return Section(heading, rows, after, decides=True)


def _of_nobody(one: "Arriving", sort: "Sort", *, discreet: bool) -> Row:
    """A card of a firm or a machine, with how it is reached."""
    reached = next((value for field, value in one.gains if field in ("email", "phone")), "")
    said = HIDDEN if discreet and reached else reached
    return Row(": ".join(filter(None, (sort, one.name, said))), one.name, said)


def _words(view: "Preview", *, discreet: bool) -> list[Row]:
    said = ((one.word, say_at_word(one, discreet=discreet)) for one in view.words)
    return [Row(f"{word}: {words}", word, words) for word, words in said]


def _say_words(view: "Preview") -> str:
    """How to say which words are people, while that is not decided."""
    if not any(one.becomes == "undecided" for one in view.words):
        return ""
    waits = f"{say_amount(view.waiting, 'interaction')} {'waits' if view.waiting == 1 else 'wait'}"
    if view.asks_later:
        return f"You will be asked which of them are people; {waits} for that."
    known = any(len(one.known) == 1 for one in view.words)
    those, nobody = ("known,", "known") if known else ("", "none")
    return (
        f"To decide: --people {those}@WORD,@WORD names those who are people, --people {nobody} says"
        f" that nobody {'else ' if known else ''}is. {waits} for that."
    )


def _known(one: "Arriving", *, discreet: bool) -> Row:
    """Somebody new or matched, and what they gain."""
    by = f"by {one.by}" if one.by else ""
    line = f"{one.status} ({by}): {one.name}" if by else f"{one.status}: {one.name}"
    gains = [(field, HIDDEN if discreet else value) for field, value in one.gains]
    return Row(line, one.name, by=by, gains=gains)


def _maybe(one: "Arriving") -> Row:
    """Somebody who may be in the journal already."""
    maybe = " or ".join(person.name for person in one.maybe)
    return Row(f"may be here: {one.name}: {maybe}", one.name, maybe)


def _interactions(view: "Preview", *, discreet: bool) -> list[Row]:
    if view.by_person:
        return _by_person(view.interactions)
    return [_interaction(one, discreet=discreet) for one in view.interactions]


def _interaction(one: "Happening", *, discreet: bool) -> Row:
    names = ", ".join(one.people)
    line, said = f"{one.day} {one.kind}: {names}", f"{one.kind}, {names}"
    return Row(line, f"{one.day}", said, note=HIDDEN if discreet and one.note else one.note)


def _by_person(interactions: "Sequence[Happening]") -> list[Row]:
    """How many interactions each person has, with the first and the last day."""
    days: dict[str, list[date]] = {}
    for one in interactions:
        days.setdefault(one.people[0], []).append(one.day)
    in_order = sorted(days.items(), key=lambda each: by_name(each[0]))
    said = {name: f"{len(on)}, from {min(on)} to {max(on)}" for name, on in in_order}
    return [Row(f"{name}: {span}", name, span) for name, span in said.items()]


def _unread(one: "Unread", *, discreet: bool) -> Row:
    """`a.vcf, line 6: TEL is not understood; the card keeps it: ask Jenny`."""
    said = f"{_say_place(one, discreet=discreet)}: {one.reason}"
    return Row(f"not read: {said}", "", said, note="" if discreet else one.said)


def say_unread(one: "Unread", *, discreet: bool) -> str:
    """The same in one line, beginning with `not read:`."""
    row = _unread(one, discreet=discreet)
    return ": ".join(filter(None, (row.line, row.note)))


def _say_place(one: "Unread", *, discreet: bool) -> str:
    """`book.vcf, line 6`; of a meeting `plans.ics, line 6, “Lunch” (Fri 20 Nov 2026)`."""
    if one.title is None:
        return one.place
    day = date_words(one.day, date.min) if one.day else "day unknown"  # always with its year
    title = f"“{one.title}”" if one.title and not discreet else "a meeting"
    return f"{one.place}, {title} ({day})"


def _places(number: int, does: str) -> str:
    """`1 other text names`, `2 other texts name`."""
    return f"{counted(number, 'other text')} {does if number == 1 else does[:-1]}"


def _effects(step: "Step", *, again: bool) -> str:
    """`It removes 1 interaction and 2 people and brings back 1 detail.`"""
    counts = {(way, table): number for way, table, number in step.effects}
    parts = []
    for way, does in _WAYS.items():
        things = [say_amount(counts[way, each], each) for each in _THINGS if (way, each) in counts]
        if things:
            parts.append(
                f"{does.replace('changes back', 'changes') if again else does} {listed(things)}"
            )
    return f"It {listed(parts)}." if parts else "Nothing that it changed is still there."
