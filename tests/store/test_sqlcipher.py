"""SQLCipher's connections: keys as its own programs take them, errors as sqlite3 raises them."""

import sqlite3
import unicodedata
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # it brings no types

from connect_cli.errors import NoKey, WrongKey
from connect_cli.store import signature, sqlcipher, sqlite

RAW = f"x'{'5e' * 32}'"
KEYS = {
    "a word": "geheim",
    "quotes": """it's "so" ''much''""",
    "no ASCII": "schlüssel 王 🗝",
    "a line": "two\nlines",
    "spaces": "  around  ",
    "nearly raw": "x'5e5e'",
    "a statement": "'; DROP TABLE person; --",
    "long": "long " * 500,
    "raw": RAW,
    "raw with its salt": f"x'{'5e' * 32}{'a1' * 16}'",
}


def made_by_sqlcipher(path: Path, key: str) -> None:
    """A file as another program of SQLCipher makes one."""
    with closing(dbapi2.connect(str(path))) as connection:
        connection.execute(f"PRAGMA key = '{key.replace(chr(39), chr(39) * 2)}'")
        connection.execute("CREATE TABLE word (text)")
        connection.execute("INSERT INTO word VALUES ('flat white')")
        connection.commit()


@pytest.mark.parametrize("key", KEYS.values(), ids=list(KEYS))
def test_a_key_opens_what_sqlcipher_encrypted_by_it(tmp_path: Path, key: str) -> None:
    """Whatever stands in it."""
    path = tmp_path / "journal.db"
    made_by_sqlcipher(path, unicodedata.normalize("NFC", key))
    with closing(sqlite.reach(path, lambda _: (key,))) as connection:
        assert connection.execute("SELECT text FROM word").fetchall() == [("flat white",)]


@pytest.mark.parametrize("which", ["quotes", "raw", "raw with its salt"])
def test_sqlcipher_opens_by_a_key_what_was_encrypted_by_it(tmp_path: Path, which: str) -> None:
    """The journal can be read without this program, by the key that was said."""
    path, key = tmp_path / "journal.db", KEYS[which]
    with closing(sqlite.connect(str(path), sqlcipher.secret(key, b"0123456789abcdef"))) as ours:
        ours.execute("CREATE TABLE word (text)")
    assert signature.is_encrypted(path)
    with closing(dbapi2.connect(str(path))) as theirs:
        quoted = unicodedata.normalize("NFC", key).replace("'", "''")
        theirs.execute(f"PRAGMA key = '{quoted}'")
        assert theirs.execute("SELECT name FROM sqlite_master").fetchall() == [("word",)]


@settings(max_examples=4)
@given(key=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_text_is_a_key_as_sqlcipher_takes_it(
    key: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Quotes, control characters, what looks like SQL."""
    path = tmp_path_factory.mktemp("key") / "journal.db"
    made_by_sqlcipher(path, unicodedata.normalize("NFC", key))
    with closing(sqlite.reach(path, lambda _: (key,))) as connection:
        assert connection.execute("SELECT text FROM word").fetchall() == [("flat white",)]


def test_a_key_is_the_same_however_its_accents_were_typed() -> None:
    """A Mac and a Linux terminal may send them apart or together."""
    together, apart = (unicodedata.normalize(form, "Schlüssel å") for form in ("NFC", "NFD"))
    assert together != apart
    assert sqlcipher.fit(together) == sqlcipher.fit(apart)


@pytest.mark.parametrize(
    ("key", "why"),
    [("", "empty"), ("half\0gone", "NUL"), ("\udcff", "not valid text")],
    ids=["empty", "NUL", "a byte that is no text"],
)
def test_what_cannot_be_a_key_is_refused(key: str, why: str) -> None:
    """SQLCipher would take an empty one for none, and half of one with a NUL."""
    with pytest.raises(NoKey, match=why):
        sqlcipher.secret(key, bytes(16))


WRONG: dict[str, tuple[Callable[[sqlite3.Connection], object], type[Exception]]] = {
    "no such table": (lambda c: c.execute("SELECT * FROM nothing"), sqlite3.OperationalError),
    "a constraint": (
        lambda c: c.executemany("INSERT INTO one VALUES (?)", [(1,), (1,)]),
        sqlite3.IntegrityError,
    ),
    "too few values": (lambda c: c.execute("SELECT ?"), sqlite3.ProgrammingError),
    "while it is read": (lambda c: list(c.execute(OVERFLOW)), sqlite3.OperationalError),
    "while one is read": (lambda c: c.execute(OVERFLOW).fetchmany(9), sqlite3.OperationalError),
    "while all is read": (lambda c: c.execute(OVERFLOW).fetchall(), sqlite3.OperationalError),
    "a copy to itself": (lambda c: c.backup(c), ValueError),
}
OVERFLOW = "SELECT 1 UNION ALL SELECT abs(-9223372036854775808)"


@pytest.mark.parametrize("what", WRONG)
def test_its_errors_are_those_of_sqlite3(what: str) -> None:
    """Everything that handles the faults of a plain journal handles these."""
    wrong, error = WRONG[what]
    told = []
    for secret in (None, ""):
        with closing(sqlite.connect(":memory:", secret)) as connection:
            connection.execute("CREATE TABLE one (number UNIQUE)")
            with pytest.raises(error) as raised:
                wrong(connection)
            told.append(raised.type)
    assert told[0] is told[1]


def test_a_wrong_key_is_said_by_us_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """SQLCipher would write lines of its own to stderr."""
    path = tmp_path / "journal.db"
    made_by_sqlcipher(path, RAW)
    with pytest.raises(WrongKey):
        sqlite.reach(path, lambda _: (f"x'{'00' * 32}'",))
    assert capfd.readouterr() == ("", "")
