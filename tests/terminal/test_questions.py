"""What the journal asks at the keyboard: each question takes the same keys."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from connect_cli.errors import Left
from connect_cli.journal import log, people
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.language.doubts import About, Choice, Doubt
from connect_cli.model import Named
from connect_cli.terminal import questions
from connect_cli.terminal.questions import AtTerminal

DAY = Doubt(
    About.DAY,
    "on Tueday",
    "'on Tueday' is not a day",
    "say it with --on",
    (Choice("Tue 17 Nov", "2026-11-17"), Choice("Tue 10 Nov", "2026-11-10")),
)
KINDLY = DAY._replace(about=About.KIND, choices=(Choice("coffee", "coffee"),))
TIME = DAY._replace(about=About.TIME, choices=())
LONG = DAY._replace(about=About.DURATION, choices=())
PERSON = DAY._replace(about=About.PERSON, choices=(Choice("Tom Baker", "Tom Baker"),))
SEVERAL = DAY._replace(
    about=About.SEVERAL, choices=(Choice("two conversations", ("a", "b")), Choice("one", None))
)
CONTACT = DAY._replace(about=About.CONTACT, choices=())
LEFT = "left"


@pytest.fixture
def keyboard(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AtTerminal]:
    """Somebody who types these lines, and then ends the input."""
    for name in ("Tom Baker", "Tom Waits", "Tom Hanks", "Sarah Miller"):
        people.add(journal, Profile(name))
    log.log(journal, "coffee with Tom Waits on 2 nov")
    log.log(journal, "coffee with Tom Hanks on 9 nov")

    def typing(*lines: str) -> AtTerminal:
        left: Iterator[str] = iter(lines)
        monkeypatch.setattr(questions, "ask_or_end", lambda _: next(left, None))
        return AtTerminal(lambda: journal)

    return typing


def outcome(ask: Callable[[], object]) -> object:
    """The answer, or that somebody left."""
    try:
        return ask()
    except Left:
        return LEFT


SETTLED: Sequence[tuple[Doubt, tuple[str, ...], object]] = [
    (DAY, ("1",), "2026-11-17"),
    (DAY, ("2",), "2026-11-10"),
    (DAY, ("n",), None),
    (DAY, ("No",), None),
    (DAY, ("q",), LEFT),
    (DAY, (), LEFT),
    (DAY, ("", "", "1"), "2026-11-17"),
    (DAY, ("3", "0", "x", "tomorrow", "yesterday"), "yesterday"),
    (DAY, ("2026-11-03",), "2026-11-03"),
    (KINDLY, ("1",), "coffee"),
    (KINDLY, ("cofee", "tea"), "tea"),
    (KINDLY, ("n",), None),
    (KINDLY, ("q",), LEFT),
    (TIME, ("25:00", "18:30"), "18:30"),
    (TIME, ("n",), None),
    (TIME, ("q",), LEFT),
    (TIME, (), LEFT),
    (LONG, ("ages", "45m"), "45m"),
    (LONG, ("n",), None),
    (LONG, ("q",), LEFT),
    (PERSON, ("1",), "Tom Baker"),
    (PERSON, ("Sarah",), "Sarah"),
    (PERSON, ("n",), None),
    (PERSON, ("q",), LEFT),
    (SEVERAL, ("1",), ("a", "b")),
    (SEVERAL, ("2",), None),
    (SEVERAL, ("x", "3", "n"), None),
    (SEVERAL, ("q",), LEFT),
    (SEVERAL, (), LEFT),
    (CONTACT, ("y",), CONTACT.words),
    (CONTACT, ("n",), LEFT),
    (CONTACT, ("",), LEFT),
    (CONTACT, ("q",), LEFT),
    (CONTACT, (), LEFT),
]


@pytest.mark.parametrize(
    ("doubt", "typed", "answer"), SETTLED, ids=[f"{a.about.name}-{b}" for a, b, _ in SETTLED]
)
def test_a_doubt_is_settled_by_a_key_a_number_or_the_right_words(
    keyboard: Callable[..., AtTerminal], doubt: Doubt, typed: tuple[str, ...], answer: object
) -> None:
    """Whatever is not understood is asked again, and the end of the input leaves."""
    assert outcome(lambda: keyboard(*typed).settle(doubt)) == answer


UNKNOWN = [
    (("y",), "Tam Baker"),
    (("YES",), "Tam Baker"),
    (("n",), None),
    (("1",), "Tom Baker"),
    (("2",), "Tim Baker"),
    (("3", "0", "２", "1"), "Tom Baker"),
    (("Sarah",), "Sarah"),
    (("", "Tam Baker", "y"), "Tam Baker"),
    (("q",), LEFT),
    ((), LEFT),
]


@pytest.mark.parametrize(("typed", "answer"), UNKNOWN, ids=[str(one[0]) for one in UNKNOWN])
def test_an_unknown_name_is_added_kept_as_words_or_put_right(
    keyboard: Callable[..., AtTerminal], typed: tuple[str, ...], answer: object
) -> None:
    """Another name is an answer too; the same again says nothing new."""
    near = ("Tom Baker", "Tim Baker")
    assert outcome(lambda: keyboard(*typed).unknown("Tam Baker", near)) == answer


WHICH = [
    (("1",), "Tom Hanks"),
    (("2",), "Tom Waits"),
    (("3",), "Tom Baker"),
    (("4", "0", "1"), "Tom Hanks"),
    (("baker",), "Tom Baker"),
    (("Tom B",), "Tom Baker"),
    (("sarah",), "Sarah Miller"),
    (("", "nobody at all", "tom", "1"), "Tom Hanks"),
    (("q",), LEFT),
    ((), LEFT),
]


@pytest.mark.parametrize(("typed", "name"), WHICH, ids=[str(one[0]) for one in WHICH])
def test_one_of_several_is_chosen_by_number_or_by_more_of_the_name(
    keyboard: Callable[..., AtTerminal], journal: Journal, typed: tuple[str, ...], name: str
) -> None:
    """Whoever was seen last stands first."""
    toms = [journal.named(f"Tom {one}") for one in ("Baker", "Hanks", "Waits")]
    found = outcome(lambda: keyboard(*typed).which("Tom", toms))
    assert (found.name if isinstance(found, Named) else found) == name


def test_candidates_say_when_they_were_seen(
    keyboard: Callable[..., AtTerminal], journal: Journal, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those who were never met come last, and strangers after people with a cadence."""
    people.add(journal, Profile("Tom Absent"))
    people.add(journal, Profile("Tom Zorn", every="1m"))
    toms = [journal.named(f"Tom {one}") for one in ("Absent", "Baker", "Hanks", "Waits", "Zorn")]
    keyboard("1").which("Tom", toms)
    assert capsys.readouterr().err.splitlines() == [
        "'Tom' could be:",
        "  1  Tom Hanks, last seen 2 weeks ago",
        "  2  Tom Waits, last seen 3 weeks ago",
        "  3  Tom Zorn, not seen yet",
        "  4  Tom Absent, not seen yet",
        "  5  Tom Baker, not seen yet",
    ]


@pytest.mark.parametrize(
    ("typed", "answer"), [(("", "yesterday", "Ada"), "Ada"), (("q",), LEFT), ((), LEFT)]
)
def test_whom_it_was_with_is_asked_until_somebody_is_named(
    keyboard: Callable[..., AtTerminal], typed: tuple[str, ...], answer: str
) -> None:
    """Or somebody leaves."""
    assert outcome(keyboard(*typed).who) == answer
