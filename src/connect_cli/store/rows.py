"""The writes of one command: add, change and delete rows inside its transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import delete, func, text
from sqlmodel import Session, col, select

from connect_cli.language.relations import tied
from connect_cli.language.words import fold, is_numbered
from connect_cli.model import Cadence, Interaction, Named, Occasion, Owed, Pause, Tied
from connect_cli.store import schema
from connect_cli.store.moments import after
from connect_cli.store.read_values import reading
from connect_cli.store.tables import (
    Alias,
    CircleRow,
    ContactPointRow,
    DetailRow,
    DistinctPair,
    InboxLine,
    InteractionRow,
    OccasionRow,
    OfferedRow,
    Participant,
    PauseRow,
    PersonRow,
    PromiseRow,
    RelationRow,
    Row,
    Saving,
    Tag,
)

# When two people are merged, each card keeps the name that it used. Cards without a uid, of which a
# person may have several, are joined.
_INSTEAD = "CASE WHEN json_valid(card.instead) THEN card.instead ELSE '{}' END"
_CARDS_SAY_SO = f"""UPDATE card SET instead = json_set(
    {_INSTEAD}, '$.name', (SELECT name FROM person WHERE id = :kept)) || ''
  FROM (SELECT name FROM person WHERE id = :gone) AS called
  WHERE person_id = :gone AND coalesce({_INSTEAD} ->> '$.name', called.name) = called.name"""
_CARDS_TOGETHER = f"""UPDATE card SET text = card.text || char(10) || other.text,
    instead = json_patch(other.instead, {_INSTEAD}) || ''
  FROM card AS other WHERE other.person_id = :gone AND other.uid = ''
  AND card.person_id = :kept AND card.uid = ''"""

AnyRow = TypeVar("AnyRow", bound=Row)


class Rows:
    """Writes rows in one transaction. Ids must be full, and the values checked.

    now: the moment of the command, in the stored form.
    """

    def __init__(self, session: Session, now: str) -> None:
        self._session = session
        self._now = now

    def flush(self) -> None:
        """Write what is pending, so that reads on the same connection see it."""
        self._session.flush()

    def add_person(self, name: str) -> str:
        """Add a person and return their id."""
        return self._add(
            PersonRow(name=name, folded=_folded("person", name=name), created_at=self._now)
        )

    def change_person(self, person_id: str, **columns: Any) -> None:
        """Set columns of a person; a new name is folded for the search too."""
        if "name" in columns:
            columns["folded"] = _folded("person", name=columns["name"])
        self._set(PersonRow, person_id, columns)

    def set_aliases(self, person_id: str, names: Sequence[str]) -> None:
        """Make these the person's aliases; what stays keeps its row."""
        wanted = {fold(name): name for name in names}
        for row in self._of(Alias, person_id):
            if (name := wanted.pop(row.folded, None)) is None:
                self._session.delete(row)
            else:
                row.name = name
                self._session.add(row)
        for name in wanted.values():
            self._add(Alias(person_id=person_id, name=name, folded=_folded("alias", name=name)))

    def set_contact_points(self, person_id: str, kind: str, values: Sequence[str]) -> None:
        """Make these the person's contact points of that kind."""
        wanted = dict.fromkeys(values)
        for row in self._of(ContactPointRow, person_id):
            if row.kind != kind:
                continue
            if row.value in wanted:
                del wanted[row.value]
            else:
                self._session.delete(row)
        for value in wanted:
            self._add(ContactPointRow(person_id=person_id, kind=kind, value=value))

    def set_occasion(self, occasion: Occasion) -> None:
        """Save an occasion; it replaces one with the same label."""
        found = self._first(OccasionRow, occasion.person.id, label=occasion.label)
        row = found or OccasionRow(
            person_id=occasion.person.id, label=occasion.label, month=1, day=1
        )
        row.month, row.day, row.year = occasion.month, occasion.day, occasion.year
        self._session.add(row)

    def drop_occasion(self, person_id: str, label: str) -> None:
        """Delete an occasion, if there is one with this label."""
        if row := self._first(OccasionRow, person_id, label=label):
            self._session.delete(row)

    def remember(self, person_id: str, label: str, value: str) -> None:
        """Save a detail; it replaces one with the same label, or without one the same text."""
        key = schema.detail_key(label, value)
        row = self._first(DetailRow, person_id, label_folded=key) or DetailRow(
            person_id=person_id, label=label, label_folded=key, value=value, folded=""
        )
        row.label, row.value = label, value
        row.folded = _folded("detail", label=label, value=value)
        self._session.add(row)

    def set_details(self, person_id: str, details: Iterable[tuple[str, str]]) -> None:
        """Make these labels and values all the details of a person."""
        wanted = {schema.detail_key(label, value): (label, value) for label, value in details}
        for row in self._of(DetailRow, person_id):
            if row.label_folded not in wanted:
                self._session.delete(row)
        for label, value in wanted.values():
            self.remember(person_id, label, value)

    def drop_detail(self, detail_id: str) -> None:
        """Delete a detail."""
        self._session.delete(self._one(DetailRow, detail_id))

    def add_interaction(self, interaction: Interaction) -> str:
        """Add an interaction with its participants and tags, and return its id.

        It keeps its id, or gets a new one. Only an import of many rows adds interactions in another
        way (bulk.py).
        """
        row = InteractionRow(
            id=interaction.id or schema.new_id(),
            **_columns(interaction),
            entered=interaction.entered,
            recorded_at=self._recorded_at(interaction.day),
        )
        self._add(row)
        self._session.flush()
        self._participate(row.id, [person.id for person in interaction.people])
        self.set_tags(interaction.tags, interaction_id=row.id)
        return row.id

    @reading("interaction")
    def _recorded_at(self, day: date) -> str:
        """Now, or just after what was recorded last of that day: every copy keeps their order."""
        of_day = select(func.max(InteractionRow.recorded_at)).where(InteractionRow.day == day)
        newest: str | None = self._session.exec(of_day).one()
        return max(self._now, after(newest)) if newest else self._now

    def change_interaction(self, interaction: Interaction) -> None:
        """Change the interaction with this id. What was typed at first (`entered`) stays."""
        row = self._one(InteractionRow, interaction.id)
        row.sqlmodel_update(_columns(interaction))
        self._session.add(row)
        self._session.flush()
        self._participate(row.id, [person.id for person in interaction.people])
        self.set_tags(interaction.tags, interaction_id=row.id)

    def delete_interaction(self, interaction_id: str) -> None:
        """Delete an interaction with its participants and tags."""
        self.set_tags((), interaction_id=interaction_id)
        self._participate(interaction_id, [])
        self._session.delete(self._one(InteractionRow, interaction_id))

    def set_tags(
        self,
        names: Iterable[str],
        *,
        person_id: str | None = None,
        interaction_id: str | None = None,
    ) -> None:
        """Make these the tags of a person or of an interaction."""
        wanted = dict.fromkeys(names)
        owner = Tag.person_id == person_id if person_id else Tag.interaction_id == interaction_id
        for row in self._session.exec(select(Tag).where(owner)).all():
            if row.name in wanted:
                del wanted[row.name]
            else:
                self._session.delete(row)
        for name in wanted:
            self._add(Tag(name=name, person_id=person_id, interaction_id=interaction_id))

    def add_promise(
        self, person_id: str, text: str, *, owed: Owed, made_on: date, due_on: date | None
    ) -> str:
        """Keep an open loop and return its id."""
        row = PromiseRow(
            person_id=person_id,
            text=text,
            folded=_folded("promise", text=text),
            owed=owed.value,
            made_on=made_on,
            due_on=due_on,
        )
        return self._add(row)

    def close_promise(self, promise_id: str, done_on: date) -> None:
        """Close an open loop."""
        self._set(PromiseRow, promise_id, {"done_on": done_on})

    def relate(self, tie: Tied) -> str:
        """Add a relation, unless it is there already; return its id."""
        other_id, word_folded = tie.other.id, _folded("relation", "word_folded", word=tie.word)
        said = {"other_id": other_id, "word_folded": word_folded}
        if found := self._first(RelationRow, tie.person.id, **said):
            return str(found.id)
        return self._add(
            RelationRow(
                person_id=tie.person.id,
                other_id=other_id,
                word=tie.word,
                word_folded=word_folded,
            )
        )

    def drop_relation(self, relation_id: str) -> None:
        """Delete a relation."""
        self._session.delete(self._one(RelationRow, relation_id))

    def keep_apart(self, one_id: str, other_id: str) -> None:
        """Keep that two people who look like one are two."""
        first, second = sorted((one_id, other_id))
        if not self._first(DistinctPair, first, other_id=second):
            self._add(DistinctPair(person_id=first, other_id=second))

    def add_pause(self, person_id: str | None, start_on: date, end_on: date | None) -> str:
        """Stop a person's clock, or everyone's, for an interval."""
        return self._add(PauseRow(person_id=person_id, start_on=start_on, end_on=end_on))

    def end_pauses(self, person_id: str | None, last_day: date) -> None:
        """Let the clock run again after `last_day`; a pause that would begin later goes away."""
        for row in self._of(PauseRow, person_id):
            if row.end_on is not None and row.end_on <= last_day:
                continue
            if row.start_on > last_day:
                self._session.delete(row)
            else:
                row.end_on = last_day
                self._session.add(row)

    def set_pauses(self, person_id: str | None, pauses: Iterable[Pause]) -> None:
        """Make these the pauses of a person, or everyone's; what stays keeps its row."""
        wanted = set(pauses)
        for row in self._of(PauseRow, person_id):
            if (pause := Pause(row.start_on, row.end_on)) in wanted:
                wanted.remove(pause)
            else:
                self._session.delete(row)
        for pause in wanted:
            self.add_pause(person_id, pause.start_on, pause.end_on)

    def offer(self, person_id: str, day: date, *, dormant: bool) -> None:
        """Keep that somebody stood on the list of a day. dormant: in the place for one."""
        self._add(OfferedRow(person_id=person_id, day=day, dormant=dormant))

    def save(self, minutes: int, day: date, text: str) -> str:
        """Keep that something saved so many minutes on a day; return the id."""
        return self._add(Saving(day=day, minutes=minutes, text=text))

    def set_circle(self, name: str, cadence: Cadence) -> None:
        """Keep a circle, or the new cadence of one that is there. name: in small letters."""
        row = self._circle(name) or CircleRow(name=name, cadence="")
        row.cadence = str(cadence)
        self._session.add(row)

    def drop_circle(self, name: str) -> None:
        """Delete a circle, if the journal keeps it."""
        if row := self._circle(name):
            self._session.delete(row)

    def _circle(self, name: str) -> CircleRow | None:
        return self._session.exec(select(CircleRow).where(CircleRow.name == name)).first()

    def take_line(self, hash_key: str, hashed: str, *, dropped: bool = False) -> None:
        """Keep that a line of the inbox was taken. hashed: see inbox_lines.py."""
        self._add(InboxLine(hash_key=hash_key, hash=hashed, dropped=dropped))

    def join(self, kept_id: str, gone_id: str) -> None:
        """Merge two people: give everything of one to the other, and delete the first.

        Where both have a row with the same natural key, that of the person who stays is kept.
        """
        self._session.flush()
        both = {"kept": kept_id, "gone": gone_id}
        for statement in (_CARDS_SAY_SO, _CARDS_TOGETHER):
            self._run(statement, both)
        self._join_pairs(kept_id, gone_id)
        for table in ("participant", *schema.OWNED):
            same = " AND ".join(f"{table}.{name} IS kept.{name}" for name in schema.once(table))
            self._run(
                f"""UPDATE {table} SET person_id = :kept WHERE person_id = :gone
                AND NOT EXISTS (SELECT 1 FROM {table} AS kept
                  WHERE kept.person_id = :kept AND {same})""",
                both,
            )
            self._run(f"DELETE FROM {table} WHERE person_id = :gone", both)
        self._session.expire_all()
        kept, gone = self._one(PersonRow, kept_id), self._one(PersonRow, gone_id)
        known = {kept.folded, *(row.folded for row in self._of(Alias, kept_id))}
        if gone.folded not in known and not is_numbered(gone.name, kept.name):
            self._add(Alias(person_id=kept_id, name=gone.name, folded=gone.folded))
        self._session.delete(gone)
        self._session.flush()

    def _join_pairs(self, kept_id: str, gone_id: str) -> None:
        """Give the rows of two people in which one takes part to the other.

        A row of both, and one that the other has already, goes.
        """
        for table in (RelationRow, DistinctPair):
            for row in self._pairs(table, gone_id):
                first, second, word = _pair(row, {gone_id: kept_id})
                same = [one for one in self._pairs(table, kept_id) if one is not row]
                if first == second or (first, second, word) in map(_pair, same):
                    self._session.delete(row)
                else:
                    row.person_id, row.other_id = first, second
                    self._session.add(row)
                self._session.flush()

    def _pairs(self, table: Any, person_id: str) -> Sequence[Any]:
        takes_part = (table.person_id == person_id) | (table.other_id == person_id)
        return self._session.exec(select(table).where(takes_part).order_by(table.seq)).all()

    def _run(self, sql: str, values: dict[str, str]) -> None:
        self._session.connection().execute(text(sql), values)

    def _participate(self, interaction_id: str, person_ids: Sequence[str]) -> None:
        places = {person_id: place for place, person_id in enumerate(person_ids)}
        mine = col(Participant.interaction_id) == interaction_id
        other = col(Participant.person_id).not_in(places)
        self._session.exec(delete(Participant).where(mine, other))
        for row in self._session.exec(select(Participant).where(mine)).all():
            row.place = places.pop(row.person_id)
        for person_id, place in places.items():
            row = Participant(interaction_id=interaction_id, person_id=person_id, place=place)
            self._session.add(row)

    def _add(self, row: Row) -> str:
        self._session.add(row)
        return row.id

    def _set(self, table: type[AnyRow], row_id: str, columns: dict[str, Any]) -> None:
        row = self._one(table, row_id)
        row.sqlmodel_update(columns)
        self._session.add(row)

    def _one(self, table: type[AnyRow], row_id: str) -> AnyRow:
        return self._session.exec(select(table).where(col(table.id) == row_id)).one()

    def _of(self, table: Any, person_id: str | None) -> Sequence[Any]:
        mine = select(table).where(table.person_id == person_id).order_by(table.seq)
        return self._session.exec(mine).all()

    def _first(self, table: Any, person_id: str, **values: Any) -> Any:
        mine = select(table).where(table.person_id == person_id).filter_by(**values)
        return self._session.exec(mine).first()


def _columns(interaction: Interaction) -> dict[str, Any]:
    """The columns of an interaction, with `folded`; without id, `entered` and `recorded_at`."""
    return {
        "day": interaction.day,
        "time": interaction.time,
        "kind": interaction.kind.value,
        "minutes": interaction.minutes,
        "direction": interaction.direction and interaction.direction.value,
        "energy": interaction.energy and interaction.energy.value,
        "counts": interaction.counts.value,
        "tried": interaction.tried,
        "note": interaction.note,
        "folded": _folded("interaction", entered=interaction.entered, note=interaction.note),
    }


def _pair(row: Any, instead: Mapping[str, str] = {}) -> tuple[str, str, str]:
    """The two people of a row and its folded word, in the stored form.

    instead: ids that others have now.
    """
    first, second = (instead.get(each, each) for each in (row.person_id, row.other_id))
    if isinstance(row, RelationRow):
        tie = tied(Named(first, ""), Named(second, ""), row.word)
        return tie.person.id, tie.other.id, fold(tie.word)
    return (*sorted((first, second)), "")


def _folded(table: str, column: str = "folded", /, **row: str) -> str:
    return schema.folded(table, row)[column]
