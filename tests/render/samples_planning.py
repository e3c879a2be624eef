"""Reasons, loads, days ahead and settings, as the scheduler gives them for people of `samples`."""

from datetime import timedelta

from connect_cli.model import Cadence, Pause, Person
from connect_cli.scheduler.explain import Why, explain
from connect_cli.scheduler.load import Load, measure_load
from connect_cli.scheduler.plan import forecast
from connect_cli.settings import Setting, Settings
from tests.render import samples
from tests.render.samples import ADA, GRACE, JOSE, LONG, MAY, MING, MINH, TODAY, TOM

EVERYBODY = (ADA, GRACE, TOM, MINH, MING, JOSE, LONG)
AWAY = (
    Pause(TODAY - timedelta(days=30), TODAY - timedelta(days=24)),
    Pause(TODAY + timedelta(days=8), TODAY + timedelta(days=9)),
    Pause(TODAY + timedelta(days=100)),
)
GAP = Pause(TODAY - timedelta(days=13), TODAY - timedelta(days=2))


def why(person: Person, **values: object) -> Why:
    """The reasons of somebody among everybody."""
    return explain(
        person,
        TODAY,
        EVERYBODY,
        samples.PROMISES,
        Settings(),
        **values,  # type: ignore[arg-type]  # values as the test names them
    )


def load(contacts: int, *people: Person) -> Load:
    """The load of these people, or everybody, after so many contacts in eight weeks."""
    return measure_load(people or EVERYBODY, contacts, 56, TODAY, Settings())


WHY = why(ADA, away=AWAY)
OFFERED_DAYS = tuple(TODAY - timedelta(days=ago) for ago in (28, 26, 25, 12, 2))
RESTING = why(
    MINH._replace(
        cadence=Cadence(1, "m"),
        last_full_on=TODAY - timedelta(days=65),
        offered=OFFERED_DAYS,
    )
)
DORMANT = why(
    JOSE._replace(
        cadence=Cadence(1, "m"),
        last_full_on=TODAY - timedelta(days=200),
        reconnected_on=TODAY - timedelta(days=40),
    )
)
LOAD = load(40)
NOBODY = load(0, MAY)
NO_TIME = measure_load((GRACE,), 0, 0, TODAY, Settings()._replace(capacity=(0,) * 7))
RHYTHM_CARD = samples.CARD._replace(rhythm=Cadence(6, "w"))
FULL = (*(GRACE._replace(id=samples.id_of(50 + i), name=f"Grace {i}") for i in range(4)), TOM, MAY)
STRETCHED = load(2, *FULL)._replace(gap=GAP)
OVER = load(
    0, *(LONG._replace(id=samples.id_of(100 + i), cadence=Cadence(1, "y")) for i in range(400))
)
TIGHT = load(22, *FULL, LONG)
CHANGES = tuple((person, Cadence(6, "w")) for person in (ADA, TOM, LONG))
OFFERED = {offer.name: CHANGES for offer in STRETCHED.offers if offer.changes} | {
    offer.name: () for offer in STRETCHED.offers if not offer.changes
}
TIGHT_OFFERED = {offer.name: () for offer in TIGHT.offers}
AHEAD = tuple(
    forecast(
        EVERYBODY,
        samples.PROMISES,
        (samples.BIRTHDAY.occasion, samples.WEDDING.occasion),
        TODAY,
        Settings()._replace(capacity=(3, 3, 3, 3, 3, 0, 0)),
        contacted={GRACE.id},
        away=AWAY,
    )
)
SETTINGS = (
    Setting("capacity.default", 3, "default"),
    Setting("capacity.sat", 0, "file"),
    Setting("day_starts_at", 4, "default"),
    Setting("today.leap_birthdays", "28 feb", "default"),
    Setting("today.on_this_day", value=False, origin="file"),
    Setting("circles.book club", "2w", "file"),
)
PATH = "/home/ada/.config/connect/config.toml"


def hostile_why(text: str) -> Why:
    """Reasons of somebody whose name and circle are hostile."""
    return why(ADA._replace(name=text, circle=text))


def hostile_changes(text: str) -> tuple[tuple[Person, Cadence], ...]:
    """People of hostile names and circles, and another cadence for each."""
    circles = (text, f"{text} again", text[1:] or "x")
    return tuple(
        (GRACE._replace(id=samples.id_of(60 + i), name=text, circle=circle), Cadence(1, "m"))
        for i, circle in enumerate(circles * 3)
    )


def hostile_load(text: str) -> tuple[Load, dict[str, tuple[tuple[Person, Cadence], ...]]]:
    """A load of hostile circles, and offers named for them."""
    changes = hostile_changes(text)
    found = load(0, *(person for person, _ in changes))
    return found, {offer.name: changes for offer in found.offers}
