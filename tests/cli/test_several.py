"""Commands that take several people: by commas, by `and`, by a selection and from a pipe."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from connect_cli.cli.app import app
from connect_cli.cli.commands import MODULE_OF, LazyCommands
from tests.cli.terminals import Terminal, finished
from tests.conftest import Begin, Connect, Ran

BEGUN = (
    ("add", "Ada Lovelace", "--every", "1w", "--tag", "choir"),
    ("add", "Tom Baker", "--every", "2w", "--tag", "choir"),
    ("add", "Grace Hopper", "--circle", "friends", "--tag", "work"),
    ("add", "Tom Jones"),
    ("add", "Mary Shelley"),
    ("remember", "tom baker", "Lives in: Boston, MA"),
    ("archive", "mary"),
)
VALUES = {
    "every": ("3m",),
    "tag": ("climbing",),
    "snooze": ("until", "june"),
    "pause": ("3 weeks",),
    "resume": (),
    "archive": (),
    "unarchive": (),
    "edit": (),
    "tell": ("got", "the", "allotment"),
}
"""Each with what follows the people."""
OPTIONS = {"archive": ("--yes",), "edit": ("--circle", "close")}
BEFORE = {
    "resume": (("pause", "ada, tom baker"),),
    "unarchive": (("archive", "ada, tom baker", "--yes"),),
}
"""Commands after which there is something to do."""
PAIRS: dict[str, tuple[str, ...]] = {
    "and": ("ada", "and", "tom", "baker"),
    "a comma": ("ada,", "tom", "baker"),
    "one quotation": ("ada and tom baker",),
    "no blank": ("ada,tom-baker",),
    "quotes": ("ada lovelace", "tom baker"),
    "twice": ("ada,", "tom baker,", "ADA"),
}
BOTH = "Ada Lovelace and Tom Baker"


def options_of(command: str) -> set[str]:
    """The options of a command."""
    params = getattr(LazyCommands(app)[command], "params", [])
    return {option for one in params for option in one.opts}


def state_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows that undo restores."""
    tables = ("person", "tag", "pause", "detail", "alias", "promise")
    with closing(sqlite3.connect(path)) as connection:  # noqa: TID251  # only to look
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr)
            for table in tables
        }


@pytest.fixture(params=sorted(VALUES))
def command(
    request: pytest.FixtureRequest, begin: Begin, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Each of them, in a journal in which it has something to do with Ada and Tom Baker."""
    monkeypatch.setenv("EDITOR", "false")
    begin(*BEGUN)
    name: str = request.param
    for words in BEFORE.get(name, ()):
        assert connect(*words).code == 0
    return name


def whole(command: str, *people: str) -> list[str]:
    """The words of a command."""
    return [command, *OPTIONS.get(command, ()), *people, *VALUES[command]]


def selection(command: str) -> Sequence[str]:
    """A selection of Ada and Tom Baker."""
    return ("--tag", "choir")


def test_the_table_knows_every_command() -> None:
    """A new one that takes a selection says here how; all of them have the same options."""
    taking = {name for name in MODULE_OF if "--in" in options_of(name)} - {"people"}
    assert taking == set(VALUES)
    for name in (*taking, "people"):
        assert {"--tag", "--circle", "--state", "--in"} <= options_of(name)
    for name in taking:
        assert "--yes" in options_of(name)


def test_however_they_are_named_the_answer_is_one(
    command: str, connect: Connect, journal_file: Path
) -> None:
    """By commas, `and`, quotes, a selection or a pipe: one command, which one undo takes back."""
    before = state_of(journal_file)
    told = []
    for people in (*PAIRS.values(), selection(command), ("-",)):
        ran = connect(*whole(command, *people), stdin="\nAda Lovelace\nTom Baker\n\nada\n")
        assert (ran.code, ran.err) == (0, ""), (people, ran)
        assert state_of(journal_file) != before
        told.append(ran.out)
        assert connect("undo", "--yes").code == 0
        assert state_of(journal_file) == before
    assert set(told) == {told[0]}
    assert BOTH in told[0] or told[0].count("\n") == 2
    assert "Tom Jones" not in told[0]


def test_one_person_is_named_as_ever(command: str, connect: Connect) -> None:
    """In one line."""
    ran = connect(*whole(command, "ada"))
    assert (ran.code, ran.err, ran.out.count("\n")) == (0, "", 1)
    assert "Ada Lovelace" in ran.out


REFUSED = (
    (("ada", "and", "nobody"), "", 3, "nobody here is called 'nobody'"),
    (("ada,", "tom"), "", 3, "Tom Baker, Tom Jones"),
    (("-",), "Ada Lovelace\nNobody\n", 3, "nobody here is called 'Nobody'"),
    (("-",), "Ada Lovelace\nTom\n", 3, "Tom Baker, Tom Jones"),
    (("-",), "Ada Lovelace, Tom Baker\n", 3, "nobody here is called"),
    (("-",), "Ada Lovelace\tTom Baker\n", 3, "it is the second field: cut -f2"),
    (("ada", "--tag", "choir"), "", 2, "takes names or a selection, not both"),
    (("-", "--tag", "choir"), "Ada\n", 2, "takes names or a selection, not both"),
    ((), "", 2, "needs a name"),
    (("--tag", "?"), "", 2, "not a tag"),
)


@pytest.mark.parametrize(("people", "stdin", "code", "told"), REFUSED, ids=str)
def test_who_is_not_certain_changes_nobody(
    command: str,
    connect: Connect,
    journal_file: Path,
    people: Sequence[str],
    stdin: str,
    code: int,
    told: str,
) -> None:
    """All of them are known, or nothing is written."""
    before = journal_file.read_bytes()
    words = whole(command, *people)
    if command == "tell" and people[:1] == ("ada",):
        return  # what is told may begin with a name
    if not people:
        words = [command, *OPTIONS.get(command, ())]
    ran = connect(*words, stdin=stdin)
    assert (ran.code, ran.out, told in ran.err) == (code, "", True), ran
    assert journal_file.read_bytes() == before


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (("--tag", "chess"), "Nobody fits that.\n"),
        (("--in", "Rome"), "Nobody fits that.\n"),
        (("--in", "..."), "Nobody fits that.\n"),
        (("-",), "Standard input names nobody.\n"),
    ],
    ids=str,
)
def test_nobody_is_no_error(
    command: str, connect: Connect, journal_file: Path, people: Sequence[str], said: str
) -> None:
    """A pipe may be empty, and a selection may fit nobody; nothing is written."""
    before = journal_file.read_bytes()
    ran = connect(*whole(command, *people), stdin="\n \n")
    assert ran == Ran(0, said, "")
    assert journal_file.read_bytes() == before


DONE_BEFORE = {
    "tag": "were already tagged #climbing",
    "pause": "were already paused until",
    "resume": "were not paused",
    "archive": "were already archived",
    "unarchive": "were not archived",
}


@pytest.mark.parametrize("command", sorted(DONE_BEFORE), indirect=True)
def test_what_was_so_already_is_said_and_writes_nothing(
    command: str, connect: Connect, journal_file: Path
) -> None:
    """For one, and for several beside somebody new."""
    words = whole(command, *PAIRS["and"])
    assert connect(*words).code == 0
    before = journal_file.read_bytes()
    ran = connect(*words)
    assert (ran.code, f"{BOTH} {DONE_BEFORE[command]}" in ran.out) == (0, True), ran
    assert journal_file.read_bytes() == before


def test_people_are_chosen_by_circle_state_and_place(begin: Begin, connect: Connect) -> None:
    """As `people` lists them; archived people only if asked for."""
    begin(*BEGUN)
    assert connect("tag", "--circle", "friends", "c").out == "Grace Hopper is tagged #c.\n"
    assert connect("tag", "--in", "BÓS", "b").out == "Tom Baker is tagged #b.\n"
    assert connect("tag", "--state", "archived", "a").out == "Mary Shelley is tagged #a.\n"
    said = connect("tag", "--state", "no cadence", "--state", "due", "d").out
    assert said == "Ada Lovelace, Grace Hopper, Tom Baker and Tom Jones are tagged #d.\n"
    assert connect("unarchive", "--tag", "a").out == "Mary Shelley is back.\n"


def test_a_snooze_or_a_pause_says_that_somebody_archived_stays_off_the_list(
    begin: Begin, connect: Connect
) -> None:
    """That their list would begin again on a day would be wrong."""
    begin(("add", "Ada Lovelace", "Tom Baker"), ("archive", "ada"))
    nothing = " That changes nothing while they are archived.\n"
    assert connect("snooze", "ada", "2w").out == (
        f"Ada Lovelace is off the list until Mon 7 Dec, in 2 weeks.{nothing}"
    )
    for _ in range(2):
        assert connect("pause", "ada", "2w").out.endswith(nothing)
    assert connect("pause", "ada, tom", "3w").out == (
        f"Ada Lovelace is paused until the end of Mon 14 Dec, in 3 weeks.{nothing}"
        "Tom Baker is paused until the end of Mon 14 Dec, in 3 weeks.\n"
    )


def test_a_list_of_people_can_be_piped_into_a_command(begin: Begin, connect: Connect) -> None:
    """The second field of `people` is the name."""
    begin(*BEGUN)
    listed = connect("people", "--tag", "choir").out
    names = "".join(f"{line.split(chr(9))[1]}\n" for line in listed.splitlines())
    assert connect("snooze", "-", "2w", stdin=names).out == (
        "Ada Lovelace and Tom Baker are off the list until Mon 7 Dec, in 2 weeks.\n"
    )


def test_a_name_with_unseen_signs_is_piped_as_it_is_shown(begin: Begin, connect: Connect) -> None:
    """The list shows them as escapes, so that no terminal obeys them."""
    begin(*BEGUN)
    connect("add", "\u200fYusuf", "--tag", "far")
    listed = connect("people", "--tag", "far").out.split("\t")[1]
    assert listed == "\\u200fYusuf"
    assert connect("tag", "-", "near", stdin=listed).out == f"{listed} is tagged #near.\n"
    assert connect("tag", "-", "near", stdin="\\u200fJoe\n").code == 3


def test_a_name_like_two_is_one_where_somebody_has_it(begin: Begin, connect: Connect) -> None:
    """A comma in a name does not part it."""
    begin(*BEGUN)
    connect("add", "Baker and Sons", "--new")
    connect("add", "Hopper, Grace M.", "--new")
    names = "Baker and Sons\nHopper, Grace M.\n"
    assert connect("archive", "-", "--yes", stdin=names).out.startswith(
        "Archived Baker and Sons and Hopper, Grace M.: nothing is due"
    )
    assert connect("unarchive", "Baker", "and", "Sons").out == "Baker and Sons is back.\n"
    assert connect("unarchive", "Hopper, Grace M.").out == "Hopper, Grace M. is back.\n"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("ada", "lov,", "tom", "bak"), BOTH),
        (("ada lov and tom bak",), BOTH),
        (("ada", "lovelac,", "tom", "baker"), BOTH),
        (("ada", "and", "tom", "b"), BOTH),
        (("ada", "lov"), "Ada Lovelace"),
        (("ada", "lovelace", ","), "Ada Lovelace"),
        (("Baker", "and", "Sons,", "ada"), "Baker and Sons and Ada Lovelace"),
    ],
    ids=str,
)
def test_where_no_value_follows_beginnings_of_names_are_enough(
    begin: Begin, connect: Connect, words: Sequence[str], names: str
) -> None:
    """And two people are not one whose name begins like theirs."""
    begin(*BEGUN)
    connect("add", "Adam Andrea Tomson", "--new")
    connect("add", "Baker and Sons", "--new")
    verb = "were not" if " and A" in names or names == BOTH else "was not"
    assert connect("resume", *words).out == f"{names} {verb} paused.\n"


MANY = [f"Person {number:02}" for number in range(30)]


@pytest.fixture
def crowd(begin: Begin) -> str:
    """Thirty people, as lines."""
    begin(("add", *MANY))
    return "\n".join(MANY)


def test_a_crowd_is_named_by_its_first_few(crowd: str, connect: Connect) -> None:
    """Whatever is done, the answer is one line."""
    some = "Person 00, Person 01, Person 02 and 27 others"
    said = [
        connect(*words, stdin=crowd).out
        for words in (
            ("every", "-", "1m"),
            ("snooze", "-"),
            ("pause", "-"),
            ("resume", "-"),
            ("tag", "-", "one", "two"),
            ("tag", "-", "one", "--drop"),
            ("archive", "-", "--yes"),
            ("every", "-", "never"),
            ("edit", "-", "--circle", "close"),
        )
    ]
    assert said[0] == f"{some}, every month, first due from Tue 8 Dec to Wed 6 Jan 2027.\n"
    assert said[1] == f"{some} are off the list until Fri 27 Nov, in 4 days.\n"
    assert said[5] == f"{some} are no longer tagged #one.\n"
    assert said[6].startswith(f"Archived {some}: nothing is due, everything is kept.")
    assert said[7] == f"{some}: no cadence, so nothing is due.\n"
    assert said[8] == f"{some} are in close now and keep no cadence.\n"
    assert all(one.startswith((some, f"Archived {some}")) for one in said), said
    assert all(one.count("\n") == 1 for one in said), said


def test_first_days_are_spread_when_many_get_a_cadence(crowd: str, connect: Connect) -> None:
    """As for people added at once: never more on one day than there is room for."""
    connect("every", "-", "1m", stdin=crowd)
    spread = Counter(line.split("\t")[6] for line in connect("people").out.splitlines())
    assert max(spread.values()) <= 3
    assert min(spread) > "2026-11-23"
    connect("undo", "--yes")
    connect("edit", "-", "--circle", "close", stdin=crowd)
    assert spread == Counter(line.split("\t")[6] for line in connect("people").out.splitlines())


def test_a_few_with_days_of_their_own_have_a_line_each(begin: Begin, connect: Connect) -> None:
    """Each as if it were alone; who keeps their own cadence is said to."""
    begin(*BEGUN)
    assert connect("every", "ada, grace, tom jones", "1m").out == (
        "Ada Lovelace, every month, first due today.\n"
        "Grace Hopper, every month, first due in 2 weeks, Fri 11 Dec.\n"
        "Tom Jones, every month, first due in 7 days, Mon 30 Nov.\n"
    )
    connect("add", "Zoe Young")
    assert connect("edit", "ada, zoe", "--circle", "inner").out == (
        "Zoe Young, every week (inner), first due today.\n"
        "Ada Lovelace is in inner now and keeps every month.\n"
    )


def test_a_snooze_without_days_is_a_rest_by_each_cadence(begin: Begin, connect: Connect) -> None:
    """Whoever has no cadence has no such rest."""
    begin(*BEGUN)
    said = connect("snooze", "ada", "tom baker", "grace hopper")
    assert said.code == 2  # without quotes or commas the second is no day
    connect("every", "ada", "1w")
    connect("every", "tom baker", "1y")
    assert connect("snooze", "ada, tom baker").out.count("is off the list until") == 2
    assert connect("snooze", "--tag", "choir").out.count("is off the list until") == 2
    ran = connect("snooze", "ada, tom jones")
    assert (ran.code, "Tom Jones has no cadence" in ran.err) == (2, True)


def test_a_crowd_with_days_of_its_own_is_said_by_the_first_and_the_last(
    crowd: str, connect: Connect
) -> None:
    """Snoozed by their own cadences; and archived people have no first day."""
    some = "Person 00, Person 01, Person 02 and 27 others"
    for number, name in enumerate(MANY):
        connect("every", name, f"{number % 6 + 1}m")
    assert connect("snooze", "-", stdin=crowd).out.startswith(
        f"{some} are off the list, the first until Fri 27 Nov, in 4 days, the last until "
    )
    assert connect("edit", "-", "--circle", "close", stdin=crowd).out == (
        f"{some} are in close now and keep cadences of their own.\n"
    )
    connect("archive", "-", "--yes", stdin=crowd)
    assert connect("every", "-", "1m", stdin=crowd).out == f"{some}, every month.\n"


def test_archiving_several_is_refused_in_a_pipe(begin: Begin, connect: Connect) -> None:
    """Nobody can be asked; one is archived unasked, as is one of several who is new."""
    begin(*BEGUN)
    ran = connect("archive", "ada, grace")
    assert (ran.code, ran.out) == (1, "")
    assert "not done: Archive 2 people: Ada Lovelace and Grace Hopper?" in ran.err
    assert connect("archive", "ada, mary").out == (
        "Archived Ada Lovelace: nothing is due, everything is kept."
        " Mary Shelley was already archived. 'connect unarchive' brings them back.\n"
    )


@pytest.mark.parametrize(("answer", "code"), [("y\r", 0), ("\r", 1)])
def test_archiving_several_is_asked_about(
    begin: Begin, terminal: Terminal, answer: str, code: int
) -> None:
    """Only `y` does it."""
    begin(*BEGUN)
    child = terminal("archive", "ada, grace")
    child.expect_exact("Archive 2 people: Ada Lovelace and Grace Hopper? [y/N]")
    child.send(answer)
    assert finished(child) == code


@pytest.mark.usefixtures("crowd")
def test_more_than_twenty_are_asked_about_at_a_terminal(
    connect: Connect, terminal: Terminal
) -> None:
    """Not twenty, and not with --yes."""
    child = terminal("pause", "--state", "no cadence")
    child.expect_exact("Pause 30 people: Person 00, Person 01, Person 02 and 27 others? [y/N]")
    child.send("n\r")
    assert finished(child) == 1
    assert finished(terminal("tag", "--state", "no cadence", "old", "--yes")) == 0
    connect("tag", *(f"{name}," for name in MANY[:9]), MANY[9], "old", "--drop")
    assert finished(terminal("pause", "--tag", "old")) == 0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("tag", "ada", "tom baker"), 2, "'tom' is the name of somebody here"),
        (("tag", "ada", "grace", "climbing"), 2, "'grace' is the name of somebody here"),
        (("tag", "--tag", "choir", "grace", "climbing"), 2, "names or a selection, not both"),
        (("tag", "ada", "two/", "?"), 2, "'?' is not a tag"),
        (("snooze", "ada", "smith"), 2, "'smith' is not a day"),
        (("snooze", "ada", "grace", "2w"), 2, "'grace 2w' is not a day"),
        (("snooze", "--tag", "choir", "ada", "2w"), 2, "names or a selection, not both"),
        (("pause", "ada", "fri", "--until", "fri"), 2, "either 'fri' or --until 'fri', not both"),
        (("snooze", "ada", "--until", ""), 2, "no day was given after --until"),
        (("pause", "ada", "--until", " "), 2, "no day was given after --until"),
        (("away", "--until", ""), 2, "no day was given after --until"),
        (("snooze", "ada", "fri", "--until", "fri"), 2, "either 'fri' or --until 'fri', not both"),
        (("away", "3 weeks", "--until", "fri"), 2, "either '3 weeks' or --until 'fri', not both"),
        (("every", "--tag", "choir", "sometimes"), 2, "sometimes"),
        (("archive", "ada", "smith"), 3, "nobody here is called 'ada smith'"),
        (("archive", "-", "ada"), 2, "names or a selection, not both"),
        (("every", "--tag", "choir"), 2, "no cadence was given\nhint: for example"),
        (("tag", "--tag", "choir"), 2, "no tag was given"),
        (("edit", "ada, grace"), 3, "name one at a time"),
        (("edit", "-"), 3, "nobody here is called '-'"),
        (("edit", "--tag", "choir"), 2, "the editor opens for one person"),
        (("edit", "ada", "--circle", "best"), 2, "inner, close"),
        (("edit",), 2, "the editor opens for one person"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_a_word_is_never_taken_for_something_else(
    begin: Begin, connect: Connect, journal_file: Path, words: Sequence[str], code: int, told: str
) -> None:
    """A forgotten comma tags nobody with a name, and a name is no day."""
    begin(*BEGUN)
    before = journal_file.read_bytes()
    ran = connect(*words)
    assert (ran.code, ran.out, told in ran.err) == (code, "", True), ran
    assert journal_file.read_bytes() == before


def test_a_tag_may_be_called_like_somebody(begin: Begin, connect: Connect) -> None:
    """With `#`, and once it is a tag."""
    begin(*BEGUN)
    assert connect("tag", "ada", "#grace").out == "Ada Lovelace is tagged #grace.\n"
    assert connect("tag", "tom baker", "grace", "and", "Chess").out == (
        "Tom Baker is tagged #grace and #chess.\n"
    )
    assert connect("tag", "ada,", "tom baker", "grace", "--drop").out == (
        f"{BOTH} are no longer tagged #grace.\n"
    )
    assert connect("tag", "ada", "jazz", "--drop").out == "Ada Lovelace was not tagged #jazz.\n"


@pytest.mark.parametrize("verb", ["archive", "unarchive", "resume"])
def test_a_forgotten_comma_between_two_people_is_named(
    verb: str, begin: Begin, connect: Connect
) -> None:
    """These take several, so nobody is told to name one at a time."""
    begin(*BEGUN)
    ran = connect(verb, "ada", "grace", "hopper")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.endswith("hint: put a comma between two people: ada, grace hopper\n")


@pytest.mark.parametrize(
    ("when", "how"), [((), "--died"), (("10 march 2024",), "'10 march 2024' --died")]
)
def test_who_died_is_named_alone_and_the_hint_says_how(
    when: Sequence[str], how: str, begin: Begin, connect: Connect
) -> None:
    """The option is in the command to type."""
    begin(*BEGUN)
    ran = connect("archive", "ada,", "grace", *when, "--died")
    assert ran.code == 2
    assert ran.err == (
        "connect: 'archive --died' takes one person at a time, not Ada Lovelace and Grace Hopper\n"
        f"hint: name one of them, for example: connect archive 'Ada Lovelace' {how}\n"
    )


def test_names_on_standard_input_are_read_as_windows_writes_them(
    begin: Begin, connect: Connect
) -> None:
    """With a mark before the first line and its own line ends."""
    begin(*BEGUN)
    ran = connect("tag", "-", "near", stdin="\ufeffAda Lovelace\r\nTom Baker\r\n")
    assert ran.out == f"{BOTH} are tagged #near.\n"
