"""What pagen writes: its contacts become people, with the day of their last contact."""

import sys
from datetime import date

import pytest

from connect_cli.errors import NeedsExtra
from connect_cli.exchange import pagen

PAGEN = r"""version: "1.0"
exported_at: "2026-02-01T10:00:00Z"
tool: pagen
data:
    - id: 550e8400-e29b-41d4-a716-446655440000
      name: Ada Lovelace
      email: ada@example.org
      phone: "+44 20 7946 0018"
      companyid: null
      companyname: 'Analytical ''Engines'''
      notes: |-
        likes tea:

            - and: horses
        # and rain
      lastcontactedat: 2026-01-10T09:00:00.123+01:00
      createdat: 2025-12-10T08:00:00Z
      updatedat: 2025-12-10T08:00:00Z
    - id: 550e8400-e29b-41d4-a716-446655440001
      name: "Jos\xe9 \"Zé\" S\u00e1"
      email: ""
      phone: ""
      companyid: null
      companyname: ""
      notes: ""
      lastcontactedat: null
      createdat: 0001-01-01T00:00:00Z
      updatedat: 0001-01-01T00:00:00Z
    - id: x
      name: ""
    - id: y
      name: [Grace, Hopper]
    - id: z
      name: Acme Corp
      domain: acme.example
"""


def test_contacts_of_pagen_become_people() -> None:
    """With their company, what was noted, and the day of the last contact as an interaction."""
    assert pagen.begins(PAGEN.encode())
    found = pagen.read(PAGEN.encode(), "contacts.yaml")
    ada, jose = found.contacts
    assert (ada.name, ada.uid) == ("Ada Lovelace", "550e8400-e29b-41d4-a716-446655440000")
    assert (ada.emails, ada.phones) == (("ada@example.org",), ("+44 20 7946 0018",))
    assert ada.details == (
        ("company", "Analytical 'Engines'"),
        ("note", "likes tea:\n\n    - and: horses\n# and rain"),
    )
    assert (jose.name, jose.emails, jose.details) == ('José "Zé" Sá', (), ())
    (last,) = found.happenings
    assert (last.day, last.people) == (date(2026, 1, 10), ("Ada Lovelace",))
    assert [(one.place, one.reason) for one in found.unread] == [
        ("contacts.yaml, line 29", "it has no name"),
        ("contacts.yaml, line 31", "'name' is not text"),
        ("contacts.yaml", "companies and deals are left out: 1"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# Pagen Export - Contacts - 2026-02-01\n\n## Ada\n", ["--format yaml"]),
        ('version: "1.0"\ntool: pagen\ndata: []\n', []),
        ("no export", ["this is not an export of pagen"]),
    ],
    ids=["markdown", "empty", "other"],
)
def test_an_export_of_pagen_without_people_is_told(text: str, told: list[str]) -> None:
    """Its pages for people too, with what to do instead."""
    found = pagen.read(text.encode())
    assert (found.contacts, found.happenings) == ([], [])
    assert len(found.unread) == len(told)
    assert all(words in one.reason for words, one in zip(told, found.unread, strict=True))
    assert pagen.begins(text.encode()) == (text != "no export")


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, and how to install it; whether a file is one of pagen can be told all the same."""
    monkeypatch.setitem(sys.modules, "yaml", None)
    monkeypatch.delitem(sys.modules, "connect_cli.exchange.yaml_records", raising=False)
    monkeypatch.delattr("connect_cli.exchange.yaml_records", raising=False)
    assert pagen.begins(PAGEN.encode())
    with pytest.raises(NeedsExtra, match="files of pagen needs the extra 'yaml'") as raised:
        pagen.read(PAGEN.encode())
    assert raised.value.hint == "pip install 'connect-cli[yaml]'"
