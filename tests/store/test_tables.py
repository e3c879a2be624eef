"""The models describe the tables that the steps make."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, Inspector, create_engine, inspect
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

from connect_cli.store import tables

AFFINITY = {"VARCHAR": "TEXT", "DATE": "TEXT", "BOOLEAN": "INTEGER"}


@pytest.fixture
def modelled() -> Iterator[Engine]:
    """A database made from the models alone."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    SQLModel.metadata.create_all(engine)
    yield engine
    engine.dispose()


def described(engine: Engine) -> dict[str, Any]:
    """Tables with everything that both ways of making them can say."""
    seen = inspect(engine)
    return {
        table: {
            "columns": [
                (
                    column["name"],
                    AFFINITY.get(str(column["type"]), str(column["type"])),
                    column["nullable"] and column["name"] not in keys,
                    column["name"] in keys,
                )
                for column in seen.get_columns(table)
            ],
            "foreign": sorted(
                (key["constrained_columns"], key["referred_table"], key["referred_columns"])
                for key in seen.get_foreign_keys(table)
            ),
            "on delete": _on_delete(engine, table),
            "unique": sorted(key["column_names"] for key in seen.get_unique_constraints(table)),
            "check": sorted(
                " ".join(key["sqltext"].split()).replace("( ", "(")
                for key in seen.get_check_constraints(table)
            ),
            "indexes": sorted(
                (str(key["name"]), key["column_names"], key["unique"])
                for key in seen.get_indexes(table)
            ),
        }
        for table, keys in primary_keys(seen).items()
        if "_words" not in table and table != "seen"
    }


def primary_keys(seen: Inspector) -> dict[str, list[str]]:
    """Each table's primary key."""
    names = seen.get_table_names()
    return {name: seen.get_pk_constraint(name)["constrained_columns"] for name in names}


def _on_delete(engine: Engine, table: str) -> set[str]:
    """What deleting does to the rows that refer here; SQLAlchemy does not read it everywhere."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(f"PRAGMA foreign_key_list({table})")
        return {row.on_delete for row in rows}


def test_steps_and_models_describe_the_same_tables(
    empty: sqlite3.Connection, modelled: Engine
) -> None:
    """Every column, key, check and index of the steps is in the models, and the other way round."""
    assert tables.PersonRow.metadata is SQLModel.metadata
    stepped = create_engine("sqlite://", creator=lambda: empty, poolclass=StaticPool)
    assert described(stepped) == described(modelled)
