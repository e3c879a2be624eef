"""Read who is where: by the detail `lives in`, or by an address."""

import sqlite3
from collections.abc import Iterator

from connect_cli.language.sorting import by_name
from connect_cli.language.words import begin_in, name_words
from connect_cli.store.read_values import reading, text

LIVES_IN = "lives in"
"""The label of a detail that says where somebody lives, as it is folded for the search."""

CITY = "city"
"""The label under which earlier versions imported the city of an address."""

_PLACES = """SELECT person_id, value FROM detail WHERE label_folded IN (:label, :city)
  UNION ALL SELECT person_id, value FROM contact_point WHERE kind = 'address'"""


@reading("detail")
def where_people_live(connection: sqlite3.Connection) -> Iterator[str]:
    """The places of the detail `lives in`, each once and in order."""
    rows = connection.execute(
        "SELECT DISTINCT value FROM detail WHERE label_folded IN (?, ?)", (LIVES_IN, CITY)
    )
    return iter(sorted((text(value) for (value,) in rows), key=by_name))


@reading("detail", "contact_point")
def people_in(connection: sqlite3.Connection, place: str) -> frozenset[str]:
    """The ids of those who live at a place or have an address there.

    place: beginnings of words of it, in any order; case and accents do not matter.
    """
    asked = name_words(place)
    rows = connection.execute(_PLACES, {"label": LIVES_IN, "city": CITY})
    return frozenset(
        text(person_id)
        for person_id, value in rows
        if asked and begin_in(asked, name_words(text(value)))
    )
