"""What a person sees: it fits, it lines up, it is kind, and it obeys nobody's escape sequences."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from connect_cli.render.safe import clean
from connect_cli.settings import Setting
from connect_cli.views import Hit, Standing
from tests.render import samples
from tests.render import samples_arriving as arriving
from tests.render import samples_balance as balances
from tests.render import samples_keeping as kept
from tests.render import samples_machines as machines
from tests.render import samples_map as maps
from tests.render import samples_planning as planned
from tests.render import samples_record as recorded
from tests.render import samples_review as reviewed
from tests.render.conftest import GOLDEN, Golden, as_json, plain, terminal
from tests.render.seen import ANSWERS, SEEN, WIDTHS, Draw
from tests.render.test_plain import VIEWS
from tests.render.test_safe import ANY_TEXT

PRIVATE = (
    *("today", "card", "recall", "history", "promises", "hits", "ahead", "record"),
    *("import", "meetings", "review", "balance"),
)
ASCII = ("today", "card", "plan", "ahead", "import", "map", "review", "review-year", "balance")
COMMAND = re.compile(r"(.*:)? *connect ")
"""A command to copy, which is left whole however narrow the window."""

JUDGING = re.compile(r"overdue|neglect|\blate\b|streak|missed|behind|fail|guilt|forgot")


def hostile_people(text: str) -> list[Standing]:
    """Everyone with that name, circle, tag and alias."""
    due = samples.hostile_card(text).due
    return [Standing(due, (text,), (text,))] * 2


def hostile_hits(text: str) -> list[Hit]:
    """Hits of every sort, whose marks fall anywhere in the text."""
    people = samples.hostile_card(text).timeline[0].people
    return [hit._replace(text=text + hit.text + text, people=people) for hit in samples.HITS]


def hostile_answer(text: str) -> Draw:
    """An answer between two hostile sentences."""
    interaction = samples.hostile_card(text).timeline[0]
    return lambda to: to.answer(interaction, before=text, after=text)


HOSTILE: dict[str, Callable[[str], Draw]] = {
    "map": lambda text: lambda to: to.year_map(maps.hostile_map(text)),
    "today": lambda text: lambda to: to.today(samples.hostile_today(text)),
    "card": lambda text: lambda to: to.card(samples.hostile_card(text)),
    "card-all": lambda text: lambda to: to.card(samples.hostile_card(text), full=True),
    "recall": lambda text: (
        lambda to: to.recall(
            samples.RECALL._replace(interaction=samples.hostile_card(text).timeline[0])
        )
    ),
    "people": lambda text: lambda to: to.people(hostile_people(text)),
    "history": lambda text: lambda to: to.history(samples.hostile_card(text).timeline),
    "promises": lambda text: lambda to: to.promises(samples.hostile_card(text).promises),
    "hits": lambda text: lambda to: to.hits(hostile_hits(text)),
    "balance": lambda text: lambda to: to.balance(balances.hostile_balance(text)),
    "answer": hostile_answer,
    "sentence": lambda text: lambda to: to.sentence(text),
    "why": lambda text: lambda to: to.why(planned.hostile_why(text), None),
    "plan": lambda text: (
        lambda to: to.load(*planned.hostile_load(text), planned.hostile_changes(text))
    ),
    "changes": lambda text: lambda to: to.changes(text, planned.hostile_changes(text)),
    "ahead": lambda text: (
        lambda to: to.ahead((plan := samples.hostile_today(text).plan,), (), plan)
    ),
    "settings": lambda text: lambda to: to.settings(text, (Setting(text, text, "file"),)),
    "record": lambda text: lambda to: to.record(recorded.hostile_record(text)),
    "copies": lambda text: lambda to: to.copies(kept.hostile_copies(text)),
    "findings": lambda text: lambda to: to.findings(kept.hostile_findings(text)),
    "sync": lambda text: lambda to: to.sync(machines.hostile_sync(text)),
    "machines": lambda text: lambda to: to.machines(machines.hostile_machines(text)),
    "review": lambda text: lambda to: to.review(reviewed.hostile_review(text)),
    "import": lambda text: lambda to: to.preview(arriving.hostile_import(text)),
    "meetings": lambda text: lambda to: to.preview(arriving.hostile_meetings(text)),
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", ANSWERS)
def test_every_answer_looks_as_it_did(view: str, width: int, golden: Golden) -> None:
    """Read the golden file: it is what a person sees; each page is in a file of its own."""
    golden(f"{view}-{width}.txt", terminal(ANSWERS[view], width))


@pytest.mark.parametrize("view", PRIVATE)
def test_a_discreet_screen_shows_no_note_detail_or_promise(view: str, golden: Golden) -> None:
    """Dots stand where they would be."""
    written = terminal(SEEN[view], discreet=True)
    for secret in (*samples.SECRETS, "“"):
        assert secret not in written.replace("May Boston", "").replace("#boston", "")
    golden(f"{view}-discreet.txt", written)


@pytest.mark.parametrize("view", ASCII)
def test_a_terminal_that_knows_ascii_only_gets_plainer_signs(view: str, golden: Golden) -> None:
    """Writing never fails, and a tick is still a tick."""
    golden(f"{view}-ascii.txt", terminal(SEEN[view], encoding="ascii"))


@pytest.mark.parametrize("view", SEEN)
def test_no_line_is_wider_than_the_window_and_none_ends_in_a_space(view: str) -> None:
    """At every width, down to one that is hardly a window."""
    for width in range(12, 180, 7):
        for line in terminal(SEEN[view], width).splitlines():
            assert cell_len(line) <= width or COMMAND.match(line)
            assert line == line.rstrip()


@pytest.mark.parametrize("view", SEEN)
def test_a_view_ends_with_one_line_break_and_has_no_double_empty_line(view: str) -> None:
    """Views can be printed one after the other."""
    written = terminal(SEEN[view])
    assert written.endswith("\n")
    assert not written.endswith("\n\n")
    assert "\n\n\n" not in written


@pytest.mark.parametrize("view", SEEN)
def test_colour_only_repeats_what_words_say_and_is_never_red(view: str) -> None:
    """Without its escape sequences the coloured text is the plain one; 31, 41, 91, 101 are red."""
    coloured = terminal(SEEN[view], colour=True)
    codes = re.findall(r"\x1b\[([0-9;]*)m", coloured)
    bare = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", coloured)
    assert bare == terminal(SEEN[view])
    used = {number for code in codes for number in code.split(";")}
    assert not used & {"31", "41", "91", "101", "38", "48"}


@pytest.mark.parametrize("view", SEEN)
def test_no_view_shames_anyone(view: str) -> None:
    """Words that judge are nowhere in the output."""
    written = terminal(SEEN[view]).casefold()
    assert not JUDGING.search(written)


@pytest.mark.parametrize("view", HOSTILE)
def test_hostile_text_is_shown_and_not_obeyed(view: str) -> None:
    """Wherever a person can write, in all three forms."""
    for text in samples.HOSTILE:
        draw = HOSTILE[view](text)
        for written in (terminal(draw, 140), plain(draw), as_json(draw)):
            bare = written.replace("\n", "").replace("\t", "")
            assert clean(bare) == bare, text


def test_markup_is_shown_as_it_was_typed() -> None:
    """Rich's own notation means nothing in a note."""
    for text in ("[red]", "[/]", ":smile: [bold]x", "[link=https://evil.example]x[/link]"):
        for view in ("sentence", "history", "hits", "today"):
            assert text in terminal(HOSTILE[view](text), 140)


@given(ANY_TEXT, st.integers(10, 150))
@settings(max_examples=40, deadline=None)
def test_no_text_at_all_breaks_out_of_any_view(text: str, width: int) -> None:
    """Nothing but our own line breaks and tabs is control, and no line is too long."""
    for hostile in HOSTILE.values():
        draw = hostile(text)
        seen = terminal(draw, width)
        for written in (seen, plain(draw), as_json(draw)):
            bare = written.replace("\n", "").replace("\t", "")
            assert clean(bare) == bare
        lines = [line for line in seen.splitlines() if not COMMAND.match(line)]
        assert max(map(cell_len, lines), default=0) <= width


def test_no_golden_file_is_left_over() -> None:
    """Each belongs to a test above, or beside."""
    expected = {f"{view}-{width}.txt" for view in SEEN for width in WIDTHS}
    expected |= {f"{view}-discreet.txt" for view in PRIVATE}
    expected |= {f"{view}-ascii.txt" for view in ASCII}
    expected |= {f"{view}.{form}" for view in VIEWS for form in ("tsv", "json")}
    expected |= {"review_week.md"}
    assert {file.name for file in GOLDEN.iterdir()} == expected
