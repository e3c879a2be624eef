"""Every view as a terminal shows it, by the module that draws it."""

from collections.abc import Callable

from connect_cli.render import Renderer
from connect_cli.reviews import Balance
from connect_cli.views import Today
from tests.render import samples
from tests.render import samples_arriving as arriving
from tests.render import samples_balance as balances
from tests.render import samples_map as maps
from tests.render import samples_morning as mornings
from tests.render import samples_planning as planned
from tests.render import samples_review as reviewed
from tests.render.test_plain import VIEWS

Draw = Callable[[Renderer], None]

WIDTHS = (60, 80, 140)

SHORT_CARD = samples.CARD._replace(timeline=samples.CARD.timeline[:6])


def answers(to: Renderer) -> None:
    """One answer for each sort of interaction."""
    for interaction in samples.HISTORY:
        to.answer(interaction, after="'connect undo' takes it back.")


def _morning(view: Today) -> Draw:
    return lambda to: to.today(view)


def _shown(*names: str) -> dict[str, Draw]:
    """Views that a pipe gets too."""
    return {name: VIEWS[name] for name in names}


TODAYS: dict[str, Draw] = {
    **_shown("today"),
    "today-done": lambda to: to.today(samples.DONE_DAY),
    "today-free": lambda to: to.today(samples.FREE_DAY),
    "today-no-cadence": lambda to: to.today(samples.NO_CADENCE),
    "today-nobody": lambda to: to.today(samples.NOBODY),
    "today-gap": lambda to: to.today(samples.FREE_DAY._replace(gap=planned.GAP)),
    **{name: _morning(view) for name, view in mornings.MORNINGS.items()},
    "today-away": lambda to: to.today(samples.FREE_DAY._replace(away=planned.AWAY[0])),
}
CARDS: dict[str, Draw] = {
    **_shown("card", "card-again"),
    **_shown("recall"),
    "card-all": lambda to: to.card(SHORT_CARD, full=True),
    "card-new": lambda to: to.card(samples.NEW_CARD, height=24),
    "card-rhythm": lambda to: to.card(planned.RHYTHM_CARD, height=24),
}
LISTS: dict[str, Draw] = {
    **_shown("people", "pairs", "history", "promises", "hits", "settings", "record"),
    **_shown("copies", "findings", "sync", "machines"),
    "nobody-to-list": lambda to: to.people(()),
    "no-pairs": lambda to: to.pairs(()),
    "no-history": lambda to: to.history(()),
    "no-promises": lambda to: to.promises(()),
    "no-hits": lambda to: to.hits(()),
    "no-copies": lambda to: to.copies(()),
    "no-record": lambda to: to.record(()),
}


def _balanced(view: Balance) -> Draw:
    return lambda to: to.balance(view)


BALANCES: dict[str, Draw] = {name: _balanced(view) for name, view in balances.BALANCES.items()}
PLANNING: dict[str, Draw] = {
    **_shown("why", "why-resting", "plan", "changes", "ahead", "ahead-next", "away"),
    "why-dormant": lambda to: to.why(planned.DORMANT, None),
    "plan-fits": lambda to: to.load(planned.LOAD, {}, ()),
    "plan-no-time": lambda to: to.load(planned.NO_TIME, {}, ()),
    "plan-tight": lambda to: to.load(planned.TIGHT, planned.TIGHT_OFFERED, ()),
    "plan-no-step": lambda to: to.load(planned.OVER, {"capacity": ()}, ()),
    "plan-nobody": lambda to: to.load(planned.NOBODY, {}, ()),
    "away-never": lambda to: to.away(()),
}
REVIEWS: dict[str, Draw] = {
    **_shown("review", "review-year", "review-empty"),
    "review-past": lambda to: to.review(reviewed.PAST),
    "review-quiet": lambda to: to.review(reviewed.QUIET),
}
IMPORTS: dict[str, Draw] = {
    **_shown("import", "import-copy", "meetings"),
    "import-asked": lambda to: to.preview(arriving.IMPORT, most=1, brief=True),
    "import-words": lambda to: to.preview(arriving.FROM_JRNL),
    "import-to-decide": lambda to: to.preview(arriving.TO_DECIDE),
    "import-mail": lambda to: to.preview(arriving.MAIL),
    "import-same": lambda to: to.preview(arriving.SAME),
    "import-none": lambda to: to.preview(arriving.NONE),
    "no-meetings": lambda to: to.preview(arriving.MEETINGS._replace(questions=())),
}
MAPS: dict[str, Draw] = {
    **_shown("map", "map-with"),
    "map-years": lambda to: to.year_map(maps.YEARS),
    "map-none": lambda to: to.year_map(maps.BARE),
}
PAGES = {**TODAYS, **CARDS, **LISTS, **PLANNING, **BALANCES, **REVIEWS, **IMPORTS, **MAPS}
ANSWERS = {**{name: draw for name, draw in VIEWS.items() if name not in PAGES}, "answers": answers}
SEEN = {**PAGES, **ANSWERS}
