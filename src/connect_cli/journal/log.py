"""Logging a conversation, changing what was logged, and deleting it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from connect_cli.errors import (
    ConnectError,
    NoSuchPerson,
    NoSuchThing,
    NotUnderstood,
    as_typed,
    first_command,
)
from connect_cli.journal.journal import NOBODY_NAMED, Journal, already_removed, changed_since_read
from connect_cli.language.day_options import read_past_day
from connect_cli.language.doubts import About, Answer, Doubt
from connect_cli.language.logline import Mention, Now, Reading, find_people, read_line
from connect_cli.language.names import Known, Names, check_name
from connect_cli.language.tags import check_text, read_detail, read_tag
from connect_cli.language.times import read_minutes, read_time
from connect_cli.language.vocabulary import read_kind
from connect_cli.language.words import name_key
from connect_cli.model import (
    Counts,
    Direction,
    Energy,
    Interaction,
    Kind,
    Named,
    Owed,
    Promise,
    usual_counts,
)
from connect_cli.store import interactions, memory
from connect_cli.store import names as store_names
from connect_cli.store import people as store_people

if TYPE_CHECKING:
    from connect_cli.store.rows import Rows

Word = TypeVar("Word", Energy, Counts)

MOST_PEOPLE = 100
"""How many can take part in one interaction that is logged here; imports may hold more."""


class LogOptions(NamedTuple):
    """What options say about an interaction; they win over the prose. Empty means not given.

    note, tags, tried, theirs: None if not given. new: add unknown people without asking.
    """

    people: tuple[str, ...] = ()
    kind: str = ""
    on: str = ""
    time: str = ""
    minutes: str = ""
    note: str | None = None
    energy: str = ""
    counts: str = ""
    tags: tuple[str, ...] | None = None
    tried: bool | None = None
    theirs: bool | None = None
    new: bool = False
    promises: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    details: tuple[str, ...] = ()


class Logged(NamedTuple):
    """An interaction as it was stored. added: new people. open_loops: open ones of its people."""

    interaction: Interaction
    added: tuple[Named, ...] = ()
    open_loops: tuple[Promise, ...] = ()


class _Lookup:
    """The names to look up while lines are read, with people who will be added at the end."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.added: list[Named] = []

    def add(self, typed: str) -> Named:
        """A new person, with an id that holds until they are written."""
        person = Named(f"new {len(self.added)}", check_name(typed))
        self.added.append(person)
        self.names.add(Known(person.id, person.name))
        return person

    def known(self, typed: str) -> Named | None:
        """The one person of this name, added ones included."""
        fit = self.names.fit(typed)
        return self.names.choose(fit).person if fit else None


def log(journal: Journal, line: str, said: LogOptions | None = None) -> Logged:
    """Log one conversation, from prose, options or both; options win.

    Asks about what the line leaves open. Raises a ConnectError and writes nothing if it stays
    uncertain, or if it is several conversations: `log_lines` takes those.
    """
    (logged,) = log_lines(journal, [line], said)
    return logged


def log_lines(
    journal: Journal, lines: Sequence[str], said: LogOptions | None = None
) -> list[Logged]:
    """Log one conversation a line: all of them, or none.

    If there are several lines, empty ones are skipped and an error names its line.
    """
    said = said or LogOptions()
    lookup = _lookup(journal, said)
    drafts: list[Interaction] = []
    for number, line in enumerate(lines, 1):
        if len(lines) > 1 and not line.strip():
            continue
        try:
            drafts += _drafts(journal, line, said, lookup)
        except ConnectError as error:
            if len(lines) > 1:
                error.message = f"line {number}: {error.message}"
            raise
    loops = _loops(said)
    open_before = _open_loops(journal, drafts)
    with journal.write("log", _words(drafts)) as rows:
        real = _add_people(journal, rows, lookup.added)
        kept = []
        for draft in drafts:
            people = tuple(Named(real.get(p.id, p.id), p.name) for p in draft.people)
            interaction = draft._replace(people=people)
            kept.append(interaction._replace(id=rows.add_interaction(interaction)))
            _keep_loops(rows, interaction, said, loops)
    added = {real[person.id]: Named(real[person.id], person.name) for person in lookup.added}
    return [_logged(interaction, added, open_before) for interaction in kept]


def amend(journal: Journal, interaction: Interaction, said: LogOptions) -> Logged:
    """Change an interaction by options; everything else stays."""
    return _change(journal, interaction, said, lambda there: there)


def _change(
    journal: Journal,
    interaction: Interaction,
    said: LogOptions,
    begin: Callable[[Interaction], Interaction],
) -> Logged:
    """Change the stored interaction. begin: makes of it the interaction that the options change."""
    lookup = _lookup(journal, said)
    meant = _amended(journal, interaction, said, lookup).people
    loops = _loops(said)
    with journal.write(
        "amend", f"changed {_name_list(interaction.people)}, {interaction.day}"
    ) as rows:
        there = begin(_there(journal, interaction))
        real = _add_people(journal, rows, lookup.added)
        people = tuple(Named(real.get(p.id, p.id), p.name) for p in meant)
        named = there._replace(people=people) if said.people else there
        changed = _with_options(journal, named, said)
        rows.change_interaction(changed)
        _keep_loops(rows, changed, said, loops)
    return Logged(changed, tuple(Named(real[p.id], p.name) for p in lookup.added))


def _add_people(journal: Journal, rows: "Rows", people: Sequence[Named]) -> dict[str, str]:
    """Add new people; their new ids, or those of whom another command just added by that name."""
    taken = store_names.holders(journal.connection, [person.name for person in people])
    return {
        person.id: taken.get(name_key(person.name)) or rows.add_person(person.name)
        for person in people
    }


def rewrite(journal: Journal, interaction: Interaction, said: LogOptions) -> bool:
    """Change an interaction to what a form says, empty values included. False: nothing changed.

    interaction: what the form was made from. Raises ConnectError if it was changed since.
    """
    if not said.people:
        raise NotUnderstood(NOBODY_NAMED, "write a name after 'with:'")
    if _amended(journal, _blank(interaction), said, _lookup(journal, said)) == interaction:
        return False

    def begin(there: Interaction) -> Interaction:
        if there != interaction:
            what = _in_words(interaction)
            raise changed_since_read(
                what, f"open it again: {as_typed('amend', interaction.id[:8])}"
            )
        return _blank(there)

    _change(journal, interaction, said, begin)
    return True


def delete(journal: Journal, interaction: Interaction) -> None:
    """Delete an interaction; people and their promises stay."""
    with journal.write(
        "delete", f"deleted {_name_list(interaction.people)}, {interaction.day}"
    ) as rows:
        rows.delete_interaction(_there(journal, interaction).id)


def interaction(journal: Journal, prefix: str | None = None) -> Interaction:
    """The interaction whose id begins with `prefix`, or the one logged last.

    Raises NoSuchThing if there is none, or more than one.
    """
    if prefix is None:
        interaction_id = interactions.last_entered(journal.connection)
        if interaction_id is None:
            raise NoSuchThing("there is no interaction yet", f"log one: {first_command()}")
    else:
        interaction_id = store_people.full_id(
            journal.connection, "interaction", "interaction", prefix
        )
    return interactions.by_id(journal.connection, [interaction_id])[0]


def _there(journal: Journal, interaction: Interaction) -> Interaction:
    """The stored interaction, which another command may have changed or deleted."""
    found = interactions.by_id(journal.connection, [interaction.id])
    if not found:
        raise already_removed(_in_words(interaction))
    return found[0]


def _lookup(journal: Journal, said: LogOptions) -> _Lookup:
    """The names of everybody; who adds people without asking needs none that look alike."""
    return _Lookup(store_names.names_of(journal.connection, suggesting=not said.new))


def _drafts(journal: Journal, line: str, said: LogOptions, lookup: _Lookup) -> list[Interaction]:
    """What a line and the options mean, before it is stored: one interaction, seldom several."""
    read = _Settling(journal, line, said, lookup).read()
    if not isinstance(read, Reading):
        return [
            one._replace(entered=line)
            for part in read
            for one in _drafts(journal, part, said, lookup)
        ]
    mentions = find_people(said.people, lookup.names) if said.people else read.mentions
    said_tried = read.tried if said.tried is None else said.tried
    blank = Interaction(
        id="",
        day=read.day,
        kind=read.kind,
        people=_people(journal, mentions, said, lookup),
        time=read.time,
        minutes=read.minutes,
        direction=read.direction,
        counts=_least(read.counts, usual_counts(read.kind, tried=said_tried)),
        tried=said_tried,
        note=read.note,
        tags=read.tags,
        entered=line,
    )
    return [_with_options(journal, blank, said)]


class _Settling:
    """Reads a line again and again, until what it leaves open is settled by answers."""

    def __init__(self, journal: Journal, line: str, said: LogOptions, lookup: _Lookup) -> None:
        self._journal, self._line, self._said, self._lookup = journal, line, said, lookup
        self._settled: dict[str, str | None] = {}

    def read(self) -> Reading | tuple[str, ...]:
        """The reading, or the lines that are to be logged instead."""
        while True:
            reading = self._reading()
            answer: Answer
            if (doubt := next(filter(self._is_open, reading.doubts), None)) is not None:
                answer = self._journal.answers.settle(doubt)
                if isinstance(answer, tuple):
                    return answer
                self._settled[doubt.words] = answer
            elif self._said.people or not self._unknown(reading):
                return self._with_somebody(reading)

    def _is_open(self, doubt: Doubt) -> bool:
        """Whether no option says what is doubted."""
        said = self._said
        if doubt.words in self._settled:
            return False
        return not {
            About.DAY: bool(said.on),
            About.TIME: bool(said.time),
            About.DURATION: bool(said.minutes),
            About.KIND: bool(said.kind),
            About.PERSON: bool(said.people),
            About.CONTACT: bool(said.counts) or said.tried is not None,
            About.SEVERAL: bool(said.on),
        }[doubt.about]

    def _reading(self) -> Reading:
        """What the line says; it may be empty where the options name somebody."""
        journal = self._journal
        if self._said.people and not self._line.strip():
            return Reading(entered=self._line, day=journal.today_is)
        now = Now(journal.context.now, journal.settings.day_starts_at)
        names, today = self._lookup.names, journal.today_is
        return read_line(self._line, today, names, now=now, settled=self._settled)

    def _unknown(self, reading: Reading) -> bool:
        """Ask about the first name that nobody has; False if there is none."""
        for mention in reading.mentions:
            new = not (mention.found or mention.candidates or self._lookup.known(mention.text))
            if new and (self._said.new and not mention.doubtful):
                self._lookup.add(mention.text)
            elif new:
                name = self._journal.answers.unknown(mention.text, mention.near)
                self._settled[mention.text] = name
                if name and not self._lookup.known(name):
                    self._lookup.add(name)
                return True
        return False

    def _with_somebody(self, reading: Reading) -> Reading:
        """The reading with the people of an answer, if the line names nobody."""
        if reading.mentions or self._said.people:
            return reading
        who = self._journal.answers.who()
        mentions = read_line(who, self._journal.today_is, self._lookup.names).mentions
        if not mentions:
            raise NotUnderstood("no name was given, so nothing was logged")
        return reading._replace(mentions=mentions)


def _amended(
    journal: Journal, interaction: Interaction, said: LogOptions, lookup: _Lookup
) -> Interaction:
    if said.people:
        mentions = find_people(said.people, lookup.names)
        most = max(MOST_PEOPLE, len(interaction.people))  # an import may have brought more
        people = _people(journal, mentions, said, lookup, most)
        interaction = interaction._replace(people=people)
    return _with_options(journal, interaction, said)


def _with_options(journal: Journal, interaction: Interaction, said: LogOptions) -> Interaction:
    """An interaction, changed by the options."""
    kind = read_kind(said.kind) if said.kind else interaction.kind
    tried = interaction.tried if said.tried is None else said.tried
    counts = _counts_after(interaction, kind=kind, tried=tried)
    direction = interaction.direction
    if said.theirs is not None:
        direction = Direction.THEIRS if said.theirs else Direction.MINE
    return interaction._replace(
        kind=kind,
        tried=tried,
        direction=direction,
        day=read_past_day(said.on, journal.today_is) if said.on else interaction.day,
        time=read_time(said.time) if said.time else interaction.time,
        minutes=read_minutes(said.minutes) if said.minutes else interaction.minutes,
        tags=interaction.tags if said.tags is None else tuple(map(read_tag, said.tags)),
        note=interaction.note if said.note is None else said.note,
        energy=_one_of(Energy, said.energy, "energy") if said.energy else interaction.energy,
        counts=_one_of(Counts, said.counts, "counts") if said.counts else counts,
    )


def _people(
    journal: Journal,
    mentions: Sequence[Mention],
    said: LogOptions,
    lookup: _Lookup,
    most: int = MOST_PEOPLE,
) -> tuple[Named, ...]:
    """The people meant, each once; asks about those who are not certain."""
    if len(mentions) > most:
        raise NotUnderstood(
            f"this names {len(mentions):,} people; an interaction can have up to {MOST_PEOPLE}",
            "log it as several",
        )
    people = [_person_meant(journal, mention, said, lookup) for mention in mentions]
    return tuple({person.id: person for person in people}.values())


def _person_meant(journal: Journal, mention: Mention, said: LogOptions, lookup: _Lookup) -> Named:
    if mention.found is not None:
        return mention.found
    if mention.candidates:
        return journal.answers.which(mention.text, mention.candidates)
    again = lookup.known(mention.text)  # two mentions of one new name are one person
    if again is not None:
        return again
    new = said.new and not mention.doubtful
    name = mention.text if new else journal.answers.unknown(mention.text, mention.near)
    if name is None:
        raise NoSuchPerson(mention.text, mention.near)
    return lookup.known(name) or lookup.add(name)


def _open_loops(
    journal: Journal, interactions: Sequence[Interaction]
) -> dict[str, list[tuple[int, Promise]]]:
    """What is open with these people, by their ids, each with its place among all."""
    ids = {person.id for interaction in interactions for person in interaction.people}
    found: dict[str, list[tuple[int, Promise]]] = {}
    for place, promise in enumerate(memory.open_promises(journal.connection, sorted(ids))):
        found.setdefault(promise.person.id, []).append((place, promise))
    return found


def _loops(said: LogOptions) -> list[tuple[Owed, str]]:
    """The promises and questions of the options; details are checked too, before writing."""
    for text in said.details:
        read_detail(text)
    mine = [(Owed.ME, check_text(text)) for text in said.promises]
    return mine + [(Owed.ASK, check_text(text)) for text in said.asks]


def _keep_loops(
    rows: "Rows", interaction: Interaction, said: LogOptions, loops: Sequence[tuple[Owed, str]]
) -> None:
    """Store the promises, questions and details of the options, for everyone named."""
    for person in interaction.people:
        for owed, text in loops:
            rows.add_promise(person.id, text, owed=owed, made_on=interaction.day, due_on=None)
        for text in said.details:
            rows.remember(person.id, *read_detail(text))


def _logged(
    interaction: Interaction,
    added: Mapping[str, Named],
    open_before: Mapping[str, Sequence[tuple[int, Promise]]],
) -> Logged:
    ids = [person.id for person in interaction.people]
    loops = sorted(placed for one in ids for placed in open_before.get(one, ()))
    return Logged(
        interaction,
        tuple(added[one] for one in ids if one in added),
        tuple(promise for _, promise in loops),
    )


def _blank(interaction: Interaction) -> Interaction:
    """An interaction without what a form may leave empty."""
    return interaction._replace(
        time=None, minutes=None, direction=None, energy=None, note="", tags=()
    )


def _in_words(interaction: Interaction) -> str:
    return f"the interaction of {interaction.day} with {_name_list(interaction.people)}"


def _least(said: Counts | None, usual: Counts) -> Counts:
    """What an interaction counts if its words say that it was less than usual."""
    return usual if said is None or usual is Counts.NO else said


def _counts_after(interaction: Interaction, *, kind: Kind, tried: bool) -> Counts:
    """What an interaction counts after a change of kind; a value set by hand stays."""
    if interaction.counts is not usual_counts(interaction.kind, tried=interaction.tried):
        return interaction.counts
    return usual_counts(kind, tried=tried)


def _one_of(words: type[Word], text: str, what: str) -> Word:
    try:
        return words(text.strip().casefold())
    except ValueError:
        raise NotUnderstood(
            f"'{text}' is not a word for --{what}", f"say one of: {', '.join(words)}"
        ) from None


def _words(interactions: Sequence[Interaction]) -> str:
    if len(interactions) == 1:
        return f"logged {_name_list(interactions[0].people)}, {interactions[0].day}"
    return f"logged {len(interactions)} interactions"


def _name_list(people: Sequence[Named]) -> str:
    return ", ".join(person.name for person in people)
