"""The options that several commands share."""

from tests.conftest import Connect


def test_a_limit_that_nobody_reaches_is_none(connect: Connect) -> None:
    """However many digits it has."""
    connect("log", "coffee with Ada: sun", "--new")
    for words in (("history",), ("search", "sun"), ("changes",)):
        assert connect(*words, "--limit", "9" * 30).out == connect(*words).out != ""
