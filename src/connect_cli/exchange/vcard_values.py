"""The values of single lines of a card, as the journal has them."""

import re
from collections.abc import Iterable, Mapping

from connect_cli.exchange.death_days import NO_YEAR, death_text, is_death
from connect_cli.exchange.normalise import (
    day_of_year,
    group_tag,
    kept_group,
    kept_label,
    kept_name,
    kept_point,
    one_line,
)
from connect_cli.exchange.values import Day, Yearly, point_key
from connect_cli.exchange.vcard_lines import Line
from connect_cli.exchange.vcard_syntax import Property, parts, raw_parts, taken_apart, unescaped
from connect_cli.model import DEATH

Key = tuple[str, str]
"""A sort, and a key that all spellings of a value share."""

BIRTHDAY, ANNIVERSARY = "birthday", "anniversary"
POINTS = {"EMAIL": "email", "TEL": "phone", "URL": "url"}
LISTS = {"alias": "NICKNAME", "tag": "CATEGORIES"}
DAYS = {
    "BDAY": BIRTHDAY,
    "ANNIVERSARY": ANNIVERSARY,
    "X-ANNIVERSARY": ANNIVERSARY,
    "X-EVOLUTION-ANNIVERSARY": ANNIVERSARY,
    "X-KADDRESSBOOK-X-ANNIVERSARY": ANNIVERSARY,
    "X-MS-ANNIVERSARY": ANNIVERSARY,
    "DEATHDATE": DEATH,
    "X-DEATHDATE": DEATH,
}
APPLES_DAY, APPLES_LABEL, ANDROIDS = "X-ABDATE", "X-ABLABEL", "X-ANDROID-CUSTOM"
OF_ANOTHER = (APPLES_LABEL, "X-ABADR")
"""Apple's lines that only describe another line of their group."""

LONG_HEAD = 4096

_ANDROIDS_DAYS = {"1": ANNIVERSARY, "2": "other", "3": BIRTHDAY}
_APPLES_WORDS = re.compile(r"_\$!<(.*)>!\$_", re.DOTALL)
_PICTURE = re.compile(r"(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)
_CODED = re.compile(r";(?:ENCODING=)?B(?:ASE64)?[;:]", re.IGNORECASE)
_ADDRESS = re.compile(r"(?!data:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def point(line: Property) -> tuple[str, str] | None:
    """The contact point of a line: its sort and value."""
    if (sort := POINTS.get(line.name)) is None:
        return None
    said = one_line(unescaped(line.value))
    value = said if sort == "url" else kept_point(sort, said)
    return (sort, value) if value else None


def reached_key(line: Property) -> Key:
    """The key of an address or number, even if the journal cannot read it."""
    sort = POINTS[line.name]
    return sort, point_key(sort, one_line(unescaped(line.value)))


def word_keys(line: Property) -> set[Key]:
    """The keys of the words in a list."""
    sort = "alias" if line.name == LISTS["alias"] else "tag"
    return {word_key(sort, word) for word in raw_parts(line.value)}


def words_of(line: Line) -> set[Key]:
    """The same for a whole line."""
    one = taken_apart(line.text)
    return set() if one is None else word_keys(one)


def word_key(sort: str, word: str) -> Key:
    """The key of one word in a list."""
    said = unescaped(word).strip()
    return sort, point_key(sort, kept_name(said) if sort == "alias" else group_tag(said))


def nicknames(line: Property) -> list[str]:
    """The nicknames in a line."""
    if line.name == "NICKNAME":
        return [name for each in parts(line.value, ",") if (name := kept_name(each))]
    sort, value, _ = of_android(line)
    name = kept_name(value) if sort == "nickname" else ""
    return [name] if name else []


def tags(line: Property) -> list[str]:
    """The tags in a line, without those that an address book gives to everybody."""
    if line.name != "CATEGORIES":
        return []
    return [tag for word in parts(line.value, ",") if (tag := kept_group(word))]


def labels(lines: Iterable[Property | str]) -> dict[str, str]:
    """Apple's label for each group: `item1.X-ABLabel`. Apple's own words lose their marks."""
    return {
        line.group: plain_label(line.value)
        for line in lines
        if isinstance(line, Property) and line.name == APPLES_LABEL
    }


def plain_label(said: str) -> str:
    """A label without Apple's marks: `_$!<MaleFriend>!$_` is `male friend`."""
    if marked := _APPLES_WORDS.fullmatch(said.strip()):
        return kept_label(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", marked[1]).casefold())
    return kept_label(unescaped(said))


def day_label(line: Property, called: Mapping[str, str]) -> str:
    """The label of the day in a line, DEATH, or empty. called: Apple's labels of the card."""
    if line.name == APPLES_DAY:
        label = called.get(line.group, "")
    elif line.name == ANDROIDS:
        sort, _, number = of_android(line)
        custom = kept_label([*parts(line.value, ";"), *[""] * 4][3])
        label = (_ANDROIDS_DAYS.get(number) or custom) if sort == "contact_event" else ""
    else:
        return DAYS.get(line.name, "")
    return DEATH if is_death(label) else label


def day_in(line: Property, label: str) -> Day | None:
    """The day in a line with this label; None if it cannot be read."""
    return death_day(line) if label == DEATH else yearly(line)


def death_day(line: Property) -> str:
    """When somebody died, as the journal stores it, as exactly as the line says it."""
    said = one_line(unescaped(day_text_of(line)))
    return death_text(said, line.params.get("X-APPLE-OMIT-YEAR", ""))


def yearly(line: Property) -> Yearly | None:
    """The yearly day in a line; None if it cannot be read."""
    day = day_of_year(day_text_of(line))
    omitted = line.params.get("X-APPLE-OMIT-YEAR")
    if day is not None and day[0] is not None and str(day[0]) in (omitted, str(NO_YEAR)):
        return (None, *day[1:])
    return day


def day_text_of(line: Property) -> str:
    """The text of the day in a line."""
    return of_android(line)[1] if line.name == ANDROIDS else line.value


def of_android(line: Property) -> tuple[str, str, str]:
    """Sort, value and number of Android's own line: `vnd.android.cursor.item/nickname;Zé;1;…`."""
    if line.name != ANDROIDS:
        return "", "", ""
    sort, value, number, *_ = [*parts(line.value, ";"), "", ""]
    return sort.rpartition("/")[2], value, number


def is_picture(line: str) -> bool:
    """Whether a line contains a picture, a sound or a key, rather than its address."""
    named = _PICTURE.match(line)
    if not named and not _CODED.search(line[:LONG_HEAD]):
        return False
    begun = taken_apart(line[:LONG_HEAD])
    if begun is None:
        return named is not None
    coded = begun.params.get("ENCODING", "").upper() in ("B", "BASE64")
    return coded or (named is not None and not _ADDRESS.match(begun.value))
