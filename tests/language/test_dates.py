"""Birthdays: with and without a year."""

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.language.dates import read_birthday
from tests.language.journal import TODAY

BIRTHDAYS = {
    "1815-12-10": (1815, 12, 10),
    "1815/12/10": (1815, 12, 10),
    "12-10": (None, 12, 10),
    "--12-10": (None, 12, 10),
    "--1210": (None, 12, 10),
    "10 dec 1815": (1815, 12, 10),
    "December 10, 1815": (1815, 12, 10),
    "dec 10": (None, 12, 10),
    "10th of December": (None, 12, 10),
    "10.12.1815": (1815, 12, 10),
    "13/12/1815": (1815, 12, 13),
    "02-29": (None, 2, 29),
    "29 feb": (None, 2, 29),
    "2000-02-29": (2000, 2, 29),
    "2026-11-23": (2026, 11, 23),
}
REFUSED = {
    "": "'' is not a birthday",
    "soon": "'soon' is not a birthday",
    "may": "'may' is not a birthday",
    "yesterday": "'yesterday' is not a birthday",
    "the 3rd": "'the 3rd' is not a birthday",
    "2-30": "there is no 30 February",
    "13-01": "there is no month 13",
    "32 jan": "there is no 32 January",
    "2023-02-29": "there is no 2023-02-29",
    "3/4/1990": "'3/4/1990' could be two days",
    "10/3": "'10/3' could be two days",
    "2026-11-24": "'2026-11-24' is still to come",
    "mon 10 dec 1815": "1815-12-10 is a Sunday, not a Monday",
}


@pytest.mark.parametrize(("text", "birthday"), BIRTHDAYS.items())
def test_a_birthday_has_a_month_a_day_and_maybe_a_year(
    text: str, birthday: tuple[int | None, int, int]
) -> None:
    """The words mean this day; 29 February stays what it is."""
    assert read_birthday(text, TODAY) == birthday


@pytest.mark.parametrize(("text", "why"), REFUSED.items())
def test_what_is_no_birthday_is_refused(text: str, why: str) -> None:
    """A day that does not exist, could be two, or is still to come."""
    with pytest.raises(NotUnderstood) as refused:
        read_birthday(text, TODAY)
    assert refused.value.message == why
    assert refused.value.hint
