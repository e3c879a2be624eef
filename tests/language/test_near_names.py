"""Which names are suggested for a misspelt one, and whose name is only one letter off."""

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connect_cli.language.names import Known, Names
from connect_cli.language.words import name_key

PEOPLE = tuple(
    Known(names[0], names[0], tuple(names[1:]))
    for names in (
        ["Ada Lovelace"], ["Grace Hopper"], ["Tom Baker", "Tommy"], ["Margaret Moore", "Mum"],
        ["Peter Moore", "Dad"], ["Dorothy Moore", "Nana"], ["José Álvarez"], ["Will Smith"],
        ["Mark Ellis"], ["Grant Osei"], ["Pat Doyle"], ["Summer Reed"], ["Sunday Okoro"],
        ["Jack Ng"], ["Christian Weber"], ["Jean-Luc Petit"], ["Siobhán Byrne"], ["Sean O'Brien"],
        ["Priya Sharma"], ["Ravi Kumar"], ["Meena Iyer", "Auntie Meena"], ["Łukasz Nowak"],
        ["王小明"], ["Anne-Marie Dupont"], ["Robert Smith", "Bob"], ["Anita Patel", "Dr Patel"],
        ["Sarah Miller"], ["Sarah Jones"], ["John Doe"], ["John Adams"], ["Al Green"], ["Bo"],
    )
)  # fmt: skip
NAMES = Names(PEOPLE)
NEAR = {
    "Gracee": "Grace Hopper",
    "Gracce": "Grace Hopper",
    "Grase Hoper": "Grace Hopper",
    "Grace B Hopper": "Grace Hopper",
    "GraceHopper": "Grace Hopper",
    "Priya Sharam": "Priya Sharma",
    "Sharam": "Priya Sharma",
    "Lovelace Ada": "Ada Lovelace",
    "Lovlace": "Ada Lovelace",
    "Margret": "Margaret Moore",
    "Margaret More": "Margaret Moore",
    "Siobahn": "Siobhán Byrne",
    "Lukazs": "Łukasz Nowak",
    "Tomy": "Tom Baker",
    "Jak": "Jack Ng",
    "Mak": "Mark Ellis",
    "Sarha": "Sarah Jones, Sarah Miller",
    "Sarha Miller": "Sarah Miller",
    "Jhon": "John Adams, John Doe",
    "Robert Smyth": "Robert Smith",
    "Annemarie Dupont": "Anne-Marie Dupont",
    "Auntie Mena": "Meena Iyer",
    "Mooer": "Dorothy Moore, Margaret Moore, Peter Moore",
    "Joes": "José Álvarez, Sarah Jones",
    "Mr. Baker": "Tom Baker",
    "Dr. Dole": "John Doe, Pat Doyle",
    "Karan": "",
    "Marta": "",
    "Jack Tom": "",
    "Tim": "",
    "Ben": "",
    "Alan": "",
    "Greece": "",
    "Al Brown": "",
    "Ed Green": "",
    "Peter Miller": "",
    "Tam Baker": "Tom Baker",
    "Tam": "",
    "Pit Doyle": "Pat Doyle",
    "Pit Doole": "",
    "Sunny": "",
    "Bp": "",
    "王小红": "",
    "Lunch with the team": "",
    "x": "",
}
MISSPELT = {
    "Gracce": "Grace Hopper",
    "gracee": "Grace Hopper",
    "Garce": "Grace Hopper",
    "Priya Sharam": "Priya Sharma",
    "Margaret More": "Margaret Moore",
    "Margret": "Margaret Moore",
    "Ravy": "Ravi Kumar",
    "Jak": "Jack Ng",
    "Jhon": "John Adams, John Doe",
    "Tomy": "Tom Baker",
    "Bpb": "",
    "Pta": "",
    "Bop": "",
    "Dr Patell": "Anita Patel",
    "Łukazs": "Łukasz Nowak",
    "Seán O'Brein": "Sean O'Brien",
    "JeanLuc Petit": "Jean-Luc Petit",
    "Sharam": "",
    "Grase Hoper": "",
    "Grace": "",
    "Sara": "",
    "Karan": "",
    "Marta": "",
    "": "",
}


def listed(names: Iterable[str]) -> str:
    """The names in one line."""
    return ", ".join(names)


@pytest.mark.parametrize(("text", "near"), NEAR.items())
def test_only_names_that_look_like_it_are_suggested(text: str, near: str) -> None:
    """The nearest first, whoever was added first."""
    assert listed(NAMES.near(text)) == near
    assert NAMES.near(text) == Names(PEOPLE[::-1]).near(text)


@pytest.mark.parametrize(("text", "people"), MISSPELT.items())
def test_a_name_one_letter_off_is_known(text: str, people: str) -> None:
    """Whole names, first names of four letters and aliases of five; nobody if it fits somebody."""
    assert listed(one.name for one in NAMES.misspelt(text)) == people


def test_the_nearest_name_comes_first_and_a_first_name_before_a_surname() -> None:
    """Then the order is that of names."""
    people = [
        Known(name, name) for name in ("Ann Martin", "Martyn Zeta", "Martinn Ode", "Bo Marti")
    ]
    assert Names(people).near("Martinm") == ("Martinn Ode", "Ann Martin", "Martyn Zeta")


def holding(word: str) -> list[Known]:
    """Those who have a name that contains a word, as the store finds them."""
    return [
        one for one in PEOPLE if any(word in name_key(name) for name in (one.name, *one.aliases))
    ]


SPELLINGS = st.sampled_from([name for one in PEOPLE for name in (one.name, *one.aliases)])


@given(SPELLINGS, st.integers(0, 12), st.sampled_from(["", "x", "e"]), st.integers(0, 2))
@settings(max_examples=100, deadline=None)
@example("Jack", 1, "", 2)
def test_nobody_is_overlooked_when_not_everybody_is_read(
    name: str, at: int, letter: str, taken: int
) -> None:
    """A part of the name that is spelt right leads to whoever the whole index finds."""
    text = name[:at] + letter + name[at + taken :]
    swapped = name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]
    for typed in (text, swapped, swapped.partition(" ")[0], text.partition(" ")[0]):
        assert Names(PEOPLE, holding=holding).misspelt(typed) == Names(PEOPLE).misspelt(typed)


class Unread(list[Known]):
    """Everybody, whom nobody may read."""

    def __iter__(self) -> Iterator[Known]:
        raise AssertionError


def test_not_everybody_is_read_to_find_a_name_one_letter_off() -> None:
    """Whoever was added only now is found too."""
    names = Names(Unread(), holding=holding)
    assert listed(one.name for one in names.misspelt("Gracce")) == "Grace Hopper"
    names.add(Known("new", "Gracie Allen"))
    assert listed(one.name for one in names.misspelt("Gracje")) == "Grace Hopper, Gracie Allen"
