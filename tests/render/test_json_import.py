"""An import as a document: the shape it had, and every field of it documented."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.render.conftest import Golden, as_json
from tests.render.seen import IMPORTS
from tests.render.test_as_json import fields_on_page, read
from tests.render.test_plain import VIEWS


@pytest.mark.parametrize("view", [view for view in VIEWS if view in IMPORTS])
def test_every_import_has_the_shape_it_had(view: str, golden: Golden) -> None:
    """A difference here is a difference to somebody's script."""
    golden(f"{view}.json", as_json(VIEWS[view]))


@pytest.mark.parametrize("view", ["import", "import-copy"])
def test_every_field_of_the_document_is_documented_and_there(view: str) -> None:
    """No field without its line, no line without its field."""
    assert set(read(view)) == fields_on_page("Every document") | fields_on_page("import, sweep")


@pytest.mark.parametrize(
    ("find", "heading"),
    [
        pytest.param(lambda: read("import")["people"][0], "Arriving", id="arriving"),
        pytest.param(lambda: read("import")["people"][0]["gains"][0], "Gain", id="gain"),
        pytest.param(lambda: read("import")["people"][4]["maybe"][0], "Named", id="may be"),
        pytest.param(lambda: read("import")["interactions"][0], "Happening", id="happening"),
        pytest.param(lambda: read("import")["unread"][0], "Unread", id="unread"),
        pytest.param(lambda: read("import-words")["words"][0], "At word", id="at word"),
        pytest.param(lambda: read("meetings")["questions"][0], "Question", id="question"),
    ],
)
def test_every_field_of_an_object_is_documented_and_there(
    find: Callable[[], dict[str, Any]], heading: str
) -> None:
    """No field without its line, no line without its field."""
    assert set(find()) == fields_on_page(heading)
