"""Cards that go out: what is written here comes back, and lines of others are kept."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connect_cli.exchange import vcard_read, vcard_write
from connect_cli.exchange.values import Contact
from connect_cli.exchange.vcard_kept import Overrides
from connect_cli.exchange.vcard_write import KeptCard, OutgoingPerson
from tests.exchange.cards import KEPT, card, out, written
from tests.exchange.edited_cards import BIRTHDAY, NAMED, read, text


@pytest.mark.parametrize("line", KEPT, ids=range(len(KEPT)))
def test_a_card_is_kept_as_it_stands_there(line: str) -> None:
    """To the byte, whatever it says."""
    assert card(line).card == written(line)


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=90)


@settings(max_examples=60)
@given(name=WORDS, alias=WORDS, tags=st.lists(st.sampled_from(["work", "été"]), unique=True))
@example(name=";", alias="0", tags=[])
@example(name="0", alias="; ;", tags=[])
def test_what_is_written_here_comes_back(name: str, alias: str, tags: list[str]) -> None:
    """Any name survives folding, escaping and reading again; twice is the same as once."""
    called, nick = (" ".join(one.split()) for one in (name, alias))
    if not called or not nick or nick == called:
        return
    known = Contact(called, uid="u", aliases=(nick,), tags=tuple(tags))
    (going,) = vcard_write.outgoing(OutgoingPerson(known))
    assert all(len(line.encode()) <= 75 for line in going.text.split("\r\n"))
    (back,) = vcard_read.read(going.text.encode()).contacts
    assert (back.name, back.aliases, back.tags) == (called, known.aliases, known.tags)
    assert out(back, known) == going.text


def test_of_several_cards_each_goes_back_and_the_first_says_what_is_new() -> None:
    """What one of them says is not put into the other."""
    first, second = text("UID:1", "FN:Ada", "TEL:1"), text("UID:2", "FN:Ada King", "EMAIL:a@x.org")
    now = Contact("Ada", aliases=("Ada King",), phones=("1", "2"), emails=("a@x.org",))
    instead = Overrides(name="Ada").written()
    going = vcard_write.outgoing(OutgoingPerson(now, (KeptCard(first), KeptCard(second, instead))))
    assert [one.text for one in going] == [first.replace("TEL:1\n", "TEL:1\nTEL:2\n"), second]


def test_lines_of_a_card_that_came_in_long_ago_are_put_into_the_whole_one() -> None:
    """Those that the journal does not say itself, once."""
    card = text("UID:1", *NAMED, "X-A:b")
    old = KeptCard("N:Lovelace;Ada;;;\nX-A:b\nX-PET:cat\nno line")
    going = vcard_write.outgoing(OutgoingPerson(read(card), (old, KeptCard(card))))
    assert [one.text for one in going] == [text("UID:1", *NAMED, "X-A:b", "X-PET:cat")]


def test_a_card_of_which_only_lines_were_kept_is_written_with_them() -> None:
    """As it was before whole cards were kept: its parts of the name are not made up."""
    now = Contact("黄世勇", uid="u-1", phones=("1",), occasions=(BIRTHDAY,), tags=("work",))
    rest = "N:黄;世勇;;;\nTEL;TYPE=CELL:1\nBDAY:1991-02-02\nCATEGORIES:Work\nNICKNAME:H\nX-A:b"
    (going,) = vcard_write.outgoing(OutgoingPerson(now, (KeptCard(rest),)))
    lines = going.text.split("\r\n")
    assert {"N:;黄世勇;;;", "TEL;TYPE=CELL:1", "BDAY:1991-02-02", "X-A:b"} <= {*lines}
    assert {"NICKNAME:H", "CATEGORIES:Work", "UID:u-1", "FN:黄世勇"} <= {*lines}
