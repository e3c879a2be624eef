"""The people of the journal: adding, naming, and changing what is known of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from connect_cli.errors import AlreadyThere, NotUnderstood, as_typed
from connect_cli.journal.cadence import Placed, Wanted, set_cadences
from connect_cli.journal.journal import Journal, changed_since_read
from connect_cli.language.cadences import read_cadence
from connect_cli.language.calendar import yearly_text
from connect_cli.language.contact import read_email, read_phone
from connect_cli.language.dates import YearlyDay, read_yearly_day
from connect_cli.language.like_names import is_sentence, like
from connect_cli.language.names import Known, check_name
from connect_cli.language.tags import read_detail, read_tag
from connect_cli.language.words import fold, name_key
from connect_cli.model import (
    BIRTHDAY,
    Named,
    Occasion,
    OwnCadence,
    Person,
)
from connect_cli.store import memory
from connect_cli.store import names as store_names
from connect_cli.store import people as store_people
from connect_cli.store import tags as store_tags

if TYPE_CHECKING:
    from connect_cli.store.rows import Rows


class Profile(NamedTuple):
    """A person as typed: every value is the text of a form or an option.

    every: their own cadence; empty means their circle's, `never` means none.
    days: `label: day` each, of yearly days but for the birthday.
    details: `label: value` each, or words without a label.
    """

    name: str
    aliases: tuple[str, ...] = ()
    circle: str = ""
    every: str = ""
    birthday: str = ""
    days: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    details: tuple[str, ...] = ()


class _Checked(NamedTuple):
    """A profile, read and checked."""

    name: str
    aliases: tuple[str, ...]
    circle: str | None
    own: OwnCadence | None
    days: dict[str, YearlyDay]
    contact_points: dict[str, tuple[str, ...]]
    tags: tuple[str, ...]
    details: tuple[tuple[str, str], ...]


def add(journal: Journal, *profiles: Profile, asking: bool = False) -> list[Placed]:
    """Add one or several people. Raises AlreadyThere for a taken name, NotUnderstood for a value.

    asking: ask about a name that is like one that is there, and refuse a sentence.
    """
    checked = [_check(journal, profile) for profile in profiles]
    if asking:
        _ask_about(journal, [one.name for one in checked])
    added = []
    with journal.write("add", f"added {', '.join(one.name for one in checked)}") as rows:
        for one in checked:
            _refuse_taken(journal, (one.name, *one.aliases))
            person_id = rows.add_person(one.name)
            moved_from = _keep(journal, rows, Person(person_id, one.name), one, len(checked))
            rows.flush()
            added.append((Named(person_id, one.name), moved_from))
    return [Placed(journal.person(one), moved_from) for one, moved_from in added]


def _ask_about(journal: Journal, names: Sequence[str]) -> None:
    """Ask about each new name that is like one that is there; refuse a sentence."""
    known = list(journal.known())
    for name in names:
        if is_sentence(name, journal.names()):
            raise NotUnderstood(
                f"'{name}' reads like a sentence, not like a name",
                f"to log it: {as_typed('log', name)};"
                f" if it is a name: {as_typed('add', name, options=('--new',))}",
            )
        _refuse_taken(journal, (name,))
        if name_key(name) in [name_key(one.name) for one in known if not one.id]:
            raise AlreadyThere(f"'{name}' is there twice", "leave one of them out")
        if found := like(name, known):
            journal.answers.another(name, [one.name for one in found])
        known.append(Known("", name))


def profile(journal: Journal, person: Named) -> Profile:
    """A person as shown in the form of `edit`."""
    values = journal.person(person)
    points = memory.contact_points(journal.connection, person.id)
    days = _days(journal, person)
    return Profile(
        name=values.name,
        aliases=tuple(store_people.aliases_of(journal.connection, person.id)),
        circle=values.circle or "",
        every=_own_text(values),
        birthday="".join(_day_text(one) for one in days.values() if one.label == BIRTHDAY),
        days=tuple(said for said, one in days.items() if one.label != BIRTHDAY),
        emails=tuple(point.value for point in points if point.kind == "email"),
        phones=tuple(point.value for point in points if point.kind == "phone"),
        tags=tuple(store_tags.tags_of(journal.connection, person.id)),
        details=tuple(text for text, *_ in _details(journal, person)),
    )


def edit(journal: Journal, person: Named, form: Profile, made_from: Profile | None = None) -> bool:
    """Change a person to what the form says. False if nothing changed.

    made_from: what the form showed; raises ConnectError if the person was changed since.
    """
    shown = made_from or profile(journal, person)
    checked = _check(journal, form, shown, _details(journal, person), _days(journal, person))
    if form == shown:
        return False
    with journal.write("edit", f"edited {person.name}") as rows:
        if made_from is not None and profile(journal, person) != made_from:
            again = as_typed("edit", person.name)
            raise changed_since_read(person.name, f"open it again: {again}")
        _refuse_taken(journal, (checked.name, *checked.aliases), but=person.id)
        _keep(journal, rows, journal.person(person), checked)
    return True


def alias(journal: Journal, typed: str, alias: str) -> Named:
    """Give somebody an alias. Raises AlreadyThere if the name is taken."""
    person = journal.named(typed)
    name = check_name(alias)
    with journal.write("alias", f"{person.name} is also {name}") as rows:
        _refuse_taken(journal, (name,))
        journal.person(person)
        rows.set_aliases(person.id, [*store_people.aliases_of(journal.connection, person.id), name])
    return person


def rename(journal: Journal, typed: str, name: str) -> tuple[str, str]:
    """Change the full name of somebody; returns the old and the new one."""
    person, new = journal.named(typed), check_name(name)
    with journal.write("rename", f"{person.name} is now {new}") as rows:
        _refuse_taken(journal, (new,), but=person.id)
        journal.person(person)
        rows.change_person(person.id, name=new)
    return person.name, new


def _details(journal: Journal, person: Named) -> list[tuple[str, str, str]]:
    """Each detail: its text in the form, its label and its value."""
    kept = memory.details(journal.connection, [person.id]).get(person.id, ())
    return [(one.said, one.label, one.value) for one in kept]


def _check(
    journal: Journal,
    profile: Profile,
    shown: Profile | None = None,
    kept: Iterable[tuple[str, str, str]] = (),
    days: Mapping[str, Occasion] | None = None,
) -> _Checked:
    """The values of a profile. Raises NotUnderstood for a new one that is wrong.

    shown: what the form showed; what was not changed in it is right, wherever it came from.
    kept, days: the stored details and yearly days, whose labels may contain a colon.
    """
    before = shown or Profile(profile.name)
    as_they_are: dict[str, list[tuple[str, str]]] = {}
    for text, label, value in kept:
        as_they_are.setdefault(text, []).append((label, value))
    details = (
        as_they_are[text].pop(0) if as_they_are.get(text) else read_detail(text)
        for text in profile.details
    )
    name = check_name(profile.name)
    every = profile.every.strip()
    own: OwnCadence | None = None
    if every:
        own = read_cadence(every) or "never"
    return _Checked(
        name=name,
        aliases=tuple(dict.fromkeys(check_name(alias) for alias in profile.aliases)),
        circle=_checked_circle(journal, profile.circle, before.circle),
        own=own,
        days=_checked_days(journal, profile, days or {}),
        contact_points={
            "email": _checked_points(profile.emails, before.emails, read_email),
            "phone": _checked_points(profile.phones, before.phones, read_phone),
        },
        tags=tuple(dict.fromkeys(read_tag(tag) for tag in profile.tags)),
        details=tuple(details),
    )


def _checked_circle(journal: Journal, text: str, before: str) -> str | None:
    if not text.strip():
        return None
    return before if text == before else journal.settings.circle(text)


def _checked_days(
    journal: Journal, profile: Profile, kept: Mapping[str, Occasion]
) -> dict[str, YearlyDay]:
    """Every yearly day by its label, the birthday among them. kept: see `_days`."""
    born = profile.birthday.strip()
    found: dict[str, YearlyDay] = {}
    for said in (*([f"{BIRTHDAY}: {born}"] if born else ()), *profile.days):
        if (same := kept.get(said)) is not None:
            label, day = same.label, (same.year, same.month, same.day)
        else:
            label, text = read_detail(said)
            label, day = read_yearly_day(label, text, journal.today_is)
        if fold(label) in map(fold, found):
            raise NotUnderstood(f"the day '{label}' is there twice", "keep one of them")
        found[label] = day
    return found


def _checked_points(
    texts: Sequence[str], before: Sequence[str], read: Callable[[str], str]
) -> tuple[str, ...]:
    return tuple(text if text in before else read(text) for text in texts)


def _keep(
    journal: Journal, rows: "Rows", person: Person, checked: _Checked, at_once: int = 1
) -> date | None:
    """Write all values of a profile; returns the day of `Placed.moved_from`.

    at_once: how many people are written in this command.
    """
    if checked.name != person.name:
        rows.change_person(person.id, name=checked.name)
    rows.set_aliases(person.id, checked.aliases)
    for kind, values in checked.contact_points.items():
        rows.set_contact_points(person.id, kind, values)
    rows.set_tags(checked.tags, person_id=person.id)
    rows.set_details(person.id, checked.details)
    wanted = Wanted(person, checked.circle, checked.own)
    (moved_from,) = set_cadences(journal, rows, [wanted], at_once)
    _keep_days(journal, rows, Named(person.id, checked.name), checked.days)
    return moved_from


def _keep_days(
    journal: Journal, rows: "Rows", person: Named, days: Mapping[str, YearlyDay]
) -> None:
    for one in memory.occasions(journal.connection, [person.id]):
        if one.label not in days:
            rows.drop_occasion(person.id, one.label)
    for label, (year, month, day) in days.items():
        rows.set_occasion(Occasion("", person, label, month, day, year))


def _refuse_taken(journal: Journal, names: Sequence[str], but: str | None = None) -> None:
    for name in names:
        holder = store_names.holder(journal.connection, name, but)
        if holder is not None:
            raise AlreadyThere(
                f"'{name}' is already the name of {holder.name}",
                f"write a name that tells them apart, like '{name} (Boston)'",
            )


def _days(journal: Journal, person: Named) -> dict[str, Occasion]:
    """Each yearly day by its text in the form, `label: day`."""
    kept = memory.occasions(journal.connection, [person.id])
    return {f"{one.label}: {_day_text(one)}": one for one in kept}


def _day_text(day: Occasion) -> str:
    return yearly_text(day.year, day.month, day.day)


def _own_text(person: Person) -> str:
    return "" if person.own is None else str(person.own)
