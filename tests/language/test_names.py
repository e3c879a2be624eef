"""Who is meant by a name."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.errors import NotUnderstood
from connect_cli.language import names, words
from connect_cli.language.names import Known, Names, check_name
from tests.language.journal import NAMES, PEOPLE

FOUND = {
    "Ada Lovelace": "Ada Lovelace",
    "ada lovelace": "Ada Lovelace",
    "  ADA   LOVELACE ": "Ada Lovelace",
    "ada-lovelace": "Ada Lovelace",
    "Countess": "Ada Lovelace",
    "the boss": "Ada Lovelace",
    "ada": "Ada Lovelace",
    "lovelace": "Ada Lovelace",
    "lov": "Ada Lovelace",
    "ada l": "Ada Lovelace",
    "a lovelace": "Ada Lovelace",
    "ana-maria": "Ana-Maria Silva",
    "Ana Maria": "Ana-Maria Silva",
    "ana silva": "Ana-Maria Silva",
    "jose munoz": "José Muñoz",
    "Lukasz": "Łukasz Żal",
    "zal": "Łukasz Żal",
    "nguyen": "Nguyễn Thị Hoa",
    "hoa": "Nguyễn Thị Hoa",
    "王小明": "王小明",
    "王": "王小明",
    "flann o'brien": "Flann O’Brien",
    "bob r": "Bob Ross",
    "Tom B.": "Tom Baker",
    "Lizzy": "Elizabeth Bennet",
}
SEVERAL = {
    "bob": ("Bob Marley", "Bob Ross"),
    "b": ("Ada Lovelace", "Bob Marley", "Bob Ross", "Elizabeth Bennet", "Tom Baker"),
    "ma": ("Ana-Maria Silva", "Bob Marley", "Mark Twain", "May Lee"),
}
UNKNOWN = {
    "grase": ("Grace Hopper",),
    "Grace Hoper": ("Grace Hopper",),
    "adda": ("Ada Lovelace",),
    "Lovelace Ada": ("Ada Lovelace",),
    "xyz": (),
    "": (),
    "?!": (),
    "ada " * 40: (),
}


@pytest.mark.parametrize(("text", "name"), FOUND.items())
def test_a_name_finds_its_person(text: str, name: str) -> None:
    """In full, by alias, first name, word or prefix, whatever the accents and case."""
    found = NAMES.find(text)
    assert found.person is not None
    assert found.person.name == name
    assert not found.candidates
    assert not found.near


@pytest.mark.parametrize(("text", "names"), SEVERAL.items())
def test_a_name_that_fits_several_gives_them_all(text: str, names: tuple[str, ...]) -> None:
    """Nobody is picked: all are candidates, in the order of their names."""
    found = NAMES.find(text)
    assert found.person is None
    assert tuple(one.name for one in found.candidates) == names


@pytest.mark.parametrize(
    ("text", "near"), [pytest.param(*row, id=row[0][:12]) for row in UNKNOWN.items()]
)
def test_a_name_that_fits_nobody_only_suggests(text: str, near: tuple[str, ...]) -> None:
    """Names that look alike are suggestions, never a match."""
    found = NAMES.find(text)
    assert found.person is None
    assert not found.candidates
    assert found.near[:1] == near


def find(people: tuple[Known, ...], text: str, *beside: str) -> str:
    """The id found, or the ids of all candidates."""
    found = Names(people).find(text, beside)
    return found.person.id if found.person else " ".join(one.id for one in found.candidates)


def test_a_full_name_beats_longer_names_and_aliases() -> None:
    """Who is simply called Ada is meant by Ada, whatever others are called besides."""
    people = (Known("1", "Ada"), Known("2", "Ada Lovelace"), Known("3", "Mary", ("Ada",)))
    assert find(people, "ada") == "1"


def test_an_alias_beats_a_first_name() -> None:
    """An alias was given so as to be used."""
    assert find((Known("1", "Ada Lovelace"), Known("2", "Adelaide", ("Ada",))), "ada") == "2"


def test_a_first_name_beats_a_surname_and_a_whole_word_beats_a_prefix() -> None:
    """The surest way in which a name fits anyone is the only one that counts."""
    people = (Known("1", "Grace Hopper"), Known("2", "Anna Grace"), Known("3", "Bo Hoppers"))
    assert find(people, "grace") == "1"
    assert find(people, "hopper") == "1"
    assert find(people, "hoppe") == "3 1"


def test_the_same_name_twice_is_two_candidates() -> None:
    """Two people who share a full name are told apart by nobody but the user."""
    people = (Known("1", "Ada King"), Known("2", "Ada King"))
    assert find(people, "Ada King") == "1 2"


def test_the_exact_spelling_decides_between_names_that_fold_alike() -> None:
    """José and Jose can each be named; typed in neither spelling, both are candidates."""
    people = (Known("1", "José Silva"), Known("2", "Jose Silva"))
    assert find(people, "José Silva") == "1"
    assert find(people, "Jose Silva") == "2"
    assert find(people, "JOSE SILVA") == "2 1"


def test_a_person_is_one_candidate_however_many_of_their_words_fit() -> None:
    """Aliases and surnames of one person do not make a name ambiguous."""
    assert find((Known("1", "Bob Bobson", ("Bobby", "Bo")),), "bob") == "1"
    assert find((Known("1", "Bob Bobson", ("Bobby", "Boo")),), "bobb") == "1"


@pytest.mark.parametrize(
    ("times", "found"),
    [
        pytest.param({"1": 3}, "1", id="three times and never"),
        pytest.param({"1": 2}, "1 2", id="too seldom"),
        pytest.param({"1": 9, "2": 3}, "1", id="three times as often"),
        pytest.param({"1": 8, "2": 3}, "1 2", id="a narrow lead"),
        pytest.param({"1": 4, "2": 4}, "1 2", id="equal"),
        pytest.param({"9": 99}, "1 2", id="with others only"),
    ],
)
def test_company_decides_only_when_clearly_ahead(times: Mapping[str, int], found: str) -> None:
    """At least three times seen with those beside, and three times as often as the next."""
    people = (Known("1", "Bob A"), Known("2", "Bob B"))
    names = Names(people, lambda beside: times if beside == {"7"} else {})
    meant = names.find("bob", ["7"])
    assert (meant.person.id if meant.person else "1 2") == found
    assert names.find("bob").person is None


def test_names_are_sought_without_an_index_until_the_first_question() -> None:
    """Building the names of thousands costs nothing for commands that name nobody."""
    asked = iter(PEOPLE)
    names = Names(asked)
    assert next(asked) == PEOPLE[0]
    assert names.find("grace").person is not None


SPELLINGS = st.sampled_from(["Ada Lovelace", "Ada", "Augusta Ada King", "Åda-Maria", "Lovelace"])


@given(st.lists(SPELLINGS, max_size=6), st.lists(SPELLINGS, max_size=4), SPELLINGS, st.booleans())
def test_who_is_added_is_found_like_the_others(
    first: list[str], later: list[str], typed: str, in_part: bool
) -> None:
    """At whatever moment, with an index of everybody or of those who have a word."""
    known = [Known(str(number), name) for number, name in enumerate([*first, *later])]
    here, added = known[: len(first)], known[len(first) :]
    names = Names(here, holding=(lambda _: here) if in_part else None)
    for number, one in enumerate(added):
        if number % 2:
            names.fit(typed)
        names.add(one)
    assert names.fit(typed) == Names(known).fit(typed)
    assert names.near(typed + "x") == Names(known).near(typed + "x")


def test_who_is_added_costs_the_same_however_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The index is not built anew."""
    parted: list[str] = []

    def name_words(text: str) -> tuple[str, ...]:
        parted.append(text)
        return words.name_words(text)

    monkeypatch.setattr(names, "name_words", name_words)
    many = Names([Known(str(number), f"Ada {number}") for number in range(200)])
    many.fit("ada")
    parted.clear()
    many.add(Known("new", "Grace Hopper"))
    assert many.fit("grace") is not None
    assert len(parted) < 10


def test_no_names_find_nobody() -> None:
    """An empty journal knows nobody and suggests nobody."""
    assert Names(()).find("ada").near == ()


@given(st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_text_finds_one_or_several_or_nobody(text: str) -> None:
    """Exactly one of a person, candidates, or suggestions, for whatever is typed."""
    found = NAMES.find(text, ["rose"])
    assert sum((found.person is not None, bool(found.candidates), bool(found.near))) <= 1
    assert len(found.candidates) != 1


@pytest.mark.parametrize(
    ("text", "name"),
    [(" Ada  Lovelace ", "Ada Lovelace"), ("王小明", "王小明"), ("x" * 200, "x" * 200)],
    ids=["blanks", "cjk", "long"],
)
def test_a_name_is_kept_trimmed(text: str, name: str) -> None:
    """Blanks around it and doubled blanks within are dropped."""
    assert check_name(text) == name


@pytest.mark.parametrize(
    "text",
    ["", "  ", "x" * 201, "Ada\nKing", "Ada\x1b[31m", "a\x00", "\ud800", "a\u2028b", "a\tb"],
    ids=["empty", "blank", "long", "newline", "escape", "nul", "surrogate", "separator", "tab"],
)
def test_a_name_that_cannot_be_kept_is_refused(text: str) -> None:
    """Nothing empty, endless, or with characters that move the cursor."""
    with pytest.raises(NotUnderstood):
        check_name(text)
