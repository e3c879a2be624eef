"""A card that is being edited: each line that changes, in the form of its version.

`edited` applies `Edits` to a card as it is now, perhaps in a file that another program has changed
meanwhile. What it leaves alone stays as it is, byte for byte, and a value that returns is written
in the form it had in the card.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import count

from connect_cli.exchange import vcard_read
from connect_cli.exchange.values import Day, days_of, point_key
from connect_cli.exchange.vcard_days import HYPHENS, new_day, usual_day, without_year, written_day
from connect_cli.exchange.vcard_edits import Edits, Value
from connect_cli.exchange.vcard_kept import OriginalCard
from connect_cli.exchange.vcard_lines import Card, Line
from connect_cli.exchange.vcard_related import (
    RELATED,
    Near,
    new_related,
    related_in,
    without_words,
)
from connect_cli.exchange.vcard_syntax import (
    Property,
    escaped,
    folded,
    head_of,
    parted,
    parts,
    raw_parts,
    taken_apart,
)
from connect_cli.exchange.vcard_values import (
    ANDROIDS,
    APPLES_DAY,
    LISTS,
    OF_ANOTHER,
    POINTS,
    day_in,
    day_label,
    is_picture,
    labels,
    nicknames,
    reached_key,
    word_key,
    word_keys,
    words_of,
)
from connect_cli.language.words import fold
from connect_cli.model import UNKNOWN

_NAMES = {"email": "EMAIL", "phone": "TEL", "url": "URL"}


def edited(card: Card, wanted: Edits) -> list[Line]:
    """The lines of a card with the edits; the same lines if there are none."""
    if wanted.is_empty:
        return card.lines
    said = [line for line in card.lines if not is_picture(line.text)]
    size = sum(len(line.raw) for line in said)
    there = vcard_read.contact(Card(said, is_whole=True, size=size))
    sheet = _Sheet(card, OriginalCard(wanted.came))
    sheet.take_out(wanted.gone)
    sheet.take_out_near(wanted.near_gone)
    if wanted.name and there.name != wanted.name and fold(there.name) in wanted.names:
        sheet.rename(wanted.name)
    days = days_of(there)
    for label, day in wanted.days:
        before = days.get(fold(label))
        if before != day and (before is None or (fold(label), before) in wanted.old_days):
            sheet.set_day(label, before, day)
    sheet.put_in(wanted.new)
    sheet.put_in_near(wanted.near_new)
    sheet.add_lines(wanted.lines)
    return sheet.lines


class _Sheet:
    """A card that is being edited, in the form of its version and with its line ends."""

    def __init__(self, card: Card, came: OriginalCard) -> None:
        self.lines = list(card.lines)
        self._original = came
        self._end = card.lines[0].end or "\r\n"
        self._version = next((one.value.strip() for _, one in self._found("VERSION")), "3.0")
        self._called = came.labels | labels(one for _, one in self._own())

    def take_out(self, gone: frozenset[Value]) -> None:
        """Remove every line, or word of a list, with one of these values."""
        for line, one in list(self._own()) if gone else ():
            if one.name in POINTS:
                if reached_key(one) in gone:
                    self._remove(line, one)
            elif one.name in LISTS.values():
                self._thin_out(line, one, gone)
            elif any(("alias", fold(name)) in gone for name in nicknames(one)):
                self._remove(line, one)

    def take_out_near(self, gone: Sequence[Near]) -> None:
        """Remove who is not near any more, by every line that says so."""
        for line, one in list(self._own()) if gone else ():
            said = list(related_in(one, self._called))
            words = frozenset(
                each.word for each in said if any(near.is_said_by(each) for near in gone)
            )
            if not words:
                continue
            if (left := without_words(one, words)) is None:
                self._remove(line, one)
            else:
                self._replace(line, left)

    def put_in_near(self, new: Sequence[Near]) -> None:
        """Say who is near, unless the card says it; in the lines that it came with, if any."""
        for near in new:
            if any(self._says(near, one) for _, one in self._own()):
                continue
            if came := self._original.saying(partial(self._says, near)):
                self._bring_back(came)
            else:
                lines = new_related(near, self._version, self._free_group())
                self._add(RELATED, *map(self._declared, lines))

    def _says(self, near: Near, line: Property) -> bool:
        return any(map(near.is_said_by, related_in(line, self._called)))

    def rename(self, name: str) -> None:
        """Write the new name, and its parts unless the new name still consists of them.

        If the original card has this name, both are written as there. A card without parts gets
        none, because nobody knows which they are.
        """
        full, in_parts = self._written("FN"), self._written("N")
        if (known := self._original.names(name)) is not None:
            self._write(full, known.get("FN"), "VERSION")
            self._write(in_parts, known.get("N"), "FN")
            return
        said = self._escaped(name)
        text = self._with_value(*full, said) if full else self._said("FN", said)
        self._write(full, text, "VERSION")
        if in_parts and not _is_made_of(name, in_parts[1]):
            self._replace(in_parts[0], self._said("N", parted(name), _group(in_parts)))

    def _written(self, name: str) -> tuple[Line, Property] | None:
        """The first line of a name that says something; else the first of all."""
        found = list(self._found(name))
        return next((each for each in found if each[1].value.strip()), next(iter(found), None))

    def _write(self, there: tuple[Line, Property] | None, text: str | None, behind: str) -> None:
        if there and text is not None:
            self._replace(there[0], text)
        elif there:
            self._remove(*there)
        elif text is not None:
            self._add(behind, text)

    def set_day(self, label: str, before: Day | None, day: Day | None) -> None:
        """Write a day anew wherever it is told, put it in, or take it out.

        It takes the place of a line that cannot be read, which returns when the day is taken out.
        """
        told = [found for found in self._days(label) if day_in(found[1], label) == before]
        came = self._came(label, lambda said: said is not None)
        if before is None and day is not None and (came or not told):
            self._add_day(label, day, self._came(label, lambda said: said == day), came)
            return
        for line, one in told:
            if day is None:
                self._remove(line, one)
            else:
                self._replace(line, self._day_line(one, label, day))
        if day is None:
            self._bring_back(self._came(label, lambda said: said is None))

    def _add_day(self, label: str, day: Day, same: Sequence[Line], came: Sequence[Line]) -> None:
        """Tell a day that the card does not tell, in the lines that it came with, if any."""
        self._bring_back(same or came)
        back = [found for found in self._days(label) if day_in(found[1], label) is not None]
        for line, one in () if same else back:
            self._replace(line, self._day_line(one, label, day))
        if not back:
            lines = new_day(label, day, self._version, self._free_group())
            self._add("BDAY", *map(self._declared, lines))

    def _free_group(self) -> str:
        """A name for a group that the card has no line of."""
        used = {_group_of(line).casefold() for line in self.lines}
        return next(name for number in count(1) if (name := f"item{number}") not in used)

    def _days(self, label: str) -> list[tuple[Line, Property]]:
        return [found for found in self._own() if self._has_label(found[1], label)]

    def _has_label(self, line: Property, label: str) -> bool:
        return fold(day_label(line, self._called)) == fold(label)

    def _came(self, label: str, fits: Callable[[Day | None], bool]) -> list[Line]:
        """The lines of the original card with a day of this label that fits."""
        return self._original.saying(
            lambda one: self._has_label(one, label) and fits(day_in(one, label))
        )

    def put_in(self, new: Sequence[Value]) -> None:
        """Say more of some sorts, unless the card says it; each as it came if it did."""
        self._bring_back_lists({(sort, point_key(sort, value)) for sort, value in new})
        for sort, value in new:
            key = (sort, point_key(sort, value))
            if sort in _NAMES:
                self._put_in_point(_NAMES[sort], key, value)
            else:
                self._put_in_word(LISTS[sort], key, value)

    def _bring_back_lists(self, keys: set[Value]) -> None:
        """Add whole lists of which no word is left, if all their words return."""
        for name in LISTS.values():
            if not any(self._found(name)):
                came = self._original.called(name)
                self._bring_back([line for line in came if words_of(line) <= keys])

    def _put_in_point(self, name: str, key: Value, value: str) -> None:
        if any(reached_key(one) == key for _, one in self._found(name)):
            return
        if came := self._original_lines(name, key):
            self._bring_back(came)
        else:
            self._add(name, self._said(name, self._escaped(value)))

    def _original_lines(self, name: str, key: Value) -> list[Line]:
        """The lines of the original card with an address or number."""
        return self._original.saying(lambda one: one.name == name and reached_key(one) == key)

    def _put_in_word(self, name: str, key: Value, value: str) -> None:
        lists = list(self._found(name))
        words = {each for _, one in lists for each in word_keys(one)}
        if key in words:
            return
        came = self._original.called(name)
        whole = next((line for line in came if words_of(line) == words | {key}), None)
        if whole and len(lists) == 1:
            self.lines[self.lines.index(lists[0][0])] = whole
        elif lists:
            line, one = lists[-1]
            self._replace(line, self._with_value(line, one, f"{one.value},{escaped(value)}"))
        else:
            self._add("FN", self._said(name, escaped(value)))

    def _bring_back(self, came: Sequence[Line]) -> None:
        """Add lines of the original card in their place, with Apple's labels for them."""
        there = {line.text for line in self.lines}
        whole = self._original.with_labels(came)
        moved, last = self._moved(whole), dict.fromkeys(map(_group_of, whole), 0)
        for line in whole:
            group = _group_of(line)
            if group in moved:
                place = last[group] or self._original.place(line, self.lines)
                self.lines.insert(place, self._line(moved[group] + line.text[len(group) :]))
                last[group] = place + 1
            elif line.text not in there:
                self.lines.insert(self._original.place(line, self.lines), line)

    def _moved(self, whole: Sequence[Line]) -> dict[str, str]:
        """New names for groups whose names the card now uses for something else."""
        groups = dict.fromkeys(filter(None, map(_group_of, whole)))
        used = {_group_of(line).casefold() for line in (*self.lines, *whole)}
        free = (name for number in count(1) if (name := f"item{number}") not in used)
        return {group: next(free) for group in groups if self._is_another(group, whole)}

    def _is_another(self, group: str, whole: Sequence[Line]) -> bool:
        there = [line for line in self.lines if _group_of(line) == group]
        return bool(there) and _labels_of(there, group) != _labels_of(whole, group)

    def add_lines(self, lines: Iterable[str]) -> None:
        """Add lines as they are, unless the card has them."""
        there = {line.text for line in self.lines}
        for text in dict.fromkeys(lines):
            if text not in there:
                self._add("", text)

    def _own(self) -> Iterator[tuple[Line, Property]]:
        for line in self.lines[1:-1]:
            if line.is_own and (one := taken_apart(line.text)) is not None:
                yield line, one

    def _found(self, name: str) -> Iterator[tuple[Line, Property]]:
        return ((line, one) for line, one in self._own() if one.name == name)

    def _thin_out(self, line: Line, one: Property, gone: frozenset[Value]) -> None:
        sort = "alias" if one.name == LISTS["alias"] else "tag"
        words = raw_parts(one.value)
        left = [word for word in words if word_key(sort, word) not in gone]
        if not any(left):
            self._remove(line, one)
        elif len(left) < len(words):
            self._replace(line, self._with_value(line, one, ",".join(left)))

    def _remove(self, line: Line, one: Property) -> None:
        """Remove a line, and Apple's labels for it (`item1.X-ABLabel`)."""
        self.lines.remove(line)
        group = [other for other in self._own() if one.group and other[1].group == one.group]
        if all(other.name in OF_ANOTHER for _, other in group):
            for other, _ in group:
                self.lines.remove(other)

    def _replace(self, line: Line, text: str) -> None:
        self.lines[self.lines.index(line)] = self._line(text)

    def _add(self, behind: str, *texts: str) -> None:
        """Add lines after the last one with this name and its labels, or at the end."""
        places = [self.lines.index(line) for line, _ in self._found(behind)]
        place = places[-1] + 1 if places else len(self.lines) - 1
        while places and self._is_label(place, self.lines[places[-1]]):
            place += 1
        self.lines[place:place] = map(self._line, texts)

    def _is_label(self, place: int, of: Line) -> bool:
        one, other = taken_apart(of.text), taken_apart(self.lines[place].text)
        return bool(one and other and one.group and one.group == other.group)

    def _line(self, text: str) -> Line:
        """A new line, folded except in vCard 2.1, which folds only at blanks."""
        said = text if self._version == "2.1" else folded(text, self._end)
        return Line(0, f"{said}{self._end}".encode(), text)

    def _said(self, name: str, value: str, group: str = "") -> str:
        old = self._version == "2.1" and not value.isascii()
        return f"{f'{group}.' if group else ''}{name}{';CHARSET=UTF-8' if old else ''}:{value}"

    def _declared(self, text: str) -> str:
        """A whole line, in vCard 2.1 with the encoding of what is not ASCII."""
        if self._version != "2.1" or text.isascii():
            return text
        head = head_of(text)
        return f"{head[:-1]};CHARSET=UTF-8:{text[len(head) :]}"

    def _escaped(self, value: str) -> str:
        return escaped(value).replace("\\,", ",") if self._version == "2.1" else escaped(value)

    def _with_value(self, line: Line, one: Property, value: str) -> str:
        """A line with another value, otherwise as it is."""
        coded = one.params.get("ENCODING", "").upper() == "QUOTED-PRINTABLE"
        head = head_of(one.raw if coded else line.text)
        old = coded or self._version == "2.1"
        if old and not value.isascii() and ";CHARSET=" not in head.upper():
            head = f"{head[:-1]};CHARSET=UTF-8:"
        return f"{head}{value}"

    def _day_line(self, one: Property, label: str, day: Day) -> str:
        head = re.sub(r";VALUE=(?!date:)[^;:]*", "", head_of(one.raw), flags=re.IGNORECASE)
        omitted = re.sub(r";X-APPLE-OMIT-YEAR=[^;:]*", "", head, flags=re.IGNORECASE)
        if one.name == ANDROIDS:
            sort, _, *rest = raw_parts(one.value, ";")
            return f"{omitted}{';'.join([sort, written_day(day, HYPHENS), *rest])}"
        apples = omitted != head or (one.name == APPLES_DAY and self._version != "4.0")
        if apples and not isinstance(day, str) and day[0] is None:
            return f"{omitted[:-1]}{without_year(day)}"
        if day == UNKNOWN:
            return f"{omitted[:-1]};VALUE=text:{day}"
        like = one.value if day_in(one, label) not in (None, UNKNOWN) else usual_day(self._version)
        return f"{omitted}{written_day(day, like)}"


def _group(found: tuple[Line, Property] | None) -> str:
    return found[1].group if found else ""


def _is_made_of(name: str, in_parts: Property) -> bool:
    """Whether all words of a name are among its parts."""
    words = {word for part in parts(in_parts.value, ";") for word in part.split()}
    return set(name.replace(",", " ").split()) <= words


def _group_of(line: Line) -> str:
    one = taken_apart(line.text)
    return "" if one is None else one.group


def _labels_of(lines: Iterable[Line], group: str) -> set[str]:
    """Apple's labels for the lines of a group."""
    ones = (taken_apart(line.text) for line in lines if _group_of(line) == group)
    return {one.value for one in ones if one is not None and one.name in OF_ANOTHER}
