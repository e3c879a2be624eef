"""Piped output: a record is a line, whatever a note holds."""

from collections.abc import Callable

import pytest

from connect_cli.render import Renderer
from tests.render import samples
from tests.render import samples_arriving as arriving
from tests.render import samples_balance as balances
from tests.render import samples_keeping as kept
from tests.render import samples_machines as machines
from tests.render import samples_map as maps
from tests.render import samples_morning as mornings
from tests.render import samples_planning as planned
from tests.render import samples_record as recorded
from tests.render import samples_review as reviewed
from tests.render.conftest import Golden, plain

Draw = Callable[[Renderer], None]

VIEWS: dict[str, Draw] = {
    "today": lambda to: to.today(samples.MORNING),
    "today-own": lambda to: to.today(mornings.OWN),
    "today-next": lambda to: to.today(mornings.NEXT),
    "today-welcome-one": lambda to: to.today(mornings.WELCOME_ONE),
    "today-again": lambda to: to.today(mornings.LOOKING_BACK),
    "card": lambda to: to.card(samples.CARD, height=24),
    "card-again": lambda to: to.card(mornings.CARD_AGAIN, height=24),
    "recall": lambda to: to.recall(samples.RECALL),
    "people": lambda to: to.people(samples.STANDINGS),
    "pairs": lambda to: to.pairs(kept.PAIRS),
    "history": lambda to: to.history(samples.HISTORY),
    "promises": lambda to: to.promises((*samples.PROMISES, samples.RECIPE)),
    "hits": lambda to: to.hits(samples.HITS),
    "review": lambda to: to.review(reviewed.OF_WEEK),
    "review-year": lambda to: to.review(reviewed.OF_YEAR),
    "review-empty": lambda to: to.review(reviewed.EMPTY),
    "balance": lambda to: to.balance(balances.BALANCE),
    "answer": lambda to: to.answer(samples.COFFEE, before="Amended:", after="Well."),
    "rehearsal": lambda to: to.rehearsal(samples.REHEARSAL),
    "inbox": lambda to: to.inbox(samples.INBOX),
    "sentence": lambda to: to.sentence("Added Ada Lovelace."),
    "why": lambda to: to.why(planned.WHY, samples.COFFEE),
    "why-resting": lambda to: to.why(planned.RESTING, None),
    "plan": lambda to: to.load(planned.STRETCHED, planned.OFFERED, planned.CHANGES),
    "changes": lambda to: to.changes("keep-inner", planned.CHANGES),
    "ahead": lambda to: to.ahead(planned.AHEAD, planned.AWAY),
    "ahead-next": lambda to: to.ahead(mornings.QUIET_AHEAD, (), mornings.NEXT.coming),
    "away": lambda to: to.away(planned.AWAY),
    "settings": lambda to: to.settings(planned.PATH, planned.SETTINGS),
    "record": lambda to: to.record(recorded.RECORD),
    "map": lambda to: to.year_map(maps.MAP),
    "map-with": lambda to: to.year_map(maps.WITH),
    "copies": lambda to: to.copies(kept.COPIES),
    "findings": lambda to: to.findings(kept.FINDINGS),
    "sync": lambda to: to.sync(machines.SYNC),
    "machines": lambda to: to.machines(machines.MACHINES),
    "import": lambda to: to.preview(arriving.IMPORT),
    "import-copy": lambda to: to.preview(arriving.COPY),
    "import-words": lambda to: to.preview(arriving.FROM_JRNL),
    "import-to-decide": lambda to: to.preview(arriving.TO_DECIDE),
    "meetings": lambda to: to.preview(arriving.MEETINGS),
}


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_records_of_tab_separated_fields(view: str, golden: Golden) -> None:
    """The columns are those of docs/json.md."""
    golden(f"{view}.tsv", plain(VIEWS[view]))


@pytest.mark.parametrize(
    ("draw", "fields"),
    [
        pytest.param(VIEWS["people"], 9, id="people"),
        pytest.param(VIEWS["pairs"], 5, id="merge"),
        pytest.param(VIEWS["history"], 13, id="history"),
        pytest.param(VIEWS["promises"], 7, id="promises"),
        pytest.param(VIEWS["hits"], 5, id="search"),
        pytest.param(VIEWS["changes"], 5, id="changes"),
        pytest.param(VIEWS["away"], 2, id="away"),
        pytest.param(VIEWS["settings"], 3, id="config"),
        pytest.param(VIEWS["record"], 6, id="changes of the journal"),
        pytest.param(VIEWS["copies"], 4, id="restore"),
        pytest.param(VIEWS["findings"], 5, id="doctor"),
        pytest.param(VIEWS["machines"], 3, id="machines"),
    ],
)
def test_every_record_of_a_list_has_all_its_fields(draw: Draw, fields: int) -> None:
    """An unknown field is empty, not absent."""
    assert {line.count("\t") + 1 for line in plain(draw).splitlines()} == {fields}


def test_days_without_an_interaction_and_a_rhythm_are_records_of_their_own() -> None:
    """They stand at the end, where there are any."""
    gap = plain(lambda to: to.today(samples.FREE_DAY._replace(gap=planned.GAP)))
    assert gap == "gap\t2026-11-10\t2026-11-21\n"
    assert plain(lambda to: to.card(planned.RHYTHM_CARD)).endswith("\nrhythm\t6w\n")


def test_no_note_can_forge_a_field_or_a_record() -> None:
    """A tab and a line break are escapes."""
    interaction = samples.COFFEE._replace(note="a\tb\nforged\trecord\r\n")
    written = plain(lambda to: to.history([interaction]))
    assert written.count("\n") == 1
    assert written.count("\t") == 12
    assert "\ta\\tb\\nforged\\trecord\\r\\n\t" in written


@pytest.mark.parametrize(
    "view",
    [
        *(
            "today",
            "today-again",
            "card",
            "card-again",
            "recall",
            "history",
            "promises",
            "hits",
            "inbox",
            "ahead",
            "record",
            "import",
            "review",
        ),
        "meetings",
    ],
)
def test_a_discreet_pipe_shows_no_note_detail_or_promise(view: str) -> None:
    """Names, days and kinds stay."""
    written = plain(VIEWS[view], discreet=True)
    for secret in samples.SECRETS:
        assert secret not in written.replace("May Boston", "").replace("#boston", "")
    assert "Lovelace" in written


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(lambda to: to.people([]), id="people"),
        pytest.param(lambda to: to.history([]), id="history"),
        pytest.param(lambda to: to.promises([]), id="promises"),
        pytest.param(lambda to: to.hits([]), id="hits"),
        pytest.param(lambda to: to.today(samples.NOBODY), id="today"),
        pytest.param(lambda to: to.ahead([], []), id="ahead"),
        pytest.param(lambda to: to.review(reviewed.EMPTY), id="review"),
        pytest.param(lambda to: to.away([]), id="away"),
        pytest.param(lambda to: to.year_map(maps.BARE._replace(away=())), id="map"),
        pytest.param(lambda to: to.balance(balances.NOTHING), id="balance"),
    ],
)
def test_nothing_to_list_is_no_record_at_all(draw: Draw) -> None:
    """A script counts lines; words belong on a terminal."""
    assert plain(draw) == ""


def test_a_pipe_that_knows_ascii_only_gets_escapes() -> None:
    """Writing never fails."""
    written = plain(VIEWS["people"], encoding="ascii")
    assert r"Jos\xe9 \xc1lvarez" in written
