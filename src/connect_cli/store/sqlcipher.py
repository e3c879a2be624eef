"""Connect through SQLCipher; its connections behave like those of sqlite3.

An encrypted file begins with its salt, 16 random bytes; the rest looks like noise. A key is what
somebody types; a secret is made of a key and a salt, and opens one file. `Connection` turns the
exceptions of SQLCipher's module into those of sqlite3, so that callers need not know which of the
two they have.
"""

import hashlib
import re
import sqlite3
import unicodedata
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any, cast

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # noqa: TID253  # it brings no types; this file is loaded late

from connect_cli.errors import WrongKey

SALT_BYTES = 16
"""An encrypted file begins with its salt (https://www.zetetic.net/sqlcipher/design/)."""

ROUNDS, KEY_BYTES = 256_000, 32
"""How SQLCipher 4 makes a key of a passphrase: by PBKDF2 with HMAC-SHA512."""

_RAW_KEY = len("x'") + 2 * KEY_BYTES
_RAW = re.compile(r"x'([0-9a-fA-F]{64})([0-9a-fA-F]{32})?'")


def secret(key: str, salt: bytes) -> str:
    """The secret that opens a file with this salt: a raw key in SQLCipher's notation.

    Deriving it takes a quarter of a second; done here, a command that reads, writes and copies does
    it once. A key that is already raw is used as it is. Raises WrongKey for an impossible key.
    """
    if raw := _RAW.fullmatch(key):
        return key if raw[2] else f"x'{raw[1]}{salt.hex()}'"
    return f"x'{_derived(fit(key), salt).hex()}{salt.hex()}'"


def fit(key: str) -> bytes:
    """A key as normalised UTF-8, however its accents were typed. Raises WrongKey if invalid."""
    if not key:
        raise WrongKey("the key is empty")
    if "\0" in key:
        raise WrongKey("the key holds a NUL character")
    try:
        return unicodedata.normalize("NFC", key).encode()
    except UnicodeEncodeError as error:
        raise WrongKey(
            "the key is not valid text in this encoding", "is the locale UTF-8?"
        ) from error


@cache
def _derived(key: bytes, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", key, salt, ROUNDS, KEY_BYTES)


def without_salt(secret: str) -> str:
    """The raw key in a secret, which may open a file with another salt."""
    return f"{secret[:_RAW_KEY]}'"


def salt_of(path: Path) -> bytes:
    """The salt of an encrypted file."""
    with path.open("rb", buffering=0) as file:
        return file.read(SALT_BYTES)


def connect(name: str, secret: str, *, is_address: bool = False) -> sqlite3.Connection:
    """Connect in autocommit mode. secret: from `secret`; empty for a plain file.

    is_address: the name is one of SQLite's own, `file:…?…`.
    """
    connection = dbapi2.connect(name, isolation_level=None, factory=Connection, uri=is_address)
    connection.secret = secret or None
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to stderr
    connection.execute("PRAGMA temp_store = MEMORY")  # whatever this build of it does by itself
    if secret:
        connection.execute(f'PRAGMA key = "{secret}"')
    return cast("sqlite3.Connection", connection)


def _translated(method: Callable[..., Any]) -> Callable[..., Any]:
    """The same method, with its errors turned into those of sqlite3."""

    @wraps(method)
    def call(*given: Any, **named: Any) -> Any:
        try:
            return method(*given, **named)
        except dbapi2.Error as error:
            raise getattr(sqlite3, type(error).__name__)(*error.args) from error

    return call


class Cursor(dbapi2.Cursor):  # type: ignore[misc]  # it brings no types
    """A cursor that raises the errors of sqlite3."""

    execute = _translated(dbapi2.Cursor.execute)
    executemany = _translated(dbapi2.Cursor.executemany)
    fetchone = _translated(dbapi2.Cursor.fetchone)
    fetchmany = _translated(dbapi2.Cursor.fetchmany)
    fetchall = _translated(dbapi2.Cursor.fetchall)
    __next__ = _translated(dbapi2.Cursor.__next__)


class Connection(dbapi2.Connection):  # type: ignore[misc]  # it brings no types
    """A connection that raises the errors of sqlite3.

    secret: what the file is encrypted with; None for a plain one.
    """

    secret: str | None

    def cursor(self, factory: type[Cursor] = Cursor) -> Any:
        """A cursor, which `execute` makes too."""
        return super().cursor(factory)

    backup = _translated(dbapi2.Connection.backup)
    commit = _translated(dbapi2.Connection.commit)
    rollback = _translated(dbapi2.Connection.rollback)
    create_function = _translated(dbapi2.Connection.create_function)
