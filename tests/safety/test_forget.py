"""Somebody forgotten is in no byte of the journal; what is told of others stays as it was."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.errors import ConnectError, NoSuchPerson, NoSuchThing, NotWiped
from connect_cli.exchange import export, imports, vcard_read
from connect_cli.exchange.values import Found
from connect_cli.journal import (
    away,
    cadence,
    history,
    log,
    memory,
    merge,
    relations,
    selection,
    undo,
)
from connect_cli.journal import card as journal_card
from connect_cli.journal import people as people_verbs
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.language.words import fold
from connect_cli.model import Owed
from connect_cli.safety import backup, daily_copy, forget, held_files
from connect_cli.safety.forget import STEPS
from tests.journal.commands import Step, check_index, do, opened, steps, tables

ZOE = "Zoë Quirrenbach"
SPELLINGS = (ZOE, fold(ZOE), "Quirrenbach", "quirrenbach", "zozotte", "Zozotte", "Zoë", "zoë")


def holding(folder: Path, words: tuple[str, ...] = SPELLINGS) -> dict[str, list[str]]:
    """The files that hold one of these words, and which."""
    found = {
        str(path.relative_to(folder)): [word for word in words if word.encode() in content]
        for path in folder.rglob("*")
        if path.is_file()
        for content in [path.read_bytes()]
    }
    return {name: held for name, held in found.items() if held}


@pytest.fixture
def life(journal: Journal) -> Journal:
    """Zoë in every place of a journal where somebody can be, and Grace, who stays."""
    people_verbs.add(journal, Profile("Grace Hopper", every="2w"))
    people_verbs.add(
        journal, Profile(ZOE, emails=("zoë.quirrenbach@example.org",), birthday="12-10")
    )
    people_verbs.alias(journal, "zoe quirrenbach", "Zozotte")
    log.log(journal, "walk with zoe: Zozotte has a secret #quirrenbach")
    log.log(
        journal,
        "Coffee with Zoë and Grace: zoe Quirrenbach told a story",
        LogOptions(promises=("tea",)),
    )
    log.log(journal, "lunch with grace: she met Zoë Quirrenbach and ZOZOTTE's dog")
    log.log(journal, "call with zoe: gone tomorrow")
    log.delete(journal, log.interaction(journal))
    memory.remember(journal, "zoe", "usual order: flat white")
    memory.remember(journal, "zoe", "usual order: quirrenbach tea")
    memory.remember(journal, "grace", "friend: Zoë Quirrenbach")
    memory.promise(journal, "grace", "a photo of Zozotte", Owed.ME)
    away.pause(journal, "zoe")
    cadence.every(journal, "zoe", "3w")
    people_verbs.rename(journal, "zoe", "Zoë Q-Alone")
    people_verbs.rename(journal, "zoe", ZOE)
    return journal


def test_no_byte_of_theirs_is_in_any_file(life: Journal, journal_file: Path) -> None:
    """Rows, record, search index, freed pages, what lies beside the file: all while it is open."""
    assert holding(journal_file.parent)
    forget.forget(life, life.named("zoe"))
    assert {path.name for path in journal_file.parent.iterdir()} >= {"journal.db", "journal.db-wal"}
    assert holding(journal_file.parent, (*SPELLINGS, "Q-Alone", "secret", "flat white")) == {}
    life.close()
    assert holding(journal_file.parent, (*SPELLINGS, "Q-Alone", "secret", "flat white")) == {}


def test_what_is_told_of_others_stays_with_someone_in_their_place(life: Journal) -> None:
    """Interactions that were shared, and texts that named them."""
    forget.forget(life, life.named("zoe"))
    told = [
        (interaction.note, [one.name for one in interaction.people])
        for interaction in history.history(life)
    ]
    assert told == [
        ("she met someone and someone's dog", ["Grace Hopper"]),
        ("someone told a story", ["Grace Hopper"]),
    ]
    assert [interaction.entered for interaction in history.history(life)] == [
        "lunch with grace: she met someone and someone's dog",
        "Coffee with someone and Grace: someone told a story",
    ]
    (detail,) = journal_card.card(life, "grace").details
    assert (detail.label, detail.value) == ("friend", "someone")
    assert [one.text for one in memory.promises(life)] == ["tea", "a photo of someone"]
    assert [hit.where for hit in history.search(life, "someone", 9)] == [
        "detail",
        "promise",
        "note",
        "note",
    ]
    assert history.search(life, "story", 9) != []
    check_index(life.connection)
    with pytest.raises(NoSuchPerson):
        life.named("zoe")


def test_it_says_first_what_goes_and_what_stays(life: Journal) -> None:
    """In numbers, and changes nothing by it."""
    people_verbs.add(life, Profile("Zoë Quirrenbach-Kay"))
    log.log(life, "call with grace: Zoë is well")
    relations.relate(life, "grace", "zoë quirrenbach", "aunt")
    before = tables(life.connection)
    traces = forget.traces(life, life.named("zoë quirrenbach"))
    assert set(traces.names) == {ZOE, "Zozotte", "Zoë Q-Alone"}
    assert (traces.alone, traces.shared, traces.details, traces.promises) == (1, 1, 1, 1)
    assert (traces.texts, traces.first_names) == (3, 1)
    assert traces.named_after == ("Zoë Quirrenbach-Kay",)
    assert traces.relations == 1
    assert tables(life.connection) == before


def test_it_cannot_be_taken_back(life: Journal) -> None:
    """Not by number, not by id; and it empties what redo could bring."""
    undo.undo(life, undo.undoable(life))
    forget.forget(life, life.named("zoe"))
    (forgot, *_) = undo.changes(life)
    assert (forgot.verb, forgot.words) == ("forget", "removed somebody for good")
    with pytest.raises(ConnectError, match="cannot be brought back"):
        undo.undoable(life, forgot.id)
    with pytest.raises(NoSuchThing):
        undo.redoable(life)


def test_everything_else_can_still_be_taken_back(life: Journal) -> None:
    """As if they had never been there, to the empty journal, and again."""
    forget.forget(life, life.named("zoe"))
    there = tables(life.connection)
    taken = undo.undoable(life, "99")
    assert [step.command.verb for step in taken] == [
        *("promise", "remember", "log", "log", "add"),
    ]
    undo.undo(life, taken)
    assert not any(tables(life.connection).values())
    for _ in taken:
        undo.redo(life, undo.redoable(life))
    assert tables(life.connection) == there
    check_index(life.connection)


def test_a_command_that_only_they_could_take_part_in_leaves_the_record(life: Journal) -> None:
    """The others keep their words, without the name."""
    forget.forget(life, life.named("zoe"))
    assert [one.words for one in reversed(undo.changes(life))] == [
        "added Grace Hopper",
        "logged someone, Grace Hopper, 2026-11-23",
        "logged Grace Hopper, 2026-11-23",
        "Grace Hopper: friend: someone",
        "Grace Hopper: a photo of someone",
        "removed somebody for good",
    ]


def test_a_private_command_about_several_keeps_no_words(life: Journal) -> None:
    """A promise to somebody forgotten is not told by the line about the other."""
    memory.done(life, memory.promises(life, "zoe") + memory.promises(life, "grace"))
    forget.forget(life, life.named("zoe"))
    assert undo.changes(life)[1].words == "someone and others"
    undo.undo(life, undo.undoable(life))
    assert len(memory.promises(life, "grace")) == 2


def test_an_interaction_that_would_be_left_with_nobody_is_not_brought_back(life: Journal) -> None:
    """Undoing further would make half of something; it says why."""
    log.log(life, "walk with zoe: the sea")
    log.amend(life, log.interaction(life), LogOptions(people=("grace",)))
    forget.forget(life, life.named("zoe"))
    before = tables(life.connection)
    with pytest.raises(ConnectError, match="an interaction without people"):
        undo.undo(life, undo.undoable(life))
    assert tables(life.connection) == before


def test_whoever_was_made_one_with_them_goes_too(life: Journal, journal_file: Path) -> None:
    """By every name, unless the merge was taken back."""
    people_verbs.add(life, Profile("Wilhelmina Xanten"))
    log.log(life, "walk with wilhelmina: heather")
    merge.merge(life, "zoe", "wilhelmina", life.answers)
    forget.forget(life, life.named("zoe"))
    assert holding(journal_file.parent, (*SPELLINGS, "Xanten", "xanten", "heather")) == {}


def test_an_alias_that_was_dropped_since_hides_nobody(life: Journal, journal_file: Path) -> None:
    """Who was merged is known by the merge, not only by the name that it left."""
    people_verbs.add(life, Profile("Wilhelmina Xanten"))
    log.log(life, "walk with wilhelmina: heather")
    merge.merge(life, "zoe", "wilhelmina", life.answers)
    person = life.named("zoe")
    people_verbs.edit(life, person, people_verbs.profile(life, person)._replace(aliases=()))
    forget.forget(life, person)
    assert holding(journal_file.parent, (*SPELLINGS, "Xanten", "xanten", "heather")) == {}
    assert "added someone" not in [one.words for one in undo.changes(life)]


def test_whoever_was_added_and_taken_back_before_is_the_same(
    journal: Journal, journal_file: Path
) -> None:
    """The record knows them under another id."""
    log.log(journal, "walk with Wilhelmina Xanten: heather", LogOptions(new=True))
    undo.undo(journal, undo.undoable(journal))
    log.log(journal, "walk with Wilhelmina Xanten: gorse", LogOptions(new=True))
    forget.forget(journal, journal.named("wilhelmina"))
    assert holding(journal_file.parent, ("Xanten", "xanten", "heather", "gorse")) == {}
    assert [one.verb for one in undo.changes(journal)] == ["forget"]


def test_whoever_was_apart_again_stays(life: Journal, journal_file: Path) -> None:
    """What a merge moved and its undo moved back belongs to them as before."""
    people_verbs.add(life, Profile("Wilhelmina Xanten", details=("cat: Puff",)))
    log.log(life, "walk with wilhelmina: heather")
    merge.merge(life, "zoe", "wilhelmina", life.answers)
    undo.undo(life, undo.undoable(life))
    before = journal_card.card(life, "wilhelmina")
    forget.forget(life, life.named("zoe"))
    assert journal_card.card(life, "wilhelmina") == before
    assert holding(journal_file.parent) == {}
    check_index(life.connection)
    undo.undo(life, undo.undoable(life, "2"))


def test_the_copies_that_still_hold_them_are_named(life: Journal, journal_file: Path) -> None:
    """And other files beside the journal; nothing is done to them."""
    daily_copy.keep_daily(life)
    (copy,) = backup.copies(life)
    beside = journal_file.with_name("unsaved.txt")
    beside.write_text(f"note: {ZOE}", encoding="utf-8")
    person = life.named("zoe")
    names = forget.traces(life, person).names
    forget.forget(life, person)
    assert held_files.still_held(life, names) == ([copy.path], [beside])
    assert copy.path.exists()


def test_another_program_that_reads_is_said(life: Journal, journal_file: Path) -> None:
    """The bytes beside the file cannot be cleared then: that is an error, not a silence."""
    with sqlite3.Connection(journal_file, isolation_level=None) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM person").fetchone()
        life.connection.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(NotWiped, match="another program is reading"):
            forget.forget(life, life.named("zoe"))
        reading.execute("COMMIT")
    reading.close()
    with pytest.raises(NoSuchPerson):
        life.named("zoe")
    life.close()
    assert holding(journal_file.parent) == {}


def test_no_room_to_write_the_file_anew_is_said(
    life: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are forgotten all the same, and that is what is said."""

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("connect_cli.safety.forget._written_anew", full)
    with pytest.raises(NotWiped, match=r"they are forgotten, but .* could not be rewritten"):
        forget.forget(life, life.named("zoe"))
    with pytest.raises(NoSuchPerson):
        life.named("zoe")


def test_progress_tells_every_step(life: Journal) -> None:
    """To the last, which makes the file anew."""
    told: list[int] = []
    forget.forget(life, life.named("zoe"), told.append)
    assert told == list(range(1, STEPS + 1))


def test_a_name_in_an_address_goes_and_a_common_word_stays(journal: Journal) -> None:
    """In small letters a lone word is a word, but where they took part it is a name."""
    people_verbs.add(journal, Profile("Will"))
    people_verbs.add(journal, Profile("Bo", details=("home: c/o Will, Rome",)))
    log.log(journal, "lunch with bo: he will move")
    log.log(journal, "tea with Will and bo: Will will move")
    forget.forget(journal, journal.named("will"))
    assert [one.note for one in history.history(journal)] == [
        "someone someone move",
        "he will move",
    ]
    assert journal_card.card(journal, "bo").details[0].value == "c/o someone, Rome"


def test_a_name_in_the_card_of_somebody_else_goes(journal: Journal, journal_file: Path) -> None:
    """Also where its line is folded within it, or wrapped as in vCard 2.1; other lines stay."""
    head = "BEGIN:VCARD\r\nVERSION:2.1\r\nUID:u-1\r\nFN:Bo Chen\r\nX-A:fold\r\n ed\r\n"
    folded = "X-FRIEND;TYPE=a:Wilhelmi\r\n na Murray\r\n"
    coded = "X-B;ENCODING=QUOTED-PRINTABLE:Wilhelmina=20Mur=\r\nray=2C best=0Afriend\r\n"
    (card,) = vcard_read.read(f"{head}{folded}{coded}END:VCARD\r\n".encode()).contacts
    found = Found(contacts=[card])
    imports.write_import(
        journal, imports.plan_import(journal, found, "vcard", lambda *_: "new"), "from a test"
    )
    people_verbs.add(journal, Profile("Wilhelmina Murray"))
    forget.forget(journal, journal.named("Wilhelmina Murray"))
    (out,) = export.cards(journal)
    assert out.startswith(f"{head}X-FRIEND;TYPE=a:someone\r\nX-B:someone, best\\nfriend\r\n")
    journal.close()
    for trace in (b"Wilhelmi", b"Murray", b"Mur="):
        assert trace not in journal_file.read_bytes()


def test_a_name_that_is_somebody_elses_now_stays_in_their_texts(journal: Journal) -> None:
    """A merge and an alias that were taken back left them a name in the record alone."""
    for name in ("Ada Lovelace", "Augusta King", "Grace Hopper"):
        people_verbs.add(journal, Profile(name))
    log.log(journal, "Coffee with Grace: Augusta King and Gus came by with cake for Ada Lovelace")
    merge.merge(journal, "ada", "augusta", journal.answers)
    undo.undo(journal, undo.undoable(journal))
    people_verbs.alias(journal, "ada", "Gus")
    undo.undo(journal, undo.undoable(journal))
    people_verbs.alias(journal, "augusta", "Gus")
    person = journal.named("ada")
    assert forget.traces(journal, person).names == ("Ada Lovelace",)
    forget.forget(journal, person)
    (interaction,) = history.history(journal)
    assert interaction.note == "Augusta King and Gus came by with cake for someone"
    assert "added Augusta King" in [one.words for one in undo.changes(journal)]
    assert journal.named("gus").name == "Augusta King"


def test_a_merge_of_others_who_were_offered_can_still_be_taken_back(journal: Journal) -> None:
    """Who else was offered when somebody was logged goes, with what became of it since."""
    people_verbs.add(journal, Profile("Ada Lovelace", every="1w"), Profile("Augusta King"))
    before = tables(journal.connection)
    log.log(journal, "call with Zoe Young", LogOptions(new=True))
    assert tables(journal.connection)["offered"] != []
    merge.merge(journal, "ada", "augusta", journal.answers, "augusta")
    forget.forget(journal, journal.named("zoe"))
    assert tables(journal.connection)["offered"] == []
    undo.undo(journal, undo.undoable(journal))
    assert tables(journal.connection) == before


@settings(max_examples=10)
@given(steps("undo", "redo", most=10), st.integers(0, 3))
def test_after_any_commands_somebody_can_be_forgotten(sequence: list[Step], who: int) -> None:
    """No byte stays, the journal is sound, and what is left can be taken back as far as it goes."""
    with TemporaryDirectory() as folder:
        journal = opened(Path(folder) / "journal.db")
        for step in sequence:
            _do(journal, step)
        people = selection.standings(journal)
        if people:
            person = journal.named(people[who % len(people)].person.name)
            names = forget.traces(journal, person).names
            others = [fold(each.name) for each in journal.known() if each.id != person.id]
            forget.forget(journal, person)
            check_index(journal.connection)
            if not any(fold(name) in other for name in names for other in others):
                assert holding(Path(folder), names) == {}
            _take_everything_back(journal)
        journal.close()


def _do(journal: Journal, step: Step) -> None:
    verbs: dict[str, Callable[[], object]] = {
        "undo": lambda: undo.undo(journal, undo.undoable(journal)),
        "redo": lambda: undo.redo(journal, undo.redoable(journal)),
    }
    if step[0] not in verbs:
        do(journal, step)
        return
    try:
        verbs[step[0]]()
    except NoSuchThing:
        return


def _take_everything_back(journal: Journal) -> None:
    refused: ConnectError | None = None
    while refused is None:
        before = tables(journal.connection)
        try:
            undo.undo(journal, undo.undoable(journal))
        except ConnectError as error:
            refused = error
        check_index(journal.connection)
    assert tables(journal.connection) == before
    if not isinstance(refused, NoSuchThing):
        assert "an interaction without people" in refused.message
