"""Ctrl-C from the commit on: one waits for the answer, a second one or a question ends the wait."""

import signal
from collections.abc import Callable, Iterator
from threading import Thread

import pytest

from connect_cli import interrupts


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """The next test presses its own keys."""
    before = signal.getsignal(signal.SIGINT)
    yield
    interrupts.drop()
    signal.signal(signal.SIGINT, before)


def press() -> None:
    """Ctrl-C."""
    signal.raise_signal(signal.SIGINT)


def test_one_waits_from_the_commit_until_it_is_let_through() -> None:
    """Nothing happens meanwhile; then it interrupts, once."""
    with interrupts.committing():
        press()
    with pytest.raises(KeyboardInterrupt):
        interrupts.let_through()
    interrupts.let_through()


def test_the_second_one_interrupts_at_once() -> None:
    """Whatever the program does then: it never hangs."""
    interrupts.hold()
    press()
    with pytest.raises(KeyboardInterrupt):
        press()


def test_a_step_that_fails_holds_nothing_back() -> None:
    """It was no commit, so Ctrl-C ends the command, and another one is as ever."""

    def fail(meanwhile: Callable[[], None]) -> None:
        with interrupts.committing():
            meanwhile()
            raise LookupError

    with pytest.raises(LookupError):
        fail(lambda: None)
    with pytest.raises(KeyboardInterrupt):
        press()
    with pytest.raises(KeyboardInterrupt):
        fail(press)


def test_a_question_hears_it() -> None:
    """One that waits comes as soon as somebody is asked, one pressed there at once."""
    interrupts.hold()
    press()
    with pytest.raises(KeyboardInterrupt), interrupts.heard():
        raise AssertionError
    interrupts.hold()
    with pytest.raises(KeyboardInterrupt), interrupts.heard():
        press()


def test_after_a_question_it_is_held_back_as_before_it() -> None:
    """What was done before the question is done still, and has yet to be answered."""
    with interrupts.heard():
        pass
    with pytest.raises(KeyboardInterrupt):
        press()
    interrupts.hold()
    with interrupts.heard():
        pass
    press()
    assert interrupts.drop()


def test_the_handler_is_given_back() -> None:
    """Also after it was held twice."""
    before = signal.getsignal(signal.SIGINT)
    interrupts.hold()
    interrupts.hold()
    assert not interrupts.drop()
    assert signal.getsignal(signal.SIGINT) is before


def test_where_it_is_ignored_it_stays_ignored() -> None:
    """In the background of a shell, and at the end of the program."""
    interrupts.ignore()
    interrupts.hold()
    press()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    assert not interrupts.drop()


def test_another_thread_leaves_it_as_it_is() -> None:
    """Only the main one can receive signals."""
    before = signal.getsignal(signal.SIGINT)
    thread = Thread(target=interrupts.hold)
    thread.start()
    thread.join()
    assert signal.getsignal(signal.SIGINT) is before
    assert not interrupts.drop()


def test_a_step_is_not_cut_in_two() -> None:
    """One waits until the step is done; where it is held back anyway, it goes on waiting."""
    done = []

    def step() -> None:
        with interrupts.postponed():
            press()
            done.append("whole")

    with pytest.raises(KeyboardInterrupt):
        step()
    interrupts.hold()
    step()
    assert done == ["whole", "whole"]
    assert interrupts.drop()
