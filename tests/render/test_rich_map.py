"""What a map looks like on a terminal."""

import pytest

from tests.render import samples_map as maps
from tests.render.conftest import Golden, terminal
from tests.render.seen import MAPS, WIDTHS


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", MAPS)
def test_every_map_looks_as_it_did(view: str, width: int, golden: Golden) -> None:
    """Read the golden file: it is what a person sees."""
    golden(f"{view}-{width}.txt", terminal(MAPS[view], width))


def test_a_sign_and_what_it_means_stand_on_one_line() -> None:
    """However narrow the window: the legend goes on below."""
    written = terminal(lambda to: to.year_map(maps.MAP), 40)
    assert "· 0  ░ 1  ▒ 2  ▓ 3 or 4\n█ 5 or more conversations  / away\n" in written


def test_the_command_is_whole_in_a_narrow_window() -> None:
    """So that it can be copied."""
    written = terminal(lambda to: to.year_map(maps.MAP), 40)
    assert "\n  connect history --since 2026-10-05 --until 2026-10-11\n" in written


def test_a_sign_that_the_encoding_lacks_is_none_of_the_map() -> None:
    """Latin-1 has a dot and no shades: all signs are the ASCII ones then."""
    written = terminal(lambda to: to.year_map(maps.MAP), encoding="latin-1")
    assert written.isascii()
    assert written == terminal(lambda to: to.year_map(maps.MAP), encoding="ascii")
