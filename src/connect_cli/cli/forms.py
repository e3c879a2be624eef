"""The forms that `edit` and `amend` open in an editor."""

from collections.abc import Iterable

from connect_cli.journal.entries import Said
from connect_cli.journal.people import Profile
from connect_cli.language.forms import form_line, only, read_form
from connect_cli.model import Interaction, Kind

_PERSON_KEYS = (
    *("name", "alias", "circle", "every", "birthday", "email", "phone", "tag", "detail"),
)
_ENTRY_KEYS = ("with", "kind", "on", "at", "for", "direction", "energy", "counts", "tried", "tag")
NOTE = "note"


def profile_form(profile: Profile, circles: Iterable[str]) -> str:
    """A person as a form with its explanations."""
    return "\n".join(
        (
            "# Change what you like, then save and close. Lines that begin with # are left out.",
            "# A line may be repeated, or left empty. Close without a change to keep all as it is.",
            f"name: {profile.name}",
            *_lines("alias", profile.aliases),
            f"# Circle: {', '.join(circles)}. It brings a cadence, unless 'every' says another.",
            f"circle: {profile.circle}",
            "# Every: 3d, 2w, 1m, 1y, first friday … or never.",
            f"every: {profile.every}",
            "# Birthday: 1815-12-10, or 12-10 without a year.",
            f"birthday: {profile.birthday}",
            *_lines("email", profile.emails),
            *_lines("phone", profile.phones),
            *_lines("tag", profile.tags),
            "# Detail: a label and a value, like 'usual order: flat white'. Of several lines each",
            "# but the last ends with |, and each but the first begins with it.",
            *_lines("detail", profile.details),
            "",
        )
    )


def profile_of(text: str) -> Profile:
    """The person that a form describes. Raises NotUnderstood naming the line."""
    form = read_form(text, _PERSON_KEYS)
    return Profile(
        name=only(form, "name"),
        aliases=form["alias"],
        circle=only(form, "circle"),
        every=only(form, "every"),
        birthday=only(form, "birthday"),
        emails=form["email"],
        phones=form["phone"],
        tags=form["tag"],
        details=form["detail"],
    )


def entry_form(entry: Interaction) -> str:
    """An entry as a form with its explanations."""
    return "\n".join(
        (
            "# Change what you like, then save and close. Lines that begin with # are left out.",
            "# Close without a change to keep all as it is.",
            *_lines("with", [person.name for person in entry.people]),
            f"# Kind: {', '.join(Kind)}.",
            f"kind: {entry.kind}",
            f"on: {entry.day}",
            f"at: {entry.time or ''}",
            f"for: {f'{entry.minutes}m' if entry.minutes else ''}",
            "# Direction: mine or theirs. Energy: gave, even or took. Counts: yes, half or no.",
            f"direction: {entry.direction or ''}",
            f"energy: {entry.energy or ''}",
            f"counts: {entry.counts}",
            "# Tried: yes when nobody answered.",
            f"tried: {'yes' if entry.tried else 'no'}",
            *_lines("tag", entry.tags),
            "# All that follows 'note:' is the note, whatever it begins with.",
            f"{NOTE}:",
            entry.note,
            "",
        )
    )


def said_of(text: str) -> Said:
    """What a form says about an entry. Raises NotUnderstood naming the line."""
    form = read_form(text, _ENTRY_KEYS, NOTE)
    direction = only(form, "direction")
    return Said(
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
