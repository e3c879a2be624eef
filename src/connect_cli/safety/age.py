"""Encrypt and decrypt copies that leave this machine, with age (https://age-encryption.org)."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

from connect_cli import files
from connect_cli.errors import ConnectError, NeedsExtra, NotUnderstood, as_typed

RECIPIENT = "age1"
_HEADS = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")
_PASSPHRASE_MARK = b"\n-> scrypt "
_HEAD_BYTES = 200


def is_encrypted(content: bytes) -> bool:
    """Whether content begins like an age file, armoured or not."""
    return content.startswith(_HEADS)


def check_installed() -> None:
    """Raise ConnectError if the extra is missing, before anybody is asked for a passphrase."""
    _age()


def encrypt_for(recipients: Sequence[str]) -> Callable[[bytes], bytes]:
    """A function that encrypts for these public keys. Raises NotUnderstood for an invalid key."""
    age = _age()
    try:
        keys = [age.x25519.Recipient.from_str(recipient) for recipient in recipients]
    except age.RecipientError as error:
        raise NotUnderstood(
            f"a recipient is not an age public key: {error}", f"it begins with {RECIPIENT}"
        ) from error
    return lambda content: bytes(age.encrypt(content, keys))


def encrypt_by(passphrase: str) -> Callable[[bytes], bytes]:
    """A function that encrypts with a passphrase. Raises ConnectError without the extra."""
    age = _age()
    return lambda content: bytes(age.passphrase.encrypt(content, passphrase))


def decrypt(content: bytes, passphrase: Callable[[], str], identity: Path | None) -> bytes:
    """Decrypt an age file. passphrase: called if the file needs one. identity: a key file.

    Raises ConnectError when it does not open.
    """
    age = _age()
    try:
        if identity is not None:
            return bytes(age.decrypt(content, _identities(age, identity)))
        if content.startswith(_HEADS[0]) and _PASSPHRASE_MARK not in content[:_HEAD_BYTES]:
            hint = f"name the file of your key: {as_typed('restore')} FILE --identity KEYFILE"
            raise ConnectError("this copy opens with a key, not with a passphrase", hint)
        return bytes(age.passphrase.decrypt(content, passphrase()))
    except age.DecryptError as error:
        what = "passphrase" if identity is None else "key"
        raise ConnectError(f"this {what} does not open it ({error})") from error


def _identities(age: Any, path: Path) -> list[Any]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        keys = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        return [age.x25519.Identity.from_str(key) for key in keys]
    except (OSError, UnicodeDecodeError, age.IdentityError) as error:
        raise ConnectError(f"{path} holds no age key: {error}") from error


def _age() -> Any:
    try:
        return import_module("pyrage")
    except ImportError as error:
        raise NeedsExtra("encryption with age needs", "backup") from error


def new_identity() -> str:
    """A new secret key. Raises ConnectError without the extra."""
    return str(_age().x25519.Identity.generate())


class Locker:
    """Encrypts and decrypts with one secret key, in parts, so that a file may be of any size.

    Raises ConnectError without the extra, or if this is no key.
    """

    def __init__(self, identity: str) -> None:
        self._age = _age()
        try:
            self._identity = self._age.x25519.Identity.from_str(identity)
        except self._age.IdentityError as error:
            raise ConnectError(f"this is no age key: {error}") from error

    def encrypted(self, parts: Iterable[bytes], into: BinaryIO) -> None:
        """Write parts of a content into a file, encrypted."""
        self._age.encrypt_io(_Parts(parts), into, [self._identity.to_public()])

    def decrypted(self, stream: BinaryIO) -> Iterator[bytes]:
        """The lines of an encrypted file. Raises ConnectError if it does not open, or is cut off.

        The library writes what it decrypts, and a line is read: a pipe is between the two.
        """
        reads, writes = os.pipe()
        troubles: list[Exception] = []

        def decrypt() -> None:
            try:
                with os.fdopen(writes, "wb") as into:
                    self._age.decrypt_io(stream, into, [self._identity])
            except Exception as error:  # noqa: BLE001  # raised again where the lines are read
                troubles.append(error)

        thread = Thread(target=decrypt, daemon=True)
        thread.start()
        try:
            with os.fdopen(reads, "rb") as lines:
                yield from files.lines_of(lines)
        finally:
            thread.join()
        if troubles:
            raise ConnectError(f"this key does not open it ({troubles[0]})") from troubles[0]


class _Parts:
    """A content in parts as a file to read."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = iter(parts)
        self._rest = b""

    def read(self, most: int = -1) -> bytes:
        """So many bytes, or all that is left; empty at the end."""
        while most < 0 or len(self._rest) < most:
            if not (part := next(self._parts, b"")):
                break
            self._rest += part
        found = self._rest if most < 0 else self._rest[:most]
        self._rest = self._rest[len(found) :]
        return found
