"""What was said keeps its moment while the record is taken out."""

from pathlib import Path

from connect_cli.journal import memory
from connect_cli.journal import people as people_verbs
from connect_cli.journal.people import Profile
from connect_cli.safety.kept_moments import KeptMoments
from connect_cli.store import snapshot
from tests.exchange.copies import journal_at

DETAIL = "SELECT id FROM detail"
OPEN = (
    "INSERT INTO command (id, at, verb, words, open)"
    " VALUES ('000000000009', '2026-11-30T08:00:00.000+00:00', 'forget', 'x', 1)"
)


def begun(path: Path) -> None:
    """A detail that was said twice."""
    for minute, text in enumerate(("tea: green", "tea: black")):
        with journal_at(path, minute) as journal:
            if not minute:
                people_verbs.add(journal, Profile("Ada Lovelace"))
            memory.remember(journal, "ada", text)


def test_a_row_without_its_changes_has_its_moments_still(journal_file: Path) -> None:
    """One change more under the open command, with the same row on both sides, says them again."""
    begun(journal_file)
    with journal_at(journal_file, 5) as journal:
        journal.writing()
        connection = journal.connection
        ((row_id,),) = connection.execute(DETAIL).fetchall()
        rows = [*snapshot.read(connection, "detail", [row_id]).values()]
        before = snapshot.times(connection, "detail", rows, [])
        assert len({*before[row_id].values()}) == 2, "two moments"
        connection.execute(OPEN)
        kept = KeptMoments(connection)
        kept.keep([("detail", row_id), ("gone", row_id), ("detail", "0" * 12)])
        connection.execute("DELETE FROM change WHERE table_name = 'detail'")
        assert snapshot.times(connection, "detail", rows, []) != before
        kept.say_again()
        assert snapshot.times(connection, "detail", rows, []) == before
        ((same,),) = connection.execute(
            "SELECT before = after FROM change WHERE table_name = 'detail'"
        ).fetchall()
        assert same == 1


def test_a_row_whose_moments_are_the_same_gets_no_change(journal_file: Path) -> None:
    """Nothing was taken out of the record."""
    begun(journal_file)
    with journal_at(journal_file, 5) as journal:
        journal.writing()
        connection = journal.connection
        ((row_id,),) = connection.execute(DETAIL).fetchall()
        connection.execute(OPEN)
        kept = KeptMoments(connection)
        kept.keep([("detail", row_id)])
        kept.say_again()
        sql = "SELECT count(*) FROM change WHERE command_seq = (SELECT seq FROM command WHERE open)"
        assert connection.execute(sql).fetchone() == (0,)


def test_a_row_that_is_deleted_for_others_stays_deleted(journal_file: Path) -> None:
    """At the moment of the command, or that of the row if its clock was ahead."""
    begun(journal_file)
    for moment in ("2026-11-30", "2026-11-01"):
        with journal_at(journal_file, 5) as journal:
            journal.writing()
            connection = journal.connection
            connection.execute("BEGIN")
            ((row_id,),) = connection.execute(DETAIL).fetchall()
            rows = [*snapshot.read(connection, "detail", [row_id]).values()]
            newest = max(snapshot.times(connection, "detail", rows, [])[row_id].values())
            connection.execute(OPEN.replace("2026-11-30", moment))
            kept = KeptMoments(connection)
            kept.delete("detail", [row_id])
            connection.execute("DELETE FROM change WHERE table_name = 'detail'")
            kept.say_again()
            (gone,) = [each for each in snapshot.gone(connection) if each[1] == row_id]
            assert gone == ("detail", row_id, max(newest, f"{moment}T08:00:00.000+00:00"))
            connection.execute("ROLLBACK")
