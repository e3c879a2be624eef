"""The one place that turns what a library says about a file into our own words.

Whatever reads the file of another program does so inside `in_our_words` or `quiet`. No message,
warning or log line of a library reaches the user: they speak of columns, types and codecs, and to
somebody who wrote a file by hand they say nothing.
"""

import csv
import json
import logging
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from connect_cli.errors import ConnectError, NotThisFormat

_OF_CSV = (
    ("unexpected end", "a quotation mark is opened and never closed"),
    ("expected after", "a quotation mark stands in the middle of a value"),
    ("field limit", "a value is too long"),
    ("new-line", "a line ends in the middle of a value"),
)
"""What the csv module of Python says, by a part of it, and what it means."""


_OF_SQLITE = (
    ("UNIQUE", "there is another one like it"),
    ("FOREIGN KEY", "it belongs to something that is not there"),
    ("CHECK", "a value in it is not allowed"),
    ("NOT NULL", "a value in it is missing"),
)
"""The rules of a database that a row may break."""


@contextmanager
def quiet() -> Iterator[None]:
    """Without the warnings and the log lines of libraries."""
    disabled = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(disabled)


@contextmanager
def in_our_words(reason: str, error: type[ConnectError] = NotThisFormat) -> Iterator[None]:
    """Quietly, and with `error(reason)` in place of whatever a library raises.

    Our own errors pass, and so do those of the disk and of the memory: the file is not to blame.
    """
    with quiet():
        try:
            yield
        except (ConnectError, OSError, MemoryError):
            raise
        except Exception as fault:
            raise error(reason) from fault


def csv_reason(fault: csv.Error) -> str:
    """Why a line of a table cannot be read."""
    text = str(fault)
    return next((words for part, words in _OF_CSV if part in text), "it is not a line of a table")


def row_reason(fault: sqlite3.IntegrityError) -> str:
    """Why a row of another copy cannot be in the journal."""
    text = str(fault)
    return next((words for rule, words in _OF_SQLITE if rule in text), "it breaks a rule")


def json_reason(fault: ValueError | RecursionError) -> str:
    """Why a text is not JSON, with its line if there are several."""
    if isinstance(fault, RecursionError):
        return "it is nested too deeply"
    if not isinstance(fault, json.JSONDecodeError):
        return "it is not valid JSON"
    if fault.doc.strip() and fault.pos >= len(fault.doc.rstrip()):
        return "it is not valid JSON: it is cut off"
    if "\n" not in fault.doc.strip():
        return "it is not valid JSON"
    return f"it is not valid JSON in line {fault.lineno}"
