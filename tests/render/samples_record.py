"""What was done in a journal, some of it taken back."""

from datetime import UTC, datetime, timedelta

from connect_cli.model import Recorded
from connect_cli.reports import Step, Traces
from tests.render.samples import TODAY, id_of

_NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, 5, tzinfo=UTC)


def _done(place: int, days: int, verb: str, words: str, *rest: object) -> Recorded:
    return Recorded(id_of(70 + place), _NOON - timedelta(days, hours=place), verb, words, *rest)  # type: ignore[arg-type]  # as the record has them


LOGGED = _done(5, 40, "log", "logged Ada Lovelace, Grace Hopper, 2026-10-14", None, True)
PROMISED = _done(4, 3, "promise", "Grace Hopper: a story about Boston and Charles Babbage")
RECORD = (
    _done(0, 0, "redo", "log: logged Ada Lovelace, Grace Hopper, 2026-10-14", id_of(71)),
    _done(1, 0, "undo", "log: logged Ada Lovelace, Grace Hopper, 2026-10-14", LOGGED.id, True),
    _done(2, 1, "merge", "Augusta Ada King, Countess of Lovelace is Ada Lovelace"),
    _done(3, 400, "forget", "removed somebody for good"),
    PROMISED,
    LOGGED,
)
EFFECTS = (
    *(("taken away", "person", 1), ("brought back", "detail", 2), ("taken away", "interaction", 3)),
    *(("changed back", "promise", 1), ("taken away", "alias", 2)),
)
STEP = Step(LOGGED, LOGGED.id, 9, EFFECTS)  # type: ignore[arg-type]  # the words are the type's own
TRACES = Traces(("Ada Lovelace",), 3, 1, 2, 1, 2, 1, ("Ada Lovelace-Kay", "Adalovelace"))


def hostile_record(text: str) -> tuple[Recorded, ...]:
    """Commands whose words are hostile."""
    return tuple(one._replace(words=text) for one in RECORD)
