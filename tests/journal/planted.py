"""A thousand people, some of whom are there twice: names as address books have them."""

import random
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

from connect_cli.store.recognition import Signs

SHORT = {
    "Katherine": "Kate",
    "Margaret": "Peggy",
    "Barbara": "Babs",
    "Alan": "Al",
    "Dorothy": "Dot",
    "Mateo": "Matt",
    "Lucas": "Luc",
    "Olivia": "Liv",
    "Dmitri": "Dima",
    "Valentina": "Valya",
    "Andrés": "Andy",
    "Emma": "Emma",
    "Tomáš": "Tom",
    "José": "Pepe",
}
CYRILLIC = str.maketrans(
    dict(zip("abvgdezijklmnoprstufy", "абвгдезийклмнопрстуфы", strict=True))
    | {"B": "Б", "D": "Д", "I": "И", "O": "О", "S": "С", "P": "П", "V": "В", "K": "К", "A": "А"}
    | {"L": "Л", "M": "М", "N": "Н", "R": "Р", "T": "Т"}
)
PLANTED, FAMILIES = 40, 110
Name = tuple[str, str]
Messy = Callable[[Name, random.Random], str]


@cache
def pools() -> tuple[list[str], list[str]]:
    """First names and surnames of many countries."""
    text = (Path(__file__).parents[1] / "benchmarks" / "names.txt").read_text(encoding="utf-8")
    first, _, last = text.partition("\n\n")
    return first.split(), last.split()


def plain(text: str) -> str:
    """A name as a keyboard without accents has it."""
    letters = text.translate(str.maketrans("łŁøØđĐı", "lLoOdDi")).replace("ß", "ss")
    return unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()


def mistyped(name: Name, chance: random.Random) -> str:
    """A letter of a long surname left out or swapped with its neighbour; of a short one doubled."""
    first, last = name
    at = chance.randrange(2, max(3, len(last) - 2))
    swapped = last[:at] + last[at + 1 : at + 2] + last[at] + last[at + 2 :]
    wrong = chance.choice((last[:at] + last[at + 1 :], swapped))
    is_long = len(last) > 7  # a short one would be another name
    return f"{first} {wrong if is_long else last[:at] + last[at - 1] + last[at:]}"


def other_surname(chance: random.Random) -> str:
    """A surname from nowhere near."""
    return chance.choice(("Ravensworth", "Quillfeather", "Oberhollenzer", "Castelnuovo"))


MESSY: tuple[Messy, ...] = (
    lambda name, _: f"{SHORT.get(name[0], name[0])} {name[1]}",
    lambda name, _: f"{name[0][0]}. {name[1]}",
    lambda name, _: f"{name[1]} {name[0]}",
    lambda name, _: f"{name[1].upper()}, {name[0]}",
    lambda name, _: f"{plain(name[0])} {plain(name[1])}",
    lambda name, _: f"Dr. {name[0]} {name[1]}",
    lambda name, chance: f"{name[0]} {other_surname(chance)} ({name[1]})",
    lambda name, chance: f"{name[0]} {name[1]}-{other_surname(chance)}",
    lambda name, chance: f"{name[0]} {chance.choice('BCFGHKLMPRTW')}. {name[1]}",
    mistyped,
    lambda name, _: f"{plain(name[0])}.{plain(name[1])}@post.example".lower().replace("'", ""),
    lambda name, _: (
        " ".join(name).translate(CYRILLIC)
        if plain("".join(name)).isascii() and not set("".join(name).lower()) & set("chjwqxyžéáíó'ř")
        else f"{name[0]}{name[1]}"
    ),
)
"""What another program makes of a name."""

SHARED: tuple[Messy, ...] = (
    lambda name, chance: f"{name[0]} {other_surname(chance)}",
    lambda name, _: name[0],
    lambda name, _: f"{name[0][0]} {name[1][0]}. {name[1]}",
)
"""Names that need a number or an address beside them."""


def thousand(seed: int) -> tuple[list[Signs], set[frozenset[str]]]:
    """A thousand people, and the ids of each two who are one."""
    chance = random.Random(seed)  # noqa: S311  # planted people are no secret
    first, last = pools()
    names = [(one, other) for one in first for other in last]
    chance.shuffle(names)
    people = [
        *_families(names, chance),
        *_firms(names, chance),
        *_namesakes(names),
    ]
    while len(people) < 1000 - PLANTED:
        people.append(_alone(len(people), names.pop(), chance))
    planted = [
        _again(number, one, chance)
        for number, one in enumerate(chance.sample(_singles(people), PLANTED))
    ]
    chance.shuffle(people)
    twice = {frozenset((one.id, one.id.removeprefix("again-"))) for one in planted}
    everybody = [*people, *planted]
    chance.shuffle(everybody)
    return everybody, twice


def _singles(people: list[Signs]) -> list[Signs]:
    return [one for one in people if one.id.startswith("alone-")]


def _alone(number: int, name: Name, chance: random.Random) -> Signs:
    phone = (f"+44 7700 {900000 + number}",) if chance.random() < 0.7 else ()
    email = (f"person{number}@post.example",) if chance.random() < 0.6 else ()
    firm = (f"Firm {chance.randrange(90)}",) if chance.random() < 0.2 else ()
    return Signs(f"alone-{number}", " ".join(name), (), email, phone, firm)


def _again(number: int, one: Signs, chance: random.Random) -> Signs:
    """The same person as another program has them: seven in ten by the name alone."""
    first, *rest = one.name.split(" ")
    name = first, " ".join(rest)
    reached = bool(one.phones or one.emails)
    if reached and number % 10 >= 7:  # seven in ten
        said = SHARED[number % len(SHARED)](name, chance)
        phones = tuple(phone.replace("+44 ", "0").replace(" ", "") for phone in one.phones)
        emails = tuple(email.upper() for email in one.emails)
        return Signs(f"again-{one.id}", said, (), emails, phones)
    said = MESSY[number % len(MESSY)](name, chance)
    return Signs(f"again-{one.id}", said, (), (f"other{number}@mail.example",))


def _families(names: list[Name], chance: random.Random) -> list[Signs]:
    """Two to four with one surname, one telephone and often one address."""
    found = []
    for number in range(FAMILIES):
        _, last = names.pop()
        free = [first for first, other in names if other == last]
        members = chance.sample(free, chance.randrange(2, 5))
        for member in members:
            names.remove((member, last))
            email = (f"the.{plain(last).lower()}s{number}@post.example",) if number % 2 else ()
            phone = (f"01223 55{1000 + number}",)
            found.append(Signs(f"family-{number}-{member}", f"{member} {last}", (), email, phone))
    return found


def _firms(names: list[Name], chance: random.Random) -> list[Signs]:
    """A firm of eighty with one number, and some of five with one number and one address."""
    found = []
    for number, size in enumerate((80, *[5] * 12)):
        for each in range(size):
            name = " ".join(names.pop())
            phone = (f"+49 30 77{100 + number} ", f"+49 160 {chance.randrange(10**7, 10**8)}")
            email = (f"info@firm{number}.example",)
            found.append(Signs(f"firm-{number}-{each}", name, (), email, phone, (f"AB{number}",)))
    return found


def _namesakes(names: list[Name]) -> list[Signs]:
    """Fathers and sons of one name, who share a telephone."""
    found = []
    for number in range(8):
        name, phone = " ".join(names.pop()), (f"01223 66{1000 + number}",)
        found += [
            Signs(f"father-{number}", name, (), (), phone, born=f"19{40 + number}-02-03"),
            Signs(f"son-{number}", f"{name} Jr", (), (), phone),
        ]
    return found
