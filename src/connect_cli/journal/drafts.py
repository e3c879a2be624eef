"""What a log line and its options mean, before anything is stored.

How it works. `Drafting` reads a line again and again. Each time it asks about the first thing that
is still open: a doubt of the line, or a name that nobody has. The answer is kept (`_settled`) and
read in place of the doubtful words, until nothing is open. Then the people are looked up, and the
options, which win over the words, are put in. People who will be new have an id that only holds
until they are written.

What can go wrong. Whoever answers may refuse, as `Silent` always does, or leave: then a
ConnectError is raised, and nothing was written.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from connect_cli.errors import NoSuchPerson, NotUnderstood
from connect_cli.journal.answers import Answers
from connect_cli.journal.journal import Journal
from connect_cli.language.calendar import logical_day
from connect_cli.language.day_options import read_past_day
from connect_cli.language.doubts import About, Doubt
from connect_cli.language.logline import Mention, Now, Reading, find_people, read_line, resolve
from connect_cli.language.names import Known, Names, check_name
from connect_cli.language.tags import read_tag
from connect_cli.language.times import read_minutes, read_time
from connect_cli.language.vocabulary import read_kind
from connect_cli.model import (
    Counts,
    Direction,
    Energy,
    Interaction,
    Kind,
    Named,
    usual_counts,
)
from connect_cli.store import names as store_names

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


class Written(NamedTuple):
    """When a line was written, if that is not now. time: what it is to say of the time, if known.

    Its `yesterday` is the day before that moment, and without a day it tells of that moment.
    """

    moment: datetime
    time: str | None = None


class Drafting:
    """Reads lines for one command. added: new people. asked: whether anything had to be asked.

    written_on: the day of the lines. day_said: whether the words of the last line say another.
    answers: whom to ask; None means those of the journal. written: when, if not now. names: to be
    used again for the lines of another day, as long as nobody is added.
    """

    def __init__(
        self,
        journal: Journal,
        said: LogOptions,
        answers: Answers | None = None,
        written: Written | None = None,
        names: Names | None = None,
    ) -> None:
        self.added: list[Named] = []
        self.asked = False
        self.day_said = False
        self._journal, self.said = journal, said
        self._written = written or Written(journal.context.now)
        starts_at = journal.settings.day_starts_at
        self._now = Now(self._written.moment, starts_at)
        self.written_on = logical_day(self._written.moment, starts_at)
        self._answers = answers or journal.answers
        self._chosen: dict[tuple[str, tuple[Named, ...]], Named] = {}
        self._renamed: dict[str, str | None] = {}
        # Who adds people without asking needs no names that look alike.
        self._names = names or store_names.names_of(journal.connection, suggesting=not said.new)

    def interactions(self, line: str, entered: str = "") -> list[Interaction]:
        """What a line and the options mean: one interaction, seldom several.

        entered: the line as it was typed, if a stamp was taken from it.
        """
        read = self._read(line)
        if not isinstance(read, Reading):
            parts = [one for part in read for one in self.interactions(part)]
            return [one._replace(entered=entered or line) for one in parts]
        self.day_said = read.day_said
        said = self.said
        mentions = self._mentions(said.people) if said.people else read.mentions
        tried = read.tried if said.tried is None else said.tried
        blank = Interaction(
            id="",
            day=read.day,
            kind=read.kind,
            people=self.people(mentions),
            time=read.time or (None if read.day_said else self._written.time),
            minutes=read.minutes,
            direction=read.direction,
            counts=_least(read.counts, usual_counts(read.kind, tried=tried)),
            tried=tried,
            note=read.note,
            tags=read.tags,
            entered=entered or line,
        )
        return [with_options(self._journal, blank, said)]

    def people_named(self, texts: Sequence[str], most: int = MOST_PEOPLE) -> tuple[Named, ...]:
        """Who is meant by names given outright."""
        return self.people(self._mentions(texts), most)

    def people(self, mentions: Sequence[Mention], most: int = MOST_PEOPLE) -> tuple[Named, ...]:
        """The people meant, each once; asks about those who are not certain."""
        if len(mentions) > most:
            raise NotUnderstood(
                f"this names {len(mentions):,} people; an interaction can have up to {MOST_PEOPLE}",
                "log it as several",
            )
        people = [self._meant(mention) for mention in mentions]
        return tuple({person.id: person for person in people}.values())

    def _mentions(self, texts: Sequence[str]) -> tuple[Mention, ...]:
        return find_people(texts, self._names)

    def _read(self, line: str) -> Reading | tuple[str, ...]:
        """The reading with all doubts settled, or the lines that are to be logged instead."""
        settled: dict[str, str | None] = {}
        while True:
            reading = self._reading(line, settled)
            open_doubts = (one for one in reading.doubts if self._is_open(one, settled))
            if (doubt := next(open_doubts, None)) is not None:
                self.asked = True
                answer = self._answers.settle(doubt)
                if isinstance(answer, tuple):
                    return answer
                happened = doubt.about is About.CONTACT
                settled[doubt.words] = doubt.words if happened else answer
            elif self.said.people or not (unknown := self._unknown(reading)):
                return self._with_somebody(reading)
            else:
                settled[unknown.text] = self._name_meant(unknown)

    def _is_open(self, doubt: Doubt, settled: dict[str, str | None]) -> bool:
        """Whether neither an answer nor an option says what is doubted."""
        said = self.said
        return (
            doubt.words not in settled
            and not {
                About.DAY: bool(said.on),
                About.TIME: bool(said.time),
                About.DURATION: bool(said.minutes),
                About.KIND: bool(said.kind),
                About.PERSON: bool(said.people),
                About.CONTACT: bool(said.counts) or said.tried is not None,
                About.SEVERAL: bool(said.on),
            }[doubt.about]
        )

    def _reading(self, line: str, settled: dict[str, str | None]) -> Reading:
        """What the line says; it may be empty where the options name somebody."""
        if self.said.people and not line.strip():
            return Reading(entered=line, day=self.written_on)
        return read_line(line, self.written_on, self._names, now=self._now, settled=settled)

    def _unknown(self, reading: Reading) -> Mention | None:
        """The first name that nobody has; with `--new` they are added instead."""
        for mention in reading.mentions:
            if mention.found or mention.candidates or self._known(mention.text):
                continue
            if not self.said.new or mention.doubtful:
                return mention
            self._add(mention.text)
        return None

    def _name_meant(self, mention: Mention) -> str | None:
        """Ask about a name that nobody has, once for all lines."""
        typed = mention.text
        if typed not in self._renamed:
            self._renamed[typed] = self._ask_about(mention)
        return self._renamed[typed]

    def _ask_about(self, mention: Mention) -> str | None:
        """Ask until the answer is known, new, or no name at all."""
        near = mention.near
        while True:
            self.asked = True
            near = mention.near or near  # those of a name before, after a slip of the fingers
            name = self._answers.unknown(mention.text, near, doubtful=mention.doubtful)
            if name is None or self._names.fit(name):
                return name
            if name == mention.text:
                return self._add(name).name
            (mention,) = resolve([name], self._names)

    def _meant(self, mention: Mention) -> Named:
        """The one person of a mention."""
        if mention.found is not None:
            return mention.found
        if mention.candidates:
            return self._which(mention.text, mention.candidates)
        again = self._known(mention.text)  # two mentions of one new name are one person
        if again is not None:
            return again
        if self.said.new and not mention.doubtful:
            return self._add(mention.text)
        name = self._name_meant(mention)
        if name is None:
            raise NoSuchPerson(mention.text, mention.near)
        return self._meant(resolve([name], self._names)[0])

    def _which(self, typed: str, candidates: tuple[Named, ...]) -> Named:
        """Ask which of several people is meant, once for all lines."""
        self.asked = True
        if (typed, candidates) not in self._chosen:
            self._chosen[typed, candidates] = self._answers.which(typed, candidates)
        return self._chosen[typed, candidates]

    def _add(self, typed: str) -> Named:
        """A new person, with an id that holds until they are written."""
        person = Named(f"new {len(self.added)}", check_name(typed))
        self.added.append(person)
        self._names.add(Known(person.id, person.name))
        return person

    def _known(self, typed: str) -> Named | None:
        """The one person of this name, added ones included."""
        fit = self._names.fit(typed)
        return self._names.choose(fit).person if fit else None

    def _with_somebody(self, reading: Reading) -> Reading:
        """The reading with the people of an answer, if the line names nobody."""
        if reading.mentions or self.said.people:
            return reading
        self.asked = True
        who = self._answers.who()
        if not who:
            return reading
        mentions = read_line(who, self.written_on, self._names).mentions
        if not mentions:
            raise NotUnderstood("no name was given, so nothing was logged")
        return reading._replace(mentions=mentions)


def with_options(journal: Journal, interaction: Interaction, said: LogOptions) -> Interaction:
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
