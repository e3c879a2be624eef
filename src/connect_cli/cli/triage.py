"""`connect triage`: choose a cadence for people who have none, one person a screen."""

from collections.abc import Callable, Sequence
from contextlib import suppress

import typer

from connect_cli.cli.app import PLANNING, app
from connect_cli.cli.cadence import crowd_said, placed_said
from connect_cli.cli.forget import forget_if_wanted
from connect_cli.cli.one_by_one import BACK, HELP, QUIT, Done, Way, go_through, show_keys
from connect_cli.cli.options import Json
from connect_cli.cli.planning import over_said
from connect_cli.cli.several import confirm_always
from connect_cli.errors import NotConfirmed, as_typed
from connect_cli.journal import archive, cadence, planning
from connect_cli.journal import card as journal_card
from connect_cli.journal.cadence import Placed
from connect_cli.journal.groups import FEWEST, Group, groups
from connect_cli.language.cadences import read_cadence
from connect_cli.language.plurals import counted, listed_briefly
from connect_cli.model import Named
from connect_cli.session import Session
from connect_cli.terminal.prompts import asked

MOST_CIRCLES = 9
MOST_GROUPS = 9
LONG_LIST = 20
"""With more people than this left, they can be taken by tag or firm at once."""

LINES_AROUND = 11  # the last decision, where it is, the keys, and the empty lines between
TYPED, SKIPPED, ARCHIVED, NO_PERSON, GROUPED, FORGOTTEN = "csaxg!"
ENTER = "\n"
DECIDING = f"{TYPED} another cadence   {SKIPPED} skip   {ARCHIVED} archive"
KEYS = f"{DECIDING}   {NO_PERSON} not a person"
MORE_KEYS = f"{FORGOTTEN} forget   {BACK} back   {HELP} help   {QUIT} quit"
GROUP_KEY = f"{GROUPED} several at once   "
LEAVE_GROUP = "Enter back"
MEANING = (
    f"{TYPED}  A cadence in your words: 2w, first friday, never.",
    f"{SKIPPED}  Skip: they come again next time.",
    f"{ARCHIVED}  Archive: nothing is due, everything is kept.",
    f"{NO_PERSON}  Not a person but a firm or a machine: archived too.",
    f"{GROUPED}  With many left: all with one tag or firm at once.",
    f"{FORGOTTEN}  Forget for good: it says what goes, and asks.",
    f"{BACK}  Back: what you decided there is undone.",
    f"{QUIT}  Stop: everything decided so far is saved.",
    "",
)


@app.command(rich_help_panel=PLANNING)
def triage(context: typer.Context, as_json: Json = False) -> None:
    """Choose a cadence for people who have none yet.

    One key for each person; every decision is saved at once, and u takes it back. A long list can
    be taken by tag or firm at once. In a pipe it lists them.
    """
    session: Session = context.obj
    rows = planning.unplaced(session.journal)
    if as_json or not (session.can_ask and session.on_terminal):
        session.show(lambda renderer: renderer.people(rows), as_json=as_json, empty=not rows)
    elif not rows:
        session.say("Nobody is left without a cadence.", empty=True)
    elif _Screens(session, [Named(row.person.id, row.person.name) for row in rows]).go_through():
        session.say(f"That was everybody. To see those you skipped again: {as_typed('triage')}")
    else:
        session.say(f"To go on later: {as_typed('triage')}")


class _Screens:
    """The people, and those of them who were skipped together."""

    def __init__(self, session: Session, people: Sequence[Named]) -> None:
        self._session = session
        self._people = people
        self._skipped: set[str] = set()
        self._groups = groups(session.journal, people) if len(people) > LONG_LIST else []
        self._circles = dict(enumerate(list(session.journal.settings.circles)[:MOST_CIRCLES], 1))

    def go_through(self) -> bool:
        """Ask about each person; False if somebody left before the last."""
        return go_through(self._session, len(self._people), self._is_open, self._decide)

    def _is_open(self, at: int) -> bool:
        return bool(self._open([self._people[at]]))

    def _open(self, people: Sequence[Named]) -> list[Named]:
        """Those of these people about whom nothing is decided."""
        there = self._session.journal.people_left(people)
        return [
            Named(one.id, one.name)
            for one in there
            if one.id not in self._skipped
            and not (one.archived or one.own_cadence or one.cadence is not None)
        ]

    def _decide(self, at: int, said: str) -> Done | Way:
        """Show somebody and do what the key says."""
        person = self._people[at]
        offered = self._groups_left(at)
        self._show(at, said, offered)
        allowed = "".join(map(str, self._circles)) + TYPED + SKIPPED + ARCHIVED + NO_PERSON
        allowed += FORGOTTEN + BACK + HELP + QUIT + (GROUPED if offered else "")
        while True:
            key = self._session.key(allowed)
            if key in ("", QUIT):
                return Way.QUIT
            if key == BACK:
                return Way.BACK
            if answer := self._done(key, person, offered):
                return answer
            meaning = self._meaning() if key == HELP else ()
            show_keys(self._session, (*meaning, *self._keys(offered)))

    def _done(self, key: str, person: Named, offered: Sequence[Group]) -> Done | Way | None:
        """Do what a key says about somebody; None if nothing was decided."""
        if key == SKIPPED:
            return Done(f"Skipped {person.name}.")
        if key == FORGOTTEN:
            said = forget_if_wanted(self._session, person)
            return None if said is None else Done(said, for_good=True)
        if key == GROUPED:
            return self._together(offered)
        return self._decided(key, [person])

    def _decided(self, key: str, people: Sequence[Named]) -> Done | None:
        """Do what a key says about one person or several, as one command."""
        session = self._session
        if key in (ARCHIVED, NO_PERSON):
            names = listed_briefly([person.name for person in people])
            archive.archive(session.journal, people, away=True)
            no_person = "" if key == ARCHIVED else ", not a person"
            return Done(f"Archived {names}{no_person}: nothing is due, everything is kept.")
        if key.isdecimal():
            circle = self._circles[int(key)]
            return self._placed(lambda: cadence.place(session.journal, people, circle))
        if key == TYPED and (often := asked(_HOW_OFTEN, read_cadence)):
            return self._placed(lambda: cadence.every(session.journal, people, often))
        return None

    def _placed(self, place: Callable[[], Sequence[Placed]]) -> Done:
        load = planning.load(self._session.journal)
        placed = place()
        return Done(self._said(placed) + over_said(self._session, load))

    def _said(self, placed: Sequence[Placed]) -> str:
        if len(placed) == 1:
            return placed_said(self._session, placed[0])
        if placed[0].person.cadence is None:
            names = listed_briefly([one.person.name for one in placed])
            return f"{names}: no cadence, so nothing is due."
        return crowd_said(self._session, [one.person for one in placed])

    def _groups_left(self, at: int) -> list[Group]:
        """The groups among those who are left, if these are many."""
        if not self._groups:
            return []
        left = set(self._open(self._people[at:]))
        if len(left) <= LONG_LIST:
            return []
        found = (
            group._replace(people=tuple(one for one in group.people if one in left))
            for group in self._groups
            if not (group.is_private and self._session.hides)
        )
        large = [group for group in found if len(group.people) >= FEWEST]
        return sorted(large, key=lambda group: -len(group.people))[:MOST_GROUPS]

    def _together(self, offered: Sequence[Group]) -> Done | Way | None:
        """Ask which group, and what to do about it; None if nothing was decided."""
        session = self._session
        session.say("")
        for number, group in enumerate(offered, 1):
            size = counted(len(group.people), "person", "people")
            session.say(f"{number}  {group.label}: {size}")
        session.say(f"a number takes them   {LEAVE_GROUP}")
        key = session.key("".join(map(str, range(1, len(offered) + 1))) + ENTER + QUIT)
        if not key.isdecimal():
            return None if key == ENTER else Way.QUIT
        return self._of_group(offered[int(key) - 1])

    def _of_group(self, group: Group) -> Done | Way | None:
        session, people = self._session, group.people
        names = listed_briefly([person.name for person in people])
        circles = self._numbered()
        show_keys(session, (f"{group.label}: {names}.", circles, f"{DECIDING}   {LEAVE_GROUP}"))
        allowed = "".join(map(str, self._circles)) + TYPED + SKIPPED + ARCHIVED + ENTER + QUIT
        key = session.key(allowed)
        if key in ("", QUIT):
            return Way.QUIT
        if key == SKIPPED:
            ids = {person.id for person in people}
            self._skipped |= ids
            return Done(f"Skipped {names}.", stays=True, back=lambda: self._skipped.__isub__(ids))
        if key == ARCHIVED and not self._is_sure(people):
            return None
        done = self._decided(key, people)
        return None if done is None else done._replace(stays=True)

    def _is_sure(self, people: Sequence[Named]) -> bool:
        """Ask before a whole group is archived."""
        with suppress(NotConfirmed):
            confirm_always(self._session, "Archive", people, yes=False)
            return True
        return False

    def _show(self, at: int, said: str, offered: Sequence[Group]) -> None:
        session = self._session
        session.clear()
        if said:
            session.say(said)
            session.say("")
        session.say(f"{at + 1} of {len(self._people)}")
        card = journal_card.card(session.journal, self._people[at])
        session.show(lambda renderer: renderer.card(card, height=session.height - LINES_AROUND))
        show_keys(session, self._keys(offered))

    def _numbered(self) -> str:
        circles = self._session.journal.settings.circles
        numbered = (f"{number} {name} {circles[name]}" for number, name in self._circles.items())
        return "   ".join(numbered)

    def _keys(self, offered: Sequence[Group]) -> list[str]:
        return [self._numbered(), KEYS, f"{GROUP_KEY if offered else ''}{MORE_KEYS}"]

    def _meaning(self) -> tuple[str, ...]:
        return f"1-{max(self._circles)}  A circle, with its cadence.", *MEANING


_HOW_OFTEN = "How often (2w, monthly, first friday, never)? "
