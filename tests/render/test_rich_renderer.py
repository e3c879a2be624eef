"""What a person sees: it fits, it lines up, it is kind, and it obeys nobody's escape sequences."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from connect_cli.model import Interaction, Owed, Person
from connect_cli.render import Renderer
from connect_cli.render.safe import clean
from connect_cli.settings import Setting
from connect_cli.views import Card, Hit, Standing, State, Today
from tests.render import samples
from tests.render import samples_arriving as arriving
from tests.render import samples_keeping as kept
from tests.render import samples_planning as planned
from tests.render import samples_record as recorded
from tests.render.conftest import GOLDEN, Golden, as_json, plain, terminal
from tests.render.test_plain import VIEWS
from tests.render.test_safe import ANY_TEXT

Draw = Callable[[Renderer], None]

WIDTHS = (60, 80, 140)
PRIVATE = (
    *("today", "card", "history", "promises", "hits", "ahead", "record"),
    *("import", "meetings"),
)
ASCII = ("today", "card", "plan", "ahead", "import")
JUDGING = re.compile(r"overdue|neglect|\blate\b|streak|missed|behind|fail|guilt|forgot")

SHORT_CARD = samples.CARD._replace(timeline=samples.CARD.timeline[:6])


def answers(to: Renderer) -> None:
    """One answer for each sort of interaction."""
    for entry in samples.HISTORY:
        to.answer(entry, after="'connect undo' takes it back.")


SEEN: dict[str, Draw] = {
    **VIEWS,
    "answers": answers,
    "card-all": lambda to: to.card(SHORT_CARD, full=True),
    "card-new": lambda to: to.card(samples.NEW_CARD, height=24),
    "today-done": lambda to: to.today(samples.DONE_DAY),
    "today-free": lambda to: to.today(samples.FREE_DAY),
    "today-no-cadence": lambda to: to.today(samples.NO_CADENCE),
    "today-nobody": lambda to: to.today(samples.NOBODY),
    "nobody-to-list": lambda to: to.people(()),
    "no-history": lambda to: to.history(()),
    "no-promises": lambda to: to.promises(()),
    "no-hits": lambda to: to.hits(()),
    "card-rhythm": lambda to: to.card(planned.RHYTHM_CARD, height=24),
    "today-gap": lambda to: to.today(samples.FREE_DAY._replace(gap=planned.GAP)),
    "today-away": lambda to: to.today(samples.FREE_DAY._replace(away=planned.AWAY[0])),
    "plan-fits": lambda to: to.load(planned.LOAD, {}, ()),
    "plan-no-time": lambda to: to.load(planned.NO_TIME, {}, ()),
    "plan-nobody": lambda to: to.load(planned.NOBODY, {}, ()),
    "away-never": lambda to: to.away(()),
    "no-copies": lambda to: to.copies(()),
    "no-record": lambda to: to.record(()),
    "import-asked": lambda to: to.preview(arriving.IMPORT, most=1),
    "import-mail": lambda to: to.preview(arriving.MAIL),
    "import-same": lambda to: to.preview(arriving.SAME),
    "import-none": lambda to: to.preview(arriving.NONE),
    "no-meetings": lambda to: to.preview(arriving.MEETINGS._replace(questions=())),
}


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
    entry = samples.hostile_card(text).timeline[0]
    return lambda to: to.answer(entry, before=text, after=text)


HOSTILE: dict[str, Callable[[str], Draw]] = {
    "today": lambda text: lambda to: to.today(samples.hostile_today(text)),
    "card": lambda text: lambda to: to.card(samples.hostile_card(text)),
    "card-all": lambda text: lambda to: to.card(samples.hostile_card(text), full=True),
    "people": lambda text: lambda to: to.people(hostile_people(text)),
    "history": lambda text: lambda to: to.history(samples.hostile_card(text).timeline),
    "promises": lambda text: lambda to: to.promises(samples.hostile_card(text).promises),
    "hits": lambda text: lambda to: to.hits(hostile_hits(text)),
    "answer": hostile_answer,
    "sentence": lambda text: lambda to: to.sentence(text),
    "why": lambda text: lambda to: to.why(planned.hostile_why(text), None),
    "plan": lambda text: (
        lambda to: to.load(*planned.hostile_load(text), planned.hostile_changes(text))
    ),
    "changes": lambda text: lambda to: to.changes(text, planned.hostile_changes(text)),
    "ahead": lambda text: lambda to: to.ahead((samples.hostile_today(text).plan,), ()),
    "settings": lambda text: lambda to: to.settings(text, (Setting(text, text, "file"),)),
    "record": lambda text: lambda to: to.record(recorded.hostile_record(text)),
    "copies": lambda text: lambda to: to.copies(kept.hostile_copies(text)),
    "findings": lambda text: lambda to: to.findings(kept.hostile_findings(text)),
    "import": lambda text: lambda to: to.preview(arriving.hostile_import(text)),
    "meetings": lambda text: lambda to: to.preview(arriving.hostile_meetings(text)),
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", SEEN)
def test_every_view_looks_as_it_did(view: str, width: int, golden: Golden) -> None:
    """Read the golden file: it is what a person sees."""
    golden(f"{view}-{width}.txt", terminal(SEEN[view], width))


@pytest.mark.parametrize("view", PRIVATE)
def test_a_discreet_screen_shows_no_note_detail_or_promise(view: str, golden: Golden) -> None:
    """Dots stand where they would be."""
    written = terminal(SEEN[view], discreet=True)
    for secret in ("Boston", "Babbage", "flat white", "interview", "scones", "“"):
        assert secret not in written.replace("May Boston", "")
    golden(f"{view}-discreet.txt", written)


def test_a_discreet_screen_hides_whole_notes_too() -> None:
    """Everything still means everything but what is hidden."""
    written = terminal(SEEN["card-all"], discreet=True)
    assert "Noodles" not in written
    assert "scones" not in written
    assert "· · ·" in written


@pytest.mark.parametrize("view", ASCII)
def test_a_terminal_that_knows_ascii_only_gets_plainer_signs(view: str, golden: Golden) -> None:
    """Writing never fails, and a tick is still a tick."""
    golden(f"{view}-ascii.txt", terminal(SEEN[view], encoding="ascii"))


@pytest.mark.parametrize("view", SEEN)
def test_no_line_is_wider_than_the_window_and_none_ends_in_a_space(view: str) -> None:
    """At every width, down to one that is hardly a window."""
    for width in range(12, 180, 7):
        for line in terminal(SEEN[view], width).splitlines():
            assert cell_len(line) <= width
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
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == terminal(SEEN[view])
    used = {number for code in codes for number in code.split(";")}
    assert not used & {"31", "41", "91", "101", "38", "48"}


@pytest.mark.parametrize("view", SEEN)
def test_no_view_shames_anyone(view: str) -> None:
    """Words that judge are nowhere in the output."""
    written = terminal(SEEN[view]).casefold()
    assert not JUDGING.search(written)


@pytest.mark.parametrize("width", [60, 80, 140])
def test_columns_line_up_below_wide_characters(width: int) -> None:
    """The state begins in the same cell on every line, whatever script the name is in."""
    standings = [
        row._replace(due=row.due._replace(state=State.FRESH, person=row.person._replace(name=name)))
        for row, name in zip(samples.STANDINGS, (*samples.WIDE, samples.LONG_NAME), strict=False)
    ]
    lines = terminal(lambda to: to.people(standings), width).splitlines()
    assert len({cell_len(line.partition("fresh")[0]) for line in lines[1:]}) == 1


def test_a_long_name_is_cut_with_an_ellipsis() -> None:
    """And stays on its line."""
    written = terminal(lambda to: to.people([samples.STANDINGS[7]]), 60)
    assert "Wolfeschlegelsteinh…" in written
    assert len(written.splitlines()) == 2


def test_a_narrow_list_of_people_drops_columns_rather_than_squeezing_them() -> None:
    """Tags go first, then the cadence, then the circle, then the due day."""
    lists = [terminal(VIEWS["people"], width) for width in (140, 80, 60, 50)]
    headings = [each.splitlines()[0].split() for each in lists]
    everything = ["name", "circle", "every", "state", "last", "due", "tags"]
    assert headings[0] == everything
    assert headings[1] == everything[:-1]
    assert headings[2] == ["name", "state", "last", "due"]
    assert headings[3] == ["name", "state", "last"]


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
        assert max(map(cell_len, seen.splitlines()), default=0) <= width


@given(
    promises=st.integers(0, 9),
    details=st.integers(0, 30),
    entries=st.integers(0, 60),
    aliases=st.integers(0, 9),
    occasions=st.integers(0, 3),
    width=st.sampled_from([60, 80, 140]),
)
@settings(max_examples=40, deadline=None)
def test_a_card_fits_the_window_whatever_there_is_to_say(
    promises: int, details: int, entries: int, aliases: int, occasions: int, width: int
) -> None:
    """24 lines, the last of them left to the prompt; and where there is more, the way to it."""
    card = Card(
        samples.ADA_DUE,
        aliases=("Countess of Lovelace",) * aliases,
        contact_points=samples.CARD.contact_points * 5,
        details=samples.CARD.details * details,
        occasions=samples.CARD.occasions * occasions,
        promises=tuple(
            samples.BOOK._replace(id=samples.id_of(each, "o"), owed=owed)
            for owed in Owed
            for each in range(promises)
        ),
        companions=samples.CARD.companions * 9,
        timeline=samples.years(entries),
        total=entries,
    )
    lines = terminal(lambda to: to.card(card, height=24), width).splitlines()
    assert len(lines) <= 23
    if entries > 30 or promises > 2:
        assert lines[-1] == "  --all shows everything"


def test_a_card_without_a_height_shows_the_timeline_it_was_given() -> None:
    """Nothing is held back, so nothing says so."""
    card = samples.CARD._replace(details=(), timeline=samples.years(30), total=30)
    written = terminal(lambda to: to.card(card))
    assert written.count("\n") > 30
    assert "--all" not in written


@pytest.mark.parametrize("height", range(4, 40))
def test_a_card_fits_a_window_of_any_height(height: int) -> None:
    """A very small window is no reason to fail, nor to leave out who it is."""
    written = terminal(lambda to: to.card(samples.CARD, height=height))
    lines = written.splitlines()
    assert lines[0] == "Ada Lovelace"
    assert lines[-1] == "  --all shows everything"
    assert len(lines) < height
    assert "\n\n\n" not in written


def test_promises_of_one_sort_have_one_heading() -> None:
    """A sort without promises is not mentioned."""
    written = terminal(lambda to: to.promises([samples.INTRO]))
    assert written == "They owe you\n  rzxr  Ada Lovelace  introduce me to Charles\n"


def test_a_card_of_someone_known_only_by_a_day_says_that_day() -> None:
    """A last contact can come from an import, without words."""
    card = Card(samples.ADA_DUE)
    assert "last      5 weeks ago, Mon 19 Oct" in terminal(lambda to: to.card(card))


def row(person: Person, last: Interaction | None) -> Today:
    """A morning with one person on it."""
    only = samples.ROWS[1]._replace(last=last, promises=(), details=())
    due = samples.ADA_DUE._replace(person=person)
    only = only._replace(suggestion=only.suggestion._replace(due=due))
    return samples.FREE_DAY._replace(rows=(only,))


@pytest.mark.parametrize(
    ("person", "last", "said"),
    [
        pytest.param(samples.NEW, None, "nothing logged yet", id="nothing"),
        pytest.param(samples.ADA, None, "last contact 5 weeks ago, Mon 19 Oct", id="day only"),
        pytest.param(
            samples.ADA._replace(tried_on=samples.day(2)),
            samples.COFFEE,
            "you tried, 2 days ago, Sat 21 Nov",
            id="tried since",
        ),
        pytest.param(
            samples.NEW._replace(tried_on=samples.day(2)), None, "you tried, 2 days ago", id="tried"
        ),
    ],
)
def test_a_person_of_the_morning_says_what_is_known(
    person: Person, last: Interaction | None, said: str
) -> None:
    """A conversation, a day, an attempt since, or nothing yet."""
    assert said in terminal(lambda to: to.today(row(person, last)))


def test_an_attempt_before_you_last_spoke_is_not_mentioned() -> None:
    """It led somewhere."""
    person = samples.ADA._replace(tried_on=samples.day(40))
    assert "tried" not in terminal(lambda to: to.today(row(person, samples.COFFEE)))


def _today(view: Today, to: Renderer) -> None:
    to.today(view)


def test_the_order_of_the_plan_is_kept() -> None:
    """The easy one stands before the hard one because the plan says so."""
    turned = samples.MORNING._replace(rows=samples.ROWS[::-1])
    for view in (samples.MORNING, turned):
        written = terminal(partial(_today, view))
        names = [each.suggestion.person.name for each in view.rows]
        assert re.findall(rf"^  ({'|'.join(names)})", written, re.MULTILINE) == names


def test_a_morning_of_promises_alone_says_nothing_of_people() -> None:
    """The day is full; nobody needs to be told who else there would be."""
    plan = samples.FREE_DAY.plan._replace(promises=(samples.PAPER,))
    written = terminal(lambda to: to.today(samples.FREE_DAY._replace(plan=plan)))
    assert written == (
        "Monday 23 November\n\n  you owe  Grace Hopper: send the COBOL paper"
        "  since Fri 20 Nov · tfp2\n"
    )


def test_someone_done_today_without_an_interaction_at_hand_is_still_ticked() -> None:
    """The plan knows it, even if the caller did not say how."""
    written = terminal(lambda to: to.today(samples.DONE_DAY._replace(done=())))
    assert "✓ Grace Hopper\n" in written


def test_a_long_note_in_a_hit_is_shown_from_near_the_word_found() -> None:
    """Whether or not there is a space to begin at."""
    hits = [
        samples.HITS[1]._replace(text="x" * 90 + "Boston" + "y" * 90, marks=((90, 96),)),
        samples.HITS[1]._replace(text="word " * 20 + "Boston", marks=((100, 106), (100, 106))),
        samples.HITS[1]._replace(text="no mark at all", marks=()),
    ]
    lines = terminal(lambda to: to.hits(hits), 100).splitlines()
    assert "…" + "x" * 24 + "Boston" in lines[0]
    assert "…word word word word Boston" in lines[1]
    assert lines[2].endswith("no mark at all")


def test_the_words_found_are_bold_and_underlined_and_nothing_else_is() -> None:
    """Seen without colour too."""
    coloured = terminal(VIEWS["hits"], colour=True)
    assert re.findall(r"\x1b\[1;4m(.*?)\x1b\[0m", coloured) == ["Boston"] * 3 + [
        "Babbage",
        "Boston",
    ]


def test_a_note_of_nothing_but_space_is_an_empty_one() -> None:
    """It neither fails nor takes a line of its own in a list."""
    entry = samples.COFFEE._replace(note=" \n ", tags=())
    written = terminal(lambda to: to.history([entry]))
    assert written.splitlines() == [written.rstrip("\n")]
    assert terminal(lambda to: to.card(Card(samples.ADA_DUE, timeline=(entry,), total=1)))


def test_no_golden_file_is_left_over() -> None:
    """Each belongs to a test above, or beside."""
    expected = {f"{view}-{width}.txt" for view in SEEN for width in WIDTHS}
    expected |= {f"{view}-discreet.txt" for view in PRIVATE}
    expected |= {f"{view}-ascii.txt" for view in ASCII}
    expected |= {f"{view}.{form}" for view in VIEWS for form in ("tsv", "json")}
    assert {file.name for file in GOLDEN.iterdir()} == expected
