"""Whom a file names becomes a relation of whom the journal knows, and goes back as it came."""

import json
from pathlib import Path

import pytest

from tests.conftest import Connect

Write = list[tuple[str, ...]]


def book(*cards: tuple[str, ...], version: str = "3.0") -> str:
    """Cards, each with a name and its lines."""
    return "".join(
        "\r\n".join(
            [
                "BEGIN:VCARD",
                f"VERSION:{version}",
                f"UID:u-{name}",
                f"FN:{name}",
                *lines,
                "END:VCARD",
            ]
        )
        + "\r\n"
        for name, *lines in cards
    )


def apples(label: str, name: str, group: int = 1) -> tuple[str, str]:
    """Apple's lines for somebody related."""
    return f"item{group}.X-ABRELATEDNAMES:{name}", f"item{group}.X-ABLabel:{label}"


def relations(connect: Connect) -> list[str]:
    """Every relation: who is the word of whom."""
    lines = [json.loads(line) for line in connect("export", "jsonl").out.splitlines()]
    names = {one["id"]: one["name"] for one in lines if one["type"] == "person"}
    return sorted(
        f"{names[one['person_id']]} {one['word']} {names[one['other_id']]}"
        for one in lines
        if one["type"] == "relation"
    )


def details(connect: Connect) -> list[str]:
    """Every detail."""
    lines = [json.loads(line) for line in connect("export", "jsonl").out.splitlines()]
    return sorted(f"{one['label']}: {one['value']}" for one in lines if one["type"] == "detail")


def taken(connect: Connect, text: str) -> str:
    """What an import of cards says; exported again they are the same, and twice is once."""
    ran = connect("import", "-", "--yes", stdin=text)
    assert ran.code == 0, ran.err
    before = connect("export", "jsonl").out
    again = connect("import", "-", "--yes", stdin=text)
    assert connect("export", "jsonl").out == before, again.out
    return ran.out


ADA = ("Ada", *apples("_$!<Sister>!$_", "Grace"))
SAID: dict[str, tuple[tuple[tuple[str, ...], ...], list[str], list[str]]] = {
    "a name of the same import": ((ADA, ("Grace",)), ["Grace sister Ada"], []),
    "whatever the order": ((("Grace",), ADA), ["Grace sister Ada"], []),
    "an alias": ((ADA, ("Hopper", "NICKNAME:Gracé")), ["Hopper sister Ada"], []),
    "nobody": ((ADA,), [], ["sister: Grace"]),
    "the letters of a word stay": (
        (("Ada", *apples("Großmutter", "Grace"), *apples("Großtante", "Eva", 2)), ("Grace",)),
        ["Grace Großmutter Ada"],
        ["Großtante: Eva"],
    ),
    "a part of a name is nobody": ((ADA, ("Grace Hopper",)), [], ["sister: Grace"]),
    "oneself is nobody": ((("Ada", *apples("twin", "Ada")),), [], ["twin: Ada"]),
    "a uid": ((("Ada", "RELATED;TYPE=friend:urn:uuid:u-Bob"), ("Bob",)), ["Ada friend Bob"], []),
    "an address": (
        (("Ada", "RELATED;TYPE=boss:mailto:b@x.org"), ("Bob", "EMAIL:b@x.org")),
        ["Bob boss Ada"],
        [],
    ),
    "two words": (
        (("Ada", "RELATED;TYPE=boss,cousin;VALUE=text:Bob"), ("Bob",)),
        ["Ada cousin Bob", "Bob boss Ada"],
        [],
    ),
    "from both sides": (
        (("Ada", *apples("_$!<Mother>!$_", "Bob")), ("Bob", *apples("mother of", "Ada"))),
        ["Bob mother Ada"],
        [],
    ),
    "parent and child": (
        (("Ada", *apples("_$!<Child>!$_", "Bob")), ("Bob", *apples("_$!<Parent>!$_", "Ada"))),
        ["Ada parent Bob"],
        [],
    ),
    "several of one word": (
        (
            ("Ada", *apples("_$!<Child>!$_", "Bob"), *apples("_$!<Child>!$_", "Cyd", 2)),
            ("Bob",),
        ),
        ["Ada parent Bob"],
        ["child: Cyd"],
    ),
    "no word": ((("Ada", "X-ABRELATEDNAMES:Bob"), ("Bob",)), [], ["related: Bob"]),
}


@pytest.mark.parametrize("case", SAID)
def test_whom_a_card_names_is_found_or_stays_a_detail(connect: Connect, case: str) -> None:
    """Never by a guess; the cards go back byte for byte, with no line more."""
    cards, ties, left = SAID[case]
    text = book(*cards)
    taken(connect, text)
    assert [one.replace("Bob friend Ada", "Ada friend Bob") for one in relations(connect)] in (
        ties,
        [one.replace("Ada cousin Bob", "Bob cousin Ada") for one in ties],
        sorted(one.replace("Ada cousin Bob", "Bob cousin Ada") for one in ties),
    )
    assert details(connect) == left
    there = connect("export", "vcard").out
    assert sorted(there.splitlines()) == sorted(text.splitlines())


def test_somebody_who_comes_later_takes_the_place_of_the_detail(connect: Connect) -> None:
    """One undo brings it back; a detail that was changed here stays."""
    family = book(("Ada", *apples("child", "Bob"), *apples("child", "Cyd", 2)))
    assert "child Bob, Cyd" in taken(connect, family)
    connect("add", "Bob", "--new")
    assert "child Bob, Cyd becomes Cyd" in taken(connect, family)
    connect("add", "Cyd", "--new")
    ran = taken(connect, family)
    assert "relation Ada is Cyd's parent" in ran
    assert details(connect) == []
    connect("undo", "--yes")
    assert (details(connect), relations(connect)) == (["child: Cyd"], ["Ada parent Bob"])
    connect("remember", "Ada", "child: Cyd, who sails")
    assert "Cyd's parent" in taken(connect, family)
    assert details(connect) == ["child: Cyd, who sails"]


def test_a_detail_of_ones_own_is_not_overwritten(connect: Connect) -> None:
    """The preview says which one stays."""
    connect("add", "Ada", "--new")
    connect("remember", "Ada", "sister: in Rome")
    assert "sister kept in Rome, not Grace" in taken(connect, book(ADA))
    assert details(connect) == ["sister: in Rome"]


def test_somebody_who_was_renamed_here_is_not_a_stranger(connect: Connect) -> None:
    """A card goes on to call them as it did."""
    family = book(ADA, ("Grace",))
    taken(connect, family)
    connect("rename", "Grace", "Grace Hopper")
    taken(connect, book(ADA))
    assert (relations(connect), details(connect)) == (["Grace Hopper sister Ada"], [])
    assert "Grace Hopper" not in connect("export", "vcard").out.partition("FN:Ada")[2][:90]


def test_namesakes_and_an_address_of_two_are_nobody(connect: Connect) -> None:
    """It could be either."""
    for name in ("Grace", "Grace (2)", "Bob", "Cyd"):
        connect("add", name, "--new", "--email", f"{'b' if name in ('Bob', 'Cyd') else 'g'}@x.org")
    lines = (*apples("_$!<Sister>!$_", "Grace"), "RELATED;TYPE=boss:mailto:b@x.org")
    assert "the boss is nobody in the journal" in taken(connect, book(("Ada", *lines)))
    assert (relations(connect), details(connect)) == ([], ["sister: Grace"])


def test_a_uid_of_nobody_is_told(connect: Connect) -> None:
    """The card keeps it."""
    ran = taken(connect, book(("Ada", "RELATED;TYPE=friend:urn:uuid:x")))
    assert "the friend is nobody in the journal: urn:uuid:x" in ran


def lines_of(folder: Path) -> dict[str, list[str]]:
    """The lines about relations in each card of a folder."""
    return {
        next(line[3:] for line in lines if line.startswith("FN:")): [
            line for line in lines if "RELATED" in line or "ABLabel" in line
        ]
        for file in folder.glob("*.vcf")
        for lines in [file.read_text(encoding="utf-8").splitlines()]
    }


def test_a_relation_of_the_journal_goes_out_from_both_sides(
    connect: Connect, tmp_path: Path
) -> None:
    """In the form of each card; taken back here, it goes there; back again, it comes as it came."""
    folder = tmp_path / "book"
    cards = book(("Ada", *apples("boat", "x"))).replace("X-ABRELATEDNAMES", "X-A")
    taken(connect, cards + book(("Grace",), version="4.0"))
    connect("export", "vcard", str(folder))
    connect("relate", "Grace", "Ada", "--as", "sister")
    connect("relate", "Ada", "Grace", "--as", "met through")
    connect("export", "vcard", str(folder))
    assert lines_of(folder) == {
        "Ada": [
            "item1.X-ABLabel:boat",
            *("item2.X-ABRELATEDNAMES:Grace", "item2.X-ABLabel:_$!<Sister>!$_"),
            *("item3.X-ABRELATEDNAMES:Grace", "item3.X-ABLabel:met through"),
        ],
        "Grace": [
            'RELATED;TYPE="sister of";VALUE=text:Ada',
            "RELATED;TYPE=introduced;VALUE=text:Ada",
        ],
    }
    before = connect("export", "jsonl").out
    assert "Nothing new" in connect("import", str(folder), "--yes").out or before
    assert relations(connect) == ["Ada met through Grace", "Grace sister Ada"]
    assert "as they were" in connect("export", "vcard", str(folder)).out
    connect("relate", "Grace", "Ada", "--as", "sister", "--drop")
    connect("export", "vcard", str(folder))
    assert lines_of(folder)["Grace"] == ["RELATED;TYPE=introduced;VALUE=text:Ada"]
    assert "item2.X-ABLabel:_$!<Sister>!$_" not in lines_of(folder)["Ada"]


def test_a_relation_that_a_card_brought_goes_from_it_and_comes_back(
    connect: Connect, tmp_path: Path
) -> None:
    """Only the word that was taken back; the other card never had a line."""
    folder = tmp_path / "book"
    text = book(
        ("Ada", 'RELATED;TYPE="friend,boss";VALUE=text:Grace', "NOTE:x"), ("Grace",), version="4.0"
    )
    taken(connect, text)
    connect("export", "vcard", str(folder))
    connect("relate", "Grace", "Ada", "--as", "boss", "--drop")
    connect("export", "vcard", str(folder))
    assert lines_of(folder) == {"Ada": ["RELATED;VALUE=text;TYPE=friend:Grace"], "Grace": []}
    connect("relate", "Grace", "Ada", "--as", "friend", "--drop")
    connect("export", "vcard", str(folder))
    assert lines_of(folder) == {"Ada": [], "Grace": []}
    connect("undo", "2", "--yes")
    connect("export", "vcard", str(folder))
    assert lines_of(folder) == {
        "Ada": ['RELATED;TYPE="friend,boss";VALUE=text:Grace'],
        "Grace": [],
    }


@pytest.mark.parametrize("names", [("Grace", "Grace Hopper"), ("Grace Hopper", "Grace")])
def test_whoever_was_merged_is_still_near(
    connect: Connect, tmp_path: Path, names: tuple[str, str]
) -> None:
    """Their cards go on to say so, and nothing is said twice, even if the merge is undone."""
    folder = tmp_path / "book"
    text = book(ADA, ("Grace", "EMAIL:a@x.org"), ("Grace Hopper", "EMAIL:b@x.org"))
    taken(connect, text)
    connect("export", "vcard", str(folder))
    before = lines_of(folder)
    assert connect("merge", *names, "--prefer", names[0]).code == 0
    connect("export", "vcard", str(folder))
    assert {name: lines for name, lines in lines_of(folder).items() if lines} == {
        "Ada": before["Ada"]
    }
    assert relations(connect) == [f"{names[0]} sister Ada"]
    connect("undo", "--yes")
    connect("export", "vcard", str(folder))
    assert lines_of(folder) == before


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@pytest.mark.parametrize("word", ["met, at work", 'my "twin"', "work", "me", "großmutter", "x;y"])
def test_any_word_of_a_relation_comes_back_from_a_card(
    connect: Connect, tmp_path: Path, word: str, version: str
) -> None:
    """Also one that cannot be a type of the standard's line."""
    taken(connect, book(("Ada",), ("Grace",), version=version))
    connect("relate", "ada", "grace", "--as", word)
    connect("export", "vcard", str(tmp_path / "cards"))
    assert connect("import", str(tmp_path / "cards"), "--yes").out.startswith("Nothing new")
    connect("relate", "ada", "grace", "--drop")
    connect("import", str(tmp_path / "cards"), "--yes")
    assert relations(connect) == [f"Ada {word} Grace"]
