"""The forms that `edit` and `amend` open in an editor: written from values, and read back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from connect_cli.errors import NotUnderstood
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.people import Profile
from connect_cli.model import Interaction, Kind

_REPEATED = {
    "aliases": "alias",
    "days": "day",
    "emails": "email",
    "phones": "phone",
    "tags": "tag",
    "details": "detail",
}
"""The key of what a profile has several of; any other is the name of its field."""
_PERSON_KEYS = {field: _REPEATED.get(field, field) for field in Profile._fields}
_INTERACTION_KEYS = (
    "with",
    "kind",
    "on",
    "at",
    "for",
    "direction",
    "energy",
    "counts",
    "tried",
    "tag",
)
NOTE = "note"


def profile_form(profile: Profile, circles: Iterable[str]) -> str:
    """A person as a form with its explanations."""
    above: Mapping[str, Sequence[str]] = {
        "circle": [
            f"# Circle: {', '.join(circles)}. It sets the cadence, unless 'every' says another."
        ],
        "every": ["# Every: 3d, 2w, 1m, 1y, first friday … or never."],
        "birthday": ["# Birthday: 1815-12-10, or 12-10 without a year."],
        "days": ["# Day: any other yearly day, like 'anniversary: 2004-06-12'."],
        "details": [
            "# Detail: a label and a value, like 'usual order: flat white', or words alone. To",
            "# continue a value on the next line, end the line with | and begin the next with |.",
        ],
    }
    return "\n".join(
        (
            "# Change what you like, then save and close. Lines that begin with # are left out.",
            "# A line may be repeated or left empty. Close without a change to keep everything.",
            *(
                line
                for (field, key), said in zip(_PERSON_KEYS.items(), profile, strict=True)
                for line in (
                    *above.get(field, ()),
                    *_lines(key, (said,) if isinstance(said, str) else said),
                )
            ),
            "",
        )
    )


def profile_of(text: str) -> Profile:
    """The person that a form describes. Raises NotUnderstood naming the line."""
    form = read_form(text, tuple(_PERSON_KEYS.values()))
    return Profile._make(
        form[key] if field in _REPEATED else only(form, key) for field, key in _PERSON_KEYS.items()
    )


def interaction_form(interaction: Interaction) -> str:
    """An interaction as a form with its explanations."""
    return "\n".join(
        (
            "# Change what you like, then save and close. Lines that begin with # are left out.",
            "# Close without a change to keep everything.",
            *_lines("with", [person.name for person in interaction.people]),
            f"# Kind: {', '.join(Kind)}.",
            f"kind: {interaction.kind}",
            f"on: {interaction.day}",
            f"at: {interaction.time or ''}",
            f"for: {f'{interaction.minutes}m' if interaction.minutes else ''}",
            "# Direction: mine or theirs. Energy: gave, even or took. Counts: yes, half or no.",
            f"direction: {interaction.direction or ''}",
            f"energy: {interaction.energy or ''}",
            f"counts: {interaction.counts}",
            "# Tried: yes when nobody answered.",
            f"tried: {'yes' if interaction.tried else 'no'}",
            *_lines("tag", interaction.tags),
            "# Everything after 'note:' is the note, lines that begin with # too.",
            f"{NOTE}:",
            interaction.note,
            "",
        )
    )


def said_of(text: str) -> LogOptions:
    """The changed interaction that a form describes. Raises NotUnderstood naming the line."""
    form = read_form(text, _INTERACTION_KEYS, NOTE)
    direction = only(form, "direction")
    return LogOptions(
        people=form["with"],
        kind=only(form, "kind"),
        on=only(form, "on"),
        time=only(form, "at"),
        minutes=only(form, "for"),
        note="\n".join(form.get(NOTE, ())),
        energy=only(form, "energy"),
        counts=only(form, "counts"),
        tried=only(form, "tried").casefold() == "yes",
        theirs=direction.casefold() == "theirs" if direction else None,
        tags=form["tag"],
    )


def _lines(key: str, values: Iterable[str]) -> list[str]:
    return [form_line(key, value) for value in values] or [f"{key}:"]


Form = Mapping[str, tuple[str, ...]]
MORE = "|"
"""Ends a line whose value continues, and begins the next one."""
_CONTINUED = f" {MORE}"


def form_line(key: str, value: str) -> str:
    """A key and its value as a line of a form, or several."""
    lines = value.split("\n")
    if f" {value}".endswith(_CONTINUED):
        lines.append("")
    behind = f"{_CONTINUED}\n    {MORE} "
    return f"{key}: {behind.join(lines)}"


def read_form(text: str, keys: Sequence[str], body: str | None = None) -> Form:
    """The values of each key, in order; an absent or empty key has none.

    body: a key alone on its line whose value is everything after it, comments included.
    Raises NotUnderstood naming the line.
    """
    found: dict[str, list[str]] = {key: [] for key in keys}
    lines = text.split("\n")
    for number, line in _whole_lines(lines):
        key, colon, value = line.partition(":")
        key = key.strip().casefold()
        if body is not None and key == body and not value.strip():
            return {**_frozen(found), body: ("\n".join(lines[number:]).strip("\n"),)}
        if not colon or key not in found:
            raise NotUnderstood(
                f"cannot read line {number}: {_shown(line)}",
                f"each line begins with one of these and a colon: {', '.join(keys)}",
            )
        if value.strip():
            found[key].append(value)
    return _frozen(found)


def _whole_lines(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Every value joined from its lines, with the number of its last line."""
    so_far: list[str] = []
    last = 0
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        continues = line.lstrip().startswith(MORE)
        if continues and not so_far:
            raise NotUnderstood(f"line {number} continues nothing: {_shown(line)}", _JOINED)
        if so_far and not continues:
            break
        said = line.lstrip().removeprefix(MORE).removeprefix(" ") if continues else line
        bare, last = said.rstrip(), number
        if bare.endswith(_CONTINUED):
            so_far.append(bare.removesuffix(_CONTINUED))
        else:
            yield number, "\n".join([*so_far, said])
            so_far = []
    if so_far:
        raise NotUnderstood(f"line {last} is not continued: {_shown(lines[last - 1])}", _JOINED)


_JOINED = f"to continue a value, end the line with {MORE} and begin the next one with {MORE}"


def _shown(line: str) -> str:
    return line.strip()[:60]


def only(form: Form, key: str) -> str:
    """The one value of a key, or an empty text. Raises NotUnderstood if there are two."""
    values = form[key]
    if len(values) > 1:
        raise NotUnderstood(f"'{key}' is there twice", "keep one of them")
    return values[0] if values else ""


def _frozen(found: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(value.strip() for value in values) for key, values in found.items()}
