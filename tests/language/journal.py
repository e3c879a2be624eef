"""A small journal to name people from, and a reading written as one line."""

from collections.abc import Mapping
from datetime import date

from connect_cli.language.logline import Mention, Reading
from connect_cli.language.names import Known, Names

TODAY = date(2026, 11, 23)  # a Monday
PEOPLE = (
    Known("ada", "Ada Lovelace", ("Countess", "the boss")),
    Known("grace", "Grace Hopper", ("Amazing Grace",)),
    Known("tom", "Tom Baker"),
    Known("ana", "Ana-Maria Silva"),
    Known("jose", "José Muñoz"),
    Known("zoe", "Zoë Kravitz"),
    Known("lukasz", "Łukasz Żal"),
    Known("nguyen", "Nguyễn Thị Hoa"),
    Known("xiaoming", "王小明"),
    Known("obrien", "Flann O’Brien"),
    Known("bob1", "Bob Ross"),
    Known("bob2", "Bob Marley"),
    Known("eliza", "Elizabeth Bennet", ("Lizzy", "Liz")),
    Known("will", "Will Smith"),
    Known("may", "May Lee"),
    Known("rose", "Rose Tyler"),
    Known("mark", "Mark Twain"),
    Known("hope", "Hope Jones"),
    Known("art", "Art Garfunkel"),
    Known("sunny", "Sunny Day"),
    Known("james", "James Joyce"),
)


def together(beside: frozenset[str]) -> Mapping[str, int]:
    """Bob Marley is often seen with Rose; both Bobs with Tom."""
    if beside == {"rose"}:
        return {"bob2": 6, "bob1": 2}
    return {"bob2": 6, "bob1": 3} if beside == {"tom"} else {}


NAMES = Names(PEOPLE, together)


def means(reading: Reading) -> str:
    """A reading as a line: what was said of kind, people, day, time … and nothing that was not."""
    parts = (
        reading.kind.value if reading.kind_said else "",
        ", ".join(map(_who, reading.mentions)),
        "" if reading.day == TODAY else str(reading.day),
        f"at {reading.time}" if reading.time else "",
        f"{reading.minutes} min" if reading.minutes else "",
        reading.direction.value if reading.direction else "",
        "tried" if reading.tried else "",
        f"counts {reading.counts}" if reading.counts else "",
        " ".join(f"#{tag}" for tag in reading.tags),
        *(f"doubt: {doubt.words}" for doubt in reading.doubts),
        f"unread: {reading.unread}" if reading.unread else "",
        _note(reading),
    )
    return " | ".join(filter(None, parts))


def _who(mention: Mention) -> str:
    if mention.found:
        return mention.found.name
    if mention.candidates:
        return " or ".join(one.name for one in mention.candidates)
    return f"{mention.text}?" + "".join(f" ({name}?)" for name in mention.near)


def _note(reading: Reading) -> str:
    """The note, unless it is the words that were not read, from the first to the last."""
    first, *_ = unread = [word.strip(_AROUND) for word in reading.unread.split()] or [""]
    words = [word.strip(_AROUND) for word in reading.note.split()]
    kind = reading.kind_word.split()[-1:]
    if first and words[0] == first and words[-1] in (unread[-1], *kind):
        return ""
    return f"note: {reading.note}" if reading.note else ""


_AROUND = "\"'“”()[]!?@"
