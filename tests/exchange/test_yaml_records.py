"""Records in YAML: every value is the text that was written, and what is none is told."""

from itertools import pairwise

import pytest
import yaml

from connect_cli.errors import NotThisFormat
from connect_cli.exchange import yaml_records
from connect_cli.exchange.normalise import LONGEST_LINE
from connect_cli.exchange.yaml_records import DEEPEST, Record, records


@pytest.fixture(params=["C", "Python"], autouse=True)
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both loaders of PyYAML: the one in C is not built everywhere."""
    if request.param == "Python":
        monkeypatch.setattr(yaml_records, "_LOADER", yaml.BaseLoader)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("plain text", "plain text"),
        ("it's here # not this", "it's here"),
        ("'a ''b'' # c'", "a 'b' # c"),
        (r'"tab\t\"x\" \U0001F600\u00e9\xe9\\"', 'tab\t"x" 😀éé\\'),
        ("null", ""),
        ("~", ""),
        ("", ""),
        ("'null'", "null"),
        ("no", "no"),
        ("0x1F", "0x1F"),
        ("0491 570 006", "0491 570 006"),
        ("007", "007"),
        ("12:30:45", "12:30:45"),
        ("1e3", "1e3"),
        ("2026-01-10", "2026-01-10"),
        ("2026-01-10T09:00:00.123+01:00", "2026-01-10T09:00:00.123+01:00"),
        ("!!str 7", "7"),
        ("&x y", "y"),
        ("|-\n        a\n         b\n\n        c", "a\n b\n\nc"),
        ("|\n        a\n", "a\n"),
        ("|2-\n      a\n       b", "a\n b"),
        (">-\n        a\n        b", "a b"),
        ("[a, b]", None),
        ("{a: b}", None),
        ("*nobody", None),
        ("!!int 7", None),
        ("!mine 7", None),
        ("!!python/object/apply:os.system ['true']", None),
        ("x" * (LONGEST_LINE + 1), None),
    ],
    ids=lambda text: str(text)[:20],
)
def test_values_are_the_text_that_was_written_or_told(written: str, value: str | None) -> None:
    """No day, number or truth is made of it; one that is no text stops no other record."""
    text = f"data:\n  - id: 1\n    key: {written}\n  - id: 2\ntool: x\n"
    record, after = records(text, "a.yaml")
    assert after == Record(len(text.splitlines()) - 1, {"id": "2"})
    assert (record.line, record.values.get("key")) == (2, value)
    assert record.wrong == ("'key' is not text" if value is None else "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("data: []\n", []),
        ("data:\n", []),
        ("meta: {list: [{id: 1}]}\ndata:\n  - id: 2\n", [Record(3, {"id": "2"})]),
        ("a:\n- id: 1\nb:\n- id: 2\n", [Record(2, {"id": "1"}), Record(4, {"id": "2"})]),
        ("data:\n- id: 1\n  id: 2\n", [Record(2, {"id": "1"}, "'id' is there twice")]),
        ("data:\n- [a]: 1\n", [Record(2, {}, "'' is not text")]),
        (
            "data:\n- word\n- [id]\n",
            [Record(2, {}, "this is not a record"), Record(3, {}, "this is not a record")],
        ),
        ("a: &a [{id: 1}]\nb: *a\n", [Record(1, {"id": "1"})]),
        ("a: &a {id: 1}\nb:\n- <<: *a\n", [Record(3, {}, "'<<' is not text")]),
    ],
)
def test_records_stand_in_the_lists_of_the_document(text: str, found: list[Record]) -> None:
    """Each with its line. What refers to another place is not followed."""
    assert list(records(text, "a.yaml")) == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('data:\n- id: "open\n', "line 3: this is not YAML$"),
        ("data:\n- id: 1\n- id: @x\n", "line 3: this is not YAML$"),
        ("data:\n- id: 1\n\t- x\n", "line 3: this is not YAML$"),
        ("data: [\n{id: 1}\n", "line 3: this is not YAML$"),
        ("data:\n- id: \x07\n", "line 2: it has a control character"),
        ('data:\n- id: 1\n- id: "\\UFFFFFFFF"\n', "line [23]: "),
        (f"data:\n- id: {'[' * 10**6}\n", "line 2: it is nested too deeply"),
        (f"data:\n- {'- ' * (DEEPEST + 1)} x\n", "line 2: it is nested too deeply"),
    ],
    ids=["quote", "sign", "tab", "list", "control", "letter", "deep", "deep in lines"],
)
def test_what_is_no_yaml_is_told_with_its_line(text: str, told: str) -> None:
    """Nothing of such a file is taken: what stands behind it cannot be trusted."""
    with pytest.raises(NotThisFormat, match=f"a.yaml, (after )?{told}"):
        list(records(text, "a.yaml"))


def test_what_refers_to_itself_many_times_stays_small() -> None:
    """Nine lists of nine: written out, they were some hundred million texts."""
    names = "abcdefghi"
    lists = [f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]" for before, one in pairwise(names)]
    text = "\n".join(["a: &a [x, x, x]", *lists, "data:", "- id: *i", ""])
    *_, last = records(text, "a.yaml")
    assert last == Record(len(text.splitlines()), {}, "'id' is not text")
