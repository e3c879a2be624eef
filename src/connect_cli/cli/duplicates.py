"""`connect merge` without names: people who may be in the journal twice, one pair a screen."""

from collections.abc import Sequence

from connect_cli.cli.one_by_one import BACK, HELP, QUIT, Done, Way, go_through, show_keys
from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal import card as journal_card
from connect_cli.journal import duplicates
from connect_cli.journal import merge as verbs
from connect_cli.language.plurals import counted
from connect_cli.model import Named
from connect_cli.render.words import say_reasons
from connect_cli.reports import Pair
from connect_cli.session import Session
from connect_cli.views import Card

ONE, TWO, LATER = "mts"
ENTER = "\n"
KEYS = (
    f"{ONE} one person: merge   {TWO} two people   {LATER} later",
    f"{BACK} back   {HELP} help   {QUIT} quit",
)
MEANING = (
    f"{ONE}  One person: the first name stays, the second is kept too.",
    "   Where the two differ you are asked.",
    f"{TWO}  Two people: remembered, and never asked again.",
    f"{LATER}  Later (or Enter): they come again next time.",
    f"{BACK}  Back: what you decided there is undone.",
    f"{QUIT}  Stop: everything decided so far is saved.",
    "",
)


def go_through_pairs(session: Session, *, as_json: bool) -> None:
    """Go through people who may be one; in a pipe list them."""
    pairs = duplicates.pairs(session.journal)
    if as_json or not (session.can_ask and session.on_terminal):
        session.show(lambda renderer: renderer.pairs(pairs), as_json=as_json, empty=not pairs)
    elif not pairs:
        session.say("Nobody seems to be here twice.", empty=True)
    elif _Screens(session, pairs).go_through():
        session.say("That was every pair.")
    else:
        session.say(f"To go on later: {as_typed('merge')}")


def merged_said(merged: verbs.Merged) -> str:
    """Who was merged into whom, as a sentence."""
    both = counted(merged.interactions, "interaction")
    who_has = f", who has {both}" if merged.interactions else ""
    ended = " One of the two died, so nothing is due any more." if merged.ended else ""
    return f"Merged {merged.gone.name} into {merged.kept.name}{who_has}.{ended}"


class _Screens:
    """The pairs, who was joined to whom on the screens before, and where two people were shown."""

    def __init__(self, session: Session, pairs: Sequence[Pair]) -> None:
        self._session = session
        self._pairs = pairs
        self._joined: dict[Named, Named] = {}
        self._shown: dict[frozenset[Named], int] = {}

    def go_through(self) -> bool:
        """Ask about each pair; False if somebody left before the last."""
        return go_through(self._session, len(self._pairs), self._is_open, self._decide)

    def _now(self, at: int) -> tuple[Named, Named]:
        """The two people of a pair; for somebody who was joined to another, the other."""
        first, second = self._pairs[at].first, self._pairs[at].second
        while first in self._joined:
            first = self._joined[first]
        while second in self._joined:
            second = self._joined[second]
        return first, second

    def _is_open(self, at: int) -> bool:
        """Whether the two are two still, of whom no earlier pair has asked."""
        two = self._now(at)
        new = self._shown.get(frozenset(two), at) == at
        return new and duplicates.may_be_one(self._session.journal, *two)

    def _decide(self, at: int, said: str) -> Done | Way:
        session, (first, second) = self._session, self._now(at)
        self._shown[frozenset((first, second))] = at
        self._show(at, first, second, said)
        while True:
            key = session.key(ONE + TWO + LATER + ENTER + BACK + HELP + QUIT)
            if key in ("", QUIT):
                return Way.QUIT
            if key == BACK:
                return Way.BACK
            if key in (LATER, ENTER):
                return Done(f"Later: {first.name} and {second.name}.")
            if key == TWO:
                duplicates.keep_apart(session.journal, first, second)
                return Done(f"{first.name} and {second.name} are two people.")
            if key == ONE and (done := self._merge(first, second)) is not None:
                return done
            show_keys(session, (*(MEANING if key == HELP else ()), *KEYS))

    def _merge(self, first: Named, second: Named) -> Done | None:
        """Join the second to the first; None if a difference was left undecided."""
        session = self._session
        try:
            merged = verbs.merge(session.journal, first, second, session.answers())
        except NotUnderstood as error:
            session.say(f"Not merged: {error.message}.")
            return None
        self._joined[second] = first
        return Done(merged_said(merged), back=lambda: self._joined.pop(second))

    def _show(self, at: int, first: Named, second: Named, said: str) -> None:
        session = self._session
        session.clear()
        if said:
            session.say(said)
            session.say("")
        why = say_reasons(self._pairs[at].reasons, discreet=session.hides)
        session.say(f"{at + 1} of {len(self._pairs)}. May be one person: {why}.")
        for person in (first, second):
            session.say("")
            _show_briefly(session, journal_card.card(session.journal, person))
        show_keys(session, KEYS)


def _show_briefly(session: Session, card: Card) -> None:
    """What tells people apart: who they are, how to reach them, and when you met last."""
    last = [interaction for interaction in card.timeline if not interaction.tried][:1]
    brief = card._replace(timeline=tuple(last), total=len(last), promises=(), companions=())
    brief = brief._replace(last_year=())
    session.show(lambda renderer: renderer.card(brief, height=session.height // 2))
