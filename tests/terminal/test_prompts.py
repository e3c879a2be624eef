"""Questions at a real terminal: by number, asked again, and broken off."""

import shlex

import pexpect
import pytest

from tests.cli.terminals import Terminal, finished, interrupted
from tests.conftest import Connect

pytestmark = pytest.mark.usefixtures("_two_toms")


def test_among_several_it_asks_by_number(terminal: Terminal, connect: Connect) -> None:
    """The number chooses; the interaction is about that person."""
    child = terminal("log", "coffee with Tom: sun")
    child.expect("1  Tom Baker")
    child.expect("Which one")
    child.sendline("2")
    child.expect("Coffee with Tom Waits, today")
    assert finished(child) == 0
    assert "Tom Waits" in connect("history").out


def test_a_number_that_was_not_shown_is_asked_for_again(terminal: Terminal) -> None:
    """A slip of the finger throws nothing away."""
    child = terminal("log", "coffee with Tom")
    for answer in ("3", "x", "0", "-1", "２"):
        child.expect("Which one")
        child.sendline(answer)
        child.expect("is not a number from 1 to 2")
    child.expect("Which one")
    child.sendline("1")
    child.expect("Coffee with Tom Baker")
    assert finished(child) == 0


@pytest.mark.parametrize("answer", ["", "n", "No", "none", "q"])
def test_none_of_several_may_be_said_in_words(
    terminal: Terminal, connect: Connect, answer: str
) -> None:
    """What one types to get away gets away: nothing is logged."""
    child = terminal("log", "coffee with Tom")
    child.expect("Which one")
    child.sendline(answer)
    assert finished(child) == 3
    assert connect("history").out == ""


@pytest.mark.parametrize("answer", ["2", "3"], ids=["meant", "new"])
def test_a_name_that_looks_like_another_is_asked_about_once(
    terminal: Terminal, connect: Connect, answer: str
) -> None:
    """By number: those that look alike, and last of all somebody new."""
    connect("add", "Tim Baker")
    child = terminal("log", "coffee with Tam Baker")
    child.expect("Nobody is called 'Tam Baker'. Whom do you mean?")
    child.expect("3  somebody new: add Tam Baker")
    child.sendline(answer)
    child.expect("Coffee with T[a-z]m Baker")
    assert finished(child) == 0
    assert ("Tam Baker" in connect("people").out) == (answer == "3")


@pytest.mark.parametrize("answer", ["", "\x04"], ids=["enter", "ctrl-d"])
def test_no_answer_writes_nothing(terminal: Terminal, connect: Connect, answer: str) -> None:
    """Enter and the end of input are no choice."""
    child = terminal("log", "coffee with Tom")
    child.expect("Which one")
    child.sendline(answer) if answer != "\x04" else child.sendeof()
    assert finished(child) == 3
    assert connect("history").out == ""


@pytest.mark.parametrize(
    ("words", "question"),
    [
        (("log", "coffee with Tom"), "Which one"),
        (("log", "coffee with Ida"), "Add Ida"),
        (("log", "walked the dog"), "With whom"),
        (("log",), "With whom"),
        (("show", "tom"), "Which one"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_ctrl_c_at_a_question_writes_nothing(
    terminal: Terminal, connect: Connect, words: tuple[str, ...], question: str
) -> None:
    """It ends with 130, quietly, and the journal is as it was."""
    child = terminal(*words)
    child.expect(question)
    assert interrupted(child) == 130
    assert "Traceback" not in (child.before or "")
    assert connect("history").out == ""


def test_somebody_unknown_is_added_when_wanted(terminal: Terminal, connect: Connect) -> None:
    """`y` adds them and logs; anything else does neither."""
    child = terminal("log", "coffee with Ida Rhodes")
    child.expect("Add Ida Rhodes")
    child.sendline("n")
    assert finished(child) == 3
    child = terminal("log", "coffee with Ida Rhodes")
    child.expect("Add Ida Rhodes")
    child.sendline("y")
    child.expect("Added Ida Rhodes. Coffee with Ida Rhodes, today.")
    assert finished(child) == 0
    assert connect("people", "ida").out.count("\n") == 1


def test_without_words_it_asks_step_by_step(terminal: Terminal, connect: Connect) -> None:
    """What is not understood is asked again; what is left empty is not said."""
    child = terminal("log")
    child.expect("With whom")
    child.sendline("baker")
    child.expect("What was it")
    child.sendline("cofee")
    child.expect("coffee")
    child.expect("What was it")
    child.sendline("coffee")
    child.expect("Which day")
    child.sendline("yesterday")
    child.expect("How long")
    child.sendline("")
    child.expect("remember of it")
    child.sendline("sun")
    child.expect("promise anything")
    child.sendline("a book")
    child.expect("ask next time")
    child.sendline("")
    child.expect("Coffee with Tom Baker, yesterday")
    assert finished(child) == 0
    assert "sun" in connect("history").out
    assert "a book" in connect("promises").out


def test_what_sounds_as_if_it_did_not_happen_is_asked_about(
    terminal: Terminal, connect: Connect
) -> None:
    """Enter logs nothing, `y` logs it as it stands."""
    for answer, code in (("", 2), ("y", 0)):
        child = terminal("log", "lunch with baker was cancelled")
        child.expect("'cancelled' sounds as if it did not happen. Did it")
        child.sendline(answer)
        assert finished(child) == code
        assert connect("history").out.count("\n") == (not code)


def test_what_was_answered_step_by_step_is_not_lost(terminal: Terminal, connect: Connect) -> None:
    """A name that is left open at the end: the command that logs it after that is said."""
    child = terminal("log")
    for question, answer in (
        *(("With whom", "Ida"), ("What was it", "tea"), ("Which day", "yesterday")),
        *(("How long", "45m"), ("remember of it", "she's well"), ("promise anything", "a book")),
        *(("ask next time", ""), ("Add Ida", "")),
    ):
        child.expect(question)
        child.sendline(answer)
    assert finished(child) == 3
    (again,) = [line for line in str(child.before).splitlines() if line.startswith("connect log")]
    words = "Ida --kind=tea --on=yesterday --for=45m --note=she's well --promise=a book"
    assert " ".join(shlex.split(again)) == f"connect log {words}"


def test_open_promises_can_be_closed_at_once(terminal: Terminal, connect: Connect) -> None:
    """By their numbers; Enter closes none."""
    connect("promise", "baker", "a book")
    connect("ask", "baker", "his garden")
    child = terminal("log", "coffee with baker")
    child.expect("you promised Tom Baker: a book")
    child.expect("Done with any")
    child.sendline("")
    assert finished(child) == 0
    assert connect("promises").out.count("\n") == 2
    child = terminal("log", "coffee with baker")
    child.expect("Done with any")
    child.sendline("1, 2")
    assert finished(child) == 0
    assert connect("promises").out == ""


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
    child.expect("Closed 1")
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
