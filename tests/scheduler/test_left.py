"""How many places are left: the same as the plan says, from as few people as that takes."""

from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from connect_cli.model import Cadence, Person
from connect_cli.scheduler.plan import left, make_plan
from connect_cli.settings import Settings
from tests.scheduler import strategies as some

MONDAY = date(2026, 11, 23)


@given(data=st.data(), day=some.days, settings=some.settings)
def test_it_is_the_number_that_the_plan_proposes(
    data: st.DataObject, day: date, settings: Settings
) -> None:
    """Whoever is there, whatever was promised and done, and whoever was away."""
    crowd = data.draw(some.crowds(day))
    promises = data.draw(some.promises_to(crowd, day))
    away = data.draw(some.any_pauses(day))
    met = [one for one in crowd if data.draw(st.booleans())]
    ids = {one.id for one in met}
    proposed = make_plan(crowd, promises, (), day, settings, contacted=ids, away=away).suggestions
    assert left(crowd, promises, day, settings, contacted=met, away=away) == len(proposed)


def test_nobody_is_looked_at_once_the_places_are_taken() -> None:
    """Of ten thousand who are due three are read."""
    read = []

    def crowd() -> Iterator[Person]:
        for number in range(10_000):
            read.append(number)
            yield Person(
                id=str(number),
                name=f"Person {number}",
                cadence=Cadence(1, "m"),
                last_full_on=MONDAY - timedelta(days=33),
            )

    assert left(crowd(), (), MONDAY, Settings()) == 3
    assert len(read) == 3
