"""Forgetting as an order: the ids alone reach another machine, and it holds the same afterwards."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.errors import NotWiped
from connect_cli.journal import card as journal_card
from connect_cli.journal import history, log, memory, merge, undo
from connect_cli.journal import people as people_verbs
from connect_cli.journal.answers import Silent
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Context, Journal
from connect_cli.journal.people import Profile
from connect_cli.model import Named, Owed
from connect_cli.safety import encryption, forget
from connect_cli.safety.forget import STEPS
from connect_cli.settings import Settings
from connect_cli.store import snapshot, sqlite
from tests.exchange.copies import NOW, STEP, exported, journal_at, meet, play
from tests.journal.commands import check_index
from tests.safety.test_forget import holding
from tests.store.damage import change_unrecorded

NOBODY = "0" * 12
AT = "2026-11-20T08:00:00.000+00:00"
Lines = dict[tuple[str, str], dict[str, Any]]


def forgotten(path: Path) -> list[str]:
    """The ids of the people who were forgotten."""
    with journal_at(path) as journal:
        return [one for (one,) in journal.connection.execute("SELECT id FROM forgotten")]


def forget_at(path: Path, name: str, minute: int = 700) -> list[str]:
    """Forget somebody; the orders that there are then."""
    with journal_at(path, minute) as journal:
        forget.forget(journal, journal.named(name))
    return forgotten(path)


def obey_at(path: Path, ids: Iterable[str], minute: int = 900) -> int:
    """Carry out orders."""
    with journal_at(path, minute) as journal:
        return forget.obey(journal, ids)


def lines(path: Path) -> Lines:
    """An export by type and id of each line, without the first line and the last."""
    found = [json.loads(line) for line in exported(path).splitlines()[1:-1]]
    return {(one["type"], one["id"]): one for one in found if one["type"] != "forgotten"}


def in_common(here: Lines, there: Lines) -> tuple[Lines, Lines]:
    """Two exports without what may differ while the two have not met again.

    Who else was listed when somebody was logged goes where they were logged. A deletion of theirs
    goes where the record says that it was theirs; elsewhere the id and the moment stay.
    """

    def rest(mine: Lines, theirs: Lines) -> Lines:
        return {
            key: line
            for key, line in mine.items()
            if key in theirs or line["type"] not in ("offered", "gone")
        }

    return rest(here, there), rest(there, here)


def copied(path: Path) -> Path:
    """Another machine's copy of a journal."""
    other = path.with_name("other.db")
    meet(other, exported(path))
    return other


def named(path: Path) -> list[str]:
    """Everybody's name."""
    with journal_at(path) as journal:
        return sorted(one.name for one in journal.known())


def wrote(path: Path) -> list[str]:
    """The verbs of the commands of a journal, newest first."""
    with journal_at(path) as journal:
        return [one.verb for one in undo.changes(journal)]


def test_the_ids_of_whoever_is_forgotten_are_kept_and_nothing_else(journal_file: Path) -> None:
    """Their own, those of people who were merged into them, and of namesakes who were deleted."""
    with journal_at(journal_file) as journal:
        people_verbs.add(journal, Profile("Ada Lovelace"), Profile("Augusta King"), Profile("Bo"))
        ids = {journal.named(name).id for name in ("ada", "augusta")}
        merge.merge(journal, "ada", "augusta", Silent())
    assert set(forget_at(journal_file, "ada")) == ids
    assert named(journal_file) == ["Bo"]


def test_an_order_stays_whatever_is_taken_back(journal_file: Path) -> None:
    """Undo of all that is left leaves it."""
    with journal_at(journal_file) as journal:
        people_verbs.add(journal, Profile("Ada Lovelace"))
        people_verbs.add(journal, Profile("Bo"))
    ids = forget_at(journal_file, "ada")
    with journal_at(journal_file) as journal:
        undo.undo(journal, undo.undoable(journal, "9"))
    assert (named(journal_file), forgotten(journal_file)) == ([], ids)


def life(path: Path) -> None:
    """Zoe in many places of a journal, minute by minute, and Grace, who stays."""
    told: list[Callable[[Journal], object]] = [
        lambda journal: people_verbs.add(journal, Profile("Grace Hopper"), Profile("Bo Chen")),
        lambda journal: people_verbs.add(journal, Profile("Zoe Quirrenbach", every="2w")),
        lambda journal: people_verbs.alias(journal, "zoe", "Zozotte"),
        lambda journal: log.log(journal, "walk with zoe: a secret #quirrenbach"),
        lambda journal: log.log(journal, "Coffee with Grace: a story of Zoe Quirrenbach"),
        lambda journal: log.amend(
            journal, log.interaction(journal), LogOptions(people=("grace", "zoe"))
        ),
        lambda journal: memory.remember(journal, "grace", "friend: Zoe Quirrenbach"),
        lambda journal: memory.remember(journal, "grace", "friend: Zozotte"),
        lambda journal: memory.promise(journal, "grace", "a photo of Zozotte", Owed.ME),
        lambda journal: memory.promise(journal, "zoe", "a photo of Grace", Owed.ME),
        lambda journal: memory.done(journal, memory.promises(journal, "zoe")),
    ]
    for minute, tell in enumerate(told):
        with journal_at(path, minute) as journal:
            tell(journal)


def test_two_machines_hold_the_same_after_one_forgot_and_the_other_obeyed(
    journal_file: Path,
) -> None:
    """Every text, everybody in an interaction, and the moment of each, whenever either did it."""
    life(journal_file)
    before = lines(journal_file)
    other = copied(journal_file)
    assert obey_at(other, forget_at(journal_file, "zoe")) == 1
    here, there = in_common(lines(journal_file), lines(other))
    assert here == there
    kept = {key: line for key, line in before.items() if key in here}
    assert {key: (line["at"], line.get("times")) for key, line in kept.items()} == {
        key: (line["at"], line.get("times")) for key, line in here.items()
    }
    assert "Zozotte" not in repr(there)
    assert forgotten(journal_file) == forgotten(other)


def test_what_one_said_last_is_not_older_for_having_been_redacted(journal_file: Path) -> None:
    """Two texts that are one without the name are still two moments."""
    life(journal_file)
    with journal_at(journal_file) as journal:
        grace = journal.named("grace").id
    before = _moments(journal_file, "detail")
    forget_at(journal_file, "zoe")
    assert _moments(journal_file, "detail") == before
    with journal_at(journal_file) as journal:
        (detail,) = journal_card.card(journal, Named(grace, "Grace Hopper")).details
        assert detail.value == "someone"


def _moments(path: Path, table: str) -> Mapping[str, snapshot.Times]:
    with journal_at(path) as journal:
        ids = [one for (one,) in journal.connection.execute(f"SELECT id FROM {table}")]
        rows = [*snapshot.read(journal.connection, table, ids).values()]
        return snapshot.times(journal.connection, table, rows, [])


def test_a_row_of_others_that_was_theirs_for_a_while_stays_deleted(journal_file: Path) -> None:
    """The record of it goes, but an older copy cannot bring it back."""
    with journal_at(journal_file) as journal:
        people_verbs.add(journal, Profile("Ada Lovelace"))
        people_verbs.add(journal, Profile("Bo Chen", details=("cat: Puff", "dog: Rex")))
    other = copied(journal_file)
    with journal_at(journal_file, 610) as journal:
        merge.merge(journal, "ada", "bo", Silent())
    with journal_at(journal_file, 611) as journal:
        undo.undo(journal, undo.undoable(journal))
    with journal_at(journal_file, 612) as journal:
        memory.drop(journal, "bo", "cat")
    obey_at(other, forget_at(journal_file, "ada"))
    with journal_at(other) as journal:
        assert len(journal_card.card(journal, "bo").details) == 2
    meet(journal_file, exported(other), 1000)
    meet(other, exported(journal_file), 1001)
    for path in (journal_file, other):
        with journal_at(path) as journal:
            (detail,) = journal_card.card(journal, "bo").details
            assert detail.value == "Rex"
    assert lines(journal_file) == lines(other)


def test_only_the_machine_that_knows_it_finds_a_first_name(journal_file: Path) -> None:
    """Of an interaction that they no longer take part in: its text may differ, its moments not."""
    with journal_at(journal_file) as journal:
        people_verbs.add(journal, Profile("Zoe Quirrenbach"), Profile("Bo Chen"))
        log.log(journal, "call with zoe and bo: gone tomorrow")
    with journal_at(journal_file, 1) as journal:
        log.amend(journal, log.interaction(journal), LogOptions(people=("bo",)))
    other = copied(journal_file)
    obey_at(other, forget_at(journal_file, "zoe"))
    (key,) = [key for key in lines(other) if key[0] == "interaction"]
    here, there = lines(journal_file)[key], lines(other)[key]
    assert (here.pop("entered"), there.pop("entered")) == (
        "call with someone and bo: gone tomorrow",
        "call with zoe and bo: gone tomorrow",
    )
    assert here == there


NAMED_TEXT = st.sampled_from(
    [
        "she met Ada Lovelace",
        "Grace Hopper and José Sá",
        "a photo of 李雷",
        "for Łukasz Nowak's dog",
    ]
)
NAMED_STEPS = st.lists(
    st.tuples(
        STEP.filter(lambda step: step[0] not in ("rename", "aliases", "amend")), NAMED_TEXT
    ).map(lambda pair: _with_text(*pair)),
    min_size=4,
    max_size=12,
)
"""Commands whose texts name people. No name and nobody in an interaction is ever changed: what only
the record knows, only the machine with that record can redact."""


def _with_text(step: Any, text: str) -> Any:
    place = {"interaction": 3, "detail": 3, "promise": 2}.get(step[0])
    return step if place is None else (*step[:place], text, *step[place + 1 :])


def one_forgets_and_the_other_obeys(path: Path, steps: Any, who: int) -> None:
    """Play, forget, obey; all lines are the same, and once they have met, without exception."""
    play(path, [("person", "Ada Lovelace"), ("person", "Grace Hopper"), *steps])
    other = copied(path)
    with journal_at(path, 700) as journal:
        everybody = sorted(journal.known(), key=lambda one: one.id)
        for person in everybody[who % len(everybody) :][:1] if everybody else ():
            forget.forget(journal, Named(person.id, person.name))
        check_index(journal.connection)
    obey_at(other, forgotten(path))
    here, there = in_common(lines(path), lines(other))
    assert here == there
    assert forgotten(path) == forgotten(other)
    with journal_at(other) as journal:
        check_index(journal.connection)
    meet(path, exported(other), 1000)
    meet(other, exported(path), 1001)
    assert lines(path) == lines(other)


@settings(max_examples=10, deadline=None)
@given(st.lists(STEP, min_size=4, max_size=14), st.integers(0, 3))
def test_two_copies_of_any_journal_hold_the_same_after_an_order(steps: Any, who: int) -> None:
    """Whatever was done before, and whenever the other obeys."""
    with TemporaryDirectory() as folder:
        one_forgets_and_the_other_obeys(Path(folder) / "journal.db", steps, who)


@settings(max_examples=10, deadline=None)
@given(NAMED_STEPS, st.integers(0, 3))
def test_two_copies_redact_the_same_texts(steps: Any, who: int) -> None:
    """Texts that name whoever is forgotten, and others."""
    with TemporaryDirectory() as folder:
        one_forgets_and_the_other_obeys(Path(folder) / "journal.db", steps, who)


def test_an_order_about_nobody_is_kept(journal_file: Path) -> None:
    """In a journal that does not exist yet, or knows nothing of them: no command, only the id."""
    assert obey_at(journal_file, [NOBODY]) == 0
    assert (forgotten(journal_file), wrote(journal_file)) == ([NOBODY], [])
    with journal_at(journal_file) as journal:
        people_verbs.add(journal, Profile("Bo"))
    assert obey_at(journal_file, ["1" * 12, NOBODY]) == 0
    assert (forgotten(journal_file), wrote(journal_file)) == ([NOBODY, "1" * 12], ["add"])


def test_orders_that_were_carried_out_write_nothing(
    journal_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal is not even opened to write."""
    life(journal_file)
    ids = forget_at(journal_file, "zoe")
    monkeypatch.delattr(Journal, "writing")
    assert obey_at(journal_file, ids) == 0
    assert obey_at(journal_file, []) == 0


def test_several_orders_are_one_command_that_names_nobody(journal_file: Path) -> None:
    """Progress goes to the last step, which makes the file anew."""
    life(journal_file)
    told: list[int] = []
    with journal_at(journal_file, 900) as journal:
        ids = [journal.named(name).id for name in ("zoe", "bo")]
        assert forget.obey(journal, [*ids, NOBODY], told.append) == 2
        (command, *_) = undo.changes(journal)
        assert (command.verb, command.words) == ("forget", "removed somebody for good")
    assert told == list(range(1, STEPS + 1))
    assert named(journal_file) == ["Grace Hopper"]
    assert sorted(forgotten(journal_file)) == sorted([*ids, NOBODY])
    assert holding(journal_file.parent, ("Quirrenbach", "quirrenbach", "Zozotte", "Bo Chen")) == {}


def test_whoever_was_deleted_before_the_order_came_leaves_the_record(journal_file: Path) -> None:
    """Nobody was here; what the record said goes all the same, and so does the deletion."""
    with journal_at(journal_file) as journal:
        people_verbs.add(journal, Profile("Bo"))
        people_verbs.add(journal, Profile("Zoe Quirrenbach", details=("tea: green",)))
        zoe = journal.named("zoe").id
    other = copied(journal_file)
    with journal_at(journal_file, 1) as journal:
        undo.undo(journal, undo.undoable(journal))
    meet(other, exported(journal_file))
    other.with_suffix(".jsonl").unlink(missing_ok=True)
    journal_file.with_suffix(".jsonl").unlink(missing_ok=True)
    for path in (journal_file, other):
        assert obey_at(path, [zoe]) == 0
        assert ("person", zoe) not in lines(path)
        assert zoe not in repr(lines(path))
    assert holding(journal_file.parent, ("Quirrenbach", "quirrenbach", "green")) == {}


def merged(path: Path) -> tuple[str, str]:
    """Ada, with whom Wilhelmina was made one; the ids of both."""
    with journal_at(path) as journal:
        people_verbs.add(journal, Profile("Ada Lovelace", details=("tea: green",)))
        people_verbs.add(journal, Profile("Wilhelmina Xanten", details=("cat: Puff",)))
        people_verbs.alias(journal, "wilhelmina", "Minna Xanten")
        people_verbs.add(journal, Profile("Grace Hopper"))
        log.log(journal, "walk with wilhelmina: heather")
        log.log(journal, "tea with grace: Minna Xanten rang")
        ids = journal.named("ada").id, journal.named("wilhelmina").id
    with journal_at(path, 1) as journal:
        merge.merge(journal, "ada", "wilhelmina", Silent())
    return ids


def test_whoever_somebody_ordered_was_merged_into_stays(journal_file: Path) -> None:
    """With what the merge gave them; the other's names and what the record says of them go."""
    ada, wilhelmina = merged(journal_file)
    before = {table: _moments(journal_file, table) for table in ("detail", "interaction")}
    other = copied(journal_file)
    assert obey_at(journal_file, [wilhelmina]) == 0
    assert named(journal_file) == ["Ada Lovelace", "Grace Hopper"]
    assert forgotten(journal_file) == [wilhelmina]
    with journal_at(journal_file) as journal:
        card = journal_card.card(journal, Named(ada, "Ada Lovelace"))
        assert sorted(one.value for one in card.details) == ["Puff", "green"]
        assert [one.aliases for one in journal.known() if one.id == ada] == [()]
        assert sorted(one.entered for one in history.history(journal)) == [
            "tea with grace: someone rang",
            "walk with someone: heather",
        ]
        check_index(journal.connection)
    assert {table: _moments(journal_file, table) for table in before} == before
    content = journal_file.read_bytes()
    for word in (b"Xanten", b"xanten", b"Wilhelmina", b"wilhelmina"):
        assert word not in content
    meet(other, exported(journal_file), 1000)
    with journal_at(other) as journal:
        assert [one.aliases for one in journal.known() if one.id == ada] == [()]


def test_a_name_that_whoever_stays_had_anyway_is_theirs(journal_file: Path) -> None:
    """An alias of before the merge, and their own name."""
    with journal_at(journal_file) as journal:
        people_verbs.add(journal, Profile("Ada Lovelace"))
        people_verbs.alias(journal, "ada", "Countess Ada")
        with journal.write("add", "a namesake") as rows:
            gone = rows.add_person("Countess Ada")
        log.log(journal, "tea with Ada Lovelace: the Countess Ada rang")
        keep = journal.named("Ada Lovelace")
        merge.merge(journal, keep, Named(gone, "Countess Ada"), Silent())
    before = lines(journal_file)
    assert obey_at(journal_file, [gone]) == 0
    after = lines(journal_file)
    assert {key: line for key, line in before.items() if key != ("gone", gone)} == after


def test_whoever_was_merged_into_somebody_ordered_goes_and_becomes_an_order(
    journal_file: Path,
) -> None:
    """Here the two are one person, and the machine that parts them learns of it."""
    ada, wilhelmina = merged(journal_file)
    assert obey_at(journal_file, [ada]) == 1
    assert named(journal_file) == ["Grace Hopper"]
    assert sorted(forgotten(journal_file)) == sorted([ada, wilhelmina])
    assert holding(journal_file.parent, ("Xanten", "xanten", "Lovelace", "Puff")) == {}


def test_whoever_was_parted_again_is_no_part_of_an_order(journal_file: Path) -> None:
    """Neither of the two, in either direction, is touched by an order for the other."""
    for place in (0, 1):
        path = journal_file.with_name(f"{place}.db")
        ids = merged(path)
        with journal_at(path, 2) as journal:
            undo.undo(journal, undo.undoable(journal))
        assert obey_at(path, [ids[place]]) == 1
        with journal_at(path) as journal:
            stays = journal.named(("wilhelmina", "ada")[place])
            (detail,) = journal_card.card(journal, stays).details
            assert detail.value == ("Puff", "green")[place]
        assert forgotten(path) == [ids[place]]
        assert ("Minna Xanten" in repr(lines(path))) == (place == 0)


def test_whoever_is_known_by_a_deletion_alone_is_an_order_and_nothing_else(
    journal_file: Path,
) -> None:
    """Another machine deleted them before this one heard of them."""
    deletion = {"type": "gone", "of": "person", "id": NOBODY, "at": AT}
    told = [{"type": "connect journal", "version": 1}, deletion, {"type": "end", "lines": 1}]
    journal_file.parent.mkdir(parents=True)
    meet(journal_file, "".join(f"{json.dumps(one)}\n" for one in told))
    assert ("gone", NOBODY) in lines(journal_file)
    assert obey_at(journal_file, [NOBODY]) == 0
    assert lines(journal_file) == {}
    assert forgotten(journal_file) == [NOBODY]


def test_an_encrypted_journal_obeys(journal_file: Path) -> None:
    """Through the same connection, with its key."""
    life(journal_file)
    with journal_at(journal_file) as journal:
        zoe = journal.named("zoe").id
    key = f"x'{'5e' * 32}'"
    encryption.rewrite(journal_file, sqlite.no_keys, encryption.new_secret(key))
    context = Context(journal_file, NOW, Settings(), Silent(), lambda _: [key])
    journal = Journal(context)
    assert journal.is_encrypted
    assert forget.obey(journal, [zoe]) == 1
    assert sorted(one.name for one in journal.known()) == ["Bo Chen", "Grace Hopper"]
    assert journal.connection.execute("SELECT id FROM forgotten").fetchall() == [(zoe,)]
    journal.close()


def test_another_program_that_reads_is_said(journal_file: Path) -> None:
    """They are forgotten all the same, and the order is kept."""
    life(journal_file)
    with journal_at(journal_file) as journal:
        zoe = journal.named("zoe").id
        with closing(sqlite3.Connection(journal_file, isolation_level=None)) as reading:
            reading.execute("BEGIN")
            reading.execute("SELECT count(*) FROM person").fetchone()
            journal.writing()
            journal.connection.execute("PRAGMA busy_timeout = 1")
            with pytest.raises(NotWiped, match="another program is reading"):
                forget.obey(journal, [zoe])
    assert forgotten(journal_file) == [zoe]


def test_whoever_is_back_in_spite_of_an_order_goes_again(journal_file: Path) -> None:
    """An older program may have brought them; the order holds."""
    life(journal_file)
    with journal_at(journal_file) as journal:
        zoe = journal.named("zoe").id
    change_unrecorded(journal_file, f"INSERT INTO forgotten VALUES ('{zoe}')")
    assert obey_at(journal_file, [zoe]) == 1
    assert named(journal_file) == ["Bo Chen", "Grace Hopper"]
