"""What a plan for 10,000 people costs beyond start-up; issue 3 wants it under 100 ms of CPU."""

import time
from datetime import date, timedelta
from random import Random

from connect_cli.model import Cadence, Person
from connect_cli.scheduler.plan import make_plan
from connect_cli.settings import Settings

PEOPLE = 10_000
TIMES = 20
TODAY = date(2026, 11, 23)
CADENCES = (Cadence(1, "w"), Cadence(1, "m"), Cadence(3, "m"), Cadence(1, "y"))


def everybody() -> list[Person]:
    """Ten thousand people with cadences and contacts of the last two years."""
    chance = Random(1815)  # noqa: S311  # nothing here is secret
    return [
        Person(
            id=f"{number:012}",
            name=f"Person {number}",
            cadence=chance.choice(CADENCES),
            own_cadence=True,
            last_full_on=TODAY - timedelta(chance.randint(0, 700)),
        )
        for number in range(PEOPLE)
    ]


def main() -> None:
    """Print the least and the median of several plans."""
    people, settings = everybody(), Settings()
    took = []
    for _ in range(TIMES):
        start = time.process_time()
        make_plan(people, (), (), TODAY, settings)
        took.append((time.process_time() - start) * 1000)
    took.sort()
    print(f"a plan for {PEOPLE:,} people: {took[0]:.0f} ms of CPU, median {took[TIMES // 2]:.0f}")


if __name__ == "__main__":
    main()
