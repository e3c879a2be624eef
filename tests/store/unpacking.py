"""Copies that are compressed, read as anybody can who has gunzip."""

import gzip
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def readable(copy: Path) -> Iterator[Path]:
    """A database that holds what a copy holds: itself, or what is in it."""
    if copy.suffix != ".gz":
        yield copy
        return
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "copy.db"
        plain.write_bytes(gzip.decompress(copy.read_bytes()))
        yield plain


def gunzip(copy: Path) -> Path:
    """Make a copy the plain database that an older connect would have made, in its place."""
    plain = copy.with_suffix("")
    plain.touch(0o600)
    plain.write_bytes(gzip.decompress(copy.read_bytes()))
    copy.unlink()
    return plain
