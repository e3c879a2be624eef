"""Lines of the inbox become interactions: each once, whoever takes it and whatever happens then."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from connect_cli.errors import ConnectError
from connect_cli.exchange import export
from connect_cli.journal import cadence, history, log, loops, today, undo
from connect_cli.journal.answers import Silent
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Context, Journal
from connect_cli.language.doubts import Answer, Doubt
from connect_cli.settings import Settings
from connect_cli.store import inbox as store_inbox
from connect_cli.sync import copies
from connect_cli.sync.inbox import New, Run, Taken, Waiting
from tests.conftest import MORNING, Begin, Connect

LATER = "2026-11-25T20:00"
WHO = "Who?"


class Says(Silent):
    """Somebody who adds whoever is unknown, takes the first choice, and says who it was with."""

    def unknown(self, typed: str, near: object, *, doubtful: bool = False) -> str:  # noqa: ARG002  # whoever it is
        """It is a name."""
        return typed

    def who(self) -> str:
        """It was Bo."""
        return "Bo Chen"

    def settle(self, doubt: Doubt) -> Answer:
        """The likeliest."""
        return doubt.choices[0].answer


@pytest.fixture(autouse=True)
def _people(begin: Begin) -> None:
    """Ada, Bo, and two people who share a first name."""
    begin(*[("add", name) for name in ("Ada Lovelace", "Bo Chen", "Tom Baker", "Tom Waits")])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The inbox."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    return inbox


Write = Callable[..., None]
Open = Callable[..., Journal]


@pytest.fixture
def write(folder: Path) -> Write:
    """Let the phone write lines; the file was changed this morning unless it is said."""

    def lines(*said: str, name: str = "phone.txt", at: str = MORNING) -> None:
        file, moment = folder / name, datetime.fromisoformat(at).timestamp()
        file.write_text("".join(f"{line}\n" for line in said), encoding="utf-8")
        os.utime(file, (moment, moment))

    return lines


@pytest.fixture
def opened(open_journal: Open, folder: Path) -> Open:
    """Open the journal with this inbox, at some moment."""

    def at(now: str = MORNING) -> Journal:
        return open_journal(now, Settings(inbox_folder=str(folder)))

    return at


def taken(journal: Journal) -> tuple[list[Taken], list[Waiting]]:
    """What one run takes, and what waits."""
    run = Run(journal)
    return run.take(run.look())


def told(journal: Journal) -> list[str]:
    """What is in the journal, the oldest first: day, time, people, and what was written."""
    return [
        f"{one.day:%m-%d}{f' {one.time}' if one.time else ''}"
        f" {', '.join(person.name for person in one.people)}: {one.entered}"
        for one in reversed(history.history(journal))
    ]


def number_of(journal: Journal) -> int:
    """How many interactions there are."""
    return len(history.history(journal))


def interaction_of(journal: Journal) -> str:
    """The id of the last interaction."""
    return history.history(journal)[0].id


def take_back(journal: Journal) -> None:
    """Undo the last command."""
    undo.undo(journal, undo.undoable(journal))


def new_of(journal: Journal) -> New:
    """What is new in the inbox."""
    return Run(journal).look()


def test_a_line_is_taken_once(opened: Open, write: Write) -> None:
    """By all later runs too, and when more is written."""
    write("coffee with Ada")
    first, waiting = taken(opened())
    assert (len(first), waiting) == (1, [])
    assert taken(opened(LATER)) == ([], [])
    write("coffee with Ada", "call with Bo", at=LATER)
    (one,) = taken(opened(LATER))[0]
    assert (one.line.text, one.line.number) == ("call with Bo", 2)
    assert new_of(opened(LATER)).known == 2
    assert number_of(opened(LATER)) == 2


def test_what_stands_there_three_times_is_taken_three_times(opened: Open, write: Write) -> None:
    """In all: conflicted copies bring no more, and a fourth brings one more."""
    write(*["call with Ada"] * 3)
    write(*["call with Ada"] * 2, name="phone (conflicted copy 2026-11-23).txt")
    journal = opened()
    assert len(taken(journal)[0]) == 3
    write(*["call with Ada"] * 4, name="phone (conflicted copy 2026-11-23).txt")
    assert len(taken(journal)[0]) == 1
    assert number_of(journal) == 4


def test_only_an_answer_keeps_who_was_offered(opened: Open, write: Write) -> None:
    """Lines that are certain may be taken while nobody looks at the list."""
    cadence.every(opened(), "bo", "1w")
    write("coffee with Ada", "lunch with Zed")
    run = Run(opened())
    _, (zed,) = run.take(run.look())
    offered = "SELECT count(*) FROM offered"
    assert opened().connection.execute(offered).fetchone() == (0,)
    run.answer(zed.line, zed.line.text, Says())
    assert opened().connection.execute(offered).fetchone() == (1,)


def test_a_run_that_asks_keeps_the_list_that_stood_before_it(opened: Open, write: Write) -> None:
    """Not the one after its certain lines: a call of last week would let somebody else come up."""
    for name in ("ada", "bo"):
        cadence.every(opened(), name, "1w")
    before = [one.person.name for one in today.today(opened()).plan.suggestions]
    write("2026-11-20 call with Ada", "lunch with Zed")
    run = Run(opened())
    (_,), (zed,) = run.take(run.look(), asks=True)
    run.answer(zed.line, zed.line.text, Says())
    offered = "SELECT p.name FROM offered o JOIN person p ON p.id = o.person_id ORDER BY p.name"
    assert [name for (name,) in opened().connection.execute(offered)] == sorted(before)
    assert "Ada Lovelace" in before


def test_all_of_one_run_is_one_command(opened: Open, write: Write) -> None:
    """What is answered and dropped later in it is part of it."""
    write("coffee with Ada", "lunch with Zed", "sunshine with Tom", "call with Bo")
    journal = opened()
    before = len(undo.changes(journal))
    run = Run(journal)
    first, waiting = run.take(run.look())
    assert [one.line.number for one in first] == [1, 4]
    zed, tom = (one.line for one in waiting)
    assert run.answer(zed, zed.text, Says())
    run.drop(tom)
    change, *_ = undo.changes(journal)
    assert len(undo.changes(journal)) == before + 1
    assert change.words == (
        "logged 2 interactions; logged Zed, 2026-11-23; dropped phone.txt, line 3"
    )
    take_back(journal)
    assert number_of(journal) == 0
    assert [line.text for line in new_of(journal).lines] == ["sunshine with Tom"]


@pytest.mark.parametrize("how", ["undo", "delete", "forget", "merge", "amend"])
def test_it_never_comes_back_by_itself(
    opened: Open, write: Write, connect: Connect, how: str
) -> None:
    """Whatever becomes of the interaction."""
    write("coffee with Ada")
    taken(opened())
    commands = {
        "undo": ("undo",),
        "delete": ("delete", interaction_of(opened()), "--yes"),
        "forget": ("forget", "Ada Lovelace", "--yes"),
        "merge": ("merge", "Bo Chen", "Ada Lovelace", "--prefer", "Bo Chen"),
        "amend": ("amend", "--note", "another"),
    }
    ran = connect(*commands[how])
    assert ran.code == 0, ran
    left = number_of(opened())
    connect("add", "Ada Lovelace")
    assert taken(opened(LATER)) == ([], [])
    assert number_of(opened(LATER)) == left == (1 if how in ("merge", "amend") else 0)


def test_undo_and_redo_bring_the_interaction_and_leave_the_line(opened: Open, write: Write) -> None:
    """As often as somebody does it."""
    write("coffee with Ada")
    journal = opened()
    taken(journal)
    for _ in range(2):
        take_back(journal)
        assert (number_of(journal), taken(journal)) == (0, ([], []))
        undo.redo(journal, undo.redoable(journal))
        assert (number_of(journal), taken(journal)) == (1, ([], []))


def test_a_dropped_line_waits_again_once_that_is_undone(opened: Open, write: Write) -> None:
    """Nobody gets an interaction from it, and it is not asked about again before."""
    write("lunch with Zed")
    journal = opened()
    run = Run(journal)
    run.drop(run.look().lines[0])
    assert (new_of(journal).lines, number_of(journal)) == ([], 0)
    run.drop(run.look().lines[0]) if run.look().lines else None
    take_back(journal)
    assert [line.text for line in new_of(journal).lines] == ["lunch with Zed"]
    undo.redo(journal, undo.redoable(journal))
    assert new_of(journal).lines == []


CERTAIN = (
    "coffee with Ada", "Call Bo and Ada yesterday 45m: long #work", "2026-11-20 18:05 walk with Bo",
    "tried to reach Ada", "2026-11-20: coffee with Ada", "cofee with Ada",
)  # fmt: skip
UNCERTAIN = {
    "lunch with Zed": "nobody here is called 'Zed'",
    "lunch with Tom": "'Tom' could be any of: Tom Baker, Tom Waits",
    "coffee": "who was it with?",
    "2026-02-30 coffee with Ada": "there is no day '2026-02-30'",
    "2026-12-01 coffee with Ada": "2026-12-01 is still to come",
    "coffee with Ada tomorrow": "which is still to come",
    "did not call Ada": "sounds as if it did not happen",
    "coffee with Ada yesterday and on Monday": "names several days",
    f"coffee with Ada: {'a' * 20_000}": "a line can have up to 20,000",
}


@pytest.mark.parametrize("line", CERTAIN)
def test_what_is_certain_is_taken(opened: Open, write: Write, line: str) -> None:
    """Nobody is asked."""
    write(line)
    (one,), waiting = taken(opened())
    assert (one.line.text, waiting) == (line, [])


@pytest.mark.parametrize(("line", "why"), UNCERTAIN.items())
def test_what_is_not_certain_waits(opened: Open, write: Write, line: str, why: str) -> None:
    """With what is wrong, and holds up none of the others."""
    write("call with Bo", line, "coffee with Ada")
    journal = opened()
    found, (waits,) = taken(journal)
    assert [one.line.number for one in found] == [1, 3]
    assert waits.line.text == line
    assert why in waits.why.message
    assert [one.line.text for one in taken(opened(MORNING))[1]] == [line]
    assert number_of(journal) == 2


def test_how_many_wait_is_kept_and_no_command(opened: Open, write: Write) -> None:
    """For `today` and a prompt, which do not read the folder."""
    journal = opened()
    commands = len(undo.changes(journal))
    run = Run(journal)
    assert store_inbox.waiting(journal.connection) == 0
    for number in (2, 2, 1, 0):
        run.note_waiting(number)
        assert store_inbox.waiting(journal.connection) == number
    assert len(undo.changes(journal)) == commands


def test_two_runs_at_once_take_a_line_once(opened: Open, write: Write) -> None:
    """The second finds, once nothing else can write, that the first was quicker."""
    write("coffee with Ada", "call with Bo", "lunch with Zed")
    mine, theirs = Run(opened()), Run(opened())
    seen = mine.look()
    assert len(theirs.take(theirs.look())[0]) == 2
    zed = seen.lines[2]
    assert theirs.answer(zed, zed.text, Says())
    assert mine.take(seen)[0] == []
    assert mine.answer(zed, zed.text, Says()) is None
    assert not mine.drop(zed)
    journal = opened()
    assert told(journal) == [
        "11-23 Ada Lovelace: coffee with Ada",
        "11-23 Bo Chen: call with Bo",
        "11-23 Zed: lunch with Zed",
    ]


def test_a_run_that_came_too_late_adds_nobody(opened: Open, write: Write, connect: Connect) -> None:
    """Nor does it leave a command that did nothing."""
    write("lunch with Zed")
    mine, theirs = Run(opened()), Run(opened())
    (line,) = mine.look().lines
    theirs.answer(line, line.text, Says())
    commands = len(undo.changes(opened()))
    assert mine.answer(line, line.text, Says()) is None
    assert mine.take(mine.look()) == ([], [])
    assert connect("people").out.count("Zed") == 1
    assert len(undo.changes(opened())) == commands


def other_copy(path: Path, source: Journal, folder: Path) -> Journal:
    """A copy of the journal on another machine, which reads the same inbox."""
    settings = Settings(inbox_folder=str(folder))
    moment = source.context.now
    journal = Journal(Context(path, moment, settings, Silent()))
    bring(source, journal)
    return journal


def bring(source: Journal, to: Journal) -> None:
    """Let a copy of the journal take in another one."""
    file = to.context.path.with_suffix(".jsonl")
    file.parent.mkdir(exist_ok=True)
    file.write_text("".join(f"{line}\n" for line in export.lines_of_everything(source)), "utf-8")
    copies.merge_copy(to, file, lambda _: None)


def test_two_copies_that_take_a_line_before_they_meet_have_one_interaction(
    opened: Open, write: Write, folder: Path, tmp_path: Path
) -> None:
    """Its id follows from the line; and each knows what the other took."""
    here = opened()
    there = other_copy(tmp_path / "there" / "journal.db", here, folder)
    write("coffee with Ada", "call with Bo")
    assert len(taken(here)[0]) == len(taken(there)[0]) == 2
    write("coffee with Ada", "call with Bo", "walk with Ada")
    assert len(taken(there)[0]) == 1
    for _ in range(2):
        bring(there, here)
        bring(here, there)
    assert told(here) == told(there)
    assert number_of(here) == 3
    assert taken(here) == taken(there) == ([], [])
    there.close()


def test_what_was_undone_in_one_copy_stays_so(
    opened: Open, write: Write, folder: Path, tmp_path: Path
) -> None:
    """The other learns that the line was taken, and takes it no more."""
    here = opened()
    there = other_copy(tmp_path / "there" / "journal.db", here, folder)
    write("coffee with Ada")
    taken(here)
    take_back(here)
    bring(here, there)
    assert (taken(there), number_of(there)) == (([], []), 0)
    there.close()


def test_an_interaction_that_is_there_already_is_left_as_it_is(opened: Open, write: Write) -> None:
    """It came with another copy, which kept no lines: this one only keeps that it was taken."""
    write("coffee with Ada")
    journal = opened()
    (line,) = new_of(journal).lines
    there = log.log(journal, "coffee with Ada: of the other copy").interaction
    with journal.write("test", "another id") as rows:
        rows.delete_interaction(there.id)
        rows.add_interaction(there._replace(id=line.id))
    (one,), waiting = taken(journal)
    assert (one.logged, waiting) == ([], [])
    assert told(journal) == ["11-23 Ada Lovelace: coffee with Ada: of the other copy"]
    assert new_of(journal).lines == []


WRITTEN = [
    ("coffee with Ada", "2026-11-21T12:00", "11-21 Ada Lovelace", True),
    ("coffee with Ada", "2026-11-21T02:00", "11-20 Ada Lovelace", True),
    ("coffee with Ada yesterday", "2026-11-21T12:00", "11-20 Ada Lovelace", True),
    ("coffee with Ada on Friday", "2026-11-22T12:00", "11-20 Ada Lovelace", True),
    ("coffee with Ada at 9:30", "2026-11-21T12:00", "11-21 09:30 Ada Lovelace", True),
    ("coffee with Ada on 2026-11-05", "2026-11-21T12:00", "11-05 Ada Lovelace", False),
    ("coffee with Ada on 5 November 2026", "2026-11-21T12:00", "11-05 Ada Lovelace", False),
    ("coffee with Ada", "2026-12-24T12:00", "11-23 Ada Lovelace", True),
    ("2026-11-20 coffee with Ada", MORNING, "11-20 Ada Lovelace", False),
    ("2026-11-20: coffee with Ada", MORNING, "11-20 Ada Lovelace", False),
    ("2026-11-20 18:05 coffee with Ada", MORNING, "11-20 18:05 Ada Lovelace", False),
    ("2026-11-20 18:05 coffee with Ada yesterday", MORNING, "11-19 Ada Lovelace", False),
    ("2026-11-20 18:05 coffee with Ada at 9:30", MORNING, "11-20 09:30 Ada Lovelace", False),
    ("2026-11-20 01:05 coffee with Ada yesterday", MORNING, "11-18 Ada Lovelace", False),
    ("2026-11-20 01:05 coffee with Ada", MORNING, "11-19 01:05 Ada Lovelace", False),
    ("2026-11-20T18:05:00Z coffee with Ada 2 days ago", MORNING, "11-18 Ada Lovelace", False),
    ("2026-11-20 18:05-19:30 coffee with Ada", MORNING, "11-20 18:05 Ada Lovelace", False),
    ("2026-11-20 6:05 pm coffee with Ada", MORNING, "11-20 18:05 Ada Lovelace", False),
]


@pytest.mark.parametrize(("line", "changed", "said", "by_file"), WRITTEN)
def test_the_day_is_that_of_the_stamp_or_of_the_file(
    opened: Open, write: Write, line: str, changed: str, said: str, by_file: bool
) -> None:
    """And words such as `yesterday` count from it; only what depends on the file is said so."""
    write(line, at=changed)
    journal = opened()
    (one,), _ = taken(journal)
    assert told(journal) == [f"{said}: {line}"]
    assert one.by_file is by_file


def test_a_clock_that_was_not_set_tells_no_day(opened: Open, write: Write) -> None:
    """A line without a stamp waits, and can be said with its day."""
    write("coffee with Ada", "2026-11-20 18:05 call with Ada", at="1970-01-02T00:00")
    journal = opened()
    run = Run(journal)
    (one,), (waits,) = run.take(run.look())
    assert one.line.number == 2
    assert waits.why.message == "no day is known: the file says that it was last changed in 1970"
    assert run.answer(waits.line, f"2026-11-19 {waits.line.text}", Silent()) is not None
    assert [said[:5] for said in told(journal)] == ["11-19", "11-20"]


def test_several_days_become_several_interactions(opened: Open, write: Write) -> None:
    """If somebody says so; one run takes the line as a whole, and one undo takes all back."""
    line = "2026-11-20 call with Ada yesterday and on Monday"
    write(line)
    journal = opened()
    run = Run(journal)
    (waits,) = run.take(run.look())[1]
    answered = run.answer(waits.line, line, Says())
    assert answered is not None
    first, second = (one.interaction for one in answered.logged)
    assert first.id == waits.line.id != second.id
    assert told(journal) == [f"11-16 Ada Lovelace: {line}", f"11-19 Ada Lovelace: {line}"]
    assert taken(journal) == ([], [])
    take_back(journal)
    assert (number_of(journal), taken(journal)) == (0, ([], []))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("lunch with Ada", "11-20 18:05 Ada Lovelace: lunch with Ada"),
        ("lunch with Ada yesterday", "11-19 Ada Lovelace: lunch with Ada yesterday"),
        ("2026-11-18 lunch with Ada", "11-18 Ada Lovelace: 2026-11-18 lunch with Ada"),
    ],
)
def test_other_words_for_a_line_keep_its_stamp(
    opened: Open, write: Write, words: str, said: str
) -> None:
    """Unless they have one of their own."""
    write("2026-11-20 18:05 lunhc with Zed")
    journal = opened()
    run = Run(journal)
    (waits,) = run.take(run.look())[1]
    answered = run.answer(waits.line, words, Silent())
    assert answered is not None
    assert told(journal) == [said]
    assert new_of(journal).lines == []


def test_other_words_for_a_stamp_that_does_not_exist(opened: Open, write: Write) -> None:
    """They tell of the day of the file."""
    write("2026-02-30 coffee with Ada", at="2026-11-21T12:00")
    journal = opened()
    run = Run(journal)
    (waits,) = run.take(run.look())[1]
    answered = run.answer(waits.line, "coffee with Ada", Silent())
    assert answered is not None
    assert answered.by_file
    assert told(journal) == ["11-21 Ada Lovelace: coffee with Ada"]


def test_an_answer_that_stays_uncertain_writes_nothing(opened: Open, write: Write) -> None:
    """The line still waits."""
    write("lunch with Zed")
    journal = opened()
    run = Run(journal)
    (waits,) = run.take(run.look())[1]
    commands = undo.changes(journal)
    with pytest.raises(ConnectError, match="nobody here is called 'Zoe'"):
        run.answer(waits.line, "lunch with Zoe", Silent())
    assert undo.changes(journal) == commands
    assert new_of(journal).lines == [waits.line]


def test_promises_in_a_line_count_from_its_day(opened: Open, write: Write) -> None:
    """`by friday` is the Friday after it was written."""
    write("2026-11-10 coffee with Ada: I promised to send the book by Friday")
    journal = opened()
    (one,), _ = taken(journal)
    (promise,) = loops.heard([each.interaction for each in one.logged], one.written_on)
    assert f"{promise.due_on}" == "2026-11-13"
    assert f"{one.written_on}" == "2026-11-10"


def test_a_new_person_is_added_once(opened: Open, write: Write) -> None:
    """Two lines that name them are asked about one after the other."""
    write("lunch with Zed", "call with Zed")
    journal = opened()
    run = Run(journal)
    for waits in run.take(run.look())[1]:
        assert run.answer(waits.line, waits.line.text, Says())
    assert told(journal) == ["11-23 Zed: lunch with Zed", "11-23 Zed: call with Zed"]
    assert len({person.id for one in history.history(journal) for person in one.people}) == 1


STAMPED = [f"2026-11-{day} 18:05 coffee with Ada" for day in range(10, 15)]


def test_a_file_that_was_renamed_is_not_taken_again(opened: Open, write: Write) -> None:
    """It says so, and takes what is new in it; undo does not change that."""
    write(*STAMPED)
    taken(opened())
    journal = opened()
    write(*STAMPED, "call with Bo", name="telephone.txt")
    run = Run(journal)
    new = run.look()
    assert new.unread == [
        "not taken again: 5 lines of telephone.txt, which the journal has already"
    ]
    (one,), _ = run.take(new)
    assert one.line.text == "call with Bo"
    assert (number_of(journal), new_of(journal).unread) == (6, [])
    take_back(journal)
    assert (number_of(journal), taken(journal)) == (5, ([], []))


def test_lines_that_were_logged_by_hand_are_not_taken_again(opened: Open, write: Write) -> None:
    """Whoever took the file with `log -` before."""
    journal = opened()
    log.log_lines(journal, STAMPED, LogOptions())
    write(*STAMPED)
    assert taken(journal) == ([], [])
    assert number_of(journal) == 5


def test_lines_without_a_time_are_taken_again(opened: Open, write: Write) -> None:
    """Two conversations may well be said in the same words, or begin with a day that is none."""
    lines = [
        *["coffee with Ada", "2026-11-20 call with Bo"] * 3,
        "2026-02-30 18:05 coffee with Ada",
    ]
    journal = opened()
    there = log.log(journal, "coffee with Ada").interaction
    with journal.write("test", "words of another program") as rows:
        rows.add_interaction(there._replace(id="", entered=lines[-1]))
    write(*lines)
    assert len(taken(opened())[0]) == 6


def test_what_waits_is_known_without_taking_anything(opened: Open, write: Write) -> None:
    """For a command that only lists questions."""
    write("coffee with Ada", "lunch with Zed")
    journal = opened()
    run = Run(journal)
    (waits,) = run.waiting(run.look().lines)
    assert (waits.line.text, number_of(journal)) == ("lunch with Zed", 0)


def test_a_day_that_was_said_may_depend_on_nothing_but_a_new_name(
    opened: Open, write: Write
) -> None:
    """It is said of the file to be on the safe side, since nobody is asked twice."""
    write("lunch with Zed on 2026-11-05")
    run = Run(opened())
    (waits,) = run.take(run.look())[1]
    answered = run.answer(waits.line, waits.line.text, Says())
    assert answered is not None
    assert answered.by_file


def test_a_missing_folder_is_said(opened: Open, folder: Path) -> None:
    """And nothing is written."""
    folder.rmdir()
    with pytest.raises(ConnectError, match="there is no folder"):
        new_of(opened())


def test_no_word_of_a_line_is_kept_after_it_was_forgotten(
    opened: Open, write: Write, connect: Connect, journal_file: Path
) -> None:
    """What was taken is kept as a keyed hash."""
    write("2026-11-20 coffee with Ada: xylophone")
    journal = opened()
    taken(journal)
    journal.close()
    assert b"xylophone" in held(journal_file)
    assert connect("forget", "Ada Lovelace", "--yes").code == 0
    assert b"xylophone" not in held(journal_file)


def held(file: Path) -> bytes:
    """All that the journal's files hold."""
    return b"".join(each.read_bytes() for each in sorted(file.parent.glob(f"{file.name}*")))
