"""The demo: a year of a made-up journal, to look at before you begin."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.resources import files
from itertools import takewhile
from random import Random
from typing import TYPE_CHECKING, Any

from connect_cli.journal.journal import Journal
from connect_cli.language.cadences import read_cadence
from connect_cli.language.calendar import shift
from connect_cli.language.logline import read_line
from connect_cli.language.names import Known, Names
from connect_cli.language.relations import tied
from connect_cli.model import (
    BIRTHDAY,
    NEVER,
    Energy,
    Interaction,
    Kind,
    Named,
    Occasion,
    Owed,
    cadence_columns,
    usual_counts,
)

if TYPE_CHECKING:
    from connect_cli.store.rows import Rows

SEED = 1815
YEAR_DAYS = 360
WORLD = "demo.toml"

TomlTable = Mapping[str, Any]


def fill(journal: Journal) -> int:
    """Write the demo into an empty journal and return how many people it has.

    Every date in it is relative to today: the same day gives the same journal, except for ids.
    """
    world = read_world()
    with journal.write("demo", "a year that somebody might have had") as rows:
        _Demo(rows, journal.today_is).write(world)
    return len(world["people"])


def read_world() -> TomlTable:
    """The people of the demo, and what happened with them."""
    import tomllib  # noqa: PLC0415  # only the demo needs the parser

    return tomllib.loads(files(__package__).joinpath(WORLD).read_text(encoding="utf-8"))


class _Demo:
    """Writes the demo as the rows of one transaction."""

    def __init__(self, rows: "Rows", today: date) -> None:
        self._rows, self._today = rows, today
        self._chance = Random(SEED)  # noqa: S311  # nothing here is secret

    def write(self, world: TomlTable) -> None:
        people = [(self._person(person), person) for person in world["people"]]
        names = Names(
            Known(one.id, one.name, tuple(person.get("aliases", ()))) for one, person in people
        )
        self._energy = {
            shift(self._today, -ago, "d"): Energy(energy)
            for energy, days in world["journal"]["energy"].items()
            for ago in days
        }
        story = [self._interaction(line, names) for line in world["journal"]["year"].splitlines()]
        brief = [each for one, person in people for each in self._without_notes(one, person, story)]
        for interaction in sorted(
            (*reversed(story), *brief), key=lambda interaction: interaction.day
        ):
            self._rows.add_interaction(interaction)
        for promise in world["promises"]:
            self._promise(promise, names)
        for saving in world["savings"]:
            self._rows.save(saving["minutes"], self._ago(saving), saving["text"])
        for said in world["relations"]:
            one, other = (_named(said[place], names) for place in ("who", "of"))
            self._rows.relate(tied(one, other, said["is"]))

    def _person(self, person: TomlTable) -> Named:
        named = Named(self._rows.add_person(person["name"]), person["name"])
        self._rows.set_aliases(named.id, person.get("aliases", ()))
        for kind in ("email", "phone"):
            self._rows.set_contact_points(named.id, kind, [person[kind]] if kind in person else [])
        self._rows.set_tags(person.get("tags", ()), person_id=named.id)
        self._rows.set_details(named.id, person.get("remember", {}).items())
        if "birthday" in person:
            self._rows.set_occasion(self._birthday(named, person["birthday"]))
        if "paused" in person:
            self._rows.add_pause(
                named.id, self._ago(person["paused"]), self._coming(person["paused"])
            )
        if "reconnected" in person:
            self._rows.offer(named.id, self._ago(person["reconnected"]), dormant=True)
        self._rows.change_person(named.id, circle=person.get("circle"), **self._standing(person))
        return named

    def _standing(self, person: TomlTable) -> dict[str, str | date | None]:
        """The columns for an own cadence, a snooze or an archived person, if they have one."""
        columns: dict[str, str | date | None] = {}
        if "every" in person:
            columns |= cadence_columns(read_cadence(person["every"]) or NEVER)
        if "snoozed" in person:
            columns["snoozed_on"] = self._coming(person["snoozed"])
            columns["snooze_said_on"] = self._today
        if "archived" in person:
            columns["archived_on"] = self._ago(person["archived"])
        return columns

    def _birthday(self, named: Named, birthday: TomlTable) -> Occasion:
        """A birthday on a day that every year has."""
        on = self._coming(birthday)
        day = min(on.day, 28) if on.month == 2 else on.day
        year = shift(on, -birthday["turns"], "y").year if "turns" in birthday else None
        return Occasion("", named, BIRTHDAY, on.month, day, year)

    def _interaction(self, line: str, names: Names) -> Interaction:
        """The interaction that `connect log` would store for a line."""
        said = read_line(line, self._today, names)
        return Interaction(
            id="",
            day=said.day,
            kind=said.kind,
            people=tuple(one.found for one in said.mentions if one.found),
            time=said.time,
            minutes=said.minutes,
            direction=said.direction,
            energy=self._energy.get(said.day),
            counts=usual_counts(said.kind, tried=said.tried),
            tried=said.tried,
            note=said.note,
            tags=said.tags,
            entered=line,
        )

    def _without_notes(
        self, one: Named, person: TomlTable, story: list[Interaction]
    ) -> Iterator[Interaction]:
        """Interactions without a note, between the days that have one."""
        if "between" not in person:
            return
        between = person["between"]
        noted = [
            (self._today - interaction.day).days
            for interaction in story
            if one in interaction.people
        ]
        for ago in takewhile(min(noted).__lt__, self._steps(between["days"])):
            if min(abs(ago - other) for other in noted) > 2:
                kind = Kind(self._chance.choice(between["kinds"]))
                minutes = None if kind is Kind.MESSAGE else self._minutes(between["minutes"])
                day = shift(self._today, -ago, "d")
                yield Interaction(id="", day=day, kind=kind, people=(one,), minutes=minutes)

    def _steps(self, days: int) -> Iterator[int]:
        """Days ago from a year back on, about `days` apart."""
        wobble = max(1, days // 4)
        for ago in range(YEAR_DAYS, 0, -days):
            yield ago + self._chance.randint(-wobble, wobble)

    def _minutes(self, span: Sequence[int]) -> int:
        """A length between two, rounded to five minutes as people do."""
        return 5 * round(self._chance.randint(*span) / 5)

    def _promise(self, promise: TomlTable, names: Names) -> None:
        promise_id = self._rows.add_promise(
            _named(promise["with"], names).id,
            promise["text"],
            owed=Owed(promise.get("owed", "me")),
            made_on=self._ago(promise),
            due_on=self._coming(promise) if "in_days" in promise else None,
        )
        if "done_days_ago" in promise:
            self._rows.close_promise(promise_id, shift(self._today, -promise["done_days_ago"], "d"))

    def _ago(self, when: TomlTable) -> date:
        return shift(self._today, -when["days_ago"], "d")

    def _coming(self, when: TomlTable) -> date:
        return shift(self._today, when["in_days"], "d")


def _named(typed: str, names: Names) -> Named:
    person = names.find(typed).person
    assert person is not None, typed  # noqa: S101  # the demo names its own people
    return person
