"""Questions at a real terminal: by number, asked again, and broken off."""

import json
import shlex

import pexpect
import pytest

from tests.cli.terminals import Terminal, finished, interrupted
from tests.conftest import Connect

KEYS = "q leave"

pytestmark = pytest.mark.usefixtures("_two_toms")


def test_among_several_it_asks_by_number(terminal: Terminal, connect: Connect) -> None:
    """The number chooses; the interaction is about that person."""
    child = terminal("log", "coffee with Tom: sun")
    child.expect("1  Tom Baker, not seen yet")
    child.expect(KEYS)
    child.sendline("2")
    child.expect("Coffee with Tom Waits, today")
    assert finished(child) == 0
    assert "Tom Waits" in connect("history").out


def test_a_number_that_was_not_shown_is_asked_for_again(terminal: Terminal) -> None:
    """A slip of the finger throws nothing away; Enter decides nothing."""
    child = terminal("log", "coffee with Tom")
    for answer, why in (("3", "is not a number from 1 to 2"), ("x", "nobody is called 'x'")):
        child.expect(KEYS)
        child.sendline(answer)
        child.expect(why)
    for answer in ("", "1"):
        child.expect(KEYS)
        child.sendline(answer)
    child.expect("Coffee with Tom Baker")
    assert finished(child) == 0


LINES = [
    (("log", "coffee with Tom"), "nothing was logged", "connect log 'coffee with Tom'"),
    (
        ("log", "tea with Ida: it's on", "--for", "45m", "--ask", "her cat"),
        "nothing was logged",
        "connect log 'tea with Ida: it'\\''s on' --for=45m '--ask=her cat'",
    ),
    (("log", "walked the dog"), "nothing was logged", "connect log 'walked the dog'"),
    (("log", "forgot to call baker"), "nothing was logged", "connect log 'forgot to call baker'"),
    (("log",), "nothing was logged", ""),
    (("show", "tom"), "nothing was changed", ""),
]


@pytest.mark.parametrize("answer", ["q", "end of input", "ctrl-c"])
@pytest.mark.parametrize(("words", "told", "again"), LINES, ids=[" ".join(x[0]) for x in LINES])
def test_whoever_leaves_a_question_has_logged_nothing_and_can_say_it_again(
    terminal: Terminal,
    connect: Connect,
    words: tuple[str, ...],
    told: str,
    again: str,
    answer: str,
) -> None:
    """The command stands there whole, quoted for the shell."""
    child = terminal(*words, width=60)
    child.expect(rf"{KEYS}|With whom|y/N/q\]")
    if answer == "q":
        child.sendline("q")
    elif answer == "end of input":
        child.sendeof()
    code = interrupted(child) if answer == "ctrl-c" else finished(child)
    assert code == (130 if answer == "ctrl-c" else 1)
    seen = str(child.before)
    if again:
        assert again in [line.removeprefix("hint: to say it again: ") for line in lines_of(seen)]
    assert told in seen.casefold() or answer == "ctrl-c"
    assert "Traceback" not in seen
    assert connect("history").out == ""
    assert connect("people", "ida").out == ""


def lines_of(seen: str) -> list[str]:
    """What stands on the screen, line by line."""
    return [line.rstrip() for line in seen.splitlines()]


@pytest.mark.parametrize(
    ("answers", "names"),
    [
        (["1"], "Tim Baker"),
        (["y"], "Tam Baker"),
        (["Tom W"], "Tom Waits"),
        (["Tem Baker", "y"], "Tem Baker"),
    ],
    ids=["number", "new", "typed", "typed and new"],
)
def test_a_name_that_looks_like_another_is_asked_about_once(
    terminal: Terminal, connect: Connect, answers: list[str], names: str
) -> None:
    """By number, by `y`, or by the right name, which is looked up like any other."""
    connect("add", "Tim Baker")
    child = terminal("log", "coffee with Tam Baker")
    for answer in answers:
        child.expect(KEYS)
        child.sendline(answer)
    child.expect(f"Coffee with {names}, today")
    assert finished(child) == 0
    assert (f"Added {names}" in str(child.before)) is False
    assert ("Tam Baker" in connect("people").out) == (names == "Tam Baker")


def test_after_a_slip_the_suggestions_stay(terminal: Terminal, connect: Connect) -> None:
    """`x` is like nobody, but whom the first name was like can still be chosen."""
    child = terminal("log", "coffee with Tam Baker")
    for answer in ("x", "1"):
        child.expect(f"1 .*{KEYS}")
        child.sendline(answer)
    child.expect_exact("Coffee with Tom Baker, today")
    assert finished(child) == 0
    assert connect("people", "x").out == ""


def test_of_several_days_a_name_is_asked_about_once(terminal: Terminal, connect: Connect) -> None:
    """Each day is a line, but nobody is somebody else on the next day; neither is a new name."""
    child = terminal("log", "coffee with Tom and Tam Baker on Thursday and Friday: hello")
    child.expect_exact("'on Thursday and Friday' names several days")
    child.sendline("1")
    child.expect_exact("Nobody is called 'Tam Baker'")
    child.sendline("1")
    child.expect_exact("'Tom' could be:")
    child.sendline("Waits")
    child.expect_exact("takes all 2 back")
    assert finished(child) == 0
    days = json.loads(connect("history", "--json").out)["interactions"]
    who = [sorted(one["name"] for one in day["people"]) for day in days]
    assert who == [["Tom Baker", "Tom Waits"]] * 2


def test_a_long_question_is_folded_between_words(terminal: Terminal) -> None:
    """No word of it is cut where the terminal ends."""
    line = "coffee with Tom Baker: I promised to send him the slides of the talk by Friday"
    child = terminal("log", line, width=60)
    child.expect_exact("Keep as a promise? send him the slides of the talk, Fri 27")
    child.expect_exact("  Nov [y/N] ")
    child.sendline("n")
    assert finished(child) == 0


def test_a_name_can_be_kept_as_words(terminal: Terminal, connect: Connect) -> None:
    """The others took part, and no word is lost."""
    child = terminal("log", "coffee with Tom Baker and Ida")
    child.expect("Nobody is called 'Ida'")
    child.expect(KEYS)
    child.sendline("n")
    child.expect("Coffee with Tom Baker, today: “.*Ida”")
    assert finished(child) == 0
    assert connect("people", "ida").out == ""


def test_somebody_unknown_is_added_when_wanted(terminal: Terminal, connect: Connect) -> None:
    """`y` adds them and logs."""
    child = terminal("log", "coffee with Ida Rhodes")
    child.expect("Nobody is called 'Ida Rhodes'")
    child.sendline("y")
    child.expect("Added Ida Rhodes. Coffee with Ida Rhodes, today.")
    assert finished(child) == 0
    assert connect("people", "ida").out.count("\n") == 1


def test_without_words_it_asks_step_by_step(terminal: Terminal, connect: Connect) -> None:
    """What is not understood is asked again, a name at once; what is left empty is not said."""
    child = terminal("log")
    for question, answer in (
        *(("With whom", "Backer"), ("1 · y add", "1")),
        *(("What was it", "cofee"), ("coffee", ""), ("What was it", "tea")),
    ):
        child.expect(question)
        if answer:
            child.sendline(answer)
    for question, answer in (
        *(("Which day", "yesterdy"), ("Which day", "yesterday"), ("How long", "")),
        *(("remember of it", "sun"), ("promise anything", "a book by friday")),
        ("ask next time", ""),
    ):
        child.expect(question)
        child.sendline(answer)
    child.expect("Tea with Tom Baker, yesterday")
    child.expect(r"You promised Tom Baker: a\s+book \(by Fri 27 Nov\)")
    assert finished(child) == 0
    assert "sun" in connect("history").out
    assert "a book\t2026-11-27" in connect("promises").out


def test_a_sentence_at_the_first_step_says_it_all(terminal: Terminal, connect: Connect) -> None:
    """It is read like any line, and no more is asked."""
    child = terminal("log")
    child.expect("With whom")
    child.sendline("lunch with baker yesterday 45m: sun")
    child.expect("Lunch with Tom Baker, yesterday .Sun 22 Nov., 45 min: “sun”")
    assert finished(child) == 0
    assert connect("history").out.count("\n") == 1


@pytest.mark.parametrize("unknown", ["Tam Baker", "zed"])
@pytest.mark.parametrize("joined", ["{} and Tom Waits", "{}, Tom Waits", "{} & Tom Waits"])
def test_of_a_list_nobody_is_dropped_at_the_first_step(
    terminal: Terminal, connect: Connect, joined: str, unknown: str
) -> None:
    """Also if the first name is the one that nobody has."""
    child = terminal("log")
    child.expect("With whom")
    child.sendline(joined.format(unknown))
    child.expect_exact(f"Nobody is called '{unknown}'")
    child.sendline("y")
    child.expect("What was it")
    child.sendeof()
    assert finished(child) == 1
    assert connect("history").out == ""


def test_a_promise_for_several_days_is_offered_once(terminal: Terminal, connect: Connect) -> None:
    """The words are those of both conversations."""
    child = terminal("log", "coffee with Tom Waits on Thursday and Friday: I'll send him the book")
    child.expect("names several days")
    child.sendline("1")
    child.expect_exact("Keep as a promise? send him the book [y/N]")
    child.sendline("y")
    child.expect_exact("You promised Tom Waits: send him the book.")
    assert finished(child) == 0
    assert "Keep as" not in str(child.before)
    assert connect("promises").out.count("\n") == 1


def test_no_is_no_text_and_yes_none_either(terminal: Terminal, connect: Connect) -> None:
    """The questions sound as if they could be answered so, but `no` was never promised."""
    child = terminal("log")
    for question, answer in (
        *(("With whom", "baker"), ("What was it", "tea"), ("Which day", ""), ("How long", "")),
        *(("remember of it", "No"), ("promise anything", "yes"), ("write what it was", "")),
        ("ask next time", "n"),
    ):
        child.expect(question)
        child.sendline(answer)
    child.expect("Tea with Tom Baker, today.")
    assert finished(child) == 0
    assert connect("promises").out == ""
    (kept,) = json.loads(connect("history", "--json").out)["interactions"]
    assert kept["note"] == ""


@pytest.mark.parametrize("step", ["With whom", "Which day", "promise anything"])
def test_q_leaves_any_step(terminal: Terminal, connect: Connect, step: str) -> None:
    """As it leaves every other question."""
    child = terminal("log")
    steps = ("With whom", "What was it", "Which day", "How long", "remember of it", step)
    for question in steps[: steps.index(step)]:
        child.expect(question)
        child.sendline("baker" if question == "With whom" else "")
    child.expect(step)
    child.sendline("q")
    assert finished(child) == 1
    assert "nothing was logged" in str(child.before)
    assert "hint: to say it again: connect log" in str(child.before)
    assert connect("history").out == ""


@pytest.mark.parametrize("end", ["ctrl-c", "end of input"])
def test_what_was_answered_step_by_step_is_not_lost(
    terminal: Terminal, connect: Connect, end: str
) -> None:
    """At any step: the command that says the same is printed, and nothing was logged."""
    child = terminal("log")
    for question, answer in (
        *(("With whom", "Ida"), ("y add", "y"), ("What was it", "tea"), ("Which day", "yesterday")),
        *(("How long", "45m"), ("remember of it", "she's well"), ("promise anything", "a book")),
    ):
        child.expect(question)
        child.sendline(answer)
    child.expect("ask next time")
    if end == "ctrl-c":
        assert interrupted(child) == 130
    else:
        child.sendeof()
        assert finished(child) == 1
    (again,) = [line for line in lines_of(str(child.before)) if "connect log" in line]
    words = (
        "tea with Ida --with=Ida --kind=tea --on=yesterday --for=45m --note=she's well"
        " --promise=a book"
    )
    said = shlex.split(again.removeprefix("hint: to say it again: "))
    assert " ".join(said) == f"connect log {words}"
    assert connect("history").out == ""
    assert connect(*said[1:], "--new").out.startswith("Added Ida. Tea with Ida, yesterday")


def test_what_sounds_as_if_it_did_not_happen_is_asked_about(
    terminal: Terminal, connect: Connect
) -> None:
    """Enter logs nothing, `y` logs it as it stands."""
    for answer, code in (("", 1), ("y", 0)):
        child = terminal("log", "lunch with baker was cancelled")
        child.expect("'cancelled' sounds as if it did not happen. Did it")
        child.sendline(answer)
        assert finished(child) == code
        assert connect("history").out.count("\n") == (not code)


def test_open_promises_can_be_closed_at_once(terminal: Terminal, connect: Connect) -> None:
    """By their numbers; one undo takes back the conversation and what it closed."""
    connect("promise", "baker", "a book")
    connect("ask", "baker", "his garden")
    child = terminal("log", "coffee with baker")
    child.expect("you promised Tom Baker: a book")
    child.expect("Done with any")
    child.sendline("1, 2")
    child.expect("Done: Tom Baker: a book")
    child.expect("Done: Tom Baker: his garden")
    assert finished(child) == 0
    assert connect("promises").out == ""
    connect("undo")
    assert connect("promises").out.count("\n") == 2
    assert connect("history").out == ""
    connect("redo")
    assert connect("promises").out == ""


def test_what_is_open_is_asked_about_once_a_day(terminal: Terminal, connect: Connect) -> None:
    """Not after an attempt, which does not count either; the next day again."""
    connect("promise", "baker", "a book")
    for line, now, asks in (
        ("called baker, no answer", "2026-11-23T08:00", False),
        ("coffee with baker", "2026-11-23T09:00", True),
        ("called baker", "2026-11-24T03:00", False),  # the day ends at four
        ("called baker", "2026-11-24T04:00", True),
    ):
        child = terminal("log", line, CONNECT_NOW=now)
        if asks:
            child.expect("Done with any")
            child.sendline("")
        assert finished(child) == 0
        assert ("Still open" in str(child.before)) is False
    assert connect("promises").out.count("\n") == 1


def test_a_promise_in_the_words_is_offered(terminal: Terminal, connect: Connect) -> None:
    """`y` keeps it with its day, Enter does not; one undo takes all back."""
    line = "coffee with baker: I promised to send him the book by friday, he'll call me back"
    child = terminal("log", line)
    child.expect("Keep as a promise. send him the book, Fri 27 Nov .y/N. ")
    child.sendline("y")
    child.expect(r"You promised Tom Baker: send him the book \(by Fri 27 Nov\)")
    child.expect("Keep as a promise of Tom Baker. call me back .y/N. ")
    child.sendline("")
    assert finished(child) == 0
    (kept,) = connect("promises").out.splitlines()
    assert kept.split("\t")[2:5] == ["Tom Baker", "send him the book", "2026-11-27"]
    connect("undo")
    assert (connect("promises").out, connect("history").out) == ("", "")


def test_in_a_pipe_no_promise_is_offered(connect: Connect) -> None:
    """Nobody is there to say yes."""
    ran = connect("log", "coffee with baker: I promised to send him the book")
    assert ran.err == ""
    assert connect("promises").out == ""


def test_at_most_three_promises_are_offered(terminal: Terminal, connect: Connect) -> None:
    """With several people, each question says whose it is."""
    line = "lunch with baker and waits: I'll send Baker the map. I'll call Waits. I'll cook"
    child = terminal("log", line)
    for whose in ("to Tom Baker. send", "to Tom Waits. call", "to Tom Baker. cook"):
        child.expect(f"Keep as a promise {whose}")
        child.sendline("y")
    assert finished(child) == 0
    assert connect("promises").out.count("\n") == 3


def test_what_another_command_wrote_meanwhile_is_not_joined(
    terminal: Terminal, connect: Connect
) -> None:
    """Then the closing is a command of its own, so that each undo takes back one thing."""
    connect("promise", "baker", "a book")
    child = terminal("log", "coffee with baker")
    child.expect("Done with any")
    connect("add", "Ida")
    child.sendline("1")
    assert finished(child) == 0
    changes = connect("changes", "--limit", "3").out.splitlines()
    assert [line.split("\t")[2] for line in changes] == ["done", "add", "log"]


def answered(terminal: Terminal, connect: Connect, answer: str) -> "pexpect.spawn[str]":
    """What goes on when it was asked whether the one promise is done."""
    connect("promise", "baker", "a book")
    child = terminal("log", "coffee with baker")
    child.expect("Done with any")
    child.sendline(answer)
    return child


@pytest.mark.parametrize("answer", ["n", "no", "None", "q"])
def test_nothing_is_closed_by_what_says_none(
    terminal: Terminal, connect: Connect, answer: str
) -> None:
    """And the interaction that was kept does not end in an error."""
    child = answered(terminal, connect, answer)
    assert finished(child) == 0
    assert connect("promises").out.count("\n") == 1


def test_numbers_that_were_not_shown_are_asked_for_again(
    terminal: Terminal, connect: Connect
) -> None:
    """Nothing is closed by half of an answer."""
    child = answered(terminal, connect, "2")
    for another in ("x", "1 2", "0"):
        child.expect("is not a number from 1 to 1")
        child.expect("Done with any")
        child.sendline(another)
    child.expect("is not a number from 1 to 1")
    child.expect("Done with any")
    assert connect("promises").out.count("\n") == 1
    child.sendline("1,1")
    child.expect("Done: ")
    assert finished(child) == 0
    assert connect("promises").out == ""


def test_an_interaction_stays_when_closing_is_broken_off(
    terminal: Terminal, connect: Connect
) -> None:
    """The interaction was said to be kept before the question came."""
    connect("promise", "baker", "a book")
    child = terminal("log", "coffee with baker")
    child.expect("Done with any")
    assert interrupted(child) == 130
    assert "coffee" in connect("history").out
    assert connect("promises").out.count("\n") == 1


def test_delete_asks_first(terminal: Terminal, connect: Connect) -> None:
    """Enter deletes nothing; `y` does."""
    connect("log", "coffee with baker")
    interaction_id = connect("history").out.split("\t")[0]
    for answer, left, code in (("", 1, 1), ("y", 0, 0)):
        child = terminal("delete", interaction_id)
        child.expect("Delete this interaction")
        child.sendline(answer)
        assert finished(child) == code
        assert connect("history").out.count("\n") == left


def test_what_joins_a_second_conversation_is_no_note(terminal: Terminal, connect: Connect) -> None:
    """`then` belongs to neither of the two."""
    child = terminal("log", "Lunch with Tom Baker yesterday, then call with Tom Waits today")
    child.expect(KEYS)
    child.sendline("1")
    child.expect_exact("takes all 2 back")
    assert finished(child) == 0
    notes = [one["note"] for one in json.loads(connect("history", "--json").out)["interactions"]]
    assert notes == ["", ""]
